"""Postponing: in an emergency a meeting by right is put off, to a day that everybody knows and no further than the clause lets.

Lives here: `emergency.postpone`. Not here: the emergency itself (`emergencies`), opening the meeting on its day (`meetings`).

Invariant: a meeting by right that is put off stays a meeting by right: on the day to which it was put off it meets without any
call. That day lies no further than the clause says from the day it was due, and never beyond the last day of the emergency.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.emergency import rule_of
from isonomy.engine.judgement import Judgement
from isonomy.engine.occasions import meetings_by_right, outstanding
from isonomy.engine.proceedings.emergencies import emergency_named
from isonomy.engine.proceedings.notices import those_who_call
from isonomy.engine.shape import CivilDate, ProceedingId, SeatName
from isonomy.engine.state import State, day_of
from isonomy.kernel.calendar import add_months

FARTHEST = 1200


@dataclass(frozen=True, slots=True)
class Postpone:
    """Puts off a meeting by right while an emergency is in force: which occasion, to which day."""

    emergency: ProceedingId
    body: SeatName
    by_right: CivilDate
    to: CivilDate


@effect("meeting.postponed")
@dataclass(frozen=True, slots=True)
class MeetingPostponed:
    """A meeting by right is put off to a day on which it meets by right; a call for its own day does not stand."""

    emergency: str
    body: str
    by_right: str
    until: str

    def apply(self, state: State, at: At) -> None:
        """Keeps the day with the emergency; closes a call for the day that is put off."""
        state.emergencies[self.emergency].postponed[f"{self.body} {self.by_right}"] = self.until
        for meeting in state.meetings.values():
            if meeting.body == self.body and meeting.by_right_on == self.by_right and meeting.standing == "called":
                meeting.standing, meeting.closed_on = "cancelled", at.on
                state.touched[meeting.id] = at.n
        state.touched[self.emergency] = state.touched[self.body] = at.n


@judges("emergency.postpone", Postpone, reportable=False)
def judge_postpone(judgement: Judgement, postpone: Postpone) -> None:
    """Judges a putting off: the emergency is in force, its clause lets it, the day is still to come, the new one near enough."""
    emergency = emergency_named(judgement, postpone.emergency)
    rule = rule_of(judgement.state, emergency)
    body = judgement.body(postpone.body)
    clause = rule.place.clause_of("postpones")
    if not emergency.is_in_force_on(judgement.on):
        raise judgement.bar(
            "the emergency is over", {"emergency": emergency.id, "since": emergency.over_on},
            "meetings by right meet on their day", emergency.clause,
        )  # fmt: skip
    if rule.postpones is None or body.place.clause_of("meets") in rule.protects or body.place.clause in rule.protects:
        judgement.refuse(
            emergency.clause, f"no emergency lets a meeting by right of {judgement.title(postpone.body)} be put off",
            {"emergency": emergency.id}, "it meets on its day",
        )  # fmt: skip
        return
    last = add_months(day_of(judgement.on), FARTHEST)
    coming = meetings_by_right(judgement.state, postpone.body, day_of(judgement.on), min(last, day_of(emergency.until)))
    days = [found.on.isoformat() for found in outstanding(judgement.state, postpone.body, coming) if found.names_a_day]
    if postpone.by_right not in days or postpone.by_right < judgement.on:
        judgement.refuse(
            body.place.clause_of("meets"), "only a meeting by right that is still to come while it lasts is put off",
            {"by right": postpone.by_right, "days": [day for day in days if day >= judgement.on]}, "name one of these days",
        )  # fmt: skip
    farthest = min(rule.postpones.after(day_of(postpone.by_right)).isoformat(), emergency.until)
    if not postpone.by_right < postpone.to <= farthest:
        judgement.refuse(
            clause, f"a meeting by right is put off by {rule.postpones} at most, and not beyond the emergency",
            {"by right": postpone.by_right, "to": postpone.to, "at the latest": farthest},
            f"put it off to {farthest} or earlier",
        )  # fmt: skip
    callers = those_who_call(judgement.rulebook, postpone.body, by_right=True)
    judgement.may_act(
        tuple(dict.fromkeys((emergency.seat, *callers))), clause,
        "a meeting by right is put off by who declared the emergency, or those who see to the meeting",
        unit=postpone.body.partition("@")[2],
    )  # fmt: skip
    judgement.cite(clause)
    judgement.then(MeetingPostponed(emergency.id, postpone.body, postpone.by_right, postpone.to))
