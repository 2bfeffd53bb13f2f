"""Owed answers: the days of a criticism as its clause draws them up, what a seat owes, and how many each was sent.

Lives here: those questions, for judges, duties and indicators. Not here: where one criticism stands on a day (`criticism`).

Invariant: the days of a criticism are drawn up once, from the edition under which it was made; no later edition moves them.
"""

from __future__ import annotations

from datetime import timedelta

from isonomy.engine.criticism import ANSWERED, ANSWERED_LATE, WITHDRAWN, Criticism, Step
from isonomy.engine.state import State, day_of
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.provisions.criticism import CriticismRule, criticism_rules

COUNTED = ("answered", "late", "silent", "open", "withdrawn")


def rule_of(state: State, criticism: Criticism) -> CriticismRule:
    """The block under which it was made: a proceeding keeps its edition."""
    return criticism_rules(state.rulebook(criticism.edition))[criticism.rule]


def beside_unit(rulebook: Rulebook, seat: str, addressee: str) -> str:
    """A seat as it stands in the unit of the addressee, where the rulebook has one in each."""
    found, unit = rulebook.seat(seat), addressee.partition("@")[2]
    return f"{seat}@{unit}" if found is not None and found.in_each and unit else seat


def steps_of(rulebook: Rulebook, rule: CriticismRule, addressee: str, on: str) -> tuple[Step, ...]:
    """Who owes an answer one after the other, each with the days; nobody where the clause owes none."""
    if rule.answer_within is None:
        return ()
    due = rule.answer_within.after(day_of(on))
    found = [Step(addressee, on, due.isoformat())]
    for each in rule.escalates_to:
        seat = beside_unit(rulebook, each.to, addressee)
        if any(step.seat == seat for step in found):
            continue
        since = due + timedelta(days=1)
        due = (each.within or rule.answer_within).after(due)
        found.append(Step(seat, since.isoformat(), due.isoformat()))
    return tuple(found)


def silent_on(rule: CriticismRule, steps: tuple[Step, ...]) -> str:
    """The day on which a silence will be published; "" where the clause publishes none."""
    if rule.silence_published is None or not steps:
        return ""
    return rule.silence_published.after.after(day_of(steps[-1].due_on)).isoformat()


def owed_by(state: State, seat: str, day: str) -> list[tuple[Criticism, Step]]:
    """The criticisms to which a seat owes an answer on a day, the earliest due first."""
    found = []
    for criticism in state.criticisms.values():
        step = criticism.owing_on(day)
        if step is not None and step.seat == seat:
            found.append((criticism, step))
    return sorted(found, key=lambda pair: (pair[1].due_on, pair[0].entry))


def by_addressee(state: State, day: str) -> dict[str, dict[str, int]]:
    """How many criticisms each seat was sent, and what became of them: answered in time, late, silent, open, withdrawn.

    Late are those answered after the addressee's own time, by whomever; silent those whose silence is published.
    """
    found: dict[str, dict[str, int]] = {}
    for criticism in state.criticisms.values():
        counted = found.setdefault(criticism.addressee, dict.fromkeys(COUNTED, 0))
        standing = criticism.standing_on(day)
        if criticism.silence_on(day):
            counted["silent"] += 1
        elif standing in (ANSWERED, ANSWERED_LATE):
            counted["answered" if standing == ANSWERED else "late"] += 1
        else:
            counted["withdrawn" if standing == WITHDRAWN else "open"] += 1
    return dict(sorted(found.items()))
