"""What an export holds for whom; that nothing else than the signed record is exported."""

from __future__ import annotations

import hashlib

import pytest

from isonomy.chamber.exporting import Export
from isonomy.chamber.ports import StoreFault
from isonomy.kernel.bad_input import BadInput
from isonomy.record.box import read_box
from isonomy.record.bundle import unpack
from isonomy.record.commitment import read_openings
from isonomy.record.manifest import open_manifest
from isonomy.record.roll import read_roll
from tests.chamber.exports import busy_club, files_of
from tests.chamber.house import House


@pytest.fixture(scope="module")
def club() -> House:
    return busy_club()


def test_an_export_holds_the_entries_head_key_and_a_signed_list(club: House) -> None:
    files = files_of(club)
    size = len(club.memory.entries)
    assert unpack(files[f"tile/entries/000.p/{size}"], size) == club.memory.entries
    assert files["log.vkey"] == club.org.log_key.verifier().text().encode() + b"\n"
    manifest = open_manifest(files["manifest"], club.org.log_key.verifier())
    assert manifest.head.size == size
    assert manifest.audience == "public"
    listed = {path for path in files if path != "manifest" and not path.startswith("tile/")}
    assert set(manifest.digests) == listed
    for path in listed:
        assert manifest.digests[path] == hashlib.sha256(files[path]).hexdigest()


def test_the_entries_are_the_same_bytes_for_every_audience(club: House) -> None:
    exports = [files_of(club, audience) for audience in ("public", "members", "body")]
    for files in exports[1:]:
        same = {path: data for path, data in files.items() if path.startswith(("tile/", "checkpoint", "log.vkey"))}
        assert same == {path: exports[0][path] for path in same}


def test_each_audience_gets_the_values_meant_for_it_and_for_wider_ones(club: House) -> None:
    shown = {
        audience: sorted(opening.value or "" for opening in read_openings(files_of(club, audience)["openings.jsonl"]))
        for audience in ("public", "members", "body")
    }
    assert shown == {
        "public": ["Name 1"],
        "members": ["Name 0", "Name 1"],
        "body": ["Name 0", "Name 1", "Name 2"],
    }


def test_ballots_of_a_large_enough_box_are_published_and_a_small_one_gives_its_tally_only(club: House) -> None:
    large, small = sorted(poll.id for poll in club.appender.state.polls.values() if poll.standing == "declared")[:2]
    by_size = sorted((large, small), key=lambda poll: -(club.appender.state.polls[poll].box_size or 0))
    public, body = files_of(club), files_of(club, "body")
    assert len(read_box(public[f"boxes/{by_size[0]}/box.jsonl"])[0]) == 4
    assert f"boxes/{by_size[1]}/box.jsonl" not in public
    assert len(read_box(body[f"boxes/{by_size[1]}/box.jsonl"])[0]) == 1
    withheld = open_manifest(public["manifest"], club.org.log_key.verifier()).withheld
    assert f"boxes/{by_size[1]}/box.jsonl" in withheld
    assert not open_manifest(body["manifest"], club.org.log_key.verifier()).withheld


def test_the_marked_roll_is_for_members_and_not_for_the_public(club: House) -> None:
    assert not [path for path in files_of(club) if path.endswith("roll.json")]
    rolls = [data for path, data in files_of(club, "members").items() if path.endswith("roll.json")]
    assert len(rolls) == 2
    assert sorted(read_roll(data).marked or 0 for data in rolls) == [1, 4]


def test_an_open_box_is_in_no_export() -> None:
    house = House(None).found()
    poll = house.open_poll()
    house.cast(poll, "ben")
    assert not [path for path in files_of(house, "body") if path.startswith("boxes/")]


def test_an_export_covers_what_is_signed_and_nothing_after_it() -> None:
    house = House(None).found()
    size = len(house.memory.entries)
    house.appender._settle_later = lambda group: None  # type: ignore[method-assign]  # the process ends before signing
    house.must("member.admit", by="ada", person="p-fay000")
    files = files_of(house)
    assert f"tile/entries/000.p/{size}" in files


def test_a_record_that_is_not_the_signed_one_is_not_exported() -> None:
    house = House(None).found()
    house.memory.entries[3] = house.memory.entries[3].replace(b"p-cy000", b"p-xy000")
    with pytest.raises(StoreFault, match="not the one that was signed"):
        files_of(house)
    empty = House(None)
    with pytest.raises(StoreFault, match="no head"):
        files_of(empty)


def test_an_audience_that_does_not_exist_is_bad_input(club: House) -> None:
    stores = club.stores(writing=False)
    with pytest.raises(BadInput, match="membres"):
        Export(stores, "membres")
    stores.close()


def test_files_written_for_readers_come_along_under_the_manifest_and_none_twice(club: House) -> None:
    stores = club.stores(writing=False)
    files = dict(Export(stores).files([("people.json", b"[]\n")]))
    assert files["people.json"] == b"[]\n"
    assert "people.json" in open_manifest(files["manifest"], club.org.log_key.verifier()).digests
    with pytest.raises(BadInput, match="one path"):
        dict(Export(stores).files([("checkpoint", b"another")]))
    stores.close()
