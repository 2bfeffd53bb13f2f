"""The opening balance in the state: what an existing body entered of itself, part by part, and how far it stands.

Lives here: the shapes, and the questions that need only the balance, the founding edition and a day. Not here: entering,
objecting and approving (`proceedings.openings`), what is allowed meanwhile (`proceedings.interim`).

Invariant: until the supreme body has approved it a balance is what somebody says of an organisation; the day by which it is to
be laid before that body follows from the founding. Source: docs/spec/acts-opening.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from isonomy.rulebook.model import EVERYTHING_ELSE, OPENING_WITHIN, Body, Rulebook

PENDING, APPROVED, STRUCK = "pending", "approved", "struck"


@dataclass(slots=True)
class Part:
    """One part of a balance: what was entered together, from which source; `things` are the ids it brought."""

    id: str
    kind: str
    source: str
    things: tuple[str, ...]
    entered_on: str
    standing: str = PENDING
    settled_by: str = ""


@dataclass(slots=True)
class Objection:
    """What a listed person says against a part ("" against the whole)."""

    id: str
    part: str
    by: str
    text: str
    on: str


@dataclass(slots=True)
class OpeningBalance:
    """A balance: who enters it, since when; `settled_by` is the poll by which the last of it was approved or struck."""

    entered_by: tuple[str, ...]
    begun_on: str
    parts: dict[str, Part] = field(default_factory=dict)
    objections: dict[str, Objection] = field(default_factory=dict)
    settled_by: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether some of it is neither approved nor struck."""
        return not self.settled_by

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """The parts that are neither approved nor struck."""
        return tuple(part for part in self.parts.values() if part.standing == PENDING)


def approving_body(rulebook: Rulebook) -> Body | None:
    """The body before which a balance comes: the supreme one, else the one that decides everything else."""
    residual = (body for body in rulebook.bodies.values() if EVERYTHING_ELSE in body.decides and not body.in_each)
    return rulebook.supreme or next(residual, None)


def approval_clause(rulebook: Rulebook) -> str:
    """The clause under which a balance is approved: the one that sets the time, else that of the body."""
    record, body = rulebook.record, approving_body(rulebook)
    if record is not None and "opening approved within" in record.place.lines:
        return record.place.clause_of("opening approved within")
    return body.place.clause if body is not None else ""


def approve_by(balance: OpeningBalance, rulebook: Rulebook) -> str:
    """The last day on which a balance is approved in time."""
    within = rulebook.record.opening_within if rulebook.record is not None else OPENING_WITHIN
    return within.after(date.fromisoformat(balance.begun_on)).isoformat()
