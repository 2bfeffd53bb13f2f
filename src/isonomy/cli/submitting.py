"""Submitting: lines become acts, acts are submitted in groups, and each line gets its reply, in order.

Lives here: opening a folder for acts, the keys at hand, and the order of replies. Not here: reading lines
(`act_lines`), signing (`signing`), judging and storing (`chamber`), printing (the verbs).

Invariant: a line is completed on the state that the lines before it have left; what cannot be stored or stamped
ends the work, and everything answered before stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.folder import FOUNDER_KEY, following, stores_of
from isonomy.adapters.key_files import MemberKey, read_key
from isonomy.adapters.system import SystemClock, SystemEntropy, SystemZone
from isonomy.chamber.answers import Reply
from isonomy.chamber.appender import Appender
from isonomy.chamber.ports import BoxStore, StoreFault
from isonomy.chamber.reader import Reader
from isonomy.chamber.stamping import ClockFault
from isonomy.chamber.submit import Sent
from isonomy.cli.reading import organisation_folder
from isonomy.cli.signing import Signing, asks_the_box, asks_the_state
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput

_ACTS_AT_ONCE = 200
_ANSWERED_WITHIN_SECONDS = 300.0
"""A declaration is counted again before it is answered, and a large count takes minutes."""


@contextmanager
def opened_for(
    given: str,
    keys: Iterable[str],
    name: str,
    *,
    by: str = "",
    console: bool = False,
    clock_is_right: bool = False,
    dry_run: bool = False,
) -> Iterator[Submitting]:
    """The folder opened for acts, within a `with`: a way to its appender where one listens, else its writer; for a
    dry run a reader.

    `keys` are key files; `name` is what lines are placed in when they are bad; the rest is as in `Signing`.
    """
    folder = organisation_folder(given)
    signing = Signing(SystemClock(), SystemEntropy(), keys_at_hand(folder, keys), by, console, clock_is_right)
    client = AppenderClient(folder)
    if not dry_run and client.is_there():
        follower = following(folder)
        try:
            # The boxes are read beside the appender: what was cast before a close is in them once it was answered.
            boxes = follower.catch_up().stores.boxes
            submit = _in_parts(client)
            yield Submitting(lambda: follower.catch_up().state, submit, boxes, signing, name, by_state=True)
        finally:
            follower.close()
            client.close()
        return
    stores = stores_of(folder, writing=not dry_run)
    try:
        if dry_run:
            reader = Reader(stores, SystemClock(), SystemZone())
            state = reader.state
            yield Submitting(lambda: state, reader.dry_run, stores.boxes, signing, name, dry_run=True)
        else:
            appender = Appender(stores, SystemClock(), SystemZone())
            yield Submitting(lambda: appender.state, appender.submit, stores.boxes, signing, name)
    finally:
        stores.close()


def _in_parts(client: AppenderClient) -> Callable[[Iterable[Sent]], Iterator[Reply]]:
    """Submits over the socket, some acts at a time, and gives the replies in order."""

    def submit(acts: Iterable[Sent]) -> Iterator[Reply]:
        rest = iter(acts)
        while part := list(islice(rest, _ACTS_AT_ONCE)):
            yield from client.submit(part, _ANSWERED_WITHIN_SECONDS)

    return submit


def keys_at_hand(folder: Path, names: Iterable[str]) -> list[MemberKey]:
    """The keys of the files named, or the founder's where none is named and it lies in the folder."""
    named = list(names)
    if named:
        return [read_key(Path(name)) for name in named]
    founder = folder / FOUNDER_KEY
    return [read_key(founder)] if founder.is_file() else []


class Submitting:
    """The work on a stream of lines: complete and sign each on the state that the ones before have left, submit
    them in groups, give the replies back in order.

    `submit` is the appender's, or the reader's for a dry run; `state` gives the state as it is then. With
    `by_state` the state follows only what was answered, and a line that is filled in from it waits for that.
    """

    def __init__(
        self,
        state: Callable[[], State],
        submit: Callable[[Iterable[Sent]], Iterator[Reply]],
        boxes: BoxStore,
        signing: Signing,
        name: str,
        *,
        dry_run: bool = False,
        by_state: bool = False,
    ) -> None:
        self._state, self._submit, self._boxes = state, submit, boxes
        self.signing, self._name, self._dry_run, self._by_state = signing, name, dry_run, by_state

    def replies(self, lines: Iterable[tuple[int, dict[str, Any] | BadInput]]) -> Iterator[tuple[int, Reply]]:
        """The number of each line and its reply; ends early where something cannot be stored or stamped."""
        rest = iter(lines)
        first = next(rest, None)
        while first is not None:
            part = Part(self, chain((first,), rest))
            for reply in self._submit(part):
                yield from part.answered(reply)
                if part.is_over:
                    return
            yield from part.unsent()
            first = part.cut_at

    def complete(self, number: int, line: dict[str, Any] | BadInput) -> Sent | BadInput:
        """The act of a line, signed, or what is wrong with it."""
        if isinstance(line, BadInput):
            return line
        try:
            return self.signing.sent(line, f"{self._name}:{number}", self._state(), self._boxes)
        except BadInput as fault:
            return fault

    def is_cut_before(self, line: dict[str, Any] | BadInput) -> bool:
        """Whether all that was sent has to be durable before a line can be completed."""
        if self._by_state and asks_the_state(line):
            return True
        return not self._dry_run and asks_the_box(line)

    def placed(self, number: int, reply: Reply) -> Reply:
        """The reply with the line as its place, where it is bad input."""
        if not isinstance(reply, BadInput) or reply.where.startswith(self._name):
            return reply
        return type(reply)(reply.what, f"{self._name}:{number}: {reply.where}".rstrip(": "), reply.cure)


class Part:
    """Lines that are submitted in one go: it gives the acts out as they are asked for, and finds for each reply
    the line it belongs to. `cut_at` is the line at which the next part begins.
    """

    def __init__(self, work: Submitting, lines: Iterator[tuple[int, dict[str, Any] | BadInput]]) -> None:
        self._work, self._lines = work, lines
        self._waiting: deque[tuple[int, BadInput | None]] = deque()
        self.cut_at: tuple[int, dict[str, Any] | BadInput] | None = None
        self.is_over = False

    def __iter__(self) -> Iterator[Sent]:
        for place, (number, line) in enumerate(self._lines):
            if place and self._work.is_cut_before(line):
                self.cut_at = (number, line)
                return
            sent = self._work.complete(number, line)
            if isinstance(sent, BadInput):
                self._waiting.append((number, sent))
            else:
                self._waiting.append((number, None))
                yield sent

    def unsent(self) -> Iterator[tuple[int, Reply]]:
        """The lines next in order that were not sent, with what is wrong with them."""
        while self._waiting:
            number, fault = self._waiting[0]
            if fault is None:
                return
            self._waiting.popleft()
            yield number, fault

    def answered(self, reply: Reply) -> Iterator[tuple[int, Reply]]:
        """The reply with its line, behind what was not sent before it."""
        yield from self.unsent()
        number, _ = self._waiting.popleft()
        self.is_over = isinstance(reply, StoreFault | ClockFault)
        yield number, self._work.placed(number, reply)
