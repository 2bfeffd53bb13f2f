"""Vacancies, ending terms, ratifications, polls, editions and duty blocks, each with its day and its holder."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from isonomy.engine.apply import apply
from isonomy.engine.duties import duties
from isonomy.engine.duty import Duty
from tests.engine.meeting_rulebooks import VILLAGE, VILLAGERS, branches, says, village
from tests.engine.test_duties_of_meetings import council_meets, due
from tests.organisation import TestOrganisation


def put(org: TestOrganisation, *effects: dict[str, Any]) -> None:
    """Folds an entry with given effects: what leads to them is tried elsewhere."""
    act = org.act("rulebook.lodge", by=org.founder)
    now = org.submission(act, {})
    entry = {"n": org.state.n, "at": now.at, "local": now.local, "act": act, "auth": {"kind": "signed"}}
    apply(org.state, entry | {"effects": list(effects)})


def ids(found: list[Duty]) -> list[str]:
    return [duty.id for duty in found]


# -- seats -------------------------------------------------------------------------------------------------


def test_an_ending_term_is_due_on_the_day_it_is_over_and_then_overdue() -> None:
    org = village()
    (chair,) = due(org, "2027-06-01", about="fill chair")
    assert (chair.due_on, chair.overdue_days, chair.clause) == ("2028-01-06", 0, "4")
    assert chair.duty == "Elect the chair"
    assert chair.who == "the committee (p-ada000, p-ben000, p-cleo000, p-dora000, p-emil000)"
    assert "the term that began on Wednesday 6 January 2027 is over on Thursday 6 January 2028" in chair.derivation
    (vacant,) = due(org, "2028-01-09", about="fill chair")
    assert (vacant.due_on, vacant.overdue_days) == ("2028-01-06", 3)
    assert "vacant since the mandate of p-ada000 ended" in vacant.derivation


def test_seats_of_a_body_are_counted() -> None:
    org = village()
    (committee,) = due(org, "2027-06-01", about="fill committee")
    assert committee.duty == "Elect 5 members of the committee"
    assert committee.who == "the members' meeting"
    org.set_clock("2027-02-01")
    org.accepted("member.leave", by="emil")
    org.set_clock("2027-03-01")
    org.accepted("member.leave", by="dora")
    vacant, ending = due(org, "2027-03-11", about="fill committee")
    assert (vacant.duty, vacant.due_on, vacant.overdue_days) == ("Elect 2 members of the committee", "2027-02-01", 38)
    assert (ending.duty, ending.due_on) == ("Elect 3 members of the committee", "2028-01-06")


def test_a_successor_in_time_leaves_nothing_due() -> None:
    org = village()
    put(
        org,
        {
            "effect": "mandate.begun", "mandate": "ma-9", "person": "p-ben000", "seat": "chair", "since": "2028-01-06",
            "until": "2029-01-06", "clause": "4",
        },
    )  # fmt: skip
    assert due(org, "2027-06-01", "2028-06-01", about="fill chair") == []


def test_an_office_never_held_waits_from_the_founding() -> None:
    org = village(mandates={"committee": VILLAGERS[:5]})
    (chair,) = due(org, "2027-01-16", about="fill chair")
    assert (chair.due_on, chair.overdue_days) == ("2027-01-06", 10)
    assert "vacant since the founding on Wednesday 6 January 2027" in chair.derivation


def test_offices_in_each_branch_are_due_in_each() -> None:
    org = branches()
    found = due(org, "2027-01-06", about="branch-treasurer")
    vacant = [duty for duty in found if duty.due_on == "2027-01-06"]
    assert ids(vacant) == ["fill branch-treasurer@south", "fill branch-treasurer@west"]
    assert vacant[0].duty == "Appoint the branch treasurer of south"
    assert vacant[0].who == "the branch secretary of south (p-sam000)"


def test_delegates_are_due_from_each_branch_before_the_congress_meets() -> None:
    org = branches()
    org.accepted("member.leave", by="sue")
    (south,) = due(org, "2027-02-01", "2027-12-01", about="fill congress from south")
    assert south.duty == "Elect 1 delegate of south to the congress"
    assert (south.due_on, south.overdue_days, south.seats) == ("2027-05-01", 0, ("branch-meeting@south",))
    assert due(org, "2027-02-01", "2027-12-01", about="fill congress from north") == []
    # The congress was not held in 2027, and south still owes a delegate to it.
    assert due(org, "2027-06-01", "2027-12-01", about="fill congress from south")[0].overdue_days == 31


# -- decisions ---------------------------------------------------------------------------------------------


def test_a_decision_that_lapses_is_to_be_ratified_until_its_last_day() -> None:
    org = village()
    org.accepted("decision.take", by="ada", as_="chair", matter="spending", text="Paint", amount=150)
    (ratify,) = due(org, "2027-02-05", about="ratify")
    assert (ratify.due_on, ratify.overdue_days, ratify.seats) == ("2027-02-05", 0, ("committee",))
    assert ratify.derivation == (
        "What the chair decided on Wednesday 6 January 2027 (clause 4) lapses after Friday 5 February 2027 "
        "unless it is ratified."
    )
    assert due(org, "2027-02-06", about="ratify") == []


def test_a_report_without_effect_waits_for_the_competent_body() -> None:
    org = branches()
    org.accepted("meeting.call", by="sue", body="council", starts="2027-01-20T19:00", matters=["budget"])
    org.set_clock("2027-01-22")
    org.report(
        {"act": "meeting.open", "meeting": "mt-1", "present": [org.person("sue"), org.person("nan")]}, by="win",
        happened={"earliest": "2027-01-20", "latest": "2027-01-20"}, source="minutes",
    )  # fmt: skip
    (ratify,) = due(org, "2027-01-22", about="ratify rp-2")
    assert (ratify.due_on, ratify.clause) == ("2027-02-19", "3")


def test_a_decided_edition_is_to_be_put_into_force() -> None:
    org = village()
    text = VILLAGE.replace("by 2/3 of", "by 3/4 of").replace("majority: 2/3", "majority: 3/4")
    org.accepted("rulebook.lodge", by="ben", rulebook=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    put(
        org,
        {
            "effect": "decision.taken", "decision": "de-2", "seat": "members-meeting", "matter": "amendment",
            "on": "2027-01-06", "clause": "5", "draft": "ed-1", "text": "Amend",
        },
    )  # fmt: skip
    (adopt,) = due(org, "2027-01-08", about="adopt ed-1")
    assert (adopt.overdue_days, adopt.who) == (2, "the chair (p-ada000)")
    put(org, {"effect": "edition.adopted", "edition": "ed-1", "in_force_from": "2027-01-09", "decision": "de-2"})
    assert due(org, "2027-01-08", about="adopt") == []


def test_those_elected_are_to_be_entered() -> None:
    org = branches()
    put(
        org,
        {
            "effect": "decision.taken", "decision": "de-1", "seat": "congress", "matter": "election-of-president",
            "on": "2027-01-06", "clause": "3", "person": "p-nan000", "text": "Nan",
        },
    )  # fmt: skip
    (seat,) = due(org, "2027-01-06", about="seat de-1")
    assert seat.duty == "Enter the mandate of p-nan000 as the president"
    assert seat.who == "the registrar (p-win000)"


def test_polls_are_to_be_closed_and_declared() -> None:
    org = village()
    org.set_clock("2027-03-06T10:00:00Z")
    org.accepted("meeting.open", by="ada", body="members-meeting", present=[org.person(name) for name in VILLAGERS[:6]])
    org.accepted(
        "motion.move", by="ben", body="members-meeting", matter="removal-from-committee", text="Remove cleo",
        person=org.person("cleo"),
    )  # fmt: skip
    org.accepted(
        "poll.open", by="ada", body="members-meeting", question="Shall cleo be removed?", motion="mo-2",
        matter="removal-from-committee", meeting="mt-1",
    )  # fmt: skip
    (close,) = due(org, "2027-03-08", about="po-3")
    assert (close.id, close.overdue_days, close.who) == ("close po-3", 2, "the chair (p-ada000)")
    org.accepted("poll.close", by="ada", poll="po-3")
    assert ids(due(org, "2027-03-08", about="po-3")) == ["declare po-3"]


# -- duty blocks -------------------------------------------------------------------------------------------


def test_a_duty_that_comes_round_is_due_on_each_occasion_until_it_is_discharged() -> None:
    org = branches()
    bulletins = due(org, "2027-07-10", "2027-07-10", about="duty bulletin")
    assert [(duty.due_on, duty.overdue_days) for duty in bulletins] == [("2027-04-06", 95), ("2027-07-06", 4)]
    assert bulletins[0].duty == "The registrar publishes the bulletin"
    assert bulletins[0].who == "the registrar (p-win000)"
    org.set_clock("2027-07-10")
    done = org.accepted("duty.discharge", by="win", duty="bulletin", occasion="2027-04-06", text="No 1")
    assert done.clauses == ("3",)
    assert done.effects[0] == {
        "effect": "duty.discharged", "duty": "bulletin", "occasion": "2027-04-06", "seat": "registrar",
        "on": "2027-07-10", "due_on": "2027-04-06",
    }  # fmt: skip
    left = due(org, "2027-07-10", "2027-07-10", about="duty bulletin")
    assert [duty.due_on for duty in left] == ["2027-07-06"]
    again = org.refused("duty.discharge", by="win", duty="bulletin", occasion="2027-04-06")
    assert "this is discharged already" in says(again)


def test_a_duty_after_a_meeting_is_due_within_its_time() -> None:
    org = branches()
    assert due(org, "2027-02-01", about="duty minutes") == []
    council_meets(org, "2027-02-01")
    (minutes,) = due(org, "2027-02-16", about="duty minutes")
    assert (minutes.due_on, minutes.overdue_days, minutes.thing) == ("2027-02-15", 1, "minutes:mt-1")
    assert minutes.derivation == ("The council met on Monday 1 February 2027 (mt-1); it is due within 14 days of that.")
    org.set_clock("2027-02-16")
    org.accepted("duty.discharge", by="sue", duty="minutes", occasion="mt-1")
    assert due(org, "2027-02-16", about="duty minutes") == []


def test_a_duty_is_discharged_by_the_seat_that_owes_it() -> None:
    org = branches()
    refused = org.refused("duty.discharge", by="sue", duty="bulletin", occasion="2027-04-06")
    assert "the duty is the registrar's to discharge" in says(refused)


def test_only_its_own_occasions_up_to_the_next_are_discharged() -> None:
    org = branches()
    org.accepted("duty.discharge", by="win", duty="bulletin", occasion="2027-04-06")
    beyond = org.refused("duty.discharge", by="win", duty="bulletin", occasion="2027-07-06")
    assert "is no occasion of that duty" in says(beyond)
    unknown = org.refused("duty.discharge", by="win", duty="buletin", occasion="2027-04-06")
    assert unknown.grounds[0].cure == "did you mean 'bulletin'?"


def test_the_list_as_json_has_the_keys_that_scripts_rely_on() -> None:
    org = branches()
    found = [duty.to_json() for duty in duties(org.state, date(2027, 6, 1))]
    assert found
    for item in found:
        assert {"duty", "who", "due_on", "overdue_days", "clause", "derivation"} <= set(item)
        assert item["derivation"].endswith((".", ")."))
    assert [item["due_on"] for item in found] == sorted(item["due_on"] for item in found)
