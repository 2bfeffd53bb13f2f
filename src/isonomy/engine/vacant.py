"""Vacant seats: how many one electorate may fill on a day, and when the next ones fall vacant.

Lives here: counting seats, holders, and those that wait for a countback or for the end of a term (elections.md, 2 and 7).
Not here: filling them (`proceedings`), the duty to do so (`due_seats`).

Invariant: a seat is vacant when nobody holds it and no clause keeps it waiting; the dead hold nothing.
"""

from __future__ import annotations

from isonomy.engine.roll import unit_lies_in
from isonomy.engine.seating import shared_out_on
from isonomy.engine.state import Mandate, State
from isonomy.rulebook.election_rule import COUNTBACK, LEFT_VACANT
from isonomy.rulebook.model import Body, Office

SUCCEEDED = "succeeded"


def seat_count(state: State, block: Body | Office, seat: str, unit: str, day: str) -> int | None:
    """How many seats one electorate fills: of a delegation those of one unit; None where no block says it.

    Where delegates are shared out by membership, those of the sharing out that holds on the day; none before the first.
    """
    if isinstance(block, Office):
        return 1
    if block.filled is not None and block.filled.apportioned is not None:
        shared = shared_out_on(state, seat, day)
        return shared.given.get(unit, 0) if shared is not None else 0
    if block.filled is not None and block.filled.way == "delegation":
        return block.filled.seats_each
    return block.seats


def elects_in(state: State, block: Body | Office, unit: str, own: str) -> bool:
    """Whether an electing body of the unit `own` fills a seat that stands in `unit`: its own, or sends it delegates."""
    if not unit or not own or unit == own:
        return True
    filled = block.filled
    return filled is not None and filled.way == "delegation" and unit_lies_in(state, own, unit)


def mandates_filled_by(state: State, block: Body | Office, seat: str, body: str) -> list[Mandate]:
    """The mandates of a seat that the electing body filled: all, or those of the delegates of its unit."""
    found = [state.mandates[id] for id in state.by_seat.get(seat, ())]
    unit = body.partition("@")[2]
    if block.filled is None or block.filled.way != "delegation" or not unit:
        return found
    return [mandate for mandate in found if _was_sent_by(state, mandate, unit)]


def _was_sent_by(state: State, mandate: Mandate, unit: str) -> bool:
    decision = state.decisions.get(mandate.ground)
    if decision is not None:
        return decision.seat.partition("@")[2] == unit
    person = state.persons.get(mandate.person)
    return person is not None and unit_lies_in(state, person.unit, unit)


def vacant_count(state: State, edition: str, seat: str, body: str, day: str) -> int | None:
    """How many seats are vacant on a civil date for the body that elects to them; None where no block says how many."""
    block = state.rulebook(edition).seat(seat)
    total = seat_count(state, block, seat, body.partition("@")[2], day) if block is not None else 0
    if block is None or total is None:
        return total
    mandates = mandates_filled_by(state, block, seat, body)
    held = sum(
        1
        for mandate in mandates
        if mandate.is_valid_on(day) and not _is_dead(state, mandate, day) and not is_passing(state, mandate)
    )
    return max(0, total - held - len(waiting(state, edition, seat, body, day)))


def is_passing(state: State, mandate: Mandate) -> bool:
    """Whether a mandate ends with the election that fills the seat: of one who was co-opted, or appointed ad interim."""
    held = state.seating.held.get(mandate.id)
    return held is not None and held.until_election


def waiting(state: State, edition: str, seat: str, body: str, day: str) -> list[Mandate]:
    """The mandates that ended early and whose seats are not for another election: they wait for a countback, or lie open."""
    block = state.rulebook(edition).seat(seat)
    procedure = state.rulebook(edition).election_of(seat)
    way = procedure.election.vacancy if procedure is not None and procedure.election is not None else ""
    if block is None or not way:
        return []
    mandates = mandates_filled_by(state, block, seat, body)
    return [mandate for mandate in mandates if ended_early(mandate, day) and _waits(state, mandate, way, day)]


def ended_early(mandate: Mandate, day: str) -> bool:
    """Whether a mandate was over by a civil date on which its term still runs, and nobody succeeded in it."""
    early = mandate.ended_on and mandate.until and mandate.ended_on < mandate.until
    return bool(early) and mandate.ended_on <= day < mandate.until and mandate.ended_why != SUCCEEDED


def _waits(state: State, mandate: Mandate, way: str, day: str) -> bool:
    """Whether the seat of a mandate that ended early is not for another election."""
    if way == LEFT_VACANT:
        return True
    if way != COUNTBACK or not can_be_counted_back(state, mandate):
        return False
    person = state.countbacks.get(mandate.id)
    return person is None or is_called(state, mandate, person, day)


def can_be_counted_back(state: State, mandate: Mandate) -> bool:
    """Whether the mandate rests on a declared election whose papers are there."""
    decision = state.decisions.get(mandate.ground)
    poll = state.polls.get(decision.poll) if decision is not None else None
    return poll is not None and poll.standing == "declared" and bool(poll.box_root or poll.named)


def is_called(state: State, mandate: Mandate, person: str, day: str) -> bool:
    """Whether a countback called somebody to the seat who has yet to take it, and still may."""
    known = state.persons.get(person)
    if known is None or not known.is_member_on(day):
        return False
    return any(
        decision.person == person and decision.until == mandate.until
        and f"{decision.id} {person}" not in state.carried_out and decision.standing_on(day) in ("in force", "provisional")
        for decision in state.decisions.values()
        if decision.poll and decision.matter == f"election-of-{mandate.seat.partition('@')[0]}"
    )  # fmt: skip


def _is_dead(state: State, mandate: Mandate, day: str) -> bool:
    person = state.persons.get(mandate.person)
    return person is not None and person.is_dead_on(day)


def next_vacancy(state: State, edition: str, seat: str, body: str, today: str) -> str:
    """The day on which seats fall vacant next: today where some are, else the first end ahead; "" where none is in sight."""
    if vacant_count(state, edition, seat, body, today) != 0:
        return today
    block = state.rulebook(edition).seat(seat)
    if block is None:
        return ""
    ends = {
        end
        for mandate in mandates_filled_by(state, block, seat, body)
        for end in (mandate.until, mandate.ended_on)
        if end > today
    }
    return next((end for end in sorted(ends) if vacant_count(state, edition, seat, body, end)), "")
