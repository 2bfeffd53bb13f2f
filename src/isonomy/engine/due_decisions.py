"""What is due about decisions: to ratify, to close and declare polls, to put amendments into force, to enter
those elected.

Lives here: those duties. Not here: the acts that discharge them (`proceedings`).

Invariant: each of these follows from an entry that waits for another one; when that entry is made the duty
is gone. Source: docs/spec/duties.md.
"""

from __future__ import annotations

from isonomy.engine.competence import AMENDMENT, ELECTION
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.state import Decision, Poll, ReportNote, day_of
from isonomy.engine.words import capital, listed, say_day
from isonomy.kernel.calendar import say_date
from isonomy.rulebook.model import REPORT_WITHIN

AWAITING = "awaiting ratification"


def due_decisions(outlook: Outlook) -> list[Duty]:
    """The duties that follow from decisions, reports and polls."""
    state = outlook.state
    found: list[Duty] = []
    for decision in state.decisions.values():
        found += _to_ratify(outlook, decision)
        found += _to_adopt(outlook, decision)
        found += _to_seat(outlook, decision)
    for report in state.reports.values():
        found += _report(outlook, report)
    for poll in state.polls.values():
        found += _poll(outlook, poll)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _keepers(outlook: Outlook, *kept: str) -> tuple[str, ...]:
    """The offices to which something is entrusted, wherever they stand."""
    rulebook = outlook.rulebook
    named = [office for office in rulebook.offices.values() if set(kept) & set(office.keeps)]
    found = [seat for office in named for seat in outlook.standing(office.name, office.in_each)]
    if "record" in kept and rulebook.record is not None:
        found += rulebook.record.kept_by
    return tuple(dict.fromkeys(found))


def _to_ratify(outlook: Outlook, decision: Decision) -> list[Duty]:
    if not decision.lapses_on or decision.standing_on(outlook.today) != AWAITING:
        return []
    taken = f"{outlook.title(decision.seat)} decided on {say_day(decision.taken_on)} (clause {decision.clause})"
    return [
        outlook.owed(
            f"ratify {decision.id}", f"Ratify the decision on {decision.matter} ({decision.id}), or it lapses",
            (decision.ratify_by,), day_of(decision.lapses_on), decision.clause,
            f"What {taken} lapses after {say_day(decision.lapses_on)} unless it is ratified.", decision.id,
        )
    ]  # fmt: skip


def _report(outlook: Outlook, report: ReportNote) -> list[Duty]:
    if report.standing != AWAITING or not report.ratify_by:
        return []
    blocks = tuple(outlook.rulebook.reporting.values())
    within = blocks[0].within if blocks else REPORT_WITHIN
    clause = blocks[0].place.clause if blocks else ""
    due = within.after(day_of(report.latest))
    return [
        outlook.owed(
            f"ratify {report.id}", f"Ratify the report {report.id} of {report.act}, or leave it without effect",
            (report.ratify_by,), due, clause,
            f"It happened on {say_day(report.latest)} and was reported without all that the clause asks; reports are "
            f"made within {within}, by {say_date(due)}.",
            report.id,
        )
    ]  # fmt: skip


def _to_adopt(outlook: Outlook, decision: Decision) -> list[Duty]:
    edition = outlook.state.editions.get(decision.draft)
    amendment = outlook.rulebook.amendment()
    if decision.matter != AMENDMENT or edition is None or edition.in_force_from or amendment is None:
        return []
    if decision.standing_on(outlook.today) not in ("in force", "ratified"):
        return []
    body = outlook.rulebook.bodies.get(amendment.by)
    chair = (body.chaired_by,) if body is not None and body.chaired_by else ()
    seats = tuple(dict.fromkeys((*_keepers(outlook, "record", "minutes"), *chair))) or (amendment.by,)
    return [
        outlook.owed(
            f"adopt {edition.id}", f"Put the edition {edition.id} of the rulebook into force", seats,
            day_of(decision.taken_on), amendment.place.clause,
            f"{_decided(outlook, decision, 'adopted it')}.", edition.id,
        )
    ]  # fmt: skip


def _to_seat(outlook: Outlook, decision: Decision) -> list[Duty]:
    if not decision.matter.startswith(ELECTION) or decision.standing_on(outlook.today) not in ("in force", "ratified"):
        return []
    state = outlook.state
    seated = {mandate.person for mandate in state.mandates.values() if mandate.ground == decision.id}
    waiting = [
        person
        for person in decision.person.split()
        if person not in seated
        and f"{decision.id} {person}" not in state.carried_out
        and person in state.persons
        and state.persons[person].is_member_on(outlook.today)
    ]
    if not waiting:
        return []
    seat = outlook.beside(decision.matter.removeprefix(ELECTION), decision.seat.partition("@")[2])
    joint = "as" if seat.partition("@")[0] in outlook.rulebook.offices else "in"
    seats = _keepers(outlook, "roll", "record", "minutes") or (decision.seat,)
    return [
        outlook.owed(
            f"seat {decision.id}", f"Enter the mandate of {listed(waiting)} {joint} {outlook.title(seat)}", seats,
            day_of(decision.taken_on), decision.clause,
            f"{_decided(outlook, decision, 'elected')}.", decision.id,
        )
    ]  # fmt: skip


def _decided(outlook: Outlook, decision: Decision, did: str) -> str:
    return f"{capital(outlook.title(decision.seat))} {did} on {say_day(decision.taken_on)} ({decision.id})"


def _poll(outlook: Outlook, poll: Poll) -> list[Duty]:
    rulebook = outlook.state.rulebook(poll.editions[0])
    body, unit = rulebook.bodies.get(poll.body.partition("@")[0]), poll.body.partition("@")[2]
    chair = (outlook.beside(body.chaired_by, unit),) if body is not None and body.chaired_by else ()
    seats = tuple(dict.fromkeys((*_keepers(outlook, "polls"), *chair))) or _keepers(outlook, "minutes", "record")
    procedure = rulebook.procedures.get(poll.procedure)
    if procedure is not None and procedure.election is not None and procedure.election.returning_officer:
        seats = (outlook.beside(procedure.election.returning_officer, unit),)
    clause = procedure.place.clause if procedure else body.place.clause if body else ""
    what = f"the poll {poll.id} ({poll.question})"
    if poll.standing == "open":
        last = poll.closes_on or poll.opened_on
        why = f"it was opened on {say_day(poll.opened_on)}" + (f" to run to {say_day(last)}" if poll.closes_on else "")
        return [
            outlook.owed(f"close {poll.id}", f"Close {what}", seats, day_of(last), clause, f"{capital(why)}.", poll.id)
        ]
    if poll.standing == "closed":
        return [
            outlook.owed(
                f"declare {poll.id}", f"Declare the result of {what}", seats, day_of(poll.closed_on), clause,
                f"It was closed on {say_day(poll.closed_on)}.", poll.id,
            )
        ]  # fmt: skip
    return []
