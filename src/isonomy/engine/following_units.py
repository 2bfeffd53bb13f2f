"""What goes on when a unit ends: the seats, meetings, motions, polls, demands, criticisms, instructions that were open in it.

Lives here: pointing them at the unit that goes on. Not here: splitting and merging (`proceedings.splitting`), the members.

Invariant: only what is open or runs is pointed at the heir; what is over keeps the old id for ever, and entries are not touched.
A roll that is frozen stays as it is. Source: docs/spec/acts-founding.md.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from isonomy.engine.state import State

WORDS = (
    "text",
    "moved_text",
    "words",
    "question",
    "does",
    "that",
    "grounds",
    "statement",
    "subject",
    "place",
    "id",
    "roll",
)
"""Fields that hold words, not the name of a seat or unit."""


def follow(state: State, old: str, heir: str, day: str) -> None:
    """Points everything that is open in a unit at the unit that goes on for it."""
    for mandate in state.mandates.values():
        if mandate.seat.endswith(f"@{old}") and not (mandate.ended_on and mandate.ended_on <= day):
            if mandate.until and mandate.until <= day:
                continue
            state.by_seat[mandate.seat].remove(mandate.id)
            mandate.seat = _named(mandate.seat, old, heir)
            state.by_seat.setdefault(mandate.seat, []).append(mandate.id)
    for thing in _open_things(state, day):
        _point(thing, old, heir)


def _open_things(state: State, day: str) -> Iterator[Any]:
    yield from (one for one in state.meetings.values() if one.standing in ("called", "open", "adjourned"))
    yield from (one for one in state.motions.values() if one.standing in ("open", "accepted"))
    yield from (one for one in state.amendments.values() if one.standing == "open")
    yield from (one for one in state.polls.values() if one.standing in ("open", "closed"))
    yield from (one for one in state.demands.values() if not one.meeting)
    yield from (one for one in state.elections.values() if one.is_open_on(day))
    yield from (one for one in state.appeals.values() if one.standing == "undecided")
    yield from (one for one in state.criticisms.values() if not one.is_over(day))
    yield from (one for one in state.instructions.given.values() if one.is_open)
    yield from (one for one in state.instructions.conditions.values() if one.is_open)
    yield from (one for one in state.instructions.targets.values() if not one.followed_on)
    yield from (one for one in state.petitions.values() if not one.settled_on)
    yield from (one for one in state.removals.values() if not one.settled_on)
    yield from (one for one in state.commissions.values() if one.report is None)


def _named(text: str, old: str, heir: str) -> str:
    if text == old:
        return heir
    return f"{text[: -len(old)]}{heir}" if text.endswith(f"@{old}") else text


def _point(thing: Any, old: str, heir: str) -> None:
    for item in dataclasses.fields(thing):
        if item.name in WORDS:
            continue
        value = getattr(thing, item.name)
        if isinstance(value, str):
            if (named := _named(value, old, heir)) != value:
                setattr(thing, item.name, named)
        elif isinstance(value, tuple | list) and value:
            _point_each(thing, item.name, value, old, heir)


def _point_each(thing: Any, name: str, values: tuple[Any, ...] | list[Any], old: str, heir: str) -> None:
    if all(isinstance(value, str) for value in values):
        found = list(dict.fromkeys(_named(value, old, heir) for value in values))
        if found != list(values):
            setattr(thing, name, found if isinstance(values, list) else tuple(found))
        return
    made = [_stepped(value, old, heir) for value in values]
    if made != list(values):
        setattr(thing, name, made if isinstance(values, list) else tuple(made))


def _stepped(value: Any, old: str, heir: str) -> Any:
    """A step of a criticism or the like, with its seat."""
    if not dataclasses.is_dataclass(value) or isinstance(value, type) or not hasattr(value, "seat"):
        return value
    return dataclasses.replace(value, seat=_named(value.seat, old, heir))


def heir_of(state: State, unit: str) -> str:
    """The unit that goes on for one that was split or merged; itself where it is none of these."""
    seen: set[str] = set()
    while unit in state.units and state.units[unit].heir and unit not in seen:
        seen.add(unit)
        unit = state.units[unit].heir
    return unit
