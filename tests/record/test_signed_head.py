"""Checkpoints, receipts and manifests: what the log signs; and the guard that keeps it from signing a fork."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.record.checkpoint import Checkpoint, open_checkpoint, read_checkpoint, sign_checkpoint
from isonomy.record.head_guard import refusal_to_sign
from isonomy.record.manifest import Manifest, check_path, digest_of, is_listed, open_manifest, sign_manifest
from isonomy.record.note import COSIGNATURE, SignerKey, add_signatures, cosign, sign_note
from isonomy.record.proof import inclusion_proof
from isonomy.record.publication import Publication
from isonomy.record.receipt import Receipt, open_receipt, read_receipt
from isonomy.record.tiles import TileReader
from isonomy.record.tree import EMPTY_ROOT, leaf_hash, root_of
from tests.record.attempt import attempt

ORIGIN = "example-branch.invalid"
KEY = SignerKey.make(ORIGIN, bytes(range(32)))
WITNESS = SignerKey.make("witness.invalid", bytes(range(2, 34)), COSIGNATURE)
ENTRIES = [f"entry {number}".encode() for number in range(400)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


def prefix_root(size: int) -> bytes:
    return root_of(LEAVES[:size])


def head(size: int) -> Checkpoint:
    return Checkpoint(ORIGIN, size, prefix_root(size))


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_back(size: int, root: bytes) -> None:
    if size:
        found = Checkpoint(ORIGIN, size, root)
        assert read_checkpoint(found.text()) == found
        assert open_checkpoint(sign_checkpoint(found, KEY), KEY.verifier())[0] == found


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "o\n1\n", "o\n01\n" + "A" * 43 + "=\n", "o\n-1\n" + "A" * 43 + "=\n", "o\n1\n" + "A" * 42 + "==\n",
        "o\n1\n" + "A" * 43 + "=\nx",
        "\n1\n" + "A" * 43 + "=\n", "o\n1\n" + "A" * 43 + "=\nextension\n", "o\n1\n" + "A" * 43 + "=",
        "o\n0\n" + "A" * 43 + "=\n", "o\n99999999999999999999\n" + "A" * 43 + "=\n", "o\n١\n" + "A" * 43 + "=\n",
    ],
)  # fmt: skip
def test_another_form_of_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_checkpoint(text)


def test_the_head_of_an_empty_record_has_the_empty_root() -> None:
    assert read_checkpoint(head(0).text()) == head(0)


def test_a_witnesss_key_opens_no_head() -> None:
    note = add_signatures(sign_checkpoint(head(3), KEY), [cosign(head(3).text(), WITNESS, 7)])
    with pytest.raises(BadInput, match="a witness's key"):
        open_checkpoint(note, WITNESS.verifier())


def test_the_origin_is_the_name_of_the_key() -> None:
    other = Checkpoint("other.invalid", 1, LEAVES[0])
    with pytest.raises(BadInput, match="does not sign for"):
        sign_checkpoint(other, KEY)
    with pytest.raises(BadInput, match="for another log"):
        open_checkpoint(sign_note(other.text(), KEY), KEY.verifier())
    with pytest.raises(BadInput, match="does not sign for"):
        sign_checkpoint(head(1), SignerKey.make(ORIGIN, bytes(32), COSIGNATURE))


def test_a_head_signed_by_a_witness_alone_is_not_the_logs() -> None:
    _, _, line = sign_checkpoint(head(3), KEY).partition(b"\n\n")
    cosigned = add_signatures(sign_checkpoint(head(3), KEY), [cosign(head(3).text(), WITNESS, 7)])
    alone = cosigned.replace(line, b"", 1)
    with pytest.raises(BadInput, match="did not sign"):
        open_checkpoint(alone, KEY.verifier(), [WITNESS.verifier()])


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_head_that_continues_the_last_is_signed_and_no_smaller_one(last: int, asked: int) -> None:
    refusal = refusal_to_sign(head(last), head(asked), prefix_root)
    assert (refusal is None) == (asked >= last)


@given(st.integers(0, 399), st.integers(1, 400))
def test_a_database_restored_over_newer_state_is_never_signed_again(restored: int, signed: int) -> None:
    """After a restore the entries from `restored` on are others; whatever was signed beyond them bars the signer."""
    other = LEAVES[:restored] + [leaf_hash(b"another entry " + entry) for entry in ENTRIES[restored:]]
    for size in (restored, signed, 400):
        asked = Checkpoint(ORIGIN, size, root_of(other[:size]))
        refusal = refusal_to_sign(head(signed), asked, lambda size: root_of(other[:size]))
        if signed > restored or size < signed:
            assert refusal is not None
            assert refusal.says
            assert refusal.cure
        else:
            assert refusal is None


def test_the_first_head_and_the_same_head_are_signed_and_a_wrong_root_is_not() -> None:
    assert refusal_to_sign(None, head(7), prefix_root) is None
    assert refusal_to_sign(head(7), head(7), prefix_root) is None
    assert refusal_to_sign(None, head(0), prefix_root) is None
    wrong = replace(head(8), root=LEAVES[0])
    assert "not that of the entries" in str(refusal_to_sign(head(7), wrong, prefix_root))
    foreign = Checkpoint("other.invalid", 9, prefix_root(9))
    assert "not for other.invalid" in str(refusal_to_sign(head(7), foreign, prefix_root))
    assert head(0).root == EMPTY_ROOT


def receipt(index: int, size: int) -> Receipt:
    publication = Publication()
    for entry in ENTRIES[:size]:
        publication.append(entry)
    files = dict(publication.take_files() + publication.edge_files())
    proof = inclusion_proof(index, size, TileReader(files.get, size).hash_at)
    return Receipt(index, proof, sign_checkpoint(head(size), KEY), ENTRIES[index])


@given(st.integers(0, 399), st.booleans())
def test_a_receipt_proves_its_entry_and_survives_being_written(index: int, carries: bool) -> None:
    given_out = replace(receipt(index, 400), entry=ENTRIES[index] if carries else None)
    read = read_receipt(given_out.to_bytes())
    assert read == given_out
    entry = None if carries else ENTRIES[index]
    assert open_receipt(read, KEY.verifier(), entry)[0] == head(400)


@given(st.data())
def test_a_changed_bit_of_a_receipt_is_refused(data: st.DataObject) -> None:
    text = bytearray(receipt(7, 30).to_bytes())
    at = data.draw(st.integers(0, len(text) - 1))
    text[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BadInput):
        open_receipt(read_receipt(bytes(text)), KEY.verifier())


@given(st.binary(max_size=100))
def test_any_bytes_are_a_receipt_a_manifest_or_bad_input(data: bytes) -> None:
    for text in (data, b"c2sp.org/tlog-proof@v1\n" + data, b"c2sp.org/tlog-proof@v1\nindex 1\n" + data):
        for read in (read_receipt, lambda text: open_manifest(text, KEY.verifier())):
            with pytest.raises(BadInput):
                read(text)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((b"tlog-proof@v1", b"tlog-proof@v2"), "line 1"),
        ((b"index 7", b"index 07"), "line 3"),
        ((b"index 7", b"number 7"), "line 3: the line 'index'"),
        ((b"extra ", b"other "), "line 2: the line 'index'"),
        ((b"extra ", b"extra !"), "line 2"),
        ((b"\n\n", b"\n"), "receipt"),
    ],
)
def test_another_form_of_receipt_is_refused_with_its_line(change: tuple[bytes, bytes], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_receipt(receipt(7, 30).to_bytes().replace(*change, 1))


def test_a_receipt_that_ends_early_or_is_too_long_is_refused() -> None:
    checkpoint = sign_checkpoint(head(3), KEY)
    for text in (b"c2sp.org/tlog-proof@v1\n\n", b"c2sp.org/tlog-proof@v1\nextra AAAA\n\n"):
        with pytest.raises(BadInput, match="the line 'index'"):
            read_receipt(text + checkpoint)
    with pytest.raises(BadInput, match="at most 63 hashes"):
        read_receipt(Receipt(0, tuple(LEAVES[:64]), checkpoint).to_bytes())
    with pytest.raises(BadInput, match="at most 200000"):
        read_receipt(Receipt(0, (), checkpoint, bytes(200_000)).to_bytes())


def test_a_receipt_for_another_entry_or_without_one_proves_nothing() -> None:
    given_out = receipt(7, 30)
    with pytest.raises(BadInput, match="does not lead"):
        open_receipt(given_out, KEY.verifier(), ENTRIES[8])
    with pytest.raises(BadInput, match="does not lead"):
        open_receipt(replace(given_out, index=8), KEY.verifier())
    with pytest.raises(BadInput, match="carries no entry"):
        open_receipt(replace(given_out, entry=None), KEY.verifier())
    with pytest.raises(BadInput, match="no key that is known"):
        open_receipt(given_out, SignerKey.make(ORIGIN, bytes(32)).verifier())


MANIFEST_LINES = Manifest(head(9), "public", {"a": digest_of(b"")}).text().splitlines(keepends=True)


@pytest.mark.parametrize("at", range(6))
def test_a_manifest_with_another_or_a_missing_line_is_refused(at: int) -> None:
    others = [line for number, line in enumerate(MANIFEST_LINES) if number != at]
    changed = [line if number != at else "x" + line for number, line in enumerate(MANIFEST_LINES)]
    assert open_manifest(sign_note("".join(MANIFEST_LINES), KEY), KEY.verifier())
    for lines in (changed, [*MANIFEST_LINES[:at], "\n"] if at < 5 else changed, others if at < 5 else changed):
        with pytest.raises(BadInput):
            open_manifest(sign_note("".join(lines), KEY), KEY.verifier())


def test_a_manifest_is_signed_by_its_log_for_a_known_audience() -> None:
    with pytest.raises(BadInput, match="does not sign for"):
        sign_manifest(Manifest(head(9), "public", {}), SignerKey.make("other.invalid", bytes(32)))
    with pytest.raises(BadInput, match="not an audience"):
        open_manifest(sign_manifest(Manifest(head(9), "friends", {}), KEY), KEY.verifier())


def test_a_manifest_lists_every_file_but_itself_and_those_under_the_root() -> None:
    listed = ["checkpoint", "log.vkey", "boxes/po-1/box.jsonl", "manifest.txt", "tiles"]
    assert [path for path in [*listed, "manifest", "tile/0/000", "tile/entries/000"] if is_listed(path)] == listed


PATHS = st.text("abc./ é-", min_size=1, max_size=12)


@given(st.dictionaries(PATHS, st.binary(max_size=4), max_size=5), st.sets(PATHS, max_size=3))
def test_a_manifest_is_read_back_or_its_paths_are_refused(files: dict[str, bytes], withheld: set[str]) -> None:
    manifest = Manifest(head(9), "public", {p: digest_of(d) for p, d in files.items()}, frozenset(withheld))
    signed, fault = attempt(sign_manifest, manifest, KEY)
    if fault is None:
        assert open_manifest(signed, KEY.verifier()) == manifest
    else:
        assert "path" in fault.what or "manifest" in fault.what


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", "a\\b", "a\nb", " a", "a ", "a" * 501]
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(BadInput):
        check_path(path)


def test_a_manifest_is_no_checkpoint_and_a_checkpoint_no_manifest() -> None:
    manifest = sign_manifest(Manifest(head(9), "public", {}), KEY)
    with pytest.raises(BadInput):
        open_checkpoint(manifest, KEY.verifier())
    with pytest.raises(BadInput):
        open_manifest(sign_checkpoint(head(9), KEY), KEY.verifier())


def test_a_manifest_has_no_room_for_bytes_that_nobody_signed() -> None:
    manifest = Manifest(head(9), "public", {"b": digest_of(b""), "a": digest_of(b"")})
    signed = sign_manifest(manifest, KEY)
    with pytest.raises(BadInput, match="one signature"):
        open_manifest(add_signatures(signed, [cosign(manifest.text(), WITNESS, 7)]), KEY.verifier())
    with pytest.raises(BadInput, match="one signature"):
        open_manifest(signed + signed.partition(b"\n\n")[2], KEY.verifier())
    lines = manifest.text().splitlines(keepends=True)
    swapped = "".join([*lines[:5], lines[6], lines[5]])
    with pytest.raises(BadInput, match="not in their order"):
        open_manifest(sign_note(swapped, KEY), KEY.verifier())
    twice = "".join([*lines, lines[6]])
    with pytest.raises(BadInput, match="not in their order"):
        open_manifest(sign_note(twice, KEY), KEY.verifier())
    other = SignerKey.make("other.invalid", bytes(32))
    with pytest.raises(BadInput, match="for another log"):
        open_manifest(sign_note(manifest.text(), other), other.verifier())
