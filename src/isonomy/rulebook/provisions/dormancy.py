"""The `dormancy` block: after how long without an act a body is due for a decision, and who decides: kept, or ended.

Lives here: its shape, keys, reading and sentences. Not here: the proceeding (`engine.proceedings.terms_decided`).

Invariant: nothing is ended by silence; silence makes a decision due.
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

ENDING = "ending-of-bodies"
"""The matter: whether a body or relation that has ceased to act is kept or ended."""


@dataclass(frozen=True, slots=True)
class DormancyRule:
    """After how long without an act, of which bodies (none named: all but the supreme one and bodies of all members), and of
    relations with other organisations; and who decides."""

    name: str
    place: Place
    after: Duration
    decided_by: str
    bodies: tuple[str, ...] = ()
    relations: bool = False


def _reads(b: BlockReader, name: str) -> DormancyRule:
    return DormancyRule(
        name,
        b.place,
        b.take_stated("after", read.duration, Duration(1, "year")),
        b.take_named("decided by", of_names.seat, "", "body"),
        b.take_named("bodies", of_names.seats, (), "body"),
        b.take("relations", read.one_of, "no", ("yes", "no")) == "yes",
    )


def _says(block: DormancyRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "after", f"A body without an act for {block.after} is due for a decision: kept, or ended."
    yield "decided by", f"{speaking.the(block.decided_by)[:1].upper()}{speaking.the(block.decided_by)[1:]} decides."
    yield "bodies", f"That holds for {speaking.either(block.bodies)}."
    also = "It holds" if block.relations else "It does not hold"
    yield "relations", f"{also} for relations with other organisations."


def _gives(block: DormancyRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    says = "records bodies that have ceased to act as ended"
    yield Gives(block.decided_by, "ends", block.name, says, "decided by", f"after {block.after}", block.after)


def dormancy_rules(rulebook: Rulebook) -> dict[str, DormancyRule]:
    """The dormancy blocks of an edition, by name."""
    return dict(rulebook.provisions.get("dormancy", {}))


provide(
    ProvisionKind(
        Kind("dormancy", ("after", "decided by"), ("bodies", "relations")),
        _reads, _says, _gives, matters=(ENDING,), single=True,
    )
)  # fmt: skip
