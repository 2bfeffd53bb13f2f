"""Readings of what a block says of motions, amendments and sittings.

Lives here: the values of those keys, and the rules made of them. Not here: their shapes (`motion_rule`,
`sitting_rule`), what they may not say together (`consistency_of_meetings`).

Invariant: as in `readings`: an exact value and its facts, or `Misreading` with the place and the form asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import Majority, Quorum
from isonomy.rulebook.motion_rule import ACCEPTANCES, BY_MOVER, FURTHEST_FIRST, NEVER, ORDERS, WITHDRAWALS, MotionRule
from isonomy.rulebook.names import Names, listed, seat, unit_kind
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.readings import Fact, duration, form, majority, note, quorum, whole
from isonomy.rulebook.sitting_rule import THOSE_PRESENT, Inquorate, SittingRule

WAIT_MAX = 600
BEFORE_FORMS = "write it as 21 days before the meeting"
ADJOURNED_FORMS = "write the meeting; the meeting, majority 2/3; OFFICE; or OFFICE without a quorum"
INQUORATE_FORMS = "write it as after 30 minutes, adjourned for 7 days"


@dataclass(frozen=True, slots=True)
class Proposers:
    """Who may move: seats (and `members`), bodies by their decision, kinds of unit, so many members together."""

    seats: tuple[str, ...] = ()
    by_decision: tuple[str, ...] = ()
    by_units: tuple[str, ...] = ()
    together: int = 0


def proposers(passage: Passage, names: Names, facts: list[Fact]) -> Proposers:
    """`members`, `committee or decision of branch-meeting`, `each branch or 10 members`."""
    seats: list[str] = []
    bodies: list[str] = []
    kinds: list[str] = []
    together = 0
    for part in passage.split(r"\s+or\s+"):
        if found := re.fullmatch(r"(?:a\s+)?decision\s+of\s+(.+)", part.text):
            _once(seat(part.group(found, 1), names, facts, "body"), bodies, part)
        elif found := re.fullmatch(r"each\s+(.+)", part.text):
            _once(unit_kind(part.group(found, 1), names, facts), kinds, part)
        elif found := re.fullmatch(r"([0-9]+)\s+members", part.text):
            if together:
                raise Misreading("double-value", "a second number of members", part, "name one number")
            together = whole(part.group(found, 1), facts, 2)
        else:
            _once(seat(part, names, facts, members=True), seats, part)
    return Proposers(tuple(seats), tuple(bodies), tuple(kinds), together)


def _once(name: str, found: list[str], part: Passage) -> None:
    if name in found:
        raise Misreading("double-value", f"'{part.text}' is named twice", part, "name it once")
    found.append(name)


def before_meeting(passage: Passage, facts: list[Fact]) -> Duration:
    """`21 days before the meeting`."""
    found = re.fullmatch(r"(.+?)\s+before\s+the\s+meeting", passage.text)
    if found is None:
        raise form(passage, "a time before the meeting", BEFORE_FORMS)
    return duration(passage.group(found, 1), facts)


def order_of_amendments(passage: Passage, facts: list[Fact]) -> str:
    """`furthest first`, `in the order received`."""
    order = read.one_of(passage, ORDERS)
    if order == FURTHEST_FIRST:
        note(facts, "sign", FURTHEST_FIRST, passage)
    return order


def motion_rule(b: BlockReader, moved: Proposers) -> MotionRule:
    """What a `decision` or `amend` block says of motions and amendments."""
    return MotionRule(
        by_decision=moved.by_decision,
        by_units=moved.by_units,
        together=moved.together,
        seconded_by=b.take_named("seconded by", of_names.seats, (), "seat", True),
        deadline=b.take_stated("motion deadline", before_meeting, None),
        withdrawal=b.take("withdrawal", read.one_of, BY_MOVER, WITHDRAWALS),
        amendments=b.take_stated("amendments", order_of_amendments, ""),
        amendments_by=b.take_named("amendments by", of_names.seats, (), "seat", True),
        amendment_seconders=b.take_stated("amendment seconders", whole, 0, 0),
        amendment_deadline=b.take_stated("amendment deadline", before_meeting, None),
        mover_accepts=b.take("mover accepts", read.one_of, NEVER, ACCEPTANCES),
    )


# -- sittings ----------------------------------------------------------------------------------------------


def urgent(passage: Passage, facts: list[Fact]) -> Majority:
    """`by 2/3 of present`."""
    found = re.fullmatch(r"by\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "a majority for urgent matters", "write it as by 2/3 of present")
    return majority(passage.group(found, 1), facts)


@dataclass(frozen=True, slots=True)
class Adjourners:
    """Who adjourns a meeting."""

    by_meeting: bool = False
    majority: Majority | None = None
    by_offices: tuple[str, ...] = ()
    without_quorum: tuple[str, ...] = ()


def adjourners(passage: Passage, names: Names, facts: list[Fact]) -> Adjourners:
    """`the meeting, majority 2/3; chair without a quorum`."""
    by_meeting, bar = False, None
    always: list[str] = []
    inquorate: list[str] = []
    for part in listed(passage):
        if found := re.fullmatch(r"the\s+meeting(?:,\s*majority\s+(.+))?", part.text):
            if by_meeting:
                raise Misreading("double-value", "the meeting is named twice", part, "name it once")
            by_meeting = True
            bar = majority(part.group(found, 1), facts) if found.group(1) else None
        elif found := re.fullmatch(r"(.+?)\s+without\s+a\s+quorum", part.text):
            _once(seat(part.group(found, 1), names, facts, "office"), inquorate, part)
        elif "," in part.text:
            raise form(part, "one who adjourns", ADJOURNED_FORMS)
        else:
            _once(seat(part, names, facts, "office"), always, part)
    return Adjourners(by_meeting, bar, tuple(always), tuple(inquorate))


def resumption_quorum(passage: Passage, facts: list[Fact]) -> tuple[bool, Quorum | None]:
    """`those present`, or a quorum of its own."""
    if passage.text == THOSE_PRESENT:
        note(facts, "sign", THOSE_PRESENT, passage)
        return True, None
    return False, quorum(passage, facts)


def inquorate(passage: Passage, facts: list[Fact]) -> Inquorate:
    """`after 30 minutes, adjourned for 7 days`."""
    found = re.fullmatch(r"after\s+([0-9]+)\s+minutes?,\s*adjourned\s+for\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "what becomes of a meeting without a quorum", INQUORATE_FORMS)
    minutes = whole(passage.group(found, 1), facts, 1, WAIT_MAX)
    long = passage.group(found, 2)
    value = duration(long, facts)
    if value.clear:
        raise form(long, "a time for which a meeting is adjourned", "write 7 days, or 1 week")
    return Inquorate(minutes, value)


def sitting_rule(b: BlockReader) -> SittingRule:
    """What a `body` block says of its sittings."""
    adjourned = b.take_named("adjourned by", adjourners, Adjourners())
    any_number, own = b.take_stated("resumption quorum", resumption_quorum, (False, None))
    return SittingRule(
        urgent=b.take_stated("urgent matters", urgent, None),
        by_meeting=adjourned.by_meeting,
        majority=adjourned.majority,
        by_offices=adjourned.by_offices,
        without_quorum=adjourned.without_quorum,
        notice=b.take_stated("resumption notice", duration, None),
        quorum=own,
        any_number=any_number,
        inquorate=b.take_stated("inquorate", inquorate, None),
    )
