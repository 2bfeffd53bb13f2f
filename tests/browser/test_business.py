"""The business of a meeting in the browser: amendments in their order, a ruling that is overturned, adjournment, minutes approved.

With and without scripts. Each step is pressed by whom it belongs to, in a window of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isonomy.cli.main import main
from tests.browser.story import Story, Visit, press
from tests.web.site import Site, empty_tables
from tests.web.test_meetings_business import MOTION, RULES

pytestmark = pytest.mark.browser
AMENDED = MOTION.replace("Sundays", "Saturdays and Sundays")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A club whose meeting on policy is called, with its notice sent and nothing moved yet."""
    found = Site(tmp_path / "club", RULES)
    found.must({"act": "meeting.demand", "by": "ada", "body": "members-meeting", "matters": ["policy"]})
    (demand,) = found.state.demands
    found.must({"act": "demand.support", "by": "ben", "demand": demand})
    found.must(
        {"act": "meeting.call", "by": "ada", "as": "chair", "body": "members-meeting", "starts": "2027-01-23T14:00",
         "matters": ["policy"], "demand": demand}
    )  # fmt: skip
    (meeting,) = found.state.meetings
    found.must({"act": "notice.send", "by": "ada", "meeting": meeting, "how": "mail", "to_count": 6})
    try:
        yield found
    finally:
        found.close()
        empty_tables()


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with scripts", "without scripts"])
def test_a_meeting_amends_overturns_adjourns_and_approves(
    site: Site, visit: Visit, options: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    story = Story(site, visit, options)
    (meeting,) = site.state.meetings
    a_motion_is_amended(story)
    site.clock.set("2027-01-23T14:05:00Z")
    it_is_opened(story, meeting)
    amendments_are_put_in_their_order(story, meeting)
    a_ruling_is_overturned(story, meeting)
    it_adjourns_and_goes_on(story, meeting)
    its_minutes_are_approved(story, meeting)
    assert main(["verify", str(site.folder)]) == 0, capsys.readouterr().out


def a_motion_is_amended(story: Story) -> None:
    """What an amendment changes is shown word by word before it is moved."""
    page = story.at("ben", "/motions/new/")
    page.fill("#id_matter", "policy")
    page.select_option("#id_body", "members-meeting")
    page.fill("#id_text", MOTION)
    press(page, "Move the motion")
    page.wait_for_url("**/motions/mo-*/")
    (motion,) = story.site.state.motions
    story.does("cleo", f"/motions/{motion}/second/")
    for before, after, new in (("ten", "nine", "nine"), ("Sundays", "Saturdays and Sundays", "Saturdays and")):
        page = story.at("dora", f"/motions/{motion}/amend/")
        page.fill("#id_text", MOTION.replace(before, after))
        press(page, "Show what I changed")
        page.wait_for_selector("main ins")
        story.look("dora")
        assert new in page.inner_text("main ins")
        press(page, "Move this amendment")
        story.says("dora", "Recorded as")
    assert len(story.site.state.amendments) == 2


def it_is_opened(story: Story, meeting: str) -> None:
    """Four of six are there, ticked by name; with one alone there is no quorum."""
    site = story.site
    page = story.at("ada", f"/meetings/{meeting}/open/")
    page.get_by_label("Ada Example").check()
    press(page, "Open the meeting")
    story.says("ada", "Not possible")
    assert site.state.meetings[meeting].standing != "open"
    page = story.at("ada", f"/meetings/{meeting}/open/")
    for name in ("Ada", "Ben", "Cleo", "Dora"):
        page.get_by_label(f"{name} Example").check()
    press(page, "Open the meeting")
    story.says("ada", "Recorded as")


def put(story: Story, meeting: str, query: str, yes: int, no: int, by: str = "ada") -> None:
    """Puts a question to the vote and enters the hands."""
    story.does(by, f"/meetings/{meeting}/put/?{query}")
    poll = list(story.site.state.polls)[-1]
    page = story.at(by, f"/meetings/{meeting}/hands/{poll}/")
    for name, hands in (("for", yes), ("against", no), ("abstain", 0)):
        page.fill(f"#id_{name}", str(hands))
    press(page, "Declare the result")
    story.says(by, "Recorded as")


def amendments_are_put_in_their_order(story: Story, meeting: str) -> None:
    """The one that goes furthest first; the motion last, as amended; before that it is refused."""
    site = story.site
    (motion,) = site.state.motions
    near, far = site.state.amendments
    page = story.at("ada", f"/meetings/{meeting}/put/?motion={motion}")
    button = page.locator("main form.act button")
    if button.count():
        button.first.click()
    story.says("ada", "amendments are put before the motion")
    page = story.at("ada", f"/meetings/{meeting}/order/{motion}/")
    page.fill(f"[name={near}]", "2")
    page.fill(f"[name={far}]", "1")
    page.locator("main form.act button").first.click()
    story.says("ada", "Recorded as")
    put(story, meeting, f"motion={motion}&amendment={far}", 3, 1)
    put(story, meeting, f"motion={motion}&amendment={near}", 1, 3)
    story.at("ben", f"/motions/{motion}/")
    story.says("ben", "Saturdays and Sundays")
    put(story, meeting, f"motion={motion}", 4, 0)
    assert [found.text for found in site.state.decisions.values()] == [AMENDED]


def a_ruling_is_overturned(story: Story, meeting: str) -> None:
    """The chair reads a clause; a member appeals; another presides while the meeting decides, against the ruling."""
    site = story.site
    page = story.at("ada", f"/meetings/{meeting}/ruling/")
    page.fill("#id_words", "Guests may vote with us today.")
    page.locator("main form.act button").first.click()
    story.says("ada", "Recorded as")
    (ruling,) = site.state.rulings
    page = story.at("dora", f"/meetings/{meeting}/ruling/{ruling}/appeal/")
    page.fill("#id_words", "Clause 1 gives a vote to members.")
    page.locator("main form.act button").first.click()
    story.says("dora", "Recorded as")
    page = story.at("ada", f"/meetings/{meeting}/ruling/{ruling}/decide/")
    decide(page, 4, 0)
    story.says("ada", "Not possible")
    page = story.at("ben", f"/meetings/{meeting}/ruling/{ruling}/decide/")
    decide(page, 1, 3)
    story.says("ben", "Recorded as")
    assert site.state.rulings[ruling].standing == "overturned"
    story.at("cleo", f"/meetings/{meeting}/")
    story.says("cleo", "overturned")


def decide(page: Any, sustain: int, overturn: int) -> None:
    """Enters the hands for and against a ruling."""
    page.fill("#id_sustain", str(sustain))
    page.fill("#id_overturn", str(overturn))
    page.locator("main form.act button").first.click()


def it_adjourns_and_goes_on(story: Story, meeting: str) -> None:
    """The meeting decides to adjourn; its notice goes out; it goes on a week later with those who are there then, and closes."""
    site = story.site
    put(story, meeting, "matter=adjournment", 4, 0)
    page = story.at("ada", f"/meetings/{meeting}/adjourn/")
    page.fill("#id_day", "2027-01-30")
    page.fill("#id_time", "14:00")
    page.locator("main form.act button").first.click()
    story.says("ada", "Recorded as")
    page = story.at("ada", f"/meetings/{meeting}/notice/")
    press(page, "Send it and record it")
    story.says("ada", "Recorded as")
    site.clock.set("2027-01-30T14:01:00Z")
    page = story.at("ada", f"/meetings/{meeting}/resume/")
    for name in ("Ada", "Cleo"):
        page.get_by_label(f"{name} Example").check()
    page.locator("main form.act button").first.click()
    story.says("ada", "Recorded as")
    assert site.state.meetings[meeting].standing == "open"
    story.does("ada", f"/meetings/{meeting}/close/")


def its_minutes_are_approved(story: Story, meeting: str) -> None:
    """The next meeting approves them by a motion that names what was read; until then they are a draft."""
    site = story.site
    story.at("fay", f"/minutes/{meeting}/")
    story.says("fay", "draft")
    page = story.at("cleo", f"/minutes/{meeting}/approve/")
    page.locator("main form.act button").first.click()
    story.says("cleo", "Recorded as")
    motion = list(site.state.motions)[-1]
    site.clock.set("2027-02-08T09:00:00Z")
    site.must({"act": "meeting.call", "by": "ada", "as": "chair", "body": "members-meeting",
               "starts": "2027-03-06T10:00", "by_right": "2027-03-06", "matters": ["minutes"]})  # fmt: skip
    later = list(site.state.meetings)[-1]
    site.must({"act": "notice.send", "by": "ada", "meeting": later, "how": "mail", "to_count": 6})
    site.clock.set("2027-03-06T10:01:00Z")
    page = story.at("ada", f"/meetings/{later}/open/")
    for name in ("Ada", "Ben", "Cleo"):
        page.get_by_label(f"{name} Example").check()
    press(page, "Open the meeting")
    story.says("ada", "Recorded as")
    put(story, later, f"motion={motion}", 3, 0)
    story.at("fay", f"/minutes/{meeting}/")
    story.says("fay", "approved")
    story.says("fay", AMENDED)
    story.says("fay", "Guests may vote with us today.")
