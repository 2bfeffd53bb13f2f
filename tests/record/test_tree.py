"""The tree is the one of RFC 6962, whatever its size and however it grew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.tiles import Tile, tiles_of
from isonomy.record.tree import (
    EMPTY_ROOT,
    Tree,
    leaf_hash,
    node_hash,
    range_root,
    root_at,
    root_of,
    split_hashes,
)

LEAVES = [leaf_hash(f"entry {number}".encode()) for number in range(1100)]


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962, section 2.1, writes it down."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return node_hash(defined_root(leaves[:k]), defined_root(leaves[k:]))


def hash_at(height: int, index: int) -> bytes:
    return defined_root(LEAVES[index << height : (index + 1) << height])


def grown(size: int) -> Tree:
    tree = Tree()
    tree.extend(LEAVES[:size])
    return tree


SIZES = st.one_of(st.integers(0, 40), st.integers(0, len(LEAVES)), st.sampled_from([255, 256, 257, 511, 512, 1024]))


@given(SIZES)
def test_every_way_to_a_root_gives_the_defined_one(size: int) -> None:
    root = defined_root(LEAVES[:size])
    assert grown(size).root() == root
    assert root_of(LEAVES[:size]) == root
    assert root_at(size, hash_at) == root


@given(SIZES, st.integers(0, 300))
def test_a_tree_resumed_from_its_partial_tiles_grows_like_the_one_that_never_stopped(size: int, more: int) -> None:
    resumed = Tree.from_edges(size, grown(size).edges())
    assert resumed.root() == grown(size).root()
    resumed.extend(LEAVES[size : size + more])
    whole = grown(min(len(LEAVES), size + more))
    assert resumed.root() == whole.root()
    assert resumed.edges() == whole.edges()


@given(SIZES)
def test_full_tiles_and_edges_are_every_tile_of_the_size(size: int) -> None:
    tree = grown(size)
    tiles = {Tile(level, number, 256): data for level, number, data in tree.take_full()}
    for level, edge in enumerate(tree.edges()):
        if edge:
            tiles[Tile(level, (size >> 8 * level) // 256, len(edge) // 32)] = edge
    assert set(tiles) == set(tiles_of(size))
    for tile, data in tiles.items():
        first = tile.number * 256
        assert split_hashes(data) == [hash_at(8 * tile.level, first + i) for i in range(tile.width)]
    assert tree.take_full() == []


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_range_inside_a_tree_has_the_root_of_its_leaves(start: int, width: int) -> None:
    first = start << (width - 1).bit_length()
    if first + width <= len(LEAVES):
        assert range_root(first, first + width, hash_at) == defined_root(LEAVES[first : first + width])


def test_a_leaf_is_never_a_node() -> None:
    left, right = LEAVES[0], LEAVES[1]
    assert leaf_hash(left + right) != node_hash(left, right)


def test_leaves_given_before_a_fault_are_in_the_tree() -> None:
    tree = Tree()

    def failing() -> object:
        yield from LEAVES[:300]
        raise BadInput("the source broke off")

    with pytest.raises(BadInput):
        tree.extend(failing())  # type: ignore[arg-type]
    assert (tree.size, tree.root()) == (300, defined_root(LEAVES[:300]))


@pytest.mark.parametrize(
    ("size", "edges"), [(1, []), (1, [b"x"]), (0, [b"x" * 32]), (256, [b"x" * 32]), (5, [b"x" * 160, b"y" * 32])]
)
def test_edges_that_do_not_fit_the_size_are_refused(size: int, edges: list[bytes]) -> None:
    with pytest.raises(BadInput, match=r"partial tile|no tile"):
        Tree.from_edges(size, edges)
