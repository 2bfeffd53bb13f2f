"""An export verifies exactly when every byte of every file is the one that was signed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.record.base64_text import to_base64
from isonomy.record.box import box_path, box_root, write_box
from isonomy.record.bundle import bundle_path, pack, unpack
from isonomy.record.checkpoint import Checkpoint, sign_checkpoint
from isonomy.record.discrepancy import ALTERED, FORKED, MALFORMED, MISSING, OUT_OF_ORDER, STRAY, UNSIGNED
from isonomy.record.note import SignerKey
from isonomy.record.publication import Publication
from isonomy.record.roll import Roll, roll_path
from isonomy.record.tree import HASH_SIZE, TILE_WIDTH, leaf_hash
from isonomy.record.verification import Verification, verify_export
from tests.record.small_export import (
    BALLOTS,
    KEYS,
    LOG_KEY,
    ORIGIN,
    WITNESS,
    entry,
    export,
    log_files,
    signed_manifest,
)

SMALL, TWO_LEVELS = 9, 600


def verify(files: dict[str, bytes], **more: object) -> Verification:
    return verify_export(files.get, files, **more)  # type: ignore[arg-type]


def kinds(found: Verification) -> set[str]:
    return {item.kind for item in found.discrepancies}


def places(found: Verification) -> str:
    return "\n".join(item.sentence() for item in found.discrepancies)


def flipped(files: dict[str, bytes], path: str, at: int, bit: int = 0) -> dict[str, bytes]:
    data = bytearray(files[path])
    data[at] ^= 1 << bit
    return {**files, path: bytes(data)}


@pytest.mark.parametrize("size", [5, SMALL, 255, 256, 257, 300, TWO_LEVELS])
def test_an_export_as_it_was_written_agrees(size: int) -> None:
    found = verify(export(size), keys=KEYS, witnesses=[WITNESS.verifier()])
    assert found.agrees, places(found)
    assert found.head is not None
    assert found.head.size == size
    assert found.cosigned_by == (WITNESS.name,)
    assert found.attested_tallies == ("po-2",)
    assert sum(found.authors.values()) == size


@pytest.mark.parametrize("path", sorted(export(SMALL)))
def test_a_flipped_bit_in_any_byte_of_any_file_is_found(path: str) -> None:
    files = export(SMALL)
    step = max(1, len(files[path]) // 60)
    for at in {*range(0, len(files[path]), step), len(files[path]) - 1}:
        assert not verify(flipped(files, path, at, at % 8)).agrees, f"{path}: byte {at}"


@given(st.data())
def test_any_flipped_bit_of_a_larger_export_is_found_and_its_file_is_named(data: st.DataObject) -> None:
    files = export(300)
    path = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[path]) - 1))
    found = verify(flipped(files, path, at, data.draw(st.integers(0, 7))))
    assert path in places(found)


@pytest.mark.scale
@pytest.mark.parametrize("path", sorted(export(SMALL)))
def test_a_flipped_bit_in_each_single_byte_is_found(path: str) -> None:
    files = export(SMALL)
    for at in range(len(files[path])):
        assert not verify(flipped(files, path, at, at % 8)).agrees, f"{path}: byte {at}"


@pytest.mark.parametrize("path", sorted(export(SMALL)))
def test_a_file_that_is_gone_is_missed(path: str) -> None:
    files = {name: data for name, data in export(SMALL).items() if name != path}
    found = verify(files)
    assert kinds(found) >= {MISSING}
    assert path in places(found)


@pytest.mark.parametrize("path", sorted(export(SMALL)))
def test_a_file_cut_short_or_made_longer_is_found(path: str) -> None:
    files = export(SMALL)
    assert not verify({**files, path: files[path][:-1]}).agrees
    assert not verify({**files, path: files[path] + b"\n"}).agrees
    assert not verify({**files, path: b""}).agrees


@pytest.mark.parametrize(
    "path", ["readme.txt", "documents/more.txt", "tile/0/000.p/200", "tile/9/000", "tile/entries/001", "tile/x"]
)
def test_a_file_that_nothing_signed_asks_for_is_stray(path: str) -> None:
    assert kinds(verify({**export(SMALL), path: b"anything"})) == {STRAY}


def test_an_earlier_partial_tile_is_fine_as_long_as_the_later_one_begins_with_it() -> None:
    files = export(300)
    tile, bundle = files["tile/0/001.p/44"], files["tile/entries/001.p/44"]
    earlier = {"tile/0/001.p/3": tile[: 3 * HASH_SIZE], "tile/entries/001.p/3": pack(unpack(bundle, 44)[:3])}
    assert verify({**files, **earlier}).agrees
    assert kinds(verify({**files, "tile/0/001.p/3": tile[: 2 * HASH_SIZE]})) == {ALTERED}
    assert kinds(verify({**files, "tile/entries/001.p/3": bundle[:7]})) == {ALTERED}


def test_an_altered_entry_is_told_from_an_altered_tile() -> None:
    files = export(TWO_LEVELS)
    bundle = bundle_path(1)
    entries = unpack(files[bundle], 256)
    entries[7] = entries[7].replace(b"note.take", b"note.fake")
    found = verify({**files, bundle: pack(entries)})
    assert [item.entry for item in found.discrepancies] == [263]
    assert "entry was altered after it was signed" in places(found)
    found = verify(flipped(files, "tile/0/001", 7 * HASH_SIZE))
    assert [item.place for item in found.discrepancies] == ["tile/0/001: hash 7"]
    assert "the tile was altered, the entry is as it was signed" in places(found)
    found = verify(flipped(files, "tile/1/000.p/2", HASH_SIZE))
    assert [item.place for item in found.discrepancies] == ["tile/1/000.p/2: hash 1"]
    assert "entries 256 to 511" in places(found)


def test_an_entry_and_its_hash_altered_together_still_do_not_lead_to_the_root() -> None:
    files = export(TWO_LEVELS)
    entries = unpack(files[bundle_path(0)], 256)
    entries[3] = entries[3].replace(b"po-1", b"po-7")
    tile = b"".join(map(leaf_hash, entries))
    found = verify({**files, bundle_path(0): pack(entries), "tile/0/000": tile})
    assert kinds(found) >= {ALTERED}
    assert "rewritten after they were signed" in places(found)
    entries = unpack(files[bundle_path(2, 88)], 88)
    entries[3] = entries[3].replace(b"4", b"5")
    tile = b"".join(map(leaf_hash, entries))
    found = verify({**files, bundle_path(2, 88): pack(entries), "tile/0/002.p/88": tile})
    assert "the record was rewritten" in places(found)


def test_a_swap_of_two_entries_is_found_by_their_numbers_even_when_it_was_signed() -> None:
    publication = Publication()
    for number in (0, 2, 1):
        publication.append(entry(number).to_bytes())
    files = resigned(publication)
    found = verify(files)
    assert kinds(found) == {OUT_OF_ORDER}
    assert "entry 1" in places(found)


@pytest.mark.parametrize("at", [3, 16 * TILE_WIDTH])
def test_time_runs_backwards_for_a_reset_of_the_clock_alone(at: int) -> None:
    """Within a part, and from one part to the next (a part has 16 bundles)."""
    early, late = entry(0), entry(1)
    for act, expected in (("clock.reset", set()), ("note.take", {OUT_OF_ORDER})):
        publication = Publication()
        for number in range(at + 3):
            stamp = early if number in (at, at + 2) else late
            name = {at: act, at + 2: "clock.reset"}.get(number, "note.take")
            publication.append(replace(stamp, n=number, act={"act": name}, effects=()).to_bytes())
        found = verify(resigned(publication))
        assert kinds(found) == expected
        assert all(item.place == f"entry {at}" for item in found.discrepancies)


def resigned(publication: Publication) -> dict[str, bytes]:
    """What an operator who holds the log's key can write anew: everything."""
    files = dict(publication.take_files() + publication.edge_files())
    head = Checkpoint(ORIGIN, publication.tree.size, publication.tree.root())
    files["checkpoint"] = sign_checkpoint(head, LOG_KEY)
    files["log.vkey"] = (LOG_KEY.verifier().text() + "\n").encode()
    files["manifest"] = signed_manifest(files, head, frozenset())
    return files


def test_an_empty_record_verifies() -> None:
    files = resigned(Publication())
    assert verify(files, pinned=LOG_KEY.verifier()).agrees
    assert "tile/0/000.p/1" not in files


def test_signed_bytes_that_are_no_entry_are_malformed() -> None:
    publication = Publication()
    publication.append(entry(0).to_bytes())
    publication.append(b'{"n":1}')
    found = verify(resigned(publication))
    assert kinds(found) == {MALFORMED}
    assert "entry 1" in places(found)


def test_an_authors_proof_that_does_not_fit_is_found_when_the_keys_are_given() -> None:
    files = export(300)
    assert verify(files, keys=KEYS).agrees
    found = verify(files, keys={**KEYS, 2: KEYS[1]})
    assert kinds(found) == {UNSIGNED}
    assert "credential 2" in places(found)
    assert "never enrolled" in places(verify(files, keys={0: KEYS[0], 1: KEYS[1]}))


def test_another_key_is_found_only_if_the_true_one_was_pinned() -> None:
    files = export(300)
    thief = SignerKey.make(ORIGIN, bytes(range(32)))
    _, head = log_files(300)
    stolen = {**files, "checkpoint": sign_checkpoint(head, thief)}
    stolen["log.vkey"] = (thief.verifier().text() + "\n").encode()
    assert verify(stolen, pinned=LOG_KEY.verifier()).discrepancies
    assert "another log, or its key was exchanged" in places(verify(stolen, pinned=LOG_KEY.verifier()))


def test_the_statement_claims_no_more_than_was_pinned() -> None:
    files = export(300)
    _, older = log_files(257)
    since = sign_checkpoint(older, LOG_KEY)
    assert verify(files).statement() == "consistent with itself; key and history not pinned"
    assert verify(files, pinned=LOG_KEY.verifier()).statement().endswith("history not pinned")
    pinned = verify(files, pinned=LOG_KEY.verifier(), since=since)
    assert pinned.statement() == "signed by the key that was given; continues the head of 257 entries that was given"
    assert verify(files, since=since).statement().startswith("consistent with itself; key not pinned")


def test_a_record_that_does_not_continue_an_older_head_has_forked() -> None:
    files = export(300)
    _, older = log_files(257)
    other = Checkpoint(ORIGIN, 257, leaf_hash(b"another history"))
    found = verify(files, since=sign_checkpoint(other, LOG_KEY))
    assert kinds(found) == {FORKED}
    _, later = log_files(TWO_LEVELS)
    assert kinds(verify(files, since=sign_checkpoint(later, LOG_KEY))) == {FORKED}
    assert verify(files, since=sign_checkpoint(older, LOG_KEY)).agrees


def test_a_box_must_be_the_one_that_was_sealed() -> None:
    files = export(SMALL)
    fewer = {**files, box_path("po-1"): write_box(BALLOTS[1:])}
    assert "11 ballots, but the closing entry counts 12" in places(verify(fewer))
    marks = Roll.of_persons("po-1", [f"p-{n:04d}" for n in range(15)], [f"p-{n:04d}" for n in range(1, 13)])
    assert "not the marks" in places(verify({**files, roll_path("po-1"): marks.to_bytes()}))
    others = Roll.of_persons("po-1", [f"p-{n:04d}" for n in range(1, 16)], [f"p-{n:04d}" for n in range(1, 13)])
    assert "frozen when the poll opened" in places(verify({**files, roll_path("po-1"): others.to_bytes()}))


def test_a_box_without_seal_and_a_withheld_file_that_is_there_are_stray() -> None:
    files = export(SMALL)
    del files["manifest"]
    files["boxes/po-9/box.jsonl"] = write_box(BALLOTS)
    _, head = log_files(SMALL)
    files["manifest"] = signed_manifest(files, head, frozenset({box_path("po-2"), "popolo.json"}))
    found = verify(files)
    assert kinds(found) == {STRAY}
    assert {item.place for item in found.discrepancies} == {"boxes/po-9/box.jsonl", "popolo.json"}


def sealed(effect: dict[str, object], extra: dict[str, bytes]) -> Verification:
    """Verifies a record of two entries, the second with this effect, beside some files."""
    publication = Publication()
    publication.append(entry(0).to_bytes())
    publication.append(replace(entry(2), n=1, effects=({"effect": "poll.closed", **effect},)).to_bytes())
    files = {**resigned(publication), **extra}
    del files["manifest"]
    head = Checkpoint(ORIGIN, 2, publication.tree.root())
    return verify({**files, "manifest": signed_manifest(files, head, frozenset())})


ROLL = Roll.of_persons("po-1", ("p-a", "p-b"), ("p-a",))
BOX = [BALLOTS[0]]
SEAL = {"poll": "po-1", "box_root": to_base64(box_root(BOX)), "box_size": 1}
FILES = {box_path("po-1"): write_box(BOX), roll_path("po-1"): ROLL.to_bytes()}


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        (SEAL, ""),
        ({**SEAL, "marked": 1}, ""),
        ({**SEAL, "marked": 0}, "1 ballots, but only 0 marks"),
        ({**SEAL, "marked": 2}, "1 marks, but the closing entry counts 2"),
        ({**SEAL, "roll_digest": ROLL.digest()}, ""),
        ({**SEAL, "roll_digest": "0" * 64}, "frozen when the poll opened"),
        ({**SEAL, "roll_root": SEAL["box_root"]}, "not the marks that the closing entry sealed"),
        ({**SEAL, "poll": "po-2"}, "the ballots of po-2 are missing"),
        ({**SEAL, "box_size": 2}, "1 ballots, but the closing entry counts 2"),
        ({**SEAL, "box_size": "1"}, "entry 1: box_size: a whole number"),
        ({**SEAL, "poll": "../x"}, "entry 1: poll: a poll's id"),
    ],
)
def test_a_box_and_a_roll_are_held_against_all_that_entries_say_of_them(effect: dict[str, object], says: str) -> None:
    found = sealed(effect, FILES)
    assert found.agrees == (not says)
    assert says in places(found)


def test_a_poll_that_opened_and_has_no_box_yet_is_fine_and_the_last_seal_counts() -> None:
    assert sealed({"poll": "po-1", "roll_digest": ROLL.digest()}, {}).agrees
    assert sealed({"poll": "po-1", "box_root": ""}, {}).agrees


def test_a_roll_of_another_poll_is_not_this_one() -> None:
    other = Roll.of_persons("po-7", ("p-a", "p-b"), ("p-a",)).to_bytes()
    assert "this is the roll of po-7" in places(sealed(SEAL, {**FILES, roll_path("po-1"): other}))
    assert sealed({**SEAL, "marked": 1}, {**FILES, roll_path("po-1"): Roll("po-1", 9, None, None).to_bytes()}).agrees


def test_an_altered_checkpoint_does_not_hide_what_else_was_altered() -> None:
    files = flipped(flipped(export(300), "checkpoint", 3), "tile/0/000", 70)
    assert {item.place for item in verify(files).discrepancies} >= {"checkpoint", "tile/0/000: hash 2"}


def test_without_any_key_nothing_further_can_be_said() -> None:
    files = export(SMALL)
    for key in (b"\xff", b"", files["log.vkey"][:-1], WITNESS.verifier().text().encode() + b"\n"):
        found = verify({**files, "log.vkey": key})
        assert not found.agrees
        assert (found.head, found.key) == (None, None)
        assert verify({**files, "log.vkey": key}, pinned=LOG_KEY.verifier()).head is not None
    assert verify({}).statement() == "does not verify: 1 places do not agree"


def test_a_manifest_of_another_head_is_found() -> None:
    files = export(300)
    _, other = log_files(257)
    del files["manifest"]
    files["manifest"] = signed_manifest(files, other, frozenset({box_path("po-2")}))
    assert "made at 257 entries, but the checkpoint is a head of 300" in places(verify(files))


def test_an_opening_must_open_and_its_document_be_there() -> None:
    files = export(SMALL)
    changed = {**files, "openings.jsonl": files["openings.jsonl"].replace(b"Ada", b"Eve")}
    assert "openings.jsonl:" in places(verify(changed))
    assert "not what the record's commitment was made for" in places(verify(changed))
    changed = {**files, "documents/minutes.txt": b"other"}
    assert "not what the record's commitment was made for" in places(verify(changed))
    assert verify(export(SMALL)).level == "redacted"
    assert sealed(SEAL, FILES).level == "full"


def test_parts_examined_beside_each_other_find_the_same() -> None:
    files = flipped(export(TWO_LEVELS), bundle_path(1), 4000)
    with ThreadPoolExecutor(2) as executor:
        assert verify(files, executor=executor).discrepancies == verify(files).discrepancies


def test_progress_ends_at_the_size() -> None:
    seen: list[tuple[int, int]] = []
    verify(export(300), progress=lambda done, size: seen.append((done, size)))
    assert seen[-1] == (300, 300)


@given(st.dictionaries(st.sampled_from(sorted(export(SMALL))), st.binary(max_size=80), min_size=1))
def test_any_bytes_in_place_of_files_are_discrepancies_and_never_a_crash(change: dict[str, bytes]) -> None:
    files = export(SMALL)
    found = verify({**files, **change})
    assert found.agrees == all(files[path] == data for path, data in change.items())
