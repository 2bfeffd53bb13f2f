"""The beginning of a trace that a finder tells without one: which seats the coalition holds before its first act.

Lives here: the least seating from which the acts of a trace can be done. Not here: the seating of a capture, which the search
itself finds (`telling`), the organisation that is founded with it (`stage`).

Invariant: the coalition holds what its acts need and have not made yet, and nothing else: an office, so many of a body as carry
in it, or as block it where the act is that nobody calls.
"""

from __future__ import annotations

from math import prod

from isonomy.checker.counts import blocks, least_to_carry
from isonomy.checker.model import ALL_MEMBERS, BY_DELEGATION, EX_OFFICIO, Model, SeatClass
from isonomy.checker.moves import (
    AMEND,
    APPOINT,
    COALITION,
    COOPT,
    DELEGATE,
    ELECT,
    NOT_CALL,
    OPERATE,
    Held,
    Move,
    Seating,
)
from isonomy.checker.telling import seating_of_votes
from isonomy.rulebook.model import Body

MAKING = (APPOINT, ELECT, DELEGATE)
"""Acts that put the coalition's own into a seat, so that what acts from there later need not be held at the start."""


def seating_for(model: Model, moves: list[Move], others_seats: tuple[str, ...] = ()) -> Seating | None:
    """Who holds what when a trace begins; None where no seating lets the coalition do its first act.

    `others_seats` are seats beside those that act which the coalition holds, such as the callers it keeps silent.
    """
    needed: dict[str, tuple[int, tuple[int, ...]]] = {}
    made: set[str] = set()
    for move in moves:
        if move.side != COALITION or move.kind == OPERATE:
            continue
        for name in (move.actor, *others_seats):
            seat = model.classes.get(name)
            if seat is None or name in made:
                continue
            votes = _votes(model, seat, move)
            if votes is None:
                return None
            before = needed.get(name, (0, ()))
            needed[name] = (max(before[0], votes), before[1] or move.units)
        if move.kind in MAKING:
            made.add(move.on)
    return _held(model, needed)


def _votes(model: Model, seat: SeatClass, move: Move) -> int | None:
    """How many seats of an acting body the coalition needs for this act; 1 of an office."""
    block = seat.block
    if not isinstance(block, Body):
        return 1
    if move.votes is not None and move.actor == seat.name:
        return max(1, move.votes[0])
    if move.kind == NOT_CALL:
        found = range(1, seat.size + 1)
        return next((votes for votes in found if blocks(votes, seat.size, block.majority, block.quorum)), None)
    amendment = model.rulebook.amendment()
    if move.kind == AMEND and amendment is not None:
        return least_to_carry(seat.size, amendment.majority or block.majority, block.quorum)
    size = seat.size - move.count if move.kind == COOPT and move.on == seat.name else seat.size
    return least_to_carry(max(1, size), block.majority, block.quorum)


def _held(model: Model, needed: dict[str, tuple[int, tuple[int, ...]]]) -> Seating | None:
    """One coalition for all these seats: its first persons sit in each; they live where the units are that they come from."""
    persons = max((number for number, _ in needed.values()), default=0)
    if not persons:
        return None
    held: list[Held] = []
    homes: tuple[int, ...] = ()
    for name, (number, units) in needed.items():
        seat = model.classes[name]
        if seat.way in (ALL_MEMBERS, BY_DELEGATION) and not seat.chain:
            whole = seating_of_votes(model, name, number)
            homes = whole.homes if len(whole.homes) > len(homes) else homes
            held += whole.held
        elif seat.way == EX_OFFICIO and seat.filled is not None:
            offices, there = _offices(model, seat.filled.offices, number)
            held += offices
            homes = there if len(there) > len(homes) else homes
        elif seat.way != ALL_MEMBERS:
            everybody = tuple(range(1, number + 1))
            held += [Held(name, everybody, unit) for unit in (units or ((1,) if seat.chain else (0,)))]
    members = model.settings.members if model.home else model.settings.members_without_units
    if model.home and not homes:
        homes = tuple(number // members + 1 for number in range(persons))
    return Seating(persons, members, {kind: model.units_each(kind) for kind in model.chains}, tuple(held), homes)


def _offices(model: Model, offices: tuple[str, ...], number: int) -> tuple[list[Held], tuple[int, ...]]:
    """So many of the offices whose holders are a body: each in its own unit by a person who lives there."""
    held: list[Held] = []
    homes: list[int] = []
    for name in offices:
        seat = model.classes[name]
        units = range(1, prod(model.units_each(kind) for kind in seat.chain) + 1) if seat.chain else (0,)
        inner = prod(model.units_each(kind) for kind in model.home_chain[seat.depth :])
        for unit in units:
            if len(held) < number:
                held.append(Held(name, (len(held) + 1,), unit))
                homes.append((unit - 1) * inner + 1 if unit else 1)
    return held, tuple(homes) if model.home else ()
