"""Memory: every store of an organisation without a disk, for trials, dry runs and tests.

Lives here: the ports of the chamber over plain dictionaries. Not here: anything that outlives the process.

Invariant: the same tests hold for these as for the stores on disk (`tests/ports`): what is in a
`MemoryFolder` can be opened again, by one writer at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from isonomy.chamber.loading import unsigned_head
from isonomy.chamber.ports import (
    ALREADY_CAST,
    CAST,
    MARKED,
    NO_PAPERS,
    USED,
    BoxSize,
    Drop,
    ForkRefused,
    Kept,
    Papers,
    PrefixRoot,
    StoreFault,
)
from isonomy.kernel.canonical import parse_canonical
from isonomy.record.box import Ballot
from isonomy.record.checkpoint import Checkpoint, sign_checkpoint
from isonomy.record.head_guard import refusal_to_sign
from isonomy.record.manifest import Manifest, sign_manifest
from isonomy.record.note import SignerKey, VerifierKey
from isonomy.record.signature import sign
from isonomy.record.tree import root_of

FULL = "the disk is full"


@dataclass(slots=True)
class MemoryBox:
    """A box: persons marked, ballots by commitment; imported ballots may be equal."""

    marks: set[str] | None = field(default_factory=set)
    ballots: list[tuple[bytes, Ballot]] = field(default_factory=list)
    closed: bool = False
    papers: Papers = NO_PAPERS


@dataclass(slots=True)
class MemoryFolder:
    """What a folder of an organisation would hold. `entries_max` stands for a disk that is full beyond it."""

    entries: list[bytes] = field(default_factory=list)
    values: dict[bytes, tuple[Kept, int]] = field(default_factory=dict)
    documents: dict[bytes, bytes] = field(default_factory=dict)
    boxes: dict[str, MemoryBox] = field(default_factory=dict)
    heads: list[bytes] = field(default_factory=list)
    is_written: bool = False
    entries_max: int | None = None


class MemoryRecord:
    """The entries of a `MemoryFolder`."""

    def __init__(self, folder: MemoryFolder, *, writing: bool = True) -> None:
        if writing and folder.is_written:
            raise StoreFault("another writer holds this organisation", "record", "wait until it has finished")
        self._folder, self._writing = folder, writing
        folder.is_written = folder.is_written or writing

    @property
    def size(self) -> int:
        """How many entries are stored."""
        return len(self._folder.entries)

    def append(self, first: int, entries: Sequence[bytes]) -> None:
        """Stores entries: all of them or none."""
        if not self._writing:
            raise StoreFault("this record was opened for reading", "record", "open it for writing")
        if first != self.size:
            raise StoreFault(
                f"entry {first} does not follow the last, {self.size - 1}", "record", "read the record again"
            )
        most = self._folder.entries_max
        if most is not None and first + len(entries) > most:
            raise StoreFault(FULL, "record", "make room and send the act again")
        self._folder.entries.extend(entries)

    def read(self, first: int = 0, after: int | None = None) -> Iterator[bytes]:
        """The entries from `first` up to but not including `after`."""
        return iter(self._folder.entries[first:after])

    def close(self) -> None:
        """Lets the next writer in."""
        if self._writing:
            self._folder.is_written, self._writing = False, False


class MemoryValues:
    """The personal values of a `MemoryFolder`."""

    def __init__(self, folder: MemoryFolder) -> None:
        self._kept = folder.values

    def put(self, values: Iterable[Kept], size: int) -> None:
        """Keeps values for a group to be appended at `size`."""
        for value in values:
            self._kept.setdefault(value.opening.commitment, (value, size))

    def drop_unentered(self, size: int) -> int:
        """Deletes the values of groups that were never appended."""
        orphans = [commitment for commitment, (_, put_at) in self._kept.items() if put_at >= size]
        for commitment in orphans:
            del self._kept[commitment]
        return len(orphans)

    def get(self, commitment: bytes) -> Kept | None:
        """The value behind a commitment."""
        found = self._kept.get(commitment)
        return found[0] if found else None

    def all(self) -> Iterator[Kept]:
        """Every value, in order of commitment."""
        return iter([self._kept[commitment][0] for commitment in sorted(self._kept)])

    def erase(self, commitment: bytes) -> bool:
        """Deletes value and salt."""
        return self._kept.pop(commitment, None) is not None

    def close(self) -> None:
        """Nothing to give up."""


class MemoryDocuments:
    """The documents of a `MemoryFolder`."""

    def __init__(self, folder: MemoryFolder) -> None:
        self._kept = folder.documents

    def put(self, commitment: bytes, data: bytes) -> None:
        """Keeps a document."""
        self._kept.setdefault(commitment, data)

    def get(self, commitment: bytes) -> bytes | None:
        """The document behind a commitment."""
        return self._kept.get(commitment)

    def erase(self, commitment: bytes) -> bool:
        """Deletes the document."""
        return self._kept.pop(commitment, None) is not None


class MemoryBoxes:
    """The boxes of a `MemoryFolder`."""

    def __init__(self, folder: MemoryFolder) -> None:
        self._boxes = folder.boxes

    def cast(self, poll: str, drops: Sequence[Drop]) -> list[str]:
        """Marks persons and drops ballots."""
        box = self._boxes.get(poll) or MemoryBox()
        if box.closed:
            raise StoreFault(f"the box of {poll} is closed", poll, "no further ballot is taken")
        self._boxes[poll] = box
        fates = []
        for drop in drops:
            fate = self.find(poll, drop)
            fates.append(fate or CAST)
            if fate is None:
                assert box.marks is not None, "an open box knows its marks"
                box.marks.add(drop.person)
                box.ballots.append((drop.commitment, Ballot.from_json(parse_canonical(drop.ballot))))
        return fates

    def find(self, poll: str, drop: Drop) -> str | None:
        """What a drop would find."""
        box = self._boxes.get(poll)
        if box is None:
            return None
        is_there = any(commitment == drop.commitment for commitment, _ in box.ballots)
        if drop.person in (box.marks or ()):
            return ALREADY_CAST if is_there else MARKED
        return USED if is_there else None

    def has(self, poll: str) -> bool:
        """Whether there is a box of the poll."""
        return poll in self._boxes

    def is_closed(self, poll: str) -> bool:
        """Whether the poll's box is closed."""
        return poll in self._boxes and self._boxes[poll].closed

    def measure(self, poll: str, papers: Papers = NO_PAPERS) -> BoxSize:
        """Size, root and marks of a box."""
        box = self._boxes.get(poll) or MemoryBox()
        commitments = sorted([c for c, _ in box.ballots] + [ballot.commitment() for ballot in papers.ballots])
        marks = None if box.marks is None else len(box.marks | set(papers.marked))
        return BoxSize(len(commitments), root_of(commitments), marks)

    def stage(self, poll: str, papers: Papers) -> None:
        """Lays papers beside an open box."""
        if papers != NO_PAPERS or poll in self._boxes:
            self._boxes.setdefault(poll, MemoryBox()).papers = papers

    def close_box(self, poll: str) -> None:
        """Closes a box, its ballots and papers in order of commitment."""
        box = self._boxes.setdefault(poll, MemoryBox())
        if not box.closed and box.marks is not None:
            box.ballots += [(ballot.commitment(), ballot) for ballot in box.papers.ballots]
            box.marks |= set(box.papers.marked)
        box.papers = NO_PAPERS
        box.ballots.sort(key=lambda pair: pair[0])
        box.closed = True

    def put_closed(self, poll: str, ballots: Iterable[Ballot], marked: Iterable[str] | None) -> None:
        """Stores a whole closed box."""
        box = MemoryBox(None if marked is None else set(marked), [(b.commitment(), b) for b in ballots])
        self._boxes[poll] = box
        self.close_box(poll)

    def ballots(self, poll: str) -> list[Ballot]:
        """The ballots of a closed box."""
        return [ballot for _, ballot in self._closed(poll).ballots]

    def marked(self, poll: str) -> list[str] | None:
        """The marked persons of a box."""
        marks = (self._boxes.get(poll) or MemoryBox()).marks
        return None if marks is None else sorted(marks)

    def _closed(self, poll: str) -> MemoryBox:
        box = self._boxes.get(poll)
        if box is None or not box.closed:
            raise StoreFault(f"there is no closed box of {poll}", poll, "close the poll first")
        return box

    def polls(self) -> list[str]:
        """The polls that have a box."""
        return sorted(self._boxes)

    def close(self) -> None:
        """Nothing to give up."""


class MemorySigner:
    """A signer that remembers as long as it lives; `heads` are all it signed, so that a test can look for a fork."""

    def __init__(self, key: SignerKey, heads: list[bytes] | None = None) -> None:
        self._key = key
        self._last: Checkpoint | None = None
        self.heads = [] if heads is None else heads

    @property
    def key(self) -> VerifierKey:
        """The public half."""
        return self._key.verifier()

    def last(self) -> Checkpoint | None:
        """The last head signed."""
        return self._last

    def last_note(self) -> bytes | None:
        """The last signed head as a note."""
        return self.heads[-1] if self._last is not None else None

    def sign_head(self, head: Checkpoint, prefix_root: PrefixRoot) -> bytes:
        """The signed head; refuses a fork."""
        refusal = refusal_to_sign(self._last, head, prefix_root)
        if refusal is not None:
            raise ForkRefused(refusal.says, "signer", refusal.cure)
        note = sign_checkpoint(head, self._key)
        self._last = head
        self.heads.append(note)
        return note

    def sign(self, message: bytes) -> bytes:
        """The signature over a challenge."""
        return sign(self._key.seed, message)

    def sign_manifest(self, manifest: Manifest, prefix_root: PrefixRoot) -> bytes:
        """The manifest of an export as a signed note."""
        fault = unsigned_head(manifest, self._last, prefix_root)
        if fault:
            raise ForkRefused(fault, "signer", "make the export again")
        return sign_manifest(manifest, self._key)
