"""Exact quantities: counts that may be known only within bounds, shares, ratios, roots, and three-valued answers.

Lives here: the arithmetic of thresholds. Not here: what is counted (the engine's facts) and which threshold a clause asks
(`rulebook.model`).

Invariant: nothing is rounded and no float occurs; every comparison is made in integers. A comparison over bounds answers
YES or NO only when it holds for every value within them, else UNTOLD: what is unknown is never called irregular.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Answer(Enum):
    """What a test finds: it holds, it does not, or the facts do not tell."""

    YES = "yes"
    NO = "no"
    UNTOLD = "cannot be told"

    def __and__(self, other: Answer) -> Answer:
        if Answer.NO in (self, other):
            return Answer.NO
        return Answer.UNTOLD if Answer.UNTOLD in (self, other) else Answer.YES

    def __or__(self, other: Answer) -> Answer:
        if Answer.YES in (self, other):
            return Answer.YES
        return Answer.UNTOLD if Answer.UNTOLD in (self, other) else Answer.NO

    def __invert__(self) -> Answer:
        return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(self, Answer.UNTOLD)

    @staticmethod
    def of(holds: bool | None) -> Answer:
        """YES for True, NO for False, UNTOLD for None."""
        if holds is None:
            return Answer.UNTOLD
        return Answer.YES if holds else Answer.NO


@dataclass(frozen=True, slots=True)
class Span:
    """A count of which only bounds may be known: `lo <= count <= hi`; `hi` None means unbounded above."""

    lo: int
    hi: int | None

    def __post_init__(self) -> None:
        if self.lo < 0 or (self.hi is not None and self.hi < self.lo):
            raise ValueError(f"not a span: {self.lo}..{self.hi}")

    @staticmethod
    def exactly(count: int) -> Span:
        """The span of a count that is known."""
        return Span(count, count)

    @property
    def known(self) -> int | None:
        """The count where it is known, else None."""
        return self.lo if self.lo == self.hi else None

    def __add__(self, other: Span) -> Span:
        hi = None if self.hi is None or other.hi is None else self.hi + other.hi
        return Span(self.lo + other.lo, hi)

    def __str__(self) -> str:
        if self.hi is None:
            return "unknown" if self.lo == 0 else f"{self.lo} or more"
        return str(self.lo) if self.lo == self.hi else f"{self.lo} to {self.hi}"


UNKNOWN = Span(0, None)
"""A count of which nothing is known."""


def _both(at_worst: bool | None, at_best: bool | None) -> Answer:
    if at_worst is True:
        return Answer.YES
    return Answer.NO if at_best is False else Answer.UNTOLD


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction of a whole. 1/2 means more than half; any other fraction at least (model: majorities and quorum)."""

    value: Fraction

    def is_reached(self, part: Span, whole: Span, *, more_than_half: bool = True) -> Answer:
        """Whether `part` of `whole` reaches the share; with `more_than_half` a share of 1/2 must be exceeded."""
        strict = more_than_half and self.value == Fraction(1, 2)

        def reached(count: int, of: int) -> bool:
            left, right = count * self.value.denominator, of * self.value.numerator
            return left > right if strict else left >= right

        worst = None if whole.hi is None else reached(part.lo, whole.hi)
        best = None if part.hi is None else reached(part.hi, whole.lo)
        return _both(worst, best)

    def least(self, whole: int, *, more_than_half: bool = True) -> int:
        """The smallest count that reaches the share of `whole`."""
        product = whole * self.value.numerator
        if more_than_half and self.value == Fraction(1, 2):
            return product // self.value.denominator + 1
        return -(-product // self.value.denominator)

    def __str__(self) -> str:
        return f"{self.value.numerator}/{self.value.denominator}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of for to against, N:M: for * M >= N * against, and more for than against."""

    in_favour: int
    against: int = 1

    def is_reached(self, in_favour: Span, against: Span) -> Answer:
        """Whether the votes for and against reach the ratio."""

        def reached(yes: int, no: int) -> bool:
            return yes * self.against >= no * self.in_favour and yes > no

        worst = None if against.hi is None else reached(in_favour.lo, against.hi)
        best = None if in_favour.hi is None else reached(in_favour.hi, against.lo)
        return _both(worst, best)

    def __str__(self) -> str:
        return f"{self.in_favour}:{self.against}"


@dataclass(frozen=True, slots=True)
class Count:
    """A plain number of persons, units or ballots."""

    value: int

    def is_reached(self, part: Span, whole: Span) -> Answer:
        """Whether `part` is at least the number; the whole does not matter."""
        del whole
        return _both(part.lo >= self.value, None if part.hi is None else part.hi >= self.value)

    def least(self, whole: int) -> int:
        """The number itself."""
        del whole
        return self.value

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Root:
    """A multiple of the square root of a whole, such as 3/2 of the square root of the roll; compared in integers."""

    factor: Fraction

    def is_reached(self, part: Span, whole: Span) -> Answer:
        """Whether `part >= factor * sqrt(whole)`, that is part^2 * d^2 >= n^2 * whole, without rounding."""

        def reached(count: int, of: int) -> bool:
            return (count * self.factor.denominator) ** 2 >= self.factor.numerator**2 * of

        worst = None if whole.hi is None else reached(part.lo, whole.hi)
        best = None if part.hi is None else reached(part.hi, whole.lo)
        return _both(worst, best)

    def least(self, whole: int) -> int:
        """The smallest count that reaches the quantity of `whole`."""
        from math import isqrt

        square, divisor = self.factor.numerator**2 * whole, self.factor.denominator**2
        floor = isqrt(square // divisor)
        while (floor * self.factor.denominator) ** 2 < square:
            floor += 1
        return floor

    def __str__(self) -> str:
        return f"{self.factor.numerator}/{self.factor.denominator} of the square root"
