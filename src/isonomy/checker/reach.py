"""Reach: what a single seat, wholly in one hand, comes to decide by making others.

Lives here: the fixpoint from one body or office. Not here: coalitions and their numbers (`least`).

Invariant: as in `control`; the one hand counts nobody but those whom the seat makes, alone or through others it has made.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.checker.control import Growth, Held, grow
from isonomy.checker.making import Making
from isonomy.checker.model import ALL_MEMBERS, Model
from isonomy.checker.spread import Spread


@dataclass(slots=True)
class Reach:
    """What follows from holding one seat whole."""

    model: Model
    name: str
    growth: Growth

    def decides(self, name: str) -> bool:
        """Whether whoever holds the seat decides for another one: holds the office, carries the body, in every unit."""
        return self.round_of(name) is not None

    def round_of(self, name: str) -> int | None:
        """From which round on; None where never."""
        seat = self.model.classes.get(name)
        if seat is None:
            return None
        if name == self.name:
            return 0
        rounds = [self.growth.first_round(seat, scope) for scope in range(1 if seat.chain else 0, seat.depth + 1)]
        return None if None in rounds or not rounds else max(found for found in rounds if found is not None)

    def seats_in(self, name: str) -> int:
        """How many seats of a body it fills, at the end."""
        seat = self.model.classes[name]
        return self.growth.look(name, seat.depth)


def may_reach(model: Model, name: str, other: str) -> bool:
    """Whether any road of makings leads from one seat to another: without one, its reach need not be asked for."""
    if name == other:
        return True
    made_by = model.made_by
    if not made_by:
        for source, names in Making(model, Spread(0)).dependents.items():
            for made in names:
                made_by.setdefault(made, set()).add(source)
    seen, waiting = {other}, [other]
    while waiting:
        for source in made_by.get(waiting.pop(), ()):
            if source == name:
                return True
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return False


def reach_of(model: Model, name: str) -> Reach:
    """The reach of a body or office of the model, held in every unit where it stands."""
    seat = model.classes[name]
    touched = tuple(model.units_each(kind) for kind in model.home_chain)
    making = Making(model, Spread(0, 0, touched))
    seeds: Held = {} if seat.way == ALL_MEMBERS else {(name, scope): seat.size for scope in range(seat.depth + 1)}
    return Reach(model, name, grow(making, seeds))
