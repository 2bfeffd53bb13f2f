"""Presence: who is there, whether they are a quorum, and the challenge that has them counted again.

Lives here: `quorum.challenge`, `quorum.count`, and the test of presence that opening uses. Not here: opening
and lapsing (`meetings`).

Invariant: those present are named where the record runs, so that each can say whether it is true; a number
alone has its place in a report. A quorum is tested at the opening, and again when a member challenges it:
until those present are counted nothing is decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from isonomy.engine.act import judges
from isonomy.engine.conditions import Tested, is_quorate
from isonomy.engine.effect import At, effect
from isonomy.engine.facts import Group, NamedFacts
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.proceedings.interim import has_lapsed_to_members
from isonomy.engine.proceedings.readings import counts_filled_seats, obey
from isonomy.engine.proceedings.yielding import yields_quorum
from isonomy.engine.roll import entitled_in
from isonomy.engine.shape import Natural, PersonId, ProceedingId
from isonomy.engine.state import State, day_of
from isonomy.kernel.quantity import UNKNOWN, Answer, Span
from isonomy.rulebook.model import Body

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Challenge:
    """Challenges the quorum of an open meeting: nothing is decided until those present are counted."""

    meeting: ProceedingId


@dataclass(frozen=True, slots=True)
class CountPresent:
    """Counts those present at an open meeting again; `present_count` alone has its place in a report."""

    meeting: ProceedingId
    present: tuple[PersonId, ...] = ()
    present_count: Natural | None = None


@effect("quorum.challenged")
@dataclass(frozen=True, slots=True)
class QuorumChallenged:
    """A member doubts that a quorum is still present."""

    meeting: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Holds up decisions of the meeting."""
        state.meetings[self.meeting].challenged_by = self.person
        state.touched[self.meeting] = at.n


@effect("quorum.counted")
@dataclass(frozen=True, slots=True)
class QuorumCounted:
    """So many are present now, and they are a quorum, are none, or it cannot be told."""

    meeting: str
    quorate: str
    present: tuple[str, ...] = ()
    present_count: int | None = None

    def apply(self, state: State, at: At) -> None:
        """Takes the new presence; a challenge is answered."""
        meeting = state.meetings[self.meeting]
        meeting.present, meeting.present_count, meeting.quorate = self.present, self.present_count, self.quorate
        meeting.challenged_by, meeting.counted_on = "", max(meeting.counted_on, at.on)
        state.touched[self.meeting] = at.n


def span_of(present: tuple[str, ...], present_count: int | None) -> Span:
    """How many are present, by name or by number; UNKNOWN where neither is told."""
    if present:
        return Span.exactly(len(present))
    return UNKNOWN if present_count is None else Span.exactly(present_count)


def check_present(judgement: Judgement, meeting: Meeting, present: tuple[str, ...], present_count: int | None) -> None:
    """Grounds against a presence: a person named twice, a stranger to the body, a bare number in a living
    record."""
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    clause = body.place.clause_of("quorum")
    double = next((person for person in present if present.count(person) > 1), None) if len(present) < 500 else None
    if double is None and len(set(present)) != len(present):
        double = next(person for person in sorted(present) if present.count(person) > 1)
    if double is not None:
        raise judgement.bar(f"{double} is named twice", {"present": len(present)}, "name each once")
    if present and present_count is not None and present_count != len(present):
        raise judgement.bar(
            "the number present is not the number of those named",
            {"named": len(present), "number": present_count},
            "leave the number out",
        )
    if present_count is not None and not present and not judgement.reported:
        judgement.refuse(FORM, "those present are named", {"present_count": present_count}, 'list them in "present"')
    facts = judgement.under(meeting.edition)
    # The body's members are found once for all; who is not among them is asked for one by one.
    members = set(entitled_in(judgement.state, meeting.edition, meeting.body, judgement.on))
    strangers = [
        person for person in present if person not in members and facts.holds(person, meeting.body) is Answer.NO
    ]
    if strangers:
        judgement.refuse(
            clause, f"those who count as present are members of {judgement.title(meeting.body)}",
            {"not its members": strangers[:20]}, "leave guests out",
        )  # fmt: skip


def quorum_tested(judgement: Judgement, meeting: Meeting, present: Span) -> tuple[Tested, str]:
    """Whether those present are a quorum of the body, and the clause that asks it; without such a clause one
    person is enough."""
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    facts = NamedFacts(judgement.state, judgement.on, meeting.id, {"present": present}, meeting.edition)
    group = Group("present", meeting.id)
    own = body.sitting.quorum if meeting.adjourned_on else None
    if meeting.adjourned_on and body.sitting.any_number:
        some = Answer.YES if present.lo else Answer.NO if present.hi == 0 else Answer.UNTOLD
        return Tested(some, {"present": str(present), "quorum": "those present"}), body.place.clause_of(
            "resumption quorum"
        )
    if own is not None:
        whole = Group("seats" if own.of == "seats" else "members", meeting.body)
        return is_quorate(facts, own, group, whole), body.place.clause_of("resumption quorum")
    if body.quorum is None:
        some = Answer.YES if present.lo else Answer.NO if present.hi == 0 else Answer.UNTOLD
        return Tested(some, {"present": str(present), "quorum": "none asked"}), body.place.clause_of("quorum")
    whole = Group("seats" if body.quorum.of == "seats" else "members", meeting.body)
    return is_quorate(facts, body.quorum, group, whole), body.place.clause_of("quorum")


def open_meeting(judgement: Judgement, meeting: str) -> Meeting:
    """The meeting of that id while it is open; bars the act otherwise."""
    found = judgement.state.meetings.get(meeting)
    if found is None:
        raise judgement.bar(f"there is no meeting '{meeting}'", {}, "name one, such as mt-42")
    if found.standing != "open":
        raise judgement.bar(
            f"the meeting is {found.standing}",
            {"meeting": meeting},
            "open it first" if found.standing == "called" else "call another",
        )
    return found


def officers_of(judgement: Judgement, seat: str) -> tuple[str, ...]:
    """The offices that open and close the meetings of a body: its chair and the keeper of its minutes."""
    body, unit = judgement.body(seat), seat.partition("@")[2]
    return tuple(judgement.beside(office, unit) for office in (body.chaired_by, body.minutes_by) if office)


def may_preside(judgement: Judgement, seat: str) -> tuple[str, ...]:
    """The officers of a body, or, while nobody holds those offices, the body's own members."""
    officers = officers_of(judgement, seat)
    held = any(judgement.holders(office) for office in officers)
    return officers if held and not has_lapsed_to_members(judgement, seat) else (*officers, seat)


def has_broken_off(judgement: Judgement, meeting: Meeting) -> bool:
    """Whether a day has passed on which those present at an open meeting were not counted: it goes on from day to day."""
    if judgement.reported or not meeting.counted_on:
        return False
    return judgement.on > (day_of(meeting.counted_on) + ONE_DAY).isoformat()


def _by_ruling(judgement: Judgement, meeting: Meeting, body: Body, present: Span) -> Tested | None:
    """The quorum of the seats that are filled, where it was ruled to be meant; None where that is no quorum either."""
    ruling = counts_filled_seats(judgement, body.place, meeting.id)
    if ruling is None or body.quorum is None:
        return None
    facts = NamedFacts(judgement.state, judgement.on, meeting.id, {"present": present}, meeting.edition)
    tested = is_quorate(facts, body.quorum, Group("present", meeting.id), Group("members", meeting.body))
    if tested.answer is not Answer.YES:
        return None
    obey(judgement, ruling, meeting.id)
    return tested


@judges("quorum.challenge", Challenge)
def judge_challenge(judgement: Judgement, challenge: Challenge) -> None:
    """Judges a challenge: any member of the body, while the meeting is open; one at a time."""
    meeting = open_meeting(judgement, challenge.meeting)
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    if body.quorum is None:
        raise judgement.bar(
            f"no clause asks a quorum of {judgement.title(meeting.body)}",
            {},
            "nothing hangs on how many are there",
            body.place.clause_of("quorum"),
        )
    if meeting.challenged_by:
        raise judgement.bar(
            "the quorum is challenged already", {"by": meeting.challenged_by}, "those present are to be counted"
        )
    judgement.may_act((meeting.body,), body.place.clause_of("quorum"), "a quorum is challenged by a member of the body")
    judgement.then(QuorumChallenged(meeting.id, judgement.author))


@judges("quorum.count", CountPresent)
def judge_count(judgement: Judgement, count: CountPresent) -> None:
    """Judges a new count of those present: a fact is taken as it is, and where it is no quorum nothing more is
    decided."""
    meeting = open_meeting(judgement, count.meeting)
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    seats = may_preside(judgement, meeting.body)
    if not judgement.author or judgement.author != meeting.opened_by or judgement.reported:
        judgement.may_act(
            seats,
            body.place.clause_of("chaired by"),
            "those present are counted by the chair or the keeper of the minutes",
        )
    if has_broken_off(judgement, meeting):
        judgement.refuse(
            body.place.clause_of("meets"), "a meeting goes on from day to day; this one has broken off",
            {"last counted": meeting.counted_on, "today": judgement.on}, "close it and call another",
        )  # fmt: skip
    check_present(judgement, meeting, count.present, count.present_count)
    span = Span.exactly(len(count.present)) if not judgement.reported else span_of(count.present, count.present_count)
    tested, clause = quorum_tested(judgement, meeting, span)
    if tested.answer is Answer.NO:
        tested = _by_ruling(judgement, meeting, body, span) or tested
    if tested.answer is Answer.NO and not judgement.reported:
        tested = yields_quorum(judgement, meeting, body, span) or tested
    judgement.cite(clause)
    judgement.then(QuorumCounted(meeting.id, tested.answer.value, count.present, count.present_count))
