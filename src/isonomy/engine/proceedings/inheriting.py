"""Inheriting: the parts of an opening balance, each kind held against the rulebook before it is entered.

Lives here: the shapes of what is listed and their checks. Not here: who may enter and when, approval (`openings`).

Invariant: a balance gives nobody more than a clause could: no seat more than there are, no term longer than the clause's, no
decision of a body that is not competent, nothing that has a road of its own (elections, amendments, ratifications).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from isonomy.engine.competence import (
    AMENDMENT,
    APPEAL,
    APPOINTMENT,
    CORRECTION,
    ELECTION,
    OPENING,
    RATIFICATION,
    RULING,
)
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.decisions import DecisionTaken
from isonomy.engine.proceedings.mandates import MandateBegun, check_room, term_end
from isonomy.engine.proceedings.membership import NameCommitment, PersonAdmitted, checked_class
from isonomy.engine.proceedings.motions import MotionMoved, MotionSeconded
from isonomy.engine.proceedings.movers import competence_of
from isonomy.engine.proceedings.units import UnitFounded
from isonomy.engine.roll import is_voter, unit_lies_in
from isonomy.engine.shape import CivilDate, Line, Natural, PersonId, SeatName, Slug, Text
from isonomy.engine.state import Mandate
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Body, Office

ORGANISATION = "organisation"
NOT_INHERITED = (AMENDMENT, RATIFICATION, CORRECTION, OPENING, RULING)
OWN_ROADS = (ELECTION, APPOINTMENT, APPEAL)


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit that exists: since when, and, where it differs from the part's, from which source."""

    unit: Slug
    kind: Slug
    since: CivilDate
    within: Slug | None = None
    name: Line | None = None
    source: Line | None = None


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member: since when, of which class and unit; the name is a commitment."""

    person: PersonId
    since: CivilDate
    member_class: Slug | None = None
    unit: Slug | None = None
    name: NameCommitment | None = None
    codes: dict[Slug, Slug] | None = None
    source: Line | None = None


@dataclass(frozen=True, slots=True)
class ListedMandate:
    """A seat that is held: by whom, since when, until when where that is before the end of the clause's term."""

    person: PersonId
    seat: SeatName
    since: CivilDate
    until: CivilDate | None = None
    source: Line | None = None


@dataclass(frozen=True, slots=True)
class ListedMotion:
    """A motion that stands before a body: who moved it when, who seconded it."""

    body: SeatName
    matter: Slug
    text: Text
    mover: PersonId
    moved_on: CivilDate
    seconders: tuple[PersonId, ...] = ()
    person: PersonId | None = None
    amount: Natural | None = None


@dataclass(frozen=True, slots=True)
class ListedDecision:
    """A decision that is in force: of which body or office, on what, when."""

    seat: SeatName
    matter: Slug
    text: Text
    taken_on: CivilDate
    amount: Natural | None = None


@dataclass(frozen=True, slots=True)
class Enter:
    """Enters a part of the opening balance, of one kind, from a source: units, members, mandates, a motion, or a decision."""

    source: Line
    units: tuple[ListedUnit, ...] = ()
    members: tuple[ListedMember, ...] = ()
    mandates: tuple[ListedMandate, ...] = ()
    motion: ListedMotion | None = None
    decision: ListedDecision | None = None


def enter_part(judgement: Judgement, enter: Enter, clause: str) -> tuple[str, tuple[str, ...]]:
    """The kind of a part and the ids of what it brings, with their effects; bars what is of no kind or of several."""
    kinds = ("units", "members", "mandates", "motion", "decision")
    given = [kind for kind in kinds if getattr(enter, kind)]
    if len(given) != 1:
        raise judgement.bar(
            "a part of the opening balance is of one kind", {"given": given or "nothing"},
            f"give one of {', '.join(kinds)}; the others are parts of their own",
        )  # fmt: skip
    if enter.units:
        return "units", _units(judgement, enter.units)
    if enter.members:
        return "members", _members(judgement, enter.members)
    if enter.mandates:
        return "mandates", _mandates(judgement, enter.mandates)
    if enter.motion is not None:
        return "motion", _motion(judgement, enter.motion, clause)
    assert enter.decision is not None, "one kind is given"
    return "decision", _decision(judgement, enter.decision, clause)


def _once(judgement: Judgement, what: str, ids: Iterable[str]) -> None:
    double = next((id for id, times in Counter(ids).items() if times > 1), None)
    if double is not None:
        raise judgement.bar(f"the {what} {double} is listed twice", {}, "list each once")


def _past(judgement: Judgement, clause: str, what: str, day: str) -> None:
    if day > judgement.on:
        judgement.refuse(
            clause,
            "a balance says what is, not what is to come",
            {what: day, "today": judgement.on},
            "correct the date",
        )


def _units(judgement: Judgement, units: tuple[ListedUnit, ...]) -> tuple[str, ...]:
    """Units of kinds that the rulebook has, each within one that is there or stands before it in the list."""
    _once(judgement, "unit", (listed.unit for listed in units))
    kinds = {unit.id: unit.kind for unit in judgement.state.units.values() if not unit.closed_on}
    for listed in units:
        block = judgement.rulebook.units.get(listed.kind)
        if block is None:
            raise judgement.bar(
                f"the rulebook has no kind of unit '{listed.kind}'", {"kinds": sorted(judgement.rulebook.units)},
                "name one of its kinds",
            )  # fmt: skip
        if listed.unit in judgement.state.units:
            raise judgement.bar(f"there is a unit '{listed.unit}' already", {}, "leave it out")
        inside = block.within != ORGANISATION
        if (inside and kinds.get(listed.within or "") != block.within) or (not inside and listed.within is not None):
            judgement.refuse(
                block.place.clause, f"a {listed.kind} lies within {'a' if inside else 'the'} {block.within}",
                {"unit": listed.unit, "within": listed.within or "nothing"},
                f"name a {block.within} that stands before it" if inside else "leave 'within' out",
            )  # fmt: skip
        _past(judgement, block.place.clause, "since", listed.since)
        kinds[listed.unit] = listed.kind
        judgement.then(UnitFounded(listed.unit, listed.kind, listed.since, listed.within or "", listed.name or ""))
    return tuple(listed.unit for listed in units)


def _members(judgement: Judgement, members: tuple[ListedMember, ...]) -> tuple[str, ...]:
    _once(judgement, "person", (listed.person for listed in members))
    state = judgement.state
    for listed in members:
        if listed.person in state.persons:
            raise judgement.bar(f"{listed.person} is listed already", {}, "leave the row out")
        name = checked_class(judgement, judgement.rulebook, listed.member_class)
        block = judgement.rulebook.member_classes.get(name)
        clause = block.place.clause if block is not None else ""
        unit = state.units.get(listed.unit or "")
        asked = block.belong_to if block is not None else ""
        if (asked and (unit is None or unit.kind != asked)) or (listed.unit is not None and unit is None):
            known = sorted(found.id for found in state.units.values() if not asked or found.kind == asked)
            judgement.refuse(
                clause, f"a member belongs to a {asked or 'unit that is there'}",
                {"person": listed.person, "unit": listed.unit or "none", "units": known[:20]}, "name one of them",
            )  # fmt: skip
        _past(judgement, clause, "since", listed.since)
        commitment = {"c": listed.name.c} if listed.name else None
        codes = {str(key): str(code) for key, code in listed.codes.items()} if listed.codes else None
        judgement.then(PersonAdmitted(listed.person, name, listed.since, listed.unit or "", commitment, codes))
    return tuple(listed.person for listed in members)


def _mandates(judgement: Judgement, mandates: tuple[ListedMandate, ...]) -> tuple[str, ...]:
    _once(judgement, "mandate", (f"{listed.seat} of {listed.person}" for listed in mandates))
    made: list[Mandate] = []
    for listed in mandates:
        mandate = _mandate(judgement, listed, f"{proceeding_id('ma', judgement.n)}-{len(made)}")
        beside = sum(1 for other in made if other.seat == mandate.seat)
        seat = judgement.seat(mandate.seat)
        room = 1 if isinstance(seat, Office) else seat.seats
        held = len(judgement.state.mandates_of_seat(mandate.seat, judgement.on))
        check_room(judgement, seat, mandate)
        if room is not None and beside and held + beside >= room:
            judgement.refuse(
                seat.place.clause, f"{judgement.title(mandate.seat)} has {room} seat{'' if room == 1 else 's'}",
                {"listed": held + beside + 1}, "list no more than there are",
            )  # fmt: skip
        made.append(mandate)
        judgement.then(
            MandateBegun(
                mandate.id, mandate.person, mandate.seat, mandate.since, mandate.until, mandate.clause, mandate.ground
            )
        )
    return tuple(mandate.id for mandate in made)


def _mandate(judgement: Judgement, listed: ListedMandate, id: str) -> Mandate:
    """One mandate: a seat that is filled by mandates, held by a listed member with a vote, within the term of the clause."""
    seat = judgement.seat(listed.seat)
    clause, title = seat.place.clause, judgement.title(listed.seat)
    if seat.filled is None or seat.filled.way in ("all members", "ex officio"):
        judgement.refuse(
            clause, f"{title} is not filled by mandates", {"filled": seat.filled.way if seat.filled else "not said"},
            "leave it out: who belongs to it belongs to it by the clause itself",
        )  # fmt: skip
    person = judgement.state.persons.get(listed.person)
    unit = listed.seat.partition("@")[2]
    if person is None:
        raise judgement.bar(f"{listed.person} is not listed", {"seat": listed.seat}, "enter the members first")
    if not is_voter(person, judgement.rulebook, judgement.on):
        judgement.refuse(
            clause, "a seat is held by a member with a vote", {"person": listed.person}, "correct the list"
        )
    if unit and not unit_lies_in(judgement.state, person.unit, unit):
        judgement.refuse(
            clause, f"a seat of {unit} is held by one of its members", {"unit of the person": person.unit or "none"},
            "correct the list",
        )  # fmt: skip
    _past(judgement, clause, "since", listed.since)
    until = _until(judgement, listed, seat)
    return Mandate(id, listed.person, listed.seat, listed.since, until, clause, proceeding_id("op", judgement.n))


def _until(judgement: Judgement, listed: ListedMandate, seat: Body | Office) -> str:
    """The end of an inherited mandate: as the source says, at most a term of the clause after its beginning."""
    clause, last = seat.place.clause, term_end(seat, listed.since)
    until = listed.until or last
    if last and until > last:
        judgement.refuse(
            clause, f"a mandate lasts {seat.term}", {"since": listed.since, "until": until}, f"end it on {last}"
        )
    if until and until <= judgement.on:
        judgement.refuse(
            clause, "a balance lists the mandates that are held", {"person": listed.person, "until": until},
            "leave it out: the seat is vacant until it is filled as the clause says",
        )  # fmt: skip
    return until


def _motion(judgement: Judgement, listed: ListedMotion, clause: str) -> tuple[str, ...]:
    """A motion on a matter that needs no object, in the body that is competent, of listed persons."""
    judgement.body(listed.body)
    _check_matter(judgement, listed.matter, clause)
    competence_of(judgement, listed.body, listed.matter)
    people = (listed.mover, *listed.seconders)
    _once(judgement, "mover or seconder", people)
    unknown = [person for person in people if person not in judgement.state.persons]
    if unknown:
        raise judgement.bar(
            "mover and seconders are listed members", {"not listed": unknown}, "enter the members first"
        )
    _past(judgement, clause, "moved_on", listed.moved_on)
    motion = proceeding_id("mo", judgement.n)
    judgement.then(
        MotionMoved(
            motion, listed.body, listed.matter, listed.mover, listed.text, listed.moved_on, judgement.edition,
            person=listed.person or "", amount=listed.amount,
        )
    )  # fmt: skip
    for seconder in listed.seconders:
        judgement.then(MotionSeconded(motion, seconder))
    return (motion,)


def _decision(judgement: Judgement, listed: ListedDecision, clause: str) -> tuple[str, ...]:
    seat = judgement.seat(listed.seat)
    _check_matter(judgement, listed.matter, clause)
    _past(judgement, clause, "taken_on", listed.taken_on)
    decision = proceeding_id("de", judgement.n)
    judgement.then(
        DecisionTaken(
            decision,
            listed.seat,
            listed.matter,
            listed.taken_on,
            seat.place.clause,
            text=listed.text,
            amount=listed.amount,
        )
    )
    return (decision,)


def _check_matter(judgement: Judgement, matter: str, clause: str) -> None:
    if matter in NOT_INHERITED or matter.startswith(OWN_ROADS):
        judgement.refuse(
            clause, f"{matter} is not inherited by being listed", {"matter": matter},
            "list the mandate it gave, or do it anew once the balance stands",
        )  # fmt: skip
