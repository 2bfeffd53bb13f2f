"""Demands: members, units or a body's members demand that a body meet.

Lives here: `meeting.demand`, `demand.support`, `demand.withdraw`. Not here: the call that follows (`calls`).

Invariant: a demand counts those who support it and are entitled on the day it is tested, each once; once it
has reached the number that the clause asks it stays reached, and the days by which the meeting is called and
held run from there. Source: docs/spec/acts.md, meeting.demand.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import DEMANDING
from isonomy.engine.conditions import is_demanded
from isonomy.engine.effect import At, effect
from isonomy.engine.facts import Group, NamedFacts
from isonomy.engine.judgement import Judgement
from isonomy.engine.meeting import MeetingDemand
from isonomy.engine.roll import members_of_body
from isonomy.engine.shape import Line, ProceedingId, SeatName, Slug
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.kernel.quantity import Answer, Span
from isonomy.rulebook.model import MEMBERS, Body, Demand, Rulebook


@dataclass(frozen=True, slots=True)
class Open:
    """Demands that a body meet on some matters, and supports the demand.

    `of` says in whose name, where the clause lets several kinds demand: `members`, a kind of unit, a body.
    `decision` is that of a unit's body which demands.
    """

    body: SeatName
    matters: tuple[Slug, ...]
    of: Slug | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """Supports a demand, as a member, or for the unit in whose name one acts."""

    demand: ProceedingId
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Withdraws one's own support, or one's unit's, before the demand has reached its number."""

    demand: ProceedingId
    decision: ProceedingId | None = None
    why: Line | None = None


@effect("demand.opened")
@dataclass(frozen=True, slots=True)
class DemandOpened:
    """A demand that a body meet stands open for support."""

    demand: str
    body: str
    of: str
    matters: tuple[str, ...]
    on: str
    edition: str

    def apply(self, state: State, at: At) -> None:
        """Enters the demand."""
        state.demands[self.demand] = MeetingDemand(self.demand, self.body, self.of, self.matters, self.on, self.edition)
        state.touched[self.demand] = at.n


@effect("demand.supported")
@dataclass(frozen=True, slots=True)
class DemandSupported:
    """A person or unit stands behind a demand."""

    demand: str
    supporter: str

    def apply(self, state: State, at: At) -> None:
        """Adds the supporter."""
        state.demands[self.demand].supporters.append(self.supporter)
        state.touched[self.demand] = at.n


@effect("demand.withdrawn")
@dataclass(frozen=True, slots=True)
class DemandWithdrawn:
    """A person or unit stands behind a demand no longer."""

    demand: str
    supporter: str

    def apply(self, state: State, at: At) -> None:
        """Strikes the supporter."""
        state.demands[self.demand].supporters.remove(self.supporter)
        state.touched[self.demand] = at.n


@effect("demand.reached")
@dataclass(frozen=True, slots=True)
class DemandReached:
    """A demand has the number that the clause asks: the meeting is called and held by these days ("": none
    set)."""

    demand: str
    on: str
    call_by: str = ""
    hold_by: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the days."""
        demand = state.demands[self.demand]
        demand.reached_on, demand.call_by, demand.hold_by = self.on, self.call_by, self.hold_by
        state.touched[self.demand] = at.n


def seats_that_speak_for(rulebook: Rulebook, kind: str) -> tuple[str, ...]:
    """The offices that speak for a unit of a kind: those that chair or keep the minutes of a body in it;
    where no block names such, every office that stands in it."""
    bodies = [body for body in rulebook.bodies.values() if body.in_each == kind]
    named = [office for body in bodies for office in (body.chaired_by, body.minutes_by) if office]
    inside = [office for office in named if rulebook.offices[office].in_each == kind]
    if not inside:
        inside = [office.name for office in rulebook.offices.values() if office.in_each == kind]
    return tuple(dict.fromkeys(inside))


def demand_clause(judgement: Judgement, body: Body, of: str | None) -> Demand:
    """The way to demand a meeting that the clause has, in the name asked for; bars what it has not."""
    ways = body.meets.on_demand
    title = judgement.title(body.name)
    if not ways:
        raise judgement.bar(
            f"no clause lets anybody demand that {title} meet", {}, "amend the rulebook", body.place.clause_of("meets")
        )
    if of is None and len(ways) > 1:
        raise judgement.bar(
            "the clause lets several kinds demand a meeting", {"of": [way.of for way in ways]},
            'say in whose name with "of"', body.place.clause_of("meets"),
        )  # fmt: skip
    found = next((way for way in ways if of is None or way.of == of), None)
    if found is None:
        raise judgement.bar(
            f"no clause lets '{of}' demand that {title} meet", {"of": [way.of for way in ways]}, "name one of them",
            body.place.clause_of("meets"),
        )  # fmt: skip
    return found


@judges("meeting.demand", Open)
def judge_open(judgement: Judgement, opened: Open) -> None:
    """Judges a demand: a clause has it, and its author may support it."""
    body = judgement.body(opened.body)
    way = demand_clause(judgement, body, opened.of)
    if not opened.matters:
        raise judgement.bar("a demand says what the meeting shall be about", {}, 'give "matters"')
    demand = MeetingDemand(
        proceeding_id("ca", judgement.n), opened.body, way.of, tuple(opened.matters), judgement.on, judgement.edition
    )
    supporter = _supporter(judgement, body, demand, opened.decision)
    judgement.then(DemandOpened(demand.id, opened.body, way.of, tuple(opened.matters), judgement.on, judgement.edition))
    _support(judgement, body, way, demand, supporter)


def waiting_demand(judgement: Judgement, demand: str) -> MeetingDemand:
    """The demand of that id while it gathers support; bars the act otherwise."""
    found = judgement.state.demands.get(demand)
    if found is None:
        raise judgement.bar(f"there is no demand '{demand}'", {}, "name one, such as ca-17")
    if found.reached_on:
        raise judgement.bar(
            "the demand has reached its number already",
            {"on": found.reached_on, "held by": found.hold_by or "not said"}, "nothing more is needed",
        )  # fmt: skip
    return found


def _frame(judgement: Judgement, demand: MeetingDemand) -> tuple[Body, Demand]:
    """The body and the way to demand, as in the edition under which the demand was opened."""
    body = judgement.state.rulebook(demand.edition).bodies[demand.body.partition("@")[0]]
    return body, next(way for way in body.meets.on_demand if way.of == demand.of)


@judges("demand.support", Support)
def judge_support(judgement: Judgement, support: Support) -> None:
    """Judges a support: by one who may demand, once; and whether the number is reached with it."""
    demand = waiting_demand(judgement, support.demand)
    body, way = _frame(judgement, demand)
    supporter = _supporter(judgement, body, demand, support.decision)
    if supporter and supporter in demand.supporters:
        raise judgement.bar(f"{supporter} supports the demand already", {}, "nothing more is needed")
    _support(judgement, body, way, demand, supporter)


@judges("demand.withdraw", Withdraw)
def judge_withdraw(judgement: Judgement, withdraw: Withdraw) -> None:
    """Judges a withdrawal: one's own support, or one's unit's, before the number is reached."""
    demand = waiting_demand(judgement, withdraw.demand)
    body, _ = _frame(judgement, demand)
    supporter = _supporter(judgement, body, demand, withdraw.decision)
    if supporter not in demand.supporters:
        raise judgement.bar(f"{supporter or 'nobody'} does not support the demand", {}, "")
    judgement.then(DemandWithdrawn(demand.id, supporter))


def _supporter(judgement: Judgement, body: Body, demand: MeetingDemand, decision: str | None) -> str:
    """In whose name the author supports: the person, or the unit; a ground where the author may not."""
    clause = body.place.clause_of("meets")
    says = f"a meeting of {judgement.title(demand.body)} is demanded by those the clause names"
    if demand.of in judgement.rulebook.units:
        return _unit(judgement, clause, says, body, demand, decision)
    seat = _electorate(demand)
    judgement.may_act((seat,), clause, says)
    return judgement.author


def _electorate(demand: MeetingDemand) -> str:
    """Whose members may demand: everybody with a vote; for a body in a unit the members there."""
    unit = demand.body.partition("@")[2]
    if demand.of == MEMBERS:
        return demand.body if unit else MEMBERS
    return demand.body if demand.of == demand.body.partition("@")[0] else demand.of


def _unit(judgement: Judgement, clause: str, says: str, body: Body, demand: MeetingDemand, decision: str | None) -> str:
    """The unit in whose name the author acts: by its office, or on a decision of a body of it."""
    rulebook, state, kind = judgement.rulebook, judgement.state, demand.of
    offices = seats_that_speak_for(rulebook, kind)
    bodies = tuple(found.name for found in rulebook.bodies.values() if found.in_each == kind)
    if decision is not None:
        taken = state.decisions.get(decision)
        unit = taken.seat.partition("@")[2] if taken is not None else ""
    else:
        unit = judgement.as_.partition("@")[2] or _only_unit(judgement, offices)
    if unit and (unit not in state.units or state.units[unit].kind != kind or state.units[unit].closed_on):
        known = sorted(found.id for found in state.units.values() if found.kind == kind and not found.closed_on)
        raise judgement.bar(f"there is no open {kind} '{unit}'", {f"open {kind} units": known[:20]})
    judgement.is_granted(
        (*offices, *bodies), clause, says, decision=decision, matter=DEMANDING + body.name,
        about=demand.id, unit=unit,
    )  # fmt: skip
    return unit


def _only_unit(judgement: Judgement, offices: tuple[str, ...]) -> str:
    """The unit for which the author holds one of the offices, where it is one; bars the act where it is
    several."""
    held = {
        found.seat.partition("@")[2]
        for found in judgement.state.mandates_of_person(judgement.author, judgement.on)
        if found.seat.partition("@")[0] in offices
    }
    if len(held) > 1:
        raise judgement.bar(
            "you speak for several units", {"units": sorted(held)}, 'say in which seat you act with "as"'
        )
    return next(iter(held), "")


def _support(judgement: Judgement, body: Body, way: Demand, demand: MeetingDemand, supporter: str) -> None:
    judgement.then(DemandSupported(demand.id, supporter))
    entitled, whole = _entitled(judgement, demand)
    living = {found for found in demand.supporters if found in entitled} | {supporter}
    facts = NamedFacts(
        judgement.state, judgement.on, demand.id, {"supporters": Span.exactly(len(living))}, demand.edition
    )
    tested = is_demanded(facts, way.quantity, Group("supporters", demand.id), whole)
    judgement.cite(body.place.clause_of("meets"))
    if tested.answer is not Answer.YES:
        return
    on = day_of(judgement.on)
    judgement.then(
        DemandReached(
            demand.id, judgement.on,
            way.called_within.after(on).isoformat() if way.called_within else "",
            way.held_within.after(on).isoformat() if way.held_within else "",
        )
    )  # fmt: skip


def _entitled(judgement: Judgement, demand: MeetingDemand) -> tuple[set[str], Group]:
    """Who may support a demand on the day judged, and the group that they are a part of."""
    state = judgement.state
    if demand.of in state.rulebook(demand.edition).units:
        found = {unit.id for unit in state.units.values() if unit.kind == demand.of and not unit.closed_on}
        return found, Group("units", demand.of)
    seat = _electorate(demand)
    return set(members_of_body(state, demand.edition, seat, judgement.on)), Group("members", seat)
