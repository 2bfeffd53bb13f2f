"""The outcome for a rulebook: what the least coalition reaches, against whom, and whether there is a way back.

Lives here: putting the searches together and the verdict. Not here: the searches (`least`, `vigilance`, `convening`), findings
(`capture`).

Invariant: a coalition counts as small where it is fewer than the members who would carry the supreme body by their votes alone:
what any majority may do is no capture.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isonomy.checker.control import everything
from isonomy.checker.convening import can_sit, silence_of
from isonomy.checker.finding import CAPTURED, ENTRENCHED, MUTED, PASSIVE, REPELLED
from isonomy.checker.least import Hold, all_spreads, least_hold, least_number, try_hold, votes_alone
from isonomy.checker.making import Look, Making
from isonomy.checker.model import Model, model_of
from isonomy.checker.settings import Settings
from isonomy.checker.vigilance import Course, run
from isonomy.rulebook.model import Rulebook

VIGILANT_CLASSES_MAX = 200
"""Above so many classes of seats only the least coalition is tried against vigilant others."""
MANY = 4
"""One in so many members who stay away are no small coalition."""


@dataclass(slots=True)
class Mute:
    """That so many persons can keep the supreme body from meeting: with which seats, and why nobody else convenes it."""

    persons: int
    seats: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Outcome:
    """What was found out: the least hold, how few would carry by votes alone, the courses against vigilant others."""

    model: Model
    ordinary: int | None = None
    least: Hold | None = None
    hold: Hold | None = None
    """The least hold where it is of fewer persons than carry by votes alone."""
    vigilant: Course | None = None
    hastened: Course | None = None
    recovery: Course | None = None
    mute: Mute | None = None
    front: list[tuple[int, int]] = field(default_factory=list)
    resisted: tuple[int, int] | None = None
    """How few persons prevail against vigilant others, and in which round they carry the supreme body for good."""

    @property
    def verdict(self) -> str:
        """The worst of the five outcomes."""
        if self.hold is not None and self.vigilant is not None and self.vigilant.is_captured:
            return CAPTURED
        if self.mute is not None:
            return MUTED
        if self.hold is not None:
            return ENTRENCHED if self.recovery is not None and self.recovery.is_captured else PASSIVE
        return REPELLED


def outcome_of(rulebook: Rulebook, settings: Settings) -> Outcome:
    """What the least coalition reaches under a rulebook, against passive and against vigilant others."""
    outcome = Outcome(model_of(rulebook, settings))
    look_into(outcome)
    return outcome


def look_into(outcome: Outcome) -> None:
    """Fills in the outcome, search by search; raises `Enough` where one of them is ended, with what is known filled in."""
    model = outcome.model
    if model.supreme is None:
        return
    ceiling = model.members
    outcome.ordinary = votes_alone(model, ceiling)
    outcome.least = least_hold(model, ceiling)
    least = outcome.least
    if least is not None and (outcome.ordinary is None or least.persons < outcome.ordinary):
        outcome.hold = least
    if outcome.hold is not None:
        hold = outcome.hold
        making = hold.growth.making
        outcome.vigilant = run(making, hold.seeds)
        outcome.recovery = run(making, hold.keeps)
        if outcome.vigilant.is_captured:
            outcome.hastened = run(making, hold.seeds, hastened=frozenset({model.supreme.name}))
        outcome.front = _front(model, hold, outcome.ordinary or ceiling)
        outcome.resisted = _resisted(outcome, hold, outcome.ordinary or ceiling)
    outcome.mute = _mute(model, outcome.ordinary)


def is_open(rulebook: Rulebook, settings: Settings) -> bool:
    """Whether some coalition smaller than by votes alone still comes to carry the supreme body and keeps it."""
    model = model_of(rulebook, settings)
    if model.supreme is None:
        return False
    ordinary = votes_alone(model, model.members)
    ceiling = ordinary - 1 if ordinary is not None else model.members
    return ceiling > 0 and any(try_hold(model, spread) is not None for spread in all_spreads(model, ceiling))


def _front(model: Model, hold: Hold, ceiling: int) -> list[tuple[int, int]]:
    """Fewer rounds for more persons, as far as more persons help."""
    pairs = [(hold.persons, hold.rounds)]
    for persons in range(hold.persons + 1, min(ceiling, hold.persons + 8)):
        tried = [try_hold(model, spread) for spread in all_spreads(model, persons)]
        rounds = [found.rounds for found in tried if found is not None]
        if rounds and min(rounds) < pairs[-1][1]:
            pairs.append((persons, min(rounds)))
        if pairs[-1][1] == 0:
            break
    return pairs


def _resisted(outcome: Outcome, hold: Hold, ceiling: int) -> tuple[int, int] | None:
    """The fewest persons, of a few more than the least, who prevail though the others use every right; None where none do."""
    course, model = outcome.vigilant, outcome.model
    if course is not None and course.is_captured:
        return hold.persons, course.since or 0
    if len(model.classes) > VIGILANT_CLASSES_MAX:
        return None
    for persons in range(hold.persons + 1, min(ceiling, hold.persons + 8)):
        for spread in all_spreads(model, persons):
            found = try_hold(model, spread)
            if found is not None and found.persons < ceiling:
                course = run(found.growth.making, found.seeds)
                if course.is_captured:
                    return found.persons, course.since or 0
    return None


def _mute(model: Model, ordinary: int | None) -> Mute | None:
    body = model.supreme
    assert body is not None
    block = model.rulebook.bodies.get(body.name)
    if block is None or not (block.meets.on_call_of or block.meets.on_demand):
        return None
    ceiling = min(ordinary - 1 if ordinary is not None else model.members, model.members)
    if ceiling < 1:
        return None

    def why(making: Making, names: list[str] | None = None) -> str:
        seats = {key: n for key, n in everything(making, names).items() if key[0] != body.name}
        if making.spread.persons * MANY >= model.members and not can_sit(making, body, 0, _base_of(making)):
            return ""  # so many who stay away are no small coalition, though the quorum needs them
        return silence_of(
            making, body, lambda name, scope: max(seats.get((name, scope), 0), _base(making, name, scope))
        )

    from isonomy.checker.spread import Spread

    def reaches(spread: Spread) -> bool:
        return bool(why(Making(model, spread)))

    persons = least_number(model, ceiling, reaches)
    if persons is None:
        return None
    for spread in all_spreads(model, persons):
        making = Making(model, spread)
        if not why(making):
            continue
        names = [name for name, seat in model.classes.items() if name != body.name]
        for name in list(names):
            fewer = [other for other in names if other != name]
            if why(making, fewer):
                names = fewer
        held = tuple(name for name in names if name in {key[0] for key in everything(making, names)})
        return Mute(persons, held, why(making, names))
    return None


def _base_of(making: Making) -> Look:
    return lambda name, scope: _base(making, name, scope)


def _base(making: Making, name: str, scope: int) -> int:
    seat = making.model.classes.get(name)
    return making.base(seat, scope) if seat is not None else 0
