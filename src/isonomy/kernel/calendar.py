"""The civil calendar: dates, days and clear days, durations, dates that come round again, and instants as texts.

Lives here: the arithmetic of time as data. Not here: the clock and the zone database (the chamber stamps both `at` and
`local`; nothing below it asks what time it is).

Invariant: the same texts give the same dates on every machine. Deadlines in days compare civil dates, deadlines with an
hour compare instants; month arithmetic clamps to the last day of the month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from isonomy.kernel.bad_input import BadInput

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LOCAL = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[+-]\d\d:\d\d")
_CIVIL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def parse_date(text: str, where: str = "") -> date:
    """A civil date `2027-03-05`; raises `BadInput`."""
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise BadInput(f"'{text}' is not a date", where, "write it as 2027-03-05")


def parse_civil_time(text: str, where: str = "") -> datetime:
    """A civil date and time without offset, `2027-03-10T19:00`; raises `BadInput`."""
    if _CIVIL_TIME.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    raise BadInput(f"'{text}' is not a civil date and time", where, "write it as 2027-03-10T19:00")


def parse_instant(text: str, where: str = "") -> datetime:
    """An instant in UTC, `2027-03-05T18:12:03Z`; raises `BadInput`. Valid texts order as the instants do."""
    if _INSTANT.fullmatch(text):
        try:
            return datetime.fromisoformat(text[:-1])
        except ValueError:
            pass
    raise BadInput(f"'{text}' is not an instant", where, "write it as 2027-03-05T18:12:03Z")


def parse_local(text: str, where: str = "") -> datetime:
    """A civil date-time with offset, `2027-03-05T19:12:03+01:00`, as its civil part; raises `BadInput`."""
    found = _LOCAL.fullmatch(text)
    if found:
        try:
            datetime.fromisoformat(text)
            return datetime.fromisoformat(found.group(1))
        except ValueError:
            pass
    raise BadInput(f"'{text}' is not a local time with offset", where, "write it as 2027-03-05T19:12:03+01:00")


def seconds_between(earlier: str, later: str) -> int:
    """Whole seconds from one instant to another (negative when `later` is the earlier one)."""
    return int((parse_instant(later) - parse_instant(earlier)).total_seconds())


def days_between(first: date, last: date) -> int:
    """N days: the first day is excluded, the last counts."""
    return (last - first).days


def clear_days_between(first: date, last: date) -> int:
    """N clear days: neither the day of the notice nor the day of the event counts."""
    return (last - first).days - 1


def say_date(day: date) -> str:
    """A date as people say it: Saturday 6 March 2027."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def add_months(day: date, months: int) -> date:
    """The same day so many months on, clamped to the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of civil time: so many days, weeks, months or years; `clear` marks clear days."""

    number: int
    unit: str
    clear: bool = False

    UNITS = ("day", "week", "month", "year")

    def after(self, day: date) -> date:
        """The last day of the period that begins on `day` (first day excluded; one more where the days are clear)."""
        if self.unit == "day":
            return day + timedelta(days=self.number + self.clear)
        if self.unit == "week":
            return day + timedelta(weeks=self.number)
        return add_months(day, self.number * (12 if self.unit == "year" else 1))

    def before(self, day: date) -> date:
        """The latest day from which the whole period fits before `day` (for notice: the last day to send it)."""
        if self.unit == "day":
            return day - timedelta(days=self.number + self.clear)
        if self.unit == "week":
            return day - timedelta(weeks=self.number)
        return add_months(day, -self.number * (12 if self.unit == "year" else 1))

    def __str__(self) -> str:
        clear = "clear " if self.clear else ""
        return f"{self.number} {clear}{self.unit}{'' if self.number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """A day that comes round every year: 1 May (`day`), or the first Saturday of March (`nth` and `weekday`).

    `nth` is 1 to 4, or -1 for the last; `weekday` 0 is Monday. The 29th of February falls on the 28th in other years.
    """

    month: int
    day: int = 0
    nth: int = 0
    weekday: int = 0

    def in_year(self, year: int) -> date:
        """The day in that year."""
        length = monthrange(year, self.month)[1]
        if not self.nth:
            return date(year, self.month, min(self.day, length))
        if self.nth > 0:
            offset = (self.weekday - date(year, self.month, 1).weekday()) % 7
            return date(year, self.month, 1 + offset + 7 * (self.nth - 1))
        offset = (date(year, self.month, length).weekday() - self.weekday) % 7
        return date(year, self.month, length - offset)

    def __str__(self) -> str:
        if not self.nth:
            return f"{self.day} {MONTHS[self.month - 1]}"
        order = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}[self.nth]
        return f"the {order} {WEEKDAYS[self.weekday]} of {MONTHS[self.month - 1]}"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Something that comes round: every `interval` (months or years, or weeks or days), on a yearly day where one is named.

    With a yearly day the interval is in whole years; the first occasion is the first such day after the anchor.
    Without one, occasions fall at the anchor plus whole intervals.
    """

    interval: Duration
    on: YearlyDay | None = None

    def first_after(self, anchor: date) -> date:
        """The first occasion after the anchor (the founding, or the day the clause came into force)."""
        if self.on is None:
            return self.interval.after(anchor)
        day = self.on.in_year(anchor.year)
        return day if day > anchor else self.on.in_year(anchor.year + 1)

    def following(self, occasion: date) -> date:
        """The occasion after `occasion`."""
        if self.on is None:
            return self.interval.after(occasion)
        return self.on.in_year(occasion.year + self.interval.number)

    def __str__(self) -> str:
        number = self.interval.number
        every = f"every {self.interval.unit}" if number == 1 else f"every {self.interval}"
        return every if self.on is None else f"{every} on {self.on}"


@dataclass(frozen=True, slots=True)
class When:
    """When something happened, as far as is known: from `earliest` to `latest`, both dates included."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise BadInput(
                f"'latest' ({self.latest}) is before 'earliest' ({self.earliest})", "happened", "exchange them"
            )

    @staticmethod
    def on(day: date) -> When:
        """A day that is known."""
        return When(day, day)

    @property
    def known(self) -> date | None:
        """The day where it is known, else None."""
        return self.earliest if self.earliest == self.latest else None
