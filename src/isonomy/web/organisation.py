"""The organisation these pages belong to: its state as the record has it, and the one road by which acts go out.

Lives here: one reader and one client a worker process, and what pages ask of them. Not here: the appender (its own
process), who may see what (`viewer`), how a form becomes an act (`desk`).

Invariant: a page sees one state from beginning to end, and that state is a fold of durable entries; nothing is written
here but through the appender. While an act is on its way other pages go on.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from django.conf import settings

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.folder import following
from isonomy.adapters.system import SystemClock, SystemZone
from isonomy.chamber.answers import Reply
from isonomy.chamber.appender import Stores
from isonomy.chamber.ports import Clock, Kept, Zone
from isonomy.chamber.submit import Sent
from isonomy.chamber.wire import Head
from isonomy.engine.decide import Submission, decide
from isonomy.engine.duties import duties
from isonomy.engine.duty import Duty
from isonomy.engine.refusal import Accepted, Verdict
from isonomy.engine.state import Edition, State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import parse_date
from isonomy.kernel.canonical import Json, parse_canonical
from isonomy.record.commitment import read_seal
from isonomy.rulebook.model import Rulebook
from isonomy.web.not_here import NotHere


@dataclass(frozen=True)
class Standing:
    """The organisation as one page sees it: the state after so many entries, at an instant of the clock."""

    state: State
    size: int
    at: str
    local: str

    @property
    def today(self) -> str:
        """The civil date where the organisation lives."""
        return self.local[:10]

    @cached_property
    def day(self) -> date:
        """The same as a date."""
        return parse_date(self.today)

    @cached_property
    def edition(self) -> Edition | None:
        """The edition of the rulebook that governs today."""
        return self.state.edition_on(self.today)

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook in force today; raises `BadInput` while none is."""
        if self.edition is None:
            raise BadInput("no edition of the rulebook is in force yet", "", "lodge the rest of its text")
        return self.state.rulebook(self.edition.id)

    @cached_property
    def due(self) -> tuple[Duty, ...]:
        """What is due and overdue, and what comes next."""
        return duties(self.state, self.day)

    def judge(self, act: dict[str, Json], kind: str = "attested") -> Verdict:
        """What the engine would say of an act now; nothing is kept. Raises `BadInput` for what is no act."""
        return decide(self.state, Submission(act, {"kind": kind}, self.at, self.local))

    def may(self, act: dict[str, Json]) -> bool:
        """Whether the engine would accept an act now."""
        try:
            return isinstance(self.judge(act), Accepted)
        except BadInput:
            return False


class Organisation:
    """One folder as a worker process has it open."""

    def __init__(self, folder: Path, clock: Clock | None = None, zone: Zone | None = None) -> None:
        self.folder = folder
        self._clock, self._zone = clock or SystemClock(), zone or SystemZone()
        self._follower = following(folder)
        self.stores: Stores = self._follower.catch_up().stores
        self._client = AppenderClient(folder)
        self._turn = threading.Lock()
        self._holder = 0
        self._names: dict[bytes, Kept] = {}
        self._erased = 0

    @contextmanager
    def turn(self) -> Iterator[Standing]:
        """The organisation as it stands, held still for one page."""
        self._take()
        try:
            yield self.standing()
        finally:
            self._release()

    def standing(self) -> Standing:
        """The state with every entry that is durable by now."""
        seen = self._follower.catch_up()
        if seen.stores is not self.stores:
            self.stores = seen.stores
            self._names.clear()
        state = seen.state
        at = max(self._clock.now(), state.at)
        local = self._zone.local(at, state.time_zone or "UTC")
        if len(state.erased) != self._erased:
            self._names.clear()
            self._erased = len(state.erased)
        return Standing(state, seen.size, at, local)

    def submit(self, acts: Sequence[Sent]) -> list[Reply]:
        """Hands acts to the appender and waits until they are durable; lets other pages go on meanwhile.

        The state of the page moves on with the entries; take `standing` anew.
        """
        if self._holder != threading.get_ident():
            return self._client.submit(acts)
        self._release()
        try:
            return self._client.submit(acts)
        finally:
            self._take()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Lets other pages go on while this one does something slow that reads no state; take `standing` anew after it."""
        if self._holder != threading.get_ident():
            yield
            return
        self._release()
        try:
            yield
        finally:
            self._take()

    def _take(self) -> None:
        self._turn.acquire()
        self._holder = threading.get_ident()

    def _release(self) -> None:
        self._holder = 0
        self._turn.release()

    def kept(self, sealed: object) -> Kept | None:
        """The personal value behind a commitment with its audience; None where it is erased or was never kept."""
        if not sealed:
            return None
        try:
            commitment = read_seal(sealed)
        except BadInput:
            return None
        found = self._names.get(commitment)
        if found is None:
            found = self.stores.values.get(commitment)
            if found is not None:
                self._names[commitment] = found
        return found

    def entry(self, number: int) -> dict[str, Json]:
        """One entry; raises `BadInput` where there is none."""
        return next(self.entries(number, number + 1), None) or _no_entry(number)

    def entries(self, first: int, after: int) -> Iterator[dict[str, Json]]:
        """The entries from `first` up to but not including `after`."""
        for data in self.stores.record.read(first, after):
            yield parse_canonical(data)

    def head(self, deadline_seconds: float = 2.0) -> Head:
        """What the appender says of itself: size, root, since when; raises `NotAnswered`."""
        return self._client.head(deadline_seconds)

    def close(self) -> None:
        """Gives up the stores and the connection."""
        self._client.close()
        self._follower.close()


def _no_entry(number: int) -> dict[str, Json]:
    raise NotHere(f"there is no entry {number}", "entry", "the record begins with entry 0")


_here: dict[Path, Organisation] = {}
_opening = threading.Lock()


def here() -> Organisation:
    """The organisation of this site, opened when it is first asked for; raises `BadInput`."""
    folder = settings.ISONOMY_FOLDER
    if folder is None:
        raise BadInput("no organisation is served", "ISONOMY_FOLDER", "start with: isonomy serve DIR")
    found = _here.get(folder)
    if found is None:
        with _opening:
            found = _here.get(folder)
            if found is None:
                found = _here[folder] = Organisation(folder)
    return found


def forget() -> None:
    """Closes what is open: before a fork, after a test."""
    with _opening:
        for found in _here.values():
            found.close()
        _here.clear()
