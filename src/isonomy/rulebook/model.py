"""What the engine reads of a rulebook: bodies, offices, powers, procedures, duties, each with its clause
and line.

Lives here: the frozen shapes of an edition, and the questions every reader asks of them (who is competent
for a matter, which clause says so). Not here: parsing (`source`, `surface`, `from_source`, `from_surface`),
agreement of text and block (`lint`), rendering, comparison, and any judging of acts (the engine).

Invariant: an edition is a value. Every block knows its clause, its line and the line of each of its keys,
so that every verdict can cite the words it rests on. `docs/spec/rulebook.md` gives the meaning of each key
in terms of `decide`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from isonomy.kernel.calendar import Duration, Recurrence
from isonomy.kernel.quantity import Count, Ratio, Root, Share
from isonomy.rulebook.election_rule import ElectionRule
from isonomy.rulebook.motion_rule import MotionRule
from isonomy.rulebook.power_rule import PowerRule
from isonomy.rulebook.ruling_rule import RulingRule
from isonomy.rulebook.seating_rule import Apportioned
from isonomy.rulebook.sitting_rule import SittingRule
from isonomy.rulebook.stand_in import StandIn

MEMBERS = "members"
"""Everybody who is a member with a vote: as proposers, as an electorate, as a body filled by all."""
EVERYTHING_ELSE = "everything else"
"""The matter of the residual body: whatever no clause gives to another."""
OPENING_WITHIN = Duration(60, "day")
"""By when an opening balance is laid before the supreme body where the rulebook names no other time."""
REPORT_WITHIN = Duration(30, "day")
"""How late what happened may be reported where the rulebook names no other time."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: clause id, line of its fence, line of each key (lines count from 1 in the
    edition's file), and the clause whose words state a key, where the line points at another one."""

    clause: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    clauses: Mapping[str, str] = field(default_factory=dict, compare=False)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the fence where the key is not written."""
        return self.lines.get(key, self.line)

    def clause_of(self, key: str) -> str:
        """The clause to cite for a key: the one its line points at (`says: "..." [4]`), else the block's own."""
        return self.clauses.get(key, self.clause)


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause: its words without its blocks, the lines it spans, and its `source`: heading, words and blocks
    as written."""

    id: str
    title: str
    words: str
    first_line: int
    last_line: int
    blocks: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter: whose rulebook, in which language and time zone, which edition, of what standing."""

    organisation: str
    language: str
    time_zone: str
    edition: str
    status: str
    in_force_from: date | None = None
    adopted_by: str = ""
    source: str = ""

    @property
    def is_paraphrase(self) -> bool:
        """Our words for another's law: shown as such wherever it is cited."""
        return self.status.startswith("paraphrase")


@dataclass(frozen=True, slots=True)
class Majority:
    """What carries a question: a share (1/2 is more than half) or a ratio, of `cast`, `present`, `entitled`
    or `seats`."""

    threshold: Share | Ratio
    of: str = "cast"

    def __str__(self) -> str:
        return f"{self.threshold} of {self.of}" if isinstance(self.threshold, Share) else f"{self.threshold}"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must take part, at least: a share, number or root of `members`, `seats` or `roll`."""

    quantity: Share | Count | Root
    of: str = "members"

    def __str__(self) -> str:
        return f"{self.quantity}" if isinstance(self.quantity, Count) else f"{self.quantity} of the {self.of}"


@dataclass(frozen=True, slots=True)
class Removal:
    """Who may end a mandate before its term, and by which majority (None: the body's ordinary one)."""

    by: str
    majority: Majority | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """How a seat is filled.

    `way` is one of `all members`, `election`, `appointment`, `delegation` (election in each unit of
    `unit_kind`, `seats_each` seats, or `apportioned` among them), `ex officio` (the holders of `offices`), `lot` (among the
    members, or those of the body `by`). `by` is the electing body or appointing seat.
    """

    way: str
    by: str = ""
    unit_kind: str = ""
    seats_each: int = 0
    offices: tuple[str, ...] = ()
    apportioned: Apportioned | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """A meeting on demand: of how many, of whom (`members`, a kind of unit, or a body's members), in which
    time."""

    quantity: Share | Count
    of: str
    called_within: Duration | None = None
    held_within: Duration | None = None


@dataclass(frozen=True, slots=True)
class Meets:
    """When a body meets: by right, on the call of a seat, on demand."""

    by_right: Recurrence | None = None
    on_call_of: tuple[str, ...] = ()
    on_demand: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit (branch, region): what it lies within, who founds, closes, splits and merges one, and how long members of
    one that was split choose for themselves."""

    name: str
    place: Place
    within: str = "organisation"
    founded_by: tuple[str, ...] = ()
    closed_by: tuple[str, ...] = ()
    split_by: tuple[str, ...] = ()
    merged_by: tuple[str, ...] = ()
    assigned_within: Duration | None = None


@dataclass(frozen=True, slots=True)
class MemberClass:
    """A class of members: who admits them, to which kind of unit they belong, whether and from when they
    vote."""

    name: str
    place: Place
    admitted_by: tuple[str, ...] = ()
    belong_to: str = ""
    votes: bool = True
    vote_from: Duration | None = None
    leave_by: str = "own notice"


@dataclass(frozen=True, slots=True)
class Body:
    """A collective organ. `in_each` names the kind of unit in which one such body stands
    (`branch-meeting@north`)."""

    name: str
    title: str
    place: Place
    supreme: bool = False
    in_each: str = ""
    filled: Filled | None = None
    seats: int | None = None
    term: Duration | None = None
    removable: Removal | None = None
    meets: Meets = Meets()
    notice: Duration | None = None
    served_after: Duration | None = None
    short_notice: Share | Count | None = None
    quorum: Quorum | None = None
    chaired_by: str = ""
    minutes_by: str = ""
    decides: tuple[str, ...] = ()
    majority: Majority | None = None
    sitting: SittingRule = field(default_factory=SittingRule)
    else_called_by: tuple[StandIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A body of one. `keeps` lists what is entrusted to it: `roll`, `minutes`, `record`, `polls`."""

    name: str
    title: str
    place: Place
    in_each: str = ""
    filled: Filled | None = None
    term: Duration | None = None
    removable: Removal | None = None
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lapse:
    """A decision that lapses so long after it was taken unless a body ratifies it."""

    after: Duration
    unless_ratified_by: str


@dataclass(frozen=True, slots=True)
class Power:
    """What a seat may decide by itself: matters, up to which amount, for how long without ratification."""

    name: str
    place: Place
    held_by: tuple[str, ...]
    matters: tuple[str, ...]
    up_to: int | None = None
    lapses: Lapse | None = None
    rule: PowerRule = field(default_factory=PowerRule)


@dataclass(frozen=True, slots=True)
class Procedure:
    """How a body decides a matter, amends the rulebook (`kind` amend) or fills a seat (`kind` election).

    What is None or empty follows the body: notice, quorum, majority. `taken` is `meeting` or `poll` (of
    everybody on the roll, outside a meeting). `counting` is a rule's name in the counting registry.
    `motions` is what it says of motions and amendments, `election` what an election says beyond that (None for the
    other kinds).
    """

    kind: str
    name: str
    place: Place
    by: str
    matters: tuple[str, ...] = ()
    fills: str = ""
    taken: str = "meeting"
    majority: Majority | None = None
    quorum: Quorum | None = None
    counting: str = "yes-no"
    default_option: str = ""
    secrecy: str = ""
    notice: Duration | None = None
    discussion: Duration | None = None
    polling: Duration | None = None
    proposed_by: tuple[str, ...] = ()
    seconders: int = 0
    casting_vote: str = ""
    casting_is_second: bool = False
    tie: str = "not carried"
    protected: tuple[str, ...] = ()
    protected_majority: Majority | None = None
    election: ElectionRule | None = None
    motions: MotionRule = field(default_factory=MotionRule)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must do what by when, or else. It recurs (`every`) or follows an occasion (`within` of `after`). What `follows` when
    it is not done is a list of `consequence.Consequence`; `or_else` has the words."""

    name: str
    place: Place
    owed_by: str
    does: str
    to: str = ""
    every: Recurrence | None = None
    within: Duration | None = None
    after: str = ""
    or_else: str = ""
    follows: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who may report what happened outside, on which evidence, attested by whom, within which time."""

    name: str
    place: Place
    by: tuple[str, ...]
    evidence: str = ""
    attested_by: tuple[str, ...] = ()
    within: Duration = REPORT_WITHIN


@dataclass(frozen=True, slots=True)
class RecordRule:
    """Who keeps, corrects, approves and erases; below which size a box publishes its tally only; by when an opening
    balance is approved."""

    place: Place
    kept_by: tuple[str, ...] = ()
    corrected_by: tuple[str, ...] = ()
    approved_by: str = ""
    erased_by: tuple[str, ...] = ()
    box_least: int = 10
    signed: tuple[str, ...] = ()
    opening_within: Duration = OPENING_WITHIN


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms and matters that the clauses use."""

    place: Place
    matters: tuple[str, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Competence:
    """That a seat may decide a matter, by which block, under which procedure or power (None: the body's own
    rules)."""

    seat: str
    place: Place
    procedure: Procedure | None = None
    power: Power | None = None
    residual: bool = False


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One edition of a rulebook as a value. Mappings are keyed by name, in the order of the text.

    `provisions` are the blocks of the kinds that have a module of their own (`provisions`), by kind and name.
    """

    front: Front
    clauses: Mapping[str, Clause]
    sha256: str
    units: Mapping[str, UnitKind] = field(default_factory=dict)
    member_classes: Mapping[str, MemberClass] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    offices: Mapping[str, Office] = field(default_factory=dict)
    powers: Mapping[str, Power] = field(default_factory=dict)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)
    reporting: Mapping[str, Reporting] = field(default_factory=dict)
    record: RecordRule | None = None
    definitions: Definitions | None = None
    ruling: RulingRule | None = None
    provisions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def seat(self, name: str) -> Body | Office | None:
        """The body or office of that name; the unit in `branch-secretary@north` is set aside."""
        plain = name.partition("@")[0]
        return self.bodies.get(plain) or self.offices.get(plain)

    @property
    def supreme(self) -> Body | None:
        """The supreme body, where the rulebook names one."""
        return next((body for body in self.bodies.values() if body.supreme), None)

    def competent(self, matter: str) -> tuple[Competence, ...]:
        """Who may decide a matter: by a procedure or power that names it, a body that decides it, else the
        residual body."""
        named = [
            Competence(procedure.by, procedure.place, procedure=procedure)
            for procedure in self.procedures.values()
            if matter in procedure.matters
        ]
        named += [
            Competence(holder, power.place, power=power)
            for power in self.powers.values()
            if matter in power.matters
            for holder in power.held_by
        ]
        procedural = {competence.seat for competence in named}
        named += [
            Competence(body.name, body.place)
            for body in self.bodies.values()
            if matter in body.decides and body.name not in procedural
        ]
        if named:
            return tuple(named)
        general = [
            Competence(procedure.by, procedure.place, procedure=procedure, residual=True)
            for procedure in self.procedures.values()
            if EVERYTHING_ELSE in procedure.matters
        ]
        bodies = {competence.seat for competence in general}
        general += [
            Competence(body.name, body.place, residual=True)
            for body in self.bodies.values()
            if EVERYTHING_ELSE in body.decides and body.name not in bodies
        ]
        return tuple(general)

    def election_of(self, seat: str) -> Procedure | None:
        """The procedure that fills a seat, where the rulebook has one."""
        plain = seat.partition("@")[0]
        return next((found for found in self.procedures.values() if found.fills == plain), None)

    def amendment(self) -> Procedure | None:
        """The procedure by which the rulebook is amended, where it has one."""
        return next((found for found in self.procedures.values() if found.kind == "amend"), None)

    def clause_words(self, clause: str) -> str:
        """The words of a clause, or nothing where there is none."""
        found = self.clauses.get(clause)
        return found.words if found else ""
