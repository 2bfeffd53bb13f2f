"""What a body says of how many delegates each unit sends, where that follows from its members.

Lives here: the frozen shape that the engine reads. Not here: its notation (`readings_of_seats`), sharing the seats out
(`engine.proceedings.apportioning`).

Invariant: a value like the rest of an edition; a number of seats, a method, a day of the year and a least for each unit.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.kernel.calendar import YearlyDay

METHODS = ("dhondt", "sainte-lague", "largest-remainder-hare")
"""The methods a block may name; a test compares them with those of the counting room."""


@dataclass(frozen=True, slots=True)
class Apportioned:
    """So many seats, shared out among the units by their members on a day of the year, each unit having at least so many."""

    seats: int
    method: str
    as_of: YearlyDay
    least: int = 0

    def __str__(self) -> str:
        least = f", at least {self.least} each" if self.least else ""
        return f"{self.seats} seats, {self.method}, as of {self.as_of}{least}"
