"""What is due for power that was used alone: the report of each such decision to the body the clause names.

Lives here: those duties. Not here: ratification, which is the body's (`due_decisions`); the acts that discharge them
(`proceedings.taking`).

Invariant: a decision taken alone is reported to the first meeting of the body after it, whoever holds the office by then.
Source: docs/spec/duties.md.
"""

from __future__ import annotations

from datetime import date

from isonomy.engine.alone import taken_alone
from isonomy.engine.delegation import Delegation, end_of, rule_of
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.occasions import held_meetings, meetings_by_right, outstanding
from isonomy.engine.state import Decision, day_of
from isonomy.engine.words import capital, meeting_of, say_day
from isonomy.rulebook.model import Power


def due_powers(outlook: Outlook) -> list[Duty]:
    """The duties that follow from decisions taken alone."""
    found: list[Duty] = []
    for decision, power in taken_alone(outlook.state, outlook.today):
        if power.rule.reported_to and decision.alone is not None and not decision.alone.accounted_on:
            found.append(_to_account(outlook, decision, power))
    for delegation in outlook.state.delegations.values():
        found += _to_report(outlook, delegation)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _to_report(outlook: Outlook, delegation: Delegation) -> list[Duty]:
    """The report on a delegation that is over, owed to the body that handed the matter over."""
    ended, why = end_of(outlook.state, delegation, outlook.today)
    rule = rule_of(outlook.state, delegation)
    if rule.report is None or not ended or delegation.reported_on:
        return []
    due = rule.report.after(day_of(ended))
    return [
        outlook.owed(
            f"report {delegation.id}", f"Report on {delegation.matter}, handed over by {outlook.title(delegation.body)}",
            (delegation.to,), due, rule.place.clause_of("report"),
            f"The delegation {delegation.id} was over on {say_day(ended)} ({why}); the report is owed within {rule.report}.",
            delegation.id,
        )
    ]  # fmt: skip


def _to_account(outlook: Outlook, decision: Decision, power: Power) -> Duty:
    body = outlook.beside(power.rule.reported_to, decision.seat.partition("@")[2])
    due, why = next_meeting(outlook, body, decision.taken_on)
    taken = f"{capital(outlook.title(decision.seat))} decided it alone on {say_day(decision.taken_on)}"
    return outlook.owed(
        f"account {decision.id}",
        f"Report the decision on {decision.matter} ({decision.id}) to {meeting_of(outlook.title(body))}",
        (decision.seat,), due, power.place.clause_of("reported to"), f"{taken}; {why}.", decision.id,
    )  # fmt: skip


def next_meeting(outlook: Outlook, body: str, since: str) -> tuple[date, str]:
    """The day of the first meeting of a body from a day on, and how it was found: held, called, by right, else that day."""
    title = outlook.title(body)
    held = [found for found in held_meetings(outlook.state, body) if found.opened_on >= since]
    if held:
        return day_of(held[0].opened_on), f"{title} met on {say_day(held[0].opened_on)} ({held[0].id})"
    called = [
        found for found in outlook.state.meetings.values()
        if found.body == body and found.standing == "called" and found.starts[:10] >= since
    ]  # fmt: skip
    if called:
        first = min(called, key=lambda found: found.starts)
        return day_of(first.starts), f"{title} is called for {say_day(first.starts)} ({first.id})"
    coming = outstanding(outlook.state, body, meetings_by_right(outlook.state, body, outlook.now))
    ahead = [occasion.on for occasion in coming if occasion.on >= day_of(since)]
    if ahead:
        return ahead[0], f"{title} meets by right by {say_day(ahead[0].isoformat())}"
    return day_of(since), f"no meeting of {title} is called yet"
