"""A meeting is those who were called and are there: nobody ends it alone, keeps it open for ever, or meets in its name."""

from __future__ import annotations

from typing import Any

from isonomy.engine.refusal import Refused
from tests.engine.meeting_rulebooks import VILLAGERS, village
from tests.engine.test_founding import club, says
from tests.organisation import TestOrganisation
from tests.simulation.books import BOOKS

SATURDAY = "2027-03-06"


def people(org: TestOrganisation, *names: str) -> list[str]:
    return [org.person(name) for name in names]


def called(org: TestOrganisation, on: str = "2027-03-20", **fields: Any) -> str:
    """A congress called by the secretary, with its notice sent."""
    made = org.accepted(
        "meeting.call",
        by="ben",
        as_="secretary",
        body="congress",
        starts=f"{on}T10:00",
        matters=["programme"],
        **fields,
    )
    meeting = str(made.effects[0]["meeting"])
    org.accepted("notice.send", by="ben", as_="secretary", meeting=meeting, how="post", to_count=3)
    return meeting


def test_one_member_does_not_end_a_meeting_by_right_before_the_others_are_there() -> None:
    """Whoever is first at the door may not record that nobody came."""
    org = village()
    org.set_clock(f"{SATURDAY}T12:00:00Z")
    refused = org.refused("meeting.lapse", by="lena", body="members-meeting", present=[])
    assert "on its day a meeting is said to have lapsed by its chair" in says(refused)
    org.accepted("meeting.open", by="kai", body="members-meeting", present=people(org, *VILLAGERS))


def test_after_its_day_any_member_records_that_a_meeting_did_not_come_about() -> None:
    org = village()
    made = org.accepted(
        "meeting.call", by="ada", as_="chair", body="members-meeting", starts=f"{SATURDAY}T10:00", by_right=SATURDAY,
        matters=["programme"],
    )  # fmt: skip
    org.set_clock("2027-03-07T12:00:00Z")
    org.accepted("meeting.lapse", by="lena", meeting=made.effects[0]["meeting"], present=people(org, "lena"))


def test_a_meeting_goes_on_from_day_to_day_or_is_over() -> None:
    """Held open for weeks, it would decide in the name of those who were there once."""
    org = club()
    org.days(60)
    meeting = called(org, "2027-04-10")
    org.set_clock("2027-04-10T10:00:00Z")
    everybody = people(org, "ada", "ben", "cy")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=everybody)

    def put() -> Any:
        return org.submit(
            "poll.open", by="ada", as_="chair", body="congress", question="?", matter="programme", meeting=meeting
        )

    org.days(1)
    assert "on another day those present are counted again" in says(put())
    org.accepted("quorum.count", by="ada", as_="chair", meeting=meeting, present=everybody)
    assert not isinstance(put(), Refused)
    poll = f"po-{org.state.n - 1}"
    org.days(3)
    assert "has broken off" in says(put())
    count = org.refused("quorum.count", by="ada", as_="chair", meeting=meeting, present=everybody)
    assert "has broken off" in says(count)
    org.accepted("poll.declare", by="ada", as_="chair", poll=poll, rule="yes-no", tallies={"for": 0, "against": 3})
    org.accepted("meeting.close", by="ada", as_="chair", meeting=meeting)


def test_a_member_of_a_body_that_calls_another_cancels_nothing_alone() -> None:
    book = BOOKS["association"]
    org = TestOrganisation(book.text, **book.settings)  # type: ignore[arg-type]
    demand = org.accepted("meeting.demand", by="lena", body="members-meeting", matters=["programme"])
    ca = demand.effects[0]["demand"]
    for name in ("kai", "june"):
        org.accepted("demand.support", by=name, demand=ca)
    made = org.accepted(
        "meeting.call", by="ben", as_="secretary", body="members-meeting", starts="2027-01-25T10:00", demand=ca,
        matters=["programme"],
    )  # fmt: skip
    refused = org.refused("meeting.cancel", by="dora", as_="committee", meeting=made.effects[0]["meeting"], why="so")
    assert "by the offices that call the body" in says(refused)


def test_who_called_a_meeting_and_holds_the_office_no_more_does_not_cancel_it() -> None:
    org = club()
    meeting = called(org)
    org.accepted("mandate.end", by="ben", mandate="ma-0-1")
    assert isinstance(org.submit("meeting.cancel", by="ben", meeting=meeting, why="so"), Refused)


def test_a_body_whose_caller_is_gone_is_called_by_its_own_members_with_all_its_notice() -> None:
    org = village()
    committee = VILLAGERS[:5]
    by_chair = org.refused("meeting.call", by="ben", body="committee", starts="2027-01-15T19:00", matters=["budget"])
    assert "called by those the clause names" in says(by_chair)
    org.accepted("mandate.end", by="ada", mandate=org.state.mandates_of_seat("chair", org.today)[0].id)
    early = org.refused(
        "meeting.call", by="ben", body="committee", starts="2027-01-08T19:00", matters=["election-of-chair"]
    )
    assert "3 days of notice" in says(early)
    assert isinstance(
        org.submit("meeting.call", by="lena", body="committee", starts="2027-01-15T19:00", matters=["budget"]), Refused
    )
    made = org.accepted(
        "meeting.call", by="ben", body="committee", starts="2027-01-15T19:00", matters=["election-of-chair"]
    )
    meeting = made.effects[0]["meeting"]
    org.accepted("notice.send", by="ben", meeting=meeting, how="post", to_count=5)
    org.set_clock("2027-01-15T18:00:00Z")
    org.accepted("meeting.open", by="ben", meeting=meeting, present=people(org, *committee))
    poll = org.accepted(
        "poll.open", by="ben", body="committee", question="Who?", matter="election-of-chair", meeting=meeting, seat="chair",
        options=[{"name": "Cleo", "person": org.person("cleo")}],
    ).effects[0]["poll"]  # fmt: skip
    result = org.accepted("poll.declare", by="ben", poll=poll, rule="yes-no", tallies={"for": 5, "against": 0})
    org.accepted(
        "mandate.begin", by="ben", as_="committee", person=org.person("cleo"), seat="chair",
        decision=result.effects[1]["decision"],
    )  # fmt: skip


def test_consents_of_those_who_left_do_not_count_to_the_consent_of_all() -> None:
    book = BOOKS["association"]
    org = TestOrganisation(
        book.text, ("ada", "ben", "cy"), mandates={"committee": ("ada", "ben"), "chair": "ada", "secretary": "ben"}
    )
    demand = org.accepted("meeting.demand", by="cy", body="members-meeting", matters=["programme"])
    made = org.accepted(
        "meeting.call", by="ben", as_="secretary", body="members-meeting", starts="2027-01-07T10:00",
        demand=demand.effects[0]["demand"], matters=["programme"],
    )  # fmt: skip
    meeting = made.effects[0]["meeting"]
    for name in ("ada", "ben"):
        org.accepted("notice.consent", by=name, meeting=meeting)
    org.accepted("notice.send", by="ben", as_="secretary", meeting=meeting, how="by word of mouth", to_count=3)
    org.accepted("member.leave", by="ada")
    org.set_clock("2027-01-07T10:00:00Z")
    refused = org.refused("meeting.open", by="ben", as_="secretary", meeting=meeting, present=people(org, "ben", "cy"))
    assert refused.grounds[0].facts["consent to short notice"] == "1"


def test_strangers_make_no_quorum_and_nobody_is_there_twice() -> None:
    org = club()
    org.days(60)
    meeting = called(org, "2027-04-10")
    org.set_clock("2027-04-10T10:00:00Z")
    stranger = org.refused("meeting.open", by="ada", as_="chair", meeting=meeting, present=["p-zz9999"])
    assert "are members of the congress" in says(stranger)
    twice = org.refused("meeting.open", by="ada", as_="chair", meeting=meeting, present=people(org, "ada", "ada"))
    assert "named twice" in says(twice)
    number = org.refused("meeting.open", by="ada", as_="chair", meeting=meeting, present_count=3)
    assert "those present are named" in says(number)
