"""Exports as one file: the bundle that the pages give for download, unpacked to be verified.

Lives here: unpacking a ZIP that came from anywhere. Not here: what is in it (`chamber.exporting`), whether it is right
(`chamber.verification`), making one (whoever gives the download writes the files of an export one after the other).

Invariant: nothing is written outside the folder given; a bundle that is broken, names a path twice, holds a link or is
larger than it may be is bad input and leaves nothing behind. Only the standard library is loaded.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from pathlib import Path

from isonomy.adapters.durable import disk
from isonomy.adapters.files import FILE_SIZE_MAX
from isonomy.kernel.bad_input import BadInput
from isonomy.record.manifest import CHECKPOINT_PATH, check_path

FILES_MAX = 2_000_000
TOTAL_SIZE_MAX = 64 << 30
_CHUNK = 1 << 20
_ANOTHER = "download the bundle again"


def is_bundle(path: Path) -> bool:
    """Whether a file is a ZIP."""
    return path.is_file() and zipfile.is_zipfile(path)


def unpack(path: Path, folder: Path) -> Path:
    """Unpacks a bundle below a new folder; the folder of the export in it.

    The export lies at the top of the bundle or in one folder of it. Raises `BadInput` for what is no bundle of an export.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check(members, str(path))
            with disk(folder):
                folder.mkdir(parents=True)
            for member in members:
                _write(archive, member, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError) as fault:
        raise BadInput(f"the bundle cannot be read: {fault}", str(path), _ANOTHER) from fault
    tops = [folder, *sorted(found for found in folder.iterdir() if found.is_dir())]
    heads = [top for top in tops if (top / CHECKPOINT_PATH).is_file()]
    if len(heads) != 1 or (heads[0] != folder and len(list(folder.iterdir())) != 1):
        raise BadInput(
            "this ZIP is not the bundle of one export", str(path), "it holds a folder with 'checkpoint' in it"
        )
    return heads[0]


def _check(members: list[zipfile.ZipInfo], where: str) -> None:
    if len(members) > FILES_MAX:
        raise BadInput(f"more than {FILES_MAX:,} files", where, _ANOTHER)
    if sum(member.file_size for member in members) > TOTAL_SIZE_MAX:
        raise BadInput(f"unpacked it would have more than {TOTAL_SIZE_MAX:,} bytes", where, _ANOTHER)
    seen: set[str] = set()
    for member in members:
        check_path(member.filename, where)
        if stat.S_ISLNK(member.external_attr >> 16):
            raise BadInput(f"'{member.filename[:80]}' is a link", where, "an export holds plain files")
        if member.file_size > FILE_SIZE_MAX:
            raise BadInput(f"'{member.filename[:80]}' is too large", where, "no file of an export is that large")
        if member.filename in seen:
            raise BadInput(f"'{member.filename[:80]}' stands in it twice", where, _ANOTHER)
        seen.add(member.filename)


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    """Writes one file; what is said of its size before it is unpacked is not believed."""
    place = folder / member.filename
    try:
        with disk(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as packed, place.open("xb") as plain:
                left = FILE_SIZE_MAX
                while chunk := packed.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise BadInput(f"'{member.filename[:80]}' is too large", str(folder), _ANOTHER)
                    plain.write(chunk)
    except BadInput:
        shutil.rmtree(folder, ignore_errors=True)
        raise
