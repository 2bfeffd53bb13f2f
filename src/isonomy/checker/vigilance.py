"""Vigilance: what becomes of a capture when the others use every right that needs no consent of the coalition.

Lives here: the course of rounds in which the coalition fills what it can and the others convene, remove and elect what they
can. Not here: the fixpoint of others who do nothing (`control`), findings (`capture`).

Invariant: within one round the coalition acts first: who is late by a day is late. The others convene every body they can
from the first round on, remove from every seat that it removes from, and refill what they fill. Seats fall to those who fill
them when their term has run out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from isonomy.checker.control import Held
from isonomy.checker.convening import Way, round_of, ways_of_others
from isonomy.checker.counts import blocks, carries, days_of
from isonomy.checker.least import carries_body
from isonomy.checker.making import Key, Look, Making, rounds_of
from isonomy.checker.model import ALL_MEMBERS, Model, SeatClass, provisions_of
from isonomy.rulebook.model import Body

TERM_UNSAID = 24
"""After how many rounds a seat without a term is taken to be filled anew."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the others do: the body they convene, in which round, in which way, what they take back there."""

    round: int
    body: str
    way: Way
    takes: tuple[str, ...]
    amends: bool = False


@dataclass(slots=True)
class Course:
    """How it went: who carries the supreme body at the end, since when, what the others did, what is held at the end."""

    is_captured: bool
    since: int | None
    replies: list[Reply] = field(default_factory=list)
    held: Held = field(default_factory=dict)
    rounds: int = 0


@dataclass(slots=True)
class Others:
    """Which bodies the others convene, how often, and what those take back."""

    meets: dict[Key, tuple[int, Way]]
    takes: dict[str, tuple[str, ...]]
    recalls: tuple[tuple[str, str, int], ...] = ()
    """Seats that those who elect them may recall: the seat, who elects it, in how many rounds."""


def run(making: Making, start: Held, *, hastened: frozenset[str] = frozenset(), rounds: int | None = None) -> Course:
    """The course from a start, round by round.

    `hastened` are bodies taken to meet one round after they are demanded (to see whether the time of a call decides).
    """
    model = making.model
    supreme = model.supreme
    assert supreme is not None
    horizon = rounds or model.settings.rounds
    now = _with_members(making, start)
    history = [dict(now)]
    others = _others(making, now, hastened)
    course = Course(False, None)
    terms = {name: _term_rounds(model, seat) for name, seat in model.classes.items()}
    for round in range(1, horizon + 1):
        now = dict(now)
        _fill(making, history, now, round, terms)
        over = _reply(making, others, now, round, course)
        if over:
            course.held, course.rounds, course.since = {}, round, None
            return course
        history.append(now)
        carried = carries_body(making, supreme, lambda name, scope, at=now: at.get((name, scope), 0))  # type: ignore[misc]
        course.since = (course.since if course.since is not None else round) if carried else None
        others.meets |= {
            key: found for key, found in _others(making, now, hastened).meets.items() if key not in others.meets
        }
    course.held, course.rounds = now, horizon
    course.is_captured = course.since is not None and course.since <= max(1, horizon - max(terms.values(), default=1))
    return course


def _with_members(making: Making, start: Held) -> Held:
    now = dict(start)
    for name, seat in making.model.classes.items():
        for scope in making.scopes(seat):
            base = making.base(seat, scope)
            if base:
                now[(name, scope)] = max(now.get((name, scope), 0), base)
    return now


def _term_rounds(model: Model, seat: SeatClass) -> int:
    term = seat.block.term if seat.block is not None else None
    return rounds_of(days_of(term), model.settings.round_days) if term is not None else TERM_UNSAID


def _others(making: Making, held: Held, hastened: frozenset[str]) -> Others:
    """What the others can convene as things stand, and what each body takes back."""
    model = making.model
    takes: dict[str, list[str]] = {}
    for name, seat in model.classes.items():
        block = seat.block
        if block is None:
            continue
        if block.removable is not None:
            takes.setdefault(block.removable.by, []).append(name)
        by = seat.choice.by if seat.choice is not None else seat.filled.by if seat.filled is not None else ""
        if not seat.is_body and block.term is None and by:
            takes.setdefault(by, []).append(name)
    amendment = model.rulebook.amendment()
    acting = dict.fromkeys((*takes, amendment.by if amendment is not None else ""))
    meets: dict[Key, tuple[int, Way]] = {}

    def look(name: str, scope: int) -> int:
        return held.get((name, scope), 0)

    for name in acting:
        acts = model.classes.get(name)
        if acts is None or not isinstance(acts.block, Body):
            continue
        for scope in making.scopes(acts):
            ways = ways_of_others(making, acts, scope, look)
            if ways:
                when = 1 if name in hastened else round_of(model, ways[0].days)
                meets[(name, scope)] = (when, ways[0])
    taken = {name: tuple(dict.fromkeys(found)) for name, found in takes.items()}
    return Others(meets, taken, tuple(_recalls(model)))


def _recalls(model: Model) -> Iterator[tuple[str, str, int]]:
    for rule in provisions_of(model.rulebook, "recall"):
        days = sum(days_of(each) for each in (rule.gathered_within, rule.poll_within, rule.polling))
        for name in rule.seats:
            choice = model.classes[name].choice if name in model.classes else None
            if choice is not None:
                yield name, choice.by, round_of(model, days)


def _reply(making: Making, others: Others, now: Held, round: int, course: Course) -> bool:
    """The others' acts of a round; True where they change the rules and so end it."""
    model = making.model
    before = dict(now)
    amendment = model.rulebook.amendment()

    def look(name: str, scope: int) -> int:
        return before.get((name, scope), 0)

    for (name, scope), (every, way) in others.meets.items():
        if round % every:
            continue
        seat = model.classes[name]
        body = seat.block
        assert isinstance(body, Body)
        votes = look(name, scope)
        if blocks(votes, seat.size, body.majority, body.quorum):
            continue
        if amendment is not None and amendment.by == name and not seat.chain and amendment.taken == "meeting":
            bar = amendment.protected_majority or amendment.majority or body.majority
            late = round_of(model, days_of(amendment.notice)) if amendment.notice is not None else 1
            if round >= late and carries(seat.size - votes, seat.size, bar, body.quorum):
                course.replies.append(Reply(round, name, way, (), amends=True))
                return True
        taken = _take_back(making, others, now, name, seat, scope)
        if taken:
            course.replies.append(Reply(round, name, way, taken))
    _offices_take_back(making, others, look, now)
    _recalled(making, others, look, now, round)
    return False


def _recalled(making: Making, others: Others, look: Look, now: Held, round: int) -> None:
    """Electors who are not the coalition's recall whom it has seated: nobody need call a meeting for that."""
    for name, electors, every in others.recalls:
        body, seat = making.model.classes.get(electors), making.model.classes[name]
        if body is None or round % every:
            continue
        for at in making.scopes(seat):
            beside = making.beside(body, seat, at)
            votes = look(electors, beside) if beside is not None else body.size
            if now.get((name, at), 0) and not blocks(votes, body.size, None, None):
                now[(name, at)] = 0


def _take_back(making: Making, others: Others, now: Held, name: str, body: SeatClass, scope: int) -> tuple[str, ...]:
    taken = []
    for target in others.takes.get(name, ()):
        seat = making.model.classes[target]
        for at in making.scopes(seat):
            if making.beside(body, seat, at) == scope and now.get((target, at), 0) and seat.way != ALL_MEMBERS:
                now[(target, at)] = 0
                taken.append(target)
    return tuple(dict.fromkeys(taken))


def _offices_take_back(making: Making, others: Others, look: Look, now: Held) -> None:
    """Offices of the others remove at once."""
    for name, targets in others.takes.items():
        source = making.model.classes.get(name)
        if source is None or source.is_body:
            continue
        for target in targets:
            seat = making.model.classes[target]
            for at in making.scopes(seat):
                beside = making.beside(source, seat, at)
                if beside is not None and not look(name, beside) and now.get((target, at), 0):
                    now[(target, at)] = 0


def _fill(making: Making, history: list[Held], now: Held, round: int, terms: dict[str, int]) -> None:
    """The coalition's acts of a round: it fills what it can; what its term has run out of falls to whoever fills it."""
    for name, seat in making.model.classes.items():
        if seat.way == ALL_MEMBERS:
            continue
        lead = making.leads[name]
        then = history[max(0, round - lead)] if lead else now

        def look(other: str, at: int, then: Held = then) -> int:
            return min(then.get((other, at), 0), now.get((other, at), then.get((other, at), 0)))

        for scope in making.scopes(seat):
            made = making.make(seat, scope, look)[0]
            due = terms[name] and round % terms[name] == 0
            held = made if due else max(made, now.get((name, scope), 0))
            if held:
                now[(name, scope)] = held
            else:
                now.pop((name, scope), None)
