"""Blocks as written: kind, name, flags and lines, each with its place.

Lives here: the shapes between text and model. Not here: what a key means (`from_surface`).

Invariant: nothing written in a block is lost, and everything that is kept knows its line and column.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.rulebook.model import Clause
from isonomy.rulebook.passage import Passage


@dataclass(frozen=True, slots=True)
class Pointer:
    """`says: "..." [8.2]`: words of a clause that state the fact of this line."""

    quote: Passage
    clause: Passage


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` line (with the lines that continue it), and the words it points at."""

    key: Passage
    value: Passage
    says: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One formal block: where it stands, what it is about and what it says."""

    clause: str
    line: int
    kind: Passage
    name: Passage
    flags: tuple[Passage, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Surface:
    """An edition as written: front matter (its first line, or 0), clauses and blocks in order, digest of
    its bytes."""

    front: tuple[Entry, ...]
    front_line: int
    clauses: tuple[Clause, ...]
    blocks: tuple[Block, ...]
    sha256: str
