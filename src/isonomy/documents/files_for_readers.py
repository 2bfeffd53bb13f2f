"""Files for readers: what an export holds for people and other programs beside the record itself.

Lives here: which files, and their paths. Not here: the export (`chamber.exporting`), the calendar's form (`calendar_feed`).

Invariant: the same state and zone give the same bytes; no personal value stands in a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.documents.calendar_feed import InstantOf, calendar_feed
from isonomy.documents.decision_register import register, register_csv
from isonomy.documents.popolo import popolo_json
from isonomy.engine.state import State


def files_for_readers(state: State, instant_of: InstantOf) -> Iterator[tuple[str, bytes]]:
    """The editions of the rulebook that governed, the calendar of meetings, the register of decisions, and Popolo."""
    for edition in state.editions.values():
        if edition.complete and edition.in_force_from:
            text = "".join(edition.texts[part] for part in sorted(edition.texts))
            yield f"rulebook/{edition.id}.md", text.encode()
    yield "calendar.ics", calendar_feed(state, (), instant_of).encode()
    yield "decisions.csv", register_csv(register(state, state.today)).encode()
    yield "popolo.json", popolo_json(state).encode()
