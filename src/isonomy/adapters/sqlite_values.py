"""Personal values in SQLite: `values.sqlite`, one row a value.

Lives here: keeping, finding and erasing values with their salts. Not here: which fields are personal, who may
see them (`chamber`).

Invariant: what is erased is overwritten in the file (secure_delete) and gone from the journal, which is
emptied; values of a group that never became entries carry a size the record has not passed, and are deleted
by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from isonomy.adapters.sqlite_file import asking, open_reader, open_writer, transaction
from isonomy.chamber.ports import Kept
from isonomy.record.commitment import Opening

NAME = "values.sqlite"
VERSION = 1
SCHEMA = (
    "CREATE TABLE kept (c BLOB PRIMARY KEY, label TEXT NOT NULL, salt BLOB NOT NULL, value TEXT, path TEXT, "
    "audience TEXT NOT NULL, size INTEGER NOT NULL) STRICT, WITHOUT ROWID",
)
_COLUMNS = "c, label, salt, value, path, audience"


class SqliteValues:
    """The personal values of a folder; opened for writing only beside the record's lock."""

    def __init__(self, folder: Path, *, writing: bool = True) -> None:
        self._path = folder / NAME
        self._connection = (
            open_writer(self._path, SCHEMA, VERSION, erases=True) if writing else open_reader(self._path, VERSION)
        )
        if writing:
            self._empty_journal()

    def put(self, values: Iterable[Kept], size: int) -> None:
        """Keeps values for a group to be appended at `size`."""
        rows = [
            (o.commitment, o.label, o.salt, o.value, o.path, kept.audience, size)
            for kept in values
            for o in (kept.opening,)
        ]
        with transaction(self._connection, self._path) as connection:
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def drop_unentered(self, size: int) -> int:
        """Deletes the values of groups that were never appended."""
        with transaction(self._connection, self._path) as connection:
            dropped = connection.execute("DELETE FROM kept WHERE size >= ?", (size,)).rowcount
        if dropped:
            self._empty_journal()
        return dropped

    def get(self, commitment: bytes) -> Kept | None:
        """The value behind a commitment."""
        with asking(self._path):
            row = self._connection.execute(f"SELECT {_COLUMNS} FROM kept WHERE c = ?", (commitment,)).fetchone()
        return None if row is None else _kept(row)

    def all(self) -> Iterator[Kept]:
        """Every value, in order of commitment."""
        with asking(self._path):
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM kept ORDER BY c").fetchall()
        return map(_kept, rows)

    def erase(self, commitment: bytes) -> bool:
        """Overwrites and deletes value and salt."""
        with transaction(self._connection, self._path) as connection:
            erased = connection.execute("DELETE FROM kept WHERE c = ?", (commitment,)).rowcount
        if erased:
            self._empty_journal()
        return bool(erased)

    def close(self) -> None:
        """Gives up the connection."""
        self._connection.close()

    def _empty_journal(self) -> None:
        """Moves all into the file and cuts the journal to nothing; a reader in its way delays it to the next time."""
        with asking(self._path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _kept(row: tuple[bytes, str, bytes, str | None, str | None, str]) -> Kept:
    commitment, label, salt, value, path, audience = row
    return Kept(Opening(commitment, label, salt, value, path), audience)


def is_there(folder: Path) -> bool:
    """Whether a folder keeps personal values."""
    return (folder / NAME).is_file()
