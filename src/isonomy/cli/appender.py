"""`isonomy appender DIR`: the one process that writes an organisation, for pages and commands beside it.

Lives here: the process from its start to its end, its signals and its log. Not here: connections and the queue
(`adapters.appender_server`), starting it again (`adapters.appender_supervisor`).

Invariant: it ends with status 0 when it is told to (SIGTERM, SIGINT, or the end of its parent where it was asked to
watch it), after every answer that it owes for what is durable.
"""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLE = """example:
  isonomy appender branch
  isonomy act branch acts.jsonl      (in another window: sent to the appender)

It listens on DIR/appender.sock, which only the owner of DIR can reach. Ctrl-C ends it.
"""


def register(subparsers: Any) -> None:
    """Adds the verb `appender` to the command line."""
    parser = subparsers.add_parser(
        "appender",
        help="be the one process that writes, for pages and commands beside it",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input does")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves the folder's socket until it is told to end."""
    import signal
    import sys

    from isonomy.adapters.appender_server import AppenderServer, to_standard_error, watch_parent
    from isonomy.adapters.durable import disk
    from isonomy.adapters.folder import writing
    from isonomy.adapters.system import SystemClock
    from isonomy.cli.reading import organisation_folder

    folder = organisation_folder(args.folder)
    with writing(folder) as appender:
        with disk(folder):
            server = AppenderServer(folder, appender, SystemClock(), to_standard_error)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: server.stop())
        if args.with_parent:
            watch_parent(sys.stdin.fileno(), server.stop)
        server.serve()
    return 0
