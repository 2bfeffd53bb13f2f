"""Recall by those who elect, and petitions to a body: numbers, secret supporters, days, and what follows when nobody acts."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from isonomy.engine.refusal import Refused
from isonomy.record.base64_text import to_base64
from tests.engine.removal_rulebooks import GUILD
from tests.engine.test_removal import ROOT, due, guild, met, says, vote
from tests.organisation import TestOrganisation

NAMED = GUILD.replace("supporters: secret, known to clerk", "supporters: named").replace(
    "they are secret, known to the clerk", "they are named"
)


def sealed(*names: str) -> list[str]:
    """A commitment for each."""
    return [to_base64(hashlib.sha256(name.encode()).digest()) for name in names]


def steward(org: TestOrganisation) -> str:
    return org.state.mandates_of_seat("steward@north", org.today)[0].id


def recalled(org: TestOrganisation, *supporters: str) -> str:
    """A petition to recall the steward of north, named, supported by these; its id."""
    petition = f"pe-{org.state.n}"
    org.accepted("petition.open", by=supporters[0], mandate=steward(org), text="The lamps stay dark.")
    for name in supporters[1:]:
        org.accepted("petition.support", by=name, petition=petition)
    return petition


def put(org: TestOrganisation, petition: str, **more: Any) -> dict[str, Any]:
    found = org.state.petitions[petition]
    return {
        "body": found.body, "question": "Recalled?", "matter": found.matter, "motion": found.motion,
        "closes_on": more.pop("closes_on", "2027-02-20"), **more,
    }  # fmt: skip


# -- recall ------------------------------------------------------------------------------------------------


def test_a_recall_is_asked_for_by_as_many_electors_as_the_clause_says() -> None:
    org = guild(NAMED)
    petition = recalled(org, "di")
    assert org.state.petitions[petition].standing == "gathering"
    assert "resign" in says(org.refused("petition.open", by="eve", mandate=steward(org), text="Of myself."))
    org.accepted("petition.support", by="flo", petition=petition)
    found = org.state.petitions[petition]
    assert (found.standing, found.due_on) == ("reached", "2027-01-18")
    assert org.state.motions[found.motion].person == org.person("eve")
    assert org.replayed().digest() == org.state.digest()


def test_what_was_not_reached_in_its_time_has_lapsed_by_itself() -> None:
    org = guild(NAMED)
    petition = recalled(org, "di")
    org.set_clock("2027-02-03")
    org.accepted("petition.support", by="ben", petition=petition)
    org = guild(NAMED)
    petition = recalled(org, "di")
    org.set_clock("2027-02-04")
    assert "lapsed" in says(org.refused("petition.support", by="ben", petition=petition))
    org.accepted("petition.open", by="di", mandate=steward(org), text="Once more.")


def test_secret_supporters_are_commitments_and_a_number_and_nobody_supports_by_name() -> None:
    org = guild()
    petition = recalled(org, "di")
    assert org.state.petitions[petition].support_count == 0
    assert "tell the clerk" in says(org.refused("petition.support", by="flo", petition=petition))
    org.refused("petition.attest", by="ben", as_="deputy", petition=petition, commitments=sealed("di"))
    org.refused("petition.attest", by="cy", as_="clerk", petition=petition, commitments=sealed("di", "di"))
    most = sealed("1", "2", "3", "4", "5", "6")
    assert "no more are attested" in says(
        org.refused("petition.attest", by="cy", as_="clerk", petition=petition, commitments=most)
    )
    org.accepted("petition.attest", by="cy", as_="clerk", petition=petition, commitments=sealed("di"))
    assert "twice" in says(
        org.refused("petition.attest", by="cy", as_="clerk", petition=petition, commitments=sealed("di"))
    )
    org.accepted("petition.attest", by="cy", as_="clerk", petition=petition, commitments=sealed("flo"))
    found = org.state.petitions[petition]
    assert (found.standing, found.supporters, found.support_count) == ("reached", [], 2)


def test_the_person_concerned_holds_no_names_of_those_who_ask() -> None:
    org = TestOrganisation(
        GUILD, ("ada", "ben", "cy"), mandates={"chair": "ada", "clerk": "cy", "steward@north": "cy"},
        units={"north": "branch"}, unit_of=dict.fromkeys(("ada", "ben", "cy"), "north"),
    )  # fmt: skip
    petition = recalled(org, "ada")
    refused = org.refused("petition.attest", by="cy", as_="clerk", petition=petition, commitments=sealed("ada"))
    assert "does not hold the names" in says(refused)


def test_nobody_moves_a_recall_but_by_petition() -> None:
    org = guild()
    refused = org.refused(
        "motion.move",
        by="di",
        body="branch-meeting@north",
        matter="recall-from-steward",
        text="Out.",
        person=org.person("eve"),
    )
    assert "petition.open" in says(refused)


def test_a_poll_that_nobody_opens_is_opened_closed_and_declared_by_those_who_asked() -> None:
    org = guild(NAMED)
    petition = recalled(org, "di", "flo")
    (owed,) = due(org, petition)
    assert owed.due_on == "2027-01-18"
    assert org.person("eve") not in owed.holders
    org.set_clock("2027-01-18")
    org.refused("poll.open", by="di", **put(org, petition))
    org.refused("poll.open", by="eve", as_="steward@north", **put(org, petition))
    org.set_clock("2027-01-19")
    (owed,) = due(org, petition)
    assert owed.is_overdue
    assert org.person("flo") in owed.holders
    assert "lasts 3 days" in says(org.refused("poll.open", by="di", **put(org, petition, closes_on="2027-01-20")))
    assert "secret" in says(org.refused("poll.open", by="di", **put(org, petition, secrecy="named")))
    assert isinstance(org.judge("poll.open", by="ben", **put(org, petition)), Refused)
    poll = f"po-{org.state.n}"
    org.accepted("poll.open", by="di", **put(org, petition, closes_on="2027-01-22"))
    org.set_clock("2027-01-22")
    mandate = steward(org)
    org.accepted("poll.close", by="di", poll=poll, box_root=ROOT, box_size=5, marked=5)
    tallies = {"for": 4, "against": 1, "abstain": 0}
    org.accepted("poll.declare", by="flo", poll=poll, rule="yes-no", tallies=tallies, box_root=ROOT)
    assert org.state.petitions[petition].standing == "recalled"
    assert org.state.mandates[mandate].ended_why == "recalled"
    assert org.replayed().digest() == org.state.digest()


def test_after_a_poll_that_failed_there_is_no_other_for_a_time() -> None:
    org = guild(NAMED)
    petition = recalled(org, "di", "flo")
    poll = f"po-{org.state.n}"
    org.accepted("poll.open", by="cy", as_="clerk", **put(org, petition, closes_on="2027-01-08"))
    org.set_clock("2027-01-08")
    org.accepted("poll.close", by="cy", as_="clerk", poll=poll, box_root=ROOT, box_size=5, marked=5)
    tallies = {"for": 2, "against": 3, "abstain": 0}
    org.accepted("poll.declare", by="cy", as_="clerk", poll=poll, rule="yes-no", tallies=tallies, box_root=ROOT)
    assert steward(org)
    refused = org.refused("petition.open", by="di", mandate=steward(org), text="Again.")
    assert "6 months" in says(refused)
    org.set_clock("2027-07-09")
    org.accepted("petition.open", by="di", mandate=steward(org), text="Again.")


# -- petitions to a body -----------------------------------------------------------------------------------


def on_agenda(org: TestOrganisation) -> str:
    """A petition of di and flo that lamps stand on the agenda; its id."""
    petition = f"pe-{org.state.n}"
    org.accepted("petition.open", by="di", petition="agenda", matter="lamps", text="New lamps.")
    org.accepted("petition.support", by="flo", petition=petition)
    return petition


def lamps(org: TestOrganisation) -> str:
    motion = f"mo-{org.state.n}"
    org.accepted("motion.move", by="di", body="assembly", matter="lamps", text="Ten new lamps.")
    return motion


def test_a_petitioned_matter_stands_on_the_agenda_by_itself() -> None:
    org = guild()
    petition = on_agenda(org)
    org.days(1)
    (owed,) = due(org, petition)
    assert "stands on the agenda by itself" in owed.derivation
    meeting = met(org, "dues")
    vote(org, meeting, lamps(org), 4, 1)
    assert not due(org, petition)


def test_without_a_petition_the_same_matter_is_not_decided() -> None:
    org = guild()
    org.days(1)
    meeting = met(org, "dues")
    refused = org.refused(
        "poll.open",
        by="cy",
        as_="clerk",
        body="assembly",
        question="Lamps?",
        matter="lamps",
        motion=lamps(org),
        meeting=meeting,
    )
    assert "decides the matters it was called for" in says(refused)


def test_a_petition_reached_after_the_notice_waits_for_the_next_meeting() -> None:
    org = guild()
    meeting = met(org, "dues")
    on_agenda(org)
    motion = lamps(org)
    ask = {"body": "assembly", "question": "Lamps?", "matter": "lamps", "motion": motion}
    org.refused("poll.open", by="cy", as_="clerk", **ask, meeting=meeting)
    org.accepted("meeting.close", by="cy", as_="clerk", meeting=meeting)
    org.days(1)
    vote(org, met(org, "dues"), motion, 4, 1)


def test_an_answer_is_owed_by_its_day_and_given_by_a_decision() -> None:
    org = guild()
    petition = f"pe-{org.state.n}"
    org.accepted("petition.open", by="di", petition="question", text="Where did the oil go?")
    org.refused("petition.open", by="di", petition="question", matter="oil", text="Where did the oil go?")
    meeting = met(org, "petition-to-assembly")
    motion = f"mo-{org.state.n}"
    org.accepted("motion.move", by="cy", body="assembly", matter="petition-to-assembly", text="To the harbour lamp.")
    effects = vote(org, meeting, motion, 5, 0)
    early = next(effect["decision"] for effect in effects if effect["effect"] == "decision.taken")
    assert "is gathering" in says(org.refused("petition.answer", by="cy", petition=petition, decision=early))
    org.days(1)
    for name in ("eve", "flo"):
        org.accepted("petition.support", by=name, petition=petition)
    (owed,) = due(org, petition)
    assert owed.due_on == "2027-02-12"
    assert "was there" in says(org.refused("petition.answer", by="cy", as_="clerk", petition=petition, decision=early))
    org.accepted("meeting.close", by="cy", as_="clerk", meeting=meeting)
    meeting, motion = met(org, "petition-to-assembly"), f"mo-{org.state.n}"
    org.accepted("motion.move", by="cy", body="assembly", matter="petition-to-assembly", text="To the harbour lamp.")
    effects = vote(org, meeting, motion, 5, 0)
    decision = next(effect["decision"] for effect in effects if effect["effect"] == "decision.taken")
    org.accepted("petition.answer", by="cy", as_="clerk", petition=petition, decision=decision)
    assert org.state.petitions[petition].standing == "answered"
    assert not due(org, petition)


@pytest.mark.parametrize("taken", ["support", "retract"])
def test_a_name_is_given_and_taken_back_once(taken: str) -> None:
    org = guild()
    petition = f"pe-{org.state.n}"
    org.accepted("petition.open", by="di", petition="question", text="Where did the oil go?")
    if taken == "support":
        org.refused("petition.support", by="di", petition=petition)
    else:
        org.accepted("petition.retract", by="di", petition=petition)
        org.refused("petition.retract", by="di", petition=petition)
