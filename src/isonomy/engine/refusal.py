"""Verdicts: accepted with effects and clauses, or refused with grounds that name clause, facts and cure.

Lives here: the shapes of an answer. Not here: how it is found (`judgement`, `decide`, `proceedings`).

Invariant: a refusal has at least one ground, and every ground says which clause, what it says, which facts were found
and what would cure it. "No" without a reason is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isonomy.engine.shape import Json, write

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an act is refused: the clause ("" where it is the form of acts itself), its demand, the facts, the cure."""

    clause: str
    says: str
    facts: dict[str, Any]
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Irregularity:
    """What a reported act broke: the clause, its demand, the facts that show it."""

    clause: str
    says: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Untold:
    """A test that the known facts do not answer: never an irregularity."""

    clause: str
    says: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The act may be done: by which clauses, with which effects (JSON objects, see `effect`).

    `boxed` marks a secret ballot: durable in its box before the answer, and no entry of the record.
    """

    clauses: tuple[str, ...]
    effects: tuple[Json, ...]
    irregularities: tuple[Irregularity, ...] = ()
    untold: tuple[Untold, ...] = ()
    boxed: bool = False

    def to_json(self, act_id: str) -> Json:
        """The verdict as `model.md` shapes it."""
        found: dict[str, Json] = {
            "verdict": "accepted",
            "act": act_id,
            "clauses": list(self.clauses),
            "effects": list(self.effects),
            "irregularities": [write(item) for item in self.irregularities],
        }
        if self.untold:
            found["untold"] = [write(item) for item in self.untold]
        return found


@dataclass(frozen=True, slots=True)
class Refused:
    """The act may not be done, for these grounds."""

    grounds: tuple[Ground, ...]

    def to_json(self, act_id: str) -> Json:
        """The refusal as `model.md` shapes it."""
        return {
            "verdict": "refused",
            "act": act_id,
            "grounds": [{"clause": g.clause, "says": g.says, "facts": g.facts, "cure": g.cure} for g in self.grounds],
        }


Verdict = Accepted | Refused
