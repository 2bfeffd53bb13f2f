"""A meeting decides only when it was duly called, is quorate, and the matter was named in a notice that was kept."""

from __future__ import annotations

import pytest

from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.agenda import may_decide
from isonomy.engine.refusal import Refused
from tests.engine.meeting_rulebooks import VILLAGE, VILLAGERS, adopt, branches, says, village
from tests.organisation import TestOrganisation


def people(org: TestOrganisation, *names: str) -> list[str]:
    """The ids of persons."""
    return [org.person(name) for name in names]


def committee_called(notice: bool = True) -> TestOrganisation:
    """The committee is called for 10 February 2027 at 19:00, where asked with notice; the clock shows that hour."""
    org = village()
    org.accepted("meeting.call", by="ada", body="committee", starts="2027-02-10T19:00", matters=["budget"])
    if notice:
        org.accepted("notice.send", by="ada", meeting="mt-1", how="post", to_count=5)
    org.set_clock("2027-02-10T18:00:00Z")
    return org


def test_a_called_and_noticed_meeting_opens_with_those_present() -> None:
    org = committee_called()
    opened = org.accepted("meeting.open", by="ada", meeting="mt-1", present=people(org, "ada", "ben"))
    assert opened.clauses == ("4", "2")
    meeting = org.state.meetings["mt-1"]
    assert (meeting.standing, meeting.quorate, meeting.opened_on) == ("open", "yes", "2027-02-10")
    org.accepted("meeting.close", by="ada", meeting="mt-1")
    assert org.state.meetings["mt-1"].standing == "closed"
    assert org.replayed().digest() == org.state.digest()


def test_without_its_notice_a_called_meeting_does_not_open() -> None:
    org = committee_called(notice=False)
    refused = org.refused("meeting.open", by="ada", meeting="mt-1", present=people(org, "ada", "ben"))
    ground = refused.grounds[0]
    assert (ground.clause, ground.says) == ("4", "3 days of notice")
    assert ground.facts == {"notice sent": "none", "meeting": "2027-02-10"}
    assert ground.cure == "call it anew for 2027-02-13 or later"


@pytest.mark.parametrize(
    ("now", "ground"),
    [
        ("2027-02-09T18:00:00Z", "a meeting is opened on the day it was called for"),
        ("2027-02-10T17:59:00Z", "a meeting is not opened before its hour"),
        ("2027-02-11T18:00:00Z", "a meeting is opened on the day it was called for"),
    ],
)
def test_a_meeting_opens_on_its_day_and_from_its_hour_on(now: str, ground: str) -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="committee", starts="2027-02-10T19:00", matters=["budget"])
    org.accepted("notice.send", by="ada", meeting="mt-1", how="post", to_count=5)
    org.set_clock(now)
    refused = org.refused("meeting.open", by="ada", meeting="mt-1", present=people(org, "ada"))
    assert ground in says(refused)


def test_officers_open_and_others_do_not() -> None:
    org = committee_called()
    refused = org.refused("meeting.open", by="ben", meeting="mt-1", present=people(org, "ben", "cleo"))
    assert "a meeting is opened by its chair" in says(refused)


def test_while_there_is_no_officer_the_members_open() -> None:
    org = committee_called()
    org.accepted("mandate.end", by="ada", mandate=org.state.by_seat["chair"][0])
    org.accepted("meeting.open", by="ben", meeting="mt-1", present=people(org, "ben", "cleo"))


def test_strangers_are_not_present_and_nobody_is_twice() -> None:
    org = committee_called()
    refused = org.refused("meeting.open", by="ada", meeting="mt-1", present=people(org, "ada", "fay"))
    assert refused.grounds[0].facts == {"not its members": ["p-fay000"]}
    twice = org.refused("meeting.open", by="ada", meeting="mt-1", present=people(org, "ada", "ada"))
    assert "p-ada000 is named twice" in says(twice)
    number = org.refused("meeting.open", by="ada", meeting="mt-1", present_count=5)
    assert "those present are named" in says(number)


# -- quorum ------------------------------------------------------------------------------------------------


def assembled() -> TestOrganisation:
    """The day and hour of the members' meeting by right, which nobody called: Saturday 6 March 2027."""
    org = village()
    org.set_clock("2027-03-06T10:00:00Z")
    return org


def test_a_quarter_of_twelve_is_three_and_two_are_not() -> None:
    org = assembled()
    refused = org.refused("meeting.open", by="ada", body="members-meeting", present=people(org, "ada", "ben"))
    ground = refused.grounds[0]
    assert (ground.clause, ground.says) == ("3", "a meeting opens with its quorum")
    assert ground.facts == {"present": "2", "members": "12", "quorum": "1/4 of the members", "needed": 3}
    assert ground.cure == "record it with meeting.lapse, then call it anew for 2027-03-21 or later"
    org.accepted("meeting.open", by="ada", body="members-meeting", present=people(org, "ada", "ben", "cleo"))


def test_an_inquorate_meeting_is_recorded_and_its_occasion_stays_due() -> None:
    org = assembled()
    there = people(org, "ada", "ben", "cleo")
    refused = org.refused("meeting.lapse", by="ada", body="members-meeting", present=there)
    assert refused.grounds[0].cure == "a quorum is there: open it"
    org.accepted("meeting.lapse", by="ada", body="members-meeting", present=there[:2])
    assert org.state.meetings["mt-1"].standing == "lapsed"
    org.set_clock("2027-03-08")
    org.accepted("meeting.call", by="ada", body="members-meeting", starts="2027-03-23T10:00", by_right="2027-03-06")


def test_a_lapse_recorded_too_early_by_one_does_not_keep_the_others_from_meeting() -> None:
    org = assembled()
    org.accepted("meeting.lapse", by="ada", body="members-meeting", present=people(org, "ada"))
    org.accepted("meeting.open", by="ben", body="members-meeting", present=people(org, *VILLAGERS[1:8]))


def test_nothing_is_decided_while_the_quorum_is_challenged() -> None:
    org = assembled()
    org.accepted("meeting.open", by="ada", body="members-meeting", present=people(org, *VILLAGERS[:4]))
    org.accepted("quorum.challenge", by="ben", meeting="mt-1")
    assert "challenged already" in says(org.refused("quorum.challenge", by="cleo", meeting="mt-1"))
    assert asked(org, "mt-1", "election-of-committee").grounds
    org.accepted("quorum.count", by="ada", meeting="mt-1", present=people(org, *VILLAGERS[:3]))
    assert asked(org, "mt-1", "election-of-committee").grounds == []
    org.accepted("quorum.challenge", by="ben", meeting="mt-1")
    counted = org.accepted("quorum.count", by="ada", meeting="mt-1", present=people(org, *VILLAGERS[:2]))
    assert counted.effects[0]["quorate"] == "no"
    assert asked(org, "mt-1", "election-of-committee").grounds[0].says == "a meeting without a quorum decides nothing"


def asked(org: TestOrganisation, meeting: str, matter: str) -> Judgement:
    """A judgement that has asked whether a meeting may decide a matter."""
    from isonomy.engine.competence import competent_for

    now = org.submission({}, {})
    judgement = Judgement(
        org.state, None, None, org.state.n, now.at, now.local, org.today, org.today, "ed-0", org.person("ada"), "", {}
    )
    found = competent_for(judgement.rulebook, matter)
    may_decide(judgement, org.state.meetings[meeting], matter, found[0].procedure if found else None)
    return judgement


# -- by right ----------------------------------------------------------------------------------------------


def test_a_meeting_by_right_needs_no_call_and_no_notice() -> None:
    org = assembled()
    opened = org.accepted("meeting.open", by="ada", body="members-meeting", present=people(org, *VILLAGERS[:6]))
    assert opened.clauses == ("3",)
    assert opened.effects[0]["by_right"] == "2027-03-06"


def test_a_meeting_by_right_does_not_depend_on_its_officers() -> None:
    org = assembled()
    present = people(org, *VILLAGERS[1:8])
    absent = org.refused("meeting.open", by="lena", body="members-meeting", present=present)
    assert "a member who opens a meeting is there" in says(absent)
    org.accepted("meeting.open", by="ben", body="members-meeting", present=present)


def test_on_another_day_nothing_falls_by_right() -> None:
    org = village()
    org.set_clock("2027-03-07")
    refused = org.refused("meeting.open", by="ada", body="members-meeting", present=people(org, *VILLAGERS[:6]))
    assert "does not meet by right today" in says(refused)


def test_a_called_meeting_by_right_is_named() -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="members-meeting", starts="2027-03-06T10:00", by_right="2027-03-06")
    org.set_clock("2027-03-06T10:00:00Z")
    refused = org.refused("meeting.open", by="ada", body="members-meeting", present=people(org, *VILLAGERS[:6]))
    assert refused.grounds[0].cure == "name mt-1"


def test_an_occasion_is_met_once() -> None:
    org = assembled()
    org.accepted("meeting.open", by="ada", body="members-meeting", present=people(org, *VILLAGERS[:6]))
    org.accepted("meeting.close", by="ada", meeting="mt-1")
    refused = org.refused("meeting.open", by="ada", body="members-meeting", present=people(org, *VILLAGERS[:6]))
    assert "does not meet by right today" in says(refused)


# -- what it may decide ------------------------------------------------------------------------------------


def by_right(matters: list[str], sent_on: str | None) -> TestOrganisation:
    """The members' meeting by right, open, called with matters and noticed on a day or not at all."""
    org = village()
    org.accepted(
        "meeting.call", by="ada", body="members-meeting", starts="2027-03-06T10:00", by_right="2027-03-06",
        matters=matters or None,
    )  # fmt: skip
    if sent_on:
        org.set_clock(sent_on)
        org.accepted("notice.send", by="ada", meeting="mt-1", how="post", to_count=12)
    org.set_clock("2027-03-06T10:00:00Z")
    org.accepted("meeting.open", by="ada", meeting="mt-1", present=people(org, *VILLAGERS[:6]))
    return org


def grounds(org: TestOrganisation, matter: str) -> list[str]:
    """Why the meeting may not decide a matter."""
    return [ground.says for ground in asked(org, "mt-1", matter).grounds]


UNNOTICED = "without its notice a meeting by right decides only what the rulebook assigns to it by name"
OFF_AGENDA = "a meeting of the members' meeting decides the matters it was called for"


@pytest.mark.parametrize(
    ("matters", "sent_on", "matter", "expected"),
    [
        ([], None, "election-of-committee", []),
        ([], None, "removal-from-committee", []),
        ([], None, "roof", [OFF_AGENDA]),
        (["roof"], None, "roof", [UNNOTICED]),
        (["roof"], "2027-02-20", "roof", [UNNOTICED]),
        (["roof"], "2027-02-19", "roof", []),
        (["roof"], "2027-02-19", "cellar", [OFF_AGENDA]),
        (["roof"], "2027-02-19", "election-of-committee", []),
        (["amendment"], None, "amendment", ["28 days of notice of amendment"]),
        (["amendment"], "2027-02-07", "amendment", ["28 days of notice of amendment"]),
        (["amendment"], "2027-02-06", "amendment", []),
        ([], "2027-02-01", "amendment", ["28 days of notice of amendment"]),
    ],
)
def test_a_meeting_by_right_decides_what_is_its_own_and_what_was_noticed(
    matters: list[str], sent_on: str | None, matter: str, expected: list[str]
) -> None:
    assert grounds(by_right(matters, sent_on), matter) == expected


def test_a_called_meeting_decides_what_it_was_called_for() -> None:
    org = committee_called()
    org.accepted("meeting.open", by="ada", meeting="mt-1", present=people(org, "ada", "ben"))
    assert grounds(org, "budget") == []
    ground = asked(org, "mt-1", "ratification").grounds[0]
    assert ground.facts["matters in the call"] == ["budget"]
    assert ground.cure == "call a meeting on ratification for 2027-02-13 or later"


def test_the_edition_under_which_it_was_called_keeps_its_quorum_and_notice() -> None:
    org = village()
    org.accepted("meeting.call", by="ada", body="members-meeting", starts="2027-03-06T10:00", by_right="2027-03-06")
    stricter = VILLAGE.replace("A quarter of the members", "Half of the members").replace("1/4", "1/2")
    adopt(org, stricter, "2027-01-07")
    org.set_clock("2027-03-06T10:00:00Z")
    org.accepted("meeting.open", by="ada", meeting="mt-1", present=people(org, *VILLAGERS[:3]))
    later = village()
    adopt(later, stricter, "2027-01-07")
    later.set_clock("2027-03-06T10:00:00Z")
    later.refused("meeting.open", by="ada", body="members-meeting", present=people(later, *VILLAGERS[:3]))


def test_a_meeting_with_an_open_poll_is_not_closed() -> None:
    org = assembled()
    org.accepted("meeting.open", by="ada", body="members-meeting", present=people(org, *VILLAGERS[:6]))
    org.accepted(
        "motion.move", by="ben", body="members-meeting", matter="removal-from-committee", text="Remove cleo",
        person=org.person("cleo"),
    )  # fmt: skip
    org.accepted(
        "poll.open", by="ada", body="members-meeting", question="Shall cleo be removed?",
        matter="removal-from-committee", motion="mo-2", meeting="mt-1",
    )  # fmt: skip
    refused = org.refused("meeting.close", by="ada", meeting="mt-1")
    assert "a question is still being voted on" in says(refused)


def test_an_act_on_a_meeting_that_is_not_there_makes_no_sense() -> None:
    org = branches()
    for act, fields in (
        ("meeting.open", {"meeting": "mt-9"}), ("meeting.open", {}), ("meeting.close", {"meeting": "mt-9"}),
        ("meeting.lapse", {"meeting": "mt-9"}), ("meeting.cancel", {"meeting": "mt-9", "why": "so"}),
        ("notice.send", {"meeting": "mt-9", "how": "post", "to_count": 1}), ("notice.consent", {"meeting": "mt-9"}),
        ("quorum.challenge", {"meeting": "mt-9"}), ("quorum.count", {"meeting": "mt-9"}),
        ("demand.support", {"demand": "ca-9"}), ("demand.withdraw", {"demand": "ca-9"}),
    ):  # fmt: skip
        verdict = org.judge(act, by="sue", **fields)
        assert isinstance(verdict, Refused), act
        assert verdict.grounds[0].clause == "", act
