"""`isonomy serve DIR`: the organisation in the browser, with its appender beside it.

Lives here: starting both, saying where they are, ending both. Not here: pages (`web`, started by its target's name),
the writer (`chamber`, `adapters`).

Invariant: the address is printed before anything slow; without HTTPS it listens on this machine alone; when it ends,
so does the appender it started.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

GIVE_UP_AFTER = 5
STEADY_SECONDS = 10.0
"""After so many starts in a row that did not last so long, something is wrong that starting again does not mend."""
YOUNG_SECONDS, YOUNG_MAX = 1.0, 3
"""So many processes in a row that died as they started: the same."""
ENDED_WITHIN_SECONDS = 15

EXAMPLE = """example:
  isonomy serve branch                                     (http://localhost:8000)
  isonomy serve branch --port 8080 --workers 2
  isonomy serve branch --url https://members.example.org   (behind a proxy that speaks https)
"""


def register(subparsers: Any) -> None:
    """Adds the verb `serve` to the command line."""
    parser = subparsers.add_parser(
        "serve",
        help="the organisation in the browser",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port (8000)")
    parser.add_argument("--url", default="", help="where people reach it, when that is elsewhere; then with https")
    parser.add_argument("--workers", type=int, default=1, help="how many processes serve pages (1)")
    parser.add_argument(
        "--demo", action="store_true", help="one-click sign-in for the invented members of a demonstration"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves until it is told to end."""
    from pathlib import Path

    from isonomy.cli.new import new_folder
    from isonomy.cli.reading import organisation_folder
    from isonomy.cli.site import need_web
    from isonomy.kernel.bad_input import BadInput

    given = Path(args.folder)
    is_new = not given.exists() or (given.is_dir() and not any(given.iterdir()))
    if is_new and args.demo:
        raise BadInput("there is no demonstration in this folder", args.folder, "leave --demo out to found one here")
    folder = new_folder(args.folder) if is_new else organisation_folder(args.folder)
    if not 1 <= args.port <= 65_535:
        raise BadInput(f"{args.port} is not a port", "--port", "name one from 1 to 65535")
    if not 1 <= args.workers <= 64:
        raise BadInput(f"{args.workers} workers", "--workers", "from 1 to 64; one a processor is plenty")
    need_web("serve")
    _check_port(args.host, args.port)
    if is_new:
        _found(folder, args.host, args.port, args.url)
    return serve(folder, args.host, args.port, url=args.url, workers=args.workers, is_demo=args.demo)


def serve(folder: Path, host: str, port: int, *, url: str = "", workers: int = 1, is_demo: bool = False) -> int:
    """Runs appender and pages of a folder in the foreground; 0 when it was ended in order."""
    from isonomy.adapters.appender_supervisor import SupervisedAppender
    from isonomy.cli.printing import say
    from isonomy.cli.site import open_site

    address = url or _address(host, port)
    say(f"{address}/   (Ctrl-C ends it)")
    open_site(folder, address, is_demo=is_demo)
    if not is_demo:
        _say_first_link(address)
    with SupervisedAppender(folder):
        _pages(host, port, workers)
    return 0


def _address(host: str, port: int) -> str:
    """Where people on this machine reach it: by name, since browsers make no passkey for an address in figures."""
    if host in ("127.0.0.1", "::1"):
        return f"http://localhost:{port}"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _found(folder: Path, host: str, port: int, url: str) -> None:
    """Founds an organisation in a folder that is not there yet, from the browser; returns when it is founded."""
    from isonomy.cli.models import model_file, models
    from isonomy.cli.printing import say
    from isonomy.cli.site import set_site_up
    from isonomy.web.founding.alone import Founding, serve_until_founded

    address = url.rstrip("/") or _address(host, port)
    set_site_up(folder, address)
    founding = Founding(folder, {name: model_file(name).read_text("utf-8") for name in models()})
    say(
        f"There is no organisation in {folder} yet. Found one here: {address}{founding.path}",
        "  (Ctrl-C ends it; the address is for you alone)",
    )
    serve_until_founded(founding, host, port)


def _say_first_link(address: str) -> None:
    """Where nobody can sign in yet: the founder's link, for this once."""
    from isonomy.cli.printing import say
    from isonomy.web.accounts.first import first_link

    found = first_link()
    if found:
        say(f"First sign-in, for the founder, once: {address}{found}")


def _pages(host: str, port: int, workers: int) -> None:
    """Serves until told to end; where processes died faster than the server starts them anew, all is started again.

    Raises `BadInput` where it cannot even start.
    """
    import os
    import sys
    import time

    from granian import Granian
    from granian.constants import Interfaces

    from isonomy.kernel.bad_input import BadInput
    from isonomy.web.worker_life import SERVER

    os.environ[SERVER] = str(os.getpid())
    soon = 0
    while soon < GIVE_UP_AFTER:
        began = time.monotonic()
        try:
            server = Granian(
                "isonomy.web.wsgi:application",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                workers=workers,
                blocking_threads=4,
                backlog=2_048,
                respawn_failed_workers=True,
                workers_kill_timeout=ENDED_WITHIN_SECONDS,
                log_enabled=False,
            )
            server.respawned_wrks = Restarts()
            server.serve()
            return
        except SystemExit as ended:
            if not ended.code:
                return
        soon = soon + 1 if time.monotonic() - began < STEADY_SECONDS else 0
        print("pages: their processes died; started again", file=sys.stderr, flush=True)
        time.sleep(0.5)
    raise BadInput("the pages cannot be started", "serve", "read what stands above; ISONOMY_DEBUG=1 shows more")


class Restarts(dict[int, float]):
    """When each process of pages was started anew, for a server that ends whole where one died that it had just started.

    One that is killed twice in a few seconds is no reason for that: those beside it serve on. Only several in a row that died
    as they started are.
    """

    def __init__(self) -> None:
        super().__init__()
        self._young = 0

    def clear(self) -> None:
        """Forgets nothing: the server forgets before each start."""

    def get(self, worker: int, default: float = 0.0) -> float:  # type: ignore[override]
        """When a process that died was started, if that is a reason to end; else long ago."""
        import time

        now = time.monotonic()
        self._young = self._young + 1 if now - super().get(worker, 0.0) < YOUNG_SECONDS else 0
        return now if self._young >= YOUNG_MAX else default


def _check_port(host: str, port: int) -> None:
    """Raises `BadInput` where something listens there already: two servers would share what comes in."""
    import socket

    from isonomy.kernel.bad_input import BadInput

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            says = f"nothing can listen on {host}, port {port}: {fault.strerror}"
            raise BadInput(says, "--port", "end what listens there, or name another port") from fault
