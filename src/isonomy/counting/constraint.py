"""Constraints by group: of those elected, at least or at most so many are of a group.

Lives here: the constraint as a value, its checks, and the reading of a file of constraints. Not here: whether
they can be met (`feasibility`), what they do in a count (`limits`).

    group,at least,at most,candidates
    women,2,,Ann,Dan,Eve
    mill,,1,2,3

is such a file: a line a group; an empty cell sets no number; every further cell names one candidate by number or
exact name. A person may be in several groups. Lines that begin with # are passed over.

Invariant: constraints stand in one order, whatever their groups are called and in whichever order they were
given, so that the digest of a trace does not depend on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from isonomy.counting.values import value
from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from isonomy.counting.ballot import Profile

CONSTRAINTS_MAX = 64
FILE_BYTES_MAX = 1 << 20
HEADER = ("group", "at least", "at most", "candidates")


class Infeasible(BadInput):
    """Constraints that no choice of the candidates who stand can meet."""


@value
class Constraint:
    """Of those elected, at least `at_least` and at most `at_most` (None: no limit) are of a group.

    `members` are the option numbers of the candidates who are of it; `group` is what it is called.
    """

    group: str
    members: tuple[int, ...]
    at_least: int = 0
    at_most: int | None = None

    def __str__(self) -> str:
        if self.at_most is None:
            return f"at least {self.at_least} of {self.group}"
        if not self.at_least:
            return f"at most {self.at_most} of {self.group}"
        return f"at least {self.at_least} and at most {self.at_most} of {self.group}"

    def is_met(self, winners: Iterable[int]) -> bool:
        """Whether the group has its numbers among these."""
        found = sum(option in self.members for option in winners)
        return self.at_least <= found and (self.at_most is None or found <= self.at_most)

    def to_json(self) -> dict[str, object]:
        """The constraint as it stands in a trace: without the name of its group."""
        return {"members": list(self.members), "at_least": self.at_least, "at_most": self.at_most}


def in_one_order(constraints: Iterable[Constraint]) -> tuple[Constraint, ...]:
    """Constraints in the order in which they stand in a trace: by members, then by numbers."""
    sorted_members = [Constraint(c.group, tuple(sorted(c.members)), c.at_least, c.at_most) for c in constraints]
    return tuple(sorted(sorted_members, key=_place))


def _place(constraint: Constraint) -> tuple[object, ...]:
    most = constraint.at_most
    return constraint.members, constraint.at_least, most is None, most or 0, constraint.group


def check_constraints(constraints: Sequence[Constraint], option_count: int) -> None:
    """Raises `BadInput` for a constraint that contradicts itself, says nothing or names nobody on the paper."""
    if len(constraints) > CONSTRAINTS_MAX:
        raise BadInput(
            f"{len(constraints)} constraints are given", "constraints", f"at most {CONSTRAINTS_MAX} are taken"
        )
    groups = [constraint.group for constraint in constraints]
    for constraint in constraints:
        _check(constraint, f"constraints, group {constraint.group}", option_count)
        if not constraint.group or groups.count(constraint.group) > 1:
            what = f"the group '{constraint.group}' stands twice" if constraint.group else "a group has no name"
            raise BadInput(what, "constraints", "say at least and at most of a group at once, under its own name")


def _check(constraint: Constraint, where: str, option_count: int) -> None:
    least, most = constraint.at_least, constraint.at_most
    if least < 0 or (most is not None and most < 0):
        raise BadInput("a number below 0 is asked for", where, "give numbers from 0")
    if not least and most is None:
        raise BadInput("neither a least nor a most number is given", where, "give at least one of them")
    if most is not None and least > most:
        raise BadInput(
            f"at least {least} and at most {most} contradict each other", where, "raise the one or lower the other"
        )
    for option in constraint.members:
        if not 1 <= option <= option_count:
            raise BadInput(f"option {option} is not on the paper", where, f"the options are 1 to {option_count}")
    if len(set(constraint.members)) != len(constraint.members):
        raise BadInput("a candidate is named twice", where, "name each once")


def read_constraints(data: bytes, profile: Profile) -> tuple[Constraint, ...]:
    """The constraints of a file in the form above; raises `BadInput` with the line that is not understood."""
    import csv

    if len(data) > FILE_BYTES_MAX:
        raise BadInput("the file of constraints is too long", "", f"at most {FILE_BYTES_MAX} bytes are read")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as fault:
        raise BadInput("the file of constraints is not UTF-8 text", "", "save it as UTF-8") from fault
    kept = [(number, line) for number, line in enumerate(lines, start=1) if line.strip() and line[0] != "#"]
    found: list[Constraint] = []
    for place, (number, line) in enumerate(kept):
        try:
            cells = [cell.strip() for cell in next(csv.reader([line], strict=True))]
        except csv.Error as fault:
            raise BadInput(f"the line cannot be read: {fault}", f"line {number}", "close every quote") from fault
        if place == 0:
            if tuple(cell.lower() for cell in cells[:3]) != HEADER[:3]:
                raise BadInput("the first line is not the header", f"line {number}", f"begin with {','.join(HEADER)}")
            continue
        found.append(_constraint(cells, profile, f"line {number}"))
    if not found:
        raise BadInput("the file has no constraint", "", f"after {','.join(HEADER)} write a line a group")
    check_constraints(found, len(profile.options))
    return tuple(found)


def _constraint(cells: list[str], profile: Profile, where: str) -> Constraint:
    if len(cells) < 3:
        raise BadInput("a constraint has a group and two numbers", where, "write women,2,,Ann,Dan")
    least, most = (_number(cell, where) for cell in cells[1:3])
    try:
        members = tuple(_option(cell, profile) for cell in cells[3:] if cell)
    except BadInput as fault:
        raise fault.at(where) from fault
    made = Constraint(cells[0], members, least or 0, most)
    _check(made, where, len(profile.options))
    return made


def _number(cell: str, where: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) < 7):
        raise BadInput(f"'{cell[:40]}' is not a number", where, "write digits, or leave the cell empty")
    return int(cell)


def _option(cell: str, profile: Profile) -> int:
    # A name may look like a number: an exact name wins.
    if profile.names.count(cell) == 1:
        return profile.names.index(cell) + 1
    return profile.number_of(cell)


def constraints_from(told: Iterable[Mapping[str, object]]) -> tuple[Constraint, ...]:
    """Constraints as a record holds them: objects with `group`, `members`, `at_least`, `at_most`."""
    made: list[Constraint] = []
    for one in told:
        members, least, most = one["members"], one.get("at_least", 0), one.get("at_most")
        assert isinstance(members, list | tuple)
        assert isinstance(least, int)
        assert most is None or isinstance(most, int)
        made.append(Constraint(str(one["group"]), tuple(members), least, most))
    return tuple(made)
