"""Next year's calendar of each model: the days that its clauses say, each with who, why and what follows, and as a file."""

from __future__ import annotations

from datetime import date

import pytest

from isonomy.documents.calendar_feed import calendar_feed
from isonomy.engine.duties import duties
from isonomy.engine.duty import Duty
from isonomy.engine.state import State
from isonomy.rulebook.model import Rulebook
from tests.documents.ical_parser import read_calendar
from tests.documents.models import MODELS, founded

FIRST, LAST = date(2027, 1, 5), date(2028, 1, 4)
"""The year after the founding on 4 January 2027, in which nothing is late yet."""


def every(months: int) -> list[str]:
    """The fourth of every so many months, up to the last day: as they come round from the founding."""
    return [f"{2027 + place // 12}-{place % 12 + 1:02}-04" for place in range(months, 13, months)]


MONDAYS = [date.fromordinal(day).isoformat() for day in range(date(2027, 1, 11).toordinal(), LAST.toordinal() + 1, 7)]
MEETINGS: dict[str, dict[str, list[str]]] = {
    "association": {"members-meeting": ["2027-03-06"]},
    "circle": {"branch-meeting@branch-1": every(12), "branch-meeting@branch-2": every(12), "congress": ["2027-05-01"], "committee": every(3)},
    "federation": {
        "branch-meeting@branch-1": ["2027-02-06"], "branch-meeting@branch-2": ["2027-02-06"], "congress": ["2027-05-01"], "committee": every(3),
    },
    "foundation": {"assembly": ["2027-10-09"], "trustees": every(3)},
    "housing-cooperative": {"members-meeting": ["2027-05-01"], "board": every(2), "supervisory-committee": every(3)},
    "professional-body": {
        "regional-meeting@region-1": ["2027-03-01"], "regional-meeting@region-2": ["2027-03-01"], "assembly": ["2027-06-12"],
        "council": every(2), "examiners": every(3), "conduct-panel": every(3), "appeal-board": every(6),
    },
    "union": {
        "workplace-meeting@workplace-1": every(6), "workplace-meeting@workplace-2": every(6), "conference": ["2027-06-01"],
        "executive": every(2), "appeals-panel": every(6),
    },
    "worker-cooperative": {"general-meeting": every(1), "co-ordinators": MONDAYS},
}  # fmt: skip
"""The meetings by right of each model in that year, reckoned by hand from its clauses."""
DUTIES = {
    "association": {"yearly-report": "2027-03-06"},
    "circle": {},
    "federation": {"report-to-congress": "2027-05-01", "accounts": "2027-03-01", "list-of-mandates": "2027-10-01", "subscriptions": "2027-11-01"},
    "foundation": {"accounts": "2027-09-01", "audit": "2027-09-15"},
    "housing-cooperative": {"accounts": "2027-04-01"},
    "professional-body": {"accounts": "2027-05-01"},
    "union": {"yearly-report": "2027-05-01"},
    "worker-cooperative": {"accounts": "2027-04-04"},
}  # fmt: skip
"""The duties of `duty` blocks with the first day on which each comes round."""


def year_of(model: str) -> tuple[State, tuple[Duty, ...], Rulebook]:
    """A model on the day after its founding: state, what falls due in the year, rulebook."""
    org = founded(model)
    return org.state, duties(org.state, FIRST, LAST), org.state.rulebook("ed-0")


def test_every_model_has_its_calendar_here() -> None:
    assert set(MODELS) == set(MEETINGS) == set(DUTIES)


@pytest.mark.parametrize("model", MODELS)
def test_each_meeting_by_right_stands_on_the_day_of_its_clause(model: str) -> None:
    _, found, _ = year_of(model)
    held: dict[str, list[str]] = {}
    for duty in found:
        if duty.id.startswith("hold "):
            held.setdefault(duty.thing, []).append(duty.due_on)
    assert held == MEETINGS[model]


@pytest.mark.parametrize("model", MODELS)
def test_notice_of_each_meeting_by_right_is_due_before_it(model: str) -> None:
    _, found, rulebook = year_of(model)
    told = {duty.id.removeprefix("notice "): duty.due_on for duty in found if duty.id.startswith("notice ")}
    for body, days in MEETINGS[model].items():
        if rulebook.bodies[body.partition("@")[0]].notice is None:
            continue
        for day in days:
            due = told.get(f"{body} {day}", "")
            assert due < day, f"notice of {body} on {day} is due {due or 'never'}"


@pytest.mark.parametrize("model", MODELS)
def test_each_duty_of_a_block_comes_round_and_says_what_follows(model: str) -> None:
    _, found, rulebook = year_of(model)
    first: dict[str, Duty] = {}
    for duty in found:
        if duty.id.startswith("duty "):
            first.setdefault(duty.thing.partition(":")[0], duty)
    assert {name: duty.due_on for name, duty in first.items()} == DUTIES[model]
    for name, duty in first.items():
        assert duty.clause == rulebook.duties[name].place.clause
        if rulebook.duties[name].or_else:
            assert "Or else: " in duty.derivation, f"{name} does not say what follows: {duty.derivation}"


@pytest.mark.parametrize("model", MODELS)
def test_each_term_that_ends_in_the_year_is_a_duty_to_fill_the_seat(model: str) -> None:
    state, found, _ = year_of(model)
    over = {mandate.seat for mandate in state.mandates.values() if mandate.until and mandate.until <= LAST.isoformat()}
    filled = {duty.thing for duty in found if duty.id.startswith("fill ")}
    assert over <= filled


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_late_on_the_first_day_and_each_has_a_clause_somebody_and_a_reason(model: str) -> None:
    _, found, rulebook = year_of(model)
    assert len(found) >= 6
    assert len({duty.id for duty in found}) == len(found)
    assert [duty.due_on for duty in found] == sorted(duty.due_on for duty in found)
    for duty in found:
        assert FIRST.isoformat() <= duty.due_on <= LAST.isoformat(), duty
        assert not duty.is_overdue
        assert duty.clause in rulebook.clauses, duty
        assert duty.who, duty
        assert duty.derivation.endswith("."), duty
        assert duty.seats, duty


@pytest.mark.parametrize("model", MODELS)
def test_the_calendar_file_holds_the_same_days_to_a_strict_reader(model: str) -> None:
    state, found, _ = year_of(model)
    calendar = read_calendar(calendar_feed(state, found))
    events = [component for component in calendar.inside if component.name == "VEVENT"]
    assert sorted(event.value("DTSTART") for event in events) == sorted(duty.due_on.replace("-", "") for duty in found)


@pytest.mark.parametrize("model", MODELS)
def test_the_calendar_file_holds_the_same_days_to_another_program(model: str) -> None:
    icalendar = pytest.importorskip("icalendar", reason="a calendar library that is not among what the tests need")
    state, found, _ = year_of(model)
    read = icalendar.Calendar.from_ical(calendar_feed(state, found))
    events = [(event.decoded("DTSTART").isoformat(), str(event["SUMMARY"])) for event in read.walk("VEVENT")]
    assert sorted(events) == sorted((duty.due_on, f"Due: {duty.duty}") for duty in found)
    assert len({str(event["UID"]) for event in read.walk("VEVENT")}) == len(found)
