"""A proof holds for its own index, size and root, and for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.proof import consistency_proof, inclusion_proof, is_consistent, is_included
from isonomy.record.publication import Publication
from isonomy.record.tiles import TileReader
from isonomy.record.tree import EMPTY_ROOT, leaf_hash, node_hash, root_of

SIZE = 700
ENTRIES = [f"entry {number}".encode() for number in range(SIZE)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


def reader() -> TileReader:
    publication = Publication()
    for entry in ENTRIES:
        publication.append(entry)
    return TileReader(dict(publication.take_files() + publication.edge_files()).get, SIZE)


READER = reader()
SIZES = st.one_of(st.integers(1, 20), st.integers(1, SIZE), st.sampled_from([255, 256, 257, 512]))


@st.composite
def included(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(SIZES)
    return draw(st.integers(0, size - 1)), size


@st.composite
def grown(draw: st.DrawFn) -> tuple[int, int]:
    new = draw(SIZES)
    return draw(st.integers(0, new)), new


def changed(proof: tuple[bytes, ...], at: int, bit: int) -> tuple[bytes, ...]:
    step = bytearray(proof[at])
    step[bit // 8] ^= 1 << bit % 8
    return (*proof[:at], bytes(step), *proof[at + 1 :])


@given(included())
def test_every_entry_is_proven_in_every_tree_that_holds_it(place: tuple[int, int]) -> None:
    index, size = place
    proof = inclusion_proof(index, size, READER.hash_at)
    assert is_included(proof, index, size, LEAVES[index], root_of(LEAVES[:size]))


@given(included(), st.data())
def test_an_inclusion_proof_holds_for_nothing_else(place: tuple[int, int], data: st.DataObject) -> None:
    index, size = place
    root = root_of(LEAVES[:size])
    proof = inclusion_proof(index, size, READER.hash_at)
    other = data.draw(st.integers(0, SIZE - 1))
    if other != index:
        assert not is_included(proof, index, size, LEAVES[other], root)
        assert not is_included(proof, other, size, LEAVES[index], root)
    assert not is_included((*proof, LEAVES[0]), index, size, LEAVES[index], root)
    assert not is_included(proof, index, size, LEAVES[index], LEAVES[index][:31])
    if proof:
        at, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
        assert not is_included(changed(proof, at, bit), index, size, LEAVES[index], root)
        assert not is_included(proof[:-1], index, size, LEAVES[index], root)
        assert not is_included(proof[1:], index, size, LEAVES[index], root)


@given(grown())
def test_every_earlier_tree_is_proven_to_be_the_beginning(sizes: tuple[int, int]) -> None:
    old, new = sizes
    proof = consistency_proof(old, new, READER.hash_at)
    assert is_consistent(proof, old, root_of(LEAVES[:old]), new, root_of(LEAVES[:new]))


@given(grown(), st.data())
def test_a_consistency_proof_holds_for_nothing_else(sizes: tuple[int, int], data: st.DataObject) -> None:
    old, new = sizes
    old_root, new_root = root_of(LEAVES[:old]), root_of(LEAVES[:new])
    proof = consistency_proof(old, new, READER.hash_at)
    other = data.draw(st.integers(0, SIZE))
    if other != old:
        assert not is_consistent(proof, old, root_of(LEAVES[:other]), new, new_root)
    if other != new and old > 0:
        assert not is_consistent(proof, old, old_root, new, root_of(LEAVES[:other]))
    assert not is_consistent((*proof, LEAVES[0]), old, old_root, new, new_root)
    if proof:
        at, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
        assert not is_consistent(changed(proof, at, bit), old, old_root, new, new_root)
        assert not is_consistent(proof[:-1], old, old_root, new, new_root)
        assert not is_consistent((), old, old_root, new, new_root)


def test_nothing_is_proven_of_sizes_that_cannot_be() -> None:
    assert not is_included((), 0, 0, LEAVES[0], LEAVES[0])
    assert not is_included((), -1, 1, LEAVES[0], LEAVES[0])
    assert not is_consistent((), 2, LEAVES[0], 1, LEAVES[0])
    assert not is_consistent((), 0, LEAVES[0], 1, LEAVES[0])
    assert not is_consistent((), 0, EMPTY_ROOT, 0, LEAVES[0])
    assert not is_included([LEAVES[0]] * 64, 0, 2**62, LEAVES[0], LEAVES[0])


def test_a_proof_too_long_or_too_short_for_its_size_is_none_even_when_its_hashes_meet_the_root() -> None:
    leaf, other = LEAVES[0], LEAVES[1]
    two, four, eight = root_of(LEAVES[:2]), root_of(LEAVES[:4]), root_of(LEAVES[:8])
    assert is_included((other,), 0, 2, leaf, two)
    assert not is_included((other,), 0, 1, leaf, node_hash(other, leaf))
    assert not is_included((), 0, 2, leaf, leaf)
    assert not is_included((other,), 0, 4, leaf, two)
    assert not is_included((), 0, 1, b"short", b"short")
    after_two, after_four = root_of(LEAVES[2:4]), root_of(LEAVES[4:8])
    assert is_consistent((after_two, after_four), 2, two, 8, eight)
    assert not is_consistent((after_two, after_four), 2, two, 4, eight)
    assert not is_consistent((after_two,), 2, two, 8, four)
    assert not is_consistent((other,), 2, two, 1, leaf)
    assert not is_consistent((), 3, b"short", 3, b"short")


def test_the_empty_tree_begins_every_tree_and_itself() -> None:
    assert is_consistent((), 0, EMPTY_ROOT, 0, EMPTY_ROOT)
    assert is_consistent((), 0, EMPTY_ROOT, 5, root_of(LEAVES[:5]))
    assert not is_consistent((LEAVES[0],), 0, EMPTY_ROOT, 1, LEAVES[0])


def test_a_proof_that_cannot_be_built_says_why() -> None:
    with pytest.raises(BadInput, match="no entry 700"):
        inclusion_proof(700, 700, READER.hash_at)
    with pytest.raises(BadInput, match="no earlier size"):
        consistency_proof(8, 7, READER.hash_at)
