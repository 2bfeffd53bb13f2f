"""Competence that follows from `emergency` and `delegation` blocks: which body declares, renews, ends, approves, hands over.

Lives here: those competences. Not here: the others (`competence`), from where this is asked.

Invariant: the supreme body ends any emergency, whatever the block says.
"""

from __future__ import annotations

from isonomy.rulebook.model import Competence, Place, Rulebook
from isonomy.rulebook.provisions.delegation import HANDING, REVOKING, delegation_rules
from isonomy.rulebook.provisions.emergency import DECLARING, ENDING, RENEWING, REPORTING, EmergencyRule, emergency_rules

OF_EMERGENCY = (DECLARING, RENEWING, ENDING, REPORTING)


def competence_of_powers(rulebook: Rulebook, matter: str) -> tuple[Competence, ...] | None:
    """The competences that the blocks give for one of these matters; None where the matter is none of them, or no block is."""
    if matter in (HANDING, REVOKING):
        return _of_delegation(rulebook)
    rules = emergency_rules(rulebook)
    if matter not in OF_EMERGENCY or not rules:
        return None
    found = [Competence(seat, place) for rule in rules.values() for seat, place in _seats(rulebook, rule, matter)]
    unique: dict[str, Competence] = {}
    for competence in found:
        if competence.seat in rulebook.bodies:
            unique.setdefault(competence.seat, competence)
    return tuple(unique.values())


def _of_delegation(rulebook: Rulebook) -> tuple[Competence, ...] | None:
    """The bodies that hand over, and those that may hand on what was handed to them."""
    found: dict[str, Competence] = {}
    for rule in delegation_rules(rulebook).values():
        for seat in (rule.by, *(rule.to if rule.further else ())):
            if seat in rulebook.bodies:
                found.setdefault(seat, Competence(seat, rule.place))
    return tuple(found.values()) or None


def _seats(rulebook: Rulebook, rule: EmergencyRule, matter: str) -> list[tuple[str, Place]]:
    if matter == DECLARING:
        return [(seat, rule.place) for seat in rule.declared_by]
    if matter == RENEWING:
        return [(rule.renewed_by, rule.place)] if rule.renewed_by else []
    if matter == REPORTING:
        return [(rule.report.to, rule.place)] if rule.report is not None else []
    return [(seat, rule.place) for seat in enders(rulebook, rule)]


def enders(rulebook: Rulebook, rule: EmergencyRule) -> tuple[str, ...]:
    """Who may end an emergency at once: the supreme body, those whom the block names, and those who may declare it."""
    supreme = (rulebook.supreme.name,) if rulebook.supreme is not None else ()
    return tuple(dict.fromkeys((*supreme, *rule.ended_by, *rule.declared_by)))
