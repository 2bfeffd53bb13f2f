"""`isonomy doctor [DIR]`: what this machine and installation can and cannot do, with the cure.

Lives here: the list of checks and how they are shown. Not here: repairing anything.

Invariant: every check ends in words, also on a broken installation: nothing is imported before its own check,
and what is lacking names what is lost and the cure.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

FINE, LACKING, OPTIONAL = "fine", "lacking", "optional"
SPACE_MIN = 200 * 1024 * 1024
PYTHON_MIN = (3, 11)

EXAMPLE = """example:
  isonomy doctor
  isonomy doctor branch          (also what can be done in this folder)
  isonomy doctor --json
"""


class Check(NamedTuple):
    """What was looked at, how it stands (`fine`, `lacking`, `optional`), in words, and what cures it."""

    check: str
    state: str
    says: str
    cure: str = ""


def register(subparsers: Any) -> None:
    """Adds the verb `doctor` to the command line."""
    parser = subparsers.add_parser(
        "doctor",
        help="what this machine and installation can and cannot do",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", nargs="?", help="a folder to found or keep an organisation in")
    parser.add_argument("--json", action="store_true", help="a list of checks as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Looks at everything; 0 when nothing that is needed is lacking, else 2."""
    from pathlib import Path

    from isonomy.cli.printing import print_json, say

    checks = list(examine(Path(args.folder) if args.folder else None))
    lacking = [found for found in checks if found.state == LACKING]
    if args.json:
        print_json([found._asdict() for found in checks])
    else:
        width = max(len(found.check) for found in checks)
        for found in checks:
            say(f"{found.state:<8}  {found.check:<{width}}  {found.says}")
            if found.state != FINE and found.cure:
                say(f"{'':8}  {'':{width}}  cure: {found.cure}")
        say("", f"Lacking: {len(lacking)}" if lacking else "Nothing that is needed is lacking.")
    return 2 if lacking else 0


def examine(folder: Path | None) -> Iterator[Check]:
    """All checks, of the folder too where one is given."""
    yield _program()
    yield _python()
    for package, needed_for in (
        ("cryptography", "signatures"),
        ("rfc8785", "comparing canonical JSON with a second writer"),
        ("markdown-it-py", "showing the words of clauses"),
        ("rich", "tables on a terminal"),
    ):
        yield _package(package, needed_for)
    yield _numpy()
    yield _compiled()
    yield _signatures()
    yield _sqlite()
    yield _zones()
    yield _rulebooks()
    yield _processors()
    yield _encoding()
    if folder is not None:
        yield from _folder(folder)


def _program() -> Check:
    from isonomy import __file__, __version__

    return Check("program", FINE, f"isonomy {__version__} in {os.path.dirname(__file__ or '')}")


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < PYTHON_MIN:
        return Check("Python", LACKING, f"{version} is too old", "use Python 3.11 or newer")
    return Check("Python", FINE, f"{version} ({sys.executable})")


def _package(package: str, needed_for: str) -> Check:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Check(package, FINE, version(package))
    except PackageNotFoundError:
        return Check(
            package, LACKING, f"not installed; needed for {needed_for}", f"pip install {package}, or make setup"
        )


def _numpy() -> Check:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Check("numpy", FINE, f"{version('numpy')}, for counting very many ballots")
    except PackageNotFoundError:
        return Check("numpy", OPTIONAL, "not installed; large counts are slower", "pip install 'isonomy[fast]'")


def _compiled() -> Check:
    from isonomy.counting import compiled

    if compiled.machine:
        return Check("counting loops", FINE, "compiled")
    cure = "install again with a C compiler and Python's headers (Debian: gcc python3-dev), without ISONOMY_PURE"
    return Check("counting loops", OPTIONAL, f"{compiled.lacks}; large counts are slower, with the same digits", cure)


def _signatures() -> Check:
    """The first test vector of RFC 8032, section 7.1."""
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )
    try:
        from isonomy.record.signature import is_signed
    except ImportError as fault:
        return Check(
            "signatures", LACKING, f"cannot be made or checked: {fault}", "make setup, or reinstall cryptography"
        )
    if is_signed(public, b"", signature) and not is_signed(public, b"x", signature):
        return Check("signatures", FINE, "Ed25519 agrees with RFC 8032")
    return Check("signatures", LACKING, "Ed25519 does not agree with RFC 8032", "reinstall cryptography")


def _sqlite() -> Check:
    try:
        import sqlite3
    except ImportError:
        return Check(
            "SQLite", LACKING, "this Python has none; needed to keep a record (not to verify an export)",
            "install Python's sqlite3 module (Debian: libpython3-stdlib)",
        )  # fmt: skip
    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < (3, 35):
        return Check("SQLite", LACKING, f"{found} is too old", "use a Python with SQLite 3.35 or newer")
    return Check("SQLite", FINE, found)


def _zones() -> Check:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo("Europe/London")
    except (ZoneInfoNotFoundError, OSError):
        return Check(
            "time zones", LACKING, "there is no zone database", "apt-get install tzdata, or pip install tzdata"
        )
    return Check("time zones", FINE, "the zone database is there")


def _rulebooks() -> Check:
    from isonomy.cli.models import models

    found = models()
    if not found:
        return Check("rulebooks", LACKING, "no model is there for isonomy new", "install the program again, whole")
    return Check("rulebooks", FINE, f"models: {', '.join(found)}")


def _processors() -> Check:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Check("processors", FINE, f"{count}; verifying a large record uses all of them")


def _encoding() -> Check:
    found = (sys.stdout.encoding or "").lower()
    if found.replace("-", "") != "utf8":
        return Check("text", OPTIONAL, f"this terminal takes {found or 'unknown'}, not UTF-8", "export LC_ALL=C.UTF-8")
    return Check("text", FINE, "UTF-8")


def _folder(folder: Path) -> Iterator[Check]:
    import shutil

    place = folder if folder.is_dir() else folder.absolute().parent
    if folder.exists() and not folder.is_dir():
        yield Check("folder", LACKING, f"{folder} is a file", "name a folder")
        return
    if not place.is_dir():
        yield Check("folder", LACKING, f"{place} is not there", f"mkdir -p {place}")
        return
    if not os.access(place, os.W_OK | os.X_OK):
        yield Check("folder", LACKING, f"{place} cannot be written by this user", "run it as its owner, or use another")
        return
    free = shutil.disk_usage(place).free
    room = f"{free // (1024 * 1024):,} MiB free"
    if free < SPACE_MIN:
        yield Check("folder", LACKING, f"only {room} in {place}", "make room on this disk")
    else:
        yield Check("folder", FINE, f"{place} can be written, {room}")
    yield _locks(place)
    if (folder / "record.sqlite").is_file():
        yield _signer(folder)
        yield _appender(folder)


def _signer(folder: Path) -> Check:
    if (folder / "signer" / "key").is_file():
        return Check("signer", FINE, "here; what it signed last is kept beside it")
    cure = f"put the signer's folder, as it was last, back as {folder / 'signer'}"
    return Check("signer", OPTIONAL, "not here: the folder can be read and verified, and not written", cure)


def _appender(folder: Path) -> Check:
    from isonomy.adapters.local_socket import is_answered

    if is_answered(folder):
        return Check("appender", FINE, "running; commands send their acts to it")
    return Check("appender", FINE, "not running; commands write themselves, one at a time")


def _locks(place: Path) -> Check:
    import fcntl
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=place) as first:
            fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        what = f"this file system takes no locks ({fault.strerror}); two writers would not see each other"
        return Check("locks", LACKING, what, "keep the folder on a local disk")
    return Check("locks", FINE, "two writers would be kept apart")
