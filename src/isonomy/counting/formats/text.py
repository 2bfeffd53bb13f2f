"""Bytes to numbered lines, with limits.

Lives here: decoding, splitting into lines, the limits every format keeps, CSV cells. Not here: any format.

Invariant: reading is linear in the size of the input; a line number is the one an editor shows; a line or
number beyond its limit is `BadInput`, never an exhausted machine.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from isonomy.kernel.bad_input import BadInput

LINE_LENGTH_MAX = 100_000
OPTION_COUNT_MAX = 1_000
WEIGHT_MAX = 10**12
_LINE_END = re.compile(r"\r\n|\n|\r")


def decoded(data: bytes) -> str:
    """The text of a ballot file: UTF-8 with or without byte-order mark, UTF-16 with one, else Windows-1252 or, where
    bytes have no meaning there, Latin-1."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as fault:
            raise BadInput("the file begins as UTF-16 and is not", "line 1", "save it as UTF-8") from fault
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    if "\x00" in text:
        raise BadInput(
            "the file holds zero bytes; it is not a text of ballots",
            f"line {text[: text.index(chr(0))].count(chr(10)) + 1}",
        )
    return text


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number from 1; raises `BadInput` for a line beyond `LINE_LENGTH_MAX` characters."""
    start, number = 0, 0
    for found in _LINE_END.finditer(text):
        number += 1
        yield number, _limited(text[start : found.start()], number)
        start = found.end()
    if start < len(text):
        yield number + 1, _limited(text[start:], number + 1)


def _limited(line: str, number: int) -> str:
    if len(line) > LINE_LENGTH_MAX:
        raise BadInput(
            f"a line of {len(line)} characters",
            f"line {number}",
            f"at most {LINE_LENGTH_MAX} are read; is this a ballot file?",
        )
    return line


def check_option_count(count: int, where: str) -> None:
    """Raises `BadInput` when a file names no option or more than `OPTION_COUNT_MAX`."""
    if count < 1:
        raise BadInput("the file names no options", where, "check that the file is complete")
    if count > OPTION_COUNT_MAX:
        raise BadInput(f"{count} options", where, f"at most {OPTION_COUNT_MAX} are read")


def whole_number(text: str, what: str, where: str, least: int = 0, most: int = WEIGHT_MAX) -> int:
    """A whole number within bounds; raises `BadInput` for anything else."""
    text = text.strip()
    digits = text[1:] if text.startswith("-") else text
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise BadInput(f"'{shortened(text)}' is not a whole number ({what})", where, "write digits only")
    value = int(text)
    if not least <= value <= most:
        raise BadInput(f"{what} is {value}", where, f"it must be from {least} to {most}")
    return value


def shortened(text: str, length: int = 40) -> str:
    """A text cut for a message."""
    return text if len(text) <= length else f"{text[:length]}..."


def csv_cells(line: str, where: str, between: str = ",") -> list[str]:
    """The cells of one line of CSV, quoted or not; raises `BadInput` for a broken quotation."""
    if '"' not in line:
        return line.split(between)
    import csv

    try:
        rows = list(csv.reader([line], strict=True, delimiter=between))
    except csv.Error as fault:
        raise BadInput(f"not a line of CSV: {fault}", where, "close every quotation mark") from fault
    return rows[0] if rows else []


_BLOCK = 1 << 16


def distinct_lines(data: bytes, start: int, end: int) -> tuple[list[bytes], list[int]]:
    """Each distinct line of a part of a file and how often it stands, in the order of first appearance.

    Taken in blocks, so that only distinct lines stay in memory (grouping by arrays was measured and is no faster).
    """
    counts: Counter[bytes] = Counter()
    while start < end:
        stop = min(start + _BLOCK, end)
        if stop < end:
            stop = data.find(b"\n", stop, end) + 1 or end
        counts.update(data[start : stop - 1 if data[stop - 1] == 10 else stop].split(b"\n"))
        start = stop
    return list(counts), list(counts.values())


def number_rows(body: bytes, between: bytes, ends: bytes) -> list[list[int]] | None:
    """Lines of whole numbers, `between` apart and each ended by `ends`, as rows; None when anything else occurs.

    The caller reads the lines one by one then, to say which is wrong.
    """
    body = body.removesuffix(ends)
    if not body:
        return []
    if body.translate(None, b"0123456789\n" + between):
        return None
    # Digits and separators alone: the JSON reader makes lists of whole numbers of them, or refuses.
    inner = body.replace(ends, b"],[")
    if between != b",":
        inner = inner.replace(between, b",")
    try:
        rows: list[list[int]] = json.loads(f"[[{inner.decode('ascii')}]]")
    except ValueError:
        return None
    return rows
