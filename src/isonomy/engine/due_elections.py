"""What is due about elections: to open them in time, close nominations, open the poll, count apart, hear appeals, count back.

Lives here: those duties. Not here: that a seat is to be filled at all (`due_seats`), closing and declaring a poll
(`due_decisions`).

Invariant: each follows from the clause and the record, and is gone when its act is entered or its time has lapsed. Source:
docs/spec/duties.md.
"""

from __future__ import annotations

from datetime import timedelta

from isonomy.engine.competence import ELECTION
from isonomy.engine.due_seats import Share, shares_of
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.election import CLOSED, NOMINATING, Election
from isonomy.engine.state import Decision, Mandate, day_of
from isonomy.engine.vacant import next_vacancy, waiting
from isonomy.engine.words import capital, say_day
from isonomy.rulebook.election_rule import COUNTBACK
from isonomy.rulebook.model import Body, Office, Procedure

ONE_DAY = timedelta(days=1)


def due_elections(outlook: Outlook) -> list[Duty]:
    """The duties that follow from elections that are open, are to be opened, or have a result that waits."""
    found: list[Duty] = []
    for election in outlook.state.elections.values():
        found += _under_way(outlook, election)
    for procedure in outlook.rulebook.procedures.values():
        block = outlook.rulebook.seat(procedure.fills) if procedure.fills else None
        if procedure.election is not None and block is not None:
            found += _of_seat(outlook, procedure, block)
    for decision in outlook.state.decisions.values():
        found += _waiting_result(outlook, decision)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _officers(outlook: Outlook, procedure: Procedure, body: str) -> tuple[str, ...]:
    """Who returns the election: the office of the clause, else keepers of polls and the chair of the electing body."""
    unit = body.partition("@")[2]
    rule = procedure.election
    if rule is not None and rule.returning_officer:
        return (outlook.beside(rule.returning_officer, unit),)
    named = [office for office in outlook.rulebook.offices.values() if "polls" in office.keeps]
    found = [seat for office in named for seat in outlook.standing(office.name, office.in_each)]
    block = outlook.rulebook.bodies.get(body.partition("@")[0])
    found += [outlook.beside(block.chaired_by, unit)] if block is not None and block.chaired_by else []
    return tuple(dict.fromkeys(found)) or (body,)


def _under_way(outlook: Outlook, election: Election) -> list[Duty]:
    procedure = outlook.state.rulebook(election.edition).procedures[election.procedure]
    officers = _officers(outlook, procedure, election.body)
    standing, what = election.standing_on(outlook.today), f"the election of {outlook.title(election.seat)}"
    if standing == NOMINATING:
        return [
            outlook.owed(
                f"close {election.id}", f"Close nominations in {what}", officers,
                day_of(election.nominations_until) + ONE_DAY, procedure.place.clause_of("nominations"),
                f"Nominations are open through {say_day(election.nominations_until)}.", election.id,
            )
        ]  # fmt: skip
    if standing == CLOSED:
        return [
            outlook.owed(
                f"poll {election.id}", f"Open the poll in {what}", officers, day_of(election.closed_on),
                procedure.place.clause,
                f"Nominations were closed on {say_day(election.closed_on)}; it lapses after "
                f"{say_day(election.poll_opens_by)}.",
                election.id,
            )
        ]  # fmt: skip
    return []


def _of_seat(outlook: Outlook, procedure: Procedure, block: Body | Office) -> list[Duty]:
    found: list[Duty] = []
    for seat in outlook.standing(block.name, block.in_each):
        for share in shares_of(outlook, seat, block):
            body = share.seats[0] if share.seats else ""
            found += _to_open(outlook, procedure, share, body)
            found += [
                _to_count_back(outlook, procedure, mandate, body)
                for mandate in waiting(outlook.state, outlook.edition, seat, body, outlook.today)
                if procedure.election is not None and procedure.election.vacancy == COUNTBACK
                and mandate.id not in outlook.state.countbacks
            ]  # fmt: skip
    return found


def _to_open(outlook: Outlook, procedure: Procedure, share: Share, body: str) -> list[Duty]:
    """To open the election in time before a term ends, where the clause says how long before."""
    state, rule = outlook.state, procedure.election
    before = rule.nominations.before if rule is not None and rule.nominations is not None else None
    if before is None or any(
        (other.seat, other.body) == (share.seat, body) and other.is_open_on(outlook.today)
        for other in state.elections.values()
    ):
        return []
    vacant_on = next_vacancy(state, outlook.edition, share.seat, body, outlook.today)
    if not vacant_on or vacant_on <= outlook.today or _is_decided(outlook, share.seat, body, vacant_on):
        return []
    return [
        outlook.owed(
            f"open election {share.seat} {vacant_on}", f"Open the election of {outlook.title(share.seat)}",
            _officers(outlook, procedure, body), before.before(day_of(vacant_on)), procedure.place.clause_of("nominations"),
            f"{capital(outlook.title(share.seat))} falls vacant on {say_day(vacant_on)}; nominations are {rule.nominations}."
            if rule is not None else "",
            share.seat,
        )
    ]  # fmt: skip


def _is_decided(outlook: Outlook, seat: str, body: str, vacant_on: str) -> bool:
    """Whether an election for that day has a result that stands, though its mandates have yet to begin."""
    return any(
        election.seat == seat and election.body == body and election.vacant_on == vacant_on and election.decision
        and outlook.state.decisions[election.decision].standing_on(outlook.today) in ("in force", "provisional")
        for election in outlook.state.elections.values()
    )  # fmt: skip


def _to_count_back(outlook: Outlook, procedure: Procedure, mandate: Mandate, body: str) -> Duty:
    return outlook.owed(
        f"countback {mandate.id}", f"Fill the vacant seat of {outlook.title(mandate.seat)} by countback",
        _officers(outlook, procedure, body), day_of(mandate.ended_on), procedure.place.clause_of("vacancy"),
        f"The mandate of {mandate.person} ended on {say_day(mandate.ended_on)}, before its term was over.", mandate.id,
    )  # fmt: skip


def _waiting_result(outlook: Outlook, decision: Decision) -> list[Duty]:
    if not decision.matter.startswith(ELECTION) or decision.standing_on(outlook.today) != "provisional":
        return []
    found: list[Duty] = []
    poll = outlook.state.polls.get(decision.poll)
    procedure = outlook.rulebook.election_of(decision.matter.removeprefix(ELECTION))
    rule = procedure.election if procedure is not None else None
    unit = decision.seat.partition("@")[2]
    if decision.unattested and poll is not None and procedure is not None and rule is not None and rule.scrutineers:
        seats = tuple(outlook.beside(seat, unit) for seat in rule.scrutineers)
        found.append(
            outlook.owed(
                f"attest {poll.id}", f"Count the box of {poll.id} apart ({poll.question})", seats, day_of(decision.taken_on),
                procedure.place.clause_of("scrutineers"),
                f"The result was declared on {say_day(decision.taken_on)} and is provisional until then.", poll.id,
            )
        )  # fmt: skip
    for appeal in (outlook.state.appeals[id] for id in decision.appeals):
        found.append(
            outlook.owed(
                f"decide {appeal.id}", f"Decide the appeal {appeal.id} against {decision.id}", (appeal.body,),
                day_of(appeal.lodged_on), procedure.place.clause_of("appeal") if procedure is not None else decision.clause,
                f"It was lodged on {say_day(appeal.lodged_on)}.", appeal.id,
            )
        )  # fmt: skip
    return found
