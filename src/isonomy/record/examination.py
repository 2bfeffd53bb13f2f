"""Examination of one part of a published record: its bundles and the leaf tiles beside them, entry by entry.

Lives here: what can be told of some bundles without the rest of the record, so that parts can be examined on
several cores. Not here: which of a differing tile and bundle is right (`tile_trust`), the record as a whole
(`verification`).

Invariant: every byte of the part's files is hashed or compared, and every entry is read strictly, so that a
part without differences is exactly what its leaf tiles say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.bundle import bundle_path, unpack
from isonomy.record.discrepancy import ALTERED, MALFORMED, MISSING, OUT_OF_ORDER, UNSIGNED, Discrepancy
from isonomy.record.entry import SIGNED, Entry
from isonomy.record.passkey import AuthorKey, misfit
from isonomy.record.signature import act_challenge
from isonomy.record.tiles import Read, Tile, width_of
from isonomy.record.tree import HASH_SIZE, TILE_WIDTH, leaf_hash, root_of, split_hashes

CLOCK_RESET = "clock.reset"
"""The one act whose entry may be stamped before the entry in front of it."""

Keys = Mapping[int, AuthorKey]
"""The public key of each credential, by its number: 32 bytes, or a passkey."""


@dataclass(frozen=True, slots=True)
class Seal:
    """An effect that seals a box or a roll (keys `box_root`, `roll_digest`), and the number of its entry."""

    entry: int
    effect: Mapping[str, Json]


@dataclass(slots=True)
class Part:
    """What was found in the bundles from `first` on.

    `by_tile` and `by_entries` give for each bundle the root over its leaves, as the tile states it and as the
    entries hash; they differ exactly for the bundles in `differing`, which keeps both rows of leaf hashes.
    The last bundle of the record is partial more often than not; `edge` keeps its leaves then (tile,
    entries).
    """

    first: int
    by_tile: list[bytes] = field(default_factory=list)
    by_entries: list[bytes] = field(default_factory=list)
    differing: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    absent: set[int] = field(default_factory=set)
    edge: tuple[bytes, bytes] = (b"", b"")
    files: list[Discrepancy] = field(default_factory=list)
    entries: list[Discrepancy] = field(default_factory=list)
    authors: Counter[str] = field(default_factory=Counter)
    seals: list[Seal] = field(default_factory=list)
    first_at: str = ""
    last_at: str = ""
    starts_with_reset: bool = False


def examine_part(read: Read, size: int, keys: Keys | None, span: tuple[int, int]) -> Part:
    """Examines the bundles of a span (first, after) of a record of `size` entries.

    With `keys`, the author's proof of every signed entry is checked; a credential that is not among them is
    reported.
    """
    part = Part(span[0])
    for number in range(*span):
        width = width_of(0, number, size)
        stated = _read_tile(part, read, number, width)
        entries = _read_bundle(part, read, number, width)
        hashed = stated
        if entries is not None:
            hashed = b"".join(map(leaf_hash, entries))
            _examine_entries(part, number * TILE_WIDTH, entries, keys)
        if hashed is None:
            part.absent.add(number)
            hashed = bytes(width * HASH_SIZE)
        if stated is None:
            stated = hashed
        if stated != hashed:
            part.differing[number] = (stated, hashed)
        if width < TILE_WIDTH:
            part.edge = (stated, hashed)
            continue
        part.by_entries.append(root_of(split_hashes(hashed)))
        part.by_tile.append(part.by_entries[-1] if stated == hashed else root_of(split_hashes(stated)))
    return part


def _read_tile(part: Part, read: Read, number: int, width: int) -> bytes | None:
    path = Tile(0, number, width).path
    data = read(path)
    if data is None:
        part.files.append(Discrepancy(MISSING, path, "this tile of leaf hashes is missing"))
    elif len(data) != width * HASH_SIZE:
        says = f"{len(data)} bytes where {width} hashes have {width * HASH_SIZE}: the tile was cut or lengthened"
        part.files.append(Discrepancy(ALTERED, path, says))
        return None
    return data


def _read_bundle(part: Part, read: Read, number: int, width: int) -> list[bytes] | None:
    path = bundle_path(number, width)
    data = read(path)
    if data is None:
        first = number * TILE_WIDTH
        says = f"the entries {first} to {first + width - 1} are missing"
        part.files.append(Discrepancy(MISSING, path, says))
        return None
    try:
        return unpack(data, width, path)
    except BadInput as fault:
        part.files.append(Discrepancy(ALTERED, fault.where, f"{fault.what}: the bundle was altered"))
        return None


def _examine_entries(part: Part, first: int, entries: list[bytes], keys: Keys | None) -> None:
    for number, data in enumerate(entries, start=first):
        place = f"entry {number}"
        try:
            entry = Entry.from_bytes(data, place)
        except BadInput as fault:
            part.entries.append(Discrepancy(MALFORMED, fault.where or place, fault.what, number))
            continue
        if entry.n != number:
            says = f"it calls itself entry {entry.n}: an entry is missing, added or moved"
            part.entries.append(Discrepancy(OUT_OF_ORDER, place, says, number))
        resets = entry.act.get("act") == CLOCK_RESET
        part.starts_with_reset |= resets and not part.first_at
        if entry.at < part.last_at and not resets:
            says = f"it is stamped {entry.at}, before the entry in front of it ({part.last_at})"
            part.entries.append(Discrepancy(OUT_OF_ORDER, place, says, number))
        part.first_at = part.first_at or entry.at
        part.last_at = entry.at
        part.authors[entry.auth["kind"]] += 1
        if keys is not None and entry.auth["kind"] == SIGNED:
            _examine_author(part, entry, keys)
        for effect in entry.effects:
            if "box_root" in effect or "roll_digest" in effect:
                part.seals.append(Seal(number, effect))


def _examine_author(part: Part, entry: Entry, keys: Keys) -> None:
    credential = entry.auth["credential"]
    key = keys.get(credential)
    if key is None:
        says = f"it is signed under credential {credential}, which was never enrolled"
    else:
        wrong = misfit(key, act_challenge(entry.act), entry.auth["proof"])
        if wrong is None:
            return
        says = f"its author's proof does not fit the act under credential {credential}: {wrong.says}"
    part.entries.append(Discrepancy(UNSIGNED, f"entry {entry.n}", says, entry.n))
