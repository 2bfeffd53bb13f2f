"""Targets of membership: the follow-up at the day that was set.

Lives here: `target.follow`. Not here: setting a target (`terms`, `terms_decided`), its progress before the day (`progress`).

Invariant: the number that is found comes from the roll of the day of the target, never from whoever follows up.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.instructions import seats_that_report
from isonomy.engine.proceedings.terms_decided import members_counted
from isonomy.engine.shape import ProceedingId, Text
from isonomy.engine.state import State
from isonomy.rulebook.provisions.target import target_rules


@dataclass(frozen=True, slots=True)
class Follow:
    """Follows a target up once its day has come: what was done for it, and what comes next."""

    target: ProceedingId
    text: Text


@effect("target.followed")
@dataclass(frozen=True, slots=True)
class TargetFollowed:
    """A target was followed up: how many members the roll had on its day."""

    target: str
    on: str
    found: int
    text: str

    def apply(self, state: State, at: At) -> None:
        """Keeps the follow-up."""
        target = state.instructions.targets[self.target]
        target.followed_on, target.found, target.text = self.on, self.found, self.text
        state.touched[self.target] = at.n


@judges("target.follow", Follow, reportable=False)
def judge_follow(judgement: Judgement, follow: Follow) -> None:
    """Judges a follow-up: by the seat of the clause, not before the day, once."""
    found = judgement.state.instructions.targets.get(follow.target)
    if found is None:
        raise judgement.bar(f"there is no target '{follow.target}'", {}, "name one, such as tg-42")
    if found.followed_on:
        raise judgement.bar("the target was followed up already", {"on": found.followed_on}, "nothing more is needed")
    rules = target_rules(judgement.rulebook) or target_rules(judgement.state.rulebook(found.edition))
    rule = next(iter(rules.values()))
    judgement.may_act(
        seats_that_report(judgement, rule.followed_up_by),
        rule.place.clause,
        "a target is followed up by those the clause names",
    )
    if judgement.on < found.by_on:
        judgement.refuse(
            found.clause, "a target is followed up once its day has come", {"day": found.by_on, "today": judgement.on},
            f"follow it up on {found.by_on} or later",
        )  # fmt: skip
    judgement.then(
        TargetFollowed(found.id, judgement.on, members_counted(judgement.state, found.unit, found.by_on), follow.text)
    )
