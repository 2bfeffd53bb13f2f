"""CSV tables of ballots: a column an option, a row a paper, a rank, score or answer a cell.

Lives here: ranks (as Kubernetes and CIVS publish them), scores, answers. Not here: which rule reads them.

    Ann Example,Bo Example,Cy Example        weight,Ann Example,Bo Example
    1,3,2                                    12,yes,no
    2,No opinion,1                           3,abstain,yes

Readings: ranks are whole numbers of which only the order counts; an empty cell, `-` or `No opinion` is not
ranked (no score, no answer). A first column called `weight` says how many papers a row stands for. Cells
`yes`, `no` and `abstain` are answers, in any case of letters.

In a table with `No opinion` the options that a paper does not rank are compared with none, as the counting
programs of these elections do; otherwise they are below all ranked ones.

Invariant: a row has a cell for every option; reading what was written gives the same ballots.
"""

from __future__ import annotations

from collections.abc import Sequence

from isonomy.counting.ballot import (
    Profile,
    Ranks,
    Scores,
    merge,
    merge_scores,
    options_named,
    ranks_from_positions,
)
from isonomy.counting.formats.text import (
    check_option_count,
    csv_cells,
    decoded,
    numbered_lines,
    shortened,
    whole_number,
)
from isonomy.kernel.bad_input import BadInput

ANSWERS = {"yes": 1, "no": -1, "abstain": 0}
_NO_OPINION = "no opinion"
_NOTHING = {"", "-", _NO_OPINION, "none", "n/a"}
_SCORE_MAX = 10**6


def read_table(data: bytes, names: Sequence[str] | None = None, kind: str = "ranks") -> Profile:
    """Reads a table; `kind` says whether whole numbers are ranks or scores. Raises `BadInput` with the line
    that cannot be read."""
    lines = [(number, line) for number, line in numbered_lines(decoded(data)) if line.strip()]
    if not lines:
        raise BadInput("the file is empty", "line 1", "check that it was written completely")
    header = [cell.strip() for cell in csv_cells(lines[0][1], f"line {lines[0][0]}")]
    weighted = header[0].lower() == "weight"
    shown = header[1:] if weighted else header
    check_option_count(len(shown), f"line {lines[0][0]}")
    if "" in shown:
        raise BadInput(f"column {shown.index('') + 1} has no name", f"line {lines[0][0]}", "name every option")
    tally: dict[str, list[int]] = {}
    for number, line in lines[1:]:
        tally.setdefault(line.strip(), [0, number])[0] += 1
    rows = [_row(line, number, len(header), weighted, times) for line, (times, number) in tally.items()]
    options = options_named(names) if names is not None and len(names) == len(shown) else options_named(shown)
    if any(cell.lower() in ANSWERS for cells, _, _ in rows for cell in cells):
        kind = "answers"
    if kind == "ranks":
        unranked = "apart" if any(cell.lower() == _NO_OPINION for cells, _, _ in rows for cell in cells) else "below"
        ballots = merge((_ranks(cells, number), weight) for cells, weight, number in rows)
        return Profile(options, ballots, unranked=unranked)
    return Profile(
        options, scored=merge_scores((_scores(cells, number, kind), weight) for cells, weight, number in rows)
    )


def _row(line: str, number: int, width: int, weighted: bool, times: int) -> tuple[list[str], int, int]:
    where = f"line {number}"
    cells = [cell.strip() for cell in csv_cells(line, where)]
    if len(cells) != width:
        raise BadInput(f"{len(cells)} cells for {width} columns", where, "one cell a column; quote cells with commas")
    weight = whole_number(cells[0], "weight", where, 1) if weighted else 1
    return cells[1:] if weighted else cells, weight * times, number


def _ranks(cells: list[str], number: int) -> Ranks:
    places = {}
    for option, cell in enumerate(cells, start=1):
        if cell.lower() not in _NOTHING:
            places[option] = whole_number(cell, "rank", f"line {number}", 0)
    return ranks_from_positions(places)


def _scores(cells: list[str], number: int, kind: str) -> Scores:
    scores: list[int | None] = []
    for cell in cells:
        if cell.lower() in _NOTHING:
            scores.append(None)
        elif kind == "answers":
            if cell.lower() not in ANSWERS:
                raise BadInput(f"'{shortened(cell)}' is no answer", f"line {number}", "write yes, no or abstain")
            scores.append(ANSWERS[cell.lower()])
        else:
            scores.append(whole_number(cell, "score", f"line {number}", -_SCORE_MAX, _SCORE_MAX))
    return tuple(scores)


def write_table(profile: Profile) -> bytes:
    """Writes ranks or scores with a weight column; cells of options that are not ranked stay empty."""
    lines = [",".join(["weight", *(_cell(option.name) for option in profile.options)])]
    nothing = "No opinion" if profile.unranked == "apart" else ""
    for ranks, weight in profile.ballots:
        places = {option: place for place, rank in enumerate(ranks, start=1) for option in rank}
        cells = [str(places.get(option.number, nothing)) for option in profile.options]
        lines.append(",".join([str(weight), *cells]))
    for scores, weight in profile.scored:
        lines.append(",".join([str(weight), *("" if score is None else str(score) for score in scores)]))
    return ("\n".join(lines) + "\n").encode()


def _cell(text: str) -> str:
    text = " ".join(text.split("\n"))
    if any(mark in text for mark in ',"') or text != text.strip():
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text


def read_score_table(data: bytes, names: Sequence[str] | None = None) -> Profile:
    """Reads a table whose whole numbers are scores."""
    return read_table(data, names, "scores")
