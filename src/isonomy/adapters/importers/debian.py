"""The votes of the Debian project, read from a folder of published ballots and results.

Lives here: which files of the folder belong to a vote, and the joining of what they tell with the table of
votes. Not here: the texts of those files (`debian_results`, `counting.formats.debian_tally`) and the acts
that votes become (`debian_acts`).

The folder: `index.csv` (a line a vote: `year`, `vote`, `options` as JSON, and what is known of
`developer_count`, `winner_options`, `majority_tests`, `secret`), and for each year a folder with
`VOTE_ballots.csv` (`ballot,voter`), and where they exist `VOTE_results.txt` and quorum files.

Invariant: reading is a function of the files' bytes. Where the table of votes is missing or silent, the
matter follows from what the ballot and the result say about the majority, dates from the year, and
everything else stays unknown.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from isonomy.adapters.importers.debian_results import (
    QuorumFile,
    counted_by,
    developers_of_quorum,
    is_default_name,
    ratio_on_ballot,
    read_majority_tests,
    read_quorum_file,
    read_results,
)
from isonomy.adapters.importers.debian_table import Told, read_table
from isonomy.adapters.importers.debian_vote import (
    LEADER_ELECTION,
    DebianVote,
    Happened,
    OfficialResult,
    Paper,
    Ranks,
    VoteOption,
)
from isonomy.counting.formats.debian_tally import read_debian_csv
from isonomy.counting.formats.text import OPTION_COUNT_MAX, decoded
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.quantity import Ratio

FILE_BYTES_MAX = 64 * 1024 * 1024
VOTES_MAX = 10_000
AMENDMENT, FOUNDATION_DOCUMENT, RESOLUTION = "amendment", "foundation-document", "resolution"
OVERRIDE_COMMITTEE = "override-committee"

Read = Callable[[str], bytes | None]
"""The bytes of a file of the folder by its path in it, None when there is none."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")
_LEADER = re.compile(r"leader\d*", re.I)


def read_votes(folder: Path, table: bytes | None = None, table_name: str = "votes.csv") -> tuple[DebianVote, ...]:
    """All votes of a source folder, in order of opening.

    `table` is the table of votes, where one is at hand. Raises `BadInput` with the file and line of what
    cannot be read.
    """
    if not folder.is_dir():
        raise BadInput("there is no such folder", str(folder), "name the folder that holds index.csv")

    def read(path: str) -> bytes | None:
        file = folder / path
        try:
            if not file.is_file():
                return None
            if file.stat().st_size > FILE_BYTES_MAX:
                raise BadInput(
                    f"the file is larger than {FILE_BYTES_MAX:,} bytes",
                    str(file),
                    "is this a file of ballots?",
                )
            return file.read_bytes()
        except OSError as fault:
            raise BadInput(f"the file cannot be read: {fault.strerror}", str(file), "check its permissions") from fault

    names: dict[str, tuple[str, ...]] = {}
    for year in sorted(
        entry.name for entry in folder.iterdir() if entry.is_dir() and re.fullmatch(r"\d{4}", entry.name)
    ):
        names[year] = tuple(sorted(file.name for file in (folder / year).iterdir() if file.is_file()))
    return votes_of(read, names, read_table(table, table_name) if table is not None else {})


def votes_of(read: Read, names: Mapping[str, tuple[str, ...]], table: Mapping[str, Told]) -> tuple[DebianVote, ...]:
    """All votes, from a way to read a file and the names of the files of each year; in order of opening."""
    data = read("index.csv")
    if data is None:
        raise BadInput(
            "the folder has no index.csv",
            "index.csv",
            "name the folder with one index of votes and a folder a year",
        )
    votes = [_vote(line, read, table.get(line.id)) for line in _index(data)]
    votes = _with_rolls(votes, read, names)
    return tuple(
        sorted(votes, key=lambda vote: (vote.opened.earliest, vote.closed.earliest, vote.closed.latest, vote.id))
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the index."""

    where: str
    year: int
    name: str
    options: tuple[str, ...]
    cells: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"{self.year}_{self.name}"

    def file(self, ending: str) -> str:
        return f"{self.year}/{self.name}_{ending}"


def _index(data: bytes) -> list[_Line]:
    reader = csv.reader(io.StringIO(decoded(data), newline=""), strict=True)
    lines: list[_Line] = []
    try:
        header = next(reader, [])
        for needed in ("year", "vote", "options"):
            if needed not in header:
                raise BadInput(
                    f"the column '{needed}' is missing", "index.csv:1", "begin with the names of the columns"
                )
        for row in reader:
            where = f"index.csv:{reader.line_num}"
            if not row:
                continue
            if len(row) != len(header):
                raise BadInput(f"{len(row)} cells under {len(header)} columns", where, "write one cell a column")
            if len(lines) >= VOTES_MAX:
                raise BadInput(f"more than {VOTES_MAX:,} votes", where, "split the folder")
            lines.append(_line(dict(zip(header, map(str.strip, row), strict=True)), where))
    except csv.Error as fault:
        raise BadInput(f"not a table: {fault}", f"index.csv:{reader.line_num}", "close every quotation mark") from fault
    ids = [line.id for line in lines]
    double = next((line for number, line in enumerate(lines) if line.id in ids[:number]), None)
    if double:
        raise BadInput(f"the vote '{double.id}' stands twice", double.where, "keep one line")
    return lines


def _line(cells: dict[str, str], where: str) -> _Line:
    year, name = cells["year"], cells["vote"]
    if not re.fullmatch(r"\d{4}", year):
        raise BadInput(f"'{year[:60]}' is not a year", where, "write four digits")
    # The name becomes part of a path: nothing that could leave the folder.
    if not _NAME.fullmatch(name) or ".." in name:
        raise BadInput(f"'{name[:60]}' is not the name of a vote", where, "write letters, digits, _ and -")
    return _Line(where, int(year), name, _options(cells["options"], where), cells)


def _options(text: str, where: str) -> tuple[str, ...]:
    cure = 'write them as {"1": "Yes", "2": "Further Discussion"}'
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BadInput("the options are not JSON", where, cure) from fault
    if not isinstance(found, dict) or not found or len(found) > OPTION_COUNT_MAX:
        raise BadInput("the options are not an object of numbers and names", where, cure)
    if list(found) != [str(number) for number in range(1, len(found) + 1)]:
        raise BadInput("the options are not numbered 1, 2, 3 ...", where, cure)
    if not all(isinstance(name, str) and name.strip() for name in found.values()):
        raise BadInput("an option has no name", where, cure)
    return tuple(" ".join(name.split()) for name in found.values())


def _vote(line: _Line, read: Read, told: Told | None) -> DebianVote:
    data = read(line.file("ballots.csv"))
    if data is None:
        raise BadInput(f"the ballots of {line.id} are missing", line.file("ballots.csv"), f"{line.where} names them")
    try:
        sheet = read_debian_csv(data, line.options)
    except BadInput as fault:
        raise fault.at(line.file("ballots.csv")) from fault
    papers = tuple(Paper(_ranks(receipt.vote), receipt.vote, receipt.voter) for receipt in sheet.receipts)
    official = _official(line, read)
    default = _default(line, told)
    options = tuple(_option(number, line, default, told, official) for number in range(1, len(line.options) + 1))
    opened, closed = _times(line, told, official)
    developers, known_from = _roll_told(line, told)
    secrecy = line.cells.get("secret", "").lower()
    secret = True if secrecy == "yes" else False if secrecy.startswith("no") else None
    return DebianVote(
        line.id, line.year, line.name,
        told.question if told else None,
        options, papers, sheet.profile, opened, closed,
        told.secret if told and told.secret is not None else secret,
        official=official,
        adopts=dict(told.adopts) if told else {},
        source=line.file("ballots.csv"),
        developer_count=developers,
        developers_known_from=known_from,
    )  # fmt: skip


def _ranks(written: str) -> Ranks:
    """Ranks as written: one sign an option (`a` is 10), or apart by blanks."""
    signs = written.split() if " " in written else list(written)
    return tuple(None if sign == "-" else int(sign, 36 if sign.isalpha() else 10) for sign in signs)


def _official(line: _Line, read: Read) -> OfficialResult | None:
    """The published count: the result file, and what the index tells beyond it."""
    data = read(line.file("results.txt"))
    tests = read_majority_tests(line.cells.get("majority_tests", ""), line.where)
    winners = tuple(int(number) for number in re.findall(r"\d{1,4}", line.cells.get("winner_options", "")))
    if data is None:
        # Only the index speaks: it is an official count when it names a winner.
        return (
            OfficialResult(line.cells.get("quorum_required") or None, majority=tests, winners=winners)
            if winners
            else None
        )
    official = read_results(decoded(data), line.file("results.txt"))
    if winners and official.winners and winners != official.winners:
        what = f"the index names option {winners[0]} as winner, the result file option {official.winners[0]}"
        raise BadInput(what, line.where, "see which of the two is right")
    return replace(official, winners=official.winners or winners, majority=official.majority or tests)


def _default(line: _Line, told: Told | None) -> int:
    if told and told.default:
        if told.default > len(line.options):
            raise BadInput(
                f"there is no option {told.default}", line.where, f"the options are 1 to {len(line.options)}"
            )
        return told.default
    named = [number for number, name in enumerate(line.options, 1) if is_default_name(name)]
    return named[-1] if named else len(line.options)


def _option(number: int, line: _Line, default: int, told: Told | None, official: OfficialResult | None) -> VoteOption:
    name = line.options[number - 1]
    if number == default:
        return VoteOption(number, name, is_default=True)
    ratio, known_from = ratio_on_ballot(name), "the ballot"
    if ratio is None and official:
        tested = next((test.ratio for test in official.majority if test.option == number), None)
        ratio, known_from = tested, "the published count"
    if ratio is None:
        known_from = ""
    if told and number in told.matters:
        return VoteOption(number, name, False, told.matters[number], "the table of votes", ratio, known_from)
    matter = _matter(line, name, default, ratio)
    return VoteOption(number, name, False, matter, known_from or ("the ballot" if matter else ""), ratio, known_from)


def _matter(line: _Line, name: str, default: int, ratio: Ratio | None) -> str | None:
    """The matter, as far as the ballot and the majority asked for tell it (clauses 4.1.2 to 4.1.5, 5.2)."""
    if _LEADER.fullmatch(line.name) or line.options[default - 1].lower().startswith("none of the above"):
        return LEADER_ELECTION
    if ratio == Ratio(3, 1):
        return AMENDMENT if "constitution" in name.lower() else FOUNDATION_DOCUMENT
    if ratio == Ratio(2, 1):
        return OVERRIDE_COMMITTEE
    return RESOLUTION if ratio == Ratio(1, 1) else None


def _times(line: _Line, told: Told | None, official: OfficialResult | None) -> tuple[Happened, Happened]:
    year = Happened(f"{line.year}-01-01T00:00:00Z", f"{line.year}-12-31T23:59:59Z", "year", "the folder of the year")
    opened, closed = year, year
    if official and official.counted_at:
        latest = counted_by(official.counted_at)
        known = f"the folder of the year; start of the count in {line.file('results.txt')}"
        closed = Happened(min(year.earliest, latest), latest, "year", known)
        opened = Happened(closed.earliest, latest, "year", known)
    if told and told.opened:
        opened = told.opened
    if told and told.closed:
        closed = told.closed
    return opened, closed


def _roll_told(line: _Line, told: Told | None) -> tuple[int | None, str]:
    """The size of the roll as the index or the table tells it, and which of the two."""
    count = line.cells.get("developer_count", "")
    if count:
        if not (count.isascii() and count.isdigit() and len(count) < 10 and int(count)):
            raise BadInput(f"'{count[:60]}' is not a number of developers", line.where, "write digits")
        return int(count), "index.csv"
    return (told.developers, told.developers_known_from) if told and told.developers else (None, "")


def _with_rolls(votes: list[DebianVote], read: Read, names: Mapping[str, tuple[str, ...]]) -> list[DebianVote]:
    """The votes with the size of the roll from quorum files and from the quorum that results print."""
    return [vote if vote.developer_count else _with_roll(vote, read, names.get(str(vote.year), ())) for vote in votes]


def _with_roll(vote: DebianVote, read: Read, names: tuple[str, ...]) -> DebianVote:
    files: dict[str, QuorumFile] = {}
    for name in names:
        if name.endswith("quorum.txt"):
            found = read_quorum_file(decoded(read(f"{vote.year}/{name}") or b""))
            if found:
                files[f"{vote.year}/{name}"] = found
    own = files.get(f"{vote.year}/{vote.name}_quorum.txt") or files.get(f"{vote.year}/{vote.name}.quorum.txt")
    if own:
        return replace(vote, developer_count=own.developers, developers_known_from="its quorum file")
    figure = vote.official.quorum if vote.official else None
    if not figure:
        return vote
    # Files of 2004 and 2005 are numbered otherwise than the votes are named: the figure tells which it is.
    same = {path: found for path, found in files.items() if found.figure == figure}
    counts = {found.developers for found in same.values()}
    if len(counts) == 1:
        known_from = f"the same quorum in {' and '.join(same)}"
        return replace(vote, developer_count=counts.pop(), developers_known_from=known_from)
    count = developers_of_quorum(figure)
    return (
        replace(vote, developer_count=count, developers_known_from="the quorum printed in the result file")
        if count
        else vote
    )
