"""Word comparison: what an amendment changes in a text, word by word.

Lives here: the shortest edit between two texts, in words, and its parts for readers. Not here: markup (templates), what an
amendment is (`engine`).

Invariant: the parts that were, joined, are the old text; the parts that are, joined, the new one, to the last character. The work
is bounded: beyond `EDITS_MAX` changes the rest of a text stands as struck out and put in its place.
Source: E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986), section 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SAME, STRUCK, ADDED = "same", "struck", "added"
EDITS_MAX = 400
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that stayed the `same`, was `struck` out, or was `added`."""

    kind: str
    text: str


def compare_words(old: str, new: str) -> tuple[Part, ...]:
    """The parts by which one text becomes another, in reading order; what is struck out stands before what takes its place."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    middle = _edits(before[start : len(before) - end], after[start : len(after) - end])
    raw = [(SAME, word) for word in before[:start]]
    raw += middle
    raw += [(SAME, word) for word in before[len(before) - end :]]
    return tuple(_parts(raw))


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _edits(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """A shortest edit, word for word; where it takes more than `EDITS_MAX` changes, all of one text for all of the other."""
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for changes in range(min(len(before) + len(after), EDITS_MAX) + 1):
        trail.append(dict(reach))
        for diagonal in range(-changes, changes + 1, 2):
            down = diagonal == -changes or (
                diagonal != changes and reach.get(diagonal - 1, -1) < reach.get(diagonal + 1, -1)
            )
            x = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
            y = x - diagonal
            while x < len(before) and y < len(after) and before[x] == after[y]:
                x, y = x + 1, y + 1
            reach[diagonal] = x
            if x >= len(before) and y >= len(after):
                return _back(before, after, trail)
    return [(STRUCK, word) for word in before] + [(ADDED, word) for word in after]


def _back(before: list[str], after: list[str], trail: list[dict[int, int]]) -> list[tuple[str, str]]:
    """The edit read back from where it ended."""
    found: list[tuple[str, str]] = []
    x, y = len(before), len(after)
    for changes in range(len(trail) - 1, -1, -1):
        reach, diagonal = trail[changes], x - y
        down = diagonal == -changes or (
            diagonal != changes and reach.get(diagonal - 1, -1) < reach.get(diagonal + 1, -1)
        )
        came = diagonal + 1 if down else diagonal - 1
        from_x = reach.get(came, 0)
        from_y = from_x - came
        while x > max(from_x, 0) and y > max(from_y, 0) and x > 0 and y > 0 and before[x - 1] == after[y - 1]:
            x, y = x - 1, y - 1
            found.append((SAME, before[x]))
        if changes == 0:
            break
        if down:
            y -= 1
            found.append((ADDED, after[y]))
        else:
            x -= 1
            found.append((STRUCK, before[x]))
    return found[::-1]


def _parts(raw: Iterable[tuple[str, str]]) -> list[Part]:
    """Words of a kind as one part; a space or stop between two changes goes with them, so that a phrase is read as one."""
    found: list[Part] = []
    struck: list[str] = []
    added: list[str] = []
    between: list[str] = []

    def end_change() -> None:
        if struck:
            found.append(Part(STRUCK, "".join(struck)))
        if added:
            found.append(Part(ADDED, "".join(added)))
        struck.clear()
        added.clear()

    def end_between() -> None:
        if between:
            found.append(Part(SAME, "".join(between)))
        between.clear()

    for kind, word in raw:
        if kind == SAME:
            between.append(word)
            continue
        if between and (struck or added) and not any(piece.isalnum() for piece in between) and len(between) < 3:
            struck.extend(between)
            added.extend(between)
            between.clear()
        elif between:
            end_change()
            end_between()
        (struck if kind == STRUCK else added).append(word)
    end_change()
    end_between()
    return found


def as_marked(parts: Iterable[Part]) -> str:
    """The comparison as plain text: `[-struck out-]` and `{+added+}`."""
    marks = {SAME: ("", ""), STRUCK: ("[-", "-]"), ADDED: ("{+", "+}")}
    return "".join(f"{marks[part.kind][0]}{part.text}{marks[part.kind][1]}" for part in parts)


def narrowest(old: str, new: str) -> tuple[str, str]:
    """The one passage of a text that changes, and what it becomes; ("", "") where that is the whole text, or stands there twice.

    The passage is whole words, and as short as it can be while it stands in the old text exactly once.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    while True:
        passage = "".join(before[start : len(before) - end])
        # Places that overlap count too: the one that is replaced is the first.
        at = old.find(passage)
        if passage.strip() and old.find(passage, at + 1) < 0:
            break
        if start == 0 and end == 0:
            return "", ""
        # One word more on either side, in turn, until the place is found without doubt.
        if start and (start >= end or not end):
            start -= 1
        else:
            end -= 1
    if start == 0 and end == 0:
        return "", ""
    return passage, "".join(after[start : len(after) - end])
