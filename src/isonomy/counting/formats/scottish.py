"""Scottish profile CSV: the preference profiles of Scottish wards as they are collected from the councils'
publications.

Lives here: reading and writing this layout. Not here: the rule (`scottish_stv_2007`).

    6,4,                                     candidates, seats
    370,1,                                   papers, preferences ...
    1,6,5,4,2,3,1,
    "Candidate 1","Ann Example","Example Party (EP)",
    "Some Ward",

Invariant: reading what was written gives the same profile; the name of a candidate is as in the file, the
party apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from isonomy.counting import compiled
from isonomy.counting.ballot import Option, Profile, Ranks, StrictBallots, in_order, merge
from isonomy.counting.formats.text import (
    LINE_LENGTH_MAX,
    WEIGHT_MAX,
    check_option_count,
    csv_cells,
    decoded,
    numbered_lines,
    shortened,
    whole_number,
)
from isonomy.counting.packed_ballots import PackedBallots
from isonomy.counting.values import replace
from isonomy.kernel.bad_input import BadInput

_LETTERS = 60
"""Candidates that one byte each can stand for without being taken for a comma or the end of a line."""
_NUMBERS = bytes(max(0, letter - 48) for letter in range(256))
"""The number for each such byte; a comma becomes 0."""


def read_scottish(data: bytes, names: Sequence[str] | None = None) -> Profile:
    """Reads a ward; `names` replaces the candidates' names. Raises `BadInput` with the line that cannot be read."""
    return _read_compiled(data, names) or _read_quickly(data, names) or _read_line_by_line(data, names)


def _read_compiled(data: bytes, names: Sequence[str] | None) -> Profile | None:
    """The ward by the compiled loop; None when there is none, or anything in the file is not plain."""
    if not compiled.machine:
        return None
    start = data.find(b"\n", 0, LINE_LENGTH_MAX) + 1
    first = data[:start].strip().rstrip(b",").split(b",")
    if not start or len(first) != 2 or not all(part.isdigit() and len(part) < 6 for part in first):
        return None
    if not 1 <= int(first[0]) <= compiled.OPTIONS_MAX:
        return None
    read = compiled.machine.read_ballots(data, start, int(first[0]), compiled.SCOTTISH)
    if read is None:
        return None
    weights, orders, end = read
    try:
        named = _read_line_by_line(data[:start] + data[end:], names)
    except BadInput:
        return None
    return replace(named, ballots=PackedBallots(weights, orders))


def _read_quickly(data: bytes, names: Sequence[str] | None) -> Profile | None:
    """The ward when every line is as it should be; None leaves it to the reader that names the line."""
    head, _, rest = data.partition(b"\n")
    body, mark, tail = rest.partition(b'\n"')
    first = head.strip().rstrip(b",").split(b",")
    if not mark or len(first) != 2 or not all(part.isdigit() and len(part) < 6 for part in first):
        return None
    count, seats = int(first[0]), int(first[1])
    if not 1 <= count <= _LETTERS or not seats or not body.endswith(b",") or body.translate(None, b"0123456789,\n"):
        return None
    ballots = _ballots(body[:-1], count)
    if ballots is None:
        return None
    try:
        named = _read_line_by_line(head + b'\n"' + tail, names)
    except BadInput:
        return None
    return replace(named, ballots=ballots)


def _ballots(body: bytes, count: int) -> StrictBallots | None:
    """The ballots of lines of digits and commas; None when a line is not as it should be."""
    # Every preference becomes one byte, so that a ballot is cut and looked through as bytes, not cell by cell.
    for number in range(10, count + 1):
        cell, letter = b",%d," % number, b",%c," % (48 + number)
        body = (body + b",").replace(cell, letter).replace(cell, letter)[:-1]
    lines = [line.partition(b",") for line in body.split(b",\n")]
    cells = [order[::2] for _, _, order in lines]
    named = sum(map(len, cells))
    # Cells are one byte each exactly when no order has an even length and there are as many as commas tell.
    lengths = sum([len(order) + 1 for _, _, order in lines if order])
    if b",," in body or lengths != 2 * named or named + len(lines) != body.count(b",") + 1:
        return None
    if max(map(len, cells)) > LINE_LENGTH_MAX // 2 or sum(map(len, map(set, cells))) != named:
        return None
    if b"".join(cells).translate(None, bytes(range(49, 49 + count))):
        return None
    try:
        papers = [int(line[0]) for line in lines]
    except ValueError:
        return None
    if min(papers) < 1 or max(papers) > WEIGHT_MAX:
        return None
    return StrictBallots.of_bytes(papers, b",".join(cells).translate(_NUMBERS).split(b"\0"))


def _read_line_by_line(data: bytes, names: Sequence[str] | None) -> Profile:
    lines = [(number, line) for number, line in numbered_lines(decoded(data)) if line.strip()]
    if not lines:
        raise BadInput("the file is empty", "line 1", "check that it was written completely")
    number, line = lines[0]
    head = _cells(line, f"line {number}")
    if len(head) != 2:
        raise BadInput("the first line is not 'candidates,seats,'", f"line {number}", "write for example 6,4,")
    count = whole_number(head[0], "number of candidates", f"line {number}", 1)
    check_option_count(count, f"line {number}")
    seats = whole_number(head[1], "number of seats", f"line {number}", 1)
    votes: list[tuple[Ranks, int]] = []
    options: list[Option] = []
    title = ""
    for number, line in lines[1:]:
        where = f"line {number}"
        cells = _quoted_cells(line) if line.lstrip().startswith('"') else _cells(line, where)
        if not cells:
            continue
        if line.lstrip().startswith('"') or not cells[0].strip().isdigit():
            if cells[0].startswith("Candidate ") and len(cells) > 1 and len(options) < count:
                options.append(_candidate(cells, len(options) + 1, where))
            elif len(options) == count:
                title = ",".join(cells).strip('" ')
            else:
                raise BadInput(f"'{shortened(line)}' is no candidate", where, 'write "Candidate 1","Name","Party",')
        elif options:
            raise BadInput("a ballot stands after the candidates", where, "write the ballots first")
        else:
            votes.append(_ballot(cells, count, where))
    if names is not None and len(names) == count:
        options = [Option(n, name) for n, name in enumerate(names, start=1)]
    if len(options) != count:
        raise BadInput(
            f"{len(options)} of {count} candidates are named",
            f"line {lines[-1][0]}",
            "the file may be cut off",
        )
    return Profile(tuple(options), merge(votes), seats=seats, title=title)


def write_scottish(profile: Profile) -> bytes:
    """Writes a ward; raises `BadInput` when a ballot has equal ranks, which the layout cannot say."""
    lines = [f"{len(profile.options)},{profile.seats or 1},"]
    for ranks, weight in profile.ballots:
        if any(len(rank) != 1 for rank in ranks):
            raise BadInput("a ballot has equal ranks", "", "write the profile as PrefLib or BLT")
        lines.append(",".join(map(str, [weight, *(rank[0] for rank in ranks)])) + ",")
    for option in profile.options:
        lines.append(f'"Candidate {option.number}",{_quoted(option.name)},{_quoted(option.party)},')
    lines.append(f"{_quoted(profile.title)},")
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _cells(line: str, where: str) -> list[str]:
    cells = csv_cells(line.strip(), where)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _quoted_cells(line: str) -> list[str]:
    # Published files double quotation marks where they should not and do not where they should: the marks
    # that
    # count are those beside a comma.
    inner = line.strip().rstrip(",").strip()
    inner = inner.removeprefix('"').removesuffix('"')
    return [cell.replace('""', '"') for cell in inner.split('","')]


def _candidate(cells: list[str], expected: int, where: str) -> Option:
    if whole_number(cells[0].removeprefix("Candidate "), "number of the candidate", where) != expected:
        raise BadInput(f"'{cells[0]}' stands where candidate {expected} is expected", where, "list them in order")
    return Option(expected, cells[1], cells[2] if len(cells) > 2 else "")


def _ballot(cells: list[str], count: int, where: str) -> tuple[Ranks, int]:
    weight = whole_number(cells[0], "number of papers", where, 1)
    order = [whole_number(cell, "preference", where, 1, count) for cell in cells[1:]]
    if len(set(order)) != len(order):
        raise BadInput("a candidate is named twice on a ballot", where, "name each candidate once")
    return in_order(order), weight
