"""Settling: what follows from the result of a vote on a holder.

Lives here: the effects of a vote on removal, retention and review: the mandate ends, the holder is kept, kept on a condition,
reviewed. Not here: what the vote needs before it opens (`on_holders`), recalls (`recalling`), the vote itself (`declaring`).

Invariant: what a vote decided of a holder takes effect with the entry that declares it, and waits for nobody to carry it out; a
condition has an owner and a day of review from the clause, and no vote can leave them out.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.competence_on_holders import RECALL, RETENTION, REVIEW
from isonomy.engine.competence_on_holders import REMOVAL as REMOVAL_FROM
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.motion import FALLEN, Motion
from isonomy.engine.proceedings.mandates import MandateEnded
from isonomy.engine.proceedings.on_holders import (
    condition_on,
    names_a_holder,
    removal_moved,
    rule_of,
    standing_removal,
)
from isonomy.engine.proceedings.recalling import decide_recall
from isonomy.engine.proceedings.removing import stand_anew
from isonomy.engine.removal import FAILED, ON_CONDITION, REMOVED, STANDS, Condition, Removal
from isonomy.engine.ruling import MADE
from isonomy.engine.state import Poll, State, day_of

KEPT, NOT_KEPT = "kept", "not kept"


@effect("removal.settled")
@dataclass(frozen=True, slots=True)
class RemovalSettled:
    """A removal is decided: removed, failed, or kept on a condition; what is barred and who is protected from then on."""

    removal: str
    standing: str
    on: str
    barred_until: str = ""
    protected_until: str = ""

    def apply(self, state: State, at: At) -> None:
        """Closes it; its motion, where it was not voted on, falls. A suspension ends with it."""
        removal = state.removals[self.removal]
        removal.standing, removal.settled_on = self.standing, self.on
        removal.barred_until, removal.protected_until = self.barred_until, self.protected_until
        motion = state.motions.get(removal.motion)
        if motion is not None and motion.standing == "open":
            motion.standing = FALLEN
        mandate = state.mandates[removal.mandate]
        if mandate.is_suspended_on(self.on):
            mandate.suspended_on = mandate.suspended_until = ""
        state.touched[self.removal] = state.touched[removal.seat] = at.n


@effect("mandate.kept")
@dataclass(frozen=True, slots=True)
class MandateKept:
    """A holder is kept on a condition: who watches it, its day of review, when the mandate ends without one ("": never)."""

    mandate: str
    decision: str
    person: str
    body: str
    edition: str
    words: str
    owner: str
    on: str
    review_on: str
    clause: str
    removal: str = ""
    lapses_on: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the condition."""
        mandate = state.mandates[self.mandate]
        mandate.lapses_on = self.lapses_on
        state.retentions[self.mandate] = Condition(
            self.decision, self.mandate, self.person, mandate.seat, self.body, self.edition, self.words, self.owner, self.on,
            self.review_on, self.clause, self.removal, self.lapses_on,
        )  # fmt: skip
        state.touched[mandate.seat] = at.n


@effect("retention.reviewed")
@dataclass(frozen=True, slots=True)
class ConditionReviewed:
    """The body reviewed a condition: the holder is kept without it, or not kept."""

    mandate: str
    outcome: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes the condition; the mandate no longer lapses for want of a review."""
        condition = state.retentions[self.mandate]
        condition.outcome, condition.reviewed_on = self.outcome, self.on
        mandate = state.mandates[self.mandate]
        if self.outcome == KEPT:
            mandate.lapses_on = ""
        state.touched[mandate.seat] = at.n


# -- what follows ------------------------------------------------------------------------------------------


def decide_on_holder(
    judgement: Judgement, motion: Motion, poll: Poll, *, carried: bool, decided: bool, decision: str
) -> None:
    """What a declared vote on a holder brings, in the same entry; while an appeal against a ruling it rests on is open, the
    mandate is left to `mandate.end`. `decided`: with a quorum, on sound ground."""
    matter = poll.matter
    if not names_a_holder(matter) or judgement.reported:
        return
    final = not any(
        poll.id in ruling.rests and ruling.standing == MADE and ruling.appealable_until
        for ruling in judgement.state.rulings.values()
    )
    removal = removal_moved(judgement.state, motion.id)
    if matter.startswith(REMOVAL_FROM) and removal is not None and removal.standing == STANDS:
        _removal(judgement, removal, carried=carried, decided=decided, final=final)
    elif matter.startswith(RETENTION) and carried and decided and final:
        _retention(judgement, motion, matter, decision)
    elif matter.startswith(REVIEW) and decided:
        _review(judgement, motion, matter, carried=carried)
    elif matter.startswith(RECALL):
        decide_recall(judgement, motion.id, carried=carried, decided=decided, final=final)


def _removal(judgement: Judgement, removal: Removal, *, carried: bool, decided: bool, final: bool) -> None:
    rule = rule_of(judgement, removal)
    if not decided:
        # Nothing was decided: the motion stands anew, so that an inquorate meeting shelters nobody.
        stand_anew(judgement, removal, rule)
        return
    _settle(judgement, removal, REMOVED if carried else FAILED)
    if carried and final:
        _end(judgement, removal.mandate, "removed", rule.place.clause_of("asked by"))


def _settle(judgement: Judgement, removal: Removal, standing: str) -> None:
    rule, today = rule_of(judgement, removal), day_of(judgement.on)
    barred = rule.barred_again.after(today).isoformat() if rule.barred_again and standing == FAILED else ""
    protected = rule.protected.after(today).isoformat() if rule.protected else ""
    judgement.then(RemovalSettled(removal.id, standing, judgement.on, barred, protected))


def _end(judgement: Judgement, id: str, why: str, clause: str) -> None:
    mandate = judgement.state.mandates[id]
    if mandate.is_valid_on(max(judgement.on, mandate.since)):
        judgement.cite(clause)
        judgement.then(MandateEnded(id, max(judgement.on, mandate.since), why))


def _retention(judgement: Judgement, motion: Motion, matter: str, decision: str) -> None:
    removal = standing_removal(judgement.state, motion.body, matter, motion.person)
    if removal is None:
        return
    rule, today = rule_of(judgement, removal), day_of(judgement.on)
    if rule.review_on is None:
        return
    review = rule.review_on.after(today)
    lapses = rule.unreviewed.after(review).isoformat() if rule.unreviewed else ""
    clause = rule.place.clause_of("review on")
    owner = judgement.beside(rule.owner, removal.seat.partition("@")[2])
    judgement.then(
        MandateKept(
            removal.mandate, decision, removal.person, motion.body, removal.edition, motion.text, owner, judgement.on,
            review.isoformat(), clause, removal.id, lapses,
        )
    )  # fmt: skip
    judgement.cite(clause)
    _settle(judgement, removal, ON_CONDITION)


def _review(judgement: Judgement, motion: Motion, matter: str, *, carried: bool) -> None:
    condition = condition_on(judgement.state, motion.body, matter, motion.person)
    if condition is None:
        return
    judgement.cite(condition.clause)
    judgement.then(ConditionReviewed(condition.mandate, KEPT if carried else NOT_KEPT, judgement.on))
    if not carried:
        _end(judgement, condition.mandate, NOT_KEPT, condition.clause)
