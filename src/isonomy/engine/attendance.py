"""Attendance: of each meeting that was opened, who was there, of how many who were entitled.

Lives here: these figures, from the record alone. Not here: opening and counting (`proceedings.presence`), pages.

Invariant: a figure stands for one meeting and leads to the entry that opened it; a meeting of which only a number is told, or
nothing, says so. Source: docs/spec/acts-seating.md, section 11.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.meeting import Meeting
from isonomy.engine.roll import members_of_body
from isonomy.engine.state import State


@dataclass(frozen=True, slots=True)
class Attended:
    """A meeting, how many were present (None: not told) of how many entitled on its day, and the persons who are named."""

    meeting: Meeting
    present: int | None
    entitled: int
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """Of one person: at how many meetings they were present, of how many at which they were entitled and persons are named."""

    person: str
    present: int
    meetings: int


def attendance_of(state: State, body: str) -> list[Attended]:
    """Every meeting of a body that was opened, the latest first."""
    opened = [one for one in state.meetings.values() if one.body == body and one.opened_on]
    found = []
    for meeting in sorted(opened, key=lambda one: one.opened_on, reverse=True):
        count = len(meeting.present) if meeting.present else meeting.present_count
        entitled = members_of_body(state, meeting.edition, body, meeting.opened_on)
        found.append(Attended(meeting, count, len(entitled), meeting.present))
    return found


def presence_of(state: State, body: str, persons: tuple[str, ...]) -> list[Presence]:
    """For each of some persons, how often they were there while they were entitled, those who were there most first."""
    counted = {person: [0, 0] for person in persons}
    for one in attendance_of(state, body):
        if not one.persons:
            continue
        entitled = set(members_of_body(state, one.meeting.edition, body, one.meeting.opened_on))
        for person in counted:
            if person in entitled:
                counted[person][0] += person in one.persons
                counted[person][1] += 1
    found = [Presence(person, there, of) for person, (there, of) in counted.items()]
    return sorted(found, key=lambda one: (-one.present, one.person))
