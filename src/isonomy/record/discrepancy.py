"""Discrepancies: where a published record does not agree with itself, its signatures or its past.

Lives here: the one shape in which verification reports them, and their kinds. Not here: finding them
(`examination`, `tile_trust`, `verification`); findings of the checker and breaches of the audit, which are
about rules, not bytes.

Invariant: a discrepancy names a file, the place in it where one can be told, and what it means, in words.
"""

from __future__ import annotations

from dataclasses import dataclass

MISSING = "missing"
"""A file that the signed head or the manifest asks for is not there."""

STRAY = "stray"
"""A file is there that nothing signed vouches for."""

ALTERED = "altered"
"""Bytes are not those that were signed."""

MALFORMED = "malformed"
"""Signed bytes are not in the form of the specification."""

UNSIGNED = "unsigned"
"""A signature does not fit what it stands under."""

OUT_OF_ORDER = "out of order"
"""Entries are not numbered in turn, or time runs backwards."""

FORKED = "forked"
"""The record does not continue what was signed before."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What does not agree: its kind, the place, what it means, and the entry if it concerns one."""

    kind: str
    place: str
    says: str
    entry: int | None = None

    def sentence(self) -> str:
        """Place and meaning in one line."""
        return f"{self.place}: {self.says}"
