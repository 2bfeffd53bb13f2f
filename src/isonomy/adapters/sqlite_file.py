"""SQLite files: how every database of an organisation is opened, written to and read.

Lives here: connections for the writer and for readers, transactions that are durable when they end, and
SQLite's refusals in words. Not here: tables and what they hold (`sqlite_record`, `sqlite_values`,
`sqlite_boxes`).

Invariant: the writer's connection alone writes and checkpoints (WAL, synchronous FULL); readers open the file
read-only and see whole transactions. A file of another kind or version is never written to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from isonomy.adapters.durable import disk, flush_folder
from isonomy.chamber.ports import StoreFault

APPLICATION = 0x49534E4D
"""The mark in the file's header that says it is one of ours ("ISNM")."""

_FULL, _READONLY, _IOERR, _CANTOPEN, _BUSY = 13, 8, 10, 14, 5
_CURES = {
    _FULL: ("the disk is full", "make room and try again"),
    _READONLY: ("the file cannot be written", "run it as the owner of the folder, on a disk that can be written"),
    _IOERR: ("the disk refuses: full, read-only or at fault", "make room or check the disk, and try again"),
    _CANTOPEN: ("the file cannot be opened", "check the path, its owner, and whether the folder can be written"),
    _BUSY: ("another program holds the file", "close that program and try again"),
}


def fault_of(fault: sqlite3.Error, path: Path) -> StoreFault:
    """What SQLite refused, in words, with the cure."""
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code in _CURES:
        what, cure = _CURES[code]
        return StoreFault(what, str(path), cure)
    return StoreFault(
        f"the file is damaged or not one of ours ({fault})", str(path), "restore a copy; an export holds every entry"
    )


@contextmanager
def asking(path: Path) -> Iterator[None]:
    """Within it, what SQLite refuses becomes a `StoreFault`."""
    try:
        yield
    except sqlite3.Error as fault:
        raise fault_of(fault, path) from fault


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction: all of it durable when it ends, or none of it and a `StoreFault`."""
    with asking(path):
        connection.execute("BEGIN IMMEDIATE")
        done = False
        try:
            yield connection
            connection.execute("COMMIT")
            done = True
        finally:
            if not done and connection.in_transaction:
                connection.execute("ROLLBACK")


def open_writer(
    path: Path, schema: tuple[str, ...], version: int, *, makes: bool = True, erases: bool = False
) -> sqlite3.Connection:
    """The writing connection of a database; raises `StoreFault`.

    Where the file is not there it is made with `schema` if `makes`, else it is a fault. With `erases`, what
    is deleted is overwritten.
    """
    if not makes and not path.is_file():
        raise _nothing_here(path)
    with asking(path):
        is_new = not path.exists()
        if is_new:
            _make(path, schema, version)
        connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            if erases:
                connection.execute("PRAGMA secure_delete=ON")
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if makes and not found and not tables:
                _lay_out(connection, schema, version)
            else:
                _check_kind(connection, path, version)
        except (sqlite3.Error, StoreFault):
            connection.close()
            raise
        if is_new:
            with disk(path):
                flush_folder(path.parent)
        return connection


def _make(path: Path, schema: tuple[str, ...], version: int) -> None:
    """Makes the file aside and moves it to its place, so that no reader meets one that is half made."""
    aside = path.with_name(f".{path.name}.new")
    aside.unlink(missing_ok=True)
    with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        _lay_out(connection, schema, version)
    aside.rename(path)


def _lay_out(connection: sqlite3.Connection, schema: tuple[str, ...], version: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in schema:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute(f"PRAGMA user_version={version}")
    connection.execute("COMMIT")


def open_reader(path: Path, *versions: int) -> sqlite3.Connection:
    """A connection that reads and cannot write; raises `StoreFault` where there is no such file or it is another's."""
    if not path.is_file():
        raise _nothing_here(path)
    with asking(path):
        connection = _reading(path, "mode=ro")
        try:
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.OperationalError as fault:
                # In a folder that cannot be written a WAL file without content cannot be opened as one
                # (sqlite.org/wal.html, "Read-Only Databases"); nobody can be writing there, so the file is
                # read as it lies.
                journal = path.with_name(path.name + "-wal")
                if fault.sqlite_errorcode & 0xFF not in (_CANTOPEN, _READONLY) or _has_content(journal):
                    raise
                connection.close()
                connection = _reading(path, "mode=ro&immutable=1")
            _check_kind(connection, path, *versions)
        except (sqlite3.Error, StoreFault):
            connection.close()
            raise
        return connection


def _nothing_here(path: Path) -> StoreFault:
    return StoreFault("there is no organisation here", str(path), "check the folder, or found one: isonomy new DIR")


def _reading(path: Path, options: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.resolve()))}?{options}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=10, check_same_thread=False)


def _has_content(path: Path) -> bool:
    with disk(path):
        return path.exists() and path.stat().st_size > 0


def _check_kind(connection: sqlite3.Connection, path: Path, *versions: int) -> None:
    kind = connection.execute("PRAGMA application_id").fetchone()[0]
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if kind != APPLICATION:
        raise StoreFault("this is not a file of an organisation", str(path), "check the folder")
    if found not in versions:
        raise StoreFault(
            f"the file is of version {found}, this program reads {versions[-1]}", str(path), "use the newer program"
        )
