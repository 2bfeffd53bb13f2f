"""Resigning: from when a resignation takes effect, and taking it back before.

Lives here: `resignation.withdraw`, and the day on which a resignation takes effect. Not here: the act of resigning, which ends a
mandate (`mandates`), removal (`removing`).

Invariant: nobody is kept in a seat longer than the clause says; without a clause a resignation takes effect at once and stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.shape import Line
from isonomy.engine.state import Mandate, State, day_of
from isonomy.rulebook.provisions.resignation import UNTIL_EFFECT, resignation_of

RESIGNED = "resigned"


@dataclass(frozen=True, slots=True)
class WithdrawResignation:
    """Takes back one's own resignation before it has taken effect."""

    mandate: Line


@effect("resignation.withdrawn")
@dataclass(frozen=True, slots=True)
class ResignationWithdrawn:
    """A resignation that had not taken effect is taken back; the mandate runs on."""

    mandate: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Lets the mandate run to its term."""
        mandate = state.mandates[self.mandate]
        mandate.ended_on = mandate.ended_why = ""
        state.touched[mandate.seat] = at.n


def takes_effect_on(judgement: Judgement, mandate: Mandate, asked: str | None) -> str:
    """The day from which a resignation that is given now ends the mandate; grounds against one the clause does not allow."""
    earliest = max(judgement.on, mandate.since)
    rule = resignation_of(judgement.rulebook, mandate.seat)
    when = rule.takes_effect if rule is not None else None
    if rule is None or when is None:
        if asked is not None and asked != earliest:
            raise judgement.bar(
                "no clause lets a resignation take effect on another day",
                {"on": asked},
                'leave "on" out: it takes effect at once',
            )
        return earliest
    clause = rule.place.clause_of("takes effect")
    judgement.cite(clause)
    if mandate.ended_why == RESIGNED and mandate.ended_on:
        raise judgement.bar("the resignation is given already", {"takes effect": mandate.ended_on}, "", clause)
    if when.ahead is not None:
        last = when.ahead.after(day_of(judgement.on)).isoformat()
        if asked is not None and not earliest <= asked <= last:
            judgement.refuse(
                clause, f"a resignation names a day at most {when.ahead} ahead", {"on": asked, "at the latest": last},
                f"name a day from {earliest} to {last}",
            )  # fmt: skip
        return asked or earliest
    set_by_clause = when.after.after(day_of(judgement.on)).isoformat() if when.after is not None else earliest
    if asked is not None and asked != set_by_clause:
        judgement.refuse(
            clause, "the clause says when a resignation takes effect", {"on": asked, "takes effect": set_by_clause},
            'leave "on" out',
        )  # fmt: skip
    return set_by_clause


@judges("resignation.withdraw", WithdrawResignation, reportable=False)
def judge_withdraw(judgement: Judgement, withdraw: WithdrawResignation) -> None:
    """Judges the taking back of a resignation: one's own, before it took effect, where a clause lets it, no successor chosen."""
    mandate = judgement.state.mandates.get(withdraw.mandate)
    if mandate is None or mandate.ended_why != RESIGNED:
        raise judgement.bar(
            f"'{withdraw.mandate}' was not resigned", {"mandate": withdraw.mandate}, "name one that was"
        )
    seat = judgement.seat(mandate.seat)
    if mandate.ended_on <= judgement.on:
        raise judgement.bar(
            "the resignation has taken effect", {"on": mandate.ended_on}, "stand for election again", seat.place.clause
        )
    rule = resignation_of(judgement.rulebook, mandate.seat)
    clause = rule.place.clause_of("withdrawn") if rule is not None else seat.place.clause
    if rule is None or rule.withdrawn != UNTIL_EFFECT:
        judgement.refuse(
            clause, "no clause lets a resignation be taken back", {"takes effect": mandate.ended_on}, "it stands"
        )
    if judgement.author != mandate.person:
        judgement.refuse(
            clause, "a resignation is taken back by whoever gave it", {"holder": mandate.person, "by": judgement.author},
            f"ask {mandate.person}",
        )  # fmt: skip
    later = [
        other
        for other in (judgement.state.mandates[id] for id in judgement.state.by_seat.get(mandate.seat, ()))
        if mandate.seat.partition("@")[0] in judgement.rulebook.offices and other.since >= mandate.ended_on
    ]
    if later:
        judgement.refuse(
            clause, "a successor has been given the seat", {"to": later[0].person, "from": later[0].since}, "it stands"
        )
    judgement.cite(clause)
    judgement.then(ResignationWithdrawn(mandate.id, mandate.person))
