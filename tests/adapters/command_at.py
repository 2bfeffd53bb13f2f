"""The command with the machine's clock standing at an instant: a program of its own.

    python -m tests.adapters.command_at 2027-02-01T09:00:00Z appender FOLDER

Lives here: the clock. Not here: anything that the command does.
"""

from __future__ import annotations

import sys

from isonomy.adapters.system import SystemClock
from isonomy.cli.main import main


def at(instant: str) -> None:
    """Lets every clock of this process stand at an instant."""
    SystemClock.now = lambda self: instant  # type: ignore[method-assign]


if __name__ == "__main__":
    at(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
