"""Reading of a `ruling` block: its keys, and what they may not say without one another.

Lives here: building the `RulingRule`. Not here: its shape and sentences (`ruling_rule`).

Invariant: a ruling between meetings can be appealed: who may rule there is named together with the body that hears it.
"""

from __future__ import annotations

from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.readings import Fact, note
from isonomy.rulebook.readings_of_elections import appeal
from isonomy.rulebook.ruling_rule import OVERTURNED, SUSTAINED, TIE_OF_APPEAL, RulingRule


def ruling_rule(b: BlockReader) -> RulingRule:
    """What the block says; between meetings nobody rules without appeal, and the tie that overturns is said in words."""
    rule = RulingRule(
        b.place,
        b.take_named("between meetings by", of_names.seats, (), "office"),
        b.take_named("appeal", appeal, None),
        b.take_named("appeal presided by", of_names.seat, "", "office"),
        b.take_named("general by", of_names.seat, "", "body"),
        b.take("tie", read.one_of, SUSTAINED, TIE_OF_APPEAL),
    )
    if b.has("between meetings by") and not b.has("appeal"):
        b.contradiction(
            "between meetings by",
            "rulings between meetings cannot be appealed",
            "add a line appeal: to BODY within 14 days",
        )
    if b.has("appeal") and not b.has("between meetings by"):
        b.contradiction(
            "appeal",
            "nobody rules between meetings, so nothing is appealed in a time",
            "add a line between meetings by: OFFICE",
        )
    entry = b.entries.get("tie")
    if entry is not None and rule.tie == OVERTURNED:
        facts: list[Fact] = []
        note(facts, "sign", OVERTURNED, entry.value)
        b.state("tie", facts)
    return rule
