"""Ports: what the chamber asks of the outside world, each a small protocol that adapters fill.

Lives here: the protocols and the plain values that pass through them. Not here: any database, file or clock
(`adapters`), the procedure that uses them (`appender`, `submit`). Work in parts is handed to a standard
`concurrent.futures.Executor`, which is its own port.

Invariant: every port says what is durable when a call returns; one suite of tests (`tests/ports`) holds all
adapters of a port to it. What cannot be stored is a `StoreFault` with reason and cure, never a half-done
write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from isonomy.kernel.bad_input import BadInput
from isonomy.record.box import Ballot
from isonomy.record.checkpoint import Checkpoint
from isonomy.record.commitment import Opening
from isonomy.record.manifest import Manifest
from isonomy.record.note import VerifierKey
from isonomy.record.tree import leaf_hash

PUBLIC, MEMBERS, BODY = "public", "members", "body"
"""Audiences, from the widest to the narrowest."""
AUDIENCES = (PUBLIC, MEMBERS, BODY)


class StoreFault(BadInput):
    """A store could not do what it was asked: disk full, read-only, damaged, held by another writer."""


class ForkRefused(BadInput):
    """The signer does not sign this head: entries it signed are missing, or others stand in their place."""


class RecordStore(Protocol):
    """The entries of one organisation, numbered from 0, with one writer."""

    @property
    def size(self) -> int:
        """How many entries are stored and durable."""

    def append(self, first: int, entries: Sequence[bytes]) -> None:
        """Stores entries number `first` and on: all of them or none, durable on return.

        Raises `StoreFault` when `first` is not the size, when it was opened for reading, and when the disk
        refuses. After a fault the store alone says, by its size, what it holds.
        """

    def read(self, first: int = 0, after: int | None = None) -> Iterator[bytes]:
        """The entries from `first` up to but not including `after` (to the end), in order."""

    def close(self) -> None:
        """Gives up the connection and, for the writer, the lock. Closing twice is fine."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A personal value as it is kept beside the record: its opening, and the widest audience it is shown to."""

    opening: Opening
    audience: str = BODY


class ValueStore(Protocol):
    """Personal values with their salts, by commitment; what is erased cannot be read from the file again."""

    def put(self, values: Iterable[Kept], size: int) -> None:
        """Keeps values for a group to be appended at `size`; durable on return. A known commitment stays as it is."""

    def drop_unentered(self, size: int) -> int:
        """Deletes the values of groups that were never appended: those put at `size` or beyond; says how many."""

    def get(self, commitment: bytes) -> Kept | None:
        """The value behind a commitment, None where there is none (erased, or never kept)."""

    def all(self) -> Iterator[Kept]:
        """Every value, in order of commitment."""

    def erase(self, commitment: bytes) -> bool:
        """Overwrites and deletes value and salt, in the journal too; whether there was one. Durable on return."""

    def close(self) -> None:
        """Gives up the connection. Closing twice is fine."""


class DocumentStore(Protocol):
    """Documents by the commitment that stands in the record."""

    def put(self, commitment: bytes, data: bytes) -> None:
        """Keeps a document; durable on return. A known commitment stays as it is."""

    def get(self, commitment: bytes) -> bytes | None:
        """The document, None where there is none."""

    def erase(self, commitment: bytes) -> bool:
        """Deletes the document; whether there was one."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A person to mark on the roll and a ballot to drop into the box: its canonical bytes and its commitment."""

    person: str
    ballot: bytes
    commitment: bytes

    @classmethod
    def of(cls, person: str, ballot: Ballot) -> Drop:
        """The drop of a person's ballot; raises `BadInput` for a ballot not in form."""
        data = ballot.to_bytes()
        return cls(person, data, leaf_hash(data))


@dataclass(frozen=True, slots=True)
class Papers:
    """Ballots cast on paper, as they come with the close of a poll, and who was given one."""

    ballots: tuple[Ballot, ...] = ()
    marked: tuple[str, ...] = ()


NO_PAPERS = Papers()
CAST, ALREADY_CAST, MARKED, USED = "cast", "already cast", "marked", "used"
"""What became of a drop: done; done before; the person cast another ballot; the ballot is there, the mark is not."""


@dataclass(frozen=True, slots=True)
class BoxSize:
    """What is in a box: ballots, their root, and the persons marked (None where an imported roll is unknown)."""

    ballots: int
    root: bytes
    marked: int | None


class BoxStore(Protocol):
    """One box for each secret poll: marks and ballots with no link between them."""

    def cast(self, poll: str, drops: Sequence[Drop]) -> list[str]:
        """Marks persons and drops ballots in one transaction; durable on return; says of each what became of it.

        A box is made by its first drop. Raises `StoreFault` when the box is closed or the disk refuses: then
        none is done.
        """

    def find(self, poll: str, drop: Drop) -> str | None:
        """What a drop would find, nothing stored: `ALREADY_CAST`, `MARKED`, `USED`, or None where it would be cast."""

    def has(self, poll: str) -> bool:
        """Whether there is a box of the poll, open or closed."""

    def is_closed(self, poll: str) -> bool:
        """Whether the poll's box is closed."""

    def measure(self, poll: str, papers: Papers = NO_PAPERS) -> BoxSize:
        """Size, root and marks of a box; an empty one where nothing was ever cast. With `papers`: as if they lay in it."""

    def stage(self, poll: str, papers: Papers) -> None:
        """Lays papers beside an open box, in place of those there; `close_box` puts them in. Durable on return."""

    def close_box(self, poll: str) -> None:
        """Rewrites marks, ballots and papers into a fresh store in the order of their keys; deletes the old, journals too.

        Durable on return; done again after a crash it finishes; a closed box stays as it is.
        """

    def put_closed(self, poll: str, ballots: Iterable[Ballot], marked: Iterable[str] | None) -> None:
        """Stores a whole closed box, of a poll counted elsewhere; replaces what was there. Durable on return."""

    def ballots(self, poll: str) -> list[Ballot]:
        """The ballots of a closed box in order of commitment; raises `StoreFault` while the box is open."""

    def marked(self, poll: str) -> list[str] | None:
        """The marked persons of a box, open or closed, sorted; None where not known (a poll held elsewhere)."""

    def polls(self) -> list[str]:
        """The polls that have a box, sorted."""

    def close(self) -> None:
        """Gives up the connections. Closing twice is fine."""


PrefixRoot = Callable[[int], bytes]
"""Given a size: the root over that many first entries of the record."""


class SignerPort(Protocol):
    """The log's key, with a memory of its own of the last head it signed."""

    @property
    def key(self) -> VerifierKey:
        """The public half."""

    def last(self) -> Checkpoint | None:
        """The last head signed, None before the first."""

    def last_note(self) -> bytes | None:
        """The last signed head as a note, None before the first."""

    def sign_head(self, head: Checkpoint, prefix_root: PrefixRoot) -> bytes:
        """The signed head; the signer's memory of it is durable before the signature is given out.

        Raises `ForkRefused` for a head that does not continue the last one, `StoreFault` when the memory
        cannot be written.
        """

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature over a challenge that begins with a line of its own (record.md, "Signatures")."""

    def sign_manifest(self, manifest: Manifest, prefix_root: PrefixRoot) -> bytes:
        """The manifest of an export as a signed note; raises `ForkRefused` for a head outside the signed record."""


class Clock(Protocol):
    """The time."""

    def now(self) -> str:
        """The present instant, `2027-03-05T18:12:03Z`."""


class Entropy(Protocol):
    """Chance."""

    def draw(self, size: int) -> bytes:
        """So many random bytes that nobody can foretell."""


class Zone(Protocol):
    """The zone database."""

    def local(self, at: str, zone: str) -> str:
        """The civil time with offset of an instant in a named zone, `2027-03-05T19:12:03+01:00`; raises `BadInput`."""
