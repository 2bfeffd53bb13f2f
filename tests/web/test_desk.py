"""The desk: a form becomes one act of the member who is signed in, and the engine's answer a page."""

from __future__ import annotations

import pytest

from isonomy.chamber.ports import StoreFault
from isonomy.web import organisation
from tests.web.site import Site, filled

WORDS = "The club buys a kettle."


def test_a_form_becomes_an_act_of_who_is_signed_in(site: Site) -> None:
    browser = site.browser("ben")
    page = browser.get("/motions/new/")
    sent = filled(page, body="members-meeting", matter="policy", text=WORDS)
    answer = browser.post("/motions/new/", sent | {"by": site.ids["ada"]})
    assert answer.status_code == 302, answer.content.decode()
    (motion,) = site.state.motions.values()
    assert motion.mover == site.ids["ben"]
    entry = site.organisation.entry(site.state.n - 1)
    assert entry["auth"] == {"kind": "attested"}


def test_a_form_sent_twice_is_one_act(site: Site) -> None:
    browser = site.browser("ben")
    sent = filled(browser.get("/motions/new/"), body="members-meeting", matter="policy", text=WORDS)
    first, again = browser.post("/motions/new/", sent), browser.post("/motions/new/", sent)
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    assert len(site.state.motions) == 1


def test_a_refusal_says_clause_and_cure_and_leaves_the_form_filled_in(site: Site) -> None:
    browser = site.browser("ben")
    sent = filled(browser.get("/motions/new/"), body="committee", matter="budget", text=WORDS)
    answer = browser.post("/motions/new/", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Not possible" in shown
    assert WORDS in shown
    assert "What you can do" in shown
    assert not site.state.motions


def test_who_is_not_signed_in_is_led_to_the_door_and_nothing_is_handed_in(site: Site) -> None:
    before = site.state.n
    browser = site.browser()
    assert browser.get("/motions/new/").status_code == 302
    assert browser.post("/motions/new/", {"text": WORDS}).status_code == 302
    assert site.state.n == before


def test_an_account_of_a_member_who_left_sees_no_members_page(site: Site) -> None:
    browser = site.browser("ben")
    site.must({"act": "member.leave", "by": "ben"})
    assert browser.get("/motions/").status_code == 403


def test_a_page_that_did_not_change_is_not_rendered_again(site: Site) -> None:
    browser = site.browser("ben")
    page = browser.get("/motions/")
    tag = page.headers["ETag"]
    assert browser.get("/motions/", headers={"if-none-match": tag}).status_code == 304
    site.must({"act": "motion.move", "by": "ada", "body": "members-meeting", "matter": "policy", "text": WORDS})
    after = browser.get("/motions/", headers={"if-none-match": tag})
    assert after.status_code == 200
    assert WORDS in after.content.decode()


def test_every_answer_carries_a_policy_without_inline_code(site: Site) -> None:
    for path in ("/", "/sign-in/", "/nowhere/", "/motions/"):
        policy = site.browser("ben").get(path).headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


def test_an_open_page_that_asks_often_is_told_of_a_change_at_once(site: Site) -> None:
    browser = site.browser("ben")
    asking = {"hx-request": "true"}
    tag = browser.get("/motions/", headers=asking).headers["ETag"]
    for _ in range(2):
        assert browser.get("/motions/", headers=asking | {"if-none-match": tag}).status_code == 304
    site.must({"act": "motion.move", "by": "ada", "body": "members-meeting", "matter": "policy", "text": WORDS})
    after = browser.get("/motions/", headers=asking | {"if-none-match": tag})
    assert WORDS in after.content.decode()


def test_an_open_page_of_one_session_tells_another_session_nothing(site: Site) -> None:
    asking = {"hx-request": "true"}
    tag = site.browser("ben").get("/motions/", headers=asking).headers["ETag"]
    other = site.browser("cleo").get("/motions/", headers=asking | {"if-none-match": tag})
    assert other.status_code == 200
    assert site.browser().get("/motions/", headers=asking | {"if-none-match": tag}).status_code == 302


@pytest.mark.parametrize("name", ["", "ben"])
def test_a_record_that_cannot_be_reached_is_said_and_asked_for_again(
    site: Site, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = site.browser(name)
    asking = {"hx-request": "true", "if-none-match": browser.get("/", headers={"hx-request": "true"}).headers["ETag"]}

    def broken(self: object) -> None:
        raise StoreFault("the disk does not answer", "/secret/place", "try again")

    with monkeypatch.context() as patch:
        patch.setattr(organisation.Organisation, "standing", broken)
        for path in ("/", "/motions/", "/nowhere/"):
            answer = browser.get(path, headers=asking)
            assert answer.status_code == 503, path
            assert "try again" in answer.content.decode()
            assert "/secret/place" not in answer.content.decode()
    assert browser.get("/").status_code == 200
