"""The `limits` block: who may not hold a seat beside another, again, or yet.

Lives here: its shape, keys, reading, sentences, what it binds. Not here: seats counted together (`accumulation`), any judging
(`engine.proceedings.eligibility`).

Invariant: two seats that do not go together do so in both directions, whichever block names the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Body, Place, Rulebook
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings_of_seating import (
    REFUSES,
    Otherwise,
    about_seat,
    otherwise,
    plain_duration,
    several_seats,
)
from isonomy.rulebook.vocabulary import Kind

COUNTS, COUNTS_NOT, COUNTS_LONG = "counts", "does not count", "counts when longer than half"
PARTS = (COUNTS, COUNTS_NOT, COUNTS_LONG)


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the holding of the seat that the block is named after.

    `not_with` are the seats that nobody holds beside it, `otherwise` says what follows where somebody would. `in_a_row` and
    `in_all` are terms; after the last of a row the person waits for `waiting` (None: a full term). `part` says whether a
    mandate for part of a term is one.
    """

    name: str
    place: Place
    seat: str
    not_with: tuple[str, ...] = ()
    otherwise: Otherwise = REFUSES
    in_a_row: int | None = None
    in_all: int | None = None
    waiting: Duration | None = None
    part: str = COUNTS
    member_for: Duration | None = None
    unit_for: Duration | None = None


def _reads(b: BlockReader, name: str) -> Limits:
    return Limits(
        name,
        b.place,
        about_seat(b, name),
        b.take_named("not with", several_seats, ()),
        b.take_stated("or else", otherwise, REFUSES),
        b.take_stated("terms in a row", read.whole, None),
        b.take_stated("terms in all", read.whole, None),
        b.take_stated("waiting", plain_duration, None),
        b.take("part of a term", read.one_of, COUNTS, PARTS),
        b.take_stated("member for", plain_duration, None),
        b.take_stated("of the unit for", plain_duration, None),
    )


def _says(block: Limits, speaking: Speaking) -> Iterator[tuple[str, str]]:
    seat = f"the seat of {speaking.the(block.seat)}" if block.seat else "the seat"
    yield "not with", f"Nobody holds {seat} together with that of {speaking.either(block.not_with)}."
    yield "or else", _follows(block.otherwise)
    yield "terms in a row", f"Nobody holds {seat} for more than {_terms(block.in_a_row)} in a row."
    yield "terms in all", f"Nobody holds {seat} for more than {_terms(block.in_all)} in all."
    yield "waiting", f"After that a person waits {block.waiting} before holding it again."
    part = {
        COUNTS: "counts as one",
        COUNTS_NOT: "does not count",
        COUNTS_LONG: "counts when it is longer than half of it",
    }
    yield "part of a term", f"A mandate for part of a term {part[block.part]}."
    yield "member for", f"Whoever holds {seat} has been a member for {block.member_for}."
    yield "of the unit for", f"Whoever holds {seat} has belonged to its unit for {block.unit_for}."


def _follows(rule: Otherwise) -> str:
    if rule.chooses_within is None:
        return "Whoever would come to hold both does not take the second."
    return f"Whoever comes to hold both chooses within {rule.chooses_within}; else the earlier mandate ends."


def _terms(number: int | None) -> str:
    return f"{number} term{'s' * (number != 1)}"


def _gives(block: Limits, speaking: Speaking) -> Iterator[Gives]:
    seat = speaking.the(block.seat) if block.seat else "the seat"
    if block.not_with:
        said = speaking.either(block.not_with)
        yield Gives(
            block.seat,
            "not with",
            "",
            "seats that do not go with it",
            "not with",
            said,
            len(block.not_with),
            is_power=False,
        )
    if "or else" in block.place.lines:
        said = str(block.otherwise)
        yield Gives(block.seat, "or else", "", "what follows of a second seat", "or else", said, is_power=False)
    for key, label, number in (
        ("terms in a row", "terms in a row", block.in_a_row), ("terms in all", "terms in all", block.in_all),
    ):  # fmt: skip
        if number is not None:
            yield Gives(block.seat, key, "", f"{label} of {seat}", key, str(number), number, is_power=False)
    for key, label, length in (
        ("waiting", "time to wait after the last term", block.waiting),
        ("member for", "length of membership asked", block.member_for),
        ("of the unit for", "time in the unit asked", block.unit_for),
    ):  # fmt: skip
        if length is not None:
            yield Gives(block.seat, key, "", label, key, str(length), length, is_power=False)
    if "part of a term" in block.place.lines:
        yield Gives(block.seat, "part", "", "part of a term", "part of a term", block.part, is_power=False)


def _examine(block: Limits, reader: BlockReader, book: Rulebook) -> None:
    seat = book.seat(block.seat)
    if seat is None:
        return
    if block.seat in block.not_with:
        reader.contradiction("not with", f"'{block.seat}' does not go with itself", "name another seat")
    terms = reader.has("terms in a row") or reader.has("terms in all")
    if terms and seat.term is None:
        key = "terms in a row" if reader.has("terms in a row") else "terms in all"
        reader.contradiction(key, f"'{block.seat}' has no term to count", "add the line term: ... to its block")
    if reader.has("waiting") and not reader.has("terms in a row"):
        reader.contradiction("waiting", "'waiting' stands without 'terms in a row'", "add the line terms in a row: 2")
    if reader.has("part of a term") and not terms:
        reader.contradiction(
            "part of a term", "'part of a term' stands without terms", "add the line terms in a row: 2"
        )
    if reader.has("or else") and not reader.has("not with"):
        reader.contradiction("or else", "'or else' stands without 'not with'", "add the line not with: ...")
    sends = isinstance(seat, Body) and seat.filled is not None and seat.filled.way == "delegation"
    if reader.has("of the unit for") and not seat.in_each and not sends:
        reader.contradiction("of the unit for", f"'{block.seat}' has no unit", "write member for: ...")
    if block.in_a_row is not None and block.in_all is not None and block.in_all < block.in_a_row:
        reader.contradiction("terms in all", "fewer terms in all than in a row", "let it be the larger number")
    if seat.filled is not None and seat.filled.way in ("all members", "ex officio"):
        reader.contradiction("not with", f"'{block.seat}' is not filled by mandates", "leave the block out")


def limits_of(rulebook: Rulebook, seat: str) -> Limits | None:
    """What bounds the holding of a seat; None where no block does."""
    plain = seat.partition("@")[0]
    return next((found for found in rulebook.provisions.get("limits", {}).values() if found.seat == plain), None)


provide(
    ProvisionKind(
        Kind(
            "limits", (),
            (
                "not with", "or else", "terms in a row", "terms in all", "waiting", "part of a term", "member for",
                "of the unit for",
            ),
        ),
        _reads, _says, _gives, _examine,
        attributes={
            "or else": "otherwise", "terms in a row": "in_a_row", "terms in all": "in_all", "part of a term": "part",
            "of the unit for": "unit_for",
        },
    )
)  # fmt: skip
