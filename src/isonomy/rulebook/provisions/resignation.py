"""The `resignation` block: from when a holder's resignation takes effect, and whether it may be withdrawn until then.

Lives here: its shape, keys, reading and sentences. Not here: the act (`engine.proceedings.mandates`), death (`death`).

Invariant: nobody is kept in a seat longer than the block says; without a block a resignation takes effect at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact, duration, form
from isonomy.rulebook.vocabulary import Kind

AT_ONCE = "at once"
EFFECT_FORM = "write at once, 14 days after it is given, or on the day it names, at most 3 months ahead"
UNTIL_EFFECT, NOT_AT_ALL = "until it takes effect", "no"


@dataclass(frozen=True, slots=True)
class Effective:
    """When a resignation takes effect: so long after it is given (None: at once), or on a day it names, so far ahead at most."""

    after: Duration | None = None
    ahead: Duration | None = None


@dataclass(frozen=True, slots=True)
class ResignationRule:
    """Of which seats, when it takes effect, whether it may be withdrawn before."""

    name: str
    place: Place
    seats: tuple[str, ...]
    takes_effect: Effective = Effective()
    withdrawn: str = NOT_AT_ALL


def _effective(passage: Passage, facts: list[Fact]) -> Effective:
    if passage.text == AT_ONCE:
        return Effective()
    if found := re.fullmatch(r"(.+?)\s+after\s+it\s+is\s+given", passage.text):
        return Effective(after=duration(passage.group(found, 1), facts))
    if found := re.fullmatch(r"on\s+the\s+day\s+it\s+names,\s*at\s+most\s+(.+?)\s+ahead", passage.text):
        return Effective(ahead=duration(passage.group(found, 1), facts))
    raise form(passage, "a time from which a resignation takes effect", EFFECT_FORM)


def _reads(b: BlockReader, name: str) -> ResignationRule:
    return ResignationRule(
        name,
        b.place,
        b.take_named("from", of_names.seats, ()),
        b.take_stated("takes effect", _effective, Effective()),
        b.take("withdrawn", read.one_of, NOT_AT_ALL, (UNTIL_EFFECT, NOT_AT_ALL)),
    )


def _says(block: ResignationRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "from", f"It rules resignations of {speaking.either(block.seats)}."
    when = block.takes_effect
    if when.after is not None:
        yield "takes effect", f"A resignation takes effect {when.after} after it is given."
    elif when.ahead is not None:
        yield "takes effect", f"It takes effect on the day it names, at most {when.ahead} ahead; else at once."
    else:
        yield "takes effect", "A resignation takes effect at once."
    if block.withdrawn == UNTIL_EFFECT:
        yield "withdrawn", "Until it takes effect it may be withdrawn."
    else:
        yield "withdrawn", "It is not withdrawn."


def _gives(block: ResignationRule, speaking: Speaking) -> Iterator[Gives]:
    for seat in block.seats:
        when = block.takes_effect
        length = when.after or when.ahead
        if length is not None:
            label = f"time in which a resignation from {speaking.the(seat)} takes effect"
            yield Gives(seat, "resigning", seat, label, "takes effect", str(length), length, is_power=False)


def resignation_of(rulebook: Rulebook, seat: str) -> ResignationRule | None:
    """The resignation block that speaks of a seat; None where there is none."""
    plain = seat.partition("@")[0]
    return next((each for each in rulebook.provisions.get("resignation", {}).values() if plain in each.seats), None)


provide(
    ProvisionKind(
        Kind("resignation", ("from",), ("takes effect", "withdrawn")),
        _reads, _says, _gives,
        attributes={"from": "seats"},
    )
)  # fmt: skip
