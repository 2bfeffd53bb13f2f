"""Plain tallies: the options with the largest figures fill the seats.

Lives here: the steps of rules that add figures up, and the choice of the largest with lots at the cut. Not
here: how a ballot gives figures (the rules).

Invariant: a lot is drawn only when equal options straddle the last seat, and only among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from isonomy.counting.parameters import show_fraction
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Names, Step, listed, name_of, plain
from isonomy.counting.values import value
from isonomy.counting.wording import in_words

if TYPE_CHECKING:
    from isonomy.counting.constraint import Constraint

Figure = int | Fraction


def show_figure(figure: Figure) -> str:
    """A figure as text: whole, decimal where exact, else n/d."""
    return str(figure) if isinstance(figure, int) else show_fraction(figure)


@value
class TallyCounted(Step):
    """A figure for each option that stands, as (option number, figure)."""

    kind: ClassVar[str] = "tally"
    figures: tuple[tuple[int, Figure], ...]
    unit: str
    valid: int

    def sentence(self, names: Names) -> str:
        told = ", ".join(f"{name_of(names, option)} {in_words(figure)}" for option, figure in self.figures)
        return f"{self.valid} ballots are valid; {self.unit}: {told}"

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        facts["tallies"] = {name_of(names, option): plain(figure) for option, figure in self.figures}


@value
class AnswersCounted(Step):
    """The answers to one question, and whether they reach what is needed."""

    kind: ClassVar[str] = "threshold"
    option: int
    in_favour: int
    against: int
    abstain: int
    threshold: str
    of: str
    whole: int
    carried: bool

    def sentence(self, names: Names) -> str:
        told = "is carried" if self.carried else "is not carried"
        return (
            f"{name_of(names, self.option)} {told}: {self.in_favour} for, {self.against} against, "
            f"{self.abstain} abstaining; "
            f"{self.threshold} of {self.whole} {self.of} is needed"
        )

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        facts.setdefault("tallies", {})[name_of(names, self.option)] = {
            "for": self.in_favour,
            "against": self.against,
            "abstain": self.abstain,
            "carried": self.carried,
        }


@value
class SeatsFilled(Step):
    """The options that take the seats, in the order of their figures."""

    kind: ClassVar[str] = "winner"
    winners: tuple[int, ...]
    seats: int

    def sentence(self, names: Names) -> str:
        if not self.winners:
            return "No seat is filled"
        verb = "takes" if len(self.winners) == 1 else "take"
        return f"{listed(names, self.winners)} {verb} {_seats(len(self.winners))}"


def _seats(count: int) -> str:
    return "the seat" if count == 1 else f"{count} seats"


def largest(
    figures: Mapping[int, Figure], seats: int, lots: Lots, *, place: str, question: str = "elected"
) -> tuple[int, ...]:
    """The `seats` options with the largest figures, largest first and equals in order of number; a lot
    decides at the cut."""
    order = sorted(figures, key=lambda option: (-figures[option], option))
    if len(order) <= seats:
        return tuple(order)
    cut = figures[order[seats - 1]]
    above = [option for option in order if figures[option] > cut]
    equal = [option for option in order if figures[option] == cut]
    free = seats - len(above)
    if len(equal) > free:
        equal = list(lots.draw_several(question, place, equal, show_figure(cut), free))
    return (*above, *equal)


def elect_largest(
    figures: Mapping[int, Figure], seats: int, lots: Lots, constraints: Sequence[Constraint]
) -> tuple[tuple[int, ...], list[Step]]:
    """The options with the largest figures that fill the seats as constraints let them, and whom these keep out."""
    limits = None
    if constraints:
        from isonomy.counting.limits import largest_allowed, limits_of

        limits = limits_of(constraints, tuple(figures), seats)
    if limits is None:
        return largest(figures, seats, lots, place="the last seat"), []
    return largest_allowed(figures, lots, limits, place="the last seat")
