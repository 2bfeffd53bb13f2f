"""Loading: a state and a tree from the stored entries, held against the last head that the log signed.

Lives here: reading a record from nothing, and why it may not be written to. Not here: stores (adapters), the
fold itself (`engine.apply`).

Invariant: the state is a function of the stored bytes alone; bytes that the signer vouched for are those
bytes, or the difference is named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from isonomy.chamber.ports import ForkRefused, PrefixRoot, RecordStore, SignerPort
from isonomy.engine.apply import apply
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.record.checkpoint import Checkpoint
from isonomy.record.head_guard import refusal_to_sign
from isonomy.record.manifest import Manifest
from isonomy.record.tree import Tree, leaf_hash

_RESTORE = "the record is damaged: restore a copy; an export holds every entry"
_CHUNK = 1_000


@dataclass(slots=True)
class Loaded:
    """A record in memory: its state, its tree, and the roots at the sizes that matter to the signer."""

    state: State
    tree: Tree
    roots: dict[int, bytes]

    def head(self, origin: str) -> Checkpoint:
        """The head of all entries so far, unsigned."""
        return Checkpoint(origin, self.tree.size, self.tree.root())


def load(record: Iterable[bytes], signed: Checkpoint | None) -> Loaded:
    """Folds entries from the first on, and remembers the root at the size of the last signed head.

    Raises `BadInput` for a record that cannot be folded: damaged, or written by a newer program.
    """
    loaded = Loaded(State(), Tree(), {})
    extend(loaded, record, signed)
    return loaded


def extend(loaded: Loaded, more: Iterable[bytes], signed: Checkpoint | None) -> None:
    """Folds the entries that follow those loaded, and remembers the roots at both ends and at the signed size.

    Raises `BadInput` as `load` does; what was loaded is then of no use any more.
    """
    state, tree = loaded.state, loaded.tree
    roots = {0: loaded.roots.get(0) or Tree().root(), tree.size: tree.root()}
    entries = iter(more)
    while chunk := list(islice(entries, _CHUNK)):
        if signed is not None and tree.size < signed.size <= tree.size + len(chunk):
            cut = signed.size - tree.size
            _fold(state, tree, chunk[:cut])
            roots[signed.size] = tree.root()
            chunk = chunk[cut:]
        _fold(state, tree, chunk)
    roots[tree.size] = tree.root()
    loaded.roots = roots


def _fold(state: State, tree: Tree, chunk: Iterable[bytes]) -> None:
    leaves = []
    for data in chunk:
        leaves.append(leaf_hash(data))
        try:
            apply(state, json.loads(data))
        except BadInput as fault:
            # What a later edition of the program wrote says so itself; what has no cure of its own is damage.
            raise BadInput(fault.what, fault.where or f"entry {state.n}", fault.cure or _RESTORE) from fault
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
            raise BadInput(
                "the entry cannot be folded: the record is damaged",
                f"entry {state.n}",
                _RESTORE,
            ) from fault
    tree.extend(leaves)


def prefix_root(record: RecordStore, roots: dict[int, bytes], size: int) -> bytes:
    """The root over the first `size` entries, remembered or computed anew from the store."""
    if size not in roots:
        tree = Tree()
        tree.extend(leaf_hash(data) for data in record.read(0, size))
        roots[size] = tree.root()
    return roots[size]


def contradiction(
    loaded: Loaded, record: RecordStore, signer: SignerPort, signed: Checkpoint | None
) -> ForkRefused | None:
    """Why a loaded record contradicts what the signer signed; None when it is that, or continues it.

    `signed` is the last signed head as it was read before the entries were: beside a writer at work it goes on.
    """
    head = loaded.head(signer.key.name)
    refusal = refusal_to_sign(signed, head, lambda size: prefix_root(record, loaded.roots, size))
    return None if refusal is None else ForkRefused(refusal.says, "record", refusal.cure)


def unsigned_head(manifest: Manifest, last: Checkpoint | None, prefix_root: PrefixRoot) -> str:
    """Why a manifest's head is not of the record that was signed last; "" when it is that head or an earlier one."""
    head = manifest.head
    if last is None or head.origin != last.origin or head.size > last.size:
        return "the manifest is made at a head that was not signed"
    if head == last:
        return ""
    if prefix_root(last.size) != last.root or prefix_root(head.size) != head.root:
        return "the manifest is made at a head of another record than the signed one"
    return ""
