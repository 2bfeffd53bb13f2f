"""Plain reading of how the seats of delegates are shared out.

Lives here: that sentence. Not here: the other keys (`render`).

Invariant: as in `render`: every fact that is written is read, and nothing else.
"""

from __future__ import annotations

from isonomy.rulebook.model import Filled
from isonomy.rulebook.seating_rule import Apportioned


def say_delegation(way: Filled) -> str:
    """How many delegates each unit sends, by number or by its members."""
    if way.apportioned is not None:
        return say_apportioned(way.apportioned, way.unit_kind)
    return f"Each {way.unit_kind} elects {way.seats_each} delegate{'s' * (way.seats_each != 1)} to it."


def say_apportioned(rule: Apportioned, unit_kind: str) -> str:
    """`40 seats are shared out among the branches ... each has at least 1.`"""
    kind = unit_kind.replace("-", " ")
    least = f", and each {kind} has at least {rule.least}" if rule.least else ""
    return (
        f"Each {kind} sends delegates by its membership as of {rule.as_of}: "
        f"{rule.seats} seats are shared out by {rule.method}{least}."
    )
