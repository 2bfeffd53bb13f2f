"""Tiles: the tree as static files of 256 hashes, and how hashes are read back from them.

Lives here: paths, which tiles a size has and which a growth adds, their bytes, and `TileReader`. Not here:
entries (`bundle`), the signed root they lead to (`checkpoint`), finding out what is wrong with a set of tiles
(`verification`).

Invariant: the partial tile of level l for a tree of size s has floor(s / 256**l) mod 256 hashes, no tile is
empty, and a partial tile is never hashed into the level above (C2SP tlog-tiles, section "Merkle Tree").

    tile/0/x001/234       the full tile 1234 of level 0: leaf hashes of the entries 315904 to 316159
    tile/1/004.p/210      the partial tile 4 of level 1, 210 hashes wide
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from isonomy.kernel.bad_input import BadInput
from isonomy.record.tree import HASH_SIZE, TILE_HEIGHT, TILE_WIDTH, HashAt, root_at, root_of, split_hashes

Read = Callable[[str], bytes | None]
"""Gives the bytes at a path of the published record, None where there are none."""

LEVEL_MAX = 63
_PATH = re.compile(r"tile/(0|[1-9][0-9]?)/(.+)")
_NUMBERED = re.compile(r"((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
_CACHED_TILES_MAX = 1024


class Tile(NamedTuple):
    """One tile: its level, its number within the level, and its width, 1 to 256 hashes."""

    level: int
    number: int
    width: int

    @property
    def path(self) -> str:
        """The place of the tile in the published record."""
        return f"tile/{self.level}/{numbered_path(self.number, self.width)}"


def numbered_path(number: int, width: int) -> str:
    """A number in groups of three digits, all but the last with an x, and the width where it is partial."""
    path = f"{number % 1000:03d}"
    while number >= 1000:
        number //= 1000
        path = f"x{number % 1000:03d}/{path}"
    return path if width == TILE_WIDTH else f"{path}.p/{width}"


def number_and_width(numbered: str) -> tuple[int, int]:
    """The number and width that the last part of a path names; raises `BadInput` for any second spelling."""
    match = _NUMBERED.fullmatch(numbered) if len(numbered) < 200 else None
    if match is not None:
        number = int(match[1].replace("x", "").replace("/", ""))
        width = TILE_WIDTH if match[2] is None else int(match[2])
        if numbered_path(number, width) == numbered:
            return number, width
    raise BadInput("this is not how a tile is numbered", numbered[:200], "groups of three digits, such as x001/234")


def tile_of_path(path: str) -> Tile:
    """The tile at a path; raises `BadInput` for anything but the one path of a tile."""
    match = _PATH.fullmatch(path)
    if match is None or int(match[1]) > LEVEL_MAX:
        raise BadInput("this is not the path of a tile", path[:200], "tile/<level>/<number>[.p/<width>]")
    return Tile(int(match[1]), *number_and_width(match[2]))


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of a tree of `size` entries: by level, full ones first, then the partial one."""
    level, hashes = 0, size
    while hashes:
        for number in range(hashes // TILE_WIDTH):
            yield Tile(level, number, TILE_WIDTH)
        if hashes % TILE_WIDTH:
            yield Tile(level, hashes // TILE_WIDTH, hashes % TILE_WIDTH)
        level, hashes = level + 1, hashes // TILE_WIDTH


def tiles_between(old_size: int, new_size: int) -> Iterator[Tile]:
    """The tiles to write when a published tree grows from `old_size` to `new_size` entries."""
    level = 0
    while new_size >> TILE_HEIGHT * level:
        old, new = old_size >> TILE_HEIGHT * level, new_size >> TILE_HEIGHT * level
        for number in range(old // TILE_WIDTH, new // TILE_WIDTH):
            yield Tile(level, number, TILE_WIDTH)
        if new != old and new % TILE_WIDTH:
            yield Tile(level, new // TILE_WIDTH, new % TILE_WIDTH)
        level += 1


def tile_bytes(tile: Tile, hash_at: HashAt) -> bytes:
    """The bytes of a tile: its hashes one after the other."""
    first = tile.number * TILE_WIDTH
    return b"".join(hash_at(TILE_HEIGHT * tile.level, first + i) for i in range(tile.width))


def width_of(level: int, number: int, size: int) -> int:
    """How wide the tile `number` of a level is in a tree of `size` entries; 0 where there is none."""
    return max(0, min(TILE_WIDTH, (size >> TILE_HEIGHT * level) - number * TILE_WIDTH))


class TileReader:
    """Reads hashes of a published tree of a known size from its tiles.

    It believes the tiles: compare `root()` with a signed checkpoint first, or check what it gives against a
    signed root. A partial tile that is gone is looked for in the full one that followed it (tlog-tiles,
    section "Partial Tiles").
    """

    def __init__(self, read: Read, size: int) -> None:
        self._read = read
        self.size = size
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def hash_at(self, height: int, index: int) -> bytes:
        """The root over the complete range of 2**height entries with this index; raises `BadInput`."""
        if (index + 1) << height > self.size:
            raise BadInput(f"the tree of {self.size} has no complete range {index} of 2^{height} entries", "tiles")
        level, inner = divmod(height, TILE_HEIGHT)
        first = index << inner
        hashes = self._tile(level, first // TILE_WIDTH)
        start = first % TILE_WIDTH
        return hashes[start] if inner == 0 else root_of(hashes[start : start + (1 << inner)])

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` entries (over all of them when no size is given)."""
        return root_at(self.size if size is None else size, self.hash_at)

    def _tile(self, level: int, number: int) -> list[bytes]:
        found = self._tiles.get((level, number))
        if found is None:
            width = width_of(level, number, self.size)
            found = split_hashes(self._bytes(Tile(level, number, width)))
            if len(self._tiles) >= _CACHED_TILES_MAX:
                self._tiles.clear()
            self._tiles[level, number] = found
        return found

    def _bytes(self, tile: Tile) -> bytes:
        data = self._read(tile.path)
        if data is None and tile.width < TILE_WIDTH:
            full = self._read(tile._replace(width=TILE_WIDTH).path)
            data = full[: tile.width * HASH_SIZE] if full is not None else None
        if data is None:
            raise BadInput("this tile is missing", tile.path, "fetch it again")
        if len(data) != tile.width * HASH_SIZE:
            raise BadInput(
                f"this tile has {len(data)} bytes, not {tile.width * HASH_SIZE}", tile.path, "fetch it again"
            )
        return data
