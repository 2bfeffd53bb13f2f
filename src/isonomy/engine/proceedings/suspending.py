"""Suspending: until the vote on their removal a holder may be suspended, by those the clause names and to a day it sets.

Lives here: `mandate.suspend`. Not here: the removal (`removing`, `settling`), who acts meanwhile (`roll.interim_holders`).

Invariant: a suspension has a last day, no later than the clause lets it, and ends with the removal that it waits for; it makes no
seat vacant, and there is one for each removal.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence_on_holders import SUSPENSION
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.on_holders import rule_of
from isonomy.engine.proceedings.removing import open_removal
from isonomy.engine.protection import SUSPENDED, protect
from isonomy.engine.removal import STANDS
from isonomy.engine.shape import CivilDate, ProceedingId
from isonomy.engine.state import State, day_of


@dataclass(frozen=True, slots=True)
class Suspend:
    """Suspends the holder whose removal stands before a body, through a day, by the decision of those the clause names."""

    removal: ProceedingId
    decision: ProceedingId
    last: CivilDate


@effect("mandate.suspended")
@dataclass(frozen=True, slots=True)
class MandateSuspended:
    """A holder does not act in the seat from a day through a day."""

    mandate: str
    removal: str
    person: str
    on: str
    until: str

    def apply(self, state: State, at: At) -> None:
        """Suspends the mandate."""
        mandate = state.mandates[self.mandate]
        mandate.suspended_on, mandate.suspended_until = self.on, self.until
        state.touched[self.removal] = state.touched[mandate.seat] = at.n


@judges("mandate.suspend", Suspend, reportable=False)
def judge_suspend(judgement: Judgement, suspend: Suspend) -> None:
    """Judges a suspension: the clause has it, the body decided it, its last day is within the clause's time."""
    removal = open_removal(judgement, suspend.removal, STANDS)
    rule = rule_of(judgement, removal)
    clause = rule.place.clause_of("until then")
    if rule.until_then is None:
        raise judgement.bar("until the vote the holder stays", {"removal": removal.id}, "wait for the vote", clause)
    if judgement.state.mandates[removal.mandate].suspended_on:
        raise judgement.bar(
            "there is one suspension for each removal",
            {"since": judgement.state.mandates[removal.mandate].suspended_on}, "wait for the vote", clause,
        )  # fmt: skip
    plain, _, unit = removal.seat.partition("@")
    judgement.is_granted(
        (rule.until_then.by,), clause, f"{judgement.title(rule.until_then.by)} suspends from {judgement.title(removal.seat)}",
        decision=suspend.decision, matter=SUSPENSION + plain, about=removal.person, unit=unit,
    )  # fmt: skip
    by = judgement.state.decisions.get(suspend.decision)
    protect(judgement, removal.person, SUSPENDED, deciding=by.seat if by is not None else rule.until_then.by)
    last = rule.until_then.at_most.after(day_of(judgement.on)).isoformat()
    if not judgement.on <= suspend.last <= last:
        judgement.refuse(
            clause, f"a suspension lasts {rule.until_then.at_most} at most", {"last": suspend.last, "at most until": last},
            f"name a day from {judgement.on} to {last}",
        )  # fmt: skip
    judgement.then(MandateSuspended(removal.mandate, removal.id, removal.person, judgement.on, suspend.last))
