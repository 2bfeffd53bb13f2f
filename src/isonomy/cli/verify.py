"""`isonomy verify PATH`: an export, an organisation's folder or a receipt: everything it claims, repeated.

Lives here: telling what PATH is, the pinned key and older head, progress, and the report. Not here: verifying
(`chamber.verification`, `record.receipt`).

Invariant: 0 only when everything that was examined agrees, and the sentence printed claims nothing more than
that; 2 when something does not; 1 when PATH is none of these. An export needs no database and no framework.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from isonomy.chamber.verification import Report
    from isonomy.record.note import VerifierKey
    from isonomy.record.tiles import Read

DONE, NOT_VERIFIED = 0, 2
SIDE_BY_SIDE_FROM = 4_000
"""Entries from which on it pays to start further processes."""
SHOWN_MAX = 20
CHECKPOINT_SIZE_MAX = 300_000
OWN_FOLDER_SAYS = "the organisation's own folder"

EXAMPLE = """example:
  isonomy verify public
  isonomy verify public --key public-from-a-friend/log.vkey --since last-year.checkpoint
  isonomy verify 42.tlog-proof --key 'branch.3f9c....invalid+530d903a+AekyeRrm56...'

Without --key and --since an export that agrees is "consistent with itself; key and history not pinned": whoever
wrote it could have written all of it anew. Keep a checkpoint or a receipt from before to pin them.
"""


def register(subparsers: Any) -> None:
    """Adds the verb `verify` to the command line."""
    parser = subparsers.add_parser(
        "verify",
        help="verify an export, an organisation's folder or a receipt",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "path", metavar="PATH", help="an export (a folder or a ZIP), the folder of an organisation, or a receipt"
    )
    parser.add_argument("--key", metavar="VKEY", help="the log's verifier key, got from elsewhere: its text or a file")
    parser.add_argument("--since", metavar="CHECKPOINT", help="an older signed head, or a receipt that holds one")
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Verifies, and prints what was found."""
    from pathlib import Path

    from isonomy.adapters.files import is_export

    path = Path(args.path)
    pinned = read_key_option(args.key) if args.key is not None else None
    since = _older_head(args.since) if args.since is not None else None
    if not path.exists():
        raise BadInput("there is nothing of that name", args.path, "name an export, a folder or a receipt")
    if not path.is_dir():
        from isonomy.adapters.bundles import is_bundle

        return _verify_bundle(args, path, pinned, since) if is_bundle(path) else _verify_receipt(args, pinned)
    if not is_export(path) and (path / "record.sqlite").exists():
        return _verify_own(args, path, pinned, since)
    if not any((path / name).exists() for name in ("checkpoint", "manifest", "log.vkey", "tile")):
        raise BadInput(
            "this is neither an export nor the folder of an organisation", args.path, "isonomy export DIR OUT makes one"
        )
    return _report(args, _verified(path, pinned, since), pinned is not None)


def read_key_option(given: str) -> VerifierKey:
    """The verifier key of an option: its text, or the name of a file that holds it; raises `BadInput`."""
    from isonomy.cli.reading import read_file
    from isonomy.record.note import VerifierKey

    if "+" in given:
        return VerifierKey.parse(given.strip(), "--key")
    text = read_file(given, 10_000).decode("utf-8", "replace")
    return VerifierKey.parse(text.strip(), given)


def _older_head(given: str) -> bytes:
    """The signed head of a checkpoint file or of a receipt."""
    from isonomy.cli.reading import read_file
    from isonomy.record.receipt import read_receipt

    data = read_file(given, CHECKPOINT_SIZE_MAX)
    return read_receipt(data, given).checkpoint if _is_receipt(data) else data


def _is_receipt(data: bytes) -> bool:
    return data.startswith(b"c2sp.org/tlog-proof@")


def _verified(folder: Path, pinned: VerifierKey | None, since: bytes | None) -> Report:
    """The report on an exported folder; large ones are examined by several processes."""
    from isonomy.adapters.files import ExportFolder
    from isonomy.chamber.verification import verify

    read = ExportFolder(folder)
    paths = list(read.paths())
    workers = _processors() if _size_told(read) >= SIDE_BY_SIDE_FROM else 1
    if workers == 1:
        return verify(read, paths, pinned=pinned, since=since, progress=_progress())
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as executor:
        return verify(read, paths, pinned=pinned, since=since, executor=executor, progress=_progress())


def _processors() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size_told(read: Read) -> int:
    lines = (read("checkpoint") or b"").split(b"\n")
    return int(lines[1]) if len(lines) > 1 and lines[1].isdigit() and len(lines[1]) < 16 else 0


def _progress() -> Callable[[str, int, int], None] | None:
    """What is shown while it runs: a line on a terminal that is written over, nothing elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(stage: str, done: int, of: int) -> None:
        end = "\n" if done >= of else "\r"
        print(f"{stage}: {done:,} of {of:,}   ", end=end, file=sys.stderr, flush=True)

    return show


def _verify_bundle(args: argparse.Namespace, path: Path, pinned: VerifierKey | None, since: bytes | None) -> int:
    """An export that came as one file, unpacked for the time that it takes."""
    import tempfile
    from pathlib import Path

    from isonomy.adapters.bundles import unpack

    with tempfile.TemporaryDirectory(prefix="isonomy-verify-") as scratch:
        folder = unpack(path, Path(scratch) / "bundle")
        return _report(args, _verified(folder, pinned, since), pinned is not None)


def _verify_own(args: argparse.Namespace, folder: Path, pinned: VerifierKey | None, since: bytes | None) -> int:
    """The organisation's own folder, by way of an export of all that it holds."""
    import tempfile
    from pathlib import Path

    from isonomy.adapters.files import write_export
    from isonomy.adapters.folder import stores_of
    from isonomy.chamber.exporting import Export
    from isonomy.chamber.ports import BODY

    with tempfile.TemporaryDirectory(prefix="isonomy-verify-") as scratch:
        out = Path(scratch) / "export"
        try:
            stores = stores_of(folder, writing=False)
            try:
                write_export(out, Export(stores, BODY).files())
            finally:
                stores.close()
        except BadInput as fault:
            return _damaged(args, fault)
        return _report(args, _verified(out, pinned, since), pinned is not None)


def _damaged(args: argparse.Namespace, fault: BadInput) -> int:
    """A record that cannot even be read as what its log signed does not verify."""
    from isonomy.cli.printing import print_json, say

    place = fault.where or args.path
    if args.json:
        found = {"kind": "damaged", "place": place, "says": fault.what, "entry": None}
        print_json({"path": args.path, "agrees": False, "statement": "does not verify", "discrepancies": [found]})
    else:
        say("does not verify", f"  damaged  {place}: {fault.what}", f"           {fault.cure}")
    return NOT_VERIFIED


def _report(args: argparse.Namespace, report: Report, is_pinned: bool) -> int:
    from isonomy.cli.printing import print_json

    if args.json:
        print_json(report_json(args.path, report))
    else:
        _show(report, is_pinned)
    return DONE if report.agrees else NOT_VERIFIED


def report_json(path: str, report: Report) -> dict[str, Any]:
    """A report as data; keys are only ever added."""
    files = report.files
    entries = sum(report.authors.values())
    return {
        "path": path,
        "agrees": report.agrees,
        "statement": report.statement(),
        "level": report.level,
        "origin": files.key.name if files.key else "",
        "vkey": files.key.text() if files.key else "",
        "key_pinned": files.is_pinned,
        "entries": files.head.size if files.head else 0,
        "root": files.head.root.hex() if files.head else "",
        "audience": files.audience,
        "since": files.since.size if files.since else None,
        "last_at": files.last_at,
        "authors": dict(sorted(report.authors.items())),
        "shares": {kind: f"{count}/{entries}" for kind, count in sorted(report.authors.items())},
        "enrolments": dict(sorted(report.enrolments.items())),
        "assured": {kind: f"{count}/{entries}" for kind, count in sorted(report.assured.items())},
        "rejudged": report.rejudged,
        "counted": report.counted,
        "uncounted": list(report.uncounted),
        "attested_tallies": list(files.attested_tallies),
        "withheld": list(files.withheld),
        "erased": report.erased,
        "cosigned_by": list(files.cosigned_by),
        "discrepancies": [
            {"kind": item.kind, "place": item.place, "says": item.says, "entry": item.entry}
            for item in report.discrepancies
        ],
    }


def _show(report: Report, is_pinned: bool) -> None:
    from isonomy.cli.printing import heading, say

    files = report.files
    heading(report.statement())
    if files.head is not None:
        say(f"  record    {files.head.origin}, {files.head.size} entries, root {files.head.root.hex()[:16]}...")
    if report.authors:
        total = sum(report.authors.values())
        shares = ", ".join(f"{count} {kind}" for kind, count in sorted(report.authors.items(), reverse=True))
        say(f"  authors   {shares} (of {total})")
    if report.enrolments:
        say(f"  keys      {_keys_said(report.enrolments)}")
    say(f"  verdicts  {report.rejudged} judged again, each with the same result")
    say(
        f"  counts    {report.counted} repeated"
        + (f"; ballots of {', '.join(report.uncounted)} are not here" if report.uncounted else "")
    )
    say(f"  level     {report.level}" + _why_redacted(report))
    say(f"  witnesses {', '.join(files.cosigned_by) or 'unwitnessed'}")
    for item in report.discrepancies[:SHOWN_MAX]:
        say(f"  {item.kind:<9} {item.sentence()}")
    if len(report.discrepancies) > SHOWN_MAX:
        say(f"  and {len(report.discrepancies) - SHOWN_MAX} more; --json lists them")
    if report.agrees and not is_pinned and files.key is not None:
        say(f"  pin it    --key '{files.key.text()}'", "            if that is the key you know from elsewhere")


def _keys_said(enrolments: Mapping[str, int]) -> str:
    """By whom the keys of the signed acts were enrolled, the weakest enrolment behind each telling."""
    ways = {
        "signed": "with keys that their owners enrolled",
        "attested": "with keys enrolled after a login",
        "console": "with keys enrolled by another or at the console",
    }
    return "signed " + ", ".join(f"{enrolments[kind]} {words}" for kind, words in ways.items() if enrolments.get(kind))


def _why_redacted(report: Report) -> str:
    why = []
    if report.files.withheld:
        why.append(f"withheld: {', '.join(report.files.withheld[:5])}")
    if report.files.attested_tallies:
        why.append(f"tally attested: {', '.join(report.files.attested_tallies[:5])}")
    if report.erased:
        why.append(f"erased: {report.erased}")
    return f" ({'; '.join(why)})" if why else ""


def _verify_receipt(args: argparse.Namespace, pinned: VerifierKey | None) -> int:
    from isonomy.cli.printing import print_json, say
    from isonomy.cli.reading import read_file
    from isonomy.record.entry import Entry
    from isonomy.record.receipt import RECEIPT_SIZE_MAX, open_receipt, read_receipt

    data = read_file(args.path, RECEIPT_SIZE_MAX)
    if not _is_receipt(data):
        raise BadInput("this file is not a receipt", args.path, "name an export, a folder or a receipt")
    if pinned is None:
        raise BadInput("a receipt is verified with the log's key", "--key", "give the key: --key log.vkey")
    if args.since is not None:
        raise BadInput("a receipt holds one head; growth is seen in an export", "--since", "verify an export")
    receipt = read_receipt(data, args.path)
    try:
        head, _ = open_receipt(receipt, pinned, where=args.path)
        entry = Entry.from_bytes(receipt.entry or b"", f"{args.path}: entry")
    except BadInput as fault:
        if args.json:
            print_json({"path": args.path, "agrees": False, "statement": "does not verify", "says": fault.sentence()})
        else:
            say(f"does not verify: {fault.sentence()}")
        return NOT_VERIFIED
    statement = f"entry {receipt.index} stands in the record {head.origin} of {head.size} entries"
    if args.json:
        print_json(
            {
                "path": args.path, "agrees": True, "statement": statement, "origin": head.origin,
                "entries": head.size, "index": receipt.index, "entry": entry.to_json(),
            }
        )  # fmt: skip
    else:
        from isonomy.cli.log import head_line, plain_lines

        say(statement, head_line(entry.to_json()), *plain_lines(entry.to_json()))
    return DONE
