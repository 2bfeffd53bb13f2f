"""What the words of a clause say: the quantities, times and days that rules are written with, and what is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.calendar import YearlyDay
from isonomy.rulebook.words import plain, read_words
from isonomy.rulebook.words_en import ENGLISH


def said(words: str):
    return read_words(words, "en")


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("14 days of notice", ("day", 14, False)),
        ("fourteen days' notice", ("day", 14, False)),
        ("fourteen (14) days", ("day", 14, False)),
        ("a fortnight’s notice", ("day", 14, False)),
        ("two weeks", ("day", 14, False)),
        ("a two-week period", ("day", 14, False)),
        ("**14&nbsp;**days".replace("&nbsp;", " "), ("day", 14, False)),
        ("14 clear days", ("day", 14, True)),
        ("fourteen clear days’ notice", ("day", 14, True)),
        ("14 days clear", ("day", 14, True)),
        ("not less than twenty-one days", ("day", 21, False)),
        ("between 14 and 28 days", ("day", 14, False)),
        ("between 14 and 28 days", ("day", 28, False)),
        ("within a week", ("day", 7, False)),
        ("a week's notice", ("day", 7, False)),
        ("one calendar month", ("month", 1, False)),
        ("for a term of two years", ("month", 24, False)),
        ("a three-year term", ("month", 36, False)),
        ("twelve months", ("month", 12, False)),
        ("one hundred and twenty days", ("day", 120, False)),
        ("half a year", ("month", 6, False)),
        ("1,000 days", ("day", 1000, False)),
    ],
)
def test_a_duration_is_read_from_the_words(words: str, length: tuple[str, int, bool]) -> None:
    assert length in said(words).durations


@pytest.mark.parametrize(
    "words",
    [
        "14 working days",
        "14 members and 3 days",
        "see clause 14, days are counted",
        "14 clear days",
        "the 14th day of March",
        "14 hours",
        "2014 days",
    ],
)
def test_what_is_no_14_days_is_not_read_as_14_days(words: str) -> None:
    assert ("day", 14, False) not in said(words).durations


@pytest.mark.parametrize(
    ("words", "interval"),
    [
        ("every year", ("month", 12, False)),
        ("each year", ("month", 12, False)),
        ("annually", ("month", 12, False)),
        ("the annual meeting", ("month", 12, False)),
        ("once a year", ("month", 12, False)),
        ("at least once in every calendar year", ("month", 12, False)),
        ("every 2 years", ("month", 24, False)),
        ("every two years", ("month", 24, False)),
        ("every second year", ("month", 24, False)),
        ("every other year", ("month", 24, False)),
        ("once in two years", ("month", 24, False)),
        ("biennially", ("month", 24, False)),
        ("every three months", ("month", 3, False)),
        ("quarterly", ("month", 3, False)),
        ("each quarter", ("month", 3, False)),
        ("four times a year", ("month", 3, False)),
        ("twice a year", ("month", 6, False)),
        ("half-yearly", ("month", 6, False)),
        ("monthly", ("month", 1, False)),
        ("every fortnight", ("day", 14, False)),
        ("weekly", ("day", 7, False)),
    ],
)
def test_a_recurrence_is_read_from_the_words(words: str, interval: tuple[str, int, bool]) -> None:
    assert interval in said(words).intervals


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on 1 May", YearlyDay(5, day=1)),
        ("on the 1st of May", YearlyDay(5, day=1)),
        ("on May 1", YearlyDay(5, day=1)),
        ("on May 1st", YearlyDay(5, day=1)),
        ("on the first of May", YearlyDay(5, day=1)),
        ("on the first day of May", YearlyDay(5, day=1)),
        ("by the thirty-first of December", YearlyDay(12, day=31)),
        ("by the twenty-first of June", YearlyDay(6, day=21)),
        ("on the first Saturday of March", YearlyDay(3, nth=1, weekday=5)),
        ("on the first Saturday in March", YearlyDay(3, nth=1, weekday=5)),
        ("on the last Friday of June", YearlyDay(6, nth=-1, weekday=4)),
    ],
)
def test_a_day_of_the_year_is_read_from_the_words(words: str, day: YearlyDay) -> None:
    assert said(words).days == {day}


def test_may_is_a_month_only_where_it_is_written_as_one() -> None:
    assert said("of the members 5 may demand it").days == frozenset()
    assert said("of the members 5 may demand it").numbers == {5}
    assert said("they march 5 times").days == frozenset()


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("half of the members", Fraction(1, 2)),
        ("one half", Fraction(1, 2)),
        ("a third of the branches", Fraction(1, 3)),
        ("one-third", Fraction(1, 3)),
        ("two thirds", Fraction(2, 3)),
        ("two-thirds of the votes cast", Fraction(2, 3)),
        ("three quarters", Fraction(3, 4)),
        ("three fourths", Fraction(3, 4)),
        ("a quarter", Fraction(1, 4)),
        ("2/3", Fraction(2, 3)),
        ("⅔ of those present", Fraction(2, 3)),
        ("½", Fraction(1, 2)),
        ("25 % of the members", Fraction(1, 4)),
        ("25%", Fraction(1, 4)),
        ("twenty-five per cent", Fraction(1, 4)),
        ("12.5 percent", Fraction(1, 8)),
        ("two out of three", Fraction(2, 3)),
        ("one in five members", Fraction(1, 5)),
        ("one fifth", Fraction(1, 5)),
        ("nine tenths", Fraction(9, 10)),
    ],
)
def test_a_share_is_read_from_the_words(words: str, share: Fraction) -> None:
    assert share in said(words).shares


@pytest.mark.parametrize("words", ["the third Saturday of March", "the second and third reading", "every third year"])
def test_an_order_is_no_share(words: str) -> None:
    assert said(words).shares == frozenset()


@pytest.mark.parametrize(
    ("words", "ratio"),
    [
        ("a 3:1 majority", (3, 1)),
        ("by three to one", (3, 1)),
        ("three times as many for as against", (3, 1)),
        ("twice as many", (2, 1)),
        ("6:2", (3, 1)),
    ],
)
def test_a_ratio_is_read_from_the_words(words: str, ratio: tuple[int, int]) -> None:
    assert ratio in said(words).ratios


@pytest.mark.parametrize(
    ("words", "factor"),
    [
        ("3/2 of the square root of the roll", Fraction(3, 2)),
        ("one and a half times the square root", Fraction(3, 2)),
        ("half the square root of the number of members", Fraction(1, 2)),
        ("half of the square root", Fraction(1, 2)),
        ("3 times the square root", Fraction(3)),
        ("the square root of the roll", Fraction(1)),
    ],
)
def test_a_root_is_read_from_the_words(words: str, factor: Fraction) -> None:
    assert said(words).roots == {factor}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("a committee of 5", {5}),
        ("a committee of five", {5}),
        ("five to seven members", {5, 7}),
        ("1. Members\n2. Committee of 5", {5}),
        ("(3) A committee of 5", {5}),
        ("under clause 7 there are 5", {5}),
        ("under clauses 5, 6 and 7 there are 9", {9}),
        ("since 2027-03-06 there are 5", {5}),
        ("[5] says 9", {9}),
        ("see [page 3](https://example.org/7) for 9", {3, 9}),
        ("both secretaries", {2}),
        ("a dozen members, or two dozen", {12, 24}),
        ("up to 1,500", {1500}),
        ("3.5 is no number", set()),
        ("one hundred and five", {105}),
        ("one or two", {1, 2}),
    ],
)
def test_plain_numbers_are_those_that_are_part_of_nothing_else(words: str, numbers: set[int]) -> None:
    assert said(words).numbers == numbers


@given(st.integers(min_value=1, max_value=999_999))
def test_a_number_in_words_is_the_number(number: int) -> None:
    assert said(f"there are {_in_words(number)} of them").numbers == {number}


@given(st.text(max_size=300))
def test_any_words_are_read(words: str) -> None:
    read_words(words, "en")
    assert "\n" not in plain(words, ENGLISH)


def _in_words(number: int) -> str:
    ones = {value: word for word, value in ENGLISH.numbers.items()}
    tens = {value: word for word, value in ENGLISH.tens.items()}
    if number >= 1000:
        rest = number % 1000
        joined = f" {_in_words(rest)}" if rest >= 100 else f" and {_in_words(rest)}" if rest else ""
        return f"{_in_words(number // 1000)} thousand{joined}"
    if number >= 100:
        return f"{ones[number // 100]} hundred" + (f" and {_in_words(number % 100)}" if number % 100 else "")
    if number < 20:
        return ones[number]
    return tens[number - number % 10] + (f"-{ones[number % 10]}" if number % 10 else "")
