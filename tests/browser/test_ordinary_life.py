"""The ordinary life of the model federation in the browser, with and without scripts: one story through criticism, a mandate to
act, a removal with its hearing, an emergency, a co-option, a petition; each page looked at once, by axe, on a phone, by the keyboard.

The clock is the test's: what happens by itself (a silence, a lapse) is read on the day on which it has happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.story import Story, Visit
from tests.web.site import CHECKOUT, Site, empty_tables

pytestmark = pytest.mark.browser
COMMITTEE = ("ben", "cleo", "dora", "emil", "fay")


def rules() -> str:
    """The model federation; chair and committee are appointed and members need no branch, so that the story can begin at once."""
    text = (CHECKOUT / "rulebooks/federation/1.md").read_text("utf-8")
    for before, after in (
        ("filled by: election by congress\nseats: 7", "filled by: appointment by chair\nseats: 7"),
        ("```rule election committee\nby: congress\ncounting: plurality\nsecrecy: secret\ntie: lot\n```\n\n", ""),
        ("admitted by: branch-meeting or branch-secretary\nbelong to: branch\nvote: 1 month after admission",
         "admitted by: general-secretary\nvote: from admission"),
    ):  # fmt: skip
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Ada is chair and general secretary; five sit in the committee; gus and hal hold nothing."""
    found = Site(tmp_path / "federation", rules(), members=(), seats=("chair", "general-secretary"))
    try:
        for name in (*COMMITTEE, "gus", "hal"):
            found.admit(name)
        for name in COMMITTEE:
            found.must(
                {"act": "mandate.begin", "by": "ada", "as": "chair", "person": found.ids[name], "seat": "committee"}
            )
        yield found
    finally:
        found.close()
        empty_tables()


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with scripts", "without scripts"])
def test_the_ordinary_life_of_a_federation(site: Site, visit: Visit, options: dict[str, Any]) -> None:
    story = Story(site, visit, options)
    asked = a_member_criticises(story)
    an_emergency_is_declared_and_ended(story)
    instructed = somebody_is_instructed(story)
    a_member_petitions(story)
    what_nobody_answers_goes_on(story, asked)
    the_instruction_is_discharged(story, instructed)
    somebody_is_co_opted(story)
    a_removal_is_asked_for_and_heard(story)


def fills(story: Story, name: str, path: str, **fields: str) -> None:
    """Fills in a form as it is shown, and hands it in; the act is an entry."""
    page = story.at(name, path)
    for field, value in fields.items():
        part = page.locator(f"main form.act [name={field}]").first
        kind = part.evaluate("part => part.type")
        if kind == "radio":
            page.locator(f"main form.act [name={field}][value='{value}']").check()
        elif kind.startswith("select"):
            part.select_option(value)
        else:
            part.fill(value)
    page.locator("main form.act button").first.click()
    story.says(name, "Recorded as")


def decided(story: Story, matter: str, motion: str, starts: str, now: str, presides: str = "ada") -> str:
    """The committee carries a motion at a meeting, beside the pages; the decision. The person concerned does not preside."""
    site, at = story.site, {"by": "ada", "as": "chair"}
    site.clock.set(now)
    called = {"act": "meeting.call", **at, "body": "committee", "starts": starts, "matters": [matter]}
    meeting = f"mt-{site.must(called)['n']}"
    site.must({"act": "notice.send", **at, "meeting": meeting, "how": "post", "to_count": 5})
    site.clock.set(f"{starts}:00Z")
    present = [site.ids[name] for name in COMMITTEE]
    site.must({"act": "meeting.open", **at, "meeting": meeting, "present": present})
    put = {"body": "committee", "question": "Shall it be?", "matter": matter, "motion": motion, "meeting": meeting}
    puts = at if presides == "ada" else {"by": presides, "as": "committee"}
    poll = f"po-{site.must({'act': 'poll.open', **puts, **put, 'secrecy': 'by show of hands'})['n']}"
    told = {"poll": poll, "rule": "yes-no", "tallies": {"for": 4, "against": 1, "abstain": 0}}
    decision = f"de-{site.must({'act': 'poll.declare', **puts, **told})['n']}"
    site.must({"act": "meeting.close", **at, "meeting": meeting})
    return decision


def a_member_criticises(story: Story) -> str:
    """With the keyboard alone, where scripts run; the page says by when the answer is owed."""
    page = story.at("gus", "/criticism/write/?to=chair")
    if story._options:
        page.fill("#id_text", "The lamps stay dark.")
        page.locator("main form.act button").first.click()
    else:
        typed(page, "id_text", "The lamps stay dark.")
    story.says("gus", "Recorded as")
    story.says("gus", "The chair owes the answer by Monday 25 January 2027")
    (asked,) = story.site.state.criticisms
    story.does("hal", f"/criticism/{asked}/join/")
    story.at("ada", "/")
    story.says("ada", "criticism")
    story.at("ada", f"/criticism/{asked}/answer/")
    story.at("gus", "/criticism/")
    return asked


def typed(page: Any, last: str, words: str) -> None:
    """Goes through a form with the tabulator, types into its last field, and presses the button with the enter key."""
    page.locator("main form.act select, main form.act input:not([type=hidden]), main form.act textarea").first.focus()
    for _ in range(20):
        here = page.evaluate("document.activeElement.id || document.activeElement.tagName")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
        if here == last:
            page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def an_emergency_is_declared_and_ended(story: Story) -> None:
    """Declared with its fact; at the head of every page for everybody until it is ended; then reported on."""
    page = story.at("ada", "/powers/emergency/declare/")
    page.locator("[name=fact]").first.check()
    if story._options:
        page.fill("#id_words", "The quay burns.")
        page.locator("main form.act button").first.click()
    else:
        page.focus("#id_words")
        typed(page, "id_words", "The quay burns.")
    story.says("ada", "Recorded as")
    for name, path in (("gus", "/"), ("gus", "/seats/"), ("hal", "/criticism/"), ("nobody", "/")):
        assert "An emergency is in force" in story.at(name, path).inner_text("#emergency")
    for path in ("/powers/", "/powers/emergency/renew/", "/powers/emergency/postpone/", "/powers/delegations/lodge/"):
        story.at("ada", path)
    story.does("ada", "/powers/emergency/end/")
    assert not story.at("gus", "/").locator("#emergency").count()
    fills(story, "ada", "/powers/emergency/report/", text="It was put out.")
    story.at("ada", "/powers/emergency/approve/")


def somebody_is_instructed(story: Story) -> str:
    """A motion with terms, put to it on its page; carried, it is an instruction with its day on Today."""
    site = story.site
    move = {"act": "motion.move", "by": "ben", "body": "committee", "matter": "instruction", "text": "Light the lamps."}
    motion = f"mo-{site.must(move)['n']}"
    terms = {"does": "Light the lamps.", "to": "general-secretary", "due_on": "2027-02-05"}
    fills(story, "ben", f"/motions/{motion}/terms/", **terms)
    decision = decided(story, "instruction", motion, "2027-01-13T19:00", "2027-01-05T09:00:00Z")
    (instructed,) = site.state.instructions.given
    assert site.state.instructions.given[instructed].decision == decision
    story.at("ada", "/instructions/")
    story.says("ada", "Light the lamps.")
    return instructed


def a_member_petitions(story: Story) -> None:
    """One twentieth of the members is reached by the first; the congress has its day."""
    fills(story, "gus", "/petitions/new/agenda/", matter="policy", text="That the quay is lit.")
    story.says("gus", "That the quay is lit.")
    story.at("hal", "/removals/")
    story.says("hal", "That the quay is lit.")


def what_nobody_answers_goes_on(story: Story, asked: str) -> None:
    """On the day after its last day the criticism lies before the committee, without anybody's act, next to its dates."""
    before = story.site.state.n
    story.site.clock.set("2027-01-26T09:00:00Z")
    story.at("gus", f"/criticism/{asked}/")
    story.says("gus", "did not answer")
    story.says("gus", "The committee owes the answer by Friday 26 March 2027")
    assert story.site.state.n == before
    story.at("cleo", "/")
    story.says("cleo", "criticism")


def the_instruction_is_discharged(story: Story, instructed: str) -> None:
    """Reported on in time by whom it charged, and accepted by the body that gave it."""
    site = story.site
    fills(story, "ada", f"/instructions/{instructed}/report/", text="They burn.", kind="final")
    move = {"act": "motion.move", "by": "ben", "body": "committee", "matter": "discharge", "text": "It is done."}
    motion = f"mo-{site.must(move)['n']}"
    fills(story, "ben", f"/motions/{motion}/terms/", instruction=instructed, outcome="accepted")
    decided(story, "discharge", motion, "2027-02-08T19:00", "2027-01-27T09:00:00Z", presides="ben")
    story.at("ben", f"/instructions/{instructed}/")
    story.says("ben", "accepted")


def somebody_is_co_opted(story: Story) -> None:
    """Moved, decided, entered; what is still to be confirmed stands on the page of the seat."""
    site = story.site
    move = {
        "act": "motion.move",
        "by": "ben",
        "body": "committee",
        "matter": "co-option-to-committee",
        "text": "Hal joins.",
    }
    motion = f"mo-{site.must({**move, 'person': site.ids['hal']})['n']}"
    decision = decided(story, "co-option-to-committee", motion, "2027-02-20T19:00", "2027-02-09T09:00:00Z")
    page = story.at("ada", "/seats/committee/co-opt/")
    assert page.locator(f"[name=who][value='{site.ids['hal']} {decision}']").count() == 1
    story.at("ada", "/seats/committee/")
    story.at("ada", "/seats/committee/attendance/")
    page = story.at("ada", "/seats/committee/confirmation/")


def a_removal_is_asked_for_and_heard(story: Story) -> None:
    """Three of the committee ask on stated grounds; the chair answers; the hearing is offered before any vote."""
    site = story.site
    (chair,) = site.state.mandates_of_seat("chair", site.today)
    fills(story, "cleo", f"/mandates/{chair.id}/ask/", grounds="The lamps were dark.")
    (asked,) = site.state.removals
    story.does("dora", f"/removals/{asked}/support/")
    story.does("emil", f"/removals/{asked}/support/")
    fills(story, "ada", f"/removals/{asked}/answer/", text="They burn now.")
    story.at("cleo", f"/removals/{asked}/")
    story.says("cleo", "They burn now.")
    story.says("cleo", "The vote is held by")
    site.clock.set("2027-03-01T09:00:00Z")
    page = story.at("cleo", f"/removals/{asked}/offer/")
    page.fill("#id_day", "2027-03-09")
    page.fill("#id_hour", "19:00")
    page.locator("main form.act button").first.click()
    story.says("cleo", "Recorded as")
    assert site.state.removals[asked].heard == "offered"
    story.at("gus", "/removals/")
