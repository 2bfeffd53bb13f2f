"""Reading who calls a body that nobody called: the key `else called by`.

Lives here: that reading. Not here: its shape (`stand_in`).

Invariant: as in `readings`: an exact value and its facts, or `Misreading` with the place and the form asked for.
"""

from __future__ import annotations

import re

from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import MEMBERS
from isonomy.rulebook.names import Names, listed, seat, unit_kind
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.readings import Fact, duration, form, share_or_count
from isonomy.rulebook.stand_in import StandIn

FORMS = "write them as chair after 7 days; any branch after 21 days; 3 branches after 30 days; 1/10 of the members after 60 days"


def stand_ins(passage: Passage, names: Names, facts: list[Fact]) -> tuple[StandIn, ...]:
    """`chair after 7 days; any branch after 21 days`."""
    return tuple(_one(part, names, facts) for part in listed(passage))


def _one(part: Passage, names: Names, facts: list[Fact]) -> StandIn:
    found = re.fullmatch(r"(.+?)\s+after\s+(.+)", part.text)
    if found is None:
        raise form(part, "one who calls instead, with the time", FORMS)
    who, after = part.group(found, 1), duration(part.group(found, 2), facts)
    if any_of := re.fullmatch(r"any\s+(.+)", who.text):
        return StandIn(after, of=unit_kind(who.group(any_of, 1), names, facts))
    if many := re.fullmatch(r"([0-9]+(?:/[0-9]+)?)\s+(?:of\s+)?(?:the\s+|all\s+)?(.+)", who.text):
        quantity = share_or_count(who.group(many, 1), facts)
        of = who.group(many, 2)
        if of.text in (MEMBERS, "member"):
            return StandIn(after, of=MEMBERS, quantity=quantity)
        return StandIn(after, of=unit_kind(of, names, facts), quantity=quantity)
    try:
        return StandIn(after, seat=seat(who, names, facts))
    except Misreading as fault:
        raise Misreading("unknown-seat", str(fault.what), who, fault.cure or FORMS) from fault
