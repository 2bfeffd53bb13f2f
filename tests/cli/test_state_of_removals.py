"""`isonomy state` lists removals, conditions and petitions that are open."""

from __future__ import annotations

from isonomy.cli.overview import _on_holders
from tests.engine.test_removal import asked, guild


def test_what_is_asked_of_holders_and_bodies_stands_among_what_is_open() -> None:
    org = guild()
    removal = asked(org)
    org.accepted("petition.open", by="di", petition="agenda", matter="lamps", text="New lamps.")
    found = {item["kind"]: item for item in _on_holders(org.state, org.today)}
    assert found["removal"]["id"] == removal
    assert found["removal"]["stands"] == "stands, vote by 2027-02-01"
    assert found["petition"]["stands"] == "gathering, 1 behind it"
