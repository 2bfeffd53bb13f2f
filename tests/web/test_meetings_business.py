"""The business of a meeting in the browser: amendments before their motion, urgency, elections, casting votes, short notice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled

RULES = MODEL + '''
## 7. Motions on policy
The members decide on policy, a new boathouse, the budget and spending. A motion on policy is seconded by 1 other, at the latest
7 days before the meeting. It may be amended; the amendment that goes furthest is put first, and the motion last, as amended.

```rule definitions words
matters: policy; new boathouse; budget; spending
```

```rule decision motions
by: members-meeting
matters: policy
seconders: 1
motion deadline: 7 days before the meeting
amendments: furthest first
```
'''  # fmt: skip
RULES = RULES.replace(
    "and then goes on with 3 days of notice.",
    "and then goes on with 3 days of notice. It may take an urgent matter that was not on the notice by two thirds of the "
    "votes cast. Without a quorum after 30 minutes it stands adjourned for 7 days.",
).replace(
    "adjourned by: the meeting\n",
    "adjourned by: the meeting\nurgent matters: by 2/3 of cast\ninquorate: after 30 minutes, adjourned for 7 days\n",
)
MOTION = "The club rows on Sundays only after ten in the morning."
HELD = "2027-01-30"


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Site]:
    """A club whose meeting on policy is called for the 30th of January, with a seconded motion and two amendments."""
    site = Site(tmp_path / "club", RULES)
    site.must({"act": "meeting.demand", "by": "ada", "body": "members-meeting", "matters": ["policy"]})
    site.must({"act": "demand.support", "by": "ben", "demand": next(iter(site.state.demands))})
    demand = next(iter(site.state.demands))
    site.must(
        {"act": "meeting.call", "by": "ada", "as": "chair", "body": "members-meeting", "starts": "2027-01-23T14:00",
         "matters": ["policy", "election-of-committee"], "demand": demand}
    )  # fmt: skip
    site.must({"act": "notice.send", "by": "ada", "meeting": meeting_of(site), "how": "mail", "to_count": 6})
    site.must({"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": MOTION})
    site.must({"act": "motion.second", "by": "cleo", "motion": motion_of(site)})
    for passage, becomes in (("ten", "nine"), ("Sundays", "Saturdays and Sundays")):
        site.must(
            {"act": "motion.amend", "by": "dora", "motion": motion_of(site), "passage": passage, "becomes": becomes}
        )
    site.clock.set("2027-01-23T14:05:00Z")
    try:
        yield site
    finally:
        site.close()
        empty_tables()


def meeting_of(site: Site) -> str:
    """The one meeting there is."""
    return next(iter(site.state.meetings))


def motion_of(site: Site) -> str:
    """The first motion."""
    return next(iter(site.state.motions))


def send(site: Site, path: str, name: str = "ada", **fields: Any) -> Any:
    """Fills in the form of a page about the meeting and sends it."""
    browser = site.browser(name)
    address = f"/meetings/{meeting_of(site)}/{path}"
    return browser.post(address, filled(browser.get(address), **fields))


def opened(site: Site) -> None:
    """Opens the meeting with four present."""
    there = [site.ids[name] for name in ("ada", "ben", "cleo", "dora")]
    site.must({"act": "meeting.open", "by": "ada", "meeting": meeting_of(site), "present": there})


def titles(site: Site, name: str = "ada") -> list[str]:
    """The steps that the chair's page offers now."""
    page = site.browser(name).get(f"/meetings/{meeting_of(site)}/chair/")
    return [step.title for step in [*page.context["now"], *page.context["any_time"]]]


def hands(site: Site, yes: int, no: int) -> Any:
    """Declares the show of hands on the question that was put last."""
    poll = list(site.state.polls)[-1]
    return send(site, f"hands/{poll}/", **{"for": yes, "against": no, "abstain": 0})


def test_amendments_are_ordered_and_put_before_their_motion(club: Site) -> None:
    opened(club)
    assert titles(club)[0] == "Lay down the order of 2 amendments"
    first, second = list(club.state.amendments)
    ordered = send(club, f"order/{motion_of(club)}/", **{first: 2, second: 1})
    assert ordered.status_code == 302, ordered.content.decode()
    assert titles(club)[0] == "Put the amendment to the vote: “Sundays” → “Saturdays and Sundays”"
    page = (
        club.browser("ada")
        .get(f"/meetings/{meeting_of(club)}/put/?motion={motion_of(club)}&amendment={second}")
        .content.decode()
    )
    assert "The club rows on <del>Sundays</del> <ins>Saturdays and Sundays</ins> only" in page
    send(club, f"put/?motion={motion_of(club)}&amendment={second}")
    hands(club, 3, 1)
    send(club, f"put/?motion={motion_of(club)}&amendment={first}")
    hands(club, 1, 3)
    agenda = club.browser("ben").get(f"/meetings/{meeting_of(club)}/").context["sitting"].items[0]
    assert [became for _poll, became in agenda.results] == ["carried", "not carried"]
    assert any(title.startswith("Put to the vote: The club rows on Saturdays and Sundays") for title in titles(club))
    send(club, f"put/?motion={motion_of(club)}")
    hands(club, 4, 0)
    (decision,) = club.state.decisions.values()
    assert decision.text == MOTION.replace("Sundays", "Saturdays and Sundays")


def test_each_amendment_has_a_place_of_its_own(club: Site) -> None:
    opened(club)
    answer = send(club, f"order/{motion_of(club)}/", **dict.fromkeys(club.state.amendments, 1))
    assert answer.status_code == 422
    assert "Give each amendment a place of its own." in answer.content.decode()


def test_the_motion_itself_is_not_possible_while_amendments_wait(club: Site) -> None:
    opened(club)
    answer = send(club, f"put/?motion={motion_of(club)}")
    assert answer.status_code == 422
    assert "amendments are put before the motion" in answer.content.decode()


def test_a_matter_that_was_not_on_the_notice_is_taken_once_the_meeting_holds_it_urgent(club: Site) -> None:
    club.must(
        {"act": "motion.move", "by": "cleo", "body": "members-meeting", "matter": "new-boathouse", "text": "We build."}
    )
    opened(club)
    urgent = list(club.state.motions)[-1]
    assert "Ask the meeting to take it as urgent: We build." in titles(club)
    send(club, f"put/?motion={urgent}&matter=urgency")
    assert hands(club, 4, 0).status_code == 302
    put = send(club, f"put/?motion={urgent}")
    assert put.status_code == 302, put.content.decode()
    hands(club, 4, 0)
    assert "We build." in [decision.text for decision in club.state.decisions.values()]


def test_an_election_on_the_agenda_leads_to_its_ballot(club: Site) -> None:
    opened(club)
    page = club.browser("ada").get(f"/meetings/{meeting_of(club)}/chair/")
    step = next(step for step in page.context["now"] if step.title.startswith("Open the ballot"))
    assert "/polls/new/" in step.href
    assert "election-of-committee" in step.href
    assert club.browser("ada").get(step.href).status_code == 200


def test_more_hands_than_the_roll_are_refused(club: Site) -> None:
    opened(club)
    send(club, "put/?matter=adjournment")
    answer = hands(club, 40, 0)
    assert answer.status_code == 422
    assert "no more ballots than persons on the roll" in answer.content.decode()


def test_without_a_quorum_it_stands_adjourned_by_its_clause(club: Site) -> None:
    early = send(club, "inquorate/", tick=[club.ids["ada"]], shown=club.ids["ada"])
    assert early.status_code == 422
    assert "wait until 14:30" in early.content.decode()
    club.clock.set("2027-01-23T14:31:00Z")
    assert "Record that it stands adjourned for want of a quorum" in titles(club)
    assert send(club, "inquorate/", tick=[club.ids["ada"]], shown=club.ids["ada"]).status_code == 302
    meeting = club.state.meetings[meeting_of(club)]
    assert (meeting.standing, meeting.resumes) == ("adjourned", f"{HELD}T14:00")
    club.must({"act": "notice.send", "by": "ada", "meeting": meeting.id, "how": "mail", "to_count": 6})
    club.clock.set(f"{HELD}T14:01:00Z")
    there = [club.ids["ada"], club.ids["ben"]]
    assert send(club, "resume/", tick=there, shown=" ".join(club.ids.values())).status_code == 302
    assert club.state.meetings[meeting_of(club)].standing == "open"


def test_a_meeting_adjourned_without_day_is_named_one(club: Site) -> None:
    opened(club)
    send(club, "put/?matter=adjournment")
    hands(club, 4, 0)
    assert send(club, "adjourn/").status_code == 302
    assert "without day" in club.browser("ben").get(f"/meetings/{meeting_of(club)}/").content.decode()
    assert titles(club) == ["Name the time at which it goes on"]
    refused = send(club, "reconvene/", day="2027-01-25", time="14:00")
    named = send(club, "reconvene/", day="2027-02-06", time="14:00")
    assert named.status_code == 302, named.content.decode()
    assert refused.status_code == 422
    assert club.state.meetings[meeting_of(club)].resumes == "2027-02-06T14:00"


def test_short_notice_asks_each_member_for_consent(site: Site) -> None:
    site.must({"act": "meeting.demand", "by": "ada", "body": "members-meeting", "matters": ["policy"]})
    site.must({"act": "demand.support", "by": "ben", "demand": next(iter(site.state.demands))})
    check = site.browser("ada").get(
        "/meetings/call/members-meeting/",
        {
            "matters": ["policy"],
            "day": "2027-01-08",
            "time": "19:00",
            "demand": next(iter(site.state.demands)),
            "check": "1",
        },
    )
    assert check.context["is_accepted"]
    assert "too late by" in check.content.decode()
    site.browser("ada").post("/meetings/call/members-meeting/", filled(check))
    id = meeting_of(site)
    page = site.browser("cleo").get(f"/meetings/{id}/").content.decode()
    assert "short notice" in page
    assert "Consent to short notice" in page
    for name in ("ada", "ben", "cleo", "dora", "emil"):
        assert send(site, "consent/", name).status_code == 302
    site.clock.set("2027-01-08T19:01:00Z")
    there = {"tick": list(site.ids.values()), "shown": " ".join(site.ids.values())}
    barred = send(site, "open/", **there)
    assert barred.status_code == 422
    assert send(site, "consent/", "fay").status_code == 302
    assert send(site, "open/", **there).status_code == 302


def test_an_office_with_a_casting_vote_gives_it_at_a_tie(tmp_path: Path) -> None:
    rules = RULES.replace(
        "motion last, as amended.\n\n```rule definitions",
        "motion last, as amended. The chair has a casting vote.\n\n```rule definitions",
        1,
    )
    rules = rules.replace(
        "amendments: furthest first\n", "amendments: furthest first\ncasting vote: chair, second vote\n", 1
    )
    site = Site(tmp_path / "tied", rules)
    try:
        site.must({"act": "meeting.demand", "by": "ada", "body": "members-meeting", "matters": ["policy"]})
        site.must({"act": "demand.support", "by": "ben", "demand": next(iter(site.state.demands))})
        site.must(
            {"act": "meeting.call", "by": "ada", "as": "chair", "body": "members-meeting", "starts": "2027-01-23T14:00",
             "matters": ["policy"], "demand": next(iter(site.state.demands))}
        )  # fmt: skip
        site.must({"act": "notice.send", "by": "ada", "meeting": meeting_of(site), "how": "mail", "to_count": 6})
        site.must({"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": MOTION})
        site.must({"act": "motion.second", "by": "cleo", "motion": motion_of(site)})
        site.clock.set("2027-01-23T14:05:00Z")
        opened(site)
        send(site, f"put/?motion={motion_of(site)}")
        poll = next(iter(site.state.polls))
        declared = send(site, f"hands/{poll}/", **{"for": 2, "against": 2, "abstain": 0, "casting_vote": "for"})
        assert declared.status_code == 302, declared.content.decode()
        assert [decision.text for decision in site.state.decisions.values()] == [MOTION]
    finally:
        site.close()
        empty_tables()
