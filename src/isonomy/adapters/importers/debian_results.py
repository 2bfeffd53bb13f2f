"""What the Project Secretary's counting program printed: result files, quorum files, and ratios named on
the ballot.

Lives here: the reading of those texts, as Debian has printed them since 2003. Not here: which file belongs
to which vote (`debian`), ballots (`counting.formats.debian_tally`).

    Starting results calculation at Sat Jul  3 00:00:11 2004
    Option 1 Reached quorum: 293 > 45.224440295044
    Option 1 passes Majority.               3.756 (293/78) > 3
    Dropping Option 3 because of Majority.  2.903 (270/93) <= 3
    The winners are:
    \t Option 2 "Choice 2: Postpone changes until Sarge releases  [needs 3:1]"

Invariant: figures are read as they are printed and never recalculated; a line that is not understood is
passed over, a figure that contradicts another line of the same file is `BadInput`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from isonomy.adapters.importers.debian_vote import MajorityTest, OfficialResult
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.quantity import Ratio

ZONE_SPREAD = timedelta(hours=12)
"""A stamp without a zone is at most so much earlier than UTC: no civil time lags further behind."""

_STAMP = re.compile(r"Starting results calculation at (?:\w{3} )?(\w{3})\s+(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})")
_QUORUM = re.compile(
    r"Option\s*(\d{1,4}) (Reached|did not reach|Failed) quorum:?\s*(\d{1,9}) [<>]=? (\d{1,9}(?:\.\d{1,30})?)",
    re.I,
)
_MAJORITY = re.compile(
    r"(Dropping\s+)?Option\s*(\d{1,4}) (?:because of|passes) Majority\."
    r".*?\((\d{1,9})/(\d{1,9})\)\s*[<>]=?\s*(\d{1,9}(?:\.\d{1,9})?)"
)
_DROPPED = re.compile(r"Dropping\s+Option\s*(\d{1,4})\b", re.I)
_WINNERS = re.compile(r"The winners? (?:is|are):")
_OPTION = re.compile(r"\s*Option\s*(\d{1,4})\b")
_ROW = re.compile(r"Option\s*(\d{1,4})\s+(?=[\s\d]*$)")
_TOTAL = re.compile(r"total numbers? of votes tallied\s*=\s*(\d{1,9})")
_COUNT = re.compile(r"Current Developer Count\s*=\s*(\d{1,9})")
_FIGURE = re.compile(r"\(\s*3 x Q \)\s*=\s*(\d{1,9}(?:\.\d{1,30})?)")
_ASKED = re.compile(r"\[(?:needs\s+)?(\d{1,3}):(\d{1,3})(?:\s+majority)?(?:\s+(?:needed|required))?\]", re.I)
_TESTS = re.compile(r"\s*(\d{1,4}):(passes|drops|dropped|fails):(\d{1,9})/(\d{1,9})[<>]=?(\d{1,9}(?:\.\d{1,9})?)\s*")
_DEFAULT = re.compile(r"(?:choice \d+:\s*)?(further discussion|none of the above)\W*", re.I)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class QuorumFile:
    """What a quorum file says: how many developers, and the quorum figure as printed."""

    developers: int
    figure: str | None


def read_results(text: str, where: str = "") -> OfficialResult:
    """The published count; raises `BadInput` where two lines contradict each other."""
    quorum: str | None = None
    reached: dict[int, tuple[int, bool]] = {}
    majority: dict[int, MajorityTest] = {}
    dropped: list[int] = []
    for found in _QUORUM.finditer(text):
        if quorum not in (None, found[4]):
            raise BadInput(f"two quorum figures, {quorum} and {found[4]}", where, "check that the file is one result")
        quorum = found[4]
        reached[int(found[1])] = (int(found[3]), found[2].lower() == "reached")
    for line in _MAJORITY.finditer(text):
        option = int(line[2])
        ratio = ratio_of(line[5])
        majority[option] = MajorityTest(option, line[1] is None, int(line[3]), int(line[4]), ratio)
    for gone in _DROPPED.finditer(text):
        if int(gone[1]) not in dropped:
            dropped.append(int(gone[1]))
    stamp, total = _STAMP.search(text), _TOTAL.search(text)
    return OfficialResult(
        quorum,
        reached,
        tuple(majority[option] for option in sorted(majority)),
        tuple(sorted(dropped)),
        _winners(text),
        _matrix(text),
        int(total[1]) if total else None,
        _stamp(stamp, where) if stamp else None,
    )


def ratio_of(figure: str) -> Ratio:
    """The ratio N:1 of a figure such as `3` or `1.5`, in whole numbers."""
    value = Fraction(figure)
    return Ratio(value.numerator, value.denominator)


def _winners(text: str) -> tuple[int, ...]:
    found = _WINNERS.search(text)
    winners: list[int] = []
    for line in text[found.end() :].splitlines()[1:] if found else ():
        option = _OPTION.match(line)
        if not option:
            break
        winners.append(int(option[1]))
    return tuple(winners)


def _matrix(text: str) -> tuple[tuple[int | None, ...], ...]:
    """The rows of the pairwise table; nothing where its rows are not whole."""
    rows: dict[int, list[int]] = {}
    for line in text.splitlines():
        found = _ROW.match(line)
        if found:
            rows[int(found[1])] = [int(cell) for cell in line[found.end() :].split()]
    if sorted(rows) != list(range(1, len(rows) + 1)) or any(len(row) != len(rows) - 1 for row in rows.values()):
        return ()
    return tuple((*row[: number - 1], None, *row[number - 1 :]) for number, row in sorted(rows.items()))


def _stamp(found: re.Match[str], where: str) -> str:
    if found[1] not in _MONTHS:
        raise BadInput(f"'{found[1]}' is not a month", where, "write it as Jan, Feb ...")
    text = f"{found[4]}-{_MONTHS.index(found[1]) + 1:02d}-{int(found[2]):02d}T{found[3]}"
    try:
        datetime.fromisoformat(text)
    except ValueError as fault:
        raise BadInput(f"'{found[0]}' is not a time", where, "check the stamp") from fault
    return text


def counted_by(stamp: str) -> str:
    """The instant in UTC by which a count had begun whose stamp gives no zone: 12 hours after what is
    written.
    """
    return f"{(datetime.fromisoformat(stamp) + ZONE_SPREAD).isoformat()}Z"


def read_quorum_file(text: str) -> QuorumFile | None:
    """What a quorum file says, or None when it does not name the number of developers."""
    count, figure = _COUNT.search(text), _FIGURE.search(text)
    return QuorumFile(int(count[1]), figure[1] if figure else None) if count else None


def developers_of_quorum(figure: str) -> int | None:
    """The whole number whose square root times 3/2 is printed as `figure`, or None when there is none."""
    value = Fraction(figure)
    count = round(value * value * Fraction(4, 9))
    # The figure is printed to a billionth; its square tells whole numbers apart far beyond any roll.
    return count if count and abs(Fraction(9, 4) * count - value * value) < Fraction(1, 10**6) else None


def ratio_on_ballot(option: str) -> Ratio | None:
    """The ratio that an option's own text names: `[3:1 majority needed]`, `[needs 3:1]`, `[3:1]`."""
    found = _ASKED.search(option)
    return Ratio(int(found[1]), int(found[2])) if found and int(found[1]) >= int(found[2]) > 0 else None


def read_majority_tests(text: str, where: str = "") -> tuple[MajorityTest, ...]:
    """The tests of an index line: `1:passes:293/78>=3; 2:passes:339/45>=3`; raises `BadInput`."""
    tests = []
    for part in filter(str.strip, text.split(";")):
        found = _TESTS.fullmatch(part)
        if not found:
            raise BadInput(f"'{part.strip()[:60]}' is not a majority test", where, "write it as 1:passes:293/78>=3")
        tests.append(
            MajorityTest(int(found[1]), found[2] == "passes", int(found[3]), int(found[4]), ratio_of(found[5]))
        )
    return tuple(tests)


def is_default_name(option: str) -> bool:
    """Whether an option's text is one of Debian's two default options."""
    return _DEFAULT.fullmatch(option.strip()) is not None
