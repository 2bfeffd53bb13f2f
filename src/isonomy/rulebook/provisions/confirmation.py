"""The `confirmation` block: a seat is taken only once another seat has confirmed who was chosen.

Lives here: its shape, keys, reading, sentences, what it gives. Not here: asking and answering
(`engine.proceedings.confirming`).

Invariant: where a time is set it is said what silence does; without one nothing is confirmed by silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings_of_seating import about_seat, plain_duration
from isonomy.rulebook.render import listed
from isonomy.rulebook.vocabulary import Kind

STANDS, FALLS = "stands", "falls"
ELECTION, APPOINTMENT, COOPTION = "election", "appointment", "co-option"
WAYS = (ELECTION, APPOINTMENT, COOPTION)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirms whoever is chosen for a seat in one of these ways, within which time, and what silence does then."""

    name: str
    place: Place
    seat: str
    by: str
    of: tuple[str, ...] = (ELECTION, APPOINTMENT)
    within: Duration | None = None
    silence: str = FALLS


def _ways(passage: Passage) -> tuple[str, ...]:
    found = [read.one_of(part, WAYS) for part in of_names.listed(passage)]
    if len(set(found)) < len(found):
        raise Misreading("double-value", "one way is named twice", passage, "name each once")
    return tuple(found)


def _reads(b: BlockReader, name: str) -> Confirmation:
    return Confirmation(
        name,
        b.place,
        about_seat(b, name),
        b.take_named("by", of_names.seat, ""),
        b.take("of", _ways, (ELECTION, APPOINTMENT)),
        b.take_stated("within", plain_duration, None),
        b.take("silence", read.one_of, FALLS, (STANDS, FALLS)),
    )


def _says(block: Confirmation, speaking: Speaking) -> Iterator[tuple[str, str]]:
    by = speaking.the(block.by) if block.by else "another"
    seat = speaking.the(block.seat) if block.seat else "the seat"
    yield "by", f"Whoever is chosen for {seat} takes the seat once {by} confirms it, which may be refused with reasons."
    yield "of", f"This holds of {listed([f'an {way}' if way != COOPTION else f'a {way}' for way in block.of])}."
    yield "within", f"The answer is given within {block.within}."
    does = "counts as confirmed" if block.silence == STANDS else "falls, and another is chosen"
    yield "silence", f"Where no answer is given in time the choice {does}."


def _gives(block: Confirmation, speaking: Speaking) -> Iterator[Gives]:
    if not block.by or not block.seat:
        return
    says = f"confirms or refuses whoever is chosen for {speaking.the(block.seat)}"
    yield Gives(block.by, "confirms", block.seat, says, "by")
    if "of" in block.place.lines:
        label = f"ways of filling {speaking.the(block.seat)} that are confirmed"
        yield Gives(
            block.by, "confirms ways", block.seat, label, "of", "; ".join(block.of), len(block.of), is_power=False
        )
    if block.within is not None:
        label = f"time to confirm {speaking.the(block.seat)}"
        yield Gives(
            block.by, "confirming", block.seat, label, "within", str(block.within), block.within, is_power=False
        )
    if "silence" in block.place.lines:
        label = f"silence on {speaking.the(block.seat)}"
        yield Gives(block.by, "silence", block.seat, label, "silence", f"the choice {block.silence}", is_power=False)


def _examine(block: Confirmation, reader: BlockReader, book: Rulebook) -> None:
    seat = book.seat(block.seat)
    if seat is None:
        return
    if block.by == block.seat:
        reader.contradiction("by", f"'{block.seat}' confirms itself", "name another body or office")
    if reader.has("within") != reader.has("silence"):
        has, lacks = ("within", "silence") if reader.has("within") else ("silence", "within")
        cure = "add the line silence: stands" if lacks == "silence" else "add the line within: 30 days"
        reader.contradiction(has, f"'{has}' stands without '{lacks}'", cure)
    if COOPTION in block.of and not any(one.seat == block.seat for one in book.provisions.get("cooption", {}).values()):
        what, at = f"'{block.seat}' has no block cooption", reader.entries["of"].key
        reader.notes.add("no-cooption", what, at, reader.block.clause, "leave co-option out", "warning")
    if seat.filled is not None and seat.filled.way in ("all members", "ex officio"):
        reader.contradiction("by", f"'{block.seat}' is not filled by mandates", "leave the block out")


def confirmation_of(rulebook: Rulebook, seat: str, way: str) -> Confirmation | None:
    """What asks another seat's confirmation of whoever is chosen for a seat in that way; None where nothing does."""
    plain = seat.partition("@")[0]
    blocks = rulebook.provisions.get("confirmation", {}).values()
    return next((found for found in blocks if found.seat == plain and way in found.of), None)


provide(
    ProvisionKind(
        Kind("confirmation", ("by",), ("of", "within", "silence")), _reads, _says, _gives, _examine,
        matters_about={"confirmation-of-": "seat", "refusal-of-": "seat"},
    )
)  # fmt: skip
