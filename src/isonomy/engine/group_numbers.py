"""Group numbers: how many of a group are elected at least and at most, frozen with the roll of a poll.

Lives here: the value. Not here: where it comes from (`proceedings.constraining`), what a count does with it (`counting`).

Invariant: members are numbers on the paper; what they bear does not change while a poll is open, nor for who repeats
its count later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isonomy.counting.constraint import Constraint


@dataclass(frozen=True, slots=True)
class GroupNumbers:
    """Of those elected, at least and at most (None: no limit) so many of the options at these numbers; `group` in words."""

    group: str
    members: tuple[int, ...]
    at_least: int = 0
    at_most: int | None = None


def as_counted(groups: Sequence[GroupNumbers]) -> tuple[Constraint, ...]:
    """The same as a count takes them; a number that asks nothing is left out."""
    return tuple(
        Constraint(one.group, one.members, one.at_least, one.at_most)
        for one in groups
        if one.at_least or one.at_most is not None
    )
