"""`isonomy import KIND DIR SOURCE`: what stands elsewhere enters the record as acts, each judged.

Lives here: the kinds and their options. Not here: reading the sources and submitting (one module a kind:
`import_members`, `import_debian`).

Invariant: an import goes the way of every act: nothing enters that `decide` did not accept. `--dry-run` shows
what would become of everything and keeps nothing; an import that broke off can be run again.
"""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLE = """example:
  isonomy import members branch members.csv --dry-run
  isonomy import members branch members.csv
  isonomy import debian debian-history data/debian

kinds:
  members  a CSV file with a column name, and if you like class, unit, person, key: members of DIR
  debian   a folder of the Debian project's published ballots and results: a history, founded in a new DIR
"""


def register(subparsers: Any) -> None:
    """Adds the verb `import` to the command line."""
    parser = subparsers.add_parser(
        "import",
        help="enter members, or a history, from elsewhere as acts",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("kind", metavar="KIND", help="members or debian")
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("source", metavar="SOURCE", help="the file or folder to import")
    parser.add_argument("--dry-run", action="store_true", help="show what would become of everything; keep nothing")
    parser.add_argument("--key", action="append", default=[], metavar="FILE", help="members: the key to sign with")
    parser.add_argument("--decision", metavar="D", help="members: the decision by which a body admits, such as de-12")
    parser.add_argument("--json", action="store_true", help="one JSON object a row")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the import of that kind."""
    from isonomy.kernel.bad_input import BadInput, did_you_mean

    if args.kind == "members":
        from isonomy.cli import import_members

        return import_members.run(args)
    if args.kind == "debian":
        from isonomy.cli import import_debian

        if args.key or args.decision:
            raise BadInput("a history is signed by its own recorder", "--key, --decision", "leave them out")
        return import_debian.run(args)
    raise BadInput(
        f"'{args.kind[:40]}' is not a kind of import", "KIND", did_you_mean(args.kind, ["members", "debian"])
    )
