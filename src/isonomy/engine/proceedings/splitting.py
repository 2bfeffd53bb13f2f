"""Units split and merged: the old id ends and names its successors, and nothing that was open is lost.

Lives here: `unit.split`, `unit.merge`, and how what stood in the old unit goes on. Not here: founding and closing (`units`),
moving one member (`membership`).

Invariant: the number of members stays the same; every member of the old unit is in a successor, or is to be assigned and
counts in the unit above; an open poll keeps its roll. Source: docs/spec/acts-founding.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.following_units import follow
from isonomy.engine.identity import ToAssign
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.units import UnitFounded, says_word
from isonomy.engine.protection import MOVED, protect
from isonomy.engine.shape import Line, PersonId, ProceedingId, Slug
from isonomy.engine.state import State, Unit, day_of
from isonomy.rulebook.model import UnitKind

SPLITTING, MERGING = "splitting-of-", "merging-of-"


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that comes out of another: its id, its public name, the members who are assigned to it."""

    unit: Slug
    name: Line | None = None
    members: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitUnit:
    """Splits a unit into several new ones; what is open in it goes on in the one named."""

    unit: Slug
    into: tuple[Successor, ...]
    goes_on_in: Slug
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class MergeUnits:
    """Merges units into one new unit, in which what was open in each of them goes on."""

    units: tuple[Slug, ...]
    into: Slug
    name: Line | None = None
    decision: ProceedingId | None = None


@effect("unit.split")
@dataclass(frozen=True, slots=True)
class UnitSplit:
    """A unit ends and names its successors; its members go where they are assigned, else are to be assigned."""

    unit: str
    into: tuple[str, ...]
    heir: str
    on: str
    choose_until: str = ""
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def apply(self, state: State, at: At) -> None:
        """Ends the unit, moves its members, lets what was open go on."""
        unit = _end(state, self.unit, self.into, self.heir, self.on, at)
        assigned = {person: successor for successor, persons in self.members.items() for person in persons}
        for person in [one for one in state.persons.values() if one.unit == self.unit]:
            if person.id not in assigned and person.is_member_on(self.on):
                state.to_assign[person.id] = ToAssign(self.unit, self.on, self.choose_until)
            _move(state, person.id, assigned.get(person.id, unit.within), self.on)


@effect("unit.merged")
@dataclass(frozen=True, slots=True)
class UnitMerged:
    """A unit ends and goes on in another, with all its members."""

    unit: str
    into: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Ends the unit, moves its members, lets what was open go on."""
        _end(state, self.unit, (self.into,), self.into, self.on, at)
        for person in [one for one in state.persons.values() if one.unit == self.unit]:
            _move(state, person.id, self.into, self.on)
        for found in state.to_assign.values():
            if found.unit == self.unit:
                found.unit = self.into


def _end(state: State, old: str, into: tuple[str, ...], heir: str, on: str, at: At) -> Unit:
    unit = state.units[old]
    unit.closed_on, unit.into, unit.heir = on, into, heir
    follow(state, old, heir, on)
    for inner in state.units.values():
        if inner.within == old:
            inner.within = heir
    for one in (old, *into):
        state.touched[one] = at.n
    return unit


def _move(state: State, person: str, unit: str, on: str) -> None:
    """A member belongs to another unit from a day on; where they belonged before stays known, for counts as of a day."""
    found = state.persons[person]
    state.past_units.setdefault(person, []).append((on, found.unit))
    found.unit = state.shared(unit)


def _open_unit(judgement: Judgement, id: str) -> Unit:
    unit = judgement.state.units.get(id)
    if unit is None or unit.closed_on:
        open_units = sorted(found.id for found in judgement.state.units.values() if not found.closed_on)
        raise judgement.bar(f"there is no open unit '{id}'", {"open units": open_units[:20]}, "name one of these")
    return unit


def _kind(judgement: Judgement, unit: Unit) -> UnitKind:
    kind = judgement.rulebook.units.get(unit.kind)
    if kind is None:
        raise judgement.bar(f"the rulebook has no kind of unit '{unit.kind}'", {}, "amend it first")
    return kind


def _decided(judgement: Judgement, clause: str, decision: str | None, named: tuple[str, ...]) -> None:
    """The decision names the units it is about, so that it is carried out on no others."""
    decided = judgement.state.decisions.get(decision or "")
    missing = [one for one in named if decided is not None and not says_word(decided.text, one)]
    if decided is not None and missing:
        judgement.refuse(
            clause, "units are split and merged by a decision that names them all",
            {"decided": decided.text[:80], "not named": missing},
            f"decide on a motion whose words name {', '.join(named)}",
        )  # fmt: skip


@judges("unit.split", SplitUnit)
def judge_split(judgement: Judgement, split: SplitUnit) -> None:
    """Judges a splitting: by those the clause names, into two or more new units, one of which goes on for the old."""
    unit = _open_unit(judgement, split.unit)
    kind, state = _kind(judgement, unit), judgement.state
    clause = kind.place.clause_of("split by") if kind.split_by else kind.place.clause or FORM
    into = tuple(one.unit for one in split.into)
    if len(set(into)) < 2 or len(set(into)) != len(into):
        judgement.refuse(
            clause, "a unit is split into two or more", {"into": list(into)}, "name two new units at least"
        )
    for one in into:
        if one in state.units:
            raise judgement.bar(f"there is a unit '{one}' already", {}, "choose another name: no id is used again")
    if split.goes_on_in not in into:
        judgement.refuse(
            clause,
            "what is open goes on in one of the successors",
            {"named": split.goes_on_in},
            f"name one of {', '.join(into)}",
        )
    listed = [person for one in split.into for person in one.members]
    strangers = [
        one
        for one in dict.fromkeys(listed)
        if one not in state.persons
        or state.persons[one].unit != unit.id
        or not state.persons[one].is_member_on(judgement.on)
    ]
    if strangers:
        judgement.refuse(
            clause, "only members of the unit are assigned", {"not of it": strangers[:20]}, "take them off the lists"
        )
    if len(set(listed)) != len(listed):
        twice = sorted({one for one in listed if listed.count(one) > 1})
        judgement.refuse(clause, "a member is assigned once", {"twice": twice[:20]}, "leave each on one list")
    granted = judgement.is_granted(
        kind.split_by, clause, f"a {unit.kind} is split by those the clause names",
        decision=split.decision, matter=f"{SPLITTING}{unit.kind}", about=unit.id, unit=unit.within,
    )  # fmt: skip
    _decided(judgement, clause, split.decision, (unit.id, *into))
    decided = state.decisions.get(split.decision or "")
    for person in listed if granted else ():
        if person in state.persons:
            protect(judgement, person, MOVED, deciding=decided.seat if decided is not None else judgement.as_)
    for new in split.into:
        judgement.then(UnitFounded(new.unit, unit.kind, judgement.on, unit.within, new.name or ""))
    until = kind.assigned_within.after(day_of(judgement.on)).isoformat() if kind.assigned_within is not None else ""
    judgement.then(
        UnitSplit(
            unit.id, into, split.goes_on_in, judgement.on, until,
            {one.unit: tuple(one.members) for one in split.into if one.members},
        )
    )  # fmt: skip


@judges("unit.merge", MergeUnits)
def judge_merge(judgement: Judgement, merge: MergeUnits) -> None:
    """Judges a merging: by those the clause names, of two or more units of one kind and one place, into a new one."""
    units = [_open_unit(judgement, id) for id in merge.units]
    if len({unit.id for unit in units}) < 2 or len({unit.id for unit in units}) != len(units):
        raise judgement.bar(
            "two or more units are merged", {"units": list(merge.units)}, "name two at least, each once"
        )
    first = units[0]
    kind = _kind(judgement, first)
    clause = kind.place.clause_of("merged by") if kind.merged_by else kind.place.clause or FORM
    if any((unit.kind, unit.within) != (first.kind, first.within) for unit in units):
        judgement.refuse(
            clause, "units of one kind, within the same unit, are merged",
            {unit.id: f"{unit.kind} within {unit.within or 'the organisation'}" for unit in units}, "name others",
        )  # fmt: skip
    if merge.into in judgement.state.units:
        raise judgement.bar(f"there is a unit '{merge.into}' already", {}, "choose another name: no id is used again")
    judgement.is_granted(
        kind.merged_by, clause, f"several are merged into one {first.kind} by those the clause names",
        decision=merge.decision, matter=f"{MERGING}{first.kind}", about=first.id, unit=first.within,
    )  # fmt: skip
    _decided(judgement, clause, merge.decision, (*merge.units, merge.into))
    judgement.then(UnitFounded(merge.into, first.kind, judgement.on, first.within, merge.name or ""))
    for unit in units:
        judgement.then(UnitMerged(unit.id, merge.into, judgement.on))
