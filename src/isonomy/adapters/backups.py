"""Backups: an organisation in one file, made beside its writer, and put back into a new folder.

Lives here: which files a backup holds, copying them at one moment of the record, and proving them whole before they
appear under their name. Not here: the archive's bytes (`backup_archive`), the verbs (`cli.backup`, `cli.restore`).

Invariant: a backup is of a head that the log signed, with all that belongs to it: every entry, value, document and closed
box, and a list of them under the log's signature. It never holds the signer, and never the box of a poll that was open:
two copies of an open box would tell who cast which ballot. What is restored is held against that list first.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from isonomy.adapters.backup_archive import Archived, pack, unpack
from isonomy.adapters.document_files import FOLDER as DOCUMENTS
from isonomy.adapters.durable import disk, flush_folder, write_whole
from isonomy.adapters.folder import stores_of
from isonomy.adapters.public_signer import FOLDER as RESTORED
from isonomy.adapters.public_signer import HEAD, KEY, MANIFEST, PublicSigner
from isonomy.adapters.sqlite_boxes import FOLDER as BOXES
from isonomy.adapters.sqlite_file import asking, fault_of
from isonomy.adapters.sqlite_record import NAME as RECORD
from isonomy.adapters.sqlite_values import NAME as VALUES
from isonomy.chamber.appender import Stores
from isonomy.chamber.casting import SECRET
from isonomy.chamber.exporting import Export
from isonomy.chamber.loading import contradiction, load
from isonomy.chamber.ports import BODY, Clock, PrefixRoot, StoreFault
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import parse_canonical
from isonomy.record.checkpoint import open_checkpoint
from isonomy.record.manifest import MANIFEST_PATH, Manifest
from isonomy.record.tree import Tree, leaf_hash

SITE = "site.sqlite"
"""The accounts and sessions of the pages, where there are pages."""
SETTLED_WITHIN_SECONDS = 10.0
"""How long the writer may take to sign, or to rewrite a box, what it has committed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds: the head it was made at, files, values, documents, closed boxes, and what it leaves out."""

    origin: str
    entries: int
    root: bytes
    made_at: str
    files: int
    size: int
    values: int
    documents: int
    boxes: tuple[str, ...]
    left_out: tuple[str, ...]
    has_site: bool


def back_up(folder: Path, file: Path, clock: Clock, *, with_site: bool = True) -> Kept:
    """Writes a backup of a folder into a file, whole or not at all, beside a writer that may be at work.

    Without the site it holds no account and no address. Sign-ins are in no backup: whoever held one could act with them.
    Raises `StoreFault` where the file is there already, lies in the folder, or the disk refuses; `ForkRefused`
    where the record is not what the log signed.
    """
    if file.exists():
        raise StoreFault("there is something already", str(file), "choose a new name; a backup replaces nothing")
    if file.absolute().parent.resolve().is_relative_to(folder.resolve()):
        raise StoreFault("the backup would lie in the organisation's own folder", str(file), "put it on another disk")
    with disk(file):
        file.absolute().parent.mkdir(parents=True, exist_ok=True)
    with _aside(file) as copy:
        stores = stores_of(folder, writing=False)
        try:
            left_out = _copy(folder, stores, copy, with_site)
        finally:
            stores.close()
        made_at = clock.now()
        kept = _proven(copy, made_at, left_out, Archived(0, 0))
        about = {"origin": kept.origin, "entries": kept.entries, "made_at": made_at, "left_out": list(left_out)}
        archived = pack(file, copy, about)
        return replace(kept, files=archived.files, size=archived.size)


def restore(file: Path, folder: Path) -> Kept:
    """Puts a backup back into a new folder, whole or not at all, after holding it against what the log signed.

    Raises `StoreFault` for a folder that holds something, `BadInput` for a file that is no whole backup.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreFault("there is something already", str(folder), "choose a new folder; nothing is written over")
    with disk(folder):
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    with _aside(folder) as copy:
        archived, about = unpack(file, copy)
        left_out = tuple(str(poll) for poll in about.get("left_out", ()))
        kept = _proven(copy, str(about.get("made_at", "")), left_out, archived)
        if (about.get("origin"), about.get("entries")) != (kept.origin, kept.entries):
            raise BadInput("the backup says another head than it holds", str(file), "take another backup")
        with disk(folder):
            for place in sorted(copy.rglob("*"), reverse=True):
                if place.is_dir():
                    flush_folder(place)
            flush_folder(copy)
            copy.rename(folder)
            flush_folder(folder.absolute().parent)
    return kept


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A folder beside a target, for its owner's eyes, which is gone afterwards unless it was given a name."""
    copy = target.absolute().with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with disk(target):
            copy.mkdir(mode=0o700)
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


# -- copying, at one moment


def _copy(folder: Path, stores: Stores, copy: Path, with_site: bool) -> tuple[str, ...]:
    """Copies what belongs to the last signed head; says which polls were open, whose boxes are left out."""
    signer = stores.signer
    note = signer.last_note()
    if note is None:
        raise StoreFault("no head of this record was signed yet", "signer", "found the organisation first")
    head = open_checkpoint(note, signer.key)[0]
    # The record goes first: what lies beside an entry was there before the entry was.
    _copy_database(folder / RECORD, copy / RECORD)
    with _writing(copy / RECORD) as connection:
        found = connection.execute("SELECT count(*) FROM entry").fetchone()[0]
        connection.execute("DELETE FROM entry WHERE n >= ?", (head.size,))
    _wait_for(lambda: (signer.last() or head).size >= found, "the last entries are not signed yet")
    if (folder / VALUES).is_file():
        _copy_database(folder / VALUES, copy / VALUES)
        with _writing(copy / VALUES) as connection:
            # Values of entries that came since belong to another backup.
            connection.execute("DELETE FROM kept WHERE size >= ?", (head.size,))
            documents = [c for (c,) in connection.execute("SELECT c FROM kept WHERE path IS NOT NULL")]
        _copy_documents(stores, copy, documents)
    (copy / RESTORED).mkdir(mode=0o700)
    write_whole(copy / RESTORED / KEY, signer.key.text().encode() + b"\n", 0o600)
    write_whole(copy / RESTORED / HEAD, note, 0o600)
    (copy / BOXES).mkdir(mode=0o700)
    copied = stores_of(copy, writing=False)
    try:
        loaded = load(copied.record.read(), head)
        fault = contradiction(loaded, copied.record, copied.signer, head)
        if fault is not None:
            raise fault
        left_out = _copy_boxes(folder, stores, loaded.state, copy)
        _list_under_signature(copied, stores, copy)
    finally:
        copied.close()
    if with_site and (folder / SITE).is_file():
        _copy_database(folder / SITE, copy / SITE)
        with _writing(copy / SITE) as connection:
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_session'").fetchone():
                connection.execute("DELETE FROM django_session")
    return left_out


def _copy_database(source: Path, target: Path) -> None:
    """A whole copy of a database as it stands at one moment, in one file without a journal."""
    address = f"{source.resolve().as_uri()}?mode=ro"
    with (
        asking(source),
        closing(sqlite3.connect(address, uri=True)) as read,
        closing(sqlite3.connect(target, isolation_level=None)) as written,
    ):
        read.backup(written)
        written.execute("PRAGMA journal_mode=DELETE")
    os.chmod(target, 0o600)


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a copy that nobody else knows of."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete=ON")
            yield connection
    except sqlite3.Error as fault:
        raise fault_of(fault, path) from fault


def _copy_documents(stores: Stores, copy: Path, commitments: list[bytes]) -> None:
    with disk(copy):
        (copy / DOCUMENTS).mkdir(mode=0o700)
    for commitment in commitments:
        data = stores.documents.get(commitment)
        if data is not None:  # erased since
            write_whole(copy / DOCUMENTS / commitment.hex(), data, 0o600)


def _copy_boxes(folder: Path, stores: Stores, state: State, copy: Path) -> tuple[str, ...]:
    """Copies the closed boxes of a state; the polls that were open."""
    opened = []
    for poll in state.polls.values():
        if poll.secrecy != SECRET:
            continue
        if poll.standing == "open":
            opened.append(poll.id)
            continue
        if not stores.boxes.has(poll.id):
            continue  # nobody cast, or its ballots were never brought
        _wait_for(partial(stores.boxes.is_closed, poll.id), f"the box of {poll.id} is not rewritten yet")
        _copy_database(folder / BOXES / f"{poll.id}.sqlite", copy / BOXES / f"{poll.id}.sqlite")
    return tuple(opened)


def _wait_for(is_so: Callable[[], bool], what: str) -> None:
    """Comes back when the writer has finished what it committed; raises `StoreFault` where it does not."""
    until = time.monotonic() + SETTLED_WITHIN_SECONDS
    while not is_so():
        if time.monotonic() > until:
            cure = "start the appender, which finishes it, and try again: isonomy appender DIR"
            raise StoreFault(what, "record", cure)
        time.sleep(0.05)


# -- proving


class _ListedByTheLog(PublicSigner):
    """What a copy knows of its log, while the log itself signs the list of what the copy holds."""

    def __init__(self, copy: Path, live: Stores) -> None:
        super().__init__(copy)
        self._live = live

    def sign_manifest(self, manifest: Manifest, prefix_root: PrefixRoot) -> bytes:
        """The list, signed as one of the record that the live stores hold by now."""

        def root_over(size: int) -> bytes:
            tree = Tree()
            tree.extend(leaf_hash(data) for data in self._live.record.read(0, size))
            return tree.root()

        return self._live.signer.sign_manifest(manifest, root_over)


def _list_under_signature(copied: Stores, live: Stores, copy: Path) -> None:
    """Lets the log sign the list of all that the copy holds, as an export for the body would list it."""
    for path, data in Export(replace(copied, signer=_ListedByTheLog(copy, live)), BODY).files():
        if path == MANIFEST_PATH:
            write_whole(copy / RESTORED / MANIFEST, data, 0o600)


def _proven(copy: Path, made_at: str, left_out: tuple[str, ...], archived: Archived) -> Kept:
    """What a copy holds, after all of it was held against the list that the log signed; raises `BadInput`."""
    stores = stores_of(copy, writing=False)
    try:
        export = Export(stores, BODY)
        for _ in export.files():
            pass  # the last one, the list, is compared with the one that was signed
        founding = parse_canonical(next(iter(stores.record.read(0, 1))))
        if founding["act"].get("vkey") != stores.signer.key.text():
            raise BadInput("the head is signed by another log than the one that was founded", str(copy))
        values = list(stores.values.all())
        return Kept(
            export.head.origin,
            stores.record.size,
            export.head.root,
            made_at,
            archived.files,
            archived.size,
            sum(kept.opening.path is None for kept in values),
            sum(kept.opening.path is not None for kept in values),
            tuple(stores.boxes.polls()),
            left_out,
            (copy / SITE).is_file(),
        )
    finally:
        stores.close()
