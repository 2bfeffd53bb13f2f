"""The `target` block: who sets targets of membership, who follows them up, before whom, how long after their day.

Lives here: its shape, keys, reading and sentences. Not here: the proceeding (`engine.proceedings.targets`).

Invariant: a target binds nobody to admit or keep anybody; what is owed is the follow-up at its day.
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

TARGET = "membership-target"
"""The matter: setting a target of membership."""


@dataclass(frozen=True, slots=True)
class TargetRule:
    """The body that sets targets, the seat that follows them up, the body to which it does, and within which time."""

    name: str
    place: Place
    set_by: str
    followed_up_by: str
    to: str = ""
    within: Duration | None = None


def _reads(b: BlockReader, name: str) -> TargetRule:
    return TargetRule(
        name,
        b.place,
        b.take_named("set by", of_names.seat, "", "body"),
        b.take_named("followed up by", of_names.seat, ""),
        b.take_named("to", of_names.seat, "", "body", True),
        b.take_stated("within", read.duration, None),
    )


def _says(block: TargetRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "set by", f"Targets of membership are set by decision of {speaking.the(block.set_by)}."
    who = speaking.the(block.followed_up_by)
    yield "followed up by", f"{who[:1].upper()}{who[1:]} follows them up at their day."
    yield "to", f"The follow-up is given to {speaking.the(block.to)}."
    yield "within", f"It is given within {block.within} of that day."


def _gives(block: TargetRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    yield Gives(block.set_by, "sets targets", block.name, "sets targets of membership", "set by")


def target_rules(rulebook: Rulebook) -> dict[str, TargetRule]:
    """The target blocks of an edition, by name."""
    return dict(rulebook.provisions.get("target", {}))


provide(
    ProvisionKind(
        Kind("target", ("set by", "followed up by"), ("to", "within")),
        _reads, _says, _gives, matters=(TARGET,), single=True,
    )
)  # fmt: skip
