"""How seats are held in the state: who was co-opted, stands in, was examined, waits for confirmation; delegates shared out.

Lives here: the shapes, and the questions that need only them and a day. Not here: how they change (`proceedings`), who is
entitled in a body (`roll`), what bars a person from a seat (`eligibility`).

Invariant: what happens by itself (a silence, the end of a time) is told from the record and a day, never entered.
Source: docs/spec/acts-seating.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from isonomy.engine.transfer import MovedBefore, Transfer

if TYPE_CHECKING:
    from isonomy.engine.state import State

COOPTED, INTERIM, SUBSTITUTE, DRAWN = "co-opted", "ad interim", "substitute", "drawn by lot"
WAITING, CONFIRMED, REFUSED, STANDS, FALLEN = (
    "waiting",
    "confirmed",
    "refused",
    "stands by silence",
    "fallen by silence",
)
ACCEPTED, OVERTURNED = "accepted", "overturned"
OPEN, DRAWN_LOT = "open", "drawn"


@dataclass(slots=True)
class Held:
    """That a mandate was not begun by its election: how, whether it has a vote, whether the next election ends it."""

    how: str
    votes: bool = True
    until_election: bool = True


@dataclass(slots=True)
class Choice:
    """That a person came to hold too much: which mandates fall unless the person gives up `mandate`, after which day."""

    mandate: str
    person: str
    falling: tuple[str, ...]
    until: str
    clause: str
    chosen_on: str = ""


@dataclass(slots=True)
class ToConfirm:
    """Somebody chosen for a seat whom another seat is asked to confirm; `answer_by` "" where no time is set."""

    id: str
    person: str
    seat: str
    way: str
    ground: str
    by: str
    asked_on: str
    clause: str
    answer_by: str = ""
    silence: str = ""
    answer: str = ""
    answered_on: str = ""
    decision: str = ""
    reasons: str = ""

    def standing_on(self, day: str) -> str:
        """`waiting`, `confirmed`, `refused`, or what silence made of it once the time to answer is over."""
        if self.answer:
            return self.answer
        if not self.answer_by or day <= self.answer_by:
            return WAITING
        return STANDS if self.silence == "stands" else FALLEN

    def is_confirmed_on(self, day: str) -> bool:
        """Whether the seat may be taken on it."""
        return self.standing_on(day) in (CONFIRMED, STANDS)


@dataclass(slots=True)
class Stepping:
    """A substitute in the place of a holder: at the called meeting, or, where nobody called one, on the day."""

    mandate: str
    seat: str
    person: str
    on: str
    meeting: str = ""

    def is_in_on(self, state: State, day: str) -> bool:
        """Whether the substitute sits on a civil date: from the attestation to the close of the meeting."""
        meeting = state.meetings.get(self.meeting)
        if meeting is None:
            return day == self.on
        if meeting.standing in ("lapsed", "cancelled"):
            return False
        first = min(self.on, meeting.starts[:10])
        return first <= day and (not meeting.closed_on or day <= meeting.closed_on)


@dataclass(slots=True)
class Examined:
    """What the panel found of a delegate's mandate: accepted or refused, on which ground, and what became of an appeal."""

    mandate: str
    finding: str
    on: str
    by: str
    ground: str = ""
    text: str = ""
    decision: str = ""
    appeal_until: str = ""
    appealed_on: str = ""
    decided_on: str = ""
    decided_by: str = ""

    def is_refused_on(self, day: str) -> bool:
        """Whether the mandate stands refused on a civil date."""
        return self.finding == REFUSED and day >= self.on

    def may_appeal_on(self, day: str) -> bool:
        """Whether the time to appeal still runs, or an appeal is undecided."""
        if self.finding != REFUSED or self.decided_on:
            return False
        return bool(self.appealed_on) or (bool(self.appeal_until) and day <= self.appeal_until)


@dataclass(slots=True)
class SharedOut:
    """The seats of a body shared out among the units by their members with a vote as of a day."""

    id: str
    body: str
    as_of: str
    on: str
    edition: str
    method: str
    seats: int
    members: dict[str, int]
    given: dict[str, int]
    roll: str = ""
    tied: bool = False


@dataclass(slots=True)
class SeatLot:
    """A lot for seats: the pool as it stood, the lot that was published, what others contribute, whom it fell on in order."""

    id: str
    seat: str
    seats: int
    opened_on: str
    opened_by: str
    lot: str
    draw_from: str
    edition: str
    pool: tuple[str, ...] = ()
    contributions: list[str] = field(default_factory=list)
    contributors: list[str] = field(default_factory=list)
    drawn_on: str = ""
    secret: str = ""
    drawn: tuple[str, ...] = ()


@dataclass(slots=True)
class Seating:
    """Everything of this kind, by the id it bears: of a mandate, a confirmation, a sharing out, a lot, a transfer."""

    held: dict[str, Held] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    confirmations: dict[str, ToConfirm] = field(default_factory=dict)
    substitutes: dict[str, list[str]] = field(default_factory=dict)
    steppings: list[Stepping] = field(default_factory=list)
    examined: dict[str, Examined] = field(default_factory=dict)
    shared_out: dict[str, SharedOut] = field(default_factory=dict)
    lots: dict[str, SeatLot] = field(default_factory=dict)
    transfers: dict[str, Transfer] = field(default_factory=dict)
    moved_before: dict[str, list[MovedBefore]] = field(default_factory=dict)

    def is_without_vote(self, mandate: str) -> bool:
        """Whether whoever sits by this mandate has no vote."""
        found = self.held.get(mandate)
        return found is not None and not found.votes

    def how(self, mandate: str) -> str:
        """How a mandate was begun where it was not by its election; "" where it was."""
        found = self.held.get(mandate)
        return found.how if found is not None else ""


def stepped_in(state: State, seat: str, day: str) -> dict[str, str]:
    """Who sits in whose place in a body on a civil date: the substitute by the mandate of the holder."""
    found: dict[str, str] = {}
    for stepping in state.seating.steppings:
        if stepping.seat == seat and stepping.is_in_on(state, day):
            found[stepping.mandate] = stepping.person
    return found


def shared_out_on(state: State, body: str, day: str) -> SharedOut | None:
    """The sharing out of delegates that holds on a civil date: the latest one that was entered by then."""
    found = None
    for shared in state.seating.shared_out.values():
        if shared.body == body and shared.on <= day:
            found = shared
    return found


def unit_on(state: State, person: str, day: str) -> str:
    """The unit to which a person belonged at the end of a civil date."""
    for moved_on, before in state.past_units.get(person, ()):
        if day < moved_on:
            return before
    known = state.persons.get(person)
    return known.unit if known is not None else ""


def in_unit_since(state: State, person: str) -> str:
    """The day from which a person belongs to the unit they belong to now, or to one that it came out of."""
    known = state.persons.get(person)
    if known is None:
        return ""
    unit = known.unit
    for moved_on, before in reversed(state.past_units.get(person, ())):
        came_from = state.units.get(before)
        if came_from is None or unit not in came_from.into:
            return moved_on
        unit = before
    return known.admitted_on


def examined_of(state: State, seat: str) -> list[Examined]:
    """What was examined of the mandates of a body, in the order of their beginning."""
    return [state.seating.examined[id] for id in state.by_seat.get(seat, ()) if id in state.seating.examined]
