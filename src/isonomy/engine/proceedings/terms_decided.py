"""What follows from the terms of a motion that was carried: an instruction given or settled, a condition set or reviewed, a
target set, a body kept or ended.

Lives here: those effects. Not here: the terms and whether they may stand (`terms`), reports (`instructions`).

Invariant: an effect of a decision is entered with it or not at all; what the record settled meanwhile is not settled twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from isonomy.engine.effect import At, effect
from isonomy.engine.instruction import (
    ENDED,
    EXTENDED,
    KEPT_ON,
    NOT_MET,
    Condition,
    Figure,
    Instruction,
    Outcome,
    Target,
)
from isonomy.engine.judgement import Judgement
from isonomy.engine.motion import Motion
from isonomy.engine.proceedings.budgeting import decide_money
from isonomy.engine.proceedings.mandates import MandateEnded
from isonomy.engine.proceedings.terms import Aim, End, Instruct, Provided, Reviewed, Settle
from isonomy.engine.roll import unit_lies_in
from isonomy.engine.shape import read
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.provisions.condition import condition_rule_for, condition_rules
from isonomy.rulebook.provisions.instruction import rule_for, rules_of
from isonomy.rulebook.provisions.target import target_rules


@dataclass(frozen=True, slots=True)
class Promised:
    """A number promised, with unit and day."""

    name: str
    number: int
    unit: str
    on: str


@effect("instruction.given")
@dataclass(frozen=True, slots=True)
class InstructionGiven:
    """A body charged a seat or person with something, due by a day, with a report owed by another."""

    instruction: str
    body: str
    decision: str
    does: str
    on: str
    due_on: str
    report_by: str
    edition: str
    rule: str
    clause: str
    to: str = ""
    person: str = ""
    interim_on: tuple[str, ...] = ()
    promises: tuple[Promised, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Enters the instruction."""
        state.instructions.given[self.instruction] = Instruction(
            self.instruction, self.body, self.decision, self.does, self.on, self.due_on, self.report_by, self.edition,
            self.rule, self.clause, self.to, self.person, self.interim_on,
            tuple(Figure(each.name, each.number, each.unit, each.on) for each in self.promises),
        )  # fmt: skip
        state.touched[self.instruction] = at.n


@effect("instruction.settled")
@dataclass(frozen=True, slots=True)
class InstructionSettled:
    """The body that gave an instruction decided on it: accepted, not accepted, extended or withdrawn."""

    instruction: str
    decision: str
    result: str
    on: str
    reason: str = ""
    until: str = ""
    report_by: str = ""

    def apply(self, state: State, at: At) -> None:
        """Closes it, or sets its new days."""
        found = state.instructions.given[self.instruction]
        found.outcomes.append(Outcome(self.on, self.decision, self.result, self.reason, self.until))
        if self.result == EXTENDED:
            found.due_on, found.report_by = self.until, self.report_by
        else:
            found.standing = self.result
        state.touched[self.instruction] = at.n


@effect("condition.set")
@dataclass(frozen=True, slots=True)
class ConditionSet:
    """A decision was taken on condition that something hold; who owns it, who reviews it, and when."""

    condition: str
    body: str
    decision: str
    that: str
    owner: str
    on: str
    review_on: str
    reviewer: str
    edition: str
    rule: str
    clause: str
    report_by: str = ""
    lapses_unreviewed: bool = False
    lapses_not_met: bool = False

    def apply(self, state: State, at: At) -> None:
        """Enters the condition; where the clause says so, the decision stands until its review."""
        state.instructions.conditions[self.condition] = Condition(
            self.condition, self.body, self.decision, self.that, self.owner, self.on, self.review_on, self.reviewer,
            self.edition, self.rule, self.clause, self.report_by, self.lapses_unreviewed, self.lapses_not_met,
        )  # fmt: skip
        if self.lapses_unreviewed and self.decision in state.decisions:
            state.decisions[self.decision].stands_until = self.review_on
        state.touched[self.condition] = at.n


@effect("condition.reviewed")
@dataclass(frozen=True, slots=True)
class ConditionReviewed:
    """A condition was reviewed: met, not met, or kept on until another day."""

    condition: str
    decision: str
    result: str
    on: str
    reason: str = ""
    until: str = ""
    report_by: str = ""

    def apply(self, state: State, at: At) -> None:
        """Closes the condition or sets its new day; the decision stands, or lapses from this day where the clause says so."""
        found = state.instructions.conditions[self.condition]
        found.outcomes.append(Outcome(self.on, self.decision, self.result, self.reason, self.until))
        decision = state.decisions.get(found.decision)
        if self.result == KEPT_ON:
            found.review_on, found.report_by = self.until, self.report_by
        else:
            found.standing = self.result
        if decision is not None:
            if self.result == KEPT_ON:
                decision.stands_until = self.until if found.lapses_unreviewed else ""
            elif self.result == NOT_MET and found.lapses_not_met:
                decision.stands_until = (day_of(self.on) - timedelta(days=1)).isoformat()
            else:
                decision.stands_until = ""
            state.touched[decision.id] = at.n
        state.touched[self.condition] = at.n


@effect("target.set")
@dataclass(frozen=True, slots=True)
class TargetSet:
    """A number of members shall be reached by a day; how many there were when it was set."""

    target: str
    body: str
    decision: str
    number: int
    on: str
    by_on: str
    edition: str
    clause: str
    counted: int
    unit: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the target."""
        state.instructions.targets[self.target] = Target(
            self.target, self.body, self.decision, self.number, self.on, self.by_on, self.edition, self.clause,
            self.counted, self.unit,
        )  # fmt: skip
        state.touched[self.target] = at.n


@effect("body.ended")
@dataclass(frozen=True, slots=True)
class BodyEnded:
    """A body, or a relation with another organisation, that has ceased to act is recorded as ended."""

    thing: str
    decision: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Records the end."""
        state.instructions.ended[self.thing] = self.on
        state.touched[self.thing] = at.n


@effect("body.kept")
@dataclass(frozen=True, slots=True)
class BodyKept:
    """A body or relation without an act for long is kept: the time of the clause begins anew."""

    thing: str
    decision: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Notes the day."""
        state.instructions.kept[self.thing] = self.on
        state.touched[self.thing] = at.n


def members_counted(state: State, unit: str, day: str) -> int:
    """How many members there are at the end of a day, in a unit (and those within it) or in the whole."""
    return sum(
        1
        for person in state.persons.values()
        if person.is_member_on(day) and (not unit or unit_lies_in(state, person.unit, unit))
    )


def decide_terms(judgement: Judgement, motion: Motion | None, decision: str) -> None:
    """What a carried motion brings by its terms, beside the decision itself."""
    terms = judgement.state.instructions.terms.get(motion.id) if motion is not None else None
    if motion is None or terms is None:
        return
    told = terms.told
    if "instruct" in told:
        _give(judgement, motion, decision, read(Instruct, told["instruct"], "instruct"))
    if "condition" in told:
        _set(judgement, motion, decision, read(Provided, told["condition"], "condition"))
    if "discharge" in told:
        _settle(judgement, decision, read(Settle, told["discharge"], "discharge"))
    if "review" in told:
        _review(judgement, decision, read(Reviewed, told["review"], "review"))
    if "target" in told:
        _aim(judgement, motion, decision, read(Aim, told["target"], "target"))
    if "ending" in told:
        _end(judgement, decision, read(End, told["ending"], "ending"))
    decide_money(judgement, motion, told, decision)


def _give(judgement: Judgement, motion: Motion, decision: str, asked: Instruct) -> None:
    rule = rule_for(judgement.state.rulebook(motion.edition), motion.body)
    if rule is None:
        return
    due = max(asked.due_on, judgement.on)
    by = asked.report_by or (rule.report_within.after(day_of(due)).isoformat() if rule.report_within else due)
    judgement.cite(rule.place.clause)
    judgement.then(
        InstructionGiven(
            proceeding_id("in", judgement.n), motion.body, decision, asked.does, judgement.on, due, max(by, due),
            motion.edition, rule.name, rule.place.clause, asked.to or "", asked.person or "",
            tuple(day for day in asked.interim_on if day > judgement.on),
            tuple(Promised(each.name, int(each.number), each.unit, each.by_on or due) for each in asked.promises),
        )
    )  # fmt: skip


def _set(judgement: Judgement, motion: Motion, decision: str, asked: Provided) -> None:
    rule = condition_rule_for(judgement.state.rulebook(motion.edition), motion.body, motion.matter)
    if rule is None:
        return
    review_on = max(asked.review_on, judgement.on)
    judgement.cite(rule.place.clause)
    judgement.then(
        ConditionSet(
            proceeding_id("cn", judgement.n), motion.body, decision, asked.that, asked.owner, judgement.on, review_on,
            rule.reviewed_by or motion.body, motion.edition, rule.name, rule.place.clause,
            rule.report.before(day_of(review_on)).isoformat() if rule.report else "",
            rule.lapses_unreviewed, rule.lapses_not_met,
        )
    )  # fmt: skip


def _settle(judgement: Judgement, decision: str, settle: Settle) -> None:
    found = judgement.state.instructions.given.get(settle.instruction)
    if found is None or not found.is_open:
        return
    rule = rules_of(judgement.state.rulebook(found.edition)).get(found.rule)
    until, report_by = settle.until or "", ""
    if settle.outcome == EXTENDED:
        until = max(until, judgement.on)
        within = rule.report_within if rule is not None else None
        report_by = within.after(day_of(until)).isoformat() if within else until
    judgement.cite(found.clause)
    judgement.then(
        InstructionSettled(found.id, decision, settle.outcome, judgement.on, settle.reason or "", until, report_by)
    )


def _review(judgement: Judgement, decision: str, asked: Reviewed) -> None:
    state = judgement.state
    found = state.instructions.conditions.get(asked.condition)
    of = state.decisions.get(found.decision) if found is not None else None
    if found is None or not found.is_open or (of is not None and of.standing_on(judgement.on) == "lapsed"):
        return
    rule = condition_rules(state.rulebook(found.edition)).get(found.rule)
    until = max(asked.until, judgement.on) if asked.until else ""
    report_by = rule.report.before(day_of(until)).isoformat() if until and rule is not None and rule.report else ""
    judgement.cite(found.clause)
    judgement.then(
        ConditionReviewed(found.id, decision, asked.outcome, judgement.on, asked.reason or "", until, report_by)
    )


def _aim(judgement: Judgement, motion: Motion, decision: str, aim: Aim) -> None:
    for rule in target_rules(judgement.state.rulebook(motion.edition)).values():
        judgement.cite(rule.place.clause)
        judgement.then(
            TargetSet(
                proceeding_id("tg", judgement.n), motion.body, decision, int(aim.number), judgement.on, aim.by_on,
                motion.edition, rule.place.clause, members_counted(judgement.state, aim.unit or "", judgement.on),
                aim.unit or "",
            )
        )  # fmt: skip


def _end(judgement: Judgement, decision: str, end: End) -> None:
    if end.thing in judgement.state.instructions.ended:
        return
    if end.outcome != ENDED:
        judgement.then(BodyKept(end.thing, decision, judgement.on))
        return
    judgement.then(BodyEnded(end.thing, decision, judgement.on))
    for mandate in judgement.state.mandates_of_seat(end.thing, judgement.on):
        judgement.then(MandateEnded(mandate.id, judgement.on, f"{judgement.title(end.thing)} was recorded as ended"))
