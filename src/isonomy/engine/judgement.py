"""A judgement in the making: what a judge may ask, cite, refuse and effect while it judges one act.

Lives here: the collecting of clauses, grounds, irregularities and effects, and the question of who may act. Not here: the
judges themselves (`proceedings`) and the order of things before them (`decide`).

Invariant: an act with a ground is refused and has no effect. A reported act is not refused for what it broke; what it
broke is an irregularity, and what the facts do not tell is untold. Only what makes no sense (an unknown thing) bars it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from isonomy.engine.act import Act
from isonomy.engine.conditions import Tested, holds_one_of
from isonomy.engine.effect import At, effect, effect_json
from isonomy.engine.facts import NamedFacts
from isonomy.engine.refusal import Accepted, Ground, Irregularity, Refused, Untold, Verdict
from isonomy.engine.roll import interim_holders, unit_lies_in
from isonomy.engine.state import HISTORY, State, Unit
from isonomy.kernel.calendar import parse_date, say_date
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import MEMBERS, Body, Office, Rulebook

SHOWN_MAX = 6
"""So many seats are named one by one in an answer; more by what the clause calls them."""
FORM = ""
"""The clause of grounds that no clause gives: the form of acts itself (acts.md)."""


def _is_open(unit: Unit, kind: str) -> bool:
    return unit.kind == kind and not unit.closed_on


class Barred(Exception):
    """The act makes no sense against the record; carries the ground. Never leaves the engine."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        super().__init__(ground.says)


@effect("decision.carried.out")
@dataclass(frozen=True, slots=True)
class DecisionCarriedOut:
    """A body's decision was carried out on a person or thing; it is not carried out on the same again."""

    decision: str
    about: str

    def apply(self, state: State, at: At) -> None:
        """Notes the carrying out."""
        state.carried_out[f"{self.decision} {self.about}"] = at.n


@dataclass(slots=True)
class Judgement:
    """One act before its judge.

    `on` is the civil date as of which facts are taken: the entry's own, or for a report the earliest day it may have
    happened. `latest` differs from it only in a report. `edition` governs; `author` is "" where a report does not tell.
    """

    state: State
    act: Act | None
    fields: Any
    n: int
    at: str
    local: str
    on: str
    latest: str
    edition: str
    author: str
    as_: str
    auth: dict[str, Any]
    reported: bool = False
    clauses: list[str] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    irregularities: list[Irregularity] = field(default_factory=list)
    untold: list[Untold] = field(default_factory=list)
    effects: list[Any] = field(default_factory=list)
    used: list[Any] = field(default_factory=list)
    boxed: bool = False

    @property
    def rulebook(self) -> Rulebook:
        """The edition that governs this act."""
        return self.state.rulebook(self.edition)

    @property
    def facts(self) -> NamedFacts:
        """The facts as of the day judged."""
        return NamedFacts(self.state, self.on, rulebook_edition=self.edition)

    def under(self, edition: str) -> NamedFacts:
        """The facts read under another edition (of a proceeding that opened under it)."""
        return NamedFacts(self.state, self.on, rulebook_edition=edition)

    def title(self, seat: str) -> str:
        """A seat as members call it."""
        if seat == MEMBERS:
            return "the members"
        found = self.rulebook.seat(seat)
        unit = seat.partition("@")[2]
        return f"the {found.title if found else seat}" + (f" of {unit}" if unit else "")

    # -- what a judge says ------------------------------------------------------------------------------------------

    def cite(self, *clauses: str) -> None:
        """Names the clauses that allow the act."""
        for clause in clauses:
            if clause and clause not in self.clauses:
                self.clauses.append(clause)

    def refuse(self, clause: str, says: str, facts: dict[str, Any] | None = None, cure: str = "") -> None:
        """A ground against the act; an irregularity where it is reported."""
        if self.reported:
            self.irregularities.append(Irregularity(clause, says, facts or {}))
        elif (ground := Ground(clause, says, facts or {}, cure)) not in self.grounds:
            self.grounds.append(ground)

    def bar(self, says: str, facts: dict[str, Any] | None = None, cure: str = "", clause: str = FORM) -> Barred:
        """What to raise when the act makes no sense at all: it names a thing that is not there."""
        return Barred(Ground(clause, says, facts or {}, cure))

    def require(
        self, tested: Tested, clause: str, says: str, cure: str = "", extra: dict[str, Any] | None = None
    ) -> bool:
        """Cites the clause where the condition holds, refuses where it does not, and notes what cannot be told."""
        facts = {**tested.facts, **(extra or {})}
        if tested.answer is Answer.YES:
            self.cite(clause)
            return True
        if tested.answer is Answer.NO:
            self.refuse(clause, says, facts, cure)
        elif self.reported:
            self.untold.append(Untold(clause, says, facts))
            return True
        else:
            self.grounds.append(Ground(clause, f"{says} (not shown)", facts, cure))
        return False

    def then(self, made: Any) -> None:
        """An effect of the act, should it be accepted."""
        self.effects.append(made)

    def verdict(self) -> Verdict:
        """The answer as it stands."""
        if self.grounds:
            return Refused(tuple(self.grounds))
        return Accepted(
            tuple(self.clauses),
            tuple(effect_json(made) for made in (*self.effects, *self.used)),
            tuple(self.irregularities),
            tuple(self.untold),
            self.boxed,
        )

    def then_at_last(self, made: Any) -> None:
        """An effect that notes on what the act rests: once, after those that the act is for."""
        if made not in self.used:
            self.used.append(made)

    # -- what a judge asks ------------------------------------------------------------------------------------------

    def body(self, seat: str) -> Body:
        """The body of that name; bars the act when the rulebook has none, or its unit is not there."""
        found = self.rulebook.bodies.get(seat.partition("@")[0])
        if found is None:
            raise self.bar(
                f"the rulebook has no body '{seat}'", {"bodies": sorted(self.rulebook.bodies)}, "name one of its bodies"
            )
        self._check_unit(seat, found)
        return found

    def seat(self, seat: str) -> Body | Office:
        """The body or office of that name; bars the act when the rulebook has none, or its unit is not there."""
        found = self.rulebook.seat(seat)
        if found is None:
            known = sorted([*self.rulebook.bodies, *self.rulebook.offices])
            raise self.bar(f"the rulebook has no body or office '{seat}'", {"known": known}, "name one of these")
        self._check_unit(seat, found)
        return found

    def _check_unit(self, seat: str, found: Body | Office) -> None:
        plain, _, unit = seat.partition("@")
        if found.in_each and not unit:
            raise self.bar(
                f"there is one {found.title} in each {found.in_each}",
                {"seat": seat},
                f"name the unit: {plain}@NAME-OF-THE-{found.in_each.upper()}",
                found.place.clause,
            )
        if unit and not found.in_each:
            raise self.bar(
                f"{found.title} does not stand in units", {"seat": seat}, f"write {plain}", found.place.clause
            )
        known = self.state.units.get(unit)
        if unit and (known is None or known.kind != found.in_each):
            names = sorted(each.id for each in self.state.units.values() if _is_open(each, found.in_each))
            raise self.bar(
                f"there is no {found.in_each} '{unit}'", {f"open {found.in_each} units": names[:20]}, "name one of them"
            )
        if (ended_on := self.state.instructions.ended.get(seat)) is not None:
            self.refuse(
                found.place.clause, f"{self.title(seat)} is recorded as ended", {"since": ended_on},
                "act in the body that has its matters now",
            )  # fmt: skip
        if known is not None and known.closed_on and known.closed_on <= self.on:
            self.refuse(
                found.place.clause, f"the {found.in_each} {unit} is closed", {"since": known.closed_on},
                "its members moved to other units; act there",
            )  # fmt: skip

    def beside(self, seat: str, unit: str) -> str:
        """A seat as it stands in a unit, where the rulebook has one in each such unit."""
        found = self.rulebook.seat(seat)
        if "@" in seat or found is None or not found.in_each or not unit:
            return seat
        return f"{seat}@{unit}"

    def standing(self, seats: tuple[str, ...], unit: str) -> tuple[str, ...]:
        """The seats that a clause names, in the unit that the act is about; where it is about none, in every open one."""
        found: list[str] = []
        for seat in seats:
            block = self.rulebook.seat(seat)
            if "@" in seat or block is None or not block.in_each or unit:
                found.append(self.beside(seat, unit))
            else:
                found += [f"{seat}@{each.id}" for each in self.state.units.values() if _is_open(each, block.in_each)]
        return tuple(dict.fromkeys(found))

    def holders(self, seat: str) -> list[str]:
        """Who acts in a seat on the day judged."""
        found = [found.person for found in self.state.mandates_of_seat(seat, self.on)]
        return found or sorted(interim_holders(self.state, self.rulebook, seat, self.on))

    def may_act(self, seats: tuple[str, ...], clause: str, says: str, *, unit: str = "") -> bool:
        """Whether the author acts in, and holds, one of the seats that the clause names (`members`: any with a vote).

        The seat acted in is the act's `as`; where it is left out, holding any one of them is enough.
        """
        wanted = self.standing(seats, unit)
        shown = " or ".join(wanted if len(wanted) <= SHOWN_MAX else seats)
        if self.reported and not self.author:
            self.untold.append(Untold(clause, says, {"asked": shown}))
            return True
        if self.as_ and self.as_ not in wanted:
            self.refuse(clause, says, {"acted as": self.as_, "asked": shown}, self._who_may(seats, wanted))
            return False
        tested = holds_one_of(self.facts, self.author, (self.as_,) if self.as_ else wanted)
        tested = Tested(tested.answer, {**tested.facts, "asked": self.as_ or shown})
        return self.require(tested, clause, says, self._who_may(seats, wanted))

    def _who_may(self, named: tuple[str, ...], wanted: tuple[str, ...]) -> str:
        seats = wanted if len(wanted) <= SHOWN_MAX else named
        said = []
        for seat in seats:
            holders = [] if seat == MEMBERS else self.holders(seat)
            said.append(self.title(seat) + (f" (held by {', '.join(holders[:3])})" if 0 < len(holders) <= 3 else ""))
        return f"ask {' or '.join(said)}" if said else "the rulebook gives this to nobody; amend it first"

    def is_granted(
        self,
        seats: tuple[str, ...],
        clause: str,
        says: str,
        *,
        decision: str | None,
        matter: str,
        about: str,
        unit: str = "",
    ) -> bool:
        """Whether the act is allowed to an office that does it, or to a body whose decision it carries out.

        Offices and `members` act themselves. A body acts by a decision in force on `matter`, which the act must name;
        anyone who holds an office of the body, is its member, or keeps the roll or record may carry it out, once, on the
        person or thing it is `about`.
        """
        bodies = tuple(seat for seat in seats if seat in self.rulebook.bodies and seat != MEMBERS)
        persons = tuple(seat for seat in seats if seat not in bodies)
        if decision is None:
            if not bodies:
                return self.may_act(persons, clause, says, unit=unit)
            if persons and (not self.as_ or self.as_ in self.standing(persons, unit)):
                return self.may_act(persons, clause, says, unit=unit)
            titles = " or ".join(self.title(body) for body in bodies)
            self.refuse(clause, says, {"decision": "none named"}, f"name the decision of {titles} on {matter}")
            return False
        found = self.state.decisions.get(decision)
        if found is None:
            raise self.bar(f"there is no decision '{decision}'", {}, "name a decision of this record, such as de-42")
        wanted = set(self.standing(bodies, unit))
        facts = {"decision": decision, "of": found.seat, "on": found.matter, "standing": found.standing_on(self.on)}
        if found.seat not in wanted or found.matter != matter:
            self.refuse(clause, says, facts, f"name a decision of {' or '.join(sorted(wanted))} on {matter}")
            return False
        if found.standing_on(self.on) not in ("in force", "ratified"):
            self.refuse(clause, f"{says}; the decision named is not in force", facts, "decide it again")
            return False
        if about.startswith("p-") and about not in found.person.split():
            self.refuse(
                clause, f"{says}; the decision is on another person", {**facts, "person": found.person or "none"},
                f"name the decision on {about}",
            )  # fmt: skip
            return False
        if self._is_carried_out(decision, about):
            self.refuse(
                clause, f"{says}; the decision was carried out already", {**facts, "about": about}, "decide it anew"
            )
            return False
        self.cite(clause)
        self.then(DecisionCarriedOut(decision, about))
        return self._may_carry_out(found.seat, clause)

    def _is_carried_out(self, decision: str, about: str) -> bool:
        """Whether a decision was carried out: on that person, or, where it is on a thing, at all."""
        if about.startswith("p-"):
            return f"{decision} {about}" in self.state.carried_out
        return any(done.startswith(f"{decision} ") for done in self.state.carried_out)

    def _may_carry_out(self, seat: str, clause: str) -> bool:
        body = self.rulebook.bodies.get(seat.partition("@")[0])
        unit = seat.partition("@")[2]
        seats = [seat, *(keeper for what in ("roll", "record", "minutes") for keeper in self.keepers(what, unit))]
        if body is not None:
            seats += [self.beside(office, unit) for office in (body.chaired_by, body.minutes_by) if office]
        return self.may_act(
            tuple(dict.fromkeys(seats)), clause, f"a decision of {self.title(seat)} is carried out by its own"
        )

    def keepers(self, what: str, unit: str = "") -> tuple[str, ...]:
        """The offices to which something is entrusted (`roll`, `minutes`, `record`, `polls`).

        Those of the whole organisation, and of the units in which `unit` lies: a keeper in one branch keeps nothing of
        another's.
        """
        return tuple(
            seat
            for seat in self.all_keepers(what)
            if "@" not in seat or (unit and unit_lies_in(self.state, unit, seat.partition("@")[2]))
        )

    def all_keepers(self, what: str) -> tuple[str, ...]:
        """The offices to which something is entrusted anywhere."""
        named = [office.name for office in self.rulebook.offices.values() if what in office.keeps]
        if what == "record" and self.rulebook.record is not None:
            named += self.rulebook.record.kept_by
        return self.standing(tuple(named), "")

    def is_recorder(self) -> bool:
        """Whether the author may report in an organisation founded as `history`."""
        return self.state.kind == HISTORY and self.author in self.state.recorders

    def expects_unmoved(self, thing: str, expects: int | None) -> None:
        """Refuses when the proceeding moved on after the entry the author saw."""
        last = self.state.touched.get(thing)
        if expects is not None and last is not None and last > expects:
            self.refuse(
                FORM,
                "the proceeding moved on since you looked",
                {"of": thing, "you saw entry": expects, "it changed with entry": last},
                f"look at entry {last} and send the act again if you still mean it",
            )

    def day(self, text: str) -> str:
        """A civil date as people say it."""
        return say_date(parse_date(text[:10]))
