"""The public half of a signer, in a folder that was restored without it: what the log signed last, and no key.

Lives here: `restored/log.vkey`, `restored/head` and `restored/manifest`. Not here: signing (`signer_files`).

Invariant: it vouches for nothing that the log's key did not sign, and signs nothing: a folder that has this one alone
can be read and verified, and not written.
"""

from __future__ import annotations

from pathlib import Path

from isonomy.adapters.durable import disk
from isonomy.chamber.ports import PrefixRoot, StoreFault
from isonomy.kernel.bad_input import BadInput
from isonomy.record.checkpoint import Checkpoint, open_checkpoint
from isonomy.record.manifest import Manifest, open_manifest
from isonomy.record.note import VerifierKey

FOLDER = "restored"
KEY, HEAD, MANIFEST = "log.vkey", "head", "manifest"


class PublicSigner:
    """What a restored folder knows of its log; raises `BadInput` or `StoreFault` where that is not in form."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._key = VerifierKey.parse(self._read(KEY).decode("ascii", "replace").removesuffix("\n"), str(folder))
        self._note = self._read(HEAD)
        self._head = open_checkpoint(self._note, self._key, where=str(self._folder / HEAD))[0]

    @property
    def key(self) -> VerifierKey:
        """The log's key."""
        return self._key

    def last(self) -> Checkpoint:
        """The head that was signed last when the backup was made."""
        return self._head

    def last_note(self) -> bytes:
        """The same as a note."""
        return self._note

    def sign_head(self, head: Checkpoint, prefix_root: PrefixRoot) -> bytes:
        """Refused, but for the head that is signed already."""
        if head != self._head:
            raise no_signer(self._folder.parent)
        return self._note

    def sign(self, message: bytes) -> bytes:
        """Refused."""
        raise no_signer(self._folder.parent)

    def sign_manifest(self, manifest: Manifest, prefix_root: PrefixRoot) -> bytes:
        """The list of all files as the log signed it for the backup; raises `StoreFault` where they are others now."""
        note = self._read(MANIFEST)
        signed = open_manifest(note, self._key)
        if signed == manifest:
            return note
        if signed.audience != manifest.audience or signed.head != manifest.head:
            raise no_signer(self._folder.parent)
        for path, digest in sorted(signed.digests.items()):
            if manifest.digests.get(path) != digest:
                raise StoreFault("this is not what the log signed for the backup", path, "restore the backup again")
        if manifest.withheld != signed.withheld:
            raise StoreFault("what is withheld is not what the log signed for the backup", str(self._folder))
        # More files than it signed then: only the signer itself could say so.
        raise no_signer(self._folder.parent)

    def _read(self, name: str) -> bytes:
        with disk(self._folder / name):
            return (self._folder / name).read_bytes()


def is_restored(folder: Path) -> bool:
    """Whether a folder was restored from a backup."""
    return (folder / FOLDER / HEAD).is_file()


def no_signer(folder: Path) -> BadInput:
    """Why a folder without its signer is not written to."""
    return StoreFault(
        "the signer is not here: this folder was restored from a backup, which never holds it",
        str(folder / "signer"),
        f"put the signer's folder, as it was last, back as {folder / 'signer'}; reading and verifying need none",
    )
