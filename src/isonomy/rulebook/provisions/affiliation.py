"""The `affiliation` block: membership of the organisation in another one, what it hands over to it, and how it leaves.

Lives here: its shape, keys, reading and sentences. Not here: relations carried on from day to day, which no block rules yet.

Invariant: what is not listed as delegated stays with the organisation's own bodies; without `left by` the supreme body leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Majority, Place, Rulebook
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings_of_seats import removal
from isonomy.rulebook.render import listed, say_majority
from isonomy.rulebook.vocabulary import Kind

OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True, slots=True)
class Affiliation:
    """With whom, which matters are handed over, whose rulebook yields where both speak, and who leaves, by what majority and
    after which notice."""

    name: str
    place: Place
    to: str
    delegates: tuple[str, ...] = ()
    yields: str = OURS
    left_by: str = ""
    left_majority: Majority | None = None
    notice: Duration | None = None


def _reads(b: BlockReader, name: str) -> Affiliation:
    leaving = b.take_named("left by", removal, None)
    return Affiliation(
        name,
        b.place,
        b.take("to", read.words, ""),
        b.take_named("delegates", of_names.matters, (), False),
        b.take("yields", read.one_of, OURS, (OURS, THEIRS)),
        leaving.by if leaving else "",
        leaving.majority if leaving else None,
        b.take_stated("notice", read.duration, None),
    )


def _says(block: Affiliation, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "to", f"The organisation belongs to: {block.to}."
    yield "delegates", f"It hands over to it: {listed([matter.replace('-', ' ') for matter in block.delegates])}."
    whose = "this rulebook" if block.yields == OURS else "the rulebook of the other"
    yield "yields", f"Where both speak of one thing, {whose} yields."
    by = f", by {say_majority(block.left_majority)}" if block.left_majority else ""
    who = speaking.the(block.left_by)
    yield "left by", f"{who[:1].upper()}{who[1:]} decides to leave{by}."
    yield "notice", f"Leaving takes effect {block.notice} after the decision."


def _gives(block: Affiliation, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    if block.left_by:
        says = f"leaves {block.to}"
        yield Gives(block.left_by, "leaves", block.name, says, "left by", majority=block.left_majority)
        if block.notice is not None:
            label = f"time to leave {block.to}"
            yield Gives(
                block.left_by, "leaving", block.name, label, "notice", str(block.notice), block.notice, is_power=False
            )


def affiliations(rulebook: Rulebook) -> dict[str, Affiliation]:
    """The affiliations of an edition, by name."""
    return dict(rulebook.provisions.get("affiliation", {}))


provide(
    ProvisionKind(
        Kind("affiliation", ("to",), ("delegates", "yields", "left by", "notice")),
        _reads, _says, _gives, executed=False,
    )
)  # fmt: skip
