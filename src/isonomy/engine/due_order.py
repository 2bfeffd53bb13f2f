"""What is due about an opening balance and about rulings: to approve the one, to decide appeals, to review what rested on a
ruling that was overturned.

Lives here: those duties. Not here: the acts that discharge them (`proceedings.openings`, `proceedings.rulings`).

Invariant: as in `due_decisions`: each follows from an entry that waits for another one. Source: docs/spec/duties.md.
"""

from __future__ import annotations

from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.opening import approval_clause, approve_by, approving_body
from isonomy.engine.proceedings.notices import those_who_call
from isonomy.engine.ruling import APPEALED, Ruling
from isonomy.engine.state import day_of
from isonomy.engine.words import capital, say_day


def due_order(outlook: Outlook) -> list[Duty]:
    """The duties that follow from a pending opening balance and from rulings."""
    found = _to_approve(outlook)
    for ruling in outlook.state.rulings.values():
        found += _to_decide(outlook, ruling)
        found += _to_review(outlook, ruling)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _to_approve(outlook: Outlook) -> list[Duty]:
    balance, rulebook = outlook.state.opening, outlook.rulebook
    body = approving_body(rulebook)
    if balance is None or not balance.is_pending or body is None:
        return []
    last = approve_by(balance, rulebook)
    title = capital(outlook.title(body.name))
    why = f"{title} approves it by {say_day(last)}, counted from the founding on {say_day(balance.begun_on)}"
    seats = those_who_call(rulebook, body.name, by_right=True)
    if outlook.today > last:
        why += "; the day is over, so that every member of that body may call it and preside"
        seats = (body.name,)
    what = f"Lay the opening balance before {outlook.title(body.name)}"
    return [
        outlook.owed(
            "approve the opening balance", what, seats, day_of(last), approval_clause(rulebook), f"{why}.", body.name
        )
    ]


def _to_decide(outlook: Outlook, ruling: Ruling) -> list[Duty]:
    if ruling.standing != APPEALED:
        return []
    return [
        outlook.owed(
            f"decide {ruling.id}", f"Decide the appeal against the ruling {ruling.id} on clause {ruling.clause}",
            (ruling.appeal_to or ruling.body,), day_of(ruling.appealed_on), ruling.clause,
            f"It was appealed on {say_day(ruling.appealed_on)}.", ruling.id,
        )
    ]  # fmt: skip


def _to_review(outlook: Outlook, ruling: Ruling) -> list[Duty]:
    return [
        outlook.owed(
            f"review {thing}", f"Review {thing}, which rested on the ruling {ruling.id} that was overturned",
            (ruling.appeal_to or ruling.body,), day_of(ruling.decided_on), ruling.clause,
            f"The ruling was overturned on {say_day(ruling.decided_on)}.", thing,
        )
        for thing in ruling.review
    ]  # fmt: skip
