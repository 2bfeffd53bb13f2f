"""Rolls without those whose own case it is: who has no vote on a matter although they are of the body.

Lives here: co-opted members on co-option; members of a credentials panel on the mandates of their own unit. Not here: the
rolls of bodies (`engine.roll`), presiding in one's own case (`presiding`).

Invariant: a function of the state, the matter and the day, frozen with the question.
"""

from __future__ import annotations

from isonomy.engine.eligibility import is_sent_by, shares_a_unit
from isonomy.engine.proceedings.coopting import COOPTING
from isonomy.engine.seating import COOPTED
from isonomy.engine.state import State

REFUSING = "refusal-in-"


def barred_from(state: State, body: str, matter: str, motion: str, day: str) -> tuple[str, ...]:
    """Who of a body has no vote on a matter, sorted; `motion` ("" none) names whom it is about."""
    if matter.startswith(COOPTING):
        mandates = state.mandates_of_seat(body, day)
        elected = {one.person for one in mandates if state.seating.how(one.id) != COOPTED}
        return tuple(sorted({one.person for one in mandates if one.person not in elected}))
    if matter.startswith(REFUSING):
        moved = state.motions.get(motion)
        return own_case(state, body, matter[len(REFUSING) :], moved.person if moved is not None else "", day)
    return ()


def own_case(state: State, panel: str, seat: str, person: str, day: str) -> tuple[str, ...]:
    """Who of a panel does not examine the mandate of a delegate: the delegate, and whoever belongs to the same unit."""
    units = {is_sent_by(state, one) for one in state.mandates_of_seat(seat, day) if one.person == person}
    known = state.persons.get(person)
    units |= {known.unit} if known is not None else set()
    members = {one.person for one in state.mandates_of_seat(panel, day)}
    return tuple(
        sorted(one for one in members if one == person or any(shares_a_unit(state, one, unit) for unit in units))
    )
