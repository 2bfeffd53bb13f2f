"""`isonomy remind DIR`: mails members what is due of them, once a day at the most.

Lives here: the options and what is said. Not here: who is reminded (`web.today.reminders`), what is due (`engine.duties`).

Invariant: run as often as one likes, nobody is mailed twice on one day.
"""

from __future__ import annotations

import argparse
from typing import Any

EXAMPLE = """example:
  ISONOMY_MAIL=smtp://user:password@mail.example.org:587 isonomy remind branch --url https://members.example.org
  17 7 * * *  isonomy remind /srv/branch --url https://members.example.org       (every morning, from a crontab)
"""
DAYS_MAX = 366


def register(subparsers: Any) -> None:
    """Adds the verb `remind` to the command line."""
    parser = subparsers.add_parser(
        "remind",
        help="mail members what is due of them",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("--days", metavar="N", help="what falls due within so many days (7); what is overdue always")
    parser.add_argument(
        "--url", default="", help="where people reach the pages (ISONOMY_URL, else http://localhost:8000)"
    )
    parser.add_argument("--json", action="store_true", help="who was mailed, as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Sends the mails; 2 where one could not be handed over."""
    from isonomy.cli.printing import print_json, say
    from isonomy.cli.reading import organisation_folder, whole_number
    from isonomy.cli.site import need_web, open_site
    from isonomy.kernel.bad_input import BadInput

    folder = organisation_folder(args.folder)
    days = whole_number(args.days, "--days") if args.days is not None else None
    if days is not None and days > DAYS_MAX:
        raise BadInput(f"{days} days", "--days", f"at most {DAYS_MAX}")
    need_web("remind")
    open_site(folder, args.url)

    from isonomy.web.organisation import forget, here
    from isonomy.web.today.reminders import DAYS, remind

    try:
        done = remind(here(), DAYS if days is None else days)
    finally:
        forget()
    if args.json:
        print_json(
            {"sent": done.sent, "before": done.before, "failed": done.failed, "without_account": done.without_account}
        )
    else:
        say(f"{len(done.sent)} mailed, {len(done.before)} mailed before today")
        for person, why in done.failed.items():
            say(f"  {person}: {why}")
        for person in done.without_account:
            say(f"  {person}: has no account; tell them otherwise, or isonomy invite {args.folder} {person}")
    return 2 if done.failed else 0
