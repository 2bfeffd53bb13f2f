"""What was altered is told from what was signed, by what leads to the signed root; on a record with three levels."""

from __future__ import annotations

from functools import lru_cache

from isonomy.record.checkpoint import Checkpoint
from isonomy.record.discrepancy import ALTERED, MISSING
from isonomy.record.examination import Part
from isonomy.record.publication import Publication
from isonomy.record.tile_trust import TileTrust
from isonomy.record.tree import EMPTY_ROOT, HASH_SIZE, TILE_WIDTH, leaf_hash, root_of, split_hashes

SIZE = 70_000
FULL, LAST = divmod(SIZE, TILE_WIDTH)
EDGE, UPPER = "tile/0/273.p/112", "tile/1/000"


@lru_cache(maxsize=1)
def published() -> tuple[dict[str, bytes], Checkpoint]:
    publication = Publication()
    for number in range(SIZE):
        publication.append(b"entry %d" % number)
    files = dict(publication.take_files() + publication.edge_files())
    return files, Checkpoint("example.invalid", SIZE, publication.tree.root())


def leaves(files: dict[str, bytes], number: int) -> bytes:
    return files[EDGE if number == FULL else f"tile/0/{number:03d}"]


@lru_cache(maxsize=2 * FULL)
def row_root(row: bytes) -> bytes:
    return root_of(split_hashes(row))


def examined(
    tiles: dict[int, bytes] | None = None, entries: dict[int, bytes] | None = None, absent: tuple[int, ...] = ()
) -> list[Part]:
    """What the parts of the record would say: leaf tiles and hashed entries as published, but for those given."""
    files, _ = published()
    parts = []
    for first, after in ((0, 100), (100, FULL + 1)):
        part = Part(first, absent={number for number in absent if first <= number < after})
        for number in range(first, after):
            signed = leaves(files, number)
            stated, hashed = (tiles or {}).get(number, signed), (entries or {}).get(number, signed)
            if number in absent:
                stated = hashed = bytes(len(signed))
            if stated != hashed:
                part.differing[number] = (stated, hashed)
            if number == FULL:
                part.edge = (stated, hashed)
            else:
                part.by_tile.append(row_root(stated))
                part.by_entries.append(row_root(hashed))
        parts.append(part)
    return parts


def trust(parts: list[Part], root: bytes | None = None, **upper: bytes | None) -> TileTrust:
    files, head = published()
    given = {**files, **{path.replace("__", ".p/").replace("_", "/"): data for path, data in upper.items()}}
    found = Checkpoint(head.origin, SIZE, head.root if root is None else root)
    return TileTrust(lambda path: given.get(path), found, parts)


def changed(data: bytes, at: int) -> bytes:
    """The joined hashes with hash `at` exchanged."""
    return data[: at * HASH_SIZE] + leaf_hash(b"other") + data[(at + 1) * HASH_SIZE :]


def said(found: TileTrust) -> list[str]:
    return [item.sentence() for item in found.discrepancies]


def test_what_was_signed_leads_to_the_root() -> None:
    found = trust(examined())
    assert (said(found), found.altered) == ([], set())


def test_an_altered_tile_of_any_level_is_named_with_its_hash_and_the_entries_stand() -> None:
    files, _ = published()
    for path, at, entries in ((UPPER, 7, "1792 to 2047"), ("tile/1/001.p/17", 3, "66304 to 66559")):
        key = path.replace(".p/", "__").replace("/", "_")
        found = trust(examined(), **{key: changed(files[path], at)})
        (only,) = found.discrepancies
        assert (only.kind, only.place, found.altered) == (ALTERED, f"{path}: hash {at}", set())
        assert f"entries {entries}" in only.says
    (only,) = trust(examined(), tile_2_000__1=leaf_hash(b"other")).discrepancies
    assert only.place == "tile/2/000.p/1: hash 0"
    (only,) = trust(examined(tiles={5: changed(leaves(files, 5), 9)})).discrepancies
    assert only.place == "tile/0/005: hash 9"
    (only,) = trust(examined(tiles={FULL: changed(leaves(files, FULL), 9)})).discrepancies
    assert only.place == f"{EDGE}: hash 9"


def test_an_upper_tile_that_is_gone_or_cut_is_named_once() -> None:
    files, _ = published()
    (only,) = trust(examined(), tile_1_000=None).discrepancies
    assert (only.kind, only.place) == (MISSING, UPPER)
    (only,) = trust(examined(), tile_1_000=files[UPPER][:-32]).discrepancies
    assert (only.kind, only.place) == (ALTERED, UPPER)
    assert "8160 bytes where 256 hashes have 8192" in only.says


def test_an_altered_entry_is_named_whether_its_bundle_is_full_or_the_last() -> None:
    files, _ = published()
    for number, at in ((5, 9), (260, 0), (FULL, 111)):
        found = trust(examined(entries={number: changed(leaves(files, number), at)}))
        (only,) = found.discrepancies
        assert only.entry == number * TILE_WIDTH + at
        assert found.altered == {only.entry}
        assert "altered after it was signed" in only.says


def test_tile_and_entries_rewritten_together_do_not_lead_to_the_root() -> None:
    files, _ = published()
    for number in (5, FULL):
        other = changed(leaves(files, number), 9)
        found = trust(examined(tiles={number: other}, entries={number: other}))
        assert found.discrepancies
        assert {item.kind for item in found.discrepancies} == {ALTERED}
    found = trust(examined(tiles={5: changed(leaves(files, 5), 9)}, entries={5: changed(leaves(files, 5), 9)}))
    (only,) = found.discrepancies
    assert "rewritten after they were signed" in only.says
    assert found.altered == set(range(5 * TILE_WIDTH, 6 * TILE_WIDTH))


def test_where_two_levels_were_altered_nothing_is_said_to_be_as_it_was_signed() -> None:
    files, _ = published()
    parts = examined(entries={5: changed(leaves(files, 5), 9)})
    found = trust(parts, tile_1_000=changed(files[UPPER], 200))
    assert [item.place for item in found.discrepancies] == [UPPER, "tile/entries/005: entry 1289"]
    assert "both were altered" in said(found)[0]
    assert "neither leads to the signed root" in said(found)[1]
    assert not any("as it was signed" in says or "as they were signed" in says for says in said(found))


def test_both_altered_in_different_ways_is_said_of_both() -> None:
    files, _ = published()
    signed = leaves(files, 5)
    found = trust(examined(tiles={5: changed(signed, 3)}, entries={5: changed(signed, 9)}))
    assert [item.entry for item in found.discrepancies] == [5 * TILE_WIDTH + 3, 5 * TILE_WIDTH + 9]
    assert all("at least one was altered" in says for says in said(found))


def test_another_root_is_the_head_of_another_record() -> None:
    files, _ = published()
    (only,) = trust(examined(), root=leaf_hash(b"other")).discrepancies
    assert only.place == "checkpoint"
    found = trust(examined(tiles={5: changed(leaves(files, 5), 9)}), root=leaf_hash(b"other"))
    assert [item.entry for item in found.discrepancies] == [None, 5 * TILE_WIDTH + 9]


def test_what_is_absent_was_reported_before_and_is_not_called_altered() -> None:
    for number in (5, FULL):
        assert said(trust(examined(absent=(number,)))) == []


def test_an_empty_record_has_the_empty_root() -> None:
    for root, count in ((EMPTY_ROOT, 0), (leaf_hash(b"other"), 1)):
        assert len(TileTrust({}.get, Checkpoint("example.invalid", 0, root), []).discrepancies) == count
