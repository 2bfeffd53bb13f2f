"""Appenders to try: in a thread of this process, or as a process of its own that can be killed.

Lives here: starting and ending them. Not here: what is sent to them.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.appender_server import AppenderServer
from tests.chamber.house import House
from tests.repo.house import CHECKOUT

NOW = "2027-01-05T09:00:00Z"
"""The instant at which an appender of its own process believes to be: a day after the club was founded."""


@contextmanager
def served(house: House) -> Iterator[AppenderServer]:
    """The house's own appender behind its socket, in a thread."""
    assert house.path is not None
    server = AppenderServer(house.path, house.appender, house.org.clock, lambda line: None)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()
        house.shut()


def process_of(folder: Path, *words: str) -> subprocess.Popen[str]:
    """`isonomy appender` on a folder, once it answers."""
    command = [sys.executable, "-m", "tests.adapters.command_at", NOW, "appender", str(folder), *words]
    process = subprocess.Popen(
        command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    client = AppenderClient(folder, 20)
    client.ping()
    client.close()
    return process
