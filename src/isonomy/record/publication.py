"""Publication: the tiles and entry bundles that a growing record has to write.

Lives here: `Publication`, entries in, files out. Not here: signing the head (`checkpoint`), writing files
(adapters), the other files of an export (`manifest`).

Invariant: what `take_files` gave is final and never written again; `edge_files` gives the partial tiles and
the partial bundle of the present size, so that both together are every file that tlog-tiles asks for at that
size.
"""

from __future__ import annotations

from collections.abc import Sequence

from isonomy.kernel.bad_input import BadInput
from isonomy.record.bundle import bundle_path, pack
from isonomy.record.tiles import Tile
from isonomy.record.tree import HASH_SIZE, TILE_HEIGHT, TILE_WIDTH, Tree, leaf_hash

File = tuple[str, bytes]
"""A path of the published record and the bytes that belong there."""


class Publication:
    """Turns entries into static files; resumes from a tree and the entries of its partial bundle."""

    def __init__(self, tree: Tree | None = None, tail: Sequence[bytes] = ()) -> None:
        self.tree = tree or Tree()
        if b"".join(map(leaf_hash, tail)) != self.tree.edges()[0]:
            raise BadInput("the last entries are not those of the tree", "partial bundle", "read them from the record")
        self._tail = list(tail)
        self._files: list[File] = []

    def append(self, entry: bytes) -> None:
        """Adds the next entry."""
        self._tail.append(entry)
        self.tree.append_entry(entry)
        if len(self._tail) == TILE_WIDTH:
            self._files.append((bundle_path(self.tree.size // TILE_WIDTH - 1), pack(self._tail)))
            self._tail.clear()

    def take_files(self) -> list[File]:
        """The full tiles and bundles finished since the last call."""
        tiles = [(Tile(level, number, TILE_WIDTH).path, data) for level, number, data in self.tree.take_full()]
        files, self._files = self._files + tiles, []
        return files

    def edge_files(self) -> list[File]:
        """The partial tiles and the partial bundle of the present size; none of them is empty."""
        files = [(bundle_path(self.tree.size // TILE_WIDTH, len(self._tail)), pack(self._tail))] if self._tail else []
        for level, edge in enumerate(self.tree.edges()):
            if edge:
                number = (self.tree.size >> TILE_HEIGHT * level) // TILE_WIDTH
                files.append((Tile(level, number, len(edge) // HASH_SIZE).path, edge))
        return files
