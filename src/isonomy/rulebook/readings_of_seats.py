"""Readings of values that name seats: how a seat is filled, who removes, when a body meets, what lapses,
who breaks a tie.

Lives here: the composite values of bodies, offices, powers and procedures. Not here: quantities and time
(`readings`), the finding of names (`names`).

Invariant: as in `readings`: an exact value and its facts, or `Misreading` with the place and the form asked
for.
"""

from __future__ import annotations

import re
from fractions import Fraction

from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Count, Share
from isonomy.rulebook.findings import Misreading, shown
from isonomy.rulebook.model import MEMBERS, Demand, Filled, Lapse, Majority, Meets, Removal
from isonomy.rulebook.names import Names, clause, listed, seat, seats, unit_kind
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.readings import (
    Fact,
    duration,
    form,
    majority,
    note,
    recurrence,
    share_or_count,
    whole,
    yearly_day,
)
from isonomy.rulebook.seating_rule import METHODS, Apportioned

SEATS_MAX = 10_000
FILLED_FORMS = (
    "write all members, election by BODY, appointment by SEAT, delegation from each KIND, 2 seats, or holders of OFFICE"
)
MEETS_FORMS = (
    "write by right every year on 1 May; on call of SEAT; on demand of 1/5 of the members, held within 21 days"
)


def filled(passage: Passage, names: Names, facts: list[Fact]) -> Filled:
    """How a seat is filled."""
    text = passage.text
    if text == "all members":
        return Filled("all members")
    if found := re.fullmatch(r"all\s+members\s+of\s+(?:the\s+|each\s+)?(\S+)", text):
        return Filled("all members", unit_kind=unit_kind(passage.group(found, 1), names, facts))
    if found := re.fullmatch(r"election\s+by\s+(.+)", text):
        by = seat(passage.group(found, 1), names, facts, "body", members=True)
        return Filled("election", by=by)
    if found := re.fullmatch(r"appointment\s+by\s+(.+)", text):
        return Filled("appointment", by=seat(passage.group(found, 1), names, facts))
    if found := re.fullmatch(r"delegation\s+from\s+each\s+([^,]+?),\s*([0-9]+)\s+seats?(?:\s+each)?", text):
        kind = unit_kind(passage.group(found, 1), names, facts)
        return Filled("delegation", unit_kind=kind, seats_each=whole(passage.group(found, 2), facts))
    if found := re.fullmatch(r"delegation\s+from\s+each\s+([^,]+?),\s*by\s+membership,\s*(.+)", text):
        kind = unit_kind(passage.group(found, 1), names, facts)
        return Filled("delegation", unit_kind=kind, apportioned=_apportioned(passage.group(found, 2), facts))
    if found := re.fullmatch(r"lot\s+among\s+(?:the\s+)?(?:members\s+of\s+(?:the\s+)?)?(.+)", text):
        note(facts, "sign", "lot", passage)
        return Filled("lot", by=seat(passage.group(found, 1), names, facts, "body", members=True))
    if found := re.fullmatch(r"holders?\s+of\s+(.+)", text):
        offices = []
        for part in listed(passage.group(found, 1)):
            offices.append(seat(part, names, facts, "office"))
        return Filled("ex officio", offices=tuple(offices))
    raise form(passage, "a way to fill a seat", FILLED_FORMS)


def _apportioned(passage: Passage, facts: list[Fact]) -> Apportioned:
    """`40 seats, sainte-lague, as of 1 March`, perhaps with `at least 1 each`."""
    found = re.fullmatch(
        r"([0-9]+)\s+seats,\s*([a-z-]+),\s*as\s+of\s+([^,]+?)(?:,\s*at\s+least\s+([0-9]+)\s+each)?", passage.text
    )
    if found is None:
        raise form(passage, "a way to share out seats", "write 40 seats, sainte-lague, as of 1 March, at least 1 each")
    if found.group(2) not in METHODS:
        raise form(passage.group(found, 2), "a method of apportionment", f"write {' or '.join(METHODS)}")
    seats = whole(passage.group(found, 1), facts, 1, SEATS_MAX)
    as_of = yearly_day(passage.group(found, 3), facts)
    least = whole(passage.group(found, 4), facts, 1, seats) if found.group(4) else 0
    return Apportioned(seats, found.group(2), as_of, least)


def removal(passage: Passage, names: Names, facts: list[Fact]) -> Removal:
    """`BODY` or `BODY, majority 2/3`."""
    first, *rest = passage.split(",")
    by = seat(first, names, facts, members=True)
    return Removal(by, _majority_after(rest, passage, facts))


def _majority_after(rest: list[Passage], whole_value: Passage, facts: list[Fact]) -> Majority | None:
    if not rest:
        return None
    found = re.fullmatch(r"majority\s+(.+)", rest[0].text)
    if len(rest) > 1 or not found:
        raise form(whole_value, "in the form asked for", "after the comma write a majority, such as: majority 2/3")
    return majority(rest[0].group(found, 1), facts)


def meets(passage: Passage, names: Names, facts: list[Fact], body: str) -> Meets:
    """When a body meets; `body` is its own name (whose members `its members` are)."""
    by_right = None
    on_call: tuple[str, ...] = ()
    demands: list[Demand] = []
    for part in listed(passage):
        if found := re.fullmatch(r"by\s+right\s+(.+)", part.text):
            if by_right is not None:
                raise Misreading(
                    "double-value", "a second meeting by right", part, "a body has one recurrence by right"
                )
            by_right = recurrence(part.group(found, 1), facts)
        elif found := re.fullmatch(r"on\s+(?:the\s+)?call\s+of\s+(.+)", part.text):
            if on_call:
                raise Misreading("double-value", "a second 'on call'", part, "write them as: on call of a or b")
            on_call = seats(part.group(found, 1), names, facts)
        elif found := re.fullmatch(r"on\s+(?:the\s+)?demand\s+of\s+(.+)", part.text):
            demands.append(_demand(part.group(found, 1), names, facts, body))
        else:
            raise form(part, "a way to meet", MEETS_FORMS)
    return Meets(by_right, on_call, tuple(demands))


def _demand(passage: Passage, names: Names, facts: list[Fact], body: str) -> Demand:
    who, *within = passage.split(",")
    found = re.fullmatch(r"(\S+)\s+(?:of\s+)?(?:the\s+)?(.+)", who.text)
    if not found:
        raise form(who, "a demand", "write on demand of 1/5 of the members, or of 5 members")
    quantity = share_or_count(who.group(found, 1), facts)
    called: Duration | None = None
    held: Duration | None = None
    for part in within:
        timed = re.fullmatch(r"(?:(called|held)\s+)?within\s+(.+)", part.text)
        if not timed or (called if timed.group(1) == "called" else held) is not None:
            raise form(part, "a time in which the meeting comes", "write called within 7 days, held within 21 days")
        if timed.group(1) == "called":
            called = duration(part.group(timed, 2), facts)
        else:
            held = duration(part.group(timed, 2), facts)
    return Demand(quantity, _demanding(who.group(found, 2), names, facts, body), called, held)


def _demanding(passage: Passage, names: Names, facts: list[Fact], body: str) -> str:
    if passage.text in ("its members", "its member"):
        return body
    if passage.text in (MEMBERS, "member"):
        return MEMBERS
    try:
        return unit_kind(passage, names, facts)
    except Misreading as no_unit:
        try:
            return seat(passage, names, facts, "body")
        except Misreading:
            what = f"'{shown(passage.text)}' is not the members, a kind of unit or a body of this rulebook"
            raise Misreading("unknown-seat", what, passage, no_unit.cure) from no_unit


def served_after(passage: Passage, facts: list[Fact]) -> Duration:
    """`3 days after dispatch`."""
    found = re.fullmatch(r"(.+?)\s+after\s+dispatch", passage.text)
    if not found:
        raise form(passage, "a time at which notice is served", "write it as 3 days after dispatch")
    return duration(passage.group(found, 1), facts)


def consent(passage: Passage, facts: list[Fact]) -> Share | Count:
    """`by consent of all`, `by consent of 9/10`."""
    found = re.fullmatch(r"by\s+consent\s+of\s+(\S+)", passage.text)
    if not found:
        raise form(passage, "a consent to short notice", "write by consent of all, or by consent of 9/10")
    if found.group(1) == "all":
        note(facts, "share", Fraction(1), passage.group(found, 1))
        return Share(Fraction(1))
    return share_or_count(passage.group(found, 1), facts)


def lapse(passage: Passage, names: Names, facts: list[Fact]) -> Lapse:
    """`after 30 days unless ratified by BODY`."""
    found = re.fullmatch(r"after\s+(\S+(?:\s\S+){1,2})\s+unless\s+ratified\s+by\s+(.+)", passage.text)
    if not found:
        raise form(passage, "a lapse", "write it as after 30 days unless ratified by BODY")
    return Lapse(duration(passage.group(found, 1), facts), seat(passage.group(found, 2), names, facts, "body"))


def vote(passage: Passage, facts: list[Fact]) -> tuple[bool, Duration | None]:
    """Whether a class votes, and how long after admission."""
    if passage.text in ("yes", "from admission"):
        return True, None
    if passage.text == "no":
        return False, None
    found = re.fullmatch(r"(.+?)\s+after\s+admission", passage.text)
    if not found:
        raise form(passage, "a right to vote", "write yes, no, from admission, or 3 months after admission")
    return True, duration(passage.group(found, 1), facts)


def casting_vote(passage: Passage, names: Names, facts: list[Fact]) -> tuple[str, bool]:
    """The office that resolves a tie, and whether by a second vote."""
    found = re.fullmatch(r"([^,]+),\s*(only|second)\s+vote", passage.text)
    if not found:
        raise form(passage, "a casting vote", "write OFFICE, only vote, or OFFICE, second vote")
    note(facts, "sign", "casting vote", passage)
    office = seat(passage.group(found, 1).trimmed(), names, facts, "office")
    return office, found.group(2) == "second"


def protected(passage: Passage, names: Names, facts: list[Fact]) -> tuple[tuple[str, ...], Majority]:
    """`1; 5, majority 3/4`: the clauses with a higher bar, and the bar."""
    found = re.fullmatch(r"([^,]+),\s*majority\s+(.+)", passage.text)
    if not found:
        raise form(passage, "a list of protected clauses", "write the clauses and their bar: 1; 5, majority 3/4")
    ids = []
    for part in listed(passage.group(found, 1)):
        id = clause(part, names)
        if id in ids:
            raise Misreading("double-value", f"clause {id} is named twice", part, "name it once")
        note(facts, "clause", id, part)
        ids.append(id)
    return tuple(ids), majority(passage.group(found, 2), facts)


def occasion(passage: Passage, names: Names, facts: list[Fact]) -> tuple[Duration, str]:
    """`14 days of each meeting of BODY`: how long, and after what (`meeting of committee`)."""
    found = re.fullmatch(r"(\S+(?:\s\S+){1,2}?)\s+(?:of|after)\s+(?:each|every|a)\s+meeting\s+of\s+(.+)", passage.text)
    if not found:
        raise form(passage, "a time after an occasion", "write it as 14 days of each meeting of BODY")
    within = duration(passage.group(found, 1), facts)
    return within, f"meeting of {seat(passage.group(found, 2), names, facts, 'body')}"
