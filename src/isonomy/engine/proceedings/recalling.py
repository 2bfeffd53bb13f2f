"""Recalling: what follows from the electors' poll on a holder.

Lives here: the effects of the result. Not here: the petition (`petitions`), who opens an overdue poll (`unhindered`), the poll
itself (`putting`, `declaring`).

Invariant: what the electors decided takes effect with the entry that declares it; a poll that failed bars another as long as the
clause says.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.petition import FAILED, REACHED, RECALLED, Petition
from isonomy.engine.petition import RECALL as RECALL_KIND
from isonomy.engine.proceedings.mandates import MandateEnded
from isonomy.engine.protection import RECALLED as RECALLED_CRITIC
from isonomy.engine.protection import protect
from isonomy.engine.state import State, day_of
from isonomy.rulebook.provisions.recall import RecallRule


@effect("recall.settled")
@dataclass(frozen=True, slots=True)
class RecallSettled:
    """The electors have voted on a recall: recalled, or failed, and barred for a time."""

    petition: str
    standing: str
    on: str
    barred_until: str = ""

    def apply(self, state: State, at: At) -> None:
        """Closes the petition."""
        petition = state.petitions[self.petition]
        petition.standing, petition.settled_on, petition.barred_until = self.standing, self.on, self.barred_until
        state.touched[self.petition] = state.touched[petition.seat] = at.n


def recall_moved(state: State, motion: str) -> Petition | None:
    """The recall whose motion it is; None for any other motion."""
    return next((each for each in state.petitions.values() if motion and each.motion == motion), None)


def decide_recall(judgement: Judgement, motion: str, *, carried: bool, decided: bool, final: bool) -> None:
    """What a declared poll on a recall brings; a poll without its quorum has failed."""
    petition = recall_moved(judgement.state, motion)
    if petition is None or petition.standing != REACHED or petition.kind != RECALL_KIND or judgement.reported:
        return
    rule = judgement.state.rulebook(petition.edition).provisions[RECALL_KIND][petition.block]
    assert isinstance(rule, RecallRule)
    won = carried and decided
    barred = "" if won or rule.barred_again is None else rule.barred_again.after(day_of(judgement.on)).isoformat()
    judgement.cite(rule.place.clause)
    judgement.then(RecallSettled(petition.id, RECALLED if won else FAILED, judgement.on, barred))
    mandate = judgement.state.mandates[petition.mandate]
    on = max(judgement.on, mandate.since)
    if won and final and mandate.is_valid_on(on):
        protect(judgement, mandate.person, RECALLED_CRITIC, deciding=petition.seat, marks_only=True)
        judgement.then(MandateEnded(mandate.id, on, "recalled"))
