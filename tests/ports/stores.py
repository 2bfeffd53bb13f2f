"""The adapters of each port, made alike: one suite of tests holds them all to the port's promises.

Lives here: making and reopening the stores of an organisation, in memory and on disk. Not here: the promises.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from isonomy.adapters.document_files import DocumentFiles
from isonomy.adapters.memory import (
    MemoryBoxes,
    MemoryDocuments,
    MemoryFolder,
    MemoryRecord,
    MemorySigner,
    MemoryValues,
)
from isonomy.adapters.signer_files import SignerFiles
from isonomy.adapters.sqlite_boxes import SqliteBoxes
from isonomy.adapters.sqlite_record import SqliteRecord
from isonomy.adapters.sqlite_values import SqliteValues
from isonomy.chamber.ports import BoxStore, DocumentStore, RecordStore, SignerPort, ValueStore
from isonomy.record.box import Ballot
from isonomy.record.note import SignerKey

KEY = SignerKey.make("riverside.test", hashlib.sha256(b"a log").digest())


def ballot(number: int, *ranks: int) -> Ballot:
    """A ballot whose nonce follows from a number."""
    return Ballot(tuple((rank,) for rank in ranks or (1,)), nonce=hashlib.sha256(f"nonce {number}".encode()).digest())


class InMemory:
    """The stores of a folder in memory; opening again finds what was stored."""

    kind = "memory"

    def __init__(self, path: Path) -> None:
        self.folder = MemoryFolder()
        self._signer = MemorySigner(KEY)

    def record(self, *, writing: bool = True) -> RecordStore:
        return MemoryRecord(self.folder, writing=writing)

    def values(self) -> ValueStore:
        return MemoryValues(self.folder)

    def documents(self) -> DocumentStore:
        return MemoryDocuments(self.folder)

    def boxes(self) -> BoxStore:
        return MemoryBoxes(self.folder)

    def signer(self) -> SignerPort:
        return self._signer

    def bytes_at_rest(self) -> bytes:
        """Everything stored, as somebody with the disk would see it."""
        return repr(self.folder).encode()


class OnDisk:
    """The stores of a folder on disk: SQLite and plain files."""

    kind = "disk"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.path.mkdir()
        SignerFiles.make(path, KEY)

    def record(self, *, writing: bool = True) -> RecordStore:
        return SqliteRecord(self.path, writing=writing)

    def values(self) -> ValueStore:
        return SqliteValues(self.path)

    def documents(self) -> DocumentStore:
        return DocumentFiles(self.path)

    def boxes(self) -> BoxStore:
        return SqliteBoxes(self.path)

    def signer(self) -> SignerPort:
        return SignerFiles(self.path)

    def bytes_at_rest(self) -> bytes:
        """Everything stored, as somebody with the disk would see it."""
        return b"".join(path.read_bytes() for path in sorted(self.path.rglob("*")) if path.is_file())


Stores = InMemory | OnDisk
