"""Where the core persons of a coalition stand among interchangeable units, and how many units that leaves of each sort.

Lives here: the spread of persons over units, the scopes that follow from it, and the numbers of the units in a scope. Not here:
what is held in them (`control`).

Invariant: units are touched first to last, so that two spreads of the same numbers are one. Scope j of a chain of units is every
unit whose first j units around it are touched and whose next one is not; the last scope is the touched units themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from isonomy.checker.model import Model

UNITS_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class Spread:
    """So many core persons; `at_home` of them in each touched unit that members belong to, and for each kind around it so
    many touched units within each touched unit of the kind before."""

    persons: int
    at_home: int = 0
    touched: tuple[int, ...] = ()

    def touched_of(self, model: Model, kind: str) -> int:
        """How many units of a kind are touched within each touched unit around it."""
        chain = model.home_chain
        return self.touched[chain.index(kind)] if kind in chain and len(self.touched) == len(chain) else 0

    def persons_within(self, model: Model, chain: tuple[str, ...]) -> int:
        """How many core persons there are in a touched unit at the end of a chain (an empty chain: in all)."""
        if not chain:
            return self.persons
        home = model.home_chain
        if home[: len(chain)] != chain:
            return 0
        return min(self.persons, self.at_home * prod(self.touched[len(chain) :]))

    def units_in_scope(
        self, model: Model, outer: tuple[str, ...], outer_scope: int, kind: str
    ) -> list[tuple[int, int]]:
        """The units of a kind within one unit at the end of `outer`, itself of a scope: pairs of scope and number of units."""
        chain = model.chains.get(kind, (kind,))
        if chain[: len(outer)] != outer:
            return []
        inner = chain[len(outer) :]
        if outer_scope < len(outer):
            return [(outer_scope, model.units_within(outer, kind))]
        found = []
        reached = 1
        for step, each in enumerate(inner):
            touched = min(self.touched_of(model, each), model.units_each(each))
            rest = prod(model.units_each(other) for other in inner[step + 1 :])
            found.append((len(outer) + step, reached * (model.units_each(each) - touched) * rest))
            reached *= touched
        found.append((len(chain), reached))
        return [(scope, number) for scope, number in found if number]

    def numbers(self, model: Model, chain: tuple[str, ...], scope: int) -> tuple[int, ...]:
        """The units at the end of a chain that are of a scope, counted from 1 through the whole organisation."""
        return tuple(self._numbers(model, chain, scope))

    def _numbers(self, model: Model, chain: tuple[str, ...], scope: int) -> Iterator[int]:
        ranges = []
        for level, kind in enumerate(chain):
            each, touched = model.units_each(kind), min(self.touched_of(model, kind), model.units_each(kind))
            if level < scope:
                ranges.append(range(touched))
            elif level == scope:
                ranges.append(range(touched, each))
            else:
                ranges.append(range(each))
        for count, places in enumerate(product(*ranges)):
            if count >= UNITS_SHOWN:
                return
            number = 0
            for kind, place in zip(chain, places, strict=True):
                number = number * model.units_each(kind) + place
            yield number + 1


def spreads_of(model: Model, persons: int, at_home: int, inner: tuple[int, ...]) -> Spread:
    """So many persons, so many in each home, so many touched homes within each unit around (`inner`, outermost kind left out):
    as many outermost units as they fill."""
    chain = model.home_chain
    if not chain:
        return Spread(persons)
    each = at_home * prod(inner)
    top = min(model.units_each(chain[0]), persons // each) if each else 0
    return Spread(persons, at_home, (top, *inner))
