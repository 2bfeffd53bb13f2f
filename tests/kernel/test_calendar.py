"""Dates are civil, clear days exclude both ends, months clamp."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import (
    Duration,
    Recurrence,
    When,
    YearlyDay,
    add_months,
    clear_days_between,
    parse_civil_time,
    parse_date,
    parse_instant,
    parse_local,
    say_date,
    seconds_between,
)

DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def test_fourteen_clear_days_exclude_the_day_of_notice_and_the_day_of_the_meeting() -> None:
    sent = date(2027, 3, 1)
    notice = Duration(14, "day", clear=True)
    assert notice.after(sent) == date(2027, 3, 16)
    assert clear_days_between(sent, date(2027, 3, 12)) == 10
    assert Duration(14, "day").after(sent) == date(2027, 3, 15)


@given(DATES, st.integers(0, 400), st.booleans())
def test_the_last_day_to_send_is_the_day_whose_notice_just_fits(day: date, number: int, clear: bool) -> None:
    notice = Duration(number, "day", clear)
    sent = notice.before(day)
    assert notice.after(sent) == day
    assert notice.after(sent + timedelta(days=1)) > day


def test_month_arithmetic_clamps_to_the_last_day() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert Duration(1, "year").after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_the_first_saturday_of_march_comes_round() -> None:
    yearly = Recurrence(Duration(1, "year"), YearlyDay(3, nth=1, weekday=5))
    first = yearly.first_after(date(2026, 11, 22))
    assert first == date(2027, 3, 6)
    assert yearly.following(first) == date(2028, 3, 4)
    assert say_date(first) == "Saturday 6 March 2027"
    assert str(yearly) == "every year on the first Saturday of March"


def test_a_congress_every_two_years_on_the_first_of_may() -> None:
    congress = Recurrence(Duration(2, "year"), YearlyDay(5, day=1))
    assert congress.first_after(date(1952, 5, 1)) == date(1953, 5, 1)
    assert congress.following(date(1953, 5, 1)) == date(1955, 5, 1)
    assert str(congress) == "every 2 years on 1 May"


@given(st.integers(1900, 2200), st.integers(1, 12), st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6))
def test_an_nth_weekday_is_that_weekday_of_that_month(year: int, month: int, nth: int, weekday: int) -> None:
    day = YearlyDay(month, nth=nth, weekday=weekday).in_year(year)
    assert (day.month, day.weekday()) == (month, weekday)
    if nth > 0:
        assert (day.day - 1) // 7 == nth - 1
    else:
        assert (day + timedelta(days=7)).month != month


@pytest.mark.parametrize("text", ["2027-02-29", "27-01-01", "2027-1-1", "2027-01-01T00:00", "", "x", "2027-13-01"])
def test_what_is_not_a_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="2027-03-05"):
        parse_date(text)


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_bad_input(text: str) -> None:
    for parse in (parse_date, parse_civil_time, parse_instant, parse_local):
        with suppress(BadInput):
            parse(text)


def test_instants_compare_as_texts_and_differ_in_seconds() -> None:
    assert seconds_between("2027-03-05T18:12:03Z", "2027-03-05T18:13:00Z") == 57
    assert str(parse_local("2027-03-05T19:12:03+01:00")) == "2027-03-05 19:12:03"


def test_a_span_of_dates_runs_forwards() -> None:
    with pytest.raises(BadInput):
        When(date(2003, 12, 31), date(2003, 1, 1))
    assert When.on(date(2003, 1, 1)).known == date(2003, 1, 1)
    assert When(date(2003, 1, 1), date(2003, 12, 31)).known is None
