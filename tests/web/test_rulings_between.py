"""Rulings between meetings on the pages: made by the office of the clause, appealed in time, heard by the body it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_minutes_pages import called, carried, moved, opened

CLAUSE = """
## 7. Rulings
Between meetings the chair rules, and within 14 days that may be appealed to the members' meeting.

```rule ruling order
between meetings by: chair
appeal: to members-meeting within 14 days
```
"""
TEXT = "The club buys a kettle."


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Site]:
    """A club whose chair rules between meetings; ben has moved a motion."""
    found = Site(tmp_path / "club", MODEL + CLAUSE)
    try:
        found.must({"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": TEXT})
        yield found
    finally:
        found.close()
        empty_tables()


def motion_of(site: Site) -> str:
    return next(iter(site.state.motions))


def ruled(site: Site, name: str = "ada", **fields: Any) -> Any:
    browser, path = site.browser(name), f"/motions/{motion_of(site)}/ruling/"
    return browser.post(
        path, filled(browser.get(path), **({"reading": "out-of-order", "words": "It repeats another."} | fields))
    )


def test_where_no_clause_has_it_there_is_no_ruling_between_meetings(site: Site) -> None:
    site.must({"act": "motion.move", "by": "ben", "body": "members-meeting", "matter": "policy", "text": TEXT})
    assert site.browser("ada").get(f"/motions/{motion_of(site)}/ruling/").status_code == 404
    assert "/ruling/" not in site.browser("ada").get(f"/motions/{motion_of(site)}/").content.decode()


def test_the_office_of_the_clause_rules_and_the_engine_obeys(club: Site) -> None:
    path = f"/motions/{motion_of(club)}/"
    assert f"{path}ruling/" in club.browser("ada").get(path).content.decode()
    assert f"{path}ruling/" not in club.browser("ben").get(path).content.decode()
    answer = ruled(club)
    assert answer.status_code == 302, answer.content.decode()
    (ruling,) = club.state.rulings.values()
    assert answer.headers["Location"] == f"/rulings/{ruling.id}/"
    assert (ruling.motion, ruling.reading, ruling.by) == (motion_of(club), "out-of-order", club.ids["ada"])
    page = club.browser("cleo").get(f"/rulings/{ruling.id}/").content.decode()
    assert "It repeats another." in page
    assert "Monday 18 January 2027" in page
    assert "It repeats another." in club.browser("cleo").get(path).content.decode()
    assert f"/rulings/{ruling.id}/" in club.browser("cleo").get("/rulings/").content.decode()


def test_others_are_refused_with_the_clause(club: Site) -> None:
    answer = ruled(club, "ben")
    assert answer.status_code == 422
    assert "between meetings those rule whom the clause names" in answer.content.decode()
    assert not club.state.rulings


def test_an_appeal_holds_the_ruling_up_and_leads_to_the_meeting_that_hears_it(club: Site) -> None:
    ruled(club)
    (ruling,) = club.state.rulings
    path = f"/rulings/{ruling}/"
    browser = club.browser("dora")
    assert f"{path}appeal/" in browser.get(path).content.decode()
    answer = browser.post(f"{path}appeal/", filled(browser.get(f"{path}appeal/"), words="It repeats nothing."))
    assert answer.status_code == 302, answer.content.decode()
    assert club.state.rulings[ruling].standing == "appealed"
    page = browser.get(path).content.decode()
    assert "under appeal" in page
    assert f"{path}appeal/" not in page
    assert "/meetings/call/members-meeting/?matters=ruling" in page
    call = club.browser("ada").get("/meetings/call/members-meeting/?matters=ruling")
    assert 'value="ruling"' in call.content.decode()
    assert "ruling" in call.context["form"]["matters"].value()


def test_a_ruling_for_all_cases_is_entered_in_the_words_that_were_decided(tmp_path: Path) -> None:
    site = Site(tmp_path / "all", MODEL + CLAUSE.replace("appeal: ", "general by: members-meeting\nappeal: ").replace(
        "Between meetings", "The members' meeting rules for all cases. Between meetings"))  # fmt: skip
    try:
        path = "/rulings/for-all-cases/"
        ada = site.browser("ada")
        assert "No such decision waits" in ada.get(path).content.decode()
        assert path not in ada.get("/rulings/").content.decode()
        meeting = called(site, "ruling", now="2027-02-01T09:00:00Z")
        motion = moved(site, "Both days count.", "ruling")
        opened(site, meeting)
        decision = carried(site, meeting, motion, "ruling")
        assert path in ada.get("/rulings/").content.decode()
        place = next(value for value, _said in ada.get(path).context["form"].fields["place"].choices[1][1])
        wrong = ada.post(path, filled(ada.get(path), decision=decision, place=place, reading="days-counted"))
        assert wrong.status_code == 422
        assert "name that clause and line" in wrong.content.decode()
        answer = ada.post(path, filled(ada.get(path), decision=decision, place=place, reading=""))
        assert answer.status_code == 302, answer.content.decode()
        (ruling,) = site.state.rulings.values()
        assert (ruling.general, ruling.words, ruling.confirmed) == (True, "Both days count.", decision)
    finally:
        site.close()
        empty_tables()


def test_where_nobody_rules_for_all_cases_there_is_no_page_for_it(club: Site) -> None:
    assert club.browser("ada").get("/rulings/for-all-cases/").status_code == 404
    assert "For all cases" not in club.browser("ada").get("/rulings/").content.decode()


def test_an_appeal_after_its_time_is_not_offered_and_is_refused(club: Site) -> None:
    ruled(club)
    (ruling,) = club.state.rulings
    club.clock.set("2027-01-19T09:00:00Z")
    path = f"/rulings/{ruling}/appeal/"
    browser = club.browser("dora")
    assert path not in browser.get(f"/rulings/{ruling}/").content.decode()
    answer = browser.post(path, filled(browser.get(path)))
    assert answer.status_code == 422
    assert "an appeal is lodged in time" in answer.content.decode()
