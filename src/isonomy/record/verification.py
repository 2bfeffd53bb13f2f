"""Verification of a published record: that every byte is the one that was signed.

Lives here: an export as a whole: key, head, tiles, entries, boxes, openings, manifest, and how it continues
an older head. Not here: judging the acts again (`engine`), counting again (`counting`), reading folders
(adapters).

Invariant: a change of any one byte of any file, a file taken out or a file put in is reported. An export that
agrees shows no more than `Verification.statement` says: without a key pinned from elsewhere, whoever holds
the log's key, or puts another in its place, can have written all of it anew; without an older head, history
before this export is not pinned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from isonomy.kernel.bad_input import BadInput
from isonomy.record.bundle import bundle_of_path, bundle_path, unpack
from isonomy.record.checkpoint import Checkpoint, open_checkpoint
from isonomy.record.commitment import opens, read_openings
from isonomy.record.discrepancy import (
    ALTERED,
    FORKED,
    MALFORMED,
    MISSING,
    OUT_OF_ORDER,
    STRAY,
    UNSIGNED,
    Discrepancy,
)
from isonomy.record.examination import Keys, Part, examine_part
from isonomy.record.manifest import (
    CHECKPOINT_PATH,
    KEY_PATH,
    MANIFEST_PATH,
    OPENINGS_PATH,
    TILE_FOLDER,
    Manifest,
    digest_of,
    is_listed,
    open_manifest,
)
from isonomy.record.note import ED25519, VerifierKey
from isonomy.record.sealed_boxes import BoxReport, examine_boxes
from isonomy.record.tile_trust import TileTrust
from isonomy.record.tiles import Read, TileReader, tile_of_path, tiles_of, width_of
from isonomy.record.tree import HASH_SIZE, TILE_WIDTH

if TYPE_CHECKING:
    from concurrent.futures import Executor

FULL, REDACTED = "full", "redacted"
_PART_BUNDLES_MIN = 16
_PARTS_MAX = 64

Progress = Callable[[int, int], None]
"""Called with the entries examined so far and the entries in all."""


@dataclass(slots=True)
class Verification:
    """What verifying an export found. `discrepancies` is empty exactly when everything agrees."""

    key: VerifierKey | None = None
    is_pinned: bool = False
    head: Checkpoint | None = None
    since: Checkpoint | None = None
    audience: str = ""
    discrepancies: list[Discrepancy] = field(default_factory=list)
    authors: Counter[str] = field(default_factory=Counter)
    authors_checked: bool = False
    last_at: str = ""
    attested_tallies: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    cosigned_by: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing was found that does not agree."""
        return not self.discrepancies

    @property
    def level(self) -> str:
        """`full` when every ballot and file is there, `redacted` when some are withheld."""
        return REDACTED if self.withheld else FULL

    def statement(self) -> str:
        """What the verification shows, in one sentence that claims nothing more."""
        if self.discrepancies:
            return f"does not verify: {len(self.discrepancies)} places do not agree"
        key = "signed by the key that was given" if self.is_pinned else "consistent with itself; key"
        if self.since is not None:
            history = f"continues the head of {self.since.size} entries that was given"
        else:
            history = "history not pinned"
        if self.is_pinned:
            return f"{key}; {history}"
        return f"{key} and {history}" if self.since is None else f"{key} not pinned; {history}"


def verify_export(
    read: Read,
    paths: Iterable[str],
    *,
    pinned: VerifierKey | None = None,
    since: bytes | None = None,
    keys: Keys | None = None,
    witnesses: Sequence[VerifierKey] = (),
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Verifies an export, given its files (`read`) and the paths of all of them.

    `pinned` is the log's key, got from elsewhere; `since` an older signed head of the same log; `keys` the
    public keys of the authors by credential (without it authors' proofs are not checked here); `witnesses`
    keys whose cosignatures count. With an `executor` parts are examined beside each other; for one of
    processes `read` has to be picklable.
    """
    found = Verification(is_pinned=pinned is not None, authors_checked=keys is not None)
    present = set(paths)
    key = _read_key(found, read, pinned)
    if key is None:
        return found
    found.key = key
    manifest = _read_manifest(found, read, key)
    head = _read_head(found, read, key, witnesses)
    if head is None and manifest is not None:
        head = manifest.head
    if head is None:
        return found
    found.head = head
    if head.size > len(present) * TILE_WIDTH:
        # Whoever signs a head of a trillion entries must not keep a verifier looking for them one by one.
        _say(found, MISSING, CHECKPOINT_PATH, f"{head.size} entries were signed, these files cannot hold them")
        return found
    parts = _examine(found, read, head, keys, executor, progress)
    boxes = examine_boxes(read, present, parts, manifest.withheld if manifest else frozenset())
    found.discrepancies += boxes.discrepancies
    found.attested_tallies = boxes.attested
    _examine_openings(found, read, present)
    _examine_files(found, read, present, manifest, boxes)
    _examine_tile_folder(found, read, present, head.size)
    if since is not None:
        _examine_since(found, read, key, head, since)
    return found


def _read_key(found: Verification, read: Read, pinned: VerifierKey | None) -> VerifierKey | None:
    data = read(KEY_PATH)
    if data is None:
        _say(found, MISSING, KEY_PATH, "the log's verifier key is missing")
        return pinned
    try:
        text = data.decode("utf-8")
        if not text.endswith("\n"):
            raise BadInput("the line breaks off", KEY_PATH)
        key = VerifierKey.parse(text[:-1], KEY_PATH)
        if key.kind != ED25519:
            raise BadInput("this is a witness's key, not a log's", KEY_PATH)
    except UnicodeDecodeError:
        _say(found, ALTERED, KEY_PATH, "this is not text: the key was altered")
        return pinned
    except BadInput as fault:
        _say(found, ALTERED, KEY_PATH, f"{fault.what}: the key was altered")
        return pinned
    if pinned is not None and key != pinned:
        _say(
            found,
            UNSIGNED,
            KEY_PATH,
            "this is not the key that was given: another log, or its key was exchanged",
        )
        return pinned
    return key


def _read_manifest(found: Verification, read: Read, key: VerifierKey) -> Manifest | None:
    data = read(MANIFEST_PATH)
    if data is None:
        _say(found, MISSING, MANIFEST_PATH, "the list of the export's files is missing")
        return None
    try:
        manifest = open_manifest(data, key)
    except BadInput as fault:
        _say(found, UNSIGNED, fault.where or MANIFEST_PATH, fault.what)
        return None
    found.audience = manifest.audience
    found.withheld = tuple(sorted(manifest.withheld))
    return manifest


def _read_head(
    found: Verification, read: Read, key: VerifierKey, witnesses: Sequence[VerifierKey]
) -> Checkpoint | None:
    data = read(CHECKPOINT_PATH)
    if data is None:
        _say(found, MISSING, CHECKPOINT_PATH, "the signed head of the record is missing")
        return None
    try:
        head, note = open_checkpoint(data, key, witnesses)
    except BadInput as fault:
        _say(found, UNSIGNED, fault.where or CHECKPOINT_PATH, fault.what)
        return None
    known = {(witness.name, witness.id) for witness in witnesses}
    found.cosigned_by = tuple(s.name for s in note.verified if (s.name, s.key_id) in known)
    return head


def _examine(
    found: Verification,
    read: Read,
    head: Checkpoint,
    keys: Keys | None,
    executor: Executor | None,
    progress: Progress | None,
) -> list[Part]:
    bundles = -(-head.size // TILE_WIDTH)
    step = max(_PART_BUNDLES_MIN, -(-bundles // _PARTS_MAX))
    spans = [(first, min(first + step, bundles)) for first in range(0, bundles, step)]
    task = partial(examine_part, read, head.size, keys)
    parts = []
    for part in map(task, spans) if executor is None else executor.map(task, spans):
        parts.append(part)
        if progress is not None:
            progress(min(head.size, (part.first + step) * TILE_WIDTH), head.size)
    trust = TileTrust(read, head, parts)
    for part in parts:
        found.discrepancies += part.files
    found.discrepancies += trust.discrepancies
    for part in parts:
        if part.first_at and part.first_at < found.last_at and not part.starts_with_reset:
            first = part.first * TILE_WIDTH
            says = f"the entries from {first} on are stamped before those in front of them ({found.last_at})"
            if trust.altered.isdisjoint((first - 1, first)):
                _say(found, OUT_OF_ORDER, f"entry {first}", says)
        found.last_at = part.last_at or found.last_at
        found.authors += part.authors
        found.discrepancies += [item for item in part.entries if _is_of_its_own(item, trust.altered)]
    return parts


def _is_of_its_own(item: Discrepancy, altered: set[int]) -> bool:
    """Whether what is wrong with an entry is more than the trace of a reported alteration."""
    if item.entry is None or item.entry in altered:
        return item.entry is None
    return not (item.kind == OUT_OF_ORDER and item.entry - 1 in altered)


def _examine_openings(found: Verification, read: Read, present: set[str]) -> None:
    if OPENINGS_PATH not in present:
        return
    data = read(OPENINGS_PATH) or b""
    try:
        openings = read_openings(data, OPENINGS_PATH)
    except BadInput as fault:
        _say(found, MALFORMED, fault.where, fault.what)
        return
    for number, opening in enumerate(openings, start=1):
        value: str | bytes | None = opening.value
        if opening.path is not None:
            value = read(opening.path)
            if value is None:
                _say(
                    found,
                    MISSING,
                    opening.path,
                    f"this document is missing ({OPENINGS_PATH}:{number} opens it)",
                )
                continue
        if value is None or not opens(opening.commitment, opening.salt, opening.label, value):
            what = opening.path or f"{OPENINGS_PATH}:{number}"
            _say(found, ALTERED, what, "it is not what the record's commitment was made for")


def _examine_files(
    found: Verification, read: Read, present: set[str], manifest: Manifest | None, boxes: BoxReport
) -> None:
    if manifest is None:
        return
    if found.head is not None and manifest.head != found.head:
        says = f"made at {manifest.head.size} entries, but the checkpoint is a head of {found.head.size}"
        _say(found, ALTERED, MANIFEST_PATH, says)
    reported = {item.place.partition(":")[0] for item in found.discrepancies}
    for path, digest in manifest.digests.items():
        data = read(path)
        if data is None:
            if path not in reported:
                _say(found, MISSING, path, "the manifest lists this file, but it is not there")
        elif digest_of(data) != digest and path not in reported:
            _say(found, ALTERED, path, "this is not the file that was signed into the manifest")
    for path in sorted(present):
        if is_listed(path) and path not in manifest.digests:
            _say(found, STRAY, path, "the manifest does not list this file: it was put in later")
        elif path in manifest.withheld:
            _say(found, STRAY, path, "the manifest says that this file is withheld")
        elif path in boxes.unsealed:
            _say(found, STRAY, path, "no entry of the record seals this box")


def _examine_tile_folder(found: Verification, read: Read, present: set[str], size: int) -> None:
    """Tiles the head does not ask for: earlier partial ones are fine if they begin the later ones."""
    asked = {tile.path for tile in tiles_of(size)}
    asked.update(bundle_path(number, width_of(0, number, size)) for number in range(-(-size // TILE_WIDTH)))
    for path in sorted(present):
        if not path.startswith(TILE_FOLDER) or path in asked:
            continue
        later = _later_version(path, size)
        data, whole = read(path), None if later is None else read(later[0])
        if later is None or data is None or whole is None:
            _say(found, STRAY, path, "the signed head asks for no such file")
        elif not (data and whole.startswith(data) and _is_complete(data, later[1])):
            _say(found, ALTERED, path, f"this earlier part is not the beginning of {later[0]}")


def _later_version(path: str, size: int) -> tuple[str, int] | None:
    """The path of the present tile or bundle that an earlier partial one grew into, and its width.

    A negative width means a bundle. None when the path is neither.
    """
    try:
        tile = tile_of_path(path)
    except BadInput:
        pass
    else:
        width = width_of(tile.level, tile.number, size)
        return (tile._replace(width=width).path, tile.width) if width > tile.width else None
    try:
        number, width = bundle_of_path(path)
    except BadInput:
        return None
    present = width_of(0, number, size)
    return (bundle_path(number, present), -width) if present > width else None


def _is_complete(data: bytes, width: int) -> bool:
    if width > 0:
        return len(data) == width * HASH_SIZE
    try:
        unpack(data, -width)
    except BadInput:
        return False
    return True


def _examine_since(found: Verification, read: Read, key: VerifierKey, head: Checkpoint, since: bytes) -> None:
    place = "the older checkpoint"
    try:
        older, _ = open_checkpoint(since, key, where=place)
    except BadInput as fault:
        _say(found, UNSIGNED, place, fault.what)
        return
    found.since = older
    if older.size > head.size:
        says = f"{older.size} entries were signed, this export holds {head.size}: entries are missing"
        _say(found, FORKED, CHECKPOINT_PATH, says)
        return
    try:
        root = TileReader(read, head.size).root(older.size)
    except BadInput as fault:
        _say(found, MISSING, fault.where, f"{fault.what}: whether the older head is continued cannot be told")
        return
    if root != older.root:
        says = f"the first {older.size} entries are not those that were signed before: the record has forked"
        _say(found, FORKED, CHECKPOINT_PATH, says)


def _say(found: Verification, kind: str, place: str, says: str) -> None:
    found.discrepancies.append(Discrepancy(kind, place, says))
