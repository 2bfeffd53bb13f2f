"""Mandates to act on the pages: given by a motion with terms, shown, reported on, the report made from acts; what follows undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_minutes_pages import called, carried, moved, opened

MORE = """
## 9. Mandates to act
The members' meeting instructs the chair or the committee, who report within 30 days, or decides on a condition, which the secretary
owns; unreviewed, the decision lapses. It sets targets of membership, which the secretary follows up.

```rule instruction mandates
by: members-meeting
to: chair or committee
report within: 30 days
```

```rule condition conditions
on decisions of: members-meeting
owned by: secretary
unreviewed: the decision lapses
```

```rule target membership
set by: members-meeting
followed up by: secretary
```

## 10. Accounts
Every year on 1 March the chair gives account; if not, the mandate of the chair lapses.

```rule duty account
owed by: chair
does: gives account
every: every year on 1 March
or else: lapse of the mandate of chair
```
"""


@pytest.fixture
def charged(tmp_path: Path) -> Iterator[Site]:
    found = Site(tmp_path / "club", MODEL + MORE)
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def given(site: Site) -> str:
    """The chair was instructed by a motion of ben's, whose terms he put on the page; the instruction."""
    meeting = called(site, "policy")
    motion = moved(site)
    browser = site.browser("ben")
    page = browser.get(f"/motions/{motion}/terms/")
    sent = filled(
        page, does="Buy the kettle.", to="chair", due_on="2027-04-01", name_0="kettles", number_0="2", unit_0="pieces"
    )
    assert browser.post(f"/motions/{motion}/terms/", sent).status_code == 302
    shown = browser.get(f"/motions/{motion}/").content.decode()
    assert "Buy the kettle." in shown
    opened(site, meeting)
    carried(site, meeting, motion)
    return next(iter(site.state.instructions.given))


def test_a_motion_instructs_by_terms_that_its_mover_puts_on_a_page(charged: Site) -> None:
    one = given(charged)
    shown = charged.browser("cleo").get(f"/instructions/{one}/").content.decode()
    for words in ("Buy the kettle.", "2 pieces", "Thursday 1 April 2027", "Saturday 1 May 2027", "not reported"):
        assert words in shown, words
    assert "Buy the kettle." in charged.browser("cleo").get("/seats/chair/").content.decode()


def test_terms_of_another_are_refused_with_the_reason(charged: Site) -> None:
    motion = moved(charged)
    browser = charged.browser("cleo")
    sent = filled(browser.get(f"/motions/{motion}/terms/"), does="Buy it.", to="chair", due_on="2027-04-01")
    answer = browser.post(f"/motions/{motion}/terms/", sent)
    assert answer.status_code == 422
    assert "by its mover" in answer.content.decode()


def test_the_holder_reports_and_each_promised_number_is_asked_for(charged: Site) -> None:
    one = given(charged)
    browser = charged.browser("ada")
    page = browser.get(f"/instructions/{one}/report/")
    assert "Promised: 2 pieces." in page.content.decode()
    refused = browser.post(f"/instructions/{one}/report/", filled(page, text="Bought."))
    assert refused.status_code == 422
    assert "kettles" in refused.content.decode()
    sent = filled(browser.get(f"/instructions/{one}/report/"), text="Bought one.", reached_0="1")
    assert browser.post(f"/instructions/{one}/report/", sent).status_code == 302
    shown = browser.get(f"/instructions/{one}/").content.decode()
    assert "1 pieces" in shown
    assert "not reached" in shown
    assert (
        charged.browser("ben").get(f"/instructions/{one}/").content.decode().count(f"/instructions/{one}/report/") == 0
    )


def test_the_report_is_made_from_acts_and_can_be_gone_on_with(charged: Site) -> None:
    one = given(charged)
    browser = charged.browser("ben")
    assert "Buy the kettle." in browser.get("/instructions/report/").content.decode()
    file = browser.get("/instructions/report.md?body=members-meeting").content.decode()
    assert f"## {one}: Buy the kettle." in file
    assert "| kettles | 2 pieces |" in file
    assert "No report was made." in file


def test_a_condition_is_put_on_the_page_and_shown_with_its_decision(charged: Site) -> None:
    meeting = called(charged, "policy")
    motion = moved(charged)
    browser = charged.browser("ben")
    sent = filled(
        browser.get(f"/motions/{motion}/terms/"), that="it is cleaned", owner="secretary", review_on="2027-06-01"
    )
    assert browser.post(f"/motions/{motion}/terms/", sent).status_code == 302
    opened(charged, meeting)
    decision = carried(charged, meeting, motion)
    assert "it is cleaned" in browser.get(f"/decisions/{decision}/").content.decode()
    charged.clock.set("2027-06-02T09:00:00Z")
    shown = browser.get(f"/decisions/{decision}/").content.decode()
    assert "not reviewed in time" in shown
    listed = browser.get("/instructions/").content.decode()
    assert "unreviewed" in listed


def test_a_target_has_a_bar_and_a_table_from_the_roll(charged: Site) -> None:
    meeting = called(charged, "membership-target")
    motion = moved(charged, matter="membership-target")
    browser = charged.browser("ben")
    sent = filled(browser.get(f"/motions/{motion}/terms/"), number="8", by_on="2027-06-01")
    assert browser.post(f"/motions/{motion}/terms/", sent).status_code == 302
    opened(charged, meeting)
    carried(charged, meeting, motion, "membership-target")
    one = next(iter(charged.state.instructions.targets))
    charged.admit("gil")
    shown = browser.get(f"/instructions/{one}/").content.decode()
    assert '<meter min="0" max="8" value="7"' in shown
    assert '<th scope="row">' in shown


def test_any_member_enters_the_lapse_of_a_mandate(charged: Site) -> None:
    called(charged, "policy")
    charged.clock.set("2027-03-02T09:00:00Z")
    browser = charged.browser("fay")
    page = browser.get("/instructions/undone/")
    thing = "account:2027-03-01"
    assert thing in page.content.decode()
    answer = browser.post("/instructions/undone/", filled(page, thing=thing))
    assert answer.status_code == 302, answer.content.decode()
    assert charged.state.mandates_of_seat("chair", "2027-03-02") == []
    assert "Nothing waits" in browser.get("/instructions/undone/").content.decode()


def test_a_rulebook_without_such_blocks_has_no_such_pages(site: Site) -> None:
    browser = site.browser("ben")
    assert browser.get("/instructions/").status_code == 404
    assert "Mandates to act" not in browser.get("/").content.decode()
    assert browser.get("/meetings/join/committee/").status_code == 404
