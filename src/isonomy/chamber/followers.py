"""Followers: the live state of an organisation in a process that does not write it.

Lives here: folding the entries that have come since, and holding the record against what the log signed. Not
here: writing (`appender`), a record as it stood once (`reader`).

Invariant: a follower's state is that of the durable entries, no more and no less, and of a record that the log
signed. It is folded by one thread at a time; whoever looks at it keeps the others from folding meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from isonomy.chamber.appender import Stores
from isonomy.chamber.loading import Loaded, contradiction, extend
from isonomy.chamber.ports import ForkRefused
from isonomy.engine.state import State
from isonomy.record.tree import Tree


@dataclass(frozen=True, slots=True)
class Seen:
    """What a follower sees: the state, which is changed in place by the next look; entries, their root, the stores."""

    state: State
    size: int
    root: bytes
    stores: Stores


class Follower:
    """The state of a record that another process writes.

    `open_stores` opens the stores for reading; `place` says which record that opens now (its file, say): when
    it changes, another copy was put there, and all is read anew.
    """

    def __init__(self, open_stores: Callable[[], Stores], place: Callable[[], object] = lambda: None) -> None:
        self._open_stores, self._place = open_stores, place
        self._lock = threading.RLock()
        self._stores: Stores | None = None
        self._found_at: object = None
        self._loaded: Loaded | None = None

    @contextmanager
    def looking(self) -> Iterator[Seen]:
        """The record as it stands now, which stays so within the `with`; raises `StoreFault` or `ForkRefused`.

        Other threads that look wait until then; the writer does not.
        """
        with self._lock:
            yield self._catch_up()

    def catch_up(self) -> Seen:
        """Folds what was appended since; the state is good until the next look, by any thread. Raises as `looking`."""
        with self._lock:
            return self._catch_up()

    def close(self) -> None:
        """Gives up the stores; the next look opens them again."""
        with self._lock:
            self._forget()

    def _catch_up(self) -> Seen:
        done = False
        try:
            fault = self._fold()
            if fault is not None:
                # An older copy was put back, or another one: only what is there now counts.
                self._forget()
                fault = self._fold()
            if fault is not None:
                raise fault
            done = True
        finally:
            if not done:
                # A fold that was broken off leaves half an entry's effects behind.
                self._forget()
        assert self._loaded is not None
        assert self._stores is not None
        tree = self._loaded.tree
        return Seen(self._loaded.state, tree.size, self._loaded.roots[tree.size], self._stores)

    def _fold(self) -> ForkRefused | None:
        """Folds what is new; says why the record cannot be the one that was followed, or was signed."""
        place = self._place()
        if self._stores is not None and place != self._found_at:
            self._forget()
        if self._stores is None:
            self._stores, self._found_at = self._open_stores(), place
        stores, loaded = self._stores, self._loaded
        size = stores.record.size
        if loaded is not None and loaded.tree.size == size:
            return None
        # The head is read first: what it counts was durable before it was signed.
        signed = stores.signer.last()
        size = stores.record.size
        if loaded is None:
            loaded = Loaded(State(), Tree(), {0: Tree().root()})
        if size < loaded.tree.size:
            return ForkRefused(f"the record holds {size} entries, {loaded.tree.size} were there before", "record")
        extend(loaded, stores.record.read(loaded.tree.size, size), signed)
        self._loaded = loaded
        if signed is not None and signed.size < loaded.tree.size and signed.size not in loaded.roots:
            # It lies within what was followed before; the next one that is signed vouches for those entries too.
            return None
        return contradiction(loaded, stores.record, stores.signer, signed)

    def _forget(self) -> None:
        stores, self._stores, self._loaded = self._stores, None, None
        if stores is not None:
            stores.close()
