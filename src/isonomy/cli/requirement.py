"""`isonomy requirement N`: a norm that the source documents describe, its place in them, and how it is met.

Lives here: choosing and printing. Not here: the ninety-five (`documents.requirements`).

Invariant: what is not met is shown as planned, in the same place and as plainly as what is.
"""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLE = """example:
  isonomy requirement 24
  isonomy requirement 24 --json
  isonomy requirement            (all of them, one line each)
"""


def register(subparsers: Any) -> None:
    """Adds the verb `requirement` to the command line."""
    parser = subparsers.add_parser(
        "requirement",
        help="a norm the documents describe, its place, and how it is met",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("number", metavar="N", nargs="?", help="1 to 95; all of them when left out")
    parser.add_argument("--json", action="store_true", help="one JSON object, or a list of all")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints one requirement, or the list of all."""
    from isonomy.cli.printing import print_json, say
    from isonomy.documents.requirements import as_data, as_lines, requirement, requirements

    if args.number is None:
        if args.json:
            print_json([as_data(item) for item in requirements()])
        else:
            _show_all()
        return 0
    item = requirement(_number(args.number))
    if args.json:
        print_json(as_data(item))
    else:
        say(*as_lines(item))
    return 0


def _number(text: str) -> int:
    from isonomy.kernel.bad_input import BadInput

    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise BadInput(f"'{text[:40]}' is not a number", "requirement", "give a number from 1 to 95")
    return int(text)


def _show_all() -> None:
    from isonomy.cli.printing import heading, say
    from isonomy.documents.requirements import THEMES

    for theme in THEMES:
        heading(f"{theme.letter}. {theme.title}")
        say(*(f"{item.number:4}  {item.met.value:<13} {item.norm}" for item in theme.requirements), "")
