"""The congress falls overdue and says to whom: meetings by right, demanded and called, as duties with their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.engine.duties import duties
from isonomy.engine.duty import Duty
from isonomy.kernel.bad_input import BadInput
from tests.engine.meeting_rulebooks import VILLAGE, VILLAGERS, adopt, branches, village
from tests.organisation import TestOrganisation


def due(org: TestOrganisation, day: str, until: str | None = None, about: str = "") -> list[Duty]:
    """The duties on a day whose id holds some words."""
    found = duties(org.state, date.fromisoformat(day), date.fromisoformat(until) if until else None)
    return [duty for duty in found if about in duty.id]


def meet(org: TestOrganisation, day: str, count: int = 6) -> None:
    """The members' meeting is opened on a day by right, and closed."""
    org.set_clock(f"{day}T10:00:00Z")
    opened = org.accepted(
        "meeting.open", by="ada", body="members-meeting", present=[org.person(name) for name in VILLAGERS[:count]]
    )
    org.accepted("meeting.close", by="ada", meeting=opened.effects[0]["meeting"])


# -- by right ----------------------------------------------------------------------------------------------


def test_a_meeting_by_right_falls_due_on_the_day_of_the_clause() -> None:
    (hold,) = due(village(), "2027-01-06", about="hold members-meeting")
    assert (hold.due_on, hold.overdue_days, hold.clause) == ("2027-03-06", 0, "3")
    assert hold.duty == "Hold the members' meeting on Saturday 6 March 2027"
    assert hold.who == "the chair (p-ada000)"
    assert hold.derivation == (
        "The members' meeting meets by right on Saturday 6 March 2027: "
        "it comes every year on the first Saturday of March, counted from the founding on Wednesday 6 January 2027."
    )


def test_its_notice_is_due_so_many_days_before() -> None:
    (notice,) = due(village(), "2027-01-06", about="notice members-meeting")
    assert (notice.due_on, notice.clause) == ("2027-02-19", "3")
    assert "14 clear days of notice must have gone out by Friday 19 February 2027" in notice.derivation
    assert due(village(), "2027-02-25", about="notice members-meeting")[0].overdue_days == 6


def test_it_is_due_on_its_day_and_overdue_from_the_next() -> None:
    org = village()
    assert due(org, "2027-03-06", about="hold members-meeting")[0].overdue_days == 0
    (hold,) = due(org, "2027-03-07", "2027-03-07", about="hold members-meeting")
    assert hold.overdue_days == 1
    assert hold.is_overdue
    assert hold.duty == "Call and hold the members' meeting that was due on Saturday 6 March 2027"
    assert (hold.seats, hold.holders) == (("chair",), ("p-ada000",))


def test_an_overdue_congress_says_to_whom_and_that_nobody_is_left_to_call_it() -> None:
    org = branches()
    (hold,) = due(org, "2027-06-10", "2027-06-10", about="hold congress")
    assert (hold.due_on, hold.overdue_days, hold.who) == ("2027-05-01", 40, "the president (p-sue000)")
    # By 2029 the president's term of two years is over; the council's too: nobody is left who owes the call.
    (later,) = due(org, "2029-01-07", "2029-01-07", about="hold congress")
    assert later.who == "the president (vacant) or the council (vacant)"
    assert (later.due_on, later.holders) == ("2027-05-01", ())


def test_all_that_was_missed_is_one_duty() -> None:
    (hold,) = due(village(), "2030-01-01", "2030-01-01", about="hold members-meeting")
    assert hold.due_on == "2027-03-06"
    assert hold.derivation.endswith("It was missed 3 times, last on Saturday 3 March 2029.")


def test_held_on_its_day_it_is_done_with() -> None:
    org = village()
    meet(org, "2027-03-06")
    assert [duty.due_on for duty in due(org, "2027-03-07", about="hold members-meeting")] == ["2028-03-04"]


def test_an_inquorate_meeting_meets_nothing() -> None:
    org = village()
    org.set_clock("2027-03-06T10:00:00Z")
    org.accepted("meeting.lapse", by="ada", body="members-meeting", present=[org.person("ada")])
    assert due(org, "2027-03-07", "2027-03-07", about="hold members-meeting")[0].due_on == "2027-03-06"


def test_called_late_it_stays_overdue_until_it_is_held() -> None:
    org = village()
    org.set_clock("2027-03-10")
    org.accepted("meeting.call", by="ada", body="members-meeting", by_right="2027-03-06", starts="2027-03-26T10:00")
    org.accepted("notice.send", by="ada", meeting="mt-1", how="post", to_count=12)
    (hold,) = due(org, "2027-03-20", "2027-03-20", about="hold members-meeting")
    assert hold.overdue_days == 14
    assert hold.derivation.endswith("It is called for Friday 26 March 2027, 10:00 (mt-1).")
    org.set_clock("2027-03-26T10:00:00Z")
    org.accepted("meeting.open", by="ada", meeting="mt-1", present=[org.person(name) for name in VILLAGERS[:6]])
    assert [duty.due_on for duty in due(org, "2027-03-26", about="hold members-meeting")] == ["2028-03-04"]


def test_a_meeting_on_demand_does_not_stand_for_the_one_by_right() -> None:
    org = village()
    org.set_clock("2027-02-10")
    for place, name in enumerate(("ben", "cleo", "dora")):
        act, fields = ("demand.support", {"demand": "ca-1"}) if place else ("meeting.demand", {"matters": ["roof"]})
        org.accepted(act, by=name, **(fields if place else fields | {"body": "members-meeting"}))
    org.accepted(
        "meeting.call", by="ada", body="members-meeting", demand="ca-1", matters=["roof"], starts="2027-03-01T10:00"
    )
    org.accepted("notice.send", by="ada", meeting="mt-4", how="post", to_count=12)
    org.set_clock("2027-03-01T10:00:00Z")
    org.accepted("meeting.open", by="ada", meeting="mt-4", present=[org.person(name) for name in VILLAGERS[:6]])
    assert due(org, "2027-03-07", "2027-03-07", about="hold members-meeting")[0].overdue_days == 1


def test_a_horizon_shows_every_occasion_up_to_it_and_none_beyond() -> None:
    found = due(village(), "2027-01-06", "2029-12-31", about="hold members-meeting")
    assert [duty.due_on for duty in found] == ["2027-03-06", "2028-03-04", "2029-03-03"]
    assert due(village(), "2027-01-06", "2027-03-05", about="hold members-meeting") == []


def test_an_edition_that_leaves_the_day_as_it_was_does_not_start_the_row_anew() -> None:
    org = branches()
    adopt(org, org.entries[0]["act"]["rulebook"].replace("14 days", "15 days"), "2028-01-01")
    found = due(org, "2027-01-06", "2032-01-01", about="hold congress")
    assert [duty.due_on for duty in found] == ["2027-05-01", "2029-05-01", "2031-05-01"]


def test_an_edition_that_changes_the_day_begins_a_row_and_leaves_what_was_missed() -> None:
    org = village()
    moved = VILLAGE.replace("the first Saturday of March", "the first Sunday of June")
    adopt(org, moved, "2027-04-01")
    found = due(org, "2027-05-01", "2028-12-31", about="hold members-meeting")
    assert [(duty.due_on, duty.overdue_days) for duty in found] == [
        ("2027-03-06", 56), ("2027-06-06", 0), ("2028-06-04", 0),
    ]  # fmt: skip
    assert "the day clause 3 came into force on Thursday 1 April 2027" in found[1].derivation


# -- by right within a time --------------------------------------------------------------------------------


def council_meets(org: TestOrganisation, day: str) -> None:
    """The council is called, noticed and opened for a day."""
    start = date.fromisoformat(day)
    org.set_clock((start - timedelta(days=10)).isoformat())
    meeting = org.accepted("meeting.call", by="sue", body="council", starts=f"{day}T09:00", matters=["budget"])
    id = meeting.effects[0]["meeting"]
    org.accepted("notice.send", by="sue", meeting=id, how="post", to_count=4)
    org.set_clock(f"{day}T12:00:00Z")
    org.accepted("meeting.open", by="sue", meeting=id, present=[org.person("sue"), org.person("nan")])
    org.accepted("meeting.close", by="sue", meeting=id)


def next_council(org: TestOrganisation, day: str) -> list[tuple[str, int]]:
    return [(duty.due_on, duty.overdue_days) for duty in due(org, day, about="hold council")]


def test_where_no_day_is_named_any_meeting_in_the_time_meets_it() -> None:
    org = branches()
    assert next_council(org, "2027-01-06") == [("2027-04-06", 0)]
    council_meets(org, "2027-02-01")
    council_meets(org, "2027-03-01")
    # A second meeting in the same quarter does not stand for the next one.
    assert next_council(org, "2027-03-02") == []
    assert next_council(org, "2027-04-07") == [("2027-07-06", 0)]


def test_a_late_meeting_makes_good_what_was_missed_and_does_not_stand_for_the_next() -> None:
    org = branches()
    council_meets(org, "2027-04-20")
    assert next_council(org, "2027-04-21") == [("2027-07-06", 0)]
    council_meets(org, "2027-05-20")
    assert next_council(org, "2027-05-21") == []


def test_where_no_day_is_named_the_call_is_due_with_its_notice() -> None:
    org = branches()
    (notice,) = due(org, "2027-01-06", about="notice council")
    assert (notice.due_on, notice.duty) == ("2027-03-30", "Call the council so that it meets by Tuesday 6 April 2027")
    org.accepted("meeting.call", by="sue", body="council", starts="2027-02-10T09:00", matters=["budget"])
    (sent,) = due(org, "2027-01-06", about="notice")[:1]
    assert (sent.id, sent.due_on) == ("notice mt-1", "2027-02-03")


# -- called and demanded -----------------------------------------------------------------------------------


def test_the_notice_of_a_called_meeting_is_due_and_gone_when_it_is_sent() -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="committee", starts="2027-02-10T19:00", matters=["budget"])
    (notice,) = due(org, "2027-01-06", about="notice mt-1")
    assert (notice.due_on, notice.clause, notice.thing) == ("2027-02-07", "4", "mt-1")
    (late,) = due(org, "2027-02-09", about="notice mt-1")
    assert late.overdue_days == 2
    assert late.derivation.endswith("It is too late for that day now: call it anew.")
    org.accepted("notice.send", by="ada", meeting="mt-1", how="post", to_count=5)
    assert due(org, "2027-01-06", about="notice mt-1") == []


def test_a_meeting_of_which_nobody_says_what_became_is_asked_for() -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="committee", starts="2027-02-10T19:00", matters=["budget"])
    (account,) = due(org, "2027-02-12", about="mt-1")
    assert (account.id, account.overdue_days) == ("account mt-1", 2)


def test_a_demanded_meeting_is_to_be_called_and_held_by_the_days_of_the_clause() -> None:
    org = branches()
    org.accepted("meeting.demand", by="nan", body="congress", matters=["programme"])
    call, hold = due(org, "2027-01-06", about="ca-1")
    assert (call.id, call.due_on, call.who.partition(" (")[0]) == ("call ca-1", "2027-01-13", "the council")
    assert (hold.id, hold.due_on, hold.clause) == ("hold ca-1", "2027-02-05", "2")
    assert "the meeting is held within 30 days, by Friday 5 February 2027" in hold.derivation
    org.accepted(
        "meeting.call", by="sue", body="congress", demand="ca-1", matters=["programme"], starts="2027-02-01T10:00"
    )
    (left,) = due(org, "2027-01-06", about="ca-1")
    assert left.id == "hold ca-1"
    org.accepted("notice.send", by="sue", meeting="mt-2", how="post", to_count=6)
    org.set_clock("2027-02-01T10:00:00Z")
    org.accepted("meeting.open", by="sue", meeting="mt-2", present=[org.person(n) for n in ("nan", "sam", "wil")])
    assert due(org, "2027-02-02", about="ca-1") == []


def test_one_figure_alone_gives_the_last_day_to_call_with_the_notice() -> None:
    org = village()
    org.set_clock("2027-02-01")
    org.accepted("meeting.demand", by="ben", body="members-meeting", matters=["roof"])
    org.accepted("demand.support", by="cleo", demand="ca-1")
    org.accepted("demand.support", by="dora", demand="ca-1")
    call, hold = due(org, "2027-02-01", about="ca-1")
    assert (call.due_on, hold.due_on) == ("2027-02-07", "2027-02-22")
    assert "to be held by Monday 22 February 2027 with its notice it is called by Sunday 7 February" in call.derivation


# -- laws --------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(2027, 2036), unique=True), st.integers(0, 4000))
def test_of_all_occasions_exactly_those_after_the_last_one_held_are_left(years: list[int], days: int) -> None:
    org = village(mandates={"committee": VILLAGERS[:5]})
    saturdays = {
        year: next(date(year, 3, day) for day in range(1, 8) if date(year, 3, day).weekday() == 5) for year in years
    }
    for year in sorted(years):
        meet_anyhow(org, saturdays[year].isoformat())
    now = max(date(2027, 1, 6) + timedelta(days=days), date.fromisoformat(org.today))
    overdue = [duty for duty in duties(org.state, now, now) if duty.id.startswith("hold members-meeting")]
    last = max(saturdays.values(), default=date(2027, 1, 6))
    missed = [day for year in range(2027, now.year + 1) if last < (day := first_saturday(year)) <= now]
    assert [duty.due_on for duty in overdue] == [day.isoformat() for day in _listed(missed, now)]


def _listed(missed: list[date], now: date) -> list[date]:
    """What is listed: the first missed one, and one that falls on the day itself."""
    past = [day for day in missed if day < now]
    return past[:1] + [day for day in missed if day == now]


def first_saturday(year: int) -> date:
    return next(date(year, 3, day) for day in range(1, 8) if date(year, 3, day).weekday() == 5)


def meet_anyhow(org: TestOrganisation, day: str) -> None:
    """As `meet`, opened by a member: the chair's term may be over by then."""
    org.set_clock(f"{day}T10:00:00Z")
    org.accepted("meeting.open", by="ada", body="members-meeting", present=[org.person(name) for name in VILLAGERS[:6]])


def test_the_same_record_and_day_give_the_same_duties() -> None:
    org = branches()
    council_meets(org, "2027-02-01")
    again = org.replayed()
    for day in (date(2027, 2, 1), date(2028, 2, 29)):
        assert duties(org.state, day) == duties(again, day)


def test_duties_never_change_the_state() -> None:
    org = branches()
    before = org.state.digest()
    duties(org.state, date(2030, 1, 1), date(2031, 1, 1))
    assert org.state.digest() == before


def test_a_history_owes_nothing() -> None:
    org = TestOrganisation(VILLAGE, ("clio",), kind="history", founded_on="1900-01-01")
    assert duties(org.state, date(2027, 1, 1)) == ()


def test_days_outside_the_calendar_are_bad_input() -> None:
    org = village()
    with pytest.raises(BadInput, match="before the founding"):
        duties(org.state, date(2027, 1, 5))
    with pytest.raises(BadInput, match="too far ahead"):
        duties(org.state, date(2027, 1, 6), date(9999, 1, 1))
