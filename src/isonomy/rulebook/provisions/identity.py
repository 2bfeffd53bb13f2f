"""The `identity` block: who joins two ids of one person, in which time that person objects, and who decides then.

Lives here: its shape, keys, reading, sentences, what it gives. Not here: the acts (`engine.proceedings.joining`).

Invariant: joining takes a vote away and parting gives one back: the first waits for an objection, the second for a decision.
Source: docs/spec/acts-orders.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.vocabulary import Kind

JOINING, PARTING = "joining-of-persons", "parting-of-persons"
"""The matters: that two ids are one person although the person objects; that they are not."""


@dataclass(frozen=True, slots=True)
class IdentityRule:
    """Who joins two ids, how long the person may object first, which body decides on an objection and parts them again."""

    name: str
    place: Place
    joined_by: tuple[str, ...]
    objection_within: Duration
    decided_by: str


def _reads(b: BlockReader, name: str) -> IdentityRule:
    return IdentityRule(
        name,
        b.place,
        b.take_named("joined by", of_names.seats, (), "office"),
        b.take_stated("objection within", read.duration, Duration(14, "day")),
        b.take_named("decided by", of_names.seat, "", "body"),
    )


def _says(block: IdentityRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    by = speaking.either(block.joined_by)
    yield "joined by", f"{by[:1].upper()}{by[1:]} joins two entries that are one person, on evidence that is named."
    yield "objection within", f"The person may object within {block.objection_within}; nothing is joined before."
    if block.decided_by:
        body = speaking.the(block.decided_by)
        yield "decided by", f"{body[:1].upper()}{body[1:]} decides on an objection, and parts what was joined wrongly."


def _gives(block: IdentityRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    for seat in block.joined_by:
        yield Gives(
            seat, "joins", "persons", "joins two ids of one person, who has one vote from then on", "joined by",
            f"objection within {block.objection_within}", block.objection_within,
        )  # fmt: skip
    if block.decided_by:
        yield Gives(block.decided_by, "parts", "persons", "decides whether two ids are one person", "decided by")


def identity_rule(rulebook: Rulebook) -> IdentityRule | None:
    """The identity block of an edition; None where there is none."""
    return next(iter(rulebook.provisions.get("identity", {}).values()), None)


provide(
    ProvisionKind(
        Kind("identity", ("joined by", "objection within", "decided by")), _reads, _says, _gives,
        matters=(JOINING, PARTING), single=True,
    )
)  # fmt: skip
