"""The appender as a process: it listens on the folder's socket and judges what all clients send, one after the other.

Lives here: connections, the queue between them and the one writer, ending in order. Not here: judging and making
durable (`chamber.appender`), the frames (`chamber.wire`), starting it again when it dies (`appender_supervisor`).

Invariant: one thread alone touches the appender; acts of all clients are taken in the order in which they arrived
and made durable in groups; an answer leaves only after the appender gave it. What was read and not yet judged when
the process ends has left no trace, and its sender sends it again.
"""

from __future__ import annotations

import os
import queue
import socket
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from isonomy.adapters.local_socket import NAME, listening, receive
from isonomy.chamber.answers import Reply
from isonomy.chamber.appender import GROUP_ACTS_MAX, Appender
from isonomy.chamber.ports import Clock
from isonomy.chamber.submit import Sent
from isonomy.chamber.wire import (
    HEAD,
    PING,
    PIPELINE_MAX,
    Head,
    NotAnswered,
    Request,
    bad_json,
    framed,
    read_request,
    reply_json,
)
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json

CONNECTIONS_MAX = 512
ENDING_SECONDS = 5.0
"""How long answers that were given may take to leave when the process ends."""

Log = Callable[[str], None]


@dataclass(slots=True)
class _Waiting:
    """One act that waits to be judged: whose it is, and its place in its request."""

    client: _Client
    request: Request
    place: int

    @property
    def sent(self) -> Sent | BadInput:
        return self.request.sent[self.place]

    def answer(self, reply: Reply) -> None:
        is_last = self.place == len(self.request.sent) - 1
        self.client.answer(reply_json(self.request.number, self.place, reply), is_last=is_last)


@dataclass(frozen=True, slots=True)
class _AskedHead:
    """A request for the head, which waits its turn: the head it gets counts every answer given before."""

    client: _Client
    number: int


class AppenderServer:
    """The appender of a folder behind its socket. `serve` works until `stop`; the stores are the caller's."""

    def __init__(self, folder: Path, appender: Appender, clock: Clock, log: Log) -> None:
        self._folder, self._appender, self._log = folder, appender, log
        self._started_at = clock.now()
        self._waiting: queue.SimpleQueue[_Waiting | _AskedHead | None] = queue.SimpleQueue()
        self._clients: set[_Client] = set()
        self._judging = ThreadPoolExecutor(1, "judge")
        self._lock = threading.Lock()
        self._is_ending = False
        self.head = self._head()
        self._listener = listening(folder, backlog=128)

    def serve(self) -> None:
        """Takes connections and judges what they send, until `stop` is called."""
        threading.Thread(target=self._accept, name="accept", daemon=True).start()
        self._log(f"listens on {self._folder / NAME}; {self.head.size} entries")
        try:
            while not self._is_ending:
                first: _Waiting | _AskedHead | None = self._waiting.get()
                while first is not None and not self._is_ending:
                    if isinstance(first, _AskedHead):
                        first.client.answer({"n": first.number, HEAD: self.head.to_json()}, is_last=True)
                        break
                    first = self._judge(first)
        finally:
            self._end()

    def stop(self) -> None:
        """Lets `serve` end after the group in hand; may be called from a signal handler."""
        self._is_ending = True
        self._waiting.put(None)

    # -- judging, in one thread

    def _judge(self, first: _Waiting) -> _AskedHead | None:
        """Judges the acts that wait together; gives back the request for the head that came behind them, if one did."""
        taken: deque[_Waiting] = deque()
        behind: list[_AskedHead] = []
        fault = self._failed(self._arriving(first, taken, behind), taken)
        if fault is not None:
            # One client's act must not take the appender from the others. What was answered is durable, the rest is
            # not kept; alone, each act shows whether it is the one at fault.
            self._trace(fault)
            for waiting in list(taken):
                self._judge_alone(waiting)
        self.head = self._head()
        return behind[0] if behind else None

    def _judge_alone(self, waiting: _Waiting) -> None:
        fault = self._failed(iter((waiting.sent,)), deque((waiting,)))
        if isinstance(fault, BadInput):
            waiting.answer(fault)
        elif fault is not None:
            self._trace(fault)
            what = f"the appender failed over this act ({type(fault).__name__}); it is not known whether it was stored"
            waiting.answer(
                NotAnswered(what, "appender", "report this; sent again, the act is answered from the record")
            )

    def _failed(self, acts: Iterator[Sent | BadInput], taken: deque[_Waiting]) -> BaseException | None:
        """Submits acts; what went wrong in the program, None where all were answered."""
        return self._judging.submit(self._submit, acts, taken).exception()

    def _submit(self, acts: Iterator[Sent | BadInput], taken: deque[_Waiting]) -> None:
        """Submits acts and gives each reply to whoever sent the act; `taken` are those without a reply, in order."""

        def well_formed() -> Iterator[Sent]:
            for act in acts:
                if isinstance(act, BadInput):
                    taken.pop().answer(act)
                else:
                    yield act

        for reply in self._appender.submit(well_formed()):
            taken.popleft().answer(reply)

    def _arriving(self, first: _Waiting, taken: deque[_Waiting], behind: list[_AskedHead]) -> Iterator[Sent | BadInput]:
        """The acts that wait together: the first, and all that have arrived by the time they are asked for."""
        waiting: _Waiting | _AskedHead | None = first
        while waiting is not None:
            if isinstance(waiting, _AskedHead):
                behind.append(waiting)
                return
            taken.append(waiting)
            yield waiting.sent
            if len(taken) >= GROUP_ACTS_MAX or self._is_ending:
                return
            try:
                waiting = self._waiting.get_nowait()
            except queue.Empty:
                return

    def _head(self) -> Head:
        try:
            head = self._appender.head
        except BadInput as fault:
            # The record cannot be read just now; the last head that was seen is the truth still.
            self._log(fault.sentence())
            return self.head
        return Head(head.origin, head.size, head.root, self._started_at, os.getpid())

    def _trace(self, fault: BaseException) -> None:
        self._log("fault of the program:\n" + "".join(traceback.format_exception(fault)))

    # -- connections

    def _accept(self) -> None:
        while not self._is_ending:
            try:
                connection, _ = self._listener.accept()
            except OSError as fault:
                if not self._is_ending:
                    # No file handles are left, or the client went away: what is open may end meanwhile.
                    self._log(f"a connection could not be taken: {fault.strerror}")
                    time.sleep(0.2)
                continue
            with self._lock:
                is_full = len(self._clients) >= CONNECTIONS_MAX
                client = None if is_full else _Client(connection, self)
                if client is not None:
                    self._clients.add(client)
            if client is None:
                connection.close()
            else:
                client.start()

    def take(self, client: _Client, request: Request) -> None:
        """Lets a request wait its turn."""
        if request.ask == HEAD:
            self._waiting.put(_AskedHead(client, request.number))
        for place in range(len(request.sent)):
            self._waiting.put(_Waiting(client, request, place))

    def leave(self, client: _Client) -> None:
        """Forgets a connection that has ended."""
        with self._lock:
            self._clients.discard(client)

    def _end(self) -> None:
        """Closes the way in, lets the answers that were given leave, and removes the socket."""
        # The name goes first: a client that finds none waits for the next appender instead of for this one.
        (self._folder / NAME).unlink(missing_ok=True)
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._judging.shutdown()
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            client.finish()
        for client in clients:
            client.wait(ENDING_SECONDS)
        self._log(f"ended; {self.head.size} entries")


class _Client:
    """A connection with its two threads: one reads requests, one writes answers, so that nobody waits for a slow one."""

    def __init__(self, connection: socket.socket, server: AppenderServer) -> None:
        self._connection, self._server = connection, server
        self._answers: queue.SimpleQueue[tuple[bytes, bool] | None] = queue.SimpleQueue()
        self._room = threading.Semaphore(PIPELINE_MAX)
        self._reader = threading.Thread(target=self._read, name="client reads", daemon=True)
        self._writer = threading.Thread(target=self._write, name="client writes", daemon=True)

    def start(self) -> None:
        """Begins to read and to write."""
        self._reader.start()
        self._writer.start()

    def answer(self, frame: dict[str, Json], *, is_last: bool) -> None:
        """Sends a frame when its turn comes; with the last of a request there is room for another one."""
        self._answers.put((framed(frame), is_last))

    def finish(self) -> None:
        """Reads no more, and ends when what was given has been written."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RD)
        self._answers.put(None)

    def wait(self, seconds: float) -> None:
        """Waits for the answers to leave."""
        self._writer.join(seconds)

    def _read(self) -> None:
        try:
            while (data := receive(self._connection)) is not None:
                self._room.acquire()
                request = read_request(data)
                if request.ask == PING:
                    # Told at once: the process lives, however long the act in hand takes.
                    self.answer({"n": request.number, PING: True}, is_last=True)
                else:
                    self._server.take(self, request)
        except BadInput as fault:
            # Whoever sends such a frame does not speak this language; where the next one begins is not known.
            self.answer({"n": None, "bad": bad_json(fault)}, is_last=False)
        except OSError:
            pass
        finally:
            self._answers.put(None)

    def _write(self) -> None:
        try:
            while (item := self._answers.get()) is not None:
                data, is_last = item
                self._connection.sendall(data)
                if is_last:
                    self._room.release()
        except OSError:
            pass
        finally:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)
            self._connection.close()
            self._room.release()  # a reader that waits for room finds the connection closed
            self._server.leave(self)


def to_standard_error(line: str) -> None:
    """The log of an appender that runs by itself: one line after the other, with the process number."""
    with suppress(OSError):  # whoever read it has gone; the work goes on
        print(f"appender {os.getpid()}: {line}", file=sys.stderr, flush=True)


def watch_parent(handle: int, stop: Callable[[], None]) -> None:
    """Calls `stop` when the other end of a pipe is closed: its holder has ended, however it ended."""

    def wait() -> None:
        with suppress(OSError):
            while os.read(handle, 1024):
                pass
        stop()

    threading.Thread(target=wait, name="parent", daemon=True).start()
