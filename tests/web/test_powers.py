"""Powers used alone, handed over, in an emergency: counted with the acts behind each figure, and seen on every page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled

EMERGENCY = """
## 90. Emergency
When there is high water, the chair may declare an emergency. It lapses after 10 days. The chair reports within 14 days to the committee.

```rule emergency flood
declared by: chair
facts: high water
lapses: after 10 days
report: within 14 days to committee
```

## 91. Repairs
Repairs that cannot wait are decided by the chair, who states the grounds, at most 2 times in 3 months.

```rule power urgent-repairs
held by: chair
matters: repairs
grounds: stated
limits: at most 2 in 3 months
```
"""


def _book() -> str:
    found = MODEL
    for line in MODEL.splitlines():
        if line.startswith("matters: ") and "repairs" not in line and "definitions" in MODEL.split(line)[0][-60:]:
            found = found.replace(line, line + "; repairs")
    return found + EMERGENCY


@pytest.fixture
def flooded(tmp_path: Path) -> Iterator[Site]:
    """A club whose rulebook knows emergencies."""
    site = Site(tmp_path / "club", _book())
    yield site
    site.close()
    empty_tables()


def test_an_emergency_in_force_stands_at_the_head_of_every_page_with_its_end(flooded: Site) -> None:
    ben, ada = flooded.browser("ben"), flooded.browser("ada")
    assert 'id="emergency"' not in ben.get("/").content.decode()
    page = ada.get("/powers/emergency/declare/")
    sent = ada.post(
        "/powers/emergency/declare/", filled(page, fact="flood high water", words="The quay is under water.")
    )
    assert sent.status_code == 302, sent.content.decode()
    for address in ("/", "/seats/", "/decisions/", "/powers/"):
        shown = ben.get(address).content.decode()
        assert (
            "An emergency is in force since Monday 4 January 2027 (high water), through Thursday 14 January 2027"
            in shown
        )
    assert "An emergency is in force" in flooded.browser().get("/").content.decode()
    flooded.clock.set("2027-01-15T09:00:00Z")
    assert 'id="emergency"' not in ben.get("/").content.decode()


def test_whoever_may_not_declare_is_refused_with_clause_and_cure(flooded: Site) -> None:
    ben = flooded.browser("ben")
    assert "Declare an emergency" not in ben.get("/powers/").content.decode()
    page = ben.get("/powers/emergency/declare/")
    shown = ben.post("/powers/emergency/declare/", filled(page, fact="flood high water", words="It rains."))
    assert shown.status_code == 422
    assert "90" in shown.content.decode()


def test_who_declared_it_ends_it_and_reports(flooded: Site) -> None:
    ada = flooded.browser("ada")
    flooded.must({"act": "emergency.declare", "by": "ada", "as": "chair", "emergency": "flood", "fact": "high water",
                  "words": "The quay is under water."})  # fmt: skip
    assert ada.post("/powers/emergency/end/", filled(ada.get("/powers/emergency/end/"))).status_code == 302
    assert ada.get("/powers/emergency/end/").status_code == 404
    form = filled(ada.get("/powers/emergency/report/"), text="It was wet.")
    assert ada.post("/powers/emergency/report/", form).status_code == 302
    assert "not approved yet" in ada.get("/powers/").content.decode()


def test_what_an_office_decided_alone_is_counted_and_leads_to_the_acts(flooded: Site) -> None:
    ada = flooded.browser("ada")
    page = ada.get("/decisions/take/")
    assert "The grounds" in page.content.decode()
    take = {
        "act": "decision.take",
        "by": "ada",
        "as": "chair",
        "matter": "repairs",
        "text": "A sail.",
        "grounds": "It tore.",
    }
    number = flooded.must(take)["n"]
    for address in ("/powers/", "/seats/chair/"):
        shown = ada.get(address).content.decode()
        assert "1 decision taken alone" in shown
        assert "At most 2 in 3 months: 1 counts today" in shown
        assert f'href="/decisions/de-{number}/"' in shown
        assert "It tore." in shown


def test_a_rulebook_without_emergencies_has_no_form_for_them(site: Site) -> None:
    ada = site.browser("ada")
    assert ada.get("/powers/emergency/declare/").status_code == 404
    assert "Emergencies" not in ada.get("/powers/").content.decode()
