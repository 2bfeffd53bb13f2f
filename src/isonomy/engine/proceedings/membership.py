"""Membership: admitting, moving, leaving, death.

Lives here: `member.admit`, `member.move`, `member.leave`, `member.die`. Not here: keys (`keys`), offices (`mandates`),
expulsion (a case, with its own proceeding).

Invariant: a person is a random id with coded facts; a name stands as a commitment alone. Leaving and death strike a person
from open rolls and end mandates; nobody is added to a frozen roll.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.transferring import check_transfer
from isonomy.engine.protection import MOVED, protect
from isonomy.engine.roll import class_of
from isonomy.engine.shape import Bytes32, CivilDate, Json, Line, PersonId, ProceedingId, Slug, read
from isonomy.engine.state import NO_CODES, Person, State
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.provisions.death import death_rule


@dataclass(frozen=True, slots=True)
class NameCommitment:
    """A name as a commitment: HMAC-SHA-256 under a salt kept beside the record (record.md)."""

    c: Bytes32


@dataclass(frozen=True, slots=True)
class Admit:
    """Admits a person as a member of a class, in a unit where the class asks for one."""

    person: PersonId
    member_class: Slug | None = None
    unit: Slug | None = None
    name: NameCommitment | None = None
    codes: dict[Slug, Slug] | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Moves a member to another unit."""

    person: PersonId
    unit: Slug


@dataclass(frozen=True, slots=True)
class Leave:
    """Leaves the organisation; the member's own act."""

    why: Line | None = None


@dataclass(frozen=True, slots=True)
class Die:
    """Records the death of a member, on the evidence that the clause asks for."""

    person: PersonId
    on: CivilDate
    evidence: Line | None = None


@effect("person.admitted")
@dataclass(frozen=True, slots=True)
class PersonAdmitted:
    """A person is a member from a day on."""

    person: str
    member_class: str
    on: str
    unit: str = ""
    name: Json = None
    codes: Json = None

    def apply(self, state: State, at: At) -> None:
        """Enters the person."""
        sealed = _sealed(self.name, f"entry {at.n}: name")
        codes = (
            {state.shared(kind): state.shared(code) for kind, code in self.codes.items()} if self.codes else NO_CODES
        )
        state.persons[self.person] = Person(
            self.person,
            state.shared(self.member_class),
            state.shared(self.unit),
            state.shared(self.on),
            at.n,
            sealed,
            codes,
        )
        state.touched[self.person] = at.n


@effect("person.moved")
@dataclass(frozen=True, slots=True)
class PersonMoved:
    """A member belongs to another unit."""

    person: str
    unit: str

    def apply(self, state: State, at: At) -> None:
        """Sets the unit."""
        person = state.persons[self.person]
        state.past_units.setdefault(self.person, []).append((at.on, person.unit))
        person.unit = state.shared(self.unit)
        state.to_assign.pop(self.person, None)
        state.touched[self.person] = at.n


@effect("person.left")
@dataclass(frozen=True, slots=True)
class PersonLeft:
    """A member has left, or has died: struck from open rolls, mandates ended."""

    person: str
    on: str
    died: bool = False

    def apply(self, state: State, at: At) -> None:
        """Ends the membership and what rests on it."""
        person = state.persons[self.person]
        if self.died:
            person.died_on = self.on
        else:
            person.left_on = self.on
        for mandate in state.mandates.values():
            # A mandate whose end is set ahead, for a successor, ends now all the same.
            if mandate.person == self.person and (not mandate.ended_on or mandate.ended_on > self.on):
                mandate.ended_on, mandate.ended_why = self.on, "death" if self.died else "left"
        for poll in state.polls.values():
            on_roll = poll.standing == "open" and poll.has_on_roll(self.person)
            if on_roll and self.person not in poll.struck and self.person not in poll.named:
                poll.struck.append(self.person)
        state.touched[self.person] = at.n


def _sealed(name: Json, where: str) -> bytes | None:
    """The bytes of a name's commitment; None where there is no name. Raises `BadInput`."""
    return None if name is None else b64decode(read(NameCommitment, name, where).c)


def checked_class(judgement: Judgement, rulebook: Rulebook, name: str | None) -> str:
    """The class of members that is meant: the only one where none is named; bars an unknown one."""
    classes = rulebook.member_classes
    if name is None and len(classes) == 1:
        return next(iter(classes))
    if name is None and not classes:
        return ""
    if name is None or name not in classes:
        raise judgement.bar(
            f"the rulebook has no class of members '{name or ''}'", {"classes": sorted(classes)}, "name one of them"
        )
    return name


def _known(judgement: Judgement, person: str) -> Person:
    found = judgement.state.persons.get(person)
    if found is None or not found.is_member_on(judgement.on):
        raise judgement.bar(f"{person or 'nobody'} is not a member", {}, "name a member")
    return found


def _checked_unit(judgement: Judgement, kind: str, unit: str | None, clause: str) -> None:
    found: Any = judgement.state.units.get(unit or "")
    if kind and (found is None or found.kind != kind or found.closed_on):
        names = sorted(
            other.id for other in judgement.state.units.values() if other.kind == kind and not other.closed_on
        )
        judgement.refuse(
            clause,
            f"a member belongs to a {kind}",
            {"unit": unit or "none", f"open {kind} units": names[:20]},
            f"name an open {kind}",
        )
    elif unit is not None and found is None:
        raise judgement.bar(
            f"there is no unit '{unit}'", {"units": sorted(judgement.state.units)[:20]}, "name one, or leave it out"
        )


@judges("member.admit", Admit)
def judge_admit(judgement: Judgement, admit: Admit) -> None:
    """Judges an admission against the clause on members."""
    before = judgement.state.persons.get(admit.person)
    if before is not None:
        what = "is a member already" if before.is_member_on(judgement.on) else "was a member before"
        raise judgement.bar(
            f"{admit.person} {what}", {"admitted": before.admitted_on}, "draw a new id for a new person"
        )
    if not judgement.rulebook.member_classes:
        judgement.refuse(FORM, "the rulebook says nothing of admitting members", {}, "amend the rulebook first")
        return
    name = checked_class(judgement, judgement.rulebook, admit.member_class)
    block = judgement.rulebook.member_classes[name]
    _checked_unit(judgement, block.belong_to, admit.unit, block.place.clause)
    judgement.is_granted(
        block.admitted_by, block.place.clause, "members are admitted by those the clause names",
        decision=admit.decision, matter="admission", about=admit.person, unit=admit.unit or "",
    )  # fmt: skip
    commitment = {"c": admit.name.c} if admit.name else None
    judgement.then(PersonAdmitted(admit.person, name, judgement.on, admit.unit or "", commitment, admit.codes))


@judges("member.move", Move)
def judge_move(judgement: Judgement, move: Move) -> None:
    """Judges a move: by the member, or by those who admit."""
    person = _known(judgement, move.person)
    block = class_of(judgement.rulebook, person.member_class)
    clause = block.place.clause if block else FORM
    _checked_unit(judgement, block.belong_to if block else "", move.unit, clause)
    if person.unit == move.unit:
        raise judgement.bar(f"{move.person} is there already", {"unit": move.unit}, "nothing more is needed")
    if move.person != judgement.author:
        # A body admits by its decision; no member of it alone moves another.
        admitting = tuple(seat for seat in (block.admitted_by if block else ()) if seat in judgement.rulebook.offices)
        keeping = judgement.standing(admitting, person.unit) + judgement.keepers("roll", person.unit)
        waiting = judgement.state.to_assign.get(person.id)
        if waiting is not None and judgement.on <= waiting.choose_until:
            judgement.refuse(
                clause, f"whoever was not assigned when {waiting.unit} was split chooses", {"through": waiting.choose_until},
                f"let {person.id} choose, or wait until {judgement.day(waiting.choose_until)} is over",
            )  # fmt: skip
        judgement.may_act(
            keeping,
            clause,
            "a member moves, or a keeper of the roll moves them",
            unit=person.unit,
        )
        protect(judgement, person.id, MOVED, deciding=judgement.as_ or _first_held(judgement, keeping))
    else:
        judgement.cite(clause)
    check_transfer(judgement, person, move.unit)
    judgement.then(PersonMoved(move.person, move.unit))


def _first_held(judgement: Judgement, seats: tuple[str, ...]) -> str:
    """The seat in which the author acts where the act does not say it."""
    return next((seat for seat in seats if judgement.author in judgement.holders(seat)), seats[0] if seats else "")


@judges("member.leave", Leave)
def judge_leave(judgement: Judgement, leave: Leave) -> None:
    """Judges a leaving: one's own, at once. Nobody is kept against their will, whatever a clause says."""
    del leave
    person = _known(judgement, judgement.author)
    block = class_of(judgement.rulebook, person.member_class)
    judgement.cite(block.place.clause if block else FORM)
    judgement.then(PersonLeft(person.id, judgement.on))


@judges("member.die", Die)
def judge_die(judgement: Judgement, die: Die) -> None:
    """Judges the recording of a death, by a keeper of the roll, on a day that has come."""
    person = _known(judgement, die.person)
    if die.on > judgement.latest or die.on < person.admitted_on:
        judgement.refuse(
            FORM,
            "the day of a death is past and within the membership",
            {"on": die.on, "today": judgement.on},
            "correct the date",
        )
    block, rule = class_of(judgement.rulebook, person.member_class), death_rule(judgement.rulebook)
    if rule is not None:
        clause = rule.place.clause_of("entered by")
        judgement.may_act(rule.entered_by, clause, "a death is entered by those the clause names", unit=person.unit)
        if rule.evidence and die.evidence is None:
            judgement.refuse(
                rule.place.clause_of("evidence"),
                "a death is entered on evidence",
                {"asked": rule.evidence},
                'give "evidence"',
            )
    else:
        judgement.may_act(
            judgement.keepers("roll", person.unit) + judgement.keepers("record", person.unit),
            block.place.clause if block else FORM,
            "a death is recorded by a keeper of the roll",
        )
    judgement.then(PersonLeft(die.person, die.on, died=True))
