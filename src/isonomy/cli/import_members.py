"""`isonomy import members DIR FILE`: a list of members in CSV becomes admissions, one row at a time.

Lives here: submitting the rows and telling the fate of each. Not here: reading the list and examining its rows
(`adapters.importers.members`), submitting (`act`), who may admit (`engine`).

Invariant: every row is told its fate, by its line; a bad row does not stop the next one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from isonomy.adapters.importers.members import Row

FILE_SIZE_MAX = 200_000_000


def run(args: argparse.Namespace) -> int:
    """Imports the list, or shows what would become of it."""
    from isonomy.adapters.folder import reading
    from isonomy.adapters.importers.members import BAD, REFUSED, check_codes, examine_rows, read_rows
    from isonomy.adapters.system import SystemEntropy
    from isonomy.chamber.founding import draw_person
    from isonomy.cli.reading import organisation_folder, read_file
    from isonomy.cli.state import names_of
    from isonomy.rulebook.counted_codes import counted_codes

    data = read_file(args.source, FILE_SIZE_MAX)
    entropy = SystemEntropy()
    with reading(organisation_folder(args.folder)) as reader:
        edition = reader.state.edition_on(reader.state.today)
        known = counted_codes(reader.state.rulebook(edition.id)) if edition is not None else []
        rows = list(read_rows(data, args.source, [one.kind for one in known]))
        check_codes(rows, known)
        examine_rows(rows, reader.state, names_of(reader), lambda row: draw_person(entropy))
    _submit(args, rows)
    _show(args, rows)
    fates = {row.fate for row in rows}
    return 1 if BAD in fates else 2 if REFUSED in fates else 0


def _submit(args: argparse.Namespace, rows: list[Row]) -> None:
    """Submits the acts of all rows that have no fate yet, and gives each its own."""
    from isonomy.adapters.importers.members import acts_of_row, tell
    from isonomy.cli.submitting import opened_for

    places: list[Row] = []

    def lines() -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
        for row in rows:
            if not row.fate:
                for act in acts_of_row(row, args.decision):
                    places.append(row)
                    yield row.line, act

    with opened_for(args.folder, args.key, args.source, dry_run=args.dry_run) as work:
        for place, (_, reply) in enumerate(work.replies(lines())):
            tell(places[place], reply)
    for row in rows:
        if not row.fate:
            row.mark_bad("not sent: an act before it could not be stored", "run the import again")


def _show(args: argparse.Namespace, rows: list[Row]) -> None:
    from isonomy.adapters.importers.members import ADMITTED, BAD, REFUSED, SKIPPED
    from isonomy.cli.printing import complain, print_json, say

    for row in rows:
        if args.json:
            print_json(row.to_json())
        else:
            what = f"{'would be ' if args.dry_run and row.fate in (ADMITTED, REFUSED) else ''}{row.fate}"
            entry = f", entry {row.entry}" if row.entry is not None and not args.dry_run else ""
            says = f": {row.says}" if row.says else ""
            say(f"{row.line:>6}  {row.cells.get('name', '')[:40]}: {what}{entry}{says}")
        if row.fate == BAD:
            complain(BadInput(row.says, f"{args.source}:{row.line}", row.cure))
    if not args.json:
        told = [f"{sum(row.fate == fate for row in rows)} {fate}" for fate in (ADMITTED, SKIPPED, REFUSED, BAD)]
        say(", ".join(told) + ("; nothing was kept" if args.dry_run else ""))
