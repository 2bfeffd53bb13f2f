"""Traces: where in the record something was done under a clause, ended a mandate, or moved a member.

Lives here: an index of entries by what they cite and end, kept in a worker's memory. Not here: what the state holds
(`engine.state`), reading an entry (`organisation`).

Invariant: the index follows from the entries alone and grows with them; with another record it begins anew. Each entry
is read once, and one page reads no more than `AT_ONCE` of them: of a long record the rest comes with the next pages.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from isonomy.chamber.ports import RecordStore
from isonomy.engine.state import Mandate, State
from isonomy.web.organisation import Organisation

AT_ONCE = 100_000
"""So many entries one page reads on; about a second."""


@dataclass
class Traces:
    """Entry numbers by clause, by mandate that they ended, by person whom they moved or who left by them."""

    record: RecordStore
    size: int = 0
    by_clause: dict[str, array[int]] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    moved: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)

    def under(self, clause: str) -> array[int]:
        """The entries that cite a clause, the oldest first."""
        return self.by_clause.get(clause, array("Q"))

    def end_of(self, state: State, mandate: Mandate) -> int | None:
        """The entry that ended a mandate before its term; None where none did."""
        if mandate.id in self.ended:
            return self.ended[mandate.id]
        if mandate.ended_why in ("left", "death"):
            return self.gone.get(mandate.person)
        if mandate.ended_why == "succeeded":
            others = (state.mandates[id] for id in state.by_seat.get(mandate.seat, ()))
            after = next(
                (other for other in others if other.since == mandate.ended_on and other.id != mandate.id), None
            )
            return entry_of(after.id) if after is not None else None
        return None

    def read_on(self, size: int) -> None:
        """Reads the entries up to `size`."""
        for data in self.record.read(self.size, size):
            entry = json.loads(data)
            number = entry["n"]
            for clause in entry["clauses"]:
                self.by_clause.setdefault(clause, array("Q")).append(number)
            for made in entry["effects"]:
                self._note(number, entry["local"][:10], made)
            self.size = number + 1

    def _note(self, number: int, on: str, made: dict[str, str]) -> None:
        kind = made.get("effect")
        if kind == "mandate.ended":
            self.ended[made["mandate"]] = number
        elif kind == "person.left":
            self.gone[made["person"]] = number
        elif kind == "person.moved":
            self.moved.setdefault(made["person"], []).append((number, made["unit"]))
        elif kind == "unit.closed":
            self.closed[made["unit"]] = number


_of: WeakKeyDictionary[Organisation, Traces] = WeakKeyDictionary()


def traces_of(organisation: Organisation, size: int) -> Traces:
    """The traces of the first `size` entries, or of as many as were read by now; the page holds the organisation still."""
    record = organisation.stores.record
    found = _of.get(organisation)
    if found is None or found.record is not record or found.size > size:
        found = _of[organisation] = Traces(record)
    found.read_on(min(size, found.size + AT_ONCE))
    return found


def entry_of(id: str) -> int:
    """The entry that made what an id names: 42 of `mt-42` and of `ma-42-1`."""
    return int(id.split("-")[1])
