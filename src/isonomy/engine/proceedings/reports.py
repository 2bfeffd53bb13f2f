"""Reports: what happened outside the record, entered by those entitled to, with source, time and certainty.

Lives here: `report` and `report.attest`. Not here: judging what is told (`telling`), ratification (`ratifying`).

Invariant: a report is never a back door to an effect. In an organisation founded as `history` reports take effect at once; in
a living one only a report in time, whose every validity fact is told and regular and for which those stand, by acts of their
own, whom the clause names; else not before the competent body ratifies it. Nobody is said to have done what was theirs alone
to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isonomy.engine.act import Told, judges, read_told
from isonomy.engine.conditions import has_elapsed, holds_one_of
from isonomy.engine.effect import At, effect
from isonomy.engine.facts import Moment
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.ratifying import AWAITING
from isonomy.engine.proceedings.telling import Happened, is_own_act, judge_told, ratifier_of
from isonomy.engine.refusal import Untold
from isonomy.engine.shape import CivilDate, Json, Line, PersonId, ProceedingId
from isonomy.engine.state import HISTORY, LIVING, ReportNote, State
from isonomy.kernel.calendar import When, parse_date
from isonomy.kernel.ids import proceeding_id
from isonomy.kernel.quantity import Answer
from isonomy.rulebook.model import Reporting

IN_FORCE = "in force"
CERTAIN = Line("certain")
CERTAINTIES = (CERTAIN, "probable", "uncertain")
DONE_HERE = ("rulebook.lodge",)
"""Acts that a living organisation does in its record or not at all: the text must stand in an entry of its own."""


@dataclass(frozen=True, slots=True)
class Report:
    """Reports an act done outside the record: the act, when it happened, the source, how certain it is.

    `attested_by` are those who are said to stand for it; in a living organisation each does so by `report.attest`.
    """

    what: Json
    happened: Happened
    source: Line
    certainty: Line = CERTAIN
    attested_by: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class Attest:
    """Attests a report that has no effect yet: that it is so as it is told."""

    report: ProceedingId


@effect("report.noted")
@dataclass(frozen=True, slots=True)
class ReportNoted:
    """A report stands on the record; without effect while it is not attested or awaits ratification.

    `under` names the block of the rulebook by which it was made.
    """

    report: str
    act: str
    earliest: str
    latest: str
    standing: str
    ratify_by: str = ""
    under: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the report; keeps what was told while it has no effect yet."""
        told = at.act["what"] if self.standing == AWAITING else None
        state.reports[self.report] = ReportNote(
            self.report, self.act, self.earliest, self.latest, at.act["source"], at.act.get("certainty", "certain"),
            self.standing, told, self.ratify_by, under=self.under,
        )  # fmt: skip
        state.touched[self.report] = at.n


@effect("report.attested")
@dataclass(frozen=True, slots=True)
class ReportAttested:
    """A person stands for a report; with all that the clause asks it has effect (`standing` in force)."""

    report: str
    person: str
    standing: str

    def apply(self, state: State, at: At) -> None:
        """Adds the person; what was told is kept until it has effect."""
        report = state.reports[self.report]
        report.attests.append(self.person)
        if self.standing == IN_FORCE:
            report.standing, report.told = self.standing, None
        state.touched[self.report] = at.n


@judges("report", Report, reportable=False)
def judge_report(judgement: Judgement, report: Report) -> None:
    """Judges a report: may this person report this, on this evidence; then what was reported, as of when it happened."""
    told, kind, fields = read_told(report.what)
    _check_telling(judgement, report, told)
    block = _block(judgement)
    in_time = _may_report(judgement, block, report.happened)
    inner = judge_told(judgement, told, kind, fields, report.happened, judgement.n)
    judgement.irregularities += inner.irregularities
    judgement.untold += inner.untold
    judgement.cite(*inner.clauses)
    attested = block is None or _is_attested(judgement, block, told, fields, (judgement.author,), report.attested_by)
    at_once = judgement.state.kind == HISTORY or (
        in_time and attested and not inner.irregularities and not inner.untold
    )
    note = ReportNoted(
        proceeding_id("rp", judgement.n), kind.name, report.happened.earliest, report.happened.latest,
        IN_FORCE if at_once else AWAITING, "" if at_once else ratifier_of(judgement, told, fields),
        "" if at_once or block is None else block.name,
    )  # fmt: skip
    judgement.then(note)
    if at_once:
        judgement.effects += inner.effects


def _check_telling(judgement: Judgement, report: Report, told: Told) -> None:
    When(parse_date(report.happened.earliest), parse_date(report.happened.latest))
    if report.happened.latest > judgement.on:
        raise judgement.bar(
            "a report is on what has happened",
            {"latest": report.happened.latest, "today": judgement.on},
            "report it when it has happened",
        )
    if report.certainty not in CERTAINTIES:
        raise judgement.bar(f"'{report.certainty}' is no certainty", {"known": list(CERTAINTIES)}, "write one of them")
    if told.act in DONE_HERE and judgement.state.kind == LIVING:
        raise judgement.bar(f"'{told.act}' is done in the record itself", {}, f"send {told.act}")


def _block(judgement: Judgement) -> Reporting | None:
    """The block of the rulebook under which the author reports; None for the recorder of a history."""
    if judgement.is_recorder():
        return None
    blocks = tuple(judgement.rulebook.reporting.values())
    if not blocks:
        raise judgement.bar(
            "the rulebook gives nobody the reporting of what happened outside", {}, "amend the rulebook first"
        )
    for block in blocks:
        seats = judgement.standing(block.by, "")
        asked = (judgement.as_,) if judgement.as_ in seats else () if judgement.as_ else seats
        if holds_one_of(judgement.facts, judgement.author, asked).answer is Answer.YES:
            return block
    return blocks[0]


def _may_report(judgement: Judgement, block: Reporting | None, happened: Happened) -> bool:
    """Whether the reporter is entitled (else a ground), and whether the report is in time."""
    if block is None:
        judgement.cite(FORM)
        return True
    clause = block.place.clause
    judgement.may_act(block.by, clause, "reports are made by those the clause names")
    if _is_in_time(judgement, block, happened.earliest):
        return True
    facts = {"happened": happened.earliest, "reported": judgement.on}
    judgement.untold.append(Untold(clause, f"reported within {block.within}", facts))
    return False


def _is_in_time(judgement: Judgement, block: Reporting, since: str) -> bool:
    """Whether the clause's time for reporting has not run since a day, or ends today."""
    run = has_elapsed(judgement.facts, block.within, Moment("day", since), Moment("day", judgement.on))
    return run.answer is not Answer.YES or block.within.after(parse_date(since)).isoformat() == judgement.on


def _is_attested(
    judgement: Judgement,
    block: Reporting,
    told: Told,
    fields: Any,
    standing_for: tuple[str, ...],
    named: tuple[str, ...] = (),
) -> bool:
    """Whether all stand for it whose word it needs: each seat of the clause, and who is said to have acted alone."""
    attested, clause = True, block.place.clause
    for seat in block.attested_by:
        seats = judgement.standing((seat,), "")
        if not any(holds_one_of(judgement.facts, person, seats).answer is Answer.YES for person in standing_for):
            attested = False
            facts = {"attested by": "nobody yet", "named": list(named)}
            judgement.untold.append(Untold(clause, f"attested by {judgement.title(seat)}", facts))
    if is_own_act(judgement.state, told, fields) and told.by not in standing_for:
        attested = False
        who = told.by or "whoever did it"
        judgement.untold.append(Untold(clause, f"attested by {who}, whose own act it was", {"named": list(named)}))
    return attested


@judges("report.attest", Attest, reportable=False)
def judge_attest(judgement: Judgement, attest: Attest) -> None:
    """Judges an attestation: by one whose word the report needs, once, in the time for reporting; then its effect."""
    report = judgement.state.reports.get(attest.report)
    if report is None:
        raise judgement.bar(f"there is no report '{attest.report}'", {}, "name one, such as rp-31")
    block = judgement.rulebook.reporting.get(report.under)
    if report.standing != AWAITING or block is None:
        raise judgement.bar(f"the report is {report.standing}", {"report": report.id}, "nothing more is needed")
    if judgement.author in report.attests:
        raise judgement.bar("you have attested it already", {"report": report.id}, "nothing more is needed")
    told, kind, fields = read_told(report.told)
    if told.by != judgement.author or not is_own_act(judgement.state, told, fields):
        judgement.may_act(block.attested_by, block.place.clause, "a report is attested by those the clause names")
    judgement.cite(block.place.clause)
    in_time = _is_in_time(judgement, block, report.earliest)
    if not in_time:
        facts = {"happened": report.earliest, "attested": judgement.on}
        judgement.untold.append(Untold(block.place.clause, f"attested within {block.within}", facts))
    number = int(report.id.partition("-")[2])
    happened = Happened(CivilDate(report.earliest), CivilDate(report.latest))
    inner = judge_told(judgement, told, kind, fields, happened, number)
    judgement.irregularities += inner.irregularities
    judgement.untold += inner.untold
    standing_for = (judgement.state.author_of(number)[0], *report.attests, judgement.author)
    attested = _is_attested(judgement, block, told, fields, standing_for)
    has_effect = in_time and attested and not inner.irregularities and not inner.untold
    judgement.then(ReportAttested(report.id, judgement.author, IN_FORCE if has_effect else AWAITING))
    if has_effect:
        judgement.cite(*inner.clauses)
        judgement.effects += inner.effects
