"""Local sockets: the appender's address in the folder of an organisation, and whole frames over a connection.

Lives here: listening and connecting under a path of any length, sending and receiving frames. Not here: what
the frames say (`chamber.wire`), who judges (`appender_server`).

Invariant: only the owner of the folder can connect (the socket is 0600, the folder 0700). A frame arrives whole,
or the connection counts as broken.
"""

from __future__ import annotations

import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from isonomy.chamber.wire import LENGTH_SIZE, length_of

NAME = "appender.sock"
ADDRESS_SIZE_MAX = 100
"""Paths of sockets end after 104 bytes on macOS and 108 on Linux (unix(7)); longer ones get a short way in."""
_AT_ONCE = 1 << 20


class Broken(ConnectionError):
    """The other side has gone, or did not send in time."""


@contextmanager
def _address(folder: Path) -> Iterator[str]:
    """A path to the folder's socket that is short enough: its own, or one through a link that lives as long as this."""
    direct = str(folder.absolute() / NAME)
    if len(os.fsencode(direct)) <= ADDRESS_SIZE_MAX:
        yield direct
        return
    # The limit is on the words of the path, not on where it leads.
    with tempfile.TemporaryDirectory(prefix="iso") as short:
        link = Path(short) / "d"
        link.symlink_to(folder.absolute(), target_is_directory=True)
        yield str(link / NAME)


def listening(folder: Path, backlog: int) -> socket.socket:
    """A socket that listens in the folder, in place of one that a dead appender left. Only the writer may call this."""
    (folder / NAME).unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        before = os.umask(0o177)
        try:
            with _address(folder) as address:
                listener.bind(address)
        finally:
            os.umask(before)
        listener.listen(backlog)
    except OSError:
        listener.close()
        raise
    return listener


def connected(folder: Path, seconds: float) -> socket.socket:
    """A connection to the folder's appender; raises `OSError` where none listens."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        with _address(folder) as address:
            connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection


def is_answered(folder: Path) -> bool:
    """Whether an appender listens in the folder."""
    if not (folder / NAME).exists():
        return False
    try:
        connected(folder, 1.0).close()
    except OSError:
        return False
    return True


def receive(connection: socket.socket, until: float | None = None) -> bytes | None:
    """The next frame without its length; None where the other side has ended between frames.

    `until` is an instant of the monotonic clock. Raises `Broken`, and `BadInput` for a length that is not taken.
    """
    prefix = _exactly(connection, LENGTH_SIZE, until)
    if not prefix:
        return None
    data = _exactly(connection, length_of(prefix), until)
    if not data:
        raise Broken("the connection broke off within a frame")
    return data


def _exactly(connection: socket.socket, size: int, until: float | None) -> bytes:
    """So many bytes; none where the connection ended before the first."""
    found = bytearray()
    while len(found) < size:
        wait_until(connection, until)
        try:
            part = connection.recv(min(size - len(found), _AT_ONCE))
        except TimeoutError as fault:
            raise Broken("no answer in time") from fault
        if not part:
            if found:
                raise Broken("the connection broke off within a frame")
            return b""
        found += part
    return bytes(found)


def wait_until(connection: socket.socket, until: float | None) -> None:
    """Lets the next call on a connection wait no longer than to an instant of the monotonic clock."""
    if until is not None:
        left = until - time.monotonic()
        if left <= 0:
            raise Broken("no answer in time")
        connection.settimeout(left)
