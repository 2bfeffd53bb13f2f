"""What is due about removals, conditions, recalls and petitions: hearings, votes, reviews, polls, matters, answers.

Lives here: those duties, and who may act in place of those who owe them. Not here: filling the seat (`due_seats`), the acts
(`proceedings`).

Invariant: as in `due_decisions`: each follows from an entry that waits for another one; what follows when nobody acts is said in
its derivation. Source: docs/spec/acts-removal.md, Duties.
"""

from __future__ import annotations

from isonomy.engine.competence_on_holders import REMOVAL, REVIEW
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.petition import REACHED, Petition
from isonomy.engine.petition import RECALL as RECALL_KIND
from isonomy.engine.proceedings.notices import those_who_call
from isonomy.engine.removal import OFFERED, STANDS, Condition, Removal
from isonomy.engine.state import day_of
from isonomy.engine.words import capital, listed, say_day, say_time
from isonomy.rulebook.provisions.petition import AGENDA
from isonomy.rulebook.provisions.recall import WHOEVER_ASKED, RecallRule


def due_removals(outlook: Outlook) -> list[Duty]:
    """The duties that follow from removals, conditions and petitions."""
    state = outlook.state
    found: list[Duty] = []
    for removal in state.removals.values():
        if removal.standing == STANDS and state.mandates[removal.mandate].is_valid_on(outlook.today):
            found += _hearing(outlook, removal)
            found += _vote(outlook, removal)
    for condition in state.retentions.values():
        found += _review(outlook, condition)
    for petition in state.petitions.values():
        if petition.standing == REACHED and petition.due_on:
            found += _poll(outlook, petition) if petition.kind == RECALL_KIND else _petition(outlook, petition)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _without(outlook: Outlook, duty: Duty, person: str) -> Duty:
    """The duty without the person concerned among those who owe it."""
    holders = tuple(each for each in duty.holders if each != person)
    if holders == duty.holders:
        return duty
    who = f"{listed([outlook.title(seat) for seat in duty.seats], 'or')} ({', '.join(holders) or 'vacant'})"
    return Duty(
        duty.id,
        duty.duty,
        who,
        duty.due_on,
        duty.overdue_days,
        duty.clause,
        duty.derivation,
        duty.seats,
        holders,
        duty.thing,
    )


def _of_persons(
    outlook: Outlook,
    id: str,
    what: str,
    persons: tuple[str, ...],
    who: str,
    due_on: str,
    clause: str,
    why: str,
    thing: str,
) -> Duty:
    overdue = max(0, (outlook.now - day_of(due_on)).days)
    shown = f"{who} ({', '.join(persons[:12])}{' ...' if len(persons) > 12 else ''})" if persons else who
    return Duty(id, what, shown, due_on[:10], overdue, clause, why, (), persons, thing)


def _askers(removal: Removal) -> tuple[str, ...]:
    return tuple(dict.fromkeys((removal.asked_by, *removal.supporters)))


def _officers(outlook: Outlook, body: str, concerned: str) -> tuple[str, ...]:
    """The officers of a body, first those held by another than the person concerned."""
    block, unit = outlook.rulebook.bodies.get(body.partition("@")[0]), body.partition("@")[2]
    offices = [office for office in (block.chaired_by, block.minutes_by) if office] if block is not None else []
    seats = [outlook.beside(office, unit) for office in offices]
    free = [seat for seat in seats if any(person != concerned for person in outlook.holders(seat))]
    return tuple(dict.fromkeys(free or seats or [body]))


def _hearing(outlook: Outlook, removal: Removal) -> list[Duty]:
    rule = outlook.state.rulebook(removal.edition).provisions["removal"][removal.block]
    clause = rule.place.clause_of("hearing notice" if rule.hearing_notice else "hearing offered within")
    seat = outlook.title(removal.seat)
    asked = f"{capital(seat)}: enough asked for the removal of {removal.person} on {say_day(removal.stands_on)} ({removal.id})"
    if not rule.hears:
        return []
    if not removal.heard:
        due = removal.offer_by or removal.stands_on
        what = f"Offer {removal.person} a hearing on the removal from {seat}"
        if outlook.today > due:
            why = f"{asked}; the hearing was to be offered by {say_day(due)}. Those who asked may offer it now."
            who = "those who asked"
            return [
                _of_persons(outlook, f"offer {removal.id}", what, _askers(removal), who, due, clause, why, removal.id)
            ]
        why = f"{asked}; the hearing is offered by {say_day(due)}. Or else: those who asked offer it."
        owed = outlook.owed(
            f"offer {removal.id}",
            what,
            _officers(outlook, removal.body, removal.person),
            day_of(due),
            clause,
            why,
            removal.id,
        )
        return [_without(outlook, owed, removal.person)]
    if removal.heard != OFFERED:
        return []
    day = removal.hearing_at
    place = f", {removal.hearing_place}" if removal.hearing_place else ""
    if outlook.today <= day[:10]:
        why = (
            f"A hearing was offered on {say_day(removal.offered_on)} for {say_time(day)}{place} ({removal.id}). "
            "It may be waived. Or else: it is entered as not used."
        )
        what = f"You are offered a hearing on the removal from {seat}"
        return [
            _of_persons(
                outlook,
                f"hear {removal.id}",
                what,
                (removal.person,),
                "the person concerned",
                day,
                clause,
                why,
                removal.id,
            )
        ]
    why = f"The hearing was offered for {say_time(day)}{place} ({removal.id}); until it is entered no vote opens."
    what = f"Enter what became of the hearing of {removal.person}"
    owed = outlook.owed(
        f"heard {removal.id}",
        what,
        _officers(outlook, removal.body, removal.person),
        day_of(day),
        clause,
        why,
        removal.id,
    )
    return [_without(outlook, owed, removal.person)]


def _vote(outlook: Outlook, removal: Removal) -> list[Duty]:
    if not removal.vote_by:
        return []
    rule = outlook.state.rulebook(removal.edition).provisions["removal"][removal.block]
    clause, seat = rule.place.clause_of("vote within"), outlook.title(removal.seat)
    matter = REMOVAL + removal.seat.partition("@")[0]
    what = f"Vote in {outlook.title(removal.body)} on the removal from {seat}"
    why = (
        f"Enough asked for the removal of {removal.person} on {say_day(removal.stands_on)} ({removal.id}); the vote is held "
        f"within {rule.vote_within}, by {say_day(removal.vote_by)}."
    )
    called = [
        meeting
        for meeting in outlook.state.meetings.values()
        if meeting.body == removal.body
        and matter in meeting.matters
        and meeting.standing in ("called", "open", "adjourned")
    ]
    if called:
        why += f" It is called for {say_time(called[0].starts)} ({called[0].id})."
    elif outlook.today > removal.call_by:
        why += f" It was to be called by {say_day(removal.call_by)}: those who asked may call it now."
        who = "those who asked"
        return [
            _of_persons(
                outlook, f"vote {removal.id}", what, _askers(removal), who, removal.vote_by, clause, why, removal.id
            )
        ]
    else:
        why += f" It is called by {say_day(removal.call_by)}. Or else: those who asked call it."
    callers = tuple(
        outlook.beside(each, removal.body.partition("@")[2]) for each in those_who_call(outlook.rulebook, removal.body)
    )
    owed = outlook.owed(f"vote {removal.id}", what, callers, day_of(removal.vote_by), clause, why, removal.id)
    return [_without(outlook, owed, removal.person)]


def _review(outlook: Outlook, condition: Condition) -> list[Duty]:
    mandate = outlook.state.mandates[condition.mandate]
    if condition.outcome or not mandate.is_valid_on(outlook.today):
        return []
    seat = outlook.title(condition.seat)
    why = (
        f"{capital(condition.person)} was kept as {seat} on a condition on {say_day(condition.decided_on)} "
        f"({condition.decision}); it is reviewed on {say_day(condition.review_on)}, by a vote on "
        f"{REVIEW}{condition.seat.partition('@')[0]}."
    )
    if condition.lapses_on:
        why += f" Or else: the mandate ends after {say_day(condition.lapses_on)}."
    else:
        why += " Or else: those who asked for the removal may call the body."
    owed = outlook.owed(
        f"review {condition.mandate}", f"Lay the condition on {seat} before {outlook.title(condition.body)} for review",
        (condition.owner,), day_of(condition.review_on), condition.clause, why, condition.mandate,
    )  # fmt: skip
    return [_without(outlook, owed, condition.person)]


def _poll(outlook: Outlook, petition: Petition) -> list[Duty]:
    polls = outlook.state.polls.values()
    if any(poll.motion == petition.motion for poll in polls):
        return []  # opened: closing and declaring it are duties of their own
    if not outlook.state.mandates[petition.mandate].is_valid_on(outlook.today):
        return []
    rule = outlook.state.rulebook(petition.edition).provisions[RECALL_KIND][petition.block]
    assert isinstance(rule, RecallRule)
    seat, unit = outlook.title(petition.seat), petition.seat.partition("@")[2]
    what = f"Open the poll on the recall from {seat}"
    why = (
        f"Enough asked for it on {say_day(petition.reached_on)} ({petition.id}); the poll is opened within {rule.poll_within}, "
        f"by {say_day(petition.due_on)}."
    )
    clause = rule.place.clause_of("poll within")
    others = [outlook.title(outlook.beside(each, unit)) for each in rule.or_else if each != WHOEVER_ASKED]
    others += [WHOEVER_ASKED] if WHOEVER_ASKED in rule.or_else else []
    if outlook.today > petition.due_on and rule.or_else:
        why += f" That day is over: {listed(others, 'or')} may open it now."
        seats = tuple(outlook.beside(each, unit) for each in rule.or_else if each != WHOEVER_ASKED)
        persons = tuple(person for each in seats for person in outlook.holders(each))
        if WHOEVER_ASKED in rule.or_else:
            persons += (petition.opened_by, *petition.supporters)
        persons = tuple(dict.fromkeys(each for each in persons if each != petition.person))
        who = listed(others, "or")
        return [
            _of_persons(outlook, f"poll {petition.id}", what, persons, who, petition.due_on, clause, why, petition.id)
        ]
    if others:
        why += f" Or else: {listed(others, 'or')} may open it."
    presiding = tuple(
        dict.fromkeys(
            (
                *(seat for seat in _officers(outlook, petition.body, petition.person)),
                *(
                    office.name
                    for office in outlook.rulebook.offices.values()
                    if "polls" in office.keeps and not office.in_each
                ),
            )
        )
    )
    free = tuple(seat for seat in presiding if any(each != petition.person for each in outlook.holders(seat)))
    owed = outlook.owed(
        f"poll {petition.id}", what, free or presiding, day_of(petition.due_on), clause, why, petition.id
    )
    return [_without(outlook, owed, petition.person)]


def is_taken_up(outlook: Outlook, petition: Petition) -> bool:
    """Whether a question on a petition's matter was put in its body since enough stood behind it."""
    return any(
        poll.body == petition.body and poll.matter == petition.matter and poll.opened_on >= petition.reached_on
        for poll in outlook.state.polls.values()
    )


def _petition(outlook: Outlook, petition: Petition) -> list[Duty]:
    rule = outlook.state.rulebook(petition.edition).provisions[petition.kind][petition.block]
    body, clause = outlook.title(petition.body), rule.place.clause_of("within")
    reached = f"Enough stood behind the petition {petition.id} on {say_day(petition.reached_on)}"
    if petition.asks == AGENDA:
        if is_taken_up(outlook, petition):
            return []
        what = f"Take up {petition.matter.replace('-', ' ')} in {body}, by petition"
        why = f"{reached}; it is taken up by {say_day(petition.due_on)}. Or else: the matter stands on the agenda by itself."
        callers = those_who_call(outlook.rulebook, petition.body)
        seats = tuple(outlook.beside(each, petition.body.partition("@")[2]) for each in callers)
    else:
        what, seats = f"Answer the petition {petition.id}", (petition.body,)
        why = f"{reached}; {body} answers it by {say_day(petition.due_on)}."
    return [outlook.owed(f"petition {petition.id}", what, seats, day_of(petition.due_on), clause, why, petition.id)]
