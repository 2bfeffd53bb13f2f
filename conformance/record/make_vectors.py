"""Writes the vectors of this folder that the project makes itself (`python -m conformance.record.make_vectors`).

Lives here: what is computed (tiles, proofs, receipts, commitments, entries, boxes, witness requests) from fixed
inputs. Not here: the examples of the specifications in `published.json`, which are copied, with their source.

Invariant: running it again changes no byte; a test says so. Everything is derived from the texts below.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot, box_root, write_box
from isonomy.record.bundle import pack
from isonomy.record.checkpoint import Checkpoint, sign_checkpoint
from isonomy.record.commitment import commitment
from isonomy.record.entry import Entry, at_console, attested_by, signed_by
from isonomy.record.manifest import Manifest, digest_of, sign_manifest
from isonomy.record.note import COSIGNATURE, SignerKey
from isonomy.record.proof import consistency_proof, inclusion_proof
from isonomy.record.publication import Publication
from isonomy.record.receipt import Receipt
from isonomy.record.roll import Roll
from isonomy.record.signature import act_challenge, key_challenge, public_key_of, sign_act
from isonomy.record.tiles import TileReader, tiles_between
from isonomy.record.tree import leaf_hash
from isonomy.record.witness import Submission, judge_submission

FOLDER = Path(__file__).parent
SIZES = (0, 1, 2, 255, 256, 257, 65536, 70000)
TREE_SIZE = 70000
PROVEN = (0, 1, 255, 256, 60177, 65535, 65536, 69999)
GROWN = ((0, 1), (1, 1), (1, 2), (255, 256), (256, 257), (257, 70000), (65535, 65536), (65536, 70000), (69888, 70000))
ORIGIN = "example-association.conformance.invalid"
LOG_KEY = SignerKey.make(ORIGIN, sha256(b"isonomy conformance log key").digest())
WITNESS_KEY = SignerKey.make(
    "witness.conformance.invalid", sha256(b"isonomy conformance witness key").digest(), COSIGNATURE
)
AUTHOR_SEED = sha256(b"isonomy conformance author key").digest()
WITNESS_TIME = 1803924723


def salt(name: str) -> bytes:
    """32 bytes for a name; a real salt is drawn at random."""
    return sha256(f"isonomy conformance salt {name}".encode()).digest()


def entry_text(number: int) -> bytes:
    """The entry `number` of the tree that tiles and proofs are over."""
    return f"entry {number}".encode()


def grown_tree(sizes: Iterable[int]) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """The files of the tree of `TREE_SIZE`, and for each size its root and tiles."""
    publication, files, rows = Publication(), {}, []
    wanted = iter(sizes)
    size = next(wanted)
    for number in range(TREE_SIZE + 1):
        if number == size:
            edge = dict(publication.edge_files())
            files.update(publication.take_files())
            paths = sorted(path for path in {**files, **edge} if ".p/" not in path or path in edge)
            digest = sha256(b"".join(f"{path}\n".encode() + {**files, **edge}[path] for path in paths))
            rows.append(
                {
                    "size": size,
                    "root": to_base64(publication.tree.root()),
                    "files": len(paths),
                    "partial": {path: digest_of(data) for path, data in sorted(edge.items())},
                    "all": digest.hexdigest(),
                }
            )
            if number == TREE_SIZE:
                return {**files, **edge}, rows
            size = next(wanted)
        publication.append(entry_text(number))
    raise AssertionError


def proofs(reader: TileReader) -> dict[str, Any]:
    """Inclusion and consistency proofs in the tree of `TREE_SIZE`."""
    inclusion = [
        {
            "index": index,
            "size": size,
            "leaf": to_base64(leaf_hash(entry_text(index))),
            "root": to_base64(reader.root(size)),
            "proof": [to_base64(step) for step in inclusion_proof(index, size, reader.hash_at)],
        }
        for size in SIZES[1:]
        for index in PROVEN
        if index < size
    ]
    consistency = [
        {
            "old_size": old,
            "old_root": to_base64(reader.root(old)),
            "new_size": new,
            "new_root": to_base64(reader.root(new)),
            "proof": [to_base64(step) for step in consistency_proof(old, new, reader.hash_at)],
        }
        for old, new in GROWN
    ]
    return {"inclusion": inclusion, "consistency": consistency}


def sample_entries() -> list[bytes]:
    """Three entries: a founding at the console, a signed call, an act from a login with a personal value."""
    called = {
        "act": "meeting.call",
        "body": "committee",
        "by": "p-7q2k",
        "id": "5f0c" * 8,
        "log": ORIGIN,
        "matters": ["budget"],
        "starts": "2027-03-10T19:00",
        "until": "2027-03-05T20:00:00Z",
    }
    name = {"c": to_base64(commitment(salt("name"), "name", "Ada Example"))}
    return [
        Entry(0, 1, "2027-03-01T08:00:00Z", "2027-03-01T09:00:00+01:00", {"act": "founding"}, at_console()).to_bytes(),
        Entry(
            1,
            1,
            "2027-03-05T18:12:03Z",
            "2027-03-05T19:12:03+01:00",
            called,
            signed_by(0, sign_act(AUTHOR_SEED, called)),
            ("4",),
            ({"effect": "meeting.called", "meeting": "mt-1", "notice_due_on": "2027-03-07"},),
        ).to_bytes(),
        Entry(
            2,
            1,
            "2027-03-06T08:00:00Z",
            "2027-03-06T09:00:00+01:00",
            {"act": "member.admit", "name": name, "person": "p-8r3m"},
            attested_by("keeper"),
            ("1",),
            ({"effect": "member.admitted", "person": "p-8r3m"},),
            (),
            ({"clause": "1", "facts": {}, "says": "admission was published"},),
        ).to_bytes(),
    ]


def signatures() -> dict[str, Any]:
    """What an author signs, and what the owner of a new key signs with it."""
    act = json.loads(sample_entries()[1])["act"]
    claim = {"key": to_base64(public_key_of(AUTHOR_SEED)), "log": ORIGIN, "person": "p-7q2k"}
    return {
        "seed": to_base64(AUTHOR_SEED),
        "public_key": to_base64(public_key_of(AUTHOR_SEED)),
        "act": act,
        "canonical": canonical_bytes(act).decode(),
        "challenge": to_base64(act_challenge(act)),
        "proof": sign_act(AUTHOR_SEED, act),
        "claim": claim,
        "claim_challenge": to_base64(key_challenge(claim)),
    }


def commitments() -> list[dict[str, str]]:
    """Values with their labels and salts, and what stands for them; the first two share a salt to show the framing."""
    values = (
        ("name", "Ada Example", "name"),
        ("nam", "eAda Example", "name"),
        ("address", "", "address"),
        ("né", "Zoë", "accents"),
    )
    return [
        {
            "label": label,
            "value": value,
            "salt": to_base64(salt(drawn)),
            "c": to_base64(commitment(salt(drawn), label, value)),
        }
        for label, value, drawn in values
    ]


def sample_ballots() -> list[Ballot]:
    """Ballots of every kind: ranked, equal ranks, blank, scored, answered, imported, of more than one vote."""
    return [
        Ballot(ranks=((2,), (1, 3)), nonce=salt("ballot 1")),
        Ballot(ranks=((3,),), nonce=salt("ballot 2")),
        Ballot(ranks=(), nonce=salt("ballot 3")),
        Ballot(scores=(5, None, 0), nonce=salt("ballot 4"), weight=3),
        Ballot(answer="for", nonce=salt("ballot 5")),
        Ballot(ranks=((1,), (2,)), receipt="d41d8cd98f00b204e9800998ecf8427e"),
        Ballot(answer="abstain"),
        Ballot(answer="abstain"),
    ]


def boxes() -> dict[str, Any]:
    """A box and a roll with their files and roots."""
    ballots = sample_ballots()
    roll = Roll.of_persons("po-42", ("p-aaaa", "p-bbbb", "p-cccc"), ("p-aaaa", "p-cccc"))
    root = roll.root()
    assert root is not None
    return {
        "ballots": [{"ballot": ballot.to_json(), "commitment": to_base64(ballot.commitment())} for ballot in ballots],
        "box": write_box(ballots).decode(),
        "root": to_base64(box_root(ballots)),
        "empty_root": to_base64(box_root(())),
        "roll": roll.to_bytes().decode(),
        "roll_root": to_base64(root),
        "roll_digest": roll.digest(),
    }


def witness(reader: TileReader) -> dict[str, Any]:
    """Requests to a witness that has cosigned size 256, with the answers."""
    heads = {size: Checkpoint(ORIGIN, size, reader.root(size)) for size in (0, 255, 256, 257, 70000)}
    forged = Checkpoint(ORIGIN, 256, bytes(32))
    stranger = SignerKey.make("other.conformance.invalid", sha256(b"another log").digest())
    impostor = SignerKey.make(ORIGIN, sha256(b"an impostor").digest())

    def body(old: int, head: Checkpoint, key: SignerKey = LOG_KEY, proof_from: int | None = None) -> bytes:
        start = old if proof_from is None else proof_from
        proof = consistency_proof(start, head.size, reader.hash_at) if start <= head.size else ()
        return Submission(old, proof, sign_checkpoint(head, key)).to_bytes()

    requests = {
        "grows from the size seen": body(256, heads[70000]),
        "the same head again": body(256, heads[256]),
        "another size was seen": body(255, heads[70000]),
        "a first head, but one was seen": body(0, heads[70000]),
        "the same size, another root": Submission(256, (), sign_checkpoint(forged, LOG_KEY)).to_bytes(),
        "the proof is for another size": body(256, heads[70000], proof_from=257),
        "no proof": Submission(256, (), sign_checkpoint(heads[70000], LOG_KEY)).to_bytes(),
        "old is larger than the head": body(256, heads[255]),
        "an unknown log": body(0, Checkpoint(stranger.name, 0, heads[0].root), stranger),
        "signed by another key of that name": body(256, heads[70000], impostor),
        "no blank line": b"old 256\n" + sign_checkpoint(heads[256], LOG_KEY),
        "a leading zero": body(256, heads[256]).replace(b"old 256", b"old 0256"),
    }
    rows = []
    for name, request in requests.items():
        answer = judge_submission(
            request, {ORIGIN: [LOG_KEY.verifier()]}, {ORIGIN: heads[256]}, [WITNESS_KEY], WITNESS_TIME
        )
        rows.append({"name": name, "request": request.decode(), "status": answer.status, "body": answer.body})
    return {"log": LOG_KEY.verifier().text(), "witness": WITNESS_KEY.verifier().text(), "seen": 256, "requests": rows}


def vectors() -> dict[str, Any]:
    """Every file of vectors that is made, by name."""
    files, rows = grown_tree(SIZES)
    reader = TileReader(files.get, TREE_SIZE)
    head = Checkpoint(ORIGIN, TREE_SIZE, reader.root())
    checkpoint = sign_checkpoint(head, LOG_KEY)
    receipt = Receipt(60177, inclusion_proof(60177, TREE_SIZE, reader.hash_at), checkpoint, entry_text(60177))
    entries = sample_entries()
    manifest = Manifest(head, "public", {"log.vkey": digest_of(b"a"), "a b.txt": digest_of(b"b")}, frozenset({"x/y"}))
    growth = [
        {"old_size": old, "new_size": new, "tiles": [tile.path for tile in tiles_between(old, new)]}
        for old, new in GROWN
        if new - old < 1000
    ]
    return {
        "tiles.json": {
            "entries": "entry i is the ASCII text 'entry i', i in decimal, from 0",
            "all": "SHA-256 over path, newline, bytes of every file of the size, in order of path",
            "sizes": rows,
            "growth": growth,
        },
        "proofs.json": proofs(reader),
        "receipts.json": {
            "log": LOG_KEY.verifier().text(),
            "entry": entry_text(60177).decode(),
            "receipt": receipt.to_bytes().decode(),
        },
        "witness.json": witness(reader),
        "entries.json": {
            "entries": [data.decode() for data in entries],
            "leaves": [to_base64(leaf_hash(data)) for data in entries],
            "bundle": to_base64(pack(entries)),
        },
        "signatures.json": signatures(),
        "commitments.json": commitments(),
        "boxes.json": boxes(),
        "manifest.json": {"log": LOG_KEY.verifier().text(), "manifest": sign_manifest(manifest, LOG_KEY).decode()},
    }


def text_of(value: Any) -> str:
    """The text of a file of vectors."""
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    for name, value in vectors().items():
        (FOLDER / name).write_text(text_of(value), encoding="utf-8")
