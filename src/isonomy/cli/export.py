"""`isonomy export DIR OUT`: the record as static files that anyone can serve, copy and verify.

Lives here: which files for readers come along, and printing. Not here: what an export holds and how it is
signed (`chamber.exporting`), writing the folder (`adapters.files`).

Invariant: the folder is complete or is not there; what an audience may not see is not in it and the manifest
names it as withheld.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

EXAMPLE = """example:
  isonomy export branch public && isonomy verify public
  isonomy export branch for-members --for members
"""


def register(subparsers: Any) -> None:
    """Adds the verb `export` to the command line."""
    parser = subparsers.add_parser(
        "export",
        help="write the record as static files that anyone can verify",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("out", metavar="OUT", help="the folder to write; an earlier export is replaced")
    parser.add_argument(
        "--for", dest="audience", default="public", metavar="AUDIENCE", help="public, members or body (public)"
    )
    parser.add_argument("--json", action="store_true", help="what was written, as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the export."""
    from pathlib import Path

    from isonomy.adapters.files import write_export
    from isonomy.adapters.folder import stores_of
    from isonomy.adapters.system import instant_in
    from isonomy.chamber.exporting import Export
    from isonomy.chamber.loading import load
    from isonomy.cli.printing import print_json, say
    from isonomy.cli.reading import organisation_folder
    from isonomy.documents.files_for_readers import files_for_readers
    from isonomy.kernel.bad_input import BadInput
    from isonomy.record.manifest import MANIFEST_PATH, open_manifest

    folder = organisation_folder(args.folder)
    out = Path(args.out).absolute()
    if out.resolve().is_relative_to(folder.resolve()):
        raise BadInput("the export would lie in the organisation's own folder", args.out, "name another folder")
    stores = stores_of(folder, writing=False)
    try:
        export = Export(stores, args.audience)
        state = load(stores.record.read(0, export.head.size), None).state
        readable = files_for_readers(state, instant_in(state.time_zone))
        kept: dict[str, bytes] = {}
        count = write_export(out, _keeping(export.files(readable), MANIFEST_PATH, kept))
        key = stores.signer.key
    finally:
        stores.close()
    facts: dict[str, Any] = {
        "folder": args.out,
        "audience": export.audience,
        "origin": export.head.origin,
        "entries": export.head.size,
        "files": count,
        "withheld": sorted(open_manifest(kept[MANIFEST_PATH], key).withheld),
        "vkey": key.text(),
    }
    if args.json:
        print_json(facts)
        return 0
    readers = "the public" if args.audience == "public" else args.audience
    say(f"{facts['entries']} entries in {count} files, for {readers}")
    for path in facts["withheld"]:
        say(f"  withheld: {path}")
    say(f"  isonomy verify {args.out} --key '{key.text()}'")
    return 0


def _keeping(files: Iterator[tuple[str, bytes]], path: str, kept: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, data in files:
        if name == path:
            kept[name] = data
        yield name, data
