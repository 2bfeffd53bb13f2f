"""The `orders` block: how an order of a court, a statute or a regulator enters the record, and what follows inside.

Lives here: its shape, keys, reading, sentences, what it gives. Not here: the acts (`engine.proceedings.outside`), what such an
order may do, which no clause widens (`engine.outside`).

Invariant: two different offices enter an order; without the second in time it has no effect. Source: docs/spec/acts-orders.md.
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
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.vocabulary import Kind

REVIEWING, DISAGREEING = "review-after-orders", "disagreement-with-orders"
"""The matters: what rested on what was annulled; that a body disagrees with an order."""


@dataclass(frozen=True, slots=True)
class OrdersRule:
    """The two offices, in which time the second confirms, by when all are notified, who reviews by when, who disagrees."""

    name: str
    place: Place
    entered_by: tuple[str, ...]
    confirmed_within: Duration
    notified_within: Duration
    reviewed_by: str = ""
    reviewed_within: Duration | None = None
    disagreed_by: tuple[str, ...] = ()


def _two_offices(passage: Passage, names: Names, facts: list[Fact]) -> tuple[str, ...]:
    """`the chair and the secretary`: two different offices."""
    found = tuple(of_names.seat(part, names, facts, "office") for part in passage.split(r"\s+and\s+"))
    if len(found) != 2 or found[0] == found[1]:
        raise Misreading("value-form", "an order is entered by two different offices", passage, "write A and B")
    return found


def _reads(b: BlockReader, name: str) -> OrdersRule:
    return OrdersRule(
        name,
        b.place,
        b.take_named("entered by", _two_offices, ()),
        b.take_stated("confirmed within", read.duration, Duration(7, "day")),
        b.take_stated("notified within", read.duration, Duration(7, "day")),
        b.take_named("reviewed by", of_names.seat, "", "body"),
        b.take_stated("reviewed within", read.duration, None),
        b.take_named("disagreed by", of_names.seats, (), "body"),
    )


def _says(block: OrdersRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    both = " and ".join(speaking.the(seat) for seat in block.entered_by)
    yield (
        "entered by",
        f"An order of a court, a statute or a regulator is entered by {both}: one enters it, the other, another "
        "person, confirms it. It stays or annuls a decision, seats or unseats a person, has something disclosed or a "
        "personal value erased, and nothing else.",
    )
    yield "confirmed within", f"What is not confirmed within {block.confirmed_within} has no effect."
    yield "notified within", f"All members are notified within {block.notified_within} of its confirmation."
    if block.reviewed_by:
        yield "reviewed by", f"What rested on what was annulled is reviewed by {speaking.the(block.reviewed_by)}."
    yield "reviewed within", f"It is reviewed within {block.reviewed_within}."
    if block.disagreed_by:
        yield (
            "disagreed by",
            (
                f"{speaking.either(block.disagreed_by)[:1].upper()}{speaking.either(block.disagreed_by)[1:]} may record that "
                "it disagrees, and appeal against the order outside."
            ),
        )


def _gives(block: OrdersRule, speaking: Speaking) -> Iterator[Gives]:
    for seat, other in zip(block.entered_by, reversed(block.entered_by), strict=True):
        says = (
            f"enters, together with {speaking.the(other)}, orders from outside: stays or annuls decisions, seats and unseats "
            "persons, has values disclosed or erased"
        )
        yield Gives(seat, "enters-orders", "any decision or seat", says, "entered by")
    yield Gives(
        block.entered_by[0] if block.entered_by else "", "confirms-orders", "", "time to confirm an order", "confirmed within",
        str(block.confirmed_within), block.confirmed_within, is_power=False,
    )  # fmt: skip
    if block.reviewed_by:
        yield Gives(block.reviewed_by, "reviews-orders", "", "reviews what rested on what was annulled", "reviewed by")
    for seat in block.disagreed_by:
        yield Gives(
            seat, "disagrees", "orders", "records its disagreement with an order", "disagreed by", is_power=False
        )


def _examine(block: OrdersRule, reader: BlockReader, book: Rulebook) -> None:
    for seat in block.entered_by:
        office = book.offices.get(seat)
        if office is not None and office.in_each:
            reader.contradiction(
                "entered by", f"'{seat}' stands in each {office.in_each}", "name offices of the whole organisation"
            )
    if reader.has("reviewed within") != reader.has("reviewed by"):
        has = "reviewed within" if reader.has("reviewed within") else "reviewed by"
        lacks = "reviewed by: BODY" if has == "reviewed within" else "reviewed within: 90 days"
        reader.contradiction(has, f"'{has}' stands alone", f"add the line {lacks}")


def orders_rule(rulebook: Rulebook) -> OrdersRule | None:
    """The orders block of an edition; None where there is none."""
    return next(iter(rulebook.provisions.get("orders", {}).values()), None)


provide(
    ProvisionKind(
        Kind("orders", ("entered by", "confirmed within"), ("notified within", "reviewed by", "reviewed within", "disagreed by")),
        _reads, _says, _gives, _examine, matters=(REVIEWING, DISAGREEING), single=True,
    )
)  # fmt: skip
