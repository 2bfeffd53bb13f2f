"""A demand counts those entitled, each once; once it reached its number the days of call and meeting run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.engine.meeting_rulebooks import VILLAGERS, branches, says, village


def test_a_demand_is_reached_with_its_share_and_not_before() -> None:
    org = village()
    org.accepted("meeting.demand", by="ben", body="members-meeting", matters=["roof"])
    assert "demand.reached" not in str(org.accepted("demand.support", by="cleo", demand="ca-1").effects)
    org.set_clock("2027-01-20")
    reached = org.accepted("demand.support", by="dora", demand="ca-1").effects[-1]
    # 1/5 of 12 is 2.4, so three; one figure alone in the clause means held.
    assert reached == {"effect": "demand.reached", "demand": "ca-1", "on": "2027-01-20", "hold_by": "2027-02-10"}


@given(st.sets(st.sampled_from(VILLAGERS), min_size=1))
def test_whoever_supports_a_demand_is_reached_exactly_at_a_fifth(names: set[str]) -> None:
    org = village()
    first, *others = sorted(names)
    org.accepted("meeting.demand", by=first, body="members-meeting", matters=["roof"])
    for place, name in enumerate(others, start=2):
        if place > 3:
            break
        org.accepted("demand.support", by=name, demand="ca-1")
    assert bool(org.state.demands["ca-1"].reached_on) == (5 * len(names) >= len(VILLAGERS))


def test_two_figures_set_two_days() -> None:
    org = branches()
    reached = org.accepted(
        "meeting.demand", by="nan", as_="branch-secretary@north", body="congress", matters=["programme"]
    ).effects[-1]
    # One branch of three is a third.
    assert (reached["call_by"], reached["hold_by"]) == ("2027-01-13", "2027-02-05")


def test_each_supports_once() -> None:
    org = village()
    org.accepted("meeting.demand", by="ben", body="members-meeting", matters=["roof"])
    assert "supports the demand already" in says(org.refused("demand.support", by="ben", demand="ca-1"))


def test_one_who_left_counts_no_longer() -> None:
    org = village()
    org.accepted("meeting.demand", by="fay", body="members-meeting", matters=["roof"])
    org.accepted("demand.support", by="gus", demand="ca-1")
    org.accepted("member.leave", by="fay")
    org.accepted("demand.support", by="hana", demand="ca-1")
    assert org.state.demands["ca-1"].reached_on == ""
    org.accepted("demand.support", by="ivo", demand="ca-1")
    assert org.state.demands["ca-1"].reached_on == "2027-01-06"


def test_support_is_withdrawn_before_the_number_is_reached_and_not_after() -> None:
    org = village()
    org.accepted("meeting.demand", by="ben", body="members-meeting", matters=["roof"])
    org.accepted("demand.withdraw", by="ben", demand="ca-1")
    assert org.state.demands["ca-1"].supporters == []
    for name in ("cleo", "dora", "emil"):
        org.accepted("demand.support", by=name, demand="ca-1")
    refused = org.refused("demand.withdraw", by="cleo", demand="ca-1")
    assert "the demand has reached its number already" in says(refused)


def test_a_branch_demands_through_the_office_that_keeps_its_minutes() -> None:
    org = branches()
    demand = {"body": "congress", "matters": ["programme"]}
    # The treasurer speaks for nothing; nor does the secretary of another branch.
    refused = org.refused("meeting.demand", by="ned", as_="branch-treasurer@north", **demand)
    assert "demanded by those the clause names" in says(refused)
    org.refused("meeting.demand", by="nan", as_="branch-secretary@south", **demand)
    opened = org.accepted("meeting.demand", by="nan", **demand)
    assert opened.effects[1] == {"effect": "demand.supported", "demand": "ca-1", "supporter": "north"}


def test_a_member_alone_does_not_speak_for_a_branch() -> None:
    refused = branches().refused("meeting.demand", by="nia", body="congress", matters=["programme"])
    assert refused.grounds[0].clause == "2"


def test_a_branch_demands_by_a_decision_of_its_meeting() -> None:
    org = branches()
    refused = org.refused(
        "meeting.demand", by="nia", as_="branch-meeting@north", body="congress", matters=["programme"]
    )
    assert refused.grounds[0].cure == "name the decision of the branch meeting on demand-of-congress"


def test_in_a_branch_its_own_members_demand_its_meeting() -> None:
    org = branches()
    demand = {"body": "branch-meeting@north", "matters": ["branch-rooms"]}
    assert "demanded by those" in says(org.refused("meeting.demand", by="sam", **demand))
    reached = org.accepted("meeting.demand", by="nia", **demand).effects[-1]
    assert (reached["call_by"], reached["hold_by"]) == ("2027-01-13", "2027-01-20")


def test_where_no_clause_has_a_demand_there_is_none() -> None:
    refused = branches().refused("meeting.demand", by="sue", body="council", matters=["budget"])
    assert "no clause lets anybody demand" in says(refused)


# -- the call that answers a demand ------------------------------------------------------------------------


def reached() -> tuple:
    """Three of twelve demanded a members' meeting on 1 February; it is held by 22 February."""
    org = village()
    org.set_clock("2027-02-01")
    org.accepted("meeting.demand", by="ben", body="members-meeting", matters=["roof"])
    for name in ("cleo", "dora"):
        org.accepted("demand.support", by=name, demand="ca-1")
    return org, {"body": "members-meeting", "demand": "ca-1", "matters": ["roof"]}


def test_a_demand_is_answered_only_when_it_is_reached() -> None:
    org = village()
    org.accepted("meeting.demand", by="ben", body="members-meeting", matters=["roof"])
    refused = org.refused(
        "meeting.call", by="ada", body="members-meeting", demand="ca-1", matters=["roof"], starts="2027-02-10T10:00"
    )
    assert "has not reached the number" in says(refused)


def test_the_matters_demanded_stand_on_the_agenda() -> None:
    org, call = reached()
    refused = org.refused("meeting.call", by="ada", starts="2027-02-20T10:00", **(call | {"matters": ["party"]}))
    assert refused.grounds[0].cure == "add roof to the matters"


def test_a_demanded_meeting_is_held_within_the_time_of_the_clause() -> None:
    org, call = reached()
    refused = org.refused("meeting.call", by="ada", starts="2027-02-23T10:00", **call)
    assert refused.grounds[0].cure == "call it for a day from 2027-02-16 to 2027-02-22"
    org.accepted("meeting.call", by="ada", starts="2027-02-22T10:00", **call)
    again = org.refused("meeting.call", by="ada", starts="2027-02-21T10:00", **call)
    assert "the demand is answered already; the first call stands" in says(again)


def test_supporters_call_when_those_who_owe_it_let_their_day_pass() -> None:
    org, call = reached()
    # The last day: 14 clear days of notice before 22 February go out on 7 February.
    org.set_clock("2027-02-07")
    org.refused("meeting.call", by="ben", starts="2027-02-22T10:00", **call)
    org.set_clock("2027-02-08")
    org.refused("meeting.call", by="emil", starts="2027-02-23T10:00", **call)
    org.accepted("meeting.call", by="ben", starts="2027-02-23T10:00", **call)
    org.accepted("notice.send", by="ben", meeting="mt-4", how="post", to_count=12)
    org.set_clock("2027-02-23T10:00:00Z")
    org.accepted("meeting.open", by="ben", meeting="mt-4", present=[org.person(name) for name in VILLAGERS[1:4]])


def test_held_late_is_better_than_never() -> None:
    org, call = reached()
    org.set_clock("2027-03-20")
    org.accepted("meeting.call", by="ada", starts="2027-04-04T10:00", **call)
