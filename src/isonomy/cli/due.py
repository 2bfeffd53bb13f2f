"""`isonomy due DIR`: what the rules ask of whom, and by when, with clause and derivation.

Lives here: the day and the horizon, and printing. Not here: which duties there are (`engine.duties`), the form
of a calendar (`documents.calendar_feed`).

Invariant: it reads and changes nothing. Without `--until` the next duty of each kind is shown, however far
ahead; what is overdue is always shown, and first.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from isonomy.engine.duty import Duty

EXAMPLE = """example:
  isonomy due branch
  isonomy due branch --at 2027-03-01 --until 2027-06-30 --json
  isonomy due branch --ics > branch.ics
"""


def register(subparsers: Any) -> None:
    """Adds the verb `due` to the command line."""
    parser = subparsers.add_parser(
        "due",
        help="duties due and overdue, with clause and derivation",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("--at", metavar="DATE", help="as seen on this day (today)")
    parser.add_argument("--until", metavar="DATE", help="everything that falls due up to this day")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="a list of duties as JSON")
    form.add_argument("--ics", action="store_true", help="duties and meetings as a calendar (iCalendar)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the duties in the order of their days."""
    from isonomy.adapters.folder import reading
    from isonomy.cli.printing import print_json, warn
    from isonomy.cli.reading import organisation_folder
    from isonomy.cli.state import names_of, state_at
    from isonomy.engine.duties import duties
    from isonomy.kernel.calendar import parse_date

    at = parse_date(args.at, "--at") if args.at is not None else None
    until = parse_date(args.until, "--until") if args.until is not None else None
    with reading(organisation_folder(args.folder)) as reader:
        state, day = state_at(reader, args.at)
        found = duties(state, at or parse_date(day), until)
        name_of = names_of(reader)
        holders = {person for duty in found for person in duty.holders}
        names = {person: name_of(state.persons[person].name) for person in holders if person in state.persons}
        fault = reader.contradiction
    if args.json:
        print_json([duty.to_json() for duty in found])
    elif args.ics:
        from isonomy.adapters.system import instant_in
        from isonomy.documents.calendar_feed import calendar_feed

        # The lines of a calendar end in CRLF; the text stream is not to turn that into something else.
        sys.stdout.flush()
        sys.stdout.buffer.write(calendar_feed(state, found, instant_in(state.time_zone)).encode())
    else:
        _show(found, names, state.kind == "history")
    return warn(fault)


def _show(found: Iterable[Duty], names: Mapping[str, str], is_history: bool) -> None:
    from isonomy.cli.printing import heading, say
    from isonomy.engine.words import number_of, say_day

    if is_history:
        say("A history owes nothing: its acts are reported.")
        return
    shown = False
    for duty in found:
        late = f", overdue by {number_of(duty.overdue_days, 'day')}" if duty.is_overdue else ""
        if shown:
            say("")
        heading(f"{say_day(duty.due_on)}{late}")
        say(
            f"  {duty.duty}",
            f"  of: {with_names(duty.who, names)}",
            f"  clause {duty.clause}: {duty.derivation}" if duty.clause else f"  {duty.derivation}",
        )
        shown = True
    if not shown:
        say("Nothing is due. What the rules ask stands here as soon as it has a day.")


def with_names(words: str, names: Mapping[str, str]) -> str:
    """The words with each person's id replaced by the name, where it is known."""
    for person, name in names.items():
        if name:
            words = words.replace(person, name)
    return words
