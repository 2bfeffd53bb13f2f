"""A piece of text that knows where it stands: the line and column of each of its characters.

Lives here: cutting a passage into smaller ones without losing the place. Not here: what the text means
(`readings`).

Invariant: `passage.part(a, b).at(0) == passage.at(a)`; lines and columns count from 1, columns in
characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """Text with anchors `(offset, line, column)`, one for each line of the file that it was joined from."""

    text: str
    anchors: tuple[tuple[int, int, int], ...]

    @staticmethod
    def of_line(text: str, line: int, column: int = 1) -> Passage:
        """A passage that stands on one line."""
        return Passage(text, ((0, line, column),))

    def at(self, offset: int = 0) -> tuple[int, int]:
        """Line and column of the character at `offset`."""
        start, line, column = self.anchors[0]
        for anchor in self.anchors:
            if anchor[0] > offset:
                break
            start, line, column = anchor
        return line, column + offset - start

    @property
    def line(self) -> int:
        """The line of the first character."""
        return self.at()[0]

    @property
    def column(self) -> int:
        """The column of the first character."""
        return self.at()[1]

    def part(self, start: int, end: int) -> Passage:
        """The characters from `start` up to `end`, with their places."""
        line, column = self.at(start)
        later = [(offset - start, at, col) for offset, at, col in self.anchors if start < offset < end]
        return Passage(self.text[start:end], ((0, line, column), *later))

    def trimmed(self) -> Passage:
        """Without white space at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))

    def then(self, other: Passage) -> Passage:
        """This passage, a space, and the other one (a line that continues the line before it)."""
        shift = len(self.text) + 1
        moved = tuple((offset + shift, line, column) for offset, line, column in other.anchors)
        return Passage(f"{self.text} {other.text}", self.anchors + moved)

    def split(self, separator: str) -> list[Passage]:
        """The trimmed parts between matches of the regular expression `separator`; empty parts are kept."""
        parts, start = [], 0
        for found in re.finditer(separator, self.text):
            parts.append(self.part(start, found.start()).trimmed())
            start = found.end()
        parts.append(self.part(start, len(self.text)).trimmed())
        return parts

    def group(self, found: re.Match[str], name: str | int) -> Passage:
        """The part that a group of a match on `self.text` took."""
        return self.part(found.start(name), found.end(name))
