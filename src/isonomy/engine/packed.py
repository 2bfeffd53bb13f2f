"""What the state keeps of every entry, packed: the digests of acts and the places of their ids.

Lives here: two containers that hold fixed bytes side by side, a few dozen bytes an entry where lists and dictionaries of
objects take hundreds. Not here: what is in the state (`state`), when it is added (`apply`).

Invariant: they answer as a list of digests and a dictionary of ids would, and their JSON is that of those; how they are packed
shows nowhere.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator

from isonomy.kernel.bad_input import BadInput

DIGEST_SIZE, ID_SIZE = 32, 16
_SMALLEST = 64


class Digests:
    """SHA-256 of the act of each entry, by the entry's number."""

    __slots__ = ("_bytes",)

    def __init__(self) -> None:
        self._bytes = bytearray()

    def append(self, digest: bytes) -> None:
        """Adds the digest of the next entry; 32 bytes."""
        assert len(digest) == DIGEST_SIZE
        self._bytes += digest

    def __len__(self) -> int:
        return len(self._bytes) // DIGEST_SIZE

    def __getitem__(self, entry: int) -> bytes:
        if not 0 <= entry < len(self):
            raise IndexError(entry)
        return bytes(self._bytes[entry * DIGEST_SIZE : (entry + 1) * DIGEST_SIZE])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Digests) and self._bytes == other._bytes

    __hash__ = None  # type: ignore[assignment]

    def to_json(self) -> list[str]:
        """The digests as hex, in order."""
        return [self[entry].hex() for entry in range(len(self))]


class ActPlaces:
    """The entry in which each act stands, by the act's id (32 hex digits); of two acts under one id the later.

    The ids lie side by side by entry; a table of twice as many places, found by a hash that nobody outside can foresee,
    leads from an id to its entry.
    """

    __slots__ = ("_held", "_ids", "_table")

    def __init__(self) -> None:
        self._ids = bytearray()
        self._table = array("I", bytes(4 * _SMALLEST))
        self._held = 0

    def append(self, act_id: str) -> None:
        """Enters the id of the next entry's act; raises `BadInput` for what is no id."""
        try:
            key = bytes.fromhex(act_id)
        except ValueError:
            key = b""
        if len(key) != ID_SIZE:
            raise BadInput(f"'{act_id[:60]}' is not an act id", "act.id", "an id is 128 bits as 32 hex digits")
        entry = len(self._ids) // ID_SIZE
        self._ids += key
        place = self._place_of(key)
        self._held += not self._table[place]
        self._table[place] = entry + 1
        if 2 * self._held > len(self._table):
            self._widen()

    def get(self, act_id: str) -> int | None:
        """The entry of the act of that id; None where there is none."""
        try:
            key = bytes.fromhex(act_id)
        except ValueError:
            return None
        entry = self._table[self._place_of(key)] if len(key) == ID_SIZE and key.hex() == act_id else 0
        return entry - 1 if entry else None

    def __contains__(self, act_id: object) -> bool:
        return isinstance(act_id, str) and self.get(act_id) is not None

    def __len__(self) -> int:
        return self._held

    def __iter__(self) -> Iterator[str]:
        """The ids, in the order of their entries."""
        for entry in range(len(self._ids) // ID_SIZE):
            key = self._id_of(entry)
            if self._table[self._place_of(key)] == entry + 1:
                yield key.hex()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ActPlaces) and self._ids == other._ids

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Callable[[Iterable[str]], ActPlaces], tuple[list[str]]]:
        # The hash is this process's own: a copy, in this process or another, finds its places anew.
        return places_of, ([self._id_of(entry).hex() for entry in range(len(self._ids) // ID_SIZE)],)

    def to_json(self) -> dict[str, int]:
        """Each id with its entry."""
        return {act_id: self._table[self._place_of(bytes.fromhex(act_id))] - 1 for act_id in self}

    def _id_of(self, entry: int) -> bytes:
        return bytes(self._ids[entry * ID_SIZE : (entry + 1) * ID_SIZE])

    def _place_of(self, key: bytes) -> int:
        """The place in the table where the id stands, or the free one where it would."""
        table, ids, last = self._table, self._ids, len(self._table) - 1
        place = hash(key) & last
        while entry := table[place]:
            if ids[(entry - 1) * ID_SIZE : entry * ID_SIZE] == key:
                return place
            place = (place + 1) & last
        return place

    def _widen(self) -> None:
        entries = [entry for entry in self._table if entry]
        self._table = array("I", bytes(8 * len(self._table)))
        for entry in entries:
            self._table[self._place_of(self._id_of(entry - 1))] = entry


def places_of(ids: Iterable[str]) -> ActPlaces:
    """The places of acts by their ids, one an entry, in order."""
    found = ActPlaces()
    for act_id in ids:
        found.append(act_id)
    return found
