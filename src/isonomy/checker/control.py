"""Who can make whom: the fixpoint of what a coalition comes to hold, and what of it renews itself.

Lives here: the least fixpoint with rounds (`grow`), the greatest one below it (`kept`), all that may be held at the start. Not
here: one step of making (`making`), which coalition is least (`least`), others who resist (`vigilance`).

Invariant: growing ends, and so does keeping, because a step is monotone; what is kept is filled anew, term after term, by seats
that are kept or by the coalition's own membership.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from isonomy.checker.making import Key, Making
from isonomy.checker.model import ALL_MEMBERS, SeatClass
from isonomy.checker.settings import Enough

Held = dict[Key, int]
"""How many seats of each class and scope are held."""


@dataclass(frozen=True, slots=True)
class Gain:
    """One step of growth: in which round a class comes from how many seats to how many in each unit of a scope, in which way,
    by which seats."""

    round: int
    name: str
    scope: int
    before: int
    after: int
    way: str
    sources: tuple[str, ...]
    votes: tuple[int, int] | None = None


@dataclass(slots=True)
class Growth:
    """What growing gave: seats held at the end, and the gains in the order of rounds."""

    making: Making
    held: Held
    gains: list[Gain]
    history: dict[Key, list[tuple[int, int]]]

    def at(self, name: str, scope: int, round: int) -> int:
        """How many seats were held by the end of a round."""
        found = 0
        for when, value in self.history.get((name, scope), ()):
            if when > round:
                break
            found = value
        return found

    def look(self, name: str, scope: int) -> int:
        """How many seats are held at the end."""
        return self.held.get((name, scope), 0)

    def first_round(self, seat: SeatClass, scope: int = 0) -> int | None:
        """In which round the coalition first decides for a class; None where it never does."""
        rule = self.making.credentials.get(seat.name)
        panel: list[tuple[int, int]] = self.history.get((rule.panel, 0), []) if rule is not None else []
        for when in sorted({int(found) for found, _ in (*self.history.get((seat.name, scope), ()), *panel)}):
            if self.making.decides(seat, scope, lambda name, at, when=when: self.at(name, at, when)):  # type: ignore[misc]
                return when
        return None


def grow(making: Making, seeds: Mapping[Key, int]) -> Growth:
    """The least fixpoint: from the seats held at the start, everything the coalition can fill, with the round of each gain.

    Each class that another makes is looked at again when its sources grow; a class grows at most as often as it has seats.
    Raises `Enough` when seats were looked at more often than the settings allow.
    """
    held: Held = {}
    history: dict[Key, list[tuple[int, int]]] = {}
    growth = Growth(making, held, [], history)
    waiting: list[tuple[int, str]] = []
    queued: set[tuple[int, str]] = set()

    def wake(name: str, round: int) -> None:
        for dependent in making.dependents.get(name, ()):
            entry = (round + making.leads[dependent], dependent)
            if entry not in queued:
                queued.add(entry)
                heapq.heappush(waiting, entry)

    classes = making.model.classes
    members = [(name, scope) for name in making.model.assemblies for scope in making.scopes(classes[name])]
    for name, scope in dict.fromkeys((*members, *seeds)):
        start = max(making.base(classes[name], scope), min(seeds.get((name, scope), 0), classes[name].size))
        if start:
            held[(name, scope)] = start
            history[(name, scope)] = [(0, start)]
            wake(name, 0)
    looks = 0
    while waiting:
        if looks > making.model.settings.states:
            raise Enough(f"seats were looked at more than {making.model.settings.states} times")
        round, name = heapq.heappop(waiting)
        queued.discard((round, name))
        seat = making.model.classes[name]
        since = round - making.leads[name]
        grown = False
        for scope in making.scopes(seat):
            looks += 1
            before = held.get((name, scope), 0)
            made, way, sources = making.make(seat, scope, lambda other, at, when=since: growth.at(other, at, when))  # type: ignore[misc]
            if made <= before:
                continue
            held[(name, scope)] = made
            history.setdefault((name, scope), []).append((round, made))
            growth.gains.append(Gain(round, name, scope, before, made, way, sources))
            grown = True
        if grown:
            wake(name, round)
    return growth


def kept(making: Making, held: Mapping[Key, int]) -> Held:
    """The greatest fixpoint below what is held: what is filled anew when every term has run out.

    A class keeps no more seats than those it is filled with by seats that are kept themselves, or by membership.
    """
    now: Held = {key: value for key, value in held.items() if value}

    def look(name: str, scope: int) -> int:
        return now.get((name, scope), 0)

    waiting = list({name for name, _ in now})
    queued = set(waiting)
    while waiting:
        name = waiting.pop()
        queued.discard(name)
        seat = making.model.classes[name]
        fell = False
        for scope in making.scopes(seat):
            before = now.get((name, scope), 0)
            if not before:
                continue
            made = max(making.make(seat, scope, look)[0], making.base(seat, scope))
            if made < before:
                now[(name, scope)] = made
                fell = True
        if fell:
            for dependent in making.dependents.get(name, ()):
                if dependent not in queued:
                    queued.add(dependent)
                    waiting.append(dependent)
    return {key: value for key, value in now.items() if value}


def everything(making: Making, names: Iterable[str] | None = None) -> Held:
    """All the seats that the core persons may hold at once at the start; of some classes only where `names` are given."""
    chosen = set(names) if names is not None else None
    found: Held = {}
    for name, seat in making.model.classes.items():
        if chosen is not None and name not in chosen:
            continue
        for scope in making.scopes(seat):
            seats = making.at_start(seat, scope)
            if seats and seat.way != ALL_MEMBERS:
                found[(name, scope)] = seats
    return found
