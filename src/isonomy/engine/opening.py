"""The opening balance in the state: what an existing body entered of itself, part by part, and how far it stands.

Lives here: the shapes, and the questions that need only the balance and a day. Not here: entering, objecting and approving
(`proceedings.openings`), what is allowed meanwhile (`proceedings.interim`).

Invariant: until the highest body has approved it a balance is what somebody says of an organisation; the day by which it is
to be laid before that body is fixed at the founding. Source: docs/spec/opening-balance.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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
    """A balance: who enters it, before which body, by which day; `decision` is what approved it as a whole."""

    body: str
    entered_by: tuple[str, ...]
    approve_by: str
    clause: str
    parts: dict[str, Part] = field(default_factory=dict)
    objections: dict[str, Objection] = field(default_factory=dict)
    decision: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether the body has not approved it yet."""
        return not self.decision

    def has_lapsed_on(self, day: str) -> bool:
        """Whether its day went by without an approval: from then on every listed member may call the meeting."""
        return self.is_pending and day > self.approve_by

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """The parts that are neither approved nor struck."""
        return tuple(part for part in self.parts.values() if part.standing == PENDING)
