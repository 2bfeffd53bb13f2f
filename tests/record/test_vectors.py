"""The vectors of conformance/record hold, are what the program makes, and stand in the specification."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from conformance.record.make_vectors import text_of, vectors
from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.box import read_box
from isonomy.record.checkpoint import read_checkpoint
from isonomy.record.entry import Entry
from isonomy.record.manifest import open_manifest
from isonomy.record.note import SignerKey, VerifierKey, _cosigned, open_note, sign_note, split_note
from isonomy.record.proof import consistency_proof, inclusion_proof, is_consistent, is_included
from isonomy.record.receipt import open_receipt, read_receipt
from isonomy.record.signature import is_signed_act
from isonomy.record.tiles import Tile, tile_of_path, tiles_of
from isonomy.record.tree import leaf_hash, root_of
from isonomy.record.witness import read_submission

CHECKOUT = Path(__file__).parents[2]
FOLDER = CHECKOUT / "conformance" / "record"
SPECIFICATION = (CHECKOUT / "docs" / "spec" / "record.md").read_text(encoding="utf-8")


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


PUBLISHED = read("published.json")
LEAVES = [leaf_hash(bytes.fromhex(leaf)) for leaf in PUBLISHED["tree"]["leaves"]]


def hash_at(height: int, index: int) -> bytes:
    return root_of(LEAVES[index << height : (index + 1) << height])


def test_what_the_program_makes_is_what_is_committed() -> None:
    for name, value in vectors().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text_of(value), f"{name} changed"


def test_the_reference_tree_has_the_published_roots() -> None:
    roots = PUBLISHED["tree"]["roots"]
    assert [root_of(LEAVES[:size]).hex() for size in range(len(roots))] == roots


@pytest.mark.parametrize("row", PUBLISHED["tree"]["inclusion"])
def test_published_inclusion_proofs(row: Any) -> None:
    proof = inclusion_proof(row["index"], row["size"], hash_at)
    assert [step.hex() for step in proof] == row["proof"]
    root = bytes.fromhex(PUBLISHED["tree"]["roots"][row["size"]])
    assert is_included(proof, row["index"], row["size"], LEAVES[row["index"]], root)


@pytest.mark.parametrize("row", PUBLISHED["tree"]["consistency"])
def test_published_consistency_proofs(row: Any) -> None:
    proof = consistency_proof(row["old_size"], row["new_size"], hash_at)
    assert [step.hex() for step in proof] == row["proof"]
    old, new = (bytes.fromhex(PUBLISHED["tree"]["roots"][row[key]]) for key in ("old_size", "new_size"))
    assert is_consistent(proof, row["old_size"], old, row["new_size"], new)


@pytest.mark.parametrize("row", PUBLISHED["notes"], ids=lambda row: row["source"][:40])
def test_published_notes(row: Any) -> None:
    note, keys = row["note"].encode(), [VerifierKey.parse(text) for text in row["verifier_keys"]]
    assert [key.text() for key in keys] == row["verifier_keys"]
    text, signatures = split_note(note)
    assert text + "\n" + "".join(signature.line() for signature in signatures) == row["note"]
    assert [signature.name for signature in signatures] == row.get("names", [s.name for s in signatures])
    assert [s.key_id.hex() for s in signatures] == row.get("ids", [s.key_id.hex() for s in signatures])
    assert [signature.time for signature in signatures] == row.get("times", [None] * len(signatures))
    if row["opens"]:
        assert open_note(note, keys).text == text
    else:
        with pytest.raises(BadInput):
            open_note(note, keys)


def test_published_keys_sign_the_published_note() -> None:
    found = PUBLISHED["signer"]
    key = SignerKey.parse(found["signer_key"])
    assert key.text() == found["signer_key"]
    assert key.verifier().text() == found["verifier_key"]
    assert sign_note(found["text"], key).decode() == found["note"]
    for text in PUBLISHED["broken_verifier_keys"]["keys"]:
        with pytest.raises(BadInput):
            VerifierKey.parse(text)


def test_published_checkpoint_cosigned_message_and_request() -> None:
    found = PUBLISHED["checkpoint"]
    head = read_checkpoint(split_note(found["note"].encode())[0])
    assert (head.origin, head.size, to_base64(head.root)) == (found["origin"], found["size"], found["root"])
    cosigned = PUBLISHED["cosigned"]
    assert _cosigned(cosigned["text"], cosigned["time"]).decode() == cosigned["message"]
    request = PUBLISHED["add_checkpoint"]
    submission = read_submission(request["body"].encode())
    assert (submission.old_size, len(submission.proof)) == (request["old_size"], request["hashes"])
    assert submission.to_bytes().decode() == request["body"]


def test_published_tile_paths_and_sizes() -> None:
    for row in PUBLISHED["paths"]["paths"]:
        tile = Tile(row["level"], row["number"], row["width"])
        assert (tile.path, tile_of_path(row["path"])) == (row["path"], tile)
    for row in PUBLISHED["paths"]["sizes"]:
        tiles = list(tiles_of(row["size"]))
        full = {str(level): sum(t.level == level and t.width == 256 for t in tiles) for level in range(3)}
        assert {level: count for level, count in full.items() if count} == row["full"]
        assert {str(t.level): t.width for t in tiles if t.width < 256} == row["partial"]


def test_the_published_lines_of_a_receipt_are_read_in_front_of_a_whole_checkpoint() -> None:
    lines = PUBLISHED["tlog_proof_lines"]["lines"]
    text = "\n".join(lines) + "\n\n" + PUBLISHED["checkpoint"]["note"]
    found = read_receipt(text.encode())
    assert (found.index, len(found.proof)) == (73894, 5)
    assert found.to_bytes().decode() == text


def test_made_receipt_manifest_and_entries_hold() -> None:
    made = read("receipts.json")
    key = VerifierKey.parse(made["log"])
    head, _ = open_receipt(read_receipt(made["receipt"].encode()), key)
    assert head.size == 70000
    manifest = open_manifest(read("manifest.json")["manifest"].encode(), key)
    assert manifest.head == head
    for text, leaf in zip(read("entries.json")["entries"], read("entries.json")["leaves"], strict=True):
        assert Entry.from_bytes(text.encode()).to_bytes() == text.encode()
        assert to_base64(leaf_hash(text.encode())) == leaf


def test_commitments_and_signatures_are_what_the_page_says_in_plain_library_calls() -> None:
    for row in read("commitments.json"):
        label = row["label"].encode()
        message = len(label).to_bytes(2, "big") + label + row["value"].encode()
        c = hmac.new(base64.b64decode(row["salt"]), message, "sha256").digest()
        assert base64.b64encode(c).decode() == row["c"]
    made = read("signatures.json")
    challenge = hashlib.sha256(b"isonomy act v1\n" + made["canonical"].encode()).digest()
    assert base64.b64encode(challenge).decode() == made["challenge"]
    claim = json.dumps(made["claim"], sort_keys=True, separators=(",", ":"))
    challenge = hashlib.sha256(b"isonomy key v1\n" + claim.encode()).digest()
    assert base64.b64encode(challenge).decode() == made["claim_challenge"]
    assert is_signed_act(from_base64(made["public_key"]), made["act"], made["proof"])


def test_the_box_is_what_the_page_says_in_plain_library_calls() -> None:
    made = read("boxes.json")
    lines = [json.loads(line) for line in made["box"].splitlines()]
    hashed = []
    for line in lines:
        text = json.dumps(line["ballot"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        hashed.append(hashlib.sha256(b"\x00" + text.encode()).digest())
        assert base64.b64encode(hashed[-1]).decode() == line["c"]
    assert hashed == sorted(hashed)
    assert to_base64(read_box(made["box"].encode())[1]) == made["root"]
    roll = json.loads(made["roll"])
    ids = "".join(f"{line['person']}\n" for line in roll["lines"])
    assert hashlib.sha256(ids.encode()).hexdigest() == made["roll_digest"]


def test_the_specification_shows_the_vectors() -> None:
    entries, boxes, signed = read("entries.json"), read("boxes.json"), read("signatures.json")
    commitment = read("commitments.json")[0]
    shown = [
        entries["entries"][1],
        entries["leaves"][1],
        signed["public_key"],
        signed["challenge"],
        PUBLISHED["notes"][0]["note"],
        PUBLISHED["notes"][0]["verifier_keys"][0],
        read("receipts.json")["receipt"].partition("\n\n")[2],
        commitment["salt"],
        commitment["c"],
        next(line for line in boxes["box"].splitlines() if '"ranks":[[2],[1,3]]' in line),
        boxes["roll"],
        read("manifest.json")["manifest"],
    ]
    for text in shown:
        assert text in SPECIFICATION


def test_the_limits_on_the_page_are_those_of_the_program() -> None:
    from isonomy.kernel.canonical import DEPTH_MAX
    from isonomy.record import box, bundle, checkpoint, commitment, manifest, note, proof, receipt

    rows = {
        "entry, ballot": [bundle.ENTRY_SIZE_MAX],
        "note; checkpoint; manifest": [note.NOTE_SIZE_MAX, checkpoint.CHECKPOINT_SIZE_MAX, manifest.MANIFEST_SIZE_MAX],
        "signatures of a note": [note.SIGNATURES_MAX],
        "hashes of a proof": [proof.PROOF_LENGTH_MAX],
        "receipt": [receipt.RECEIPT_SIZE_MAX],
        "label of a commitment": [commitment.LABEL_SIZE_MAX],
        "nesting of JSON": [DEPTH_MAX],
    }
    assert box.BALLOT_SIZE_MAX == bundle.ENTRY_SIZE_MAX
    for what, most in rows.items():
        line = next(line for line in SPECIFICATION.splitlines() if line.startswith(f"| {what} |"))
        assert "; ".join(f"{number:,}" for number in most) in line
