"""Boxes in SQLite: `boxes/<poll>.open.sqlite` while ballots are cast, `boxes/<poll>.sqlite` once it is closed.

Lives here: casting, closing, and whole boxes of polls counted elsewhere. Not here: who may cast (`engine`),
the published form of a box (`record.box`).

Invariant: marks and ballots have no link: two tables keyed by person and by commitment, without row numbers,
with what is deleted overwritten. A closed box is a file of its own, written in the order of its keys, so that
it depends on its content alone; the open box and its journals are overwritten and deleted once the closed one
is durable.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from isonomy.adapters.durable import disk, flush_folder, shred, write_whole
from isonomy.adapters.sqlite_file import APPLICATION, asking, open_reader, open_writer, transaction
from isonomy.chamber.ports import ALREADY_CAST, CAST, MARKED, NO_PAPERS, USED, BoxSize, Drop, Papers, StoreFault
from isonomy.kernel.canonical import canonical_bytes, parse_canonical
from isonomy.record.box import Ballot, check_poll
from isonomy.record.tree import root_of

FOLDER = "boxes"
OPEN, CLOSED, CLOSED_UNMARKED = 1, 2, 3
"""The standing of a box, kept as the version in its header; unmarked: who cast is not known (a poll elsewhere)."""

SCHEMA = (
    "CREATE TABLE mark (person TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE ballot (c BLOB, copy INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (c, copy)) STRICT, WITHOUT ROWID",
)
_JOURNALS = ("", "-wal", "-shm", "-journal")
_BOX = re.compile(r"(.+?)(\.open)?\.sqlite")


class SqliteBoxes:
    """The boxes of a folder; opened for writing only beside the record's lock."""

    def __init__(self, folder: Path, *, writing: bool = True) -> None:
        self._folder, self._writing = folder / FOLDER, writing
        self._connections: dict[Path, sqlite3.Connection] = {}
        self._known: dict[str, Path] = {}
        if writing:
            with disk(self._folder):
                self._folder.mkdir(exist_ok=True)

    def cast(self, poll: str, drops: Sequence[Drop]) -> list[str]:
        """Marks persons and drops ballots in one transaction."""
        if self.is_closed(poll):
            raise StoreFault(f"the box of {poll} is closed", str(self._closed_path(poll)), "no further ballot is taken")
        path = self._open_path(poll)
        fates = []
        with transaction(self._open(path), path) as connection:
            for drop in drops:
                fate = _find(connection, drop)
                fates.append(fate or CAST)
                if fate is None:
                    connection.execute("INSERT INTO mark VALUES (?)", (drop.person,))
                    connection.execute("INSERT INTO ballot VALUES (?, ?, ?)", (drop.commitment, 0, drop.ballot))
        return fates

    def find(self, poll: str, drop: Drop) -> str | None:
        """What a drop would find."""
        path = self._path(poll)
        if path is None:
            return None
        with asking(path):
            return _find(self._open(path), drop)

    def has(self, poll: str) -> bool:
        """Whether there is a box of the poll."""
        return self._path(poll) is not None

    def is_closed(self, poll: str) -> bool:
        """Whether the poll's box is closed."""
        return self._path(poll) == self._closed_path(poll)

    def measure(self, poll: str, papers: Papers = NO_PAPERS) -> BoxSize:
        """Size, root and marks of a box."""
        path = self._path(poll)
        more = [ballot.commitment() for ballot in papers.ballots]
        if path is None:
            return BoxSize(len(more), root_of(sorted(more)), len(set(papers.marked)))
        with asking(path):
            connection = self._open(path)
            connection.execute("BEGIN")
            try:
                commitments = [c for (c,) in connection.execute("SELECT c FROM ballot ORDER BY c, copy")]
                marks = connection.execute("SELECT count(*) FROM mark").fetchone()[0]
                marks += sum(not _is_marked(connection, person) for person in set(papers.marked))
            finally:
                connection.execute("COMMIT")
            unmarked = connection.execute("PRAGMA user_version").fetchone()[0] == CLOSED_UNMARKED
        commitments = sorted(commitments + more)
        return BoxSize(len(commitments), root_of(commitments), None if unmarked else marks)

    def stage(self, poll: str, papers: Papers) -> None:
        """Lays papers beside an open box, in a file of their own."""
        path = self._staged_path(poll)
        if papers == NO_PAPERS:
            shred(path)
            return
        told = {"ballots": [ballot.to_json() for ballot in papers.ballots], "marked": sorted(papers.marked)}
        write_whole(path, canonical_bytes(told), 0o600)
        flush_folder(self._folder)

    def close_box(self, poll: str) -> None:
        """Rewrites the box in the order of its keys into its closed file; deletes the open one with its journals."""
        path = self._open_path(poll)
        if not self.is_closed(poll):
            marks: list[str] = []
            rows: list[tuple[bytes, int, bytes]] = []
            if path.is_file():
                with asking(path):
                    connection = self._open(path)
                    marks = [person for (person,) in connection.execute("SELECT person FROM mark ORDER BY person")]
                    rows = connection.execute("SELECT c, copy, bytes FROM ballot ORDER BY c, copy").fetchall()
            papers = self._staged(poll)
            rows = sorted([*rows, *((ballot.commitment(), 0, ballot.to_bytes()) for ballot in papers.ballots)])
            marks = sorted({*marks, *papers.marked})
            self._write_closed(poll, rows, marks, CLOSED)
        self._disconnect(path)
        for journal in _JOURNALS:
            shred(path.with_name(path.name + journal))
        shred(self._staged_path(poll))

    def put_closed(self, poll: str, ballots: Iterable[Ballot], marked: Iterable[str] | None) -> None:
        """Stores a whole closed box, in place of one that was there."""
        rows: list[tuple[bytes, int, bytes]] = []
        for commitment, data in sorted((ballot.commitment(), ballot.to_bytes()) for ballot in ballots):
            copy = rows[-1][1] + 1 if rows and rows[-1][0] == commitment else 0
            rows.append((commitment, copy, data))
        self._write_closed(poll, rows, sorted(marked or ()), CLOSED_UNMARKED if marked is None else CLOSED)
        self.close_box(poll)

    def ballots(self, poll: str) -> list[Ballot]:
        """The ballots of a closed box."""
        path = self._needed(poll)
        with asking(path):
            rows = self._open(path).execute("SELECT bytes FROM ballot ORDER BY c, copy").fetchall()
        return [Ballot.from_json(parse_canonical(data), f"{path}: ballot {at}") for at, (data,) in enumerate(rows)]

    def marked(self, poll: str) -> list[str] | None:
        """The marked persons of a box."""
        path = self._path(poll)
        if path is None:
            return []
        with asking(path):
            connection = self._open(path)
            if connection.execute("PRAGMA user_version").fetchone()[0] == CLOSED_UNMARKED:
                return None
            return [person for (person,) in connection.execute("SELECT person FROM mark ORDER BY person")]

    def polls(self) -> list[str]:
        """The polls that have a box."""
        if not self._folder.is_dir():
            return []
        with disk(self._folder):
            found = (_BOX.fullmatch(path.name) for path in self._folder.iterdir())
            return sorted({match[1] for match in found if match is not None})

    def close(self) -> None:
        """Gives up the connections."""
        for path in list(self._connections):
            self._disconnect(path)

    def _open_path(self, poll: str) -> Path:
        return self._folder / f"{check_poll(poll, 'poll')}.open.sqlite"

    def _closed_path(self, poll: str) -> Path:
        return self._folder / f"{check_poll(poll, 'poll')}.sqlite"

    def _staged_path(self, poll: str) -> Path:
        return self._folder / f".{check_poll(poll, 'poll')}.papers"

    def _staged(self, poll: str) -> Papers:
        path = self._staged_path(poll)
        if not path.is_file():
            return NO_PAPERS
        with disk(path):
            told = parse_canonical(path.read_bytes())
        return Papers(tuple(Ballot.from_json(raw, str(path)) for raw in told["ballots"]), tuple(told["marked"]))

    def _path(self, poll: str) -> Path | None:
        """The box's file as it is now, remembered while it stays the same (the writer is one; a reader looks again)."""
        if poll in self._known:
            return self._known[poll]
        for path in (self._closed_path(poll), self._open_path(poll)):
            if path.is_file():
                if self._writing:
                    self._known[poll] = path
                return path
        return None

    def _needed(self, poll: str) -> Path:
        path = self._closed_path(poll)
        if not path.is_file():
            raise StoreFault(f"there is no closed box of {poll}", str(path), "close the poll first")
        return path

    def _open(self, path: Path) -> sqlite3.Connection:
        found = self._connections.get(path)
        if found is None:
            if path.name.endswith(".open.sqlite") and self._writing:
                found = open_writer(path, SCHEMA, OPEN, erases=True)
            elif path.name.endswith(".open.sqlite"):
                found = open_reader(path, OPEN)
            else:
                found = open_reader(path, CLOSED, CLOSED_UNMARKED)
            self._connections[path] = found
        return found

    def _disconnect(self, path: Path) -> None:
        self._known.clear()
        connection = self._connections.pop(path, None)
        if connection is not None:
            with asking(path):
                connection.close()

    def _write_closed(self, poll: str, rows: list[tuple[bytes, int, bytes]], marks: list[str], standing: int) -> None:
        """Writes the closed file aside, flushes it, and gives it its name: there is a whole closed box, or none."""
        self._known.clear()
        path = self._closed_path(poll)
        aside = path.with_name(f".{path.name}.new")
        self._disconnect(path)
        with disk(aside):
            for journal in _JOURNALS:
                aside.with_name(aside.name + journal).unlink(missing_ok=True)
        with asking(aside):
            connection = sqlite3.connect(aside, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous=FULL")
                connection.execute("BEGIN")
                for statement in SCHEMA:
                    connection.execute(statement)
                connection.executemany("INSERT INTO mark VALUES (?)", ((person,) for person in marks))
                connection.executemany("INSERT INTO ballot VALUES (?, ?, ?)", rows)
                connection.execute(f"PRAGMA application_id={APPLICATION}")
                connection.execute(f"PRAGMA user_version={standing}")
                connection.execute("COMMIT")
            finally:
                connection.close()
        with disk(path):
            aside.rename(path)
            flush_folder(self._folder)


def _is_marked(connection: sqlite3.Connection, person: str) -> bool:
    return connection.execute("SELECT 1 FROM mark WHERE person = ?", (person,)).fetchone() is not None


def _find(connection: sqlite3.Connection, drop: Drop) -> str | None:
    is_marked = _is_marked(connection, drop.person)
    is_there = connection.execute("SELECT 1 FROM ballot WHERE c = ?", (drop.commitment,)).fetchone() is not None
    if is_marked:
        return ALREADY_CAST if is_there else MARKED
    return USED if is_there else None
