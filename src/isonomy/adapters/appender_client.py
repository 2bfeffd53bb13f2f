"""The appender's client: sends acts to the process that writes, and has an answer for each whatever becomes of it.

Lives here: connecting, waiting, and sending again under the same id when the appender dies meanwhile. Not here:
the frames (`chamber.wire`), the other side (`appender_server`).

Invariant: every act gets exactly one answer. One that was given is never asked for twice; an act without one is
sent again with the same bytes until the deadline, which cannot enter it twice (docs/spec/chamber.md, section 4);
then it is said that nobody knows, and how to find out.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from isonomy.adapters.local_socket import NAME, Broken, connected, is_answered, receive, wait_until
from isonomy.chamber.answers import Reply
from isonomy.chamber.submit import Sent
from isonomy.chamber.wire import (
    FRAME_SIZE_MAX,
    HEAD,
    PING,
    REQUEST_ACTS_MAX,
    Head,
    NotAnswered,
    asking,
    framed,
    read_bad,
    read_reply,
    sent_json,
    submitting,
)
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes, parse_canonical

DEADLINE_SECONDS = 30.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 1.0
_IDLE_MAX = 8
_REQUEST_SIZE_MAX = FRAME_SIZE_MAX - 1_024
"""The acts of one request; the rest of its frame needs less than the difference."""


class AppenderClient:
    """A way to the appender of a folder, for any number of threads, also after the process has forked.

    `deadline_seconds` is how long an answer may take, with all that is tried again. Nothing is opened before the
    first question.
    """

    def __init__(self, folder: Path, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        self._folder, self._deadline = folder, deadline_seconds
        self._lock = threading.Lock()
        self._idle: list[socket.socket] = []
        self._process = os.getpid()
        self._number = 0

    def submit(self, acts: Sequence[Sent], deadline_seconds: float | None = None) -> list[Reply]:
        """The answers to some acts, in their order; acts of one call are judged in that order.

        An act that got no answer in time has a `NotAnswered` in its place; every other reply is as the appender
        gave it (`chamber.appender`). An act that entered before its answer was lost is answered "again".
        """
        until = time.monotonic() + (self._deadline if deadline_seconds is None else deadline_seconds)
        replies: dict[int, Reply] = {}
        waiting: list[tuple[int, dict[str, Json], int]] = []
        for place, sent in enumerate(acts):
            try:
                shown = sent_json(sent)
                size = len(canonical_bytes(shown)) + 1
                if size > _REQUEST_SIZE_MAX:
                    raise BadInput(f"{size:,} bytes are sent with one act", "act", f"at most {_REQUEST_SIZE_MAX:,}")
                waiting.append((place, shown, size))
            except BadInput as fault:
                replies[place] = fault
        while waiting:
            part, waiting = _first_part(waiting)
            self._submit_part(part, replies, until)
        return [replies[place] for place in range(len(acts))]

    def ping(self, deadline_seconds: float | None = None) -> None:
        """Comes back when the appender has shown that it lives; raises `NotAnswered`."""
        self._ask(PING, deadline_seconds)

    def head(self, deadline_seconds: float | None = None) -> Head:
        """What the appender says of its record, after every answer that it gave before; raises `NotAnswered`."""
        return Head.from_json(self._ask(HEAD, deadline_seconds))

    def is_there(self) -> bool:
        """Whether an appender listens just now."""
        return is_answered(self._folder)

    def close(self) -> None:
        """Ends the connections; the client can be used again."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    # -- asking, and asking again

    def _submit_part(self, part: list[tuple[int, dict[str, Json]]], replies: dict[int, Reply], until: float) -> None:
        """Has an answer in `replies` for each act of a part, in order of sending, by `until`."""
        pause = _FIRST_PAUSE
        while True:
            waiting = [(place, shown) for place, shown in part if place not in replies]
            if not waiting:
                return
            try:
                self._exchange(waiting, replies, until)
            except BadInput as fault:
                # What answers there is no appender of this version: asking again would not help.
                what = f"it is not known whether the act was stored: {fault.what}"
                for place, _ in waiting:
                    replies.setdefault(place, NotAnswered(what, fault.where, fault.cure))
                return
            except OSError as fault:
                if time.monotonic() + pause >= until:
                    for place, _ in waiting:
                        replies.setdefault(place, self._not_answered(fault))
                    return
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _exchange(self, waiting: list[tuple[int, dict[str, Json]]], replies: dict[int, Reply], until: float) -> None:
        number = self._next_number()
        request = framed(submitting(number, [shown for _, shown in waiting]))
        connection = self._connection(until)
        is_whole = False
        try:
            wait_until(connection, until)
            connection.sendall(request)
            left = len(waiting)
            while left:
                place, reply = read_reply(_answer_of(connection, number, until))
                if not 0 <= place < len(waiting) or waiting[place][0] in replies:
                    raise Broken("an answer to nothing that was asked")
                replies[waiting[place][0]] = reply
                left -= 1
            is_whole = True
        finally:
            self._give_back(connection, is_whole)

    def _ask(self, ask: str, deadline_seconds: float | None) -> Json:
        until = time.monotonic() + (self._deadline if deadline_seconds is None else deadline_seconds)
        pause = _FIRST_PAUSE
        while True:
            try:
                return self._ask_once(ask, until)
            except OSError as fault:
                if time.monotonic() + pause >= until:
                    raise self._silent(fault) from fault
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _ask_once(self, ask: str, until: float) -> Json:
        number = self._next_number()
        connection = self._connection(until)
        is_whole = False
        try:
            wait_until(connection, until)
            connection.sendall(framed(asking(number, ask)))
            answer = _answer_of(connection, number, until)
            is_whole = True
            return answer.get(ask)
        finally:
            self._give_back(connection, is_whole)

    def _silent(self, fault: OSError) -> NotAnswered:
        why = str(fault.strerror or fault)
        return NotAnswered(
            f"the appender does not answer ({why})", str(self._folder / NAME), "start it: isonomy appender DIR"
        )

    def _not_answered(self, fault: OSError) -> NotAnswered:
        return NotAnswered(
            f"it is not known whether the act was stored: the appender does not answer ({fault.strerror or fault})",
            str(self._folder / NAME),
            "send the same act again under its own id once the appender runs: the answer then says what became of it",
        )

    # -- connections

    def _next_number(self) -> int:
        with self._lock:
            self._number += 1
            return self._number

    def _connection(self, until: float) -> socket.socket:
        """A connection that nobody else uses; raises `OSError` where no appender listens."""
        with self._lock:
            if self._process != os.getpid():
                # The other process speaks over these; here they are only let go of.
                for connection in self._idle:
                    connection.close()
                self._idle, self._process = [], os.getpid()
            while self._idle:
                connection = self._idle.pop()
                if not _has_ended(connection):
                    return connection
                connection.close()
        left = until - time.monotonic()
        if left <= 0:
            raise Broken("no answer in time")
        return connected(self._folder, left)

    def _give_back(self, connection: socket.socket, is_whole: bool) -> None:
        """Keeps a connection for the next question where its answer came whole; any other ends here."""
        with self._lock:
            if is_whole and len(self._idle) < _IDLE_MAX and self._process == os.getpid():
                self._idle.append(connection)
                return
        connection.close()


def _answer_of(connection: socket.socket, number: int, until: float) -> dict[str, Json]:
    """The next frame of the answer to a request. Raises `OSError` where none comes, `BadInput` where it is bad."""
    data = receive(connection, until)
    if data is None:
        raise Broken("the appender ended before it answered")
    raw = parse_canonical(data)
    if not isinstance(raw, dict):
        raise BadInput("this is not an answer of an appender", "frame", "let client and appender be of one version")
    if raw.get("n") is None and "bad" in raw:
        raise read_bad(raw["bad"])
    if raw.get("n") != number:
        raise Broken("an answer to another question")
    return raw


def _has_ended(connection: socket.socket) -> bool:
    """Whether the appender ended a connection that was idle; anything it sent unasked counts as that."""
    try:
        connection.settimeout(0)
        connection.recv(1)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _first_part(
    waiting: list[tuple[int, dict[str, Json], int]],
) -> tuple[list[tuple[int, dict[str, Json]]], list[tuple[int, dict[str, Json], int]]]:
    """The first acts that fit into one request, and the rest."""
    size = 0
    for at, (_, _, more) in enumerate(waiting):
        size += more
        if at == REQUEST_ACTS_MAX or (at and size > _REQUEST_SIZE_MAX):
            return [(place, shown) for place, shown, _ in waiting[:at]], waiting[at:]
    return [(place, shown) for place, shown, _ in waiting], []
