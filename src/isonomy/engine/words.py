"""Words: how the engine calls seats, days and times when it speaks to members.

Lives here: titles of seats, dates and hours as people say them, lists in words. Not here: sentences about
acts (`explain`) and about what is due (`duties`).

Invariant: a seat is called as the rulebook calls it; an id is shown only where there is no other word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from isonomy.kernel.calendar import parse_civil_time, parse_date, say_date
from isonomy.rulebook.model import MEMBERS, Rulebook


def title_of(rulebook: Rulebook | None, seat: str, units: Mapping[str, Any] | None = None) -> str:
    """A seat as members call it, with its article: `the chair`, `the branch meeting of north`.

    With the state's `units` a unit is called by its public name where it has one: `the branch meeting of Alder Court`.
    """
    if seat == MEMBERS:
        return "the members"
    plain, _, unit = seat.partition("@")
    found = rulebook.seat(plain) if rulebook is not None else None
    named = units.get(unit) if units is not None else None
    if named is not None and isinstance(named.name, str) and named.name:
        unit = named.name
    return f"the {found.title if found else plain}" + (f" of {unit}" if unit else "")


GATHERINGS = ("meeting", "congress", "assembly", "conference", "convention")
"""Titles that name the gathering itself: one calls the congress, but a meeting of the committee."""


def meeting_of(title: str, article: str = "the") -> str:
    """A meeting of a body by its title: `the congress`, `the branch meeting of north`, `a meeting of the board`."""
    names_it = any(title.endswith(word) or f"{word} of " in title for word in GATHERINGS)
    return title if names_it else f"{article} meeting of {title}"


def say_day(text: str) -> str:
    """A date, civil time or local instant as the day people say: `Wednesday 10 March 2027`."""
    return say_date(parse_date(text[:10]))


def say_time(text: str) -> str:
    """A civil time with its hour where it has one: `Wednesday 10 March 2027, 19:00`."""
    if len(text) < 16:
        return say_day(text)
    moment = parse_civil_time(text[:16])
    return f"{say_date(moment.date())}, {moment.hour:02}:{moment.minute:02}"


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Words in a row: `a, b and c`."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {joint} {found[-1]}"


def number_of(count: int, singular: str, plural: str = "") -> str:
    """A number with its noun: `1 day`, `3 days`."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def capital(words: str) -> str:
    """The words with a capital letter at their beginning; a person's id stays as it is."""
    return words if words.startswith("p-") else words[:1].upper() + words[1:]
