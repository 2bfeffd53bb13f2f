"""Plain reading: what each block says, in sentences that can be read aloud at a meeting.

Lives here: one sentence for each fact of a block, and the Markdown made of them. Not here: HTML (`render_html`), JSON
(`render_json`), the words of the clauses themselves, which are the law and are shown as they stand.

Invariant: every fact that is written in a block has one sentence, and nothing is read that is not written: what follows
from a default is told by the specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from isonomy.kernel.quantity import Count, Ratio, Root, Share
from isonomy.rulebook.model import (
    EVERYTHING_ELSE,
    MEMBERS,
    Body,
    Clause,
    Definitions,
    Demand,
    Duty,
    Majority,
    MemberClass,
    Office,
    Place,
    Power,
    Procedure,
    Quorum,
    RecordRule,
    Reporting,
    Rulebook,
    UnitKind,
)
from isonomy.rulebook.provision import PROVISIONS, Provision
from isonomy.rulebook.render_of_elections import election_facts
from isonomy.rulebook.render_of_meetings import motion_facts, say_movers, sitting_facts
from isonomy.rulebook.render_of_powers import power_facts
from isonomy.rulebook.render_of_record import record_facts
from isonomy.rulebook.render_of_rulings import ruling_facts
from isonomy.rulebook.render_of_seating import say_delegation
from isonomy.rulebook.ruling_rule import RulingRule

Block = (
    UnitKind
    | MemberClass
    | Body
    | Office
    | Power
    | Procedure
    | Duty
    | Reporting
    | RecordRule
    | RulingRule
    | Definitions
    | Provision
)

OF = {"cast": "the votes cast", "present": "those present", "entitled": "those entitled to vote", "seats": "the seats"}


@dataclass(frozen=True, slots=True)
class FactRead:
    """One fact of a block: its key, line, the clause that states it, the sentence, and the text as written."""

    key: str
    line: int
    clause: str
    sentence: str
    written: str


@dataclass(frozen=True, slots=True)
class BlockRead:
    """One block read aloud: what it is about, and its facts in the order in which they are written."""

    kind: str
    name: str
    title: str
    place: Place
    opening: str
    facts: tuple[FactRead, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The opening and the facts."""
        opening = (self.opening,) if self.opening else ()
        return opening + tuple(fact.sentence for fact in self.facts)


def blocks_of(rulebook: Rulebook) -> list[tuple[str, str, Block]]:
    """Every block with its kind and name, in the order of the text."""
    found: list[tuple[str, str, Block]] = []
    for kind, table in (
        ("unit", rulebook.units), ("members", rulebook.member_classes), ("body", rulebook.bodies),
        ("office", rulebook.offices), ("power", rulebook.powers), ("duty", rulebook.duties),
        ("reporting", rulebook.reporting),
    ):  # fmt: skip
        found += [(kind, name, block) for name, block in table.items()]
    found += [(procedure.kind, procedure.name, procedure) for procedure in rulebook.procedures.values()]
    if rulebook.record is not None:
        found.append(("record", "record", rulebook.record))
    if rulebook.ruling is not None:
        found.append(("ruling", "ruling", rulebook.ruling))
    if rulebook.definitions is not None:
        found.append(("definitions", "definitions", rulebook.definitions))
    for kind, provisions in rulebook.provisions.items():
        found += [(kind, name, block) for name, block in provisions.items()]
    return sorted(found, key=lambda one: one[2].place.line)


def plain_reading(rulebook: Rulebook) -> tuple[BlockRead, ...]:
    """Every block of an edition in sentences, in the order of the text."""
    return tuple(_read(rulebook, kind, name, block) for kind, name, block in blocks_of(rulebook))


def as_markdown(rulebook: Rulebook) -> str:
    """The plain reading of an edition as Markdown: a heading for each clause, a sentence for each fact."""
    front = rulebook.front
    lines = [f"# {front.organisation}, edition {front.edition}", "", f"Status: {front.status}.", ""]
    by_clause: dict[str, list[BlockRead]] = {}
    for block in plain_reading(rulebook):
        by_clause.setdefault(block.place.clause, []).append(block)
    for clause in rulebook.clauses.values():
        lines += [f"## {clause.id} {clause.title}".rstrip(), ""]
        if clause.id not in by_clause and clause.words:
            lines += ["Not machine-checked: this clause has no block.", ""]
        for block in by_clause.get(clause.id, []):
            lines += [*(f"- {sentence}" for sentence in block.sentences), ""]
    return "\n".join(lines).rstrip() + "\n"


def _read(rulebook: Rulebook, kind: str, name: str, block: Block) -> BlockRead:
    speaker = Speaker(rulebook)
    clause = rulebook.clauses.get(block.place.clause)
    told: dict[str, str] = dict(
        speaker.facts(block) if kind not in PROVISIONS else PROVISIONS[kind].says(block, speaker)
    )
    facts = [
        FactRead(key, line, block.place.clause_of(key), told[key], written_of(clause, line))
        for key, line in sorted(block.place.lines.items(), key=lambda pair: pair[1])
        if key in told
    ]
    title = block.title if isinstance(block, Body | Office) else name.replace("-", " ")
    return BlockRead(kind, name, title, block.place, speaker.opening(block), tuple(facts))


def written_of(clause: Clause | None, line: int) -> str:
    """The value of a key as it is written, on one line, without its pointers."""
    if clause is None:
        return ""
    lines = clause.source.split("\n")[line - clause.first_line :]
    if not lines:
        return ""
    parts = [lines[0].partition(":")[2].strip()]
    for more in lines[1:]:
        if not more.startswith("  "):
            break
        parts.append(more.strip())
    text = " ".join(part for part in parts if part)
    return text.partition(" says: ")[0].strip()


def listed(words: list[str] | tuple[str, ...], join: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {join} {words[-1]}"


SHARES = {
    Fraction(1, 2): "half", Fraction(1, 3): "a third", Fraction(2, 3): "two thirds", Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters", Fraction(1, 5): "a fifth", Fraction(1, 10): "a tenth",
}  # fmt: skip


def say_share(share: Share) -> str:
    """A share as it is read aloud: `two thirds`, and `3/7` where no short words are usual."""
    return SHARES.get(share.value, str(share))


def say_majority(majority: Majority) -> str:
    """What carries a question: `more than half of the votes cast`, `at least 2/3 of the seats`."""
    if isinstance(majority.threshold, Ratio):
        ratio = majority.threshold
        votes = "vote" if ratio.in_favour == 1 else "votes"
        if ratio.in_favour == ratio.against:
            return "more votes for than against"
        return f"at least {ratio.in_favour} {votes} for to {ratio.against} against, and more for than against"
    if majority.threshold.value * 2 == 1:
        return f"more than half of {OF[majority.of]}"
    return f"at least {say_share(majority.threshold)} of {OF[majority.of]}"


def say_quorum(quorum: Quorum) -> str:
    """What a quorum is: `at least 1/4 of the members`, `at least 3/2 of the square root of the roll`."""
    if isinstance(quorum.quantity, Count):
        count = quorum.quantity.value
        return f"at least {count} {quorum.of if count != 1 else quorum.of.removesuffix('s')}"
    if isinstance(quorum.quantity, Root):
        return f"at least {quorum.quantity.factor} of the square root of the {quorum.of}"
    return f"at least {say_share(quorum.quantity)} of the {quorum.of}"


class Speaker:
    """Says the facts of one rulebook, with the titles that its clauses use."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def the(self, seat: str) -> str:
        """`the members' meeting`; in each unit: `the branch secretary`."""
        if seat == MEMBERS:
            return "the members"
        found = self.rulebook.seat(seat)
        title = found.title if found else seat.replace("-", " ")
        return title if title.lower().startswith("the ") else f"the {title}"

    def either(self, seats: tuple[str, ...]) -> str:
        """`the chair or the secretary`."""
        return listed([self.the(seat) for seat in seats], "or")

    def opening(self, block: Block) -> str:
        """The sentence that says what a block is about, where its first line says more than the facts will."""
        if isinstance(block, Body | Office):
            where = f" There is one in each {block.in_each.replace('-', ' ')}." if block.in_each else ""
            if isinstance(block, Body) and block.supreme:
                return _sentence(f"{self.the(block.name)} is the supreme body.{where}")
            return _sentence(
                f"{self.the(block.name)} is {'a body' if isinstance(block, Body) else 'an office'}.{where}"
            )
        if isinstance(block, UnitKind):
            return f"The organisation has units of the kind {block.name.replace('-', ' ')}."
        if isinstance(block, MemberClass):
            return f"There are members of the class {block.name.replace('-', ' ')}."
        return ""

    def facts(self, block: Block) -> Iterator[tuple[str, str]]:
        """Key and sentence of everything that the block may say."""
        if isinstance(block, UnitKind):
            yield from self._unit(block)
        elif isinstance(block, MemberClass):
            yield from self._members(block)
        elif isinstance(block, Body | Office):
            yield from self._seat(block)
        elif isinstance(block, Power):
            yield from self._power(block)
        elif isinstance(block, Procedure):
            yield from self._procedure(block)
        elif isinstance(block, Duty):
            yield from self._duty(block)
        elif isinstance(block, Reporting):
            yield from self._reporting(block)
        elif isinstance(block, RecordRule):
            yield from record_facts(block, self.the, self.either)
        elif isinstance(block, RulingRule):
            yield from ruling_facts(block, self.the)
        elif isinstance(block, Definitions):
            yield from self._definitions(block)

    def _unit(self, unit: UnitKind) -> Iterator[tuple[str, str]]:
        name = unit.name.replace("-", " ")
        yield "within", f"A {name} lies within the {unit.within.replace('-', ' ')}."
        yield "founded by", _sentence(f"{self.either(unit.founded_by)} founds a {name}.")
        yield "closed by", _sentence(f"{self.either(unit.closed_by)} closes a {name}.")
        yield "split by", _sentence(f"{self.either(unit.split_by)} splits a {name}.")
        yield "merged by", _sentence(f"{self.either(unit.merged_by)} merges several into one {name}.")
        yield "assigned within", f"Whoever is not assigned chooses within {unit.assigned_within}."

    def _members(self, members: MemberClass) -> Iterator[tuple[str, str]]:
        yield "admitted by", _sentence(f"{self.either(members.admitted_by)} admits them.")
        yield "belong to", f"Each belongs to a {members.belong_to.replace('-', ' ')}."
        when = f" from {members.vote_from} after admission" if members.vote_from else " from admission"
        yield "vote", f"They have a vote{when}." if members.votes else "They have no vote."
        yield "leave by", "They leave by their own notice."

    def _seat(self, seat: Body | Office) -> Iterator[tuple[str, str]]:
        yield "called", f"It is called {seat.title}."
        yield "filled by", self._filled(seat)
        yield "term", f"A mandate lasts {seat.term}."
        if seat.removable is not None:
            by = f", by {say_majority(seat.removable.majority)}" if seat.removable.majority else ""
            remover = self.the(seat.removable.by)
            yield "removable by", _sentence(f"{remover} may end a mandate before its term{by}.")
        if isinstance(seat, Office):
            yield "keeps", f"It keeps {listed([f'the {kept}' for kept in seat.keeps])}."
        else:
            yield from self._body(seat)

    def _filled(self, seat: Body | Office) -> str:
        way = seat.filled
        if way is None:
            return ""
        if way.way == "all members":
            return f"All members{f' of the {way.unit_kind}' if way.unit_kind else ''} are in it."
        if way.way == "delegation":
            return say_delegation(way)
        if way.way == "lot":
            return f"It is filled by lot among {self.the(way.by) if way.by == MEMBERS else f'the members of {self.the(way.by)}'}."
        if way.way == "ex officio":
            held = listed([self.the(office) for office in way.offices])
            return _sentence(f"{held} {'has a seat' if len(way.offices) == 1 else 'have seats'} in it by office.")
        return f"It is {'elected' if way.way == 'election' else 'appointed'} by {self.the(way.by)}."

    def _body(self, body: Body) -> Iterator[tuple[str, str]]:
        yield "seats", f"It has {body.seats} seat{'s' * (body.seats != 1)}."
        yield "meets", " ".join(self._meets(body))
        yield "notice", f"Its meetings need {body.notice} of notice."
        yield "notice served", f"A notice counts as served {body.served_after} after dispatch."
        if body.short_notice is not None:
            share = body.short_notice
            who = f"{share if isinstance(share, Count) else say_share(share)} of those entitled"
            if isinstance(share, Share) and share.value == 1:
                who = "all who are entitled"
            yield "short notice", f"Shorter notice is enough with the consent of {who}."
        if body.quorum is not None:
            yield "quorum", f"Its quorum is {say_quorum(body.quorum)}."
        yield "chaired by", _sentence(f"{self.the(body.chaired_by)} presides.")
        yield "minutes by", _sentence(f"{self.the(body.minutes_by)} keeps its minutes.")
        yield "decides", self._decides("It", body.decides)
        if body.majority is not None:
            yield "majority", f"It decides by {say_majority(body.majority)}."
        yield from sitting_facts(body.sitting, self.the, say_majority, say_quorum)
        yield (
            "else called by",
            f"When it is not called in time, it is called by: {'; '.join(map(str, body.else_called_by))}.",
        )

    def _meets(self, body: Body) -> Iterator[str]:
        if body.meets.by_right is not None:
            yield f"It meets by right {body.meets.by_right}, whether or not it is called."
        if body.meets.on_call_of:
            yield f"It meets on the call of {self.either(body.meets.on_call_of)}."
        for demand in body.meets.on_demand:
            yield f"It meets on the demand of {self.demanding(demand, body)}{_in_time(demand)}."

    def demanding(self, demand: Demand, body: Body) -> str:
        """`a fifth of the members`, `2 of its members`."""
        whose = self.plural(demand.of, body)
        if isinstance(demand.quantity, Count):
            return f"{demand.quantity} of {whose}"
        return f"{say_share(demand.quantity)} of {whose}"

    def plural(self, of: str, body: Body) -> str:
        """Those who may demand a meeting of a body: `the members`, `its members`, `the branches`."""
        if of == body.name:
            return "its members"
        if of == MEMBERS:
            return "the members"
        if of not in self.rulebook.units:
            return f"the members of {self.the(of)}"
        name = of.replace("-", " ")
        if name.endswith("y"):
            return f"the {name[:-1]}ies"
        return f"the {name}{'es' if name.endswith(('ch', 'sh', 's', 'x')) else 's'}"

    def _decides(self, who: str, matters: tuple[str, ...]) -> str:
        named = [matter.replace("-", " ") for matter in matters if matter != EVERYTHING_ELSE]
        rest = "everything that no clause gives to another"
        if EVERYTHING_ELSE not in matters:
            return f"{who} decides on {listed(named)}."
        return f"{who} decides on {listed(named)}, and {rest}." if named else f"{who} decides {rest}."

    def _power(self, power: Power) -> Iterator[tuple[str, str]]:
        yield "held by", _sentence(f"{self.either(power.held_by)} may decide alone.")
        yield "matters", f"The power is for {listed([matter.replace('-', ' ') for matter in power.matters])}."
        yield "up to", f"The greatest amount is {power.up_to}."
        if power.lapses is not None:
            body = self.the(power.lapses.unless_ratified_by)
            yield "lapses", f"Such a decision lapses {power.lapses.after} after it is taken, unless {body} ratifies it."
        yield from power_facts(power.rule, self.the)

    def _procedure(self, procedure: Procedure) -> Iterator[tuple[str, str]]:
        by = self.the(procedure.by)
        does = {
            "amend": "amends this rulebook", "election": f"elects {self.the(procedure.fills)}", "decision": "decides",
        }[procedure.kind]  # fmt: skip
        yield "by", _sentence(f"{by} {does if procedure.by != MEMBERS else does.replace('s ', ' ', 1)}.")
        yield "matters", self._decides("It", procedure.matters)
        how = "by a poll of everybody on the roll" if procedure.taken == "poll" else "at a meeting"
        yield "taken", f"This is done {how}."
        if procedure.majority is not None:
            yield "majority", f"It needs {say_majority(procedure.majority)}."
        if procedure.quorum is not None:
            yield "quorum", f"The quorum is {say_quorum(procedure.quorum)}."
        yield "counting", f"Ballots are counted by {procedure.counting}."
        yield "default option", f"The option that stands for no decision is: {procedure.default_option}."
        yield (
            "secrecy",
            {"secret": "The ballot is secret.", "named": "Votes are named."}.get(
                procedure.secrecy, "Votes are given by show of hands."
            ),
        )
        yield "notice", f"The matter needs {procedure.notice} of notice."
        yield "discussion", f"At least {procedure.discussion} of discussion come first."
        yield "polling", f"The poll lasts {procedure.polling}."
        proposers = listed(say_movers(procedure.proposed_by, procedure.motions, self.the), "or")
        yield "proposed by", _sentence(f"{proposers} may propose.")
        others = "other must second" if procedure.seconders == 1 else "others must second"
        yield "seconders", f"{procedure.seconders} {others}."
        second = "a second vote" if procedure.casting_is_second else "the only vote given from the chair"
        yield "casting vote", f"When votes are equal, {self.the(procedure.casting_vote)} has a casting vote: {second}."
        ties = {"lot": "lots are drawn", "casting vote": "the casting vote decides"}
        yield "tie", f"When votes are equal, {ties.get(procedure.tie, 'nothing is carried')}."
        yield from motion_facts(procedure.motions, self.the)
        if procedure.election is not None:
            yield from election_facts(procedure.election, self.the)
        if procedure.protected_majority is not None:
            many = "Clauses" if len(procedure.protected) > 1 else "Clause"
            need = "need" if len(procedure.protected) > 1 else "needs"
            bar = say_majority(procedure.protected_majority)
            yield "protected", f"{many} {listed(procedure.protected)} {need} {bar}."

    def _duty(self, duty: Duty) -> Iterator[tuple[str, str]]:
        yield "owed by", _sentence(f"{self.the(duty.owed_by)} owes this.")
        yield "does", f"What is owed: {duty.does}."
        yield "to", f"It is owed to {self.the(duty.to)}."
        yield "every", f"It is due {duty.every}."
        after = self.the(duty.after.removeprefix("meeting of "))
        yield "within", f"It is due within {duty.within} of each meeting of {after}."
        yield "or else", f"Or else: {duty.or_else}."

    def _reporting(self, reporting: Reporting) -> Iterator[tuple[str, str]]:
        yield "by", _sentence(f"{self.either(reporting.by)} may report what happened outside the record.")
        yield "evidence", f"The evidence is: {reporting.evidence}."
        yield "attested by", _sentence(f"{self.either(reporting.attested_by)} attests it.")
        yield "within", f"A report comes within {reporting.within}."

    def _definitions(self, definitions: Definitions) -> Iterator[tuple[str, str]]:
        yield "matters", f"The matters are {listed([matter.replace('-', ' ') for matter in definitions.matters])}."
        for term, means in definitions.terms.items():
            yield f"means {term}", f"'{term}' means: {means}."


def _in_time(demand: Demand) -> str:
    parts = [f"called within {demand.called_within}"] if demand.called_within else []
    parts += [f"held within {demand.held_within}"] if demand.held_within else []
    return f", and is {listed(parts)}" if parts else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
