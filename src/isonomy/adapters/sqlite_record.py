"""The record in SQLite: `record.sqlite`, one row an entry.

Lives here: appending groups and reading ranges. Not here: what entries mean, the tree over them (`chamber`).

Invariant: a group is in the file wholly or not at all, and on the disk when `append` returns; numbers have no
gap; the bytes are never changed (the signed head would not fit them any more).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from isonomy.adapters.sqlite_file import asking, open_reader, open_writer, transaction
from isonomy.adapters.writer_lock import WriterLock
from isonomy.chamber.ports import StoreFault

NAME = "record.sqlite"
VERSION = 1
SCHEMA = ("CREATE TABLE entry (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",)
_ROWS_AT_ONCE = 512


class SqliteRecord:
    """The record of a folder, made where it is not there if `makes`. The writer holds the folder's lock."""

    def __init__(self, folder: Path, *, writing: bool = True, makes: bool = True) -> None:
        self._path = folder / NAME
        self._lock = WriterLock(folder) if writing else None
        try:
            self._connection: sqlite3.Connection | None = (
                open_writer(self._path, SCHEMA, VERSION, makes=makes) if writing else open_reader(self._path, VERSION)
            )
        except StoreFault:
            if self._lock is not None:
                self._lock.release()
            raise

    @property
    def size(self) -> int:
        """How many entries are stored and durable."""
        with asking(self._path):
            last = self._open().execute("SELECT max(n) FROM entry").fetchone()[0]
        return 0 if last is None else last + 1

    def append(self, first: int, entries: Sequence[bytes]) -> None:
        """Stores entries number `first` and on in one transaction; raises `StoreFault`, and then stores none."""
        if self._lock is None:
            raise StoreFault("this record was opened for reading", str(self._path), "open it for writing")
        with transaction(self._open(), self._path) as connection:
            last = connection.execute("SELECT max(n) FROM entry").fetchone()[0]
            size = 0 if last is None else last + 1
            if first != size:
                raise StoreFault(
                    f"entry {first} does not follow the last, {size - 1}", str(self._path), "read the record again"
                )
            connection.executemany("INSERT INTO entry VALUES (?, ?)", enumerate(entries, start=first))

    def read(self, first: int = 0, after: int | None = None) -> Iterator[bytes]:
        """The entries from `first` up to but not including `after`; raises `StoreFault` for a gap in their numbers."""
        until = self.size if after is None else after
        asked = "SELECT n, bytes FROM entry WHERE n >= ? AND n < ? ORDER BY n"
        with asking(self._path):
            cursor = self._open().execute(asked, (first, until))
            number = first
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                for n, data in rows:
                    if n != number:
                        raise StoreFault(
                            f"entry {number} is missing", str(self._path), "restore a copy; an export holds every entry"
                        )
                    yield data
                    number += 1

    def close(self) -> None:
        """Gives up the connection and the lock."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._lock is not None:
            self._lock.release()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StoreFault("the record is closed", str(self._path), "open the organisation again")
        return self._connection
