"""The `transfer` block: who consents when a member moves to another unit, how long the old one may wait, where the vote is.

Lives here: its shape, keys, reading and sentences. Not here: the acts (`engine.proceedings.transferring`), moving itself
(`engine.proceedings.membership`).

Invariant: the old unit delays a move by its time at most and never prevents it; nobody is moved who did not ask. Source:
docs/spec/acts-transfer.md.
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

TWO_WEEKS = Duration(14, "day")


@dataclass(frozen=True, slots=True)
class TransferRule:
    """Who consents in the receiving unit and in what time it answers; who lets go in the old one, and until when it may wait."""

    name: str
    place: Place
    consented_by: tuple[str, ...] = ()
    answered_within: Duration = TWO_WEEKS
    let_go_by: tuple[str, ...] = ()
    let_go_within: Duration | None = None
    vote_after: Duration | None = None
    marked: Duration | None = None


def _reads(b: BlockReader, name: str) -> TransferRule:
    return TransferRule(
        name,
        b.place,
        b.take_named("consented by", of_names.seats, (), "office"),
        b.take_stated("answered within", read.duration, TWO_WEEKS),
        b.take_named("let go by", of_names.seats, (), "office"),
        b.take_stated("let go within", read.duration, None),
        b.take_stated("vote after", read.duration, None),
        b.take_stated("marked", read.duration, None),
    )


def _examine(rule: TransferRule, b: BlockReader, book: Rulebook) -> None:
    del book
    if rule.let_go_by and rule.let_go_within is None:
        what = "the old unit would let go by somebody, and no time is said after which it is taken to have"
        b.contradiction("let go by", what, "add a line let go within: 14 days, or leave this one out")


def _says(rule: TransferRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield (
        "consented by",
        f"A member who moves to another unit asks it, and {speaking.either(rule.consented_by)} there consents or refuses.",
    )
    yield "answered within", f"It is answered within {rule.answered_within}."
    if rule.let_go_by:
        yield "let go by", f"The old unit lets go by {speaking.either(rule.let_go_by)}."
    if rule.let_go_within is not None:
        yield "let go within", f"After {rule.let_go_within} the old unit is taken to have let go."
    yield "vote after", f"Until {rule.vote_after} after the move the vote stays in the old unit."
    yield "marked", f"With each poll it is shown where several moved into one unit in the {rule.marked} before."


def _gives(rule: TransferRule, speaking: Speaking) -> Iterator[Gives]:
    for seat in rule.consented_by:
        yield Gives(seat, "takes in", rule.name, "consents to members who move into the unit", "consented by")
    for seat in (rule.let_go_by or rule.consented_by) if rule.let_go_within is not None else ():
        amount = f"for {rule.let_go_within} at most"
        yield Gives(
            seat, "lets go", rule.name, "delays members who move away", "let go within", amount, rule.let_go_within
        )
    if rule.vote_after is not None:
        label = "time in which the vote stays in the old unit after a move"
        yield Gives(
            "members",
            "moved vote",
            rule.name,
            label,
            "vote after",
            str(rule.vote_after),
            rule.vote_after,
            is_power=False,
        )


def transfer_rule(rulebook: Rulebook) -> TransferRule | None:
    """The transfer block of an edition; None where it has none, and members move as the clause on members says."""
    found: TransferRule | None = next(iter(rulebook.provisions.get("transfer", {}).values()), None)
    return found


provide(
    ProvisionKind(
        Kind(
            "transfer", ("consented by",), ("answered within", "let go within", "let go by", "vote after", "marked"),
        ),
        _reads, _says, _gives, _examine, single=True,
    )
)  # fmt: skip
