"""Which tiles lead to the signed root: from the root down, and where a file does not, what that means.

Lives here: the descent from the signed root through the tiles, with the entries as second witness for each
tile. Not here: hashing entries (`examination`), files that are no tiles (`verification`).

Invariant: a tile is believed only if it hashes to what a believed tile above it says, the topmost to the
signed root. For each tile two versions are tried: the file's, and the one recomputed from the entries.
Whichever leads to the root was signed; the other was altered. If neither does, both were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from isonomy.record.bundle import bundle_path
from isonomy.record.checkpoint import Checkpoint
from isonomy.record.discrepancy import ALTERED, MISSING, Discrepancy
from isonomy.record.examination import Part
from isonomy.record.tiles import Read, Tile, tiles_of, width_of
from isonomy.record.tree import EMPTY_ROOT, HASH_SIZE, TILE_HEIGHT, TILE_WIDTH, Tree, root_of, split_hashes

_TILE_SIZE = TILE_WIDTH * HASH_SIZE


class TileTrust:
    """The tiles of one record, examined in parts, against its signed head.

    `discrepancies` says which tiles and entries are not those that were signed; `altered` numbers the entries
    among them.
    """

    def __init__(self, read: Read, head: Checkpoint, parts: Sequence[Part]) -> None:
        self._head = head
        self._parts = parts
        self.discrepancies: list[Discrepancy] = []
        self.altered: set[int] = set()
        self._recomputed = _recomputed_levels(parts)
        self._files = self._read_upper_tiles(read)
        self._differing = {number: rows for part in parts for number, rows in part.differing.items()}
        self._absent = {number for part in parts for number in part.absent}
        self._trusted: dict[tuple[int, int], bytes] = {}
        self._descend()

    def _read_upper_tiles(self, read: Read) -> dict[tuple[int, int], bytes]:
        files = {}
        for tile in tiles_of(self._head.size):
            if tile.level == 0:
                continue
            data = read(tile.path)
            if data is None:
                self._say(MISSING, tile.path, "this tile is missing")
            elif len(data) != tile.width * HASH_SIZE:
                says = f"{len(data)} bytes where {tile.width} hashes have {tile.width * HASH_SIZE}"
                self._say(ALTERED, tile.path, f"{says}: the tile was cut or lengthened")
            else:
                files[tile.level, tile.number] = data
        return files

    def _versions(self, level: int, number: int, width: int) -> list[bytes]:
        """The file's version and the recomputed one of an upper tile, equal ones once."""
        recomputed = self._recomputed[level][number * _TILE_SIZE :][: width * HASH_SIZE]
        return list(dict.fromkeys((self._files.get((level, number), recomputed), recomputed)))

    def _descend(self) -> None:
        top = len(self._recomputed)
        if not self._believe_edges(top):
            return
        for level in range(top - 2, 0, -1):
            for number in range((self._head.size >> TILE_HEIGHT * level) // TILE_WIDTH):
                vouched = self._vouched(level, number)
                for version in self._versions(level, number, TILE_WIDTH):
                    if vouched is not None and root_of(split_hashes(version)) == vouched:
                        self._trusted[level, number] = version
                        break
                self._report_upper(level, number, TILE_WIDTH, is_vouched=vouched is not None)
        for part in self._parts:
            rows = zip(part.by_tile, part.by_entries, strict=True)
            for number, (by_tile, by_entries) in enumerate(rows, start=part.first):
                vouched = self._vouched(0, number)
                self._report_leaves(number, TILE_WIDTH, vouched == by_tile, vouched == by_entries)

    def _vouched(self, level: int, number: int) -> bytes | None:
        """What the believed tile above says a full tile hashes to; None where no tile above is believed."""
        above = self._trusted.get((level + 1, number // TILE_WIDTH))
        at = number % TILE_WIDTH * HASH_SIZE
        return None if above is None else above[at : at + HASH_SIZE]

    def _believe_edges(self, levels: int) -> bool:
        """Finds versions of the partial tiles that give the signed root; says so when there are none."""
        size = self._head.size
        if size == 0:
            if self._head.root != EMPTY_ROOT:
                self._say(ALTERED, "checkpoint", "the root is not that of an empty record")
            return False
        if size % TILE_WIDTH and size // TILE_WIDTH in self._absent:
            return False
        leaf_edges = list(dict.fromkeys(self._parts[-1].edge))
        choices = [leaf_edges]
        for level in range(1, levels):
            number, width = (
                (size >> TILE_HEIGHT * level) // TILE_WIDTH,
                (size >> TILE_HEIGHT * level) % TILE_WIDTH,
            )
            choices.append(self._versions(level, number, width) if width else [b""])
        for edges in product(*choices):
            if Tree.from_edges(size, edges).root() == self._head.root:
                break
        else:
            self._say_nothing_leads_to_the_root()
            return False
        for level, edge in enumerate(edges):
            number = (size >> TILE_HEIGHT * level) // TILE_WIDTH
            self._trusted[level, number] = edge
            if level and edge:
                self._report_upper(level, number, len(edge) // HASH_SIZE, is_vouched=True)
        if edges[0]:
            stated, hashed = self._parts[-1].edge
            number = size // TILE_WIDTH
            self._report_leaves(number, len(edges[0]) // HASH_SIZE, stated == edges[0], hashed == edges[0])
        return True

    def _say_nothing_leads_to_the_root(self) -> None:
        says = "the signed root is not that of the tiles, and not that of the entries"
        self._say(ALTERED, "checkpoint", f"{says}: the record was rewritten, or this is the head of another one")
        for number, rows in self._differing.items():
            width = width_of(0, number, self._head.size)
            for index in _differing_hashes(*rows):
                self._say_both(number, width, index)

    def _report_upper(self, level: int, number: int, width: int, *, is_vouched: bool) -> None:
        path = Tile(level, number, width).path
        believed = self._trusted.get((level, number))
        if believed is None:
            if is_vouched:
                says = "neither this tile nor what lies under it leads to the signed root: both were altered"
                self._say(ALTERED, path, says)
            return
        for index in _differing_hashes(self._files.get((level, number), believed), believed):
            span = 1 << TILE_HEIGHT * level
            first = (number * TILE_WIDTH + index) * span
            says = f"it is not the root over the entries {first} to {first + span - 1}: the tile was altered"
            self._say(ALTERED, f"{path}: hash {index}", f"{says}, the entries are as they were signed")

    def _report_leaves(self, number: int, width: int, tile_leads: bool, entries_lead: bool) -> None:
        rows = self._differing.get(number)
        path = Tile(0, number, width).path
        first = number * TILE_WIDTH
        if rows is None:
            if not tile_leads and number not in self._absent and self._vouched(0, number) is not None:
                self.altered.update(range(first, first + width))
                says = f"the entries {first} to {first + width - 1} agree with it but not with the signed root"
                self._say(ALTERED, path, f"{says}: tile and entries were rewritten after they were signed")
            return
        for index in _differing_hashes(*rows):
            entry = first + index
            if entries_lead:
                says = f"it differs from entry {entry}: the tile was altered, the entry is as it was signed"
                self._say(ALTERED, f"{path}: hash {index}", says)
            elif tile_leads:
                self.altered.add(entry)
                says = f"it does not hash to hash {index} of {path}: the entry was altered after it was signed"
                self._say(ALTERED, f"{bundle_path(number, width)}: entry {entry}", says, entry)
            else:
                self._say_both(number, width, index)

    def _say_both(self, number: int, width: int, index: int) -> None:
        entry = number * TILE_WIDTH + index
        self.altered.add(entry)
        path = Tile(0, number, width).path
        says = f"it and hash {index} of {path} differ, and neither leads to the signed root"
        self._say(
            ALTERED,
            f"{bundle_path(number, width)}: entry {entry}",
            f"{says}: at least one was altered",
            entry,
        )

    def _say(self, kind: str, place: str, says: str, entry: int | None = None) -> None:
        self.discrepancies.append(Discrepancy(kind, place, says, entry))


def _recomputed_levels(parts: Sequence[Part]) -> list[bytes]:
    """For each level the hashes that the entries give; level 0, which the parts hold, stays empty."""
    levels = [b"", b"".join(root for part in parts for root in part.by_entries)]
    while len(levels[-1]) >= _TILE_SIZE:
        below = levels[-1]
        whole = len(below) // _TILE_SIZE
        tiles = (below[at * _TILE_SIZE : (at + 1) * _TILE_SIZE] for at in range(whole))
        levels.append(b"".join(root_of(split_hashes(tile)) for tile in tiles))
    return levels


def _differing_hashes(first: bytes, second: bytes) -> Iterator[int]:
    if first != second:
        for index, (one, other) in enumerate(zip(split_hashes(first), split_hashes(second), strict=True)):
            if one != other:
                yield index
