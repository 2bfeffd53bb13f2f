"""The table of votes: question, matters, secrecy and polling dates that the result files of a vote do not
tell.

Lives here: the reading of `votes.csv` (its columns are told in the `SOURCES.md` beside it). Not here: the
table itself (`rulebooks/paraphrase/debian`).

Invariant: a table only adds what the files leave open; a vote that is not in it is read all the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from isonomy.adapters.importers.debian_vote import Happened
from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.kernel.calendar import parse_instant

COLUMNS = (
    "vote", "year", "question", "matters", "default", "secrecy", "opened_earliest", "opened_latest",
    "closed_earliest", "closed_latest", "precision", "known_from", "developers", "developers_known_from",
    "adopts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the table."""

    question: str | None
    matters: Mapping[int, str]
    default: int | None
    secret: bool | None
    opened: Happened | None
    closed: Happened | None
    developers: int | None = None
    developers_known_from: str = ""
    adopts: Mapping[int, str] = field(default_factory=dict)


def read_table(data: bytes, name: str = "votes.csv") -> dict[str, Told]:
    """Vote id to what the table tells; raises `BadInput` with the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadInput("not UTF-8 text", name, "save the table as UTF-8") from fault
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: dict[str, Told] = {}
    try:
        header = next(reader, [])
        for column in header:
            if column not in COLUMNS:
                raise BadInput(f"'{column[:60]}' is not a column", f"{name}:1", did_you_mean(column, list(COLUMNS)))
        if "vote" not in header:
            raise BadInput("the column 'vote' is missing", f"{name}:1", "begin with the names of the columns")
        for row in reader:
            where = f"{name}:{reader.line_num}"
            if not row:
                continue
            if len(row) != len(header):
                raise BadInput(f"{len(row)} cells under {len(header)} columns", where, "write one cell a column")
            cells = dict(zip(header, map(str.strip, row), strict=True))
            if cells["vote"] in found:
                raise BadInput(f"the vote '{cells['vote'][:60]}' stands twice", where, "keep one line")
            found[cells["vote"]] = _told(cells, where)
    except csv.Error as fault:
        raise BadInput(f"not a table: {fault}", f"{name}:{reader.line_num}", "close every quotation mark") from fault
    return found


def _told(cells: dict[str, str], where: str) -> Told:
    secrecy = cells.get("secrecy", "")
    if secrecy not in ("secret", "named", ""):
        raise BadInput(f"'{secrecy[:60]}' is not a kind of secrecy", where, "write secret or named")
    return Told(
        cells.get("question") or None,
        by_option(cells.get("matters", ""), where),
        _whole(cells.get("default", ""), where),
        {"secret": True, "named": False}.get(secrecy),
        _happened(cells, "opened", where),
        _happened(cells, "closed", where),
        _whole(cells.get("developers", ""), where),
        cells.get("developers_known_from", ""),
        by_option(cells.get("adopts", ""), where),
    )


def by_option(text: str, where: str = "") -> dict[int, str]:
    """`1: amendment; 2: resolution` as a mapping of option numbers; raises `BadInput`."""
    found: dict[int, str] = {}
    for part in filter(str.strip, text.split(";")):
        number, colon, said = part.partition(":")
        option = _whole(number.strip(), where) if colon else None
        if option is None or not said.strip() or option in found:
            raise BadInput(
                f"'{part.strip()[:60]}' does not tell of an option",
                where,
                "write it as 1: amendment; 2: resolution",
            )
        found[option] = said.strip()
    return found


def _whole(text: str, where: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:12]) > 0 and len(text) < 10):
        raise BadInput(f"'{text[:60]}' is not a number from 1", where, "write digits")
    return int(text)


def _happened(cells: dict[str, str], what: str, where: str) -> Happened | None:
    earliest, latest = cells.get(f"{what}_earliest", ""), cells.get(f"{what}_latest", "")
    if not earliest and not latest:
        return None
    if parse_instant(earliest, where) > parse_instant(latest, where):
        raise BadInput(f"it {what} later at the earliest than at the latest", where, "exchange the two")
    return Happened(earliest, latest, cells.get("precision") or "second", cells.get("known_from", ""))
