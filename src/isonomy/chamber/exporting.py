"""Exporting: the files of a record as one audience may see them, under the log's signature.

Lives here: which entries, boxes, rolls, values and documents come along, and the manifest. Not here: writing
files (adapters), what members read (`documents` renders it), the forms (`record`).

Invariant: entries are the same bytes for every audience; what is left out on purpose is named in the manifest
as withheld; an export covers exactly the entries under the last signed head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from isonomy.chamber.appender import Stores
from isonomy.chamber.loading import load
from isonomy.chamber.ports import AUDIENCES, BODY, PUBLIC, Kept, StoreFault
from isonomy.engine.state import Poll, State
from isonomy.kernel.bad_input import BadInput, did_you_mean
from isonomy.record.base64_text import to_base64
from isonomy.record.box import box_path, write_box
from isonomy.record.checkpoint import Checkpoint, open_checkpoint
from isonomy.record.commitment import write_openings
from isonomy.record.manifest import (
    CHECKPOINT_PATH,
    KEY_PATH,
    MANIFEST_PATH,
    OPENINGS_PATH,
    Manifest,
    digest_of,
    is_listed,
)
from isonomy.record.publication import Publication
from isonomy.record.roll import Roll, roll_path
from isonomy.record.tree import Tree, leaf_hash

File = tuple[str, bytes]
"""A path of an export and the bytes that belong there."""

DOCUMENT_FOLDER = "documents/"
BOX_LEAST = 10
"""What holds where a rulebook says nothing: a rulebook without a record block does not lay small boxes open."""
_ENTRIES_AT_ONCE = 4_096


class Export:
    """An export in the making: `files` gives its files one after the other, the manifest last.

    Raises `BadInput` for an audience that does not exist, `StoreFault` when no head was signed yet or the
    record is not the one that was signed.
    """

    def __init__(self, stores: Stores, audience: str = PUBLIC) -> None:
        if audience not in AUDIENCES:
            raise BadInput(f"'{audience[:40]}' is not an audience", "--for", did_you_mean(audience, list(AUDIENCES)))
        # Read once: beside a writer at work the next head may be another one.
        note = stores.signer.last_note()
        if note is None:
            raise StoreFault("no head of this record was signed yet", "signer", "found the organisation first")
        self.head: Checkpoint = open_checkpoint(note, stores.signer.key)[0]
        self.audience = audience
        self._stores, self._note = stores, note
        self._digests: dict[str, str] = {}
        self._withheld: set[str] = set()
        self._sealed: dict[str, str | None] = {}

    def files(self, more: Iterable[File] = ()) -> Iterator[File]:
        """The files of the export; `more` are those that are written for readers (people, motions, calendar)."""
        for path, data in self._all(more):
            if is_listed(path):
                if path in self._digests:
                    raise BadInput("two files of the export have one path", path, "give each its own")
                self._digests[path] = digest_of(data)
            yield path, data
        manifest = Manifest(self.head, self.audience, self._digests, frozenset(self._withheld))
        yield MANIFEST_PATH, self._stores.signer.sign_manifest(manifest, self._root_over)

    def _all(self, more: Iterable[File]) -> Iterator[File]:
        yield from self._record()
        yield CHECKPOINT_PATH, self._note
        yield KEY_PATH, self._stores.signer.key.text().encode() + b"\n"
        state = load(self._stores.record.read(0, self.head.size), None).state
        for poll in state.polls.values():
            yield from self._box(state, poll)
        self._sealed = audiences_of_sealed(state)
        yield from self._openings()
        yield from more

    def _record(self) -> Iterator[File]:
        publication = Publication()
        entries = self._stores.record.read(0, self.head.size)
        while chunk := list(islice(entries, _ENTRIES_AT_ONCE)):
            for data in chunk:
                publication.append(data)
            yield from publication.take_files()
        if (publication.tree.size, publication.tree.root()) != (self.head.size, self.head.root):
            cure = "restore a copy of the record that holds the signed entries"
            raise StoreFault("the record is not the one that was signed", "record", cure)
        yield from publication.edge_files()

    def _box(self, state: State, poll: Poll) -> Iterator[File]:
        """The ballots and the marked roll of a closed poll, as far as the audience may see them."""
        boxes = self._stores.boxes
        if poll.standing == "open" or not poll.box_root or not boxes.is_closed(poll.id):
            return
        ballots = boxes.ballots(poll.id)
        if self.audience != BODY and len(ballots) < smallest_box(state, poll):
            self._withheld.add(box_path(poll.id))
        else:
            yield box_path(poll.id), write_box(ballots)
        marked = boxes.marked(poll.id)
        if poll.roll is None or marked is None:
            return
        if self.audience == PUBLIC:
            self._withheld.add(roll_path(poll.id))
        else:
            yield roll_path(poll.id), Roll.of_persons(poll.id, poll.roll, marked).to_bytes()

    def _openings(self) -> Iterator[File]:
        shown: list[Kept] = []
        for kept in self._stores.values.all():
            audience = self._sealed.get(to_base64(kept.opening.commitment), kept.audience)
            if audience is None or AUDIENCES.index(audience) > AUDIENCES.index(self.audience):
                continue
            path = kept.opening.path
            if path is not None:
                document = self._stores.documents.get(kept.opening.commitment)
                if document is None:
                    continue
                yield path, document
            shown.append(kept)
        if shown:
            yield OPENINGS_PATH, write_openings(kept.opening for kept in shown)

    def _root_over(self, size: int) -> bytes:
        tree = Tree()
        tree.extend(leaf_hash(data) for data in self._stores.record.read(0, size))
        return tree.root()


def audiences_of_sealed(state: State) -> dict[str, str | None]:
    """To whom the words of each sealed text are shown, by commitment: to nobody before its day (by the last entry's date),
    then to the audience of its clause, whatever they were kept under."""
    return {
        text.sealed: None
        if not text.opened_on and state.today < text.opens_on
        else text.to
        if text.to in AUDIENCES
        else BODY
        for text in state.publications.sealed.values()
    }


def smallest_box(state: State, poll: Poll) -> int:
    """Below how many ballots a poll's box publishes its tally only, by its opening's edition (10 where it says nothing)."""
    record = state.rulebook(poll.editions[0]).record
    return record.box_least if record is not None else BOX_LEAST
