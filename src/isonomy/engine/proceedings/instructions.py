"""Reports on instructions and conditions: what was done with a mandate to act, and whether a condition holds.

Lives here: `instruction.report`, `condition.report`. Not here: giving and settling (`terms`, `terms_decided`), what follows
when no report comes (`following`).

Invariant: whoever was charged reports, or who holds the seat now: an instruction to a seat passes to the successor. A report says
what was reached; whether that is enough the body decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.instruction import Account, Figure
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.shape import CivilDate, Line, Natural, ProceedingId, Text
from isonomy.engine.state import State

FINAL, INTERIM = "final", "interim"
SAYS = ("met", "not met", "cannot be told")


@dataclass(frozen=True, slots=True)
class Reached:
    """What was reached of a promised number, and as of which day (left out: today)."""

    name: Line
    number: Natural
    as_of: CivilDate | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Reports on an instruction, in between (`interim`) or at its end (`final`), with what was reached of each promise."""

    instruction: ProceedingId
    text: Text
    kind: Line | None = None
    reached: tuple[Reached, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportCondition:
    """Reports on a condition: `met`, `not met` or `cannot be told`, and why."""

    condition: ProceedingId
    says: Line
    text: Text


@dataclass(frozen=True, slots=True)
class FigureReached:
    """A number that was reached, of a promise, as of a day."""

    name: str
    number: int
    unit: str
    on: str


@effect("instruction.reported")
@dataclass(frozen=True, slots=True)
class InstructionReported:
    """A report on an instruction was made, in a seat, on a day."""

    instruction: str
    kind: str
    seat: str
    person: str
    on: str
    text: str
    figures: tuple[FigureReached, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Adds the report."""
        figures = tuple(Figure(each.name, each.number, each.unit, each.on) for each in self.figures)
        state.instructions.given[self.instruction].accounts.append(
            Account(self.on, self.person, self.seat, self.text, self.kind == FINAL, at.n, figures)
        )
        state.touched[self.instruction] = at.n


@effect("condition.reported")
@dataclass(frozen=True, slots=True)
class ConditionReported:
    """The owner of a condition reported whether it holds."""

    condition: str
    says: str
    seat: str
    person: str
    on: str
    text: str

    def apply(self, state: State, at: At) -> None:
        """Adds the report."""
        state.instructions.conditions[self.condition].accounts.append(
            Account(self.on, self.person, self.seat, self.text, False, at.n, says=self.says)
        )
        state.touched[self.condition] = at.n


def seats_that_report(judgement: Judgement, seat: str) -> tuple[str, ...]:
    """Who reports for a seat: its holders; for a body also those who chair it and keep its minutes."""
    body = judgement.rulebook.bodies.get(seat.partition("@")[0])
    officers = (body.chaired_by, body.minutes_by) if body is not None else ()
    unit = seat.partition("@")[2]
    return tuple(dict.fromkeys((seat, *(judgement.beside(office, unit) for office in officers if office))))


@judges("instruction.report", Report)
def judge_report(judgement: Judgement, report: Report) -> None:
    """Judges a report: on an open instruction, by those charged with it, each promised number told in a final one."""
    found = judgement.state.instructions.given.get(report.instruction)
    if found is None:
        raise judgement.bar(f"there is no instruction '{report.instruction}'", {}, "name one, such as in-42")
    if not found.is_open:
        raise judgement.bar(
            f"the instruction is {found.standing}", {"instruction": found.id}, "no report on it is owed any more"
        )
    kind = report.kind or FINAL
    if kind not in (FINAL, INTERIM):
        raise judgement.bar("a report is interim or final", {"kind": kind[:40]}, "write one of the two")
    if judgement.act is not None:
        judgement.expects_unmoved(found.id, judgement.act.envelope.expects)
    says = "the report is owed by those who were instructed"
    if found.person:
        judgement.cite(found.clause)
        if judgement.author and judgement.author != found.person:
            judgement.refuse(
                found.clause, says, {"instructed": found.person, "by": judgement.author}, f"ask {found.person}"
            )
    else:
        judgement.may_act(seats_that_report(judgement, found.to), found.clause, says)
    promised = {promise.name: promise for promise in found.promises}
    told = [each.name for each in report.reached]
    unknown = [name for name in told if name not in promised]
    if unknown or len(set(told)) < len(told):
        raise judgement.bar(
            "a report tells each promised number once, and no other", {"told": told, "promised": list(promised)},
            "name the numbers as they were promised",
        )  # fmt: skip
    missing = [name for name in promised if name not in told]
    if kind == FINAL and missing:
        judgement.refuse(
            found.clause, "a final report tells what was reached of each number promised", {"not told": missing},
            f"give what was reached of: {', '.join(missing)}",
        )  # fmt: skip
    late = [each.name for each in report.reached if (each.as_of or judgement.on) > judgement.on]
    if late:
        judgement.refuse(
            FORM, "what is reached is told as of a day that has come", {"figures": late}, "name a day up to today"
        )
    judgement.then(
        InstructionReported(
            found.id, kind, found.to, judgement.author, judgement.on, report.text,
            tuple(
                FigureReached(each.name, int(each.number), promised[each.name].unit, each.as_of or judgement.on)
                for each in report.reached
            ),
        )
    )  # fmt: skip


@judges("condition.report", ReportCondition)
def judge_condition(judgement: Judgement, report: ReportCondition) -> None:
    """Judges a report on a condition: by its owner, while it is open."""
    found = judgement.state.instructions.conditions.get(report.condition)
    if found is None:
        raise judgement.bar(f"there is no condition '{report.condition}'", {}, "name one, such as cn-42")
    if not found.is_open:
        raise judgement.bar(f"the condition is {found.standing}", {"condition": found.id}, "no report is owed any more")
    if report.says not in SAYS:
        raise judgement.bar(
            f"'{report.says[:40]}' is no answer to a condition", {"known": list(SAYS)}, f"write {' or '.join(SAYS)}"
        )
    judgement.may_act(
        seats_that_report(judgement, found.owner), found.clause, "a condition is reported on by its owner"
    )
    judgement.then(ConditionReported(found.id, report.says, found.owner, judgement.author, judgement.on, report.text))
