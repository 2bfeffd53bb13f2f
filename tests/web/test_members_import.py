"""Importing a list: each row is told its fate first; nobody is admitted twice; addresses stay out of the record."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from isonomy.web.accounts.models import Invitation
from isonomy.web.members import importing
from tests.web.site import Site

LIST = "name,address\nGus Example,gus@example.invalid\nHana Example,\nBen Example,\n\nbad,row,here\n"


@pytest.fixture(autouse=True)
def outbox() -> None:
    mail.outbox = []


def step(page: Any, **more: str) -> dict[str, Any]:
    form = page.context["form"]
    return {name: form[name].value() for name in ("list", "text")} | more


def test_each_row_is_told_its_fate_before_anybody_is_admitted(site: Site) -> None:
    before = site.state.n
    page = site.browser("ada").post("/members/import/", {"text": LIST})
    assert page.context["counts"] == {"admitted": 0, "skipped": 1, "refused": 0, "bad": 1, "waiting": 2}
    assert site.state.n == before
    assert "Admit 2 members" in page.content.decode()


def test_the_list_admits_row_by_row_and_a_second_run_admits_nobody_again(site: Site) -> None:
    browser = site.browser("ada")
    page = browser.post("/members/import/", {"text": LIST})
    count = len(site.state.persons)
    done = browser.post("/members/import/", step(page))
    assert done.context["counts"]["admitted"] == 2
    assert len(site.state.persons) == count + 2
    again = browser.post("/members/import/", step(page))
    assert again.context["counts"]["admitted"] == 2
    second = browser.post("/members/import/", {"text": LIST})
    assert second.context["counts"]["waiting"] == 0
    assert second.context["counts"]["skipped"] == 3
    assert len(site.state.persons) == count + 2
    assert "The list is through" in done.content.decode()


def test_a_long_list_goes_on_where_it_stopped(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "ACTS_AT_A_TIME", 3)
    ticks = iter(range(1000))
    monkeypatch.setattr(importing.time, "monotonic", lambda: next(ticks))
    monkeypatch.setattr(importing, "SECONDS_AT_A_TIME", 2.5)
    browser = site.browser("ada")
    page = browser.post("/members/import/", {"text": "name\n" + "\n".join(f"Row {n}" for n in range(10))})
    seen = []
    while page.context["counts"]["waiting"]:
        page = browser.post("/members/import/", step(page))
        seen.append(page.context["counts"]["admitted"])
    assert seen == sorted(seen)
    assert len(seen) > 1
    assert seen[-1] == 10


def test_rows_of_who_may_not_admit_are_refused_with_the_clause(site: Site) -> None:
    browser = site.browser("ben")
    page = browser.post("/members/import/", {"text": LIST})
    assert page.context["counts"]["refused"] == 2
    assert "Clause 1" in page.content.decode()
    before = site.state.n
    forced = browser.post("/members/import/", step(page))
    assert forced.context["counts"]["admitted"] == 0
    assert site.state.n == before


def test_addresses_go_into_invitations_and_never_into_the_record(site: Site) -> None:
    browser = site.browser("ada")
    page = browser.post("/members/import/", {"text": LIST})
    done = browser.post("/members/import/", step(page, with_invitations="on"))
    assert done.context["invited"] == 1
    assert [sent.to for sent in mail.outbox] == [["gus@example.invalid"]]
    entries = b"".join(site.organisation.stores.record.read(0, None))
    assert b"gus@example" not in entries
    assert b"Gus" not in entries
    browser.post("/members/import/", step(page, with_invitations="on"))
    assert len(mail.outbox) == 1
    assert Invitation.objects.count() == 1


def test_a_file_that_is_no_list_is_said_not_to_be_one(site: Site) -> None:
    browser = site.browser("ada")
    for text in ("nmae\nGus", "name,name\nA,B", 'name\n"open', "class\nfull"):
        page = browser.post("/members/import/", {"text": text})
        assert page.status_code == 422
        assert "What you can do" in page.content.decode() or "The list cannot be read" in page.content.decode()
    assert browser.post("/members/import/", {"text": ""}).status_code == 422
    assert browser.post("/members/import/", {"list": "no", "text": "name\nGus"}).status_code == 400


def test_who_is_not_a_member_imports_nothing(site: Site) -> None:
    assert site.browser().post("/members/import/", {"text": LIST}).status_code == 302
