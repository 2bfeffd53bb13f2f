"""Two ids of one person in the state: proposed, objected to, joined, parted again; and members of a unit that was split.

Lives here: the shapes, and questions that need only them. Not here: the acts (`proceedings.joining`, `proceedings.splitting`).

Invariant: entries keep the ids under which they were made; the state shows what is now known, and a joining remembers what it
moved, so that it can be undone. Source: docs/spec/acts-orders.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isonomy.engine.state import State

PROPOSED, OBJECTED, JOINED, PARTED, DROPPED = "proposed", "objected to", "joined", "parted", "dropped"
ONE_PERSON = "one person"
"""Why a mandate ended that the same person held twice."""


@dataclass(slots=True)
class Joining:
    """That two ids are one person: `kept` is the one admitted first, `joined` the other.

    `moved` are the mandates that came from the joined id, `ended` those held twice, `struck` the open polls on which an id was
    struck, `doubles` those on which both may have voted: the returning officer reviews them (`reviewed`).
    """

    id: str
    kept: str
    joined: str
    evidence: str
    certainty: str
    by: str
    on: str
    object_until: str
    edition: str
    clause: str
    standing: str = PROPOSED
    objection: str = ""
    objected_by: str = ""
    objected_on: str = ""
    settled_on: str = ""
    settled_by: str = ""
    parted_on: str = ""
    parted_by: str = ""
    moved: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    struck: dict[str, str] = field(default_factory=dict)
    doubles: list[str] = field(default_factory=list)
    reviewed: dict[str, str] = field(default_factory=dict)


def joining_of(state: State, person: str) -> Joining | None:
    """The joining by which an id is no longer used, since it is one person with another; None where it is used."""
    return next(
        (found for found in state.joinings.values() if found.joined == person and found.standing == JOINED), None
    )


def now_known_as(state: State, person: str) -> str:
    """The id under which a person acts now."""
    seen = {person}
    while (found := joining_of(state, person)) is not None and found.kept not in seen:
        person = found.kept
        seen.add(person)
    return person


def unreviewed_in(state: State, poll: str) -> list[Joining]:
    """The joinings whose double entry in a poll the returning officer has still to review."""
    return [
        found
        for found in state.joinings.values()
        if found.standing == JOINED and poll in found.doubles and poll not in found.reviewed
    ]


@dataclass(slots=True)
class ToAssign:
    """A member of a unit that was split who was not assigned: from which unit, and through which day they choose themselves."""

    unit: str
    since: str
    choose_until: str
