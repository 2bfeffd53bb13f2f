"""Figures of options as a picture: a bar for each, two where two sides are held against each other.

Lives here: SVG for plain tallies, answers, projects of a budget, and preferences between pairs of options. Not here:
counts by stages (`transfer_flow`), the tables beside the pictures (`count_tables`).

Invariant: whole pixels; every figure stands in the picture as text; tones of one colour only; equal results give equal
bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from isonomy.counting.pairwise_steps import MatrixCounted
from isonomy.counting.tally import AnswersCounted, TallyCounted, show_figure
from isonomy.counting.trace import Result
from isonomy.documents.count_tables import marks_of
from isonomy.documents.printable import markup, shortened
from isonomy.documents.transfer_flow import SVG_STYLE

WIDTH, LABEL, BAR, ROW = 740, 300, 330, 36
PAIRS_MAX = 45
"""More pairs than these are not drawn: only those of the winners are."""

BARS_MAX = 200
_TONES = ("", ' fill-opacity="0.4"', ' fill="none" stroke="currentColor" stroke-dasharray="2 2"')


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of bars: what it is called, what its tones mean, and its rows of (label, word, values, figures)."""

    title: str
    tells: str
    rows: tuple[tuple[str, str, tuple[int | Fraction, ...], str], ...]


def bars_of(result: Result) -> Bars | None:
    """The bars that fit the rule's figures; None for a count without any."""
    matrix = next((step for step in result.steps if isinstance(step, MatrixCounted)), None)
    if matrix is not None:
        return _pairs(result, matrix)
    answers = [step for step in result.steps if isinstance(step, AnswersCounted)]
    if answers:
        return _answers(result, answers)
    tally = next((step for step in result.steps if isinstance(step, TallyCounted)), None)
    return _tally(result, tally) if tally is not None else None


def figure_bars(bars: Bars, prefix: str = "b") -> str:
    """The picture as one `svg` element."""
    most = max([Fraction(1), *(sum((Fraction(v) for v in values), Fraction(0)) for _, _, values, _ in bars.rows)])
    parts = []
    for number, (label, word, values, figures) in enumerate(bars.rows):
        top = ROW * number + 4
        told = f"{label}: {figures}{f', {word}' if word else ''}"
        weight = ' font-weight="600"' if word else ""
        parts.append(f"<g><title>{markup(told)}</title>")
        parts.append(f'<text x="0" y="{top + 12}"{weight}>{markup(shortened(label, 44))}</text>')
        if word:
            parts.append(f'<text x="0" y="{top + 26}" font-size="11">{markup(shortened(word, 44))}</text>')
        x = LABEL
        for value, tone in zip(values, _TONES, strict=False):
            width = int(Fraction(value) * BAR / most)
            if width:
                parts.append(f'<rect x="{x}" y="{top + 3}" width="{width}" height="12"{tone}/>')
            x += width
        parts.append(f'<text x="{x + 6}" y="{top + 13}">{markup(figures)}</text></g>')
    height = ROW * len(bars.rows) + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="{prefix}-title {prefix}-desc" fill="currentColor" font-size="12" '
        f'style="{SVG_STYLE}">\n<title id="{prefix}-title">{markup(bars.title)}</title>\n'
        f'<desc id="{prefix}-desc">{markup(bars.tells)}</desc>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _pairs(result: Result, step: MatrixCounted) -> Bars:
    rows = step.to_json()["matrix"]
    standing = [option.number for option in result.options if not option.withdrawn]
    pairs = [(a, b) for place, a in enumerate(standing) for b in standing[place + 1 :]]
    tells = "Strong tone: ballots that prefer the first option. Faint tone: ballots that prefer the second."
    if len(pairs) > PAIRS_MAX:
        pairs = [pair for pair in pairs if set(pair) & set(result.winners)][:BARS_MAX]
        tells += " Only the pairs with a winner are drawn; the table has all."
    words = [{"wins": "the winner"}.get(mark, mark) for mark in marks_of(result)]
    shown = []
    for one, other in pairs:
        # The side that is preferred by more stands first, so that the eye reads one direction only.
        first, second = (one, other) if rows[one - 1][other - 1] >= rows[other - 1][one - 1] else (other, one)
        votes, against = rows[first - 1][second - 1], rows[second - 1][first - 1]
        place = result.winners.index(first) if first in result.winners else len(result.winners)
        word = words[first - 1] if first in result.winners else ""
        between = "over" if votes > against else "equal to"
        names = result.names
        label = f"{shortened(names[first - 1], 19)} {between} {shortened(names[second - 1], 19)}"
        shown.append((place, label, word, (votes, against), f"{votes} to {against}"))
    shown.sort(key=lambda row: row[0])
    return Bars("Preferences between every two options", tells, tuple(row[1:] for row in shown))


def _answers(result: Result, answers: list[AnswersCounted]) -> Bars:
    rows = tuple(
        (
            result.names[step.option - 1],
            "carried" if step.carried else "not carried",
            (step.in_favour, step.against, step.abstain),
            f"{step.in_favour} for, {step.against} against",
        )
        for step in answers
    )
    return Bars(
        "Answers to each question",
        "Strong tone: for. Faint tone: against. Dashed outline: abstaining.",
        rows[:BARS_MAX],
    )


def _tally(result: Result, tally: TallyCounted) -> Bars:
    marks = marks_of(result)
    figures = sorted(tally.figures, key=lambda entry: (-entry[1], entry[0]))
    rows = tuple(
        (result.names[option - 1], marks[option - 1], (figure,), show_figure(figure)) for option, figure in figures
    )
    tells = f"A bar is the figure of an option: {tally.unit}."
    if len(rows) > BARS_MAX:
        tells += f" The first {BARS_MAX} are drawn; the table has all."
    return Bars(f"{tally.unit.capitalize()} of every option", tells, rows[:BARS_MAX])
