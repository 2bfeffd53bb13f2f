"""Protests: a refused author puts the refusal on the record.

Lives here: `protest`. Not here: signing refusals (the chamber).

Invariant: nobody's protest can be kept out: any member may lodge a refusal of their own act that this record signed.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.shape import Base64, Json, Text
from isonomy.engine.state import State
from isonomy.kernel.canonical import digest
from isonomy.kernel.ids import proceeding_id


@dataclass(frozen=True, slots=True)
class Protest:
    """Lodges a signed refusal on the record, with the author's own words."""

    refusal: Json
    signature: Base64
    words: Text | None = None


@effect("protest.lodged")
@dataclass(frozen=True, slots=True)
class ProtestLodged:
    """A refusal stands on the record, named by its digest."""

    protest: str
    refused_act: str
    refusal: str

    def apply(self, state: State, at: At) -> None:
        """Enters the protest."""
        state.protests[self.protest] = self.refusal
        state.touched[self.protest] = at.n


@judges("protest", Protest, reportable=False)
def judge_protest(judgement: Judgement, protest: Protest) -> None:
    """Judges a protest: a refusal, lodged once. The chamber has checked the record's signature under it."""
    refusal = protest.refusal
    if not isinstance(refusal, dict) or refusal.get("verdict") != "refused" or not isinstance(refusal.get("act"), str):
        raise judgement.bar(
            "a protest carries the refusal as it was received", {}, 'give the whole object with "verdict":"refused"'
        )
    whose = refusal.get("by", judgement.author)
    if whose != judgement.author:
        judgement.refuse(
            FORM, "a protest is the refused author's own", {"refused": str(whose), "by": judgement.author},
            f"{whose} may lodge it",
        )  # fmt: skip
    found = digest(refusal)
    if found in judgement.state.protests.values():
        raise judgement.bar("this refusal is on the record already", {}, "nothing more is needed")
    judgement.cite(FORM)
    judgement.then(ProtestLodged(proceeding_id("pr", judgement.n), refusal["act"], found))
