"""Telling: a hold as numbered acts, each with its clause and the move behind it, and who sits where when it begins.

Lives here: choosing the acts a hold needs, their order, their words, the seating. Not here: finding the hold (`least`), replaying
it (`replay`).

Invariant: every act told is one the hold rests on; each names the line of the block that allows it.
"""

from __future__ import annotations

from math import prod

from isonomy.checker.control import Gain, Held
from isonomy.checker.finding import Cited, Step, cited
from isonomy.checker.least import AMENDS, RENEWS, Hold, apart_in, most_seats
from isonomy.checker.model import (
    ALL_MEMBERS,
    BY_APPOINTMENT,
    BY_DELEGATION,
    BY_ELECTION,
    EX_OFFICIO,
    Model,
    SeatClass,
)
from isonomy.checker.moves import AMEND, APPOINT, CARRY, ELECT, NOMINATE, REFUSE, Move, Seating
from isonomy.checker.moves import Held as HeldAt


def the(model: Model, name: str) -> str:
    """`the general secretary`."""
    seat = model.classes.get(name)
    return f"the {seat.title or name}" if seat is not None and name != "members" else "the members"


def trace_of(hold: Hold) -> tuple[Step, ...]:
    """The acts by which a coalition comes to carry the supreme body, and those by which what it began with is filled again."""
    making = hold.growth.making
    model = making.model
    supreme = model.supreme
    assert supreme is not None
    needed = _needed(hold, supreme)
    steps: list[Step] = []
    for gain in sorted(hold.growth.gains, key=lambda gain: (gain.round, list(model.classes).index(gain.name))):
        if gain.name in needed and gain.way != EX_OFFICIO and not _is_covered(hold, gain):
            steps += _told(hold, gain)
    rounds = max([hold.rounds, *(step.move.round for step in steps if step.move is not None)])
    steps += _refused(hold, supreme, hold.rounds)
    steps.append(_carried(hold, supreme, hold.rounds))
    steps.sort(key=lambda step: step.move.round if step.move is not None else rounds)
    if hold.way == RENEWS:
        for name in dict.fromkeys(name for name, _ in hold.seeds):
            steps += _renewed(hold, model.classes[name], rounds + 1)
    elif hold.way == AMENDS:
        steps.append(_amended(model, supreme, rounds + 1))
    return tuple(steps)


def _needed(hold: Hold, supreme: SeatClass) -> set[str]:
    """The classes that the hold rests on: what makes the supreme body, and what makes again the seats it began with."""
    making = hold.growth.making
    by_class: dict[str, set[str]] = {}
    for gain in hold.growth.gains:
        by_class.setdefault(gain.name, set()).update(gain.sources)
    look = hold.growth.look
    for name, scope in hold.seeds:
        by_class.setdefault(name, set()).update(making.make(making.model.classes[name], scope, look)[2])
    found = {supreme.name}
    waiting = [supreme.name]
    if hold.way == RENEWS:
        waiting += [name for name, _ in hold.seeds]
        found.update(waiting)
    while waiting:
        name = waiting.pop()
        rule = making.credentials.get(name)
        panel = (rule.panel,) if rule is not None else ()
        for source in (*panel, *by_class.get(name, ())):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found


def _is_covered(hold: Hold, gain: Gain) -> bool:
    """Whether the same act in another scope of units tells of this one as well."""
    return any(
        other.name == gain.name and other.round == gain.round and other.way == gain.way and other.scope < gain.scope
        for other in hold.growth.gains
    )


def _units(hold: Hold, gain: Gain, seat: SeatClass) -> tuple[int, ...]:
    spread, model = hold.spread, hold.growth.making.model
    scopes = {
        other.scope
        for other in hold.growth.gains
        if other.name == gain.name and other.round == gain.round and other.way == gain.way
    }
    return tuple(sorted(number for scope in scopes for number in spread.numbers(model, seat.chain, scope)))


def _told(hold: Hold, gain: Gain) -> list[Step]:
    model = hold.growth.making.model
    seat = model.classes[gain.name]
    units = _units(hold, gain, seat) if seat.chain else ()
    where = _in_units(seat, units)
    count = gain.after - gain.before
    day = gain.round * model.settings.round_days
    if gain.way == BY_APPOINTMENT:
        place = cited(seat.place, "filled by")
        some = f"{count} of the {seat.size} seats of {the(model, seat.name)}" if seat.is_body else the(model, seat.name)
        text = f"{_cap(the(model, gain.sources[0]))} appoints {some}{where}"
        return [_step(APPOINT, gain.sources[0], seat.name, place, text, gain.round, day, units, count)]
    if gain.way == "can be unseated":
        place = cited(seat.place, "removable by")
        text = f"{_cap(the(model, gain.sources[0]))} can remove whoever sits as {the(model, seat.name)}{where}, and is heeded"
        return [_step("remove", gain.sources[0], seat.name, place, text, gain.round, day, units, count)]
    return _elected(hold, gain, seat, units, where, count, day)


def _elected(
    hold: Hold, gain: Gain, seat: SeatClass, units: tuple[int, ...], where: str, count: int, day: int
) -> list[Step]:
    model = hold.growth.making.model
    choice = seat.choice
    assert choice is not None
    if seat.way == BY_DELEGATION and seat.filled is not None:
        kind = seat.filled.unit_kind
        number = -(-count // (seat.filled.seats_each or 1))
        sent = gain.before // (seat.filled.seats_each or 1)
        units = _delegating(hold, seat, kind, sent, number, units)
        where = f" in {len(units)} of the {_plural(kind)}"
    what = f"{count} of {seat.size} seats of {the(model, seat.name)}" if seat.is_body else the(model, seat.name)
    steps = []
    place = cited(choice.place, "nominated by") if choice.nominators else cited(choice.place)
    if choice.nominators:
        first = choice.nominators[0]
        text = f"{_cap(the(model, first))} alone nominates for {what}{where}: there is one slate"
        steps.append(_step(NOMINATE, first, seat.name, place, text, gain.round, day, units, count))
    by = the(model, choice.by)
    place = cited(choice.place)
    body = model.classes.get(choice.by)
    if gain.way == "slate":
        how = "without a poll, because nobody stands against it" if choice.settled else "in an open vote on that slate"
        text = f"{_cap(by)} elects it{where} {how}"
    else:
        votes, size = _votes_in(hold, body, gain) if body is not None else (0, 0)
        text = f"{_cap(by)} elects the coalition's own to {what}{where}, by {votes} votes of {size}"
    steps.append(
        _step(ELECT, choice.by, seat.name, place, text, gain.round, day, units, count, meeting=choice.by)
    )  # fmt: skip
    return steps


def _votes_in(hold: Hold, body: SeatClass, gain: Gain) -> tuple[int, int]:
    """How many votes of how many the coalition has where it elects: in the units in which it is strongest."""
    making = hold.growth.making
    scopes = range(body.depth + 1) if gain.scope < body.depth else (body.depth,)
    found = [making.franchise(body, scope, lambda name, at: hold.growth.at(name, at, gain.round)) for scope in scopes]
    return max(found, key=lambda votes: votes[0])


def _delegating(
    hold: Hold, seat: SeatClass, kind: str, sent: int, number: int, standing: tuple[int, ...]
) -> tuple[int, ...]:
    """The units that send the coalition's delegates: so many, those it is strongest in first, after those that have
    `sent` theirs; where the body itself stands in units, so many within each of those (`standing`)."""
    model = hold.growth.making.model
    chain = model.chains.get(kind, (kind,))
    found: list[int] = []
    for scope in range(len(chain), -1, -1):
        found += hold.spread.numbers(model, chain, scope)
    if not seat.chain:
        return tuple(sorted(found[sent : sent + number]))
    inner = prod(model.units_each(each) for each in chain[seat.depth :])
    taken = {
        outer: [unit for unit in found if (unit - 1) // inner + 1 == outer][sent : sent + number] for outer in standing
    }
    return tuple(sorted(unit for units in taken.values() for unit in units))


def _refused(hold: Hold, body: SeatClass, round: int) -> list[Step]:
    """That a panel of the coalition refuses the others' mandates, where that is what carries the body."""
    making = hold.growth.making
    rule = making.credentials.get(body.name)
    _, size = making.franchise(body, 0, lambda name, at: hold.growth.at(name, at, round))
    if rule is None or size == body.size:
        return []
    model = making.model
    place = cited(rule.place, "panel")
    number = body.size - size
    text = f"{_cap(the(model, rule.panel))} refuses {number} of the {body.size} mandates for {the(model, body.name)}"
    day = round * model.settings.round_days
    return [_step(REFUSE, rule.panel, body.name, place, text, round, day, (), number)]


def _carried(hold: Hold, supreme: SeatClass, round: int) -> Step:
    model = hold.growth.making.model
    held, size = hold.growth.making.franchise(supreme, 0, lambda name, at: hold.growth.at(name, at, round))
    day = round * model.settings.round_days
    text = f"In {the(model, supreme.name)} the coalition has {held} of {size} votes and carries what it wants"
    place = cited(supreme.place, "majority")
    votes = (held, size - held, size)
    return _step(
        CARRY, supreme.name, supreme.name, place, text, round, day, (), held, votes=votes, meeting=supreme.name
    )


def _renewed(hold: Hold, seat: SeatClass, round: int) -> list[Step]:
    """That a seat of the start falls to the coalition again when its term is over."""
    model = hold.growth.making.model
    scope = next(scope for name, scope in hold.seeds if name == seat.name)
    _, way, sources = hold.growth.making.make(seat, scope, hold.growth.look)
    if way not in (BY_ELECTION, BY_APPOINTMENT, "slate") or not sources or seat.way == BY_DELEGATION:
        return []
    kind, verb = (APPOINT, "appoints") if way == BY_APPOINTMENT else (ELECT, "elects")
    by = sources[0] if way == BY_APPOINTMENT or seat.choice is None else seat.choice.by
    place = cited(seat.place, "filled by") if seat.choice is None else cited(seat.choice.place)
    text = f"{_cap(the(model, by))}, now the coalition's, {verb} {the(model, seat.name)} again: the circle is closed"
    day = round * model.settings.round_days
    return [_step(kind, by, seat.name, place, text, round, day, (), 1, meeting=by if kind == ELECT else "")]


def _amended(model: Model, supreme: SeatClass, round: int) -> Step:
    amendment = model.rulebook.amendment()
    assert amendment is not None
    day = round * model.settings.round_days
    text = f"{_cap(the(model, supreme.name))} amends the rules so that what the coalition holds does not end"
    return _step(
        AMEND, supreme.name, supreme.name, cited(amendment.place), text, round, day, (), 1, meeting=supreme.name,
        matter="amendment",
    )  # fmt: skip


def _step(
    kind: str, actor: str, on: str, place: Cited, text: str, round: int, day: int, units: tuple[int, ...], count: int, *,
    votes: tuple[int, int, int] | None = None, meeting: str = "", matter: str = "",
) -> Step:  # fmt: skip
    move = Move(
        kind, actor, on, place.id, place.line, round, day, units=units, count=count, votes=votes, meeting=meeting,
        matter=matter or (f"election-of-{on}" if kind == ELECT else f"appointment-to-{on}" if kind == APPOINT else ""),
    )  # fmt: skip
    return Step(kind, actor, place.id, f"{text} (clause {place.id})." if place.id else f"{text}.", move)


def _in_units(seat: SeatClass, units: tuple[int, ...]) -> str:
    if not seat.chain:
        return ""
    kind = seat.chain[-1]
    return f" in {len(units)} {_plural(kind) if len(units) != 1 else kind}"


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}{'es' if word.endswith(('ch', 's', 'x')) else 's'}"


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- who sits where ----------------------------------------------------------------------------------------


def seating_of(hold: Hold) -> Seating:
    """Who there is at the start and which seats the core persons hold."""
    model, spread = hold.growth.making.model, hold.spread
    homes = _homes(model, hold)
    held: list[HeldAt] = []
    for (name, scope), number in hold.seeds.items():
        seat = model.classes[name]
        for unit in spread.numbers(model, seat.chain, scope) if seat.chain else (0,):
            persons = _persons_of(model, homes, seat, unit, hold.persons)
            persons = tuple(person for person in persons if _may_hold(model, held, person, name)) or persons
            if persons:
                held.append(HeldAt(name, persons[:number], unit))
    members = model.settings.members if model.home else model.settings.members_without_units
    units = {kind: model.units_each(kind) for kind in model.chains}
    return Seating(hold.persons, members, units, tuple(held), homes)


def _may_hold(model: Model, held: list[HeldAt], person: int, name: str) -> bool:
    """Whether a person may hold a seat beside those given to them already."""
    own = [each.seat for each in held if person in each.persons]
    most = most_seats(model)
    apart = apart_in(model)
    return (most is None or len(own) < most) and not any(frozenset((name, other)) in apart for other in own)


def _homes(model: Model, hold: Hold) -> tuple[int, ...]:
    chain = model.home_chain
    if not chain:
        return ()
    touched = hold.spread.numbers(model, chain, len(chain)) or (1,)
    homes = [unit for unit in touched for _ in range(hold.spread.at_home)][: hold.persons]
    return tuple(homes + [touched[0]] * (hold.persons - len(homes)))


def _persons_of(model: Model, homes: tuple[int, ...], seat: SeatClass, unit: int, persons: int) -> tuple[int, ...]:
    """The core persons, counted from 1, who are members where a seat stands."""
    if not seat.chain or not homes:
        return tuple(range(1, persons + 1))
    inner = 1
    for kind in model.home_chain[seat.depth :]:
        inner *= model.units_each(kind)
    return tuple(number for number, home in enumerate(homes, start=1) if (home - 1) // inner + 1 == unit)


def said_seats(model: Model, seeds: Held) -> str:
    """The seats of the start in words: `the office of general secretary; 3 seats of the committee`."""
    told = []
    for (name, _), number in seeds.items():
        seat = model.classes[name]
        if seat.is_body:
            told.append(f"{number} seat{'s' * (number != 1)} of {the(model, name)}")
        else:
            where = f" in the {_plural(seat.chain[-1])} they belong to" if seat.chain else ""
            told.append(f"the office of {seat.title or name}{where}")
    return "; ".join(dict.fromkeys(told)) or "no office, only their membership"


def seating_of_votes(model: Model, body: str, votes: int) -> Seating:
    """A seating in which the core persons hold so many seats of a body at the top and nothing else; with everybody in it, so many
    are members."""
    seat = model.classes[body]
    filled = seat.filled
    homes: tuple[int, ...] = ()
    if model.home:
        size = filled.seats_each if filled is not None and filled.seats_each else model.settings.members
        inner = prod(model.units_each(kind) for kind in model.home_chain[1:]) if len(model.home_chain) > 1 else 1
        homes = tuple((number // size) * inner + 1 for number in range(votes))
    held = () if seat.way == ALL_MEMBERS else (HeldAt(body, tuple(range(1, votes + 1))),)
    members = model.settings.members if model.home else model.settings.members_without_units
    return Seating(votes, members, {kind: model.units_each(kind) for kind in model.chains}, held, homes)


def line_of(model: Model, clause: str, line: int) -> str:
    """The text of a line of a clause as it stands in the edition."""
    found = model.rulebook.clauses.get(clause)
    lines = found.source.split("\n") if found is not None else []
    at = line - found.first_line if found is not None else -1
    return lines[at] if 0 <= at < len(lines) else ""
