"""Notice runs from its recorded dispatch; short notice is cured by the consent of the clause and by nothing else."""

from __future__ import annotations

import pytest

from isonomy.engine.refusal import Refused
from isonomy.kernel.bad_input import BadInput
from tests.engine.meeting_rulebooks import branches, says, village
from tests.organisation import TestOrganisation


def called(org: TestOrganisation, starts: str = "2027-02-10T19:00") -> str:
    """A meeting of the committee, or of the council, called for a day."""
    body, chair = ("committee", "ada") if "committee" in org.state.rulebook("ed-0").bodies else ("council", "sue")
    found = org.accepted("meeting.call", by=chair, body=body, starts=starts, matters=["budget"])
    return str(found.effects[0]["meeting"])


def test_notice_runs_from_the_day_it_is_recorded() -> None:
    org = village()
    meeting = called(org)
    org.set_clock("2027-02-05")
    sent = org.accepted("notice.send", by="ada", meeting=meeting, how="post", to_count=5)
    assert sent.clauses == ("4",)
    assert sent.effects[0] == {
        "effect": "notice.sent", "meeting": meeting, "sent_on": "2027-02-05", "served_on": "2027-02-05", "how": "post",
        "to_count": 5,
    }  # fmt: skip


def test_notice_runs_from_service_where_the_clause_deems_it_served() -> None:
    org = branches()
    org.set_clock("2027-04-16")
    meeting = congress_by_right(org)
    sent = org.accepted("notice.send", by="sue", meeting=meeting, how="post", to_count=6)
    assert sent.effects[0]["served_on"] == "2027-04-18"
    assert org.state.meetings[meeting].notices == [("2027-04-16", "2027-04-18")]


def congress_by_right(org: TestOrganisation, day: str = "2027-05-01") -> str:
    """The congress, called for its day by right."""
    found = org.accepted("meeting.call", by="sue", body="congress", starts=f"{day}T10:00", by_right=day)
    return str(found.effects[0]["meeting"])


def test_a_dispatch_is_never_dated_back() -> None:
    org = village()
    meeting = called(org)
    made = org.act("notice.send", by="ada", meeting=meeting, how="post", to_count=5, sent_on="2027-01-01")
    with pytest.raises(BadInput, match="'sent_on' is not known here"):
        org.submit_raw(made, org.signed(made, "ada"))


def test_a_notice_too_late_is_refused_with_the_lawful_day() -> None:
    org = village()
    meeting = called(org)
    org.set_clock("2027-02-08")
    refused = org.refused("notice.send", by="ada", meeting=meeting, how="post", to_count=5)
    ground = refused.grounds[0]
    assert (ground.clause, ground.says) == ("4", "3 days of notice")
    assert ground.facts == {"notice sent": "2027-02-08", "meeting": "2027-02-10", "days": 2}
    assert ground.cure == "call it for 2027-02-11 or later"


def test_notice_is_sent_by_those_who_see_to_the_meeting() -> None:
    org = village()
    meeting = called(org)
    refused = org.refused("notice.send", by="ben", meeting=meeting, how="post", to_count=5)
    assert "notice is sent by those who call the body" in says(refused)


def test_late_notice_of_a_meeting_by_right_is_taken_down() -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="members-meeting", starts="2027-03-06T10:00", by_right="2027-03-06")
    org.set_clock("2027-03-01")
    sent = org.accepted("notice.send", by="ada", meeting="mt-1", how="letter", to_count=12)
    assert "short" not in sent.effects[0]


def test_a_matter_that_asks_longer_notice_is_marked() -> None:
    org = village()
    org.accepted(
        "meeting.call", by="ada", body="members-meeting", starts="2027-03-06T10:00", by_right="2027-03-06",
        matters=["amendment"],
    )  # fmt: skip
    org.set_clock("2027-02-15")
    sent = org.accepted("notice.send", by="ada", meeting="mt-1", how="letter", to_count=12)
    assert sent.effects[0]["too_late_for"] == ["amendment"]


def test_a_notice_to_nobody_is_none() -> None:
    org = village()
    refused = org.refused("notice.send", by="ada", meeting=called(org), how="post", to_count=0)
    assert "a notice sent to nobody is none" in says(refused)


# -- short notice ------------------------------------------------------------------------------------------


def test_short_notice_stands_or_falls_with_the_consent_of_the_clause() -> None:
    org = branches()
    meeting = called(org, "2027-01-08T09:00")
    assert org.entries[-1]["effects"][0]["short"] is True
    sent = org.accepted("notice.send", by="sue", meeting=meeting, how="telephone", to_count=4)
    assert sent.effects[0]["short"] is True
    org.accepted("notice.consent", by="nan", meeting=meeting)
    org.accepted("notice.consent", by="sam", meeting=meeting)
    org.accepted("notice.consent", by="sue", meeting=meeting)
    present = [org.person(name) for name in ("nan", "sam", "sue")]
    org.set_clock("2027-01-08T10:00:00Z")
    refused = org.refused("meeting.open", by="sue", meeting=meeting, present=present)
    ground = refused.grounds[0]
    assert (ground.clause, ground.says) == ("3", "7 days of notice")
    assert ground.facts["days"] == 2
    assert (ground.facts["consent to short notice"], ground.facts["of"], ground.facts["asked"]) == ("3", "4", "9/10")
    org.accepted("notice.consent", by="wil", meeting=meeting)
    org.accepted("meeting.open", by="sue", meeting=meeting, present=present)


def test_consent_is_each_members_own_and_given_once() -> None:
    org = branches()
    meeting = called(org, "2027-01-08T09:00")
    org.accepted("notice.consent", by="nan", meeting=meeting)
    assert "you have consented already" in says(org.refused("notice.consent", by="nan", meeting=meeting))
    assert "consent to short notice" in says(org.refused("notice.consent", by="ned", meeting=meeting))


def test_no_consent_cures_where_no_clause_knows_short_notice() -> None:
    org = village()
    meeting = called(org)
    refused = org.refused("notice.consent", by="ben", meeting=meeting)
    assert "no clause lets short notice of the committee be cured by consent" in says(refused)
    late = org.judge("meeting.call", by="ada", body="committee", starts="2027-01-07T19:00", matters=["budget"])
    assert isinstance(late, Refused)
