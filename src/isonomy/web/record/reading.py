"""Reading the record backwards: a page of entries that match what is asked, from the newest on.

Lives here: filters and the walk. Not here: what is shown of an entry (`telling`), an index of clauses (`traces`).

Invariant: a walk looks at a bounded number of entries and says where it stopped, so that a page of a long record costs no more
than one of a short one; going on from there misses nothing and shows nothing twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import parse_date
from isonomy.kernel.canonical import Json
from isonomy.web.organisation import Organisation

PAGE = 40
LOOKED_MAX = 20_000
"""How many entries one page looks at before it offers to go on."""
_AT_ONCE = 500
_ACT = re.compile(r"[a-z]+(\.[a-z]+)*")
_PERSON = re.compile(r"p-[a-z0-9]{4,32}")
_CLAUSE = re.compile(r"[A-Za-z0-9.]{1,40}")


@dataclass(frozen=True)
class Asked:
    """What is asked of the record: an act's name, a clause, a person, the last day; "" where it does not matter."""

    act: str = ""
    clause: str = ""
    person: str = ""
    day: str = ""

    @classmethod
    def of(cls, query: Any) -> Asked:
        """What an address asks; raises `BadInput` for what cannot stand in a record."""
        found = {key: str(query.get(key, "")).strip() for key in ("act", "clause", "person", "day")}
        for key, form, cure in (
            ("act", _ACT, "write the name of an act, such as motion.move"),
            ("clause", _CLAUSE, "write a clause's number, such as 4.2"),
            ("person", _PERSON, "write a person's id, such as p-7q2k"),
        ):
            if found[key] and not form.fullmatch(found[key]):
                raise BadInput(f"'{found[key][:40]}' cannot be looked for as {key}", key, cure)
        if found["day"]:
            parse_date(found["day"])
        return cls(**found)

    @property
    def is_anything(self) -> bool:
        """Whether every entry is asked for."""
        return not (self.act or self.clause or self.person)

    def query(self, before: int | None = None) -> str:
        """The same as part of an address, going on before an entry."""
        pairs = {"act": self.act, "clause": self.clause, "person": self.person, "day": self.day}
        found: dict[str, object] = {key: value for key, value in pairs.items() if value}
        return urlencode(found if before is None else {**found, "before": before})

    def matches(self, entry: dict[str, Json]) -> bool:
        """Whether an entry is one of those asked for; a reported act counts under its own name too."""
        act = entry["act"]
        told = act.get("what")
        names = {act["act"]} | ({told.get("act")} if isinstance(told, dict) else set())
        if self.act and self.act not in names:
            return False
        return not self.clause or self.clause in entry["clauses"]


@dataclass
class Walk:
    """A page of entries, the newest first; `goes_on` is the number before which to go on, None at the beginning."""

    entries: list[dict[str, Json]] = field(default_factory=list)
    goes_on: int | None = None
    looked_to: int = 0


def walk(organisation: Organisation, size: int, asked: Asked, before: int | None = None) -> Walk:
    """The newest entries before number `before` that match, `PAGE` of them at the most."""
    end = size if before is None else max(0, min(before, size))
    if asked.day:
        end = min(end, first_after(organisation, size, asked.day))
    # A filter is held against the bytes first: a text that does not stand in them need not be read as JSON.
    needed = [
        text.encode()
        for text in (asked.person, asked.act and f'"{asked.act}"', asked.clause and f'"{asked.clause}"')
        if text
    ]
    found = Walk(looked_to=end)
    for number, data in _backwards(organisation, end):
        if len(found.entries) == PAGE or end - number > LOOKED_MAX:
            found.goes_on = number + 1
            return found
        found.looked_to = number
        if all(text in data for text in needed) and asked.matches(entry := json.loads(data)):
            found.entries.append(entry)
    return found


def _backwards(organisation: Organisation, end: int) -> Iterator[tuple[int, bytes]]:
    while end > 0:
        first = max(0, end - _AT_ONCE)
        chunk = list(organisation.stores.record.read(first, end))
        for place in range(len(chunk) - 1, -1, -1):
            yield first + place, chunk[place]
        end = first


def first_after(organisation: Organisation, size: int, day: str) -> int:
    """The number of the first entry after a civil date, `size` where there is none: found by halving, as days only go on."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if organisation.entry(middle)["local"][:10] <= day:
            low = middle + 1
        else:
            high = middle
    return low


def naming(
    organisation: Organisation, size: int, things: list[str], after: int, most: int = 20
) -> list[dict[str, Json]]:
    """The first entries after one that name one of some things; looks at a bounded number."""
    marks = [f'"{thing}"'.encode() for thing in things]
    if not marks:
        return []
    stop = min(size, after + 1 + LOOKED_MAX)
    found = (
        json.loads(data)
        for data in organisation.stores.record.read(after + 1, stop)
        if any(mark in data for mark in marks)
    )
    return list(islice(found, most))
