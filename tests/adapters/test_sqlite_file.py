"""A database file of an organisation appears whole or not at all."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from pathlib import Path

from isonomy.adapters.sqlite_file import open_reader, open_writer
from isonomy.chamber.ports import StoreFault

SCHEMA = tuple(f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY)" for number in range(20))


def test_a_reader_never_meets_a_file_that_is_half_made(tmp_path: Path) -> None:
    """Whoever votes while the first ballot of a poll makes its box must not be told that the box is no box."""
    paths = [tmp_path / f"{number}.sqlite" for number in range(20)]
    met: list[str] = []

    def read() -> None:
        for path in paths:
            while not path.is_file():
                time.sleep(0.0001)
            try:
                with closing(open_reader(path, 1)) as connection:
                    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
                    if tables != len(SCHEMA):
                        met.append(f"{path.name} has {tables} tables")
            except StoreFault as fault:
                met.append(fault.sentence())

    reading = threading.Thread(target=read)
    reading.start()
    for path in paths:
        open_writer(path, SCHEMA, 1).close()
    reading.join()
    assert met == []


def test_what_was_left_of_an_interrupted_making_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "box.sqlite"
    (tmp_path / ".box.sqlite.new").write_bytes(b"half")
    open_writer(path, SCHEMA, 1).close()
    with closing(open_reader(path, 1)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == len(SCHEMA)
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith(".")] == []
