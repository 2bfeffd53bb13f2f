"""How much there is of a holding: majorities, quorums, times and numbers, each exactly on a scale of its own.

Lives here: sizes and how they are said. Not here: which holdings there are (`powers`), which of two is more (`compare`).

Invariant: two sizes are compared on one scale only; a size without a scale is said and never measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Ratio, Root, Share
from isonomy.rulebook.model import Majority, Quorum
from isonomy.rulebook.powers_of_elections import Bound
from isonomy.rulebook.provision import Gives
from isonomy.rulebook.render import say_majority, say_quorum, say_share

DAYS = {"day": Fraction(1), "week": Fraction(7), "month": Fraction(487, 16), "year": Fraction(1461, 4)}
"""Mean lengths, for saying which of two durations is the longer one; never for a deadline."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of a holding: as it is said, and exactly on a scale where it has one."""

    says: str = ""
    measure: Fraction | None = None
    scale: str = ""


NO_SIZE = Size()


def size_of_majority(majority: Majority | None) -> Size:
    """A majority as a part of the votes cast (3:1 is three quarters); another base has a scale of its own."""
    if majority is None:
        return Size("its ordinary majority")
    threshold = majority.threshold
    if isinstance(threshold, Ratio):
        part = Fraction(threshold.in_favour, threshold.in_favour + threshold.against)
    else:
        part = threshold.value
    return Size(say_majority(majority), part, f"bar of {majority.of}")


def size_of_quorum(quorum: Quorum) -> Size:
    """A quorum on a scale with others of its form and base."""
    amount = quorum.quantity
    size = amount.factor if isinstance(amount, Root) else Fraction(amount.value)
    return Size(say_quorum(quorum), size, f"bar of {type(amount).__name__} of {quorum.of}")


def size_of_length(duration: Duration) -> Size:
    """A duration on the scale of mean days; a clear day more than plain ones."""
    return Size(str(duration), duration.number * DAYS[duration.unit] + int(duration.clear), "length")


def size_of_number(number: int, says: str = "") -> Size:
    """A plain number."""
    return Size(says or str(number), Fraction(number), "number")


def size_of_bound(bound: Bound) -> Size:
    """What a procedure is bound by, on the scale it has."""
    """The size of what binds a procedure or body: on the scale of lengths or numbers where it has one."""
    if bound.length is not None:
        return Size(bound.says, size_of_length(bound.length).measure, "length")
    if bound.number is not None:
        return Size(bound.says, bound.number, "number")
    return Size(bound.says)


def size_of_given(given: Gives) -> Size:
    """The amount of what a provision gives, on the scale it has."""
    if given.majority is not None:
        return size_of_majority(given.majority)
    if isinstance(given.size, Duration):
        return Size(given.amount or str(given.size), size_of_length(given.size).measure, "length")
    if isinstance(given.size, Share):
        return Size(given.amount or say_share(given.size), given.size.value, "bar")
    return Size(given.amount, None if given.size is None else Fraction(given.size), "number")
