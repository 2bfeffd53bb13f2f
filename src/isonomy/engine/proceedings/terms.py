"""Terms of a motion: what it asks, binds or settles in days and numbers, put by its mover and decided with its words.

Lives here: `motion.terms`, which terms the clauses allow, and when a motion is put with them. Not here: what follows once it is
carried (`terms_decided`), reports on what was asked (`instructions`).

Invariant: terms are decided as they stood when the question was put: nobody changes them once another person stands behind the
motion or it is being voted on. Source: docs/spec/acts-instructions.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.instruction import (
    ACCEPTED,
    DISCHARGES,
    ENDED,
    EXTENDED,
    KEPT,
    KEPT_ON,
    NOT_ACCEPTED,
    REVIEWS,
    Terms,
)
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.motion import Motion
from isonomy.engine.proceedings.budgeting import NEEDED_OF_MONEY, Acquit, Plan, Shift, check_money
from isonomy.engine.proceedings.motions import open_motion
from isonomy.engine.shape import CivilDate, Json, Line, Natural, PersonId, ProceedingId, SeatName, Slug, Text, write
from isonomy.engine.state import State, day_of
from isonomy.kernel.calendar import add_months, say_date
from isonomy.rulebook.model import MEMBERS, Rulebook
from isonomy.rulebook.provisions.condition import REVIEW, ConditionRule, condition_rule_for, condition_rules
from isonomy.rulebook.provisions.dormancy import ENDING, dormancy_rules
from isonomy.rulebook.provisions.instruction import DISCHARGE, INSTRUCTION, rule_for
from isonomy.rulebook.provisions.target import TARGET, target_rules

FARTHEST_MONTHS = 1200
LISTED_MAX = 24
NEEDED = {INSTRUCTION: "instruct", DISCHARGE: "discharge", REVIEW: "review", TARGET: "target", ENDING: "ending"}
NEEDED |= NEEDED_OF_MONEY
"""The matters that say nothing without their term."""
KIND_OF = {
    INSTRUCTION: "instruction", DISCHARGE: "instruction", REVIEW: "condition", TARGET: "target", ENDING: "dormancy",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """A number that is promised: of what, how many, in which unit, by when (left out: the day it is due)."""

    name: Line
    number: Natural
    unit: Line
    by_on: CivilDate | None = None


@dataclass(frozen=True, slots=True)
class Instruct:
    """Charges a body or office (`to`) or a person to do something by a day, with the days of its reports and the numbers
    promised."""

    does: Text
    due_on: CivilDate
    to: SeatName | None = None
    person: PersonId | None = None
    report_by: CivilDate | None = None
    interim_on: tuple[CivilDate, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Provided:
    """The decision is taken on condition that something hold: who owns the condition, and the day of its review."""

    that: Text
    owner: SeatName
    review_on: CivilDate


@dataclass(frozen=True, slots=True)
class Settle:
    """Settles an instruction: `accepted`, `not accepted`, `extended` (to `until`) or `withdrawn`."""

    instruction: ProceedingId
    outcome: Line
    reason: Text | None = None
    until: CivilDate | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Reviews a condition: `met`, `not met` or `kept on` (to `until`)."""

    condition: ProceedingId
    outcome: Line
    reason: Text | None = None
    until: CivilDate | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """A number of members to be reached by a day, in a unit or in the whole."""

    number: Natural
    by_on: CivilDate
    unit: Slug | None = None


@dataclass(frozen=True, slots=True)
class End:
    """Decides of a body, or of a relation that an `affiliation` block names, that it is `kept` or `ended`."""

    thing: SeatName
    outcome: Line


@dataclass(frozen=True, slots=True)
class Put:
    """Puts terms to one's own motion, in place of those put before; they are decided with its words."""

    motion: ProceedingId
    instruct: Instruct | None = None
    condition: Provided | None = None
    discharge: Settle | None = None
    review: Reviewed | None = None
    target: Aim | None = None
    ending: End | None = None
    budget: Plan | None = None
    shift: Shift | None = None
    acquit: Acquit | None = None


KINDS = ("instruct", "condition", "discharge", "review", "target", "ending")
OF_MONEY = tuple(NEEDED_OF_MONEY.values())


@effect("motion.termed")
@dataclass(frozen=True, slots=True)
class MotionTermed:
    """A motion stands with these terms."""

    motion: str
    edition: str
    on: str
    terms: Json

    def apply(self, state: State, at: At) -> None:
        """Keeps them beside the motion."""
        state.instructions.terms[self.motion] = Terms(self.motion, self.edition, self.on, self.terms)
        state.touched[self.motion] = at.n


@judges("motion.terms", Put)
def judge_terms(judgement: Judgement, put: Put) -> None:
    """Judges terms: by the mover, while nobody else stands behind the motion, each as its clause allows."""
    motion = open_motion(judgement, put.motion)
    told = {kind: getattr(put, kind) for kind in (*KINDS, *OF_MONEY) if getattr(put, kind) is not None}
    if not told:
        known = [*KINDS, *(OF_MONEY if _rulebook(judgement, motion).provisions.get("finance") else ())]
        raise judgement.bar("no terms are given", {"terms": known}, "give one of them")
    _check_author(judgement, motion)
    if put.instruct is not None:
        _check_instruct(judgement, motion, put.instruct)
    if put.condition is not None:
        _check_condition(judgement, motion, put.condition)
    if put.discharge is not None:
        _check_discharge(judgement, motion, put.discharge)
    if put.review is not None:
        _check_review(judgement, motion, put.review)
    if put.target is not None:
        _check_target(judgement, motion, put.target)
    if put.ending is not None:
        _check_ending(judgement, motion, put.ending)
    check_money(judgement, motion, put)
    terms = {kind: write(found) for kind, found in told.items()}
    judgement.then(MotionTermed(motion.id, motion.edition, judgement.on, terms))


def _check_author(judgement: Judgement, motion: Motion) -> None:
    if motion.decision:
        judgement.refuse(
            FORM, "the words of a motion that a body moved are the body's", {"decision": motion.decision},
            "let the body decide on a motion of its own, or move another one",
        )  # fmt: skip
    elif judgement.author and judgement.author != motion.mover:
        judgement.refuse(
            FORM, "terms are put to a motion by its mover", {"mover": motion.mover, "by": judgement.author},
            f"ask {motion.mover}",
        )  # fmt: skip
    if motion.seconders and not judgement.reported:
        judgement.refuse(
            FORM, "others stand behind the motion as it is", {"seconders": len(motion.seconders)},
            "withdraw it and move it anew, with its terms",
        )  # fmt: skip
    if any(poll.motion == motion.id and poll.standing != "declared" for poll in judgement.state.polls.values()):
        judgement.refuse(
            FORM, "the terms of a motion being voted on stand", {"motion": motion.id}, "wait for the result"
        )


def _rulebook(judgement: Judgement, motion: Motion) -> Rulebook:
    return judgement.state.rulebook(motion.edition)


def _matters(judgement: Judgement, motion: Motion, matter: str, term: str) -> None:
    if motion.matter != matter:
        raise judgement.bar(
            f"'{term}' is decided on the matter {matter}", {"matter": motion.matter}, f"move it on {matter}"
        )


def _ahead(judgement: Judgement, key: str, day: str, since: str = "") -> None:
    """A day to come (not before another one), within a hundred years."""
    least = max(since, judgement.on) if not judgement.reported else since
    if day < least or day > add_months(day_of(judgement.on), FARTHEST_MONTHS).isoformat():
        raise judgement.bar(
            "the day does not lie ahead" if day < least else "the day lies too far off", {key: day},
            f"name {say_date(day_of(least))} or a later day" if least else "name a nearer day",
        )  # fmt: skip


# -- instructions, and their discharge -------------------------------------------------------------------------


def _check_instruct(judgement: Judgement, motion: Motion, asked: Instruct) -> None:
    rule = rule_for(_rulebook(judgement, motion), motion.body)
    if rule is None:
        raise judgement.bar(
            f"no clause lets {judgement.title(motion.body)} instruct anybody", {"body": motion.body},
            "move it in a body that an instruction block names, or amend the rulebook",
        )  # fmt: skip
    if (asked.to is None) == (asked.person is None):
        raise judgement.bar("an instruction is given to one: a body or office, or a person",
                            {"to": asked.to or "none", "person": asked.person or "none"}, 'give "to" or "person"')  # fmt: skip
    clause = rule.place.clause_of("to")
    if asked.to is not None:
        judgement.seat(asked.to)
        if rule.to and asked.to.partition("@")[0] not in rule.to:
            judgement.refuse(
                clause, f"{judgement.title(motion.body)} instructs those the clause names",
                {"to": asked.to, "asked": " or ".join(rule.to)}, f"instruct {' or '.join(map(judgement.title, rule.to))}",
            )  # fmt: skip
    else:
        known = judgement.state.persons.get(asked.person or "")
        if MEMBERS not in rule.to or known is None or not known.is_member_on(judgement.on):
            judgement.refuse(
                clause, f"{judgement.title(motion.body)} instructs those the clause names",
                {"person": asked.person, "asked": " or ".join(rule.to) or "a body or office"},
                "instruct a body or office" if MEMBERS not in rule.to else "name a member",
            )  # fmt: skip
    judgement.cite(rule.place.clause)
    _check_days(judgement, asked, rule.report_within is not None)


def _check_days(judgement: Judgement, asked: Instruct, has_time: bool) -> None:
    _ahead(judgement, "due_on", asked.due_on)
    if asked.report_by is not None:
        _ahead(judgement, "report_by", asked.report_by, asked.due_on)
    elif not has_time:
        raise judgement.bar(
            "an instruction says by when the report on it is owed", {"report_by": "none"}, 'give "report_by"'
        )
    if len(asked.interim_on) > LISTED_MAX or len(asked.promises) > LISTED_MAX:
        raise judgement.bar("too many reports or numbers in one instruction", {"at most": LISTED_MAX}, "divide it")
    for day in asked.interim_on:
        _ahead(judgement, "interim_on", day)
    if list(asked.interim_on) != sorted(set(asked.interim_on)):
        raise judgement.bar("interim reports stand in the order of days, each once", {}, "put them in order")
    if len({promise.name for promise in asked.promises}) < len(asked.promises):
        raise judgement.bar("a promised number stands twice", {}, "name each once")
    for promise in asked.promises:
        if promise.by_on is not None:
            _ahead(judgement, "by_on", promise.by_on)


def _outcome(judgement: Judgement, outcome: str, known: tuple[str, ...]) -> None:
    if outcome not in known:
        raise judgement.bar(
            f"'{outcome[:40]}' is not an outcome", {"known": list(known)}, f"write {' or '.join(known)}"
        )


def _check_discharge(judgement: Judgement, motion: Motion, settle: Settle) -> None:
    _matters(judgement, motion, DISCHARGE, "discharge")
    _outcome(judgement, settle.outcome, DISCHARGES)
    found = judgement.state.instructions.given.get(settle.instruction)
    if found is None:
        raise judgement.bar(f"there is no instruction '{settle.instruction}'", {}, "name one, such as in-42")
    if not found.is_open:
        raise judgement.bar(
            f"the instruction is {found.standing} already", {"instruction": found.id}, "nothing more is needed"
        )
    if found.body != motion.body:
        judgement.refuse(
            found.clause, "an instruction is discharged by the body that gave it", {"given by": found.body},
            f"bring it before {judgement.title(found.body)}",
        )  # fmt: skip
    if settle.outcome == ACCEPTED and found.final is None and not judgement.reported:
        judgement.refuse(
            found.clause, "nothing is accepted on which no report was made", {"instruction": found.id, "report": "none"},
            "wait for the report, extend it, or withdraw it",
        )  # fmt: skip
    if settle.outcome == NOT_ACCEPTED and not settle.reason:
        judgement.refuse(found.clause, "what is not accepted is told why", {"reason": "none"}, 'give "reason"')
    _check_until(judgement, settle.outcome == EXTENDED, settle.until)
    judgement.cite(found.clause)


def _check_until(judgement: Judgement, goes_on: bool, until: str | None) -> None:
    if goes_on and until is None:
        raise judgement.bar("it goes on until a day", {"until": "none"}, 'give "until"')
    if not goes_on and until is not None:
        raise judgement.bar("it does not go on", {"until": until}, 'leave "until" out')
    if until is not None:
        _ahead(judgement, "until", until)


# -- conditions and their review -------------------------------------------------------------------------------


def _check_condition(judgement: Judgement, motion: Motion, asked: Provided) -> None:
    rule = condition_rule_for(_rulebook(judgement, motion), motion.body, motion.matter)
    if rule is None:
        raise judgement.bar(
            f"no clause lets {judgement.title(motion.body)} decide {motion.matter} on a condition",
            {"body": motion.body, "matter": motion.matter}, "decide it without one, or amend the rulebook",
        )  # fmt: skip
    judgement.seat(asked.owner)
    if rule.owned_by and asked.owner.partition("@")[0] not in rule.owned_by:
        judgement.refuse(
            rule.place.clause_of("owned by"), "a condition is owned by those the clause names",
            {"owner": asked.owner, "asked": " or ".join(rule.owned_by)},
            f"name {' or '.join(map(judgement.title, rule.owned_by))}",
        )  # fmt: skip
    _ahead(judgement, "review_on", asked.review_on)
    _check_review_day(judgement, rule, asked.review_on)
    judgement.cite(rule.place.clause)


def _check_review_day(judgement: Judgement, rule: ConditionRule, day: str) -> None:
    if rule.reviewed_within is None:
        return
    last = rule.reviewed_within.after(day_of(judgement.on)).isoformat()
    if day > last:
        judgement.refuse(
            rule.place.clause_of("reviewed within"), f"a condition is reviewed within {rule.reviewed_within}",
            {"review_on": day, "last day": last}, f"name {last} or an earlier day",
        )  # fmt: skip


def _check_review(judgement: Judgement, motion: Motion, asked: Reviewed) -> None:
    _matters(judgement, motion, REVIEW, "review")
    _outcome(judgement, asked.outcome, REVIEWS)
    found = judgement.state.instructions.conditions.get(asked.condition)
    if found is None:
        raise judgement.bar(f"there is no condition '{asked.condition}'", {}, "name one, such as cn-42")
    if not found.is_open:
        raise judgement.bar(
            f"the condition is {found.standing} already", {"condition": found.id}, "nothing more is needed"
        )
    decision = judgement.state.decisions.get(found.decision)
    if decision is not None and decision.standing_on(judgement.on) == "lapsed" and not judgement.reported:
        judgement.refuse(
            found.clause, "the decision has lapsed with its condition",
            {"decision": found.decision, "review was due": found.review_on}, "decide it anew",
        )  # fmt: skip
    if motion.body not in (found.reviewer, judgement.beside(found.reviewer, motion.body.partition("@")[2])):
        judgement.refuse(
            found.clause, "a condition is reviewed by the body the clause names", {"reviewed by": found.reviewer},
            f"bring it before {judgement.title(found.reviewer)}",
        )  # fmt: skip
    _check_until(judgement, asked.outcome == KEPT_ON, asked.until)
    rule = condition_rules(judgement.state.rulebook(found.edition)).get(found.rule)
    if asked.until is not None and rule is not None:
        _check_review_day(judgement, rule, asked.until)
    judgement.cite(found.clause)


# -- targets, and bodies that have ceased to act ---------------------------------------------------------------


def _check_target(judgement: Judgement, motion: Motion, aim: Aim) -> None:
    _matters(judgement, motion, TARGET, "target")
    for rule in target_rules(_rulebook(judgement, motion)).values():
        judgement.cite(rule.place.clause)
    if aim.number == 0:
        raise judgement.bar("a target is a number of members", {"number": 0}, "name at least 1")
    unit = judgement.state.units.get(aim.unit or "")
    if aim.unit is not None and (unit is None or unit.closed_on):
        raise judgement.bar(f"there is no open unit '{aim.unit}'", {}, "name one, or leave it out for the whole")
    _ahead(judgement, "by_on", aim.by_on)


def _check_ending(judgement: Judgement, motion: Motion, end: End) -> None:
    _matters(judgement, motion, ENDING, "ending")
    rulebook = _rulebook(judgement, motion)
    _outcome(judgement, end.outcome, (KEPT, ENDED))
    rule = next(iter(dormancy_rules(rulebook).values()), None)
    if rule is None:
        raise judgement.bar("no clause speaks of bodies that have ceased to act", {}, "amend the rulebook first")
    if end.thing not in rulebook.provisions.get("affiliation", {}):
        judgement.seat(end.thing)
    supreme = rulebook.supreme
    if supreme is not None and end.thing == supreme.name:
        judgement.refuse(
            rule.place.clause, "the supreme body is not ended", {"body": end.thing}, "it is amended, not ended"
        )
    if end.thing in judgement.state.instructions.ended:
        raise judgement.bar(
            f"{end.thing} is recorded as ended", {"since": judgement.state.instructions.ended[end.thing]},
            "nothing more is needed",
        )  # fmt: skip
    judgement.cite(rule.place.clause)


# -- when it is put --------------------------------------------------------------------------------------------


def check_put_with_terms(judgement: Judgement, motion: Motion) -> None:
    """Grounds against putting a motion that lacks the term without which its matter says nothing, or the condition that its
    clause demands."""
    if judgement.reported:
        return
    terms = judgement.state.instructions.terms.get(motion.id)
    told = terms.told if terms is not None else {}
    rulebook = _rulebook(judgement, motion)
    needed = NEEDED.get(motion.matter, "")
    if needed and needed not in told and _is_ours(rulebook, motion.matter):
        judgement.refuse(
            FORM, f"a motion on {motion.matter} is put with its terms", {"terms": sorted(told) or "none"},
            f'put "{needed}" to it with motion.terms',
        )  # fmt: skip
    rule = condition_rule_for(rulebook, motion.body, motion.matter)
    if rule is not None and motion.matter in rule.needed_for and "condition" not in told:
        judgement.refuse(
            rule.place.clause_of("needed for"), f"{motion.matter} is decided on a condition, with its owner and day of review",
            {"condition": "none"}, 'put "condition" to the motion with motion.terms',
        )  # fmt: skip


def _is_ours(rulebook: Rulebook, matter: str) -> bool:
    return bool(rulebook.provisions.get(KIND_OF.get(matter, "finance")))
