"""Steps of counts with constraints: the constraints, who is doomed or guarded and why, and that they are met.

Lives here: the step types, their sentences and JSON. Not here: who is guarded or doomed (`limits`).

Invariant: a step's JSON names groups by their place in the list of constraints, from 1, never by what they are
called; the words are for the sentence alone.
"""

from __future__ import annotations

from typing import Any, ClassVar

from isonomy.counting.constraint import Constraint
from isonomy.counting.trace import Names, Step, listed, name_of
from isonomy.counting.values import value


@value
class Reason:
    """Why the numbers could not be met otherwise: the constraints concerned, by place from 1, and as they are.

    `inside` says of a single constraint whether the candidates are of its group.
    """

    groups: tuple[int, ...]
    constraints: tuple[Constraint, ...]
    inside: bool

    def together(self) -> str:
        """The constraints in words."""
        return "; ".join(map(str, self.constraints))


@value
class ConstraintsSet(Step):
    """The constraints of the count."""

    kind: ClassVar[str] = "constraints"
    seats: int
    constraints: tuple[Constraint, ...]

    def sentence(self, names: Names) -> str:
        told = "; ".join(f"{one} ({listed(names, one.members) or 'nobody'})" for one in self.constraints)
        return f"Of those elected to {_seats(self.seats)}: {told}"

    def to_json(self) -> dict[str, Any]:
        told = [constraint.to_json() for constraint in self.constraints]
        return {"step": self.kind, "clause": self.clause, "seats": self.seats, "constraints": told}


@value
class CandidatesDoomed(Step):
    """Candidates whom no choice that meets the constraints contains."""

    kind: ClassVar[str] = "doomed"
    options: tuple[int, ...]
    reason: Reason

    def sentence(self, names: Names) -> str:
        who, reason = listed(names, self.options), self.reason
        one = len(self.options) == 1
        with_them = who if one else "any of them"
        head = f"{who} {'is' if one else 'are'} doomed"
        if not reason.constraints:
            return f"{head}: all seats left are needed for others"
        if len(reason.constraints) > 1:
            return f"{head}: with {with_them} no choice for the seats left meets these together: {reason.together()}"
        limit = reason.constraints[0]
        if reason.inside:
            return f"{head}: with {with_them} more than {limit.at_most} of {limit.group} would be elected"
        return f"{head}: with {with_them} fewer than {limit.at_least} of {limit.group} could be elected"

    def to_json(self) -> dict[str, Any]:
        return _numbers(self, self.options, self.reason)


@value
class CandidatesGuarded(Step):
    """Candidates whom every choice that meets the constraints contains, and who is therefore excluded instead."""

    kind: ClassVar[str] = "guarded"
    options: tuple[int, ...]
    reason: Reason
    excluded: tuple[int, ...]

    def sentence(self, names: Names) -> str:
        who, reason = listed(names, self.options), self.reason
        one = len(self.options) == 1
        without = who if one else "any of them"
        head = f"{who} {'is' if one else 'are'} guarded"
        gone = f"so {listed(names, self.excluded)}, next above, {'is' if len(self.excluded) == 1 else 'are'} excluded"
        if not reason.constraints:
            return f"{head}: without {without} the seats could not be filled; {gone}"
        if len(reason.constraints) > 1:
            told = f"without {without} no choice meets these together: {reason.together()}"
            return f"{head}: {told}; {gone}"
        limit = reason.constraints[0]
        if reason.inside:
            return f"{head}: without {without} fewer than {limit.at_least} of {limit.group} could be elected; {gone}"
        told = f"without {without} more than {limit.at_most} of {limit.group} would have to be elected"
        return f"{head}: {told}; {gone}"

    def to_json(self) -> dict[str, Any]:
        return {**_numbers(self, self.options, self.reason), "excluded": list(self.excluded)}


@value
class ConstraintsMet(Step):
    """How many of each group are elected, in the order of the constraints."""

    kind: ClassVar[str] = "constraints-met"
    constraints: tuple[Constraint, ...]
    elected: tuple[tuple[int, ...], ...]

    def sentence(self, names: Names) -> str:
        told = "; ".join(
            f"{len(elected)} of {one.group} ({_asked(one)}){': ' if elected else ''}{listed(names, elected)}"
            for one, elected in zip(self.constraints, self.elected, strict=True)
        )
        return f"The constraints are met: {told}"

    def to_json(self) -> dict[str, Any]:
        return {"step": self.kind, "clause": self.clause, "elected": [len(elected) for elected in self.elected]}

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        facts["constraints"] = [
            {
                "group": one.group,
                "members": [name_of(names, option) for option in one.members],
                "at_least": one.at_least,
                "at_most": one.at_most,
                "elected": [name_of(names, option) for option in elected],
            }
            for one, elected in zip(self.constraints, self.elected, strict=True)
        ]


def _numbers(step: Step, options: tuple[int, ...], reason: Reason) -> dict[str, Any]:
    return {"step": step.kind, "clause": step.clause, "options": list(options), "groups": list(reason.groups)}


def _asked(one: Constraint) -> str:
    parts = [f"at least {one.at_least}"] if one.at_least else []
    return " and ".join(parts + ([f"at most {one.at_most}"] if one.at_most is not None else []))


def _seats(count: int) -> str:
    return "1 seat" if count == 1 else f"{count} seats"
