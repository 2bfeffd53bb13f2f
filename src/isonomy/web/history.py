"""History: the entries of the record that are about some things, told to the viewer.

Lives here: finding them without reading every entry, and their sentences. Not here: what an entry did (`engine.explain`).

Invariant: an entry is found by the ids that stand in it; the sentences hold only names that the viewer may see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from isonomy.engine.explain import explain
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes, parse_canonical
from isonomy.web.organisation import Organisation
from isonomy.web.viewer import Viewer

SHOWN_MAX = 200
_PERSON = re.compile(r"\bp-[a-z0-9]{4,32}\b")


@dataclass(frozen=True)
class Told:
    """An entry in words: its number, its civil time, what it did, how its author is known."""

    number: int
    at: str
    says: str
    kind: str


def entries_naming(
    organisation: Organisation, words: Iterable[str], first: int, after: int
) -> Iterator[dict[str, Json]]:
    """The entries from `first` up to but not including `after` in which one of these words stands as a whole text."""
    wanted = re.compile(b"|".join(b'"' + re.escape(word.encode()) + b'"' for word in words))
    for data in organisation.stores.record.read(first, after):
        if wanted.search(data):
            yield parse_canonical(data)


def history_of(viewer: Viewer, words: Iterable[str], first: int) -> list[Told]:
    """What was done about some things, oldest first; of very many the latest `SHOWN_MAX`."""
    words = list(words)
    found = [
        entry
        for entry in entries_naming(viewer.organisation, words, first, viewer.standing.size)
        if _is_about(entry, frozenset(words))
    ]
    return [told(viewer, entry) for entry in found[-SHOWN_MAX:]]


def _is_about(entry: dict[str, Any], words: frozenset[str]) -> bool:
    """Whether an effect of the entry is on one of the things, and not only a text that speaks of it."""
    return any(isinstance(value, str) and value in words for raw in entry["effects"] for value in raw.values())


def told(viewer: Viewer, entry: dict[str, Any]) -> Told:
    """One entry in words."""
    persons = _PERSON.findall(canonical_bytes([entry["act"], entry["effects"]]).decode())
    try:
        says = explain(viewer.standing.state, entry, viewer.names(persons))
    except BadInput as fault:
        # A newer program may have made it: what is not known here is said to be so.
        says = fault.what
    return Told(entry["n"], entry["local"][:16], says, str(entry["auth"].get("kind", "")))
