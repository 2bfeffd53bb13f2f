"""An adjourned meeting is the same meeting: who adjourns it, when it goes on, what it may still decide."""

from __future__ import annotations

from datetime import date

import pytest

from isonomy.engine.duties import duties
from isonomy.engine.explain import explain
from tests.engine.meeting_rulebooks import says, village
from tests.engine.motion_rulebooks import GARDENERS, called, made, moved, opened, people, question, voted
from tests.engine.test_reported_meetings import chronicle, told
from tests.organisation import TestOrganisation

GOES_ON = "2027-03-06T10:00"


def adjourned(resumes: str | None = GOES_ON) -> TestOrganisation:
    """The assembly met on 1 March and adjourned itself."""
    org = opened(called("seeds", "tools"))
    decision = made(voted(org, "adjournment", tally=(4, 2)), "decision.taken")["decision"]
    org.accepted("meeting.adjourn", by="ada", meeting="mt-1", resumes=resumes, decision=decision)
    return org


def gone_on(org: TestOrganisation, *names: str) -> TestOrganisation:
    """Notice was sent on 2 March; the meeting goes on on the 6th with those named."""
    org.set_clock("2027-03-02")
    org.accepted("notice.send", by="ben", meeting="mt-1", how="post", to_count=6)
    org.set_clock("2027-03-06T10:00:00Z")
    org.accepted("meeting.resume", by="ada", meeting="mt-1", present=people(org, *(names or GARDENERS)))
    return org


def due(org: TestOrganisation) -> list[str]:
    """What is due, in words."""
    return [found.duty for found in duties(org.state, date.fromisoformat(org.today))]


# -- who adjourns ------------------------------------------------------------------------------------------


def test_the_meeting_adjourns_itself_by_its_decision_once() -> None:
    org = opened(called())
    refused = org.refused("meeting.adjourn", by="ada", meeting="mt-1", resumes=GOES_ON).grounds[0]
    assert (refused.clause, refused.facts["decision"]) == ("2", "none named")
    assert refused.cure == "put it to the meeting (poll.open on adjournment), then name the decision"
    failed = voted(org, "adjournment", tally=(3, 3))
    assert [found["effect"] for found in failed.effects] == ["poll.declared"]
    decision = made(voted(org, "adjournment", tally=(4, 2)), "decision.taken")["decision"]
    act = {"by": "ada", "meeting": "mt-1", "decision": decision}
    org.accepted("meeting.adjourn", resumes=GOES_ON, **act)
    gone_on(org)
    assert "by its own decision of this sitting, once" in says(
        org.refused("meeting.adjourn", resumes="2027-03-20T10:00", **act)
    )
    assert org.replayed().digest() == org.state.digest()
    for entry in org.entries:
        assert "None" not in explain(org.state, entry)


def test_the_chair_adjourns_only_a_meeting_that_has_lost_its_quorum() -> None:
    org = opened(called())
    refused = says(org.refused("meeting.adjourn", by="ada", meeting="mt-1", resumes=GOES_ON))
    assert "is adjourned by those the clause names" in refused
    org.accepted("quorum.count", by="ada", meeting="mt-1", present=people(org, "ada", "ben"))
    refused = says(org.refused("meeting.adjourn", by="ben", meeting="mt-1", resumes=GOES_ON))
    assert "put it to the meeting" in refused
    org.accepted("meeting.adjourn", by="ada", meeting="mt-1", resumes=GOES_ON)


def test_the_time_that_the_meeting_named_binds_those_who_carry_its_decision_out() -> None:
    org = opened(called())
    put = org.accepted("poll.open", by="ada", resumes=GOES_ON, **question("adjournment"))
    declared = org.accepted(
        "poll.declare", by="ada", poll=made(put, "poll.opened")["poll"], rule="yes-no", tallies={"for": 4, "against": 2}
    )
    act = {"meeting": "mt-1", "decision": made(declared, "decision.taken")["decision"]}
    other = org.refused("meeting.adjourn", by="ada", resumes="2027-03-20T10:00", **act).grounds[0]
    assert (other.says, other.cure) == (
        "the meeting named the time to which it adjourns",
        f'give "resumes": "{GOES_ON}"',
    )
    assert "adjourned by its chair" in says(org.refused("meeting.adjourn", by="fay", resumes=GOES_ON, **act))
    org.accepted("meeting.adjourn", by="ben", resumes=GOES_ON, **act)
    motion = moved(org, "cleo", "tools", "A rake")
    gone_on(org)
    assert "only an adjournment names a time" in says(
        org.refused("poll.open", by="ada", resumes=GOES_ON, **question("tools", motion))
    )


def test_where_no_clause_says_so_nobody_adjourns() -> None:
    org = village()
    org.set_clock("2027-03-06T10:00:00Z")
    org.accepted("meeting.open", by="ada", body="members-meeting", present=people(org, "ada", "ben", "cleo"))
    refused = org.refused("meeting.adjourn", by="ada", meeting="mt-1", resumes="2027-03-20T10:00").grounds[0]
    assert refused.says == "no clause lets a meeting of the members' meeting be adjourned"
    assert refused.cure == "close it and call another, or amend the rulebook"
    asked = {"body": "members-meeting", "question": "Home?", "matter": "adjournment", "meeting": "mt-1"}
    assert "decides the matters it was called for" in says(org.refused("poll.open", by="ada", **asked))


@pytest.mark.parametrize(
    ("resumes", "why", "cure"),
    [
        ("2027-03-01T09:00", "a time that is still to come", "name a later time"),
        (
            "2027-03-03T10:00",
            "3 days of notice of an adjourned meeting",
            "adjourn it to 2027-03-04 or later, or to tomorrow",
        ),
        ("2027-04-01T10:00", "called for that day already", "name another day"),
    ],
)
def test_it_is_adjourned_to_a_lawful_time(resumes: str, why: str, cure: str) -> None:
    org = called()
    org.accepted("meeting.call", by="ben", body="assembly", starts="2027-04-01T10:00", matters=["paths"])
    opened(org)
    decision = made(voted(org, "adjournment", tally=(4, 2)), "decision.taken")["decision"]
    refused = org.refused("meeting.adjourn", by="ada", meeting="mt-1", resumes=resumes, decision=decision).grounds[0]
    assert why in refused.says
    assert refused.cure == cure


def test_to_the_next_day_it_goes_on_without_notice() -> None:
    org = adjourned("2027-03-02T10:00")
    org.set_clock("2027-03-02T10:00:00Z")
    org.accepted("meeting.resume", by="ada", meeting="mt-1", present=people(org, "ada"))


def test_a_show_of_hands_is_answered_first_and_ballots_go_on_with_their_roll() -> None:
    org = opened(called())
    decision = made(voted(org, "adjournment", tally=(4, 2)), "decision.taken")["decision"]
    act = {"by": "ada", "meeting": "mt-1", "resumes": GOES_ON, "decision": decision}
    motion = moved(org, "cleo", "tools", "A rake")
    hands = made(org.accepted("poll.open", by="ada", **question("tools", motion)), "poll.opened")["poll"]
    assert f"declare {hands} first" in says(org.refused("meeting.adjourn", **act))
    org.accepted("poll.declare", by="ada", poll=hands, rule="yes-no", tallies={"for": 1, "against": 5})
    other = moved(org, "cleo", "tools", "A hoe")
    named = made(org.accepted("poll.open", by="ada", secrecy="named", **question("tools", other)), "poll.opened")[
        "poll"
    ]
    org.accepted("meeting.adjourn", **act)
    org.accepted("ballot.cast", by="fay", poll=named, ballot="for")
    assert len(org.state.polls[named].roll or ()) == 6
    gone_on(org)
    org.accepted("poll.close", by="ada", poll=named)
    org.accepted("poll.declare", by="ada", poll=named, rule="yes-no", tallies={"for": 1, "against": 0})


# -- going on ----------------------------------------------------------------------------------------------


def test_it_goes_on_at_its_time_with_its_notice_and_those_present() -> None:
    org = adjourned()
    early = org.refused("meeting.resume", by="ada", meeting="mt-1", present=people(org, "ada")).grounds[0]
    assert early.cure == "go on with it on 2027-03-06"
    org.set_clock("2027-03-04")
    late = org.refused("notice.send", by="ben", meeting="mt-1", how="post", to_count=6).grounds[0]
    assert (late.clause, late.says) == ("2", "3 days of notice of an adjourned meeting")
    org.set_clock("2027-03-06T10:00:00Z")
    refused = says(org.refused("meeting.resume", by="ada", meeting="mt-1", present=people(org, "ada")))
    assert "'notice served': 'none'" in refused
    org = gone_on(adjourned(), "ada", "fay")
    meeting = org.state.meetings["mt-1"]
    assert (meeting.standing, meeting.quorate, meeting.opened_on, meeting.resumed_on) == (
        "open", "yes", "2027-03-01", "2027-03-06",
    )  # fmt: skip
    nobody = adjourned("2027-03-02T10:00")
    nobody.set_clock("2027-03-02T10:00:00Z")
    assert "goes on with its quorum" in says(nobody.refused("meeting.resume", by="ada", meeting="mt-1"))


def test_it_goes_on_with_what_it_left_unfinished_and_nothing_else() -> None:
    org = opened(called("seeds", "tools"))
    voted(org, "tools", moved(org, "cleo", "tools", "A rake"), tally=(6, 0))
    decision = made(voted(org, "adjournment", tally=(4, 2)), "decision.taken")["decision"]
    org.accepted("meeting.adjourn", by="ada", meeting="mt-1", resumes=GOES_ON, decision=decision)
    assert org.state.meetings["mt-1"].finished == ("tools",)
    gone_on(org)
    again = moved(org, "cleo", "tools", "A hoe")
    refused = org.refused("poll.open", by="ada", **question("tools", again)).grounds[0]
    assert refused.says == "an adjourned meeting goes on with what it left unfinished"
    assert refused.cure == "call a meeting on tools for 2027-03-20 or later"
    new = moved(org, "cleo", "paths", "Gravel")
    assert "decides the matters it was called for" in says(org.refused("poll.open", by="ada", **question("paths", new)))


def test_its_roll_is_that_of_the_day_for_which_it_was_called() -> None:
    org = adjourned()
    org.set_clock("2027-03-02")
    org.accepted("member.admit", by="ben", person="p-gina000", unit="east")
    motion = moved(org, "cleo", "tools", "A rake")
    gone_on(org)
    put = made(org.accepted("poll.open", by="ada", **question("tools", motion)), "poll.opened")
    assert (put["roll_on"], put["roll_count"]) == ("2027-03-01", 6)


def test_adjourned_without_day_it_waits_for_those_who_call_the_body() -> None:
    org = adjourned(None)
    assert "adjourned without day" in says(
        org.refused("meeting.resume", by="ada", meeting="mt-1", present=people(org, "ada"))
    )
    assert "those who call the body" in says(
        org.refused("meeting.reconvene", by="fay", meeting="mt-1", resumes=GOES_ON)
    )
    org.accepted("meeting.reconvene", by="ben", meeting="mt-1", resumes=GOES_ON, place="The shed")
    assert "has its time already" in says(
        org.refused("meeting.reconvene", by="ben", meeting="mt-1", resumes="2027-03-09T10:00")
    )
    gone_on(org)


def test_what_was_held_is_closed_and_not_lapsed_when_it_does_not_go_on() -> None:
    org = adjourned()
    org.set_clock("2027-03-07")
    assert "Say what became of the adjourned assembly" in due(org)
    org.accepted("meeting.lapse", by="ada", meeting="mt-1")
    meeting = org.state.meetings["mt-1"]
    assert (meeting.standing, meeting.is_held) == ("closed", True)


# -- without a quorum --------------------------------------------------------------------------------------


def test_without_a_quorum_it_stands_adjourned_as_the_clause_says() -> None:
    org = called()
    org.set_clock("2027-03-01T10:10:00Z")
    two = people(org, "ada", "ben")
    soon = org.refused("meeting.adjourn", by="ada", meeting="mt-1", present=two).grounds[0]
    assert (soon.clause, soon.says, soon.cure) == ("2", "a quorum is waited for 30 minutes", "wait until 10:30")
    assert "stands adjourned" in says(org.refused("meeting.lapse", by="ada", meeting="mt-1", present=two))
    org.set_clock("2027-03-01T10:30:00Z")
    assert "its chair or the keeper" in says(org.refused("meeting.adjourn", by="fay", meeting="mt-1", present=two))
    quorum = org.refused("meeting.adjourn", by="ada", meeting="mt-1", present=people(org, "ada", "ben", "fay"))
    assert quorum.grounds[0].cure == "a quorum is there: open it"
    other = org.refused("meeting.adjourn", by="ada", meeting="mt-1", resumes="2027-03-20T10:00", present=two)
    assert other.grounds[0].facts["by the clause"] == "2027-03-08T10:00"
    stands = made(org.accepted("meeting.adjourn", by="ada", meeting="mt-1", present=two), "meeting.adjourned")
    assert (stands["resumes"], stands["inquorate"]) == ("2027-03-08T10:00", True)
    assert not org.state.meetings["mt-1"].is_held
    org.accepted("notice.send", by="ben", meeting="mt-1", how="post", to_count=6)
    org.set_clock("2027-03-08T10:00:00Z")
    org.accepted("meeting.resume", by="ada", meeting="mt-1", present=two)
    assert org.state.meetings["mt-1"].is_held
    assert org.replayed().digest() == org.state.digest()


def test_that_it_stands_adjourned_is_due_and_later_any_member_says_so_until_its_day_has_passed() -> None:
    org = called()
    org.set_clock("2027-03-02")
    assert "Say what became of the assembly on Monday 1 March 2027" in due(org)
    (owed,) = (found for found in duties(org.state, date(2027, 3, 2)) if found.thing == "mt-1")
    assert owed.clause == "2"
    assert owed.derivation.endswith("Without a quorum after 30 minutes it stands adjourned to Monday 8 March 2027.")
    org.set_clock("2027-03-09")
    late = says(org.refused("meeting.adjourn", by="ada", meeting="mt-1"))
    assert "the day to which it stood adjourned has passed" in late
    org.accepted("meeting.lapse", by="ada", meeting="mt-1")
    assert org.state.meetings["mt-1"].standing == "lapsed"


def test_the_notice_and_the_day_of_an_adjourned_meeting_are_due() -> None:
    org = adjourned()
    assert "Send notice of the adjourned assembly" in due(org)
    (owed,) = (found for found in duties(org.state, date(2027, 3, 1)) if found.id.startswith("notice resumption"))
    assert (owed.due_on, owed.clause, owed.seats) == ("2027-03-03", "2", ("clerk",))
    org.set_clock("2027-03-02")
    org.accepted("notice.send", by="ben", meeting="mt-1", how="post", to_count=6)
    assert "Go on with the adjourned assembly" in due(org)
    assert "Send notice of the adjourned assembly" not in due(org)


# -- reported ----------------------------------------------------------------------------------------------


def test_an_adjournment_told_of_the_past_is_taken_with_what_it_broke() -> None:
    org = chronicle()
    told(org, "meeting.call", "1901-05-01", body="committee", starts="1901-05-10T19:00", matters=["budget"])
    told(org, "meeting.open", "1901-05-10", meeting="mt-1", present_count=4)
    told(org, "meeting.adjourn", "1901-05-10", meeting="mt-1", resumes="1901-05-12T19:00")
    broken = org.entries[-1]["irregularities"]
    assert [found["says"] for found in broken] == ["no clause lets a meeting of the committee be adjourned"]
    told(org, "meeting.resume", "1901-05-12", meeting="mt-1", present_count=4)
    assert org.state.meetings["mt-1"].resumed_on == "1901-05-12"
    assert org.replayed().digest() == org.state.digest()
