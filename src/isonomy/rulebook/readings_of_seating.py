"""Readings of what blocks say of the holding of seats: how far, how long, what follows where a limit is met.

Lives here: the values that several of those kinds share. Not here: the kinds (`provisions`), how a seat is filled
(`readings_of_seats`).

Invariant: as in `readings`: an exact value and its facts, or `Misreading` with the place and the form asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Count, Share
from isonomy.rulebook import names as of_names
from isonomy.rulebook.blocks import BlockReader, Stated
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.names import Names, seat
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.readings import Fact, duration, form, share_or_count

REFUSED = "refused"
NEXT_ELECTION = "the next election"
EVERY_SEAT = "all seats"
BEFORE_FORMS = "write it as 7 days before the meeting"


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What follows where somebody would come to hold what may not be held together: refused, or a time to choose."""

    chooses_within: Duration | None = None

    def __str__(self) -> str:
        return f"chooses within {self.chooses_within}" if self.chooses_within else REFUSED


@dataclass(frozen=True, slots=True)
class Lasting:
    """For how long a seat is held that was not filled by its election; `duration` None: until that election alone."""

    duration: Duration | None = None

    def __str__(self) -> str:
        return f"{self.duration}" if self.duration else f"until {NEXT_ELECTION}"


REFUSES = Otherwise()
UNTIL_ELECTION = Lasting()


def about_seat(b: BlockReader, name: str, among: str = "seat") -> str:
    """The body or office that a block is named after; a name that is none is a finding, and the words must name it."""
    if not name:
        return ""
    try:
        found = seat(b.block.name, b.names, [], among)
    except Misreading as fault:
        b.notes.misread(fault, b.block.clause)
        return ""
    fact = Fact("seat", found, found.replace("-", " "), b.block.name.line, b.block.name.column)
    b.stated.append(Stated(b.block.clause, b.kind.name, "", None, (fact,)))
    return found


def several_seats(passage: Passage, names: Names, facts: list[Fact]) -> tuple[str, ...]:
    """`treasurer; branch-secretary`, each once."""
    found: list[str] = []
    for part in of_names.listed(passage):
        name = seat(part, names, facts)
        if name in found:
            raise Misreading("double-value", f"'{part.text}' is named twice", part, "name it once")
        found.append(name)
    return tuple(found)


def seats_or_all(passage: Passage, names: Names, facts: list[Fact]) -> tuple[str, ...]:
    """`all seats` (no name), or a list of them."""
    return () if passage.text == EVERY_SEAT else several_seats(passage, names, facts)


def otherwise(passage: Passage, facts: list[Fact]) -> Otherwise:
    """`refused`, `chooses within 14 days`."""
    if passage.text == REFUSED:
        return Otherwise()
    found = re.fullmatch(r"chooses\s+within\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "what follows", "write refused, or chooses within 14 days")
    return Otherwise(plain_duration(passage.group(found, 1), facts))


def plain_duration(passage: Passage, facts: list[Fact]) -> Duration:
    """A duration that is not of clear days."""
    value = duration(passage, facts)
    if value.clear:
        raise form(passage, "a time that can stand here", "write 14 days, or 2 weeks")
    return value


def lasting(passage: Passage, facts: list[Fact]) -> Lasting:
    """`until the next election`, `1 year`."""
    if passage.text == f"until {NEXT_ELECTION}":
        return Lasting()
    return Lasting(plain_duration(passage, facts))


def part_of_seats(passage: Passage, facts: list[Fact]) -> Share | Count:
    """`2`, `1/4 of the seats`."""
    found = re.fullmatch(r"(\S+)\s+of\s+(?:the\s+|its\s+)?seats", passage.text)
    return share_or_count(passage.group(found, 1) if found else passage, facts)


def before_meeting(passage: Passage, facts: list[Fact]) -> Duration:
    """`7 days before the meeting`."""
    found = re.fullmatch(r"(.+?)\s+before\s+the\s+meeting", passage.text)
    if found is None:
        raise form(passage, "a time before the meeting", BEFORE_FORMS)
    return plain_duration(passage.group(found, 1), facts)
