"""Exports as folders: writing one whole, and reading one that came from anywhere.

Lives here: the folder of static files that anyone can serve, copy and verify. Not here: what is in it
(`chamber.exporting`), whether it is right (`chamber.verification`).

Invariant: a folder of an export is complete or is not there; reading follows no link out of it. This module
loads neither a database nor a framework, so that a stranger's verification does not either.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from isonomy.adapters.durable import disk, flush_folder
from isonomy.chamber.ports import StoreFault
from isonomy.record.manifest import CHECKPOINT_PATH, MANIFEST_PATH, check_path

FILE_SIZE_MAX = 1 << 30


def write_export(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Writes an export into a new folder, or in place of an earlier export; says how many files it has.

    Raises `StoreFault` for a folder that holds something else, and when the disk refuses: then nothing is
    left behind.
    """
    if folder.exists() and not is_export(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreFault("there is something else already", str(folder), "choose a new folder")
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    before = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    count = 0
    try:
        with disk(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            aside.mkdir()
        for path, data in files:
            check_path(path, str(folder))
            place = aside / path
            with disk(folder / path):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            count += 1
        with disk(folder):
            if folder.exists():
                folder.rename(before)
            aside.rename(folder)
            flush_folder(folder.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)
    return count


def is_export(folder: Path) -> bool:
    """Whether a folder looks like an export: it has a head and a manifest."""
    return (folder / CHECKPOINT_PATH).is_file() and (folder / MANIFEST_PATH).is_file()


class ExportFolder:
    """The files of an exported folder, to be read; it can be sent to another process."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise StoreFault("there is no such folder", str(folder), "give the folder of an export or an organisation")
        self.folder = folder.resolve()

    def __call__(self, path: str) -> bytes | None:
        """The bytes at a path of the export; None where there is no plain file; raises `StoreFault`."""
        place = self.folder / path
        with disk(place):
            if not place.parent.resolve().is_relative_to(self.folder):
                return None
            try:
                handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                return None
            except OSError:
                if place.is_symlink():
                    return None
                raise
            try:
                found = os.fstat(handle)
                if not stat.S_ISREG(found.st_mode):
                    return None
                if found.st_size > FILE_SIZE_MAX:
                    says = f"the file has {found.st_size:,} bytes"
                    raise StoreFault(says, str(place), "no file of an export is that large")
                with os.fdopen(handle, "rb", closefd=False) as file:
                    return file.read()
            finally:
                os.close(handle)

    def paths(self) -> Iterator[str]:
        """Every file in the folder, as its path there; links and other things count as files that cannot be read."""
        for root, folders, names in os.walk(self.folder):
            links = [name for name in folders if (Path(root) / name).is_symlink()]
            folders[:] = sorted(set(folders) - set(links))
            for name in sorted([*names, *links]):
                yield (Path(root) / name).relative_to(self.folder).as_posix()
