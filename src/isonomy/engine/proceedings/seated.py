"""Seated: what follows of every mandate that begins in the seat's own way.

Lives here: confirmation, limits, the end of those who sat until then, asked and said in this order. Not here: each of them
(`holding`), beginning a mandate (`mandates`).

Invariant: no way into a seat goes around it, save an opening balance, which tells what is so already.
"""

from __future__ import annotations

from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.holding import check_confirmed, check_holding, end_the_provisional
from isonomy.engine.proceedings.mandates import FOLLOWS
from isonomy.engine.state import Mandate


def follow(judgement: Judgement, taken: Mandate) -> None:
    """Confirmation where the clause asks it, the limits of the seat, and the end of those who held it until then."""
    seat = judgement.seat(taken.seat)
    way = seat.filled.way if seat.filled is not None else ""
    asked = {"election": "election", "delegation": "election", "appointment": "appointment"}.get(way, "")
    if asked and not judgement.reported:
        check_confirmed(judgement, taken.person, taken.seat, asked, taken.ground)
    check_holding(judgement, taken)
    end_the_provisional(judgement, taken)


FOLLOWS.append(follow)
