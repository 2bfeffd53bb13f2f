"""Receipts: a member's proof that an entry stands in the record, in one text that needs nothing else.

Lives here: the tlog-proof text, made and read strictly, and its verification. Not here: building the proof
(`proof`).

Invariant: what verifies is exactly one entry at one place under one signed head. The extra line of a receipt
of ours is the entry itself; like all extra data it counts for nothing until it hashes to the proven leaf
(C2SP tlog-proof).

    c2sp.org/tlog-proof@v1
    extra eyJhY3QiOnsi...
    index 42
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
    B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

    branch-one.3f9c....invalid
    43
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

    — branch-one.3f9c....invalid hI2DJw...
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import decimal, from_base64, to_base64
from isonomy.record.checkpoint import CHECKPOINT_SIZE_MAX, Checkpoint, open_checkpoint
from isonomy.record.note import Note, VerifierKey, split_note
from isonomy.record.proof import PROOF_LENGTH_MAX, Proof, is_included
from isonomy.record.tree import HASH_SIZE, leaf_hash

_FIRST_LINE = "c2sp.org/tlog-proof@v1"
RECEIPT_SIZE_MAX = CHECKPOINT_SIZE_MAX + 100_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """An entry's place, its inclusion proof, the signed head, and the entry where it is given."""

    index: int
    proof: Proof
    checkpoint: bytes
    entry: bytes | None = None

    def to_bytes(self) -> bytes:
        """The receipt as text (C2SP tlog-proof, section "Format"); the entry, if given, is the extra line."""
        lines = [_FIRST_LINE]
        if self.entry is not None:
            lines.append(f"extra {to_base64(self.entry)}")
        lines.append(f"index {self.index}")
        lines += map(to_base64, self.proof)
        return "\n".join([*lines, "", ""]).encode() + self.checkpoint


def read_receipt(data: bytes, where: str = "receipt") -> Receipt:
    """The receipt that a text states; raises `BadInput` naming the line. Nothing is verified yet."""
    if len(data) > RECEIPT_SIZE_MAX:
        raise BadInput(f"this receipt has {len(data)} bytes, at most {RECEIPT_SIZE_MAX} are read", where)
    head, blank, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("utf-8").split("\n")
    except UnicodeDecodeError as fault:
        raise BadInput(f"not UTF-8 text (byte {fault.start})", where) from fault
    if lines[0] != _FIRST_LINE or not blank:
        raise BadInput(f"a receipt begins with the line {_FIRST_LINE}", f"{where}: line 1")
    number, entry = 1, None
    if len(lines) > 1 and lines[1].startswith("extra "):
        entry = from_base64(lines[1].removeprefix("extra "), f"{where}: line 2")
        number = 2
    if len(lines) <= number or not lines[number].startswith("index "):
        raise BadInput("the line 'index' with the entry's number is missing", f"{where}: line {number + 1}")
    index = decimal(lines[number].removeprefix("index "), f"{where}: line {number + 1}")
    hashes = lines[number + 1 :]
    if len(hashes) > PROOF_LENGTH_MAX:
        raise BadInput(f"a proof has at most {PROOF_LENGTH_MAX} hashes", where)
    proof = tuple(from_base64(line, f"{where}: line {number + 2 + at}", HASH_SIZE) for at, line in enumerate(hashes))
    split_note(checkpoint, f"{where}: checkpoint", CHECKPOINT_SIZE_MAX)
    return Receipt(index, proof, checkpoint, entry)


def open_receipt(
    receipt: Receipt,
    key: VerifierKey,
    entry: bytes | None = None,
    witnesses: Iterable[VerifierKey] = (),
    where: str = "receipt",
) -> tuple[Checkpoint, Note]:
    """The signed head under which the entry stands at the receipt's place, and its note.

    The entry is the one given, else the one the receipt carries. Raises `BadInput` when the head does not
    open under the key or the proof does not lead from the entry to the signed root.
    """
    found = receipt.entry if entry is None else entry
    if found is None:
        raise BadInput("the receipt carries no entry", where, "give the entry's bytes beside it")
    head, note = open_checkpoint(receipt.checkpoint, key, witnesses, f"{where}: checkpoint")
    if not is_included(receipt.proof, receipt.index, head.size, leaf_hash(found), head.root):
        raise BadInput(
            f"the proof does not lead from this entry at {receipt.index} to the signed root",
            where,
            "the entry, its number or the proof was altered",
        )
    return head, note
