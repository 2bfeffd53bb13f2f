"""Members and units: a roll as visible as the record lets it be, and what may be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import CHECKOUT, Site, empty_tables

FEDERATION = (CHECKOUT / "rulebooks/federation/1.md").read_text("utf-8")
BRANCHES = (
    FEDERATION.replace("founded by: congress or committee", "founded by: general-secretary")
    .replace("closed by: congress", "closed by: general-secretary")
    .replace("admitted by: branch-meeting or branch-secretary", "admitted by: general-secretary")
)
"""The federation, with a general secretary who may found branches and admit members alone."""


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[Site]:
    """A federation of two branches, of which ada is general secretary; ben and cleo are in the north."""
    found = Site(tmp_path / "federation", BRANCHES, members=())
    for unit in ("north", "south"):
        name = f"{unit.capitalize()} branch"
        found.must({"act": "unit.found", "by": "ada", "unit": unit, "kind": "branch", "name": name})
    for member in ("ben", "cleo"):
        found.admit(member, unit="north")
    yield found
    found.close()
    empty_tables()


def test_the_roll_lists_the_members_by_the_names_the_viewer_may_see(site: Site) -> None:
    page = site.browser("ben").get("/members/")
    names = [name for _, name in page.context["rows"]]
    assert names == sorted(names)
    assert "Cleo Example" in names
    assert len(names) == 6


def test_who_is_not_a_member_sees_no_roll(site: Site) -> None:
    for path in ("/members/", "/members/export.csv", f"/members/{site.ids['ben']}/", "/units/"):
        assert site.browser().get(path).status_code == 302


def test_a_search_finds_by_part_of_the_name_and_by_id(site: Site) -> None:
    browser = site.browser("ben")
    by_name = browser.get("/members/", {"q": "cLEO exam"}).context["page"].object_list
    by_id = browser.get("/members/", {"q": site.ids["cleo"]}).context["page"].object_list
    assert by_name == by_id == [site.ids["cleo"]]
    assert "Nobody fits" in browser.get("/members/", {"q": "nobody"}).content.decode()


def test_a_name_for_the_body_alone_is_neither_shown_to_others_nor_found(site: Site) -> None:
    hidden = {"value": "Gil Hidden", "label": "name", "audience": "body"}
    site.must({"act": "member.admit", "by": "ada", "person": "p-hid99", "name": hidden})
    seen = site.browser("ben")
    assert "Gil Hidden" not in seen.get("/members/").content.decode()
    assert seen.get("/members/", {"q": "Gil"}).context["page"].object_list == []
    assert "Gil Hidden" not in seen.get("/members/p-hid99/").content.decode()
    assert "Gil" not in seen.get("/members/export.csv").content.decode()
    keeper = site.browser("ada")
    assert keeper.get("/members/", {"q": "Gil"}).context["page"].object_list == ["p-hid99"]


def test_an_erased_name_is_gone_from_the_list_at_once(site: Site) -> None:
    browser = site.browser("ben")
    assert "Cleo Example" in browser.get("/members/").content.decode()
    name = site.state.persons[site.ids["cleo"]].name
    entry = site.state.persons[site.ids["cleo"]].entry
    site.must({"act": "erase", "by": "ada", "entry": entry, "commitment": name["c"], "ground": "asked for"})
    assert "Cleo Example" not in browser.get("/members/").content.decode()
    assert browser.get("/members/", {"q": "Cleo Example"}).context["page"].object_list == []


def test_former_members_are_listed_where_they_are_asked_for(site: Site) -> None:
    site.must({"act": "member.leave", "by": "emil"})
    browser = site.browser("ben")
    assert site.ids["emil"] not in browser.get("/members/").context["page"].object_list
    assert browser.get("/members/", {"standing": "former"}).context["page"].object_list == [site.ids["emil"]]


def test_a_long_roll_comes_in_pages(site: Site) -> None:
    for number in range(50):
        site.must({"act": "member.admit", "by": "ada", "person": f"p-many{number:03}"})
    browser = site.browser("ben")
    first = browser.get("/members/")
    second = browser.get("/members/", {"page": "2"})
    assert len(first.context["rows"]) == 50
    assert len(second.context["rows"]) == 6
    assert browser.get("/members/", {"page": "nonsense"}).status_code == 200


def test_a_members_page_shows_admission_mandates_and_motions_with_their_entries(site: Site) -> None:
    site.must({"act": "motion.move", "by": "ada", "body": "members-meeting", "matter": "policy", "text": "A kettle."})
    shown = site.browser("ben").get(f"/members/{site.ids['ada']}/").content.decode()
    assert "chair" in shown
    assert "<svg" in shown
    assert "A kettle." in shown
    assert "entry 0" in shown
    assert "Your keys" not in shown


def test_ones_own_page_shows_what_is_kept_of_one(site: Site) -> None:
    shown = site.browser("ben").get(f"/members/{site.ids['ben']}/").content.decode()
    assert "ben@example.invalid" in shown
    assert "kept for the members" in shown
    other = site.browser("cleo").get(f"/members/{site.ids['ben']}/").content.decode()
    assert "ben@example.invalid" not in other


def test_an_unknown_member_or_unit_is_said_to_be_unknown(site: Site) -> None:
    browser = site.browser("ben")
    assert browser.get("/members/p-nobody/").status_code == 404
    assert browser.get("/units/nowhere/").status_code == 404


def test_an_organisation_without_units_says_so(site: Site) -> None:
    assert "The rulebook has no units" in site.browser("ben").get("/units/").content.decode()


def test_an_export_has_the_columns_that_an_import_takes(site: Site) -> None:
    answer = site.browser("ben").get("/members/export.csv")
    rows = answer.content.decode().split("\r\n")
    assert rows[0] == "person,name,class,unit"
    assert f"{site.ids['cleo']},Cleo Example,full," in rows


def test_a_name_that_a_spreadsheet_would_run_is_marked(site: Site) -> None:
    name = {"value": "=SUM(A1)", "label": "name", "audience": "members"}
    site.must({"act": "member.admit", "by": "ada", "person": "p-sum1", "name": name})
    assert "p-sum1,'=SUM(A1)," in site.browser("ben").get("/members/export.csv").content.decode()


def test_units_are_shown_with_how_many_members_each_has(federation: Site) -> None:
    shown = federation.browser("ben").get("/units/").content.decode()
    assert "North branch" in shown
    rows = federation.browser("ben").get("/units/").context["units"]
    assert {row["unit"].id: row["count"] for row in rows} == {"north": 2, "south": 0}


def test_a_units_page_shows_its_bodies_with_who_is_in_them(federation: Site) -> None:
    shown = federation.browser("ben").get("/units/north/").content.decode()
    assert "2 members" in shown
    assert 'href="/seats/branch-meeting@north/"' in shown
    assert "vacant" in shown


def test_a_roll_is_narrowed_by_unit(federation: Site) -> None:
    found = federation.browser("ben").get("/members/", {"unit": "north"}).context["page"].object_list
    assert set(found) == {federation.ids["ben"], federation.ids["cleo"]}
    assert federation.browser("ben").get("/members/", {"unit": "south"}).context["page"].object_list == []


def test_seats_that_stand_in_units_are_listed_by_unit(federation: Site) -> None:
    browser = federation.browser("ben")
    assert "branch-secretary@south" in browser.get("/seats/").content.decode()
    assert len(browser.get("/seats/in-units/branch-secretary/").context["items"]) == 2
    assert browser.get("/seats/in-units/chair/").status_code == 404
    shown = browser.get("/seats/congress/").content.decode()
    assert "2 seats vacant" in shown
    assert browser.get("/seats/branch-meeting@north/").status_code == 200
