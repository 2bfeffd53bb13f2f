"""The signer in a folder: the log's private key and the last head it signed.

Lives here: `signer/key` and `signer/head`. Not here: whether a head may follow another (`record.head_guard`).

Invariant: of two heads that left this folder the later continues the earlier, whatever became of the database
in between: the new head is durable in the folder before its signature is given out, and one process signs at
a time.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from isonomy.adapters.durable import disk, write_whole
from isonomy.chamber.loading import unsigned_head
from isonomy.chamber.ports import ForkRefused, PrefixRoot, StoreFault
from isonomy.kernel.bad_input import BadInput
from isonomy.record.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from isonomy.record.head_guard import refusal_to_sign
from isonomy.record.manifest import Manifest, sign_manifest
from isonomy.record.note import SignerKey, VerifierKey
from isonomy.record.signature import sign

FOLDER = "signer"
_KEY, _HEAD, _LOCK = "key", "head", "lock"
_CURE = "put the signer's latest files back; without its last head it cannot be kept from signing two histories"


class SignerFiles:
    """The signer of a folder; raises `StoreFault` or `BadInput` where key or last head are missing or damaged."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        path = self._folder / _KEY
        with disk(path):
            text = path.read_text(encoding="ascii", errors="replace")
        with _damaged(path):
            self._key = SignerKey.parse(text.removesuffix("\n"), str(path))
        self.last_note()

    @classmethod
    def make(cls, folder: Path, key: SignerKey) -> SignerFiles:
        """A new signer's folder; raises `StoreFault` where there is a key already."""
        place = folder / FOLDER
        with disk(place):
            place.mkdir(mode=0o700, exist_ok=True)
        if (place / _KEY).exists():
            raise StoreFault("there is a key already", str(place / _KEY), "a log keeps its key")
        write_whole(place / _KEY, key.text().encode() + b"\n", 0o600)
        return cls(folder)

    @property
    def key(self) -> VerifierKey:
        """The public half."""
        return self._key.verifier()

    def last(self) -> Checkpoint | None:
        """The last head signed."""
        note = self.last_note()
        return None if note is None else open_checkpoint(note, self.key, where=str(self._folder / _HEAD))[0]

    def last_note(self) -> bytes | None:
        """The last signed head as a note; raises `BadInput` when the file is not one of this key."""
        path = self._folder / _HEAD
        with disk(path):
            try:
                note = path.read_bytes()
            except FileNotFoundError:
                return None
        with _damaged(path):
            open_checkpoint(note, self.key, where=str(path))
        return note

    def sign_head(self, head: Checkpoint, prefix_root: PrefixRoot) -> bytes:
        """The signed head, which is durable in the folder before it is given out."""
        with self._alone():
            last = self.last()
            refusal = refusal_to_sign(last, head, prefix_root)
            if refusal is not None:
                raise ForkRefused(refusal.says, str(self._folder), refusal.cure)
            if last == head:
                note = self.last_note()
                assert note is not None
                return note
            note = sign_checkpoint(head, self._key)
            write_whole(self._folder / _HEAD, note)
            return note

    def sign(self, message: bytes) -> bytes:
        """The signature over a challenge."""
        return sign(self._key.seed, message)

    def sign_manifest(self, manifest: Manifest, prefix_root: PrefixRoot) -> bytes:
        """The manifest of an export as a signed note."""
        fault = unsigned_head(manifest, self.last(), prefix_root)
        if fault:
            raise ForkRefused(fault, str(self._folder), "make the export again")
        return sign_manifest(manifest, self._key)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        path = self._folder / _LOCK
        with disk(path):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


@contextmanager
def _damaged(path: Path) -> Iterator[None]:
    """Within it, what is not in form is a damaged file of the signer."""
    try:
        yield
    except BadInput as fault:
        raise StoreFault(f"the signer's file is damaged: {fault.what}", str(path), _CURE) from fault
