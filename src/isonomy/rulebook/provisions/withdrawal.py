"""The `withdrawal` block: taking back a statement, a decision or evidence known to be false, and what is then reopened.

Lives here: its shape, keys, reading, sentences and powers. Not here: the proceeding, which is planned.

Invariant: what was withdrawn stays in the record; withdrawal points at it, and what stood on it is reopened, never rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.render import listed
from isonomy.rulebook.vocabulary import Kind

AUTHOR = "whoever made it"
WITHDRAWN = ("statement", "decision", "evidence", "finding")


@dataclass(frozen=True, slots=True)
class WithdrawalRule:
    """What may be withdrawn by whom (`by_author`: by whoever made it), which body reopens what stood on it and by when, and
    when the withdrawal is told to members."""

    name: str
    place: Place
    of: tuple[str, ...]
    by_author: bool = False
    by: tuple[str, ...] = ()
    reopened_by: str = ""
    reopens: Duration | None = None
    told: Duration | None = None


def _by(passage: Passage, names: Names, facts: list[Fact]) -> tuple[bool, tuple[str, ...]]:
    parts = passage.split(r"\s+or\s+")
    seats = [of_names.seat(part, names, facts) for part in parts if part.text != AUTHOR]
    return len(seats) < len(parts), tuple(dict.fromkeys(seats))


def _of(passage: Passage) -> tuple[str, ...]:
    found = tuple(read.one_of(part, WITHDRAWN) for part in of_names.listed(passage))
    if len(set(found)) < len(found):
        raise Misreading("double-value", "one thing is named twice", passage, "name each once")
    return found


def _reads(b: BlockReader, name: str) -> WithdrawalRule:
    author, seats = b.take_named("by", _by, (False, ()))
    return WithdrawalRule(
        name,
        b.place,
        b.take("of", _of, ()),
        author,
        seats,
        b.take_named("reopened by", of_names.seat, "", "body"),
        b.take_stated("reopened within", read.duration, None),
        b.take_stated("told within", read.duration, None),
    )


def _says(block: WithdrawalRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "of", f"What may be withdrawn: {listed([f'a {thing}' for thing in block.of], 'or')}."
    who = listed([*([AUTHOR] if block.by_author else []), *(speaking.the(seat) for seat in block.by)], "or")
    yield "by", f"{who[:1].upper()}{who[1:]} withdraws it."
    body = speaking.the(block.reopened_by)
    yield "reopened by", f"{body[:1].upper()}{body[1:]} reopens what stood on it."
    yield "reopened within", f"What stood on it is reopened within {block.reopens}."
    yield "told within", f"Members are told within {block.told}."


def _gives(block: WithdrawalRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    for seat in block.by:
        yield Gives(seat, "withdraws", block.name, f"withdraws {listed(list(block.of), 'or')}", "by")
    if block.reopened_by:
        says = "reopens what stood on something withdrawn"
        yield Gives(block.reopened_by, "reopens", block.name, says, "reopened by")
        if block.reopens is not None:
            label = "time to reopen what stood on something withdrawn"
            yield Gives(
                block.reopened_by, "reopening", block.name, label, "reopened within", size=block.reopens, is_power=False
            )


def withdrawal_rules(rulebook: Rulebook) -> dict[str, WithdrawalRule]:
    """The withdrawals of an edition, by name."""
    return dict(rulebook.provisions.get("withdrawal", {}))


provide(
    ProvisionKind(
        Kind("withdrawal", ("by", "of"), ("reopened by", "reopened within", "told within")),
        _reads, _says, _gives, executed=False,
        attributes={"reopened within": "reopens", "told within": "told"},
    )
)  # fmt: skip
