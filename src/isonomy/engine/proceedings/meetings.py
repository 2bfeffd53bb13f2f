"""Meetings: opening one with its quorum, recording one that had none, closing it, and what it may decide.

Lives here: `meeting.open`, `meeting.lapse`, `meeting.close`. Not here: calling (`calls`), demanding (`demands`), notice
(`notices`), counting those present again (`presence`), what a meeting may decide (`agenda`), adjourning it (`adjourning`).

Invariant: a meeting decides only when it is open, quorate, and the matter was named in a notice that was
kept. A meeting by right is valid without any call or notice on the day the clause names, and then decides
what the rulebook itself assigns to the body by name. Source: docs/spec/acts.md, meeting.open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from isonomy.engine.act import judges
from isonomy.engine.conditions import Tested
from isonomy.engine.effect import At, effect
from isonomy.engine.emergency import postponed_to, put_off_to
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.occasions import meetings_by_right, outstanding
from isonomy.engine.proceedings.agenda import block_of
from isonomy.engine.proceedings.notices import (
    asked_of,
    consented,
    earliest_start,
    meets_by_clause,
    noticed,
    waiting_meeting,
)
from isonomy.engine.proceedings.presence import (
    check_present,
    may_preside,
    officers_of,
    open_meeting,
    quorum_tested,
    span_of,
)
from isonomy.engine.proceedings.unhindered import check_not_concerned, decides_on_holder
from isonomy.engine.proceedings.yielding import yields_notice_of, yields_quorum
from isonomy.engine.refusal import Untold
from isonomy.engine.shape import Natural, PersonId, ProceedingId, SeatName
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import Body


@dataclass(frozen=True, slots=True)
class Open:
    """Opens a meeting and names those present: a called one, or the body's meeting by right on its day.

    `meeting`, or `body` where nobody called it. `present_count` alone has its place in a report.
    """

    meeting: ProceedingId | None = None
    body: SeatName | None = None
    present: tuple[PersonId, ...] = ()
    present_count: Natural | None = None


@dataclass(frozen=True, slots=True)
class Lapse:
    """Records that a meeting did not come about for want of a quorum, with those who were there."""

    meeting: ProceedingId | None = None
    body: SeatName | None = None
    present: tuple[PersonId, ...] = ()
    present_count: Natural | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """Closes an open meeting."""

    meeting: ProceedingId


@effect("meeting.opened")
@dataclass(frozen=True, slots=True)
class MeetingOpened:
    """A meeting is open, and has a quorum, has none, or it cannot be told.

    `body`, `starts`, `by_right` and `edition` stand for a meeting that nobody called; `latest` and `by` where
    a report tells them.
    """

    meeting: str
    on: str
    quorate: str
    present: tuple[str, ...] = ()
    present_count: int | None = None
    body: str = ""
    starts: str = ""
    by_right: str = ""
    edition: str = ""
    latest: str = ""
    by: str | None = None

    def apply(self, state: State, at: At) -> None:
        """Opens the meeting; enters it first where nobody called it."""
        if self.body:
            enter_uncalled(state, at, self)
        meeting = state.meetings[self.meeting]
        meeting.standing, meeting.opened_on, meeting.opened_latest = "open", self.on, self.latest
        meeting.opened_by, meeting.counted_on = at.by if self.by is None else self.by, self.on
        meeting.present, meeting.present_count, meeting.quorate = self.present, self.present_count, self.quorate
        state.touched[self.meeting] = at.n


@effect("meeting.lapsed")
@dataclass(frozen=True, slots=True)
class MeetingLapsed:
    """A meeting did not come about, or did not go on: those present were no quorum."""

    meeting: str
    on: str
    present: tuple[str, ...] = ()
    present_count: int | None = None
    body: str = ""
    starts: str = ""
    by_right: str = ""
    edition: str = ""

    def apply(self, state: State, at: At) -> None:
        """Closes the meeting as lapsed; enters it first where nobody called it."""
        if self.body:
            enter_uncalled(state, at, self)
        meeting = state.meetings[self.meeting]
        if meeting.is_held:
            # It was held before it was adjourned; what it decided then stands.
            meeting.standing, meeting.closed_on = "closed", self.on
        else:
            meeting.standing, meeting.closed_on, meeting.quorate = "lapsed", self.on, "no"
            meeting.present, meeting.present_count = self.present, self.present_count
        state.touched[self.meeting] = state.touched[meeting.body] = at.n


@effect("meeting.closed")
@dataclass(frozen=True, slots=True)
class MeetingClosed:
    """A meeting is over."""

    meeting: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes the meeting."""
        meeting = state.meetings[self.meeting]
        meeting.standing, meeting.closed_on = "closed", self.on
        state.touched[self.meeting] = state.touched[meeting.body] = at.n


class Uncalled(Protocol):
    """What an effect tells of a meeting that nobody called."""

    @property
    def meeting(self) -> str:
        """Its id."""

    @property
    def body(self) -> str:
        """The body that met."""

    @property
    def starts(self) -> str:
        """Its day."""

    @property
    def edition(self) -> str:
        """The edition under which it met."""

    @property
    def by_right(self) -> str:
        """The occasion it was held for."""


def enter_uncalled(state: State, at: At, told: Uncalled) -> None:
    """Enters a meeting that nobody called."""
    state.meetings[told.meeting] = Meeting(told.meeting, told.body, told.starts, "", "", told.edition, told.by_right)
    state.touched[told.body] = at.n


# -- opening -----------------------------------------------------------------------------------------------


@judges("meeting.open", Open)
def judge_open(judgement: Judgement, opened: Open) -> None:
    """Judges an opening: on its day, duly called and noticed or by right, with a quorum."""
    meeting = meeting_told(judgement, opened)
    body = block_of(judgement, meeting)
    check_opener(judgement, meeting, body, opened.present)
    _check_day(judgement, meeting, body)
    _check_convened(judgement, meeting, body)
    check_present(judgement, meeting, opened.present, opened.present_count)
    present = span_of(opened.present, opened.present_count)
    tested, clause = quorum_tested(judgement, meeting, present)
    if tested.answer is Answer.NO and not judgement.reported:
        tested = yields_quorum(judgement, meeting, body, present) or tested
    judgement.require(
        tested, clause, "a meeting opens with its quorum",
        f"record it with meeting.lapse, then {_anew(judgement, meeting, body)}",
    )  # fmt: skip
    told, uncalled = judgement.reported, opened.meeting is None
    judgement.then(
        MeetingOpened(
            meeting.id, judgement.on, tested.answer.value, opened.present, opened.present_count,
            **(as_uncalled(meeting) if uncalled else {}),
            latest=judgement.latest if judgement.latest != judgement.on else "",
            by=judgement.author if told else None,
        )
    )  # fmt: skip


def as_uncalled(meeting: Meeting) -> dict[str, str]:
    """What an effect tells of a meeting that nobody called."""
    return {
        "body": meeting.body, "starts": meeting.starts, "by_right": meeting.by_right_on, "edition": meeting.edition
    }  # fmt: skip


class Naming(Protocol):
    """An act that names a called meeting, or the body that meets by right."""

    @property
    def meeting(self) -> ProceedingId | None:
        """The called meeting."""

    @property
    def body(self) -> SeatName | None:
        """The body, where nobody called it."""


def meeting_told(judgement: Judgement, told: Naming) -> Meeting:
    """The called meeting that is named, or the body's meeting by right today; bars what is neither."""
    if told.meeting is not None:
        found = waiting_meeting(judgement, told.meeting)
        if told.body is not None and told.body != found.body:
            raise judgement.bar("the meeting is of another body", {"meeting": found.body}, 'leave "body" out')
        return found
    if told.body is None:
        raise judgement.bar("it is not said which meeting", {}, 'give "meeting", or "body" where it meets by right')
    body = judgement.body(told.body)
    occasion = _occasion_today(judgement, told.body)
    if not occasion and not judgement.reported:
        raise judgement.bar(
            f"{judgement.title(told.body)} does not meet by right today", {"today": judgement.on},
            "name the meeting as it was called", body.place.clause_of("meets"),
        )  # fmt: skip
    for other in judgement.state.meetings.values():
        if other.body == told.body and other.standing == "called" and occasion and other.by_right_on == occasion:
            raise judgement.bar("this meeting by right is called already", {"called": other.id}, f"name {other.id}")
    id = proceeding_id("mt", judgement.n)
    return Meeting(id, told.body, occasion or judgement.on, "", "", judgement.edition, occasion)


def _occasion_today(judgement: Judgement, seat: str) -> str:
    """The day on which the body meets by right by its clause, within the day or time told; else ""."""
    coming = meetings_by_right(judgement.state, seat, day_of(judgement.latest), day_of(judgement.latest))
    for found in outstanding(judgement.state, seat, coming):
        day = found.on.isoformat()
        if found.names_a_day and judgement.on <= day <= judgement.latest:
            # What was put off in an emergency does not meet on its own day, but by right on the day it was put off to.
            return "" if postponed_to(judgement.state, seat, day) else day
    return judgement.on if judgement.on in put_off_to(judgement.state, seat) and not judgement.reported else ""


def check_opener(judgement: Judgement, meeting: Meeting, body: Body, present: tuple[str, ...]) -> None:
    """Officers open. A meeting by right or on demand any of the body's members may open from its hour on, who
    is there: it does not depend on its officers."""
    clause, seats = body.place.clause_of("chaired by"), may_preside(judgement, meeting.body)
    says = "a meeting is opened by its chair or the keeper of its minutes"
    if meeting.by_right_on or meeting.demand or decides_on_holder(meeting):
        seats = tuple(dict.fromkeys((*seats, meeting.body)))
        says += ", or, where it meets by right or on demand, by any of its members"
        if decides_on_holder(meeting):
            says += ", and as well where it was called to decide on a holder"
    judgement.may_act(seats, clause, says)
    if not judgement.reported and meeting.body in seats and judgement.author not in present and present:
        officers = {person for seat in seats if seat != meeting.body for person in judgement.holders(seat)}
        if judgement.author not in officers:
            judgement.refuse(clause, "a member who opens a meeting is there", {"by": judgement.author}, "be there")


def _check_day(judgement: Judgement, meeting: Meeting, body: Body) -> None:
    day = meeting.starts[:10]
    if judgement.reported:
        if not judgement.on <= day <= judgement.latest:
            facts = {"called for": day, "held": f"{judgement.on} to {judgement.latest}"}
            judgement.refuse(body.place.clause_of("meets"), "a meeting is held on the day it was called for", facts)
        return
    if judgement.on != day:
        cure = f"open it on {day}" if judgement.on < day else _anew(judgement, meeting, body)
        judgement.refuse(
            FORM, "a meeting is opened on the day it was called for", {"called for": day, "today": judgement.on}, cure
        )
    elif judgement.local[:16] < meeting.starts[:16]:
        judgement.refuse(
            FORM, "a meeting is not opened before its hour", {"starts": meeting.starts, "now": judgement.local[:16]},
            f"open it at {meeting.starts[11:]} or later",
        )  # fmt: skip


def _check_convened(judgement: Judgement, meeting: Meeting, body: Body) -> None:
    """Called and noticed as the clause says; on its own day a meeting by right needs neither."""
    clause = body.place.clause_of("meets")
    if meets_by_clause(meeting):
        judgement.cite(clause)
        return
    if not meeting.called_on:
        judgement.untold.append(Untold(clause, "it was called as the clause says", {"call": "not told"}))
        return
    judgement.cite(clause)
    for asked in asked_of(judgement.state.rulebook(meeting.edition), meeting.body):
        kept, excused = noticed(judgement, meeting, asked), consented(judgement, meeting, body)
        answer = kept.answer if kept.answer is Answer.YES else kept.answer | excused.answer
        facts = {**kept.facts, **({} if kept.answer is Answer.YES else excused.facts)}
        if answer is not Answer.YES and not judgement.reported and yields_notice_of(judgement, meeting, body):
            continue
        judgement.require(Tested(answer, facts), asked.clause, asked.says, _anew(judgement, meeting, body))


def _anew(judgement: Judgement, meeting: Meeting, body: Body) -> str:
    """A cure: another call, for the first day that is lawful when its notice goes out today."""
    asked = asked_of(judgement.state.rulebook(meeting.edition), meeting.body, meeting.matters)
    first = earliest_start(body, asked, day_of(judgement.on))
    return f"call it anew for {first.isoformat()} or later"


# -- lapsing and closing -----------------------------------------------------------------------------------


@judges("meeting.lapse", Lapse)
def judge_lapse(judgement: Judgement, lapse: Lapse) -> None:
    """Judges the record of a meeting without a quorum: on its day or later, when those present were none."""
    found = judgement.state.meetings.get(lapse.meeting or "")
    meeting = found if found is not None and found.standing == "adjourned" else meeting_told(judgement, lapse)
    body = block_of(judgement, meeting)
    _check_lapses(judgement, meeting, body)
    check_not_concerned(judgement, meeting, "declare lapsed")
    starts = meeting.resumes if meeting.standing == "adjourned" else meeting.starts
    if judgement.reported or judgement.on > starts[:10]:
        check_opener(judgement, meeting, body, lapse.present)
    else:
        # On the day itself one hostile member must not be able to declare the meeting failed before others open it.
        says = (
            "on its day a meeting is said to have lapsed by its chair or the keeper of its minutes; later by any member"
        )
        judgement.may_act(officers_of(judgement, meeting.body), body.place.clause_of("chaired by"), says)
    if not judgement.reported and judgement.local[: len(starts)] < starts:
        judgement.refuse(
            FORM, "a meeting does not lapse before its time", {"starts": starts, "now": judgement.local[:16]},
            "wait for its hour",
        )  # fmt: skip
    check_present(judgement, meeting, lapse.present, lapse.present_count)
    present = span_of(lapse.present, lapse.present_count)
    if not judgement.reported and not lapse.present:
        present = span_of((), 0)
    tested, clause = quorum_tested(judgement, meeting, present)
    judgement.require(
        Tested(~tested.answer, tested.facts),
        clause,
        "a meeting lapses for want of a quorum",
        "a quorum is there: open it",
    )
    uncalled = as_uncalled(meeting) if lapse.meeting is None else {}
    judgement.then(MeetingLapsed(meeting.id, judgement.on, lapse.present, lapse.present_count, **uncalled))


def _check_lapses(judgement: Judgement, meeting: Meeting, body: Body) -> None:
    """A meeting does not lapse that stands adjourned by its clause, or was adjourned without day."""
    rule = body.sitting.inquorate
    if judgement.reported:
        return
    if meeting.standing == "adjourned":
        if not meeting.resumes:
            raise judgement.bar(
                "it was adjourned without day", {"meeting": meeting.id}, "name its time with meeting.reconvene"
            )
        return
    if rule is not None and judgement.on <= rule.adjourned_for.after(day_of(meeting.starts)).isoformat():
        judgement.refuse(
            body.place.clause_of("inquorate"), "a meeting without a quorum stands adjourned",
            {"after": f"{rule.minutes} minutes", "for": str(rule.adjourned_for)}, "record it with meeting.adjourn",
        )  # fmt: skip


@judges("meeting.close", Close)
def judge_close(judgement: Judgement, close: Close) -> None:
    """Judges a closing: by an officer of the body or whoever opened it, with no question still being voted
    on."""
    meeting = open_meeting(judgement, close.meeting)
    clause = block_of(judgement, meeting).place.clause_of("chaired by")
    if judgement.reported or judgement.author != meeting.opened_by:
        judgement.may_act(
            may_preside(judgement, meeting.body),
            clause,
            "a meeting is closed by its chair or the keeper of its minutes",
        )
    judgement.cite(clause)
    check_not_concerned(judgement, meeting, "close")
    waiting = sorted(
        poll.id for poll in judgement.state.polls.values() if poll.meeting == meeting.id and poll.standing == "open"
    )
    if waiting:
        judgement.refuse(clause, "a question is still being voted on", {"polls": waiting}, f"close {waiting[0]} first")
    judgement.then(MeetingClosed(meeting.id, judgement.on))
