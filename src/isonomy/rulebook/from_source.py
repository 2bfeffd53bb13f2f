"""From clauses and fences to blocks as written: the first line of a block, its `key: value` lines, its
pointers.

Lives here: the grammar inside a fence and in the front matter. Not here: which kinds and keys there are
(`vocabulary`) and what their values mean (`readings`).

Invariant: a line is an entry, or continues one (two spaces or more), or is a finding; none is passed over.
"""

from __future__ import annotations

import re

from isonomy.rulebook.findings import Notebook, shown
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.source import CLAUSE_ID, Fence, Source
from isonomy.rulebook.surface import Block, Entry, Pointer, Surface

VALUE_LENGTH_MAX = 2000
LINES_MAX = 200
_POINTER = re.compile(rf'(?:^|(?<=[ \t]))says:[ \t]*"([^"]*)"[ \t]*\[({CLAUSE_ID})\][ \t]*$')
_SAYS = re.compile(r"(?:^|\s)says:")
_QUOTES = str.maketrans("\u201c\u201d", '""')


def surface_of(source: Source, notes: Notebook) -> Surface:
    """The blocks and front matter of a scanned edition; what is wrong goes to `notes`."""
    front = _entries(source.front, "", notes, with_pointers=False)
    blocks = [block for fence in source.fences if (block := _block(fence, notes)) is not None]
    return Surface(tuple(front), source.front_line, source.clauses, tuple(blocks), source.sha256)


def _block(fence: Fence, notes: Notebook) -> Block | None:
    head, *flags = fence.info.split(",")
    words = re.fullmatch(r"(\S+)(?:\s+(.*))?", head.text)
    entries = _entries(fence.lines, fence.clause, notes)
    if words is None:
        cure = "write its kind and its name after ```rule, such as: ```rule body committee"
        notes.add("no-kind", "the block says no kind", fence.info, fence.clause, cure)
        return None
    kind = head.group(words, 1)
    name = head.group(words, 2).trimmed() if words.group(2) else head.part(len(head.text), len(head.text))
    return Block(fence.clause, fence.info.line, kind, name, tuple(flags), tuple(entries))


def _entries(lines: tuple[Passage, ...], clause: str, notes: Notebook, with_pointers: bool = True) -> list[Entry]:
    found: list[tuple[Passage, Passage]] = []
    broken = False
    if len(lines) > LINES_MAX:
        what = f"more than {LINES_MAX} lines in one block"
        notes.add("long-block", what, lines[LINES_MAX], clause, "say it in several blocks")
        lines = lines[:LINES_MAX]
    for line in lines:
        text = line.text
        if not text.strip():
            continue
        if text.startswith("  "):
            if not found and not broken:
                notes.add(
                    "no-entry",
                    "this line continues none",
                    line.trimmed(),
                    clause,
                    "write key: value without indent",
                )
                broken = True
            elif found and not broken:
                broken = not _continue(found, line.trimmed(), clause, notes)
            continue
        broken = True
        if text[0] in " \t":
            cure = "begin it with a key, or with two spaces if it continues the line before"
            notes.add("indent", "the line is indented by a tab or a single space", line, clause, cure)
            continue
        colon = text.find(":")
        if colon < 1 or text[colon + 1 : colon + 2] not in ("", " ", "\t"):
            what = f"'{shown(text)}' is not written as key: value"
            notes.add("no-entry", what, line.trimmed(), clause, "write a key, a colon, a space and the value")
            continue
        found.append((line.part(0, colon).trimmed(), line.part(colon + 1, len(text)).trimmed()))
        broken = False
    if not with_pointers:
        return [Entry(key, value) for key, value in found]
    return [_pointed(key, value, clause, notes) for key, value in found]


def _continue(found: list[tuple[Passage, Passage]], more: Passage, clause: str, notes: Notebook) -> bool:
    key, value = found[-1]
    if len(value.text) + len(more.text) > VALUE_LENGTH_MAX:
        what = f"the value of '{shown(key.text)}' has more than {VALUE_LENGTH_MAX} characters"
        notes.add("long-value", what, more, clause, "say it in fewer words or in a clause of its own")
        return False
    found[-1] = (key, value.then(more) if value.text else more)
    return True


def _pointed(key: Passage, value: Passage, clause: str, notes: Notebook) -> Entry:
    """The entry with its trailing ` says: "..." [8.2]` taken off; several may follow each other."""
    pointers: list[Pointer] = []
    while matched := _POINTER.search(value.text.translate(_QUOTES)):
        pointers.insert(0, Pointer(value.group(matched, 1), value.group(matched, 2)))
        value = value.part(0, matched.start()).trimmed()
    stray = _SAYS.search(value.text)
    if stray:
        at = value.part(stray.start(), len(value.text)).trimmed()
        notes.add(
            "pointer",
            "'says' is not followed by quoted words and a clause",
            at,
            clause,
            'write says: "..." [8.2]',
        )
        value = value.part(0, stray.start()).trimmed()
    return Entry(key, value, tuple(pointers))
