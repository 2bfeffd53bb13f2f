"""Odd addresses and odd words in the rooms of rulebook, members and seats: an answer, never a defect."""

from __future__ import annotations

import pytest

from isonomy.engine.state import Decision, Mandate, State
from isonomy.web.seats.held import chosen, end_of
from tests.web.site import Site

ODD = ("x", "p-ben", "ed-0", "ma-0-1", "..", "@", "chair@", "é", "%00", "a" * 500, "<b>", "1.1.1", "-1", "mo-1")
PLACES = (
    "/rulebook/clause/{}/", "/rulebook/editions/{}/", "/rulebook/editions/{}/text.md", "/rulebook/editions/{}/adopt/",
    "/members/{}/", "/members/{}/move/", "/members/{}/death/", "/members/{}/invite/", "/units/{}/", "/units/{}/close/",
    "/seats/{}/", "/seats/{}/begin/", "/seats/in-units/{}/", "/mandates/{}/end/", "/mandates/{}/fill/",
)  # fmt: skip
QUERIES = ("/rulebook/?q={}", "/members/?q={}&page={}", "/members/?unit={}&class={}&standing={}", "/rulebook/compare/?after={}",
           "/rulebook/clause/1/?edition={}&page={}", "/members/export.csv?q={}", "/rulebook/propose/?from={}",
           "/seats/chair/begin/?who={}", "/seats/several/?page={}")  # fmt: skip

FORMS = (
    "/members/admit/", "/members/leave/", "/members/import/", "/members/invitations/", "/rulebook/propose/", "/units/new/",
    "/seats/chair/begin/", "/mandates/ma-0-0/end/", "/mandates/ma-0-0/fill/",
)  # fmt: skip
NAMES = (
    "name", "text", "lines", "rulebook", "list", "who", "person", "unit", "email", "why", "act_id", "until",
)  # fmt: skip


def test_an_odd_address_is_answered(site: Site) -> None:
    browser = site.browser("ada")
    for place in (*PLACES, *QUERIES):
        for odd in ODD:
            address = place.format(*[odd] * place.count("{}"))
            assert browser.get(address).status_code < 500, address


def test_odd_words_in_a_form_are_answered_and_hand_nothing_in(site: Site) -> None:
    browser, before = site.browser("ada"), site.state.n
    for place in FORMS:
        for odd in (*ODD, "\x00", "\ud7ff", "line\nbreak"):
            assert browser.post(place, dict.fromkeys(NAMES, odd)).status_code < 500, (place, odd)
    assert site.state.n == before


def test_whoever_was_chosen_waits_until_the_seat_is_taken() -> None:
    state = State()
    for number, standing in ((7, "in force"), (8, "annulled")):
        state.decisions[f"de-{number}"] = Decision(
            f"de-{number}", "members-meeting", "election-of-committee", "", "2027-01-04", "2", standing=standing,
            person="p-aaaa p-bbbb",
        )  # fmt: skip
    state.carried_out["de-7 p-aaaa"] = 9
    assert [(found.id, person) for found, person in chosen(state, "committee", "2027-01-05")] == [("de-7", "p-bbbb")]
    assert chosen(state, "chair", "2027-01-05") == []


@pytest.mark.parametrize(
    ("until", "ended", "end"),
    [("", "", ""), ("2028-01-01", "", "2028-01-01"), ("2028-01-01", "2027-06-01", "2027-06-01"), ("", "2027-06-01", "2027-06-01")],
)  # fmt: skip
def test_a_mandate_is_over_with_its_term_or_with_what_ended_it_before(until: str, ended: str, end: str) -> None:
    assert end_of(Mandate("ma-1", "p-aaaa", "chair", "2027-01-01", until, "4", ended_on=ended)) == end
