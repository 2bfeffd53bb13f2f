"""`isonomy rulebook lint|show|compare`: what is wrong with a rulebook, what it says, what changed.

Lives here: reading files and options, printing for people and as JSON. Not here: reading, examining, rendering
and comparing (`rulebook`).

Invariant: a finding is told with file, line and clause; a file that cannot be read does not stop the others; with
`--json` every file gives exactly one line on standard output.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from isonomy.rulebook.compare import Comparison
    from isonomy.rulebook.findings import Examination, Finding
    from isonomy.rulebook.model import Rulebook

DONE, BAD, FOUND = 0, 1, 2
EXAMPLE = """exit status:
  0  fine (warnings and notes do not count)
  2  lint found errors
  1  a file cannot be read; show and compare: or is no rulebook

example:
  isonomy rulebook lint rulebooks/association/1.md
  isonomy rulebook show rulebooks/association/1.md --json
  isonomy rulebook compare rules-2026.md rules-2027.md
"""
FILES = "rulebook files; - is standard input"


def register(subparsers: Any) -> None:
    """Adds the verb `rulebook` to the command line."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = subparsers.add_parser(
        "rulebook",
        help="lint, show or compare rulebooks",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=raw,
    )
    verbs = parser.add_subparsers(dest="what", metavar="lint|show|compare", required=True)

    lint = verbs.add_parser(
        "lint", help="every error, warning and note, with line and clause", epilog=EXAMPLE, formatter_class=raw
    )
    lint.add_argument("files", nargs="+", metavar="FILE", help=FILES)
    lint.add_argument("--json", action="store_true", help="one JSON object a file")

    show = verbs.add_parser("show", help="what the blocks say, in sentences", epilog=EXAMPLE, formatter_class=raw)
    show.add_argument("file", metavar="FILE", help="a rulebook; - is standard input")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole model as one JSON object")
    form.add_argument("--html", action="store_true", help="words and sentences of every clause as HTML")

    compare = verbs.add_parser("compare", help="two editions: clauses and powers", epilog=EXAMPLE, formatter_class=raw)
    compare.add_argument("before", metavar="A", help="the older edition; - is standard input")
    compare.add_argument("after", metavar="B", help="the newer edition; - is standard input")
    compare.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Does what was asked and returns the exit status."""
    return {"lint": _lint, "show": _show, "compare": _compare}[args.what](args)


def _read(name: str) -> bytes:
    from isonomy.cli.reading import read_file
    from isonomy.rulebook.source import BYTES_MAX

    return read_file(name, BYTES_MAX)


def _shown_name(name: str) -> str:
    return "standard input" if name == "-" else name


def _lint(args: argparse.Namespace) -> int:
    from isonomy.cli.printing import complain, print_json, say
    from isonomy.rulebook.reader import examine

    unreadable = errors = False
    for name in args.files:
        shown = _shown_name(name)
        try:
            examination = examine(_read(name), shown)
        except BadInput as fault:
            unreadable = True
            located = fault if fault.where else fault.at(shown)
            if args.json:
                print_json({"file": shown, "error": located.sentence()})
            complain(located)
            continue
        errors = errors or bool(examination.errors)
        if args.json:
            print_json(_examination_json(examination))
        else:
            say(*_examination_lines(examination))
    if unreadable:
        return BAD
    return FOUND if errors else DONE


def _examination_lines(examination: Examination) -> list[str]:
    """The findings, then one line that counts them; clauses without a block are listed together."""
    unchecked = [found for found in examination.findings if found.id == "not-machine-checked"]
    lines = [
        f"{found.severity}: {found.sentence(examination.name)}"
        for found in examination.findings
        if found.id != "not-machine-checked"
    ]
    if unchecked:
        clauses = ", ".join(f"{found.clause} (line {found.line})" for found in unchecked)
        lines.append(f"note: {examination.name}: not machine-checked, because no block stands there: {clauses}")
    return [*lines, f"{examination.name}: {_count_line(examination)}"]


def _count_line(examination: Examination) -> str:
    counts = []
    for severity in ("error", "warning", "note"):
        count = len(examination.of_severity(severity))
        if count:
            counts.append(f"{count} {severity}{'s' * (count != 1)}")
    return ", ".join(counts) or "no findings"


def _examination_json(examination: Examination) -> dict[str, Any]:
    return {
        "file": examination.name,
        "readable": examination.rulebook is not None,
        "errors": len(examination.errors),
        "findings": [_finding_json(found) for found in examination.findings],
    }


def _finding_json(found: Finding) -> dict[str, Any]:
    return {
        "id": found.id, "severity": found.severity, "line": found.line, "column": found.column,
        "clause": found.clause, "says": found.what, "cure": found.cure,
    }  # fmt: skip


def _rulebook(name: str) -> Rulebook:
    from isonomy.rulebook.reader import read_rulebook

    return read_rulebook(_read(name), _shown_name(name))


def _show(args: argparse.Namespace) -> int:
    from isonomy.cli.printing import print_json

    rulebook = _rulebook(args.file)
    if args.json:
        from isonomy.rulebook.render_json import to_json

        print_json(to_json(rulebook))
    elif args.html:
        from isonomy.rulebook.render_html import as_html

        print(as_html(rulebook), end="")
    else:
        from isonomy.rulebook.render import as_markdown

        print(as_markdown(rulebook), end="")
    return DONE


def _compare(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from isonomy.cli.printing import print_json, say
    from isonomy.rulebook.compare import compare

    if args.before == args.after == "-":
        raise BadInput("standard input can be one of the two only", "rulebook compare", "name a file for the other")
    found = compare(_rulebook(args.before), _rulebook(args.after))
    if args.json:
        print_json(asdict(found))
    else:
        say(*_comparison_lines(found))
    return DONE


def _comparison_lines(found: Comparison) -> list[str]:
    """Powers first, because they are what an amendment is about; then the clauses word by word."""
    if not found.clauses and not found.powers:
        return ["The two editions say the same."]
    lines = ["Powers"]
    lines += [f"  {change.sentence}" for change in found.powers] or ["  no body or office gains or loses anything"]
    lines += ["", "Clauses"]
    for change in found.clauses:
        lines.append(f"  {_clause_line(change)}")
        marked = [_marked(word.kind, word.text) for word in change.words]
        if change.change in ("added", "removed", "changed") and any(word.kind != "same" for word in change.words):
            lines.append(f"    {' '.join(marked)}")
    if not found.clauses:
        lines.append("  no clause differs")
    return lines


def _clause_line(change: Any) -> str:
    number = change.after or change.before
    moved = f"{change.before}, now {change.after}" if change.change == "renumbered" else number
    only = ""
    if change.change == "changed":
        words = any(word.kind != "same" for word in change.words)
        only = " (words and block)" if words and change.blocks_changed else " (words)" if words else " (block)"
    return f"{moved} {change.title}: {change.change}{only}"


def _marked(kind: str, text: str) -> str:
    """Words as a reader of plain text sees what went and what came; long stretches that stayed are shortened."""
    if kind == "out":
        return f"[-{text}-]"
    if kind == "in":
        return f"{{+{text}+}}"
    words = text.split()
    return text if len(words) <= 12 else f"{' '.join(words[:5])} ... {' '.join(words[-5:])}"
