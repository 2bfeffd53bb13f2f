"""The `transition` block: on which matters the edition before goes on when this one comes into force, and until when.

Lives here: its shape, keys, reading, sentences and powers. Not here: which edition rules an act (`engine.transition`).

Invariant: it always ends, a year after the coming into force at the latest; it never lets anything be amended under the
edition before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import MEMBERS, Place, Rulebook
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.render import listed
from isonomy.rulebook.vocabulary import Kind

LONGEST_MONTHS = 12
AMENDMENT = "amendment"


@dataclass(frozen=True, slots=True)
class Transition:
    """On these `matters` the edition before goes on for so long after this one came into force."""

    name: str
    place: Place
    matters: tuple[str, ...] = ()
    lasts: Duration | None = None


def _reads(b: BlockReader, name: str) -> Transition:
    return Transition(
        name, b.place, b.take_named("matters", of_names.matters, (), False), b.take_stated("lasts", read.duration, None)
    )


def _months(lasts: Duration) -> int:
    """How many months it lasts at most, rounded up."""
    per = {"day": 28, "week": 4, "month": 1, "year": 1}[lasts.unit]
    return lasts.number * 12 if lasts.unit == "year" else -(-lasts.number // per)


def _examine(block: Transition, b: BlockReader, book: Rulebook) -> None:
    del book
    if block.lasts is not None and _months(block.lasts) > LONGEST_MONTHS:
        b.contradiction("lasts", "what goes on for a time ends within a year", "write lasts: 1 year, or less")
    if AMENDMENT in block.matters:
        b.contradiction("matters", "the rulebook is amended as it now says", f"leave {AMENDMENT} out")


def _says(block: Transition, speaking: Speaking) -> Iterator[tuple[str, str]]:
    del speaking
    named = listed([matter.replace("-", " ") for matter in block.matters])
    yield "matters", f"Questions on {named} that are opened while it lasts are put as the edition before says."
    yield "lasts", f"It lasts {block.lasts} from the coming into force of this edition."


def _gives(block: Transition, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    if block.lasts is not None:
        named = listed([matter.replace("-", " ") for matter in block.matters])
        label = f"how long the edition before goes on for {named}"
        yield Gives(
            MEMBERS, "goes on", block.name, label, "lasts", str(block.lasts), block.lasts, is_power=False
        )  # fmt: skip


def transitions(rulebook: Rulebook) -> dict[str, Transition]:
    """The transitional clauses of an edition, by name."""
    return dict(rulebook.provisions.get("transition", {}))


provide(ProvisionKind(Kind("transition", ("matters", "lasts")), _reads, _says, _gives, _examine))
