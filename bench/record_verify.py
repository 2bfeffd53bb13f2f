"""How fast a stranger verifies a record: every hash, the form of every entry, every author's signature.

    python -m bench.record_verify                       50,000 signed entries, and what a million would take
    python -m bench.record_verify --entries 1000000     a million (1 GB on disk; making it takes longer than verifying)
    python -m bench.record_verify --keep DIR            leaves the record in DIR, for other verifiers

Each entry has about 750 bytes and an Ed25519 proof of one of 1,000 authors. The record is made first and is not timed.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path

from isonomy.record.checkpoint import Checkpoint, sign_checkpoint
from isonomy.record.entry import Entry, signed_by
from isonomy.record.manifest import Manifest, digest_of, is_listed, sign_manifest
from isonomy.record.note import SignerKey
from isonomy.record.passkey import misfit, read_author_key
from isonomy.record.publication import Publication
from isonomy.record.signature import act_challenge, is_signed_challenge, public_key_of, sign_act
from isonomy.record.tree import Tree, leaf_hash
from isonomy.record.verification import verify_export

AUTHORS = 1_000
LOG_KEY = SignerKey.make("bench.example.invalid", sha256(b"bench log").digest())
MILLION = 1_000_000


class Folder:
    """Reads the files of a folder; can be sent to another process."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, name: str) -> bytes | None:
        """The bytes at a path of the folder, None where there are none."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def paths(self) -> Iterator[str]:
        """Every file in the folder."""
        for found in self.path.rglob("*"):
            if found.is_file():
                yield found.relative_to(self.path).as_posix()


def seed(author: int) -> bytes:
    """The private seed of an author."""
    return sha256(f"bench author {author}".encode()).digest()


def entry_bytes(number: int) -> bytes:
    """A signed entry of ordinary shape and size."""
    author = number * 7919 % AUTHORS
    act = {
        "act": "meeting.call",
        "as": "chair",
        "body": "committee",
        "by": f"p-{author:08x}",
        "expects": max(0, number - 40),
        "id": sha256(str(number).encode()).hexdigest()[:32],
        "log": LOG_KEY.name,
        "matters": ["budget", "accounts of the year", "election of the auditors"],
        "starts": "2027-03-10T19:00",
        "until": "2027-03-05T20:00:00Z",
    }
    minute, second = divmod(number // 400 % 3600, 60)
    local = f"2027-03-05T19:{minute:02d}:{second:02d}+01:00"
    effect = {
        "effect": "meeting.called",
        "body": "committee",
        "meeting": f"mt-{number}",
        "notice_due_on": "2027-03-07",
        "starts": "2027-03-10T19:00",
    }
    at = f"2027-03-05T18:{minute:02d}:{second:02d}Z"
    auth = signed_by(author, sign_act(seed(author), act))
    return Entry(number, 1, at, local, act, auth, ("4", "4.2"), (effect,)).to_bytes()


def make(folder: Path, size: int, pool: ProcessPoolExecutor) -> None:
    """Writes an export of `size` signed entries."""
    publication = Publication()
    written: dict[str, str] = {}

    def write(files: list[tuple[str, bytes]]) -> None:
        for path, data in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
            if is_listed(path):
                written[path] = digest_of(data)

    for entry in pool.map(entry_bytes, range(size), chunksize=2_000):
        publication.append(entry)
        write(publication.take_files())
    write(publication.edge_files())
    head = Checkpoint(LOG_KEY.name, size, publication.tree.root())
    write([("checkpoint", sign_checkpoint(head, LOG_KEY)), ("log.vkey", (LOG_KEY.verifier().text() + "\n").encode())])
    write([("manifest", sign_manifest(Manifest(head, "public", written), LOG_KEY))])


def per_call(step: Callable[[int], object], times: int) -> float:
    """Microseconds of processor time for one call."""
    start = time.process_time()
    for number in range(times):
        step(number)
    return (time.process_time() - start) / times * 1e6


def processor_seconds() -> float:
    """Seconds of processor time that this process and its ended children have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def steps() -> None:
    """What each step costs for one entry on one core."""
    sample = [entry_bytes(number) for number in range(200)]
    entries = [Entry.from_bytes(data) for data in sample]
    keys = [public_key_of(seed(author)) for author in range(AUTHORS)]
    challenges = [act_challenge(entry.act) for entry in entries]

    def signature(number: int) -> bool:
        auth = entries[number % 200].auth
        return is_signed_challenge(keys[auth["credential"]], challenges[number % 200], auth["proof"])

    made = json.loads((Path(__file__).parents[1] / "conformance" / "passkeys" / "assertions.json").read_text("utf-8"))
    passkeys = {row["passkey"]["algorithm"]: row for row in reversed(made["rows"]) if row["vouches"]}

    def assertion(algorithm: str) -> Callable[[int], object]:
        row = passkeys[algorithm]
        key = read_author_key(row["passkey"]["key"], algorithm, row["passkey"]["rp"])
        challenge = act_challenge(made["act"])
        assert misfit(key, challenge, row["proof"]) is None
        return lambda number: misfit(key, challenge, row["proof"])

    rows: list[tuple[str, float]] = [
        ("leaf hash", per_call(lambda n: leaf_hash(sample[n % 200]), 50_000)),
        ("strict reading of the entry", per_call(lambda n: Entry.from_bytes(sample[n % 200]), 20_000)),
        ("challenge of the act", per_call(lambda n: act_challenge(entries[n % 200].act), 20_000)),
        ("Ed25519 signature", per_call(signature, 5_000)),
        ("assertion of a passkey, ES256", per_call(assertion("ES256"), 5_000)),
        ("assertion of a passkey, EdDSA", per_call(assertion("EdDSA"), 5_000)),
    ]
    print(f"one entry ({sum(map(len, sample)) // 200} bytes) on one core:")
    for name, cost in rows:
        print(f"  {name:<32}{cost:8.1f} µs   {1e6 / cost:>11,.0f} a second")
    leaves = [leaf_hash(b"%d" % number) for number in range(200_000)]
    start = time.process_time()
    Tree().extend(leaves)
    print(f"  {'growing the tree':<32}{(time.process_time() - start) * 5:8.1f} µs")


def main() -> None:
    """Makes a record and verifies it, without and with its authors' signatures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="a new folder in which the record stays")
    given = parser.parse_args()
    steps()
    keys = {author: public_key_of(seed(author)) for author in range(AUTHORS)}
    with tempfile.TemporaryDirectory() as folder:
        read = Folder(given.keep or Path(folder))
        with ProcessPoolExecutor(given.processes) as pool:
            make(read.path, given.entries, pool)
        paths = list(read.paths())
        print(f"{given.entries:,} signed entries, {given.processes} processes:")
        for name, known in (("hashes and forms", None), ("hashes, forms and signatures", keys)):
            start, spent = time.perf_counter(), processor_seconds()
            with ProcessPoolExecutor(given.processes) as pool:
                found = verify_export(read, paths, pinned=LOG_KEY.verifier(), keys=known, executor=pool)
            taken, spent = time.perf_counter() - start, processor_seconds() - spent
            assert found.agrees, found.discrepancies[:3]
            million = taken / given.entries * MILLION
            print(
                f"  {name:<32}{taken:8.1f} s    a million: {million:6.1f} s   {given.entries / taken:>11,.0f} a second"
                f"   ({spent:.1f} s of the processors; a million: {spent / given.entries * MILLION:.0f} s)"
            )


if __name__ == "__main__":
    main()
