"""A meeting is called by those the clause names, early enough for its notice; of two calls the first stands."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from isonomy.engine.proceedings.notices import Asked, earliest_start, latest_dispatch, served_from
from isonomy.engine.refusal import Refused
from isonomy.kernel.calendar import Duration
from isonomy.rulebook.model import Body, Place
from tests.engine.meeting_rulebooks import branches, says, village


def test_the_worked_example_gives_the_verdict_clauses_and_effect_of_its_page() -> None:
    org = village()
    org.set_clock("2027-03-05T18:12:03Z")
    number = org.state.n
    org.accepted(
        "meeting.call", by="ada", as_="chair", until="2027-03-05T20:00:00Z", body="committee",
        starts="2027-03-10T19:00", matters=["budget"], expects=0,
    )  # fmt: skip
    entry = org.entries[-1]
    assert entry["n"] == number
    assert (entry["v"], entry["semantics"]) == (1, 1)
    assert (entry["at"], entry["local"]) == ("2027-03-05T18:12:03Z", "2027-03-05T19:12:03+01:00")
    assert entry["auth"]["kind"] == "signed"
    assert (entry["verdict"], entry["clauses"], entry["irregularities"]) == ("accepted", ["4"], [])
    assert entry["effects"] == [
        {
            "effect": "meeting.called", "meeting": f"mt-{number}", "body": "committee", "starts": "2027-03-10T19:00",
            "notice_due_on": "2027-03-07", "matters": ["budget"],
        }
    ]  # fmt: skip


def test_the_refusal_of_the_worked_example_names_clause_facts_and_the_lawful_day() -> None:
    org = village()
    # By demand on 1 March: 14 clear days from that day reach 16 March, whatever the clause on demands says.
    org.set_clock("2027-02-20")
    demanded(org)
    org.set_clock("2027-03-01")
    refused = org.refused(
        "meeting.call", by="ada", as_="chair", body="members-meeting", starts="2027-03-12T19:00",
        matters=["roof"], demand="ca-1",
    )  # fmt: skip
    assert refused.to_json("5f0d")["grounds"] == [
        {
            "clause": "3", "says": "14 clear days of notice",
            "facts": {"called on": "2027-03-01", "meeting": "2027-03-12", "clear days": 10},
            "cure": "call it for 2027-03-16 or later",
        }
    ]  # fmt: skip


def demanded(org) -> None:
    """Three of the twelve members, more than a fifth, demand a meeting about the roof."""
    org.accepted("meeting.demand", by="ben", body="members-meeting", matters=["roof"])
    org.accepted("demand.support", by="cleo", demand="ca-1")
    org.accepted("demand.support", by="dora", demand="ca-1")


def test_the_first_lawful_day_is_lawful_and_the_day_before_is_not() -> None:
    org = village()
    call = {"by": "ada", "as_": "chair", "body": "committee", "matters": ["budget"]}
    refused = org.refused("meeting.call", **call, starts="2027-01-08T19:00")
    assert refused.grounds[0].cure == "call it for 2027-01-09 or later"
    assert isinstance(org.judge("meeting.call", **call, starts="2027-01-08T23:59"), Refused)
    org.accepted("meeting.call", **call, starts="2027-01-09T00:00")


def test_only_the_seats_of_the_clause_call() -> None:
    org = village()
    for name, seat in (("ben", None), ("ben", "chair"), ("fay", "committee")):
        refused = org.refused(
            "meeting.call", by=name, as_=seat, body="committee", starts="2027-02-10T19:00", matters=["budget"]
        )
        assert refused.grounds[0].clause == "4"
        assert refused.grounds[0].says == "the committee is called by those the clause names"
        assert "the chair (held by p-ada000)" in refused.grounds[0].cure


def test_where_no_clause_lets_anybody_call_nobody_does() -> None:
    refused = village().refused(
        "meeting.call", by="ada", as_="chair", body="members-meeting", starts="2027-02-10T19:00", matters=["roof"]
    )
    assert "no clause lets anybody call the members' meeting" in says(refused)


def test_a_call_says_what_the_meeting_is_about() -> None:
    refused = village().refused("meeting.call", by="ada", body="committee", starts="2027-02-10T19:00")
    assert refused.grounds[0].says == "a call says what the meeting is about"


def test_a_meeting_is_not_called_for_a_time_that_is_past() -> None:
    org = branches()
    refused = org.refused("meeting.call", by="sue", body="council", starts="2027-01-06T08:00", matters=["budget"])
    assert "still to come" in says(refused)


def test_of_two_chairs_the_first_entry_stands() -> None:
    org = village()
    seen = org.state.n - 1
    org.accepted("meeting.call", by="ada", body="committee", starts="2027-02-10T19:00", matters=["budget"])
    org.accepted("mandate.end", by="ada", mandate=next(iter(org.state.by_seat["chair"])))
    again = org.judge(
        "meeting.call", by="ada", body="committee", starts="2027-02-12T19:00", matters=["budget"], expects=seen
    )
    assert isinstance(again, Refused)
    conflict = again.grounds[0]
    assert conflict.says == "the proceeding moved on since you looked"
    assert conflict.facts == {"of": "committee", "you saw entry": seen, "it changed with entry": seen + 1}


def test_one_body_is_called_once_for_one_day() -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="committee", starts="2027-02-10T19:00", matters=["budget"])
    refused = org.refused("meeting.call", by="ada", body="committee", starts="2027-02-10T21:00", matters=["budget"])
    assert "the first call stands" in says(refused)
    assert refused.grounds[0].facts["called"] == "mt-1"


def test_a_body_calls_by_its_decision_only() -> None:
    org = branches()
    call = {"body": "congress", "starts": "2027-03-20T10:00", "matters": ["programme"]}
    refused = org.refused("meeting.call", by="sue", as_="president", **call)
    assert refused.grounds[0].clause == "2"
    refused = org.refused("meeting.call", by="sue", as_="council", **call)
    assert refused.grounds[0].cure == "name the decision of the council on call-of-congress"


# -- meetings by right -------------------------------------------------------------------------------------


def test_a_meeting_by_right_may_be_called_for_its_day_however_late() -> None:
    org = village()
    org.set_clock("2027-03-05")
    called = org.accepted(
        "meeting.call", by="ada", body="members-meeting", starts="2027-03-06T10:00", by_right="2027-03-06"
    )
    assert called.effects[0]["notice_due_on"] == "2027-02-19"
    assert "short" not in called.effects[0]


def test_the_clause_names_the_day_of_a_meeting_by_right() -> None:
    org = village()
    early = org.refused(
        "meeting.call", by="ada", body="members-meeting", starts="2027-02-27T10:00", by_right="2027-03-06"
    )
    assert early.grounds[0].says == "the clause names the day on which the members' meeting meets by right"
    assert early.grounds[0].cure == "call it for 2027-03-06"
    other = org.refused(
        "meeting.call", by="ada", body="members-meeting", starts="2027-03-13T10:00", by_right="2027-03-13"
    )
    assert "falls by right on that day" in says(other)
    assert "name 2027-03-06" in says(other)


def test_a_meeting_by_right_after_its_day_needs_its_notice() -> None:
    org = village()
    org.set_clock("2027-03-10")
    call = {"by": "ada", "body": "members-meeting", "by_right": "2027-03-06"}
    refused = org.refused("meeting.call", **call, starts="2027-03-20T10:00")
    assert refused.grounds[0].cure == "call it for 2027-03-25 or later"
    org.accepted("meeting.call", **call, starts="2027-03-25T10:00")


def test_a_meeting_by_right_is_called_once() -> None:
    org = village()
    call = {"by": "ada", "body": "members-meeting", "by_right": "2027-03-06"}
    org.accepted("meeting.call", **call, starts="2027-03-06T10:00")
    refused = org.refused("meeting.call", **call, starts="2027-03-07T10:00")
    assert "this meeting by right is called already" in says(refused)


def test_the_latest_missed_occasion_makes_good_the_ones_before() -> None:
    org = village()
    org.set_clock("2028-03-10")
    refused = org.refused(
        "meeting.call", by="ada", body="members-meeting", by_right="2027-03-06", starts="2028-04-10T10:00"
    )
    assert "name 2028-03-04" in says(refused)


def test_a_matter_with_longer_notice_is_left_out_or_called_later() -> None:
    org = village()
    org.set_clock("2027-02-15")
    call = {"by": "ada", "body": "members-meeting", "starts": "2027-03-06T10:00", "by_right": "2027-03-06"}
    refused = org.refused("meeting.call", **call, matters=["amendment", "roof"])
    ground = refused.grounds[0]
    assert (ground.clause, ground.says) == ("5", "28 days of notice of amendment")
    assert ground.facts["days"] == 19
    assert ground.cure == "leave amendment out, or call a meeting on it for 2027-03-15 or later"
    org.accepted("meeting.call", **call, matters=["roof"])


# -- cancelling --------------------------------------------------------------------------------------------


def test_a_call_is_cancelled_by_those_who_call() -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="committee", starts="2027-02-10T19:00", matters=["budget"])
    org.refused("meeting.cancel", by="ben", meeting="mt-1", why="no time")
    org.accepted("meeting.cancel", by="ada", meeting="mt-1", why="the hall is flooded")
    assert org.state.meetings["mt-1"].standing == "cancelled"
    again = org.refused("meeting.cancel", by="ada", meeting="mt-1", why="twice")
    assert again.grounds[0].says == "the meeting is cancelled"


def test_a_meeting_by_right_is_nobodys_to_cancel() -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="members-meeting", starts="2027-03-06T10:00", by_right="2027-03-06")
    refused = org.refused("meeting.cancel", by="ada", meeting="mt-1", why="no wish to meet")
    assert refused.grounds[0].says == "a meeting by right is nobody's to cancel"


def test_a_demanded_meeting_is_cancelled_only_while_another_can_be_held_in_time() -> None:
    org = village()
    org.set_clock("2027-02-01")
    demanded(org)
    org.accepted(
        "meeting.call", by="ada", body="members-meeting", starts="2027-02-20T10:00", matters=["roof"], demand="ca-1"
    )
    org.set_clock("2027-02-07")
    assert org.state.demands["ca-1"].hold_by == "2027-02-22"
    free = org.judge("meeting.cancel", by="ada", meeting="mt-4", why="the hall is flooded")
    assert not isinstance(free, Refused)
    org.set_clock("2027-02-08")
    refused = org.refused("meeting.cancel", by="ada", meeting="mt-4", why="the hall is flooded")
    assert "only while another can be held in time" in says(refused)


# -- the arithmetic ----------------------------------------------------------------------------------------

durations = st.builds(
    lambda number, unit: Duration(number, unit), st.integers(1, 60), st.sampled_from(["day", "week", "month"])
) | st.builds(lambda number: Duration(number, "day", clear=True), st.integers(1, 60))


@given(durations, st.none() | durations, st.dates(min_value=date(1990, 1, 1), max_value=date(2900, 1, 1)))
def test_the_last_day_to_send_is_the_last_from_which_the_notice_is_kept(notice, served_after, start) -> None:
    body = Body("committee", "committee", Place("4", 1), notice=notice, served_after=served_after)
    asked = (Asked("4", notice),)
    last = latest_dispatch(body, asked, start)
    assert last is not None
    assert earliest_start(body, asked, last) <= start
    assert earliest_start(body, asked, last + (start.resolution)) > start
    assert notice.after(served_from(body, last)) <= start


def test_a_day_beyond_the_calendar_is_refused_not_computed() -> None:
    for starts in ("9999-12-31T19:00", "0001-01-01T19:00"):
        refused = village().refused("meeting.call", by="ada", body="committee", starts=starts, matters=["budget"])
        assert refused.grounds[0].says == "the day lies too far off"
