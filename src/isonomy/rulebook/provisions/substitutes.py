"""The `substitutes` block: who steps in for a member of a body who is away.

Lives here: its shape, keys, reading, sentences, what it gives. Not here: naming them and stepping in
(`engine.proceedings.substituting`).

Invariant: a substitute sits in the place of one holder, so that a body never grows by its substitutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.readings_of_seating import about_seat
from isonomy.rulebook.vocabulary import Kind

HOLDER = "the holder"
TAKES_SEAT, LEFT = "takes the seat", "ends"
LEAVING = (TAKES_SEAT, LEFT)


@dataclass(frozen=True, slots=True)
class Substitutes:
    """How many substitutes each holder of a seat in the body has, who names them, who attests that one steps in, and what
    becomes of them when the holder leaves."""

    name: str
    place: Place
    seat: str
    named_by: str = HOLDER
    number: int = 1
    attested_by: tuple[str, ...] = ()
    on_leaving: str = LEFT


def _named_by(passage: Passage, names: Names, facts: list[Fact]) -> str:
    return HOLDER if passage.text == HOLDER else of_names.seat(passage, names, facts, "body")


def _reads(b: BlockReader, name: str) -> Substitutes:
    return Substitutes(
        name,
        b.place,
        about_seat(b, name, "body"),
        b.take_named("named by", _named_by, HOLDER),
        b.take_stated("number", read.whole, 1),
        b.take_named("attested by", of_names.seats, (), "office"),
        b.take("when the holder leaves", read.one_of, LEFT, LEAVING),
    )


def _says(block: Substitutes, speaking: Speaking) -> Iterator[tuple[str, str]]:
    body = speaking.the(block.seat) if block.seat else "the body"
    who = "each holder" if block.named_by == HOLDER else speaking.the(block.named_by)
    yield "named by", f"{who[:1].upper()}{who[1:]} names who steps in for a member of {body} who is away."
    many = (
        "1 substitute"
        if block.number == 1
        else f"{block.number} substitutes, who step in in the order in which they are named"
    )
    yield "number", f"Each holder has at most {many}."
    attest = speaking.either(block.attested_by)
    yield "attested by", f"{attest[:1].upper()}{attest[1:]} attests at the opening that a substitute steps in."
    becomes = (
        "the first substitute takes the seat for the rest of the term"
        if block.on_leaving == TAKES_SEAT
        else "the substitutes step in no more"
    )
    yield "when the holder leaves", f"When a holder leaves, {becomes}."


def _gives(block: Substitutes, speaking: Speaking) -> Iterator[Gives]:
    if not block.seat:
        return
    title = speaking.the(block.seat)
    holder = block.seat if block.named_by == HOLDER else block.named_by
    yield Gives(holder, "names substitutes", block.seat, f"names substitutes in {title}", "named by", block.named_by)
    for office in block.attested_by:
        yield Gives(office, "attests substitutes", block.seat, f"attests substitutes in {title}", "attested by")
    if "number" in block.place.lines:
        label = "substitutes of each holder"
        yield Gives(block.seat, "substitutes", "", label, "number", str(block.number), block.number, is_power=False)
    if "when the holder leaves" in block.place.lines:
        label = "substitutes of a holder who leaves"
        yield Gives(
            block.seat, "substitutes stay", "", label, "when the holder leaves", block.on_leaving, is_power=False
        )


def _examine(block: Substitutes, reader: BlockReader, book: Rulebook) -> None:
    body = book.bodies.get(block.seat)
    if body is not None and body.filled is not None and body.filled.way in ("all members", "ex officio"):
        reader.contradiction("named by", f"'{block.seat}' is not filled by mandates", "leave the block out")
    if body is not None and not block.attested_by and not body.chaired_by and not body.minutes_by:
        reader.contradiction(
            "attested by", f"nobody attests substitutes in '{block.seat}'", "add the line attested by: OFFICE"
        )


def substitutes_of(rulebook: Rulebook, seat: str) -> Substitutes | None:
    """What a rulebook says of substitutes in a body; None where it has none."""
    plain = seat.partition("@")[0]
    return next((found for found in rulebook.provisions.get("substitutes", {}).values() if found.seat == plain), None)


provide(
    ProvisionKind(
        Kind("substitutes", ("named by",), ("number", "attested by", "when the holder leaves")), _reads, _says, _gives, _examine,
        attributes={"when the holder leaves": "on_leaving"}, matters_about={"substitutes-in-": "seat"},
    )
)  # fmt: skip
