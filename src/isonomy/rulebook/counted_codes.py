"""Coded facts of members that an edition counts: which kinds, with which codes, in which clauses.

Lives here: finding them. Not here: counting with them (`engine.proceedings.constraining`), asking for them (clients).

Invariant: a kind that no constraint of an election names is none of them, so that nobody asks for what no clause counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.rulebook.model import Rulebook


@dataclass(frozen=True)
class CountedCode:
    """A kind of code that constraints speak of, with the codes they name and their clauses."""

    kind: str
    codes: tuple[str, ...]
    clauses: tuple[str, ...]


def counted_codes(rulebook: Rulebook) -> list[CountedCode]:
    """The kinds of codes that the constraints of elections count, in the order of the clauses."""
    codes: dict[str, dict[str, None]] = {}
    clauses: dict[str, dict[str, None]] = {}
    for procedure in rulebook.procedures.values():
        rule = procedure.election
        for one in rule.constraints if rule is not None else ():
            codes.setdefault(one.kind, {})[one.code] = None
            clauses.setdefault(one.kind, {})[procedure.place.clause_of("constraint")] = None
    return [CountedCode(kind, tuple(named), tuple(clauses[kind])) for kind, named in codes.items()]
