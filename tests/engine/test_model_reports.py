"""Reporting is a power with limits: nobody's word stands for another's, and nothing is ratified by an easier road."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from isonomy.engine.refusal import Accepted, Refused
from tests.engine.rulebooks import CLUB
from tests.engine.test_deciding import declared, put
from tests.engine.test_founding import club, says
from tests.engine.test_reports import SPENT, names, on
from tests.organisation import TestOrganisation


def told(
    org: TestOrganisation, what: dict[str, Any], *attested_by: str, happened: dict[str, str] | None = None
) -> Accepted:
    """A report by the secretary on something that happened today or on the days given."""
    return org.accepted(
        "report", by="ben", as_="secretary", what=what, happened=happened or on(org.today), source="minutes",
        attested_by=[org.person(name) for name in attested_by] or None,
    )  # fmt: skip


def attest(org: TestOrganisation, report: Accepted, by: str = "ada", as_: str | None = "chair") -> Accepted:
    """Somebody stands for a report."""
    return org.accepted("report.attest", by=by, as_=as_, report=report.effects[0]["report"])


# -- whose word --------------------------------------------------------------------------------------------


def test_nobody_attests_for_another() -> None:
    org = club()
    report = told(org, SPENT, "ada")
    assert names(report) == ["report.noted"]
    assert org.state.decisions == {}
    assert names(attest(org, report)) == ["report.attested", "decision.taken"]


def test_an_attestation_is_made_by_those_the_clause_names_and_once() -> None:
    org = club()
    report = told(org, {"act": "decision.take", "as": "chair", "matter": "programme", "text": "x"})
    rp = report.effects[0]["report"]
    assert isinstance(org.submit("report.attest", by="cy", report=rp), Refused)
    org.accepted("report.attest", by="ada", as_="chair", report=rp)
    assert "attested it already" in says(org.refused("report.attest", by="ada", as_="chair", report=rp))


def test_a_late_attestation_brings_no_effect() -> None:
    org = club()
    report = told(org, SPENT)
    org.days(31)
    late = attest(org, report)
    assert names(late) == ["report.attested"]
    assert any("attested within 30 days" in item.says for item in late.untold)
    assert org.state.decisions == {}


@pytest.mark.parametrize(
    "what",
    [
        {"act": "member.leave", "by": "p-cy0000"},
        {"act": "mandate.end", "by": "p-cy0000", "mandate": "ma-0-2"},
        {"act": "decision.take", "by": "p-cy0000", "as": "chair", "matter": "spending", "text": "x", "amount": 5},
    ],
)
def test_two_officers_do_not_say_that_a_third_did_what_was_theirs_alone(what: dict[str, Any]) -> None:
    """Leaving, resigning, deciding in one's office: told by others it has no effect, however many attest it."""
    what = what | {"by": "p-cy000"}
    org = TestOrganisation(
        CLUB, ("ada", "ben", "cy"), mandates={"chair": "cy", "secretary": "ben", "treasurer": "cy"},
        units={"north": "branch"}, unit_of=dict.fromkeys(("ada", "ben", "cy"), "north"),
    )  # fmt: skip
    org.accepted("mandate.end", by="cy", mandate="ma-0-0") if what["act"] == "member.leave" else None
    report = told(org, what, "cy")
    assert names(report) == ["report.noted"]
    assert any("whose own act it was" in item.says for item in report.untold)
    assert org.state.persons["p-cy000"].is_member_on(org.today)
    assert names(attest(org, report, by="cy", as_=None))[0] == "report.attested"


# -- effects by report -------------------------------------------------------------------------------------


def test_a_vote_told_without_its_meeting_is_not_shown() -> None:
    org = club()
    what = {"act": "poll.open", "body": "congress", "question": "?", "matter": "programme", "roll": {"lo": 3, "hi": 3}}
    report = told(org, what)
    assert any("decides at a meeting" in item.says for item in report.untold)
    assert names(attest(org, report)) == ["report.attested"]
    assert org.state.polls == {}


def test_an_edition_is_not_adopted_by_being_reported() -> None:
    org = club()
    org.days(95)
    changed = CLUB.replace("up to: 200", "up to: 20000")
    lodged = org.accepted("rulebook.lodge", by="cy", rulebook=changed, sha256=_digest(changed))
    report = told(org, {"act": "rulebook.adopt", "edition": lodged.effects[0]["edition"]})
    assert any("adopted by a decision" in item.says for item in report.untold)
    assert names(attest(org, report)) == ["report.attested"]
    assert org.state.edition_on(org.today).id == "ed-0"
    assert org.state.reports[report.effects[0]["report"]].ratify_by == "", "an amendment has a road of its own"


def test_no_text_is_lodged_by_report_in_a_living_organisation() -> None:
    org = club()
    verdict = org.report(
        {"act": "rulebook.lodge", "sha256": _digest(CLUB), "rulebook": CLUB}, by="ben", as_="secretary",
        happened=on(org.today), source="minutes",
    )  # fmt: skip
    assert isinstance(verdict, Refused)
    assert "is done in the record itself" in says(verdict)


def test_a_reported_mandate_does_not_make_two_holders_of_one_office() -> None:
    """Ben was appointed on the 10th; that cy was appointed on the 8th is told only later."""
    org = club()
    org.days(95)
    day = org.today
    org.days(2)
    org.accepted("mandate.begin", by="ada", as_="chair", person=org.person("ben"), seat="treasurer")
    what = {"act": "mandate.begin", "person": "p-cy000", "seat": "treasurer", "by": "p-ada000", "as": "chair"}
    report = told(org, what, "ada", happened=on(day))
    attest(org, report)
    for ahead in (day, org.today, "2027-06-01"):
        assert len(org.state.mandates_of_seat("treasurer", ahead)) <= 1


def test_a_roll_told_upside_down_is_answered() -> None:
    history = TestOrganisation(CLUB, ("ada",), kind="history", founded_on="2020-01-01")
    verdict = history.report(
        {"act": "poll.open", "body": "congress", "question": "?", "matter": "programme", "roll": {"lo": 9, "hi": 3}},
        by="ada", happened=on("2022-03-01"), source="minutes",
    )  # fmt: skip
    assert isinstance(verdict, Refused)
    assert "at least and at most so large" in says(verdict)


# -- ratification ------------------------------------------------------------------------------------------


def sitting(org: TestOrganisation, *matters: str) -> str:
    """A congress on some matters, noticed and open."""
    org.set_clock("2027-04-09")
    called = org.accepted(
        "meeting.call", by="ben", as_="secretary", body="congress", starts="2027-05-08T10:00", matters=list(matters)
    )
    meeting = str(called.effects[0]["meeting"])
    org.accepted("notice.send", by="ben", as_="secretary", meeting=meeting, how="post", to_count=3)
    org.set_clock("2027-05-08T09:00:00Z")
    present = [org.person(name) for name in ("ada", "ben", "cy")]
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=present)
    return meeting


def test_what_has_a_road_of_its_own_is_not_ratified_but_done_anew() -> None:
    org = club()
    org.days(95)
    changed = CLUB.replace("up to: 200", "up to: 20000")
    lodged = org.accepted("rulebook.lodge", by="cy", rulebook=changed, sha256=_digest(changed))
    report = told(org, {"act": "rulebook.adopt", "edition": lodged.effects[0]["edition"]}).effects[0]["report"]
    sitting(org, "ratification")
    refused = org.refused("motion.move", by="cy", body="congress", matter="ratification", text="x", ratifies=report)
    assert "it has a road of its own" in says(refused)


def test_a_report_is_ratified_by_its_own_body_alone() -> None:
    org = _with_committee()
    report = told(org, SPENT | {"as": "chair"}).effects[0]["report"]
    assert org.state.reports[report].ratify_by == "congress"
    refused = org.refused("motion.move", by="cy", body="committee", matter="ratification", text="x", ratifies=report)
    assert "it is ratified by the congress" in says(refused)


def test_what_could_not_be_done_now_is_not_done_by_ratifying() -> None:
    """The branch that was to be founded bears a name that is taken meanwhile."""
    org = club()
    report = told(org, {"act": "unit.found", "unit": "east", "kind": "branch"}).effects[0]["report"]
    meeting = sitting(org, "ratification", "founding-of-branch")
    founding = declared(org, put(org, meeting, "founding-of-branch"), **{"for": 3, "against": 0})
    decision = founding["decision.taken"]["decision"]
    org.accepted("unit.found", by="ben", as_="secretary", unit="east", kind="branch", decision=decision)
    effects = declared(org, put(org, meeting, "ratification", ratifies=report), **{"for": 3, "against": 0})
    assert "report.ratified" not in effects
    assert org.state.reports[report].standing == "awaiting ratification"


def test_a_decision_that_awaits_nothing_is_not_ratified() -> None:
    org = club()
    meeting = sitting(org, "programme", "ratification")
    taken = declared(org, put(org, meeting, "programme"), **{"for": 3, "against": 0})["decision.taken"]["decision"]
    refused = org.refused("motion.move", by="cy", body="congress", matter="ratification", text="x", ratifies=taken)
    assert "awaits no ratification" in says(refused)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _with_committee() -> TestOrganisation:
    text = CLUB.replace(
        "## 4. Amendment",
        "## 3.1 Committee\nThe congress elects a committee of 3. It decides on rooms.\n\n```rule body committee\n"
        "filled by: election by congress\nseats: 3\ndecides: rooms\n```\n\n## 4. Amendment",
    )
    return TestOrganisation(
        text, ("ada", "ben", "cy"), mandates={"chair": "ada", "secretary": "ben", "committee": ("ada", "ben", "cy")},
        units={"north": "branch"}, unit_of=dict.fromkeys(("ada", "ben", "cy"), "north"),
    )  # fmt: skip
