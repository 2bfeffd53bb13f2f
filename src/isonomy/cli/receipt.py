"""`isonomy receipt DIR ENTRY`: the proof that one entry stands in the record, to be kept by whoever it concerns.

Lives here: finding the entry and printing its receipt. Not here: the proof (`chamber.receipts`), its form
(`record.receipt`).

Invariant: the receipt is under the last head that the log signed; what is printed verifies with the log's key
alone.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from isonomy.chamber.reader import Reader

EXAMPLE = """example:
  isonomy receipt branch 42 > 42.tlog-proof
  isonomy receipt branch 5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c     (by the id of the act)
  isonomy verify 42.tlog-proof --key log.vkey
"""


def register(subparsers: Any) -> None:
    """Adds the verb `receipt` to the command line."""
    parser = subparsers.add_parser(
        "receipt",
        help="the proof that one entry stands in the record",
        description=__doc__.split("\n\n")[0],
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", metavar="DIR", help="the folder of the organisation")
    parser.add_argument("entry", metavar="ENTRY", help="the entry's number, or the id of its act")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the receipt (C2SP tlog-proof)."""
    from isonomy.adapters.folder import reading
    from isonomy.chamber.receipts import receipt_of
    from isonomy.cli.reading import organisation_folder

    with reading(organisation_folder(args.folder)) as reader:
        if reader.contradiction is not None:
            raise reader.contradiction
        receipt = receipt_of(reader.stores, _number(reader, args.entry))
    sys.stdout.flush()
    sys.stdout.buffer.write(receipt.to_bytes())
    return 0


def _number(reader: Reader, given: str) -> int:
    from isonomy.cli.reading import whole_number
    from isonomy.kernel.ids import is_act_id

    if is_act_id(given):
        found = reader.state.acts.get(given)
        if found is None:
            raise BadInput(
                "no entry has an act of this id", "ENTRY", "a refused act and a secret ballot are no entries"
            )
        return found
    number = whole_number(given, "ENTRY")
    if number >= reader.size:
        raise BadInput(f"there is no entry {number}", "ENTRY", f"entries run from 0 to {reader.size - 1}")
    return number
