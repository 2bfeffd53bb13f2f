"""Emergencies: declared on a stated fact, renewed by another body, ended at once by the supreme one, reported and approved.

Lives here: `emergency.declare`, `emergency.renew`, `emergency.end`, `emergency.report`, `emergency.approve`. Not here: what
yields and what is barred (`yielding`), putting off a meeting by right (`postponing`).

Invariant: one emergency at a time, each with a last day that its clause sets; who declared it does not renew it; what is over is
not renewed; and before another is declared the report on the last is approved and the pause has passed, whatever block the next
one names. So no run of declarations and renewals makes what was adopted for a time into what always holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence_of_powers import enders
from isonomy.engine.effect import At, effect
from isonomy.engine.emergency import Emergency, free_from, in_force, rule_of
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.shape import Line, ProceedingId, Slug, Text
from isonomy.engine.state import State, day_of
from isonomy.kernel.bad_input import did_you_mean
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.provisions.emergency import (
    DECLARING,
    ENDING,
    RENEWING,
    REPORTING,
    EmergencyRule,
    emergency_rules,
)


@dataclass(frozen=True, slots=True)
class Declare:
    """Declares an emergency under a block, on one of its facts, in one's own words; `decision` where a body declares it."""

    emergency: Slug
    fact: Line
    words: Text
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Renew:
    """Renews an emergency while it is in force, by the decision of the body that the clause names."""

    emergency: ProceedingId
    decision: ProceedingId


@dataclass(frozen=True, slots=True)
class End:
    """Ends an emergency at once; `decision` where a body ends it."""

    emergency: ProceedingId
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Reports on an emergency that is over, to the body that the clause names."""

    emergency: ProceedingId
    text: Text


@dataclass(frozen=True, slots=True)
class Approve:
    """Enters the decision by which the body approved the report on an emergency."""

    emergency: ProceedingId
    decision: ProceedingId


@effect("emergency.declared")
@dataclass(frozen=True, slots=True)
class EmergencyDeclared:
    """An emergency is in force through `until`: declared under which block and clause, in which seat, on which fact."""

    emergency: str
    block: str
    clause: str
    edition: str
    seat: str
    fact: str
    words: str
    on: str
    until: str
    decision: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the emergency."""
        state.emergencies[self.emergency] = Emergency(
            self.emergency, at.n, self.block, self.edition, self.clause, self.seat, at.by, self.fact, self.words, self.on,
            self.until, self.decision,
        )  # fmt: skip
        state.touched[self.emergency] = at.n


@effect("emergency.renewed")
@dataclass(frozen=True, slots=True)
class EmergencyRenewed:
    """An emergency is in force through a later day, by a decision of another body than the one that declared it."""

    emergency: str
    decision: str
    until: str

    def apply(self, state: State, at: At) -> None:
        """Moves the last day."""
        emergency = state.emergencies[self.emergency]
        emergency.renewals.append(self.decision)
        emergency.until = self.until
        state.touched[self.emergency] = at.n


@effect("emergency.ended")
@dataclass(frozen=True, slots=True)
class EmergencyEnded:
    """An emergency is over from this entry on."""

    emergency: str
    by: str

    def apply(self, state: State, at: At) -> None:
        """Ends it."""
        emergency = state.emergencies[self.emergency]
        emergency.ended_on, emergency.ended_by = at.on, self.by
        state.touched[self.emergency] = at.n


@effect("emergency.reported")
@dataclass(frozen=True, slots=True)
class EmergencyReported:
    """A report on an emergency lies before the body that approves it."""

    emergency: str
    to: str

    def apply(self, state: State, at: At) -> None:
        """Notes the report."""
        emergency = state.emergencies[self.emergency]
        emergency.reported_on, emergency.report_entry = at.on, at.n
        state.touched[self.emergency] = at.n


@effect("emergency.approved")
@dataclass(frozen=True, slots=True)
class EmergencyApproved:
    """The report on an emergency is approved by a decision."""

    emergency: str
    decision: str

    def apply(self, state: State, at: At) -> None:
        """Notes the approval."""
        state.emergencies[self.emergency].approved_by = self.decision
        state.touched[self.emergency] = at.n


def emergency_named(judgement: Judgement, id: str) -> Emergency:
    """The emergency of that id; bars the act otherwise."""
    found = judgement.state.emergencies.get(id)
    if found is None:
        raise judgement.bar(f"there is no emergency '{id}'", {}, "name one of this record, such as em-42")
    return found


# -- declaring ---------------------------------------------------------------------------------------------


@judges("emergency.declare", Declare, reportable=False)
def judge_declare(judgement: Judgement, declare: Declare) -> None:
    """Judges a declaration: on a fact of the clause, by those it names, none in force, the last one reported and past."""
    rules = emergency_rules(judgement.rulebook)
    rule = rules.get(declare.emergency)
    if rule is None:
        raise judgement.bar(
            f"no clause knows an emergency '{declare.emergency}'", {"known": sorted(rules)},
            did_you_mean(declare.emergency, list(rules)) if rules else "nobody may declare one here",
        )  # fmt: skip
    clause = rule.place.clause
    _check_free(judgement, rule)
    fact = next((one for one in rule.facts if one.casefold() == declare.fact.casefold()), "")
    if not fact:
        judgement.refuse(
            rule.place.clause_of("facts"), "an emergency is declared on one of the facts that the clause lists",
            {"stated": declare.fact, "facts": list(rule.facts)}, f"state one of them, such as '{rule.facts[0]}'",
        )  # fmt: skip
    judgement.is_granted(
        rule.declared_by, clause, "an emergency is declared by those the clause names",
        decision=declare.decision, matter=DECLARING, about=rule.name,
    )  # fmt: skip
    begins = _begins(judgement, declare, rule)
    decided = judgement.state.decisions.get(declare.decision or "")
    until = rule.lapses.after(day_of(begins)).isoformat()
    if until < judgement.on:
        judgement.refuse(
            rule.place.clause_of("lapses"), f"an emergency lapses {rule.lapses} after it was decided",
            {"decided": begins, "lapsed": until}, "decide it anew, if it is still so",
        )  # fmt: skip
    judgement.cite(rule.place.clause_of("facts"), rule.place.clause_of("lapses"))
    judgement.then(
        EmergencyDeclared(
            proceeding_id("em", judgement.n), rule.name, clause, judgement.edition,
            decided.seat if decided is not None else _seat_of(judgement, rule), fact, declare.words, judgement.on, until,
            declare.decision or "",
        )
    )  # fmt: skip


def _seat_of(judgement: Judgement, rule: EmergencyRule) -> str:
    """The seat in which a person declares: the act's own, else the first of the clause that the author holds."""
    if judgement.as_:
        return judgement.as_
    standing = judgement.standing(rule.declared_by, "")
    return next((seat for seat in standing if judgement.author in judgement.holders(seat)), "")


def _begins(judgement: Judgement, declare: Declare, rule: EmergencyRule) -> str:
    """The day from which its time runs: today, or the day on which a body decided on it, in the same words."""
    decided = judgement.state.decisions.get(declare.decision or "")
    if decided is None:
        return judgement.on
    if decided.text != declare.words:
        judgement.refuse(
            rule.place.clause, "a body declares an emergency in the words that it decided",
            {"decision": decided.id, "decided": decided.text[:200]}, "declare it in those words",
        )  # fmt: skip
    return decided.taken_on


def _check_free(judgement: Judgement, rule: EmergencyRule) -> None:
    """Nothing stands in the way: none in force, the last one's report approved, the pause after it past."""
    running = in_force(judgement.state, judgement.on)
    if running is not None:
        judgement.refuse(
            running.clause, "an emergency is in force already", {"emergency": running.id, "until": running.until},
            "it is renewed by the body that its clause names, or it ends",
        )  # fmt: skip
        return
    for last in judgement.state.emergencies.values():
        before = rule_of(judgement.state, last)
        if before.report is not None and not last.approved_by:
            judgement.refuse(
                before.place.clause_of("report"), "before another emergency the report on the last one is approved",
                {"emergency": last.id, "reported": last.reported_on or "not yet", "approved": "not yet"},
                f"report on {last.id} and have {judgement.title(before.report.to)} approve it",
            )  # fmt: skip
        free = free_from(judgement.state, last).isoformat()
        if judgement.on < free:
            judgement.refuse(
                before.place.clause_of("again"), "an emergency does not follow on another at once",
                {"emergency": last.id, "over since": last.over_on, "not before": free},
                f"act by the rules as they are; another may be declared on {free}",
            )  # fmt: skip


# -- renewing and ending -----------------------------------------------------------------------------------


def _running(judgement: Judgement, id: str) -> Emergency:
    """The emergency while it is in force; bars the act otherwise."""
    emergency = emergency_named(judgement, id)
    if not emergency.is_in_force_on(judgement.on):
        raise judgement.bar(
            "the emergency is over", {"emergency": id, "since": emergency.over_on},
            "the rules hold as they are; what is over is not renewed or ended", emergency.clause,
        )  # fmt: skip
    return emergency


def _check_later(judgement: Judgement, emergency: Emergency, decision: str | None, entry: int) -> None:
    """The decision was taken after what it is about: none is kept in a drawer for the next emergency."""
    number = int((decision or "").partition("-")[2] or 0)
    if decision is not None and number <= entry:
        judgement.refuse(
            emergency.clause, "the decision was taken before there was anything to decide on",
            {"decision": decision, "emergency": emergency.id}, "decide it now",
        )  # fmt: skip


@judges("emergency.renew", Renew, reportable=False)
def judge_renew(judgement: Judgement, renew: Renew) -> None:
    """Judges a renewal: in force, by the body the clause names and not by who declared it, no more often than it says."""
    emergency = _running(judgement, renew.emergency)
    rule = rule_of(judgement.state, emergency)
    clause = rule.place.clause_of("renewed by")
    if not rule.renewed_by:
        judgement.refuse(
            emergency.clause,
            "no clause lets this emergency be renewed",
            {"until": emergency.until},
            "it ends on that day",
        )
        return
    decided = judgement.state.decisions.get(renew.decision)
    if decided is not None and decided.seat == emergency.seat:
        judgement.refuse(
            clause, "who declared an emergency does not renew it", {"declared by": judgement.title(emergency.seat)},
            "let it end, and decide by the rules as they are",
        )  # fmt: skip
    if len(emergency.renewals) >= rule.renewals:
        judgement.refuse(
            rule.place.clause_of("renewals"), f"an emergency is renewed at most {rule.renewals} times",
            {"renewed": len(emergency.renewals)}, f"it ends with {emergency.until}",
        )  # fmt: skip
    _check_later(judgement, emergency, renew.decision, emergency.entry)
    judgement.is_granted(
        (rule.renewed_by,), clause, "an emergency is renewed by the body the clause names",
        decision=renew.decision, matter=RENEWING, about=emergency.id,
    )  # fmt: skip
    until = rule.renewed_for.after(day_of(emergency.until)).isoformat()
    judgement.then(EmergencyRenewed(emergency.id, renew.decision, until))


@judges("emergency.end", End, reportable=False)
def judge_end(judgement: Judgement, end: End) -> None:
    """Judges an ending: of one in force, by the supreme body's decision, by those the clause names, or by who declared it."""
    emergency = _running(judgement, end.emergency)
    rule = rule_of(judgement.state, emergency)
    _check_later(judgement, emergency, end.decision, emergency.entry)
    judgement.is_granted(
        enders(judgement.rulebook, rule), rule.place.clause_of("ended by"), "an emergency is ended by those who may",
        decision=end.decision, matter=ENDING, about=emergency.id,
    )  # fmt: skip
    judgement.then(EmergencyEnded(emergency.id, end.decision or judgement.as_ or emergency.seat))


# -- the report --------------------------------------------------------------------------------------------


def _reported_by(judgement: Judgement, emergency: Emergency) -> tuple[str, ...]:
    """Who reports: the office that declared it; of a body its officers, while it has any, else its members."""
    body = judgement.rulebook.bodies.get(emergency.seat.partition("@")[0])
    if body is None:
        return (emergency.seat,)
    officers = (body.chaired_by, body.minutes_by)
    return tuple(dict.fromkeys((emergency.seat, *(office for office in officers if office))))


@judges("emergency.report", Account, reportable=False)
def judge_report(judgement: Judgement, account: Account) -> None:
    """Judges the report on an emergency: it is over, the clause asks one, none is approved, who declared it gives it."""
    emergency = emergency_named(judgement, account.emergency)
    rule = rule_of(judgement.state, emergency)
    if rule.report is None:
        raise judgement.bar(
            "no clause asks a report on it", {"emergency": emergency.id}, "nothing is owed", emergency.clause
        )
    if emergency.approved_by:
        raise judgement.bar(
            "the report on it is approved",
            {"emergency": emergency.id, "by": emergency.approved_by},
            "nothing more is needed",
        )
    clause = rule.place.clause_of("report")
    if emergency.is_in_force_on(judgement.on):
        judgement.refuse(
            clause, "an emergency is reported on when it is over", {"until": emergency.until}, "wait, or have it ended"
        )
    judgement.may_act(_reported_by(judgement, emergency), clause, "who declared an emergency reports on it")
    judgement.cite(clause)
    judgement.then(EmergencyReported(emergency.id, rule.report.to))


@judges("emergency.approve", Approve, reportable=False)
def judge_approve(judgement: Judgement, approve: Approve) -> None:
    """Judges the entering of an approval: a decision on the report, taken after it was given."""
    emergency = emergency_named(judgement, approve.emergency)
    rule = rule_of(judgement.state, emergency)
    clause = rule.place.clause_of("report") if rule.report is not None else FORM
    if rule.report is None or not emergency.reported_on or emergency.approved_by:
        what = "is approved already" if emergency.approved_by else "was not given yet"
        raise judgement.bar(
            f"the report on it {what}", {"emergency": emergency.id}, "give it with emergency.report first", clause
        )
    _check_later(judgement, emergency, approve.decision, emergency.report_entry)
    judgement.is_granted(
        (rule.report.to,), clause, "the report on an emergency is approved by the body the clause names",
        decision=approve.decision, matter=REPORTING, about=emergency.id,
    )  # fmt: skip
    judgement.then(EmergencyApproved(emergency.id, approve.decision))
