"""The register and the page of a decision; deciding in an office; files for other programs."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.web.site import Site, filled
from tests.web.test_minutes_pages import called, carried, moved, opened


@pytest.fixture
def decided(site: Site) -> tuple[Site, str]:
    """A members' meeting decided on a kettle; the site and the decision."""
    meeting = called(site, "policy")
    motion = moved(site)
    opened(site, meeting)
    return site, carried(site, meeting, motion)


def spent(site: Site, amount: int = 150) -> str:
    """The chair spent alone; the decision."""
    take = {
        "act": "decision.take",
        "by": "ada",
        "as": "chair",
        "matter": "spending",
        "text": "New oars.",
        "amount": amount,
    }
    return f"de-{site.must(take)['n']}"


def test_the_register_shows_what_was_decided_by_whom_and_under_which_clause(decided: tuple[Site, str]) -> None:
    site, decision = decided
    shown = site.browser("cleo").get("/decisions/").content.decode()
    assert f'href="/decisions/{decision}/"' in shown
    assert "The club buys a kettle." in shown
    assert "in force" in shown
    assert "clause 3" in shown


def test_an_empty_register_says_what_will_be_there(site: Site) -> None:
    assert "Nothing has been decided yet" in site.browser("cleo").get("/decisions/").content.decode()


def test_the_register_is_searched_by_words_matter_year_clause_and_standing(decided: tuple[Site, str]) -> None:
    site, decision = decided
    other = spent(site)
    browser = site.browser("cleo")
    for query, found in (
        ("words=KETTLE", decision), ("matter=spending", other), ("clause=3", decision), ("seat=chair", other),
        ("standing=awaiting+ratification", other),
    ):  # fmt: skip
        shown = browser.get(f"/decisions/?{query}").content.decode()
        assert f'href="/decisions/{found}/"' in shown, query
        assert "1 decision<" in shown, query
    assert "No decision is like that" in browser.get("/decisions/?year=1999&page=x").content.decode()


def test_a_decision_shows_words_votes_grounds_and_how_to_cite_it(decided: tuple[Site, str]) -> None:
    site, decision = decided
    shown = site.browser("cleo").get(f"/decisions/{decision}/").content.decode()
    for expected in (
        "The club buys a kettle.",
        "Carried",
        "5 for, 1 against",
        "What it rests on",
        "/motions/mo-",
        "/minutes/mt-",
    ):
        assert expected in shown, expected
    assert f"({decision}), clause 3, entry {decision[3:]} of the record" in shown


def test_what_awaits_ratification_says_until_when_and_by_whom(site: Site) -> None:
    decision = spent(site)
    shown = site.browser("cleo").get(f"/decisions/{decision}/").content.decode()
    assert "It lapses after" in shown
    assert "Move that it be ratified" not in shown, "cleo is not of the committee, which ratifies"
    assert "Move that it be ratified" in site.browser("ada").get(f"/decisions/{decision}/").content.decode()
    site.clock.set("2027-03-20T09:00:00Z")
    assert "It has no effect since" in site.browser("cleo").get(f"/decisions/{decision}/").content.decode()


def test_a_decision_that_is_not_there_is_not_found(site: Site) -> None:
    assert site.browser("cleo").get("/decisions/de-99/").status_code == 404


def test_the_register_is_for_members(decided: tuple[Site, str]) -> None:
    site, decision = decided
    for path in ("/decisions/", f"/decisions/{decision}/", "/decisions/register.csv", "/decisions/popolo.json"):
        assert site.browser().get(path).status_code == 302


def test_the_csv_holds_what_was_searched(decided: tuple[Site, str]) -> None:
    site, decision = decided
    spent(site)
    answer = site.browser("cleo").get("/decisions/register.csv?matter=policy")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["decision"] for row in rows] == [decision]


def test_popolo_holds_the_names_that_the_viewer_may_see(decided: tuple[Site, str]) -> None:
    site, _ = decided
    answer = site.browser("cleo").get("/decisions/popolo.json")
    found = json.loads(b"".join(answer.streaming_content))
    assert "Ben Example" in {person.get("name") for person in found["persons"]}
    assert found["vote_events"][0]["result"] == "pass"


def test_popolo_goes_out_in_parts_while_the_organisation_goes_on(
    decided: tuple[Site, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site, _ = decided
    monkeypatch.setattr("isonomy.web.decisions.listing.AT_A_TIME", 3)
    before = len(site.state.persons)
    parts = iter(site.browser("cleo").get("/decisions/popolo.json").streaming_content)
    first = next(parts)
    site.admit("hal")
    assert site.browser("ben").get("/members/").status_code == 200, "another page has its turn meanwhile"
    found = json.loads(first + b"".join(parts))
    assert len(found["persons"]) == before


# -- deciding alone ----------------------------------------------------------------------------------------


def test_the_chair_reads_what_will_be_recorded_before_deciding(site: Site) -> None:
    browser = site.browser("ada")
    page = browser.get("/decisions/take/")
    assert "up to 200" in page.content.decode()
    sent = filled(page, what="chair spending", text="New oars.", amount=150)
    checked = browser.post("/decisions/take/", sent)
    assert checked.status_code == 200
    assert "What will be recorded" in checked.content.decode()
    assert not site.state.decisions
    answer = browser.post("/decisions/take/", filled(checked))
    assert answer.status_code == 302, answer.content.decode()
    (decision,) = site.state.decisions.values()
    assert (decision.seat, decision.amount, decision.text) == ("chair", 150, "New oars.")
    assert answer.headers["Location"] == f"/decisions/{decision.id}/"


def test_beyond_the_limit_the_clause_and_the_cure_are_said_and_the_form_stands_filled_in(site: Site) -> None:
    browser = site.browser("ada")
    sent = filled(browser.get("/decisions/take/"), what="chair spending", text="A new boat.", amount=900)
    answer = browser.post("/decisions/take/", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "the power reaches up to 200" in shown
    assert "bring it before the committee" in shown
    assert "A new boat." in shown


def test_whoever_holds_no_power_is_told_who_does_and_what_to_do(site: Site) -> None:
    browser = site.browser("cleo")
    shown = browser.get("/decisions/take/").content.decode()
    assert "You hold no office that decides alone" in shown
    assert "up to 200" in shown
    answer = browser.post("/decisions/take/", {"what": "chair spending", "text": "Mine.", "checked": "yes"})
    assert answer.status_code == 400
    assert not site.state.decisions
