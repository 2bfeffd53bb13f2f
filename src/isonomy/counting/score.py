"""Score voting and STAR: whole numbers from each voter, added up; STAR decides between the two highest by
preference.

Lives here: `score` and `star`, the latter also seat by seat (bloc STAR). Not here: approval.

Texts: `score`, docs/spec/counting.md, section 8. `star`, Equal Vote Coalition, STAR voting with its official
tie-breaking protocol: (1) scores are added, the two highest advance; equal ones are compared head to head and
those who lose most match-ups drop out, repeatedly; then more top scores; then lot. (2) In the runoff the one
scored higher by more voters wins; equal, the higher total; then more top scores; then lot.

Readings: no score is a score of 0. The top score is the choice `max`, 5 unless given, and no score may be
above it or below 0 in STAR. When dropping everyone with the most losses would leave too few, the others
advance and the places left are decided among those. Several seats: each seat is a STAR election among those
not yet elected.

Invariant: whole numbers.
"""

from __future__ import annotations

from typing import ClassVar

from isonomy.counting.ballot import Profile
from isonomy.counting.limits import allowed, limits_of
from isonomy.counting.parameters import Parameters, read_exact
from isonomy.counting.tally import SeatsFilled, TallyCounted, elect_largest
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Names, Result, Step, name_of
from isonomy.counting.values import value
from isonomy.kernel.bad_input import BadInput


@value
class Runoff(Step):
    """The two highest, and how many voters scored each above the other."""

    kind: ClassVar[str] = "runoff"
    seat: int
    winner: int
    other: int
    votes: int
    against: int
    equal: int

    def sentence(self, names: Names) -> str:
        one, other = name_of(names, self.winner), name_of(names, self.other)
        if not self.other:
            return f"Seat {self.seat}: {one} is the only one left"
        return (
            f"Seat {self.seat}: {one} and {other} advance; {self.votes} voters prefer {one}, {self.against} {other}, "
            f"{self.equal} neither; {one} is elected"
        )


def totals(profile: Profile) -> dict[int, int]:
    """The sum of all scores for each option that stands."""
    figures = dict.fromkeys(profile.standing, 0)
    for scores, weight in profile.scored:
        for option in figures:
            figures[option] += (scores[option - 1] or 0) * weight
    return figures


def count_score(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Adds scores up; the highest totals fill the seats."""
    seats = parameters.seats or profile.seats or 1
    figures = totals(profile)
    valid = sum(weight for _, weight in profile.scored)
    winners, why = elect_largest(figures, seats, lots, parameters.constraints)
    return Result(
        rule="score",
        options=profile.options,
        seats=seats,
        valid=valid,
        winners=winners,
        steps=(
            TallyCounted("sum of scores", tuple(figures.items()), "points", valid),
            *why,
            SeatsFilled("highest totals", winners, seats),
        ),
        ties=tuple(lots.met),
        elects=True,
        parameters={**parameters.to_json(), "seats": seats},
    )


def count_star(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by STAR, seat by seat."""
    seats = parameters.seats or profile.seats or 1
    top = int(read_exact(parameters.choices.get("max", "5"), "top score"))
    counting = _Star(profile, top, lots)
    valid = sum(weight for _, weight in profile.scored)
    steps: list[Step] = [TallyCounted("scoring round", tuple(counting.total.items()), "points", valid)]
    limits = limits_of(parameters.constraints, profile.standing, seats)
    left, winners = list(profile.standing), list[int]()
    for seat in range(1, min(seats, len(left)) + 1):
        left = allowed(limits, winners, left, steps)
        step = counting.seat(left, seat)
        steps.append(step)
        winners.append(step.winner)
        left.remove(step.winner)
    return Result(
        rule="star",
        options=profile.options,
        seats=seats,
        valid=valid,
        winners=tuple(winners),
        steps=tuple(steps),
        ties=tuple(lots.met),
        elects=True,
        parameters={**parameters.to_json(), "seats": seats},
    )


class _Star:
    def __init__(self, profile: Profile, top: int, lots: Lots) -> None:
        self.lots = lots
        self.total = totals(profile)
        self.top_count = dict.fromkeys(profile.standing, 0)
        self.preferred: dict[tuple[int, int], int] = {(a, b): 0 for a in self.total for b in self.total}
        self.valid = 0
        for scores, weight in profile.scored:
            given = {option: scores[option - 1] or 0 for option in self.total}
            for option, score in given.items():
                if not 0 <= score <= top:
                    raise BadInput(f"a score of {score} is not from 0 to {top}", "scores", "set max to the top score")
                self.top_count[option] += weight if score == top else 0
            for a in given:
                for b in given:
                    if given[a] > given[b]:
                        self.preferred[a, b] += weight
            self.valid += weight

    def seat(self, left: list[int], seat: int) -> Runoff:
        if len(left) == 1:
            return Runoff("the last candidate", seat, left[0], 0, 0, 0, self.valid)
        first, second = self._finalists(left, seat)
        votes, against = self.preferred[first, second], self.preferred[second, first]
        winner = first if votes > against else second
        if votes == against:
            tied = [first, second]
            how = "score" if self.total[first] != self.total[second] else "top scores"
            for figure in (self.total, self.top_count):
                best = max(figure[option] for option in tied)
                tied = [option for option in tied if figure[option] == best]
            place, at = f"seat {seat}, runoff", str(votes)
            if len(tied) == 1:
                winner = self.lots.earlier("elected", place, [first, second], at, tied[0], how)
            else:
                winner = self.lots.draw("elected", place, tied, at)
        other = second if winner == first else first
        votes, against = self.preferred[winner, other], self.preferred[other, winner]
        return Runoff("automatic runoff", seat, winner, other, votes, against, self.valid - votes - against)

    def _finalists(self, left: list[int], seat: int) -> tuple[int, int]:
        order = sorted(left, key=lambda option: (-self.total[option], option))
        cut = self.total[order[1]]
        above = [option for option in order if self.total[option] > cut]
        tied = [option for option in order if self.total[option] == cut]
        if len(above) + len(tied) > 2:
            tied = self._advance(tied, 2 - len(above), seat)
        first, second = [*above, *tied]
        return first, second

    def _advance(self, tied: list[int], places: int, seat: int) -> list[int]:
        if len(tied) == places:
            return tied
        place, at = f"seat {seat}, scoring round", str(self.total[tied[0]])
        losses = {a: sum(self.preferred[b, a] > self.preferred[a, b] for b in tied) for a in tied}
        merits = {"head to head": {a: -losses[a] for a in tied}, "top scores": {a: self.top_count[a] for a in tied}}
        for how, merit in merits.items():
            least = min(merit.values())
            worst = [option for option in tied if merit[option] == least]
            better = [option for option in tied if merit[option] > least]
            if better:
                self.lots.narrowed("elected", place, tied, at, better, how)
                return self._split(better, worst, places, seat)
        return list(self.lots.draw_several("elected", place, tied, at, places))

    def _split(self, better: list[int], worst: list[int], places: int, seat: int) -> list[int]:
        if len(better) >= places:
            return self._advance(better, places, seat)
        return [*better, *self._advance(worst, places - len(better), seat)]
