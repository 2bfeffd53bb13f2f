"""The `discussion` block: a question laid before all units before it is decided, and the answer owed to each contribution.

Lives here: its shape, keys, reading, sentences and powers. Not here: the proceeding, which is planned.

Invariant: a discussion ends with a new edition before the body that decides; what units send in is answered by who drafted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import MEMBERS, Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.render import listed
from isonomy.rulebook.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class DiscussionRule:
    """Who opens it on what, whom it asks (a kind of unit or members), how long, who drafts and answers within which time, and
    which body gets the new edition. `circulation` and `minority`: whether members may circulate papers and minorities report."""

    name: str
    place: Place
    opened_by: tuple[str, ...]
    matters: tuple[str, ...] = ()
    asks: str = MEMBERS
    period: Duration | None = None
    amendments: bool = False
    drafter: str = ""
    answer: Duration | None = None
    to: str = ""
    circulation: bool = False
    minority: bool = False


def _asked(passage: Passage, names: Names, facts: list[Fact]) -> str:
    if passage.text in ("members", "all members"):
        return MEMBERS
    return of_names.unit_kind(passage, names, facts)


def _yes(b: BlockReader, key: str) -> bool:
    return b.take(key, read.one_of, "no", ("yes", "no")) == "yes"


def _reads(b: BlockReader, name: str) -> DiscussionRule:
    return DiscussionRule(
        name,
        b.place,
        b.take_named("opened by", of_names.seats, (), "seat", True),
        b.take_named("matters", of_names.matters, (), False),
        b.take_named("asks", _asked, MEMBERS),
        b.take_stated("period", read.duration, None),
        _yes(b, "amendments"),
        b.take_named("drafted by", of_names.seat, ""),
        b.take_stated("answers within", read.duration, None),
        b.take_named("new edition to", of_names.seat, "", "body"),
        _yes(b, "circulation"),
        _yes(b, "minority report"),
    )


def _says(block: DiscussionRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    who = speaking.either(block.opened_by)
    yield "opened by", f"{who[:1].upper()}{who[1:]} opens a discussion."
    yield "matters", f"It is held on {listed([matter.replace('-', ' ') for matter in block.matters])}."
    asked = "all members" if block.asks == MEMBERS else f"each {block.asks.replace('-', ' ')}"
    yield "asks", f"It asks {asked}."
    yield "period", f"It lasts {block.period}."
    yield "amendments", f"Amendments are {'taken' if block.amendments else 'not taken'} from those who are asked."
    drafter = speaking.the(block.drafter)
    yield "drafted by", f"{drafter[:1].upper()}{drafter[1:]} drafts, and owes each contribution an answer."
    yield "answers within", f"Each contribution is answered within {block.answer}."
    yield "new edition to", f"The new edition goes to {speaking.the(block.to)}."
    yield "circulation", f"Members may {'' if block.circulation else 'not '}circulate papers of their own."
    yield "minority report", f"A minority may {'' if block.minority else 'not '}report beside the draft."


def _gives(block: DiscussionRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    for seat in block.opened_by:
        yield Gives(seat, "opens a discussion", block.name, f"opens a discussion ('{block.name}')", "opened by")
    if block.period is not None:
        label = f"length of a discussion ('{block.name}')"
        yield Gives(MEMBERS, "discussion", block.name, label, "period", size=block.period, is_power=False)
    if block.drafter:
        yield Gives(block.drafter, "drafts", block.name, f"drafts after a discussion ('{block.name}')", "drafted by")
        if block.answer is not None:
            label = f"time to answer contributions ('{block.name}')"
            yield Gives(
                block.drafter, "answers", block.name, label, "answers within", size=block.answer, is_power=False
            )
    for key, has, says in (
        ("circulation", block.circulation, "circulate papers of their own"),
        ("minority report", block.minority, "report as a minority"),
    ):
        if has:
            yield Gives(MEMBERS, key, block.name, f"{says} in a discussion ('{block.name}')", key)


def discussion_rules(rulebook: Rulebook) -> dict[str, DiscussionRule]:
    """The discussions of an edition, by name."""
    return dict(rulebook.provisions.get("discussion", {}))


provide(
    ProvisionKind(
        Kind(
            "discussion",
            ("opened by",),
            (
                "matters", "asks", "period", "amendments", "drafted by", "answers within", "new edition to",
                "circulation", "minority report",
            ),
        ),
        _reads, _says, _gives, executed=False,
        attributes={
            "drafted by": "drafter", "answers within": "answer", "new edition to": "to", "minority report": "minority",
        },
    )
)  # fmt: skip
