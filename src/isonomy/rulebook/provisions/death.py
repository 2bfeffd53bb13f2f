"""The `death` block: who enters the death of a member, and on what evidence.

Lives here: its shape, keys, reading and sentences. Not here: what a death ends (`engine.proceedings.membership`).

Invariant: without a block a keeper of the roll enters a death, as before; with one, those it names do, and the evidence is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class DeathRule:
    """Who enters a death, and on what evidence ("" where none is asked)."""

    name: str
    place: Place
    entered_by: tuple[str, ...]
    evidence: str = ""


def _reads(b: BlockReader, name: str) -> DeathRule:
    return DeathRule(
        name,
        b.place,
        b.take_named("entered by", of_names.seats, (), "office"),
        b.take("evidence", read.words, ""),
    )


def _says(block: DeathRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "entered by", f"The death of a member is entered by {speaking.either(block.entered_by)}."
    yield "evidence", f"The evidence is named: {block.evidence}."


def _gives(block: DeathRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    for seat in block.entered_by:
        yield Gives(seat, "enters-death", "members", "enters the death of a member", "entered by")


def death_rule(rulebook: Rulebook) -> DeathRule | None:
    """The death block of an edition; None where there is none."""
    return next(iter(rulebook.provisions.get("death", {}).values()), None)


provide(ProvisionKind(Kind("death", ("entered by",), ("evidence",)), _reads, _says, _gives, single=True))
