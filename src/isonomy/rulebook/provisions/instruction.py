"""The `instruction` block: which bodies instruct whom by their decision, by when a report is owed, and what follows without it.

Lives here: its shape, keys, reading and sentences. Not here: the proceeding (`engine.proceedings.instructions`).

Invariant: only a decision of a body named in `by` makes an instruction, and only that body discharges it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.consequence import Consequence, consequences, say_consequences
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.vocabulary import Kind

INSTRUCTION, DISCHARGE = "instruction", "discharge"
"""The matters: giving an instruction, and deciding whether it was carried out."""


@dataclass(frozen=True, slots=True)
class InstructionRule:
    """Who instructs whom; by when a report is owed after the due day and decided on after it was given; what follows when it
    is overdue (`or_else`) and when it is not accepted."""

    name: str
    place: Place
    by: tuple[str, ...]
    to: tuple[str, ...] = ()
    report_within: Duration | None = None
    discharge_within: Duration | None = None
    or_else: tuple[Consequence, ...] = ()
    not_accepted: tuple[Consequence, ...] = ()


def _reads(b: BlockReader, name: str) -> InstructionRule:
    return InstructionRule(
        name,
        b.place,
        b.take_named("by", of_names.seats, (), "body"),
        b.take_named("to", of_names.seats, (), "seat", True),
        b.take_stated("report within", read.duration, None),
        b.take_stated("discharge within", read.duration, None),
        b.take_named("or else", consequences, ()),
        b.take_named("not accepted", consequences, ()),
    )


def _says(block: InstructionRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield (
        "by",
        f"Instructions are given by decision of {speaking.either(block.by)}, which also decides on their discharge.",
    )
    yield "to", f"They are given to {speaking.either(block.to)}."
    yield "report within", f"A report on one is owed within {block.report_within} of its due day."
    yield "discharge within", f"Whether it is discharged is decided within {block.discharge_within} of the report."
    yield "or else", f"When no report comes in time: {say_consequences(block.or_else)}."
    yield "not accepted", f"When it is not accepted: {say_consequences(block.not_accepted)}."


def _gives(block: InstructionRule, speaking: Speaking) -> Iterator[Gives]:
    whom = speaking.either(block.to) if block.to else "any body or office"
    for body in block.by:
        yield Gives(body, "instructs", block.name, f"instructs {whom}", "by")
    for key, found in (("or else", block.or_else), ("not accepted", block.not_accepted)):
        yield from gives_of(found, block.name, key)


def gives_of(found: tuple[Consequence, ...], name: str, key: str) -> Iterator[Gives]:
    """What consequences give: to call a body, or that something is bound to lapse."""
    for each in found:
        if each.kind == "calls":
            says = f"calls {each.body} when '{name}' is overdue"
            yield Gives(each.seat, "calls in its place", f"{name} {each.body}", says, key)
        elif each.kind == "lapse of mandate":
            yield Gives(each.seat, "loses its mandate", name, f"lapse of its mandate by '{name}'", key, is_power=False)


def rules_of(rulebook: Rulebook) -> dict[str, InstructionRule]:
    """The instruction blocks of an edition, by name."""
    return dict(rulebook.provisions.get("instruction", {}))


def rule_for(rulebook: Rulebook, body: str) -> InstructionRule | None:
    """The block under which a body instructs."""
    plain = body.partition("@")[0]
    return next((rule for rule in rules_of(rulebook).values() if plain in rule.by), None)


provide(
    ProvisionKind(
        Kind("instruction", ("by",), ("to", "report within", "discharge within", "or else", "not accepted")),
        _reads, _says, _gives, matters=(INSTRUCTION, DISCHARGE),
    )
)  # fmt: skip
