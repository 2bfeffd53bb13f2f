"""Feasibility: whether the seats left can be filled so that every group gets its numbers, decided exactly.

Lives here: the test over classes of candidates who are in the same groups. Not here: what follows for a count
(`limits`), how constraints are written (`constraint`).

Candidates in the same groups are alike for the test, so a choice is a number for each class. The classes are
taken one by one; kept are the different states that can arise: how many seats are left, and how many each group
has so far, of the groups that further classes are still in. When every candidate is in one group at most, the
states are few; with several overlapping categories they multiply. The bound is stated: `STATES_MAX`, counted
before the first ballot, and a count never has more later, since seats, candidates and numbers only sink.

Invariant: exact; no local test stands in for it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from isonomy.counting.values import value

STATES_MAX = 100_000
"""So many states are kept at most; constraints that could need more are refused before the count."""

State = tuple[int, ...]
"""Seats left, then how many each group has so far; 0 for groups that are closed or need no counting."""


@value
class Bounds:
    """A group in numbers: its members, how many of them at least and at most (None: no limit)."""

    members: frozenset[int]
    at_least: int
    at_most: int | None


@value
class Prospects:
    """Of the candidates still open: who is in every choice that meets all numbers, and who is in none."""

    guarded: frozenset[int]
    doomed: frozenset[int]


class Feasibility:
    """The test for one election: its groups and the classes of its candidates, in a fixed order."""

    def __init__(self, groups: Sequence[Bounds], options: Collection[int], seats: int) -> None:
        self.groups = tuple(groups)
        self.seats = seats
        classes: dict[tuple[int, ...], list[int]] = {}
        for option in sorted(options):
            mark = tuple(place for place, group in enumerate(self.groups) if option in group.members)
            classes.setdefault(mark, []).append(option)
        self._caps = [self._cap(group, options) for group in self.groups]
        self.classes = self._ordered(classes)
        last = {place: number for number, (mark, _) in enumerate(self.classes) for place in mark}
        self._closing = [[p for p in mark if last[p] == number] for number, (mark, _) in enumerate(self.classes)]

    def _cap(self, group: Bounds, options: Collection[int]) -> int:
        most = group.at_least if group.at_most is None else group.at_most
        return min(most, self.seats, len(group.members & set(options)))

    def _ordered(self, classes: dict[tuple[int, ...], list[int]]) -> list[tuple[tuple[int, ...], list[int]]]:
        """The classes in an order in which few groups are open at a time; `states` is the sum of their states."""
        waiting = {place: sum(place in mark for mark in classes) for place in range(len(self.groups))}
        left, is_open = dict(classes), set[int]()
        ordered: list[tuple[tuple[int, ...], list[int]]] = []
        self.states = 0

        def width(mark: tuple[int, ...]) -> int:
            after = (is_open | set(mark)) - {place for place in mark if waiting[place] == 1}
            found = self.seats + 1
            for place in after:
                found *= self._caps[place] + 1
            return found

        while left:
            mark = min(left, key=lambda mark: (width(mark), mark))
            self.states += width(mark)
            for place in mark:
                waiting[place] -= 1
                (is_open.discard if waiting[place] == 0 else is_open.add)(place)
            ordered.append((mark, left.pop(mark)))
        return ordered

    def prospects(
        self, elected: Collection[int], open_to: Collection[int], only: Collection[int] | None = None
    ) -> Prospects | None:
        """Who must and who cannot be elected with those elected already; None when the numbers cannot be met.

        With `only` the groups at these places count, the others are passed over.
        """
        free = self.seats - len(elected)
        open_set = set(open_to)
        counts = [sum(option in open_set for option in members) for _, members in self.classes]
        plan = self._plan(elected, open_set, free, only)
        if plan is None or free < 0:
            return None
        needs, rooms, caps = plan
        layers: list[set[State]] = [{(free, *([0] * len(self.groups)))}]
        rest = sum(counts)
        for number, (mark, _) in enumerate(self.classes):
            rest -= counts[number]
            layers.append(
                {
                    onward
                    for state in layers[-1]
                    for taken in range(min(counts[number], state[0]) + 1)
                    if (onward := self._onward(state, taken, number, mark, needs, rooms, caps)) is not None
                    and onward[0] <= rest
                }
            )
        viable = layers[-1]
        if not viable:
            return None
        guarded: set[int] = set()
        doomed: set[int] = set()
        for number in range(len(self.classes) - 1, -1, -1):
            mark, members = self.classes[number]
            here, taken_counts = set[State](), set[int]()
            for state in layers[number]:
                for taken in range(min(counts[number], state[0]) + 1):
                    if self._onward(state, taken, number, mark, needs, rooms, caps) in viable:
                        here.add(state)
                        taken_counts.add(taken)
            viable = here
            if counts[number]:
                standing = [option for option in members if option in open_set]
                guarded.update(standing if min(taken_counts) == counts[number] else ())
                doomed.update(standing if max(taken_counts) == 0 else ())
        return Prospects(frozenset(guarded), frozenset(doomed))

    def _plan(
        self, elected: Collection[int], open_set: set[int], free: int, only: Collection[int] | None
    ) -> tuple[list[int], list[int | None], list[int]] | None:
        """For each group what it still needs, its room (None: more than can be taken) and up to where it is counted."""
        needs: list[int] = []
        rooms: list[int | None] = []
        caps: list[int] = []
        for place, group in enumerate(self.groups):
            held = sum(option in group.members for option in elected)
            need, room = max(0, group.at_least - held), None if group.at_most is None else group.at_most - held
            if only is not None and place not in only:
                need, room = 0, None
            possible = min(free, len(group.members & open_set))
            if need > possible or (room is not None and room < 0):
                return None
            if room is not None and room >= possible:
                room = None
            needs.append(need)
            rooms.append(room)
            caps.append(need if room is None else room)
        return needs, rooms, caps

    def _onward(
        self,
        state: State,
        taken: int,
        number: int,
        mark: tuple[int, ...],
        needs: list[int],
        rooms: list[int | None],
        caps: list[int],
    ) -> State | None:
        """The state after so many of a class are elected; None when a group then has too many, or closes with too few."""
        made = list(state)
        made[0] -= taken
        for place in mark:
            found = made[place + 1] + taken
            room = rooms[place]
            if room is not None and found > room:
                return None
            made[place + 1] = min(found, caps[place])
        for place in self._closing[number]:
            if made[place + 1] < needs[place]:
                return None
            made[place + 1] = 0
        return tuple(made)
