"""`isonomy keys DIR`: the keys and passkeys that are enrolled: whose, by whom, and what acts under them rest on.

Lives here: printing them. Not here: what a credential keeps and its words (`engine.enrolments`), making a key (`key`),
passkeys, which a browser makes.

Invariant: it reads and changes nothing, and can be run beside the writer; revoked keys are shown as well.
"""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLE = """example:
  isonomy keys branch
  isonomy keys branch --person p-7q2k     (those in your name)
  isonomy keys branch --since 120         (what members are to be told of, from entry 120 on)
"""


def register(subparsers: Any) -> None:
    """Adds the verb `keys` to the command line."""
    parser = subparsers.add_parser(
        "keys",
        help="show the keys and passkeys enrolled, and how each came in",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("--person", metavar="P", help="the keys of one member, by id")
    parser.add_argument(
        "--since", metavar="N", help="what was enrolled and revoked from entry N on, for its owner to read"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a key, or a piece of news")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the credentials of an organisation, or of one member."""
    from isonomy.adapters.folder import reading
    from isonomy.cli.printing import print_json, say, show_table, warn
    from isonomy.cli.reading import organisation_folder
    from isonomy.engine.enrolments import RESTS_ON, credentials_of, kind_of, news_of_keys
    from isonomy.kernel.bad_input import BadInput
    from isonomy.kernel.ids import is_person_id
    from isonomy.record.base64_text import decimal

    since = None if args.since is None else decimal(args.since, "--since")
    if args.person is not None and not is_person_id(args.person):
        raise BadInput(f"'{args.person[:40]}' is not a person's id", "--person", "write it as p-7q2k")
    with reading(organisation_folder(args.folder)) as reader:
        found = credentials_of(reader.state, args.person or "")
        news = [] if since is None else list(news_of_keys(reader.state, since))
        fault = reader.contradiction
    if since is not None:
        for told in news:
            if args.person not in (None, told.person):
                continue
            if args.json:
                print_json(
                    {
                        "entry": told.entry,
                        "person": told.person,
                        "credential": told.credential,
                        "says": told.says,
                        "cure": told.cure,
                    }
                )
            else:
                say(f"{told.entry:>6}  to {told.person}: {told.says}", f"        {told.cure}")
        return warn(fault)
    if args.json:
        for key in found:
            print_json(
                {
                    "credential": key.number,
                    "person": key.person,
                    "kind": "passkey" if key.algorithm else "key file",
                    "key": key.key,
                    "algorithm": key.algorithm or "Ed25519",
                    "rp": key.rp or None,
                    "entry": key.entry,
                    "enrolled_by": key.enrolled_by,
                    "assurance": key.assurance,
                    "revoked": key.revoked,
                }
            )
        return warn(fault)
    show_table(
        ("key", "person", "what", "enrolled by", "entry", "rests on", "revoked"),
        [
            (
                key.number,
                key.person,
                kind_of(key),
                "themselves" if key.enrolled_by == key.person else key.enrolled_by,
                key.entry,
                RESTS_ON.get(key.assurance, key.assurance),
                "" if key.revoked is None else f"by entry {key.revoked}",
            )
            for key in found
        ],
        right=("key", "entry"),
    )
    if not found:
        say("No key is enrolled.")
    return warn(fault)
