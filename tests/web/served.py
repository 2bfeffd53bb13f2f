"""The pages as somebody runs them: `isonomy serve` as a process of its own, with its workers and its appender.

Lives here: starting it, what it prints, killing parts of it. Not here: what is tried on it.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tests.repo.house import CHECKOUT


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """`isonomy serve FOLDER`, from entering to leaving; what it prints is kept line by line."""

    def __init__(self, folder: Path, workers: int = 1, mail: str = "file", port: int = 0) -> None:
        self.folder, self.port = folder, port or free_port()
        self.address = f"http://localhost:{self.port}"
        self.said: list[str] = []
        left_out = ("ISONOMY_", "DJANGO_")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
        command = [sys.executable, "-m", "isonomy", "serve", str(folder), "--port", str(self.port)]
        self._process = subprocess.Popen(
            [*command, "--workers", str(workers)], cwd=CHECKOUT, env=environment | {"ISONOMY_MAIL": mail}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line.rstrip("\n"))

    def link(self, path: str, seconds: float = 60) -> str:
        """The address that it prints under a path such as `/invitation/`, once it is printed."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for line in list(self.said):
                if found := re.search(rf"http://\S*{re.escape(path)}\S*", line):
                    return found.group(0)
            assert self._process.poll() is None, self.said
            time.sleep(0.05)
        raise AssertionError(f"no address with {path} was printed: {self.said}")

    def wait_until_answered(self, seconds: float = 60) -> None:
        """Comes back when something listens at its address."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self._process.poll() is None, self.said
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"nothing listens: {self.said}")

    def parts(self) -> dict[str, list[int]]:
        """Its processes now: `worker` and `appender`."""
        found: dict[str, list[int]] = {"worker": [], "appender": []}
        for process in _children(self._process.pid):
            words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
            if b"appender" in words:
                found["appender"].append(process)
            elif b"serve" in words:
                found["worker"].append(process)
        return found

    def kill(self, part: str) -> None:
        """Kills the youngest of its processes of a kind, "everything" at once, or the "server" alone, without warning."""
        if part == "everything":
            parts = self.parts()
            self._process.kill()
            for process in [*parts["worker"], *parts["appender"]]:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            self._process.wait()
            return
        if part == "server":
            self._process.kill()
            self._process.wait()
            return
        os.kill(max(self.parts()[part]), signal.SIGKILL)

    def __enter__(self) -> Served:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            raise
        self._reader.join(30)
        assert not self._reader.is_alive(), "a process that it started goes on without it"


def _children(process: int) -> list[int]:
    # A process belongs to the thread that started it.
    found: list[int] = []
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        found += [int(child) for child in children.read_text().split()]
    return found
