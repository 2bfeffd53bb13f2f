"""A commission works on the terms a body decided, without those examined; all are asked, each view is answered, and it ends."""

from __future__ import annotations

from typing import Any

from isonomy.engine.duties import duties
from isonomy.engine.state import day_of
from isonomy.record.base64_text import to_base64
from isonomy.record.commitment import seal
from tests.engine.test_criticism import CRITICS, SALT, critics, decided
from tests.organisation import TestOrganisation


def begun(org: TestOrganisation, **fields: Any) -> str:
    """A commission of di and eli on the roof, set up by the assembly; its id."""
    words = f"On the roof: {org.person('di')}, {org.person('eli')}, {org.person('ben')}."
    decision = decided(org, "assembly", "commission", words)
    members = [org.person("di"), org.person("eli")]
    given = {"title": "The roof", "members": members, "may": ["invite views"], "decision": decision} | fields
    org.accepted("commission.begin", by="ada", as_="chair", **given)
    return f"co-{org.state.n - 1}"


def due(org: TestOrganisation, words: str) -> list[tuple[str, tuple[str, ...], str]]:
    """What is due of which words: the day, the seats, the persons."""
    found = [duty for duty in duties(org.state, day_of(org.today)) if words in duty.duty]
    return [(duty.due_on, duty.seats, "".join(duty.holders)) for duty in found]


def test_nobody_whom_the_body_did_not_name_sits_in_it_nor_anybody_examined() -> None:
    org = critics()
    decision = decided(org, "assembly", "commission", f"On the roof: {org.person('di')} and {org.person('ben')}.")
    act = {"decision": decision, "title": "The roof"}
    strangers = org.refused("commission.begin", by="ada", **act, members=[org.person("di"), org.person("cy")])
    assert strangers.grounds[0].facts == {"not named": [org.person("cy")]}
    both = [org.person("di"), org.person("ben")]
    examined = org.refused("commission.begin", by="ada", **act, members=both, examines=["secretary"])
    assert org.person("ben") in examined.grounds[0].facts
    few = org.refused("commission.begin", by="ada", **act, members=[org.person("di")])
    assert few.grounds[0].cure == "name 1 more"


def test_it_has_no_power_beyond_the_clause_and_its_terms() -> None:
    org = critics()
    commission = begun(org, may=[])
    refused = org.refused("commission.invite", by="di", commission=commission, closes_on="2027-03-01")
    assert refused.grounds[0].clause == "7"
    words = f"{org.person('di')} {org.person('eli')}"
    decision = decided(org, "assembly", "commission", words)
    beyond = {"decision": decision, "title": "All", "members": words.split(), "may": ["see sealed records"]}
    assert org.refused("commission.begin", by="ada", **beyond).grounds[0].facts["asked"] == ["see sealed records"]


def test_all_units_are_asked_and_each_view_is_owed_an_answer_that_passes_on_when_late() -> None:
    org = critics()
    commission = begun(org)
    assert org.refused("commission.invite", by="di", commission=commission, closes_on="2027-01-10")
    org.accepted("commission.invite", by="di", commission=commission, closes_on="2027-01-20")
    assert org.state.commissions[commission].invited == ("north", "south")
    assert org.refused("view.give", by="gus", commission=commission, text="Tin.")
    org.accepted("view.give", by="fay", as_="warden@south", commission=commission, text="Slate.")
    view = f"vi-{org.state.n - 1}"
    assert org.refused("view.give", by="fay", as_="warden@south", commission=commission, text="Tin.")
    assert due(org, "Answer the view") == [("2027-02-03", (), org.person("di"))]
    org.set_clock("2027-02-04T09:00:00Z")
    assert due(org, "Answer the view") == [("2027-02-03", ("assembly",), "")]
    assert org.refused("view.answer", by="cy", view=view, answer="adopted", reason="Good.")
    org.accepted("view.answer", by="ada", as_="chair", view=view, answer="not adopted", reason="Too dear.")
    assert due(org, "Answer the view") == []


def test_it_ends_at_its_day_without_an_act() -> None:
    org = critics()
    commission = begun(org)
    found = org.state.commissions[commission]
    assert found.report_by == "2027-07-05"
    assert found.standing_on("2027-07-05") == "at work"
    assert found.standing_on("2027-07-06") == "ended without a report"
    org.set_clock("2027-07-06T09:00:00Z")
    refused = org.refused("commission.report", by="di", commission=commission, text="At last.")
    assert "ended without a report" in refused.grounds[0].says


def test_a_sealed_report_is_published_as_it_was_within_its_time() -> None:
    org = critics()
    commission = begun(org)
    assert org.refused("commission.report", by="eli", commission=commission, text="Mine.")
    org.accepted("commission.report", by="di", commission=commission, sealed=seal(SALT, "report", "Slate."))
    assert due(org, "Publish") == [("2027-01-15", (), org.person("di"))]
    salt = to_base64(SALT)
    assert org.refused("commission.publish", by="di", commission=commission, text="Tin.", salt=salt)
    org.accepted("commission.publish", by="ben", as_="secretary", commission=commission, text="Slate.", salt=salt)
    assert (org.state.commissions[commission].report or found_nothing()).text == "Slate."
    assert due(org, "Publish") == []


def found_nothing() -> Any:
    """Fails: a report was expected."""
    raise AssertionError("the commission has no report")


def test_interim_reports_come_round_until_the_report() -> None:
    org = critics(CRITICS.replace("report published within", "interim reports every: 2 months\nreport published within")
                  .replace("the report is published", "in the interim within 2 months of the last; the report is published"))  # fmt: skip
    commission = begun(org)
    assert due(org, "interim")[0][0] == "2027-03-05"
    org.accepted("commission.report", by="di", commission=commission, text="So far.", interim=True)
    assert org.state.commissions[commission].standing_on(org.today) == "at work"


def test_whoever_leaves_is_followed_as_convener_by_the_next_member() -> None:
    org = critics()
    commission = begun(org)
    org.accepted("member.leave", by="di")
    org.accepted("commission.report", by="eli", commission=commission, text="Slate.")


def test_a_reported_commission_without_its_decision_makes_no_sense() -> None:
    org = critics(kind="history")
    told = {"act": "commission.begin", "decision": "de-7", "title": "The roof", "members": [org.person("di")]}
    verdict = org.report(told, by="ada", happened={"earliest": "2027-01-04", "latest": "2027-01-04"}, source="minutes")
    assert "no decision" in verdict.to_json("")["grounds"][0]["says"]
