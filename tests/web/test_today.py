"""The first page: what is due of the viewer, what the viewer may decide now, meetings, the calendar and its private feed."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from isonomy.web.today.reminders import due_by_person, remind
from tests.web.site import Site, empty_tables
from tests.web.test_polls import book, opened

WORDS = "The club buys a kettle."


def _context(site: Site, name: str) -> Any:
    page = site.browser(name).get("/")
    assert page.status_code == 200, page.content.decode()
    return page.context


def test_a_duty_stands_with_its_day_its_clause_and_the_page_where_it_is_done(site: Site) -> None:
    shown = _context(site, "ada")
    mine = shown["mine"]
    assert mine
    for line in mine:
        assert line.duty.clause
        assert line.href.startswith("/"), line.duty.id
    page = site.browser("ada").get("/").content.decode()
    assert "Why this day" in page
    assert "/rulebook/clause/" in page


def test_no_id_of_a_person_stands_in_a_duty_that_a_member_reads(site: Site) -> None:
    page = site.browser("ben").get("/").content.decode()
    text = page.split("<main", 1)[1].split("</main", 1)[0]
    assert site.ids["ada"] not in text.replace(f"/members/{site.ids['ada']}/", "").replace(
        f"/record/?person={site.ids['ada']}", ""
    )


def test_a_duty_is_in_one_group_alone(site: Site) -> None:
    for name in ("ada", "ben"):
        shown = _context(site, name)
        groups = [
            {line.duty.id for line in shown[key]} for key in ("mine", "mine_later", "shared", "shared_later", "others")
        ]
        assert len(set.union(*groups)) == sum(map(len, groups)) == len(site.organisation.standing().due)


def test_what_a_member_may_not_do_is_not_offered_as_a_choice(site: Site) -> None:
    site.must({"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": WORDS})
    for name in ("ben", "cleo"):
        assert not [choice for choice in _context(site, name)["choices"] if "Second" in choice.says]


@pytest.mark.parametrize("secrecy", ["named", "secret"])
def test_a_vote_stands_among_the_choices_of_those_on_the_roll(tmp_path: Path, secrecy: str) -> None:
    site = Site(tmp_path / "club", book(secrecy=secrecy))
    try:
        poll = opened(site)
        assert [choice.href for choice in _votes(site, "ben")] == [f"/polls/{poll}/vote/"]
        nonce = {"nonce": b64encode(bytes(32)).decode()} if secrecy == "secret" else {}
        site.must({"act": "ballot.cast", "by": "ben", "poll": poll, "ballot": "for", **nonce})
        # Of a secret poll the box is not asked, so the line stays.
        assert len(_votes(site, "ben")) == (0 if secrecy == "named" else 1)
        assert len(_votes(site, "cleo")) == 1
    finally:
        site.close()
        empty_tables()


def _votes(site: Site, name: str) -> list[Any]:
    return [choice for choice in _context(site, name)["choices"] if choice.says.startswith("Vote")]


def test_who_is_not_signed_in_finds_the_entrance_and_no_member(site: Site) -> None:
    page = site.browser().get("/").content.decode()
    assert "Model Association" in page
    assert "/record/verify/" in page
    assert "Ada Example" not in page
    assert site.browser().get("/calendar/").status_code == 302


def _feed(site: Site, name: str) -> str:
    browser = site.browser(name)
    assert browser.post("/calendar/", {"renew": "1"}).status_code == 302
    return str(browser.get("/calendar/").context["feed"]).removeprefix("http://localhost:8000")


def test_the_feed_is_read_without_signing_in_and_holds_the_members_duties_and_no_name(site: Site) -> None:
    text = Client().get(_feed(site, "ada")).content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert "SUMMARY:Due: " in text
    assert "Ada Example" not in text


def test_a_feed_that_was_given_up_renewed_or_guessed_gives_nothing(site: Site) -> None:
    first = _feed(site, "ben")
    second = _feed(site, "ben")
    assert first != second
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert Client().get(second.replace(site.ids["ben"], site.ids["ada"])).status_code == 404
    site.browser("ben").post("/calendar/", {"stop": "1"})
    assert Client().get(second).status_code == 404


def test_the_feed_of_somebody_who_left_is_gone(site: Site) -> None:
    address = _feed(site, "ben")
    site.must({"act": "member.leave", "by": "ben"})
    assert Client().get(address).status_code == 404


def test_the_calendar_shows_ones_own_first_and_all_when_asked(site: Site) -> None:
    browser = site.browser("ben")
    own, every = browser.get("/calendar/"), browser.get("/calendar/?all=1")
    count = [sum(len(month.dates) for month in page.context["months"]) for page in (own, every)]
    assert count[0] <= count[1]
    assert every.status_code == 200


def test_who_owes_something_is_mailed_once_a_day_with_day_clause_and_place(site: Site) -> None:
    mail.outbox.clear()
    site.clock.set("2027-02-18T09:00:00Z")
    first, again = remind(site.organisation, 20), remind(site.organisation, 20)
    assert site.ids["ada"] in first.sent
    assert first.sent == again.before
    assert not again.sent
    (letter,) = (one for one in mail.outbox if one.to == ["ada@example.invalid"])
    assert letter.subject.startswith(("Due ", "Overdue "))
    assert "Clause" in letter.body
    assert "http://" in letter.body
    assert "{" not in letter.body + letter.subject
    assert letter.alternatives
    assert len(mail.outbox) == len(first.sent)
    site.clock.set("2027-02-19T09:00:00Z")
    assert remind(site.organisation, 20).sent == first.sent


def test_nobody_is_reminded_of_what_is_due_of_others(site: Site) -> None:
    site.clock.set("2027-02-18T09:00:00Z")
    assert site.ids["ben"] not in remind(site.organisation, 20).sent


def test_nothing_due_soon_is_no_mail(site: Site) -> None:
    standing = site.organisation.standing()
    far = [duty for duty in standing.due if not duty.is_overdue]
    assert far
    named = due_by_person(standing, 0)
    assert all(duty.due_on <= standing.today for duties in named.values() for duty in duties)


def test_a_draft_stands_on_the_first_page_of_its_mover_alone(site: Site) -> None:
    from isonomy.web.motions.models import MotionDraft

    browser = site.browser("ben")
    before = browser.get("/")
    MotionDraft.objects.create(person=site.ids["ben"], fields={"text": "Half a thought", "matter": "policy"})
    after = browser.get("/", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200, "a page that knows nothing of drafts would answer 304"
    assert "Half a thought" in after.content.decode()
    assert "Half a thought" not in site.browser("cleo").get("/").content.decode()
    MotionDraft.objects.all().delete()
    assert "You are writing" not in browser.get("/", headers={"if-none-match": after.headers["ETag"]}).content.decode()
