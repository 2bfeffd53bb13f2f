"""What is due about meetings: to notice, call and hold the ones by right, demanded or called already.

Lives here: those duties. Not here: when a body meets by right (`occasions`), calling (`proceedings.calls`).

Invariant: a meeting by right is due on its day whether or not anybody called it, and stays due, with the
days it is overdue and those who owe it, until a quorate meeting has made it good. Source: docs/spec/duties.md.
"""

from __future__ import annotations

from datetime import date

from isonomy.engine.due_sittings import stands_adjourned
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.emergency import due_on_of, postponed_to
from isonomy.engine.meeting import Meeting, MeetingDemand
from isonomy.engine.occasions import Occasion, meetings_by_right, outstanding
from isonomy.engine.proceedings.calls import last_day_to_call
from isonomy.engine.proceedings.notices import Asked, asked_of, latest_dispatch, meets_by_clause, those_who_call
from isonomy.engine.state import day_of
from isonomy.engine.substitutes import say_substitutes, substitutes_of
from isonomy.engine.words import capital, meeting_of, say_day, say_time, title_of
from isonomy.kernel.calendar import say_date
from isonomy.rulebook.model import Body


def due_meetings(outlook: Outlook) -> list[Duty]:
    """The duties about meetings by right, on demand, and called ones."""
    found: list[Duty] = []
    for seat in _bodies(outlook):
        found += _by_right(outlook, seat)
    for demand in outlook.state.demands.values():
        found += _on_demand(outlook, demand)
    for meeting in outlook.state.meetings.values():
        if meeting.standing == "called":
            found += _called(outlook, meeting)
    return found


def _bodies(outlook: Outlook) -> list[str]:
    """The bodies that meet by right under some edition, wherever they stand."""
    names: dict[str, str] = {}
    for rulebook in outlook.state.rulebooks.values():
        for body in rulebook.bodies.values():
            if body.meets.by_right is not None and body.name in outlook.rulebook.bodies:
                names[body.name] = outlook.rulebook.bodies[body.name].in_each
    return [seat for name, in_each in names.items() for seat in outlook.standing(name, in_each)]


def _callers(outlook: Outlook, seat: str, *, by_right: bool = False) -> tuple[str, ...]:
    unit = seat.partition("@")[2]
    return tuple(outlook.beside(found, unit) for found in those_who_call(outlook.rulebook, seat, by_right=by_right))


# -- by right ----------------------------------------------------------------------------------------------


def _by_right(outlook: Outlook, seat: str) -> list[Duty]:
    coming = meetings_by_right(outlook.state, seat, outlook.now, outlook.until)
    left = outstanding(outlook.state, seat, coming)
    put_off = {occasion.on: due_on_of(outlook.state, seat, occasion.on.isoformat()) for occasion in left}
    late = [occasion for occasion in left if put_off[occasion.on] >= outlook.today]
    left = [occasion for occasion in left if occasion not in late]
    missed = [occasion for occasion in left if occasion.on < outlook.now]
    ahead = [occasion for occasion in left if occasion.on >= outlook.now and outlook.sees(occasion.on)]
    found = [_missed(outlook, seat, missed)] if missed else []
    found += [
        _put_off(outlook, seat, each, put_off[each.on]) for each in late if outlook.sees(day_of(put_off[each.on]))
    ]
    for occasion in ahead:
        found += _ahead(outlook, seat, occasion)
    return found


def _put_off(outlook: Outlook, seat: str, occasion: Occasion, due_on: str) -> Duty:
    """A meeting by right that was put off in an emergency: due on the day named, or at the end of the emergency."""
    title = outlook.title(seat)
    return outlook.owed(
        f"hold {seat} {occasion.on}", f"Hold {meeting_of(title)} that was put off from {say_date(occasion.on)}",
        _callers(outlook, seat, by_right=True), day_of(due_on), occasion.clause,
        f"{capital(title)} was to meet by right on {say_date(occasion.on)}: {occasion.derivation()}; in an emergency it was put "
        f"off to {say_day(postponed_to(outlook.state, seat, occasion.on.isoformat()))}, and is due when the emergency ends.",
        seat,
    )  # fmt: skip


def _missed(outlook: Outlook, seat: str, missed: list[Occasion]) -> Duty:
    """One duty for all that was missed: a meeting held late makes all of it good."""
    first, last = missed[0], missed[-1]
    derivation = f"{capital(outlook.title(seat))} was due on {say_date(first.on)}: {first.derivation()}."
    if len(missed) > 1:
        derivation += f" It was missed {len(missed)} times, last on {say_date(last.on)}."
    called = _called_for(outlook, seat, last)
    if called is not None:
        derivation += f" It is called for {say_time(called.starts)} ({called.id})."
    instead = substitutes_of(outlook.state, outlook.edition, seat, first.on, outlook.now)
    derivation += say_substitutes(instead, outlook.now)
    return outlook.owed(
        f"hold {seat} {first.on}",
        f"Call and hold {meeting_of(outlook.title(seat))} that was due on {say_date(first.on)}",
        _callers(outlook, seat, by_right=True), first.on, first.clause, derivation, called.id if called else seat,
    )  # fmt: skip


def _ahead(outlook: Outlook, seat: str, occasion: Occasion) -> list[Duty]:
    title, body = outlook.title(seat), outlook.rulebook.bodies[seat.partition("@")[0]]
    called = _called_for(outlook, seat, occasion)
    day, why = say_date(occasion.on), occasion.derivation()
    by, article = ("on", "the") if occasion.names_a_day else ("by", "a")
    found = [
        outlook.owed(
            f"hold {seat} {occasion.on}", f"Hold {meeting_of(title, article)} {by} {day}",
            _callers(outlook, seat, by_right=True), occasion.on, occasion.clause,
            f"{capital(title)} meets by right {by} {day}: {why}.", called.id if called else seat,
        )
    ]  # fmt: skip
    asked = asked_of(outlook.rulebook, seat)
    due = latest_dispatch(body, asked, occasion.on)
    if called is None and due is not None and outlook.sees(due):
        derivation = f"{capital(title)} meets {by} {day} ({why}); {_notice_words(body, asked[0], due)}."
        what = (
            f"Send notice of {meeting_of(title)} on {day}"
            if occasion.names_a_day
            else f"Call {title} so that it meets by {day}"
        )
        callers = _callers(outlook, seat, by_right=True)
        found.append(
            outlook.owed(f"notice {seat} {occasion.on}", what, callers, due, asked[0].clause, derivation, seat)
        )
    return found


def _called_for(outlook: Outlook, seat: str, occasion: Occasion) -> Meeting | None:
    """The meeting called for an occasion: named for it, or, where the clause names no day, in its time."""
    for meeting in outlook.state.meetings.values():
        if meeting.body != seat or meeting.standing != "called":
            continue
        on = day_of(meeting.starts)
        in_time = occasion.after < on and (on <= occasion.on or occasion.on < outlook.now)
        if meeting.by_right_on == occasion.on.isoformat() or (not occasion.names_a_day and in_time):
            return meeting
    return None


def _notice_words(body: Body, asked: Asked, due: date) -> str:
    served = f", served {body.served_after} after dispatch," if body.served_after else ""
    return f"{asked.says}{served} must have gone out by {say_date(due)}"


# -- called ------------------------------------------------------------------------------------------------


def _called(outlook: Outlook, meeting: Meeting) -> list[Duty]:
    rulebook = outlook.state.rulebook(meeting.edition)
    body, start = rulebook.bodies[meeting.body.partition("@")[0]], day_of(meeting.starts)
    title = title_of(rulebook, meeting.body, outlook.state.units)
    callers = _callers(outlook, meeting.body, by_right=bool(meeting.by_right_on))
    if start < outlook.now:
        derivation = (
            f"{capital(title)} was called for {say_time(meeting.starts)} and neither opened, lapsed nor cancelled."
            + stands_adjourned(body, meeting.starts)
        )
        return [
            outlook.owed(
                f"account {meeting.id}", f"Say what became of {meeting_of(title)} on {say_date(start)}", callers, start,
                body.place.clause_of("meets"), derivation, meeting.id,
            )
        ]  # fmt: skip
    asked = asked_of(rulebook, meeting.body, meeting.matters)
    due = latest_dispatch(body, asked, start)
    if meeting.notices or due is None or not outlook.sees(due):
        return []
    last = max(asked, key=lambda each: start - each.notice.before(start))
    derivation = f"{capital(title)} is called for {say_time(meeting.starts)}; {_notice_words(body, last, due)}."
    if due < outlook.now and not meets_by_clause(meeting):
        derivation += " It is too late for that day now: call it anew."
    return [
        outlook.owed(
            f"notice {meeting.id}", f"Send notice of {meeting_of(title)} on {say_date(start)}", callers, due,
            last.clause, derivation, meeting.id,
        )
    ]  # fmt: skip


# -- on demand ---------------------------------------------------------------------------------------------


def _on_demand(outlook: Outlook, demand: MeetingDemand) -> list[Duty]:
    answer = outlook.state.meetings.get(demand.meeting)
    if not demand.reached_on or (answer is not None and answer.standing in ("open", "adjourned", "closed", "lapsed")):
        return []
    rulebook = outlook.state.rulebook(demand.edition)
    body = rulebook.bodies[demand.body.partition("@")[0]]
    clause, meeting = body.place.clause_of("meets"), meeting_of(outlook.title(demand.body), "a")
    callers = _callers(outlook, demand.body)
    why = f"the demand {demand.id} reached its number on {say_day(demand.reached_on)}"
    about = ", ".join(demand.matters)
    found = []
    if answer is None:
        call_by = last_day_to_call(outlook.state, demand, body) or day_of(demand.reached_on)
        found.append(
            outlook.owed(
                f"call {demand.id}", f"Call {meeting} on demand, about {about}", callers, call_by, clause,
                f"{capital(why)}; {_call_words(body, demand, call_by)}.{_instead(outlook, demand, call_by)}", demand.id,
            )
        )  # fmt: skip
    if demand.hold_by:
        hold_by = day_of(demand.hold_by)
        called = f" It is called for {say_time(answer.starts)} ({answer.id})." if answer is not None else ""
        within = next((way.held_within for way in body.meets.on_demand if way.of == demand.of), None)
        found.append(
            outlook.owed(
                f"hold {demand.id}", f"Hold {meeting} on demand, about {about}", callers, hold_by, clause,
                f"{capital(why)}; the meeting is held within {within}, by {say_date(hold_by)}.{called}", demand.id,
            )
        )  # fmt: skip
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _instead(outlook: Outlook, demand: MeetingDemand, call_by: date) -> str:
    found = substitutes_of(outlook.state, outlook.edition, demand.body, call_by, outlook.now)
    return say_substitutes(found, outlook.now)


def _call_words(body: Body, demand: MeetingDemand, call_by: date) -> str:
    way = next((way for way in body.meets.on_demand if way.of == demand.of), None)
    if demand.call_by and way is not None:
        return f"it is called within {way.called_within}, by {say_date(call_by)}"
    if demand.hold_by:
        return f"to be held by {say_day(demand.hold_by)} with its notice it is called by {say_date(call_by)}"
    return "the clause sets no time, so it is due at once"
