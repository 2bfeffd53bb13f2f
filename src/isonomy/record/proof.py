"""Proofs that an entry is in a tree, and that a tree only grew.

Lives here: building both kinds of proof from a source of hashes, and verifying them. Not here: their text
forms (`receipt`, `witness`), where hashes come from (`tiles`).

Invariant: a proof verifies only for the one index, size and root it was made for; a changed, missing or
additional hash makes it fail. Verification follows the iterations of RFC 9162, sections 2.1.3.2 and 2.1.4.2
(the trees are those of RFC 6962).
"""

from __future__ import annotations

from collections.abc import Sequence

from isonomy.kernel.bad_input import BadInput
from isonomy.record.tree import EMPTY_ROOT, HASH_SIZE, HashAt, node_hash, range_root

Proof = tuple[bytes, ...]
"""Hashes of 32 bytes; an inclusion proof runs from the leaf's neighbour up to the child of the root."""

PROOF_LENGTH_MAX = 63


def inclusion_proof(index: int, size: int, hash_at: HashAt) -> Proof:
    """The proof that entry `index` is in the tree of the first `size` entries (RFC 6962, section 2.1.1)."""
    if not 0 <= index < size:
        raise BadInput(f"there is no entry {index} in a tree of {size}", "", f"give a number below {size}")
    path = []
    first, after = 0, size
    while after - first > 1:
        middle = first + _left_width(after - first)
        if index < middle:
            path.append(range_root(middle, after, hash_at))
            after = middle
        else:
            path.append(range_root(first, middle, hash_at))
            first = middle
    return tuple(reversed(path))


def consistency_proof(old_size: int, new_size: int, hash_at: HashAt) -> Proof:
    """The proof that the tree of `new_size` entries begins with that of `old_size` (RFC 6962, section 2.1.2).

    Empty when `old_size` is 0 or equal to `new_size`.
    """
    if not 0 <= old_size <= new_size:
        raise BadInput(f"a tree of {new_size} has no earlier size {old_size}", "", f"give a size up to {new_size}")
    if old_size in (0, new_size):
        return ()
    path = []
    first, after, is_whole = 0, new_size, True
    while old_size != after:
        middle = first + _left_width(after - first)
        if old_size <= middle:
            path.append(range_root(middle, after, hash_at))
            after = middle
        else:
            path.append(range_root(first, middle, hash_at))
            first, is_whole = middle, False
    if not is_whole:
        path.append(range_root(first, after, hash_at))
    return tuple(reversed(path))


def is_included(proof: Sequence[bytes], index: int, size: int, leaf: bytes, root: bytes) -> bool:
    """Whether the proof shows that `leaf` stands at `index` in the tree of `size` with this root."""
    if not 0 <= index < size or not _are_hashes((*proof, leaf, root)):
        return False
    found, at, last = leaf, index, size - 1
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(step, found)
            # Here `at` is odd, or equal to `last` and so not 0: the loop ends at its lowest set bit.
            while not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(proof: Sequence[bytes], old_size: int, old_root: bytes, new_size: int, new_root: bytes) -> bool:
    """Whether the proof shows that the tree with `new_root` begins with the whole tree with `old_root`."""
    if not 0 <= old_size <= new_size or not _are_hashes((*proof, old_root, new_root)):
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT and (new_size != 0 or new_root == EMPTY_ROOT)
    if old_size == new_size:
        return not proof and old_root == new_root
    if not proof:
        return False
    steps = list(proof)
    if old_size & (old_size - 1) == 0:
        steps.insert(0, old_root)
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _left_width(width: int) -> int:
    """The largest power of two smaller than `width` (RFC 6962 calls it k)."""
    return 1 << ((width - 1).bit_length() - 1)


def _are_hashes(hashes: Sequence[bytes]) -> bool:
    return len(hashes) <= PROOF_LENGTH_MAX + 2 and all(len(item) == HASH_SIZE for item in hashes)
