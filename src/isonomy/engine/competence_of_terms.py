"""Competence for the matters of instructions, conditions, targets, money, bodies that have ceased to act, and calls instead.

Lives here: which bodies decide on these matters, from their blocks. Not here: all other matters (`competence`).

Invariant: a body has such a matter where a block gives it to that body, and nowhere else.
"""

from __future__ import annotations

from isonomy.rulebook.model import MEMBERS, Competence, Place, Rulebook
from isonomy.rulebook.provisions.condition import REVIEW, condition_rules
from isonomy.rulebook.provisions.dormancy import ENDING, dormancy_rules
from isonomy.rulebook.provisions.finance import ACQUITTAL, BUDGET, PAYMENT, SHIFT, finance_rule
from isonomy.rulebook.provisions.instruction import DISCHARGE, INSTRUCTION, rules_of
from isonomy.rulebook.provisions.subscription import AMOUNT, STANDING, WAIVER, subscription_rule
from isonomy.rulebook.provisions.target import TARGET, target_rules


def about_terms(rulebook: Rulebook, matter: str) -> tuple[Competence, ...] | None:
    """The competences for one of these matters; None where the rulebook has no block of it, or it is another matter."""
    named: list[tuple[str, Place]] = []
    if matter in (INSTRUCTION, DISCHARGE):
        named = [(body, rule.place) for rule in rules_of(rulebook).values() for body in rule.by]
    elif matter == REVIEW:
        for condition in condition_rules(rulebook).values():
            bodies = (condition.reviewed_by,) if condition.reviewed_by else condition.on_decisions_of
            named += [(body, condition.place) for body in bodies]
    elif matter == TARGET:
        named = [(target.set_by, target.place) for target in target_rules(rulebook).values()]
    elif matter == ENDING:
        named = [(dormancy.decided_by, dormancy.place) for dormancy in dormancy_rules(rulebook).values()]
    elif matter in (BUDGET, SHIFT, PAYMENT, ACQUITTAL) and (finance := finance_rule(rulebook)) is not None:
        named = [
            ({PAYMENT: finance.above_by, ACQUITTAL: finance.accounts_to}.get(matter, finance.budget_by), finance.place)
        ]
    elif matter in (AMOUNT, STANDING, WAIVER) and (owed := subscription_rule(rulebook)) is not None:
        letting_off = tuple(seat for seat in owed.waived_by if seat in rulebook.bodies)
        bodies = {AMOUNT: (owed.set_by,), STANDING: (owed.contested_to,), WAIVER: letting_off}[matter]
        named = [(body, owed.place) for body in bodies]
    found = {body: Competence(body, place) for body, place in reversed(named) if body}
    return tuple(found.values()) or None


def bodies_that_call(rulebook: Rulebook, body: str) -> tuple[str, ...]:
    """The bodies whose decision on `call-of-BODY` calls it instead: named themselves, or standing in a kind of unit that is."""
    block = rulebook.bodies.get(body)
    named = [(one.seat, one.of) for one in (block.else_called_by if block is not None else ()) if one.quantity is None]
    for duty in rulebook.duties.values():
        named += [(each.seat, each.unit_kind) for each in duty.follows if each.body == body]
    found: list[str] = []
    for seat, kind in named:
        if seat in rulebook.bodies:
            found.append(seat)
        elif kind and kind != MEMBERS:
            found += [other.name for other in rulebook.bodies.values() if other.in_each == kind]
    return tuple(dict.fromkeys(found))
