"""`isonomy backup DIR FILE`: all of an organisation but its signer, in one file, while its appender runs.

Lives here: the option and what is said. Not here: copying and proving (`adapters.backups`).

Invariant: the file is there whole or not at all, and holds what the log signed.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from isonomy.adapters.backups import Kept

EXAMPLE = """example:
  isonomy backup branch /mnt/elsewhere/branch-2027-03-05.tar
  isonomy restore /mnt/elsewhere/branch-2027-03-05.tar branch-again

The signer (DIR/signer) is never in it: copy that folder to another place, where this file is not.
"""


def register(subparsers: Any) -> None:
    """Adds the verb `backup` to the command line."""
    parser = subparsers.add_parser(
        "backup",
        help="write all but the signer into one file, beside the appender",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("file", metavar="FILE", help="the backup, a new file outside DIR")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the backup."""
    from pathlib import Path

    from isonomy.adapters.backups import back_up
    from isonomy.adapters.system import SystemClock
    from isonomy.cli.printing import print_json, say
    from isonomy.cli.reading import organisation_folder

    folder = organisation_folder(args.folder)
    kept = back_up(folder, Path(args.file), SystemClock())
    _note(folder, kept)
    if args.json:
        print_json({"file": args.file, **facts(kept)})
        return 0
    say(f"{args.file}: {(kept.size + 1023) // 1024:,} KiB in {kept.files} files, made {kept.made_at}", *lines(kept))
    for poll in kept.left_out:
        say(
            f"  left out  the box of {poll}, which is open: two copies of an open box would tell who cast which ballot.",
            "            Should this folder be lost before the poll is closed, its members cast their ballots again.",
        )
    say("  left out  the signer: copy DIR/signer to another place than this file")
    return 0


def _note(folder: Path, kept: Kept) -> None:
    """Tells the pages, where there are any, that a backup was made: their first steps and their health ask for one."""
    from isonomy.cli.site import need_web, open_site
    from isonomy.kernel.bad_input import BadInput

    if not (folder / "site.sqlite").exists():
        return
    try:
        need_web("backup")
    except BadInput:
        return
    open_site(folder)

    from isonomy.web.accounts.first import CONSOLE
    from isonomy.web.operators.models import BackupMade

    BackupMade.objects.create(entries=kept.entries, size=kept.size, by=CONSOLE)


def facts(kept: Kept) -> dict[str, Any]:
    """What a backup holds as data; keys are only ever added."""
    from isonomy.record.base64_text import to_base64

    return {
        "origin": kept.origin, "entries": kept.entries, "root": to_base64(kept.root), "made_at": kept.made_at,
        "files": kept.files, "bytes": kept.size, "values": kept.values, "documents": kept.documents,
        "boxes": list(kept.boxes), "left_out": list(kept.left_out), "site": kept.has_site,
    }  # fmt: skip


def lines(kept: Kept) -> list[str]:
    """What a backup holds, for people."""
    boxes = f"{len(kept.boxes)} closed boxes" if len(kept.boxes) != 1 else "1 closed box"
    site = ", the accounts of the pages" if kept.has_site else ""
    return [
        f"  record    {kept.origin}, {kept.entries} entries",
        f"  beside    {kept.values} personal values, {kept.documents} documents, {boxes}{site}",
    ]
