"""The stage of the demonstrations: where they put their files and how they print.

Lives here: headings, lines and the folder for files. Not here: what is shown.
"""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

OUT = Path(__file__).parent / "out"
WIDTH = 100


def fresh(name: str) -> Path:
    """An empty place for the files of one demonstration; what an earlier run left there is removed."""
    place = OUT / name
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def heading(text: str) -> None:
    """A heading between two empty lines."""
    print(f"\n{text}\n{'=' * len(text)}\n", flush=True)


def scene(text: str) -> None:
    """A heading of the second order."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def say(label: str, text: str) -> None:
    """A labelled line, wrapped under its label."""
    head = f"  {label:<12}"
    print(textwrap.fill(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head)), flush=True)
