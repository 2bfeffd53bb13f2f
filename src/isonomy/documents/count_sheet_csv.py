"""The table of a count as CSV: one row a candidate, one column a stage, and the party where the ballots name parties.

Lives here: writing the tables of a result as CSV (RFC 4180). Not here: which tables there are (`count_tables`),
formulas and characters that are not printed (`printable`).

Invariant: figures stand as the rule's arithmetic shows them; a name never starts a formula.
"""

from __future__ import annotations

import csv
import io

from isonomy.counting.trace import Result
from isonomy.documents.count_tables import tables
from isonomy.documents.printable import csv_text


def count_sheet_csv(result: Result) -> str:
    """The first table of the result as CSV with a head: the stage table, the matrix, or the figures of the options."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    found = tables(result, stages_a_table=0)
    for table in found[:1]:
        party = ["Party"] if table.beside else []
        writer.writerow([csv_text(cell) for cell in (table.corner, *party, *table.columns)])
        for place, (head, cells) in enumerate((*table.rows, *table.sums)):
            beside = [*table.beside, *[""] * len(table.sums)][place : place + 1] if party else []
            writer.writerow([csv_text(cell) for cell in (head, *beside, *cells)])
    return written.getvalue()
