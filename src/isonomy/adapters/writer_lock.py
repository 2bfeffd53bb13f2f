"""The writer's lock: one process at a time writes an organisation.

Lives here: the lock file, and saying who holds it. Not here: what the writer does.

Invariant: the lock is the operating system's (flock on `writer.lock`), so it ends with the process, however
it ends; the process number in the file is for people and decides nothing.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from isonomy.adapters.durable import disk, fault_of
from isonomy.chamber.ports import StoreFault

NAME = "writer.lock"


class WriterLock:
    """The lock of a folder, held from making to `release`."""

    def __init__(self, folder: Path) -> None:
        path = folder / NAME
        with disk(path):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            holder = os.read(handle, 20).decode("ascii", "replace").strip()
            os.close(handle)
            raise _held(path, holder) from fault
        except OSError as fault:
            os.close(handle)
            raise fault_of(fault, path) from fault
        self._handle: int | None = handle
        with disk(path):
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Lets the next writer in; twice is fine."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _held(path: Path, holder: str) -> StoreFault:
    who = f"process {holder}" if holder.isdigit() else "another process"
    cure = f"wait until it has finished, or end it: kill {holder}" if holder.isdigit() else "wait until it has finished"
    return StoreFault(f"{who} is writing to this organisation", str(path), cure)
