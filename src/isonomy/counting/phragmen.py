"""Sequential Phragmén: each elected option is a load of 1, shared by those who approve it so that the
heaviest load stays lightest.

Lives here: `phragmen`, on approvals. Not here: `seq-pav`, `equal-shares`.

Text: L. E. Phragmén (1894 to 1899); S. Janson, "Phragmén's and Thiele's election methods" (2016), the
unordered version; M. Brill and others, "Phragmén's Voting Methods and Justified Representation" (2017),
seq-Phragmén.

Readings: of options with the same lightest load a lot decides. An option that nobody approves is not elected;
its seat stays empty.

Invariant: exact fractions; the loads of all voters add up to the number of options elected.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from isonomy.counting.approval import approvals
from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters
from isonomy.counting.tally import SeatsFilled, TallyCounted, show_figure
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Names, Result, Step, name_of
from isonomy.counting.values import value
from isonomy.counting.wording import in_words


@value
class LoadShared(Step):
    """The option elected, and the load its voters carry then."""

    kind: ClassVar[str] = "load"
    seat: int
    option: int
    load: Fraction

    def sentence(self, names: Names) -> str:
        return f"Seat {self.seat}: {name_of(names, self.option)}; those who approve it carry {in_words(self.load)} each"


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by sequential Phragmén; `seats` as given, else as the file says, else 1."""
    seats = parameters.seats or profile.seats or 1
    papers = list(approvals(profile))
    loads = [Fraction(0)] * len(papers)
    support = dict.fromkeys(profile.standing, 0)
    for marked, weight in papers:
        for option in marked:
            support[option] += weight
    valid = sum(weight for _, weight in papers)
    steps: list[Step] = [TallyCounted("approvals", tuple(support.items()), "approvals", valid)]
    winners: list[int] = []
    while len(winners) < seats:
        carried = {option: Fraction(1) for option, votes in support.items() if votes and option not in winners}
        if not carried:
            break
        for (marked, weight), load in zip(papers, loads, strict=True):
            for option in marked:
                if option in carried:
                    carried[option] += weight * load
        after = {option: load / support[option] for option, load in carried.items()}
        least = min(after.values())
        tied = [option for option in after if after[option] == least]
        place = f"seat {len(winners) + 1}"
        option = tied[0] if len(tied) == 1 else lots.draw("elected", place, tied, show_figure(least))
        winners.append(option)
        steps.append(LoadShared("the lightest heaviest load", len(winners), option, least))
        loads = [least if option in marked else load for (marked, _), load in zip(papers, loads, strict=True)]
    steps.append(SeatsFilled("the committee", tuple(winners), seats))
    return Result(
        rule="phragmen",
        options=profile.options,
        seats=seats,
        valid=valid,
        winners=tuple(winners),
        steps=tuple(steps),
        ties=tuple(lots.met),
        elects=True,
        parameters={**parameters.to_json(), "seats": seats},
    )
