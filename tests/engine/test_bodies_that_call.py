"""A body calls another, or lends its branch's name to a demand, by a decision that is carried out once."""

from __future__ import annotations

from typing import Any

from isonomy.engine.refusal import Accepted
from tests.engine.meeting_rulebooks import branches, says
from tests.organisation import TestOrganisation


def decided(org: TestOrganisation, body: str, matter: str, chair: str, present: tuple[str, ...], day: str) -> str:
    """A decision of a body on a matter, at a meeting called, noticed, opened and voted in; its id."""
    org.set_clock(f"{day[:8]}01")
    called = org.accepted("meeting.call", by=chair, body=body, starts=f"{day}T09:00", matters=[matter])
    meeting: Any = called.effects[0]["meeting"]
    org.accepted("notice.send", by=chair, meeting=meeting, how="post", to_count=len(present))
    org.set_clock(f"{day}T09:30:00Z")
    org.accepted("meeting.open", by=chair, meeting=meeting, present=[org.person(name) for name in present])
    moved = org.accepted("motion.move", by=chair, body=body, matter=matter, text="That it be so")
    put = org.accepted(
        "poll.open", by=chair, body=body, question="Shall it be so?", matter=matter, meeting=meeting,
        motion=moved.effects[0]["motion"],
    )  # fmt: skip
    poll = put.effects[0]["poll"]
    declared = org.accepted(
        "poll.declare", by=chair, poll=poll, rule="yes-no", tallies={"for": len(present), "against": 0}
    )
    taken = next(effect for effect in declared.effects if effect["effect"] == "decision.taken")
    assert (taken["seat"], taken["matter"]) == (body, matter)
    org.accepted("meeting.close", by=chair, meeting=meeting)
    return str(taken["decision"])


def test_a_body_calls_another_by_its_decision() -> None:
    org = branches()
    decision = decided(org, "council", "call-of-congress", "sue", ("sue", "nan", "sam"), "2027-02-10")
    call = {"body": "congress", "starts": "2027-03-20T10:00", "matters": ["programme"], "decision": decision}
    stranger = org.refused("meeting.call", by="ned", **call)
    assert "a decision of the council is carried out by its own" in says(stranger)
    called = org.accepted("meeting.call", by="sue", **call)
    assert called.clauses == ("2",)
    again = org.refused("meeting.call", by="sue", **(call | {"starts": "2027-04-20T10:00"}))
    assert "the decision was carried out already" in says(again)


def test_a_branch_demands_by_the_decision_of_its_meeting() -> None:
    org = branches()
    decision = decided(org, "branch-meeting@north", "demand-of-congress", "nan", ("nan", "ned", "nia"), "2027-02-10")
    demanded = org.accepted("meeting.demand", by="nia", body="congress", matters=["programme"], decision=decision)
    assert isinstance(demanded, Accepted)
    (demand,) = org.state.demands.values()
    assert demand.supporters == ["north"]
    assert (demand.call_by, demand.hold_by) == ("2027-02-17", "2027-03-12")
