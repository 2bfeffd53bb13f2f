"""Tiles and bundles have one path and one content for every size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.bundle import ENTRY_SIZE_MAX, bundle_of_path, bundle_path, pack, unpack
from isonomy.record.publication import Publication
from isonomy.record.tiles import Tile, TileReader, tile_bytes, tile_of_path, tiles_between, tiles_of
from isonomy.record.tree import leaf_hash, root_of
from tests.record.attempt import attempt

ENTRIES = [f"entry {number}".encode() for number in range(800)]
WIDTHS = st.integers(1, 256)
SIZES = st.one_of(st.integers(0, 800), st.sampled_from([0, 1, 255, 256, 257, 511, 512, 513, 768]))
NUMBERS = st.one_of(st.integers(0, 2000), st.integers(0, 2**50))


def published(size: int) -> tuple[Publication, dict[str, bytes]]:
    publication = Publication()
    for entry in ENTRIES[:size]:
        publication.append(entry)
    return publication, dict(publication.take_files() + publication.edge_files())


@given(st.integers(0, 63), NUMBERS, WIDTHS)
def test_a_tile_and_a_bundle_are_found_again_by_their_paths(level: int, number: int, width: int) -> None:
    tile = Tile(level, number, width)
    assert tile_of_path(tile.path) == tile
    assert bundle_of_path(bundle_path(number, width)) == (number, width)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/00/000", "tile/64/000",
        "tile/0/x000/000", "tile/0/001/234", "tile/0/x001/x234", "tile/0/1234", "tile/-1/000", "tile/0/000/",
        "/tile/0/000", "tile/0/000.p", "",
        "tile/data/000", "000", "x001/234", "tile/0/٠٠٠", "tile/0/" + "x001/" * 60 + "000", "tile/0/000\n",
    ],
)  # fmt: skip
def test_a_second_spelling_of_a_path_is_refused(path: str) -> None:
    with pytest.raises(BadInput):
        tile_of_path(path)
    with pytest.raises(BadInput):
        bundle_of_path(path.replace("tile/0/", "tile/entries/"))


@given(st.text(max_size=30))
def test_any_text_is_a_path_or_bad_input(text: str) -> None:
    for read in (tile_of_path, bundle_of_path):
        attempt(read, text)


@given(SIZES, SIZES)
def test_growing_writes_exactly_the_tiles_that_were_not_there(first: int, second: int) -> None:
    old, new = sorted((first, second))
    assert set(tiles_between(old, new)) == set(tiles_of(new)) - set(tiles_of(old))


def test_no_tile_is_empty_and_no_partial_tile_is_hashed_upward() -> None:
    for size in range(800):
        for tile in tiles_of(size):
            assert tile.width == min(256, (size >> 8 * tile.level) - 256 * tile.number) > 0


@given(SIZES)
def test_a_publication_writes_the_tiles_and_bundles_of_its_size(size: int) -> None:
    _, files = published(size)
    tiles = {tile.path for tile in tiles_of(size)}
    bundles = {bundle_path(n, min(256, size - 256 * n)) for n in range(-(-size // 256))}
    assert set(files) == tiles | bundles
    reader = TileReader(files.get, size)
    assert reader.root() == root_of([leaf_hash(entry) for entry in ENTRIES[:size]])
    for tile in tiles_of(size):
        assert tile_bytes(tile, reader.hash_at) == files[tile.path]


@given(st.integers(0, 500), st.integers(0, 300))
def test_a_publication_resumes_from_its_tree_and_its_last_entries(size: int, more: int) -> None:
    publication, files = published(size)
    resumed = Publication(publication.tree, ENTRIES[size - size % 256 : size])
    for entry in ENTRIES[size : size + more]:
        resumed.append(entry)
    files = {path: data for path, data in files.items() if ".p/" not in path}
    files.update(resumed.take_files() + resumed.edge_files())
    assert files == published(size + more)[1]


def test_a_publication_does_not_resume_from_other_entries() -> None:
    publication, _ = published(300)
    with pytest.raises(BadInput, match="not those of the tree"):
        Publication(publication.tree, ENTRIES[255:299])


def test_a_partial_tile_that_is_gone_is_read_from_the_full_one() -> None:
    _, earlier = published(300)
    del earlier["tile/0/001.p/44"]
    reader = TileReader({**published(512)[1], **earlier}.get, 300)
    assert reader.root() == root_of([leaf_hash(entry) for entry in ENTRIES[:300]])


def test_a_missing_or_short_tile_is_named() -> None:
    _, files = published(300)
    with pytest.raises(BadInput, match=r"tile/0/001\.p/44: this tile is missing"):
        TileReader({}.get, 300).hash_at(0, 299)
    with pytest.raises(BadInput, match=r"tile/0/001\.p/44: this tile has 1407 bytes"):
        TileReader({**files, "tile/0/001.p/44": files["tile/0/001.p/44"][1:]}.get, 300).root()
    with pytest.raises(BadInput, match="no complete range"):
        TileReader(files.get, 300).hash_at(8, 1)


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=256))
def test_a_bundle_is_unpacked_to_its_entries(entries: list[bytes]) -> None:
    data = pack(entries)
    assert unpack(data, len(entries)) == entries
    for wrong in (data[:-1], data + b"\0"):
        with pytest.raises(BadInput):
            unpack(wrong, len(entries))


@given(st.binary(max_size=200), WIDTHS)
def test_any_bytes_are_a_bundle_or_bad_input_with_a_place(data: bytes, width: int) -> None:
    entries, fault = attempt(unpack, data, width, "bundle")
    if fault is None:
        assert pack(entries) == data
    else:
        assert fault.where.startswith("bundle: byte ")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\0", "byte 0: the bundle breaks off in its entry 0 of 2"),
        (b"\0\1a\0", "byte 3: the bundle breaks off in its entry 1 of 2"),
        (b"\0\1a\0\5ab", "byte 3: the bundle breaks off in its entry 1 of 2"),
        (b"\0\0\0\1a", "byte 0: entry 0 of the bundle is empty"),
        (b"\0\1a\0\1bcd", "byte 6: 2 bytes follow the last of 2 entries"),
    ],
)
def test_a_broken_bundle_says_where_it_breaks(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        unpack(data, 2, "bundle")


def test_an_entry_of_65535_bytes_fits_and_one_more_does_not() -> None:
    assert unpack(pack([b"x" * ENTRY_SIZE_MAX]), 1) == [b"x" * ENTRY_SIZE_MAX]
    for entry in (b"x" * (ENTRY_SIZE_MAX + 1), b""):
        with pytest.raises(BadInput, match="does not fit"):
            pack([entry])
