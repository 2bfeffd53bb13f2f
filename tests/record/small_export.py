"""A small export in memory, with a file of every kind, for the tests of verification.

Keys and salts are derived from fixed texts; persons are plainly fictional.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot, box_path, box_root, write_box
from isonomy.record.checkpoint import Checkpoint, sign_checkpoint
from isonomy.record.commitment import Opening, commitment, write_openings
from isonomy.record.entry import Entry, at_console, attested_by, signed_by
from isonomy.record.manifest import Manifest, digest_of, is_listed, sign_manifest
from isonomy.record.note import COSIGNATURE, SignerKey, add_signatures, cosign
from isonomy.record.publication import Publication
from isonomy.record.roll import Roll, roll_path
from isonomy.record.signature import public_key_of, sign_act

ORIGIN = "example-branch.invalid"
LOG_KEY = SignerKey.make(ORIGIN, sha256(b"log").digest())
WITNESS = SignerKey.make("witness.example.invalid", sha256(b"witness").digest(), COSIGNATURE)
AUTHORS = [sha256(f"author {number}".encode()).digest() for number in range(3)]
KEYS = {number: public_key_of(seed) for number, seed in enumerate(AUTHORS)}
CLOSED_AT, WITHHELD_AT = 3, 4
MINUTES = b"Minutes of the example branch: it met, it heard, it decided.\n"


def salt(name: str) -> bytes:
    return sha256(f"salt {name}".encode()).digest()


BALLOTS = [Ballot(ranks=((1 + n % 3,), (1 + (n + 1) % 3,)), nonce=salt(f"ballot {n}")) for n in range(12)]
ROLL = Roll.of_persons("po-1", [f"p-{n:04d}" for n in range(15)], [f"p-{n:04d}" for n in range(12)])


def effects_of(number: int) -> tuple[dict[str, object], ...]:
    if number == 1:
        return ({"effect": "poll.opened", "poll": "po-1", "roll_count": 15, "roll_digest": ROLL.digest()},)
    if number == CLOSED_AT:
        root, roll_root = ROLL.root(), to_base64(box_root(BALLOTS))
        assert root is not None
        return (
            {
                "effect": "poll.closed",
                "poll": "po-1",
                "box_root": roll_root,
                "box_size": 12,
                "marked": 12,
                "roll_root": to_base64(root),
            },
        )
    if number == WITHHELD_AT:
        root = box_root(BALLOTS[:2])
        return ({"effect": "poll.closed", "poll": "po-2", "box_root": to_base64(root), "box_size": 2, "marked": 2},)
    return ({"effect": "note.taken", "number": number},)


def entry(number: int) -> Entry:
    act = {"act": "note.take", "by": f"p-{number % 15:04d}", "id": sha256(str(number).encode()).hexdigest()[:32]}
    auth = (
        signed_by(number % 3, sign_act(AUTHORS[number % 3], act)),
        attested_by("keeper"),
        at_console(),
    )[number % 3 if number % 7 else 0]
    minute, second = divmod(number, 60)
    hour, minute = divmod(minute, 60)
    clock = f"{minute:02d}:{second:02d}"
    return Entry(
        number,
        1,
        f"2027-03-05T{8 + hour:02d}:{clock}Z",
        f"2027-03-05T{9 + hour:02d}:{clock}+01:00",
        act,
        auth,
        ("4",),
        effects_of(number),
    )


def openings() -> bytes:
    return write_openings(
        [
            Opening(commitment(salt("name"), "name", "Ada Example"), "name", salt("name"), "Ada Example"),
            Opening(
                commitment(salt("minutes"), "document", MINUTES),
                "document",
                salt("minutes"),
                None,
                "documents/minutes.txt",
            ),
        ]
    )


@lru_cache(maxsize=8)
def log_files(size: int) -> tuple[tuple[tuple[str, bytes], ...], Checkpoint]:
    publication = Publication()
    for number in range(size):
        publication.append(entry(number).to_bytes())
    files = publication.take_files() + publication.edge_files()
    return tuple(files), Checkpoint(ORIGIN, size, publication.tree.root())


def signed_manifest(files: dict[str, bytes], head: Checkpoint, withheld: frozenset[str]) -> bytes:
    digests = {path: digest_of(data) for path, data in files.items() if is_listed(path)}
    return sign_manifest(Manifest(head, "public", digests, withheld), LOG_KEY)


def export(size: int = 300) -> dict[str, bytes]:
    """The files of an export of `size` entries (at least 5), by path."""
    log, head = log_files(size)
    checkpoint = add_signatures(sign_checkpoint(head, LOG_KEY), [cosign(head.text(), WITNESS, 1803924723)])
    files = dict(log)
    files["checkpoint"] = checkpoint
    files["log.vkey"] = (LOG_KEY.verifier().text() + "\n").encode()
    files[box_path("po-1")] = write_box(BALLOTS)
    files[roll_path("po-1")] = ROLL.to_bytes()
    files["openings.jsonl"] = openings()
    files["documents/minutes.txt"] = MINUTES
    files["popolo.json"] = b'{"persons":[]}\n'
    files["calendar.ics"] = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    files["manifest"] = signed_manifest(files, head, frozenset({box_path("po-2")}))
    return files
