"""`isonomy invite DIR PERSON [EMAIL]`: a link by which a member signs in for the first time, or again.

Lives here: the option and what is said. Not here: invitations (`web.accounts`), sending them by mail (the page on inviting).

Invariant: the link is printed here and kept nowhere; it works once, within two weeks, for that member alone.
"""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLE = """example:
  isonomy invite branch "Ada Example" ada@example.org
  isonomy invite branch p-7q2k3m                          (the member names the address)

Who runs the machine hands the link to the member, in person or by a road they trust. An account gives no power: what its
member may do, the rulebook says.
"""


def register(subparsers: Any) -> None:
    """Adds the verb `invite` to the command line."""
    parser = subparsers.add_parser(
        "invite",
        help="a link by which a member signs in to the pages",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("person", metavar="PERSON", help="the member's id, or name as it is kept")
    parser.add_argument("email", metavar="EMAIL", nargs="?", default="", help="where codes will be sent")
    parser.add_argument(
        "--url", default="", help="where people reach the pages (ISONOMY_URL, else http://localhost:8000)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Makes the link and prints it."""
    from isonomy.cli.printing import print_json, say
    from isonomy.cli.reading import organisation_folder
    from isonomy.cli.site import need_web, open_site
    from isonomy.kernel.bad_input import BadInput

    folder = organisation_folder(args.folder)
    need_web("invite")
    url = open_site(folder, args.url)

    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from isonomy.web.accounts.first import link_for, member_called
    from isonomy.web.accounts.models import GOOD_FOR_DAYS, Account
    from isonomy.web.organisation import forget, here

    if args.email:
        try:
            validate_email(args.email)
        except ValidationError as fault:
            raise BadInput(f"'{args.email[:60]}' is not an address", "EMAIL", "write it as ada@example.org") from fault
    try:
        person = member_called(here(), args.person)
        taken = Account.objects.filter(email=args.email.lower()).exclude(person=person).first() if args.email else None
        if taken is not None:
            raise BadInput(
                "this address belongs to another member's account", "EMAIL", "give an address of the member's own"
            )
        link = url + link_for(person, args.email)
    finally:
        forget()
    if args.json:
        print_json({"person": person, "email": args.email, "link": link, "days": GOOD_FOR_DAYS})
        return 0
    say(link, f"  for {person}, once, within {GOOD_FOR_DAYS} days; an earlier link of theirs works no more")
    return 0
