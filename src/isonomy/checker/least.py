"""The least coalition: how few persons come to carry the supreme body and keep it, and where they must sit at the start.

Lives here: the search over numbers of persons, their spread over units and the seats they begin with. Not here: the fixpoints
(`control`), what follows for a finding (`capture`).

Invariant: more persons never reach less, so that halving finds the least number for each way of spreading; interchangeable
units are told apart only as touched and untouched. Where spreads mix (some units touched by one person, others by more) the
number found is an upper bound (docs/spec/checking.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from isonomy.checker.classes import kinds_of
from isonomy.checker.control import Growth, Held, everything, grow, kept
from isonomy.checker.counts import PROPORTIONAL, least_to_carry
from isonomy.checker.making import Key, Making
from isonomy.checker.model import ALL_MEMBERS, Model, SeatClass, provisions_of
from isonomy.checker.settings import Enough
from isonomy.checker.spread import Spread, spreads_of
from isonomy.rulebook.model import Body, Majority

RENEWS, AMENDS = "renews itself", "amends while it lasts"
"""The two ways of keeping what was taken: every seat is filled anew by seats that are held, or the rules are changed in time."""
SPREADS_MAX = 4096


@dataclass(slots=True)
class Hold:
    """A coalition that comes to carry the supreme body: its spread, its seats at the start, how it grew, what it keeps."""

    spread: Spread
    seeds: Held
    growth: Growth
    keeps: Held
    way: str
    rounds: int
    persons: int


def carries_body(
    making: Making, body: SeatClass, held: Callable[[str, int], int], majority: Majority | None = None
) -> bool:
    """Whether the coalition carries a body at the top against all its other members."""
    return making.decides(body, 0, held, majority)


def try_hold(model: Model, spread: Spread, seeds: Held | None = None) -> Hold | None:
    """Whether so many persons, spread so, come to carry the supreme body and keep it; None where they do not.

    `seeds` are the seats they begin with (None: all that they may hold at once).
    """
    body = model.supreme
    if body is None:
        return None
    model.tried += 1
    progress = model.settings.progress
    if progress is not None and not progress("coalitions", model.tried):
        raise Enough("interrupted")
    making = Making(model, spread)
    start = everything(making) if seeds is None else seeds
    growth = grow(making, start)
    if not carries_body(making, body, growth.look):
        return None
    keeps = kept(making, growth.held)
    reached = growth.first_round(body)
    if carries_body(making, body, lambda name, scope: keeps.get((name, scope), 0)):
        return Hold(spread, start, growth, keeps, RENEWS, reached or 0, persons_for(model, making, start))
    return _by_amendment(model, spread, making, start if seeds is not None else None)


def _by_amendment(model: Model, spread: Spread, making: Making, seeds: Held | None) -> Hold | None:
    """Whether office holders alone, without a seat in any body, come to carry an amendment while their offices last."""
    body, amendment = model.supreme, model.rulebook.amendment()
    if body is None or amendment is None or amendment.by != body.name:
        return None
    supreme = body.filled
    inside = (
        set(supreme.offices) if supreme is not None else set()
    )  # whoever sits in the body by office has a seat in it
    offices = [name for name, seat in model.classes.items() if not seat.is_body and name not in inside]
    start = (
        everything(making, offices) if seeds is None else {key: n for key, n in seeds.items() if key[0] in set(offices)}
    )
    if not start:
        return None
    growth = grow(making, start)
    majority = amendment.protected_majority or amendment.majority
    if not (carries_body(making, body, growth.look) and carries_body(making, body, growth.look, majority)):
        return None
    alone = grow(making, {})
    if carries_body(making, body, alone.look):
        return None  # by votes of members alone: no office was needed
    return Hold(
        spread, start, growth, growth.held, AMENDS, growth.first_round(body) or 0, persons_for(model, making, start)
    )


# -- how persons are spread --------------------------------------------------------------------------------


def shapes(model: Model) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The ways of spreading persons that are tried: so many in each touched home, so many touched units within each around."""
    chain = model.home_chain
    if not chain:
        yield 0, ()
        return
    homes = {1, *_thresholds(model, model.settings.members, chain)}
    inner = []
    for level in range(1, len(chain)):
        each = model.units_each(chain[level])
        inner.append(sorted({1, *_needed_units(model, chain[:level], chain[level])} & set(range(1, each + 1))))
    for count, shape in enumerate(product(sorted(homes), *inner)):
        if count >= SPREADS_MAX:
            return
        yield shape[0], shape[1:]


def _thresholds(model: Model, members: int, chain: tuple[str, ...]) -> set[int]:
    """The numbers of persons that carry a body of all members of one home, or win a seat in it."""
    found = set()
    for seat in model.classes.values():
        if seat.chain == chain and seat.way == ALL_MEMBERS and isinstance(seat.block, Body):
            found.add(least_to_carry(members, seat.block.majority, seat.block.quorum) or members)
            found.add(least_to_carry(members, None, None) or members)
    for seat in model.classes.values():
        if seat.choice is not None and seat.choice.counting in PROPORTIONAL:
            seats = seat.filled.seats_each if seat.filled is not None and seat.filled.seats_each else seat.size
            found |= {number * members // (seats + 1) + 1 for number in range(1, seats + 1)}
    return {number for number in found if 1 <= number <= members}


def _needed_units(model: Model, outer: tuple[str, ...], kind: str) -> set[int]:
    """The numbers of units of a kind whose delegates carry a body in one unit around them."""
    found = {model.units_each(kind) // 2 + 1}
    for seat in model.classes.values():
        filled = seat.filled
        if seat.chain != outer or filled is None or filled.unit_kind != kind or not isinstance(seat.block, Body):
            continue
        needed = least_to_carry(seat.size, seat.block.majority, seat.block.quorum)
        if needed is not None and filled.seats_each:
            found.add(-(-needed // filled.seats_each))
    return found


# -- the least number --------------------------------------------------------------------------------------


def votes_alone(model: Model, ceiling: int) -> int | None:
    """How few members carry the supreme body by their own votes, without an office: the measure of what is ordinary.

    Nominations count as open for it: what is ordinary is a matter of votes, not of who makes the paper.
    """
    return least_number(model, ceiling, lambda spread: _carries_by_votes(model, spread))


def _carries_by_votes(model: Model, spread: Spread) -> bool:
    body = model.supreme
    making = Making(model, spread, stands_freely=True)
    return body is not None and carries_body(making, body, grow(making, {}).look)


def least_hold(model: Model, ceiling: int) -> Hold | None:
    """The coalition of fewest persons that comes to carry the supreme body and keeps it; None where none up to `ceiling` does."""
    number = least_number(model, ceiling, lambda spread: try_hold(model, spread) is not None)
    if number is None:
        return None
    holds = [found for spread in all_spreads(model, number) if (found := try_hold(model, spread)) is not None]
    return min(
        (pared(model, found) for found in holds), key=lambda found: (found.persons, len(found.seeds), found.rounds)
    )


def all_spreads(model: Model, persons: int) -> Iterator[Spread]:
    """Every way of spreading so many persons that is tried."""
    for at_home, inner in shapes(model):
        yield spreads_of(model, persons, at_home, inner)


def least_number(model: Model, ceiling: int, reaches: Callable[[Spread], bool]) -> int | None:
    """The least number of persons for which some spread reaches; halved for each way of spreading."""
    best: int | None = None
    for at_home, inner in shapes(model):
        top = ceiling if best is None else best - 1
        if top < 1 or not reaches(spreads_of(model, top, at_home, inner)):
            continue
        low, high = 1, top
        while low < high:
            middle = (low + high) // 2
            if reaches(spreads_of(model, middle, at_home, inner)):
                high = middle
            else:
                low = middle + 1
        best = low
    return best


def pared(model: Model, hold: Hold) -> Hold:
    """The same hold with no seat at the start that it can do without: seats of bodies go first, offices of the top last."""
    needed = _behind(hold)
    seeds = {key: number for key, number in hold.seeds.items() if key[0] in needed}
    best = try_hold(model, hold.spread, seeds) or hold

    def weight(key: Key) -> tuple[bool, bool, int]:
        seat = model.classes[key[0]]
        return (not seat.is_body, not seat.depth, len(best.growth.making.dependents.get(key[0], ())))

    kinds = kinds_of(model)
    groups: dict[tuple[int, int], list[Key]] = {}
    for key in sorted(best.seeds, key=weight):
        groups.setdefault((kinds[key[0]], key[1]), []).append(key)
    for group in groups.values():
        best = _fewest_of(model, hold, best, group)
    return best


def _fewest_of(model: Model, hold: Hold, best: Hold, group: list[Key]) -> Hold:
    """The same hold with as few seats of a group of interchangeable ones as it needs: their number alone matters."""
    others = {key: number for key, number in best.seeds.items() if key not in set(group)}
    low, high, found = 0, len(group), best
    while low < high:
        middle = (low + high) // 2
        tried = try_hold(model, hold.spread, others | {key: best.seeds[key] for key in group[:middle]})
        if tried is not None and tried.way == hold.way:
            high, found = middle, tried
        else:
            low = middle + 1
    return found


def _behind(hold: Hold) -> set[str]:
    """The classes on which the supreme body's making rests, at any distance, and the supreme body."""
    making = hold.growth.making
    body = making.model.supreme
    assert body is not None
    sources: dict[str, set[str]] = {}
    for source, names in making.dependents.items():
        for name in names:
            sources.setdefault(name, set()).add(source)
    found, waiting = {body.name}, [body.name]
    while waiting:
        for source in sources.get(waiting.pop(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found


# -- persons, not seats ------------------------------------------------------------------------------------


def persons_for(model: Model, making: Making, seeds: Held) -> int:
    """How many persons hold these seats at the start: as many as the spread has, or more where clauses keep seats apart.

    Seats that nobody holds together and the greatest number of seats for one person are read from the blocks `limits` and
    `accumulation`; persons are then given seats one after another, fewest persons first tried (exact up to twelve seats).
    """
    apart = apart_in(model)
    most = most_seats(model)
    names = [name for (name, _), number in seeds.items() for _ in range(number)]
    if not apart and most is None:
        return making.spread.persons
    least = making.spread.persons
    if most is not None:
        least = max(least, -(-len(names) // most))
    distinct = list(dict.fromkeys(names))
    for size in range(len(distinct), 1, -1):
        if len(distinct) <= 12 and any(
            all(frozenset(pair) in apart for pair in combinations(group, 2)) for group in combinations(distinct, size)
        ):
            return max(least, size)
    return least


def apart_in(model: Model) -> frozenset[frozenset[str]]:
    """The pairs of seats that nobody holds together."""
    found = set()
    for rule in provisions_of(model.rulebook, "limits"):
        for other in rule.not_with:
            found.add(frozenset((rule.seat, other)))
    return frozenset(pair for pair in found if len(pair) == 2)


def most_seats(model: Model) -> int | None:
    """How many seats one person may hold at one time; None where no clause counts them all together."""
    found = [rule.at_most for rule in provisions_of(model.rulebook, "accumulation") if not rule.across]
    return min(found) if found else None
