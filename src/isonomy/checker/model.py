"""The abstraction of a rulebook: classes of seats, who fills them, how many there are, and where each stands.

Lives here: reading it out of an edition. Not here: what a coalition makes of it (`control`), counting votes (`counts`).

Invariant: everything comes from a block of the rulebook or from a setting that is printed. Units of one kind are
interchangeable: one class stands for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import Any

from isonomy.checker.settings import Settings
from isonomy.engine.competence import ELECTION, competent_for
from isonomy.rulebook.election_rule import ELECTED
from isonomy.rulebook.model import MEMBERS, Body, Filled, Office, Place, Procedure, Rulebook

ALL_MEMBERS, BY_ELECTION, BY_APPOINTMENT = "all members", "election", "appointment"
BY_DELEGATION, EX_OFFICIO, BY_LOT = "delegation", "ex officio", "lot"
ORGANISATION = "organisation"
SEATS_UNSAID = 5
"""How many seats a body has where the rulebook does not say."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How an election to a seat goes: which body votes, by which rule, in the open or in secret, from whose slate.

    `nominators` are the seats that alone may nominate, empty where voters may; `settled` says that who is nominated
    without rivals is elected without a poll.
    """

    by: str
    counting: str
    is_secret: bool
    nominators: tuple[str, ...]
    settled: bool
    place: Place
    procedure: Procedure | None


@dataclass(frozen=True, slots=True)
class SeatClass:
    """All seats of one name: a body or an office, at the top or in each unit of a kind.

    `chain` are the kinds of unit around it, outermost first; `size` how many seats one such body has, 1 for an office.
    """

    name: str
    title: str
    place: Place
    is_body: bool
    chain: tuple[str, ...]
    size: int
    filled: Filled | None
    choice: Choice | None = None
    block: Body | Office | None = None

    @property
    def depth(self) -> int:
        """How many kinds of unit lie around it; 0 at the top."""
        return len(self.chain)

    @property
    def way(self) -> str:
        """How it is filled."""
        return self.filled.way if self.filled is not None else ""


@dataclass(slots=True)
class Model:
    """The classes of seats of a rulebook under some settings."""

    rulebook: Rulebook
    settings: Settings
    chains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    home: str = ""
    classes: dict[str, SeatClass] = field(default_factory=dict)
    assumed: list[str] = field(default_factory=list)
    tried: int = 0
    """How many coalitions were tried on it."""
    wiring: Any = None
    """What `control` reads out of the classes once for all searches over them."""
    assemblies: tuple[str, ...] = ()
    """The classes to which everybody of a place belongs."""
    made_by: dict[str, set[str]] = field(default_factory=dict)
    _supreme: str = ""

    def units_each(self, kind: str) -> int:
        """How many units of a kind lie within each unit around it."""
        return self.settings.units_of.get(kind, self.settings.units)

    @property
    def home_chain(self) -> tuple[str, ...]:
        """The kinds of unit around a member, outermost first."""
        return self.chains.get(self.home, ())

    @property
    def members(self) -> int:
        """How many members there are in all."""
        if not self.home:
            return self.settings.members_without_units
        return self.settings.members * prod(self.units_each(kind) for kind in self.home_chain)

    def members_within(self, chain: tuple[str, ...]) -> int:
        """How many members there are in one unit at the end of a chain."""
        if not chain:
            return self.members
        home = self.home_chain
        if home[: len(chain)] != chain:
            return 0
        return self.settings.members * prod(self.units_each(kind) for kind in home[len(chain) :])

    def units_within(self, outer: tuple[str, ...], kind: str) -> int:
        """How many units of a kind lie within one unit at the end of a chain (the organisation: an empty chain)."""
        chain = self.chains.get(kind, (kind,))
        if chain[: len(outer)] != outer:
            return 0
        return prod(self.units_each(each) for each in chain[len(outer) :])

    @property
    def supreme(self) -> SeatClass | None:
        """The supreme body; where none is named, the body that decides everything else."""
        return self.classes.get(self._supreme)

    def is_supreme_named(self) -> bool:
        """Whether the rulebook itself names its supreme body."""
        return self.rulebook.supreme is not None


def model_of(rulebook: Rulebook, settings: Settings) -> Model:
    """The model of a rulebook: every body and office as a class, the members as the class `members`."""
    model = Model(rulebook, settings)
    for kind in rulebook.units:
        model.chains[kind] = _chain(rulebook, kind)
    model.home = _home(rulebook, model)
    model.classes[MEMBERS] = SeatClass(
        MEMBERS, "the members", Place("", 0), True, (), model.members, Filled(ALL_MEMBERS)
    )
    blocks: tuple[Body | Office, ...] = (*rulebook.bodies.values(), *rulebook.offices.values())
    for block in blocks:
        chain = model.chains.get(block.in_each, (block.in_each,) if block.in_each else ())
        choice = _choice(rulebook, block)
        model.classes[block.name] = SeatClass(
            block.name, block.title, block.place, isinstance(block, Body), chain, _size(model, block, chain),
            block.filled, choice, block,
        )  # fmt: skip
    model.assumed += _admitting(rulebook)
    model.assemblies = tuple(name for name, seat in model.classes.items() if seat.way == ALL_MEMBERS)
    model._supreme = _supreme(rulebook)
    return model


def _admitting(rulebook: Rulebook) -> list[str]:
    """That members who are admitted count as honest, and who could make most of that: an office that alone admits, with a vote at
    once."""
    found = []
    for members in rulebook.member_classes.values():
        alone = len(members.admitted_by) == 1 and members.admitted_by[0] in rulebook.offices
        if members.votes and members.vote_from is None and alone:
            office = rulebook.offices[members.admitted_by[0]]
            found.append(
                f"members who are admitted count as honest, though the {office.title or office.name} alone admits "
                "them, with a vote at "
                f"once (clause {members.place.clause}): so many friends as there are members, admitted before a "
                "meeting, outvote it"
            )
    return found or ["members who are admitted count as honest"] * bool(rulebook.member_classes)


def _chain(rulebook: Rulebook, kind: str) -> tuple[str, ...]:
    found: list[str] = []
    while kind in rulebook.units and kind not in found:
        found.insert(0, kind)
        kind = rulebook.units[kind].within
    return tuple(found)


def _home(rulebook: Rulebook, model: Model) -> str:
    """The kind of unit that members belong to: as the clause on members says, else the innermost kind there is."""
    named = [found.belong_to for found in rulebook.member_classes.values() if found.belong_to and found.votes]
    if named:
        return named[0]
    if not model.chains:
        return ""
    home = max(model.chains, key=lambda kind: len(model.chains[kind]))
    model.assumed.append(f"no clause says to which unit members belong; each is taken to belong to one {home}")
    return home


def _supreme(rulebook: Rulebook) -> str:
    if rulebook.supreme is not None:
        return rulebook.supreme.name
    residual = [found.seat for found in rulebook.competent("everything else") if found.seat in rulebook.bodies]
    return residual[0] if residual else ""


def _size(model: Model, block: Body | Office, chain: tuple[str, ...]) -> int:
    filled = block.filled
    if isinstance(block, Office):
        return 1
    if filled is not None and filled.way == ALL_MEMBERS:
        return model.members_within(chain)
    if filled is not None and filled.way == EX_OFFICIO:
        return max(1, sum(_holders(model, office, chain) for office in filled.offices))
    if filled is not None and filled.way == BY_DELEGATION:
        apportioned = getattr(filled, "apportioned", None)
        if apportioned is not None:
            return max(1, int(apportioned.seats))
        return max(1, filled.seats_each * model.units_within(chain, filled.unit_kind))
    if block.seats is not None:
        return max(1, block.seats)
    model.assumed.append(f"no clause says how many seats {block.title} has; {SEATS_UNSAID} are taken")
    return SEATS_UNSAID


def _holders(model: Model, office: str, chain: tuple[str, ...]) -> int:
    found = model.rulebook.offices.get(office)
    if found is None or not found.in_each or (chain and chain[-1] == found.in_each):
        return 1
    return model.units_within(chain, found.in_each)


def _choice(rulebook: Rulebook, block: Body | Office) -> Choice | None:
    """How the election to a seat goes, where it is filled by election or delegation."""
    filled = block.filled
    if filled is None or filled.way not in (BY_ELECTION, BY_DELEGATION):
        return None
    procedure = rulebook.election_of(block.name)
    competent = competent_for(rulebook, ELECTION + block.name)
    by = competent[0].seat if competent else filled.by
    if procedure is None:
        return Choice(by, "yes-no", False, (), False, block.place, None)
    rule = procedure.election
    named = (rule.nominated_by if rule is not None else ()) or procedure.proposed_by or _who_puts(rulebook, procedure)
    alone = bool(named) and not any(_is_of_voters(rulebook, seat, by) for seat in named)
    settled = rule is not None and rule.uncontested == ELECTED
    return Choice(
        by, procedure.counting, procedure.secrecy == "secret", tuple(named) if alone else (), settled, procedure.place,
        procedure,
    )  # fmt: skip


def _who_puts(rulebook: Rulebook, procedure: Procedure) -> tuple[str, ...]:
    """Who names the candidates of an election that is said to be open and has no nominations: those who put the question, the
    chair of the body and the keepers of polls. Where the block does not say that the vote is open, voters propose."""
    body = rulebook.bodies.get(procedure.by)
    rule = procedure.election
    if body is None or not body.chaired_by or procedure.secrecy not in ("named", "by show of hands"):
        return ()
    if rule is not None and rule.nominations is not None:
        return ()
    keepers = (office.name for office in rulebook.offices.values() if "polls" in office.keeps)
    officer = rule.returning_officer if rule is not None else ""
    return (officer,) if officer else tuple(dict.fromkeys((body.chaired_by, *keepers)))


def _is_of_voters(rulebook: Rulebook, seat: str, electing: str) -> bool:
    """Whether those who nominate are the voters themselves, or everybody."""
    body = rulebook.bodies.get(seat)
    everybody = body is not None and body.filled is not None and body.filled.way == ALL_MEMBERS
    return seat in (MEMBERS, electing) or everybody or (body is None and seat not in rulebook.offices)


def provisions_of(rulebook: Rulebook, kind: str) -> tuple[Any, ...]:
    """The blocks of a kind of the ordinary life, in the order of the text; none where the notation has no such kind."""
    found = getattr(rulebook, "provisions", {}).get(kind, {})
    return tuple(found.values())


def provision_about(rulebook: Rulebook, kind: str, seat: str) -> Any | None:
    """The block of a kind that speaks of a seat."""
    return next((each for each in provisions_of(rulebook, kind) if getattr(each, "seat", None) == seat), None)
