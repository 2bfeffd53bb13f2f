"""BLT, the ballot file of most counting programs: withdrawals, weights, equal ranks, comments.

Lives here: reading and writing it. Not here: how ballots are merged in bulk (`text.distinct_lines`).

    4 2              candidates, seats
    -3               candidate 3 is withdrawn
    5 1 4 2 0        five papers: 1, then 4, then 2
    2 1=2 4 0        two papers: 1 and 2 equal, then 4
    0                end of the ballots
    "Ann Example"    names, one a candidate
    ...
    "A title"

Readings: a `#` outside quotation marks begins a comment; `-` among the preferences is a rank left out; a mark
in round brackets before the weight is a paper's own number and is not kept; what follows the title is not
read; a candidate with an empty name is called `Candidate N`.

Invariant: one ballot a line; equal lines are merged before they are read; reading what was written gives the
same profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter

from isonomy.counting import compiled
from isonomy.counting.ballot import Option, Profile, Ranks, StrictBallots, check_ballot, merge
from isonomy.counting.formats.text import (
    LINE_LENGTH_MAX,
    WEIGHT_MAX,
    check_option_count,
    decoded,
    distinct_lines,
    number_rows,
    numbered_lines,
    shortened,
    whole_number,
)
from isonomy.counting.packed_ballots import PackedBallots
from isonomy.counting.values import replace
from isonomy.kernel.bad_input import BadInput

_MARK = re.compile(r"^\s*\([^)]*\)\s*")


def read_blt(data: bytes, names: Sequence[str] | None = None) -> Profile:
    """Reads a BLT file; `names` replaces the names. Raises `BadInput` with the line that cannot be read."""
    return _read_compiled(data, names) or _read_quickly(data, names) or _read_line_by_line(data, names)


_HEAD_LINES = 1_000
"""Lines before the first ballot beyond which a file is not looked at by the compiled loop."""


def _read_compiled(data: bytes, names: Sequence[str] | None) -> Profile | None:
    """The poll by the compiled loop; None when there is none, or anything in the file is not plain."""
    found = _first_ballot(data) if compiled.machine else None
    if found is None or not 1 <= found[1] <= compiled.OPTIONS_MAX:
        return None
    start, count = found
    read = compiled.machine.read_ballots(data, start, count, compiled.BLT)
    if read is None:
        return None
    weights, orders, end = read
    try:
        named = _read_line_by_line(data[:start] + data[end:], names)
    except BadInput:
        return None
    return None if named.ballots else replace(named, ballots=PackedBallots(weights, orders))


def _first_ballot(data: bytes) -> tuple[int, int] | None:
    """Where the first ballot begins, behind the head, withdrawals and comments; and the number of candidates."""
    start, count = 0, 0
    for _ in range(_HEAD_LINES):
        end = data.find(b"\n", start, start + LINE_LENGTH_MAX) + 1
        line = data[start:end].removeprefix(b"\xef\xbb\xbf" if not start else b"").strip()
        if not end or b"\r" in line:
            return None
        if line and not line.startswith(b"#"):
            if count and not line.startswith(b"-"):
                return start, count
            parts = line.partition(b"#")[0].split()
            if not count:
                if len(parts) != 2 or not parts[0].isdigit() or len(parts[0]) > 5:
                    return None
                count = int(parts[0])
        start = end
    return None


_END = re.compile(rb"^0[ \t]*\r?$", re.MULTILINE)


def _read_quickly(data: bytes, names: Sequence[str] | None) -> Profile | None:
    """The poll when all ballots are whole numbers without equal ranks; None leaves it to the reader that names the
    line."""
    start = data.find(b"\n") + 1
    first = data[:start].split()
    end = _end_of_ballots(data, start)
    if end < 0 or len(first) != 2 or not all(part.isdigit() and len(part) < 6 for part in first):
        return None
    lines, times = distinct_lines(data, start, end)
    if max(map(len, lines), default=0) > LINE_LENGTH_MAX or b"" in lines:
        return None
    rows = number_rows(b"\n".join(lines) + b"\n", b" ", b"\n")
    if rows is None or len(rows) != len(lines) or min(map(len, rows), default=2) < 2:
        return None
    weights, orders = [row[0] for row in rows], [row[1:-1] for row in rows]
    if any(map(itemgetter(-1), rows)) or min(weights, default=1) < 1 or max(weights, default=1) > WEIGHT_MAX:
        return None
    if sum(map(len, map(set, orders))) != sum(map(len, orders)):
        return None
    if not set().union(*orders) <= set(range(1, int(first[0]) + 1)):
        return None
    try:
        named = _read_line_by_line(data[:start] + data[end:], names)
    except BadInput:
        return None
    merged = [[weight * often, *order] for weight, often, order in zip(weights, times, orders, strict=True)]
    return replace(named, ballots=StrictBallots(merged))


def _end_of_ballots(data: bytes, start: int) -> int:
    """Where the line 0 begins, or -1."""
    if data.startswith(b"0\n", start):
        return start
    place = data.find(b"\n0\n", start)
    if place >= 0:
        return place + 1
    found = _END.search(data, start)
    return -1 if found is None else found.start()


def _read_line_by_line(data: bytes, names: Sequence[str] | None) -> Profile:
    lines = numbered_lines(decoded(data))
    number, count, seats = _head(lines)
    withdrawn: set[int] = set()
    tally: dict[str, list[int]] = {}
    for number, line in lines:
        seen = tally.get(line)
        if seen is not None:
            seen[0] += 1
            continue
        text = _without_comment(line)
        if text == "0":
            break
        if not text:
            continue
        if text.startswith("-") and not tally:
            withdrawn.update(_withdrawn(text, count, f"line {number}"))
            continue
        if text.startswith('"'):
            raise BadInput(
                "the names begin before the ballots end", f"line {number}", "write a line 0 after the ballots"
            )
        tally[line] = [1, number]
    else:
        raise BadInput("the ballots do not end with a line 0", f"line {number}", "the file may be cut off")
    ballots = merge(_ballots(tally, count))
    options, title = _names(lines, count, names)
    options = [replace(o, withdrawn=True) if o.number in withdrawn else o for o in options]
    return Profile(tuple(options), ballots, seats=seats, title=title)


def _head(lines: Iterable[tuple[int, str]]) -> tuple[int, int, int]:
    for number, line in lines:
        text = _without_comment(line)
        if not text:
            continue
        where = f"line {number}"
        parts = text.split()
        if len(parts) != 2:
            raise BadInput("the first line is not 'candidates seats'", where, "write for example 4 2")
        count = whole_number(parts[0], "number of candidates", where, 1)
        check_option_count(count, where)
        return number, count, whole_number(parts[1], "number of seats", where, 1)
    raise BadInput("the file is empty", "line 1", "check that it was written completely")


def _without_comment(line: str) -> str:
    if "#" in line and '"' not in line.partition("#")[0]:
        line = line.partition("#")[0]
    return line.strip()


def _withdrawn(text: str, count: int, where: str) -> set[int]:
    return {-whole_number(part, "withdrawn candidate", where, -count, -1) for part in text.split()}


def _ballots(tally: dict[str, list[int]], count: int) -> Iterable[tuple[Ranks, int]]:
    alone: dict[str, tuple[int, ...]] = {str(n): (n,) for n in range(1, count + 1)}
    for line, (times, number) in tally.items():
        parts = line.split()
        try:
            # The common ballot: whole numbers only, no candidate twice, a nought at the end.
            weight = int(parts[0])
            ranks: Ranks = tuple([alone[part] for part in parts[1:-1]])
            if parts[-1] == "0" and 0 < weight <= WEIGHT_MAX and len(set(ranks)) == len(ranks) and parts[0].isdigit():
                yield ranks, weight * times
                continue
        except (ValueError, KeyError, IndexError):
            pass
        ranks, weight = _unusual(line, count, f"line {number}")
        yield ranks, weight * times


def _unusual(line: str, count: int, where: str) -> tuple[Ranks, int]:
    parts = _MARK.sub("", _without_comment(line)).split()
    if line.lstrip().startswith("["):
        raise BadInput(
            f"'{shortened(line.strip())}' is an option of one counting program",
            where,
            "take the line out; write numbers",
        )
    if not parts or parts[-1] != "0":
        raise BadInput(
            f"the ballot '{shortened(line.strip())}' does not end with 0", where, "write weight, preferences, 0"
        )
    if len(parts) < 2:
        raise BadInput("a ballot without a weight", where, "write weight, preferences, 0")
    weight = whole_number(parts[0], "weight", where, 1)
    ranks = []
    for part in parts[1:-1]:
        if part == "-":
            continue
        ranks.append(tuple(sorted(whole_number(p, "preference", where, 1, count) for p in part.split("="))))
    check_ballot(tuple(ranks), count, where)
    return tuple(ranks), weight


def _names(lines: Iterable[tuple[int, str]], count: int, names: Sequence[str] | None) -> tuple[list[Option], str]:
    found: list[str] = []
    for _, line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        found.extend(_strings(text))
        if len(found) > count:
            break
    if names is not None and len(names) == count:
        found[:count] = names
    if len(found) < count:
        raise BadInput(
            f"{len(found)} of {count} candidates are named", "the end of the file", "the file may be cut off"
        )
    options = [Option(n, (name.strip() and name) or f"Candidate {n}") for n, name in enumerate(found[:count], start=1)]
    return options, found[count] if len(found) > count else ""


def _strings(text: str) -> list[str]:
    if not text.startswith('"'):
        return [_without_comment(text)]
    end = text.rfind('"')
    if end == 0:
        return [text[1:]]
    return [part.replace('\\"', '"') for part in re.split(r'(?<!\\)"\s+"', text[1:end])]


def write_blt(profile: Profile) -> bytes:
    """Writes a BLT file with everything the profile says of ranked ballots."""
    lines = [f"{len(profile.options)} {profile.seats or 1}"]
    withdrawn = [f"-{option.number}" for option in profile.options if option.withdrawn]
    if withdrawn:
        lines.append(" ".join(withdrawn))
    for ranks, weight in profile.ballots:
        lines.append(" ".join([str(weight), *("=".join(map(str, rank)) for rank in ranks), "0"]))
    lines.append("0")
    lines.extend(_quoted(option.name) for option in profile.options)
    lines.append(_quoted(profile.title))
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    inner = text.replace('"', '\\"')
    return f'"{inner}"'
