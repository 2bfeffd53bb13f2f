"""Altered papers, counted again: so many suffice to change an outcome.

Lives here: which papers are altered, how, and the search for few of them. Not here: what is proven (`margin`,
`margin_gregory`).

A try takes papers that prefer one candidate (under rules by stages: that put the candidate first), puts another one first
and leaves the former out. Pairs come in the order of promise: who went last and the nearest rival first, then each
winner. For each pair the fewest papers are sought by halving; since an outcome may change to and fro, fewer might do:
what is found suffices, and is not claimed to be the least.

Invariant: a number is given only after the altered papers were counted by the same rule and parameters and gave other
winners.
"""

from __future__ import annotations

from isonomy.counting.ballot import Ballot, Profile
from isonomy.counting.parameters import Parameters
from isonomy.counting.registry import count
from isonomy.counting.stage_steps import LastExcluded, StageCounted
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result
from isonomy.counting.values import replace

BY_STAGES = ("ers97", "irv", "meek-prf", "scottish-stv-2007", "wigm")
BY_PAIRS = ("debian-1998", "debian-2003", "debian-2015", "ranked-pairs-wv", "schulze-wv")
TRIED_RULES = (*BY_STAGES, *BY_PAIRS)
TRIES_MAX = 80
"""Recounts at most for one margin."""


def found_by_trying(profile: Profile, result: Result, given: Parameters, at_least: int) -> tuple[int | None, str]:
    """The fewest altered papers found that give other winners, and what was altered; (None, "") when none was found."""
    trial = _Trial(profile, result, given)
    best: int | None = None
    how = ""
    for source, target in _pairs(profile, result):
        low, most = max(at_least, 1) - 1, trial.supply(source, target)
        if best is not None:
            most = min(most, best - 1)
        if most <= low or not trial.changes(source, target, most):
            continue
        while most - low > 1:
            middle = (low + most) // 2
            low, most = (low, middle) if trial.changes(source, target, middle) else (middle, most)
        best = most
        names = profile.names
        first = "first" if result.rule in BY_STAGES else f"before {names[target - 1]}"
        how = f"papers with {names[source - 1]} {first}, filled in with {names[target - 1]} first and without the other"
        if best <= at_least:
            break
    return best, how


def _pairs(profile: Profile, result: Result) -> list[tuple[int, int]]:
    """Whose papers are altered, and in whose favour."""
    winners = list(result.winners)
    losers = [option for option in profile.standing if option not in winners]
    pairs: list[tuple[int, int]] = []
    for step in reversed(result.steps):
        if isinstance(step, StageCounted) and step.excluded and step.rival:
            pairs += [(step.rival, option) for option in step.excluded]
        elif isinstance(step, LastExcluded) and step.rival:
            pairs.append((step.rival, step.option))
    last = {step.excluded[0]: step.number for step in result.steps if isinstance(step, StageCounted) and step.excluded}
    losers.sort(key=lambda option: -last.get(option, 1 << 30))
    pairs += [(winner, loser) for loser in losers for winner in reversed(winners)]
    return list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


class _Trial:
    def __init__(self, profile: Profile, result: Result, given: Parameters) -> None:
        self.profile, self.result, self.given = profile, result, given
        self.ballots = profile.standing_ballots()
        self.winners = set(result.winners)
        self.tries = 0

    def supply(self, source: int, target: int) -> int:
        """How many papers can be altered in this way."""
        return sum(ballot.weight for ballot in self.ballots if self._fits(ballot, source, target))

    def changes(self, source: int, target: int, wanted: int) -> bool:
        """Whether so many altered papers give other winners; False once all tries are used up."""
        if self.tries >= TRIES_MAX:
            return False
        self.tries += 1
        altered: list[Ballot] = []
        for ballot in self.ballots:
            taken = min(wanted, ballot.weight) if wanted and self._fits(ballot, source, target) else 0
            if taken:
                wanted -= taken
                rest = (tuple(n for n in rank if n not in (source, target)) for rank in ballot.ranks)
                altered.append(Ballot(((target,), *(rank for rank in rest if rank)), taken))
            if ballot.weight > taken:
                altered.append(Ballot(ballot.ranks, ballot.weight - taken))
        other = count(replace(self.profile, ballots=tuple(altered)), self.result.rule, self.given, Lots(seed="margin"))
        return set(other.winners) != self.winners

    def _fits(self, ballot: Ballot, source: int, target: int) -> bool:
        ranks = ballot.ranks
        if self.result.rule in BY_STAGES:
            return bool(ranks) and ranks[0] == (source,)
        place = {n: number for number, rank in enumerate(ranks) for n in rank}
        return source in place and place[source] < place.get(target, len(ranks))
