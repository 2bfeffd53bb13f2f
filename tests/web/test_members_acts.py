"""Admitting, moving, leaving, dying; founding and closing units: acts of those who may, refused to others with the clause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail

from isonomy.web.accounts.models import Account, Invitation
from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_members import federation

__all__ = ["federation"]


@pytest.fixture(autouse=True)
def outbox() -> None:
    mail.outbox = []


def test_who_admits_is_offered_it_and_the_name_is_sealed(site: Site) -> None:
    browser = site.browser("ada")
    assert "Admit a member" in browser.get("/members/").content.decode()
    page = browser.get("/members/admit/")
    done = browser.post("/members/admit/", filled(page, name="Gus  Example", audience="body", email=""))
    assert done.status_code == 302, done.content.decode()
    entry = site.organisation.entry(site.state.n - 1)
    assert "Gus" not in str(entry)
    assert entry["act"]["as"] == "secretary"
    person = entry["act"]["person"]
    assert done.headers["Location"] == f"/members/{person}/"
    assert "Gus Example" in browser.get(f"/members/{person}/").content.decode()
    assert "Gus Example" not in site.browser("ben").get(f"/members/{person}/").content.decode()


def test_an_admission_sent_twice_admits_once(site: Site) -> None:
    browser = site.browser("ada")
    sent = filled(browser.get("/members/admit/"), name="Gus Example", email="")
    before = len(site.state.persons)
    first, again = browser.post("/members/admit/", sent), browser.post("/members/admit/", sent)
    assert first.headers["Location"] == again.headers["Location"]
    assert len(site.state.persons) == before + 1


def test_who_does_not_admit_is_not_offered_it_and_is_refused_with_the_clause(site: Site) -> None:
    browser = site.browser("ben")
    assert "Admit a member" not in browser.get("/members/").content.decode()
    answer = browser.post("/members/admit/", filled(browser.get("/members/admit/"), name="Gus Example"))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "clause 1" in shown
    assert "Gus Example" in shown
    assert "What you can do" in shown


def test_an_admission_with_an_address_sends_an_invitation_of_ones_own(site: Site) -> None:
    browser = site.browser("ada")
    page = browser.get("/members/admit/")
    browser.post("/members/admit/", filled(page, name="Gus Example", email="gus@example.invalid"))
    (invitation,) = Invitation.objects.all()
    (sent,) = mail.outbox
    assert sent.to == ["gus@example.invalid"]
    assert "invitation" in sent.subject
    assert invitation.invited_by == site.ids["ada"]
    link = next(word for word in sent.body.split() if "/invitation/" in word)
    visitor = site.browser()
    path = link.partition("8000")[2] or link[link.index("/invitation/") :]
    assert visitor.get(path).status_code == 200
    assert visitor.post(path).status_code == 302
    assert Account.objects.get(email="gus@example.invalid").person == invitation.person


def test_leaving_is_ones_own_act_and_says_what_it_ends(site: Site) -> None:
    browser = site.browser("ada")
    shown = browser.get("/members/leave/").content.decode()
    assert "It ends your mandates" in shown
    browser = site.browser("ben")
    unsure = browser.post("/members/leave/", filled(browser.get("/members/leave/")))
    assert unsure.status_code == 422
    done = browser.post("/members/leave/", filled(browser.get("/members/leave/"), sure="on", why=""))
    assert done.status_code == 302
    assert site.state.persons[site.ids["ben"]].left_on == site.today
    assert browser.get("/members/").status_code == 403


def test_a_death_is_recorded_by_the_keeper_of_the_roll_alone(site: Site) -> None:
    path = f"/members/{site.ids['emil']}/death/"
    other = site.browser("ben")
    assert "Record a death" not in other.get(f"/members/{site.ids['emil']}/").content.decode()
    assert other.post(path, filled(other.get(path), on=site.today)).status_code == 422
    keeper = site.browser("ada")
    assert "Record a death" in keeper.get(f"/members/{site.ids['emil']}/").content.decode()
    tomorrow = keeper.post(path, filled(keeper.get(path), on="2027-01-05"))
    assert tomorrow.status_code == 422
    assert keeper.post(path, filled(keeper.get(path), on=site.today)).status_code == 302
    assert site.state.persons[site.ids["emil"]].died_on == site.today


def test_a_member_asks_before_moving_to_another_unit_and_nobody_else_answers_or_moves_them(federation: Site) -> None:
    path = f"/members/{federation.ids['ben']}/move/"
    own, other = federation.browser("ben"), federation.browser("cleo")
    assert "Ask to move to another unit" in own.get(f"/members/{federation.ids['ben']}/").content.decode()
    assert other.post(path, filled(other.get(path), unit="south")).status_code == 422
    assert own.post(path, filled(own.get(path), unit="south")).status_code == 302
    assert federation.state.persons[federation.ids["ben"]].unit == "north"
    asked = next(iter(federation.state.seating.transfers.values()))
    stranger = other.post(f"/members/{asked.person}/transfer/", filled(
        other.get(f"/members/{asked.person}/transfer/"), unit="south", consents="yes"
    ))  # fmt: skip
    assert stranger.status_code == 422


def test_who_founds_units_founds_one_with_a_short_name_made_from_its_name(federation: Site) -> None:
    browser = federation.browser("ada")
    assert "Found a unit" in browser.get("/units/").content.decode()
    done = browser.post("/units/new/", filled(browser.get("/units/new/"), name="East Side", kind="branch"))
    assert done.status_code == 302, done.content.decode()
    assert done.headers["Location"] == "/units/east-side/"
    again = browser.post("/units/new/", filled(browser.get("/units/new/"), name="East Side", kind="branch"))
    assert again.status_code == 422
    assert "Found a unit" not in federation.browser("ben").get("/units/").content.decode()


def test_a_unit_with_members_is_not_closed(federation: Site) -> None:
    browser = federation.browser("ada")
    refused = browser.post("/units/north/close/", filled(browser.get("/units/north/close/")))
    assert refused.status_code == 422
    assert "move them to another unit first" in refused.content.decode()
    assert browser.post("/units/south/close/", filled(browser.get("/units/south/close/"))).status_code == 302
    shown = browser.get("/units/south/").content.decode()
    assert "Closed" in shown
    assert f"entry {federation.state.n - 1}" in shown


def test_nobody_but_the_keeper_of_the_roll_handles_addresses(site: Site) -> None:
    for path in ("/members/invitations/", f"/members/{site.ids['cleo']}/invite/"):
        assert site.browser("ben").get(path).status_code == 400
        assert site.browser("ben").post(path, {"email": "x@example.invalid", "lines": "a, b"}).status_code == 400
    assert not mail.outbox
    assert "Invite to sign in" not in site.browser("ben").get(f"/members/{site.ids['cleo']}/").content.decode()


def test_a_new_invitation_ends_the_one_before(site: Site) -> None:
    site.admit("gus")
    Account.objects.filter(person=site.ids["gus"]).delete()
    keeper = site.browser("ada")
    path = f"/members/{site.ids['gus']}/invite/"
    keeper.post(path, {"email": "old@example.invalid"})
    keeper.post(path, {"email": "new@example.invalid"})
    (waiting,) = Invitation.objects.all()
    assert waiting.email == "new@example.invalid"
    old = next(word for word in mail.outbox[0].body.split() if "/invitation/" in word)
    assert site.browser().get(old[old.index("/invitation/") :]).status_code == 404


def test_an_address_of_another_member_is_not_invited(site: Site) -> None:
    site.admit("gus")
    Account.objects.filter(person=site.ids["gus"]).delete()
    answer = site.browser("ada").post(f"/members/{site.ids['gus']}/invite/", {"email": "Ben@example.invalid"})
    assert answer.status_code == 422
    assert "another member" in answer.content.decode()
    assert not mail.outbox


def test_a_keeper_of_the_roll_cannot_bind_a_members_account_to_another_address(site: Site) -> None:
    keeper, cleo = site.browser("ada"), site.ids["cleo"]
    path = f"/members/{cleo}/invite/"
    assert "<form method" not in keeper.get(path).content.decode().partition("<main")[2]
    refused = keeper.post(path, {"email": "ada-too@example.invalid"})
    assert refused.status_code == 422
    listed = keeper.post("/members/invitations/", {"lines": f"{cleo}, ada-too@example.invalid"})
    assert not listed.context["done"][0].is_sent
    assert not mail.outbox
    assert not Invitation.objects.exists()
    assert Account.objects.get(person=cleo).email == "cleo@example.invalid"


def test_a_keepers_invitation_opens_no_account_that_came_to_be_meanwhile(site: Site) -> None:
    site.admit("gus")
    gus = site.ids["gus"]
    Account.objects.filter(person=gus).delete()
    _found, secret = Invitation.make(gus, "ada-too@example.invalid", site.ids["ada"])
    Account.objects.create_user("gus@example.invalid", gus)
    thief = site.browser()
    assert thief.get(f"/invitation/{secret}/").status_code == 404
    assert thief.post(f"/invitation/{secret}/").status_code == 404
    assert thief.get("/keys/").status_code == 302
    assert Account.objects.get(person=gus).email == "gus@example.invalid"


def test_a_list_of_addresses_invites_who_is_not_reached_yet_and_tells_each_line_its_fate(site: Site) -> None:
    site.admit("gus")
    Account.objects.filter(person=site.ids["gus"]).delete()
    lines = "Gus Example, gus@example.invalid\nben example, ben@example.invalid\nNobody, x@example.invalid\nGus Example"
    keeper = site.browser("ada")
    page = keeper.post("/members/invitations/", {"lines": lines})
    assert [line.is_sent for line in page.context["done"]] == [True, False, False, False]
    assert len(mail.outbox) == 1
    again = keeper.post("/members/invitations/", {"lines": lines})
    assert not any(line.is_sent for line in again.context["done"])
    assert len(mail.outbox) == 1


@pytest.fixture
def counting(tmp_path: Path) -> Iterator[Site]:
    """A club whose clause on the committee counts a coded fact."""
    book = MODEL.replace(
        "```rule election committee\n", "```rule election committee\nconstraint: at least 1 of gender w\n"
    )
    assert book != MODEL
    found = Site(tmp_path / "club", book, members=("ben",))
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def test_a_coded_fact_is_asked_where_a_clause_counts_it_and_nowhere_else(site: Site) -> None:
    assert "code_" not in site.browser("ada").get("/members/admit/").content.decode()


def test_a_coded_fact_goes_into_the_record_and_may_be_left_out(counting: Site) -> None:
    browser = counting.browser("ada")
    page = browser.get("/members/admit/")
    shown = page.content.decode()
    assert "It stands in the record for good" in shown
    assert page.context["form"]["code_gender"].value() is None
    browser.post("/members/admit/", filled(page, name="Gus Example"))
    browser.post("/members/admit/", filled(browser.get("/members/admit/"), name="Wilma Example", code_gender="w"))
    assert [person.codes for person in counting.state.persons.values()][-2:] == [{}, {"gender": "w"}]
    wrong = browser.post("/members/admit/", filled(browser.get("/members/admit/"), name="Xan Example", code_gender="x"))
    assert wrong.status_code == 422


def test_a_list_states_coded_facts_where_a_clause_counts_them(counting: Site) -> None:
    browser = counting.browser("ada")
    assert "A column gender may state one of w" in browser.get("/members/import/").content.decode()
    page = browser.post("/members/import/", {"text": "name,gender\nGus Example,w\nHana Example,\nIda Example,x\n"})
    assert page.context["counts"]["waiting"] == 2
    assert "counts &#x27;x&#x27; as gender" in page.content.decode()
    form = page.context["form"]
    browser.post("/members/import/", {name: form[name].value() for name in ("list", "text")})
    assert [person.codes for person in counting.state.persons.values()][-2:] == [{"gender": "w"}, {}]


def test_a_list_states_no_coded_fact_that_no_clause_counts(site: Site) -> None:
    answer = site.browser("ada").post("/members/import/", {"text": "name,gender\nGus Example,w\n"})
    assert answer.status_code == 422
    assert "The list cannot be read" in answer.content.decode()
