"""Bodies of the viewer: in which the viewer sits, which of their meetings come next.

Lives here: these questions for one person. Not here: the members of a body (`engine.roll`), which answers the same for all.

Invariant: `sits_in` says of one person what the roll of the body says, without making the roll.
"""

from __future__ import annotations

from isonomy.engine.meeting import Meeting
from isonomy.engine.roll import is_voter, unit_lies_in
from isonomy.rulebook.model import MEMBERS
from isonomy.web.viewer import Viewer

COMING = ("called", "open", "adjourned")
SHOWN_MAX = 6


def sits_in(viewer: Viewer, seat: str) -> bool:
    """Whether the viewer is a member of a body, or holds an office, today."""
    standing = viewer.standing
    person = standing.state.persons.get(viewer.person)
    if person is None or standing.edition is None:
        return False
    rulebook = standing.rulebook
    plain, _, unit = seat.partition("@")
    body = rulebook.bodies.get(plain)
    is_whole = plain == MEMBERS or (body is not None and body.filled is not None and body.filled.way == "all members")
    if is_whole:
        within = not unit or unit_lies_in(standing.state, person.unit, unit)
        return within and is_voter(person, rulebook, standing.today)
    if seat in viewer.seats:
        return True
    if body is None or body.filled is None or body.filled.way != "ex officio":
        return False
    return any(held.partition("@")[0] in body.filled.offices for held in viewer.seats)


def coming_meetings(viewer: Viewer) -> list[Meeting]:
    """The meetings of the viewer's bodies that are called, under way or adjourned, the next first."""
    today = viewer.standing.today
    found = [
        meeting
        for meeting in viewer.standing.state.meetings.values()
        if meeting.standing in COMING
        and (meeting.standing != "called" or when(meeting)[:10] >= today)
        and sits_in(viewer, meeting.body)
    ]
    return sorted(found, key=lambda meeting: (meeting.standing != "open", when(meeting) or "9"))


def when(meeting: Meeting) -> str:
    """When a meeting begins, or goes on; "" for one that was adjourned without a day."""
    return meeting.resumes if meeting.standing == "adjourned" else meeting.starts
