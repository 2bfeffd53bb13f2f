"""`isonomy count` beyond the plain result: sheets, the margin, a second count under another rule, comparison with a
recorded one.

Lives here: options, files and the order of things. Not here: what stands on a sheet or where two counts part
(`documents`), reading ballots and the plain result (`count`).

Invariant: one sheet a file; what is wrong with the options is said before a ballot is read or a file is written; a
count under another rule is never printed without its label.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isonomy.cli.count import (
    complain,
    count_profile,
    read_bytes,
    read_constraints_file,
    read_draws_file,
    read_parameters,
    read_profile,
    show_result,
)
from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    import argparse

    from isonomy.counting import Constraint, Profile, Result
    from isonomy.documents.count_comparison import Parting

NO_MARGIN = "none is known: nobody else could be elected, or the rule has no margin here"


def run(args: argparse.Namespace) -> int:
    """Counts with sheets, a what-if or a comparison; 0 when done and agreeing, 1 for a bad file, 2 for a difference."""
    from isonomy.counting import rule_named

    _check(args)
    rule_named(args.rule)
    if args.what_if:
        rule_named(args.what_if)
    draws = read_draws_file(args.ties) if args.ties else None
    recorded = _recorded(args.compare) if args.compare else []
    targets = _targets(args)
    failed = differs = False
    for place, name in enumerate(args.files):
        try:
            differs = _one(name, args, draws, recorded, targets.get(name), place) or differs
        except BadInput as fault:
            failed = True
            shown = fault if fault.where.startswith((name, "--")) else fault.at(name)
            if args.json:
                print(json.dumps({"file": name, "error": shown.sentence()}, ensure_ascii=False), flush=True)
            complain(shown)
    return 1 if failed else 2 if differs else 0


def _check(args: argparse.Namespace) -> None:
    if not args.files:
        raise BadInput("no ballot file is named", "", "isonomy count FILE --rule RULE; - reads standard input")
    if not args.rule:
        raise BadInput("no rule is named", "--rule", "isonomy count --rules lists them")
    if args.out and not args.sheet:
        raise BadInput("a place is named and no sheet to put there", "--out", "add --sheet html, csv or svg")
    if args.sheet and args.json:
        raise BadInput("a sheet and JSON are asked for at once", "--sheet", "leave out --sheet or --json")
    if args.sheet and args.compare:
        raise BadInput("a comparison does not stand on a sheet", "--compare", "compare without --sheet")
    if args.margin and args.sheet in ("csv", "svg"):
        raise BadInput(f"a margin does not stand on a {args.sheet}", "--margin", "use --sheet html, or no sheet")
    if args.what_if and args.sheet in ("csv", "svg"):
        cure = "use --sheet html, or count by the other rule for a file of its own"
        raise BadInput(f"a {args.sheet} holds one count only", "--what-if", cure)
    if args.sheet and len(args.files) > 1 and not args.out:
        raise BadInput("several sheets need a folder", "--out", "name it with --out DIR")


def _targets(args: argparse.Namespace) -> dict[str, Path]:
    """Where the sheet of each file goes; empty when sheets go to standard output."""
    if not args.out:
        return {}
    out = Path(args.out)
    if len(args.files) == 1 and not out.is_dir():
        targets = {args.files[0]: out}
    else:
        if out.exists() and not out.is_dir():
            raise BadInput("this is a file, and several sheets need a folder", args.out, "name a folder")
        targets = {}
        for name in args.files:
            stem = "ballots" if name == "-" else Path(name).stem
            targets[name] = out / f"{stem}.{args.sheet}"
    if len(set(targets.values())) < len(args.files):
        raise BadInput("two ballot files would have one sheet", "--out", "give each file another name")
    for target in targets.values():
        if any(name != "-" and target.exists() and target.samefile(name) for name in args.files if Path(name).exists()):
            raise BadInput("the sheet would take the place of the ballots", str(target), "name another file")
    return targets


def _one(name: str, args: argparse.Namespace, draws: Any, recorded: list[Any], target: Path | None, place: int) -> bool:
    """Counts one file and shows it; whether it differs from the recorded count."""
    data = read_bytes(name)
    profile = read_profile(name, data, args.rule, args)
    result = count_profile(profile, args, draws)
    other = _what_if(name, data, args) if args.what_if else None
    margin = _margin(profile, result, args) if args.margin else None
    if args.sheet:
        told = margin["says"] if margin else ""
        _put(_sheet(args.sheet, result, other, profile, profile.title or Path(name).name, told), target)
        return False
    parting = _compared(name, result, recorded) if args.compare else None
    if args.json:
        facts = _facts(name, args, result, other, parting)
        print(json.dumps({**facts, "margin": margin} if args.margin else facts, ensure_ascii=False), flush=True)
    else:
        if place:
            print()
        _show(name, args, result, other, parting)
        if args.margin:
            from isonomy.documents.printable import visible

            print(f"Margin: {visible(margin['says']) if margin else NO_MARGIN}")
    return parting is not None


def _what_if(name: str, data: bytes, args: argparse.Namespace) -> Result:
    """The same papers by the other rule, with those of the options that it takes."""
    from isonomy.counting import Lots, Parameters, count, rule_named

    profile: Profile = read_profile(name, data, args.what_if, args)
    takes = rule_named(args.what_if).takes
    # Recorded draws belong to the ties of the result; ties of another rule are other ties.
    try:
        constraints: tuple[Constraint, ...] = ()
        if args.constraints and "constraints" in takes:
            constraints = read_constraints_file(args.constraints, profile)
        given = Parameters(args.seats if "seats" in takes else None, constraints=constraints)
        return count(profile, args.what_if, given, Lots(None, args.seed))
    except BadInput as fault:
        raise fault.at("--what-if") from fault


def _margin(profile: Profile, result: Result, args: argparse.Namespace) -> dict[str, Any] | None:
    from isonomy.counting.margin import margin

    found = margin(profile, result, read_parameters(args, profile))
    return None if found is None else found.to_json()


def _sheet(kind: str, result: Result, other: Result | None, profile: Profile, title: str, margin: str) -> str:
    if kind == "csv":
        from isonomy.documents.count_sheet_csv import count_sheet_csv

        return count_sheet_csv(result)
    from isonomy.documents.count_sheet import count_sheet, picture

    if kind == "svg":
        drawn = picture(result)
        if drawn is None:
            raise BadInput(f"{result.rule} gives no figures to draw", "--sheet", "choose html")
        return drawn
    from isonomy.documents.count_sheet_html import count_sheet_html

    return count_sheet_html(count_sheet(result, title, other, spoiled=profile.spoiled, margin=margin))


def _put(text: str, target: Path | None) -> None:
    data = text.encode("utf-8")
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as fault:
        told = f"the sheet cannot be written: {fault.strerror or fault}"
        raise BadInput(told, str(target), "check the place and who may write there") from fault
    print(f"Written: {target}")


def _recorded(name: str) -> list[Any]:
    """The counts of a recorded file: one object, or one a line."""
    from isonomy.kernel.canonical import parse_json

    data = read_bytes(name)
    try:
        return [parse_json(data)]
    except BadInput as whole:
        lines = [(number, line) for number, line in enumerate(data.splitlines(), start=1) if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith(b"{") for _, line in lines):
            raise whole.at(name) from whole
        found = []
        for number, line in lines:
            try:
                found.append(parse_json(line))
            except BadInput as fault:
                raise fault.at(f"{name}:{number}") from fault
        return found


def _compared(name: str, result: Result, recorded: list[Any]) -> Parting | None:
    from isonomy.documents.count_comparison import compare

    same_file = [count for count in recorded if isinstance(count, dict) and count.get("file") == name]
    chosen = same_file or recorded
    if len(chosen) != 1:
        cure = "record the counts of these files, under these names"
        raise BadInput(f"there are {len(chosen)} recorded counts that may be meant", "--compare", cure)
    try:
        return compare(result, chosen[0])
    except BadInput as fault:
        raise fault.at("--compare") from fault


def _facts(
    name: str, args: argparse.Namespace, result: Result, other: Result | None, parting: Parting | None
) -> dict[str, Any]:
    facts = {"file": name, **result.to_json()}
    if other is not None:
        from isonomy.documents.count_sheet import WHAT_IF, differing_winners

        facts["what_if"] = {"label": WHAT_IF, **other.to_json(), "differences": differing_winners(result, other)}
    if args.compare:
        differs = None
        if parting is not None:
            differs = {"place": parting.place, "here": parting.here, "recorded": parting.recorded}
        facts["compared"] = {"same": parting is None, "differs": differs}
    return facts


def _show(name: str, args: argparse.Namespace, result: Result, other: Result | None, parting: Parting | None) -> None:
    from isonomy.documents.printable import visible

    show_result(name, result)
    if other is not None:
        from isonomy.documents.count_sheet import WHAT_IF, differences

        print(f"\n{WHAT_IF}: the same papers by {other.rule}")
        for told in differences(result, other):
            print(visible(told))
        print()
        show_result(name, other, label=WHAT_IF)
    if args.compare:
        told = parting.sentence() if parting is not None else "The recorded count is the same."
        print(f"\n{visible(told)}")
