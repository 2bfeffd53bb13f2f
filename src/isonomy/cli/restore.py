"""`isonomy restore FILE DIR`: puts a backup back into a new folder, after holding it against what the log signed.

Lives here: the option and what is said. Not here: taking out and proving (`adapters.backups`).

Invariant: the folder is there whole or not at all; it can be read at once, and written only once its signer is there and
has signed nothing that the backup lacks.
"""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLE = """example:
  isonomy restore branch-2027-03-05.tar branch-again
  isonomy verify branch-again
  cp -a /safe/signer branch-again/signer        (the signer, from its own place: then it can be written)
"""


def register(subparsers: Any) -> None:
    """Adds the verb `restore` to the command line."""
    parser = subparsers.add_parser(
        "restore",
        help="put a backup back into a new folder",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="the backup")
    parser.add_argument("folder", metavar="DIR", help="a folder that is not there, or is empty")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Puts the backup back."""
    from pathlib import Path

    from isonomy.adapters.backups import restore
    from isonomy.cli.backup import facts, lines
    from isonomy.cli.printing import print_json, say

    kept = restore(Path(args.file), Path(args.folder))
    if args.json:
        print_json({"folder": args.folder, **facts(kept)})
        return 0
    say(f"{args.folder}: as it was {kept.made_at}, whole, as its log signed it", *lines(kept))
    for poll in kept.left_out:
        say(f"  left out  the box of {poll}, which was open: its members cast their ballots again")
    say(
        "",
        f"  isonomy verify {args.folder}          judges every entry again",
        f"  cp -a SIGNER {args.folder}/signer     brings the signer, as it was last: before, nothing can be written",
    )
    return 0
