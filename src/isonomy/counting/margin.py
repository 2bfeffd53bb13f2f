"""How many ballots must change before the outcome can: exact where that is proven, else a lower bound, and labelled so.

Lives here: margins of plurality, instant runoff and the Condorcet rules, from a finished count. Not here: any other rule;
for single transferable vote no bound worth telling is proven here.

A ballot changes when it is altered in any way, put in or taken out. An outcome can change from a tie on, as a lot may
then fall otherwise.

- `plurality`: one altered ballot narrows the distance d of the last elected to the first not elected by at most 2, and a
  ballot moved from the one to the other does so: ceil(d / 2), exact.
- `irv`: at no stage does one ballot change the distance of two candidates by more than 2. While fewer than half of the
  least distance between the excluded and the next, and of the winner's lead over half, are changed, every exclusion
  stays as it is: a lower bound. Who has more than half earlier wins in any case.
- `schulze-wv`, `ranked-pairs-wv`: an option that beats every other wins. One ballot changes no majority by more than 2:
  half the smallest majority of such an option, a lower bound; none is told when there is no such option.

Invariant: whole numbers; with fewer ballots changed than the margin says the winners are the same.
"""

from __future__ import annotations

from isonomy.counting.ballot import Profile
from isonomy.counting.pairwise import pairwise_matrix
from isonomy.counting.stage_steps import StageCounted
from isonomy.counting.tally import TallyCounted
from isonomy.counting.trace import Result
from isonomy.counting.values import value


@value
class Margin:
    """So many ballots must change at least; `exact` says that so many, rightly chosen, suffice for a tie."""

    ballots: int
    exact: bool

    def sentence(self) -> str:
        """The margin in one sentence."""
        noun = "ballot" if self.ballots == 1 else "ballots"
        if self.exact:
            return f"The outcome can change when {self.ballots} {noun} change, and not with fewer."
        return f"The outcome cannot change unless at least {self.ballots} {noun} change (a lower bound)."


def margin(profile: Profile, result: Result) -> Margin | None:
    """The margin of a count; None where nothing is proven or nobody could be elected instead."""
    standing = profile.standing
    if result.rule == "plurality":
        figures = dict(next(step for step in result.steps if isinstance(step, TallyCounted)).figures)
        losers = [int(figures[option]) for option in standing if option not in result.winners]
        if not losers or not result.winners:
            return None
        return Margin(_half(min(int(figures[option]) for option in result.winners) - max(losers)), True)
    if result.rule == "irv" and len(standing) > 1 and result.winners:
        stages = [step for step in result.steps if isinstance(step, StageCounted)]
        distances = [stage.margin for stage in stages if stage.excluded]
        last = stages[-1]
        if last.elected:
            held = sum(last.totals)
            distances.append(2 * last.totals[result.winners[0] - 1] - held)
        return Margin(max(0, _half(min(distances))), False) if distances else None
    if result.rule in ("schulze-wv", "ranked-pairs-wv") and len(result.winners) == 1 and len(standing) > 1:
        matrix = pairwise_matrix(profile.standing_ballots(), len(profile.options), apart=profile.unranked == "apart")
        winner = result.winners[0]
        least = min(matrix[winner][other] - matrix[other][winner] for other in standing if other != winner)
        return Margin(_half(least), False) if least > 0 else None
    return None


def _half(distance: int) -> int:
    return -(-distance // 2)
