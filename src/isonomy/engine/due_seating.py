"""What is due about the holding of seats: to choose, to confirm, to examine, to share out, to draw, to let substitutes follow.

Lives here: those duties, each with what follows if it is not done. Not here: vacant seats and ending terms (`due_seats`), the
acts that discharge them (`proceedings`).

Invariant: as in `due_decisions`: each follows from the record and a day. Source: docs/spec/acts-seating.md.
"""

from __future__ import annotations

from datetime import date, timedelta

from isonomy.engine.competence import APPOINTMENT, ELECTION
from isonomy.engine.delegates import standing_of
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.proceedings.apportioning import last_as_of
from isonomy.engine.proceedings.confirming import COOPTING
from isonomy.engine.proceedings.credentials import next_meeting_on, reviewers
from isonomy.engine.proceedings.sortition import last_day, vacant_seats
from isonomy.engine.proceedings.substituting import successor_of
from isonomy.engine.seating import REFUSED, WAITING, Choice, Examined, SeatLot, ToConfirm, shared_out_on
from isonomy.engine.state import day_of
from isonomy.engine.words import capital, listed, number_of, say_day
from isonomy.rulebook.model import Body, Office
from isonomy.rulebook.provisions.confirmation import confirmation_of
from isonomy.rulebook.provisions.credentials import Credentials, credentials_of
from isonomy.rulebook.provisions.substitutes import TAKES_SEAT, substitutes_of
from isonomy.rulebook.seating_rule import Apportioned

ONE_DAY = timedelta(days=1)


def due_seating(outlook: Outlook) -> list[Duty]:
    """The duties that follow from choices, confirmations, credentials, sharing out, lots and substitutes."""
    seating, found = outlook.state.seating, []
    found += [_to_choose(outlook, one) for one in seating.choices.values() if _is_open(outlook, one)]
    found += [_to_confirm(outlook, one) for one in seating.confirmations.values() if _waits(outlook, one)]
    found += _to_ask(outlook)
    found += [
        _to_draw(outlook, one) for one in seating.lots.values() if not one.drawn_on and outlook.today <= last_day(one)
    ]
    found += _to_succeed(outlook)
    for body in outlook.rulebook.bodies.values():
        for seat in outlook.standing(body.name, body.in_each):
            rule = credentials_of(outlook.rulebook, seat)
            found += _to_examine(outlook, rule, seat) if rule is not None else []
            if body.filled is not None and body.filled.apportioned is not None:
                found += _to_share_out(outlook, body, body.filled.apportioned)
    blocks: list[Body | Office] = [*outlook.rulebook.bodies.values(), *outlook.rulebook.offices.values()]
    for block in blocks:
        if block.filled is not None and block.filled.way == "lot":
            found += _to_announce(outlook, block)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _is_open(outlook: Outlook, choice: Choice) -> bool:
    return not choice.chosen_on and outlook.today <= choice.until


def _to_choose(outlook: Outlook, choice: Choice) -> Duty:
    state, due = outlook.state, day_of(choice.until)
    seat = state.mandates[choice.mandate].seat
    others = listed(outlook.title(state.mandates[id].seat) for id in choice.falling)
    return Duty(
        f"choose {choice.mandate}", f"Choose between {outlook.title(seat)} and {others}", choice.person, choice.until,
        max(0, (outlook.now - due).days), choice.clause,
        f"Both were held from {say_day(state.mandates[choice.mandate].since)}; or else {others} falls after that day.",
        (), (choice.person,), choice.mandate,
    )  # fmt: skip


def _waits(outlook: Outlook, asked: ToConfirm) -> bool:
    return asked.standing_on(outlook.today) == WAITING


def _to_confirm(outlook: Outlook, asked: ToConfirm) -> Duty:
    title = outlook.title(asked.seat)
    why = f"It was asked on {say_day(asked.asked_on)}"
    if asked.answer_by:
        why += f"; or else the {asked.way} {asked.silence} by silence after {say_day(asked.answer_by)}"
    return outlook.owed(
        f"confirm {asked.id}", f"Confirm or refuse {asked.person} for {title}", (asked.by,),
        day_of(asked.answer_by or asked.asked_on), asked.clause, f"{why}.", asked.id,
    )  # fmt: skip


def _to_ask(outlook: Outlook) -> list[Duty]:
    """Whoever was chosen for a seat that another confirms, and was not laid before it yet."""
    state = outlook.state
    found: list[Duty] = []
    if "confirmation" not in outlook.rulebook.provisions:
        return found
    asked = {(one.ground, one.person) for one in state.seating.confirmations.values()}
    for decision in state.decisions.values():
        for start, way in ((ELECTION, "election"), (APPOINTMENT, "appointment"), (COOPTING, "co-option")):
            plain = decision.matter.removeprefix(start)
            rule = confirmation_of(outlook.rulebook, plain, way) if decision.matter.startswith(start) else None
            if rule is None or decision.standing_on(outlook.today) not in ("in force", "ratified"):
                continue
            for person in decision.person.split():
                done = f"{decision.id} {person}" in state.carried_out or (decision.id, person) in asked
                if not done:
                    found.append(
                        outlook.owed(
                            f"ask {decision.id} {person}", f"Lay the {way} of {person} before {outlook.title(rule.by)}",
                            (*_keepers(outlook), decision.seat), day_of(decision.taken_on), rule.place.clause_of("by"),
                            f"{person} was chosen on {say_day(decision.taken_on)}; or else the seat stays vacant.", decision.id,
                        )
                    )  # fmt: skip
    return found


def _keepers(outlook: Outlook, what: str = "roll") -> tuple[str, ...]:
    offices = (office for office in outlook.rulebook.offices.values() if what in office.keeps and not office.in_each)
    return tuple(office.name for office in offices)


def _to_examine(outlook: Outlook, rule: Credentials, seat: str) -> list[Duty]:
    state, found = outlook.state, []
    unit = seat.partition("@")[2]
    meeting = next_meeting_on(state, seat, outlook.today)
    now = standing_of(state, outlook.edition, seat, outlook.today)
    waiting = now.delegates - now.examined
    if meeting and waiting > 0:
        due = day_of(meeting)
        why = f"{capital(outlook.title(seat))} meets on {say_day(meeting)}"
        why += f", and mandates are examined from {rule.opens} before" if rule.opens else ""
        why += f"; or else those not examined {rule.unexamined}"
        found.append(
            outlook.owed(
                f"examine {seat} {meeting}", f"Examine the mandates of {number_of(waiting, 'delegate')} to {outlook.title(seat)}",
                (outlook.beside(rule.panel, unit),), due, rule.place.clause_of("panel"), f"{why}.", seat,
            )
        )  # fmt: skip
    for one in state.seating.examined.values():
        mandate = state.mandates[one.mandate]
        if mandate.seat == seat and one.finding == REFUSED and one.appealed_on and not one.decided_on:
            found.append(_to_review(outlook, rule, one, meeting))
    return found


def _to_review(outlook: Outlook, rule: Credentials, one: Examined, meeting: str) -> Duty:
    mandate = outlook.state.mandates[one.mandate]
    return outlook.owed(
        f"review {one.mandate}", f"Decide the appeal of {mandate.person} against the refusal of a mandate", reviewers(rule),
        day_of(one.appealed_on), rule.place.clause_of("appeal"),
        f"It was appealed on {say_day(one.appealed_on)}; until it is decided refused delegates {rule.refused}.", one.mandate,
    )  # fmt: skip


def _to_share_out(outlook: Outlook, body: Body, rule: Apportioned) -> list[Duty]:
    """At each term anew; without a term every year."""
    before = shared_out_on(outlook.state, body.name, outlook.today)
    if before is None:
        due = day_of(last_as_of(rule.as_of, outlook.today, outlook.state.founded_on))
        why = f"It was not done yet; the members count as of {say_day(due.isoformat())}"
    else:
        due = _next_day(rule, body, day_of(before.as_of))
        why = f"It was done last as of {say_day(before.as_of)}, and is done anew for each term"
    return [
        outlook.owed(
            f"share out {body.name}", f"Share out the seats of {outlook.title(body.name)} among the {_kind(body)}s",
            _keepers(outlook), due, body.place.clause_of("filled by"), f"{why}; or else no delegates can be elected.", body.name,
        )
    ]  # fmt: skip


def _kind(body: Body) -> str:
    return body.filled.unit_kind.replace("-", " ") if body.filled is not None else "unit"


def _next_day(rule: Apportioned, body: Body, last: date) -> date:
    """The first such day of the year on which the term that followed the last sharing out is over, or the next year's."""
    over = body.term.after(last) if body.term is not None else rule.as_of.in_year(last.year + 1)
    this = rule.as_of.in_year(over.year)
    earlier = rule.as_of.in_year(over.year - 1)
    return this if this <= over else earlier if earlier > last else rule.as_of.in_year(last.year + 1)


def _to_draw(outlook: Outlook, lot: SeatLot) -> Duty:
    due, block = day_of(lot.draw_from), outlook.rulebook.seat(lot.seat)
    return Duty(
        f"draw {lot.id}", f"Draw the lot for {outlook.title(lot.seat)}", lot.opened_by, lot.draw_from,
        max(0, (outlook.now - due).days), block.place.clause_of("filled by") if block is not None else "",
        f"It was announced on {say_day(lot.opened_on)}; or else another announces a new one after {say_day(last_day(lot))}.",
        (), (lot.opened_by,), lot.id,
    )  # fmt: skip


def _to_announce(outlook: Outlook, block: Body | Office) -> list[Duty]:
    found = []
    for seat in outlook.standing(block.name, block.in_each):
        vacant = vacant_seats(outlook.state, outlook.edition, seat, outlook.today)
        lots = [one for one in outlook.state.seating.lots.values() if one.seat == seat]
        running = any(not one.drawn_on and outlook.today <= last_day(one) for one in lots)
        drawn = {f"{one.id} {person}" for one in lots for person in one.drawn} - outlook.state.carried_out.keys()
        if vacant and not running and not drawn:
            ends = [one.ended_on or one.until for one in outlook.state.mandates.values() if one.seat == seat]
            since = max((end for end in ends if end and end <= outlook.today), default=outlook.state.founded_on)
            found.append(
                outlook.owed(
                    f"announce a lot for {seat}", f"Announce a lot for {number_of(vacant, 'seat')} in {outlook.title(seat)}",
                    _keepers(outlook, "polls") or _keepers(outlook), day_of(since), block.place.clause_of("filled by"),
                    f"Vacant since {say_day(since)}.", seat,
                )
            )  # fmt: skip
    return found


def _to_succeed(outlook: Outlook) -> list[Duty]:
    found = []
    for id in outlook.state.seating.substitutes:
        mandate = outlook.state.mandates[id]
        rule = substitutes_of(outlook.rulebook, mandate.seat)
        if rule is None or rule.on_leaving != TAKES_SEAT:
            continue
        person = successor_of(outlook.state, mandate, outlook.today)
        if person:
            clause = rule.place.clause_of("when the holder leaves")
            found.append(
                outlook.owed(
                    f"succeed {id}", f"Enter that {person} takes the seat in {outlook.title(mandate.seat)}",
                    _keepers(outlook), day_of(mandate.ended_on), clause,
                    f"{mandate.person} left it on {say_day(mandate.ended_on)}; {person} is the first substitute.", mandate.seat,
                )
            )  # fmt: skip
    return found
