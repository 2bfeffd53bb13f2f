"""Reading what a verb was given: a file, whole and of a bounded size, or the folder of an organisation.

Lives here: words for every way in which that can fail. Not here: what the bytes mean.

Invariant: whatever stands under the name, the answer is bytes or a `BadInput`; no more than the bound is held.
"""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING

from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from pathlib import Path


def open_file(name: str) -> IO[bytes]:
    """A file opened for reading; the caller closes it. Raises `BadInput` when it cannot be opened."""
    shown = name[:200]
    try:
        return open(name, "rb")
    except FileNotFoundError as fault:
        raise BadInput("there is no such file", shown, "check the name; - reads standard input") from fault
    except IsADirectoryError as fault:
        raise BadInput("this is a folder, not a file", shown, "name a file") from fault
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or fault
        raise BadInput(f"the file cannot be read: {why}", shown, "check what it is and who may read it") from fault


def read_file(name: str, size_max: int) -> bytes:
    """The bytes of a file, or of standard input for `-`; raises `BadInput` when it cannot be read or is larger."""
    if name == "-":
        data = sys.stdin.buffer.read(size_max + 1)
    else:
        with open_file(name) as stream:
            data = stream.read(size_max + 1)
    if len(data) > size_max:
        raise BadInput(f"the file has more than {size_max:,} bytes", name[:200], "check that it is the right file")
    return data


def organisation_folder(given: str) -> Path:
    """The folder of an organisation that is there; raises `BadInput` for any other path."""
    from pathlib import Path

    if not given or "\0" in given:
        raise BadInput("no folder is named", "DIR", "name the folder of an organisation")
    folder = Path(given)
    if not folder.exists():
        raise BadInput("there is no such folder", given, f"check the name, or found one: isonomy new {given}")
    if not folder.is_dir():
        raise BadInput("this is a file, not the folder of an organisation", given, "name the folder")
    if not (folder / "record.sqlite").exists():
        raise BadInput("there is no organisation in this folder", given, "isonomy new DIR founds one in a new folder")
    return folder


def whole_number(text: str, where: str, largest: int = 2**53 - 1) -> int:
    """A whole number from 0 that was given as a word; raises `BadInput`."""
    if not text.isascii() or not text.isdigit() or len(text) > 16 or int(text) > largest:
        raise BadInput(f"'{text[:40]}' is not a whole number", where, "write digits only, from 0")
    return int(text)
