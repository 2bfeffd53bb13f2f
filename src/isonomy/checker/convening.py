"""Convening: how soon others can make a body meet without the coalition, and whether the coalition can keep it from meeting.

Lives here: the ways in which a body comes together, in rounds of real calendar time, for either side. Not here: what is decided
at the meeting (`vigilance`), whether anybody is obliged to call (`structure`).

Invariant: a body that a clause calls by right on its own recurrence meets whether or not anybody wants it. A demand counts only
where the demanders are enough without the coalition, and whoever owes the call takes all the time that the clause leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.checker.counts import blocks, days_of, demands, is_quorum
from isonomy.checker.making import Look, Making, rounds_of
from isonomy.checker.model import ALL_MEMBERS, Model, SeatClass
from isonomy.rulebook.model import MEMBERS, Body, Demand

BY_RIGHT, ON_CALL, ON_DEMAND = "by right", "on call", "on demand"


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which others convene a body: how, after how many days, on whose call."""

    how: str
    days: int
    by: str = ""


def period_days(body: Body) -> int | None:
    """How many days lie between two meetings by right; None where it does not meet by right."""
    return days_of(body.meets.by_right.interval) if body.meets.by_right is not None else None


def ways_of_others(
    making: Making, seat: SeatClass, scope: int, look: Look, seen: frozenset[str] = frozenset()
) -> list[Way]:
    """The ways in which others bring a body together without the coalition's consent, soonest first.

    `look` says what the coalition holds when they begin. `seen` are bodies whose call is being asked for already.
    """
    body = seat.block
    if not isinstance(body, Body) or not can_sit(making, seat, scope, look):
        return []
    notice = days_of(body.notice)
    found: list[Way] = []
    period = period_days(body)
    if period is not None:
        found.append(Way(BY_RIGHT, period))
    for name in body.meets.on_call_of:
        days = _call(making, seat, scope, look, name, seen | {seat.name})
        if days is not None:
            found.append(Way(ON_CALL, days + notice, name))
    for demand in body.meets.on_demand:
        if others_demand(making, seat, scope, look, demand):
            days = _days_of_demand(making, seat, scope, look, body, demand)
            if days is not None:
                found.append(Way(ON_DEMAND, days, demand.of))
    return sorted(found, key=lambda way: way.days)


def can_sit(making: Making, seat: SeatClass, scope: int, look: Look) -> bool:
    """Whether the others alone are a quorum, should the coalition stay away."""
    body = seat.block
    quorum = body.quorum if isinstance(body, Body) else None
    return is_quorum(seat.size - min(seat.size, look(seat.name, scope)), seat.size, quorum)


def _call(making: Making, seat: SeatClass, scope: int, look: Look, caller: str, seen: frozenset[str]) -> int | None:
    """In how many days a seat that may call does so for the others; None where it is the coalition's."""
    source = making.model.classes.get(caller)
    at = making.beside(source, seat, scope) if source is not None else None
    if source is None or at is None or caller in seen:
        return None
    if not source.is_body:
        return None if look(caller, at) else 0
    block = source.block
    votes = look(caller, at)
    if isinstance(block, Body) and blocks(votes, source.size, block.majority, block.quorum):
        return None
    ways = ways_of_others(making, source, at, look, seen)
    return ways[0].days if ways else None


def others_demand(making: Making, seat: SeatClass, scope: int, look: Look, demand: Demand) -> bool:
    """Whether those who demand are enough without the coalition."""
    model = making.model
    if demand.of in model.rulebook.units:
        whole = model.units_within((), demand.of)
        speaking = sum(
            number
            for inner, number in making.spread.units_in_scope(model, (), 0, demand.of)
            if _unit_speaks(making, demand.of, inner, look)
        )
        return demands(speaking, whole, demand.quantity)
    if demand.of == MEMBERS:
        whole = model.members_within(seat.chain) if seat.chain else model.members
        own = making.spread.persons_within(model, seat.chain) if scope == seat.depth else 0
        return demands(whole - own, whole, demand.quantity)
    source = model.classes.get(demand.of)
    if source is None:
        return False
    at = making.beside(source, seat, scope)
    votes = look(source.name, at) if at is not None else 0
    return demands(source.size - min(source.size, votes), source.size, demand.quantity)


def _unit_speaks(making: Making, kind: str, scope: int, look: Look) -> bool:
    """Whether a unit joins a demand of the others: its office is theirs, or a body of it is and can meet."""
    for name, seat in making.model.classes.items():
        if not seat.chain or seat.chain[-1] != kind:
            continue
        at = min(scope, seat.depth)
        votes = look(name, at)
        if not seat.is_body:
            if not votes:
                return True
            continue
        block = seat.block
        theirs = isinstance(block, Body) and not blocks(votes, seat.size, block.majority, block.quorum)
        if theirs and (seat.way == ALL_MEMBERS or ways_of_others(making, seat, at, look)):
            return True
    return False


def _days_of_demand(making: Making, seat: SeatClass, scope: int, look: Look, body: Body, demand: Demand) -> int | None:
    """By when a demanded meeting is held at the latest; None where the clause sets nobody a time."""
    notice = days_of(body.notice)
    if demand.held_within is not None:
        return max(days_of(demand.held_within), notice)
    if demand.called_within is not None:
        return days_of(demand.called_within) + notice
    alone = frozenset({seat.name})
    willing = any(_call(making, seat, scope, look, name, alone) is not None for name in body.meets.on_call_of)
    return notice if willing else None


def round_of(model: Model, days: int) -> int:
    """The round in which something so many days off happens."""
    return rounds_of(days, model.settings.round_days)


@dataclass(frozen=True, slots=True)
class Silence:
    """That a coalition keeps a body from meeting: which seats it needs, and why nobody else convenes it."""

    seats: tuple[str, ...]
    persons: int
    why: str


def silence_of(making: Making, seat: SeatClass, look: Look) -> str:
    """Why others cannot bring a body at the top together while the coalition holds what it holds; "" where they can."""
    body = seat.block
    if not isinstance(body, Body) or ways_of_others(making, seat, 0, look):
        return ""
    if not can_sit(making, seat, 0, look):
        return "the others alone are no quorum"
    if not body.meets.on_call_of and not body.meets.on_demand:
        return "no clause lets anybody call it, and it does not meet by right"
    if body.meets.on_demand:
        return "whoever may call it is the coalition's, and a demand binds nobody to a day or asks more than the others are"
    return "it meets only on call, and all who may call it are the coalition's"
