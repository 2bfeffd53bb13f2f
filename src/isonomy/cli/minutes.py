"""`isonomy minutes DIR MEETING`: the minutes of a meeting, written from the acts of the record.

Lives here: choosing the meeting and the form, and printing. Not here: what stands in minutes (`documents.minutes`).

Invariant: it reads and changes nothing; `--acts` prints the entries that an approval's digest is taken over, byte for byte.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from isonomy.chamber.reader import Reader
    from isonomy.documents.minutes import Entry
    from isonomy.engine.state import State

FORMATS = ("markdown", "html", "pdf")

EXAMPLE = """example:
  isonomy minutes branch
  isonomy minutes branch mt-9 > minutes.md
  isonomy minutes branch mt-9 --format pdf > minutes.pdf
  isonomy minutes branch mt-9 --acts | sha256sum
"""


def register(subparsers: Any) -> None:
    """Adds the verb `minutes` to the command line."""
    parser = subparsers.add_parser(
        "minutes",
        help="minutes of a meeting, written from its acts",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument(
        "meeting", metavar="MEETING", nargs="?", help="the meeting, such as mt-9; left out: which there are"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--format", default="markdown", metavar="FORM", help="markdown, html or pdf (markdown)")
    form.add_argument("--acts", action="store_true", help="the entries that belong to the meeting, one a line")
    form.add_argument("--json", action="store_true", help="the minutes, or the list of meetings, as one JSON value")
    parser.add_argument("--ids", action="store_true", help="ids in the place of names")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints minutes, or which meetings there are."""
    from isonomy.adapters.folder import reading
    from isonomy.cli.printing import warn
    from isonomy.cli.reading import organisation_folder
    from isonomy.kernel.bad_input import BadInput, did_you_mean

    if args.format not in FORMATS:
        raise BadInput(
            f"'{args.format[:40]}' is not a form of minutes", "--format", did_you_mean(args.format, list(FORMATS))
        )
    with reading(organisation_folder(args.folder)) as reader:
        if args.meeting is None:
            _list(reader.state, args.json)
        else:
            _print(reader, args)
        fault = reader.contradiction
    return warn(fault)


def _list(state: State, is_json: bool) -> None:
    from isonomy.cli.printing import print_json, say
    from isonomy.engine.words import say_time, title_of

    found = sorted(state.meetings.values(), key=lambda meeting: (meeting.starts, meeting.id))
    if is_json:
        keys = ("id", "body", "starts", "standing")
        print_json([{key: getattr(meeting, key) for key in keys} for meeting in found])
        return
    for meeting in found:
        title = title_of(state.rulebook(meeting.edition), meeting.body, state.units)
        say(f"{meeting.id:>8}  {say_time(meeting.starts)}: {title}, {meeting.standing}")
    if not found:
        say("No meeting was called or held yet.")


def _print(reader: Reader, args: argparse.Namespace) -> None:
    from isonomy.cli.printing import print_json, say
    from isonomy.cli.state import names_of, state_at
    from isonomy.documents.minutes import acts_of, first_entry, minutes_of, things_of
    from isonomy.documents.minutes_approval import digest_of, standing_line, standing_of
    from isonomy.kernel.canonical import canonical_bytes

    state, day = state_at(reader, None)
    first = first_entry(things_of(state, args.meeting))
    acts = acts_of(state, args.meeting, reader.entries(first))
    if args.acts:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(canonical_bytes(entry) + b"\n" for entry in acts)
        return
    names = {} if args.ids else names_in(state, acts, names_of(reader))
    minutes = minutes_of(state, args.meeting, acts, names)
    standing = standing_of(state, minutes, acts, day)
    said = standing_line(standing)
    if args.json:
        from dataclasses import asdict

        print_json(asdict(minutes) | {"approval": standing.name, "acts_sha256": digest_of(acts, reader.size)})
    elif args.format == "markdown":
        from isonomy.documents.minutes_text import minutes_text

        say(minutes_text(minutes, said).rstrip("\n"))
    else:
        from isonomy.documents.minutes_html import minutes_html

        page = minutes_html(minutes, said)
        sys.stdout.flush()
        if args.format == "pdf":
            from isonomy.adapters.pdf import pdf_of

            sys.stdout.buffer.write(pdf_of(page))
        else:
            sys.stdout.buffer.write(page.encode())


def names_in(state: State, acts: list[Entry], name_of: Any) -> dict[str, str]:
    """The names of the persons in some entries and in what they point at, where their values are kept."""
    from isonomy.documents.minutes import persons_in

    known = (state.persons[person] for person in persons_in(state, acts) if person in state.persons)
    found = {person.id: name_of(person.name) for person in known if person.name}
    return {person: name for person, name in found.items() if name}
