"""Competence: which body or office decides a matter, by which clause.

Lives here: the rulebook's own answer, completed by the matters that follow from its blocks (elections, removals,
appointments, ratification, admission). Not here: the procedure once the right body has it (`proceedings`).

Invariant: a matter that a clause gives to one body is not decided by another; the residual body has only the rest.
"""

from __future__ import annotations

from collections.abc import Callable

from isonomy.engine.competence_of_criticism import of_criticism
from isonomy.engine.competence_of_powers import competence_of_powers
from isonomy.engine.competence_of_publication import of_publication
from isonomy.engine.competence_of_terms import about_terms, bodies_that_call
from isonomy.engine.competence_on_holders import holders_competences
from isonomy.engine.competence_on_units import CLOSING as CLOSING
from isonomy.engine.competence_on_units import FOUNDING as FOUNDING
from isonomy.engine.competence_on_units import on_units_and_orders
from isonomy.engine.opening import approving_body
from isonomy.rulebook.model import Body, Competence, Office, Place, Procedure, Rulebook
from isonomy.rulebook.motion_rule import WITH_CONSENT

ELECTION, REMOVAL, APPOINTMENT, APPEAL = "election-of-", "removal-from-", "appointment-to-", "appeal-on-"
CALLING, DEMANDING = "call-of-", "demand-of-"
PROPOSING = "motion-to-"
URGENCY, ADJOURNMENT, WITHDRAWAL = "urgency", "adjournment", "withdrawal-of-motion"
OWN_BUSINESS = (URGENCY, ADJOURNMENT, WITHDRAWAL)
"""What an open meeting decides of its own business, without notice, where a clause lets it."""
AMENDMENT, RATIFICATION, ADMISSION, CORRECTION = "amendment", "ratification", "admission", "correction"
OPENING, RULING = "opening-balance", "ruling"
Road = tuple[Competence, ...]
ROADS: dict[str, Callable[[Rulebook, str], Road]] = {}
"""How the matters begin that follow from a block of a kind with a module of its own, and who decides them."""


def decided_by(start: str) -> Callable[[Callable[[Rulebook, str], Road]], Callable[[Rulebook, str], Road]]:
    """Registers who decides the matters that begin so; the function is given the rulebook and the rest of the matter.

    What is decided on such a road concerns a person, whom the motion names, and is never one option among others.
    """

    def register(finds: Callable[[Rulebook, str], Road]) -> Callable[[Rulebook, str], Road]:
        ROADS[start] = finds
        return finds

    return register


def has_road(matter: str) -> bool:
    """Whether a matter is of those that concern a person and are decided as a block with its own module says."""
    return matter.startswith(tuple(ROADS))


def competent_for(rulebook: Rulebook, matter: str) -> tuple[Competence, ...]:
    """The competences for a matter, built-in or named; empty when no clause gives it to anybody.

    A built-in matter follows from its own block, whatever else names it: a body that "decides: amendment" does so by the
    procedure of the amendment clause. A procedure that names the matter for the same body says how it is decided there.
    """
    named = tuple(found for found in rulebook.competent(matter) if not found.residual)
    built_in = _built_in(rulebook, matter)
    if built_in is None:
        return named or rulebook.competent(matter)
    if not built_in:
        return named
    how = {found.seat: found for found in named if found.procedure is not None}
    return tuple(how.get(found.seat, found) if found.procedure is None else found for found in built_in)


def competence_in(rulebook: Rulebook, seat: str, matter: str) -> Competence | None:
    """The competence of a body or office for a matter: its own before a power that is limited."""
    plain = seat.partition("@")[0]
    found = [competence for competence in competent_for(rulebook, matter) if competence.seat.partition("@")[0] == plain]
    return next((competence for competence in found if competence.power is None), found[0] if found else None)


def _built_in(rulebook: Rulebook, matter: str) -> tuple[Competence, ...] | None:
    """The competences that follow from the blocks for a built-in matter; None where the matter is none."""
    on_holders = holders_competences(rulebook, matter)
    if on_holders is not None:
        return on_holders
    if matter == AMENDMENT:
        amendment = rulebook.amendment()
        return (Competence(amendment.by, amendment.place, procedure=amendment),) if amendment else ()
    if matter == RATIFICATION:
        return _ratifiers(rulebook)
    if matter == ADMISSION:
        return tuple(
            Competence(seat, found.place) for found in rulebook.member_classes.values() for seat in found.admitted_by
        )
    if matter == CORRECTION:
        return _approvers(rulebook)
    if matter == OPENING:
        body = approving_body(rulebook)
        return (Competence(body.name, body.place),) if body is not None else ()
    if matter == RULING:
        return _reviewers(rulebook)
    if (of_units := on_units_and_orders(rulebook, matter)) is not None:
        return of_units
    for prefix in (ELECTION, REMOVAL, APPOINTMENT, APPEAL):
        if matter.startswith(prefix):
            seat = rulebook.seat(matter[len(prefix) :])
            return _about_seat(rulebook, prefix, seat) if seat else ()
    if (terms := about_terms(rulebook, matter)) is not None:
        return terms
    for start, finds in ROADS.items():
        if matter.startswith(start):
            return finds(rulebook, matter[len(start) :]) or None
    of_powers = competence_of_powers(rulebook, matter)
    if of_powers is not None:
        return of_powers
    if matter in OWN_BUSINESS:
        return _own_business(rulebook, matter) or None
    if matter.startswith(PROPOSING):
        return _proposing(rulebook, matter[len(PROPOSING) :]) or None
    for prefix in (CALLING, DEMANDING):
        body = rulebook.bodies.get(matter[len(prefix) :]) if matter.startswith(prefix) else None
        if body is not None:
            return _about_meeting(rulebook, prefix, body)
    return of_criticism(rulebook, matter) or of_publication(rulebook, matter)


def is_own_business(rulebook: Rulebook, matter: str) -> bool:
    """Whether a matter is a meeting's own business here, and not one that the rulebook has under that name."""
    return matter in OWN_BUSINESS and bool(_own_business(rulebook, matter))


def _own_business(rulebook: Rulebook, matter: str) -> tuple[Competence, ...]:
    if matter == WITHDRAWAL:
        return tuple(
            Competence(found.by, place_of(found.place, "withdrawal"))
            for found in rulebook.procedures.values()
            if found.motions.withdrawal == WITH_CONSENT
        )
    return tuple(
        Competence(body.name, place_of(body.place, "urgent matters" if matter == URGENCY else "adjourned by"))
        for body in rulebook.bodies.values()
        if (body.sitting.urgent is not None if matter == URGENCY else body.sitting.by_meeting)
    )


def _proposing(rulebook: Rulebook, body: str) -> tuple[Competence, ...]:
    """The bodies that move motions in a body by their decision, themselves or for their unit."""
    found: dict[str, Competence] = {}
    for procedure in rulebook.procedures.values():
        if procedure.by == body:
            for mover in movers_by_decision(rulebook, procedure):
                found.setdefault(mover, Competence(mover, place_of(procedure.place, "proposed by")))
    return tuple(found.values())


def movers_by_decision(rulebook: Rulebook, procedure: Procedure) -> tuple[str, ...]:
    """The bodies that move by their decision under a procedure: named, or standing in a kind of unit that is."""
    rule = procedure.motions
    in_units = (body.name for body in rulebook.bodies.values() if body.in_each and body.in_each in rule.by_units)
    return tuple(dict.fromkeys((*rule.by_decision, *in_units)))


def place_of(place: Place, key: str) -> Place:
    """The place of one key of a block: its line, and the clause that states it."""
    return Place(place.clause_of(key), place.line_of(key), place.lines, place.clauses)


def _about_meeting(rulebook: Rulebook, prefix: str, body: Body) -> tuple[Competence, ...]:
    """Who calls a body by a decision, or lends a unit's name to the demand that it meet."""
    if prefix == CALLING:
        own = (seat for seat in body.meets.on_call_of if seat in rulebook.bodies)
        callers = dict.fromkeys((*own, *bodies_that_call(rulebook, body.name)))
        return tuple(Competence(seat, body.place) for seat in callers)
    kinds = {demand.of for demand in body.meets.on_demand if demand.of in rulebook.units}
    return tuple(Competence(other.name, body.place) for other in rulebook.bodies.values() if other.in_each in kinds)


def _about_seat(rulebook: Rulebook, prefix: str, seat: Body | Office) -> tuple[Competence, ...]:
    if prefix == REMOVAL:
        return (Competence(seat.removable.by, seat.place),) if seat.removable else ()
    filled = seat.filled
    if filled is None:
        return ()
    if prefix == APPOINTMENT:
        return (Competence(filled.by, seat.place),) if filled.way == "appointment" else ()
    procedure = rulebook.election_of(seat.name)
    if prefix == APPEAL:
        rule = procedure.election if procedure is not None else None
        place = procedure.place if procedure is not None else seat.place
        return (Competence(rule.appeal.to, place),) if rule is not None and rule.appeal is not None else ()
    if procedure is not None:
        return (Competence(procedure.by, procedure.place, procedure=procedure),)
    if filled.way == "election":
        return (Competence(filled.by, seat.place),)
    if filled.way == "delegation":
        electing = [body for body in rulebook.bodies.values() if body.in_each == filled.unit_kind]
        assemblies = [body for body in electing if body.filled and body.filled.way == "all members"]
        return tuple(Competence(body.name, seat.place) for body in assemblies or electing)
    return ()


def _reviewers(rulebook: Rulebook) -> tuple[Competence, ...]:
    """Who rules for all cases, confirms that, and reviews what rested on an overturned ruling: the bodies that the clause
    names, then the supreme one."""
    rule, supreme = rulebook.ruling, rulebook.supreme
    found = []
    if rule is not None:
        named = (rule.general_by, rule.appeal.to if rule.appeal is not None else "")
        found = [Competence(seat, rule.place) for seat in named if seat]
    if supreme is not None:
        found.append(Competence(supreme.name, supreme.place))
    unique: dict[str, Competence] = {}
    for competence in found:
        unique.setdefault(competence.seat, competence)
    return tuple(unique.values())


def _approvers(rulebook: Rulebook) -> tuple[Competence, ...]:
    """Each body approves corrections of what it decided; the one that the clause on the record names, those of the roll."""
    record = rulebook.record
    named = (Competence(record.approved_by, record.place),) if record is not None and record.approved_by else ()
    own = (Competence(body.name, body.place) for body in rulebook.bodies.values())
    return (*named, *(found for found in own if not named or found.seat != named[0].seat))


def _ratifiers(rulebook: Rulebook) -> tuple[Competence, ...]:
    found = [
        Competence(power.lapses.unless_ratified_by, power.place) for power in rulebook.powers.values() if power.lapses
    ]
    found += [Competence(body.name, body.place) for body in rulebook.bodies.values()]
    unique: dict[str, Competence] = {}
    for competence in found:
        unique.setdefault(competence.seat, competence)
    return tuple(unique.values())
