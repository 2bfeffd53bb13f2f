"""Quotas: how many votes are enough for a seat.

Lives here: the quotas that the rules name, each exact in the rule's own units. Not here: when a quota is
recomputed (the rules).

Invariant: integers only; a fixed-point quota is held in units of 10^-places.
"""

from __future__ import annotations


def droop_whole(valid: int, seats: int) -> int:
    """The smallest whole number of votes that only `seats` candidates can reach: valid / (seats + 1),
    decimals ignored, plus 1."""
    return valid // (seats + 1) + 1


def droop_plus_unit(valid_units: int, seats: int) -> int:
    """valid / (seats + 1), cut off in the rule's units, plus one unit."""
    return valid_units // (seats + 1) + 1


def droop_rounded_up(valid_units: int, seats: int) -> int:
    """valid / (seats + 1) in the rule's units; where it is not exact, one unit more than cut off."""
    return -(-valid_units // (seats + 1))
