"""The `accumulation` block: how many seats one person may hold at one time, among which.

Lives here: its shape, keys, reading, sentences, what it binds. Not here: two seats that do not go together (`limits`), any
judging (`engine.proceedings.eligibility`).

Invariant: seats that follow from another one (ex officio, of all members) are not counted: nobody is given them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import MEMBERS, Place, Rulebook
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings_of_seating import REFUSES, Otherwise, otherwise, seats_or_all
from isonomy.rulebook.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Accumulation:
    """At most so many seats at one time, of those named (none named: of all), and what follows where one more would come."""

    name: str
    place: Place
    at_most: int
    across: tuple[str, ...] = ()
    otherwise: Otherwise = REFUSES

    def counts(self, seat: str) -> bool:
        """Whether a seat is one of those counted together."""
        return not self.across or seat.partition("@")[0] in self.across


def _reads(b: BlockReader, name: str) -> Accumulation:
    return Accumulation(
        name,
        b.place,
        b.take_stated("at most", read.whole, 1),
        b.take_named("across", seats_or_all, ()),
        b.take_stated("or else", otherwise, REFUSES),
    )


def _says(block: Accumulation, speaking: Speaking) -> Iterator[tuple[str, str]]:
    seats = f"{block.at_most} seat{'s' * (block.at_most != 1)}"
    yield "at most", f"One person holds at most {seats} at one time."
    across = (
        f"These count: {speaking.either(block.across).replace(' or ', ' and ')}."
        if block.across
        else "Every seat counts."
    )
    yield "across", across
    within = block.otherwise.chooses_within
    follows = f"chooses within {within}; else the earliest mandate ends" if within else "does not take the next"
    yield "or else", f"Whoever would hold more {follows}."


def _gives(block: Accumulation, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    label = f"seats that one person may hold ('{block.name}')"
    yield Gives(
        MEMBERS, "accumulation", block.name, label, "at most", str(block.at_most), block.at_most, is_power=False
    )
    said = "; ".join(block.across) or "all seats"
    label = f"seats that are counted together ('{block.name}')"
    yield Gives(MEMBERS, "accumulation across", block.name, label, "across", said, is_power=False)
    if "or else" in block.place.lines:
        label = f"what follows of one seat more ('{block.name}')"
        yield Gives(
            MEMBERS, "accumulation, or else", block.name, label, "or else", str(block.otherwise), is_power=False
        )


def _examine(block: Accumulation, reader: BlockReader, book: Rulebook) -> None:
    del book
    if block.across and len(block.across) <= block.at_most:
        what = f"nobody can hold more than {block.at_most} of {len(block.across)} seats named"
        reader.contradiction("across", what, "name more seats, or lower 'at most'")


def accumulations(rulebook: Rulebook) -> tuple[Accumulation, ...]:
    """The blocks that count seats together, in the order of the text."""
    return tuple(rulebook.provisions.get("accumulation", {}).values())


provide(
    ProvisionKind(
        Kind("accumulation", ("at most",), ("across", "or else")), _reads, _says, _gives, _examine,
        attributes={"or else": "otherwise"},
    )
)  # fmt: skip
