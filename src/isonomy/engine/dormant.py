"""Bodies and relations that have ceased to act: when each acted last, and from when a decision on it is due.

Lives here: that reckoning. Not here: the decision (`proceedings.terms`), the duty (`due_instructions`).

Invariant: the last act is read from meetings, motions and decisions of the record; silence ends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from isonomy.engine.duty import Outlook
from isonomy.engine.occasions import born
from isonomy.engine.state import State, day_of
from isonomy.rulebook.model import Body
from isonomy.rulebook.provisions.affiliation import affiliations
from isonomy.rulebook.provisions.dormancy import DormancyRule, dormancy_rules


def dormant_things(outlook: Outlook) -> Iterator[tuple[str, DormancyRule, str, date]]:
    """Each body or relation with the day of its last act, and the day from which a decision on it is due."""
    state = outlook.state
    for rule in dormancy_rules(outlook.rulebook).values():
        seats = [
            seat
            for body in outlook.rulebook.bodies.values()
            if body.name in rule.bodies or (not rule.bodies and _is_watched(body))
            for seat in outlook.standing(body.name, body.in_each)
        ]
        watched = [(seat, last_act(state, seat)) for seat in seats]
        if rule.relations:
            watched += [
                (name, last_decision(state, block.delegates)) for name, block in affiliations(outlook.rulebook).items()
            ]
        for thing, last in watched:
            if thing in state.instructions.ended:
                continue
            since = max(last, born(state, thing)[0].isoformat(), state.instructions.kept.get(thing, ""))
            due = rule.after.after(day_of(since))
            if due <= outlook.now:
                yield thing, rule, since, due


def _is_watched(body: Body) -> bool:
    return not body.supreme and not (body.filled is not None and body.filled.way == "all members")


def last_act(state: State, seat: str) -> str:
    """The day of the last thing that a body did on the record: a meeting, a motion moved in it, a decision; "" where none."""
    days = [
        day
        for found in state.meetings.values()
        if found.body == seat
        for day in (found.called_on, found.opened_on)
        if day
    ]
    days += [found.moved_on for found in state.motions.values() if found.body == seat]
    days += [found.taken_on for found in state.decisions.values() if found.seat == seat]
    return max(days, default="")


def last_decision(state: State, matters: tuple[str, ...]) -> str:
    """The day of the last decision on one of some matters; "" where none."""
    return max((found.taken_on for found in state.decisions.values() if found.matter in matters), default="")
