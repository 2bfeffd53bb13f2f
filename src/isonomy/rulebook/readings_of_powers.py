"""Readings of what a `power` block says of decisions taken alone, and what its keys may not say without one another.

Lives here: the values of those keys, and the rule made of them. Not here: their shape (`power_rule`).

Invariant: as in `readings`: an exact value and its facts, or `Misreading` with the place and the form asked for.
"""

from __future__ import annotations

import re

from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import Power, Rulebook
from isonomy.rulebook.names import Names, listed, seat
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.power_rule import ENDS_IT, STATED, Limit, PowerRule
from isonomy.rulebook.readings import AMOUNT_MAX, Fact, duration, form, whole

LIMIT_FORMS = "write it as at most 3 in 3 months, or together up to 2000 in 1 year"
AGAIN_FORMS = "write it as by BODY"
OF_A_LAPSE = ("again", "refusal")


def limits(passage: Passage, facts: list[Fact]) -> tuple[Limit, ...]:
    """`at most 3 in 3 months; together up to 2000 in 1 year`."""
    found: list[Limit] = []
    for part in listed(passage):
        shape = re.fullmatch(r"(at\s+most|together\s+up\s+to)\s+([0-9]+)\s+in\s+(?:any\s+)?(.+)", part.text)
        if shape is None:
            raise form(part, "a limit", LIMIT_FORMS)
        counts = shape.group(1).startswith("at")
        much = whole(part.group(shape, 2), facts, 1, 1000 if counts else AMOUNT_MAX)
        limit = Limit(duration(part.group(shape, 3), facts), much if counts else None, None if counts else much)
        if any((one.number is None) == (limit.number is None) and one.within == limit.within for one in found):
            raise Misreading("double-value", "a second limit for one stretch of time", part, "keep one of them")
        found.append(limit)
    return tuple(found)


def by_body(passage: Passage, names: Names, facts: list[Fact]) -> str:
    """`by committee`: the body that decides it."""
    found = re.fullmatch(r"by\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "one who decides it again", AGAIN_FORMS)
    return seat(passage.group(found, 1), names, facts, "body")


def power_rule(b: BlockReader) -> PowerRule:
    """What a `power` block says of decisions taken alone."""
    return PowerRule(
        b.take("grounds", read.one_of, "", (STATED,)),
        b.take_stated("limits", limits, ()),
        b.take_named("again", by_body, ""),
        b.take("refusal", read.one_of, "", (ENDS_IT,)),
        b.take_named("reported to", of_names.seat, "", "body"),
    )


def examine_power(power: Power, b: BlockReader, book: Rulebook) -> None:
    """Writes down what a power says against itself: keys that need a lapse, or an office that decides alone."""
    for key in OF_A_LAPSE:
        if b.has(key) and power.lapses is None:
            b.contradiction(
                key, f"'{key}' stands without 'lapses'", "add a line lapses: after 30 days unless ratified by BODY"
            )
    if power.rule != PowerRule() and power.held_by and not any(seat in book.offices for seat in power.held_by):
        what = "a body decides by its vote; grounds, limits and what follows a refusal bind an office"
        key = next(key for key in ("grounds", "limits", "again", "refusal", "reported to") if b.has(key))
        b.contradiction(key, what, "leave the line out, or name an office under held by")
    if any(limit.amount is not None for limit in power.rule.limits) and power.up_to is None:
        what = "a limit of amounts stands without 'up to', so that decisions need no amount"
        b.contradiction("limits", what, "add a line up to: ...")
