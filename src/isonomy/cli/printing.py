"""Printing: how every verb speaks to people and to programs.

Lives here: complaints, JSON lines, and tables that are drawn on a terminal and aligned in a pipe. Not here:
what is said (each verb).

Invariant: what goes through a pipe is plain text that depends on nothing but the data; colour and frames are
for a terminal alone, and only then is `rich` opened.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from isonomy.kernel.bad_input import BadInput

CELL_WIDTH_MAX = 72


def complain(fault: BadInput) -> None:
    """What happened with its place, and the cure, in two lines on standard error."""
    place = f"{fault.where}: " if fault.where else ""
    print(f"isonomy: {place}{fault.what}", file=sys.stderr)
    if fault.cure:
        print(f"  {fault.cure}", file=sys.stderr)


def warn(contradiction: BadInput | None) -> int:
    """The status of a verb that shows a record: 2, with words, where the record is not what its log signed."""
    if contradiction is None:
        return 0
    complain(contradiction)
    return 2


def print_json(value: Any) -> None:
    """One JSON value on one line, given out at once."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def say(*lines: str) -> None:
    """Lines for people."""
    for line in lines:
        print(line)


def paragraph(text: str, indent: str) -> list[str]:
    """A text behind an indent: in lines of the terminal's width there, on one line in a pipe."""
    if not sys.stdout.isatty():
        return [indent + text]
    import shutil
    import textwrap

    width = max(40, shutil.get_terminal_size().columns)
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def heading(text: str) -> None:
    """A line that begins a part: strong on a terminal."""
    print(f"\033[1m{text}\033[0m" if _is_drawn() else text)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[str] = ()) -> None:
    """A table; the columns in `right` stand to the right. Nothing is printed where there is no row."""
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        return
    if _is_drawn():
        _draw(columns, cells, right)
        return
    widths = [
        min(CELL_WIDTH_MAX, max(len(row[place]) for row in (list(columns), *cells))) for place in range(len(columns))
    ]
    for row in (list(columns), *cells):
        shown = [
            cell.rjust(width) if name in right else cell.ljust(width)
            for cell, width, name in zip(row, widths, columns, strict=True)
        ]
        print("  ".join(shown).rstrip())


def _is_drawn() -> bool:
    import os

    return sys.stdout.isatty() and os.environ.get("TERM", "") != "dumb" and not os.environ.get("NO_COLOR")


def _draw(columns: Sequence[str], cells: list[list[str]], right: Sequence[str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(name, justify="right" if name in right else "left", overflow="fold")
    for row in cells:
        table.add_row(*(escape(cell) for cell in row))
    Console(highlight=False).print(table)
