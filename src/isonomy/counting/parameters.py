"""What a poll fixes beside its ballots: seats, quorum, majorities, the default option.

Lives here: the parameters of a count, their strict reading from text, and exact quorums. Not here: which rule
takes which parameter (`registry`), draws and casting votes (`tie`).

Invariant: a decimal, a ratio and a root are read exactly; what is not understood is `BadInput`, never a
guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from isonomy.counting.values import made, value
from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from fractions import Fraction

    from isonomy.counting.constraint import Constraint
    from isonomy.kernel.quantity import Root

_DECIMAL = re.compile(r"\d{1,18}(\.\d{1,30})?|\.\d{1,30}")
_FRACTION = re.compile(r"(\d{1,18})/(\d{1,18})")


@value
class Quorum:
    """At least so many: a number, or a multiple of the square root of a whole, compared without rounding.

    `Quorum(Fraction("48.28"))`, or `Quorum(root=Root(Fraction(3, 2)), whole=1036)` for 3/2 of the square root
    of 1036.
    """

    value: Fraction | int = 0
    root: Root | None = None
    whole: int = 0

    def is_reached(self, count: int) -> bool:
        """Whether `count` is at least the quorum."""
        if self.root is not None:
            from isonomy.kernel.quantity import Answer, Span

            return self.root.is_reached(Span.exactly(count), Span.exactly(self.whole)) is Answer.YES
        return count >= self.value

    def __str__(self) -> str:
        if self.root is not None:
            return f"{self.root} of {self.whole}"
        return show_fraction(self.value)


@value
class Parameters:
    """The parameters of one count; a rule refuses those it does not take.

    `seats` places to fill. `quorum` votes an option needs over the default. `majorities` option number to the
    ratio of for to against it needs (1 where it is not named). `default` the default option's number; 0 says
    that there is none; None that the last option is it. `choices` further settings by name, as the rule's
    page says. `guarded` are candidates who may not be excluded (`countback`). `constraints` by group, on those elected.
    """

    seats: int | None = None
    quorum: Quorum | None = None
    majorities: Mapping[int, Fraction] = made(default_factory=dict)
    default: int | None = None
    choices: Mapping[str, str] = made(default_factory=dict)
    guarded: tuple[int, ...] = ()
    constraints: tuple[Constraint, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The parameters that were given, as canonical JSON."""
        found: dict[str, object] = {}
        if self.seats is not None:
            found["seats"] = self.seats
        if self.quorum is not None:
            found["quorum"] = str(self.quorum)
        if self.majorities:
            found["majorities"] = {str(n): show_ratio(r) for n, r in sorted(self.majorities.items())}
        if self.default is not None:
            found["default"] = self.default
        if self.guarded:
            found["guarded"] = list(self.guarded)
        if self.constraints:
            from isonomy.counting.constraint import in_one_order

            found["constraints"] = [one.to_json() for one in in_one_order(self.constraints)]
        found.update({name: self.choices[name] for name in sorted(self.choices)})
        return found


def read_exact(text: str, what: str = "number") -> Fraction:
    """A decimal (`48.28`), a whole number or a fraction (`2/3`) as an exact fraction; raises `BadInput` for
    anything else."""
    from fractions import Fraction

    text = text.strip()
    if _DECIMAL.fullmatch(text):
        return Fraction(text)
    found = _FRACTION.fullmatch(text)
    if found and int(found[2]):
        return Fraction(int(found[1]), int(found[2]))
    raise BadInput(f"'{text}' is not a {what}", "", "write digits, such as 48, 48.28 or 2/3")


def read_quorum(text: str) -> Quorum:
    """A quorum: `48.28`, or `3/2*sqrt(1036)` for a multiple of a square root."""
    found = re.fullmatch(r"\s*(?:(.+?)\s*\*\s*)?sqrt\((\d{1,15})\)\s*", text)
    if found:
        from isonomy.kernel.quantity import Root

        factor = read_exact(found[1] or "1", "factor")
        return Quorum(root=Root(factor), whole=int(found[2]))
    return Quorum(read_exact(text, "quorum"))


def read_ratio(text: str) -> Fraction:
    """A ratio of for to against: `3`, `1.5` or `3:1`; raises `BadInput` when it is below 1:1."""
    sides = text.split(":")
    if len(sides) == 1:
        ratio = read_exact(sides[0], "ratio")
    elif len(sides) == 2 and read_exact(sides[1], "ratio"):
        ratio = read_exact(sides[0], "ratio") / read_exact(sides[1], "ratio")
    else:
        raise BadInput(f"'{text}' is not a ratio", "", "write N or N:M, such as 3 or 3:1")
    if ratio < 1:
        raise BadInput(f"the ratio {text} asks less than 1:1", "", "write for:against, such as 3:1")
    return ratio


def show_ratio(ratio: Fraction) -> str:
    """A ratio as N:M in lowest terms."""
    return f"{ratio.numerator}:{ratio.denominator}"


def show_fraction(value: Fraction | int) -> str:
    """An exact fraction as a decimal where it is one, else as n/d."""
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    return in_places(int(value * 10**places), places)


@lru_cache(maxsize=1 << 14)
def in_places(units: int, places: int) -> str:
    """A fixed-point number, held in units of 10^-places, as text with exactly so many decimals."""
    if places == 0:
        return str(units)
    whole, part = divmod(abs(units), 10**places)
    return f"{'-' if units < 0 else ''}{whole}.{part:0{places}d}"
