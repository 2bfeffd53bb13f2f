"""What bodies decide on powers, entered in the browser: renewal and approval of an emergency, a meeting put off, delegations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import MODEL, Site, empty_tables, filled
from tests.web.test_minutes_pages import called, carried, opened

POWERS = """
## 90. Emergency
When there is high water, the chair may declare an emergency. It lapses after 30 days; the members' meeting may renew it once. A
meeting of the committee, or of the members, may be put off by 1 month. The chair reports within 14 days of its end to the
members' meeting, which approves the report.

```rule emergency flood
declared by: chair
facts: high water
lapses: after 30 days
renewed by: members-meeting
renewals: 1
postpones: 1 month
report: within 14 days to members-meeting
```

## 91. Handing over
The members' meeting may hand questions of policy to the committee, for 1 year at most. A report is owed within 30 days of its end.

```rule delegation policy
by: members-meeting
matters: policy
to: committee
at most: 1 year
report: within 30 days of its end
```
"""


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Site]:
    """A club with emergencies and delegations; ada is chair, on the committee, and secretary."""
    found = Site(tmp_path / "club", MODEL + POWERS, seats=("chair", "committee", "secretary"))
    found.clock.set("2027-01-25T09:00:00Z")
    found.admit("gus")
    try:
        yield found
    finally:
        found.close()
        empty_tables()


def decided(site: Site, matter: str, starts: str, now: str, **about: str) -> str:
    """A decision of the members' meeting on a matter, at a meeting on that day; its id."""
    meeting = called(site, matter, starts=starts, now=now)
    opened(site, meeting, f"{starts}:00Z")
    move = {
        "act": "motion.move",
        "by": "ben",
        "body": "members-meeting",
        "matter": matter,
        "text": "So be it.",
        **about,
    }
    decision = carried(site, meeting, f"mo-{site.must(move)['n']}", matter)
    site.must({"act": "meeting.close", "by": "ada", "meeting": meeting})
    return decision


def declared(site: Site, on: str = "2027-02-10T09:00:00Z") -> None:
    site.clock.set(on)
    act = {"act": "emergency.declare", "by": "ada", "as": "chair", "emergency": "flood", "fact": "high water"}
    site.must({**act, "words": "The quay is under water."})


def shown(site: Site, name: str, path: str) -> str:
    answer = site.browser(name).get(path)
    assert answer.status_code == 200, answer.content.decode()
    return " ".join(answer.content.decode().split())


def sent(site: Site, name: str, path: str, **fields: Any) -> Any:
    browser = site.browser(name)
    return browser.post(path, filled(browser.get(path), **fields))


def test_an_emergency_is_renewed_on_what_the_body_decided_and_on_nothing_else(club: Site) -> None:
    assert club.browser("ada").get("/powers/emergency/renew/").status_code == 404
    declared(club)
    empty = shown(club, "ada", "/powers/emergency/renew/")
    assert "Nothing was decided on it yet" in empty
    assert "matter=emergency-renewal" in empty
    assert sent(club, "ada", "/powers/emergency/renew/").status_code == 422
    assert "emergency/renew/" not in shown(club, "ada", "/powers/")
    decision = decided(club, "emergency-renewal", "2027-02-27T10:00", "2027-02-10T10:00:00Z")
    assert "emergency/renew/" in shown(club, "ada", "/powers/")
    assert sent(club, "ada", "/powers/emergency/renew/", decision=decision).status_code == 302
    (emergency,) = club.state.emergencies.values()
    assert emergency.renewals == [decision]
    assert "through Sunday 11 April 2027" in shown(club, "ben", "/")
    refused = sent(club, "ada", "/powers/emergency/renew/", decision=decision)
    assert refused.status_code == 422


def test_the_report_on_an_emergency_is_approved_on_what_the_body_decided(club: Site) -> None:
    declared(club)
    assert club.browser("ada").get("/powers/emergency/approve/").status_code == 404
    sent(club, "ada", "/powers/emergency/end/")
    sent(club, "ada", "/powers/emergency/report/", text="It was wet.")
    assert "Nothing was decided on it yet" in shown(club, "ada", "/powers/emergency/approve/")
    decision = decided(club, "emergency-report", "2027-02-27T10:00", "2027-02-10T10:00:00Z")
    assert sent(club, "ada", "/powers/emergency/approve/", decision=decision).status_code == 302
    (emergency,) = club.state.emergencies.values()
    assert emergency.approved_by == decision
    assert "The report is approved" in shown(club, "ben", "/powers/")


def test_a_meeting_by_right_is_put_off_as_far_as_the_clause_lets_and_no_further(club: Site) -> None:
    assert club.browser("ada").get("/powers/emergency/postpone/").status_code == 404
    declared(club)
    path, which = "/powers/emergency/postpone/", "members-meeting 2027-03-06"
    assert "Saturday 6 March 2027" in shown(club, "ada", path)
    refused = sent(club, "ada", path, which=which, to="2027-06-01")
    assert refused.status_code == 422
    assert "put off by 1 month at most" in refused.content.decode()
    assert sent(club, "ben", path, which=which, to="2027-03-12").status_code == 422
    assert sent(club, "ada", path, which=which, to="2027-03-12").status_code == 302
    (emergency,) = club.state.emergencies.values()
    assert emergency.postponed == {"members-meeting 2027-03-06": "2027-03-12"}
    told = shown(club, "ben", "/powers/")
    assert "Friday 12 March 2027" in told
    assert "members-meeting 2027-03-06" not in told


def lodged(site: Site, **fields: Any) -> Any:
    asked = {"matter": "policy policy", "body": "members-meeting", "to": "committee", "ends": "2027-12-31"}
    return sent(site, "ben", "/powers/delegations/lodge/", **(asked | fields))


def test_terms_are_lodged_decided_given_taken_back_and_reported_on(club: Site) -> None:
    assert "Lodge the terms" in shown(club, "ben", "/powers/")
    late = lodged(club, ends="2029-01-01")
    assert late.status_code == 422
    assert "for 1 year at most" in late.content.decode()
    assert lodged(club).status_code == 302
    (id,) = club.state.delegations
    assert "nothing is handed over yet" in shown(club, "ben", "/powers/")
    assert f"ratifies={id}" in shown(club, "ben", "/powers/")
    path = f"/motions/new/?body=members-meeting&matter=delegation&ratifies={id}"
    offered = dict(club.browser("ben").get(path).context["form"].fields["ratifies"].choices)
    assert offered[id] == "policy, from the members' meeting to the committee, until Friday 31 December 2027"
    give, revoke, report = (f"/powers/delegations/{id}/{what}/" for what in ("give", "revoke", "report"))
    assert "Nothing was decided on it yet" in shown(club, "ada", give)
    assert sent(club, "ada", give).status_code == 422
    assert sent(club, "ada", report, text="Nothing yet.").status_code == 422
    decision = decided(club, "delegation", "2027-02-27T10:00", "2027-02-10T10:00:00Z", ratifies=id)
    assert give in shown(club, "ada", "/powers/")
    assert sent(club, "ada", give, decision=decision).status_code == 302
    assert "in force" in shown(club, "ben", "/powers/")
    back = decided(club, "revocation", "2027-03-27T10:00", "2027-03-08T10:00:00Z", ratifies=id)
    assert sent(club, "ada", revoke, decision=back).status_code == 302
    assert club.state.delegations[id].revoked_by == back
    assert report in shown(club, "ada", "/powers/")
    assert sent(club, "ben", report, text="Not mine.").status_code == 422
    assert sent(club, "ada", report, text="One question was answered.").status_code == 302
    assert "; reported on <time" in shown(club, "ben", "/powers/")


def test_what_the_rulebook_does_not_hand_over_has_no_form(site: Site) -> None:
    ada = site.browser("ada")
    paths = ["lodge/", "dl-9/give/", "dl-9/revoke/", "dl-9/report/"]
    assert {ada.get(f"/powers/delegations/{path}").status_code for path in paths} == {404}
    assert "Lodge the terms" not in shown(site, "ada", "/powers/")
