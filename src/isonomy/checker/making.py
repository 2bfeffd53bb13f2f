"""One step of making: what a coalition that holds some seats fills, seat by seat.

Lives here: the step for each way of filling, and what it rests on. Not here: repeating it (`control`), votes (`counts`).

Invariant: a step is monotone: more seats never make fewer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from isonomy.checker.counts import carries, days_of, is_quorum, seats_won
from isonomy.checker.model import (
    ALL_MEMBERS,
    BY_APPOINTMENT,
    BY_DELEGATION,
    BY_ELECTION,
    EX_OFFICIO,
    Choice,
    Model,
    SeatClass,
    provision_about,
    provisions_of,
)
from isonomy.checker.settings import CORE, UNSEATABLE
from isonomy.checker.spread import Spread
from isonomy.rulebook.model import Body, Majority

Key = tuple[str, int]
"""A class of seats and a scope of its units."""
Look = Callable[[str, int], int]
"""How many seats of a class are held in a scope."""


@dataclass(slots=True)
class Making:
    """The step of making for one model and one spread of core persons."""

    model: Model
    spread: Spread
    stands_freely: bool = False
    """Whether anybody may stand and no slate decides: the measure of what votes alone do."""
    dependents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)
    credentials: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.model.wiring is None:
            self.model.wiring = self._wiring()
        self.dependents, self.leads, self.credentials = self.model.wiring

    def _wiring(self) -> tuple[dict[str, tuple[str, ...]], dict[str, int], dict[str, Any]]:
        """What rests on what, how long each making takes, which panels there are: the same for every spread of a model."""
        found: dict[str, list[str]] = {}
        leads, credentials = {}, {}
        for name, seat in self.model.classes.items():
            for source in sources_of(self.model, seat):
                found.setdefault(source, []).append(name)
            leads[name] = lead_of(self.model, seat)
        for rule in provisions_of(self.model.rulebook, "credentials"):
            credentials[rule.seat] = rule
            found.setdefault(rule.panel, []).extend(found.get(rule.seat, ()))
        return {source: tuple(dict.fromkeys(names)) for source, names in found.items()}, leads, credentials

    def scopes(self, seat: SeatClass) -> range:
        """The scopes of a class: 0 alone at the top."""
        return range(seat.depth + 1)

    def persons_at(self, seat: SeatClass, scope: int) -> int:
        """How many core persons are members where a class of a scope stands."""
        if scope < seat.depth:
            return 0
        return self.spread.persons_within(self.model, seat.chain)

    def base(self, seat: SeatClass, scope: int) -> int:
        """The seats that follow from membership alone."""
        if seat.way == ALL_MEMBERS:
            return min(self.persons_at(seat, scope), seat.size)
        return 0

    def at_start(self, seat: SeatClass, scope: int) -> int:
        """The most seats that the core persons may hold at the start."""
        if seat.way == EX_OFFICIO:
            return 0
        return min(self.persons_at(seat, scope), seat.size)

    def beside(self, source: SeatClass, seat: SeatClass, scope: int) -> int | None:
        """The scope of the source that stands beside a seat of a scope: its own unit or one around it; None where none does."""
        if seat.chain[: source.depth] != source.chain:
            return None
        return min(scope, source.depth)

    def controls(self, name: str, seat: SeatClass, scope: int, look: Look, majority: Majority | None = None) -> bool:
        """Whether the coalition decides for another seat beside this one: holds the office, carries the body."""
        source = self.model.classes.get(name)
        at = self.beside(source, seat, scope) if source is not None else None
        if source is None or at is None:
            return False
        return self.decides(source, at, look, majority)

    def decides(self, source: SeatClass, scope: int, look: Look, majority: Majority | None = None) -> bool:
        """Whether the coalition holds the office or carries the body."""
        votes, size = self.franchise(source, scope, look)
        if not source.is_body:
            return votes > 0
        body = source.block
        quorum = body.quorum if isinstance(body, Body) else None
        ordinary = majority or (body.majority if isinstance(body, Body) else None)
        return carries(votes, size, ordinary, quorum)

    def franchise(self, source: SeatClass, scope: int, look: Look) -> tuple[int, int]:
        """How many votes of how many the coalition has in a body, once a credentials panel of its own has refused the others.

        Nobody is refused where the refused vote meanwhile, or an appeal goes to a body that is not the coalition's.
        """
        votes = look(source.name, scope)
        rule = self.credentials.get(source.name)
        if (
            rule is None
            or votes == 0
            or rule.refused == "vote"
            or not self._decides_beside(rule.panel, source, scope, look)
        ):
            return votes, source.size
        hears = [rule.appeal.to if rule.appeal is not None else "", rule.overturned_by]
        if any(name and name != source.name and not self._decides_beside(name, source, scope, look) for name in hears):
            return votes, source.size
        most = rule.most(source.size)
        others = source.size - votes
        return votes, source.size - (others if most is None else min(others, most))

    def _decides_beside(self, name: str, seat: SeatClass, scope: int, look: Look) -> bool:
        found = self.model.classes.get(name)
        at = self.beside(found, seat, scope) if found is not None else None
        return found is not None and at is not None and found.name != seat.name and self.decides(found, at, look)

    def make(self, seat: SeatClass, scope: int, look: Look) -> tuple[int, str, tuple[str, ...]]:
        """How many seats of a class the coalition fills, in which way, by which seats."""
        made, way, sources = self._filled(seat, scope, look)
        made = self._coopted(seat, made)
        block = seat.block
        if self.model.settings.loyalty == UNSEATABLE and block is not None and block.removable is not None:
            removal = block.removable
            if made < seat.size and self.controls(removal.by, seat, scope, look, removal.majority):
                made, way, sources = seat.size, "can be unseated", (removal.by,)
        if self.model.settings.loyalty == CORE and seat.way != ALL_MEMBERS:
            made = min(made, self.persons_at(seat, scope))
        return min(made, seat.size), way, sources

    def _filled(self, seat: SeatClass, scope: int, look: Look) -> tuple[int, str, tuple[str, ...]]:
        filled = seat.filled
        if filled is None or seat.way == ALL_MEMBERS:
            return self.base(seat, scope), seat.way, ()
        if filled.way in (BY_APPOINTMENT, BY_ELECTION) and not self._confirmed(seat, scope, look, filled.way):
            return 0, filled.way, (filled.by,)
        if filled.way == BY_APPOINTMENT:
            return self._appointed(seat, scope, look, filled.by), BY_APPOINTMENT, (filled.by,)
        if filled.way == EX_OFFICIO:
            return self._ex_officio(seat, scope, look), EX_OFFICIO, filled.offices
        if filled.way == BY_ELECTION and seat.choice is not None:
            return self._elected(seat, scope, look, seat.choice)
        if filled.way == BY_DELEGATION and seat.choice is not None:
            return self._delegated(seat, scope, look, seat.choice)
        return 0, filled.way, ()

    def _appointed(self, seat: SeatClass, scope: int, look: Look, by: str) -> int:
        """All seats where the coalition is the one who appoints; its share where an office in each unit appoints."""
        source = self.model.classes.get(by)
        if source is None or self.beside(source, seat, scope) is not None:
            return seat.size if self.controls(by, seat, scope, look) else 0
        within = self.spread.units_in_scope(self.model, seat.chain, scope, source.chain[-1])
        held = sum(number for inner, number in within if self.decides(source, min(inner, source.depth), look))
        return seat.size * held // max(1, sum(number for _, number in within))

    def _confirmed(self, seat: SeatClass, scope: int, look: Look, way: str) -> bool:
        """Whether the coalition's choice for a seat needs nobody else's consent, or silence is consent."""
        rule = provision_about(self.model.rulebook, "confirmation", seat.name)
        if rule is None or way not in rule.of or rule.silence == "stands":
            return True
        return self._decides_beside(rule.by, seat, scope, look)

    def _coopted(self, seat: SeatClass, won: int) -> int:
        """Those won and those co-opted: who carries the seats that are not co-opted fills the others too, where these vote."""
        rule = provision_about(self.model.rulebook, "cooption", seat.name) if seat.is_body else None
        if rule is None or not rule.votes:
            return won
        elected = max(1, seat.size - rule.most(seat.size))
        won = won * elected // seat.size
        return won + seat.size - elected if carries(won, elected, None, None) else won

    def _ex_officio(self, seat: SeatClass, scope: int, look: Look) -> int:
        held = 0
        for name in seat.filled.offices if seat.filled is not None else ():
            office = self.model.classes.get(name)
            if office is None:
                continue
            at = self.beside(office, seat, scope)
            if at is not None:
                held += look(name, at)
            elif office.chain:
                within = self.spread.units_in_scope(self.model, seat.chain, scope, office.chain[-1])
                held += sum(number * look(name, inner) for inner, number in within)
        return held

    def slate(self, choice: Choice, seat: SeatClass, scope: int, look: Look) -> bool:
        """Whether the coalition makes the only slate, and the vote is open or not needed: then the slate is the result."""
        if not choice.nominators or self.stands_freely or (choice.is_secret and not choice.settled):
            return False
        return all(self._holds(name, seat, scope, look, whole=True) for name in choice.nominators)

    def _holds(self, name: str, seat: SeatClass, scope: int, look: Look, *, whole: bool) -> bool:
        """Whether the coalition holds an office, every seat of a body (`whole`), or one of it: each of a body nominates."""
        found = self.model.classes.get(name)
        at = self.beside(found, seat, scope) if found is not None else None
        return found is not None and at is not None and look(name, at) >= (found.size if whole else 1)

    def _may_stand(self, choice: Choice, seat: SeatClass, scope: int, look: Look) -> bool:
        """Whether the coalition can bring its own on the paper."""
        if not choice.nominators or self.stands_freely:
            return True
        return any(self._holds(name, seat, scope, look, whole=False) for name in choice.nominators)

    def _chosen(
        self, choice: Choice, where: SeatClass, at: int, seats: int, look: Look
    ) -> tuple[int, str, tuple[str, ...]]:
        """How many of so many seats the coalition wins where a body beside `where` elects."""
        if self.slate(choice, where, at, look):
            return seats, "slate", choice.nominators
        body = self.model.classes.get(choice.by)
        scope = self.beside(body, where, at) if body is not None else None
        if body is None or scope is None or not self._may_stand(choice, where, at, look):
            return 0, BY_ELECTION, (choice.by,)
        quorum = body.block.quorum if isinstance(body.block, Body) else None
        if not is_quorum(body.size, body.size, quorum):
            return 0, BY_ELECTION, (choice.by,)
        votes, size = self.franchise(body, scope, look)
        won = seats_won(votes, size, seats, choice.counting)
        return won, BY_ELECTION, (choice.by, *choice.nominators)

    def _elected(self, seat: SeatClass, scope: int, look: Look, choice: Choice) -> tuple[int, str, tuple[str, ...]]:
        return self._chosen(choice, seat, scope, seat.size, look)

    def _delegated(self, seat: SeatClass, scope: int, look: Look, choice: Choice) -> tuple[int, str, tuple[str, ...]]:
        filled = seat.filled
        assert filled is not None
        kind = filled.unit_kind
        place = SeatClass(kind, kind, seat.place, True, self.model.chains.get(kind, (kind,)), 1, None)
        each = filled.seats_each or 1
        won = 0
        ways: list[str] = []
        sources: list[str] = []
        for inner, number in self.spread.units_in_scope(self.model, seat.chain, scope, kind):
            seats, way, by = self._chosen(choice, place, inner, each, look)
            won += number * seats
            if seats:
                ways.append(way)
                sources += by
        if getattr(filled, "apportioned", None) is not None:
            units = max(1, self.model.units_within(seat.chain, kind))
            won = won * seat.size // (units * each)
        return won, (ways[0] if ways else BY_ELECTION), tuple(dict.fromkeys(sources)) or (choice.by,)


def sources_of(model: Model, seat: SeatClass) -> tuple[str, ...]:
    """The classes on which the making of a class rests."""
    filled = seat.filled
    found: list[str] = []
    if filled is not None:
        found += [filled.by, *filled.offices]
    if seat.choice is not None:
        found += [seat.choice.by, *seat.choice.nominators]
    if seat.block is not None and seat.block.removable is not None:
        found.append(seat.block.removable.by)
    rule = provision_about(model.rulebook, "confirmation", seat.name)
    if rule is not None:
        found.append(rule.by)
    return tuple(dict.fromkeys(name for name in found if name in model.classes))


def lead_of(model: Model, seat: SeatClass) -> int:
    """How many rounds pass between the moment at which a seat can be filled and that at which it is: the notice of the meeting
    that elects, the length of the poll, at least one; none where it follows from another seat."""
    if seat.way in (ALL_MEMBERS, EX_OFFICIO) or seat.filled is None:
        return 0
    procedure = seat.choice.procedure if seat.choice is not None else None
    body = model.rulebook.bodies.get(seat.choice.by if seat.choice is not None else "")
    days = 0
    if procedure is not None and procedure.taken == "poll":
        days = days_of(procedure.polling)
    elif body is not None and body.meets.by_right is None:
        days = days_of(body.notice)
    if procedure is not None and procedure.election is not None and procedure.election.nominations is not None:
        days += days_of(procedure.election.nominations.length)
    return rounds_of(days, model.settings.round_days)


def rounds_of(days: int, round_days: int) -> int:
    """So many days in rounds, begun ones counted, at least one."""
    return max(1, -(-days // round_days))
