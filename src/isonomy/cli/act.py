"""`isonomy act DIR FILE`: submits acts, one JSON object a line, and prints the verdict on each.

Lives here: the options, the exit status, and how verdicts are shown. Not here: reading lines (`act_lines`),
signing them (`signing`), submitting in order (`submitting`), judging (`chamber`).

Invariant: every line that is not empty gets one answer, in order; a refusal or a bad line does not stop the
next one, what cannot be stored does. 0 all accepted, 2 something refused, 1 something bad, which outweighs 2.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from isonomy.chamber.answers import Answer, Reply

EXAMPLE = """example:
  isonomy act branch acts.jsonl
  isonomy act branch acts.jsonl --key ben.key --dry-run
  echo '{"act":"member.leave"}' | isonomy act branch - --key ben.key

A line may leave out "id", "log", "until" (an hour from now) and "by" (the owner of the first key): they are filled in
before the act is signed. {"value": "Ada"} becomes a commitment, the value is kept beside the record.
"""


def register(subparsers: Any) -> None:
    """Adds the verb `act` to the command line."""
    parser = subparsers.add_parser(
        "act",
        help="submit acts; each is accepted, or refused with clause, facts and cure",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("file", metavar="FILE", help="acts, one JSON object a line; - reads standard input")
    parser.add_argument(
        "--key", action="append", default=[], metavar="FILE", help="a key to sign with (DIR/founder.key); repeatable"
    )
    parser.add_argument(
        "--console", action="store_true", help="enter as a keeper of minutes, unsigned and shown as such"
    )
    parser.add_argument("--by", metavar="PERSON", help="who acts where a line does not say")
    parser.add_argument("--dry-run", action="store_true", help="judge only: nothing is kept and nothing signed")
    parser.add_argument(
        "--clock-is-right", action="store_true", help="your word that the clock is right, a month after the last entry"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Submits the acts of a file, or judges them only."""
    from isonomy.cli.act_lines import lines_of, opened
    from isonomy.cli.submitting import opened_for

    options = {"by": args.by or "", "console": args.console, "clock_is_right": args.clock_is_right}
    with (
        opened(args.file) as stream,
        opened_for(args.folder, args.key, args.file, dry_run=args.dry_run, **options) as work,
    ):
        show = Showing(args.json, work.signing.nonces, dry_run=args.dry_run)
        for number, reply in work.replies(lines_of(stream, args.file)):
            show.reply(number, reply)
    show.end()
    return show.status


class Showing:
    """The answers as they are printed, and what they add up to."""

    def __init__(self, as_json: bool, nonces: dict[str, str], *, dry_run: bool) -> None:
        self._as_json, self._nonces, self._dry_run = as_json, nonces, dry_run
        self.accepted = self.refused = self.bad = 0

    @property
    def status(self) -> int:
        """The exit status so far."""
        return 1 if self.bad else 2 if self.refused else 0

    def reply(self, number: int, reply: Reply) -> None:
        """Prints the answer to one line."""
        from isonomy.cli.printing import complain, print_json, say

        if isinstance(reply, BadInput):
            self.bad += 1
            if self._as_json:
                print_json({"line": number, "error": reply.sentence()})
            complain(reply)
            return
        if reply.is_accepted:
            self.accepted += 1
        else:
            self.refused += 1
        nonce = self._nonces.pop(reply.act, "")
        if self._as_json:
            more = ({"nonce": nonce} if nonce else {}) | ({"dry_run": True} if self._dry_run else {})
            print_json({"line": number, **reply.to_json(), **more})
        else:
            say(
                *(
                    f"{number:>5}  {line}" if place == 0 else f"       {line}"
                    for place, line in enumerate(_lines(reply, nonce, self._dry_run))
                )
            )

    def end(self) -> None:
        """Prints what it adds up to."""
        from isonomy.cli.printing import say

        if not self._as_json:
            bad = f", {self.bad} not understood or not stored" if self.bad else ""
            say(f"{self.accepted} accepted, {self.refused} refused{bad}{'; nothing was kept' if self._dry_run else ''}")


def _lines(answer: Answer, nonce: str, dry_run: bool) -> list[str]:
    """An answer for people; a ballot with its receipt, and with the nonce where one was drawn for it."""
    from isonomy.chamber.answers import AGAIN, BOXED, JUDGED, REFUSED
    from isonomy.record.base64_text import to_base64

    if answer.what == REFUSED:
        return ["refused", *refusal_lines(answer.refusal["grounds"])]
    if answer.what == BOXED:
        where = "is in the box already" if answer.cast_before else "would be cast" if dry_run else "is in the box"
        lines = [f"accepted: the ballot {where}", f"receipt  {to_base64(answer.receipt)}"]
        return lines if not nonce else [*lines, f"nonce    {nonce}  (keep both: they show that your ballot is counted)"]
    entry = answer.entry
    where = {JUDGED: "would be entry", AGAIN: "is entry"}.get(answer.what, "entry")
    opened = opened_by(entry)
    shown = f"accepted: {entry['act']['act']}, {where} {entry['n']}{clauses_said(entry, ', ')}"
    return [shown + (f": {opened}" if opened else ""), *irregular_lines(entry)]


def clauses_said(entry: dict[str, Any], before: str = "") -> str:
    """The clauses that allow an entry: `clause 3`, `clauses 3, 4.1`; "" where there is none."""
    clauses = entry["clauses"]
    return f"{before}clause{'s' if len(clauses) > 1 else ''} {', '.join(clauses)}" if clauses else ""


def irregular_lines(entry: dict[str, Any]) -> list[str]:
    """What a reported act broke, and what cannot be told, for people."""
    lines = []
    for item in entry["irregularities"]:
        lines.append(f"irregular, clause {item['clause']}: {item['says']} ({facts_line(item['facts'])})")
    for item in entry["untold"]:
        lines.append(f"cannot be told, clause {item['clause']}: {item['says']}")
    return lines


def opened_by(entry: dict[str, Any]) -> str:
    """The ids of the things that an entry opened, such as `mt-42`: they end in its number."""
    from isonomy.kernel.ids import is_proceeding_id

    ending = f"-{entry['n']}"
    found = {
        value
        for effect in entry["effects"]
        for value in effect.values()
        if isinstance(value, str) and value.endswith(ending) and is_proceeding_id(value)
    }
    return ", ".join(sorted(found))


def refusal_lines(grounds: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The grounds of a refusal for people: clause and demand, facts, cure."""
    for ground in grounds:
        clause = f"clause {ground['clause']}: " if ground["clause"] else ""
        yield f"{clause}{ground['says']}"
        if ground["facts"]:
            yield f"  {facts_line(ground['facts'])}"
        if ground["cure"]:
            yield f"  what you can do: {ground['cure']}"


def facts_line(facts: dict[str, Any]) -> str:
    """Facts on one line: `notice sent: 2027-03-01; clear days: 10`."""
    return "; ".join(f"{name}: {_shown(value)}" for name, value in facts.items())


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "none"
    if isinstance(value, dict):
        return "{" + facts_line(value) + "}"
    return str(value)
