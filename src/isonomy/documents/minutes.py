"""Minutes: what a meeting did, written from the acts of the record.

Lives here: their shape, and `minutes_of`, which writes them. Not here: items with their votes (`minutes_items`), approval
(`minutes_approval`), text and pages (`minutes_text`, `minutes_html`).

Invariant: nothing stands in minutes that does not follow from the entries and the state; each line names the entry it comes
from. The same entries give the same minutes, in the order of the record. Source: docs/spec/minutes.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from isonomy.documents.minutes_items import Item, items_of, number_in
from isonomy.engine.explain import explain
from isonomy.engine.meeting import Meeting
from isonomy.engine.sentences import Speaker
from isonomy.engine.state import Correction, State
from isonomy.engine.words import capital, listed, meeting_of, number_of, say_time
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes
from isonomy.rulebook.model import Body, Rulebook
from isonomy.rulebook.render import say_quorum

IN_COURSE = ("meeting.", "notice.", "quorum.", "ruling.", "protest.", "session.", "paper.", "motion.withdrawn")
BEGINS = ("meeting.opened", "meeting.lapsed", "meeting.resumed")
ABSENT_SEATS_MAX = 60
Entry = dict[str, Any]
_PERSON = re.compile(r"\bp-[a-z0-9]{4,32}\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the minutes with its entry and civil time; `details` stand below it."""

    text: str
    entry: int
    at: str
    clauses: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was there when the meeting was opened: names in order, or a number alone; and who of a small body was not."""

    names: tuple[str, ...] = ()
    count: int | None = None
    absent: tuple[str, ...] = ()
    quorum: str = ""
    clause: str = ""
    entry: int = -1


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one meeting. `course` holds lines and items in their order."""

    meeting: str
    organisation: str
    body: str
    title: str
    starts: str
    place: str
    standing: str
    convened: tuple[Line, ...]
    presence: Presence
    course: tuple[Line | Item, ...]
    corrections: tuple[Line, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The items alone, in their order."""
        return tuple(found for found in self.course if isinstance(found, Item))

    @property
    def is_over(self) -> bool:
        """Whether the meeting is at its end: closed, lapsed or cancelled."""
        return self.standing in ("closed", "lapsed", "cancelled")


def things_of(state: State, meeting: str) -> frozenset[str]:
    """The ids by which entries belong to a meeting: itself, what was put and ruled at it; raises `BadInput`.

    Whoever reads a large record need look only into entries that hold one of them, or a protest.
    """
    if meeting not in state.meetings:
        raise BadInput(f"there is no meeting '{meeting[:40]}'", "meeting", "name one, such as mt-9")
    polls = [poll for poll in state.polls.values() if poll.meeting == meeting]
    found = {meeting, *(poll.id for poll in polls), *(poll.amendment for poll in polls if poll.amendment)}
    found |= {ruling.id for ruling in state.rulings.values() if ruling.meeting == meeting}
    motions = {motion for poll in polls for motion in (poll.motion, poll.about) if motion}
    found |= motions | {amendment.id for amendment in state.amendments.values() if amendment.motion in motions}
    found |= {motion.id for motion in state.motions.values() if motion.meeting == meeting}
    return frozenset(found)


def first_entry(things: Iterable[str]) -> int:
    """The entry before which nothing belongs to a meeting: the earliest of `things_of`."""
    return min(number_in(thing) for thing in things)


def acts_of(state: State, meeting: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that belong to a meeting, in their order, of those given: all from `first_entry` on, or those of them that
    hold one of `things_of` or a protest. Raises `BadInput` for a meeting that is not there.
    """
    things, found, is_open = things_of(state, meeting), [], False
    for entry in entries:
        mine = {raw["effect"] for raw in entry["effects"] if _belongs(raw, things)}
        lodged = is_open and any(raw["effect"] == "protest.lodged" for raw in entry["effects"])
        if mine or lodged:
            found.append(entry)
        is_open = (is_open or bool(mine & set(BEGINS))) and not mine & {"meeting.closed", "meeting.lapsed"}
    return found


def persons_in(state: State, acts: Iterable[Entry]) -> set[str]:
    """The ids of the persons that minutes of these acts may name: in the acts, and seated in the body that met."""
    found: set[str] = set()
    meetings: set[str] = set()
    for entry in acts:
        found |= set(_PERSON.findall(canonical_bytes([entry["act"], entry["effects"]]).decode()))
        meetings |= {raw["meeting"] for raw in entry["effects"] if raw.get("meeting") in state.meetings}
    for id in meetings:
        found |= {
            mandate.person
            for mandate in state.mandates_of_seat(state.meetings[id].body, state.meetings[id].starts[:10])
        }
    return found


def minutes_of(state: State, meeting: str, acts: Iterable[Entry], names: Mapping[str, str] | None = None) -> Minutes:
    """The minutes of a meeting from the entries that belong to it (`acts_of`).

    `names` are the names of persons that the reader may see, by id. Raises `BadInput` for a meeting that is not there.
    """
    things = things_of(state, meeting)
    found, names = state.meetings[meeting], dict(names or {})
    rulebook = state.rulebook(found.edition)
    convened: list[Line] = []
    course: list[Line | Item] = []
    declared: dict[str, int] = {}
    presence, begun, closed_at = Presence(), False, -1
    for entry in acts:
        mine = [raw for raw in entry["effects"] if _belongs(raw, things) or raw["effect"] == "protest.lodged"]
        told = [raw["effect"] for raw in mine]
        declared |= {raw["poll"]: entry["n"] for raw in mine if raw["effect"] == "poll.declared"}
        if not any(name.startswith(IN_COURSE) for name in told):
            continue
        opening = next((raw for raw in mine if raw["effect"] in BEGINS), None)
        if opening is not None and presence.entry < 0:
            begun, presence = True, _presence(state, found, rulebook, opening, entry["n"], names)
        line = _line(state, entry, names, is_counted=opening is not None and presence.entry != entry["n"])
        (course if begun else convened).append(line)
        if "meeting.closed" in told or "meeting.lapsed" in told:
            closed_at = entry["n"]
    course += items_of(state, meeting, names, declared)
    return Minutes(
        meeting, state.name, found.body, _title(state, rulebook, found, names), found.starts, found.place, found.standing,
        tuple(convened), presence, tuple(sorted(course, key=_place)), _corrections(state, things, closed_at),
    )  # fmt: skip


def _place(told: Line | Item) -> tuple[int, int]:
    return (told.entry, 0) if isinstance(told, Line) else (told.opened_at, 1)


def _belongs(raw: Entry, things: frozenset[str]) -> bool:
    keys = ("meeting", "poll", "ruling", "motion", "amendment")
    return any(isinstance(raw.get(key), str) and raw[key] in things for key in keys)


def _title(state: State, rulebook: Rulebook, meeting: Meeting, names: Mapping[str, str]) -> str:
    return capital(meeting_of(Speaker(state, rulebook, "", dict(names)).seat(meeting.body)))


def _line(state: State, entry: Entry, names: Mapping[str, str], *, is_counted: bool = False) -> Line:
    details: list[str] = []
    for raw in entry["effects"]:
        if (raw["effect"] == "quorum.counted" or is_counted) and raw.get("present"):
            details.append(f"Present: {listed(names.get(person, person) for person in raw['present'])}.")
        if raw["effect"] == "ruling.made" and raw["ruling"] in state.rulings:
            details.append(state.rulings[raw["ruling"]].words)
        if raw["effect"] == "protest.lodged" and entry["act"].get("words"):
            details.append(entry["act"]["words"])
    clauses = tuple(clause for clause in entry.get("clauses", ()) if clause)
    said = explain(state, {**entry, "clauses": []}, names)
    return Line(said, entry["n"], entry["local"][:16], clauses, tuple(details))


def _presence(
    state: State, meeting: Meeting, rulebook: Rulebook, opening: Entry, number: int, names: Mapping[str, str]
) -> Presence:
    body = rulebook.bodies.get(meeting.body.partition("@")[0])
    there = tuple(opening.get("present", ()))
    answers = {"yes": "reached", "no": "not reached"}
    asked, clause, answer = "", "", opening.get("quorate", "")
    if opening["effect"] == "meeting.lapsed":
        answer = "no"
    if body is not None and body.quorum is not None:
        asked, clause = f" ({say_quorum(body.quorum)})", body.place.clause_of("quorum")
    quorum = f"Quorum {answers.get(answer, 'cannot be told')}{asked}"
    if body is None or body.quorum is None:
        quorum = "No clause asks a quorum" if answer != "no" else "Quorum not reached"
    missing = _absent(state, meeting, body, opening.get("on", meeting.starts[:10]), there)
    said = [tuple(names.get(person, person) for person in persons) for persons in (there, missing)]
    return Presence(
        tuple(sorted(said[0])), opening.get("present_count"), tuple(sorted(said[1])), quorum, clause, number
    )


def _absent(state: State, meeting: Meeting, body: Body | None, day: str, there: tuple[str, ...]) -> tuple[str, ...]:
    """Who of a body with seats was not there; of a body of all members nobody is listed, nor where no names were told."""
    if body is None or not there or body.filled is None or body.filled.way == "all members":
        return ()
    seated = [mandate.person for mandate in state.mandates_of_seat(meeting.body, day)]
    return tuple(person for person in seated if person not in there) if len(seated) <= ABSENT_SEATS_MAX else ()


def _corrections(state: State, things: frozenset[str], closed_at: int) -> tuple[Line, ...]:
    """Slips mended after the close, in what the minutes tell of."""
    decisions = {poll.decision for poll in state.polls.values() if poll.id in things and poll.decision}
    found = []
    for correction in state.corrections.values():
        number = number_in(correction.id)
        if correction.thing in things | decisions and number > closed_at >= 0:
            found.append(_correction(correction, number))
    return tuple(found)


def _correction(correction: Correction, number: int) -> Line:
    now, was = (_said(value) for value in (correction.now, correction.was))
    what = f"{capital(correction.key.replace('_', ' '))} of {correction.thing} (entry {correction.entry})"
    text = f"{what} says: {now}. It said: {was}."
    return Line(text, number, "", (), (correction.why,))


def _said(value: Any) -> str:
    text = str(value)
    try:
        return say_time(text) if len(text) in (10, 16) and text[4:5] == "-" else text
    except BadInput:
        return text


def date_line(minutes: Minutes) -> str:
    """When and where, in words: `Wednesday 10 March 2027, 19:00, at the boat house`."""
    where = f", {minutes.place}" if minutes.place else ""
    return f"{say_time(minutes.starts)}{where}"


def present_line(presence: Presence) -> str:
    """How many were there, in words."""
    if presence.entry < 0:
        return "The meeting was not opened"
    if presence.names:
        return f"{number_of(len(presence.names), 'member')} present"
    return "Nobody named" if presence.count is None else f"{number_of(presence.count, 'member')} present, not named"
