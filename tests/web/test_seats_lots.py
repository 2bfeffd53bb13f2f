"""Seats filled by lot in the browser: announced, added to by others, drawn, taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled

LOT = """
## 90. Readers
2 readers are drawn by lot among the members, for 1 year.

```rule body readers
filled by: lot among members-meeting
seats: 2
term: 1 year
```
"""


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Site]:
    """A club with two seats for which lots are drawn; ada keeps polls and roll."""
    found = Site(tmp_path / "club", MODEL + LOT)
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def shown(site: Site, name: str, path: str) -> str:
    answer = site.browser(name).get(path)
    assert answer.status_code == 200, answer.content.decode()
    return " ".join(answer.content.decode().split())


def sent(site: Site, name: str, path: str, **fields: Any) -> Any:
    browser = site.browser(name)
    return browser.post(path, filled(browser.get(path), **fields))


def test_a_lot_is_announced_added_to_drawn_and_the_seats_are_taken(club: Site) -> None:
    assert "No lot was announced yet" in shown(club, "ben", "/seats/readers/")
    assert "Announce a lot" not in shown(club, "ben", "/seats/readers/")
    assert "/seats/readers/lot/" in shown(club, "ada", "/")
    today = sent(club, "ada", "/seats/readers/lot/", draw_from="2027-01-04")
    assert today.status_code == 422
    assert "on a later day than it is announced" in today.content.decode()
    assert sent(club, "ada", "/seats/readers/lot/", draw_from="2027-01-08").status_code == 302
    (lot,) = club.state.seating.lots.values()
    join, draw = f"/lots/{lot.id}/join/", f"/lots/{lot.id}/draw/"
    assert join in shown(club, "ben", "/seats/readers/")
    assert join not in shown(club, "ada", "/seats/readers/")
    assert sent(club, "ben", join).status_code == 302
    assert sent(club, "ben", join).status_code == 422
    club.clock.set("2027-01-08T09:00:00Z")
    assert sent(club, "ben", draw, secret="A" * 43 + "=").status_code == 422
    assert sent(club, "ada", draw).status_code == 302
    drawn = club.state.seating.lots[lot.id].drawn
    assert len(drawn) == 2
    assert club.ids["ada"] not in drawn
    begin = f"/seats/readers/begin/?who={drawn[0]}%20{lot.id}"
    assert begin in shown(club, "ada", "/seats/readers/")
    assert sent(club, "ada", begin).status_code == 302
    assert [one.person for one in club.state.mandates_of_seat("readers", club.today)] == [drawn[0]]


def test_whoever_wants_the_site_not_to_know_the_secret_keeps_it(club: Site) -> None:
    from isonomy.engine.lots import lot_of_secret
    from tests.web.lived import SECRET

    digest = lot_of_secret(SECRET)
    assert sent(club, "ada", "/seats/readers/lot/", draw_from="2027-01-08", lot=digest).status_code == 302
    (lot,) = club.state.seating.lots.values()
    assert lot.lot == digest
    sent(club, "ben", f"/lots/{lot.id}/join/")
    club.clock.set("2027-01-08T09:00:00Z")
    wrong = sent(club, "ada", f"/lots/{lot.id}/draw/", secret="A" * 43 + "=")
    assert wrong.status_code == 422
    assert "the secret is not the one that was announced" in wrong.content.decode()
    assert sent(club, "ada", f"/lots/{lot.id}/draw/", secret=SECRET).status_code == 302


def test_a_seat_that_is_not_filled_by_lot_has_no_lots(club: Site) -> None:
    ada = club.browser("ada")
    assert {ada.get(path).status_code for path in ("/seats/chair/lot/", "/lots/lo-9/join/", "/lots/lo-9/draw/")} == {
        404
    }
    assert "Filled by lot" not in shown(club, "ada", "/seats/chair/")
