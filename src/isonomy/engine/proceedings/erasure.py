"""Erasure of personal values: the value and its salt go, the proof stays.

Lives here: `erase`. Not here: deleting the value beside the record (the chamber does it after the entry is durable).

Invariant: an erasure names the entry and the ground, changes no verdict, and breaks no hash: entries hold commitments only.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.shape import Bytes32, Line, Natural
from isonomy.engine.state import State


@dataclass(frozen=True, slots=True)
class Erase:
    """Erases a personal value: which commitment, in which entry, on which legal ground."""

    entry: Natural
    commitment: Bytes32
    ground: Line


@effect("value.erased")
@dataclass(frozen=True, slots=True)
class ValueErased:
    """The value behind a commitment is erased."""

    entry: int
    commitment: str
    ground: str

    def apply(self, state: State, at: At) -> None:
        """Notes the erasure."""
        state.erased[self.commitment] = self.ground
        state.touched[f"entry-{self.entry}"] = at.n


@judges("erase", Erase, reportable=False)
def judge_erase(judgement: Judgement, erase: Erase) -> None:
    """Judges an erasure: by those the record clause names, or by the person whose name it is."""
    state = judgement.state
    if erase.entry >= judgement.n:
        raise judgement.bar(
            f"there is no entry {erase.entry}", {"entries": judgement.n}, "name the entry that holds the commitment"
        )
    if erase.commitment in state.erased:
        raise judgement.bar(
            "this value is erased already", {"ground": state.erased[erase.commitment]}, "nothing more is needed"
        )
    sealed = b64decode(erase.commitment)
    named = [found for found in state.persons.values() if found.sealed == sealed]
    # What is committed to beside names (documents, minutes) is no personal value, and nobody's to erase.
    if not any(found.entry == erase.entry for found in named) and not judgement.is_recorder():
        raise judgement.bar(
            "that entry commits to no such personal value", {"entry": int(erase.entry)},
            "name the entry that admitted the person, and its commitment",
        )  # fmt: skip
    is_own = any(found.id == judgement.author for found in named)
    record = judgement.rulebook.record
    if is_own or judgement.is_recorder():
        judgement.cite(record.place.clause if record else FORM)
    else:
        judgement.may_act(
            record.erased_by if record else (),
            record.place.clause if record else FORM,
            "personal values are erased by those the clause names",
        )
    judgement.then(ValueErased(erase.entry, erase.commitment, erase.ground))
