"""Readings of quantities and of time: what `2/3 of cast`, `14 clear days`, `every 2 years on 1 May` say.

Lives here: values that need nothing but their own words. Not here: values that name a body, office, unit or
matter (`readings_of_seats`).

Invariant: a reading returns an exact value and notes each fact that it took from the words (the lint holds
these against the text of the clause), or raises `Misreading` with the place and the form that is asked for.
Whole numbers and fractions only: decimals and percentages are answered with the fraction. Source:
docs/spec/rulebook.md, Values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import MONTHS, WEEKDAYS, Duration, Recurrence, YearlyDay, parse_date
from isonomy.kernel.quantity import Count, Ratio, Root, Share
from isonomy.rulebook.findings import Misreading, shown
from isonomy.rulebook.model import Majority, Quorum
from isonomy.rulebook.passage import Passage

AMOUNT_MAX = 2**53 - 1
COUNT_MAX = 10_000_000
PART_MAX = 1_000_000
WORDS_LENGTH_MAX = 500
# Longer than this and a deadline would leave the calendar.
LONGEST = {"day": 36_525, "week": 5_218, "month": 1_200, "year": 100}
ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
BASES = {
    "cast": "cast", "votes cast": "cast", "present": "present", "those present": "present",
    "entitled": "entitled", "those entitled": "entitled", "seats": "seats", "its seats": "seats",
}  # fmt: skip
TAKERS = {
    "members": "members", "its members": "members", "seats": "seats", "its seats": "seats", "roll": "roll",
}  # fmt: skip

DURATION_FORMS = "write it as 14 days, 14 clear days, 12 weeks, 6 months or 1 year"
SHARE_FORM = "write it as 1/2 or 2/3"
_OF_ALL = re.compile(r"(\S+)\s+of\s+(?:the\s+)?(.+)")
_DURATION = re.compile(r"([0-9]{1,6})\s+(clear\s+)?(day|week|month|year)s?")
_INEXACT = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,6}))?\s*(%|per\s?cent)?")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a block states and its clause must say too: a quantity, a time, a seat or unit, or a
    telling word."""

    sort: str
    value: object
    said: str
    line: int
    column: int


def note(facts: list[Fact], sort: str, value: object, passage: Passage) -> None:
    """Writes a fact down as it was said."""
    facts.append(Fact(sort, value, passage.text, passage.line, passage.column))


def form(passage: Passage, what: str, cure: str) -> Misreading:
    """The answer to a value that is not in the form asked for."""
    return Misreading("value-form", f"'{shown(passage.text)}' is not {what}", passage, cure)


def fraction_cure(text: str) -> str:
    """For a decimal or a percentage the fraction to write instead, else nothing: `66 %` gives `write it as
    2/3 or 33/50`."""
    found = _INEXACT.fullmatch(text.strip())
    if not found or (found.group(2) is None and found.group(3) is None):
        return ""
    value = Fraction(int(found.group(1) + (found.group(2) or "")), 10 ** len(found.group(2) or ""))
    if found.group(3):
        value /= 100
    near = value.limit_denominator(10)
    wanted = [f"{part.numerator}/{part.denominator}" for part in dict.fromkeys((near, value)) if part > 0]
    if abs(near - value) > Fraction(1, 100):
        wanted = wanted[-1:]
    return f"write it as {' or '.join(wanted)}" if wanted else ""


def words(passage: Passage) -> str:
    """Words as they stand, at most 500 characters."""
    if not passage.text:
        raise Misreading(
            "no-value", "nothing is written after the colon", passage, "write the words or leave the line out"
        )
    if len(passage.text) > WORDS_LENGTH_MAX:
        raise Misreading(
            "long-value",
            f"the words have more than {WORDS_LENGTH_MAX} characters",
            passage,
            "say it in the clause",
        )
    return passage.text


def one_of(passage: Passage, known: tuple[str, ...] | dict[str, str]) -> str:
    """One of a few fixed texts."""
    if passage.text not in known:
        raise form(passage, "known here", f"write {' or '.join(known)}")
    return known[passage.text] if isinstance(known, dict) else passage.text


def whole(passage: Passage, facts: list[Fact], least: int = 1, most: int = COUNT_MAX) -> int:
    """A whole number between `least` and `most`."""
    if not re.fullmatch(r"[0-9]{1,16}", passage.text):
        raise form(passage, "a whole number", fraction_cure(passage.text) or "write it in digits, such as 5")
    number = int(passage.text)
    if not least <= number <= most:
        raise form(passage, "a number that can stand here", f"write a whole number from {least} to {most}")
    note(facts, "number", number, passage)
    return number


def share(passage: Passage, facts: list[Fact]) -> Share:
    """An exact share greater than 0 and not above 1."""
    value = _fraction(passage)
    if value > 1:
        raise form(passage, "a share", "write a fraction that is not more than 1, such as 2/3")
    note(facts, "share", value, passage)
    return Share(value)


def _fraction(passage: Passage) -> Fraction:
    found = re.fullmatch(r"([0-9]{1,7})\s*/\s*([0-9]{1,7})", passage.text)
    if not found:
        raise form(passage, "a share", fraction_cure(passage.text) or SHARE_FORM)
    above, below = int(found.group(1)), int(found.group(2))
    if above == 0 or below == 0 or above > PART_MAX or below > PART_MAX:
        raise form(passage, "a share", f"both numbers stand between 1 and {PART_MAX}")
    return Fraction(above, below)


def ratio(passage: Passage, facts: list[Fact]) -> Ratio:
    """A ratio of for to against."""
    found = re.fullmatch(r"([0-9]{1,4})\s*:\s*([0-9]{1,4})", passage.text)
    if not found or int(found.group(1)) == 0 or int(found.group(2)) == 0:
        raise form(passage, "a ratio", "write it as 3:1, for to against")
    value = Ratio(int(found.group(1)), int(found.group(2)))
    note(facts, "ratio", (value.in_favour, value.against), passage)
    return value


def share_or_count(passage: Passage, facts: list[Fact]) -> Share | Count:
    """A share, or a whole number."""
    if re.fullmatch(r"[0-9]+", passage.text):
        return Count(whole(passage, facts))
    return share(passage, facts)


def majority(passage: Passage, facts: list[Fact]) -> Majority:
    """`2/3`, `2/3 of entitled`, `3:1`."""
    if ":" in passage.text:
        plain = re.fullmatch(r"(\S+)\s+of\s+(?:the\s+)?(?:votes\s+)?cast", passage.text)
        return Majority(ratio(passage.group(plain, 1) if plain else passage, facts))
    found = _OF_ALL.fullmatch(passage.text)
    part = passage.group(found, 1) if found else passage
    value = _fraction(part)
    if value > 1:
        raise form(part, "a share", "write a fraction that is not more than 1, such as 2/3")
    note(facts, "majority", value, part)
    if not found:
        return Majority(Share(value))
    base = passage.group(found, 2)
    of = " ".join(base.text.split())
    if of not in BASES:
        raise form(base, "known as that of which a majority is taken", "write cast, present, entitled or seats")
    note(facts, "base", BASES[of], base)
    return Majority(Share(value), BASES[of])


def quorum(passage: Passage, facts: list[Fact]) -> Quorum:
    """`1/4`, `5`, `1/2 of the seats`, `3/2 of the square root of the roll`."""
    root = re.fullmatch(r"(?:(\S+)\s+of\s+)?the\s+square\s+root\s+of\s+(.+)", passage.text)
    if root:
        taker = passage.group(root, 2)
        factor = Fraction(1)
        if root.group(1):
            before = passage.group(root, 1)
            factor = Fraction(int(before.text)) if re.fullmatch(r"[1-9][0-9]{0,5}", before.text) else _fraction(before)
        note(facts, "root", factor, passage)
        return Quorum(Root(factor), _taker(taker))
    found = _OF_ALL.fullmatch(passage.text) or re.fullmatch(r"([0-9]+)\s+(members)", passage.text)
    if not found:
        return Quorum(share_or_count(passage, facts))
    return Quorum(share_or_count(passage.group(found, 1), facts), _taker(passage.group(found, 2)))


def _taker(passage: Passage) -> str:
    of = " ".join(passage.text.removeprefix("the ").split())
    if of not in TAKERS:
        raise form(
            passage,
            "known as that of which a quorum is taken",
            "write of the members, of the seats or of the roll",
        )
    return TAKERS[of]


def duration(passage: Passage, facts: list[Fact]) -> Duration:
    """A length of civil time, from 1 day to 100 years."""
    found = _DURATION.fullmatch(passage.text)
    if not found:
        raise form(passage, "a duration", DURATION_FORMS)
    number, unit = int(found.group(1)), found.group(3)
    if found.group(2) and unit != "day":
        raise form(passage, "a duration", "only days can be clear: write 14 clear days")
    if not 1 <= number <= LONGEST[unit]:
        raise form(passage, "a duration that can stand here", f"write 1 to {LONGEST[unit]} {unit}s")
    value = Duration(number, unit, bool(found.group(2)))
    note(facts, "duration", value, passage)
    return value


def yearly_day(passage: Passage, facts: list[Fact]) -> YearlyDay:
    """`1 May`, or `the first Saturday of March`."""
    cure = "write it as 1 May or the first Saturday of March"
    plain = re.fullmatch(r"([0-9]{1,2})\s+([A-Za-z]{3,9})", passage.text)
    nth = re.fullmatch(r"(?:the\s+)?(\w{4,6})\s+(\w{6,9})\s+(?:of|in)\s+([A-Za-z]{3,9})", passage.text)
    month = (plain.group(2) if plain else nth.group(3) if nth else "").capitalize()
    if month not in MONTHS:
        raise form(passage, "a day of the year", cure)
    number = MONTHS.index(month) + 1
    if plain:
        longest = 29 if number == 2 else 30 if number in (4, 6, 9, 11) else 31
        if not 1 <= int(plain.group(1)) <= longest:
            raise form(passage, "a day of the year", f"{month} has the days 1 to {longest}")
        value = YearlyDay(number, day=int(plain.group(1)))
    else:
        assert nth is not None
        order, weekday = nth.group(1).lower(), nth.group(2).capitalize()
        if order not in ORDER or weekday not in WEEKDAYS:
            raise form(passage, "a day of the year", cure)
        value = YearlyDay(number, nth=ORDER[order], weekday=WEEKDAYS.index(weekday))
    note(facts, "day", value, passage)
    return value


def recurrence(passage: Passage, facts: list[Fact]) -> Recurrence:
    """`every year on 1 May`, `every 2 years on 1 May`, `every 3 months`."""
    found = re.fullmatch(r"every\s+(?:([0-9]{1,6})\s+)?(day|week|month|year)s?(?:\s+on\s+(.+))?", passage.text)
    if not found:
        cure = "write it as every year on 1 May, every 2 years on 1 May or every 3 months"
        raise form(passage, "something that comes round", cure)
    unit, number = found.group(2), int(found.group(1) or 1)
    end = found.end(2) + (1 if passage.text[found.end(2) :].startswith("s") else 0)
    interval = passage.part(0, end)
    if not 1 <= number <= LONGEST[unit]:
        raise form(interval, "an interval that can stand here", f"write 1 to {LONGEST[unit]} {unit}s")
    value = Duration(number, unit)
    note(facts, "every", value, interval)
    if not found.group(3):
        return Recurrence(value)
    if unit != "year":
        raise form(
            passage,
            "an interval that can fall on a day of the year",
            "with a day write every year or every 2 years",
        )
    return Recurrence(value, yearly_day(passage.group(found, 3), facts))


def civil_date(passage: Passage) -> date:
    """A date such as 2027-03-06."""
    try:
        return parse_date(passage.text)
    except BadInput as fault:
        raise form(passage, "a date", fault.cure) from fault
