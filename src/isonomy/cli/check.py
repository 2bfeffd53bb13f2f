"""`isonomy check FILE`: could somebody come to stand above us by lawful moves alone, how, and what closes the door.

Lives here: options, the verdict and findings for people, the exit status. Not here: any search (`checker`).

Invariant: nothing here calls a rulebook safe; it says how far was looked. An interrupted check says what is known so far.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from fractions import Fraction

    from isonomy.checker.finding import Finding, Report
    from isonomy.checker.settings import Settings
    from isonomy.rulebook.model import Rulebook

DONE, FOUND = 0, 2
EXAMPLE = """exit status:
  0  checked
  2  findings at or above --fail-on
  1  a file cannot be read or is no rulebook

example:
  isonomy check rulebooks/federation/1.md
  isonomy check rules-2027.md --against rules-2026.md
  isonomy check rules.md --json --fail-on high
  isonomy check rules.md --html > report.html
  isonomy check rules.md --trace C01 --as-acts acts.jsonl
  isonomy check rules.md --weights branches.csv --body congress
"""


def register(subparsers: Any) -> None:
    """Adds the verb `check` to the command line."""
    parser = subparsers.add_parser(
        "check",
        help="could anyone come to stand above us by lawful moves?",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a rulebook; - is standard input")
    parser.add_argument("--against", metavar="OLD", help="an older edition: what the newer one opens and closes")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object")
    form.add_argument("--html", action="store_true", help="the report for delegates as one HTML file, with a drawing")
    parser.add_argument(
        "--fail-on", metavar="SEVERITY", default="", help="high, medium or low: exit status 2 from there up"
    )
    parser.add_argument("--trace", metavar="ID", default="", help="only the acts of this finding, by named persons")
    parser.add_argument("--as-acts", metavar="OUT", default="", help="with --trace: as lines that 'act' takes")
    parser.add_argument(
        "--rehearse", metavar="ACTS", default="", help="judge such lines anew, by a clock that follows them"
    )
    parser.add_argument(
        "--loyalty", default="", help="who votes with a coalition: core, 'seated alone' (default), 'can unseat'"
    )
    parser.add_argument("--units", default="", metavar="N", help="units of each kind that are looked at")
    parser.add_argument("--members", default="", metavar="N", help="members of each unit")
    parser.add_argument("--round", default="", metavar="DAYS", help="days of one round")
    parser.add_argument("--rounds", default="", metavar="N", help="how many rounds ahead is looked")
    parser.add_argument(
        "--weights", metavar="CSV", help="name,votes of those who vote by weight: how much each decides"
    )
    parser.add_argument("--body", default="", help="the body in which they vote; left out: the supreme one")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Checks the edition and prints what was found."""
    from isonomy.checker.catalogue import severity_named
    from isonomy.checker.shown import check_text
    from isonomy.cli.printing import print_json

    bar = severity_named(args.fail_on, "--fail-on") if args.fail_on else ""
    if args.weights:
        return _weights(args)
    if args.as_acts and not args.trace:
        raise BadInput("it is not said which trace", "--as-acts", "name a finding with --trace, such as C01")
    data = _bytes(args.file)
    if args.rehearse:
        from isonomy.cli.rehearsing import rehearse

        return rehearse(args.rehearse, data.decode("utf-8-sig").replace("\r\n", "\n"))
    settings = _settings(args)
    report = check_text(data, _shown_name(args.file), settings)
    if args.trace:
        return _trace(args, data, report, settings)
    before = None
    if args.against:
        if args.against == args.file == "-":
            raise BadInput("standard input can be one of the two only", "check --against", "name a file for the other")
        before = check_text(_bytes(args.against), _shown_name(args.against), settings)
    if args.json:
        told = report.to_json()
        if before is not None:
            opened, closed = _differences(before, report)
            told["against"] = {
                "edition": before.edition, "verdict": before.verdict,
                "opens": [found.to_json() for found in opened], "closes": [found.to_json() for found in closed],
            }  # fmt: skip
        print_json(told)
    elif args.html:
        from isonomy.checker.report_html import as_document

        print(as_document(report, _rulebook(data, args.file)), end="")
    else:
        _tell(report, _rulebook(data, args.file))
        if before is not None:
            _tell_differences(before, report)
    return FOUND if bar and report.at_least(bar) else DONE


def _shown_name(name: str) -> str:
    return "standard input" if name == "-" else name


def _bytes(name: str) -> bytes:
    from isonomy.cli.reading import read_file
    from isonomy.rulebook.source import BYTES_MAX

    return read_file(name, BYTES_MAX)


def _rulebook(data: bytes, name: str) -> Rulebook:
    from isonomy.rulebook.reader import read_rulebook

    return read_rulebook(data, _shown_name(name))


def _trace(args: argparse.Namespace, data: bytes, report: Report, settings: Settings) -> int:
    """The acts of one finding, with named persons, as the engine accepted them."""
    from pathlib import Path

    from isonomy.checker.replay import replay
    from isonomy.cli.printing import print_json, say

    found = next((each for each in report.of(args.trace.upper()) if each.seating is not None and each.trace), None)
    if found is None:
        told = ", ".join(dict.fromkeys(each.id for each in report.findings if each.seating is not None)) or "none"
        raise BadInput(f"no acts were found for '{args.trace[:20]}'", "check --trace", f"findings with acts: {told}")
    played = replay(data.decode("utf-8-sig").replace("\r\n", "\n"), found, settings)
    if args.as_acts:
        Path(args.as_acts).write_text(played.as_lines(), encoding="utf-8")
    if args.json:
        rows = [{"step": step, "at": at, "act": act} for step, at, act in played.acts]
        print_json({"id": found.id, "acts": rows, "days": played.days, "problem": played.problem})
    elif args.as_acts:
        say(
            f"{args.as_acts}: {len(played.acts)} acts over {played.days} days, the founding first, each good for an hour."
        )
    else:
        for number, step in enumerate(found.trace, 1):
            say(f"{number}. {step.text}")
            for at, act in [(at, act) for of, at, act in played.acts if of == number]:
                what = " ".join(str(act[key]) for key in ("person", "seat", "body", "matter") if key in act)
                say(
                    f"     {at[:10]}  {act['by']}{' as ' + act['as'] if 'as' in act else ''}: {act['act']} {what}".rstrip()
                )
    if not played.is_whole:
        say(f"Not done to its end: {played.problem or '; '.join(played.unknown)}")
        return FOUND
    return DONE


def _number(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 10_000_000):
        raise BadInput(f"'{text[:40]}' is not a number", where, "write a whole number from 1")
    return int(text)


def _settings(args: argparse.Namespace) -> Settings:
    from isonomy.checker.settings import Settings

    given: dict[str, Any] = {}
    for option, name in (("units", "units"), ("members", "members"), ("round", "round_days"), ("rounds", "rounds")):
        text = getattr(args, option)
        if text:
            given[name] = _number(text, f"--{option}")
    if args.members:
        given["members_without_units"] = given["members"]
    if args.loyalty:
        given["loyalty"] = args.loyalty
    return Settings(**given, progress=_Progress())


class _Progress:
    """Says on a terminal what is looked at; the first interruption ends the search, and what is known is told."""

    def __init__(self) -> None:
        self.on = sys.stderr.isatty()
        self.said = 0
        self.is_stopped = False
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._stop)

    def _stop(self, number: int, frame: object) -> None:
        """Ends the search at its next step; a second interruption ends the command."""
        del number, frame
        self.is_stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def __call__(self, what: str, done: int) -> bool:
        if self.on and done - self.said >= 500:
            self.said = done
            print(f"\r{what}: {done:,} tried", end="", file=sys.stderr, flush=True)
        return not self.is_stopped


def _tell(report: Report, rulebook: Rulebook) -> None:
    from isonomy.checker.catalogue import SEVERITIES
    from isonomy.cli.printing import heading, paragraph, say

    heading(f"{report.rulebook}, edition {report.edition}: {report.verdict}")
    count = len(report.findings)
    parts = [f"{sum(found.severity == one for found in report.findings)} {one}" for one in SEVERITIES]
    say(f"Looked at: {report.decided}.", f"Findings: {count or 'none'}" + (f" ({', '.join(parts)})." if count else "."))
    for front in report.fronts:
        pairs = (
            "; ".join(f"{persons} in {rounds} round{'s' * (rounds != 1)}" for persons, rounds in front.pairs)
            or "nobody"
        )
        say(f"Persons needed, loyalty '{front.loyalty}', others {front.others}: {pairs}.")
    for found in report.findings:
        say("")
        _tell_finding(found, report, rulebook)
    for title, lines in (
        ("What was assumed", report.assumptions), ("What was not looked at", report.not_looked_at),
        ("What was not decided", report.undecided),
    ):  # fmt: skip
        if lines:
            say("", f"{title}:")
            for line in lines:
                say(*paragraph(line, "  "))


def _tell_finding(found: Finding, report: Report, rulebook: Rulebook) -> None:
    from isonomy.cli.printing import heading, paragraph, say

    heading(f"{found.id} {found.severity}: {found.title}")
    say(*paragraph(found.evidence, "  "))
    if found.persons is not None:
        rounds = f" in {found.rounds} round{'s' * (found.rounds != 1)}" if found.rounds is not None else ""
        say(f"  Least coalition: {found.persons} person{'s' * (found.persons != 1)}{rounds}.")
    for number, step in enumerate(found.trace, 1):
        told = not step.clause or f"clause {step.clause})" in step.text
        under = "" if told else f" (clause {step.clause})"
        say(*paragraph(f"{number}. {step.text}{under}", "  "))
    if found.replayed is not None:
        say(*paragraph(f"replayed: {found.replayed.sentence()}", "  "))
    for cited in found.clauses:
        clause = rulebook.clauses.get(cited.id)
        title = f" {clause.title}" if clause is not None and clause.title else ""
        say(f"  clause {cited.id}{title}, line {cited.line}")
    for assumed in found.assumptions:
        if assumed not in report.assumptions:
            say(*paragraph(f"assumed: {assumed}", "  "))
    sets = [" and ".join(changes) for changes in found.closing] or [found.fix]
    say(*paragraph(f"closes it: {sets[0]}", "  "))
    for changes in sets[1:]:
        say(*paragraph(f"or: {changes}", "  "))


def _differences(before: Report, after: Report) -> tuple[list[Finding], list[Finding]]:
    """The findings that the newer edition has and the older had not, and the other way round."""

    def key(found: Finding) -> tuple[str, str]:
        return found.id, found.evidence

    old, new = {key(found) for found in before.findings}, {key(found) for found in after.findings}
    opened = [found for found in after.findings if key(found) not in old]
    closed = [found for found in before.findings if key(found) not in new]
    return opened, closed


def _tell_differences(before: Report, after: Report) -> None:
    from isonomy.cli.printing import heading, paragraph, say

    opened, closed = _differences(before, after)
    say("")
    heading(f"Against edition {before.edition} ({before.verdict})")
    for word, found in (("opens", opened), ("closes", closed)):
        say(f"{word}: {len(found) or 'nothing'}")
        for each in found:
            say(*paragraph(f"{each.id} {each.severity}: {each.evidence}", "  "))


def _weights(args: argparse.Namespace) -> int:
    from fractions import Fraction

    from isonomy.checker.power_indices import power_indices
    from isonomy.cli.printing import print_json, say, show_table

    rulebook = _rulebook(_bytes(args.file), args.file)
    bodies = rulebook.bodies
    name = args.body or (rulebook.supreme.name if rulebook.supreme is not None else "")
    if name not in bodies:
        raise BadInput(f"'{name}' is not a body of this rulebook", "--body", f"one of: {', '.join(bodies)}")
    voters = _voters(args.weights)
    total = sum(votes for _, votes in voters)
    told: list[dict[str, Any]] = []
    for what, quota in _quotas(rulebook, name, total):
        found = power_indices([votes for _, votes in voters], quota)
        told.append(
            {
                "decision": what, "votes": total, "quota": quota, "to_act": str(found.to_act),
                "voters": [
                    {
                        "name": voter, "votes": power.weight, "swings": power.swings, "banzhaf": str(power.banzhaf),
                        "normalised": str(power.normalised), "shapley": str(power.shapley), "prevent": str(power.prevent),
                        "initiate": str(power.initiate),
                    }
                    for (voter, _), power in zip(voters, found.powers, strict=True)
                ],
            }
        )  # fmt: skip
    if args.json:
        print_json(
            {"rulebook": rulebook.front.organisation, "edition": rulebook.front.edition, "body": name, "power": told}
        )
        return DONE
    for each in told:
        say(f"{each['decision']}: {each['quota']} of {each['votes']} votes")
        rows = [
            (
                row["name"],
                row["votes"],
                *(_hundredths(Fraction(row[key])) for key in ("normalised", "shapley", "prevent")),
            )
            for row in each["voters"]
        ]
        columns = ("voter", "votes", "Banzhaf %", "Shapley %", "can prevent %")
        show_table(columns, rows, columns[1:])
        say("")
    return DONE


def _hundredths(share: Fraction) -> str:
    """A share in per cent with two places, rounded to the nearest; exact shares stand in the JSON."""
    places = (share.numerator * 20_000 + share.denominator) // (2 * share.denominator)
    return f"{places // 100}.{places % 100:02}"


def _voters(name: str) -> list[tuple[str, int]]:
    """The rows of a CSV with name and votes; raises `BadInput` with the line."""
    import csv
    from pathlib import Path

    path = Path(name)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput("cannot be read as text", name, "name a CSV file with lines NAME,VOTES") from fault
    found: list[tuple[str, int]] = []
    for number, row in enumerate(csv.reader(lines), 1):
        if not row or (number == 1 and len(row) > 1 and not row[1].strip().isdigit()):
            continue
        if len(row) < 2 or not (row[1].strip().isascii() and row[1].strip().isdigit()) or len(row[1].strip()) > 9:
            raise BadInput(f"'{','.join(row)[:60]}' is not a name with votes", f"{name}:{number}", "write NAME,VOTES")
        found.append((row[0].strip(), int(row[1])))
    return found


def _quotas(rulebook: Rulebook, body: str, total: int) -> list[tuple[str, int]]:
    """What the body decides by which number of all votes: its ordinary majority, and procedures with their own."""
    from isonomy.kernel.quantity import Ratio

    found: list[tuple[str, int]] = []
    ordinary = rulebook.bodies[body].majority
    rules = [("ordinary decisions", ordinary)]
    for procedure in rulebook.procedures.values():
        if procedure.by == body and procedure.kind != "election" and procedure.majority is not None:
            what = "amendment of the rulebook" if procedure.kind == "amend" else procedure.name.replace("-", " ")
            rules.append((what, procedure.majority))
    for what, majority in rules:
        if majority is None:
            quota = total // 2 + 1
        elif isinstance(majority.threshold, Ratio):
            ratio = majority.threshold
            least = -(-total * ratio.in_favour // (ratio.in_favour + ratio.against))
            quota = max(least, total // 2 + 1)
        elif majority.threshold.value * 2 == 1:
            quota = total // 2 + 1
        else:
            share = majority.threshold.value
            quota = -(-total * share.numerator // share.denominator)
        if all(known != quota for _, known in found):
            found.append((what, quota))
    return found
