"""Calls: calling a meeting of a body by right, on call or on demand, and cancelling a call.

Lives here: `meeting.call`, `meeting.cancel`. Not here: sending notice (`notices`), demanding (`demands`),
opening (`meetings`).

Invariant: a meeting is called by a seat that the clause names, early enough for its whole notice, or for the
day that the clause itself names, or on a demand that reached its number. Of two calls for one occasion, one
demand or one day the first stands. Source: docs/spec/acts.md, meeting.call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from isonomy.engine.act import judges
from isonomy.engine.competence import CALLING
from isonomy.engine.conditions import Tested, holds_one_of, is_noticed
from isonomy.engine.effect import At, effect
from isonomy.engine.emergency import postponed_to
from isonomy.engine.facts import Moment
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.meeting import Meeting, MeetingDemand
from isonomy.engine.occasions import Occasion, meetings_by_right, outstanding
from isonomy.engine.proceedings.calls_instead import calls_anew, stands_in
from isonomy.engine.proceedings.demands import seats_that_speak_for
from isonomy.engine.proceedings.interim import body_of_balance
from isonomy.engine.proceedings.notices import (
    Asked,
    asked_of,
    earliest_start,
    latest_dispatch,
    may_see_to,
    nobody_calls,
    over_the_time_told,
    served_from,
    shortfall,
    those_who_call,
    waiting_meeting,
)
from isonomy.engine.proceedings.unhindered import check_cancelled, may_call_on_holder
from isonomy.engine.proceedings.yielding import yields_notice
from isonomy.engine.shape import CivilDate, CivilTime, Line, ProceedingId, SeatName, Slug
from isonomy.engine.state import State, day_of
from isonomy.kernel.calendar import add_months
from isonomy.kernel.ids import proceeding_id
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import Body

EARLIEST, FARTHEST = "1000-01-01", 1200
"""The first day a meeting may have been called for, and for how many months ahead one is called: within these
no deadline leaves the calendar."""


@dataclass(frozen=True, slots=True)
class Call:
    """Calls a meeting of a body: when it starts, on which matters, where.

    `by_right` is the day of the occasion it is called for, `demand` the demand it answers, `decision` that of
    a body which calls.
    """

    body: SeatName
    starts: CivilTime
    matters: tuple[Slug, ...] = ()
    place: Line | None = None
    by_right: CivilDate | None = None
    demand: ProceedingId | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancels a meeting that was called and is not open yet."""

    meeting: ProceedingId
    why: Line


@effect("meeting.called")
@dataclass(frozen=True, slots=True)
class MeetingCalled:
    """A meeting of a body is called; its notice goes out on `notice_due_on` at the latest.

    `instead`: by those who call in the place of whoever owes it. `on`, `by` and `edition` stand only where a report tells
    them otherwise than the entry itself.
    """

    meeting: str
    body: str
    starts: str
    notice_due_on: str = ""
    matters: tuple[str, ...] = ()
    place: str = ""
    by_right: str = ""
    demand: str = ""
    short: bool = False
    on: str = ""
    by: str | None = None
    edition: str = ""
    instead: bool = False

    def apply(self, state: State, at: At) -> None:
        """Enters the meeting; a demand it answers waits no longer."""
        on = self.on or at.on
        governing = state.edition_on(on)
        edition = self.edition or (governing.id if governing else "")
        by = at.by if self.by is None else self.by
        state.meetings[self.meeting] = Meeting(
            self.meeting, self.body, self.starts, on, by, edition, self.by_right, self.demand,
            self.matters, self.place, instead=self.instead,
        )  # fmt: skip
        if self.demand in state.demands:
            state.demands[self.demand].meeting = self.meeting
            state.touched[self.demand] = at.n
        state.touched[self.meeting] = state.touched[self.body] = at.n


@effect("meeting.cancelled")
@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """A meeting that was called does not take place; a demand it answered waits again."""

    meeting: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes the call."""
        meeting = state.meetings[self.meeting]
        meeting.standing, meeting.closed_on = "cancelled", self.on
        if meeting.demand in state.demands and state.demands[meeting.demand].meeting == self.meeting:
            state.demands[meeting.demand].meeting = ""
            state.touched[meeting.demand] = at.n
        state.touched[self.meeting] = state.touched[meeting.body] = at.n


@judges("meeting.call", Call)
def judge_call(judgement: Judgement, call: Call) -> None:
    """Judges a call: the right seat, a day that leaves the whole notice, no second call for the same."""
    body = judgement.body(call.body)
    if judgement.act is not None:
        judgement.expects_unmoved(call.body, judgement.act.envelope.expects)
    check_start(judgement, call.body, call.starts, body)
    occasion = _occasion(judgement, call, body) if call.by_right else None
    demand = _demand(judgement, call, body) if call.demand else None
    instead = _check_caller(judgement, call, body, demand)
    if not call.matters and occasion is None and not judgement.reported:
        judgement.refuse(FORM, "a call says what the meeting is about", {"matters": "none"}, 'give "matters"')
    short = _check_notice(judgement, call, body, occasion, demand)
    asked = asked_of(judgement.rulebook, call.body, call.matters)
    due = latest_dispatch(body, asked, day_of(call.starts))
    told = judgement.reported
    judgement.then(
        MeetingCalled(
            proceeding_id("mt", judgement.n), call.body, call.starts, due.isoformat() if due else "",
            tuple(call.matters), call.place or "", call.by_right or "", call.demand or "", short,
            judgement.on if told else "", judgement.author if told else None, judgement.edition if told else "", instead,
        )
    )  # fmt: skip


def check_start(judgement: Judgement, seat: str, starts: str, body: Body, *, but: str = "") -> None:
    """Grounds against a day and hour: past, too far off, or taken by another meeting of the body (than `but`)."""
    clause = body.place.clause_of("meets")
    if not EARLIEST <= starts[:10] <= add_months(day_of(judgement.on), FARTHEST).isoformat():
        raise judgement.bar("the day lies too far off", {"starts": starts}, "name a day within a hundred years")
    if not judgement.reported and starts < judgement.local[:16]:
        judgement.refuse(
            FORM, "a meeting is called for a time that is still to come",
            {"starts": starts, "now": judgement.local[:16]}, "name a later time",
        )  # fmt: skip
    day = starts[:10]
    for other in judgement.state.meetings.values():
        held_on = other.resumes if other.standing == "adjourned" else other.starts
        same_day = other.body == seat and held_on[:10] == day and other.id != but
        if same_day and other.standing in ("called", "open", "adjourned"):
            judgement.refuse(
                clause, f"{judgement.title(seat)} is called for that day already; the first call stands",
                {"called": other.id, "starts": held_on}, "name another day",
            )  # fmt: skip


def _occasion(judgement: Judgement, call: Call, body: Body) -> Occasion | None:
    """The occasion by right that the call is for; a ground where there is none, or it was called already."""
    clause, title = body.place.clause_of("meets"), judgement.title(call.body)
    until = min(
        max(day_of(call.starts), day_of(call.by_right or call.starts)), add_months(day_of(judgement.on), FARTHEST)
    )
    coming = meetings_by_right(judgement.state, call.body, day_of(judgement.latest), until)
    open_days = [found for found in outstanding(judgement.state, call.body, coming) if found.names_a_day]
    found = next((each for each in open_days if each.on.isoformat() == call.by_right), None)
    if found is None:
        days = [each.on.isoformat() for each in open_days]
        cure = f"name {' or '.join(days[-2:])}" if days else "leave 'by_right' out and call it with notice"
        judgement.refuse(clause, f"no meeting of {title} falls by right on that day", {"by right": call.by_right}, cure)
        return None
    if day_of(call.starts) < found.on:
        judgement.refuse(
            found.clause, f"the clause names the day on which {title} meets by right",
            {"by right": found.on.isoformat(), "starts": call.starts}, f"call it for {found.on.isoformat()}",
        )  # fmt: skip
    put_off = postponed_to(judgement.state, call.body, found.on.isoformat())
    if call.starts[:10] < put_off:
        judgement.refuse(
            found.clause, "this meeting by right was put off in an emergency",
            {"by right": found.on.isoformat(), "put off to": put_off}, f"call it for {put_off} or later",
        )  # fmt: skip
    later = [each.on for each in open_days if found.on < each.on <= day_of(call.starts)]
    if later:
        judgement.refuse(
            found.clause, "a later occasion has come since and makes good the earlier ones",
            {"by right": found.on.isoformat(), "since then": later[-1].isoformat()},
            f"name {later[-1].isoformat()}",
        )  # fmt: skip
    for other in judgement.state.meetings.values():
        same = other.body == call.body and other.by_right_on == call.by_right and other.standing in ("called", "open")
        if same and not calls_anew(judgement, call, body):
            judgement.refuse(
                found.clause, "this meeting by right is called already; the first call stands",
                {"called": other.id, "starts": other.starts}, f"it is {other.id}",
            )  # fmt: skip
    judgement.cite(found.clause)
    return found


def _demand(judgement: Judgement, call: Call, body: Body) -> MeetingDemand:
    """The demand that the call answers; bars one that is not there, a ground where it does not wait."""
    clause = body.place.clause_of("meets")
    found = judgement.state.demands.get(call.demand or "")
    if found is None or found.body != call.body:
        raise judgement.bar(
            f"there is no demand '{call.demand}' for {judgement.title(call.body)}", {}, "name one, such as ca-17"
        )
    if not found.reached_on:
        judgement.refuse(
            clause, "the demand has not reached the number that the clause asks",
            {"support it": len(found.supporters)}, "wait for further supporters",
        )  # fmt: skip
    if found.meeting:
        judgement.refuse(
            clause,
            "the demand is answered already; the first call stands",
            {"called": found.meeting},
            f"it is {found.meeting}",
        )
    missing = [matter for matter in found.matters if matter not in call.matters]
    if missing:
        judgement.refuse(
            clause,
            "a meeting on demand is on the matters demanded",
            {"missing": missing},
            f"add {', '.join(missing)} to the matters",
        )
    judgement.cite(clause)
    return found


def _check_caller(judgement: Judgement, call: Call, body: Body, demand: MeetingDemand | None) -> bool:
    """Grounds against the caller; whether the author calls instead of whoever owes it."""
    clause, unit = body.place.clause_of("meets"), call.body.partition("@")[2]
    title = judgement.title(call.body)
    if stands_in(
        judgement, call, body, last_day_to_call(judgement.state, demand, body) if demand is not None else None
    ):
        return True
    if demand is not None:
        if not may_call_themselves(judgement, demand, body):
            judgement.may_act(
                those_who_call(judgement.rulebook, call.body), clause,
                f"a demanded meeting of {title} is called by those who owe it", unit=unit,
            )  # fmt: skip
        return False
    if may_call_on_holder(judgement, call.body, call.matters):
        return False
    by_right = call.by_right is not None
    seats = those_who_call(judgement.rulebook, call.body, by_right=True) if by_right else body.meets.on_call_of
    if not seats and body.meets.by_right is not None and body.meets.by_right.on is None:
        # It meets by right within a time, on no named day: somebody must be able to name it.
        seats = those_who_call(judgement.rulebook, call.body, by_right=True)
    if not seats and call.body == body_of_balance(judgement.state, judgement.edition):
        # The meeting that approves an opening balance is called by those who see to the meetings of that body.
        seats = those_who_call(judgement.rulebook, call.body, by_right=True)
    if not seats:
        judgement.refuse(
            clause, f"no clause lets anybody call {title}",
            {"meets": "by right" if body.meets.by_right else "not said"},
            "it meets by right or on demand, or the rulebook is amended",
        )  # fmt: skip
        return False
    if nobody_calls(judgement, call.body, seats):
        # No body stands still because the one who calls it is gone: then its own members call it, with all its notice.
        seats = tuple(dict.fromkeys((*seats, *those_who_call(judgement.rulebook, call.body), call.body)))
        if call.decision is None:
            judgement.may_act(seats, clause, f"{title} is called by those the clause names", unit=unit)
            return False
    judgement.is_granted(
        seats, clause, f"{title} is called by those the clause names",
        decision=call.decision, matter=CALLING + body.name, about=call.body, unit=unit,
    )  # fmt: skip
    return False


def may_call_themselves(judgement: Judgement, demand: MeetingDemand, body: Body) -> bool:
    """Whether the author, who supports the demand, may call because those who owe it let their day pass."""
    if judgement.reported or not judgement.author:
        return False
    last = last_day_to_call(judgement.state, demand, body)
    if last is None or judgement.on <= last.isoformat():
        return False
    supports = judgement.author in demand.supporters
    if demand.of in judgement.rulebook.units:
        unit = judgement.as_.partition("@")[2]
        seats = tuple(f"{seat}@{unit}" for seat in seats_that_speak_for(judgement.rulebook, demand.of))
        held = holds_one_of(judgement.facts, judgement.author, tuple(seat for seat in seats if seat == judgement.as_))
        supports = unit in demand.supporters and held.answer is Answer.YES
    if supports:
        judgement.cite(body.place.clause_of("meets"))
    return supports


def last_day_to_call(state: State, demand: MeetingDemand, body: Body) -> date | None:
    """The last day on which a demanded meeting is called in time: the clause's own, else the last on which
    its notice can still go out; never before the day the demand reached its number."""
    if not demand.reached_on:
        return None
    if demand.call_by:
        return day_of(demand.call_by)
    if not demand.hold_by:
        return None
    asked = asked_of(state.rulebook(demand.edition), demand.body, demand.matters)
    due = latest_dispatch(body, asked, day_of(demand.hold_by)) or day_of(demand.hold_by)
    return max(due, day_of(demand.reached_on))


def _check_notice(
    judgement: Judgement, call: Call, body: Body, occasion: Occasion | None, demand: MeetingDemand | None
) -> bool:
    """Whether the notice can still go out in time; grounds with the lawful day. True: short, to be cured by
    consent."""
    start = day_of(call.starts)
    by_clause = occasion is not None and occasion.on == start
    asked = asked_of(judgement.rulebook, call.body, call.matters)
    first = earliest_start(body, asked, day_of(judgement.on))
    short = False
    for each in asked:
        tested = _noticed_in_time(judgement, call, body, each)
        if tested.answer is Answer.YES or (by_clause and not each.matter):
            judgement.cite(each.clause)
        elif not each.matter and body.short_notice is not None:
            judgement.cite(each.clause)
            short = True
        elif not each.matter and _yields(judgement, call, body, start):
            continue
        else:
            judgement.require(tested, each.clause, each.says, _later(judgement, call, body, each, first, occasion))
    _check_hold_by(judgement, body, demand, start, first)
    return short


def _yields(judgement: Judgement, call: Call, body: Body, start: date) -> bool:
    """Whether an emergency in force makes do with what notice of a meeting called today can still be given."""
    if judgement.reported:
        return False
    served = served_from(body, day_of(judgement.on))
    return yields_notice(judgement, body, proceeding_id("mt", judgement.n), served, start)


def _noticed_in_time(judgement: Judgement, call: Call, body: Body, asked: Asked) -> Tested:
    start = day_of(call.starts)

    def ask(day: str) -> Tested:
        served = served_from(body, day_of(day))
        moments = Moment("day", served.isoformat()), Moment("day", start.isoformat())
        facts: dict[str, Any] = {"called on": day, "meeting": start.isoformat()}
        facts |= {"notice served": served.isoformat()} if body.served_after else {}
        tested = is_noticed(judgement.facts, asked.notice, *moments)
        return Tested(tested.answer, facts | shortfall(asked.notice, served, start))

    return over_the_time_told(judgement, ask)


def _later(judgement: Judgement, call: Call, body: Body, asked: Asked, first: date, occasion: Occasion | None) -> str:
    """The cure of too short a notice: the first lawful day, or the agenda without the matter that asks
    more."""
    if not asked.matter:
        return f"call it for {first.isoformat()} or later"
    rest = asked_of(judgement.rulebook, call.body, [matter for matter in call.matters if matter != asked.matter])
    if occasion is not None or earliest_start(body, rest, day_of(judgement.on)) <= day_of(call.starts):
        return f"leave {asked.matter} out, or call a meeting on it for {first.isoformat()} or later"
    return f"call it for {first.isoformat()} or later"


def _check_hold_by(judgement: Judgement, body: Body, demand: MeetingDemand | None, start: date, first: date) -> None:
    if demand is None or not demand.hold_by or start <= day_of(demand.hold_by):
        return
    if first > day_of(demand.hold_by):
        return  # too late to be held in time with its notice: held late is better than never, and stays overdue
    judgement.refuse(
        body.place.clause_of("meets"), "a meeting on demand is held within the time that the clause gives",
        {"meeting": start.isoformat(), "held by": demand.hold_by},
        f"call it for a day from {first.isoformat()} to {demand.hold_by}",
    )  # fmt: skip


@judges("meeting.cancel", Cancel)
def judge_cancel(judgement: Judgement, cancel: Cancel) -> None:
    """Judges a cancellation: by those who call, not of a meeting that the clause or a demand requires."""
    meeting = waiting_meeting(judgement, cancel.meeting)
    if judgement.act is not None:
        judgement.expects_unmoved(meeting.id, judgement.act.envelope.expects)
    body = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    clause = body.place.clause_of("meets")
    # A body that calls does so by its decision: no member of it alone cancels.
    may_see_to(judgement, meeting, clause, "a call is cancelled by the offices that call the body", offices=True)
    if meeting.by_right_on and meeting.starts[:10] == meeting.by_right_on:
        judgement.refuse(
            clause, "a meeting by right is nobody's to cancel", {"by right": meeting.by_right_on}, "it meets on its day"
        )
    demand = judgement.state.demands.get(meeting.demand)
    asked = asked_of(judgement.state.rulebook(meeting.edition), meeting.body, meeting.matters)
    first = earliest_start(body, asked, day_of(judgement.on))
    check_cancelled(judgement, meeting, first.isoformat())
    if demand is not None and demand.hold_by and first > day_of(demand.hold_by):
        judgement.refuse(
            clause, "a demanded meeting is cancelled only while another can be held in time",
            {"held by": demand.hold_by, "first lawful day": first.isoformat()}, "hold it",
        )  # fmt: skip
    judgement.then(MeetingCancelled(meeting.id, judgement.on))
