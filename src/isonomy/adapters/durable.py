"""Durable: files that are either wholly there or not at all, also after the power went.

Lives here: writing a small file whole, making a folder's entries durable, deleting what must not be read
again, and saying in words why the disk refused. Not here: what is in the files.

Invariant: a file under its own name is never half written: it is written aside, flushed, then renamed, and
the folder is flushed (POSIX rename).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from isonomy.chamber.ports import StoreFault

_CURES = {
    errno.ENOSPC: ("the disk is full", "make room and try again"),
    errno.EDQUOT: ("the disk quota is used up", "make room and try again"),
    errno.EFBIG: ("the file would grow beyond what is allowed here", "raise the limit on file sizes and try again"),
    errno.EROFS: ("this is a read-only disk", "put the folder on a disk that can be written"),
    errno.EACCES: ("this may not be written or read by this user", "run it as the owner of the folder"),
    errno.EPERM: ("this may not be written or read by this user", "run it as the owner of the folder"),
    errno.EIO: ("the disk reports an error", "check the disk; restore a copy if it is damaged"),
    errno.ENOENT: ("this is not there", "check the path"),
    errno.ENOTDIR: ("this is not there", "check the path"),
    errno.EISDIR: ("this is a folder, not a file", "check the path"),
}


def fault_of(fault: OSError, where: Path | str) -> StoreFault:
    """What the operating system refused, in words, with the cure."""
    what, cure = _CURES.get(fault.errno or 0, (f"the system says: {fault.strerror or fault}", ""))
    return StoreFault(what, str(where), cure)


@contextmanager
def disk(where: Path | str) -> Iterator[None]:
    """Within it, what the operating system refuses becomes a `StoreFault`."""
    try:
        yield
    except OSError as fault:
        raise fault_of(fault, where) from fault


def flush_folder(folder: Path) -> None:
    """Makes names in a folder durable: new files, renames, deletions."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Writes a file whole and durable, in place of one that was there; raises `StoreFault`."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    with disk(path):
        try:
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(handle, rest) :]
                os.fsync(handle)
            finally:
                os.close(handle)
            os.rename(aside, path)
        except OSError:
            aside.unlink(missing_ok=True)
            raise
        flush_folder(path.parent)


def shred(path: Path) -> bool:
    """Overwrites a file with zeros, flushes and deletes it; whether there was one. What the disk keeps aside stays."""
    with disk(path):
        try:
            handle = os.open(path, os.O_WRONLY)
        except FileNotFoundError:
            return False
        try:
            rest = os.fstat(handle).st_size
            while rest > 0:
                rest -= os.write(handle, bytes(min(rest, 1 << 20)))
            os.fsync(handle)
        finally:
            os.close(handle)
        path.unlink()
        flush_folder(path.parent)
        return True
