"""The `emergency` block: who declares one on which facts, which rules yield while it lasts, what is barred, and how it ends.

Lives here: its shape, keys, reading, sentences, and what it may not say beside the rest. Not here: declaring, renewing and
ending one (`engine.proceedings.emergencies`), what yields (`engine.proceedings.yielding`).

Invariant: an emergency has a last day from the day on which it is declared; who declares does not renew; what is not listed
here does not yield. Source: docs/spec/acts-powers.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isonomy.kernel.bad_input import did_you_mean
from isonomy.kernel.calendar import Duration
from isonomy.kernel.ids import slug
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.findings import WARNING, Misreading
from isonomy.rulebook.model import Place, Quorum, Rulebook
from isonomy.rulebook.names import Names, listed
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import AMOUNT_MAX, Fact, duration, form, note, whole
from isonomy.rulebook.render import listed as said
from isonomy.rulebook.render import say_quorum
from isonomy.rulebook.vocabulary import Kind

DECLARING, RENEWING, ENDING, REPORTING = "emergency", "emergency-renewal", "emergency-end", "emergency-report"
"""The matters on which a body declares, renews and ends an emergency, and approves the report on it."""
ELECTIONS, REMOVALS, AMENDMENTS, CLOSINGS, EXPULSIONS = "elections", "removals", "amendments", "closings", "expulsions"
BARRED = (ELECTIONS, REMOVALS, AMENDMENTS, CLOSINGS, EXPULSIONS)
RENEWALS_MAX = 20
ONE_DAY = Duration(1, "day")
"""Where the line that says how long it lasts was misread."""


@dataclass(frozen=True, slots=True)
class Widened:
    """A power that reaches further while an emergency lasts."""

    power: str
    up_to: int

    def __str__(self) -> str:
        return f"{self.power} up to {self.up_to}"


@dataclass(frozen=True, slots=True)
class ReportOwed:
    """By when after its end an emergency is reported, and which body approves that."""

    within: Duration
    to: str


@dataclass(frozen=True, slots=True)
class EmergencyRule:
    """What a block says. `lapses` counts from the declaration, `renewal` (None: as long) from the last day; `again` (None: as
    long as the last one was in force) lies between the end of one emergency and the next. `notice`, `quorum`, `postpones` and
    `widens` are what yields, `protects` the clauses that never do."""

    name: str
    place: Place
    declared_by: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    lapses: Duration = ONE_DAY
    renewed_by: str = ""
    renewals: int = 0
    renewal: Duration | None = None
    ended_by: tuple[str, ...] = ()
    again: Duration | None = None
    notice: Duration | None = None
    quorum: Quorum | None = None
    postpones: Duration | None = None
    widens: tuple[Widened, ...] = ()
    bars: tuple[str, ...] = ()
    protects: tuple[str, ...] = ()
    report: ReportOwed | None = None

    @property
    def renewed_for(self) -> Duration:
        """How long one renewal lasts."""
        return self.renewal or self.lapses


# -- reading -----------------------------------------------------------------------------------------------


def _facts(passage: Passage, facts: list[Fact]) -> tuple[str, ...]:
    found: list[str] = []
    for part in listed(passage):
        text = " ".join(part.text.split())
        if text.casefold() in (one.casefold() for one in found):
            raise Misreading("double-value", f"'{text}' is named twice", part, "name it once")
        note(facts, "matter", slug(text), part)
        found.append(text)
    return tuple(found)


def _after(passage: Passage, facts: list[Fact]) -> Duration:
    found = re.fullmatch(r"after\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "a time after which something ends or begins", "write it as after 30 days")
    return duration(passage.group(found, 1), facts)


def _widened(passage: Passage, facts: list[Fact]) -> tuple[Widened, ...]:
    made: list[Widened] = []
    for part in listed(passage):
        found = re.fullmatch(r"([a-z][a-z0-9-]*)\s+up\s+to\s+([0-9]+)", part.text)
        if found is None:
            raise form(part, "a power that is widened", "write it as NAME-OF-THE-POWER up to 2000")
        made.append(Widened(found.group(1), whole(part.group(found, 2), facts, 1, AMOUNT_MAX)))
    return tuple(made)


def _barred(passage: Passage) -> tuple[str, ...]:
    found = [read.one_of(part, BARRED) for part in listed(passage)]
    if len(set(found)) < len(found):
        raise Misreading("double-value", "one thing is barred twice", passage, "name each once")
    return tuple(found)


def _clauses(passage: Passage, names: Names, facts: list[Fact]) -> tuple[str, ...]:
    found = []
    for part in listed(passage):
        id = of_names.clause(part, names)
        note(facts, "clause", id, part)
        found.append(id)
    return tuple(dict.fromkeys(found))


def _report(passage: Passage, names: Names, facts: list[Fact]) -> ReportOwed:
    found = re.fullmatch(r"within\s+(\S+(?:\s\S+){1,2}?)\s+to\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "a report that is owed", "write it as within 30 days to BODY")
    within = duration(passage.group(found, 1), facts)
    return ReportOwed(within, of_names.seat(passage.group(found, 2), names, facts, "body"))


def _reads(b: BlockReader, name: str) -> EmergencyRule:
    renewed_by = b.take_named("renewed by", of_names.seat, "", "body")
    return EmergencyRule(
        name,
        b.place,
        b.take_named("declared by", of_names.seats, ()),
        b.take_stated("facts", _facts, ()),
        b.take_stated("lapses", _after, ONE_DAY),
        renewed_by,
        b.take_stated("renewals", whole, 1 if renewed_by else 0, 1, RENEWALS_MAX),
        b.take_stated("renewal", duration, None),
        b.take_named("ended by", of_names.seats, ()),
        b.take_stated("again", _after, None),
        b.take_stated("notice", duration, None),
        b.take_stated("quorum", read.quorum, None),
        b.take_stated("postpones", duration, None),
        b.take_stated("widens", _widened, ()),
        b.take("bars", _barred, ()),
        b.take_named("protects", _clauses, ()),
        b.take_named("report", _report, None),
    )


def _examine(block: EmergencyRule, b: BlockReader, book: Rulebook) -> None:
    if block.renewed_by and block.declared_by == (block.renewed_by,):
        # Not an error: the engine refuses such a renewal, and the checker is to read what the clause says.
        what = "who declares an emergency would renew it, which is refused"
        cure = "let another body renew it, or leave the line out"
        b.notes.add("renews-itself", what, b.entries["renewed by"].key, b.block.clause, cure, WARNING)
    if not b.has("lapses"):
        what = "no line says when the emergency is over: it is over after 1 day"
        b.notes.add("no-lapse", what, b.block.kind, b.block.clause, "add a line lapses: after 14 days", WARNING)
    for key in ("renewals", "renewal"):
        if b.has(key) and not block.renewed_by:
            b.contradiction(key, f"'{key}' stands without 'renewed by'", "add a line renewed by: BODY")
    for widened in block.widens:
        power = book.powers.get(widened.power)
        if power is None or power.up_to is None:
            # Not an error: the power may be taken out, and then nothing is left that could be widened.
            at = b.entries["widens"].key
            what = f"there is no power '{widened.power}' with a limit that an emergency could widen"
            cure = did_you_mean(widened.power, list(book.powers)) or "name a power that says 'up to'"
            b.notes.add("widens-nothing", what, at, b.block.clause, cure, WARNING)
        elif power.up_to >= widened.up_to:
            b.contradiction("widens", f"'{widened}' widens nothing", f"write more than {power.up_to}")
    if book.supreme is None:
        b.contradiction("declared by", "no supreme body could end the emergency at once", "mark a body as supreme")


# -- reading aloud -----------------------------------------------------------------------------------------


def _says(block: EmergencyRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield "declared by", _sentence(f"{speaking.either(block.declared_by)} may declare an emergency.")
    yield "facts", f"It is declared on one of these facts, stated with it: {'; '.join(block.facts)}."
    yield "lapses", f"It lapses {block.lapses} after it was declared."
    yield "renewed by", _sentence(f"{speaking.the(block.renewed_by)} may renew it; who declared it may not.")
    yield "renewals", f"It is renewed at most {block.renewals} time{'s' * (block.renewals != 1)}."
    yield "renewal", f"A renewal lasts {block.renewal}."
    yield "ended by", _sentence(f"{speaking.either(block.ended_by)}, beside the supreme body, may end it at once.")
    yield "again", f"Another emergency is declared {block.again} after its end at the earliest."
    yield "notice", f"While it lasts, {block.notice} of notice of a meeting are enough."
    quorum = say_quorum(block.quorum) if block.quorum is not None else ""
    yield "quorum", f"While it lasts, {quorum} are a quorum."
    yield "postpones", f"A meeting by right is postponed by {block.postpones} at most, and not beyond its last day."
    wider = said([f"{one.power.replace('-', ' ')} to {one.up_to}" for one in block.widens])
    yield "widens", f"While it lasts, powers to decide alone are wider: {wider}."
    yield "bars", f"While it lasts, there are no {said(list(block.bars), 'and no')}."
    clauses = f"clause{'s' * (len(block.protects) > 1)} {said(list(block.protects))}"
    yield "protects", f"What {clauses} say{'s' * (len(block.protects) == 1)} never yields."
    if block.report is not None:
        to = speaking.the(block.report.to)
        yield (
            "report",
            f"Who declared it reports on it within {block.report.within} of its end to {to}, which approves.",
        )


def _gives(block: EmergencyRule, speaking: Speaking) -> Iterator[Gives]:
    name = block.name.replace("-", " ")
    for seat in block.declared_by:
        says, amount = f"declares an emergency ('{name}')", f"for {block.lapses}"
        yield Gives(seat, "declares emergency", block.name, says, "declared by", amount, block.lapses)
        for widened in block.widens:
            label = f"widens {widened.power.replace('-', ' ')} in an emergency ('{name}')"
            amount = f"up to {widened.up_to}"
            yield Gives(seat, "widens", f"{block.name} {widened.power}", label, "widens", amount, widened.up_to)
        if block.postpones is not None:
            label = f"postpones meetings by right in an emergency ('{name}')"
            yield Gives(seat, "postpones", block.name, label, "postpones", f"by {block.postpones}", block.postpones)
        for barred in block.bars:
            yield Gives(
                seat, "bars", f"{block.name} {barred}", f"bars {barred} by declaring an emergency ('{name}')", "bars"
            )
    if block.renewed_by:
        says = f"renews an emergency ('{name}')"
        amount = f"{block.renewals} times for {block.renewed_for}"
        yield Gives(block.renewed_by, "renews emergency", block.name, says, "renewed by", amount, block.renewals)
    for seat in block.ended_by:
        yield Gives(seat, "ends emergency", block.name, f"ends an emergency ('{name}')", "ended by")
    first = block.declared_by[0] if block.declared_by else ""
    if block.again is not None and first:
        label = f"time between emergencies ('{name}')"
        yield Gives(first, "pause", block.name, label, "again", str(block.again), block.again, is_power=False)
    if block.notice is not None and first:
        label = f"notice in an emergency ('{name}')"
        yield Gives(
            first, "emergency notice", block.name, label, "notice", str(block.notice), block.notice, is_power=False
        )
    if block.quorum is not None and first:
        label, quorum = f"quorum in an emergency ('{name}')", say_quorum(block.quorum)
        yield Gives(first, "emergency quorum", block.name, label, "quorum", quorum, is_power=False)
    if block.protects and first:
        label, clauses = f"clauses that no emergency touches ('{name}')", said(list(block.protects))
        yield Gives(first, "protects", block.name, label, "protects", clauses, is_power=False)
    if block.report is not None:
        says = f"approves the report on an emergency ('{name}')"
        amount = f"within {block.report.within}"
        yield Gives(block.report.to, "approves report", block.name, says, "report", amount, block.report.within)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def emergency_rules(rulebook: Rulebook) -> dict[str, EmergencyRule]:
    """The emergency blocks of an edition, by name."""
    return dict(rulebook.provisions.get("emergency", {}))


provide(
    ProvisionKind(
        Kind(
            "emergency",
            ("declared by", "facts"),
            (
                "lapses", "renewed by", "renewals", "renewal", "ended by", "again", "notice", "quorum", "postpones", "widens",
                "bars", "protects", "report",
            ),
        ),
        _reads, _says, _gives, _examine, matters=(DECLARING, RENEWING, ENDING, REPORTING),
    )
)  # fmt: skip
