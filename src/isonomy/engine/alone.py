"""Decisions taken alone: what an office owes that took one, and how many and how much it has taken.

Lives here: the shape that a decision keeps, and counting. Not here: taking, ratifying and reporting them
(`proceedings.taking`, `proceedings.ratifying`).

Invariant: whoever has taken a decision is counted for it, in whichever office and whatever became of it: neither a change of
the holder nor a second office makes the count begin anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from isonomy.kernel.calendar import parse_date

if TYPE_CHECKING:
    from isonomy.engine.state import Decision, State
    from isonomy.rulebook.model import Power, Rulebook
    from isonomy.rulebook.power_rule import Limit


@dataclass(frozen=True, slots=True)
class Alone:
    """Under which power an office took a decision alone: by whom, on which grounds, about what; `under` which delegation or
    emergency, `handed_by` the decision that handed the matter over."""

    power: str
    by: str = ""
    grounds: str = ""
    thing: str = ""
    under: str = ""
    handed_by: str = ""


@dataclass(slots=True)
class TakenAlone:
    """What is known of a decision taken alone, and what became of it: refused by a poll, reported on a day."""

    power: str
    by: str
    grounds: str = ""
    thing: str = ""
    under: str = ""
    handed_by: str = ""
    refused_by: str = ""
    refused_on: str = ""
    accounted_on: str = ""


def rulebook_of(state: State, decision: Decision) -> Rulebook | None:
    """The edition in force when a decision was taken."""
    edition = state.edition_on(decision.taken_on)
    return state.rulebook(edition.id) if edition is not None else None


def power_of(state: State, decision: Decision) -> Power | None:
    """The power under which an office took a decision alone; None of any other decision."""
    book = rulebook_of(state, decision)
    if decision.poll or book is None or decision.seat.partition("@")[0] not in book.offices:
        return None
    if decision.alone is not None:
        return book.powers.get(decision.alone.power)
    plain = decision.seat.partition("@")[0]
    held = (each for each in book.powers.values() if plain in each.held_by and decision.matter in each.matters)
    return next(held, None)


def taken_by(state: State, decision: Decision) -> str:
    """Who took a decision alone; "" where a report does not tell."""
    if decision.alone is not None:
        return decision.alone.by
    return "" if decision.reported else state.author_of(int(decision.id.partition("-")[2]))[0]


def taken_alone(state: State, day: str) -> list[tuple[Decision, Power]]:
    """The decisions that offices took alone under a power up to a civil date, in the order of the record."""
    found = ((decision, power_of(state, decision)) for decision in state.decisions.values())
    return [(decision, power) for decision, power in found if power is not None and decision.taken_on <= day]


def counted(state: State, power: Power, limit: Limit, seat: str, person: str, day: str) -> list[Decision]:
    """What counts against a limit on a day: taken under the power in that office or by that person ("" nobody), not so long
    ago that the stretch of time has run."""
    today = parse_date(day)
    return [
        decision
        for decision, under in taken_alone(state, day)
        if under.name == power.name
        and (decision.seat == seat or (person and taken_by(state, decision) == person))
        and limit.within.after(parse_date(decision.taken_on)) > today
    ]


def sum_of(decisions: list[Decision]) -> int:
    """Their amounts together."""
    return sum(decision.amount or 0 for decision in decisions)


def exceeds(limit: Limit, decisions: list[Decision], amount: int) -> bool:
    """Whether one more decision of that amount is beyond a limit."""
    if limit.number is not None:
        return len(decisions) >= limit.number
    return sum_of(decisions) + amount > (limit.amount or 0)


def free_on(limit: Limit, decisions: list[Decision], amount: int) -> date | None:
    """The first day on which a decision of that amount is within the limit again; None where it never is."""
    left = sorted(decisions, key=lambda decision: decision.taken_on)
    while left and exceeds(limit, left, amount):
        day = limit.within.after(parse_date(left[0].taken_on))
        left = left[1:]
        if not exceeds(limit, left, amount):
            return day
    return None
