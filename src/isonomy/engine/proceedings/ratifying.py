"""Ratifying: a body makes its own what an office decided alone, or what was reported without effect.

Lives here: what a vote to ratify brings. Not here: whether it may be put (`motions.may_be_ratified`), the vote (`putting`,
`declaring`).

Invariant: ratification gives no more than the body could do by itself now, and takes effect from its own entry. What has
lapsed meanwhile, or could not be done now, is not ratified, however the vote went.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import read_told
from isonomy.engine.alone import power_of
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Barred, Judgement
from isonomy.engine.proceedings.decisions import DecisionRatified, DecisionRefused, DecisionTaken
from isonomy.engine.state import ReportNote, State
from isonomy.kernel.ids import proceeding_id

AWAITING = "awaiting ratification"


@effect("report.ratified")
@dataclass(frozen=True, slots=True)
class ReportRatified:
    """A report has effect from this entry on, by a decision of the competent body."""

    report: str
    decision: str

    def apply(self, state: State, at: At) -> None:
        """Marks the report."""
        report = state.reports[self.report]
        report.standing, report.told = "ratified", None
        state.touched[self.report] = at.n


def ratify(judgement: Judgement, body: str, thing: str, decision: str, clause: str) -> None:
    """Ratifies a decision or report that still awaits it from this body; else what was voted stays without effect."""
    found, report = judgement.state.decisions.get(thing), judgement.state.reports.get(thing)
    if found is not None:
        if found.standing_on(judgement.on) == AWAITING and _is_for(judgement, found.ratify_by, body):
            judgement.then(DecisionRatified(thing, decision))
    elif report is not None and report.standing == AWAITING and _is_for(judgement, report.ratify_by, body):
        _ratify_report(judgement, report, body, decision, clause)


def refuse(judgement: Judgement, thing: str, poll: str) -> None:
    """Ends a decision at once whose ratification was voted down, where its power says so; else it lapses on its day."""
    found = judgement.state.decisions.get(thing)
    power = power_of(judgement.state, found) if found is not None else None
    if found is None or power is None or not power.rule.refusal or found.alone is None:
        return
    if found.standing_on(judgement.on) == AWAITING:
        judgement.cite(power.place.clause_of("refusal"))
        judgement.then(DecisionRefused(thing, poll))


def _is_for(judgement: Judgement, ratifier: str, body: str) -> bool:
    return bool(ratifier) and body in (ratifier, judgement.beside(ratifier, body.partition("@")[2]))


def _ratify_report(judgement: Judgement, report: ReportNote, body: str, decision: str, clause: str) -> None:
    """Judged as if the body did the act now; what it could not do now it does not do by ratifying."""
    told, kind, fields = read_told(report.told)
    number = int(report.id.partition("-")[2])
    made = ReportRatified(report.id, decision)
    if told.act == "decision.take":
        judgement.then(made)
        judgement.then(
            DecisionTaken(
                proceeding_id("de", number), body, fields.matter, judgement.on, clause, text=fields.text,
                amount=fields.amount, reported=True,
            )
        )  # fmt: skip
        return
    inner = Judgement(
        judgement.state, None, fields, number, judgement.at, judgement.local, judgement.on, judgement.on,
        judgement.edition, "", "", judgement.auth, reported=True,
    )  # fmt: skip
    try:
        kind.judge(inner, fields)
    except Barred:
        return
    if inner.irregularities:
        return
    judgement.cite(clause, *inner.clauses)
    judgement.then(made)
    judgement.effects += inner.effects
