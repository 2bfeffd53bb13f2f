"""The `cooption` block: a body fills some of its seats by its own decision.

Lives here: its shape, keys, reading, sentences, what it gives. Not here: co-opting (`engine.proceedings.coopting`), another
body's consent to it (`confirmation`).

Invariant: whoever was co-opted has no vote on co-option, whatever the block says of other votes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.quantity import Count, Share
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings_of_seating import UNTIL_ELECTION, Lasting, about_seat, lasting, part_of_seats
from isonomy.rulebook.render import say_share
from isonomy.rulebook.vocabulary import Kind

VOTES = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Cooption:
    """How many of the seats of the body it is named after that body fills itself, for how long, and whether these vote."""

    name: str
    place: Place
    seat: str
    up_to: Share | Count
    lasts: Lasting = UNTIL_ELECTION
    votes: bool = False

    def most(self, seats: int) -> int:
        """So many of `seats` at most: a share is rounded down."""
        return self.up_to.value if isinstance(self.up_to, Count) else int(self.up_to.value * seats)


def _reads(b: BlockReader, name: str) -> Cooption:
    return Cooption(
        name,
        b.place,
        about_seat(b, name, "body"),
        b.take_stated("up to", part_of_seats, Count(1)),
        b.take_stated("lasts", lasting, UNTIL_ELECTION),
        b.take("vote", read.one_of, "no", tuple(VOTES)) == "yes",
    )


def _amount(rule: Cooption) -> str:
    if isinstance(rule.up_to, Count):
        return f"{rule.up_to} of its seats"
    return f"{say_share(rule.up_to)} of its seats"


def _says(block: Cooption, speaking: Speaking) -> Iterator[tuple[str, str]]:
    body = speaking.the(block.seat) if block.seat else "the body"
    own = "by its own decision; whom it co-opted has no vote on that"
    yield "up to", f"{body[:1].upper()}{body[1:]} may fill up to {_amount(block)} {own}."
    lasts = (
        f"for {block.lasts.duration}, at the longest until the next election"
        if block.lasts.duration
        else str(block.lasts)
    )
    yield "lasts", f"Whoever is co-opted sits {lasts}."
    yield "vote", f"Whoever is co-opted has {'a' if block.votes else 'no'} vote."


def _gives(block: Cooption, speaking: Speaking) -> Iterator[Gives]:
    says = f"co-opts to {speaking.the(block.seat)}" if block.seat else "co-opts"
    size = block.up_to.value if isinstance(block.up_to, Count) else block.up_to
    yield Gives(block.seat, "co-opts", block.seat, says, "up to", f"up to {_amount(block)}", size)
    if "lasts" in block.place.lines:
        length = block.lasts.duration
        yield Gives(
            block.seat,
            "co-opted for",
            "",
            "time for which it co-opts",
            "lasts",
            str(block.lasts),
            length,
            is_power=False,
        )
    if "vote" in block.place.lines:
        said = "yes" if block.votes else "no"
        yield Gives(block.seat, "co-opted vote", "", "vote of those co-opted", "vote", said, is_power=False)


def _examine(block: Cooption, reader: BlockReader, book: Rulebook) -> None:
    body = book.bodies.get(block.seat)
    if body is None:
        return
    if body.seats is None:
        reader.contradiction("up to", f"'{block.seat}' has no number of seats", "add the line seats: ... to its block")
        return
    if body.filled is None or body.filled.way in ("all members", "ex officio"):
        reader.contradiction("up to", f"'{block.seat}' is not filled by mandates", "leave the block out")
    if block.most(body.seats) >= body.seats:
        what = f"'{block.seat}' would fill all of its {body.seats} seats itself"
        reader.contradiction("up to", what, "name a smaller number")
    elif block.votes and 2 * block.most(body.seats) >= body.seats:
        what = f"those co-opted could be half of '{block.seat}' or more"
        at = reader.entries["up to"].key
        reader.notes.add(
            "co-opted-majority", what, at, reader.block.clause, "name fewer than half of its seats", "warning"
        )


def cooption_of(rulebook: Rulebook, seat: str) -> Cooption | None:
    """What a body may co-opt; None where it may not."""
    plain = seat.partition("@")[0]
    return next((found for found in rulebook.provisions.get("cooption", {}).values() if found.seat == plain), None)


provide(
    ProvisionKind(
        Kind("cooption", ("up to",), ("lasts", "vote")), _reads, _says, _gives, _examine, attributes={"vote": "votes"},
        matters_about={"co-option-to-": "seat"},
    )
)  # fmt: skip
