"""Transitional clauses: which edition rules a question that is opened while one lasts.

Lives here: that question. Not here: the block (`rulebook.provisions.transition`), which edition governs a day (`state`).

Invariant: what was opened keeps its edition whatever a transition says; a transition reaches only what is opened on its days.
Source: docs/spec/acts-publication.md.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.state import Edition, State, day_of
from isonomy.rulebook.provisions.transition import Transition, transitions

OPENING_ACTS = ("motion.move", "poll.open", "election.open")
ELECTION = "election-of-"


def goes_on(state: State, day: str) -> tuple[tuple[Transition, Edition, str], ...]:
    """The transitions that last on a day: each with the edition that goes on by it, and its last day."""
    edition = state.edition_on(day)
    if edition is None or not edition.decision:
        return ()
    before = [
        found
        for found in state.editions.values()
        if found.in_force_from and found.in_force_from < edition.in_force_from and found.id in state.rulebooks
    ]
    if not before or edition.id not in state.rulebooks:
        return ()
    former = max(before, key=lambda found: (found.in_force_from, found.adopted_at))
    found: list[tuple[Transition, Edition, str]] = []
    for block in transitions(state.rulebook(edition.id)).values():
        if block.lasts is None:
            continue
        last = block.lasts.after(day_of(edition.in_force_from)).isoformat()
        if day < last:
            found.append((block, former, last))
    return tuple(found)


def edition_for(state: State, day: str, act: str, fields: Any) -> str:
    """The edition under which an act is judged on a day ("" before any governs): that before where a transition says so."""
    edition = state.edition_on(day)
    if edition is None:
        return ""
    if act in OPENING_ACTS:
        matter = getattr(fields, "matter", None) or ELECTION + str(getattr(fields, "seat", "")).partition("@")[0]
        for block, former, _ in goes_on(state, day):
            if matter in block.matters:
                return former.id
    return edition.id
