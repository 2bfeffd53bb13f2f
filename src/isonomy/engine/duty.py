"""A duty: who must do what by when, under which clause, and how the day was found.

Lives here: the shape of a duty, and the outlook from which duties are drawn up: a state, a day, a horizon.
Not here: which duties there are (`duties` and the `due_*` modules).

Invariant: a duty names a seat and those who hold it now, a day, a clause, and one sentence that lets anybody
find the day again from the record. Source: docs/spec/duties.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from isonomy.engine.roll import members_of_body
from isonomy.engine.state import State
from isonomy.engine.words import listed, title_of
from isonomy.rulebook.model import MEMBERS, Rulebook

HOLDERS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Duty:
    """What is owed. `id` stays the same from day to day; `overdue_days` is 0 until the day after `due_on`.

    `seats` owe it, the first of them first; `holders` are the persons in them now; `who` says both in words.
    `thing` is the meeting, demand, decision, poll, report, edition or seat it is about.
    """

    id: str
    duty: str
    who: str
    due_on: str
    overdue_days: int
    clause: str
    derivation: str
    seats: tuple[str, ...]
    holders: tuple[str, ...]
    thing: str

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.overdue_days > 0

    def to_json(self) -> dict[str, Any]:
        """The duty as the command line gives it."""
        return {
            "duty": self.duty, "who": self.who, "due_on": self.due_on, "overdue_days": self.overdue_days,
            "clause": self.clause, "derivation": self.derivation, "seats": list(self.seats),
            "holders": list(self.holders), "thing": self.thing, "id": self.id,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outlook:
    """A state, seen on a day: what falls due up to `until` (None: the next of each kind, however far)."""

    state: State
    now: date
    until: date | None
    edition: str

    @property
    def rulebook(self) -> Rulebook:
        """The edition that governs on the day."""
        return self.state.rulebook(self.edition)

    @property
    def today(self) -> str:
        """The day as a civil date."""
        return self.now.isoformat()

    def sees(self, due_on: date) -> bool:
        """Whether a day lies within the horizon."""
        return self.until is None or due_on <= max(self.until, self.now)

    def title(self, seat: str) -> str:
        """A seat as members call it."""
        return title_of(self.rulebook, seat, self.state.units)

    def beside(self, seat: str, unit: str) -> str:
        """A seat as it stands in a unit, where the rulebook has one in each such unit."""
        found = self.rulebook.seat(seat)
        return f"{seat}@{unit}" if found is not None and found.in_each and unit and "@" not in seat else seat

    def open_units(self, kind: str) -> list[str]:
        """The units of a kind that are open on the day."""
        return [
            unit.id
            for unit in self.state.units.values()
            if unit.kind == kind and not (unit.closed_on and unit.closed_on <= self.today)
        ]

    def standing(self, name: str, in_each: str) -> list[str]:
        """A body or office wherever it stands: once, or in each open unit of its kind."""
        found = [f"{name}@{unit}" for unit in self.open_units(in_each)] if in_each else [name]
        return [seat for seat in found if seat not in self.state.instructions.ended]

    def holders(self, seat: str) -> tuple[str, ...]:
        """Who holds a seat on the day; nobody is listed for a body of all members."""
        body = self.rulebook.bodies.get(seat.partition("@")[0])
        if seat == MEMBERS or (body is not None and body.filled is not None and body.filled.way == "all members"):
            return ()
        return members_of_body(self.state, self.edition, seat, self.today)

    def held_by_somebody(self, seat: str) -> bool:
        """Whether a seat can act at all: an office or body with holders, or a body of all members."""
        body = self.rulebook.bodies.get(seat.partition("@")[0])
        everybody = body is not None and body.filled is not None and body.filled.way == "all members"
        return everybody or bool(self.holders(seat))

    def owed(
        self, id: str, duty: str, seats: tuple[str, ...], due_on: date, clause: str, derivation: str, thing: str = ""
    ) -> Duty:
        """A duty of the first of `seats` that somebody holds; of all of them, as vacant, where nobody does."""
        first = next((seat for seat in seats if self.held_by_somebody(seat)), None)
        owing = (first,) if first is not None else seats
        holders = tuple(dict.fromkeys(person for seat in owing for person in self.holders(seat)))
        overdue = max(0, (self.now - due_on).days)
        return Duty(id, duty, self._who(owing), due_on.isoformat(), overdue, clause, derivation, owing, holders, thing)

    def _who(self, seats: tuple[str, ...]) -> str:
        said = []
        for seat in seats:
            holders = self.holders(seat)
            shown = ", ".join(holders[:HOLDERS_SHOWN]) + (" ..." if len(holders) > HOLDERS_SHOWN else "")
            vacant = "" if self.held_by_somebody(seat) else " (vacant)"
            said.append(self.title(seat) + (f" ({shown})" if holders else vacant))
        return listed(said, "or") or "nobody: no clause names anyone"
