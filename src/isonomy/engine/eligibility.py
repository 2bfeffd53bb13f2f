"""What bars a person from a seat: seats that do not go together, too many seats, terms served, too short a membership.

Lives here: finding what stands against it, from the record alone. Not here: refusing (`proceedings.holding`), the blocks
(`rulebook.provisions`).

Invariant: counted by person and over editions; a seat that follows from another one, or from membership, counts nowhere.
Source: docs/spec/acts-seating.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from isonomy.engine.following_units import heir_of
from isonomy.engine.roll import unit_lies_in
from isonomy.engine.seating import COOPTED, INTERIM, in_unit_since
from isonomy.engine.state import Mandate, State, day_of
from isonomy.engine.subscription import CODE, takes
from isonomy.kernel.calendar import Duration
from isonomy.rulebook.model import Body, Office, Rulebook
from isonomy.rulebook.provisions.accumulation import accumulations
from isonomy.rulebook.provisions.limits import COUNTS, COUNTS_LONG, Limits, limits_of
from isonomy.rulebook.provisions.subscription import NO_CANDIDACY, subscription_rule
from isonomy.rulebook.readings_of_seating import Otherwise

A_YEAR = Duration(1, "year")
"""The time between two terms that breaks a row, where neither the clause nor the seat has one."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands against a person's taking a seat: the clause, its words, the facts, the cure.

    `falling` are the mandates that end where the clause lets the person choose, and `chooses` in which time.
    """

    clause: str
    says: str
    facts: dict[str, Any] = field(default_factory=dict)
    cure: str = ""
    falling: tuple[str, ...] = ()
    chooses: Duration | None = None


def end_of(mandate: Mandate) -> str:
    """The day on which a mandate is over; "" where none is set."""
    return min((day for day in (mandate.until, mandate.ended_on) if day), default="")


def _overlaps(mandate: Mandate, since: str, until: str) -> bool:
    if until and mandate.since >= until:
        return False
    return mandate.is_valid_on(max(mandate.since, since))


def mandates_of(state: State, person: str) -> list[Mandate]:
    """Every mandate a person was ever given, in the order of their beginning."""
    return sorted((found for found in state.mandates.values() if found.person == person), key=lambda one: one.since)


def obstacles(
    state: State, book: Rulebook, person: str, seat: str, since: str, until: str, how: str = ""
) -> list[Obstacle]:
    """What stands against a person's holding a seat from a day to a day ("" without end), begun by its election or `how`."""
    mine = [found for found in mandates_of(state, person) if not found.ended_on or found.ended_on > found.since]
    found = _together(book, mine, seat, since, until)
    found += _too_many(book, mine, seat, since, until)
    found += _in_arrears(state, book, person, since)
    rule, block = limits_of(book, seat), book.seat(seat)
    if rule is not None and block is not None:
        found += _terms(state, rule, block, mine, seat, since, until, how)
        found += _membership(state, rule, person, since)
    return found


def _in_arrears(state: State, book: Rulebook, person: str, day: str) -> list[Obstacle]:
    """Arrears, where the clause says that they bar from candidacy."""
    known, owed = state.persons.get(person), subscription_rule(book)
    if known is None or owed is None or not takes(known, book, day, NO_CANDIDACY):
        return []
    facts = {"in arrears since": known.codes.get(CODE, "")}
    clause = owed.place.clause_of("in arrears")
    return [Obstacle(clause, "whoever is in arrears does not stand", facts, "choose another, or let them pay first")]


def _together(book: Rulebook, mine: list[Mandate], seat: str, since: str, until: str) -> list[Obstacle]:
    """The seats that do not go with this one, whichever block says so."""
    plain, found = seat.partition("@")[0], []
    for mandate in mine:
        other = mandate.seat.partition("@")[0]
        rule = _pair(book, plain, other)
        if rule is None or not _overlaps(mandate, since, until):
            continue
        titles = " and ".join(sorted((_title(book, plain), _title(book, other))))
        facts = {"holds": mandate.seat, "mandate": mandate.id, "until": end_of(mandate) or "no term"}
        cure = f"choose another, or let {mandate.person} resign from {mandate.seat} first"
        found.append(
            _obstacle(
                rule.place.clause_of("not with"),
                f"one person does not hold the seats of {titles}",
                facts,
                cure,
                rule.otherwise,
                mandate.id,
            )
        )
    return found


def _pair(book: Rulebook, one: str, other: str) -> Limits | None:
    for seat, beside in ((one, other), (other, one)):
        rule = limits_of(book, seat)
        if rule is not None and beside in rule.not_with:
            return rule
    return None


def _obstacle(clause: str, says: str, facts: dict[str, Any], cure: str, rule: Otherwise, *falling: str) -> Obstacle:
    return Obstacle(clause, says, facts, cure, falling, rule.chooses_within)


def _too_many(book: Rulebook, mine: list[Mandate], seat: str, since: str, until: str) -> list[Obstacle]:
    """One seat more than one person may hold at one time."""
    found = []
    for rule in accumulations(book):
        if not rule.counts(seat):
            continue
        counted = [one for one in mine if rule.counts(one.seat) and one.seat != seat and _overlaps(one, since, until)]
        most = _most_at_once(counted, since)
        if most >= rule.at_most:
            facts = {"holds": [one.seat for one in counted], "at most": rule.at_most}
            says = f"one person holds at most {rule.at_most} seat{'s' * (rule.at_most != 1)} at one time"
            cure = f"choose another, or let one of {', '.join(one.seat for one in counted)} be given up first"
            gone = most + 1 - rule.at_most
            falling = tuple(one.id for one in counted[:gone])
            found.append(_obstacle(rule.place.clause_of("at most"), says, facts, cure, rule.otherwise, *falling))
    return found


def _most_at_once(mandates: list[Mandate], since: str) -> int:
    days = {since, *(one.since for one in mandates if one.since > since)}
    return max(sum(one.is_valid_on(day) for one in mandates) for day in days)


def _terms(
    state: State, rule: Limits, block: Body | Office, mine: list[Mandate], seat: str, since: str, until: str, how: str
) -> list[Obstacle]:  # fmt: skip
    served = terms_served(state, rule, block, mine, since)
    this = 1 if _is_term(rule, block, since, until, how) else 0
    title = _title_of(block)
    found = []
    if rule.in_all is not None and len(served.counted) + this > rule.in_all:
        facts = {"terms": len(served.counted), "mandates": [one.id for one in served.counted]}
        says = f"nobody holds the seat of {title} for more than {rule.in_all} term{'s' * (rule.in_all != 1)} in all"
        found.append(Obstacle(rule.place.clause_of("terms in all"), says, facts, "choose another"))
    if rule.in_a_row is not None and len(served.row) + this > rule.in_a_row:
        again = gap_of(rule, block).after(day_of(end_of(served.row[-1]) or since)).isoformat() if served.row else ""
        facts = {"terms in a row": len(served.row), "mandates": [one.id for one in served.row]}
        says = (
            f"nobody holds the seat of {title} for more than {rule.in_a_row} term{'s' * (rule.in_a_row != 1)} in a row"
        )
        cure = f"choose another; this person may hold it again from {again}" if again else "choose another"
        found.append(Obstacle(rule.place.clause_of("terms in a row"), says, facts, cure))
    return found


@dataclass(frozen=True, slots=True)
class Served:
    """The terms a person has served in a seat: all that count, and those of the row that ran up to a day."""

    counted: tuple[Mandate, ...]
    row: tuple[Mandate, ...]


def terms_served(state: State, rule: Limits, block: Body | Office, mine: list[Mandate], before: str) -> Served:
    """The terms that count, of those begun before a day; a seat in one unit counts with the same seat in another."""
    held = [one for one in mine if one.seat.partition("@")[0] == block.name and one.since < before]
    counted = [one for one in held if _is_term(rule, block, one.since, one.until, state.seating.how(one.id))]
    row: list[Mandate] = []
    start = day_of(before)
    for one in reversed(held):
        ended = end_of(one)
        if ended and gap_of(rule, block).after(day_of(ended)) <= start:
            break
        if one in counted:
            row.insert(0, one)
        start = day_of(one.since)
    return Served(tuple(counted), tuple(row))


def gap_of(rule: Limits, block: Body | Office) -> Duration:
    """How long a person is out of a seat before a new row begins: the clause's waiting time, else a full term."""
    return rule.waiting or block.term or A_YEAR


def _is_term(rule: Limits, block: Body | Office, since: str, until: str, how: str) -> bool:
    """Whether a mandate counts as a term: a whole one does; part of one as the clause says."""
    if block.term is None or rule.part == COUNTS:
        return True
    begun = day_of(since)
    full = block.term.after(begun)
    is_part = how in (INTERIM, COOPTED) or (bool(until) and day_of(until) < full)
    if not is_part:
        return True
    return rule.part == COUNTS_LONG and bool(until) and _is_longer_than_half(begun, day_of(until), full)


def _is_longer_than_half(begun: date, until: date, full: date) -> bool:
    return 2 * (until - begun).days > (full - begun).days


def _membership(state: State, rule: Limits, person: str, since: str) -> list[Obstacle]:
    known = state.persons.get(person)
    if known is None:
        return []
    found = []
    for key, length, began, what in (
        ("member for", rule.member_for, known.admitted_on, "a member"),
        ("of the unit for", rule.unit_for, in_unit_since(state, person), f"of {known.unit or 'a unit'}"),
    ):
        if length is not None and length.after(day_of(began)).isoformat() > since:
            from_on = length.after(day_of(began)).isoformat()
            says = f"whoever holds the seat has been {what} for {length}"
            facts = {"person": person, "since": began}
            found.append(
                Obstacle(
                    rule.place.clause_of(key), says, facts, f"choose another; this person may hold it from {from_on}"
                )
            )
    return found


def _title(book: Rulebook, seat: str) -> str:
    block = book.seat(seat)
    return f"the {block.title}" if block is not None else seat


def _title_of(block: Body | Office) -> str:
    return f"the {block.title}"


def why_barred(state: State, book: Rulebook, person: str, seat: str, since: str) -> str:
    """Why a person could not hold a seat from a day on, in words; "" where nothing stands against it or the person chooses."""
    for found in obstacles(state, book, person, seat, since, term_until(book, seat, since)):
        if found.chooses is None:
            return f"{found.says} (clause {found.clause})"
    return ""


def term_until(book: Rulebook, seat: str, since: str) -> str:
    """The day on which a full term that begins on a day is over; "" where the seat has none."""
    block = book.seat(seat)
    return block.term.after(day_of(since)).isoformat() if block is not None and block.term is not None else ""


def is_sent_by(state: State, mandate: Mandate) -> str:
    """The unit whose delegate a mandate makes: that of the electing body, or its heir; without one the person's own."""
    decision = state.decisions.get(mandate.ground)
    unit = decision.seat.partition("@")[2] if decision is not None else ""
    known = state.persons.get(mandate.person)
    return heir_of(state, unit or (known.unit if known is not None else ""))


def shares_a_unit(state: State, person: str, unit: str) -> bool:
    """Whether a person belongs to a unit, or to one within it."""
    known = state.persons.get(person)
    return known is not None and bool(unit) and unit_lies_in(state, known.unit, unit)
