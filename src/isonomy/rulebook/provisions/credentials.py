"""The `credentials` block: a panel examines the mandates of delegates before their body meets.

Lives here: its shape, keys, reading, sentences, what it gives. Not here: examining, refusing, appeals
(`engine.proceedings.credentials`).

Invariant: a refusal has a ground of the clause's closed list; nobody examines the mandate of a delegate of their own unit,
nor their own, whatever the block says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import Duration
from isonomy.kernel.ids import slug
from isonomy.kernel.quantity import Count, Share
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact, form
from isonomy.rulebook.readings_of_seating import about_seat, before_meeting, plain_duration
from isonomy.rulebook.render import listed, say_share
from isonomy.rulebook.vocabulary import Kind

VOTE, DO_NOT_VOTE = "vote", "do not vote"
VOTES = (VOTE, DO_NOT_VOTE)


@dataclass(frozen=True, slots=True)
class PanelAppeal:
    """To which body a refused delegate may appeal, and within which time after the refusal."""

    to: str
    within: Duration


@dataclass(frozen=True, slots=True)
class Credentials:
    """Which panel examines the delegates of the body it is named after: from when, on which grounds it refuses, how many at
    most, who votes meanwhile, and who hears an appeal or overturns."""

    name: str
    place: Place
    seat: str
    panel: str
    grounds: tuple[str, ...] = ()
    opens: Duration | None = None
    unexamined: str = VOTE
    refused: str = DO_NOT_VOTE
    at_most: Share | Count | None = None
    appeal: PanelAppeal | None = None
    overturned_by: str = ""

    def most(self, delegates: int) -> int | None:
        """How many of so many delegates the panel refuses at most (a share is rounded down); None without a bound."""
        if self.at_most is None:
            return None
        return self.at_most.value if isinstance(self.at_most, Count) else int(self.at_most.value * delegates)


def _grounds(passage: Passage) -> tuple[str, ...]:
    found: list[str] = []
    for part in of_names.listed(passage):
        try:
            word = slug(part.text)
        except BadInput as fault:
            raise Misreading("value-form", f"'{part.text[:60]}' is not a short ground", part, fault.cure) from fault
        if word in found:
            raise Misreading("double-value", f"'{part.text}' is named twice", part, "name it once")
        found.append(word)
    return tuple(found)


def _appeal(passage: Passage, names: Names, facts: list[Fact]) -> PanelAppeal:
    found = re.fullmatch(r"to\s+(.+?)\s+within\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "an appeal", "write it as to BODY within 3 days")
    to = of_names.seat(passage.group(found, 1), names, facts, "body")
    return PanelAppeal(to, plain_duration(passage.group(found, 2), facts))


def _part(passage: Passage, facts: list[Fact]) -> Share | Count:
    found = re.fullmatch(r"(\S+)\s+of\s+(?:the\s+|its\s+)?delegates", passage.text)
    return read.share_or_count(passage.group(found, 1) if found else passage, facts)


def _reads(b: BlockReader, name: str) -> Credentials:
    return Credentials(
        name,
        b.place,
        about_seat(b, name, "body"),
        b.take_named("panel", of_names.seat, "", "body"),
        b.take("grounds", _grounds, ()),
        b.take_stated("opens", before_meeting, None),
        b.take("unexamined", read.one_of, VOTE, VOTES),
        b.take("refused", read.one_of, DO_NOT_VOTE, VOTES),
        b.take_stated("refuses at most", _part, None),
        b.take_named("appeal", _appeal, None),
        b.take_named("overturned by", of_names.seat, "", "body"),
    )


def _said_part(part: Share | Count) -> str:
    return f"{part if isinstance(part, Count) else say_share(part)} of the delegates"


def _says(block: Credentials, speaking: Speaking) -> Iterator[tuple[str, str]]:
    panel = speaking.the(block.panel) if block.panel else "the panel"
    body = speaking.the(block.seat) if block.seat else "the body"
    yield "panel", f"{panel[:1].upper()}{panel[1:]} examines the mandates of the delegates to {body}."
    yield "grounds", f"It refuses on these grounds alone: {listed([one.replace('-', ' ') for one in block.grounds])}."
    yield "opens", f"It examines from {block.opens} before the meeting."
    yield "unexamined", f"Delegates whose mandates were not examined {block.unexamined} at the meeting."
    yield "refused", f"Delegates who were refused {block.refused} until their appeal is decided."
    if block.at_most is not None:
        yield "refuses at most", f"It refuses at most {_said_part(block.at_most)}."
    if block.appeal is not None:
        yield (
            "appeal",
            f"A refused delegate may appeal to {speaking.the(block.appeal.to)} within {block.appeal.within}.",
        )
    over = speaking.the(block.overturned_by)
    yield "overturned by", f"{over[:1].upper()}{over[1:]} may overturn a refusal."


def _gives(block: Credentials, speaking: Speaking) -> Iterator[Gives]:
    if not block.seat or not block.panel:
        return
    title = speaking.the(block.seat)
    says = f"admits and refuses delegates to {title}"
    yield Gives(block.panel, "examines", block.seat, says, "panel")
    yield Gives(
        block.panel, "grounds", block.seat, "grounds for refusing a delegate", "grounds", "; ".join(block.grounds),
        len(block.grounds), is_power=False,
    )  # fmt: skip
    for key, said, label in (
        ("opens", f"{block.opens} before the meeting", "opening of the examination"),
        ("unexamined", block.unexamined, "delegates not examined"), ("refused", block.refused, "delegates refused"),
    ):  # fmt: skip
        if key in block.place.lines:
            yield Gives(
                block.panel, key, block.seat, label, key, said, block.opens if key == "opens" else None, is_power=False
            )
    if block.at_most is not None:
        size = block.at_most.value if isinstance(block.at_most, Count) else block.at_most
        label = "delegates that may be refused"
        yield Gives(
            block.panel,
            "refuses at most",
            block.seat,
            label,
            "refuses at most",
            _said_part(block.at_most),
            size,
            is_power=False,
        )
    if block.appeal is not None:
        says = f"hears appeals of refused delegates to {title}"
        yield Gives(block.appeal.to, "hears delegates", block.seat, says, "appeal")
        label = "time to appeal against a refusal"
        said = str(block.appeal.within)
        yield Gives(
            block.appeal.to, "delegates appeal", block.seat, label, "appeal", said, block.appeal.within, is_power=False
        )
    if block.overturned_by:
        says = f"overturns refusals of delegates to {title}"
        yield Gives(block.overturned_by, "overturns", block.seat, says, "overturned by")


def _examine(block: Credentials, reader: BlockReader, book: Rulebook) -> None:
    body = book.bodies.get(block.seat)
    if body is not None and (body.filled is None or body.filled.way in ("all members", "ex officio")):
        reader.contradiction("panel", f"'{block.seat}' has no mandates to examine", "leave the block out")
    if block.panel and block.panel == block.seat:
        reader.contradiction("panel", f"'{block.seat}' examines itself", "name another body")
    if block.appeal is not None and block.appeal.to == block.panel:
        reader.contradiction("appeal", "the appeal goes to the panel that refused", "name another body")
    if block.appeal is None and not block.overturned_by:
        what = f"nothing is said of an appeal against a refusal by '{block.panel}'"
        reader.notes.add(
            "no-appeal",
            what,
            reader.block.kind,
            reader.block.clause,
            "add the line appeal: to BODY within 3 days",
            "warning",
        )
    if block.at_most is None:
        what = f"'{block.panel}' may refuse every delegate of '{block.seat}'"
        cure = "add the line refuses at most: 1/10 of the delegates"
        reader.notes.add("refuses-all", what, reader.block.kind, reader.block.clause, cure, "warning")


def credentials_of(rulebook: Rulebook, seat: str) -> Credentials | None:
    """How the mandates of a body's delegates are examined; None where they are not."""
    plain = seat.partition("@")[0]
    return next((found for found in rulebook.provisions.get("credentials", {}).values() if found.seat == plain), None)


provide(
    ProvisionKind(
        Kind(
            "credentials", ("panel", "grounds"),
            ("opens", "unexamined", "refused", "refuses at most", "appeal", "overturned by"),
        ),
        _reads, _says, _gives, _examine, attributes={"refuses at most": "at_most"},
        matters_about={"refusal-in-": "seat", "credentials-of-": "seat"},
    )
)  # fmt: skip
