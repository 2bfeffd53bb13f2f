"""The tables of a count: every candidate at every stage, preferences between options, figures of options.

Lives here: reading the typed steps of a result into tables with captions, row heads and words. Not here: pages and
files made of them (`count_sheet_html`, `count_sheet_csv`), pictures (`transfer_flow`, `figure_bars`).

Invariant: a figure is shown as the trace holds it; totals, exhausted and lost to rounding of every stage add up to the
valid vote; whoever wins is marked by a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isonomy.counting.apportionment import SeatsApportioned
from isonomy.counting.debian_1998 import FirstPreferences
from isonomy.counting.equal_shares import BudgetSpent, ProjectBought
from isonomy.counting.pairwise_steps import MajorityTested, MatrixCounted, QuorumTested
from isonomy.counting.parameters import in_places
from isonomy.counting.phragmen import LoadShared
from isonomy.counting.schulze import PathsFound
from isonomy.counting.stage_steps import LastExcluded, LastSeatsFilled, StageCounted
from isonomy.counting.tally import AnswersCounted, TallyCounted, show_figure
from isonomy.counting.trace import Names, Result
from isonomy.counting.wording import in_words


@dataclass(frozen=True, slots=True)
class Table:
    """A table for people: `columns` without the first, which is `corner`; a row is its head and its cells.

    `sums` are rows that close the table. Cells in the columns of `words` (numbers from 0) are words, all others
    figures. `beside` has a word for the head of each row, a party, where there are any.
    """

    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: frozenset[int] = frozenset()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageTable:
    """Every candidate at every stage, in whole units of 10^-places.

    `totals[c][s]` is what candidate number c+1 holds after stage s+1; `fates` what became of each, in words.
    """

    names: tuple[str, ...]
    stages: tuple[StageCounted, ...]
    totals: tuple[tuple[int, ...], ...]
    exhausted: tuple[int, ...]
    lost: tuple[int, ...]
    fates: tuple[str, ...]
    places: int
    valid: int
    parties: tuple[str, ...] = ()

    def show(self, units: int) -> str:
        """A figure as text in the rule's arithmetic."""
        return in_places(units, self.places)

    def conserved(self) -> bool:
        """Whether totals, exhausted and lost to rounding add up to the valid vote at every stage."""
        whole = self.valid * 10**self.places
        return all(
            sum(row[place] for row in self.totals) + self.exhausted[place] + self.lost[place] == whole
            for place in range(len(self.stages))
        )


def stage_table(result: Result) -> StageTable | None:
    """The stage table of a count by stages; None for a rule without stages."""
    stages = tuple(step for step in result.steps if isinstance(step, StageCounted))
    if not stages:
        return None
    return StageTable(
        names=result.names,
        stages=stages,
        totals=tuple(tuple(stage.totals[place] for stage in stages) for place in range(len(result.options))),
        exhausted=tuple(stage.exhausted for stage in stages),
        lost=tuple(stage.lost for stage in stages),
        fates=_fates(result, stages),
        places=stages[0].places,
        valid=result.valid,
        parties=parties_of(result),
    )


def parties_of(result: Result, order: Sequence[int] = ()) -> tuple[str, ...]:
    """The parties in an order of option numbers (that of the paper unless given); empty when nobody has one."""
    found = tuple(result.options[number - 1].party for number in order or [o.number for o in result.options])
    return found if any(found) else ()


def _fates(result: Result, stages: tuple[StageCounted, ...]) -> tuple[str, ...]:
    fates = ["withdrawn" if option.withdrawn else "" for option in result.options]
    for stage in stages:
        for option in stage.elected:
            fates[option - 1] = f"elected, stage {stage.number}"
        for option in stage.excluded:
            fates[option - 1] = f"{'doomed, ' if stage.doomed else ''}excluded, stage {stage.number}"
    for step in result.steps:
        if isinstance(step, LastSeatsFilled):
            for option in step.elected:
                fates[option - 1] = "elected, last seat" if len(step.elected) == 1 else "elected, last seats"
        elif isinstance(step, LastExcluded):
            fates[step.option - 1] = "excluded at the end"
    for option in result.winners:
        fates[option - 1] = fates[option - 1] or "elected"
    return tuple(fate or "not elected" for fate in fates)


def stages_as_table(stages: StageTable, first: int = 0, last: int | None = None) -> Table:
    """The stages from `first` up to but without `last` (places from 0) as a table with what became of each
    candidate."""
    part = stages.stages[first:last]
    if len(part) == len(stages.stages):
        caption = "Votes of every candidate after each stage"
    elif len(part) == 1:
        caption = f"Votes of every candidate after stage {part[0].number}"
    else:
        caption = f"Votes of every candidate after stages {part[0].number} to {part[-1].number}"

    def cells(row: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(stages.show(units) for units in row[first:last])

    sums = tuple(map(sum, zip(*stages.totals, stages.exhausted, stages.lost, strict=True)))
    return Table(
        caption,
        "Candidate",
        (*(f"Stage {stage.number}" for stage in part), "What became of them"),
        tuple(
            (name, (*cells(row), fate))
            for name, row, fate in zip(stages.names, stages.totals, stages.fates, strict=True)
        ),
        (
            ("Exhausted", (*cells(stages.exhausted), "")),
            ("Lost to rounding", (*cells(stages.lost), "")),
            ("All together", (*cells(sums), f"{stages.valid} valid")),
        ),
        frozenset({len(part)}),
        stages.parties,
    )


def matrix_table(result: Result) -> Table | None:
    """The matrix of a pairwise rule with the winner marked by a word; None for other rules."""
    found = next((step for step in result.steps if isinstance(step, MatrixCounted)), None)
    if found is None:
        return None
    names = result.names
    rows = found.to_json()["matrix"]
    marks = marks_of(result)
    return Table(
        "Ballots that prefer the option of the row to the option of the column",
        "Option",
        (*(f"to {number}" for number in range(1, len(names) + 1)), "Outcome"),
        tuple(
            (
                f"{number} {names[number - 1]}",
                (*("" if column == number else str(votes) for column, votes in enumerate(row, 1)), marks[number - 1]),
            )
            for number, row in enumerate(rows, start=1)
        ),
        words=frozenset({len(names)}),
        beside=parties_of(result),
    )


def paths_table(result: Result) -> Table | None:
    """The strengths of the strongest paths (Schulze); None for other rules."""
    found = next((step for step in result.steps if isinstance(step, PathsFound)), None)
    if found is None:
        return None
    names = result.names
    return Table(
        "Strength of the strongest path from the option of the row to the option of the column",
        "Option",
        tuple(f"to {number}" for number in range(1, len(names) + 1)),
        tuple(
            (
                f"{number} {names[number - 1]}",
                tuple("" if column == number else str(strength) for column, strength in enumerate(row, 1)),
            )
            for number, row in enumerate(found.strengths, start=1)
        ),
    )


def marks_of(result: Result) -> tuple[str, ...]:
    """The word for what became of each option, in the order of the paper."""
    if not result.decided:
        won = "needs the casting vote"
    elif any(isinstance(step, BudgetSpent) for step in result.steps) and not result.elects:
        won = "selected"
    else:
        won = "elected" if result.elects else "wins"
    failed: dict[int, list[str]] = {}
    for step in result.steps:
        if isinstance(step, (QuorumTested, MajorityTested)) and not step.kept:
            missed = "misses the quorum" if isinstance(step, QuorumTested) else "lacks its majority"
            failed.setdefault(step.option, []).append(missed)
    marks = []
    for option in result.options:
        if option.number in result.winners:
            marks.append(won)
        elif option.withdrawn:
            marks.append("withdrawn")
        else:
            marks.append(" and ".join(failed.get(option.number, [])))
    return tuple(marks)


def rounds_table(result: Result) -> Table | None:
    """First preferences round by round where a rule counts them beside a matrix; None otherwise."""
    rounds = [step for step in result.steps if isinstance(step, FirstPreferences)]
    if not rounds:
        return None
    figures = [dict(step.figures) for step in rounds]
    return Table(
        "First preferences in each round",
        "Option",
        tuple(f"Round {step.number}" for step in rounds),
        tuple(
            (option.name, tuple(in_words(row[option.number]) if option.number in row else "" for row in figures))
            for option in result.options
        ),
    )


def answers_table(result: Result) -> Table | None:
    """For, against and abstaining, question by question; None for other rules."""
    answers = [step for step in result.steps if isinstance(step, AnswersCounted)]
    if not answers:
        return None
    return Table(
        "Answers to each question",
        "Question",
        ("For", "Against", "Abstaining", "Needed", "Outcome"),
        tuple(
            (
                result.names[step.option - 1],
                (
                    str(step.in_favour),
                    str(step.against),
                    str(step.abstain),
                    f"{step.threshold} of {step.whole} {step.of}",
                    _carried(step, result),
                ),
            )
            for step in answers
        ),
        words=frozenset({3, 4}),
    )


def _carried(step: AnswersCounted, result: Result) -> str:
    if not step.carried:
        return "not carried"
    if not result.elects or step.option in result.winners:
        return "carried, elected" if result.elects else "carried"
    return "carried, no seat left"


def projects_table(result: Result) -> Table | None:
    """The projects of a budget: cost, supporters, whether they are selected; None for other rules."""
    spent = next((step for step in result.steps if isinstance(step, BudgetSpent)), None)
    if spent is None or result.elects:
        return None
    votes = _figures(result)
    rates = {step.option: step for step in result.steps if isinstance(step, ProjectBought)}
    marks = marks_of(result)
    order = [*result.winners, *(o.number for o in result.options if o.number not in result.winners)]
    rows = []
    for number in order:
        option = result.options[number - 1]
        bought = None if spent.replaced else rates.get(number)
        rate = decimal(bought.rate.numerator, bought.rate.denominator) if bought else ""
        if number in spent.completed and not spent.replaced:
            mark = "selected by votes"
        else:
            mark = marks[number - 1] or "not selected"
        rows.append((option.name, (str(option.cost), votes.get(number, ""), rate, mark)))
    return Table(
        "Projects: what they cost, who supports them, and which are selected",
        "Project",
        ("Cost", "Supporters", "Rate", "Outcome"),
        tuple(rows),
        (("Spent", (str(spent.cost), "", "", f"of {spent.budget}")),),
        frozenset({3}),
    )


def decimal(numerator: int, denominator: int, places: int = 6) -> str:
    """A positive share with so many decimals, rounded half up, for reading; the trace holds it exactly."""
    return in_places((2 * numerator * 10**places + denominator) // (2 * denominator), places)


def tally_table(result: Result) -> Table | None:
    """One figure for each option with the seats it gains, most first; None for rules that add nothing up."""
    found = next((step for step in result.steps if isinstance(step, TallyCounted)), None)
    if found is None:
        return None
    names: Names = result.names
    marks = marks_of(result)
    shared = next((dict(step.seats) for step in result.steps if isinstance(step, SeatsApportioned)), None)
    loads = {step.option: step for step in result.steps if isinstance(step, LoadShared)}
    figures = sorted(found.figures, key=lambda entry: (-entry[1], entry[0]))
    columns = [found.unit.capitalize()]
    if shared is not None:
        columns.append("Seats")
    if loads:
        columns += ["Seat", "Load"]
    rows = []
    for option, figure in figures:
        cells = [show_figure(figure)]
        if shared is not None:
            cells.append(str(shared.get(option, 0)))
        if loads:
            load = loads.get(option)
            cells += [str(load.seat), in_words(load.load)] if load else ["", ""]
        rows.append((names[option - 1], (*cells, marks[option - 1])))
    return Table(
        f"{found.unit.capitalize()} of every option",
        "Option",
        (*columns, "Outcome"),
        tuple(rows),
        words=frozenset({len(columns)}),
        beside=parties_of(result, [option for option, _ in figures]),
    )


def _figures(result: Result) -> dict[int, str]:
    found = next((step for step in result.steps if isinstance(step, TallyCounted)), None)
    return {} if found is None else {option: show_figure(figure) for option, figure in found.figures}


STAGES_A_TABLE = 6
"""More stages than these do not fit on a printed page side by side."""


def tables(result: Result, stages_a_table: int = STAGES_A_TABLE) -> tuple[Table, ...]:
    """The tables of a result in the order in which they are read; `stages_a_table` 0 keeps all stages together."""
    stages = stage_table(result)
    if stages is not None:
        size = stages_a_table or len(stages.stages)
        return tuple(stages_as_table(stages, at, at + size) for at in range(0, len(stages.stages), size))
    projects = projects_table(result)
    if projects is not None:
        return (projects,)
    makers = (matrix_table, paths_table, rounds_table, answers_table, tally_table)
    return tuple(table for make in makers if (table := make(result)) is not None)
