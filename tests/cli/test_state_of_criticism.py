"""`isonomy state` shows the answers that are owed, and how many each addressee gave, gave late or left to silence."""

from __future__ import annotations

from isonomy.cli.overview import overview
from tests.engine.test_criticism import critics, made


def test_the_state_tells_who_owes_which_answer_until_when_and_counts_silences() -> None:
    org = critics()
    id = made(org)
    found = overview(org.state, org.today, lambda sealed: "")
    (owed,) = found["criticism"]["owed"]
    assert (owed["criticism"], owed["owed_by"], owed["due_on"]) == (id, "secretary", "2027-01-18")
    assert [item["id"] for item in found["open"]] == [id]
    later = overview(org.state, "2027-03-13", lambda sealed: "")
    assert later["criticism"]["by_addressee"]["secretary"]["silent"] == 1
    assert later["open"] == []
