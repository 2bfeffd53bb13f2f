"""Removal, recall and petition on the pages: asked for on the seat's page, the calendar, the hearing, supporters counted unnamed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled

MORE = """
## 9. Removal
The removal from the committee is asked for by 2 members, on stated grounds. A hearing is offered within 7 days, 3 days after the offer
or later; the vote is held within 60 days. 2 members may put a matter on the next agenda of the members' meeting. 3 members may ask an
answer of the members' meeting within 30 days; they are secret, known to the secretary.

```rule removal committee
from: committee
asked by: 2 members
grounds: stated
hearing offered within: 7 days
hearing notice: 3 days
vote within: 60 days
```

The resignation of a member of the committee takes effect 14 days after it is given, and may be withdrawn until it takes effect.

```rule resignation committee
from: committee
takes effect: 14 days after it is given
withdrawn: until it takes effect
```

```rule petition agenda
to: members-meeting
of: 2 members
```

```rule petition question
to: members-meeting
of: 3 members
asks: an answer
supporters: secret, known to secretary
within: 30 days
```
"""


@pytest.fixture
def guild(tmp_path: Path) -> Iterator[Site]:
    found = Site(tmp_path / "club", MODEL + MORE)
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def mandate(site: Site) -> str:
    return next(one.id for one in site.state.mandates.values() if one.seat == "committee")


def asked(site: Site) -> str:
    """Ben asks on the page that Ada be removed from the committee; cleo stands behind it; its id."""
    address = f"/mandates/{mandate(site)}/ask/"
    browser = site.browser("ben")
    sent = filled(browser.get(address), grounds="She answers no letters.")
    assert browser.post(address, sent).status_code == 302
    removal = next(iter(site.state.removals))
    step = f"/removals/{removal}/support/"
    cleo = site.browser("cleo")
    assert cleo.post(step, filled(cleo.get(step))).status_code == 302
    return removal


def test_the_page_of_a_seat_leads_through_asking_for_a_removal_with_its_calendar(guild: Site) -> None:
    shown = guild.browser("ben").get("/seats/committee/").content.decode()
    assert f"/mandates/{mandate(guild)}/ask/" in shown
    form = guild.browser("ben").get(f"/mandates/{mandate(guild)}/ask/").content.decode()
    assert "Monday 11 January 2027" in form  # the hearing is offered by
    assert "Friday 5 March 2027" in form  # the vote is held by
    removal = asked(guild)
    shown = guild.browser("dora").get(f"/removals/{removal}/").content.decode()
    for words in ("She answers no letters.", "Ben Example", "Cleo Example", "those who asked call it", "stands"):
        assert words in shown, words


def test_a_refusal_says_clause_and_cure_and_keeps_what_was_written(guild: Site) -> None:
    browser, address = guild.browser("ben"), f"/mandates/{mandate(guild)}/ask/"
    answer = browser.post(address, filled(browser.get(address), grounds=""))
    assert answer.status_code == 422
    assert "stated grounds" in answer.content.decode()


def test_the_person_concerned_is_offered_a_hearing_finds_it_today_and_waives_it(guild: Site) -> None:
    removal = asked(guild)
    offer = f"/removals/{removal}/offer/"
    ben = guild.browser("ben")
    assert offer in ben.get(f"/removals/{removal}/").content.decode()
    assert offer not in guild.browser("ada").get(f"/removals/{removal}/").content.decode()
    sent = filled(ben.get(offer), day="2027-01-08", hour="18:00", place="The hall")
    assert ben.post(offer, sent).status_code == 302
    today = guild.browser("ada").get("/").content.decode()
    assert "You are offered a hearing on the removal from the committee" in today
    assert f"/removals/{removal}/" in today
    ada, waive = guild.browser("ada"), f"/removals/{removal}/waived/"
    assert waive not in ben.get(f"/removals/{removal}/").content.decode()
    assert ada.post(waive, filled(ada.get(waive))).status_code == 302
    assert guild.state.removals[removal].heard == "waived"
    answer = f"/removals/{removal}/answer/"
    assert ada.post(answer, filled(ada.get(answer), text="I answered each.")).status_code == 302
    assert "I answered each." in ben.get(f"/removals/{removal}/").content.decode()


def test_secret_supporters_are_counted_and_not_named(guild: Site) -> None:
    browser = guild.browser("ben")
    sent = filled(browser.get("/petitions/new/question/"), text="Where is the boat?")
    assert browser.post("/petitions/new/question/", sent).status_code == 302
    petition = next(iter(guild.state.petitions))
    attest = f"/removals/{petition}/attest/"
    ada = guild.browser("ada")
    assert attest in ada.get(f"/removals/{petition}/").content.decode()
    wrong = ada.post(attest, filled(ada.get(attest), lines="Cleo"))
    assert wrong.status_code == 422
    ones = f"{'A' * 43}=\n{'B' * 42}A=\n"
    assert ada.post(attest, filled(ada.get(attest), lines=ones)).status_code == 302
    shown = guild.browser("dora").get(f"/removals/{petition}/").content.decode()
    assert "2 of 6 who may." in shown
    assert "Their number rests on the word of" in shown
    assert "Cleo Example" not in shown
    assert f"/removals/{petition}/support/" not in shown


def test_a_petition_for_the_agenda_is_supported_by_name(guild: Site) -> None:
    browser = guild.browser("ben")
    sent = filled(browser.get("/petitions/new/agenda/"), matter="spending", text="A new boat.")
    assert browser.post("/petitions/new/agenda/", sent).status_code == 302
    petition = next(iter(guild.state.petitions))
    cleo, step = guild.browser("cleo"), f"/removals/{petition}/support/"
    assert cleo.post(step, filled(cleo.get(step))).status_code == 302
    shown = cleo.get("/removals/").content.decode()
    assert "A new boat." in shown
    assert "reached" in shown


def test_what_the_rulebook_does_not_have_does_not_appear(site: Site) -> None:
    ben = site.browser("ben")
    assert ben.get("/removals/").status_code == 404
    assert "/removals/" not in ben.get("/").content.decode()
    assert "Ask for removal" not in ben.get("/seats/committee/").content.decode()
    assert ben.get(f"/mandates/{mandate(site)}/ask/").status_code == 404


def test_a_resignation_says_from_when_it_takes_effect_and_is_taken_back_before(guild: Site) -> None:
    ada, end = guild.browser("ada"), f"/mandates/{mandate(guild)}/end/"
    shown = ada.get(end)
    assert "It takes effect on Monday 18 January 2027. Until then you may take it back." in shown.content.decode()
    assert ada.post(end, filled(shown)).status_code == 302
    back = f"/mandates/{mandate(guild)}/take-back/"
    assert back in ada.get("/seats/committee/").content.decode()
    assert ada.post(back, filled(ada.get(back))).status_code == 302
    assert guild.state.mandates[mandate(guild)].ended_on == ""
