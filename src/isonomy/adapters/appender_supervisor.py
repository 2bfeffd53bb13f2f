"""The supervisor: keeps an appender running beside the pages, and ends it with them.

Lives here: starting the process, starting it again when it dies, ending it. Not here: the process itself
(`cli.appender`, `appender_server`), which can run without a supervisor.

Invariant: at most one appender of this supervisor runs; none outlives it, however it ends: the appender watches a pipe
whose other end closes with this process.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.appender_server import to_standard_error
from isonomy.adapters.durable import disk
from isonomy.chamber.ports import StoreFault
from isonomy.chamber.wire import NotAnswered

STARTED_WITHIN_SECONDS = 300.0
"""A record of a million entries is folded within this."""
ENDED_WITHIN_SECONDS = 20.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_STEADY_SECONDS = 1.0
"""An appender that lived this long is started again at once: whoever waits to vote waits for it. One that dies sooner cannot
start or is ended as it starts, and is started after longer and longer pauses."""
_LINES_KEPT = 20


class SupervisedAppender:
    """The appender of a folder as a child process, from `start` to `stop`, or within a `with`.

    `log` gets what the appender says, line by line, and when it died and was started again. `command` starts
    it, the folder left out; it ends with status 0 when its standard input does.
    """

    def __init__(
        self, folder: Path, log: Callable[[str], None] = to_standard_error, command: tuple[str, ...] = ()
    ) -> None:
        self._folder, self._log = folder, log
        self._command = command or (sys.executable, "-m", "isonomy", "appender")
        self._said: deque[str] = deque(maxlen=_LINES_KEPT)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._watcher: threading.Thread | None = None
        self._is_ending = threading.Event()
        self.restarts = 0

    def start(self, seconds: float = STARTED_WITHIN_SECONDS) -> None:
        """Starts the appender and comes back when it answers; raises `StoreFault` with what it said when it cannot."""
        if self._watcher is not None:
            return
        self._is_ending.clear()
        process = self._launch()
        client = AppenderClient(self._folder)
        until = time.monotonic() + seconds
        while True:
            with suppress(NotAnswered):
                # Another appender of this folder would answer too.
                if client.head(0.5).process == process.pid:
                    break
            if process.poll() is not None or time.monotonic() > until:
                self._end(process)
                raise self._not_started(process)
        client.close()
        self._watcher = threading.Thread(target=self._watch, name="appender", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Ends the appender after the answers that it owes; kills it where that takes too long. Twice is fine."""
        self._is_ending.set()
        with self._lock:
            process = self._process
        if process is not None:
            self._end(process)
        if self._watcher is not None:
            self._watcher.join()
            self._watcher = None

    @property
    def process(self) -> int | None:
        """The number of the process that is the appender now; None while there is none."""
        with self._lock:
            return self._process.pid if self._process is not None and self._process.poll() is None else None

    def __enter__(self) -> SupervisedAppender:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _launch(self) -> subprocess.Popen[str]:
        command = [*self._command, str(self._folder), "--with-parent"]
        with disk(self._folder):
            # A session of its own: Ctrl-C is for this process, which then ends the appender in order.
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                start_new_session=True,
            )
        threading.Thread(target=self._listen, args=(process,), name="appender says", daemon=True).start()
        with self._lock:
            self._process = process
        return process

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            said = line.rstrip("\n")
            self._said.append(said)
            self._log(said)
        process.stderr.close()

    def _watch(self) -> None:
        """Starts the appender again whenever it ends, until this is to end."""
        pause = _FIRST_PAUSE
        while not self._is_ending.is_set():
            with self._lock:
                process = self._process
            assert process is not None
            began = time.monotonic()
            status = process.wait()
            if self._is_ending.is_set():
                return
            pause = _FIRST_PAUSE if time.monotonic() - began >= _STEADY_SECONDS else pause
            self._log(f"appender {process.pid} ended ({_how(status)}); it is started again in {pause:.1f} s")
            if self._is_ending.wait(pause):
                return
            pause = min(2 * pause, _LONGEST_PAUSE)
            self.restarts += 1
            try:
                process = self._launch()
            except StoreFault as fault:
                self._log(f"the appender cannot be started: {fault.sentence()}")
            if self._is_ending.is_set():
                # Told to end while it started: nobody else knows of this one.
                self._end(process)

    def _end(self, process: subprocess.Popen[str]) -> None:
        """Asks an appender to end, and kills it where it does not."""
        with suppress(OSError):
            assert process.stdin is not None
            process.stdin.close()
        process.terminate()
        try:
            process.wait(ENDED_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self._log(f"appender {process.pid} does not end and is killed; nothing that it answered is lost")
            process.kill()
            process.wait()

    def _not_started(self, process: subprocess.Popen[str]) -> StoreFault:
        # What it said may still be on its way through the pipe.
        for thread in threading.enumerate():
            if thread.name == "appender says":
                thread.join(1.0)
        said = " ".join(line.removeprefix("isonomy: ").strip() for line in self._said) or _how(process.returncode)
        return StoreFault(f"the appender could not be started: {said}", str(self._folder))


def _how(status: int | None) -> str:
    """How a process ended, in words."""
    if status is None:
        return "it does not answer"
    return f"killed by signal {-status}" if status < 0 else f"status {status}"
