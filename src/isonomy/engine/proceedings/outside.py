"""Orders from outside: entered by one office, confirmed by another, with six effects and no other.

Lives here: `outside.order`, `outside.confirm`, and what an order does to a decision, a mandate, a seat, a value. Not here:
what is owed afterwards (`obeying`).

Invariant: nothing is rewritten, and nothing takes effect before two different persons in two different offices stand behind it on
the record. Source: docs/spec/acts-orders.md.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import timedelta

from isonomy.engine.act import judges
from isonomy.engine.competence import APPOINTMENT, ELECTION
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.outside import (
    ANNUL,
    AWAITING,
    BINDING,
    BINDS_LATER,
    DISCLOSE,
    EFFECTS_OF_ORDERS,
    ERASE,
    SEAT,
    SOURCES,
    STAY,
    UNSEAT,
    OutsideOrder,
)  # fmt: skip
from isonomy.engine.proceedings.erasure import ValueErased
from isonomy.engine.proceedings.mandates import MandateBegun, MandateEnded, term_end
from isonomy.engine.shape import CivilDate, Line, PersonId, ProceedingId, SeatName, Sha256, Slug, Text
from isonomy.engine.state import Decision, Mandate, State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Body
from isonomy.rulebook.provisions.orders import OrdersRule, orders_rule

ORDERED = "ordered from outside"
"""Why a mandate ended, or on which ground it began, that an order ended or began."""
GIVES_SEATS = (ELECTION, APPOINTMENT, "co-option-to-")


@dataclass(frozen=True, slots=True)
class Order:
    """Enters an order of a court, a statute or a regulator, with its source; another office confirms it."""

    effect: Slug
    source: Slug
    authority: Line
    words: Text
    sha256: Sha256
    binds_from: CivilDate
    concerns: Line | None = None
    person: PersonId | None = None
    seat: SeatName | None = None
    last_day: CivilDate | None = None
    lifts: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Confirm:
    """Confirms an order that another office entered: the document was seen, and says this."""

    order: ProceedingId
    sha256: Sha256


@effect("outside.order.entered")
@dataclass(frozen=True, slots=True)
class OrderEntered:
    """An order is on the record; it has no effect yet."""

    order: str
    order_effect: str
    source: str
    authority: str
    words: str
    sha256: str
    binds_from: str
    concerns: str
    seat_of: str
    on: str
    confirm_by: str
    edition: str
    clause: str
    person: str = ""
    seat: str = ""
    last_day: str = ""
    lifts: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the order."""
        state.orders[self.order] = OutsideOrder(
            self.order, at.n, self.order_effect, self.source, self.authority, self.words, self.sha256, self.binds_from,
            self.concerns, at.by, self.seat_of, self.on, self.confirm_by, self.edition, self.clause, self.person, self.seat,
            self.last_day, self.lifts,
        )  # fmt: skip
        state.touched[self.order] = at.n


@effect("outside.order.confirmed")
@dataclass(frozen=True, slots=True)
class OrderConfirmed:
    """An order takes effect from a day on; what rested on what it annuls is to be reviewed."""

    order: str
    seat_of: str
    on: str
    from_on: str
    review: tuple[str, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Confirms the order; ends the stay that it lifts."""
        order = state.orders[self.order]
        order.confirmed_by, order.confirmed_in, order.confirmed_on = at.by, self.seat_of, self.on
        order.from_on, order.review = self.from_on, self.review
        state.touched[self.order] = at.n


@effect("outside.stayed")
@dataclass(frozen=True, slots=True)
class Stayed:
    """Decisions and mandates do nothing from a day through a day ("" until another order)."""

    order: str
    things: tuple[str, ...]
    since: str
    until: str = ""

    def apply(self, state: State, at: At) -> None:
        """Notes the stay beside each; nothing of them is changed."""
        for thing in self.things:
            _stays_of(state, thing)[self.order] = (self.since, self.until)
            state.touched[thing] = at.n


@effect("outside.stay.lifted")
@dataclass(frozen=True, slots=True)
class StayLifted:
    """A stay ends: what was stayed stands again from a day on."""

    order: str
    by: str
    things: tuple[str, ...]
    on: str

    def apply(self, state: State, at: At) -> None:
        """Ends the stay with the day before."""
        order = state.orders[self.order]
        order.lifted_by, order.lifted_on = self.by, self.on
        before = (day_of(self.on) - timedelta(days=1)).isoformat()
        for thing in self.things:
            stays = _stays_of(state, thing)
            since = stays[self.order][0]
            if before < since:
                del stays[self.order]
            else:
                stays[self.order] = (since, before)
            state.touched[thing] = at.n


@effect("outside.annulled")
@dataclass(frozen=True, slots=True)
class Annulled:
    """A decision does nothing any more from a day on; it stays on the record."""

    order: str
    decision: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Notes the day; an election that gave it is annulled."""
        state.decisions[self.decision].annulled_on = self.on
        for election in state.elections.values():
            if election.decision == self.decision:
                election.standing = "annulled"
        state.touched[self.decision] = at.n


def _stays_of(state: State, thing: str) -> dict[str, tuple[str, str]]:
    return state.decisions[thing].stays if thing in state.decisions else state.mandates[thing].stays


@judges("outside.order", Order, reportable=False)
def judge_order(judgement: Judgement, order: Order) -> None:
    """Judges the entering: by one of the two offices, with one of the six effects, on a thing that is there."""
    rule = _rule(judgement)
    clause = rule.place.clause_of("entered by")
    if order.effect not in EFFECTS_OF_ORDERS:
        judgement.refuse(
            clause, "an order from outside stays, annuls, seats, unseats, has disclosed or erased, and does nothing else",
            {"effect": order.effect, "effects": list(EFFECTS_OF_ORDERS)},
            "name one of these; what else it asks is decided inside",
        )  # fmt: skip
        return
    if order.source not in SOURCES:
        judgement.refuse(
            clause,
            "an order comes from a court, a statute or a regulator",
            {"source": order.source},
            "name one of these",
        )
    judgement.may_act(rule.entered_by, clause, "an order is entered by the two offices the clause names")
    _check_concerns(judgement, rule, order)
    if order.last_day is not None and (order.effect != STAY or order.last_day < order.binds_from):
        judgement.refuse(
            clause, "a stay has a last day, which is not before it binds", {"last day": order.last_day}, "leave it out"
        )
    judgement.then(
        OrderEntered(
            proceeding_id("oo", judgement.n), order.effect, order.source, order.authority, order.words, order.sha256,
            order.binds_from, order.concerns or order.seat or order.person or "", _acts_in(judgement, rule),
            judgement.on, rule.confirmed_within.after(day_of(judgement.on)).isoformat(), judgement.edition, clause,
            order.person or "", order.seat or "", order.last_day or "", order.lifts or "",
        )
    )  # fmt: skip


def _rule(judgement: Judgement) -> OrdersRule:
    rule = orders_rule(judgement.rulebook)
    if rule is None:
        raise judgement.bar(
            "the rulebook knows no orders from outside", {}, "amend it first: name the two offices that enter them"
        )
    return rule


def _acts_in(judgement: Judgement, rule: OrdersRule) -> str:
    """In which of the two offices the author acts."""
    if judgement.as_:
        return judgement.as_
    return next((seat for seat in rule.entered_by if judgement.author in judgement.holders(seat)), "")


def _check_concerns(judgement: Judgement, rule: OrdersRule, order: Order) -> None:
    """That the thing an order is about is there, and of the kind that its effect asks."""
    state, clause, thing = judgement.state, rule.place.clause_of("entered by"), order.concerns or ""
    if order.effect in (STAY, ANNUL):
        if not (decided_in(state, thing) or (order.effect == STAY and thing in state.mandates)):
            raise judgement.bar(
                f"there is no decision or election with a result '{thing}'" if order.effect == ANNUL else
                f"there is no decision, election with a result, or mandate '{thing}'",
                {"concerns": thing or "nothing"}, "name it under 'concerns', such as de-42", clause,
            )  # fmt: skip
        if order.lifts is not None:
            _check_lifts(judgement, clause, order)
    elif order.lifts is not None:
        judgement.refuse(clause, "only a stay is lifted by another order", {"lifts": order.lifts}, "leave 'lifts' out")
    if order.effect == UNSEAT:
        mandate = state.mandates.get(thing)
        if mandate is None or not mandate.is_valid_on(judgement.on):
            raise judgement.bar(
                f"there is no mandate '{thing}' that is held", {}, "name one of those shown by isonomy state", clause
            )
    if order.effect == SEAT:
        _check_seat(judgement, clause, order)
    if order.effect == DISCLOSE and not (
        thing in state.publications.sealed
        or thing in state.criticisms
        or thing in state.commissions
        or thing in state.persons
    ):
        raise judgement.bar(
            f"nothing sealed is called '{thing}'",
            {},
            "name a sealed text, a criticism, a commission, or the person whose value it is",
            clause,
        )
    if order.effect == ERASE:
        person = state.persons.get(thing)
        if person is None or person.name is None or person.name["c"] in state.erased:
            raise judgement.bar(
                f"there is no personal value of '{thing}' to erase", {}, "name a person whose name is kept", clause
            )


def _check_lifts(judgement: Judgement, clause: str, order: Order) -> None:
    found = judgement.state.orders.get(order.lifts or "")
    if found is None or found.effect != STAY or found.standing_on(judgement.on) not in (BINDING, BINDS_LATER):
        raise judgement.bar(
            f"there is no stay '{order.lifts}' that runs", {}, "name the order whose stay is to end", clause
        )
    if order.effect != STAY or found.concerns != order.concerns:
        judgement.refuse(
            clause, "a stay is lifted by an order with the effect stay on the same thing",
            {"lifts": found.id, "concerns": found.concerns}, f"write effect stay and concerns {found.concerns}",
        )  # fmt: skip


def _check_seat(judgement: Judgement, clause: str, order: Order) -> None:
    block = judgement.seat(order.seat or "")
    person = judgement.state.persons.get(order.person or "")
    if person is None or not person.is_member_on(judgement.on):
        judgement.refuse(
            clause, "an order seats a person of the roll", {"person": order.person or "nobody"},
            "admit the person first, and name them",
        )  # fmt: skip
    if judgement.author == order.person:
        judgement.refuse(clause, "nobody enters an order that seats themselves", {}, "let the other office enter it")
    holders = judgement.state.mandates_of_seat(order.seat or "", judgement.on)
    seats = block.seats if isinstance(block, Body) else 1
    if seats is not None and len(holders) >= seats:
        judgement.refuse(
            clause, "an order seats somebody where a seat is free", {"seats": seats, "held": len(holders)},
            "enter the order that unseats somebody first, and have it confirmed",
        )  # fmt: skip


@judges("outside.confirm", Confirm, reportable=False)
def judge_confirm(judgement: Judgement, confirm: Confirm) -> None:
    """Judges the confirmation: the other office, another person, in time, of the same document."""
    rule = _rule(judgement)
    order = order_named(judgement, confirm.order)
    clause = rule.place.clause_of("entered by")
    if order.confirmed_on:
        raise judgement.bar("this order is confirmed already", {"on": order.confirmed_on}, "nothing more is needed")
    if order.standing_on(judgement.on) != AWAITING:
        judgement.refuse(
            rule.place.clause_of("confirmed within"),
            f"an order is confirmed within {rule.confirmed_within}, else it has no effect",
            {"entered": order.entered_on, "confirmed by": order.confirm_by}, "enter it anew, if it still binds",
        )  # fmt: skip
    others = tuple(seat for seat in rule.entered_by if seat != order.entered_in)
    judgement.may_act(others, clause, "the other of the two offices confirms an order")
    if judgement.author == order.entered_by:
        judgement.refuse(
            clause, "two different persons stand behind an order", {"entered by": order.entered_by},
            f"let another who holds {judgement.title(others[0]) if others else 'the other office'} confirm it",
        )  # fmt: skip
    if judgement.author == order.person:
        judgement.refuse(clause, "nobody confirms an order that concerns themselves", {}, "let another hold the office")
    if confirm.sha256 != order.sha256:
        judgement.refuse(
            clause, "both offices saw the same document", {"entered": order.sha256, "confirmed": confirm.sha256},
            "compare the documents; enter the right one anew",
        )  # fmt: skip
    from_on = max(order.binds_from, judgement.on)
    effects = _Doing(judgement, order, from_on)
    effects.do()
    judgement.then(OrderConfirmed(order.id, _acts_in(judgement, rule), judgement.on, from_on, tuple(effects.review)))
    for made in effects.made:
        judgement.then(made)


def order_named(judgement: Judgement, id: str) -> OutsideOrder:
    """The order of that id; bars an unknown one."""
    found = judgement.state.orders.get(id)
    if found is None:
        raise judgement.bar(f"there is no order from outside '{id}'", {}, "name one of this record, such as oo-42")
    return found


def decided_in(state: State, thing: str) -> Decision | None:
    """The decision that a thing is or that an election came to; None where there is none."""
    election = state.elections.get(thing)
    return state.decisions.get(election.decision if election is not None else thing)


def mandates_from(state: State, decision: Decision, day: str) -> list[Mandate]:
    """The mandates that a decision gave and that are held on a day: of an election, appointment or co-option."""
    if not decision.matter.startswith(GIVES_SEATS):
        return []
    return [found for found in state.mandates.values() if found.ground == decision.id and found.is_valid_on(day)]


@dataclass(slots=True)
class _Doing:
    """What an order does once it is confirmed."""

    judgement: Judgement
    order: OutsideOrder
    from_on: str
    made: list[object] = field(default_factory=list)
    review: list[str] = field(default_factory=list)

    def do(self) -> None:
        """Collects the effects of the order's own kind."""
        order, state, day = self.order, self.judgement.state, self.judgement.on
        if order.effect == STAY:
            things = tuple(things_stayed(state, order.concerns, day))
            if order.lifts:
                lifted = state.orders[order.lifts]
                self.made.append(StayLifted(lifted.id, order.id, things_under(state, lifted.id), self.from_on))
            else:
                self.made.append(Stayed(order.id, things, self.from_on, order.until))
        if order.effect == ANNUL:
            self._annul()
        if order.effect == SEAT:
            seat = self.judgement.seat(order.seat)
            self.made.append(
                MandateBegun(
                    f"ma-{self.judgement.n}", order.person, order.seat, self.from_on, term_end(seat, self.from_on), order.clause,
                    order.id,
                )
            )  # fmt: skip
        if order.effect == UNSEAT:
            self.made.append(MandateEnded(order.concerns, self.from_on, ORDERED))
        if order.effect == ERASE:
            person = state.persons[order.concerns]
            if person.sealed is not None:
                sealed = b64encode(person.sealed).decode("ascii")
                self.made.append(ValueErased(person.entry, sealed, f"{order.id}: {order.authority}"[:300]))

    def _annul(self) -> None:
        state = self.judgement.state
        decision = decided_in(state, self.order.concerns)
        if decision is None:
            return
        self.made.append(Annulled(self.order.id, decision.id, self.from_on))
        for mandate in mandates_from(state, decision, self.judgement.on):
            self.made.append(MandateEnded(mandate.id, self.from_on, ORDERED))
        self.review += rested_on(state, decision)


def things_stayed(state: State, thing: str, day: str) -> list[str]:
    """What a stay of a thing reaches: the decision and the mandates it gave, or a mandate alone."""
    decision = decided_in(state, thing)
    if decision is None:
        return [thing]
    return [decision.id, *(found.id for found in mandates_from(state, decision, day))]


def things_under(state: State, order: str) -> tuple[str, ...]:
    """The decisions and mandates beside which a stay stands."""
    found = [one.id for one in state.decisions.values() if order in one.stays]
    return (*found, *(one.id for one in state.mandates.values() if order in one.stays))


def rested_on(state: State, decision: Decision) -> list[str]:
    """What rested on a decision: what was carried out of it, what it ratified, the edition it put into force, the mandates
    it gave, and what those decided who held a seat by it."""
    found = [done.partition(" ")[2] for done in state.carried_out if done.startswith(f"{decision.id} ")]
    found += [one.id for one in state.decisions.values() if decision.poll and one.ratified_by == decision.poll]
    found += [one.id for one in state.editions.values() if one.decision == decision.id]
    gave = [one for one in state.mandates.values() if one.ground == decision.id]
    if not decision.matter.startswith(GIVES_SEATS):
        found += [one.id for one in gave]
    seats = {one.seat: one.since for one in gave}
    found += [
        one.id
        for one in state.decisions.values()
        if one.id != decision.id and one.seat in seats and one.taken_on >= seats[one.seat] and not one.annulled_on
    ]
    return [thing for thing in dict.fromkeys(found) if thing != decision.id]
