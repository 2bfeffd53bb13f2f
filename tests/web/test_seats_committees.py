"""Committees at work in the browser: limits and terms used, co-option, substitutes, interims, credentials, attendance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import MODEL, Site, filled

COMMITTEES = (
    MODEL
    + """
## 90. Committees at work
The chair is not secretary. Nobody is chair for more than 2 terms in a row. Of chair, secretary and committee one person holds at
most 3. The committee may fill up to 1 of its seats by its own decision. While there is no treasurer the chair appoints one ad
interim for at most 3 months. Each member of the committee names a substitute, whom the secretary attests. The members' meeting elects a
treasurer for 1 year, and a panel of 3 for 1 year.

```rule limits chair
not with: secretary
terms in a row: 2
```

```rule accumulation posts
at most: 2
across: chair; secretary; committee
```

```rule cooption committee
up to: 1
```

```rule office treasurer
filled by: election by members-meeting
term: 1 year
```

```rule interim treasurer
by: chair
at most: 3 months
```

```rule substitutes committee
named by: the holder
attested by: secretary
```

```rule body panel
filled by: election by members-meeting
seats: 3
term: 1 year
```

```rule unit branch
```

```rule body council
filled by: delegation from each branch, by membership, 6 seats, dhondt, as of 1 March
term: 1 year
```

```rule credentials council
panel: panel
grounds: not elected
appeal: to members-meeting within 3 days
```
"""
).replace("status: model", "status: paraphrase of a trial")


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Site]:
    """A club with those blocks; ada is chair, on the committee and on the council, ben and cleo are members."""
    site = Site(
        tmp_path / "club", COMMITTEES, members=("ben", "cleo"), seats=("chair", "committee", "council", "secretary")
    )
    yield site
    site.close()


def text(site: Site, address: str, who: str = "ben") -> str:
    answer = site.browser(who).get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_the_page_of_a_seat_shows_what_does_not_go_with_it_and_the_terms_used(club: Site) -> None:
    shown = text(club, "/seats/chair/")
    assert "Nobody holds it together with" in shown
    assert "Terms used" in shown
    assert "1 of 2" in " ".join(shown.split())
    assert "at most 2 at one time" in shown


def test_a_seat_without_limits_shows_none(club: Site) -> None:
    assert "Terms used" not in text(club, "/seats/panel/")


def test_an_interim_is_appointed_in_the_browser_and_shown_as_such(club: Site) -> None:
    assert "Appoint somebody for the time being" in text(club, "/seats/treasurer/")
    page = club.browser("ben").get("/seats/treasurer/interim/")
    refused = club.browser("ben").post("/seats/treasurer/interim/", filled(page, person=club.ids["cleo"]))
    assert refused.status_code == 422
    assert "Not possible" in refused.content.decode()
    page = club.browser("ada").get("/seats/treasurer/interim/")
    answer = club.browser("ada").post("/seats/treasurer/interim/", filled(page, person=club.ids["cleo"]))
    assert answer.status_code == 302
    assert "ad interim" in text(club, "/seats/treasurer/")


def test_a_substitute_is_named_by_the_holder_alone(club: Site) -> None:
    mandate = next(one for one in club.state.mandates_of_seat("committee", club.today))
    page = club.browser("ada").get(f"/mandates/{mandate.id}/substitutes/")
    assert (
        club.browser("ben")
        .post(f"/mandates/{mandate.id}/substitutes/", filled(page, person=club.ids["cleo"]))
        .status_code
        == 422
    )
    page = club.browser("ada").get(f"/mandates/{mandate.id}/substitutes/")
    answer = club.browser("ada").post(f"/mandates/{mandate.id}/substitutes/", filled(page, person=club.ids["cleo"]))
    assert answer.status_code == 302
    assert club.state.seating.substitutes[mandate.id] == [club.ids["cleo"]]
    assert "Attest that one steps in" in text(club, "/seats/committee/")


def test_delegates_are_shared_out_in_the_browser_with_the_table_and_its_entry(club: Site) -> None:
    assert "were not shared out yet" in text(club, "/seats/council/delegation/")
    page = club.browser("ben").get("/seats/council/delegation/")
    answer = club.browser("ben").post("/seats/council/delegation/", filled(page))
    assert answer.status_code == 302
    shown = text(club, "/seats/council/delegation/")
    assert "4 January 2027</time>" in shown
    assert f"entry {club.state.n - 1}" in shown


def test_the_page_of_credentials_says_how_many_the_panel_may_refuse(club: Site) -> None:
    shown = text(club, "/seats/council/credentials/")
    assert "no clause limits how many may be" in shown
    assert "Not examined yet" in shown
    assert "Accept mandates" not in shown


def test_what_the_rulebook_has_no_block_for_is_not_there(club: Site) -> None:
    browser = club.browser("ada")
    mandate = next(one for one in club.state.mandates_of_seat("chair", club.today))
    for address in (
        "/seats/chair/delegation/", "/seats/chair/credentials/", "/seats/chair/co-opt/", "/seats/chair/confirmation/",
        "/seats/committee/interim/", f"/mandates/{mandate.id}/choose/", f"/mandates/{mandate.id}/substitutes/",
        f"/mandates/{mandate.id}/credentials/appeal/", "/seats/nothing/attendance/", "/mandates/ma-99/choose/",
    ):  # fmt: skip
        assert browser.get(address).status_code == 404, address


def test_every_form_of_committees_at_work_is_shown(club: Site) -> None:
    browser = club.browser("ada")
    mandate = next(one for one in club.state.mandates_of_seat("committee", club.today))
    delegate = next(one for one in club.state.mandates_of_seat("council", club.today))
    for address in (
        "/seats/committee/co-opt/", "/seats/council/credentials/accept/", "/seats/council/credentials/refuse/",
        f"/mandates/{mandate.id}/substitutes/withdraw/", f"/mandates/{mandate.id}/substitutes/step-in/",
        f"/mandates/{mandate.id}/substitutes/succeed/", f"/mandates/{delegate.id}/credentials/appeal/",
        f"/mandates/{delegate.id}/credentials/decide/", "/seats/committee/attendance/",
    ):  # fmt: skip
        assert browser.get(address).status_code == 200, address


def test_who_is_no_member_sees_nothing_of_it(club: Site) -> None:
    for address in ("/seats/committee/attendance/", "/seats/council/credentials/", "/seats/council/delegation/"):
        assert club.browser().get(address).status_code == 302


def test_a_co_option_can_be_moved_in_the_browser_and_names_the_person(club: Site) -> None:
    page = club.browser("ada").get("/motions/new/?matter=co-option-to-committee&body=committee")
    assert page.status_code == 200
    assert "person" in page.context["form"].fields
    answer = club.browser("ada").post(
        "/motions/new/?matter=co-option-to-committee&body=committee",
        filled(page, matter="co-option-to-committee", body="committee", text="Cleo joins us.", person=club.ids["cleo"]),
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    moved = next(iter(club.state.motions.values()))
    assert (moved.matter, moved.person) == ("co-option-to-committee", club.ids["cleo"])
