"""Adjourning: a meeting breaks off to go on later, and goes on as the same meeting.

Lives here: `meeting.adjourn`, `meeting.reconvene`, `meeting.resume`. Not here: opening, lapsing and closing (`meetings`), the
vote on an adjournment (`putting_amendments`), notice (`notices`).

Invariant: an adjourned meeting is the same meeting: it decides what it was called for and left unfinished, by the roll of
the day for which it was called. A meeting without a quorum stands adjourned where the clause says so; nobody may choose
another day for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from isonomy.engine.act import judges
from isonomy.engine.competence import ADJOURNMENT
from isonomy.engine.conditions import Tested
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, DecisionCarriedOut, Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.proceedings.agenda import block_of
from isonomy.engine.proceedings.calls import check_start
from isonomy.engine.proceedings.meetings import as_uncalled, check_opener, enter_uncalled, meeting_told
from isonomy.engine.proceedings.notices import may_see_to, needs_notice, served_from
from isonomy.engine.proceedings.presence import (
    check_present,
    has_broken_off,
    may_preside,
    officers_of,
    quorum_tested,
    span_of,
)
from isonomy.engine.proceedings.question import HANDS
from isonomy.engine.proceedings.unhindered import check_not_concerned
from isonomy.engine.shape import CivilTime, Line, Natural, PersonId, ProceedingId, SeatName
from isonomy.engine.state import State, day_of
from isonomy.kernel.calendar import parse_civil_time
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import Body


@dataclass(frozen=True, slots=True)
class Adjourn:
    """Adjourns an open meeting to a time or without day, or records that one without a quorum stands adjourned.

    `decision` is that of the meeting. `body` where nobody called the meeting; `present` those who were there without being
    a quorum, `present_count` inside a report alone.
    """

    meeting: ProceedingId | None = None
    body: SeatName | None = None
    resumes: CivilTime | None = None
    place: Line | None = None
    decision: ProceedingId | None = None
    present: tuple[PersonId, ...] = ()
    present_count: Natural | None = None


@dataclass(frozen=True, slots=True)
class Reconvene:
    """Names the time at which a meeting goes on that was adjourned without day."""

    meeting: ProceedingId
    resumes: CivilTime
    place: Line | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """Goes on with an adjourned meeting and names those present; `present_count` inside a report alone."""

    meeting: ProceedingId
    present: tuple[PersonId, ...] = ()
    present_count: Natural | None = None


@effect("meeting.adjourned")
@dataclass(frozen=True, slots=True)
class MeetingAdjourned:
    """A meeting has broken off, to go on at a time ("" without day); `finished` are the matters it has dealt with."""

    meeting: str
    on: str
    resumes: str = ""
    place: str = ""
    finished: tuple[str, ...] = ()
    inquorate: bool = False
    present: tuple[str, ...] = ()
    present_count: int | None = None
    body: str = ""
    starts: str = ""
    by_right: str = ""
    edition: str = ""

    def apply(self, state: State, at: At) -> None:
        """Breaks the meeting off; enters it first where nobody called it."""
        if self.body:
            enter_uncalled(state, at, self)
        meeting = state.meetings[self.meeting]
        meeting.standing, meeting.adjourned_on, meeting.resumes = "adjourned", self.on, self.resumes
        meeting.place, meeting.finished = self.place or meeting.place, self.finished
        meeting.resumption_notices, meeting.challenged_by = [], ""
        if self.inquorate:
            meeting.present, meeting.present_count, meeting.quorate = self.present, self.present_count, "no"
        state.touched[self.meeting] = state.touched[meeting.body] = at.n


@effect("meeting.reconvened")
@dataclass(frozen=True, slots=True)
class MeetingReconvened:
    """A meeting that was adjourned without day has a time at which it goes on."""

    meeting: str
    resumes: str
    place: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the time."""
        meeting = state.meetings[self.meeting]
        meeting.resumes, meeting.place = self.resumes, self.place or meeting.place
        state.touched[self.meeting] = state.touched[meeting.body] = at.n


@effect("meeting.resumed")
@dataclass(frozen=True, slots=True)
class MeetingResumed:
    """An adjourned meeting goes on, and has a quorum, has none, or it cannot be told."""

    meeting: str
    on: str
    quorate: str
    present: tuple[str, ...] = ()
    present_count: int | None = None

    def apply(self, state: State, at: At) -> None:
        """Opens the meeting again."""
        meeting = state.meetings[self.meeting]
        meeting.standing, meeting.resumed_on, meeting.counted_on = "open", self.on, self.on
        meeting.opened_on = meeting.opened_on or self.on
        meeting.opened_by = at.by
        meeting.present, meeting.present_count, meeting.quorate = self.present, self.present_count, self.quorate
        state.touched[self.meeting] = at.n


# -- adjourning --------------------------------------------------------------------------------------------


@judges("meeting.adjourn", Adjourn)
def judge_adjourn(judgement: Judgement, adjourn: Adjourn) -> None:
    """Judges an adjournment: of an open meeting by those the clause names, of one without a quorum by the clause."""
    found = judgement.state.meetings.get(adjourn.meeting or "")
    if found is not None and found.standing == "open":
        _adjourn_open(judgement, adjourn, found)
    else:
        _adjourn_inquorate(judgement, adjourn, meeting_told(judgement, adjourn))


def _adjourn_open(judgement: Judgement, adjourn: Adjourn, meeting: Meeting) -> None:
    body = block_of(judgement, meeting)
    clause = body.place.clause_of("adjourned by")
    if adjourn.present or adjourn.present_count is not None:
        raise judgement.bar("those present at an open meeting are counted by quorum.count", {}, 'leave "present" out')
    if has_broken_off(judgement, meeting):
        judgement.refuse(
            clause, "a meeting goes on from day to day; this one has broken off",
            {"last counted": meeting.counted_on, "today": judgement.on}, "close it and call another",
        )  # fmt: skip
    _check_adjourner(judgement, adjourn, meeting, body)
    if adjourn.decision is None:
        check_not_concerned(judgement, meeting, "adjourn")
    by_hands = sorted(
        poll.id for poll in judgement.state.polls.values()
        if poll.meeting == meeting.id and poll.standing == "open" and poll.secrecy == HANDS
    )  # fmt: skip
    if by_hands:
        judgement.refuse(
            clause, "a question put to a show of hands is answered before the meeting breaks off", {"polls": by_hands},
            f"declare {by_hands[0]} first",
        )  # fmt: skip
    if adjourn.resumes is not None:
        _check_resumption(judgement, meeting, body, adjourn.resumes)
    judgement.then(
        MeetingAdjourned(
            meeting.id, judgement.on, adjourn.resumes or "", adjourn.place or "", _finished(judgement, meeting)
        )
    )


def _check_adjourner(judgement: Judgement, adjourn: Adjourn, meeting: Meeting, body: Body) -> None:
    rule, clause, title = body.sitting, body.place.clause_of("adjourned by"), judgement.title(meeting.body)
    if not (rule.by_meeting or rule.by_offices or rule.without_quorum):
        judgement.refuse(
            body.place.clause_of("meets"), f"no clause lets a meeting of {title} be adjourned", {"meeting": meeting.id},
            "close it and call another, or amend the rulebook",
        )  # fmt: skip
        return
    if adjourn.decision is not None:
        _check_decision(judgement, adjourn, meeting, clause)
        return
    unit = meeting.body.partition("@")[2]
    inquorate = meeting.quorate == Answer.NO.value or judgement.reported
    seats = (*rule.by_offices, *(rule.without_quorum if inquorate else ()))
    says = f"a meeting of {title} is adjourned by those the clause names"
    if seats and (judgement.reported or not rule.by_meeting or _holds_any(judgement, seats, unit)):
        judgement.may_act(seats, clause, says, unit=unit)
        return
    facts: dict[str, Any] = {
        "decision": "none named",
        "quorum": "there" if meeting.quorate == "yes" else meeting.quorate,
    }
    if rule.by_meeting:
        cure = f"put it to the meeting (poll.open on {ADJOURNMENT}), then name the decision"
    else:
        who = " or ".join(judgement.title(seat) for seat in rule.without_quorum)
        cure = f"while there is a quorum it goes on; without one {who} adjourns it"
    judgement.refuse(clause, says, facts, cure)


def _holds_any(judgement: Judgement, seats: tuple[str, ...], unit: str) -> bool:
    return any(judgement.author in judgement.holders(seat) for seat in judgement.standing(seats, unit))


def _check_decision(judgement: Judgement, adjourn: Adjourn, meeting: Meeting, clause: str) -> None:
    """The meeting decided to adjourn, at this sitting, to the time it named if it did; its officers carry it out."""
    id = adjourn.decision or ""
    found = judgement.state.decisions.get(id)
    if found is None:
        raise judgement.bar(f"there is no decision '{id}'", {}, "name a decision of this record, such as de-42")
    facts = {"decision": id, "on": found.matter, "meeting": found.meeting, "standing": found.standing_on(judgement.on)}
    used = f"{id} {meeting.id}" in judgement.state.carried_out
    used = used or found.taken_on < (meeting.resumed_on or meeting.opened_on)
    if found.matter != ADJOURNMENT or found.meeting != meeting.id or used or facts["standing"] != "in force":
        judgement.refuse(
            clause, "a meeting adjourns by its own decision of this sitting, once", facts | {"spent": used},
            f"put it to the meeting (poll.open on {ADJOURNMENT})",
        )  # fmt: skip
        return
    named = judgement.state.polls[found.poll].resumes if found.poll in judgement.state.polls else ""
    if named and adjourn.resumes != named and not judgement.reported:
        judgement.refuse(
            clause, "the meeting named the time to which it adjourns", {"decided": named, "given": adjourn.resumes or "none"},
            f'give "resumes": "{named}"',
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(DecisionCarriedOut(id, meeting.id))
    if judgement.reported or judgement.author != meeting.opened_by:
        judgement.may_act(
            may_preside(judgement, meeting.body),
            clause,
            "a meeting is adjourned by its chair or the keeper of its minutes",
        )


def _finished(judgement: Judgement, meeting: Meeting) -> tuple[str, ...]:
    """The matters a meeting has dealt with: a result was declared, and nothing on them is still before it."""
    state = judgement.state
    polls = [poll for poll in state.polls.values() if poll.meeting == meeting.id and not poll.amendment]
    declared = {poll.matter for poll in polls if poll.standing == "declared" and not poll.about}
    waiting = {poll.matter for poll in polls if poll.standing != "declared"}
    waiting |= {
        found.matter for found in state.motions.values() if found.body == meeting.body and found.standing == "open"
    }
    return tuple(sorted(declared - waiting - {ADJOURNMENT}))


def _check_resumption(judgement: Judgement, meeting: Meeting, body: Body, resumes: str) -> None:
    """The time at which a meeting goes on: to come, free of another of its meetings, with the notice that is asked."""
    check_start(judgement, meeting.body, resumes, body, but=meeting.id)
    rule = body.sitting
    if judgement.reported or rule.notice is None or not needs_notice(judgement.on, resumes):
        return
    first = rule.notice.after(served_from(body, day_of(judgement.on)))
    if day_of(resumes) < first:
        judgement.refuse(
            body.place.clause_of("resumption notice"), f"{rule.notice} of notice of an adjourned meeting",
            {"goes on": resumes[:10], "today": judgement.on}, f"adjourn it to {first.isoformat()} or later, or to tomorrow",
        )  # fmt: skip


# -- without a quorum --------------------------------------------------------------------------------------


def _adjourn_inquorate(judgement: Judgement, adjourn: Adjourn, meeting: Meeting) -> None:
    body = block_of(judgement, meeting)
    rule, clause = body.sitting.inquorate, body.place.clause_of("inquorate")
    if rule is None:
        raise judgement.bar(
            "no clause adjourns a meeting that had no quorum", {"meeting": adjourn.meeting or "none"},
            "record it with meeting.lapse", body.place.clause_of("meets"),
        )  # fmt: skip
    if judgement.reported or judgement.on > meeting.starts[:10]:
        check_opener(judgement, meeting, body, adjourn.present)
    else:
        says = (
            "on its day its chair or the keeper of its minutes says that a meeting stands adjourned; later any member"
        )
        judgement.may_act(officers_of(judgement, meeting.body), clause, says)
    begins = parse_civil_time(meeting.starts if "T" in meeting.starts else f"{meeting.starts}T00:00")
    over = (begins + timedelta(minutes=rule.minutes)).strftime("%Y-%m-%dT%H:%M")
    if not judgement.reported and judgement.local[:16] < over:
        judgement.refuse(
            clause, f"a quorum is waited for {rule.minutes} minutes", {"since": meeting.starts, "now": judgement.local[:16]},
            f"wait until {over[11:]}",
        )  # fmt: skip
    check_present(judgement, meeting, adjourn.present, adjourn.present_count)
    there = span_of(adjourn.present, adjourn.present_count)
    if not judgement.reported and not adjourn.present:
        there = span_of((), 0)
    tested, asks = quorum_tested(judgement, meeting, there)
    judgement.require(
        Tested(~tested.answer, tested.facts), asks, "a meeting stands adjourned for want of a quorum",
        "a quorum is there: open it",
    )  # fmt: skip
    judgement.cite(clause)
    resumes = _resumes_by_clause(judgement, adjourn, meeting, body)
    uncalled = as_uncalled(meeting) if adjourn.meeting is None else {}
    judgement.then(
        MeetingAdjourned(
            meeting.id, judgement.on, resumes, adjourn.place or "", inquorate=True, present=adjourn.present,
            present_count=adjourn.present_count, body=uncalled.get("body", ""), starts=uncalled.get("starts", ""),
            by_right=uncalled.get("by_right", ""), edition=uncalled.get("edition", ""),
        )
    )  # fmt: skip


def _resumes_by_clause(judgement: Judgement, adjourn: Adjourn, meeting: Meeting, body: Body) -> str:
    """The time to which the clause adjourns a meeting: so long after its own, at the same hour."""
    rule, clause = body.sitting.inquorate, body.place.clause_of("inquorate")
    assert rule is not None
    day = rule.adjourned_for.after(day_of(meeting.starts)).isoformat()
    if "T" not in meeting.starts and adjourn.resumes is None:
        raise judgement.bar("no hour was set for the meeting", {"goes on": day}, f'give "resumes" on {day}', clause)
    by_clause = day + meeting.starts[10:] if "T" in meeting.starts else f"{day}{(adjourn.resumes or '')[10:]}"
    if adjourn.resumes is not None and adjourn.resumes != by_clause:
        judgement.refuse(
            clause, f"it stands adjourned for {rule.adjourned_for}, to the same hour",
            {"resumes": adjourn.resumes, "by the clause": by_clause}, 'leave "resumes" out',
        )  # fmt: skip
    if judgement.on > day and not judgement.reported:
        judgement.refuse(
            clause, "the day to which it stood adjourned has passed", {"went on": day, "today": judgement.on},
            "record it with meeting.lapse and call another",
        )  # fmt: skip
    return by_clause


# -- going on ----------------------------------------------------------------------------------------------


def adjourned_meeting(judgement: Judgement, id: str) -> Meeting:
    """The meeting of that id while it is adjourned; bars the act otherwise."""
    found = judgement.state.meetings.get(id)
    if found is None:
        raise judgement.bar(f"there is no meeting '{id}'", {}, "name one, such as mt-42")
    if found.standing != "adjourned":
        raise judgement.bar(f"the meeting is {found.standing}", {"meeting": id}, "name one that is adjourned")
    return found


@judges("meeting.reconvene", Reconvene)
def judge_reconvene(judgement: Judgement, reconvene: Reconvene) -> None:
    """Judges the naming of a time: by those who call the body, for a meeting that was adjourned without day."""
    meeting = adjourned_meeting(judgement, reconvene.meeting)
    body = block_of(judgement, meeting)
    clause = body.place.clause_of("adjourned by")
    if meeting.resumes:
        raise judgement.bar(
            "the meeting has its time already", {"resumes": meeting.resumes}, "go on with it then", clause
        )
    may_see_to(judgement, meeting, clause, "an adjourned meeting is called together again by those who call the body")
    _check_resumption(judgement, meeting, body, reconvene.resumes)
    judgement.then(MeetingReconvened(meeting.id, reconvene.resumes, reconvene.place or ""))


@judges("meeting.resume", Resume)
def judge_resume(judgement: Judgement, resume: Resume) -> None:
    """Judges a resumption: on its day and from its hour on, with the notice and the quorum that the clause asks."""
    meeting = adjourned_meeting(judgement, resume.meeting)
    body = block_of(judgement, meeting)
    clause = body.place.clause_of("adjourned by" if body.sitting.inquorate is None else "inquorate")
    if not meeting.resumes and not judgement.reported:
        raise judgement.bar(
            "it was adjourned without day", {"meeting": meeting.id}, "name its time with meeting.reconvene"
        )
    check_opener(judgement, meeting, body, resume.present)
    _check_time(judgement, meeting)
    _check_noticed(judgement, meeting, body)
    check_present(judgement, meeting, resume.present, resume.present_count)
    tested, asks = quorum_tested(judgement, meeting, span_of(resume.present, resume.present_count))
    judgement.require(
        tested, asks, "an adjourned meeting goes on with its quorum", "record it with meeting.lapse, then call another"
    )
    judgement.cite(clause)
    judgement.then(MeetingResumed(meeting.id, judgement.on, tested.answer.value, resume.present, resume.present_count))


def _check_time(judgement: Judgement, meeting: Meeting) -> None:
    if judgement.reported:
        return
    day = meeting.resumes[:10]
    if judgement.on != day:
        cure = f"go on with it on {day}" if judgement.on < day else "record it with meeting.lapse, then call another"
        judgement.refuse(
            FORM, "an adjourned meeting goes on at the time to which it was adjourned",
            {"resumes": meeting.resumes, "today": judgement.on}, cure,
        )  # fmt: skip
    elif judgement.local[:16] < meeting.resumes[:16]:
        judgement.refuse(
            FORM, "a meeting does not go on before its hour", {"resumes": meeting.resumes, "now": judgement.local[:16]},
            f"go on with it at {meeting.resumes[11:]} or later",
        )  # fmt: skip


def _check_noticed(judgement: Judgement, meeting: Meeting, body: Body) -> None:
    notice, clause = body.sitting.notice, body.place.clause_of("resumption notice")
    if judgement.reported or notice is None or not needs_notice(meeting.adjourned_on, meeting.resumes):
        return
    served = min((served for _, served in meeting.resumption_notices if served), default="")
    if served and notice.after(day_of(served)) <= day_of(meeting.resumes):
        judgement.cite(clause)
        return
    judgement.refuse(
        clause, f"{notice} of notice of an adjourned meeting",
        {"notice served": served or "none", "goes on": meeting.resumes[:10]},
        "record it with meeting.lapse when the day is over, then call another",
    )  # fmt: skip
