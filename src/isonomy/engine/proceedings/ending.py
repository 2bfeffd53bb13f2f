"""Ending: a mandate ends before its term, by the holder's resignation or by removal.

Lives here: `mandate.end`. Not here: beginning one (`mandates`), from when a resignation takes effect (`resigning`), removals that
take effect with their vote (`settling`).

Invariant: nobody but the holder ends a mandate without a decision of those the clause names, in force and naming the person.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence_on_holders import RECALL
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.mandates import MandateEnded, end_of
from isonomy.engine.proceedings.resigning import RESIGNED, takes_effect_on
from isonomy.engine.protection import RECALLED, REMOVED, protect
from isonomy.engine.shape import CivilDate, Line, ProceedingId
from isonomy.engine.state import Decision, Mandate


@dataclass(frozen=True, slots=True)
class End:
    """Ends a mandate before its term: the holder resigns, or those the clause names remove.

    `on` is the day from which a resignation takes effect, where the clause lets it name one.
    """

    mandate: Line
    decision: ProceedingId | None = None
    why: Line | None = None
    on: CivilDate | None = None


@judges("mandate.end", End)
def judge_end(judgement: Judgement, end: End) -> None:
    """Judges the end of a mandate before its term: the holder's resignation, or removal by those the clause names."""
    mandate = judgement.state.mandates.get(end.mandate)
    if mandate is None:
        raise judgement.bar(f"there is no mandate '{end.mandate}'", {}, "name one, such as ma-7")
    on = max(judgement.on, mandate.since)
    if not mandate.is_valid_on(on):
        raise judgement.bar("the mandate is over already", {"until": end_of(mandate)}, "nothing more is needed")
    seat = judgement.seat(mandate.seat)
    clause = seat.place.clause
    if mandate.person == judgement.author and end.decision is None:
        judgement.cite(clause)
        judgement.then(MandateEnded(end.mandate, takes_effect_on(judgement, mandate, end.on), RESIGNED))
        return
    if end.on is not None:
        raise judgement.bar("only a resignation names its day", {"on": end.on}, 'leave "on" out')
    recall = judgement.state.decisions.get(end.decision or "")
    if recall is not None and recall.matter == RECALL + mandate.seat.partition("@")[0]:
        _end_by_recall(judgement, end, mandate, recall)
        return
    if seat.removable is None:
        judgement.refuse(
            clause,
            f"the rulebook gives nobody the removal from {judgement.title(mandate.seat)}",
            {},
            "amend the rulebook first",
        )
    else:
        plain, _, unit = mandate.seat.partition("@")
        judgement.is_granted(
            (seat.removable.by,), clause, f"{judgement.title(seat.removable.by)} removes from {judgement.title(mandate.seat)}",
            decision=end.decision, matter=f"removal-from-{plain}", about=end.mandate, unit=unit,
        )  # fmt: skip
        decision = judgement.state.decisions.get(end.decision or "")
        if decision is not None and mandate.person not in decision.person.split():
            judgement.refuse(
                clause, "a removal names the person", {"decided": decision.person or "nobody", "holder": mandate.person},
                f"name the decision that removes {mandate.person}",
            )  # fmt: skip
        if decision is not None and decision.taken_on < mandate.since and not judgement.reported:
            judgement.refuse(
                clause, "a removal ends the mandate that was held when it was decided",
                {"decided": decision.taken_on, "held since": mandate.since}, "decide anew",
            )  # fmt: skip
        protect(judgement, mandate.person, REMOVED, deciding=judgement.beside(seat.removable.by, unit))
    judgement.then(MandateEnded(end.mandate, on, "removed" if seat.removable else FORM))


def _end_by_recall(judgement: Judgement, end: End, mandate: Mandate, recall: Decision) -> None:
    """Carries out what the electors decided, where the poll's own entry did not: an appeal against a ruling was open."""
    plain, _, unit = mandate.seat.partition("@")
    judgement.is_granted(
        (recall.seat.partition("@")[0],), recall.clause, f"those who elect {judgement.title(mandate.seat)} recall",
        decision=end.decision, matter=RECALL + plain, about=mandate.person, unit=unit,
    )  # fmt: skip
    protect(judgement, mandate.person, RECALLED, deciding=recall.seat, marks_only=True)
    judgement.then(MandateEnded(end.mandate, max(judgement.on, mandate.since), "recalled"))
