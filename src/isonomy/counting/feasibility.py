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
from operator import itemgetter, le

from isonomy.counting.values import value

STATES_MAX = 100_000
"""So many states are kept at most; constraints that could need more are refused before the count."""

KEPT_MAX = 10_000
"""So many answers are kept, to be given again."""

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


NOBODY_BOUND = Prospects(frozenset(), frozenset())


def _is_free(count: int, taken: tuple[int, ...]) -> bool:
    """Whether some choices take fewer than all of a class, and some take one."""
    return not count or (min(taken) < count and max(taken) > 0)


@value
class _Plan:
    """Seats left, how many of each class are open; of each group what it needs, its room, up to where it is counted."""

    free: int
    counts: list[int]
    needs: list[int]
    rooms: list[int]
    caps: list[int]


class Feasibility:
    """The test for one election: its groups and the classes of its candidates, in a fixed order."""

    def __init__(self, groups: Sequence[Bounds], options: Collection[int], seats: int) -> None:
        self.groups = tuple(groups)
        self.seats = seats
        self._found: dict[object, bool] = {}
        # Choices found last, while nobody more is elected: where they show that nobody is bound, nothing is tried.
        self._elected: frozenset[int] = frozenset()
        self._examples: list[list[int]] = []
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

    def can_fill(self, elected: Collection[int], open_to: Collection[int], only: Collection[int] | None = None) -> bool:
        """Whether some choice of open candidates fills the seats left and meets every number.

        With `only` the groups at these places count, the others are passed over.
        """
        open_set = set(open_to)
        key = (*self._figures(elected, open_set), None if only is None else tuple(sorted(only)))
        found = self._found.get(key)
        if found is None:
            plan = self._plan(elected, open_set, only)
            found = plan is not None and bool(self._forward(plan)[-1])
            if len(self._found) >= KEPT_MAX:
                self._found.clear()
            self._found[key] = found
        return found

    def prospects(self, elected: Collection[int], open_to: Collection[int]) -> Prospects | None:
        """Who must and who cannot be elected with those elected already; None when the numbers cannot be met."""
        open_set = set(open_to)
        plan = self._plan(elected, open_set, None)
        if plan is None:
            return None
        if self._elected != frozenset(elected):
            self._elected, self._examples = frozenset(elected), []
        self._examples = [one for one in self._examples if all(map(le, one, plan.counts))]
        if self._examples and all(map(_is_free, plan.counts, zip(*self._examples, strict=True))):
            return NOBODY_BOUND
        layers = self._forward(plan)
        if not layers[-1]:
            return None
        guarded: list[int] = []
        doomed: list[int] = []
        viable: list[Collection[State]] = [()] * len(self.classes) + [layers[-1]]
        seen: list[tuple[int, State, int, State]] = []
        for number in range(len(self.classes) - 1, -1, -1):
            taken_by = {
                (state, taken): onward
                for state in layers[number]
                for taken, onward in enumerate(self._onward(state, number, plan))
                if onward in viable[number + 1]
            }
            viable[number] = {state for state, _ in taken_by}
            ends = [pick(taken_by, key=itemgetter(1)) for pick in (min, max)]
            fewest, most = ends[0][1], ends[1][1]
            seen += [(number, *end, taken_by[end]) for end in ends]  # type: ignore[misc]
            if plan.counts[number] and (fewest == plan.counts[number] or most == 0):
                fate = guarded if most else doomed
                fate.extend(option for option in self.classes[number][1] if option in open_set)
        self._examples = [self._example(layers, viable, plan, *one) for one in seen]
        return Prospects(frozenset(guarded), frozenset(doomed))

    def _example(
        self,
        layers: list[dict[State, tuple[State, int]]],
        viable: list[Collection[State]],
        plan: _Plan,
        number: int,
        state: State,
        taken: int,
        onward: State,
    ) -> list[int]:
        """A choice, as a number for each class, in which so many of one class are taken at that state."""
        found = [taken]
        for layer in layers[number:0:-1]:
            state, before = layer[state]
            found.insert(0, before)
        for later in range(number + 1, len(self.classes)):
            ways = enumerate(self._onward(onward, later, plan))
            more, following = next((n, end) for n, end in ways if end in viable[later + 1])
            assert following is not None, "what is viable goes on to the end"
            found.append(more)
            onward = following
        return found

    def _figures(self, elected: Collection[int], open_set: set[int]) -> tuple[object, ...]:
        """What alone the answer depends on: seats left, how many each group has, how many of each class are open."""
        held = tuple(sum(option in group.members for option in elected) for group in self.groups)
        return self.seats - len(elected), held, tuple(len(open_set.intersection(some)) for _, some in self.classes)

    def _plan(self, elected: Collection[int], open_set: set[int], only: Collection[int] | None) -> _Plan | None:
        """What each group still needs, its room, and up to where it is counted; None where a number is out of reach."""
        free = self.seats - len(elected)
        needs: list[int] = []
        rooms: list[int] = []
        caps: list[int] = []
        for place, group in enumerate(self.groups):
            held = sum(option in group.members for option in elected)
            need, room = max(0, group.at_least - held), free if group.at_most is None else group.at_most - held
            if only is not None and place not in only:
                need, room = 0, free
            possible = min(free, len(group.members & open_set))
            if need > possible or room < 0:
                return None
            needs.append(need)
            rooms.append(min(room, free))
            caps.append(need if room >= possible else room)
        if free < 0:
            return None
        counts = [len(open_set.intersection(members)) for _, members in self.classes]
        return _Plan(free, counts, needs, rooms, caps)

    def _forward(self, plan: _Plan) -> list[dict[State, tuple[State, int]]]:
        """The states before each class and after the last one, each with one from which it follows and what is taken."""
        first: State = (plan.free, *([0] * len(self.groups)))
        layers: list[dict[State, tuple[State, int]]] = [{first: (first, 0)}]
        rest = sum(plan.counts)
        for number, count in enumerate(plan.counts):
            rest -= count
            layers.append(
                {
                    onward: (state, taken)
                    for state in layers[-1]
                    for taken, onward in enumerate(self._onward(state, number, plan))
                    if onward is not None and onward[0] <= rest
                }
            )
        return layers

    def _onward(self, state: State, number: int, plan: _Plan) -> list[State | None]:
        """The state after 0, 1, 2 ... of a class are elected, as many as may be; None where a group closes with too few."""
        mark, most = self.classes[number][0], min(plan.counts[number], state[0])
        caps = plan.caps
        for place in mark:
            most = min(most, plan.rooms[place] - state[place + 1])
        found: list[State | None] = []
        for taken in range(most + 1):
            made = list(state)
            made[0] -= taken
            for place in mark:
                made[place + 1] = min(made[place + 1] + taken, caps[place])
            is_short = False
            for place in self._closing[number]:
                is_short = is_short or made[place + 1] < plan.needs[place]
                made[place + 1] = 0
            found.append(None if is_short else tuple(made))
        return found
