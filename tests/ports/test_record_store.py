"""What every store of entries promises: groups whole and durable, numbers without a gap, one writer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.chamber.ports import StoreFault
from tests.ports.stores import InMemory, OnDisk, Stores


def test_a_new_record_is_empty(stores: Stores) -> None:
    record = stores.record()
    assert record.size == 0
    assert list(record.read()) == []


def test_what_was_appended_is_there_in_order_when_it_is_opened_again(stores: Stores) -> None:
    record = stores.record()
    record.append(0, [b"first", b"second"])
    record.append(2, [b"third"])
    record.close()
    again = stores.record(writing=False)
    assert again.size == 3
    assert list(again.read()) == [b"first", b"second", b"third"]
    assert list(again.read(1, 2)) == [b"second"]
    assert list(again.read(3)) == []


@pytest.mark.parametrize("first", [0, 1, 3, 7])
def test_a_group_that_does_not_follow_the_last_entry_is_refused_whole(stores: Stores, first: int) -> None:
    record = stores.record()
    record.append(0, [b"a", b"b"])
    with pytest.raises(StoreFault, match="does not follow"):
        record.append(first, [b"c", b"d"])
    assert list(record.read()) == [b"a", b"b"]


def test_a_second_writer_is_turned_away_and_told_what_to_do(stores: Stores) -> None:
    record = stores.record()
    with pytest.raises(StoreFault) as turned_away:
        stores.record()
    assert "writ" in turned_away.value.what
    assert "wait" in turned_away.value.cure
    record.append(0, [b"a"])
    record.close()
    record.close()
    assert stores.record().size == 1


def test_readers_read_beside_the_writer_and_cannot_write(stores: Stores) -> None:
    record = stores.record()
    record.append(0, [b"a"])
    reader = stores.record(writing=False)
    assert list(reader.read()) == [b"a"]
    record.append(1, [b"b"])
    assert list(reader.read()) == [b"a", b"b"]
    with pytest.raises(StoreFault, match="reading"):
        reader.append(2, [b"c"])
    assert reader.size == 2


def test_every_byte_of_an_entry_comes_back(stores: Stores) -> None:
    record = stores.record()
    entries = [bytes(range(256)), b"\x00", "é\U0001f600".encode(), b"x" * 65_535]
    record.append(0, entries)
    assert list(record.read()) == entries


def test_many_entries_are_read_in_order(stores: Stores) -> None:
    record = stores.record()
    entries = [str(number).encode() for number in range(2_000)]
    record.append(0, entries)
    assert list(record.read()) == entries
    assert list(record.read(1_990)) == entries[1_990:]


@given(st.lists(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=5), max_size=8))
@pytest.mark.parametrize("kind", [InMemory, OnDisk], ids=lambda kind: kind.kind)
def test_any_groups_give_their_entries_one_after_the_other(
    kind: type[Stores], tmp_path_factory: pytest.TempPathFactory, groups: list[list[bytes]]
) -> None:
    stores = kind(tmp_path_factory.mktemp("any") / "organisation")
    record = stores.record()
    for group in groups:
        record.append(record.size, group)
    record.close()
    assert list(stores.record(writing=False).read()) == [entry for group in groups for entry in group]
