"""The `interim` block: who fills a vacant seat for the time being, and until when at the latest.

Lives here: its shape, keys, reading, sentences, what it gives. Not here: appointing (`engine.proceedings.interims`), the
election that fills the seat for good.

Invariant: such a mandate ends with the election that fills the seat, and at the end of its time in any case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings_of_seating import about_seat, plain_duration
from isonomy.rulebook.vocabulary import Kind

LONGEST = Duration(1, "year")
"""What stands in for a time that was misread; an edition with a misreading is never in force."""


@dataclass(frozen=True, slots=True)
class Interim:
    """Who appoints to the seat ad interim, and for how long at most."""

    name: str
    place: Place
    seat: str
    by: tuple[str, ...]
    at_most: Duration = LONGEST


def _reads(b: BlockReader, name: str) -> Interim:
    return Interim(
        name,
        b.place,
        about_seat(b, name),
        b.take_named("by", of_names.seats, ()),
        b.take_stated("at most", plain_duration, LONGEST),
    )


def _says(block: Interim, speaking: Speaking) -> Iterator[tuple[str, str]]:
    seat = speaking.the(block.seat) if block.seat else "the seat"
    by = speaking.either(block.by)
    yield "by", f"{by[:1].upper()}{by[1:]} appoints ad interim to {seat} while it is vacant."
    yield "at most", f"An interim lasts until the seat is filled by its own way, and at most {block.at_most}."


def _gives(block: Interim, speaking: Speaking) -> Iterator[Gives]:
    if not block.seat:
        return
    title = speaking.the(block.seat)
    for seat in block.by:
        yield Gives(seat, "appoints ad interim", block.seat, f"appoints {title} ad interim", "by")
        label = f"longest interim of {title}"
        yield Gives(seat, "interim", block.seat, label, "at most", str(block.at_most), block.at_most, is_power=False)


def _examine(block: Interim, reader: BlockReader, book: Rulebook) -> None:
    seat = book.seat(block.seat)
    if seat is not None and seat.filled is not None and seat.filled.way in ("all members", "ex officio"):
        reader.contradiction("by", f"'{block.seat}' is not filled by mandates", "leave the block out")
    if block.seat in block.by:
        reader.contradiction("by", f"'{block.seat}' appoints itself ad interim", "name another body or office")


def interim_of(rulebook: Rulebook, seat: str) -> Interim | None:
    """Who fills a vacant seat for the time being; None where nobody does."""
    plain = seat.partition("@")[0]
    return next((found for found in rulebook.provisions.get("interim", {}).values() if found.seat == plain), None)


provide(
    ProvisionKind(
        Kind("interim", ("by", "at most")), _reads, _says, _gives, _examine, matters_about={"interim-in-": "seat"},
    )
)  # fmt: skip
