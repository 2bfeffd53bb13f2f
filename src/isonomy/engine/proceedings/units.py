"""Units: branches, regions, sections, founded and closed by those the rulebook names.

Lives here: `unit.found`, `unit.close`. Not here: members' moving between units (`membership`).

Invariant: a unit's id is never used again; a closed unit keeps its past.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.shape import Line, ProceedingId, Slug
from isonomy.engine.state import State, Unit


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """Founds a unit of a kind that the rulebook has, within the organisation or another unit."""

    unit: Slug
    kind: Slug
    within: Slug | None = None
    name: Line | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class CloseUnit:
    """Closes a unit that has no members left."""

    unit: Slug
    decision: ProceedingId | None = None


@effect("unit.founded")
@dataclass(frozen=True, slots=True)
class UnitFounded:
    """A unit exists from a day on; its name is a public one."""

    unit: str
    kind: str
    on: str
    within: str = ""
    name: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the unit."""
        state.units[self.unit] = Unit(self.unit, self.kind, self.within, self.on, self.name or None, entry=at.n)
        state.touched[self.unit] = at.n


@effect("unit.closed")
@dataclass(frozen=True, slots=True)
class UnitClosed:
    """A unit is closed from a day on."""

    unit: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes the unit."""
        state.units[self.unit].closed_on = self.on
        state.touched[self.unit] = at.n


def says_word(text: str, word: str) -> bool:
    """Whether a word, such as the id of a unit, stands in a text by itself."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


@judges("unit.found", FoundUnit)
def judge_found_unit(judgement: Judgement, found: FoundUnit) -> None:
    """Judges the founding of a unit against the rulebook's block for its kind."""
    kind = judgement.rulebook.units.get(found.kind)
    if kind is None:
        raise judgement.bar(
            f"the rulebook has no kind of unit '{found.kind}'", {"kinds": sorted(judgement.rulebook.units)},
            "name one of its kinds, or amend it first",
        )  # fmt: skip
    if found.unit in judgement.state.units:
        raise judgement.bar(f"there is a unit '{found.unit}' already", {}, "choose another name")
    if kind.within == "organisation":
        if found.within is not None:
            raise judgement.bar(
                f"a {found.kind} lies within the organisation", {"within": found.within}, "leave 'within' out",
                kind.place.clause,
            )  # fmt: skip
    else:
        outer = judgement.state.units.get(found.within or "")
        if outer is None or outer.kind != kind.within or outer.closed_on:
            judgement.refuse(
                kind.place.clause,
                f"a {found.kind} lies within a {kind.within}",
                {"within": found.within or "nothing"},
                f"name its {kind.within}",
            )
    judgement.is_granted(
        kind.founded_by, kind.place.clause, f"a {found.kind} is founded by those the clause names",
        decision=found.decision, matter=f"founding-of-{found.kind}", about=found.unit, unit=found.within or "",
    )  # fmt: skip
    judgement.then(UnitFounded(found.unit, found.kind, judgement.on, found.within or "", found.name or ""))


@judges("unit.close", CloseUnit)
def judge_close_unit(judgement: Judgement, close: CloseUnit) -> None:
    """Judges the closing of a unit: nobody belongs to it any more, and those the clause names close it."""
    unit = judgement.state.units.get(close.unit)
    if unit is None or unit.closed_on:
        open_units = sorted(found.id for found in judgement.state.units.values() if not found.closed_on)
        raise judgement.bar(
            f"there is no open unit '{close.unit}'", {"open units": open_units[:20]}, "name one of these"
        )
    kind = judgement.rulebook.units.get(unit.kind)
    clause = kind.place.clause if kind else FORM
    staying = [
        found.id
        for found in judgement.state.persons.values()
        if found.unit == unit.id and found.is_member_on(judgement.on)
    ]
    if staying:
        judgement.refuse(
            clause, "a unit with members is not closed", {"members": len(staying)}, "move them to another unit first"
        )
    inside = sorted(
        found.id for found in judgement.state.units.values() if found.within == unit.id and not found.closed_on
    )
    if inside:
        judgement.refuse(
            clause, "a unit with units in it is not closed", {"units in it": inside[:20]}, "close those first"
        )
    judgement.is_granted(
        kind.closed_by if kind else (), clause, f"a {unit.kind} is closed by those the clause names",
        decision=close.decision, matter=f"closing-of-{unit.kind}", about=unit.id, unit=unit.id,
    )  # fmt: skip
    decided = judgement.state.decisions.get(close.decision or "")
    if decided is not None and not says_word(decided.text, unit.id):
        judgement.refuse(
            clause, "a unit is closed by a decision that names it", {"decided": decided.text[:80], "unit": unit.id},
            f"decide on a motion whose words name {unit.id}",
        )  # fmt: skip
    judgement.then(UnitClosed(unit.id, judgement.on))
