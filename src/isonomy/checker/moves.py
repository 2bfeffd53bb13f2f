"""Moves: the closed list of abstract acts that a trace is made of, and who holds what when it begins.

Lives here: the shapes, their kinds and their JSON. Not here: which moves a rulebook allows (`model`, `control`), and turning
moves into acts of named persons (`replay`).

Invariant: a move names the seat that acts, the seat or body acted on, clause and line, round and day, so that whoever replays
it needs nothing else but the rulebook and the seating.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

APPOINT, ELECT, DELEGATE, COOPT = "appoint", "elect", "delegate", "co-opt"
NOMINATE, CONFIRM, CERTIFY, REFUSE = "nominate", "confirm", "certify", "refuse"
CALL, DEMAND, OPEN, MOVE, CARRY, NOT_CALL = "call", "demand", "open", "move", "carry", "not call"
REMOVE, LAPSE, RESIGN = "remove", "lapse", "resign"
ADMIT, EXPEL, FOUND, CLOSE = "admit", "expel", "found", "close"
AMEND, DECLARE, RENEW = "amend", "declare emergency", "renew emergency"
REPORT, RULE, CORRECT, KEEP_ROLL, OPERATE = "report", "rule", "correct", "keep roll", "operate"

KINDS = (
    APPOINT, ELECT, DELEGATE, COOPT, NOMINATE, CONFIRM, CERTIFY, REFUSE, CALL, DEMAND, OPEN, MOVE, CARRY, NOT_CALL, REMOVE,
    LAPSE, RESIGN, ADMIT, EXPEL, FOUND, CLOSE, AMEND, DECLARE, RENEW, REPORT, RULE, CORRECT, KEEP_ROLL, OPERATE,
)  # fmt: skip

COALITION, OTHERS, NOBODY = "coalition", "others", "nobody"
"""On which side the one who acts stands; nobody where a clause works by itself (a term that ends, a meeting by right)."""


@dataclass(frozen=True, slots=True)
class Move:
    """One abstract act.

    `kind` is one of KINDS. `actor` is the seat that acts, `on` the seat or body acted on, both without a unit; `units` are
    the units in which the same is done, counted from 1 (empty: no unit). `count` is how many seats are filled, emptied or
    how many persons are admitted in each of them. `votes` are those for and against of those present, where a vote is taken.
    `round` counts from 0, `day` is civil days after the start. `matter` is the matter decided. `edit` is, for an amendment,
    the line changed, what stood there and what stands there then. `meeting` is the body whose meeting it happens at.
    """

    kind: str
    actor: str
    on: str
    clause: str
    line: int
    round: int = 0
    day: int = 0
    side: str = COALITION
    units: tuple[int, ...] = ()
    count: int = 1
    votes: tuple[int, int, int] | None = None
    matter: str = ""
    meeting: str = ""
    edit: tuple[int, str, str] | None = None

    def to_json(self) -> dict[str, Any]:
        """The move as data; what is empty is left out."""
        told: dict[str, Any] = {
            "kind": self.kind, "actor": self.actor, "on": self.on, "clause": self.clause, "line": self.line,
            "round": self.round, "day": self.day, "side": self.side, "count": self.count,
        }  # fmt: skip
        if self.units:
            told["units"] = list(self.units)
        if self.votes is not None:
            told["votes"] = {"for": self.votes[0], "against": self.votes[1], "present": self.votes[2]}
        if self.matter:
            told["matter"] = self.matter
        if self.meeting:
            told["meeting"] = self.meeting
        if self.edit is not None:
            told["edit"] = {"line": self.edit[0], "from": self.edit[1], "to": self.edit[2]}
        return told


@dataclass(frozen=True, slots=True)
class Held:
    """Seats of the coalition at the start: so many of a seat, in which units (counted from 1; empty: no unit), by which of
    its core persons (counted from 1)."""

    seat: str
    persons: tuple[int, ...]
    unit: int = 0

    def to_json(self) -> dict[str, Any]:
        """One row."""
        return {"seat": self.seat, "persons": list(self.persons)} | ({"unit": self.unit} if self.unit else {})


@dataclass(frozen=True, slots=True)
class Seating:
    """Who there is when a trace begins: how many units of each kind, members in each unit that members belong to, or in all;
    how many core persons the coalition has and which seats they hold. Every other seat is held by others.

    `units` names for each kind how many lie within each unit of the kind it lies within (within the organisation: in all).
    """

    persons: int
    members: int
    units: dict[str, int] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    homes: tuple[int, ...] = ()
    """For each core person the unit it is a member of, counted from 1 among the units that members belong to."""

    def to_json(self) -> dict[str, Any]:
        """The seating as data."""
        return {
            "persons": self.persons, "members": self.members, "units": dict(self.units),
            "held": [each.to_json() for each in self.held], "homes": list(self.homes),
        }  # fmt: skip
