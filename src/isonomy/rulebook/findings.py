"""Findings of the lint and what an examination hands back.

Lives here: the shape of a finding, its sentence, and `Misreading`, which a reader of values raises. Not
here: any check.

Invariant: every finding has a severity, a line and a column from 1, and words that a member can act on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.passage import Passage

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)
SHOWN_LENGTH_MAX = 60


class Misreading(Exception):
    """A value that is not in the form its key asks for; caught by the reader of the block, never by a
    caller outside."""

    def __init__(self, id: str, what: str, passage: Passage, cure: str = "") -> None:
        super().__init__(what)
        self.id, self.what, self.passage, self.cure = id, what, passage, cure


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the examination found, with its place in the edition's file."""

    id: str
    severity: str
    what: str
    line: int
    column: int = 1
    clause: str = ""
    cure: str = ""

    def where(self, name: str) -> str:
        """`rules.md:31, clause 4`."""
        return f"{name}:{self.line}, clause {self.clause}" if self.clause else f"{name}:{self.line}"

    def sentence(self, name: str) -> str:
        """Place, what was found and the cure in one line."""
        return self.as_bad_input(name).sentence()

    def as_bad_input(self, name: str) -> BadInput:
        """The same words as the exception that bad input raises."""
        return BadInput(self.what, self.where(name), self.cure)


@dataclass(frozen=True, slots=True)
class Examination:
    """What examining an edition gave: its name, the rulebook where it could be read whole, and all findings in
    the order of lines."""

    name: str
    rulebook: Rulebook | None
    findings: tuple[Finding, ...]

    def of_severity(self, severity: str) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(found for found in self.findings if found.severity == severity)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep an edition from being adopted."""
        return self.of_severity(ERROR)

    def sentences(self) -> list[str]:
        """Every finding in one line, as `rulebook lint` prints it."""
        return [f"{found.severity}: {found.sentence(self.name)}" for found in self.findings]


def shown(text: str) -> str:
    """A text as a message quotes it: one line, printable, at most 60 characters."""
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))
    return plain if len(plain) <= SHOWN_LENGTH_MAX else plain[: SHOWN_LENGTH_MAX - 3] + "..."


class Enough(Exception):
    """The notebook is full: whatever is wrong, a person reads no further."""


@dataclass(slots=True)
class Notebook:
    """Collects findings while an edition is read; stops the reading when there are more than a person would
    read."""

    findings: list[Finding] = field(default_factory=list)

    FINDINGS_MAX = 100

    def add(
        self, id: str, what: str, at: Passage | int, clause: str = "", cure: str = "", severity: str = ERROR
    ) -> None:
        """Writes a finding down; raises `Enough` after the hundredth error or warning."""
        line, column = (at, 1) if isinstance(at, int) else at.at()
        self.findings.append(Finding(id, severity, what, line, column, clause, cure))
        if severity != NOTE and sum(found.severity != NOTE for found in self.findings) >= self.FINDINGS_MAX:
            raise Enough

    def misread(self, fault: Misreading, clause: str) -> None:
        """Writes down what a reader of values raised."""
        self.add(fault.id, fault.what, fault.passage, clause, fault.cure)

    def in_order(self) -> tuple[Finding, ...]:
        """The findings by line and column, the same words said once a place."""
        ordered = sorted(dict.fromkeys(self.findings), key=lambda found: (found.line, found.column))
        return tuple(ordered)
