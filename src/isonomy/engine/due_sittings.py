"""What is due about adjourned meetings: to notice them, to go on, to say what became of them.

Lives here: those duties. Not here: those about meetings that are called or fall by right (`due_meetings`).

Invariant: an adjourned meeting waits for its day; when that has passed, those who call the body say what became of it.
Source: docs/spec/duties.md.
"""

from __future__ import annotations

from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.meeting import Meeting
from isonomy.engine.proceedings.notices import needs_notice, those_who_call
from isonomy.engine.state import day_of
from isonomy.engine.words import capital, meeting_of, say_day, say_time, title_of
from isonomy.kernel.calendar import say_date
from isonomy.rulebook.model import Body


def due_sittings(outlook: Outlook) -> list[Duty]:
    """The duties about adjourned meetings."""
    return [
        duty
        for meeting in outlook.state.meetings.values()
        if meeting.standing == "adjourned"
        for duty in _adjourned(outlook, meeting)
        if outlook.sees(day_of(duty.due_on))
    ]


def _adjourned(outlook: Outlook, meeting: Meeting) -> list[Duty]:
    rulebook = outlook.state.rulebook(meeting.edition)
    body = rulebook.bodies[meeting.body.partition("@")[0]]
    title = meeting_of(title_of(rulebook, meeting.body, outlook.state.units)).replace("the ", "the adjourned ", 1)
    unit = meeting.body.partition("@")[2]
    callers = tuple(outlook.beside(seat, unit) for seat in those_who_call(outlook.rulebook, meeting.body))
    why = f"It was adjourned on {say_day(meeting.adjourned_on)}"
    if not meeting.resumes:
        # Without day: nothing falls due until those who call the body name one.
        return []
    day, clause = day_of(meeting.resumes), body.place.clause_of("adjourned by")
    why += f" to {say_time(meeting.resumes)}"
    if day < outlook.now:
        return [
            outlook.owed(
                f"account {meeting.id}", f"Say what became of {title}", callers, day, clause,
                f"{why}, and did not go on.", meeting.id,
            )
        ]  # fmt: skip
    found = [outlook.owed(f"resume {meeting.id}", f"Go on with {title}", callers, day, clause, f"{why}.", meeting.id)]
    notice = body.sitting.notice
    if notice is None or meeting.resumption_notices or not needs_notice(meeting.adjourned_on, meeting.resumes):
        return found
    due = notice.before(day)
    if body.served_after is not None:
        due = body.served_after.before(due)
    derivation = f"{capital(why)}; {notice} of notice must have gone out by {say_date(due)}."
    found.append(
        outlook.owed(
            f"notice resumption {meeting.id}", f"Send notice of {title}", callers, due,
            body.place.clause_of("resumption notice"), derivation, meeting.id,
        )
    )  # fmt: skip
    return found


def stands_adjourned(body: Body, starts: str) -> str:
    """The sentence that says to which day a meeting without a quorum stands adjourned; "" where no clause says so."""
    rule = body.sitting.inquorate
    if rule is None:
        return ""
    day = say_date(rule.adjourned_for.after(day_of(starts)))
    return f" Without a quorum after {rule.minutes} minutes it stands adjourned to {day}."
