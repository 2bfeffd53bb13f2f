"""The whole path of an organisation in the browser, with and without scripts: from the founding to the verified export.

Each step is pressed by whom it belongs to, in a window of their own; thirty others use the pages over the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from isonomy.cli.main import main
from tests.browser.caller import Caller
from tests.browser.story import Story, Visit, press
from tests.web.lived import rules
from tests.web.site import Site, empty_tables

pytestmark = pytest.mark.browser
FIRST = ("Ben", "Cleo", "Dora", "Emil", "Fay")
PEOPLE = [f"{name} Example" for name in FIRST] + [f"Member {number} Example" for number in range(6, 31)]
RULES = rules().replace("Nominations are open for 60 days", "Nominations are open for 2 days")
RULES = RULES.replace("nominations: open for 60 days", "nominations: open for 2 days")
RULES += """
## 40. Small bills
The treasurer may decide on small bills up to 50 at a time.

```rule power small-bills
held by: treasurer
matters: small-bills
up to: 50
```
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The organisation on its first day: the founder, who is secretary, and nobody else."""
    found = Site(tmp_path / "club", RULES, members=(), seats=("secretary",))
    mail.outbox = []
    try:
        yield found
    finally:
        found.close()
        empty_tables()


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with scripts", "without scripts"])
def test_an_organisation_lives_in_the_browser(
    site: Site, visit: Visit, tmp_path: Path, options: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    story = Story(site, visit, options)
    members_come(story)
    meeting = a_meeting_is_called(story)
    a_motion_is_moved_and_seconded(story)
    the_meeting_is_held(story, meeting)
    a_secret_poll_is_held(story)
    a_treasurer_is_elected(story)
    the_minutes_are_read(story, meeting)
    what_is_exported_is_verified(story, tmp_path)
    assert main(["verify", str(site.folder)]) == 0, capsys.readouterr().out


def members_come(story: Story) -> None:
    """A list is looked over, admitted and invited; a mail is read, an invitation accepted, an office filled."""
    site = story.site
    page = story.at("ada", "/members/import/")
    rows = [f"{name},{re.sub(' ', '.', name.lower())}@example.invalid" for name in PEOPLE]
    page.fill("textarea", "\n".join(["name,address", *rows, ",nameless@example.invalid"]))
    press(page, "Look it over")
    story.says("ada", "Would be admitted 30")
    assert len(site.state.persons) == 1
    press(page, "Admit 30 members")
    for _ in range(40):
        if "The list is through" in story.windows["ada"].text():
            break
        if story._options:
            press(page, "Go on")
        else:
            page.wait_for_timeout(500)
    story.says("ada", "The list is through")
    assert len(site.state.persons) == 31
    (letter,) = [sent for sent in mail.outbox if sent.to == ["ben.example@example.invalid"]]
    (link,) = set(re.findall(r"/invitation/[\w-]+/", letter.body))
    page = story.at("", link)
    press(page, "Accept and sign in")
    page.wait_for_url(lambda url: url.endswith("/"))
    story.windows["ben"] = story.windows.pop("")
    for person, known in site.state.persons.items():
        name = site.organisation.kept(known.name).opening.value
        site.ids[name.partition(" Example")[0].lower().replace("member ", "m")] = person
        if name != "Ben Example" and person != site.ids["ada"]:
            site.account(person, f"{person}@example.invalid")
    for name, seat in (("Ben", "chair"), ("Cleo", "committee"), ("Dora", "committee"), ("Ben", "committee")):
        page = story.at("ada", f"/seats/{seat}/begin/")
        page.select_option("#id_person", site.ids[name.lower()])
        page.locator("main form.act button").first.click()
        story.says("ada", "Recorded as")


def a_meeting_is_called(story: Story) -> str:
    """A day too early is refused with its cure; the cure is lawful; the notice goes to everybody by mail, once."""
    site = story.site
    site.clock.set("2027-02-01T09:00:00Z")
    site.must(
        {"act": "decision.take", "by": "ben", "as": "chair", "matter": "spending", "amount": 20, "text": "Stamps."}
    )
    page = story.at("ben", "/meetings/call/members-meeting/?by_right=2027-03-06")
    page.get_by_label("Policy").first.check()
    page.fill("#id_time", "10:00")
    page.fill("#id_day", "2027-03-05")
    press(page, "Check this call")
    story.says("ben", "Not possible")
    page = story.at("ben", "/meetings/call/members-meeting/?by_right=2027-03-06")
    page.get_by_label("Policy").first.check()
    page.fill("#id_time", "10:00")
    page.fill("#id_day", "2027-03-06")
    page.fill("#id_place", "Example Hall")
    press(page, "Check this call")
    story.says("ben", "Example Hall")
    press(page, "Call this meeting")
    (meeting,) = site.state.meetings
    story.says("ben", "Recorded as")
    site.clock.set("2027-02-10T09:00:00Z")
    sent = len(mail.outbox)
    page = story.at("ada", f"/meetings/{meeting}/notice/")
    press(page, "Send it and record it")
    story.says("ada", "Recorded as")
    assert len(mail.outbox) - sent == 31
    assert len(site.state.meetings[meeting].notices) == 1
    return str(meeting)


def a_motion_is_moved_and_seconded(story: Story) -> None:
    """Its mover cannot second it; another can."""
    page = story.at("cleo", "/motions/new/")
    page.fill("#id_matter", "policy")
    page.select_option("#id_body", "members-meeting")
    page.fill("#id_text", "The club rows at dawn.")
    press(page, "Move the motion")
    page.wait_for_url("**/motions/mo-*/")
    (motion,) = story.site.state.motions
    caller = story.caller("cleo")
    caller.ask(f"/motions/{motion}/second/")
    assert "another" in caller.send() or caller.status == 422
    story.does("emil", f"/motions/{motion}/second/")
    assert story.site.state.motions[motion].seconders


def the_meeting_is_held(story: Story, meeting: str) -> None:
    """The chair ticks who is there, puts the motion, enters the hands, rules nothing out, closes."""
    site = story.site
    site.clock.set("2027-03-06T10:05:00Z")
    page = story.at("ben", f"/meetings/{meeting}/open/")
    for box in page.locator("input[name=tick]").all()[:20]:
        box.check()
    press(page, "Open the meeting")
    story.says("ben", "Recorded as")
    (motion,) = site.state.motions
    page = story.at("ben", f"/meetings/{meeting}/chair/")
    page.locator(f"main a[href*='/put/'][href*='{motion}']").first.click()
    page.get_by_label("show of hands").check()
    press(page, "Put this question")
    story.says("ben", "Recorded as")
    (poll,) = site.state.polls
    page = story.at("ben", f"/meetings/{meeting}/hands/{poll}/")
    for name, hands in (("for", "15"), ("against", "3"), ("abstain", "2")):
        page.fill(f"#id_{name}", hands)
    press(page, "Declare the result")
    story.says("ben", "Recorded as")
    assert [found.text for found in site.state.decisions.values() if found.matter == "policy"] == [
        "The club rows at dawn."
    ]
    page = story.at("ben", f"/meetings/{meeting}/close/")
    press(page, "Close the meeting")
    story.says("ben", "Recorded as")


def vote(answer: dict[str, str], poll: str) -> Callable[[Caller], str]:
    """Somebody votes over the network: the paper, the review, the box."""

    def do(caller: Caller) -> str:
        caller.ask(f"/polls/{poll}/vote/")
        caller.send(step="review", **answer)
        return caller.send(ballot=_hidden(caller.text, "ballot"))

    return do


def _hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, text[-3000:]
    return unescape(found.group(1))


def a_secret_poll_is_held(story: Story) -> None:
    """Thirty vote at the same time, one in the window; the receipt is found in the box; who voted how is not to be seen."""
    site = story.site
    site.clock.set("2027-03-07T09:00:00Z")
    poll = site.must(
        {"act": "poll.open", "by": "ada", "as": "secretary", "body": "members-meeting", "question": "Shall we give?",
         "matter": "gifts", "closes_on": "2027-04-07"}
    )["n"]  # fmt: skip
    poll = f"po-{poll}"
    page = story.at("fay", f"/polls/{poll}/vote/")
    page.get_by_label("For", exact=True).check()
    press(page, "Go on")
    story.says("fay", "If you leave it like this")
    page.locator("main form.act button").first.click()
    story.says("fay", "Your ballot lies in the box")
    receipt = page.inner_text(".receipt-text code")
    others = [name for name in site.ids if name not in ("ada", "fay", "emil")]
    told = story.everybody(vote({"answer": "against"}, poll), others)
    assert all("Your ballot lies in the box" in words for words in told), told[0]
    one_votes_on_paper(story, poll)
    again = story.caller("fay")
    again.ask(f"/polls/{poll}/vote/")
    assert "Your ballot lies in the box" not in again.words()
    site.clock.set("2027-04-01T09:00:00Z")
    site.must({"act": "decision.take", "by": "ben", "as": "chair", "matter": "spending", "amount": 20, "text": "Oil."})
    site.clock.set("2027-04-08T09:00:00Z")
    for step in ("close", "declare"):
        story.does("ada", f"/polls/{poll}/{step}/")
    assert not any(found.matter == "gifts" for found in site.state.decisions.values())
    page = story.at("fay", f"/polls/{poll}/receipt/")
    page.fill("#id_receipt", receipt)
    page.locator("main form button").first.click()
    story.says("fay", "A ballot with this receipt lies in the closed box")


def one_votes_on_paper(story: Story, poll: str) -> None:
    """A paper is given out and entered by two tellers apart, with the keyboard; where they differ is shown and mended."""
    page = story.at("ada", f"/polls/{poll}/paper/")
    page.fill("#first", "Cleo Example")
    page.fill("#second", "Dora Example")
    press(page, "Name the tellers")
    page = story.at("ada", f"/polls/{poll}/paper/credentials/?q=emil")
    page.locator("main button[value=give]").click()
    story.says("ada", "1 paper given out")
    for name, typed in (("cleo", "-"), ("dora", "+")):
        page = story.at(name, f"/polls/{poll}/paper/enter/")
        page.locator("#line").focus()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        story.says(name, "1 paper entered by you")
        press(page, "My pile is finished")
    story.at("ada", f"/polls/{poll}/paper/compare/")
    story.says("ada", "Where they differ")
    page = story.at("dora", f"/polls/{poll}/paper/enter/?number=1")
    page.fill("#line", "-")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    story.at("ada", f"/polls/{poll}/paper/")
    story.says("ada", "The tellers agree on every paper")


def a_treasurer_is_elected(story: Story) -> None:
    """Opened, nominated, seconded, consented; ranked by thirty; counted, declared, the sheet read. Then she acts."""
    site = story.site
    story.at("dora", "/decisions/take/")
    story.says("dora", "You hold no office that decides alone")
    story.does("ada", "/elections/new/?seat=treasurer&body=members-meeting")
    (election,) = site.state.elections
    for name in ("dora", "emil"):
        story.does(name, f"/elections/{election}/stand/")
        site.must({"act": "nomination.second", "by": "fay", "election": election, "person": site.ids[name]})
    site.clock.set("2027-04-11T09:00:00Z")
    story.does("ada", f"/elections/{election}/close/")
    poll = site.must(
        {"act": "poll.open", "by": "ada", "as": "secretary", "body": "members-meeting", "question": "Who is treasurer?",
         "matter": "election-of-treasurer", "election": election, "closes_on": "2027-04-19"}
    )["n"]  # fmt: skip
    poll = f"po-{poll}"
    names = [site.organisation.kept(site.state.persons[option.person].name).opening.value if option.person else ""
             for option in site.state.polls[poll].options]  # fmt: skip
    dora = names.index("Dora Example") + 1
    told = story.everybody(vote({f"o{dora}": "1"}, poll), [name for name in site.ids if name != "ada"])
    assert all("Your ballot lies in the box" in words for words in told), told[0]
    site.clock.set("2027-04-20T09:00:00Z")
    for step in ("close", "declare"):
        story.does("ada", f"/polls/{poll}/{step}/")
    story.at("emil", f"/polls/{poll}/count/")
    story.says("emil", "Dora Example")
    assert any(found.person == site.ids["dora"] for found in site.state.decisions.values() if found.person)
    # While an appeal may be made nobody takes the seat.
    story.at("ada", "/seats/treasurer/begin/")
    story.says("ada", "Nobody was elected")
    site.clock.set("2027-05-06T09:00:00Z")
    page = story.at("ada", "/seats/treasurer/begin/")
    page.get_by_label("Dora Example").check()
    page.locator("main form.act button").first.click()
    story.says("ada", "Recorded as")
    page = story.at("dora", "/decisions/take/")
    page.fill("#id_text", "A lamp for the boathouse.")
    page.fill("#id_amount", "40")
    page.locator("main input[name=what]").first.check()
    press(page, "Check before deciding")
    story.says("dora", "What will be recorded")
    press(page, "Decide this")
    story.says("dora", "Recorded as")
    assert [found.seat for found in site.state.decisions.values() if found.amount == 40] == ["treasurer"]


def the_minutes_are_read(story: Story, meeting: str) -> None:
    """Written from the acts: who was there, what was put, the figures, the clause."""
    story.at("fay", f"/minutes/{meeting}/")
    story.says("fay", "The club rows at dawn.")
    story.says("fay", "15")
    caller = story.caller("fay")
    assert "The club rows at dawn." in caller.ask(f"/minutes/{meeting}/minutes.md")


def what_is_exported_is_verified(story: Story, folder: Path) -> None:
    """A stranger takes the public export and verifies it with no more than the file."""
    story.at("nobody", "/record/verify/")
    window = story.windows["nobody"]
    answer = window.context.request.get(window.address + "/record/verify/export.zip")
    assert answer.status == 200
    (folder / "export.zip").write_bytes(answer.body())
    assert main(["verify", str(folder / "export.zip")]) == 0
