"""Entry bundles: 256 entries to a file, each after its length.

Lives here: paths of bundles, packing and strict unpacking. Not here: what an entry holds (`entry`), whether
it hashes to what the tile says (`verification`).

Invariant: entry i of bundle n hashes to hash i of tile n of level 0, and a bundle is exactly its entries: no
gap, no rest (C2SP tlog-tiles, section "Log entries"). An entry has at most 65,535 bytes, because its length
is a big-endian u16.

    tile/entries/x001/234       the entries 315904 to 316159
    tile/entries/273.p/112      the last 112 entries of a record of 70,000
"""

from __future__ import annotations

from collections.abc import Iterable

from isonomy.kernel.bad_input import BadInput
from isonomy.record.tiles import number_and_width, numbered_path
from isonomy.record.tree import TILE_WIDTH

ENTRY_SIZE_MAX = 65_535
_FOLDER = "tile/entries/"


def bundle_path(number: int, width: int = TILE_WIDTH) -> str:
    """The place of bundle `number` holding `width` entries, 1 to 256."""
    return f"{_FOLDER}{numbered_path(number, width)}"


def bundle_of_path(path: str) -> tuple[int, int]:
    """The number and width of the bundle at a path; raises `BadInput` for another path."""
    if not path.startswith(_FOLDER):
        raise BadInput("this is not the path of an entry bundle", path[:200], "tile/entries/<number>[.p/<width>]")
    return number_and_width(path.removeprefix(_FOLDER))


def pack(entries: Iterable[bytes]) -> bytes:
    """The bytes of a bundle; raises `BadInput` for an entry that is empty or larger than 65,535 bytes."""
    parts: list[bytes] = []
    for entry in entries:
        if not 0 < len(entry) <= ENTRY_SIZE_MAX:
            raise BadInput(
                f"an entry of {len(entry)} bytes does not fit",
                "",
                f"at most {ENTRY_SIZE_MAX}; put long texts beside",
            )
        parts += (len(entry).to_bytes(2, "big"), entry)
    return b"".join(parts)


def unpack(data: bytes, width: int, where: str = "") -> list[bytes]:
    """The `width` entries of a bundle; raises `BadInput` naming the byte at which it is not one."""
    entries = []
    at, end = 0, len(data)
    for number in range(width):
        start = at + 2
        after = start + int.from_bytes(data[at:start], "big")
        if start > end or after > end:
            raise BadInput(f"the bundle breaks off in its entry {number} of {width}", f"{where}: byte {at}")
        if start == after:
            raise BadInput(f"entry {number} of the bundle is empty", f"{where}: byte {at}")
        entries.append(data[start:after])
        at = after
    if at != end:
        raise BadInput(f"{end - at} bytes follow the last of {width} entries", f"{where}: byte {at}")
    return entries
