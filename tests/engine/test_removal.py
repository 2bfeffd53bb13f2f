"""Removal: asked for as the clause says, heard before the vote, unhindered by the person concerned, and what follows the vote."""

from __future__ import annotations

from typing import Any

import pytest

from isonomy.engine.duties import duties
from isonomy.engine.refusal import Refused
from isonomy.engine.state import day_of
from tests.engine.removal_rulebooks import GUILD
from tests.organisation import TestOrganisation

ROOT = "A" * 43 + "="
PEOPLE = ("ada", "ben", "cy", "di", "eve", "flo")


def guild(rulebook: str = GUILD) -> TestOrganisation:
    """Ada is chair, ben deputy, cy clerk; eve is the steward of north."""
    return TestOrganisation(
        rulebook, PEOPLE, mandates={"chair": "ada", "deputy": "ben", "clerk": "cy", "steward@north": "eve"},
        units={"north": "branch", "south": "branch"}, unit_of=dict.fromkeys(PEOPLE, "north"),
    )  # fmt: skip


def mandate_of(org: TestOrganisation, seat: str) -> str:
    return org.state.mandates_of_seat(seat, org.today)[0].id


def asked(org: TestOrganisation, *names: str, grounds: str = "He writes his own minutes.") -> str:
    """A removal of the chair, asked for by these; its id."""
    first, *others = names or ("di", "eve", "flo")
    removal = f"rv-{org.state.n}"
    org.accepted("removal.ask", by=first, mandate=mandate_of(org, "chair"), grounds=grounds)
    for name in others:
        org.accepted("removal.support", by=name, removal=removal)
    return removal


def offered(org: TestOrganisation, removal: str, *, by: str = "cy", as_: str | None = "clerk") -> str:
    """A hearing offered for the first day that the clause allows; its day."""
    day = f"{day_of(org.today).toordinal()}"
    starts = day_of(org.today).fromordinal(int(day) + 4).isoformat()
    org.accepted("hearing.offer", by=by, as_=as_, removal=removal, starts=f"{starts}T18:00", place="the hall")
    return starts


def heard(org: TestOrganisation, removal: str) -> None:
    """A hearing offered and waived."""
    offered(org, removal)
    org.accepted("hearing.enter", by="ada", removal=removal, how="waived")


def met(org: TestOrganisation, *matters: str, by: str = "ada", as_: str | None = "chair", opener: str = "cy") -> str:
    """A meeting of the assembly on matters, called and noticed today, opened eight days later with everybody; its id."""
    day = day_of(org.today)
    on = day.fromordinal(day.toordinal() + 8).isoformat()
    meeting = f"mt-{org.state.n}"
    org.accepted("meeting.call", by=by, as_=as_, body="assembly", starts=f"{on}T19:00", matters=list(matters))
    org.accepted("notice.send", by=by, as_=as_, meeting=meeting, how="post", to_count=6)
    org.set_clock(f"{on}T19:05:00Z")
    org.accepted("meeting.open", by=opener, meeting=meeting, present=[org.person(name) for name in PEOPLE])
    return meeting


def vote(
    org: TestOrganisation, meeting: str, motion: str, yes: int, no: int, *, by: str = "cy", as_: str | None = "clerk"
) -> Any:
    """A vote on a motion; the effects of its declaration."""
    matter = org.state.motions[motion].matter
    secret = matter.startswith(("removal-from-", "recall-from-"))
    poll = f"po-{org.state.n}"
    org.accepted(
        "poll.open", by=by, as_=as_, body="assembly", question="Shall it be?", matter=matter, motion=motion, meeting=meeting,
        secrecy="secret" if secret else "by show of hands",
    )  # fmt: skip
    more: dict[str, Any] = {}
    if secret:
        org.accepted("poll.close", by=by, as_=as_, poll=poll, box_root=ROOT, box_size=yes + no, marked=yes + no)
        more = {"box_root": ROOT}
    tallies = {"for": yes, "against": no, "abstain": 0}
    return org.accepted("poll.declare", by=by, as_=as_, poll=poll, rule="yes-no", tallies=tallies, **more).effects


def says(refused: Refused) -> str:
    return "; ".join(f"{ground.says} {ground.cure}" for ground in refused.grounds)


def due(org: TestOrganisation, about: str) -> list[Any]:
    return [duty for duty in duties(org.state, day_of(org.today)) if duty.thing == about]


# -- asking ------------------------------------------------------------------------------------------------


def test_a_removal_stands_as_a_motion_once_as_many_ask_as_the_clause_says() -> None:
    org = guild()
    removal = asked(org, "di", "eve")
    assert org.state.removals[removal].standing == "gathering"
    assert not org.state.motions
    org.accepted("removal.support", by="flo", removal=removal)
    found = org.state.removals[removal]
    assert (found.standing, found.offer_by, found.vote_by) == ("stands", "2027-01-09", "2027-02-01")
    motion = org.state.motions[found.motion]
    assert (motion.matter, motion.body, motion.person) == ("removal-from-chair", "assembly", org.person("ada"))
    assert org.replayed().digest() == org.state.digest()


def test_a_removal_is_asked_for_on_stated_grounds_and_not_of_oneself() -> None:
    org = guild()
    refused = org.refused("removal.ask", by="di", mandate=mandate_of(org, "chair"))
    assert refused.grounds[0].clause == "4"
    assert "stated grounds" in says(refused)
    assert "resign" in says(org.refused("removal.ask", by="ada", mandate=mandate_of(org, "chair"), grounds="I tire."))


def test_under_the_block_nobody_moves_a_removal_otherwise() -> None:
    org = guild()
    refused = org.refused(
        "motion.move", by="di", body="assembly", matter="removal-from-chair", text="Out.", person=org.person("ada")
    )
    assert "removal.ask" in says(refused)


def test_where_the_rulebook_has_no_block_for_a_seat_no_removal_is_asked_for() -> None:
    org = guild()
    refused = org.refused("removal.ask", by="di", mandate=mandate_of(org, "clerk"), grounds="So.")
    assert "no clause lets" in says(refused)


def test_who_asked_may_take_it_back_until_the_number_is_reached_and_not_after() -> None:
    org = guild()
    removal = asked(org, "di", "eve")
    org.accepted("removal.retract", by="eve", removal=removal)
    org.accepted("removal.support", by="eve", removal=removal)
    org.accepted("removal.support", by="flo", removal=removal)
    org.refused("removal.retract", by="eve", removal=removal)
    motion = org.state.removals[removal].motion
    assert "not withdrawn by one of them" in says(org.refused("motion.withdraw", by="di", motion=motion))


def test_the_person_concerned_does_not_count_among_those_who_ask() -> None:
    org = guild()
    removal = asked(org, "di", "eve")
    org.refused("removal.support", by="ada", removal=removal)
    org.refused("removal.support", by="eve", removal=removal)


# -- the hearing -------------------------------------------------------------------------------------------


def test_no_vote_opens_before_the_hearing_was_offered_and_is_done_with() -> None:
    org = guild()
    removal = asked(org)
    motion = org.state.removals[removal].motion
    meeting = met(org, "removal-from-chair")
    put = {
        "body": "assembly", "question": "Out?", "matter": "removal-from-chair", "motion": motion, "meeting": meeting,
        "secrecy": "secret",
    }  # fmt: skip
    refused = org.refused("poll.open", by="cy", as_="clerk", **put)
    assert "offer the hearing" in says(refused)
    offered(org, removal)
    assert "hearing.enter" in says(org.refused("poll.open", by="cy", as_="clerk", **put))
    org.accepted("hearing.enter", by="ada", removal=removal, how="waived")
    org.accepted("poll.open", by="cy", as_="clerk", **put)


def test_only_the_person_concerned_waives_and_a_hearing_is_entered_after_its_hour() -> None:
    org = guild()
    removal = asked(org)
    day = offered(org, removal)
    assert "waived by the person concerned" in says(
        org.refused("hearing.enter", by="di", removal=removal, how="waived")
    )
    assert "its hour has come" in says(org.refused("hearing.enter", by="di", removal=removal, how="not used"))
    org.set_clock(f"{day}T18:30:00Z")
    org.accepted("hearing.enter", by="di", removal=removal, how="not used")
    assert org.state.removals[removal].heard == "not used"


def test_a_hearing_leaves_the_time_of_the_clause_and_does_not_put_off_the_vote() -> None:
    org = guild()
    removal = asked(org)
    soon = org.refused("hearing.offer", by="cy", as_="clerk", removal=removal, starts="2027-01-06T18:00")
    assert "2027-01-08 or later" in says(soon)
    late = org.refused("hearing.offer", by="cy", as_="clerk", removal=removal, starts="2027-03-06T18:00")
    assert "does not put off the vote" in says(late)


def test_those_who_asked_offer_the_hearing_when_the_officers_let_their_day_pass() -> None:
    org = guild()
    removal = asked(org)
    org.refused("hearing.offer", by="di", removal=removal, starts="2027-01-20T18:00")
    (owed,) = [duty for duty in due(org, removal) if duty.id.startswith("offer")]
    assert owed.holders == (org.person("cy"),)
    org.days(6)
    (owed,) = [duty for duty in due(org, removal) if duty.id.startswith("offer")]
    assert org.person("di") in owed.holders
    assert owed.is_overdue
    offered(org, removal, by="di", as_=None)


def test_the_person_concerned_does_not_see_to_their_own_hearing_and_answers_in_their_own_words() -> None:
    org = guild()
    removal = asked(org)
    org.refused("hearing.offer", by="ada", as_="chair", removal=removal, starts="2027-01-10T18:00")
    org.accepted("removal.answer", by="ada", removal=removal, text="The minutes were read and approved.")
    assert "read and approved" in org.state.removals[removal].statement
    org.refused("removal.answer", by="di", removal=removal, text="They were not.")
    offered(org, removal)
    (invited,) = [duty for duty in due(org, removal) if duty.id.startswith("hear ")]
    assert invited.holders == (org.person("ada"),)


# -- safe use ----------------------------------------------------------------------------------------------


def test_the_person_concerned_neither_presides_nor_closes_adjourns_or_calls_off() -> None:
    org = guild()
    removal = asked(org)
    heard(org, removal)
    meeting = f"mt-{org.state.n}"
    org.accepted(
        "meeting.call",
        by="ada",
        as_="chair",
        body="assembly",
        starts="2027-01-20T19:00",
        matters=["removal-from-chair"],
    )
    assert "call off" in says(org.refused("meeting.cancel", by="ada", as_="chair", meeting=meeting, why="No need."))
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=6)
    org.set_clock("2027-01-20T19:05:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=[org.person(name) for name in PEOPLE])
    refused = org.refused("meeting.close", by="ada", as_="chair", meeting=meeting)
    assert "does not close the meeting before the vote" in says(refused)
    refused = org.refused(
        "poll.open", by="ada", as_="chair", body="assembly", question="Out?", matter="removal-from-chair",
        motion=org.state.removals[removal].motion, meeting=meeting, secrecy="secret",
    )  # fmt: skip
    assert "does not preside" in says(refused)
    vote(org, meeting, org.state.removals[removal].motion, 2, 4)
    org.accepted("meeting.close", by="ada", as_="chair", meeting=meeting)


def test_a_meeting_on_a_removal_is_called_off_by_nobody_once_no_other_can_be_held_in_time() -> None:
    org = guild(GUILD.replace("meets: on call of chair\nnotice: 7 days", "meets: on call of chair or clerk\nnotice: 7 days")
                .replace("It meets on call of the chair, with", "It meets on call of the chair or the clerk, with"))  # fmt: skip
    asked(org)
    meeting = f"mt-{org.state.n}"
    org.accepted(
        "meeting.call", by="cy", as_="clerk", body="assembly", starts="2027-02-01T19:00", matters=["removal-from-chair"]
    )
    org.days(22)
    refused = org.refused("meeting.cancel", by="cy", as_="clerk", meeting=meeting, why="Snow.")
    assert "only while another can be held in time" in says(refused)


def test_those_who_asked_call_open_and_put_when_the_officers_do_nothing() -> None:
    org = guild()
    removal = asked(org)
    heard(org, removal)
    call = {"body": "assembly", "starts": "2027-02-20T19:00", "matters": ["removal-from-chair"]}
    org.refused("meeting.call", by="di", **call)
    org.set_clock("2027-01-27")
    (owed,) = [duty for duty in due(org, removal) if duty.id.startswith("vote")]
    assert org.person("di") in owed.holders
    assert "those who asked may call it now" in owed.derivation
    assert "called by those the clause names" in says(org.refused("meeting.call", by="ben", **call))
    meeting = met(org, "removal-from-chair", by="di", as_=None, opener="di")
    effects = vote(org, meeting, org.state.removals[removal].motion, 5, 1, by="di", as_=None)
    assert {"removal.settled", "mandate.ended"} <= {effect["effect"] for effect in effects}


def test_the_person_concerned_does_not_proceed_against_those_who_asked() -> None:
    org = guild(GUILD.replace("removable by: assembly\n```\n\n```rule office deputy", "removable by: assembly\n```\n\n```rule office deputy")
                .replace("from: chair\nasked by", "from: chair or deputy\nasked by")
                .replace("rule office deputy\nfilled by: election by assembly\nterm: 2 years", "rule office deputy\nfilled by: election by assembly\nterm: 2 years\nremovable by: assembly")
                .replace("and may remove the chair.", "and may remove the chair or the deputy.")
                .replace("The removal of the chair is", "The removal of the chair or the deputy is")
                .replace("interim holder: deputy", "interim holder: clerk").replace("The deputy acts as chair", "The clerk acts as chair"))  # fmt: skip
    asked(org, "ben", "di", "eve")
    mandate = mandate_of(org, "deputy")
    refused = org.refused("removal.ask", by="ada", mandate=mandate, grounds="He began it.")
    assert "does not proceed against those who asked" in says(refused)
    effects = org.accepted("removal.ask", by="flo", mandate=mandate, grounds="He sleeps.").effects
    assert effects[0]["protected"] is True


# -- what follows ------------------------------------------------------------------------------------------


def test_a_carried_removal_ends_the_mandate_with_its_declaration_and_the_interim_holder_acts() -> None:
    org = guild()
    removal = asked(org)
    heard(org, removal)
    meeting = met(org, "removal-from-chair")
    mandate = mandate_of(org, "chair")
    vote(org, meeting, org.state.removals[removal].motion, 4, 2)
    assert org.state.mandates[mandate].ended_why == "removed"
    assert org.state.removals[removal].standing == "removed"
    org.accepted("meeting.close", by="cy", as_="clerk", meeting=meeting)
    # The deputy acts in the seat until it is filled, which is due within sixty days.
    org.accepted(
        "meeting.call", by="ben", as_="chair", body="assembly", starts="2027-02-20T19:00", matters=["election-of-chair"]
    )
    (owed,) = due(org, "chair")
    assert owed.due_on == "2027-03-13"
    assert "filled within 60 days" in owed.derivation
    assert org.replayed().digest() == org.state.digest()


def test_a_failed_removal_is_not_asked_for_again_before_its_time() -> None:
    org = guild()
    removal = asked(org)
    heard(org, removal)
    meeting = met(org, "removal-from-chair")
    vote(org, meeting, org.state.removals[removal].motion, 3, 3)
    found = org.state.removals[removal]
    assert (found.standing, found.barred_until) == ("failed", "2027-07-12")
    refused = org.refused("removal.ask", by="di", mandate=mandate_of(org, "chair"), grounds="Again.")
    assert "6 months" in says(refused)
    org.set_clock("2027-07-13")
    org.accepted("removal.ask", by="di", mandate=mandate_of(org, "chair"), grounds="Again.")


def test_a_suspension_has_its_last_day_and_makes_the_deputy_act() -> None:
    org = guild()
    removal = asked(org)
    meeting = met(org, "suspension-from-chair")
    motion = f"mo-{org.state.n}"
    org.accepted(
        "motion.move",
        by="di",
        body="assembly",
        matter="suspension-from-chair",
        text="Until the vote.",
        person=org.person("ada"),
    )
    effects = vote(org, meeting, motion, 4, 2)
    decision = next(effect["decision"] for effect in effects if effect["effect"] == "decision.taken")
    far = {"removal": removal, "decision": decision, "last": "2027-03-01"}
    assert "20 days at most" in says(org.refused("mandate.suspend", by="cy", as_="clerk", **far))
    org.accepted("mandate.suspend", by="cy", as_="clerk", removal=removal, decision=decision, last="2027-01-20")
    call = {"body": "assembly", "starts": "2027-02-20T19:00", "matters": ["lamps"]}
    assert isinstance(org.judge("meeting.call", by="ada", as_="chair", **call), Refused)
    assert not isinstance(org.judge("meeting.call", by="ben", as_="chair", **call), Refused)
    org.set_clock("2027-01-21")
    assert not isinstance(org.judge("meeting.call", by="ada", as_="chair", **call), Refused)


@pytest.fixture
def kept() -> tuple[TestOrganisation, str]:
    """The chair was kept on a condition; the organisation and the mandate."""
    org = guild()
    removal = asked(org)
    heard(org, removal)
    mandate = mandate_of(org, "chair")
    meeting = met(org, "removal-from-chair", "retention-of-chair")
    motion = f"mo-{org.state.n}"
    org.accepted(
        "motion.move", by="flo", body="assembly", matter="retention-of-chair", person=org.person("ada"),
        text="Kept on condition that she heeds the criticism.",
    )  # fmt: skip
    vote(org, meeting, motion, 5, 1)
    org.accepted("meeting.close", by="cy", as_="clerk", meeting=meeting)
    return org, mandate


def test_a_condition_has_an_owner_and_a_day_of_review_from_the_clause(kept: tuple[TestOrganisation, str]) -> None:
    org, mandate = kept
    condition = org.state.retentions[mandate]
    assert (condition.owner, condition.review_on, condition.lapses_on) == ("clerk", "2027-04-12", "2027-05-12")
    (owed,) = due(org, mandate)
    assert owed.holders == (org.person("cy"),)
    assert "Or else: the mandate ends" in owed.derivation
    assert org.state.removals[condition.removal].standing == "kept on a condition"


def test_a_condition_that_nobody_reviews_ends_the_mandate_by_itself(kept: tuple[TestOrganisation, str]) -> None:
    org, mandate = kept
    assert org.state.mandates[mandate].is_valid_on("2027-05-12")
    assert not org.state.mandates[mandate].is_valid_on("2027-05-13")
    org.set_clock("2027-05-20")
    assert [duty.thing for duty in duties(org.state, day_of(org.today)) if duty.id == "fill chair"] == ["chair"]


@pytest.mark.parametrize(("yes", "outcome", "held"), [(5, "kept", True), (2, "not kept", False)])
def test_at_the_review_the_body_decides_anew(
    kept: tuple[TestOrganisation, str], yes: int, outcome: str, held: bool
) -> None:
    org, mandate = kept
    review = {"body": "assembly", "matter": "review-of-chair", "text": "Is she kept?", "person": org.person("ada")}
    early = met(org, "review-of-chair")
    motion = f"mo-{org.state.n}"
    org.accepted("motion.move", by="cy", **review)
    refused = org.refused(
        "poll.open", by="cy", as_="clerk", body="assembly", question="Kept?", matter="review-of-chair", motion=motion,
        meeting=early,
    )  # fmt: skip
    assert "on its day or later" in says(refused)
    org.accepted("meeting.close", by="cy", as_="clerk", meeting=early)
    org.set_clock("2027-04-14")
    # The chair calls nobody: those who asked for the removal may, now that the day is over.
    meeting = met(org, "review-of-chair", by="di", as_=None, opener="di")
    vote(org, meeting, motion, yes, 6 - yes)
    assert org.state.retentions[mandate].outcome == outcome
    assert org.state.mandates[mandate].is_valid_on("2027-06-01") is held


def test_retention_on_a_condition_needs_a_request_to_remove() -> None:
    org = guild()
    refused = org.refused(
        "motion.move", by="di", body="assembly", matter="retention-of-chair", text="Kept.", person=org.person("ada")
    )
    assert "when a removal was asked for" in says(refused)


def test_a_censure_removes_nobody_and_needs_its_own_majority() -> None:
    org = guild()
    meeting = met(org, "censure-of-chair")
    motion = f"mo-{org.state.n}"
    org.accepted(
        "motion.move",
        by="di",
        body="assembly",
        matter="censure-of-chair",
        text="For the minutes.",
        person=org.person("ada"),
    )
    effects = vote(org, meeting, motion, 3, 2)
    assert all(effect["effect"] != "decision.taken" for effect in effects)
    motion = f"mo-{org.state.n}"
    org.accepted(
        "motion.move",
        by="di",
        body="assembly",
        matter="censure-of-chair",
        text="For the minutes.",
        person=org.person("ada"),
    )
    effects = vote(org, meeting, motion, 4, 2)
    assert any(effect["effect"] == "decision.taken" for effect in effects)
    assert org.state.mandates_of_seat("chair", org.today)
