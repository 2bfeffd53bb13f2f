"""Notices: how much notice a meeting needs, when it is served, who consents to less.

Lives here: `notice.send`, `notice.consent`, and the arithmetic of notice for those who call and open. Not
here: calling (`calls`), opening and what may be decided there (`meetings`).

Invariant: notice runs from the recorded dispatch, or from the day on which the clause deems it served; no
act dates it back. What was sent stands, whoever did not receive it. Short notice is cured by the consent
that the clause names and by nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from isonomy.engine.act import judges
from isonomy.engine.competence import competent_for
from isonomy.engine.conditions import Tested, is_noticed, is_shortened
from isonomy.engine.effect import At, effect
from isonomy.engine.facts import Group, Moment, NamedFacts
from isonomy.engine.judgement import Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.proceedings.interim import has_lapsed_to_members
from isonomy.engine.proceedings.unhindered import sees_to_own_call
from isonomy.engine.proceedings.yielding import yields_notice
from isonomy.engine.roll import members_of_body
from isonomy.engine.shape import Line, Natural, ProceedingId
from isonomy.engine.state import State, day_of
from isonomy.kernel.calendar import Duration, clear_days_between, days_between
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import Body, Rulebook

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Send:
    """Records that notice of a meeting is sent today: in which way, and to how many."""

    meeting: ProceedingId
    how: Line
    to_count: Natural


@dataclass(frozen=True, slots=True)
class Consent:
    """Consents to the short notice of a meeting, as a member of the body that meets."""

    meeting: ProceedingId


@effect("notice.sent")
@dataclass(frozen=True, slots=True)
class NoticeSent:
    """Notice of a meeting went out, and is served from a day on ("" where a report leaves open whether in
    time).

    `too_late_for` lists the matters that ask for longer notice than this leaves.
    """

    meeting: str
    sent_on: str
    served_on: str
    how: str
    to_count: int
    short: bool = False
    too_late_for: tuple[str, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Adds the notice to its meeting, or to its going on where it is adjourned."""
        meeting = state.meetings[self.meeting]
        sent = meeting.resumption_notices if meeting.standing == "adjourned" else meeting.notices
        sent.append((self.sent_on, self.served_on))
        state.touched[self.meeting] = at.n


@effect("notice.consented")
@dataclass(frozen=True, slots=True)
class NoticeConsented:
    """A member of the body accepts the short notice of a meeting."""

    meeting: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Counts the consent."""
        state.meetings[self.meeting].consents.append(self.person)
        state.touched[self.meeting] = at.n


# -- the arithmetic of notice ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A notice that a clause asks for: of the whole meeting, or of one matter."""

    clause: str
    notice: Duration
    matter: str = ""

    @property
    def says(self) -> str:
        """The demand in words."""
        return f"{self.notice} of notice" + (f" of {self.matter}" if self.matter else "")


def asked_of(rulebook: Rulebook, seat: str, matters: Iterable[str] = ()) -> tuple[Asked, ...]:
    """The notices that a meeting of a body needs: the body's own first, then of each matter that has its
    own."""
    plain = seat.partition("@")[0]
    body = rulebook.bodies.get(plain)
    found = []
    if body is not None and body.notice is not None:
        found.append(Asked(body.place.clause_of("notice"), body.notice))
    for matter in matters:
        for competence in competent_for(rulebook, matter):
            procedure = competence.procedure
            if competence.seat == plain and procedure is not None and procedure.notice is not None:
                found.append(Asked(procedure.place.clause_of("notice"), procedure.notice, matter))
    return tuple(found)


def served_from(body: Body, sent_on: date) -> date:
    """The day from which a notice runs: its dispatch, or so long after it as the clause says."""
    return body.served_after.after(sent_on) if body.served_after else sent_on


def earliest_start(body: Body, asked: Iterable[Asked], sent_on: date) -> date:
    """The first day on which a meeting may be held whose notice goes out on a day."""
    served = served_from(body, sent_on)
    return max((each.notice.after(served) for each in asked), default=sent_on)


def latest_dispatch(body: Body, asked: Iterable[Asked], start: date) -> date | None:
    """The last day on which notice of a meeting on `start` can go out; None where no notice is asked."""
    wanted = tuple(asked)
    if not wanted:
        return None
    day = min(each.notice.before(start) for each in wanted)
    # Months clamp to their last day, so going back and forth may differ by days: step to the exact one.
    while earliest_start(body, wanted, day) > start:
        day -= ONE_DAY
    while earliest_start(body, wanted, day + ONE_DAY) <= start:
        day += ONE_DAY
    return day


def shortfall(notice: Duration, since: date, start: date) -> dict[str, Any]:
    """The days that lie between notice and meeting, counted as the clause counts them."""
    if notice.clear:
        return {"clear days": max(0, clear_days_between(since, start))}
    return {"days": days_between(since, start)}


def over_the_time_told(judgement: Judgement, ask: Callable[[str], Tested]) -> Tested:
    """A condition as of every day on which the act may have been done: UNTOLD where the days differ."""
    first = ask(judgement.on)
    last = first if judgement.latest == judgement.on else ask(judgement.latest)
    return first if first.answer is last.answer else Tested(Answer.UNTOLD, first.facts)


def facts_under(judgement: Judgement, meeting: Meeting) -> NamedFacts:
    """The facts as of the day judged, read under the edition in which the meeting was called."""
    return judgement.under(meeting.edition)


def noticed(judgement: Judgement, meeting: Meeting, asked: Asked) -> Tested:
    """Whether a notice that a clause asks for was kept; in a living organisation none sent is none kept."""
    facts = facts_under(judgement, meeting)
    tested = is_noticed(facts, asked.notice, Moment("notice", meeting.id), Moment("start", meeting.id))
    found: dict[str, Any] = {"notice sent": "none", "meeting": meeting.starts[:10]}
    if meeting.notices:
        sent_on, served_on = min(meeting.notices, key=lambda each: each[1] or each[0])
        found["notice sent"] = sent_on
        if served_on:
            found |= {"notice served": served_on} if served_on != sent_on else {}
            found |= shortfall(asked.notice, day_of(served_on), day_of(meeting.starts))
    elif not judgement.reported:
        return Tested(Answer.NO, found)
    return Tested(tested.answer, found)


def consented(judgement: Judgement, meeting: Meeting, body: Body) -> Tested:
    """Whether those the clause names consented to short notice; NO where no clause lets anybody."""
    if body.short_notice is None:
        return Tested(Answer.NO, {})
    facts = facts_under(judgement, meeting)
    whole = Group("members", meeting.body)
    return is_shortened(facts, body.short_notice, Group("consenting", meeting.id), whole)


# -- who sees to meetings ----------------------------------------------------------------------------------


def those_who_call(rulebook: Rulebook, seat: str, *, by_right: bool = False) -> tuple[str, ...]:
    """The seats to which it falls to call a body, first the one that owes it.

    A meeting by right is seen to by the body's chair, then by those who call it, then by who keeps its
    minutes; any other first by those who call it. Where the clause names none of these, it is the keepers of
    minutes and record, else the body's own members.
    """
    body = rulebook.bodies.get(seat.partition("@")[0])
    order: tuple[str, ...] = ()
    if body is not None:
        chair = (body.chaired_by,) if body.chaired_by else ()
        scribe = (body.minutes_by,) if body.minutes_by else ()
        order = (*chair, *body.meets.on_call_of, *scribe) if by_right else (*body.meets.on_call_of, *chair, *scribe)
    if not order:
        order = tuple(office.name for office in rulebook.offices.values() if {"minutes", "record"} & set(office.keeps))
    if not order and body is not None:
        order = (body.name,)
    return tuple(dict.fromkeys(order))


def nobody_calls(judgement: Judgement, seat: str, seats: tuple[str, ...]) -> bool:
    """Whether nobody holds any of the seats that call a body today; a body that calls another does so while it has
    members. Where the time to approve an opening balance has gone by, those it lists call no more than others do."""
    if judgement.reported or not seats:
        return False
    if has_lapsed_to_members(judgement, seat):
        return True
    standing = judgement.standing(seats, seat.partition("@")[2])
    return not any(members_of_body(judgement.state, judgement.edition, each, judgement.on) for each in standing)


def may_see_to(judgement: Judgement, meeting: Meeting, clause: str, says: str, *, offices: bool = False) -> bool:
    """Whether the author sees to a meeting: in a seat that calls the body (an office, where asked), or as the
    one who called it, on demand or because nobody held such a seat."""
    seats = those_who_call(judgement.rulebook, meeting.body)
    own = meeting.instead or bool(meeting.demand) or sees_to_own_call(judgement, meeting)
    alone = own or nobody_calls(judgement, meeting.body, seats)
    if alone and judgement.author and judgement.author == meeting.called_by:
        judgement.cite(clause)
        return True
    if offices:
        seats = tuple(seat for seat in seats if seat in judgement.rulebook.offices) or seats
    return judgement.may_act(seats, clause, says, unit=meeting.body.partition("@")[2])


def waiting_meeting(judgement: Judgement, meeting: str) -> Meeting:
    """The meeting of that id while it is called and not opened yet; bars the act otherwise."""
    found = judgement.state.meetings.get(meeting)
    if found is None:
        raise judgement.bar(f"there is no meeting '{meeting}'", {}, "name one, such as mt-42")
    if found.standing != "called":
        raise judgement.bar(
            f"the meeting is {found.standing}", {"meeting": meeting}, "name one that is called, or call one"
        )
    return found


# -- judging -----------------------------------------------------------------------------------------------


@judges("notice.send", Send)
def judge_send(judgement: Judgement, send: Send) -> None:
    """Judges a dispatch: by those who see to the meeting, in time, or late where nothing hangs on it."""
    found = judgement.state.meetings.get(send.meeting)
    if found is not None and found.standing == "adjourned":
        _send_resumption(judgement, send, found)
        return
    meeting = waiting_meeting(judgement, send.meeting)
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    clause = body.place.clause_of("notice")
    may_see_to(judgement, meeting, clause, "notice is sent by those who call the body or keep its minutes")
    if send.to_count == 0:
        raise judgement.bar("a notice sent to nobody is none", {}, "say to how many it went")
    asked = asked_of(judgement.state.rulebook(meeting.edition), meeting.body, meeting.matters)
    late = [each for each in asked if _served_too_late(judgement, meeting, body, each) is Answer.YES]
    own = [each for each in late if not each.matter]
    by_clause = meets_by_clause(meeting)
    for each in own:
        if not by_clause and body.short_notice is None and not _is_yielded(judgement, meeting, body):
            _refuse_late(judgement, meeting, body, each)
    sent_on, served_on = _dispatch(judgement, meeting, body, asked)
    judgement.then(
        NoticeSent(
            meeting.id, sent_on, served_on, send.how, int(send.to_count), bool(own) and not by_clause,
            tuple(each.matter for each in late if each.matter),
        )
    )  # fmt: skip


def _is_yielded(judgement: Judgement, meeting: Meeting, body: Body) -> bool:
    """Whether an emergency in force makes do with the notice that is left today."""
    if judgement.reported:
        return False
    served = served_from(body, day_of(judgement.on))
    return yields_notice(judgement, body, meeting.id, served, day_of(meeting.starts))


def needs_notice(adjourned_on: str, resumes: str) -> bool:
    """Whether an adjourned meeting needs notice at all: to the same day or the next it goes on without any."""
    return day_of(resumes) > day_of(adjourned_on) + ONE_DAY


def _send_resumption(judgement: Judgement, send: Send, meeting: Meeting) -> None:
    """Judges the notice of an adjourned meeting: it has its time, and the notice that the clause asks is left."""
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    clause, notice = body.place.clause_of("resumption notice"), body.sitting.notice
    may_see_to(judgement, meeting, clause, "notice is sent by those who call the body or keep its minutes")
    if send.to_count == 0:
        raise judgement.bar("a notice sent to nobody is none", {}, "say to how many it went")
    if not meeting.resumes:
        raise judgement.bar(
            "it was adjourned without day", {"meeting": meeting.id}, "name its time with meeting.reconvene"
        )
    served = served_from(body, day_of(judgement.on))
    needed = notice is not None and needs_notice(meeting.adjourned_on, meeting.resumes)
    if notice is not None and needed and notice.after(served) > day_of(meeting.resumes):
        judgement.refuse(
            clause, f"{notice} of notice of an adjourned meeting",
            {"notice sent": judgement.on, "goes on": meeting.resumes[:10]},
            "record it with meeting.lapse when the day is over, then call another",
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(NoticeSent(meeting.id, judgement.on, served.isoformat(), send.how, int(send.to_count)))


def _served_too_late(judgement: Judgement, meeting: Meeting, body: Body, asked: Asked) -> Answer:
    """Whether a notice sent on the day judged leaves less time than asked, over the time told."""

    def ask(day: str) -> Tested:
        since = Moment("day", served_from(body, day_of(day)).isoformat())
        return is_noticed(judgement.facts, asked.notice, since, Moment("start", meeting.id))

    return ~over_the_time_told(judgement, ask).answer


def _refuse_late(judgement: Judgement, meeting: Meeting, body: Body, asked: Asked) -> None:
    today, start = day_of(judgement.on), day_of(meeting.starts)
    facts: dict[str, Any] = {"notice sent": judgement.on, "meeting": start.isoformat()}
    if body.served_after:
        facts["notice served"] = served_from(body, today).isoformat()
    facts |= shortfall(asked.notice, served_from(body, today), start)
    first = earliest_start(body, (asked,), today)
    judgement.refuse(asked.clause, asked.says, facts, f"call it for {first.isoformat()} or later")


def _dispatch(judgement: Judgement, meeting: Meeting, body: Body, asked: tuple[Asked, ...]) -> tuple[str, str]:
    """Days of dispatch and service. Over a time told, the day that speaks for the meeting where every day
    gives the same answer, else a service that cannot be told."""
    answers = {_served_too_late(judgement, meeting, body, each) for each in asked}
    served = served_from(body, day_of(judgement.on)).isoformat()
    return judgement.on, "" if Answer.UNTOLD in answers else served


def meets_by_clause(meeting: Meeting) -> bool:
    """Whether the meeting is held by right on the very day that the clause names: the clause is its
    notice."""
    return bool(meeting.by_right_on) and meeting.starts[:10] == meeting.by_right_on


@judges("notice.consent", Consent)
def judge_consent(judgement: Judgement, consent: Consent) -> None:
    """Judges a consent to short notice: a clause knows it, and the author is a member of the body."""
    meeting = waiting_meeting(judgement, consent.meeting)
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    clause = body.place.clause_of("short notice")
    if body.short_notice is None:
        judgement.refuse(
            clause, f"no clause lets short notice of {judgement.title(meeting.body)} be cured by consent",
            {"meeting": meeting.id}, "call it again with the notice that the clause asks",
        )  # fmt: skip
    if judgement.author and judgement.author in meeting.consents:
        raise judgement.bar("you have consented already", {"meeting": meeting.id}, "nothing more is needed")
    judgement.may_act((meeting.body,), clause, "the members of the body consent to short notice")
    judgement.then(NoticeConsented(meeting.id, judgement.author))
