"""The `condition` block: which decisions are taken on a condition, who owns it, when it is reviewed, what follows unreviewed.

Lives here: its shape, keys, reading and sentences. Not here: the proceeding (`engine.proceedings.terms`).

Invariant: a condition always has an owner and a day of review; one that nobody reviews never passes for met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.consequence import DECISION_LAPSES, Consequence, consequences, say_consequences
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.provisions.instruction import gives_of
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.render import listed
from isonomy.rulebook.vocabulary import Kind

REVIEW = "review"
"""The matter: reviewing a condition."""


@dataclass(frozen=True, slots=True)
class ConditionRule:
    """Whose decisions, on which matters (none named: any), may carry a condition, and on which they must; who may own one, who
    reviews it, how long after the decision at the latest, how long before it the owner reports; what follows."""

    name: str
    place: Place
    on_decisions_of: tuple[str, ...]
    matters: tuple[str, ...] = ()
    needed_for: tuple[str, ...] = ()
    owned_by: tuple[str, ...] = ()
    reviewed_by: str = ""
    reviewed_within: Duration | None = None
    report: Duration | None = None
    unreviewed: tuple[Consequence, ...] = ()
    not_met: tuple[Consequence, ...] = ()

    @property
    def lapses_unreviewed(self) -> bool:
        """Whether the decision lapses when nobody reviews it."""
        return any(each.kind == DECISION_LAPSES for each in self.unreviewed)

    @property
    def lapses_not_met(self) -> bool:
        """Whether the decision lapses when its condition is found not to be met."""
        return any(each.kind == DECISION_LAPSES for each in self.not_met)


def _before_review(passage: Passage, facts: list[Fact]) -> Duration:
    words = passage.text.removesuffix(" before the review")
    if words == passage.text:
        raise Misreading("value-form", f"'{passage.text}' is no time before the review", passage,
                         "write it as 14 days before the review")  # fmt: skip
    return read.duration(passage.part(0, len(words)).trimmed(), facts)


def _reads(b: BlockReader, name: str) -> ConditionRule:
    return ConditionRule(
        name,
        b.place,
        b.take_named("on decisions of", of_names.seats, (), "body"),
        b.take_named("matters", of_names.matters, (), False),
        b.take_named("needed for", of_names.matters, (), False),
        b.take_named("owned by", of_names.seats, ()),
        b.take_named("reviewed by", of_names.seat, "", "body"),
        b.take_stated("reviewed within", read.duration, None),
        b.take_stated("report", _before_review, None),
        b.take_named("unreviewed", consequences, ()),
        b.take_named("not met", consequences, ()),
    )


def _says(block: ConditionRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "on decisions of", f"A decision of {speaking.either(block.on_decisions_of)} may be taken on a condition."
    yield "matters", f"That holds for: {listed([matter.replace('-', ' ') for matter in block.matters])}."
    yield (
        "needed for",
        f"Only on a condition is decided: {listed([each.replace('-', ' ') for each in block.needed_for])}.",
    )
    yield "owned by", f"A condition is owned, and reported on, by {speaking.either(block.owned_by)}."
    yield "reviewed by", f"It is reviewed by {speaking.the(block.reviewed_by)}."
    yield "reviewed within", f"It is reviewed within {block.reviewed_within} of the decision."
    yield "report", f"Its owner reports {block.report} before the review."
    yield "unreviewed", f"When nobody reviews it in time: {say_consequences(block.unreviewed)}."
    yield "not met", f"When it is found not to be met: {say_consequences(block.not_met)}."


def _gives(block: ConditionRule, speaking: Speaking) -> Iterator[Gives]:
    for body in block.on_decisions_of:
        yield Gives(
            body, "sets a condition", block.name, "decides on a condition with a day of review", "on decisions of"
        )
    if block.reviewed_by:
        yield Gives(
            block.reviewed_by, "reviews", block.name, f"reviews the conditions of '{block.name}'", "reviewed by"
        )
    for key, found in (("unreviewed", block.unreviewed), ("not met", block.not_met)):
        yield from gives_of(found, block.name, key)


def condition_rules(rulebook: Rulebook) -> dict[str, ConditionRule]:
    """The condition blocks of an edition, by name."""
    return dict(rulebook.provisions.get("condition", {}))


def condition_rule_for(rulebook: Rulebook, body: str, matter: str) -> ConditionRule | None:
    """The block under which a decision of a body on a matter may carry a condition; one that names the matter goes first."""
    plain = body.partition("@")[0]
    found = [rule for rule in condition_rules(rulebook).values() if plain in rule.on_decisions_of]
    named = [rule for rule in found if matter in rule.matters or matter in rule.needed_for]
    return next(iter(named or [rule for rule in found if not rule.matters and not rule.needed_for]), None)


provide(
    ProvisionKind(
        Kind(
            "condition", ("on decisions of",),
            ("matters", "needed for", "owned by", "reviewed by", "reviewed within", "report", "unreviewed", "not met"),
        ),
        _reads, _says, _gives, matters=(REVIEW,),
    )
)  # fmt: skip
