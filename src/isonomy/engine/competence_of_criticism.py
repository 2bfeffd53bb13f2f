"""Competence in what criticism and commissions ask bodies to decide: to criticise, to answer, to protect, to disagree, to set up.

Lives here: which bodies the blocks name for those built-in matters, and what stands on an agenda by itself. Not here: the other
matters (`competence`).

Invariant: as in `competence`: a matter follows from its own block, and nobody decides it whom no block names.
"""

from __future__ import annotations

from isonomy.engine.owed_answers import owed_by, rule_of
from isonomy.engine.state import State
from isonomy.rulebook.model import Competence, Place, Rulebook
from isonomy.rulebook.provisions.commission import COMMISSION, commission_rules
from isonomy.rulebook.provisions.criticism import ANSWERING, DISAGREEING, MAKING, PROTECTING, criticism_rules


def of_criticism(rulebook: Rulebook, matter: str) -> tuple[Competence, ...] | None:
    """The competences for a matter of criticism or commissions; None where it is none of them, or no block has it."""
    found: dict[str, Competence] = {}
    if matter == COMMISSION:
        for setting_up in commission_rules(rulebook).values():
            for body in setting_up.set_up_by:
                found.setdefault(body, Competence(body, _place(setting_up.place, "set up by")))
    for rule in criticism_rules(rulebook).values():
        named = {
            MAKING: ("by", rule.by),
            ANSWERING: ("answer within", (*rule.to, *(each.to for each in rule.escalates_to))),
            PROTECTING: ("protected panel", (rule.protected_panel,) if rule.protected_panel else ()),
            DISAGREEING: ("disagreement by", rule.disagreement_by),
        }
        key, seats = named.get(matter, ("", ()))
        for seat in seats:
            if seat in rulebook.bodies:
                found.setdefault(seat, Competence(seat, _place(rule.place, key)))
    return tuple(found.values()) or None


def _place(place: Place, key: str) -> Place:
    return Place(place.clause_of(key), place.line_of(key), place.lines, place.clauses)


def stands_by_itself(state: State, body: str, matter: str, day: str) -> str:
    """The clause by which a matter stands on a body's agenda without having been called for; "" where it does not.

    An answer that a body owes stands there from the day on which it owes it.
    """
    if matter != ANSWERING:
        return ""
    owed = owed_by(state, body, day)
    if not owed:
        return ""
    criticism, step = owed[0]
    return rule_of(state, criticism).place.clause_of(
        "answer within" if step.seat == criticism.addressee else "escalates to"
    )
