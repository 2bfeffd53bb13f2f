"""`isonomy key DIR FILE`: makes a member's key for an organisation, and the acts that admit and enrol its owner.

Lives here: drawing the key and writing its file. Not here: the form of the file (`adapters.key_files`),
enrolling it (the act `key.enrol`).

Invariant: the private half is written to the file alone, which its owner alone can read; a file that is there
is never written over.
"""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLE = """example:
  isonomy key branch ben.key --name Ben > admit-ben.jsonl
  isonomy key public mine.key --person p-7q2k     (a further key; DIR may be an export)
"""


def register(subparsers: Any) -> None:
    """Adds the verb `key` to the command line."""
    parser = subparsers.add_parser(
        "key",
        help="make a member's key, and the acts that admit and enrol its owner",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the organisation: its folder, or an export of it")
    parser.add_argument("file", metavar="FILE", help="the key file to make")
    parser.add_argument("--person", metavar="P", help="a member's id, for a further key (a fresh one is drawn)")
    parser.add_argument("--name", help="the new member's name; it enters the record as a commitment")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the key file; prints, as JSON lines, the acts with which its owner is admitted and the key enrolled."""
    from pathlib import Path

    from isonomy.adapters.key_files import MemberKey, write_key
    from isonomy.adapters.system import SystemEntropy
    from isonomy.chamber.founding import draw_person
    from isonomy.cli.printing import print_json
    from isonomy.kernel.bad_input import BadInput
    from isonomy.kernel.ids import is_person_id

    entropy = SystemEntropy()
    if args.person is not None and not is_person_id(args.person):
        raise BadInput(f"'{args.person[:40]}' is not a person's id", "--person", "write it as p-7q2k")
    if args.person is not None and args.name is not None:
        raise BadInput("a member who has an id has a name already", "--name", "leave --name or --person out")
    person = args.person or draw_person(entropy)
    key = MemberKey(person, _origin(args.folder), entropy.draw(32))
    write_key(Path(args.file), key)
    if args.person is None:
        admit: dict[str, Any] = {"act": "member.admit", "person": person}
        if args.name is not None:
            admit["name"] = {"value": args.name, "audience": "members"}
        print_json(admit)
    print_json({"act": "key.enrol", "person": person, "key": key.public})
    return 0


def _origin(given: str) -> str:
    """The origin of the record that a folder holds, or of an export."""
    from pathlib import Path

    from isonomy.adapters.folder import stores_of
    from isonomy.cli.reading import organisation_folder, read_file
    from isonomy.record.manifest import KEY_PATH
    from isonomy.record.note import VerifierKey

    published = Path(given) / KEY_PATH
    if published.is_file():
        text = read_file(str(published), 10_000).decode("utf-8", "replace")
        return VerifierKey.parse(text.removesuffix("\n"), str(published)).name
    stores = stores_of(organisation_folder(given), writing=False)
    try:
        return stores.signer.key.name
    finally:
        stores.close()
