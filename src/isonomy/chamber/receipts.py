"""Receipts as they are given out: the hashes of a record kept at hand, and the proof of one entry under the last head.

Lives here: `Hashes`, which grows with the record, and `receipt_of`. Not here: the form of a receipt and its verification
(`record.receipt`), who asks (`cli.receipt`, `web.record`).

Invariant: a receipt is under the last head that the log signed; each entry is hashed once however many receipts are asked.
"""

from __future__ import annotations

from isonomy.chamber.appender import Stores
from isonomy.chamber.ports import RecordStore, StoreFault
from isonomy.kernel.bad_input import BadInput
from isonomy.record.checkpoint import open_checkpoint
from isonomy.record.proof import inclusion_proof
from isonomy.record.receipt import Receipt
from isonomy.record.tree import HASH_SIZE, leaf_hash, node_hash


class Hashes:
    """The hashes of every full subtree over the entries so far; `reach` takes the entries that came since."""

    def __init__(self) -> None:
        self._levels: list[bytearray] = [bytearray()]

    @property
    def size(self) -> int:
        """Over how many entries there are hashes."""
        return len(self._levels[0]) // HASH_SIZE

    def reach(self, record: RecordStore, size: int) -> None:
        """Hashes the entries up to `size`; those that were hashed before stay as they are."""
        for data in record.read(self.size, max(size, self.size)):
            self._append(leaf_hash(data))

    def at(self, height: int, number: int) -> bytes:
        """The hash of the full subtree `number` of 2**height entries."""
        return bytes(self._levels[height][number * HASH_SIZE : (number + 1) * HASH_SIZE])

    def _append(self, found: bytes) -> None:
        height = 0
        while True:
            if height == len(self._levels):
                self._levels.append(bytearray())
            level = self._levels[height]
            level += found
            if len(level) // HASH_SIZE % 2:
                return
            found = node_hash(bytes(level[-2 * HASH_SIZE : -HASH_SIZE]), bytes(level[-HASH_SIZE:]))
            height += 1


def receipt_of(stores: Stores, index: int, hashes: Hashes | None = None) -> Receipt:
    """The receipt of an entry under the last signed head; raises `BadInput` for an entry that is under none yet."""
    note = stores.signer.last_note()
    head = open_checkpoint(note, stores.signer.key)[0] if note is not None else None
    if head is None or note is None or index >= head.size:
        raise BadInput(f"entry {index} is under no signed head yet", "ENTRY", "ask again when the writer has finished")
    known = hashes if hashes is not None else Hashes()
    known.reach(stores.record, head.size)
    if known.size < head.size:
        raise StoreFault("the record holds fewer entries than were signed", "record", "restore a whole copy")
    entry = next(stores.record.read(index, index + 1))
    return Receipt(index, inclusion_proof(index, head.size, known.at), note, entry)
