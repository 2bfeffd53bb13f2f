"""The life of a process of pages: it ends with the server that started it.

Lives here: watching the parent. Not here: starting processes (`cli.serve`).

Invariant: where the server is gone, killed without warning, none of its processes answers on: nothing keeps the port, and nothing
keeps the appender's standard input open, by which the appender ends as well.
"""

from __future__ import annotations

import os
import threading
import time

SERVER = "ISONOMY_SERVER"
"""Where the server's process number stands in the environment of its processes."""
LOOKS_EVERY_SECONDS = 0.5


def end_with_server() -> None:
    """Ends this process once its server is gone; does nothing where no server started it."""
    server = os.environ.get(SERVER, "")
    if server.isdigit() and os.getppid() == int(server):
        threading.Thread(target=_watch, args=(int(server),), daemon=True, name="life").start()


def _watch(server: int) -> None:
    while os.getppid() == server:
        time.sleep(LOOKS_EVERY_SECONDS)
    os._exit(0)  # requests in flight are lost with the server; what was acknowledged is durable
