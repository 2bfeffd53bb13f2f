"""What the checker hands back: findings with their clauses and traces, and the report that holds them.

Lives here: the shapes and their JSON. Not here: the catalogue (`catalogue`), who finds what (`properties`), the words of pages.

Invariant: the JSON is that of the contract (`docs/spec/checking.md`); keys are only added. A report says how far was looked
(`decided`) in one of four ways and has no word for "safe".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from isonomy.checker.catalogue import CATALOGUE, SEVERITIES, is_at_least
from isonomy.checker.moves import Move, Seating
from isonomy.rulebook.model import Place

CAPTURED = "captured"
MUTED = "muted"
ENTRENCHED = "entrenched"
PASSIVE = "captured while others are passive"
REPELLED = "repelled"
VERDICTS = (CAPTURED, MUTED, ENTRENCHED, PASSIVE, REPELLED)
"""Worst first."""

EXHAUSTED = "exhausted within the stated abstraction"
PROVED = "proved for all times"
NOT_DECIDED = "not decided"


def exhausted_up_to(rounds: int) -> str:
    """How far a search in time went: `exhausted up to 24 rounds`."""
    return f"exhausted up to {rounds} rounds"


@dataclass(frozen=True, slots=True, order=True)
class Cited:
    """A clause and the line of the block or key that a finding rests on."""

    id: str
    line: int

    def to_json(self) -> dict[str, Any]:
        """As in the contract."""
        return {"id": self.id, "line": self.line}


def cited(place: Place, key: str = "") -> Cited:
    """The clause and line of a block, or of one key of it."""
    return Cited(place.clause_of(key), place.line_of(key)) if key else Cited(place.clause, place.line)


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered act of a trace: which act, by whom, under which clause, in words, and the move behind it."""

    act: str
    by: str
    clause: str
    text: str
    move: Move | None = None

    def to_json(self) -> dict[str, Any]:
        """As in the contract, with the move as a machine reads it."""
        told: dict[str, Any] = {"act": self.act, "by": self.by, "clause": self.clause, "text": self.text}
        if self.move is not None:
            told["move"] = self.move.to_json()
        return told


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of doing a trace with named persons: how many acts the engine accepted, in how many days, and what it refused
    (`problem`), or which moves are told and not replayed; both "" where the whole trace was lawful."""

    acts: int
    days: int
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """As in the specification."""
        return {"acts": self.acts, "days": self.days, "problem": self.problem}

    def sentence(self) -> str:
        """What came of it, in words."""
        if self.problem:
            return f"not done by the engine to its end: {self.problem}"
        return f"the engine accepted each of its {self.acts} acts, done by named persons within {self.days} days"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: what, how heavy, on which clauses, with evidence, trace and the smallest change that removes it.

    `persons` is the least number of the coalition's core, `rounds` how many rounds it needs, each where it was counted.
    `seating` is who holds what at the start of the trace, for whoever replays it.
    """

    id: str
    severity: str
    title: str
    evidence: str
    clauses: tuple[Cited, ...] = ()
    trace: tuple[Step, ...] = ()
    persons: int | None = None
    rounds: int | None = None
    assumptions: tuple[str, ...] = ()
    fix: str = ""
    seating: Seating | None = None
    replayed: Replay | None = None
    closing: tuple[tuple[str, ...], ...] = ()
    """The smallest sets of changes that close the door, each a tuple of edits in words."""

    def to_json(self) -> dict[str, Any]:
        """As in the contract."""
        return {
            "id": self.id, "severity": self.severity, "clauses": [each.to_json() for each in self.clauses],
            "title": self.title, "evidence": self.evidence, "trace": [step.to_json() for step in self.trace],
            "persons": self.persons, "rounds": self.rounds, "assumptions": list(self.assumptions), "fix": self.fix,
            "closing": [list(changes) for changes in self.closing],
            "seating": self.seating.to_json() if self.seating is not None else None,
            "replay": self.replayed.to_json() if self.replayed is not None else None,
        }  # fmt: skip


def finding(
    id: str,
    evidence: str,
    *clauses: Cited,
    fix: str,
    severity: str = "",
    title: str = "",
    trace: Iterable[Step] = (),
    persons: int | None = None,
    rounds: int | None = None,
    assumptions: Iterable[str] = (),
    seating: Seating | None = None,
    closing: Iterable[tuple[str, ...]] = (),
) -> Finding:
    """A finding of the catalogue: title and severity are the catalogue's unless given."""
    kind = CATALOGUE[id]
    return Finding(
        id, severity or kind.severity, title or kind.title, evidence, tuple(dict.fromkeys(clauses)), tuple(trace), persons,
        rounds, tuple(assumptions), fix, seating, closing=tuple(closing),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Front:
    """How few persons suffice in how many rounds, under one loyalty and one quantifier: pairs, fewest persons first."""

    loyalty: str
    others: str
    pairs: tuple[tuple[int, int], ...]

    def to_json(self) -> dict[str, Any]:
        """One row."""
        return {
            "loyalty": self.loyalty, "others": self.others,
            "front": [{"persons": persons, "rounds": rounds} for persons, rounds in self.pairs],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: the verdict, how far was looked, the findings worst first, the front, what was assumed."""

    rulebook: str
    edition: str
    verdict: str
    decided: str
    findings: tuple[Finding, ...]
    fragment: str = ""
    fronts: tuple[Front, ...] = ()
    assumptions: tuple[str, ...] = ()
    not_looked_at: tuple[str, ...] = ()
    undecided: tuple[str, ...] = field(default=())
    """Findings of the catalogue that were not decided, with the reason."""

    def at_least(self, severity: str) -> tuple[Finding, ...]:
        """The findings that reach a severity."""
        return tuple(found for found in self.findings if is_at_least(found.severity, severity))

    def of(self, id: str) -> tuple[Finding, ...]:
        """The findings of one row of the catalogue."""
        return tuple(found for found in self.findings if found.id == id)

    def to_json(self) -> dict[str, Any]:
        """As in the contract."""
        return {
            "rulebook": self.rulebook, "edition": self.edition, "verdict": self.verdict, "decided": self.decided,
            "findings": [found.to_json() for found in self.findings], "fragment": self.fragment,
            "fronts": [front.to_json() for front in self.fronts], "assumptions": list(self.assumptions),
            "not_looked_at": list(self.not_looked_at), "undecided": list(self.undecided),
        }  # fmt: skip


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by severity, then id, then the first line they rest on."""
    return tuple(
        sorted(
            findings, key=lambda found: (SEVERITIES.index(found.severity), found.id, found.clauses[:1], found.evidence)
        )
    )
