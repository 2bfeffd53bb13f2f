"""The calendar that members subscribe to: meetings and duties as iCalendar text (RFC 5545).

Lives here: `calendar_feed` and the few lines of iCalendar it needs. Not here: what is due (`engine.duties`),
serving the text, the zone database (a function that knows it may be handed in).

Invariant: the same record, duties and zone give the same bytes: every event keeps its UID for good, its stamp
is the instant of the last entry, and a changed meeting has a higher sequence. Lines end in CRLF and are at
most 75 octets long; no personal value stands in a feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from isonomy.engine.duty import Duty
from isonomy.engine.meeting import Meeting
from isonomy.engine.state import State, day_of
from isonomy.engine.words import capital, title_of
from isonomy.rulebook.model import Rulebook

PRODUCT = "-//Isonomy//Calendar of meetings and duties//EN"
OCTETS_MAX = 75
STATUS = {
    "called": "CONFIRMED",
    "open": "CONFIRMED",
    "adjourned": "CONFIRMED",
    "closed": "CONFIRMED",
    "lapsed": "CANCELLED",
    "cancelled": "CANCELLED",
}

InstantOf = Callable[[str], str]
"""The instant (`2027-03-10T18:00:00Z`) of a civil time (`2027-03-10T19:00`) in the organisation's zone."""


def calendar_feed(state: State, duties: Iterable[Duty] = (), instant_of: InstantOf | None = None) -> str:
    """The whole calendar as text with CRLF line ends: every meeting that was called or held, and the duties.

    Without `instant_of` the hours are floating times of the organisation's zone, which the calendar names.
    Source: RFC 5545, sections 3.1 (lines), 3.3 (values), 3.6.1 (VEVENT), 3.8.4.7 (UID).
    """
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        _text("X-WR-CALNAME", state.name), _text("X-WR-TIMEZONE", state.time_zone),
    ]  # fmt: skip
    for meeting in sorted(state.meetings.values(), key=lambda found: (found.starts, found.id)):
        lines += _meeting(state, meeting, instant_of)
    for duty in duties:
        lines += _duty(state, duty)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line))


def fold(line: str) -> list[str]:
    """A content line in pieces of at most 75 octets, each but the first beginning with a space; no character
    is split. Source: RFC 5545, section 3.1."""
    pieces, piece, length = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > OCTETS_MAX:
            pieces.append(piece)
            piece, length = " ", 1
        piece += sign
        length += octets
    return [*pieces, piece]


def escaped(text: str) -> str:
    """A text as a value: backslash, semicolon, comma and line ends escaped, other controls left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, written)
    return "".join(sign for sign in plain if sign >= " " and sign != "\x7f")


def _text(name: str, value: str) -> str:
    return f"{name}:{escaped(value)}"


def _meeting(state: State, meeting: Meeting, instant_of: InstantOf | None) -> list[str]:
    rulebook = state.rulebook(meeting.edition)
    title = capital(title_of(rulebook, meeting.body, state.units).removeprefix("the "))
    return [
        *_begin(state, meeting.id, state.touched.get(meeting.id, 0)),
        *_when(meeting.resumes or meeting.starts, instant_of),
        _text("SUMMARY", title),
        _text("DESCRIPTION", _describe(rulebook, meeting)),
        *([_text("LOCATION", meeting.place)] if meeting.place else []),
        f"STATUS:{STATUS[meeting.standing]}",
        "CATEGORIES:MEETING",
        "END:VEVENT",
    ]


def _describe(rulebook: Rulebook, meeting: Meeting) -> str:
    body = rulebook.bodies.get(meeting.body.partition("@")[0])
    clause = body.place.clause_of("meets") if body is not None else ""
    how = "by right" if meeting.by_right_on else "on demand" if meeting.demand else "on call"
    about = f"About: {', '.join(meeting.matters)}.\n" if meeting.matters else ""
    said = "" if meeting.standing == "called" else f"\nThis meeting was {STANDING[meeting.standing]}."
    return f"{about}It meets {how}, clause {clause} ({meeting.id}).{said}"


STANDING = {
    "open": "opened", "adjourned": "adjourned", "closed": "held", "lapsed": "not held for want of a quorum",
    "cancelled": "cancelled",
}  # fmt: skip


def _when(starts: str, instant_of: InstantOf | None) -> list[str]:
    if len(starts) < 16:
        return _whole_day(starts)
    if instant_of is None:
        return [f"DTSTART:{_basic(starts[:16])}00"]
    return [f"DTSTART:{_basic(instant_of(starts[:16]))}"]


def _whole_day(day: str) -> list[str]:
    after = (day_of(day) + timedelta(days=1)).isoformat()
    return [f"DTSTART;VALUE=DATE:{_basic(day)}", f"DTEND;VALUE=DATE:{_basic(after)}"]


def _basic(text: str) -> str:
    """A date or time in the basic form: without hyphens and colons."""
    return text.replace("-", "").replace(":", "")


def _duty(state: State, duty: Duty) -> list[str]:
    overdue = f" ({duty.overdue_days} days overdue)" if duty.is_overdue else ""
    clause = f"Clause {duty.clause}. " if duty.clause else ""
    return [
        *_begin(state, duty.id, 0),
        *_whole_day(duty.due_on),
        _text("SUMMARY", f"Due: {duty.duty}"),
        _text("DESCRIPTION", f"{capital(duty.who)}.\n{clause}{duty.derivation}{overdue}"),
        "TRANSP:TRANSPARENT",
        "CATEGORIES:DUTY",
        "END:VEVENT",
    ]


def _begin(state: State, thing: str, sequence: int) -> list[str]:
    """The head of an event: its UID for good, its stamp from the record, how often it changed."""
    uid = "-".join(thing.replace("@", " at ").replace(":", " ").split())
    return [
        "BEGIN:VEVENT", _text("UID", f"{uid}@{state.origin}"), f"DTSTAMP:{_basic(state.at)}", f"SEQUENCE:{sequence}",
    ]  # fmt: skip
