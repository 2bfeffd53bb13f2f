"""What is noted about other entries: slips that were mended, and reports of what was done outside.

Lives here: those two shapes of the state. Not here: the acts that make them (`proceedings.corrections`, `proceedings.reports`).

Invariant: a note names the entry or act it is about and changes nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Correction:
    """A slip mended: which entry, which field of which thing, from what to what, and why."""

    id: str
    entry: int
    thing: str
    key: str
    was: Any
    now: Any
    why: str


@dataclass(slots=True)
class ReportNote:
    """A report: its entry, the act told, when it happened, how certain, and whether it has effect yet."""

    id: str
    act: str
    earliest: str
    latest: str
    source: str
    certainty: str
    standing: str
    told: Any = None
    ratify_by: str = ""
    under: str = ""
    attests: list[str] = field(default_factory=list)
