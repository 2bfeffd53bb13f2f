"""The `delegation` block: which matters a body may hand over, to whom, how long at most, and how that ends.

Lives here: its shape, keys, reading, sentences, and what it may not say beside the rest. Not here: handing over and revoking
(`engine.proceedings.delegations`).

Invariant: a body hands over only what is its own; what was handed over goes no further unless the block names to whom, and then
once. Source: docs/spec/acts-powers.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import AMOUNT_MAX, Fact, duration, form
from isonomy.rulebook.render import listed
from isonomy.rulebook.vocabulary import Kind

HANDING, REVOKING = "delegation", "revocation"
NEXT_MEETING = "at its next meeting"
ONE_DAY = Duration(1, "day")
"""Where the line that says how long was misread."""


@dataclass(frozen=True, slots=True)
class DelegationRule:
    """Who hands over (`by`), which matters, to whom, for how long at most, up to which amount; `ends` says whether it is over
    with the next meeting of the body; `further` to whom it may be handed on, once; `report` within which time of its end."""

    name: str
    place: Place
    by: str = ""
    matters: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    at_most: Duration = ONE_DAY
    up_to: int | None = None
    ends: str = ""
    further: tuple[str, ...] = ()
    report: Duration | None = None


def _within(passage: Passage, facts: list[Fact]) -> Duration:
    found = re.fullmatch(r"within\s+(.+?)\s+of\s+its\s+end", passage.text)
    if found is None:
        raise form(passage, "a report that is owed", "write it as within 30 days of its end")
    return duration(passage.group(found, 1), facts)


def _reads(b: BlockReader, name: str) -> DelegationRule:
    return DelegationRule(
        name,
        b.place,
        b.take_named("by", of_names.seat, "", "body"),
        b.take_named("matters", of_names.matters, (), False),
        b.take_named("to", of_names.seats, ()),
        b.take_stated("at most", duration, ONE_DAY),
        b.take_stated("up to", read.whole, None, 0, AMOUNT_MAX),
        b.take("ends", read.one_of, "", (NEXT_MEETING,)),
        b.take_named("further", of_names.seats, ()),
        b.take_stated("report", _within, None),
    )


def _examine(block: DelegationRule, b: BlockReader, book: Rulebook) -> None:
    if block.by in block.to:
        b.contradiction("to", "a body would hand over to itself", "name another body or an office")
    for matter in block.matters:
        deciding = {found.seat for found in book.competent(matter)}
        if block.by and deciding and block.by not in deciding:
            what = f"'{matter}' is not decided by the {block.by.replace('-', ' ')}, which therefore cannot hand it over"
            b.contradiction("matters", what, f"name the body that decides it: {' or '.join(sorted(deciding))}")


def _says(block: DelegationRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "by", _sentence(f"{speaking.the(block.by)} may hand over a matter by its decision.")
    yield "matters", f"The matters are {listed([matter.replace('-', ' ') for matter in block.matters])}."
    yield "to", f"They are handed over to {speaking.either(block.to)}."
    yield (
        "at most",
        f"It lasts {block.at_most} at most, and ends with the mandate of an office to which it was handed over.",
    )
    yield "up to", f"The greatest amount of a decision is {block.up_to}."
    yield "ends", f"It ends when {speaking.the(block.by)} next meets."
    yield "further", f"It may be handed on, once, to {speaking.either(block.further)}."
    yield "report", _sentence(f"a report on it is owed to {speaking.the(block.by)} within {block.report} of its end.")


def _gives(block: DelegationRule, speaking: Speaking) -> Iterator[Gives]:
    about = listed([matter.replace("-", " ") for matter in block.matters])
    for seat in block.to:
        says, amount = f"hands over {about} to {speaking.the(seat)}", f"for {block.at_most} at most"
        yield Gives(block.by, "hands over", f"{block.name} {seat}", says, "to", amount, block.at_most)
    for seat in block.further:
        says = f"may be handed on {about}"
        yield Gives(seat, "is handed on", block.name, says, "further")
    if block.up_to is not None:
        label = f"amount of what is handed over ('{block.name}')"
        yield Gives(
            block.by, "handed amount", block.name, label, "up to", str(block.up_to), block.up_to, is_power=False
        )
    if block.ends:
        label = f"end of what is handed over ('{block.name}')"
        yield Gives(block.by, "handed end", block.name, label, "ends", block.ends, is_power=False)
    if block.report is not None:
        label = f"report on what was handed over ('{block.name}')"
        yield Gives(
            block.by, "handed report", block.name, label, "report", str(block.report), block.report, is_power=False
        )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def delegation_rules(rulebook: Rulebook) -> dict[str, DelegationRule]:
    """The delegation blocks of an edition, by name."""
    return dict(rulebook.provisions.get("delegation", {}))


provide(
    ProvisionKind(
        Kind("delegation", ("by", "matters", "to", "at most"), ("up to", "ends", "further", "report")),
        _reads, _says, _gives, _examine, matters=(HANDING, REVOKING),
    )
)  # fmt: skip
