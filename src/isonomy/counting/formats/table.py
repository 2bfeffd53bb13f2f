"""CSV tables of ballots: a column an option, a row a paper, a rank, score or answer a cell.

Lives here: ranks (as Kubernetes and CIVS publish them), scores, answers. Not here: which rule reads them.

    Ann Example,Bo Example,Cy Example        weight,Ann Example,Bo Example
    1,3,2                                    12,yes,no
    2,No opinion,1                           3,abstain,yes

Readings: ranks are whole numbers from 1 of which only the order counts, `2.0` as spreadsheets write them included; an
empty cell, `-` or `No opinion` is not ranked (no score, no answer). A rank of 0 is refused: some mean the best by it, others
nothing. A column called `weight` says how many papers a row stands for. Cells `yes`, `no` and `abstain` are answers, in
any case of letters; where scores are read a mark `x` is a score of 1. Without a comma in the first line, semicolons or tabs
part the cells. A last column without a name in which every cell is empty is none.

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
    WEIGHT_MAX,
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
_MARKS = {"x", "✓", "✔"}
_SCORE_MAX = 10**6


def read_table(data: bytes, names: Sequence[str] | None = None, kind: str = "ranks") -> Profile:
    """Reads a table; `kind` says whether whole numbers are ranks or scores. Raises `BadInput` with the line
    that cannot be read."""
    lines = [(number, line) for number, line in numbered_lines(decoded(data)) if line.strip()]
    if not lines:
        raise BadInput("the file is empty", "line 1", "check that it was written completely")
    first, where = lines[0][1], f"line {lines[0][0]}"
    between = next((mark for mark in ",;\t" if mark in first), ",")
    header = [cell.strip() for cell in csv_cells(first, where, between)]
    tally: dict[str, list[int]] = {}
    for number, line in lines[1:]:
        tally.setdefault(line.strip(" "), [0, number])[0] += 1
    table = [
        ([c.strip() for c in csv_cells(line, f"line {n}", between)], times, n) for line, (times, n) in tally.items()
    ]
    if (
        header
        and not header[-1]
        and all(len(cells) < len(header) or not cells[len(header) - 1] for cells, _, _ in table)
    ):
        header = header[:-1]
        table = [
            (cells[: len(header)] if not any(cells[len(header) :]) else cells, times, n) for cells, times, n in table
        ]
    heads = [place for place, head in enumerate(header) if head.lower() == "weight"]
    weighted = heads[0] if len(heads) == 1 and len(header) > 1 else None
    shown = [head for place, head in enumerate(header) if place != weighted]
    check_option_count(len(shown), where)
    if "" in shown:
        raise BadInput(f"column {header.index('') + 1} has no name", where, "name every option")
    rows = [_row(cells, number, len(header), weighted, times) for cells, times, number in table]
    options = options_named(names) if names is not None and len(names) == len(shown) else options_named(shown)
    if any(cell.lower() in ANSWERS for cells, _, _ in rows for cell in cells):
        kind = "answers"
    if kind == "ranks":
        unranked = "apart" if any(cell.lower() == _NO_OPINION for cells, _, _ in rows for cell in cells) else "below"
        ballots = merge((_ranks(cells, shown, number), weight) for cells, weight, number in rows)
        return Profile(options, ballots, unranked=unranked)
    return Profile(
        options, scored=merge_scores((_scores(cells, shown, number, kind), weight) for cells, weight, number in rows)
    )


def _row(cells: list[str], number: int, width: int, weighted: int | None, times: int) -> tuple[list[str], int, int]:
    where = f"line {number}"
    if len(cells) != width:
        raise BadInput(f"{len(cells)} cells for {width} columns", where, "one cell a column; quote cells with commas")
    if weighted is None:
        return cells, times, number
    weight = whole_number(cells[weighted], "weight", where, 1)
    return cells[:weighted] + cells[weighted + 1 :], weight * times, number


def _number(cell: str, what: str, column: str, number: int, least: int, most: int) -> int:
    whole, point, rest = cell.partition(".")
    if point and rest and not rest.strip("0"):
        cell = whole
    try:
        return whole_number(cell, what, f"line {number}", least, most)
    except BadInput as fault:
        cure = fault.cure
        if fault.what.endswith(f"is not a whole number ({what})"):
            cure = f"a column an option, a {what} a cell; take out columns of anything else (weight apart)"
        raise BadInput(f"{fault.what}, in column '{shortened(column)}'", fault.where, cure) from fault


def _ranks(cells: list[str], heads: Sequence[str], number: int) -> Ranks:
    places = {}
    for option, cell in enumerate(cells, start=1):
        if cell.lower() in _NOTHING:
            continue
        if cell == "0":
            cure = "write 1 for the first, and leave empty what is not ranked"
            raise BadInput(f"0 is no rank, in column '{shortened(heads[option - 1])}'", f"line {number}", cure)
        places[option] = _number(cell, "rank", heads[option - 1], number, 1, WEIGHT_MAX)
    return ranks_from_positions(places)


def _scores(cells: list[str], heads: Sequence[str], number: int, kind: str) -> Scores:
    scores: list[int | None] = []
    for option, cell in enumerate(cells, start=1):
        if cell.lower() in _NOTHING:
            scores.append(None)
        elif kind == "answers":
            if cell.lower() not in ANSWERS:
                raise BadInput(f"'{shortened(cell)}' is no answer", f"line {number}", "write yes, no or abstain")
            scores.append(ANSWERS[cell.lower()])
        elif cell.lower() in _MARKS:
            scores.append(1)
        else:
            scores.append(_number(cell, "score", heads[option - 1], number, -_SCORE_MAX, _SCORE_MAX))
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
