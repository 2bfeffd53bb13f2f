"""The calendar feed is strict iCalendar, keeps its UIDs, and holds every meeting and duty."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.documents.calendar_feed import calendar_feed, escaped, fold
from isonomy.engine.duties import duties
from isonomy.engine.state import Meeting
from tests.documents.ical_parser import Component, read_calendar, unescaped, unfolded
from tests.engine.meeting_rulebooks import branches, village
from tests.engine.test_adjournment import adjourned
from tests.organisation import TestOrganisation


def feed(org: TestOrganisation, day: str = "2027-02-01") -> str:
    return calendar_feed(org.state, duties(org.state, date.fromisoformat(day)))


def events(org: TestOrganisation, day: str = "2027-02-01") -> dict[str, Component]:
    """The events of a feed by UID without its origin."""
    return {event.value("UID").rpartition("@")[0]: event for event in read_calendar(feed(org, day)).inside}


def called() -> TestOrganisation:
    org = village()
    org.accepted(
        "meeting.call", by="ada", body="committee", starts="2027-02-10T19:00", matters=["budget"], place="Hall; left, 2"
    )
    return org


def test_a_called_meeting_stands_with_hour_place_and_matters() -> None:
    event = events(called())["mt-1"]
    assert event.value("SUMMARY") == "Committee"
    assert event.value("DTSTART") == "20270210T190000"
    assert event.value("LOCATION") == "Hall; left, 2"
    assert event.value("DESCRIPTION") == "About: budget.\nIt meets on call, clause 4 (mt-1)."
    assert event.value("STATUS") == "CONFIRMED"


def test_with_a_zone_at_hand_the_hour_is_an_instant() -> None:
    org = called()

    def instant_of(civil: str) -> str:
        zone = ZoneInfo(org.state.time_zone)
        return datetime.fromisoformat(civil).replace(tzinfo=zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    calendar = read_calendar(calendar_feed(org.state, (), instant_of))
    assert calendar.inside[0].value("DTSTART") == "20270210T180000Z"
    assert calendar.value("X-WR-TIMEZONE") == "Europe/Berlin"


def test_duties_stand_on_their_day_and_say_who_owes_them() -> None:
    found = events(called())
    notice, hold = found["notice-mt-1"], found["hold-members-meeting-2027-03-06"]
    assert (notice.value("DTSTART"), notice.value("DTEND")) == ("20270207", "20270208")
    assert hold.value("SUMMARY") == "Due: Hold the members' meeting on Saturday 6 March 2027"
    assert hold.value("DESCRIPTION").startswith("The chair (p-ada000).\nClause 3. ")
    assert hold.value("TRANSP") == "TRANSPARENT"


def test_uids_and_stamps_do_not_depend_on_the_day_the_feed_is_made() -> None:
    org = called()
    one, other = events(org, "2027-02-01"), events(org, "2027-02-02")
    assert one.keys() == other.keys()
    assert feed(org) == feed(org)
    assert {event.value("DTSTAMP") for event in one.values()} == {"20270106T090000Z"}


def test_a_cancelled_meeting_keeps_its_uid_and_says_so() -> None:
    org = called()
    before = int(events(org)["mt-1"].value("SEQUENCE"))
    org.accepted("meeting.cancel", by="ada", meeting="mt-1", why="the hall is flooded")
    event = events(org)["mt-1"]
    assert event.value("STATUS") == "CANCELLED"
    assert int(event.value("SEQUENCE")) > before
    assert "cancelled" in event.value("DESCRIPTION")


def test_an_adjourned_meeting_stands_at_the_time_at_which_it_goes_on() -> None:
    event = events(adjourned(), "2027-03-01")["mt-1"]
    assert event.value("DTSTART") == "20270306T100000"
    assert event.value("STATUS") == "CONFIRMED"
    assert event.value("DESCRIPTION").endswith("This meeting was adjourned.")
    assert events(adjourned(None), "2027-03-01")["mt-1"].value("DTSTART") == "20270301T100000"


def test_a_meeting_without_an_hour_takes_the_whole_day() -> None:
    org = village()
    org.set_clock("2027-03-06T10:00:00Z")
    org.accepted(
        "meeting.open", by="ada", body="members-meeting", present=[org.person(name) for name in ("ada", "ben", "cleo")]
    )
    event = events(org, "2027-03-06")["mt-1"]
    assert (event.value("DTSTART"), event.value("DTEND")) == ("20270306", "20270307")


def test_seats_in_units_have_uids_of_their_own() -> None:
    found = events(branches())
    assert "fill-branch-treasurer-at-south" in found
    assert len({event.value("UID") for event in found.values()}) == len(found)


@given(st.text(max_size=400))
def test_any_text_is_folded_and_unfolded_to_itself(text: str) -> None:
    value = escaped(text)
    line = f"SUMMARY:{value}"
    folded = fold(line)
    assert all(len(piece.encode()) <= 75 for piece in folded)
    assert "".join([folded[0], *(piece[1:] for piece in folded[1:])]) == line


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_any_printed_text_is_escaped_and_unescaped_to_itself(text: str) -> None:
    assert unescaped(escaped(text)) == text


@given(st.text(max_size=120), st.text(max_size=120))
def test_whatever_a_place_or_name_says_the_feed_stays_strict(place: str, name: str) -> None:
    org = village()
    org.state.name = name.encode("utf-8", "ignore").decode()
    org.state.meetings["mt-7"] = Meeting(
        "mt-7", "committee", "2027-02-10T19:00", "2027-01-06", "p-ada000", "ed-0",
        place=place.encode("utf-8", "ignore").decode(),
    )  # fmt: skip
    assert read_calendar(feed(org)).inside


@pytest.mark.parametrize(
    "broken",
    [
        "BEGIN:VCALENDAR\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\n",
        "X" * 76 + "\r\n",
        "BEGIN:A\r\nEND:B\r\n",
        " A:B\r\n",
    ],
)
def test_the_reader_of_these_trials_is_strict(broken: str) -> None:
    with pytest.raises(AssertionError):
        read_calendar(broken)
    assert unfolded("A:B\r\n C\r\n") == ["A:BC"]
