"""`isonomy count FILE... --rule RULE`: counts ballot files, one result a file.

Lives here: reading the files and options, printing for people and as JSON. Not here: formats, rules,
parameters (`counting`).

Invariant: a bad file does not stop the others; with `--json` every file gives exactly one line on standard
output.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    import argparse

    from isonomy.counting import Constraint, Lots, Parameters, Profile, Result

EXAMPLE = """example:
  isonomy count vote_002_tally.txt --rule debian-2003 --quorum 48.28 --majority 1=3:1
  isonomy count ward1.csv ward2.csv --rule scottish-stv-2007 --json
  isonomy count ward1.csv --rule scottish-stv-2007 --sheet html --out ward1.html
  isonomy count ward1.csv --rule scottish-stv-2007 --constraints women.csv
  isonomy count --rules
"""


def register(subparsers: Any) -> None:
    """Adds the verb `count` to the command line."""
    import argparse

    parser = subparsers.add_parser(
        "count",
        help="count ballot files by a named rule",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_count_options(parser)
    parser.add_argument("files", nargs="*", metavar="FILE", help="ballot files; - is standard input")
    parser.add_argument("--format", help="the ballot format, when the content does not tell it")
    parser.add_argument("--rules", action="store_true", help="list the rules with their sources, and stop")
    parser.add_argument("--json", action="store_true", help="one JSON object a file")
    parser.add_argument("--sheet", choices=("html", "csv", "svg"), help="a count sheet: a page, a table or a picture")
    parser.add_argument("--out", metavar="PATH", help="where the sheet goes; a folder for several files")
    parser.add_argument("--what-if", metavar="RULE", help="count by another rule too, labelled as not the result")
    parser.add_argument("--compare", metavar="FILE", help="a recorded count (JSON): name the first figure that differs")
    parser.add_argument(
        "--margin",
        action="store_true",
        help="how many changed ballots the outcome needs at least, and how many suffice",
    )
    parser.set_defaults(run=_run_with_options)


def add_count_options(parser: argparse.ArgumentParser) -> None:
    """The options that say how ballots are counted, shared by the verbs that count."""
    parser.add_argument("--rule", help="the counting rule with its edition, see --rules")
    parser.add_argument("--seats", type=int, metavar="N", help="places to fill (as the file says, else 1)")
    parser.add_argument(
        "--quorum", metavar="X", help="ballots an option needs over the default: 48.28, or 3/2*sqrt(1036)"
    )
    parser.add_argument(
        "--majority",
        action="append",
        default=[],
        metavar="OPTION=N",
        help="ratio of for to against, N or N:M; repeatable",
    )
    parser.add_argument("--default", metavar="OPTION", help="the default option (the last unless given; none for none)")
    parser.add_argument(
        "--withdraw",
        action="append",
        default=[],
        metavar="OPTION",
        help="an option that takes no part; repeatable",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a further parameter of the rule; repeatable",
    )
    parser.add_argument(
        "--constraints",
        metavar="FILE",
        help="so many at least or at most of a group (CSV): group,at least,at most,candidates",
    )
    parser.add_argument(
        "--ties", metavar="FILE", help="recorded draws and casting votes (JSON); nothing is drawn again"
    )
    parser.add_argument("--seed", metavar="TEXT", help="the public seed of the published lot procedure")


def _run_with_options(args: argparse.Namespace) -> int:
    if not args.rules and (args.sheet or args.out or args.what_if or args.compare or args.margin):
        from isonomy.cli import count_sheets

        return count_sheets.run(args)
    return run(args)


def run(args: argparse.Namespace) -> int:
    """Counts the files; 0 when all were counted, 1 when one could not be read."""
    if args.rules:
        return _list_rules(args.json)
    try:
        from isonomy.counting import rule_named

        if not args.files:
            raise BadInput("no ballot file is named", "", "isonomy count FILE --rule RULE; - reads standard input")
        if not args.rule:
            raise BadInput("no rule is named", "--rule", "isonomy count --rules lists them")
        rule_named(args.rule)
        draws = read_draws_file(args.ties) if args.ties else None
    except BadInput as fault:
        complain(fault)
        return 1
    failed = False
    for place, name in enumerate(args.files):
        try:
            result = _count_file(name, args, draws)
        except BadInput as fault:
            failed = True
            shown = fault if fault.where.startswith(name) else fault.at(name)
            if args.json:
                print(json.dumps({"file": name, "error": shown.sentence()}, ensure_ascii=False), flush=True)
            complain(shown)
            continue
        if args.json:
            print(json.dumps({"file": name, **result.to_json()}, ensure_ascii=False), flush=True)
        else:
            if place:
                print()
            show_result(name, result)
    return 1 if failed else 0


def _count_file(name: str, args: argparse.Namespace, draws: Any) -> Result:
    return count_profile(read_profile(name, read_bytes(name), args.rule, args), args, draws)


def read_profile(name: str, data: bytes, rule: str, args: argparse.Namespace) -> Profile:
    """The ballots of a file, read as the rule counts them, without the options that are withdrawn."""
    from isonomy.counting import read_ballots, rule_named

    kind = "ranks" if rule_named(rule).ballots == "ranks" else "scores"
    profile = read_ballots(data, name, args.format, kind=kind)
    if args.withdraw:
        profile = profile.withdraw(profile.number_of(option) for option in args.withdraw)
    return profile


def count_profile(profile: Profile, args: argparse.Namespace, draws: Any) -> Result:
    """The count of a profile by the rule, the parameters and the draws that were given."""
    from isonomy.counting import Lots, count, read_draws

    lots: Lots = Lots(None if draws is None else read_draws(draws, profile), args.seed)
    return count(profile, args.rule, read_parameters(args, profile), lots)


def read_parameters(args: argparse.Namespace, profile: Profile) -> Parameters:
    """The parameters of a count from the options, with option numbers found in the profile."""
    from isonomy.counting import Parameters, read_quorum, read_ratio

    majorities = {}
    for given in args.majority:
        option, equals, ratio = given.rpartition("=")
        if not equals:
            raise BadInput(f"'{given}' names no option", "--majority", "write OPTION=N, such as 1=3:1")
        try:
            majorities[profile.number_of(option)] = read_ratio(ratio)
        except BadInput as fault:
            raise fault.at("--majority") from fault
    choices = {}
    for given in args.set:
        name, equals, value = given.partition("=")
        if not equals:
            raise BadInput(f"'{given}' has no value", "--set", "write NAME=VALUE")
        choices[name] = value
    default = None
    try:
        if args.default is not None:
            default = 0 if args.default == "none" and "none" not in profile.names else profile.number_of(args.default)
    except BadInput as fault:
        raise fault.at("--default") from fault
    try:
        quorum = read_quorum(args.quorum) if args.quorum is not None else None
    except BadInput as fault:
        raise fault.at("--quorum") from fault
    constraints = read_constraints_file(args.constraints, profile) if args.constraints else ()
    return Parameters(args.seats, quorum, majorities, default, choices, constraints=constraints)


def read_constraints_file(name: str, profile: Profile) -> tuple[Constraint, ...]:
    """The constraints of a file; raises `BadInput` with its name and the line that is not understood."""
    from isonomy.counting.constraint import read_constraints

    try:
        return read_constraints(read_bytes(name), profile)
    except BadInput as fault:
        raise (fault if fault.where.startswith(name) else fault.at(name)) from fault


def read_draws_file(name: str) -> Any:
    """The JSON of a file of recorded draws; raises `BadInput` when it cannot be read."""
    from isonomy.kernel.canonical import parse_json

    try:
        return parse_json(read_bytes(name))
    except BadInput as fault:
        raise (fault if fault.where.startswith(name) else fault.at(name)) from fault


def read_bytes(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`; raises `BadInput` when it cannot be opened."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        with open(name, "rb") as file:
            return file.read()
    except FileNotFoundError as fault:
        raise BadInput("there is no such file", name, "check the name") from fault
    except OSError as fault:
        raise BadInput(
            f"the file cannot be read: {fault.strerror or fault}",
            name,
            "check what it is and who may read it",
        ) from fault


def complain(fault: BadInput) -> None:
    """Says on standard error what is wrong, where, and the cure."""
    from isonomy.documents.printable import visible

    place = f"{fault.where}: " if fault.where else ""
    print(visible(f"isonomy: {place}{fault.what}"), file=sys.stderr)
    if fault.cure:
        print(visible(f"  {fault.cure}"), file=sys.stderr)


def _list_rules(as_json: bool) -> int:
    from isonomy.counting import rules

    for rule in rules():
        if as_json:
            print(
                json.dumps(
                    {
                        "rule": rule.name,
                        "title": rule.title,
                        "source": rule.source,
                        "ballots": rule.ballots,
                        "arithmetic": rule.arithmetic,
                        "takes": list(rule.takes),
                        "ties": rule.settles,
                    },
                    ensure_ascii=False,
                )
            )
        else:
            print(f"{rule.name}\n    {rule.title}\n    {rule.source}")
            print(
                f"    counts {rule.ballots}; {rule.arithmetic}; ties: {rule.settles}; "
                f"takes: {', '.join(rule.takes) or 'nothing'}"
            )
    return 0


def show_result(name: str, result: Result, label: str = "") -> None:
    """Prints a result for people: the outcome, the tables, one sentence a step with its clause. A `label` goes before
    the outcome."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    headline = f"{label}: {result.headline()}" if label else result.headline()
    console.print(f"[bold]{_safe(headline)}[/bold]")
    console.print(_safe(f"{name}: {result.valid} valid ballots, rule {result.rule}"))
    console.print(_safe(f"Follows: {result.source}"))
    console.print(_safe(f"Arithmetic: {result.arithmetic}"))
    facts = result.to_json()
    if "matrix" in facts:
        _show_matrix(console, result, facts["matrix"])
    if "stages" in facts:
        _show_stages(facts["stages"])
    console.print()
    for number, sentence in enumerate(result.sentences(), start=1):
        console.print(f"{number:3}. {_safe(sentence)}")
    for tie in result.ties:
        console.print(_safe(tie.sentence(result.names)))
    console.print(_safe(f"Digest of the trace: {facts['digest']}"))


def _safe(text: str) -> str:
    """A text with names of others: on one line, without what a terminal would obey, and no markup."""
    from rich.markup import escape

    from isonomy.documents.printable import visible

    return escape(visible(text))


def _show_matrix(console: Any, result: Result, rows: list[list[int]]) -> None:
    from rich.table import Table

    if len(rows) > 12:
        return
    table = Table(title="Ballots that prefer the option of the row to that of the column", title_justify="left")
    table.add_column("option", overflow="fold")
    for number in range(1, len(rows) + 1):
        table.add_column(str(number), justify="right")
    for number, row in enumerate(rows, start=1):
        cells = ["" if column == number else str(count) for column, count in enumerate(row, start=1)]
        table.add_row(_safe(f"{number} {result.names[number - 1]}"), *cells)
    console.print()
    _table_console().print(table)


def _show_stages(stages: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table(title="Totals after each stage", title_justify="left")
    table.add_column("candidate", overflow="fold")
    for stage in stages:
        table.add_column(str(stage["number"]), justify="right", no_wrap=True)
    for candidate in stages[0]["totals"]:
        table.add_row(_safe(candidate), *(str(stage["totals"][candidate]) for stage in stages))
    for label, key in (("exhausted", "exhausted"), ("lost to rounding", "lost_to_rounding")):
        table.add_row(label, *(str(stage[key]) for stage in stages))
    _table_console().print()
    _table_console().print(table)


def _table_console() -> Any:
    from rich.console import Console

    # A table needs its columns more than the width of a pipe; on a terminal the terminal's width is kept.
    return Console(highlight=False, width=None if sys.stdout.isatty() else 200)
