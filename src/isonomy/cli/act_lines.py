"""Files of acts: one JSON object a line, read one after the other.

Lives here: finding the lines, whatever the bytes are. Not here: what an act is (`engine`), completing and
signing it (`completing`).

Invariant: any bytes give, for each line that is not empty, a JSON object or a `BadInput` with its number; a
line that is wrong does not hide the next one, and no line is held in memory beyond its greatest length.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from isonomy.cli.reading import open_file
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import parse_json

LINE_SIZE_MAX = 2_000_000
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MARK = b"\xef\xbb\xbf"


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """The file of that name, or standard input for `-`; raises `BadInput` when it cannot be read."""
    if name == "-":
        yield sys.stdin.buffer
        return
    with open_file(name) as stream:
        yield stream


def lines_of(stream: IO[bytes], name: str) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    """The number of each line that is not empty, from 1, and its JSON object or what is wrong with it.

    Raises `BadInput` where the whole file is of another kind: UTF-16, or one JSON list.
    """
    number = 0
    while True:
        line = stream.readline(LINE_SIZE_MAX + 1)
        if not line:
            return
        number += 1
        where = f"{name}:{number}"
        if number == 1:
            line = _first(line, name)
        if len(line) > LINE_SIZE_MAX and not line.endswith(b"\n"):
            _skip(stream)
            cure = "put long texts beside the record, or lodge a rulebook in parts"
            yield number, BadInput(f"the line has more than {LINE_SIZE_MAX:,} bytes", where, cure)
        elif line.strip():
            yield number, _read(line, where)


def _first(line: bytes, name: str) -> bytes:
    if line.startswith(_WIDE_MARKS):
        raise BadInput("this is UTF-16 text", name, "save the file as UTF-8")
    line = line.removeprefix(_MARK)
    if line.lstrip().startswith(b"["):
        raise BadInput(
            "this is a JSON list", f"{name}:1", "write one act a line, without brackets and commas around them"
        )
    return line


def _skip(stream: IO[bytes]) -> None:
    while True:
        rest = stream.readline(LINE_SIZE_MAX)
        if not rest or rest.endswith(b"\n"):
            return


def _read(line: bytes, where: str) -> dict[str, Any] | BadInput:
    try:
        found = parse_json(line.strip())
    except BadInput as fault:
        if fault.what.startswith("not JSON") and line.startswith(b"{") and not line.endswith((b"\n", b"}")):
            return BadInput("the last line breaks off", where, "write the rest of it; the lines before were read")
        what = fault.what if not fault.where else f"{fault.what} ({fault.where.replace('line 1, ', '')})"
        return BadInput(what, where, fault.cure or "write one act as one JSON object on one line")
    except ValueError as fault:
        return BadInput(f"not JSON: {fault}", where, "write one act as one JSON object on one line")
    if not isinstance(found, dict):
        return BadInput("an act is a JSON object", where, 'write {"act": ..., ...} on one line')
    return found
