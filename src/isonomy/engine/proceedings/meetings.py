"""Meetings: opening one with its quorum, recording one that had none, closing it, and what it may decide.

Lives here: `meeting.open`, `meeting.lapse`, `meeting.close`, and the question `may_decide`. Not here: calling
(`calls`), demanding (`demands`), notice (`notices`), counting those present again (`presence`).

Invariant: a meeting decides only when it is open, quorate, and the matter was named in a notice that was
kept. A meeting by right is valid without any call or notice on the day the clause names, and then decides
what the rulebook itself assigns to the body by name. Source: docs/spec/acts.md, meeting.open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isonomy.engine.act import judges
from isonomy.engine.competence import competent_for
from isonomy.engine.conditions import Tested
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.occasions import meetings_by_right, outstanding
from isonomy.engine.proceedings.notices import (
    Asked,
    asked_of,
    consented,
    earliest_start,
    meets_by_clause,
    noticed,
    waiting_meeting,
)
from isonomy.engine.proceedings.presence import (
    check_present,
    has_broken_off,
    may_preside,
    officers_of,
    open_meeting,
    quorum_tested,
    span_of,
)
from isonomy.engine.refusal import Untold
from isonomy.engine.shape import Natural, PersonId, ProceedingId, SeatName
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import Body, Procedure


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
            _enter_uncalled(state, at, self)
        meeting = state.meetings[self.meeting]
        meeting.standing, meeting.opened_on, meeting.opened_latest = "open", self.on, self.latest
        meeting.opened_by, meeting.counted_on = at.by if self.by is None else self.by, self.on
        meeting.present, meeting.present_count, meeting.quorate = self.present, self.present_count, self.quorate
        state.touched[self.meeting] = at.n


@effect("meeting.lapsed")
@dataclass(frozen=True, slots=True)
class MeetingLapsed:
    """A meeting did not come about: those present were no quorum."""

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
            _enter_uncalled(state, at, self)
        meeting = state.meetings[self.meeting]
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


def _enter_uncalled(state: State, at: At, told: MeetingOpened | MeetingLapsed) -> None:
    state.meetings[told.meeting] = Meeting(told.meeting, told.body, told.starts, "", "", told.edition, told.by_right)
    state.touched[told.body] = at.n


# -- opening -----------------------------------------------------------------------------------------------


@judges("meeting.open", Open)
def judge_open(judgement: Judgement, opened: Open) -> None:
    """Judges an opening: on its day, duly called and noticed or by right, with a quorum."""
    meeting = _meeting(judgement, opened)
    body = _body(judgement, meeting)
    _check_opener(judgement, meeting, body, opened.present)
    _check_day(judgement, meeting, body)
    _check_convened(judgement, meeting, body)
    check_present(judgement, meeting, opened.present, opened.present_count)
    tested, clause = quorum_tested(judgement, meeting, span_of(opened.present, opened.present_count))
    judgement.require(
        tested, clause, "a meeting opens with its quorum",
        f"record it with meeting.lapse, then {_anew(judgement, meeting, body)}",
    )  # fmt: skip
    told, uncalled = judgement.reported, opened.meeting is None
    judgement.then(
        MeetingOpened(
            meeting.id, judgement.on, tested.answer.value, opened.present, opened.present_count,
            **(_as_uncalled(meeting) if uncalled else {}),
            latest=judgement.latest if judgement.latest != judgement.on else "",
            by=judgement.author if told else None,
        )
    )  # fmt: skip


def _as_uncalled(meeting: Meeting) -> dict[str, str]:
    return {
        "body": meeting.body, "starts": meeting.starts, "by_right": meeting.by_right_on, "edition": meeting.edition
    }  # fmt: skip


def _body(judgement: Judgement, meeting: Meeting) -> Body:
    """The body as in the edition under which its meeting was called: quorum and notice keep it."""
    return judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]


def _meeting(judgement: Judgement, told: Open | Lapse) -> Meeting:
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
        if found.names_a_day and judgement.on <= found.on.isoformat() <= judgement.latest:
            return found.on.isoformat()
    return ""


def _check_opener(judgement: Judgement, meeting: Meeting, body: Body, present: tuple[str, ...]) -> None:
    """Officers open. A meeting by right or on demand any of the body's members may open from its hour on, who
    is there: it does not depend on its officers."""
    clause, seats = body.place.clause_of("chaired by"), may_preside(judgement, meeting.body)
    says = "a meeting is opened by its chair or the keeper of its minutes"
    if meeting.by_right_on or meeting.demand:
        seats = tuple(dict.fromkeys((*seats, meeting.body)))
        says += ", or, where it meets by right or on demand, by any of its members"
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
    meeting = _meeting(judgement, lapse)
    body = _body(judgement, meeting)
    if judgement.reported or judgement.on > meeting.starts[:10]:
        _check_opener(judgement, meeting, body, lapse.present)
    else:
        # On the day itself one hostile member must not be able to declare the meeting failed before others open it.
        says = (
            "on its day a meeting is said to have lapsed by its chair or the keeper of its minutes; later by any member"
        )
        judgement.may_act(officers_of(judgement, meeting.body), body.place.clause_of("chaired by"), says)
    if not judgement.reported and judgement.local[: len(meeting.starts)] < meeting.starts:
        judgement.refuse(
            FORM, "a meeting does not lapse before its time", {"starts": meeting.starts, "now": judgement.local[:16]},
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
    uncalled = _as_uncalled(meeting) if lapse.meeting is None else {}
    judgement.then(MeetingLapsed(meeting.id, judgement.on, lapse.present, lapse.present_count, **uncalled))


@judges("meeting.close", Close)
def judge_close(judgement: Judgement, close: Close) -> None:
    """Judges a closing: by an officer of the body or whoever opened it, with no question still being voted
    on."""
    meeting = open_meeting(judgement, close.meeting)
    clause = _body(judgement, meeting).place.clause_of("chaired by")
    if judgement.reported or judgement.author != meeting.opened_by:
        judgement.may_act(
            may_preside(judgement, meeting.body),
            clause,
            "a meeting is closed by its chair or the keeper of its minutes",
        )
    judgement.cite(clause)
    waiting = sorted(
        poll.id for poll in judgement.state.polls.values() if poll.meeting == meeting.id and poll.standing == "open"
    )
    if waiting:
        judgement.refuse(clause, "a question is still being voted on", {"polls": waiting}, f"close {waiting[0]} first")
    judgement.then(MeetingClosed(meeting.id, judgement.on))


# -- what a meeting may decide -----------------------------------------------------------------------------


def may_decide(judgement: Judgement, meeting: Meeting, matter: str, procedure: Procedure | None = None) -> bool:
    """Whether an open meeting may decide a matter: quorate, and named in a notice that was kept; grounds where
    not.

    Without such a notice a meeting by right decides what a clause assigns to the body by name; a matter whose
    procedure asks for its own notice is decided with that notice alone. `procedure` is that of the matter.
    """
    body = _body(judgement, meeting)
    clause = body.place.clause_of("meets")
    if not judgement.reported and judgement.on > meeting.counted_on:
        if has_broken_off(judgement, meeting):
            judgement.refuse(
                clause, "a meeting goes on from day to day; this one has broken off",
                {"last counted": meeting.counted_on, "today": judgement.on}, "close it and call another",
            )  # fmt: skip
        else:
            judgement.refuse(
                clause, "on another day those present are counted again", {"last counted": meeting.counted_on},
                "count them with quorum.count",
            )  # fmt: skip
        return False
    if meeting.quorate == "no":
        judgement.refuse(clause, "a meeting without a quorum decides nothing", {"meeting": meeting.id}, "call it again")
        return False
    if meeting.challenged_by:
        judgement.refuse(
            clause, "the quorum is challenged; nothing is decided until those present are counted",
            {"challenged by": meeting.challenged_by}, "count them with quorum.count",
        )  # fmt: skip
        return False
    if procedure is not None and procedure.notice is not None:
        asked = Asked(procedure.place.clause_of("notice"), procedure.notice, matter)
        return _may_with_own_notice(judgement, meeting, asked, body)
    return _may_by_agenda(judgement, meeting, body, matter)


def _may_with_own_notice(judgement: Judgement, meeting: Meeting, asked: Asked, body: Body) -> bool:
    first = earliest_start(body, (asked,), day_of(judgement.on)).isoformat()
    cure = f"call a meeting on {asked.matter} for {first} or later"
    if asked.matter not in meeting.matters:
        facts: dict[str, Any] = {"matters in the call": list(meeting.matters), "asked": str(asked.notice)}
        answer = Answer.UNTOLD if _agenda_untold(judgement, meeting) else Answer.NO
        return judgement.require(Tested(answer, facts), asked.clause, asked.says, cure)
    return judgement.require(noticed(judgement, meeting, asked), asked.clause, asked.says, cure)


def _may_by_agenda(judgement: Judgement, meeting: Meeting, body: Body, matter: str) -> bool:
    clause, named = body.place.clause_of("meets"), matter in meeting.matters
    assigned = _assigned(judgement, meeting, matter)
    if assigned and (named or meeting.by_right_on):
        judgement.cite(clause, assigned)
        return True
    asked = asked_of(judgement.state.rulebook(meeting.edition), meeting.body)
    facts: dict[str, Any] = {"matters in the call": list(meeting.matters), "matter": matter}
    first = earliest_start(body, asked, day_of(judgement.on)).isoformat()
    cure = f"call a meeting on {matter} for {first} or later"
    if not named:
        answer = Answer.UNTOLD if _agenda_untold(judgement, meeting) else Answer.NO
        says = f"a meeting of {judgement.title(meeting.body)} decides the matters it was called for"
        return judgement.require(Tested(answer, facts), clause, says, cure)
    if meets_by_clause(meeting) and asked:
        says = "without its notice a meeting by right decides only what the rulebook assigns to it by name"
        return judgement.require(noticed(judgement, meeting, asked[0]), asked[0].clause, says, cure)
    judgement.cite(clause)
    return True


def _assigned(judgement: Judgement, meeting: Meeting, matter: str) -> str:
    """The clause that assigns a matter to the meeting's body by name, not as the residual body; else ""."""
    plain = meeting.body.partition("@")[0]
    for competence in competent_for(judgement.state.rulebook(meeting.edition), matter):
        if competence.seat.partition("@")[0] == plain and not competence.residual:
            return competence.place.clause
    return ""


def _agenda_untold(judgement: Judgement, meeting: Meeting) -> bool:
    """Whether the record does not tell what a meeting was called for."""
    return judgement.reported and not meeting.matters
