"""The folder of an organisation: its stores put together, opened for writing or reading, or made anew.

Lives here: which adapter fills which port on disk. Not here: what is done with them (`chamber`).

Invariant: one writer a folder; a folder that could not be founded whole is not left behind.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from isonomy.adapters.document_files import DocumentFiles
from isonomy.adapters.durable import disk, flush_folder
from isonomy.adapters.key_files import MemberKey, write_key
from isonomy.adapters.memory import MemoryFolder, MemoryValues
from isonomy.adapters.public_signer import PublicSigner, is_restored, no_signer
from isonomy.adapters.signer_files import FOLDER as SIGNER
from isonomy.adapters.signer_files import SignerFiles
from isonomy.adapters.sqlite_boxes import SqliteBoxes
from isonomy.adapters.sqlite_record import NAME as RECORD
from isonomy.adapters.sqlite_record import SqliteRecord
from isonomy.adapters.sqlite_values import SqliteValues, is_there
from isonomy.adapters.system import SystemClock, SystemEntropy, SystemZone
from isonomy.chamber.answers import Answer
from isonomy.chamber.appender import Appender, Stores
from isonomy.chamber.completing import sealed
from isonomy.chamber.followers import Follower
from isonomy.chamber.founding import Founder, Founding, OpeningFounding, draw_person, founding_acts, origin_of
from isonomy.chamber.ports import Clock, Entropy, StoreFault, ValueStore, Zone
from isonomy.chamber.reader import Reader
from isonomy.chamber.submit import Sent
from isonomy.kernel.bad_input import BadInput
from isonomy.record.commitment import SALT_SIZE
from isonomy.record.note import SignerKey
from isonomy.record.signature import public_key_of
from isonomy.rulebook.reader import read_rulebook

FOUNDER_KEY = "founder.key"


def stores_of(folder: Path, *, writing: bool, makes: bool = False) -> Stores:
    """The stores of a folder, made where they are not there if `makes`; the writer holds its lock.

    A restored folder without its signer can be read. Raises `StoreFault`, and then holds nothing.
    """
    has_signer = (folder / SIGNER).is_dir() or not is_restored(folder)
    if writing and not has_signer:
        raise no_signer(folder)
    record = SqliteRecord(folder, writing=writing, makes=makes)
    try:
        values: ValueStore = SqliteValues(folder, writing=writing) if writing or is_there(folder) else _no_values()
        return Stores(
            record,
            values,
            DocumentFiles(folder, writing=writing),
            SqliteBoxes(folder, writing=writing),
            SignerFiles(folder) if has_signer else PublicSigner(folder),
        )
    except BadInput:
        record.close()
        raise


def _no_values() -> ValueStore:
    return MemoryValues(MemoryFolder())


@contextmanager
def writing(
    folder: Path, clock: Clock | None = None, zone: Zone | None = None, *, makes: bool = False
) -> Iterator[Appender]:
    """The appender of a folder, within a `with`; raises `StoreFault` or `ForkRefused` when it may not write."""
    stores = stores_of(folder, writing=True, makes=makes)
    try:
        yield Appender(stores, clock or SystemClock(), zone or SystemZone())
    finally:
        stores.close()


@contextmanager
def reading(folder: Path, clock: Clock | None = None, zone: Zone | None = None) -> Iterator[Reader]:
    """A reader of a folder, for the time of a `with`."""
    stores = stores_of(folder, writing=False)
    try:
        yield Reader(stores, clock or SystemClock(), zone or SystemZone())
    finally:
        stores.close()


def following(folder: Path) -> Follower:
    """A follower of a folder that another process writes; nothing is opened before the first look."""

    def place() -> object:
        with disk(folder):
            found = (folder / RECORD).stat()
        return found.st_dev, found.st_ino

    return Follower(lambda: stores_of(folder, writing=False), place)


def found_folder(
    folder: Path,
    rulebook: str,
    *,
    origin: str = "",
    kind: str = "living",
    name: str = "",
    time_zone: str = "",
    seats: tuple[str, ...] | None = None,
    founded_on: str | None = None,
    founder_name: str = "",
    opening: OpeningFounding | None = None,
    clock: Clock | None = None,
    zone: Zone | None = None,
    entropy: Entropy | None = None,
) -> list[Answer]:
    """Founds an organisation in a new folder: keys, stores, first entries; the founder's key lies in `founder.key`.

    `founder_name` is kept beside the record, for members. The folder appears whole or not at all. Raises
    `BadInput` for a rulebook that cannot be read or a founding that is refused, `StoreFault` for a folder that is
    there already.
    """
    clock, zone, entropy = clock or SystemClock(), zone or SystemZone(), entropy or SystemEntropy()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreFault("there is something already", str(folder), "choose a new folder")
    book = read_rulebook(rulebook.encode())
    aside = folder.with_name(f".{folder.name}.{entropy.draw(6).hex()}.new")
    with disk(folder):
        aside.parent.mkdir(parents=True, exist_ok=True)
        # Personal values and open boxes are for the owner's eyes; what others may read is exported.
        aside.mkdir(mode=0o700)
    try:
        seed = entropy.draw(32)
        log = origin or origin_of(name or book.front.organisation, public_key_of(seed))
        signer = SignerFiles.make(aside, SignerKey.make(log, seed))
        member = MemberKey(draw_person(entropy), log, entropy.draw(32))
        write_key(aside / FOUNDER_KEY, member)
        founder = Founder(member.person, member.public, founder_name)
        founding = Founding(rulebook, founder, kind, name, time_zone, seats, founded_on, opening)
        acts = founding_acts(founding, signer.key, clock, entropy)
        entering = [sealed(act, lambda place: entropy.draw(SALT_SIZE)) for act in acts]
        sent = [Sent(act, member.auth(act), kept) for act, kept in entering]
        with writing(aside, clock, zone, makes=True) as appender:
            answers = [_founded(reply) for reply in appender.submit(sent)]
        with disk(folder):
            aside.rename(folder)
            flush_folder(folder.parent)
        return answers
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _founded(reply: Answer | BadInput) -> Answer:
    if isinstance(reply, BadInput):
        raise reply
    if not reply.is_accepted:
        ground = reply.refusal["grounds"][0]
        raise BadInput(f"the founding is refused: {ground['says']} {ground['facts']}", "", ground["cure"])
    return reply
