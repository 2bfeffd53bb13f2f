"""Asking together: who may stand behind a request or petition, and whether enough do.

Lives here: the group that a clause names, and the test of its number. Not here: the acts (`removing`, `petitions`).

Invariant: whoever stands behind it counts once, while they belong to the group; the person concerned never counts.
"""

from __future__ import annotations

from isonomy.engine.conditions import Tested, is_demanded
from isonomy.engine.facts import Group, NamedFacts
from isonomy.engine.judgement import Judgement
from isonomy.engine.roll import is_voter, members_of_body, unit_lies_in
from isonomy.engine.state import State
from isonomy.kernel.quantity import Span
from isonomy.rulebook.model import MEMBERS
from isonomy.rulebook.provisions.removal import ELECTORS, Askers

ELECTORS_SLUG = "electors"
"""How acts write `those who elect`."""


def slug_of(of: str) -> str:
    """A group as acts and effects write it."""
    return ELECTORS_SLUG if of == ELECTORS else of


def group_of(state: State, edition: str, of: str, seat: str, person: str, day: str) -> tuple[str, ...]:
    """Who belongs to a group that a clause names, for a seat and its holder, on a civil date.

    `members` of a seat in a unit are the members of that unit; the electors of a delegate are the members of the unit that sent
    them.
    """
    rulebook = state.rulebook(edition)
    unit = seat.partition("@")[2]
    if of in (ELECTORS, ELECTORS_SLUG):
        block = rulebook.seat(seat)
        filled = block.filled if block is not None else None
        if filled is not None and filled.way == "delegation":
            unit = state.persons[person].unit if person in state.persons else ""
        elif filled is not None and filled.by != MEMBERS:
            of = filled.by
    body = rulebook.bodies.get(of)
    if body is not None:
        return members_of_body(state, edition, f"{of}@{unit}" if body.in_each and unit else of, day)
    return tuple(
        sorted(
            found.id
            for found in state.persons.values()
            if is_voter(found, rulebook, day) and (not unit or unit_lies_in(state, found.unit, unit))
        )
    )


def enough(judgement: Judgement, edition: str, askers: Askers, count: int, whole: int) -> Tested:
    """Whether so many of so many are as many as the clause asks."""
    spans = {"supporters": Span.exactly(count), "those who may": Span.exactly(whole)}
    facts = NamedFacts(judgement.state, judgement.on, "asking", spans, edition)
    return is_demanded(facts, askers.quantity, Group("supporters", "asking"), Group("those who may", "asking"))
