"""The stage of a replay: an organisation with named persons in every seat, as a seating says, founded under the rulebook itself.

Lives here: units, people, who holds what at the start, and doing an act as whoever may do it. Not here: which acts a move becomes
(`replay`, `replay_elections`).

Invariant: whoever is not of the coalition is passive: takes office, comes to meetings and does what a duty asks, votes against,
and uses no right against the coalition. Every act is judged by the engine in run mode.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from isonomy.checker.counts import days_of
from isonomy.checker.model import ALL_MEMBERS, BY_DELEGATION, EX_OFFICIO, Model, SeatClass
from isonomy.checker.moves import Seating
from isonomy.engine.competence import CALLING, ELECTION
from isonomy.engine.occasions import meetings_by_right
from isonomy.engine.refusal import Accepted, Refused, Verdict
from isonomy.engine.rehearsal import Rehearsal
from isonomy.rulebook.model import MEMBERS, Body

DAYS_AHEAD_MAX = 1_200
EVENING = "19:00"


class NotLawful(Exception):
    """An act of a trace was refused; says which and why. Never leaves the checker."""


class Stage:
    """The organisation while a trace is replayed; `vacant` are seats that the trace fills: their terms have just run out."""

    def __init__(
        self, text: str, model: Model, seating: Seating, vacant: frozenset[str], free: dict[str, int] | None = None
    ) -> None:
        self.text, self.model, self.seating, self.free = text, model, seating, free or {}
        self.rehearsal = Rehearsal()
        self.coalition: list[str] = []
        self.loyal: set[str] = set()
        self.people: dict[str, str] = {}
        self.units: dict[str, list[str]] = {}
        self.new = 0
        self.waiting: dict[str, tuple[str, Callable[[str], None]]] = {}
        """For a body a matter, and what is done on it at the next meeting of that body, once it is open."""
        self.renews: Callable[[str], None] = lambda day: None
        """Told of the day on which a body meets, before that day comes: whom the coalition appointed is appointed anew."""
        self.decide: Callable[[str, str], str] | None = None
        """A body's decision on a matter of its ordinary business, by its id; given by whoever replays."""
        self.alone: set[str] = set()
        """Bodies at whose next meetings the coalition sits alone: it was called so that nobody else came."""
        self.present: dict[str, list[str]] = {}
        self._found(vacant)

    # -- the beginning ---------------------------------------------------------------------------------------------

    def _found(self, vacant: frozenset[str]) -> None:
        made: list[dict[str, Any]] = []
        for kind in sorted(self.model.chains, key=lambda kind: len(self.model.chains[kind])):
            self._make_units(kind, made)
        home = self.units.get(self.model.home, [""])
        for number in range(self.seating.persons):
            place = self.seating.homes[number] - 1 if number < len(self.seating.homes) else number
            self._person(f"p-core{number + 1:02}", home[place % len(home)])
            self.coalition.append(f"p-core{number + 1:02}")
        self.loyal.update(self.coalition)
        for at, unit in enumerate(home):
            for number in range(self.seating.members - sum(1 for there in self.people.values() if there == unit)):
                self._person(f"p-m{at + 1:03}x{number + 1:03}", unit)
        held = list(self._held(vacant))
        classes = [name for name, found in self.model.rulebook.member_classes.items() if found.votes]
        many = len(self.model.rulebook.member_classes) > 1
        people = [
            {"person": person}
            | ({"unit": unit} if unit else {})
            | ({"member_class": classes[0]} if many and classes else {})
            for person, unit in self.people.items()
        ]
        verdict = self.rehearsal.found(self.text, people, made, held)
        if isinstance(verdict, Refused):
            raise NotLawful(f"the founding: {_said(verdict)}")
        waits = [
            found.vote_from for found in self.model.rulebook.member_classes.values() if found.vote_from is not None
        ]
        self.rehearsal.pass_days(
            max([1, *(days_of(wait) + 1 for wait in waits)])
        )  # until those who founded it have a vote

    def _make_units(self, kind: str, made: list[dict[str, Any]]) -> None:
        chain = self.model.chains[kind]
        outer = self.units.get(chain[-2], []) if len(chain) > 1 else [""]
        each = self.seating.units.get(kind, self.model.units_each(kind))
        for above in outer:
            for _ in range(each):
                unit = f"{kind}-{len(self.units.setdefault(kind, [])) + 1}"
                self.units[kind].append(unit)
                made.append({"unit": unit, "kind": kind} | ({"within": above} if above else {}))

    def _person(self, id: str, unit: str) -> str:
        self.people[id] = unit
        return id

    def _held(self, vacant: frozenset[str]) -> Iterator[dict[str, Any]]:
        """First mandates: the coalition's as the seating says, all others held by others, but for the seats that are vacant."""
        taken: dict[str, list[str]] = {}
        for held in self.seating.held:
            where = self.seat_at(held.seat, held.unit)
            taken.setdefault(where, []).extend(self.coalition[number - 1] for number in held.persons)
        for name, seat in self.model.classes.items():
            if name == MEMBERS or seat.way in (ALL_MEMBERS, EX_OFFICIO, ""):
                continue
            for place in self.places(seat):
                persons = taken.get(place, [])
                wanted = 0 if name in vacant else seat.size - self.free.get(name, 0)
                for person in [*persons, *self._others(place, seat, wanted - len(persons), persons)][
                    : max(wanted, len(persons))
                ]:
                    yield {"person": person, "seat": place}

    def _others(self, place: str, seat: SeatClass, number: int, besides: list[str]) -> list[str]:
        """Members outside the coalition for a seat: of its unit, in turn of the units that send delegates."""
        unit = place.partition("@")[2]
        free = [person for person, home in self.people.items() if person not in self.loyal and person not in besides]
        if unit:
            free = [person for person in free if self.is_in(self.people[person], unit)]
        elif seat.way == BY_DELEGATION and seat.filled is not None:
            free = self._delegates(free, seat.filled.unit_kind, seat.filled.seats_each or 1)
        else:
            free = free[len(self.people) // 3 :] + free[: len(self.people) // 3]
        return free[: max(0, number)]

    def _delegates(self, free: list[str], kind: str, each: int) -> list[str]:
        found: list[str] = []
        for unit in self.units.get(kind, []):
            found += [person for person in free if self.is_in(self.people[person], unit)][:each]
        return found

    # -- places and people -----------------------------------------------------------------------------------------

    def places(self, seat: SeatClass) -> list[str]:
        """A seat wherever it stands: once, or in each unit of its kind."""
        return [f"{seat.name}@{unit}" for unit in self.units.get(seat.chain[-1], [])] if seat.chain else [seat.name]

    def seat_at(self, name: str, unit: int) -> str:
        """A seat in a unit, counted from 1; 0 where it stands in none."""
        seat = self.model.classes[name]
        return f"{name}@{self.units[seat.chain[-1]][unit - 1]}" if seat.chain and unit else name

    def is_in(self, unit: str, outer: str) -> bool:
        """Whether a unit is another one, or lies in it."""
        units = self.rehearsal.state.units
        seen = unit
        while seen:
            if seen == outer:
                return True
            if seen in units:
                seen = units[seen].within
            else:
                kind, _, number = seen.rpartition("-")
                chain = self.model.chains.get(kind, ())
                each = self.seating.units.get(kind, self.model.units_each(kind)) if kind in self.model.chains else 1
                seen = f"{chain[-2]}-{(int(number) - 1) // each + 1}" if len(chain) > 1 else ""
        return False

    def recruits(self, unit: str, number: int, besides: set[str]) -> list[str]:
        """Members whom the coalition puts into seats: its own first, then any that it seats, who are loyal from then on."""
        there = [person for person, home in self.people.items() if not unit or self.is_in(home, unit)]
        own = [person for person in there if person in self.coalition and person not in besides]
        others = [person for person in there if person in self.loyal and person not in own and person not in besides]
        rest = [person for person in there if person not in self.loyal and person not in besides]
        found = [*own, *others, *rest][:number]
        if len(found) < number:
            raise NotLawful(f"there are not {number} members to be seated" + (f" in {unit}" if unit else ""))
        self.loyal.update(found)
        return found

    def holders(self, seat: str) -> tuple[str, ...]:
        """Who holds a seat now."""
        return self.rehearsal.members_of(seat)

    def there(self, body: str) -> tuple[str, ...]:
        """Who votes in a body now: those who sat down where the coalition met alone, else all its members."""
        return tuple(self.present.get(body) or self.holders(body))

    # -- acts ------------------------------------------------------------------------------------------------------

    def do(self, act: str, fields: dict[str, Any], *seats: str, members_of: str = "") -> dict[str, Any]:
        """Does an act as the first of those who may: holders of the seats, the coalition first, then members of a body, then
        whoever holds anything. Returns the entry; raises `NotLawful` with the first refusal."""
        first: Verdict | None = None
        for person, seat in self._authors(seats, members_of):
            verdict = self.rehearsal.judge(person, seat, act, fields)
            if isinstance(verdict, Accepted):
                self.rehearsal.submit(person, seat, act, fields)
                return self.rehearsal.entry
            first = first or verdict
        said = _said(first) if isinstance(first, Refused) else "nobody is there to do it"
        raise NotLawful(f"{act} on {self.rehearsal.today}: {said}")

    def do_as(self, person: str, act: str, fields: dict[str, Any]) -> None:
        """Does an act as one person; raises `NotLawful` where it is refused."""
        verdict = self.rehearsal.submit(person, "", act, fields)
        if not isinstance(verdict, Accepted):
            raise NotLawful(f"{act} on {self.rehearsal.today}: {_said(verdict)}")

    def may(self, act: str, fields: dict[str, Any], *seats: str, members_of: str = "") -> bool:
        """Whether any of those could do it now."""
        return any(
            isinstance(self.rehearsal.judge(person, seat, act, fields), Accepted)
            for person, seat in self._authors(seats, members_of)
        )

    def _authors(self, seats: tuple[str, ...], members_of: str) -> Iterator[tuple[str, str]]:
        told: set[tuple[str, str]] = set()
        found: list[tuple[str, str]] = []
        for seat in seats:
            found += [(person, seat) for person in self.holders(seat)]
        if members_of:
            found += [(person, members_of) for person in self.holders(members_of)[:3]]
            found += [(person, "") for person in self.holders(members_of)[:3]]
        state, today = self.rehearsal.state, self.rehearsal.today
        for mandate in state.mandates.values():
            if mandate.is_valid_on(today):
                found.append((mandate.person, mandate.seat))
        found.sort(key=lambda pair: pair[0] not in self.loyal)
        for pair in found:
            if pair not in told:
                told.add(pair)
                yield pair

    # -- meetings --------------------------------------------------------------------------------------------------

    def meeting(self, body: str, matters: list[str]) -> str:
        """A lawful meeting of a body for these matters, opened with everybody there; the clock stands at its hour.

        Called for the first lawful day by whoever may; else the next meeting by right. Raises `NotLawful`.
        """
        rule = self.model.rulebook.bodies[body.partition("@")[0]]
        callers = self._callers(rule, body)
        alone = body in self.alone
        waiting = self.waiting.pop(body, None)
        if waiting is not None:
            matters = list(dict.fromkeys([*matters, waiting[0]]))
        called = self._called(body, matters, callers)
        if called is None:
            called = self._by_right(body, matters, callers)
        meeting, day = called
        if meeting and self.may("notice.send", {"meeting": meeting, "how": "post", "to_count": 1}, *callers):
            self.do(
                "notice.send",
                {"meeting": meeting, "how": "post", "to_count": max(1, len(self.holders(body)))},
                *callers,
            )
        self.renews(day)
        self.rehearsal.set_clock(day, EVENING)
        there = [person for person in self.holders(body) if not alone or person in self.loyal]
        if alone:
            self.present[body] = there
        opening: dict[str, Any] = {"meeting": meeting} if meeting else {"body": body}
        entry = self.do("meeting.open", opening | {"present": there}, *callers, members_of=body)
        opened = meeting or _opened(entry, "mt")
        if waiting is not None:
            waiting[1](opened)
        return opened

    def wait_for_meeting(self, body: str, days: int) -> None:
        """Where a body meets by right alone, time passes until so many days before its next meeting."""
        rule = self.model.rulebook.bodies.get(body.partition("@")[0])
        if rule is None or rule.meets.on_call_of or rule.meets.by_right is None:
            return
        today = date.fromisoformat(self.rehearsal.today)
        coming = meetings_by_right(self.rehearsal.state, body, today, today + timedelta(days=DAYS_AHEAD_MAX))
        day = next((found.on - timedelta(days=days) for found in coming if found.on > today), today)
        if day > today:
            self.rehearsal.set_clock(day.isoformat())

    def _callers(self, rule: Body, body: str) -> list[str]:
        unit = body.partition("@")[2]
        named = [*rule.meets.on_call_of, rule.chaired_by, rule.minutes_by]
        found = []
        for seat in dict.fromkeys(name for name in named if name):
            plain = self.model.rulebook.seat(seat)
            found.append(f"{seat}@{unit}" if plain is not None and plain.in_each and unit else seat)
        return found

    def _called(self, body: str, matters: list[str], callers: list[str]) -> tuple[str, str] | None:
        decided = self._decided_call(body)
        by = callers[0] if decided else body
        start = date.fromisoformat(self.rehearsal.today)
        for ahead in range(1, 100):
            day = (start + timedelta(days=ahead)).isoformat()
            fields = {"body": body, "starts": f"{day}T{EVENING}", "matters": matters} | decided
            if self.may("meeting.call", fields, *callers, members_of=by):
                entry = self.do("meeting.call", fields, *callers, members_of=by)
                return _opened(entry, "mt"), day
        return None

    def _decided_call(self, body: str) -> dict[str, str]:
        """The decision by which a body calls another, where no office may: calling is its ordinary business."""
        rule = self.model.rulebook.bodies[body.partition("@")[0]]
        bodies = [name for name in rule.meets.on_call_of if name in self.model.rulebook.bodies]
        if (
            self.decide is None
            or not bodies
            or not self.holders(bodies[0])
            or len(bodies) < len(rule.meets.on_call_of)
            or rule.meets.by_right is not None
        ):
            return {}
        return {"decision": self.decide(bodies[0], f"{CALLING}{body}")}

    def _by_right(self, body: str, matters: list[str], callers: list[str]) -> tuple[str, str]:
        today = date.fromisoformat(self.rehearsal.today)
        yesterday = today - timedelta(days=1)
        occasions = meetings_by_right(self.rehearsal.state, body, yesterday, today + timedelta(days=DAYS_AHEAD_MAX))
        electing = all(matter.startswith(ELECTION) for matter in matters)
        if electing and any(occasion.on == today for occasion in occasions) and self._opens_today(body):
            return "", self.rehearsal.today
        coming = [occasion.on.isoformat() for occasion in occasions if occasion.on.isoformat() > self.rehearsal.today]
        for day in coming:  # the first for which there is still time to give notice of these matters
            fields = {"body": body, "starts": f"{day}T{EVENING}", "matters": matters, "by_right": day}
            if self.may("meeting.call", fields, *callers, members_of=body):
                entry = self.do("meeting.call", fields, *callers, members_of=body)
                return _opened(entry, "mt"), day
        for day in coming:
            fields = {"body": body, "starts": f"{day}T{EVENING}", "matters": matters, "by_right": day}
            for wait in range(0, 400, 7):
                if self.may("meeting.call", fields, *callers, members_of=body):
                    entry = self.do("meeting.call", fields, *callers, members_of=body)
                    return _opened(entry, "mt"), day
                if (today + timedelta(days=wait + 7)).isoformat() >= day:
                    break
                self.rehearsal.pass_days(7)
            return "", day
        raise NotLawful(f"{body} cannot be called and does not meet by right")

    def _opens_today(self, body: str) -> bool:
        """Whether a body that meets by right today has not met yet."""
        fields = {"body": body, "present": list(self.holders(body))}
        if self.rehearsal.now.strftime("%H:%M") < EVENING:
            self.rehearsal.set_clock(self.rehearsal.today, EVENING)
        return self.may("meeting.open", fields, members_of=body)


def _opened(entry: dict[str, Any], kind: str) -> str:
    return f"{kind}-{entry['n']}"


def _said(verdict: Verdict | None) -> str:
    if not isinstance(verdict, Refused):
        return "refused"
    return "; ".join(f"clause {ground.clause}: {ground.says} {ground.facts}" for ground in verdict.grounds)
