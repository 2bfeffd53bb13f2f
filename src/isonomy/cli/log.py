"""`isonomy log DIR`: the entries in order: act, author's assurance, verdict, clauses, irregularities.

Lives here: which entries are shown, and printing. Not here: reading them (`chamber.reader`), the sentences
(`engine.explain`).

Invariant: it reads and changes nothing; entries are shown in the order of the record, each as it stands
there, and one that cannot be put into words is shown all the same.
"""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from isonomy.cli.overview import NameOf
    from isonomy.engine.state import State

ENROLLED = {"attested": "enrolled after a login", "console": "enrolled by another or at the console"}
"""What is said of a key, by the weakest enrolment behind it (chamber.md, section 10)."""
PERSON = re.compile(r"p-[a-z0-9]{4,32}")

EXAMPLE = """example:
  isonomy log branch
  isonomy log branch --first 40 --after 50
  isonomy log branch --json | jq -c .act
"""


def register(subparsers: Any) -> None:
    """Adds the verb `log` to the command line."""
    parser = subparsers.add_parser(
        "log",
        help="the entries in order: act, how its author is known, clauses, irregularities",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("--first", metavar="N", help="the first entry shown (0)")
    parser.add_argument("--after", metavar="N", help="the entry before which to stop (the end)")
    parser.add_argument("--json", action="store_true", help="one entry a line, as it stands in the record")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the entries."""
    from isonomy.adapters.folder import reading
    from isonomy.cli.printing import print_json, say, warn
    from isonomy.cli.reading import organisation_folder, whole_number
    from isonomy.cli.state import names_of

    first = whole_number(args.first, "--first") if args.first is not None else 0
    after = whole_number(args.after, "--after") if args.after is not None else None
    with reading(organisation_folder(args.folder)) as reader:
        saying = Saying(reader.state, names_of(reader))
        for entry in reader.entries(first, after):
            if args.json:
                print_json(entry)
            else:
                say(*saying.lines(entry))
        fault = reader.contradiction
    return warn(fault)


class Saying:
    """Puts entries into words, with the names that are at hand of the persons in them."""

    def __init__(self, state: State, name_of: NameOf) -> None:
        self._state, self._name_of = state, name_of
        self._names: dict[str, str] = {}

    def lines(self, entry: dict[str, Any]) -> list[str]:
        """Number, time, act, how its author is known; then what the entry did, in sentences."""
        from isonomy.cli.printing import paragraph
        from isonomy.engine.explain import explain

        try:
            said = explain(self._state, entry, self._names_in(entry))
        except BadInput as fault:
            # A newer program may have made it: what is not known here is shown as it stands.
            return [self._head(entry), f"        {fault.what}", *plain_lines(entry)]
        return [self._head(entry), *paragraph(said, "        ")]

    def _head(self, entry: dict[str, Any]) -> str:
        """The first line; of a key that is not its owner's own enrolment it says whose word it rests on."""
        found = self._state.credentials.get(entry["auth"].get("credential", -1))
        return head_line(entry, ENROLLED.get(found.assurance, "") if found is not None else "")

    def _names_in(self, entry: dict[str, Any]) -> dict[str, str]:
        import json

        found = set(PERSON.findall(json.dumps([entry["act"], entry["effects"]])))
        return {person: name for person in found if (name := self._name(person))}

    def _name(self, person: str) -> str:
        if person not in self._names:
            known = self._state.persons.get(person)
            self._names[person] = self._name_of(known.name) if known is not None and known.name else ""
        return self._names[person]


def head_line(entry: dict[str, Any], enrolled: str = "") -> str:
    """Number, civil time, act, what it opened, how its author is known, and how the key was enrolled."""
    from isonomy.cli.act import opened_by

    act = entry["act"]
    told = act.get("what")
    name = f"{act.get('act')}: {told.get('act')}" if isinstance(told, dict) else str(act.get("act"))
    opened = opened_by(entry)
    shown = f" ({opened})" if opened else ""
    known = known_by(entry["auth"]) + (f", {enrolled}" if enrolled else "")
    return f"{entry['n']:>6}  {entry['local'][:16].replace('T', ' ')}  {name}{shown}, {known}"


def plain_lines(entry: dict[str, Any]) -> list[str]:
    """Author, clauses, and what was irregular, without the words of a rulebook."""
    from isonomy.cli.act import clauses_said, irregular_lines

    act = entry["act"]
    seat = f" as {act['as']}" if isinstance(act.get("as"), str) else ""
    clauses = clauses_said(entry) or "no clause needed"
    return [f"        by {act.get('by')}{seat}; {clauses}", *(f"        {line}" for line in irregular_lines(entry))]


def known_by(auth: dict[str, Any]) -> str:
    """How the author of an entry is known, in words."""
    if auth.get("kind") == "signed":
        kind = "passkey" if isinstance(auth["proof"], dict) else "key"
        return f"signed with {kind} {auth['credential']}"
    if auth.get("kind") == "attested":
        return "attested by the operator"
    return "entered at the console"
