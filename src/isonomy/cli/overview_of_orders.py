"""Orders from outside, ids that are one person, and members to be assigned, as data.

Lives here: choosing and naming. Not here: the rest of the overview (`overview`), printing (`state`).

Invariant: as in `overview`: nothing is judged here. An order that has no effect stands here like any other.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.state import State


def orders(state: State, day: str) -> list[dict[str, Any]]:
    """Every order from outside, with who entered and who confirmed it, and where it stands on a day."""
    return [
        {
            "order": found.id, "effect": found.effect, "concerns": found.concerns, "source": found.source,
            "authority": found.authority, "sha256": found.sha256, "standing": found.standing_on(day),
            "entered_by": found.entered_by, "entered_on": found.entered_on, "confirmed_by": found.confirmed_by,
            "confirmed_on": found.confirmed_on, "from_on": found.from_on, "notified_on": found.notified_on,
            "to_review": [thing for thing in found.review if thing not in found.reviewed],
            "disagreements": [{"body": each.body, "decision": each.decision} for each in found.disagreements],
            "clause": found.clause,
        }
        for found in state.orders.values()
    ]  # fmt: skip


def joinings(state: State) -> list[dict[str, Any]]:
    """Every proposal that two ids are one person, and what became of it: as now known."""
    return [
        {
            "joining": found.id, "kept": found.kept, "joined": found.joined, "standing": found.standing, "on": found.on,
            "certainty": found.certainty, "object_until": found.object_until, "settled_on": found.settled_on,
            "parted_on": found.parted_on, "clause": found.clause,
        }
        for found in state.joinings.values()
    ]  # fmt: skip


def to_assign(state: State, day: str) -> list[dict[str, Any]]:
    """The members of units that were split who are in no successor yet."""
    return [
        {"person": person, "unit": found.unit, "choose_until": found.choose_until}
        for person, found in state.to_assign.items()
        if state.persons[person].is_member_on(day)
    ]
