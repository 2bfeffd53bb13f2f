"""Signing with a passkey what takes more than one act: every part of a long text, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.window import Window
from tests.web.site import MODEL, Site

Visit = Callable[[str], Window]
PATIENT = 90_000
"""A browser takes its time to look through so long a text; a busy machine more."""
LONG = (
    MODEL.replace("edition: 1", "edition: 2")
    + "\n## 7. Annex\n"
    + "Words that say nothing much, at some length.\n" * 1900
)


def test_every_part_of_a_long_text_is_signed_one_after_the_other(visit: Visit, site: Site) -> None:
    window = visit("ben").with_authenticator()
    page = window.go("/keys/add/")
    page.fill("#name", "my phone")
    page.click("main form button")
    page.wait_for_url("**/keys/")
    page = window.go("/rulebook/propose/")
    page.fill("#id_rulebook", LONG, timeout=PATIENT)
    page.click("main form.long button")
    assert "It is lodged in 3 parts" in window.text()
    page.click("button[data-sign]")
    page.wait_for_selector("text=1 of 3 parts are lodged.")
    assert window.axe() == []
    page.click("button[data-sign]")
    page.wait_for_selector("text=2 of 3 parts are lodged.")
    # Whoever is interrupted is led back from the list of editions, and gives the text once more.
    (edition,) = (found for found in site.state.editions.values() if found.id != "ed-0")
    page = window.go(f"/rulebook/editions/{edition.id}/")
    assert page.url.endswith("/rest/")
    page.fill("#id_rulebook", MODEL)
    page.click("main form button")
    assert "its digest differs" in window.text()
    page.fill("#id_rulebook", LONG, timeout=PATIENT)
    page.click("main form button")
    page.wait_for_selector("text=Part 3 of 3")
    page.click("button[data-sign]")
    page.wait_for_url(f"**/rulebook/editions/{edition.id}/")
    assert site.state.editions[edition.id].complete
    entries = [site.organisation.entry(number) for number in range(site.state.n - 3, site.state.n)]
    assert [entry["act"]["act"] for entry in entries] == ["rulebook.lodge", "rulebook.part", "rulebook.part"]
    assert {entry["auth"]["kind"] for entry in entries} == {"signed"}
