"""What is due about seats: to fill the vacant ones, and those whose term ends.

Lives here: those duties. Not here: elections and appointments (`proceedings`), rolls (`roll`).

Invariant: a vacant seat is due from the day it fell vacant, an ending term on the day it is over; a seat that
somebody already holds from that day on is not due. Source: docs/spec/duties.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from isonomy.engine.competence import ELECTION, competent_for
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.occasions import born, meetings_by_right, outstanding, runs_of
from isonomy.engine.roll import unit_lies_in
from isonomy.engine.seating import INTERIM
from isonomy.engine.state import Mandate, day_of
from isonomy.engine.vacant import seat_count, waiting
from isonomy.engine.words import capital, number_of
from isonomy.kernel.calendar import Duration, Recurrence, say_date
from isonomy.rulebook.model import Body, Office, Rulebook
from isonomy.rulebook.provisions.removal import removal_of

ONE_DAY = timedelta(days=1)
ALWAYS = Recurrence(Duration(1, "year"))
"""A mark for `runs_of` that a block is there at all."""


@dataclass(frozen=True, slots=True)
class Share:
    """The seats of a body or office that one electorate fills: how many (None: at least one), and who must.

    `unit` is the unit that sends its delegates, else "".
    """

    seat: str
    block: Body | Office
    count: int | None
    seats: tuple[str, ...]
    unit: str = ""


def due_seats(outlook: Outlook) -> list[Duty]:
    """The duties to elect and appoint, for every body and office that is filled by mandates."""
    found: list[Duty] = []
    blocks: list[Body | Office] = [*outlook.rulebook.bodies.values(), *outlook.rulebook.offices.values()]
    for block in blocks:
        for seat in outlook.standing(block.name, block.in_each):
            for share in shares_of(outlook, seat, block):
                found += _vacant(outlook, share)
                found += _ending(outlook, share)
    return found


def shares_of(outlook: Outlook, seat: str, block: Body | Office) -> list[Share]:
    """The shares of a seat by who fills them: one, or one for each unit that sends delegates; none where nobody elects."""
    filled, unit = block.filled, seat.partition("@")[2]
    if filled is None or filled.way not in ("election", "appointment", "delegation"):
        return []
    if filled.way == "delegation":
        bodies = [found.seat for found in competent_for(outlook.rulebook, ELECTION + block.name)]
        return [
            Share(
                seat,
                block,
                seat_count(outlook.state, block, seat, sending, outlook.today),
                tuple(outlook.beside(body, sending) for body in bodies),
                sending,
            )
            for sending in outlook.open_units(filled.unit_kind)
        ]
    count = 1 if isinstance(block, Office) else block.seats
    return [Share(seat, block, count, (outlook.beside(filled.by, unit),))]


def _mandates(outlook: Outlook, share: Share) -> list[Mandate]:
    """The mandates that count for a share: of the seat, and where a unit sends delegates, of its members."""
    state = outlook.state
    found = [state.mandates[mandate] for mandate in state.by_seat.get(share.seat, ())]
    if not share.unit:
        return found
    return [
        mandate
        for mandate in found
        if mandate.person in state.persons and unit_lies_in(state, state.persons[mandate.person].unit, share.unit)
    ]


def _held(outlook: Outlook, share: Share, day: date) -> int:
    on = day.isoformat()
    interim = {id for id, held in outlook.state.seating.held.items() if held.how == INTERIM}
    return sum(
        1
        for mandate in _mandates(outlook, share)
        if mandate.is_valid_on(on) and _lives(outlook, mandate, on) and mandate.id not in interim
    )


def _lives(outlook: Outlook, mandate: Mandate, on: str) -> bool:
    person = outlook.state.persons.get(mandate.person)
    return person is None or not person.is_dead_on(on)


def _missing(outlook: Outlook, share: Share, day: date) -> int:
    held = _held(outlook, share, day)
    body = share.seats[0] if share.seats else ""
    left = len(waiting(outlook.state, outlook.edition, share.seat, body, day.isoformat()))
    return max(0, (1 if share.count is None else share.count) - held - left)


def _vacant(outlook: Outlook, share: Share) -> list[Duty]:
    missing = _missing(outlook, share, outlook.now)
    if not missing:
        return []
    ended = sorted(_ends(outlook, share))
    vacated = ended[-missing:]
    if len(vacated) < missing:
        since, why = _beginning(outlook, share)
    else:
        end, mandate_id = vacated[0]
        mandate = outlook.state.mandates[mandate_id]
        since = day_of(end)
        cause = mandate.ended_why if mandate.ended_on else "its term was over"
        why = f"vacant since the mandate of {mandate.person} ended on {say_date(since)} ({cause})"
    due_on, why = _before_it_meets(outlook, share, since, why)
    rule = removal_of(outlook.rulebook, share.seat)
    if rule is not None and rule.filled_within is not None:
        due_on = rule.filled_within.after(due_on)
        why += f"; it is filled within {rule.filled_within}, by {say_date(due_on)}"
    if not outlook.sees(due_on):
        return []
    return [
        outlook.owed(
            f"fill {_name(share)}", _task(outlook, share, missing), share.seats, due_on,
            share.block.place.clause_of("filled by"), f"{capital(outlook.title(share.seat))}: {why}.", share.seat,
        )
    ]  # fmt: skip


def _ends(outlook: Outlook, share: Share) -> list[tuple[str, str]]:
    """The days on which mandates of the share ended, up to today."""
    found = []
    for mandate in _mandates(outlook, share):
        end = mandate.ended_on or mandate.until
        if end and end <= outlook.today and not mandate.is_valid_on(outlook.today):
            found.append((end, mandate.id))
    return found


def _beginning(outlook: Outlook, share: Share) -> tuple[date, str]:
    """From when a seat that was never held waits: its block's coming into force, or the founding."""
    plain = share.seat.partition("@")[0]

    def pick(rulebook: Rulebook) -> tuple[Recurrence, str] | None:
        return (ALWAYS, "") if rulebook.seat(plain) is not None else None

    started = runs_of(outlook.state, pick)[-1].start
    born_on, born_by = born(outlook.state, f"{plain}@{share.unit}" if share.unit else share.seat)
    since = max(started, born_on)
    by = born_by if since == born_on else f"the coming into force of clause {share.block.place.clause}"
    return since, f"vacant since {by} on {say_date(since)}"


def _before_it_meets(outlook: Outlook, share: Share, since: date, why: str) -> tuple[date, str]:
    """Delegates are due when the body they are sent to next meets by right, where it does."""
    if not share.unit:
        return since, why
    coming = outstanding(outlook.state, share.seat, meetings_by_right(outlook.state, share.seat, outlook.now, None))
    ahead = [occasion.on for occasion in coming if occasion.on >= since]
    if not ahead:
        return since, why
    return ahead[0], f"{why}; it meets by right on {say_date(ahead[0])}"


def _ending(outlook: Outlook, share: Share) -> list[Duty]:
    ends = sorted({
        end
        for mandate in _mandates(outlook, share)
        if mandate.is_valid_on(outlook.today) and (end := mandate.ended_on or mandate.until) > outlook.today
    })  # fmt: skip
    found = []
    for end in ends:
        day = day_of(end)
        missing = _missing(outlook, share, day) - _missing(outlook, share, day - ONE_DAY)
        if missing > 0 and outlook.sees(day):
            found.append(_term(outlook, share, day, missing))
            if outlook.until is None:
                break
    return found


def _term(outlook: Outlook, share: Share, day: date, missing: int) -> Duty:
    ending = [
        mandate for mandate in _mandates(outlook, share) if (mandate.ended_on or mandate.until) == day.isoformat()
    ]
    first = min(ending, key=lambda mandate: mandate.since)
    persons = ", ".join(mandate.person for mandate in ending[:12])
    term = f"the term that began on {say_date(day_of(first.since))} is over on {say_date(day)}"
    return outlook.owed(
        f"fill {_name(share)} {day}", _task(outlook, share, missing), share.seats, day,
        share.block.place.clause_of("term"), f"{capital(outlook.title(share.seat))} ({persons}): {term}.", share.seat,
    )  # fmt: skip


def _task(outlook: Outlook, share: Share, missing: int) -> str:
    way = share.block.filled.way if share.block.filled else ""
    verb = "Appoint" if way == "appointment" else "Elect"
    title = outlook.title(share.seat)
    if isinstance(share.block, Office) or share.count is None:
        return f"{verb} {title}"
    if share.unit:
        return f"{verb} {number_of(missing, 'delegate')} of {share.unit} to {title}"
    return f"{verb} {number_of(missing, 'member')} of {title}"


def _name(share: Share) -> str:
    return f"{share.seat} from {share.unit}" if share.unit else share.seat
