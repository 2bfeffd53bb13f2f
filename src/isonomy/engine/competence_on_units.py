"""Competence for units and for orders from outside: founding, closing, splitting, merging; review and disagreement; two ids.

Lives here: which bodies these matters belong to, by the `unit`, `orders` and `identity` blocks. Not here: all other matters
(`competence`), from where this is asked.

Invariant: a matter whose key or block the rulebook does not have belongs to nobody, and not to the residual body either.
"""

from __future__ import annotations

from isonomy.rulebook.model import Competence, Place, Rulebook
from isonomy.rulebook.provisions.identity import JOINING, PARTING, identity_rule
from isonomy.rulebook.provisions.orders import DISAGREEING, REVIEWING, orders_rule

FOUNDING, CLOSING, SPLITTING, MERGING = "founding-of-", "closing-of-", "splitting-of-", "merging-of-"


def on_units_and_orders(rulebook: Rulebook, matter: str) -> tuple[Competence, ...] | None:
    """The competences for such a matter; empty where no clause has it, None where the matter is none of these."""
    for prefix in (FOUNDING, CLOSING, SPLITTING, MERGING):
        if matter.startswith(prefix) and matter[len(prefix) :] in rulebook.units:
            kind = rulebook.units[matter[len(prefix) :]]
            keys = {
                FOUNDING: (kind.founded_by, "founded by"), CLOSING: (kind.closed_by, "closed by"),
                SPLITTING: (kind.split_by, "split by"), MERGING: (kind.merged_by, "merged by"),
            }  # fmt: skip
            seats, key = keys[prefix]
            place = _at(kind.place, key) if prefix in (SPLITTING, MERGING) else kind.place
            return tuple(Competence(seat, place) for seat in seats)
    if matter in (REVIEWING, DISAGREEING):
        orders = orders_rule(rulebook)
        if orders is None:
            return ()
        reviewing = (orders.reviewed_by,) if orders.reviewed_by else ()
        named, key = (reviewing, "reviewed by") if matter == REVIEWING else (orders.disagreed_by, "disagreed by")
        return tuple(Competence(seat, _at(orders.place, key)) for seat in named)
    if matter in (JOINING, PARTING):
        identity = identity_rule(rulebook)
        return (Competence(identity.decided_by, _at(identity.place, "decided by")),) if identity is not None else ()
    return None


def _at(place: Place, key: str) -> Place:
    return Place(place.clause_of(key), place.line_of(key), place.lines, place.clauses)
