"""The manifest of an export: the files that the signed root does not vouch for, under the log's signature.

Lives here: writing, opening and comparing a manifest. Not here: tiles and entry bundles (the checkpoint
vouches for them), choosing what an audience may see (the chamber).

Invariant: every file of an export is either a tile or bundle that the signed root fixes byte for byte, or
stands here with its SHA-256, or is the manifest, which has one signature and no other byte. What was left out
on purpose stands here as withheld. The first line keeps the note from ever being read as a checkpoint, whose
first line has no space in it.

    isonomy manifest v1
    origin branch-one.3f9c....invalid
    size 70000
    root CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
    audience public
    9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  boxes/po-42/box.jsonl
    withheld boxes/po-57/box.jsonl

    — branch-one.3f9c....invalid hI2DJw...

The file lines are those of `sha256sum`: `grep -E '^[0-9a-f]{64}  ' manifest | sha256sum --check` tries them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import decimal, from_base64
from isonomy.record.checkpoint import Checkpoint
from isonomy.record.note import SignerKey, VerifierKey, open_note, sign_note
from isonomy.record.tree import HASH_SIZE

MANIFEST_PATH = "manifest"
CHECKPOINT_PATH = "checkpoint"
KEY_PATH = "log.vkey"
OPENINGS_PATH = "openings.jsonl"
TILE_FOLDER = "tile/"
MANIFEST_SIZE_MAX = 64_000_000
PUBLIC, MEMBERS, BODY = "public", "members", "body"
"""The audiences of an export."""

_FIRST_LINE = "isonomy manifest v1"
_FILE_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_NOT_IN_PATH = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
PATH_LENGTH_MAX = 500


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export holds: its head, for whom it is, the digest of each file, what was withheld."""

    head: Checkpoint
    audience: str
    digests: Mapping[str, str]
    withheld: frozenset[str] = field(default_factory=frozenset)

    def text(self) -> str:
        """The text that is signed: head, audience, files by path, withheld paths."""
        head_lines = self.head.text().splitlines()
        lines = [_FIRST_LINE]
        lines += [f"{word} {line}" for word, line in zip(("origin", "size", "root"), head_lines, strict=True)]
        lines.append(f"audience {self.audience}")
        lines += [f"{self.digests[path]}  {path}" for path in sorted(self.digests)]
        lines += [f"withheld {path}" for path in sorted(self.withheld)]
        return "\n".join([*lines, ""])


def digest_of(data: bytes) -> str:
    """The digest of a file as it stands in a manifest: lower-case hex of its SHA-256."""
    return sha256(data).hexdigest()


def is_listed(path: str) -> bool:
    """Whether a manifest lists a file at this path: any but itself, the tiles and the bundles."""
    return path != MANIFEST_PATH and not path.startswith(TILE_FOLDER)


def check_path(path: str, where: str = MANIFEST_PATH) -> str:
    """A path of an export; raises `BadInput` for one that could lead out of its folder."""
    parts = path.split("/")
    if len(path) > PATH_LENGTH_MAX or _NOT_IN_PATH.search(path) or path.strip() != path:
        raise BadInput(f"'{path[:80]!r}' cannot stand in a manifest", where, "use plain names and /")
    if any(part in ("", ".", "..") for part in parts):
        raise BadInput(f"the path '{path[:80]}' leads elsewhere", where, "use plain names and /")
    return path


def sign_manifest(manifest: Manifest, key: SignerKey) -> bytes:
    """The manifest as a note of the log; raises `BadInput` for paths that cannot stand in it."""
    for path in (*manifest.digests, *manifest.withheld):
        check_path(path)
    if key.name != manifest.head.origin:
        raise BadInput(f"the key of {key.name} does not sign for {manifest.head.origin}", MANIFEST_PATH)
    return sign_note(manifest.text(), key)


def open_manifest(data: bytes, key: VerifierKey, where: str = MANIFEST_PATH) -> Manifest:
    """The manifest that the log's key signed; raises `BadInput` for any other bytes."""
    note = open_note(data, (key,), where, MANIFEST_SIZE_MAX)
    if data.count("\n— ".encode()) != 1:
        raise BadInput("a manifest has one signature, the log's", where)
    manifest = _read(note.text, where)
    if manifest.head.origin != key.name:
        raise BadInput(f"signed by {key.name} for another log, {manifest.head.origin}", where)
    if manifest.text() != note.text:
        raise BadInput("the lines of the manifest are not in their order", where)
    return manifest


def _read(text: str, where: str) -> Manifest:
    lines = text.split("\n")[:-1]
    words = ("origin", "size", "root", "audience")
    if len(lines) < 5 or lines[0] != _FIRST_LINE:
        raise BadInput(f"a manifest begins with the line {_FIRST_LINE}", f"{where}: line 1")
    values = []
    for number, word in enumerate(words, start=1):
        if not lines[number].startswith(f"{word} "):
            raise BadInput(f"the line '{word}' is missing", f"{where}: line {number + 1}")
        values.append(lines[number].removeprefix(f"{word} "))
    if values[3] not in (PUBLIC, MEMBERS, BODY):
        raise BadInput(f"'{values[3][:40]}' is not an audience", f"{where}: line 5", "public, members or body")
    head = Checkpoint(
        values[0],
        decimal(values[1], f"{where}: line 3"),
        from_base64(values[2], f"{where}: line 4", HASH_SIZE),
    )
    digests: dict[str, str] = {}
    withheld: set[str] = set()
    for number, line in enumerate(lines[5:], start=6):
        place = f"{where}: line {number}"
        match = _FILE_LINE.fullmatch(line)
        if match:
            digests[check_path(match[2], place)] = match[1]
        elif line.startswith("withheld "):
            withheld.add(check_path(line.removeprefix("withheld "), place))
        else:
            raise BadInput("a line is a digest and a path, or 'withheld' and a path", place)
    return Manifest(head, values[3], digests, frozenset(withheld))
