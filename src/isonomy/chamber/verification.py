"""Verification: everything that a record claims, repeated by whoever has its files.

Lives here: hashes, signatures, authors, verdicts, boxes and counts put together, and what that does and does
not show. Not here: the bytes (`record.verification`), judging again (`rejudging`), reading folders
(adapters).

Invariant: nothing is believed that can be repeated; what could not be examined is named. Needs no database,
no framework and no zone of this machine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from isonomy.chamber.casting import paper_of
from isonomy.chamber.rejudging import Declared, Rejudged, rejudge
from isonomy.engine.apply import SIGNED
from isonomy.engine.recount import difference
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.record.box import box_path, read_box
from isonomy.record.bundle import bundle_path, unpack
from isonomy.record.discrepancy import Discrepancy
from isonomy.record.note import VerifierKey
from isonomy.record.passkey import AuthorKey, read_author_key
from isonomy.record.tiles import Read, width_of
from isonomy.record.tree import TILE_WIDTH
from isonomy.record.verification import FULL, REDACTED, Verification, verify_export

if TYPE_CHECKING:
    from concurrent.futures import Executor

COUNTED_OTHERWISE = "counted otherwise"
"""Counting the ballots again does not give what was declared."""

HASHES, VERDICTS, COUNTS = "hashes and signatures", "verdicts", "counts"
"""The stages of a verification, as progress names them."""
Progress = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much it has."""

_BUNDLES_AT_ONCE = 16


@dataclass(slots=True)
class Report:
    """What verifying found. `discrepancies` is empty exactly when everything that was examined agrees.

    `size` is how many entries there are; `rejudged` and `counted` say how many verdicts and counts were repeated
    and agree: from the first altered entry on nothing is judged, for its state is not the record's. `uncounted`
    names the polls whose ballots are not here. `enrolments` counts the signed entries among those judged by the
    weakest enrolment behind their key (`signed`, `attested`, `console`; chamber.md, section 10). `state` is the state
    after the last entry judged.
    """

    files: Verification
    size: int = 0
    rejudged: int = 0
    counted: int = 0
    uncounted: tuple[str, ...] = ()
    erased: int = 0
    enrolments: Counter[str] = field(default_factory=Counter)
    discrepancies: list[Discrepancy] = field(default_factory=list)
    state: State | None = None

    @property
    def agrees(self) -> bool:
        """Whether nothing was found that does not agree."""
        return not self.discrepancies

    @property
    def level(self) -> str:
        """`full` when nothing is withheld or erased, else `redacted`."""
        return REDACTED if self.erased or self.files.level == REDACTED else FULL

    @property
    def authors(self) -> Counter[str]:
        """How many entries are signed, attested and entered at the console."""
        return self.files.authors

    @property
    def assured(self) -> Counter[str]:
        """How many entries are signed, attested and entered at the console, no act better known than its key."""
        rest = Counter({kind: count for kind, count in self.authors.items() if kind != SIGNED})
        return rest + self.enrolments

    def statement(self) -> str:
        """What the verification shows, in one sentence that claims nothing more."""
        if self.discrepancies:
            places = "place does" if len(self.discrepancies) == 1 else "places do"
            return f"does not verify: {len(self.discrepancies)} {places} not agree"
        return self.files.statement()


def verify(
    read: Read,
    paths: Iterable[str],
    *,
    pinned: VerifierKey | None = None,
    since: bytes | None = None,
    witnesses: Sequence[VerifierKey] = (),
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Report:
    """Verifies an export: every hash and signature, every verdict judged again, every count repeated.

    `read` gives the bytes at a path, `paths` are all of them. `pinned` is the log's key got from elsewhere,
    `since` an older signed head. With an `executor` of processes (then `read` has to be picklable) hashes,
    signatures and counts are done beside each other. Source: docs/spec/chamber.md, section 10.
    """
    present = list(paths)
    entries = list(_entry_count(read, present))
    keys = _enrolled(read, entries[0], executor) if entries else {}
    files = verify_export(
        read,
        present,
        pinned=pinned,
        since=since,
        keys=keys,
        witnesses=witnesses,
        executor=executor,
        progress=None if progress is None else partial(progress, HASHES),
    )
    report = Report(files, discrepancies=list(files.discrepancies))
    if files.head is None or files.key is None:
        return report
    altered = [item.entry for item in files.discrepancies if item.entry is not None]
    sound = min(altered, default=files.head.size)
    found = _rejudged(read, files.head.size, sound, files.key, progress)
    report.rejudged = found.count - len({item.entry for item in found.discrepancies})
    report.state, report.size = found.state, files.head.size
    report.discrepancies += found.discrepancies
    report.erased = len(found.state.erased)
    report.enrolments = +found.enrolments
    _repeat_counts(report, read, set(present), found, executor, progress)
    return report


def _entry_count(read: Read, present: list[str]) -> Iterator[int]:
    """The size that the checkpoint states, unchecked: only to find the keys with which authors are checked."""
    data = read("checkpoint")
    if data is not None:
        lines = data.split(b"\n")
        if len(lines) > 3 and lines[1].isdigit() and len(lines[1]) < 16:
            yield min(int(lines[1]), len(present) * TILE_WIDTH)


def _enrolled(read: Read, size: int, executor: Executor | None) -> dict[int, AuthorKey]:
    """The public key of every credential, in the order in which the entries enrol them."""
    bundles = -(-size // TILE_WIDTH)
    spans = [(first, min(first + _BUNDLES_AT_ONCE, bundles)) for first in range(0, bundles, _BUNDLES_AT_ONCE)]
    task = partial(_keys_in, read, size)
    keys: list[AuthorKey | None] = []
    for found in map(task, spans) if executor is None else executor.map(task, spans):
        keys += found
    return {number: key for number, key in enumerate(keys) if key is not None}


def _keys_in(read: Read, size: int, span: tuple[int, int]) -> list[AuthorKey | None]:
    """The keys that some bundles enrol, in order; None in the place of one that binds nobody (`claims` reports it)."""
    found: list[AuthorKey | None] = []
    for data in _entries(read, size, span):
        if b'"key.enrolled"' not in data:
            continue
        try:
            effects = json.loads(data)["effects"]
            found += [_key_of(effect) for effect in effects if effect["effect"] == "key.enrolled"]
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            # An altered entry is reported by its hash.
            continue
    return found


def _key_of(effect: dict[str, Any]) -> AuthorKey | None:
    try:
        return read_author_key(effect["key"], effect.get("algorithm", ""), effect.get("rp", ""))
    except BadInput:
        return None


def _entries(read: Read, size: int, span: tuple[int, int]) -> Iterator[bytes]:
    """The entries of some bundles; what cannot be read is left out (and reported by its hash)."""
    for number in range(*span):
        width = width_of(0, number, size)
        data = read(bundle_path(number, width))
        if data is None:
            return
        try:
            yield from unpack(data, width)
        except BadInput:
            return


def _rejudged(read: Read, size: int, sound: int, key: VerifierKey, progress: Progress | None) -> Rejudged:
    """Judges the entries before the first that is not sound."""
    found = Rejudged()
    entries = islice(_entries(read, size, (0, -(-size // TILE_WIDTH))), sound)
    for found in rejudge(entries, key):
        if progress is not None and (found.count % TILE_WIDTH == 0 or found.count == size):
            progress(VERDICTS, found.count, size)
    return found


def _repeat_counts(
    report: Report,
    read: Read,
    present: set[str],
    found: Rejudged,
    executor: Executor | None,
    progress: Progress | None,
) -> None:
    here = [item for item in found.declared if item.is_named or box_path(item.poll) in present]
    report.uncounted = tuple(sorted({item.poll for item in found.declared} - {item.poll for item in here}))
    task = partial(_count, read)
    damaged = {item.place.partition(":")[0] for item in report.files.discrepancies}
    results = map(task, here) if executor is None else executor.map(task, here)
    for done, (declared, says) in enumerate(zip(here, results, strict=True), start=1):
        if says is None:
            report.counted += 1
        elif box_path(declared.poll) not in damaged:
            place = f"entry {declared.entry}"
            report.discrepancies.append(Discrepancy(COUNTED_OTHERWISE, place, says, declared.entry))
        if progress is not None:
            progress(COUNTS, done, len(here))


def _count(read: Read, declared: Declared) -> str | None:
    """What differs between a declared result and its count; None when they agree."""
    try:
        if declared.is_named:
            ballots = [paper_of(paper) for paper in declared.task.poll.named.values()]
        else:
            path = box_path(declared.poll)
            ballots, _ = read_box(read(path) or b"", path)
        differs = difference(declared.told, declared.task.count(ballots), declared.task.poll)
    except BadInput as fault:
        return f"the ballots of {declared.poll} cannot be counted: {fault.sentence()}"
    if differs is None:
        return None
    shown = f"{differs.key}: declared {str(differs.declared)[:80]}, counted {str(differs.counted)[:80]}"
    return f"the ballots of {declared.poll} give another result: {shown}"
