"""From blocks as written to the model: each kind of block becomes the value that the engine reads.

Lives here: the building of `model.Rulebook`, and the front matter. Not here: what a single block may not
say of itself (`blocks`), what blocks may not say together (`consistency`), the words of the clauses
(`lint`).

Invariant: the rulebook is built from what was read; wherever something was not, there is an error in the
notebook, and the caller hands out no rulebook. Names are gathered before any value is read, so that clauses
may stand in any order.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.ids import slug
from isonomy.rulebook import names as of_names
from isonomy.rulebook import provisions as _registered  # noqa: F401  (importing registers every kind)
from isonomy.rulebook import readings as read
from isonomy.rulebook import readings_of_seats as read_seat
from isonomy.rulebook.blocks import MEANS, BlockReader, Stated, kind_of, name_of
from isonomy.rulebook.consequence import consequences
from isonomy.rulebook.findings import Misreading, Notebook
from isonomy.rulebook.front import read_front
from isonomy.rulebook.model import (
    OPENING_WITHIN,
    REPORT_WITHIN,
    Body,
    Definitions,
    Duty,
    Meets,
    MemberClass,
    Office,
    Power,
    Procedure,
    RecordRule,
    Reporting,
    Rulebook,
    UnitKind,
)
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import PROVISIONS
from isonomy.rulebook.readings import Fact
from isonomy.rulebook.readings_of_elections import election_rule
from isonomy.rulebook.readings_of_meetings import Proposers, motion_rule, proposers, sitting_rule
from isonomy.rulebook.readings_of_powers import power_rule
from isonomy.rulebook.readings_of_rulings import ruling_rule
from isonomy.rulebook.readings_of_stand_ins import stand_ins
from isonomy.rulebook.ruling_rule import RulingRule
from isonomy.rulebook.surface import Block, Surface
from isonomy.rulebook.titles import title_in_words
from isonomy.rulebook.vocabulary import COUNTING_RULES, KEPT, SECRECY, SIGNED_ACTS, TAKEN, TIES, Kind


@dataclass(slots=True)
class Built:
    """The rulebook, what each line of it states, and the readers of its blocks (for the checks across
    blocks)."""

    rulebook: Rulebook
    stated: list[Stated]
    readers: dict[tuple[str, str], BlockReader] = field(default_factory=dict)


def build(surface: Surface, notes: Notebook, counting: frozenset[str] = frozenset(COUNTING_RULES)) -> Built:
    """The model of an edition; what is wrong goes to `notes`."""
    front = read_front(surface, notes)
    known: list[tuple[Block, Kind, str]] = []
    for block in surface.blocks:
        kind = kind_of(block, notes, front.status == "adopted")
        name = name_of(block, notes) if kind is not None else ""
        if kind is not None:
            known.append((block, kind, name))
    names = gather(known, surface, notes)
    names.counting = counting
    built = Built(Rulebook(front, {clause.id: clause for clause in surface.clauses}, surface.sha256), [])
    parts = _Parts(built.rulebook)
    for block, kind, name in known:
        reader = BlockReader(block, kind, names, notes)
        if name:
            built.readers.setdefault((kind.name, name), reader)
        _BUILDERS.get(kind.name, _provision)(reader, name, parts)
        built.stated += reader.stated
    built.rulebook = parts.rulebook(built.rulebook)
    return built


def gather(known: list[tuple[Block, Kind, str]], surface: Surface, notes: Notebook) -> Names:
    """All names that the blocks define; one name for two things is a finding."""
    names = Names(clauses=frozenset(clause.id for clause in surface.clauses))
    procedures: dict[str, int] = {}
    rest: dict[str, dict[str, int]] = {}
    tables: dict[str, dict[str, int]] = {
        "unit": names.units, "members": names.classes, "body": names.bodies, "office": names.offices,
        "decision": procedures, "election": procedures, "amend": procedures,
    }  # fmt: skip
    for block, kind, name in known:
        if not name:
            continue
        table = tables.get(kind.name, rest.setdefault(kind.name, {}))
        among = [names.units, names.bodies, names.offices] if kind.name in ("unit", "body", "office") else [table]
        before = next((found[name] for found in among if name in found), 0)
        if before:
            cure = "give one of them another name"
            what = f"the name '{name}' is taken (line {before})"
            notes.add("double-name", what, block.name, block.clause, cure)
        else:
            table[name] = block.line
    for block, kind, name in known:
        for entry in block.entries:
            if kind.name in ("body", "office") and name and entry.key.text == "called":
                _called(entry.value.text, name, names)
            if kind.name == "definitions" and entry.key.text == "matters":
                names.matters = (names.matters or frozenset()) | _defined_matters(entry.value.text)
    return names


def _called(words: str, name: str, names: Names) -> None:
    with suppress(BadInput):
        title = slug(words)
        if title not in names.bodies and title not in names.offices:
            names.titles.setdefault(title, name)


def _defined_matters(text: str) -> frozenset[str]:
    found = set()
    for part in text.split(";"):
        with suppress(BadInput):
            found.add(slug(part))
    return frozenset(found)


class _Parts:
    """The mappings of a rulebook while they are filled."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.clauses = rulebook.clauses
        self.units: dict[str, UnitKind] = {}
        self.member_classes: dict[str, MemberClass] = {}
        self.bodies: dict[str, Body] = {}
        self.offices: dict[str, Office] = {}
        self.powers: dict[str, Power] = {}
        self.procedures: dict[str, Procedure] = {}
        self.duties: dict[str, Duty] = {}
        self.reporting: dict[str, Reporting] = {}
        self.record: RecordRule | None = None
        self.definitions: Definitions | None = None
        self.ruling: RulingRule | None = None
        self.provisions: dict[str, dict[str, Any]] = {}

    def rulebook(self, empty: Rulebook) -> Rulebook:
        """The rulebook made of the parts."""
        return Rulebook(
            empty.front, empty.clauses, empty.sha256, self.units, self.member_classes, self.bodies,
            self.offices, self.powers, self.procedures, self.duties, self.reporting, self.record,
            self.definitions, self.ruling, self.provisions,
        )  # fmt: skip


def _seats(b: BlockReader, key: str, members: bool = False) -> tuple[str, ...]:
    return b.take_named(key, of_names.seats, (), "seat", members)


def _title(b: BlockReader, name: str, parts: _Parts) -> str:
    """`called`, or the words of the clause that mean the name, or the name with spaces."""
    called = b.take("called", read.words, "")
    clause = parts.clauses.get(b.block.clause)
    return called or (title_in_words(name, clause) if clause else "") or name.replace("-", " ")


def _name_fact(b: BlockReader, name: str) -> None:
    """That a block about a seat names it: the words of the clause must name it too."""
    if not name:
        return
    fact = Fact("seat", name, name.replace("-", " "), b.block.name.line, b.block.name.column)
    b.stated.append(Stated(b.block.clause, b.kind.name, "", None, (fact,)))


def _unit(b: BlockReader, name: str, parts: _Parts) -> None:
    within = b.entries.get("within")
    lies = "organisation"
    if within is not None and within.value.text != lies:
        lies = b.take_named("within", of_names.unit_kind, lies)
    founding, closing = _seats(b, "founded by"), _seats(b, "closed by")
    splitting, merging = _seats(b, "split by"), _seats(b, "merged by")
    chosen = b.take_stated("assigned within", read.duration, None)
    parts.units.setdefault(name, UnitKind(name, b.place, lies, founding, closing, splitting, merging, chosen))


def _members(b: BlockReader, name: str, parts: _Parts) -> None:
    votes, start = b.take_stated("vote", read_seat.vote, (True, None))
    b.take("leave by", read.one_of, "own notice", ("own notice",))
    parts.member_classes.setdefault(
        name,
        MemberClass(
            name,
            b.place,
            _seats(b, "admitted by"),
            b.take_named("belong to", of_names.unit_kind, ""),
            votes,
            start,
        ),
    )


def _body(b: BlockReader, name: str, parts: _Parts) -> None:
    _name_fact(b, name)
    body = Body(
        name,
        _title(b, name, parts),
        b.place,
        b.supreme,
        b.in_each,
        filled=b.take_named("filled by", read_seat.filled, None),
        seats=b.take_stated("seats", read.whole, None),
        term=b.take_stated("term", read.duration, None),
        removable=b.take_named("removable by", read_seat.removal, None),
        meets=b.take_named("meets", read_seat.meets, Meets(), name),
        notice=b.take_stated("notice", read.duration, None),
        served_after=b.take_stated("notice served", read_seat.served_after, None),
        short_notice=b.take_stated("short notice", read_seat.consent, None),
        quorum=b.take_stated("quorum", read.quorum, None),
        chaired_by=b.take_named("chaired by", of_names.seat, "", "office"),
        minutes_by=b.take_named("minutes by", of_names.seat, "", "office"),
        decides=b.take_named("decides", of_names.matters, ()),
        majority=b.take_stated("majority", read.majority, None),
        sitting=sitting_rule(b),
        else_called_by=b.take_named("else called by", stand_ins, ()),
    )
    parts.bodies.setdefault(name, body)


def _office(b: BlockReader, name: str, parts: _Parts) -> None:
    _name_fact(b, name)
    office = Office(
        name,
        _title(b, name, parts),
        b.place,
        b.in_each,
        filled=b.take_named("filled by", read_seat.filled, None),
        term=b.take_stated("term", read.duration, None),
        removable=b.take_named("removable by", read_seat.removal, None),
        keeps=b.take("keeps", _keeps, ()),
    )
    parts.offices.setdefault(name, office)


def _keeps(passage: Passage) -> tuple[str, ...]:
    kept = [read.one_of(part, KEPT) for part in of_names.listed(passage)]
    if len(set(kept)) < len(kept):
        raise Misreading("double-value", "one thing is named twice", passage, "name each once")
    return tuple(kept)


def _signed(passage: Passage) -> tuple[str, ...]:
    acts = [read.one_of(part, SIGNED_ACTS) for part in of_names.listed(passage)]
    if len(set(acts)) < len(acts):
        raise Misreading("double-value", "one act is named twice", passage, "name each once")
    return tuple(acts)


def _power(b: BlockReader, name: str, parts: _Parts) -> None:
    power = Power(
        name,
        b.place,
        _seats(b, "held by"),
        b.take_named("matters", of_names.matters, (), False),
        b.take_stated("up to", read.whole, None, 0, read.AMOUNT_MAX),
        b.take_named("lapses", read_seat.lapse, None),
        power_rule(b),
    )
    parts.powers.setdefault(name, power)


def _procedure(b: BlockReader, name: str, parts: _Parts) -> None:
    kind = b.kind.name
    casting, is_second = b.take_named("casting vote", read_seat.casting_vote, ("", False))
    ids, bar = b.take_named("protected", read_seat.protected, ((), None))
    fills = ""
    if kind == "election" and name:
        try:
            fills = of_names.seat(b.block.name, b.names, [])
            _name_fact(b, name)
        except Misreading as fault:
            b.notes.misread(fault, b.block.clause)
    secrecy = b.take("secrecy", read.one_of, "", SECRECY)
    usual = "lot" if kind == "election" else "not carried"
    tie = b.take("tie", read.one_of, "casting vote" if casting else usual, TIES)
    _signs(b, secrecy, tie)
    moved = b.take_named("proposed by", proposers, Proposers())
    procedure = Procedure(
        kind,
        name,
        b.place,
        by=b.take_named("by", of_names.seat, "", "body", True),
        matters=b.take_named("matters", of_names.matters, ()),
        fills=fills,
        taken=b.take("taken", read.one_of, "meeting", TAKEN),
        majority=b.take_stated("majority", read.majority, None),
        quorum=b.take_stated("quorum", read.quorum, None),
        counting=b.take("counting", of_names.counting_rule, "yes-no", b.names),
        default_option=b.take("default option", read.words, ""),
        secrecy=secrecy,
        notice=b.take_stated("notice", read.duration, None),
        discussion=b.take_stated("discussion", read.duration, None),
        polling=b.take_stated("polling", read.duration, None),
        proposed_by=moved.seats,
        seconders=b.take_stated("seconders", read.whole, 0, 0),
        casting_vote=casting,
        casting_is_second=is_second,
        tie=tie,
        protected=ids,
        protected_majority=bar,
        election=election_rule(b) if kind == "election" else None,
        motions=motion_rule(b, moved),
    )
    parts.procedures.setdefault(name, procedure)


def _signs(b: BlockReader, secrecy: str, tie: str) -> None:
    """Words that say much in little: the clause must use them too."""
    for key, value in (("secrecy", secrecy), ("tie", tie)):
        entry = b.entries.get(key)
        if entry is not None and value in ("secret", "by show of hands", "lot"):
            b.state(key, [Fact("sign", value, value, entry.value.line, entry.value.column)])


def _duty(b: BlockReader, name: str, parts: _Parts) -> None:
    within, after = b.take_named("within", read_seat.occasion, (None, ""))
    duty = Duty(
        name,
        b.place,
        b.take_named("owed by", of_names.seat, ""),
        b.take("does", read.words, ""),
        b.take_named("to", of_names.seat, "", "body", True),
        b.take_stated("every", read.recurrence, None),
        within,
        after,
        b.take("or else", read.words, ""),
        b.take_named("or else", consequences, ()),
    )
    if b.has("every") == b.has("within"):
        both = "both 'every' and 'within'" if b.has("every") else "neither 'every' nor 'within'"
        b.contradiction("within", f"the duty '{name}' says {both}", "say by when with one of the two")
    parts.duties.setdefault(name, duty)


def _reporting(b: BlockReader, name: str, parts: _Parts) -> None:
    reporting = Reporting(
        name,
        b.place,
        _seats(b, "by", members=True),
        b.take("evidence", read.words, ""),
        _seats(b, "attested by", members=True),
        b.take_stated("within", read.duration, REPORT_WITHIN),
    )
    parts.reporting.setdefault(name, reporting)


def _record(b: BlockReader, name: str, parts: _Parts) -> None:
    del name
    record = RecordRule(
        b.place,
        _seats(b, "kept by"),
        _seats(b, "corrected by"),
        b.take_named("approved by", of_names.seat, "", "body"),
        _seats(b, "erased by"),
        b.take_stated("smallest box", read.whole, 10),
        b.take("signed", _signed, ()),
        b.take_stated("opening approved within", read.duration, OPENING_WITHIN),
    )
    if parts.record is not None:
        _second(b, "record", parts.record.place.line)
    parts.record = parts.record or record


def _ruling(b: BlockReader, name: str, parts: _Parts) -> None:
    del name
    rule = ruling_rule(b)
    if parts.ruling is not None:
        _second(b, "ruling", parts.ruling.place.line)
    parts.ruling = parts.ruling or rule


def _definitions(b: BlockReader, name: str, parts: _Parts) -> None:
    del name
    terms: dict[str, str] = {}
    for entry in b.terms:
        term = " ".join(entry.key.text.removeprefix(MEANS).split())
        if term in terms or not term:
            b.notes.add("double-key", f"'{term}' is explained twice", entry.key, b.block.clause, "keep one of them")
        elif not entry.value.text:
            b.notes.add(
                "no-value",
                f"nothing is written after '{term}'",
                entry.key,
                b.block.clause,
                "write what it means",
            )
        else:
            terms[term] = entry.value.text
    definitions = Definitions(b.place, b.take("matters", of_names.matters, (), b.names, [], False), terms)
    if parts.definitions is not None:
        _second(b, "definitions", parts.definitions.place.line)
    parts.definitions = parts.definitions or definitions


def _provision(b: BlockReader, name: str, parts: _Parts) -> None:
    provided = PROVISIONS[b.kind.name]
    found = parts.provisions.setdefault(b.kind.name, {})
    block = provided.reads(b, name)
    if provided.single and found:
        _second(b, b.kind.name, next(iter(found.values())).place.line)
    found.setdefault(name, block)


def _second(b: BlockReader, kind: str, line: int) -> None:
    what = f"a second {kind} block (the first is on line {line})"
    b.notes.add("second-block", what, b.block.kind, b.block.clause, "write its lines into the first one")


_BUILDERS: dict[str, Callable[[BlockReader, str, _Parts], None]] = {
    "unit": _unit, "members": _members, "body": _body, "office": _office, "power": _power,
    "decision": _procedure, "election": _procedure, "amend": _procedure, "duty": _duty,
    "reporting": _reporting, "record": _record, "definitions": _definitions, "ruling": _ruling,
}  # fmt: skip
