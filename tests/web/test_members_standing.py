"""The standing of a member in the browser: entered by who keeps the list, seen by the member, contested there, settled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import CHECKOUT, Site, empty_tables, filled

RULES = (CHECKOUT / "conformance/decisions/rulebooks/subscribers.md").read_text("utf-8")


@pytest.fixture
def society(tmp_path: Path) -> Iterator[Site]:
    """A society whose first subscription was due on 1 February 2027; ada keeps the list."""
    site = Site(tmp_path / "society", RULES, members=("ben", "cleo"))
    site.clock.set("2027-02-01T09:00:00Z")
    site.admit("dora")
    site.clock.set("2027-03-02T09:00:00Z")
    yield site
    site.close()
    empty_tables()


def sent(site: Site, who: str, whom: str, step: str = "", **fields: str) -> tuple[int, str]:
    """A form about a member's standing as somebody sends it: the status, and what came back."""
    browser, address = site.browser(who), f"/members/{site.ids[whom]}/standing/{step}"
    answer = browser.post(address, filled(browser.get(address), **fields))
    return answer.status_code, answer.content.decode().replace("&#x27;", "'")


def page(site: Site, who: str, whom: str) -> str:
    """The page of a member as somebody sees it."""
    return str(site.browser(who).get(f"/members/{site.ids[whom]}/").content.decode())


def test_the_keeper_enters_arrears_and_the_member_finds_them_and_contests(society: Site) -> None:
    assert sent(society, "ada", "ben", standing="in arrears") == (302, "")
    own = page(society, "ben", "ben")
    assert "You may contest the entry through" in own
    assert sent(society, "ben", "ben", "contest/", text="It was paid.")[0] == 302
    assert "until it is decided the entry takes nothing" in page(society, "ben", "ben")
    assert society.state.persons[society.ids["ben"]].codes == {}


def test_another_member_neither_sees_the_entry_nor_makes_it(society: Site) -> None:
    assert sent(society, "ada", "ben", standing="in arrears") == (302, "")
    assert "subscription-title" not in page(society, "cleo", "ben")
    status, said = sent(society, "cleo", "ben", standing="good")
    assert status == 422
    assert "kept by those the clause names" in said
    contest = society.browser("cleo").get(f"/members/{society.ids['ben']}/standing/contest/")
    assert contest.status_code == 404


def test_who_lets_off_lets_another_off_and_never_themselves(society: Site) -> None:
    assert sent(society, "ada", "ben", "waive/", through="2027-06-30") == (302, "")
    assert "let off through" in page(society, "ben", "ben")
    status, said = sent(society, "ada", "ada", "waive/", through="2027-06-30")
    assert status == 422
    assert "nobody lets themselves off" in said
    status, said = sent(society, "ada", "ben", standing="in arrears")
    assert status == 422
    assert "whoever is let off is not in arrears" in said


def test_nothing_of_it_where_the_rulebook_has_no_subscription(site: Site) -> None:
    assert "subscription-title" not in page(site, "ada", "ada")
    assert site.browser("ada").get(f"/members/{site.ids['ben']}/standing/").status_code == 404


def test_what_the_body_decided_on_a_contest_is_entered_from_the_members_page(society: Site) -> None:
    assert sent(society, "ada", "ben", standing="in arrears") == (302, "")
    assert sent(society, "ben", "ben", "contest/", text="It was paid.")[0] == 302
    contest = next(iter(society.state.subscriptions.contests))
    assert "/standing/settle/" not in page(society, "ada", "ben")
    matter, body = "standing-of-members", {"by": "ada", "as": "chair", "body": "assembly"}
    call = society.must({"act": "meeting.call", **body, "starts": "2027-03-12T19:00", "matters": [matter]})
    meeting = f"mt-{call['n']}"
    society.must({"act": "notice.send", "by": "ada", "as": "chair", "meeting": meeting, "how": "post", "to_count": 4})
    move = {"act": "motion.move", "by": "ben", "body": "assembly", "matter": matter, "text": f"{contest}: overturned."}
    motion = f"mo-{society.must(move)['n']}"
    society.clock.set("2027-03-12T20:00:00Z")
    present = sorted(society.ids.values())
    society.must({"act": "meeting.open", "by": "ada", "as": "chair", "meeting": meeting, "present": present})
    put = {"act": "poll.open", **body, "question": "Shall it?", "matter": matter, "motion": motion, "meeting": meeting}
    poll = f"po-{society.must(put | {'secrecy': 'by show of hands'})['n']}"
    declare = {"act": "poll.declare", "by": "ada", "as": "chair", "poll": poll, "rule": "yes-no"}
    decision = f"de-{society.must(declare | {'tallies': {'for': 4, 'against': 0}})['n']}"
    assert "/standing/settle/" in page(society, "ada", "ben")
    status, said = sent(society, "ada", "ben", "settle/", outcome="upheld", decision=decision)
    assert status == 422
    assert "name the contest, and say upheld" in said
    assert sent(society, "ada", "ben", "settle/", outcome="overturned", decision=decision) == (302, "")
    assert society.state.subscriptions.standings[society.ids["ben"]].standing == "good"


def test_the_page_of_a_poll_says_how_many_lost_the_vote_shortly_before_and_names_nobody(society: Site) -> None:
    body = {"by": "ada", "as": "chair", "body": "assembly"}
    call = society.must({"act": "meeting.call", **body, "starts": "2027-03-12T19:00", "matters": ["paint"]})
    meeting = f"mt-{call['n']}"
    society.must({"act": "notice.send", "by": "ada", "as": "chair", "meeting": meeting, "how": "post", "to_count": 4})
    move = {"act": "motion.move", "by": "cleo", "body": "assembly", "matter": "paint", "text": "Blue."}
    motion = f"mo-{society.must(move)['n']}"
    assert sent(society, "ada", "ben", standing="in arrears") == (302, "")
    society.clock.set("2027-03-12T20:00:00Z")
    present = sorted(society.ids[name] for name in ("ada", "cleo", "dora"))
    society.must({"act": "meeting.open", "by": "ada", "as": "chair", "meeting": meeting, "present": present})
    put = {"act": "poll.open", **body, "question": "Shall it?", "matter": "paint", "motion": motion, "meeting": meeting}
    poll = f"po-{society.must(put | {'secrecy': 'by show of hands'})['n']}"
    shown = society.browser("cleo").get(f"/polls/{poll}/").content.decode()
    assert "1 member, by an entry as in arrears since" in shown
    assert "Ben Example" not in shown
    assert society.ids["ben"] not in shown
