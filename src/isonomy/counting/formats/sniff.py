"""Which format a ballot file has, and the one door for reading and writing ballots.

Lives here: the table of formats and their recognition by content, then by suffix. Not here: the formats.

Invariant: a file is read by exactly one format; what no format recognises is `BadInput` that lists them. A
format's code is loaded when it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module

from isonomy.counting.ballot import Profile
from isonomy.counting.collector import paused_collector
from isonomy.counting.formats.text import decoded
from isonomy.counting.values import value
from isonomy.kernel.bad_input import BadInput, did_you_mean

_HEAD_SIZE = 20_000


@value
class Format:
    """A ballot format: its name, suffixes, the pattern of its content, and its module with `read_NAME` and
    `write_NAME`."""

    name: str
    suffixes: tuple[str, ...]
    pattern: str
    module: str
    word: str
    writes: bool = True

    def recognises(self, head: str) -> bool:
        """Whether the beginning of a file looks like this format."""
        return bool(self.pattern) and re.search(self.pattern, head, re.MULTILINE) is not None

    def function(self, verb: str) -> Callable[..., Profile | bytes]:
        """`read` or `write` of the format, loaded now."""
        module = import_module(f"isonomy.counting.formats.{self.module}")
        found: Callable[..., Profile | bytes] = getattr(module, f"{verb}_{self.word}")
        return found


# The head comes without leading blanks. No pattern can match one stretch of blanks in two ways: a hostile file must not
# send the search in circles.
_ABIF = (
    r"^[ \t]*\d+[ \t]*:[ \t]*(?:\[[^\]\n]*\]|[A-Za-z_\"][^>=,/\n]*)(?:[>=,/]|$)"
    r"|^=[ \t]*[^\s:][^:\n]*:"
)
_PREFLIB = (
    r"\A#[ \t]*(?:FILE NAME|TITLE|DATA TYPE|NUMBER ALTERNATIVES|ALTERNATIVE NAME)\b"
    r"|\A\d+[ \t]*\n1[ \t]*,"
)
_BLT = r"\A(?:#[^\n]*\n\s*)*\d+[ \t]+\d+[ \t]*(?:#[^\n]*)?$"

_PACKED = b"isonomy ballots\n"

FORMATS: tuple[Format, ...] = (
    Format("packed", (".ballots",), "", "packed", "packed"),
    # The two whose first line is numbers alone come first: they are told by that line.
    Format("scottish", (), r"\A\d+[ \t]*,[ \t]*\d+[ \t,]*$", "scottish", "scottish"),
    Format("blt", (".blt",), _BLT, "blt", "blt"),
    Format(
        "debian-tally",
        (".txt",),
        r"^[ \t]*V:\s|^[ \t|/]*Option[ \t]+1[ \t]?-+>:",
        "debian_tally",
        "tally_profile",
        False,
    ),
    Format("debian-csv", (), r"\Aballot,voter[ \t]*$", "debian_tally", "csv_profile", False),
    Format("pabulib", (".pb",), r"\AMETA[ \t;]*$", "pabulib", "pabulib"),
    Format("preflib", (".soc", ".soi", ".toc", ".toi"), _PREFLIB, "preflib", "preflib"),
    Format("abif", (".abif",), _ABIF, "abif", "abif"),
    Format("csv", (".csv",), r"\A[^\n,;\t]*[,;\t][^\n]*\n", "table", "table"),
    Format("csv-scores", (), "", "table", "score_table", False),
)


def format_names() -> list[str]:
    """The names that `read_ballots` takes as `format`."""
    return [found.name for found in FORMATS]


def format_of(data: bytes, name: str = "") -> Format:
    """The format of a file by its content, else by the suffix of its name; raises `BadInput` when neither
    tells."""
    if data.startswith(_PACKED):
        return FORMATS[0]
    if not data[:_HEAD_SIZE].strip() and not data.strip():
        raise BadInput("the file is empty", name, "check that it was written completely")
    head = decoded(data[:_HEAD_SIZE]).replace("\r\n", "\n").replace("\r", "\n").lstrip()
    by_suffix = [found for found in FORMATS if any(name.lower().endswith(suffix) for suffix in found.suffixes)]
    for found in FORMATS:
        # A suffix that is a format's own comes before the open pattern of tables.
        if found.recognises(head) and not (found.name == "csv" and by_suffix and by_suffix[0].name != "csv"):
            return found
    if len(by_suffix) == 1:
        return by_suffix[0]
    raise BadInput("no ballot format is recognised", name, f"name it with --format: {', '.join(format_names())}")


def _named(name: str) -> Format:
    for found in FORMATS:
        if found.name == name:
            return found
    raise BadInput(f"there is no ballot format '{name}'", "", did_you_mean(name, format_names()))


def read_ballots(
    data: bytes, name: str = "", format: str | None = None, names: Sequence[str] | None = None, kind: str = "ranks"
) -> Profile:
    """The options and merged ballots of a ballot file.

    `name` helps by its suffix and stands in messages; `format` forces one of `format_names()`; `names`
    replaces the names of the options where the file has none; `kind` says whether the whole numbers of a CSV
    are `ranks` or `scores`. Raises `BadInput` with the line that cannot be read. Source: spec counting,
    section 7.
    """
    chosen = _named(format) if format else format_of(data, name)
    if chosen.name == "csv" and kind == "scores":
        chosen = _named("csv-scores")
    try:
        with paused_collector():
            profile = chosen.function("read")(data, names)
    except BadInput as fault:
        raise (fault.at(name) if name else fault) from fault
    assert isinstance(profile, Profile)
    return profile


def write_ballots(profile: Profile, format: str) -> bytes:
    """The bytes of a ballot file; raises `BadInput` when the format is not written or cannot say what the
    profile holds."""
    chosen = _named(format)
    if not chosen.writes:
        raise BadInput(f"{format} is not written", "", f"choose {', '.join(f.name for f in FORMATS if f.writes)}")
    data = chosen.function("write")(profile)
    assert isinstance(data, bytes)
    return data
