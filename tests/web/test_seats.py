"""Offices and bodies: who holds them, by which act, and what may be done about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.web.seats.timeline import Row, Span, picture
from tests.web.site import MODEL, Site, empty_tables, filled

APPOINTED = MODEL.replace(
    "```rule office secretary\nfilled by: election by committee", "```rule office secretary\nfilled by: appointment by chair"
).replace("The committee elects a secretary for 1 year and may remove", "The chair appoints a secretary for 1 year. The committee may remove")  # fmt: skip


def test_a_seat_shows_its_holder_since_when_until_when_and_by_which_act(site: Site) -> None:
    shown = site.browser("ben").get("/seats/chair/").content.decode()
    assert "Ada Example" in shown
    assert "Monday 4 January 2027" in shown
    assert "Tuesday 4 January 2028" in shown
    assert "entry 0" in shown
    assert "chair may spend up to" not in shown
    assert "urgent" in shown or "spending" in shown


def test_the_list_shows_bodies_offices_and_vacancies(site: Site) -> None:
    shown = site.browser("ben").get("/seats/").content.decode()
    assert "4 seats vacant" in shown
    assert "All who have a vote belong to it" in shown
    assert 'href="/seats/secretary/"' in shown


def test_who_is_not_a_member_sees_no_offices(site: Site) -> None:
    assert site.browser().get("/seats/").status_code == 302
    assert site.browser().get("/seats/chair/").status_code == 302


def test_a_seat_that_is_not_there_is_said_not_to_be_there(site: Site) -> None:
    browser = site.browser("ben")
    for name in ("treasurer", "chair@north", "x" * 300):
        assert browser.get(f"/seats/{name}/").status_code == 404
    assert browser.get("/mandates/ma-999/end/").status_code == 404
    assert browser.get("/seats/treasurer/begin/").status_code == 404


def test_who_holds_several_seats_is_shown_without_judging(site: Site) -> None:
    page = site.browser("ben").get("/seats/several/")
    ((person, mandates),) = page.context["page"].object_list
    assert person == site.ids["ada"]
    assert len(mandates) == 3


def test_a_holder_resigns_and_the_seat_is_vacant(site: Site) -> None:
    (mandate,) = site.state.mandates_of_seat("chair", site.today)
    browser = site.browser("ada")
    assert "Resign" in browser.get("/seats/chair/").content.decode()
    page = browser.get(f"/mandates/{mandate.id}/end/")
    assert "You give the seat back today" in page.content.decode()
    assert browser.post(f"/mandates/{mandate.id}/end/", filled(page, why="Moving away")).status_code == 302
    shown = site.browser("ben").get("/seats/chair/").content.decode()
    assert "1 seat vacant" in shown
    assert "resigned" in shown
    assert f"entry {site.state.n - 1}" in shown


def test_nobody_ends_the_mandate_of_another_without_a_decision(site: Site) -> None:
    (mandate,) = site.state.mandates_of_seat("chair", site.today)
    browser = site.browser("ben")
    sent = filled(browser.get(f"/mandates/{mandate.id}/end/"), decision="")
    answer = browser.post(f"/mandates/{mandate.id}/end/", sent)
    assert answer.status_code == 422
    assert "Not possible" in answer.content.decode()
    assert site.state.mandates[mandate.id].is_valid_on(site.today)


def test_without_an_election_nobody_takes_an_elected_seat(site: Site) -> None:
    shown = site.browser("ada").get("/seats/committee/begin/").content.decode()
    assert "Nobody was elected or appointed" in shown


@pytest.fixture
def appointing(tmp_path: Path) -> Iterator[Site]:
    found = Site(tmp_path / "appointing", APPOINTED, members=("ben", "cleo"), seats=("chair", "secretary"))
    yield found
    found.close()
    empty_tables()


def test_who_appoints_enters_whom_they_appoint(appointing: Site) -> None:
    site = appointing
    (mandate,) = site.state.mandates_of_seat("secretary", site.today)
    site.must({"act": "mandate.end", "by": "ada", "mandate": mandate.id})
    browser = site.browser("ada")
    assert "Appoint somebody" in browser.get("/seats/secretary/").content.decode()
    page = browser.get("/seats/secretary/begin/")
    without = browser.post("/seats/secretary/begin/", filled(page, who="other", person=""))
    assert without.status_code == 422
    done = browser.post("/seats/secretary/begin/", filled(page, who="other", person=site.ids["ben"]))
    assert done.status_code == 302, done.content.decode()
    (now,) = site.state.mandates_of_seat("secretary", site.today)
    assert now.person == site.ids["ben"]
    entry = site.organisation.entry(site.state.n - 1)
    assert entry["act"]["as"] == "chair"
    shown = site.browser("cleo").get("/seats/secretary/").content.decode()
    assert "Appoint somebody" not in shown
    assert "Ben Example" in shown


def test_who_does_not_appoint_is_refused_with_clause_and_cure(appointing: Site) -> None:
    site = appointing
    browser = site.browser("ben")
    page = browser.get("/seats/secretary/begin/")
    answer = browser.post("/seats/secretary/begin/", filled(page, who="other", person=site.ids["ben"]))
    assert answer.status_code == 422
    assert "clause 6" in answer.content.decode()


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))


@given(st.lists(st.tuples(DAYS, st.one_of(st.none(), DAYS)), max_size=60), DAYS)
def test_the_picture_has_whole_pixels_and_no_styles(spans: list[tuple[date, date | None]], today: date) -> None:
    rows = [
        Row("<b>Ada & Co</b>", (Span(min(a, b or a).isoformat(), max(a, b).isoformat() if b else "", "told"),))
        for a, b in spans
    ]
    drawn = str(picture(rows, today, "The <committee>"))
    assert "style=" not in drawn
    assert "<b>" not in drawn
    places = re.findall(r' (?:x|y|x1|x2|y1|y2|width|height)="([^"]*)"', drawn)
    assert all(place.isdecimal() for place in places)
    assert bool(drawn) == bool(rows)


def test_nothing_held_gives_no_picture() -> None:
    assert picture([], date(2027, 1, 4), "Nothing") == ""


def test_a_removal_is_moved_where_it_is_decided(site: Site) -> None:
    shown = site.browser("ben").get("/seats/committee/").content.decode()
    assert "body=members-meeting&amp;matter=removal-from-committee" in shown
    assert f"person={site.ids['ada']}" in shown
