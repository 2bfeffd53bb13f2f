"""What is shown of a report: traces that the engine has replayed with named persons.

Lives here: the replay of every trace of a report before it is shown. Not here: the replay itself (`replay`), printing.

Invariant: beside every trace stands what came of its replay; a trace of which an act was refused says so.
"""

from __future__ import annotations

from dataclasses import replace

from isonomy.checker.beginning import seating_for
from isonomy.checker.finding import Finding, Replay, Report
from isonomy.checker.inquiry import check_rulebook
from isonomy.checker.model import Model, model_of
from isonomy.checker.moves import EXPEL
from isonomy.checker.replay import replay
from isonomy.checker.settings import Settings
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.findings import ERROR
from isonomy.rulebook.reader import examine

UNITS_REPLAYED_MAX = 12
"""A trace over more units of one kind is checked, and told, without being replayed unit by unit."""

UNACTED = (EXPEL,)
"""Moves that no act of the engine does yet: cases are specified, and read, before they are carried out."""
UNTRIED = "expulsion is no act of the engine yet, so no acts are shown: this is found from the clauses alone"


def check_text(data: bytes, name: str = "rulebook.md", settings: Settings | None = None) -> Report:
    """Everything the checker finds in the bytes of an edition, each trace replayed; raises `BadInput` where it cannot be read."""
    examination = examine(data, name)
    if examination.rulebook is None:
        raise next(found for found in examination.findings if found.severity == ERROR).as_bad_input(name)
    settings = settings or Settings()
    report = check_rulebook(examination.rulebook, settings, examination)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    model = model_of(examination.rulebook, settings)
    return replace(report, findings=tuple(_replayed(_begun(found, model), text, settings) for found in report.findings))


def _begun(finding: Finding, model: Model) -> Finding:
    """A finding whose trace has a beginning: the seating that its finder tells, else the least that lets it begin."""
    moves = [step.move for step in finding.trace if step.move is not None]
    if any(move.kind in UNACTED for move in moves):
        return replace(finding, trace=(), assumptions=(*finding.assumptions, UNTRIED))
    if not moves or finding.seating is not None:
        return finding
    return replace(finding, seating=seating_for(model, moves))


def _replayed(finding: Finding, text: str, settings: Settings) -> Finding:
    if finding.seating is None or not any(step.move is not None for step in finding.trace):
        return finding
    if max([settings.units, *settings.units_of.values()]) > UNITS_REPLAYED_MAX:
        return replace(
            finding,
            replayed=Replay(0, 0, f"more than {UNITS_REPLAYED_MAX} units of one kind are not replayed one by one"),
        )
    try:
        told = replay(text, finding, settings)
    except BadInput as fault:
        return replace(finding, replayed=Replay(0, 0, str(fault.what)))
    problem = told.problem or "; ".join(told.unknown)
    return replace(finding, replayed=Replay(len(told.acts), told.days, problem))
