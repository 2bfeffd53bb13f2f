"""The `criticism` block: who may criticise whom, when an answer is owed, what follows a silence, how critics are protected.

Lives here: its shape, keys, reading, sentences, and which bodies had a part in making another. Not here: the acts
(`engine.proceedings.criticisms`), what is owed on a day (`engine.criticism`).

Invariant: no key limits what may be said but its length; the law of the land does so by itself. A panel that protects critics
is neither addressed itself nor filled by those who are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.calendar import Duration
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.findings import Misreading
from isonomy.rulebook.model import MEMBERS, Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import Fact, form
from isonomy.rulebook.vocabulary import Kind

BY_DECISION, BY_CHAIR = "by its decision", "by its chair"
MAKING, ANSWERING = "criticism", "answer-to-criticism"
PROTECTING, DISAGREEING = "protection-of-critics", "disagreement"
"""The built-in matters: a body criticises, answers, lets an act against a critic stand, disagrees with another body's view."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """To whom a criticism goes that was not answered, and how long that body has (None: as long as the first)."""

    to: str
    within: Duration | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """To whom a silence is published (a seat, or `members`), and how long after the last answer was due."""

    to: str
    after: Duration


@dataclass(frozen=True, slots=True)
class CriticismRule:
    """Who may criticise (`by`) and be joined, whom (`to`), how long the words may be, and everything that is owed.

    `sealed_for`: the words lie sealed so long, None where they are open from the first. `keeper`: the office that alone may
    know a critic who asks for it, "" where every critic is named.
    """

    name: str
    place: Place
    to: tuple[str, ...] = ()
    by: tuple[str, ...] = (MEMBERS,)
    joined_by: tuple[str, ...] = ()
    length: int | None = None
    answer_within: Duration | None = None
    answer_of_a_body: str = BY_DECISION
    escalates_to: tuple[Escalation, ...] = ()
    rejoinder_within: Duration | None = None
    silence_published: Publication | None = None
    sealed_for: Duration | None = None
    keeper: str = ""
    protected_for: Duration | None = None
    protected_panel: str = ""
    disagreement_by: tuple[str, ...] = ()
    called: str = ""

    @property
    def title(self) -> str:
        """What the organisation calls it."""
        return self.called or "criticism"


def _escalations(passage: Passage, names: Names, facts: list[Fact]) -> tuple[Escalation, ...]:
    """`committee; congress, within 60 days`."""
    found: list[Escalation] = []
    for part in of_names.listed(passage):
        first, *rest = part.split(",")
        body = of_names.seat(first, names, facts, "body")
        timed = re.fullmatch(r"within\s+(.+)", rest[0].text) if rest else None
        if len(rest) > 1 or (rest and timed is None):
            raise form(part, "a body and its time", "write BODY, or BODY, within 30 days")
        within = read.duration(rest[0].group(timed, 1), facts) if timed else None
        if any(body == earlier.to for earlier in found):
            raise Misreading("double-value", f"{body} stands twice", part, "name each body once, in order")
        found.append(Escalation(body, within))
    return tuple(found)


def _publication(passage: Passage, names: Names, facts: list[Fact]) -> Publication:
    """`to the members after 14 days`."""
    found = re.fullmatch(r"to\s+(.+?)\s+after\s+(.+)", passage.text)
    if not found:
        raise form(passage, "a publication", "write it as to members after 14 days")
    to = of_names.seat(passage.group(found, 1), names, facts, members=True)
    return Publication(to, read.duration(passage.group(found, 2), facts))


def _sealed_for(passage: Passage, facts: list[Fact]) -> Duration | None:
    """`open`, or `sealed for 1 year`."""
    if passage.text == "open":
        return None
    found = re.fullmatch(r"sealed\s+for\s+(.+)", passage.text)
    if not found:
        raise form(passage, "a state of the words", "write open, or sealed for 1 year")
    return read.duration(passage.group(found, 1), facts)


def _keeper(passage: Passage, names: Names, facts: list[Fact]) -> str:
    """`named`, or `known to OFFICE`."""
    if passage.text == "named":
        return ""
    found = re.fullmatch(r"known\s+to\s+(.+)", passage.text)
    if not found:
        raise form(passage, "known here", "write named, or known to OFFICE")
    return of_names.seat(passage.group(found, 1), names, facts, "office")


def _reads(b: BlockReader, name: str) -> CriticismRule:
    rule = CriticismRule(
        name,
        b.place,
        b.take_named("to", of_names.seats, ()),
        b.take_named("by", of_names.seats, (MEMBERS,), members=True),
        b.take_named("joined by", of_names.seats, (), members=True),
        b.take_stated("length", read.whole, None),
        b.take_stated("answer within", read.duration, None),
        b.take("answer of a body", read.one_of, BY_DECISION, (BY_DECISION, BY_CHAIR)),
        b.take_named("escalates to", _escalations, ()),
        b.take_stated("rejoinder within", read.duration, None),
        b.take_named("silence published", _publication, None),
        b.take_stated("words", _sealed_for, None),
        b.take_named("author", _keeper, ""),
        b.take_stated("protected for", read.duration, None),
        b.take_named("protected panel", of_names.seat, "", "body"),
        b.take_named("disagreement by", of_names.seats, (), "body"),
        b.take("called", read.words, ""),
    )
    if not b.has("answer within"):
        for key in ("escalates to", "silence published"):
            if b.has(key):
                what = f"'{key}' without 'answer within': where no answer is owed, nothing is late"
                b.notes.add("no-answer-owed", what, b.entries[key].key, b.block.clause, "add answer within", "warning")
    if b.has("protected panel") and not b.has("protected for"):
        at = b.entries["protected panel"].key
        what = "the panel protects critics for no time"
        b.notes.add("no-protection", what, at, b.block.clause, "add a line protected for: 1 year", "warning")
    return rule


def makers_of(rulebook: Rulebook, seat: str) -> frozenset[str]:
    """The bodies and offices that have a part in filling a seat: those who elect or appoint, and who made those.

    Bodies of all members are makers and have none themselves.
    """
    found: set[str] = set()
    waiting = [seat.partition("@")[0]]
    while waiting:
        block = rulebook.seat(waiting.pop())
        filled = block.filled if block is not None else None
        if filled is None or filled.way == "all members":
            continue
        makers = [filled.by] if filled.by and filled.by != MEMBERS else list(filled.offices)
        if filled.way == "delegation":
            makers = [body.name for body in rulebook.bodies.values() if body.in_each == filled.unit_kind]
        for maker in makers:
            if maker not in found:
                found.add(maker)
                waiting.append(maker)
    return frozenset(found)


def had_a_part(rulebook: Rulebook, criticised: str, seat: str) -> bool:
    """Whether those criticised are that seat, or had a part in its making."""
    plain = criticised.partition("@")[0]
    return plain == seat.partition("@")[0] or plain in makers_of(rulebook, seat)


def _examine(rule: CriticismRule, b: BlockReader, book: Rulebook) -> None:
    partial = [seat for seat in rule.to if rule.protected_panel and had_a_part(book, seat, rule.protected_panel)]
    if partial:
        b.contradiction(
            "protected panel",
            f"{rule.protected_panel} protects those who criticise {partial[0]}, which is it or has a part in its making",
            "name a body in whose making none of those addressed has a part",
        )
    for each in rule.escalates_to:
        if rule.to == (each.to,):
            b.contradiction("escalates to", f"it goes to {each.to} from {each.to} itself", "name another body")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _whom(speaking: Speaking, seats: tuple[str, ...]) -> str:
    return speaking.either(seats)


def _says(rule: CriticismRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "to", f"Criticism may be addressed to {_whom(speaking, rule.to)}."
    yield "by", f"It may be made by {_whom(speaking, rule.by)}, in the critic's own words, which nobody alters."
    if rule.joined_by:
        yield "joined by", f"{_capital(_whom(speaking, rule.joined_by))} may join it."
    if rule.length is not None:
        yield "length", f"It has at most {rule.length} characters; nothing else limits what it says, but the law."
    if rule.answer_within is not None:
        yield "answer within", f"An answer is owed within {rule.answer_within}."
    yield "answer of a body", f"A body answers {rule.answer_of_a_body}."
    if rule.escalates_to:
        path = ", then ".join(
            speaking.the(each.to) + (f" (which has {each.within})" if each.within else "") for each in rule.escalates_to
        )
        yield "escalates to", f"When no answer comes in time, it stands by itself on the agenda of {path}."
    if rule.rejoinder_within is not None:
        yield "rejoinder within", f"The critic may reply once to each answer, within {rule.rejoinder_within}."
    if rule.silence_published is not None:
        after, to = rule.silence_published.after, speaking.the(rule.silence_published.to)
        yield "silence published", f"A silence is published to {to} {after} after the last answer was due."
    sealed = f"lie sealed for {rule.sealed_for}, and are then opened" if rule.sealed_for else "are open from the first"
    yield "words", f"The words {sealed}."
    known = f"may ask to be known to {speaking.the(rule.keeper)} alone" if rule.keeper else "is named"
    yield "author", f"The critic {known}."
    if rule.protected_for is not None:
        yield "protected for", f"Whatever is done against a critic within {rule.protected_for} is marked in the record."
    if rule.protected_panel:
        who = speaking.the(rule.protected_panel)
        yield (
            "protected panel",
            f"Where those criticised would do it, or had a part in it, {who} must let it stand first.",
        )
    if rule.disagreement_by:
        bodies = _whom(speaking, rule.disagreement_by)
        yield "disagreement by", f"{_capital(bodies)} may record that it disagrees with another body, with its reasons."
    if rule.called:
        yield "called", f"It is called: {rule.called}."


def _gives(rule: CriticismRule, speaking: Speaking) -> Iterator[Gives]:
    title, whom = rule.title, _whom(speaking, rule.to)
    for seat in rule.by:
        size = rule.length
        yield Gives(seat, "criticises", rule.name, f"addresses a {title} to {whom}", "to", size=size)
    for seat in rule.joined_by:
        yield Gives(seat, "joins a criticism", rule.name, f"joins a {title}", "joined by")
    for seat in rule.to:
        if rule.answer_within is not None:
            within = rule.answer_within
            yield Gives(
                seat,
                "answers",
                rule.name,
                f"time to answer a {title}",
                "answer within",
                str(within),
                within,
                is_power=False,
            )
    for step in rule.escalates_to:
        yield Gives(
            step.to, "hears an unanswered criticism", rule.name, f"answers a {title} left unanswered", "escalates to"
        )
    if rule.protected_panel:
        says = f"lets an act against a critic stand, or not, for {rule.protected_for} after a {title}"
        yield Gives(
            rule.protected_panel, "protects critics", rule.name, says, "protected panel", size=rule.protected_for
        )  # fmt: skip
    for body in rule.disagreement_by:
        yield Gives(body, "disagrees", rule.name, "records its disagreement with another body", "disagreement by")
    if rule.keeper:
        yield Gives(rule.keeper, "knows critics", rule.name, "alone knows critics who ask for it", "author")


def criticism_rules(rulebook: Rulebook) -> dict[str, CriticismRule]:
    """The criticism blocks of an edition, by name."""
    return dict(rulebook.provisions.get("criticism", {}))


provide(
    ProvisionKind(
        Kind(
            "criticism",
            ("to",),
            (
                "by", "joined by", "length", "answer within", "answer of a body", "escalates to", "rejoinder within",
                "silence published", "words", "author", "protected for", "protected panel", "disagreement by", "called",
            ),
        ),
        _reads, _says, _gives, _examine,
        attributes={"words": "sealed_for", "author": "keeper"},
        matters=(MAKING, ANSWERING, PROTECTING, DISAGREEING),
    )
)  # fmt: skip
