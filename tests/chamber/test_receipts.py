"""Receipts as they are given out: under the last signed head, from hashes that grow with the record."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.adapters.memory import MemoryFolder, MemoryRecord
from isonomy.chamber.receipts import Hashes
from isonomy.record.tree import Tree, leaf_hash, range_root


def _record(entries: list[bytes]) -> MemoryRecord:
    record = MemoryRecord(MemoryFolder())
    if entries:
        record.append(0, entries)
    return record


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 40))
def test_hashes_taken_in_steps_are_those_of_the_tree(steps: list[int], more: int) -> None:
    entries = [sha256(bytes([number])).digest() for number in range(sum(steps) + more)]
    record, hashes, tree = _record(entries), Hashes(), Tree()
    reached = 0
    for step in [*steps, more]:
        reached += step
        hashes.reach(record, reached)
        assert hashes.size == reached
    for entry in entries:
        tree.append_entry(entry)
    if entries:
        assert range_root(0, len(entries), hashes.at) == tree.root()


def test_an_entry_is_hashed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[bytes] = []

    def counted(entry: bytes) -> bytes:
        hashed.append(entry)
        return leaf_hash(entry)

    monkeypatch.setattr("isonomy.chamber.receipts.leaf_hash", counted)
    record, hashes = _record([b"a", b"b", b"c"]), Hashes()
    hashes.reach(record, 2)
    hashes.reach(record, 3)
    hashes.reach(record, 3)
    assert hashed == [b"a", b"b", b"c"]
