"""What is due because of an emergency: the report on it, its approval.

Lives here: those duties. Not here: a meeting by right that was put off (`due_meetings`), the acts that discharge these
(`proceedings.emergencies`).

Invariant: the report is owed by the seat that declared it, from the day on which it is over; until it is approved nobody declares
another. Source: docs/spec/duties.md.
"""

from __future__ import annotations

from isonomy.engine.due_powers import next_meeting
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.emergency import Emergency, rule_of
from isonomy.engine.state import day_of
from isonomy.engine.words import capital, say_day
from isonomy.kernel.calendar import say_date


def due_emergencies(outlook: Outlook) -> list[Duty]:
    """The duties that follow from emergencies that are over."""
    found: list[Duty] = []
    for emergency in outlook.state.emergencies.values():
        rule = rule_of(outlook.state, emergency)
        if rule.report is None or emergency.approved_by:
            continue
        if emergency.reported_on:
            found.append(_to_approve(outlook, emergency, rule.report.to))
        elif not emergency.is_in_force_on(outlook.today):
            found.append(_to_report(outlook, emergency))
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _to_report(outlook: Outlook, emergency: Emergency) -> Duty:
    rule = rule_of(outlook.state, emergency)
    assert rule.report is not None
    due = rule.report.within.after(day_of(emergency.over_on))
    body = outlook.rulebook.bodies.get(emergency.seat.partition("@")[0])
    officers = tuple(office for office in (body.chaired_by, body.minutes_by) if office) if body is not None else ()
    return outlook.owed(
        f"report {emergency.id}", f"Report on the emergency {emergency.id} to {outlook.title(rule.report.to)}",
        (*officers, emergency.seat), due, rule.place.clause_of("report"),
        f"It was over on {say_day(emergency.over_on)}; the report is owed within {rule.report.within}, by {say_date(due)}. "
        "Or else: no other emergency is declared.", emergency.id,
    )  # fmt: skip


def _to_approve(outlook: Outlook, emergency: Emergency, to: str) -> Duty:
    due, why = next_meeting(outlook, to, emergency.reported_on)
    rule = rule_of(outlook.state, emergency)
    return outlook.owed(
        f"approve {emergency.id}", f"Decide on the report on the emergency {emergency.id}", (to,), due,
        rule.place.clause_of("report"),
        f"{capital(outlook.title(emergency.seat))} reported on {say_day(emergency.reported_on)}; {why}.", emergency.id,
    )  # fmt: skip
