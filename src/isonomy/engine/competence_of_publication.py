"""Competence for sealing a text and for closing a session.

Lives here: which bodies the `publication` blocks name for those built-in matters, by which majority, and that a meeting may
close its session without notice of that question. Not here: the other matters (`competence`).

Invariant: as in `competence`: a matter whose block the rulebook does not have belongs to nobody.
"""

from __future__ import annotations

from isonomy.rulebook.model import Competence, Place, Procedure, Rulebook
from isonomy.rulebook.provisions.publication import CLOSING_DOORS, SEALING, SESSIONS, publication_rules, rule_on


def of_publication(rulebook: Rulebook, matter: str) -> tuple[Competence, ...] | None:
    """The competences for a matter of publication; None where it is none of them, or no block has it."""
    found: dict[str, Competence] = {}
    for rule in publication_rules(rulebook).values():
        if matter == SEALING:
            for body in rule.sealed_by:
                found.setdefault(body, Competence(body, _at(rule.place, "sealed by")))
        elif matter == CLOSING_DOORS and rule.closed_by:
            place, majority = _at(rule.place, "closed by"), rule.closed_majority
            procedure = Procedure("decision", "", place, rule.closed_by, (matter,), majority=majority)
            found.setdefault(rule.closed_by, Competence(rule.closed_by, place, procedure if majority else None))
    return tuple(found.values()) or None


def _at(place: Place, key: str) -> Place:
    return Place(place.clause_of(key), place.line_of(key), place.lines, place.clauses)


def asks_no_notice(rulebook: Rulebook, body: str, matter: str) -> str:
    """The clause by which a meeting may decide to close its session though that stood on no notice; "" where none lets it.

    What the session is about needs its notice all the same.
    """
    rule = rule_on(rulebook, SESSIONS, body, "closed by") if matter == CLOSING_DOORS else None
    return rule.place.clause_of("closed by") if rule is not None else ""
