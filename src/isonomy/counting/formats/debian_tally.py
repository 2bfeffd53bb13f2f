"""Debian tally sheets: the votes as the Project Secretary publishes them.

Lives here: the sheet of `V:` lines in its layouts since 2002, and the two-column CSV `ballot,voter` of the
same votes. Not here: the rule (`debian_2003`, `debian_1998`).

    Option 1---->: Choice 1: Postpone changes
   /  Option 2--->: Further discussion
   |/
    V: 12	          login	Name         (public vote)
    V: -1 		5de2d9bdec162e7ad7d475f7a3a912e0   (secret vote: a digest of login and token)

Readings: one character an option, `1` to `9`, then letters (`a` is 10) when there are more than nine options;
or ranks apart by blanks; `-` is not ranked; only the order of ranks counts. The last header line may carry
the pipes of the drawing after its name: they are no part of it. A sheet without header names its options
`Option 1` and so on. Text around the sheet is passed over; a line that begins like a vote and is none is
refused.

Invariant: every `V:` line is one ballot with weight 1 before merging, and one receipt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from isonomy.counting.ballot import Profile, Ranks, merge, options_named, ranks_from_positions
from isonomy.counting.formats.text import check_option_count, csv_cells, decoded, numbered_lines, shortened
from isonomy.counting.values import value
from isonomy.kernel.bad_input import BadInput

_HEADER = re.compile(r"[\s|/\\]*Option\s+(\d{1,4})\s?-*(?:>|&gt;):\s?(.*)")
_VOTE = re.compile(r"\s*V:(.*)", re.DOTALL)
_LIKE_A_VOTE = re.compile(r"\s*[Vv]\s*[:;]?\s*[-0-9]+(?:\s|$)")
_UNRANKED = "-"


@value
class Receipt:
    """One line of a sheet: where it stands, the vote as written, and what follows it (login and name, or a
    digest)."""

    line: int
    vote: str
    voter: str


@value
class TallySheet:
    """The ballots of a sheet and its lines one by one."""

    profile: Profile
    receipts: tuple[Receipt, ...]


def read_debian_tally(data: bytes, names: Sequence[str] | None = None) -> TallySheet:
    """Reads a tally sheet; `names` replaces the names of its header. Raises `BadInput` with the line that
    cannot be read."""
    header: list[str] = []
    votes: list[tuple[Ranks, int]] = []
    receipts: list[Receipt] = []
    for number, line in numbered_lines(decoded(data)):
        found = _VOTE.match(line)
        if found:
            count = len(names or header) or None
            vote, voter, ranks = _vote(found[1], count, f"line {number}")
            if not (names or header) and receipts and len(vote) != len(receipts[0].vote):
                raise BadInput("this vote has another length than the first one", f"line {number}", "check the line")
            votes.append((ranks, 1))
            receipts.append(Receipt(number, vote, voter))
        elif (found := _HEADER.match(line)) and not receipts:
            if int(found[1]) != len(header) + 1:
                raise BadInput(
                    f"option {found[1]} follows option {len(header)}",
                    f"line {number}",
                    "list the options in order",
                )
            # A sheet saved as a page has its signs escaped.
            name = _without_drawing(found[2])
            header.append(unescape(name) if "&gt;:" in line else name)
            check_option_count(len(header), f"line {number}")
        elif (receipts or header) and _LIKE_A_VOTE.match(line):
            raise BadInput(
                f"'{shortened(line.strip())}' begins like a vote and is none",
                f"line {number}",
                "votes begin with 'V: '",
            )
    if not header and not receipts:
        raise BadInput(
            "no line 'V: ...' and no 'Option 1--->: ...': not a Debian tally sheet",
            "line 1",
            "name another --format",
        )
    shown = list(names or header) or [f"Option {n}" for n in range(1, len(receipts[0].vote) + 1)]
    return TallySheet(Profile(options_named(shown), merge(votes)), tuple(receipts))


def read_debian_csv(data: bytes, names: Sequence[str] | None = None) -> TallySheet:
    """Reads the CSV form, header `ballot,voter`; options are called `Option N` unless `names` are given."""
    votes: list[tuple[Ranks, int]] = []
    receipts: list[Receipt] = []
    for number, line in numbered_lines(decoded(data)):
        if number == 1 or not line.strip():
            continue
        where = f"line {number}"
        cells = csv_cells(line, where)
        if names:
            count = len(names)
        else:
            count = len(receipts[0].vote) if receipts else len(cells[0].strip())
        vote, _, ranks = _vote(cells[0], count, where)
        votes.append((ranks, 1))
        receipts.append(Receipt(number, vote, ",".join(cells[1:]).strip()))
    if not receipts:
        raise BadInput("the file has no ballots", "line 1", "check that it is complete")
    shown = list(names or ()) or [f"Option {n}" for n in range(1, len(receipts[0].vote) + 1)]
    check_option_count(len(shown), "line 1")
    return TallySheet(Profile(options_named(shown), merge(votes)), tuple(receipts))


def _without_drawing(name: str) -> str:
    """A name without the pipes and the slash of the drawing that the last line of a header carries."""
    name = name.rstrip()
    bare = name.removesuffix("/").rstrip("|") if name.endswith("/") else name
    return bare.rstrip() if bare != name and bare[-1:].isspace() else name


def _vote(text: str, option_count: int | None, where: str) -> tuple[str, str, Ranks]:
    parts = text.split(None, 1)
    if not parts:
        raise BadInput("a vote without ranks", where, "write a rank or - for each option")
    vote, rest = parts[0], parts[1].strip() if len(parts) > 1 else ""
    if option_count is not None and len(vote) != option_count:
        apart = text.split(None, option_count)
        marks = apart[:option_count]
        if len(marks) == option_count and all(mark == _UNRANKED or mark.isdigit() for mark in marks):
            places = {n: int(mark) for n, mark in enumerate(marks, 1) if mark != _UNRANKED and len(mark) < 5}
            return (
                " ".join(marks),
                (apart[option_count].strip() if len(apart) > option_count else ""),
                ranks_from_positions(places),
            )
        raise BadInput(
            f"the vote '{shortened(vote)}' has {len(vote)} places for {option_count} options",
            where,
            "one place an option",
        )
    places = {}
    for number, mark in enumerate(vote, 1):
        if mark == _UNRANKED:
            continue
        places[number] = _rank(mark, len(vote), where)
    return vote, rest, ranks_from_positions(places)


def _rank(mark: str, option_count: int, where: str) -> int:
    if mark in "123456789":
        return int(mark)
    if option_count > 9 and mark.isascii() and mark.isalpha():
        return int(mark, 36)
    raise BadInput(f"'{mark}' is not a rank", where, "write 1 to 9, or - for not ranked")


def read_tally_profile(data: bytes, names: Sequence[str] | None = None) -> Profile:
    """The profile of a tally sheet, without receipts."""
    return read_debian_tally(data, names).profile


def read_csv_profile(data: bytes, names: Sequence[str] | None = None) -> Profile:
    """The profile of the CSV form, without receipts."""
    return read_debian_csv(data, names).profile
