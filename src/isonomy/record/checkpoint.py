"""Checkpoints: the signed head of the record, and whether the signer may sign the next one.

Lives here: the three lines of a checkpoint and opening one. Not here: notes in general (`note`), the guard
against signing a fork (`head_guard`).

Invariant: origin, size and root are the whole text, three lines without extensions, and the origin is the
name of the key that signs (C2SP tlog-checkpoint).

    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import decimal, from_base64, to_base64
from isonomy.record.note import ED25519, Note, SignerKey, VerifierKey, open_note, sign_note
from isonomy.record.tree import EMPTY_ROOT, HASH_SIZE

CHECKPOINT_SIZE_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A head of the record: the origin of the log, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"


def read_checkpoint(text: str, where: str = "checkpoint") -> Checkpoint:
    """The head that three lines state; raises `BadInput` for anything else, extension lines included."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise BadInput("a checkpoint is three lines: origin, size, root", where)
    head = Checkpoint(
        lines[0], decimal(lines[1], f"{where}: line 2"), from_base64(lines[2], f"{where}: line 3", HASH_SIZE)
    )
    if head.size == 0 and head.root != EMPTY_ROOT:
        raise BadInput("an empty record has another root", f"{where}: line 3")
    return head


def sign_checkpoint(head: Checkpoint, key: SignerKey) -> bytes:
    """The signed head. Ask `head_guard` first, so that no fork is ever signed."""
    if key.name != head.origin or key.kind != ED25519:
        raise BadInput(f"the key of {key.name} does not sign for {head.origin}", "checkpoint")
    return sign_note(head.text(), key)


def open_checkpoint(
    note: bytes, key: VerifierKey, witnesses: Iterable[VerifierKey] = (), where: str = "checkpoint"
) -> tuple[Checkpoint, Note]:
    """The head that the log's key signed, and the note with the witnesses' signatures that hold.

    Raises `BadInput` when the log's key did not sign it, or when it names another origin than the key.
    """
    if key.kind != ED25519:
        raise BadInput("this is a witness's key, not a log's", where, "give the log's verifier key")
    opened = open_note(note, (key, *witnesses), where, CHECKPOINT_SIZE_MAX)
    if not any(signature.name == key.name and signature.key_id == key.id for signature in opened.verified):
        raise BadInput(f"{key.name} did not sign this", where, "give the log's verifier key")
    head = read_checkpoint(opened.text, where)
    if head.origin != key.name:
        raise BadInput(f"signed by {key.name} for another log, {head.origin}", where)
    return head, opened
