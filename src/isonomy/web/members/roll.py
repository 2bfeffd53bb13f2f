"""The roll as a viewer may see it: searched, narrowed, in pages.

Lives here: names held ready for a search, narrowing by unit, class and standing, the order of a list. Not here: who is a
member (`engine.state`), who may see which name (`viewer`).

Invariant: a name that the viewer may not see is neither shown nor found; a list of a hundred thousand is walked, never
copied person by person.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from weakref import WeakKeyDictionary

from isonomy.chamber.ports import AUDIENCES
from isonomy.engine.roll import unit_lies_in
from isonomy.engine.state import Person, State
from isonomy.web.organisation import Organisation
from isonomy.web.viewer import Viewer

SORTED_MAX = 2_000
"""Up to so many a list is sorted by name; longer ones stand in the order of admission."""
QUERY_MAX = 100
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NOW, FORMER, ALL = "now", "former", "all"


class Names:
    """The names that are kept, by person, with the widest audience of each; read once, in the order of admission."""

    def __init__(self, organisation: Organisation) -> None:
        self._stores = organisation.stores
        self._persons = 0
        self._erased = 0
        self.of: dict[str, tuple[str, str, int]] = {}

    def read_on(self, organisation: Organisation, state: State) -> None:
        """Reads the names of persons admitted since, and all anew where values were erased or the stores changed."""
        if self._stores is not organisation.stores or self._erased != len(state.erased):
            self.of.clear()
            self._stores, self._persons, self._erased = organisation.stores, 0, len(state.erased)
        for person in islice(state.persons.values(), self._persons, None):
            kept = self._stores.values.get(person.sealed) if person.sealed is not None else None
            if kept is not None and kept.opening.value:
                value = kept.opening.value
                self.of[person.id] = (value, value.casefold(), AUDIENCES.index(kept.audience))
        self._persons = len(state.persons)


_names: WeakKeyDictionary[Organisation, Names] = WeakKeyDictionary()


def names_of(organisation: Organisation, state: State) -> Names:
    """The names kept by now; asked while the page holds the organisation still."""
    found = _names.get(organisation)
    if found is None:
        found = _names[organisation] = Names(organisation)
    found.read_on(organisation, state)
    return found


@dataclass(frozen=True)
class Asked:
    """What a viewer asked of the roll."""

    words: tuple[str, ...] = ()
    unit: str = ""
    member_class: str = ""
    standing: str = NOW

    @classmethod
    def of(cls, query: dict[str, str]) -> Asked:
        """What stands in an address; what makes no sense there is left aside."""
        standing = query.get("standing", NOW)
        return cls(
            tuple(query.get("q", "")[:QUERY_MAX].casefold().split()), query.get("unit", ""), query.get("class", ""),
            standing if standing in (NOW, FORMER, ALL) else NOW,
        )  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """The ids that were found, in order, and whether that order is by name."""

    persons: list[str]
    by_name: bool


class Roll:
    """The roll for one viewer."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.state, self.today = viewer.standing.state, viewer.standing.today
        self._names = names_of(viewer.organisation, self.state)
        self._widest = AUDIENCES.index(viewer.audience)

    def name(self, person: str) -> str:
        """The name as the viewer may see it, "" where they may not."""
        found = self._names.of.get(person)
        return found[0] if found is not None and self._sees(person, found[2]) else ""

    def _sees(self, person: str, audience: int) -> bool:
        return audience <= self._widest or person == self.viewer.person

    def found(self, asked: Asked) -> Listed:
        """Who fits what was asked: by name where they are few, else in the order of admission."""
        persons = [person.id for person in self._fitting(asked)]
        if len(persons) <= SORTED_MAX:
            persons.sort(key=lambda person: (not self.name(person), self.name(person).casefold(), person))
            return Listed(persons, by_name=True)
        return Listed(persons, by_name=False)

    def _fitting(self, asked: Asked) -> Iterator[Person]:
        lies_in: dict[str, bool] = {}
        for person in self.state.persons.values():
            if asked.standing != ALL and person.is_member_on(self.today) != (asked.standing == NOW):
                continue
            if asked.member_class and person.member_class != asked.member_class:
                continue
            if asked.unit:
                if person.unit not in lies_in:
                    lies_in[person.unit] = unit_lies_in(self.state, person.unit, asked.unit)
                if not lies_in[person.unit]:
                    continue
            if asked.words and not self._has(person.id, asked.words):
                continue
            yield person

    def _has(self, person: str, words: tuple[str, ...]) -> bool:
        found = self._names.of.get(person)
        name = found[1] if found is not None and self._sees(person, found[2]) else ""
        return all(word in name or word in person for word in words)

    def csv(self, asked: Asked) -> str:
        """The list in CSV, in the columns that an import takes; a name that a spreadsheet would run is marked with a quote."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(["person", "name", "class", "unit"])
        for person in self._fitting(asked):
            name = self.name(person.id)
            shown = f"'{name}" if name.startswith(FORMULA) else name
            writer.writerow([person.id, shown, person.member_class, person.unit])
        return text.getvalue()


def counts_by_unit(state: State, today: str) -> dict[str, int]:
    """How many members each unit has today, those of the units within it not counted."""
    found: dict[str, int] = {}
    for person in state.persons.values():
        if person.is_member_on(today):
            found[person.unit] = found.get(person.unit, 0) + 1
    return found


def audience_of(viewer: Viewer, person: str) -> str:
    """For whom a person's name is kept; "" where none is kept."""
    found = names_of(viewer.organisation, viewer.standing.state).of.get(person)
    return AUDIENCES[found[2]] if found is not None else ""
