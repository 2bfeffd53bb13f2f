"""What every store of personal values and documents promises: kept until erased, and then gone from the disk."""

from __future__ import annotations

from isonomy.chamber.ports import MEMBERS, Kept
from isonomy.record.commitment import Opening, commitment
from tests.ports.stores import OnDisk, Stores

SALT = b"s" * 32
SECRET = "Mira Vale of Ferry Lane"


def kept(value: str = SECRET, salt: bytes = SALT) -> Kept:
    return Kept(Opening(commitment(salt, "name", value), "name", salt, value), MEMBERS)


def test_a_value_is_found_by_its_commitment_with_salt_and_audience(stores: Stores) -> None:
    values = stores.values()
    values.put([kept()], 4)
    values.close()
    assert stores.values().get(kept().opening.commitment) == kept()
    assert stores.values().get(b"?" * 32) is None


def test_putting_a_value_twice_changes_nothing(stores: Stores) -> None:
    values = stores.values()
    values.put([kept()], 4)
    values.put([Kept(kept().opening, "public")], 5)
    assert list(values.all()) == [kept()]


def test_values_of_a_group_that_was_never_appended_are_deleted(stores: Stores) -> None:
    values = stores.values()
    entered, lost = kept("A"), kept("B")
    values.put([entered], 4)
    values.put([lost], 5)
    assert values.drop_unentered(5) == 1
    assert list(values.all()) == [entered]
    assert values.drop_unentered(5) == 0


def test_an_erased_value_cannot_be_read_from_the_disk(stores: Stores) -> None:
    values = stores.values()
    values.put([kept(), kept("Another")], 0)
    assert SECRET.encode() in stores.bytes_at_rest()
    assert values.erase(kept().opening.commitment)
    assert not values.erase(kept().opening.commitment)
    assert values.get(kept().opening.commitment) is None
    assert SECRET.encode() not in stores.bytes_at_rest()
    assert b"Another" in stores.bytes_at_rest()


def test_values_are_listed_in_order_of_commitment(stores: Stores) -> None:
    values = stores.values()
    values.put([kept(str(number)) for number in range(20)], 0)
    listed = [found.opening.commitment for found in values.all()]
    assert listed == sorted(listed)
    assert len(listed) == 20


def test_a_document_is_kept_until_it_is_erased(stores: Stores) -> None:
    documents = stores.documents()
    documents.put(b"c" * 32, b"minutes of the meeting")
    documents.put(b"c" * 32, b"another")
    assert stores.documents().get(b"c" * 32) == b"minutes of the meeting"
    assert documents.get(b"d" * 32) is None
    assert documents.erase(b"c" * 32)
    assert not documents.erase(b"c" * 32)
    assert stores.documents().get(b"c" * 32) is None
    assert b"minutes of the meeting" not in stores.bytes_at_rest()


def test_a_document_on_disk_is_named_after_its_commitment(stores: Stores) -> None:
    stores.documents().put(b"c" * 32, b"minutes")
    if isinstance(stores, OnDisk):
        assert [path.name for path in (stores.path / "documents").iterdir()] == [(b"c" * 32).hex()]
