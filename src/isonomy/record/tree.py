"""The tree over the entries: RFC 6962 hashing and a tree that grows at its right edge.

Lives here: leaf and node hashes, roots, and `Tree`, which knows its root at any time and hands out the tiles
it completes. Not here: the paths of tiles (`tiles`), proofs (`proof`), what an entry holds (`entry`).

Invariant: a `Tree` of n entries holds exactly the partial tiles of size n (at most 255 hashes a level) and
one hash for each set bit of n; what has left it as a full tile never changes again.

    leaf     SHA-256(0x00 || entry)
    node     SHA-256(0x01 || left || right)
    empty    SHA-256("")                                               (RFC 6962, section 2.1)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from isonomy.kernel.bad_input import BadInput

HASH_SIZE = 32
TILE_HEIGHT = 8
TILE_WIDTH = 256
EMPTY_ROOT = sha256(b"").digest()

HashAt = Callable[[int, int], bytes]
"""Given a height h and an index i: the root over the complete range of entries i * 2**h to (i + 1) * 2**h."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry as a leaf (RFC 6962, section 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children (RFC 6962, section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over some neighbouring hashes of one height: of leaves, or of complete ranges of equal size.

    Neighbours are paired height by height and a last odd one goes up unpaired; this gives the tree of RFC
    6962.
    """
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        paired = [sha256(b"\x01" + left + right).digest() for left, right in zip(*[iter(level)] * 2, strict=False)]
        if len(level) & 1:
            paired.append(level[-1])
        level = paired
    return level[0]


def split_hashes(joined: bytes) -> list[bytes]:
    """The single hashes of a tile's bytes, whose length is a multiple of 32."""
    return [joined[at : at + HASH_SIZE] for at in range(0, len(joined), HASH_SIZE)]


def range_root(first: int, after: int, hash_at: HashAt) -> bytes:
    """The root over the entries `first` up to but not including `after`, as it stands inside a larger tree.

    `first` is a multiple of the smallest power of two that holds the range (RFC 6962 asks for no other
    ranges).
    """
    peaks = []
    while first < after:
        height = (after - first).bit_length() - 1
        peaks.append(hash_at(height, first >> height))
        first += 1 << height
    if not peaks:
        return EMPTY_ROOT
    root = peaks.pop()
    while peaks:
        root = node_hash(peaks.pop(), root)
    return root


def root_at(size: int, hash_at: HashAt) -> bytes:
    """The root that the tree had when it held its first `size` entries."""
    return range_root(0, size, hash_at)


class Tree:
    """A tree that only grows: entries or leaf hashes go in, the root and finished tiles come out.

    Appending costs two hashes an entry on average; the root costs one hash for each set bit of the size.
    """

    __slots__ = ("_edges", "_full", "_peaks", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._peaks: list[bytes] = []
        self._edges: list[bytearray] = [bytearray()]
        self._full: list[tuple[int, int, bytes]] = []

    @classmethod
    def from_edges(cls, size: int, edges: Sequence[bytes]) -> Tree:
        """The tree of `size` entries from its partial tiles, level 0 first, empty where it has none.

        Raises `BadInput` when an edge has not the width that the size asks for. The result is as true as the
        edges: compare its root with a signed checkpoint before appending to it.
        """
        tree = cls()
        levels = max(1, (size.bit_length() + TILE_HEIGHT - 1) // TILE_HEIGHT)
        if len(edges) > levels and any(edges[levels:]):
            raise BadInput(f"a tree of {size} has no tile at level {levels}", "partial tiles")
        tree._size = size
        tree._edges = []
        for level in range(levels):
            edge = edges[level] if level < len(edges) else b""
            width = (size >> TILE_HEIGHT * level) % TILE_WIDTH
            if len(edge) != width * HASH_SIZE:
                what = f"the partial tile of level {level} has {len(edge)} bytes, not {width * HASH_SIZE}"
                raise BadInput(what, f"partial tiles of a tree of {size}")
            tree._edges.append(bytearray(edge))
        for level in reversed(range(levels)):
            hashes = split_hashes(bytes(tree._edges[level]))
            first = 0
            for height in reversed(range(TILE_HEIGHT)):
                if len(hashes) >> height & 1:
                    tree._peaks.append(root_of(hashes[first : first + (1 << height)]))
                    first += 1 << height
        return tree

    @property
    def size(self) -> int:
        """How many entries the tree holds."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Adds the leaf hash of the next entry."""
        self.extend((leaf,))

    def append_entry(self, entry: bytes) -> None:
        """Adds the next entry, given by its bytes."""
        self.extend((sha256(b"\x00" + entry).digest(),))

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Adds the leaf hashes of the next entries, in order."""
        edge = self._edges[0]
        peaks = self._peaks
        size = self._size
        try:
            for leaf in leaves:
                edge += leaf
                node, height, rest = leaf, 0, size
                size += 1
                while rest & 1:
                    node = sha256(b"\x01" + peaks.pop() + node).digest()
                    rest >>= 1
                    height += 1
                    if not height & 7:
                        self._close(height >> 3, size, node)
                peaks.append(node)
        finally:
            # The source of the leaves may fail; what it gave until then is in the tree.
            self._size = size

    def _close(self, level: int, size: int, node: bytes) -> None:
        """The edge below `level` became a full tile: it leaves, and its root joins the edge of `level`."""
        edge = self._edges[level - 1]
        self._full.append((level - 1, (size >> TILE_HEIGHT * level) - 1, bytes(edge)))
        edge.clear()
        if level == len(self._edges):
            self._edges.append(bytearray())
        self._edges[level] += node

    def root(self) -> bytes:
        """The root over all entries so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def edges(self) -> list[bytes]:
        """The bytes of the partial tile of every level, level 0 first; empty where a level has none."""
        return [bytes(edge) for edge in self._edges]

    def take_full(self) -> list[tuple[int, int, bytes]]:
        """The full tiles completed since the last call, as (level, number, 8,192 bytes), in that order."""
        full, self._full = self._full, []
        return full
