"""How many ballots must change before the outcome can, and how many suffice: each figure says which of the two it is.

Lives here: margins of a finished count. What is proven is `at_least`; what was found by trying is `at_most`. Not here:
the proof for Gregory transfers (`margin_gregory`), the trying (`margin_tried`).

A ballot changes when it is filled in otherwise; for `scottish-stv-2007`, into another valid paper, so that the quota
stays. An outcome can change from a tie on, as a lot may then fall otherwise.

- `plurality`: one altered ballot narrows the distance d of the last elected to the first not elected by at most 2, and a
  ballot moved from the one to the other does so: ceil(d / 2), exact.
- `irv`: at no stage does one ballot change the distance of two candidates by more than 2. While fewer than half of the
  least distance between the excluded and the next, and of the winner's lead over half, are changed, every exclusion
  stays as it is. Who has more than half earlier wins in any case.
- `schulze-wv`, `ranked-pairs-wv`: an option that beats every other wins. One ballot changes no majority by more than 2:
  half the smallest majority of such an option.
- `debian-2003`, `debian-2015`: k ballots change each count of the matrix by at most k. While the winner keeps quorum and
  majority for certain, and beats for certain every option that may be kept, it alone is the Schwartz set.
- `scottish-stv-2007`: the proof stands in `margin_gregory`.

For other rules nothing is proven, and `at_least` is 1, or 0 where a lot or a casting vote took part.

Invariant: whole numbers; with fewer than `at_least` ballots changed the winners are the same; changing `at_most` ballots
as `how` says was counted and gave other winners.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from isonomy.counting.ballot import Profile
from isonomy.counting.margin_gregory import most_that_change_nothing
from isonomy.counting.margin_tried import TRIED_RULES, found_by_trying
from isonomy.counting.pairwise import Matrix
from isonomy.counting.pairwise_steps import MatrixCounted
from isonomy.counting.parameters import Parameters
from isonomy.counting.stage_steps import StageCounted
from isonomy.counting.tally import TallyCounted
from isonomy.counting.tie import DRAWN
from isonomy.counting.trace import Result
from isonomy.counting.values import value


@value
class Margin:
    """At least so many ballots must change; so many, changed as `how` says, suffice (None: not found).

    `proven` says that `at_least` rests on a proof, not on the bare fact that somebody has to change something.
    """

    at_least: int
    at_most: int | None = None
    how: str = ""
    proven: bool = True

    @property
    def exact(self) -> bool:
        """Whether the two bounds meet."""
        return self.at_most == self.at_least

    def sentence(self) -> str:
        """The margin in a sentence or two, each figure with the word that says what it is."""
        told = []
        if self.exact:
            told.append(f"The margin is {_ballots(self.at_least)}: fewer changed ballots cannot change the outcome.")
        elif self.at_least == 0:
            told.append("A lot or a casting vote took part: without a changed ballot the outcome could be another.")
        elif self.proven:
            told.append(
                f"The outcome cannot change unless at least {_ballots(self.at_least)} change (a lower bound, proven)."
            )
        if self.at_most is not None:
            told.append(f"{_ballots(self.at_most)} changed would suffice: {self.how} (found by trying, and recounted).")
        return (
            " ".join(told) or "No margin was found: nothing is proven for this count, and no change tried was enough."
        )

    def to_json(self) -> dict[str, Any]:
        """The margin as the key `margin` of a result."""
        return {
            "at_least": self.at_least,
            "proven": self.proven,
            "at_most": self.at_most,
            "exact": self.exact,
            "how": self.how,
            "says": self.sentence(),
        }


def _ballots(count: int) -> str:
    return f"{count} ballot" if count == 1 else f"{count} ballots"


def margin(profile: Profile, result: Result, parameters: Parameters | None = None) -> Margin | None:
    """The margin of a count; None where the rule has none or nobody else could win.

    `parameters` are those of the count. For rules by stages and by pairs altered papers are counted again, up to
    `margin_tried.TRIES_MAX` times. Under constraints nothing is proven, and `plurality` has no margin.
    """
    given = parameters or Parameters()
    standing = profile.standing
    if "constraints" in result.parameters and (result.rule == "plurality" or not given.constraints):
        return None
    if not result.winners or len(result.winners) >= len(standing):
        return None
    if result.rule == "plurality":
        return _plurality(result)
    if result.rule not in TRIED_RULES:
        return None
    lots = any(tie.by in DRAWN for tie in result.ties)
    proven = _proven(profile, result, given)
    at_least = 0 if lots else max(1, proven or 1)
    at_most, how = found_by_trying(profile, result, given, at_least)
    return Margin(at_least, at_most, how, at_least > 1)


def _proven(profile: Profile, result: Result, given: Parameters) -> int | None:
    """The largest proven number of ballots that have to change; None when there is no proof."""
    if not set(result.parameters) <= {"seats", "quorum", "majorities", "default"}:
        return None
    if result.rule == "irv":
        return _runoff(result)
    matrix = next((step.matrix for step in result.steps if isinstance(step, MatrixCounted)), None)
    if result.rule in ("schulze-wv", "ranked-pairs-wv") and matrix and len(result.winners) == 1:
        winner = result.winners[0]
        least = min(matrix[winner][o] - matrix[o][winner] for o in profile.standing if o != winner)
        return _half(least) if least > 0 else None
    if result.rule in ("debian-2003", "debian-2015") and matrix and result.decided:
        return _clone_proof(matrix, profile, result, given)
    if result.rule == "scottish-stv-2007":
        return most_that_change_nothing(profile, result) + 1
    return None


def _plurality(result: Result) -> Margin:
    figures = dict(next(step for step in result.steps if isinstance(step, TallyCounted)).figures)
    last = min(result.winners, key=lambda option: (figures[option], option))
    next_one = max((o for o in figures if o not in result.winners), key=lambda option: (figures[option], -option))
    names, distance = result.names, int(figures[last] - figures[next_one])
    wanted = _half(distance)
    how = f"papers with {names[last - 1]} first, filled in with {names[next_one - 1]} first, make at least a tie"
    return Margin(wanted, wanted, how if wanted else "the last seat was tied")


def _runoff(result: Result) -> int | None:
    stages = [step for step in result.steps if isinstance(step, StageCounted)]
    distances = [stage.margin for stage in stages if stage.excluded]
    last = stages[-1]
    if last.elected:
        distances.append(2 * last.totals[result.winners[0] - 1] - sum(last.totals))
    return _half(min(distances)) if distances else None


def _clone_proof(matrix: Matrix, profile: Profile, result: Result, given: Parameters) -> int | None:
    winner = result.winners[0]
    default = len(profile.options) if given.default is None else given.default
    strict = result.rule == "debian-2003"

    def kept(option: int, votes: int, against: int) -> bool:
        if option == default or not default:
            return True
        if given.quorum is not None and not given.quorum.is_reached(votes):
            return False
        ratio = given.majorities.get(option, Fraction(1))
        return votes > ratio * against if strict else votes >= ratio * against and votes > against

    def stays(changed: int) -> bool:
        if not kept(winner, matrix[winner][default] - changed, matrix[default][winner] + changed):
            return False
        return all(
            matrix[winner][other] - changed > matrix[other][winner] + changed
            or not kept(other, matrix[other][default] + changed, max(0, matrix[default][other] - changed))
            for other in profile.standing
            if other != winner
        )

    return largest_that(stays, result.valid) + 1 if stays(0) else None


def largest_that(holds: Callable[[int], bool], most: int) -> int:
    """The largest number up to `most` for which a test holds that holds for 0 and, once broken, stays broken."""
    low, high = 0, most + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _half(distance: int) -> int:
    return -(-distance // 2)
