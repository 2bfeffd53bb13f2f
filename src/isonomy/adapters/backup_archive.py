"""The file of a backup: a tar archive of plain files, with a list of their digests in front.

Lives here: writing it whole, and reading one that came from anywhere. Not here: which files belong in it (`backups`).

Invariant: any tar can open it; this module takes out only what the list names, under names of a backup, each with the
digest and size listed, all or nothing. A file under its own name is never half written.

    isonomy-backup.json   {"about":{...},"files":{"record.sqlite":{"sha256":"...","size":45056},...},"isonomy backup":1}
    record.sqlite         the files, sorted by path
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from isonomy.adapters.durable import disk, flush_folder
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes, parse_canonical

LIST, VERSION_KEY, VERSION = "isonomy-backup.json", "isonomy backup", 1
LIST_SIZE_MAX = 256 * 1024 * 1024
_AT_ONCE = 1 << 20
_PATH = re.compile(
    r"(record|values|site)\.sqlite|boxes/[a-z0-9][a-z0-9-]{0,63}\.sqlite|documents/[0-9a-f]{64}"
    r"|restored/(head|log\.vkey|manifest)"
)
_CURE = "take another copy of the backup"


@dataclass(frozen=True, slots=True)
class Archived:
    """How many files an archive holds, and their bytes together."""

    files: int
    size: int


def pack(file: Path, folder: Path, about: Mapping[str, Json]) -> Archived:
    """Writes all files of a folder into an archive that appears whole and durable, for its owner's eyes."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    listed: dict[str, Json] = {}
    for path in paths:
        assert _PATH.fullmatch(path), path
        with disk(folder / path), open(folder / path, "rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            listed[path] = {"sha256": digest, "size": stream.tell()}
    first = canonical_bytes({VERSION_KEY: VERSION, "about": dict(about), "files": listed})
    aside = file.absolute().with_name(f".{file.name}.{os.getpid()}.part")
    with disk(file):
        try:
            with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                with tarfile.open(fileobj=out, mode="w") as archive:
                    archive.addfile(_member(LIST, len(first)), io.BytesIO(first))
                    for path in paths:
                        with open(folder / path, "rb") as stream:
                            archive.addfile(_member(path, int(listed[path]["size"])), stream)
                out.flush()
                os.fsync(out.fileno())
            os.rename(aside, file)
            flush_folder(file.absolute().parent)
        finally:
            with suppress(FileNotFoundError):
                aside.unlink()
    return Archived(len(paths), sum(int(found["size"]) for found in listed.values()))


def _member(path: str, size: int) -> tarfile.TarInfo:
    found = tarfile.TarInfo(path)
    found.size, found.mode = size, 0o600
    return found


def unpack(file: Path, folder: Path) -> tuple[Archived, dict[str, Json]]:
    """Takes the files of an archive out into an empty folder, durable; gives what it says about itself.

    Raises `BadInput` for a file that is no backup, is not whole, or holds anything that is not listed.
    """
    try:
        with disk(file), open(file, "rb") as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
            return _unpack(archive, file, folder)
    except (tarfile.TarError, EOFError, ValueError) as fault:
        if isinstance(fault, BadInput):
            raise
        raise BadInput(f"this is not a whole backup ({fault})", str(file), _CURE) from fault


def _unpack(archive: tarfile.TarFile, file: Path, folder: Path) -> tuple[Archived, dict[str, Json]]:
    first = archive.next()
    if first is None or first.name != LIST or not first.isreg() or first.size > LIST_SIZE_MAX:
        raise BadInput("this is not a backup of an organisation", str(file), "name a file that isonomy backup wrote")
    about, listed = _read_list(_content(archive, first).read(), file)
    waiting = dict(listed)
    while (member := archive.next()) is not None:
        size, digest = waiting.pop(member.name, (-1, ""))
        if not member.isreg() or member.size != size:
            raise BadInput("the backup holds what is not listed", f"{file}: {member.name[:80]}", _CURE)
        _take_out(_content(archive, member), folder / member.name, digest, f"{file}: {member.name}")
    if waiting:
        raise BadInput(f"{min(waiting)} is missing in the backup", str(file), _CURE)
    return Archived(len(listed), sum(size for size, _ in listed.values())), about


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    found = archive.extractfile(member)
    assert found is not None  # a regular file
    return found


def _read_list(data: bytes, file: Path) -> tuple[dict[str, Json], dict[str, tuple[int, str]]]:
    raw = parse_canonical(data)
    if not isinstance(raw, dict) or raw.get(VERSION_KEY) != VERSION:
        raise BadInput("this backup is of another version", str(file), "use the program that wrote it")
    about, files = raw.get("about"), raw.get("files")
    if not isinstance(about, dict) or not isinstance(files, dict):
        raise BadInput("the list of the backup is not in form", str(file), _CURE)
    listed = {}
    for path, told in files.items():
        is_told = isinstance(told, dict) and type(told.get("size")) is int and isinstance(told.get("sha256"), str)
        if not _PATH.fullmatch(path) or not is_told:
            raise BadInput("the list of the backup is not in form", f"{file}: {path[:80]}", _CURE)
        listed[path] = (told["size"], told["sha256"])
    return about, listed


def _take_out(content: IO[bytes], place: Path, digest: str, where: str) -> None:
    found = hashlib.sha256()
    with disk(place):
        place.parent.mkdir(mode=0o700, exist_ok=True)
        with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            while part := content.read(_AT_ONCE):
                found.update(part)
                out.write(part)
            out.flush()
            os.fsync(out.fileno())
    if found.hexdigest() != digest:
        raise BadInput("a file of the backup is damaged", where, _CURE)
