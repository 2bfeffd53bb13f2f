"""Delegates: how many there are, how many were refused, how many vote, and what is a quorum of them.

Lives here: these figures, each from the record and a day. Not here: refusing (`proceedings.credentials`), showing them (the
pages).

Invariant: exact; a panel's refusals are set beside what the quorum would be without them.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.roll import members_of_body
from isonomy.engine.state import State
from isonomy.kernel.quantity import Count, Share


@dataclass(frozen=True, slots=True)
class Standing:
    """Delegates by mandate, those examined, refused and voting; the least number that is a quorum, and that carries."""

    delegates: int
    examined: int
    refused: int
    voting: int
    quorum: int

    @property
    def majority(self) -> int:
        """More than half of those who vote."""
        return self.voting // 2 + 1


def standing_of(state: State, edition: str, seat: str, day: str, but: str = "") -> Standing:
    """The delegates of a body on a civil date, as if `but` did not vote."""
    mandates = state.mandates_of_seat(seat, day)
    known = [state.seating.examined[one.id] for one in mandates if one.id in state.seating.examined]
    refused = sum(one.is_refused_on(day) for one in known)
    voting = [person for person in members_of_body(state, edition, seat, day) if person != but]
    return Standing(len(mandates), len(known), refused, len(voting), quorum_of(state, edition, seat, len(voting)))


def quorum_of(state: State, edition: str, seat: str, voting: int) -> int:
    """The least number that is a quorum of so many; 1 where no clause asks one."""
    body = state.rulebook(edition).bodies[seat.partition("@")[0]]
    if body.quorum is None:
        return 1
    whole = body.seats if body.quorum.of == "seats" and body.seats is not None else voting
    amount = body.quorum.quantity
    if isinstance(amount, Count):
        return amount.value
    return amount.least(whole, more_than_half=False) if isinstance(amount, Share) else amount.least(whole)
