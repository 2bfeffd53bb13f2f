"""Interchangeable seats: bodies and offices written out one by one that differ in nothing but their names.

Lives here: sorting the classes of a model into kinds of the same shape and the same neighbours. Not here: units of one kind,
which are one class from the beginning (`model`).

Invariant: two seats of one kind differ in no fact of their own and, as far as `DEPTH` steps away, in none of those that make them
or that they make. It is used to try and to tell together what is alike; every result is checked on the seats themselves.
"""

from __future__ import annotations

from isonomy.checker.making import sources_of
from isonomy.checker.model import Model, SeatClass

DEPTH = 6


def _own(model: Model, seat: SeatClass) -> tuple[object, ...]:
    block = seat.block
    removal = block.removable if block is not None else None
    choice = seat.choice
    filled = seat.filled
    return (
        seat.is_body, seat.chain, seat.size, seat.way, str(block.term) if block is not None else "",
        str(removal.majority) if removal is not None else "", seat.name == (model.supreme.name if model.supreme else ""),
        (choice.counting, choice.is_secret, choice.settled, len(choice.nominators)) if choice is not None else (),
        filled.seats_each if filled is not None else 0,
    )  # fmt: skip


def kinds_of(model: Model) -> dict[str, int]:
    """For each class the number of its kind; those with the same number are interchangeable."""
    sources = {name: sources_of(model, seat) for name, seat in model.classes.items()}
    makes: dict[str, list[str]] = {}
    for name, found in sources.items():
        for source in found:
            makes.setdefault(source, []).append(name)
    colour = _numbered({name: _own(model, seat) for name, seat in model.classes.items()})
    for _ in range(DEPTH):
        signs: dict[str, tuple[object, ...]] = {}
        for name in model.classes:
            made = frozenset(colour[other] for other in makes.get(name, ()))
            signs[name] = (colour[name], tuple(colour[other] for other in sources[name]), made)
        finer = _numbered(signs)
        if len(set(finer.values())) == len(set(colour.values())):
            break
        colour = finer
    return colour


def _numbered(signs: dict[str, tuple[object, ...]]) -> dict[str, int]:
    numbers: dict[tuple[object, ...], int] = {}
    return {name: numbers.setdefault(sign, len(numbers)) for name, sign in signs.items()}
