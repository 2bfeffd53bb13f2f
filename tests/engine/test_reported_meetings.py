"""Meetings that were held outside the record: what they broke is named, what is not told is never called irregular."""

from __future__ import annotations

from typing import Any

from isonomy.engine.refusal import Accepted
from tests.engine.meeting_rulebooks import BRANCHES, VILLAGE, branches
from tests.organisation import TestOrganisation


def chronicle(text: str = VILLAGE) -> TestOrganisation:
    """A history: nobody is a member of it, one person records."""
    return TestOrganisation(text, ("clio",), kind="history", at="2027-01-06T09:00:00Z", founded_on="1900-01-01")


def told(org: TestOrganisation, act: str, earliest: str, latest: str | None = None, **fields: Any) -> Accepted:
    """A report that is taken."""
    verdict = org.report(
        {"act": act, **fields}, by="clio", happened={"earliest": earliest, "latest": latest or earliest},
        source="a fictional chronicle",
    )  # fmt: skip
    assert isinstance(verdict, Accepted), verdict
    return verdict


def broken(verdict: Accepted) -> list[str]:
    return [item.says for item in verdict.irregularities]


def unknown(verdict: Accepted) -> list[str]:
    return [item.says for item in verdict.untold]


def test_a_meeting_told_of_without_its_call_is_untold_not_irregular() -> None:
    org = chronicle()
    verdict = told(org, "meeting.open", "1901-05-04", body="members-meeting", present_count=30)
    assert broken(verdict) == []
    assert "it was called as the clause says" in unknown(verdict)
    assert "a meeting opens with its quorum" in unknown(verdict)
    assert org.state.meetings["mt-1"].quorate == "cannot be told"


def test_a_meeting_told_of_on_the_day_of_its_clause_is_held_by_right() -> None:
    org = chronicle()
    verdict = told(org, "meeting.open", "1901-03-02", body="members-meeting", present_count=30)
    assert "it was called as the clause says" not in unknown(verdict)
    assert org.state.meetings["mt-1"].by_right_on == "1901-03-02"


def test_a_call_that_left_too_little_notice_is_irregular_when_it_is_so_on_every_day_told() -> None:
    org = chronicle()
    call = {"body": "committee", "starts": "1901-05-10T19:00", "matters": ["budget"]}
    assert "3 days of notice" in broken(told(org, "meeting.call", "1901-05-08", "1901-05-09", **call))
    later = chronicle()
    between = told(later, "meeting.call", "1901-05-06", "1901-05-09", **call)
    assert "3 days of notice" not in broken(between)
    assert "3 days of notice" in unknown(between)
    early = told(chronicle(), "meeting.call", "1901-05-01", "1901-05-07", **call)
    assert "3 days of notice" not in broken(early) + unknown(early)


def test_a_dispatch_told_loosely_leaves_the_opening_untold() -> None:
    org = chronicle()
    told(org, "meeting.call", "1901-04-01", body="committee", starts="1901-05-10T19:00", matters=["budget"])
    told(org, "notice.send", "1901-05-05", "1901-05-09", meeting="mt-1", how="post", to_count=5)
    assert org.state.meetings["mt-1"].notices == [("1901-05-05", "")]
    opened = told(org, "meeting.open", "1901-05-10", meeting="mt-1", present_count=4)
    assert "3 days of notice" in unknown(opened)
    assert "3 days of notice" not in broken(opened)


def test_no_notice_told_of_is_not_no_notice() -> None:
    org = chronicle()
    told(org, "meeting.call", "1901-04-01", body="committee", starts="1901-05-10T19:00", matters=["budget"])
    opened = told(org, "meeting.open", "1901-05-10", meeting="mt-1", present_count=4)
    assert "3 days of notice" in unknown(opened)


def test_a_meeting_held_on_another_day_than_it_was_called_for_is_irregular() -> None:
    org = chronicle()
    told(org, "meeting.call", "1901-04-01", body="committee", starts="1901-05-10T19:00", matters=["budget"])
    opened = told(org, "meeting.open", "1901-05-12", meeting="mt-1", present_count=4)
    assert "a meeting is held on the day it was called for" in broken(opened)


def test_too_few_for_a_fixed_number_are_irregular_even_in_a_history() -> None:
    org = chronicle(BRANCHES)
    seats = told(org, "meeting.open", "1901-05-04", body="council", present_count=1)
    assert "a meeting opens with its quorum" in broken(seats)
    assert org.state.meetings["mt-1"].quorate == "no"
    enough = told(org, "meeting.open", "1901-06-04", body="council", present_count=2)
    assert "a meeting opens with its quorum" not in broken(enough) + unknown(enough)


def test_what_a_meeting_was_called_for_is_untold_where_nobody_tells_it() -> None:
    org = chronicle()
    told(org, "meeting.open", "1901-05-04", body="committee", present_count=5)
    verdict = told(
        org, "poll.open", "1901-05-04", body="committee", question="The budget?", matter="budget", meeting="mt-1"
    )
    assert "a meeting of the committee decides the matters it was called for" not in broken(verdict)


def test_in_a_living_organisation_a_report_of_a_meeting_waits_while_its_notice_is_not_shown() -> None:
    org = branches()
    org.accepted("meeting.call", by="sue", body="council", starts="2027-01-20T19:00", matters=["budget"])
    org.set_clock("2027-01-22")
    verdict = org.report(
        {"act": "meeting.open", "meeting": "mt-1", "present": [org.person("sue"), org.person("nan")]},
        by="win", happened={"earliest": "2027-01-20", "latest": "2027-01-20"}, source="minutes",
    )  # fmt: skip
    assert isinstance(verdict, Accepted)
    assert org.state.meetings["mt-1"].standing == "called"
    assert [effect["effect"] for effect in verdict.effects] == ["report.noted"]
