"""A motion is moved and seconded by those the clause names, by its deadline, and withdrawn as the clause says."""

from __future__ import annotations

from tests.engine.meeting_rulebooks import says
from tests.engine.motion_rulebooks import called, made, moved, opened, people, question, voted
from tests.organisation import TestOrganisation

WORDS = "Buy seeds for 40"


def bed_decides(org: TestOrganisation, text: str) -> str:
    """The meeting of the bed east decides to move a motion in the assembly; the decision."""
    org.accepted(
        "meeting.call", by="ben", body="bed-meeting@east", starts="2027-01-05T10:00", matters=["motion-to-assembly"]
    )
    org.set_clock("2027-01-05T10:00:00Z")
    meeting = f"mt-{org.state.n - 1}"
    org.accepted("meeting.open", by="ben", meeting=meeting, present=people(org, "ada", "ben"))
    motion = made(
        org.accepted("motion.move", by="ada", body="bed-meeting@east", matter="motion-to-assembly", text=text),
        "motion.moved",
    )["motion"]
    put = org.accepted(
        "poll.open", by="ben", body="bed-meeting@east", question="Shall the bed move it?", matter="motion-to-assembly",
        motion=motion, meeting=meeting,
    )  # fmt: skip
    declared = org.accepted(
        "poll.declare", by="ben", poll=made(put, "poll.opened")["poll"], rule="yes-no", tallies={"for": 2, "against": 0}
    )
    return str(made(declared, "decision.taken")["decision"])


def test_an_office_moves_alone_and_its_motion_stands_when_seconded() -> None:
    org = called()
    motion = moved(org, "ada", "seeds", WORDS)
    assert not org.state.motions[motion].stands_since
    assert "the mover and each seconder are different" in says(org.refused("motion.second", by="ada", motion=motion))
    org.accepted("motion.second", by="fay", motion=motion)
    assert org.state.motions[motion].stands_since == "2027-01-04"


def test_three_members_move_together_one_by_one() -> None:
    org = called()
    motion = moved(org, "cleo", "seeds", WORDS, "dora")
    assert org.state.motions[motion].seconders_needed == 2
    assert not org.state.motions[motion].stands_since
    opened(org)
    unseconded = says(org.refused("poll.open", by="ada", **question("seeds", motion)))
    assert "2 others must second {'seconders': 1} -> 1 more must second" in unseconded


def test_a_unit_moves_by_the_decision_of_its_meeting_in_the_words_decided_once() -> None:
    org = called()
    decision = bed_decides(org, WORDS)
    act = {"by": "ben", "body": "assembly", "matter": "seeds", "decision": decision}
    assert "has the words that it decided" in says(org.refused("motion.move", text="Other words", **act))
    motion = made(org.accepted("motion.move", text=WORDS, **act), "motion.moved")["motion"]
    assert org.state.motions[motion].stands_since == "2027-01-05"
    assert "carried out already" in says(org.refused("motion.move", text=WORDS, **act))
    withdrawn = says(org.refused("motion.withdraw", by="ben", motion=motion))
    assert "a motion of the bed meeting of east is withdrawn by its decision" in withdrawn


def test_where_the_clause_names_no_body_none_moves_by_decision() -> None:
    org = called()
    refused = says(
        org.refused("motion.move", by="ada", body="assembly", matter="tools", text="A rake", decision="de-1")
    )
    assert "no clause lets a body move here by its decision" in refused


def test_a_motion_past_its_deadline_is_not_moved_for_that_meeting_but_waits_for_a_later_one() -> None:
    org = called()
    org.set_clock("2027-02-20")
    act = {"by": "ada", "body": "assembly", "matter": "seeds", "text": WORDS}
    late = org.refused("motion.move", meeting="mt-1", **act).grounds[0]
    assert (late.clause, late.says) == ("4", "a motion stands 10 days before the meeting")
    assert late.facts == {"meeting": "2027-03-01", "last day": "2027-02-19", "stood": "2027-02-20"}
    assert late.cure == ('leave "meeting" out: the motion waits for a later meeting, or the meeting holds it urgent')
    org.accepted("motion.move", **act)


def test_a_motion_seconded_too_late_is_not_put_unless_the_meeting_holds_it_urgent() -> None:
    org = called()
    motion = moved(org, "ada", "seeds", WORDS)
    org.set_clock("2027-02-20")
    org.accepted("motion.second", by="fay", motion=motion)
    opened(org)
    late = org.refused("poll.open", by="ada", **question("seeds", motion)).grounds[0]
    assert late.facts == {"meeting": "2027-03-01", "last day": "2027-02-19", "stood": "2027-02-20"}
    assert late.cure == "bring it to a meeting on 2027-03-02 or later"
    failed = voted(org, "urgency", motion, tally=(3, 2))
    assert [found["effect"] for found in failed.effects] == ["poll.declared"]
    assert made(failed, "poll.declared")["outcome"]["tests"][0]["majority"] == "2/3 of present"
    org.refused("poll.open", by="ada", **question("seeds", motion))
    urgent = made(voted(org, "urgency", motion, tally=(4, 1)), "decision.taken")
    assert (urgent["matter"], urgent["about"], urgent["clause"]) == ("urgency", motion, "2")
    assert org.state.motions[motion].standing == "open"
    decided = made(voted(org, "seeds", motion, tally=(4, 1)), "decision.taken")
    assert decided["text"] == WORDS
    assert org.replayed().digest() == org.state.digest()


def test_a_matter_that_was_not_on_the_notice_is_taken_only_when_held_urgent() -> None:
    org = opened(called("tools"))
    motion = moved(org, "cleo", "paths", "Gravel")
    refused = org.refused("poll.open", by="ada", **question("paths", motion)).grounds[0]
    assert "or let the meeting take it by 2/3 of present" in refused.cure
    voted(org, "urgency", motion, tally=(6, 0))
    made(voted(org, "paths", motion, tally=(4, 2)), "decision.taken")


def test_a_motion_is_not_moved_for_a_meeting_of_another_body_or_one_that_is_over() -> None:
    org = called()
    act = {"by": "ada", "body": "assembly", "matter": "seeds", "text": WORDS}
    assert "there is no meeting 'mt-9'" in says(org.refused("motion.move", meeting="mt-9", **act))
    org.accepted("meeting.cancel", by="ben", meeting="mt-1", why="rain")
    assert "the meeting is cancelled" in says(org.refused("motion.move", meeting="mt-1", **act))


def test_before_the_meeting_the_mover_withdraws_alone_and_then_only_with_its_consent() -> None:
    org = called()
    early = moved(org, "ada", "seeds", "Turnips", "fay")
    org.accepted("motion.withdraw", by="ada", motion=early)
    motion = moved(org, "ada", "seeds", WORDS, "fay")
    opened(org)
    refused = org.refused("motion.withdraw", by="ada", motion=motion).grounds[0]
    assert (refused.clause, refused.says) == ("4", "a motion before an open meeting is withdrawn with its consent")
    consent = made(voted(org, "withdrawal-of-motion", motion, tally=(4, 2)), "decision.taken")
    assert "withdrawn by its mover" in says(
        org.refused("motion.withdraw", by="fay", motion=motion, decision=consent["decision"])
    )
    org.accepted("motion.withdraw", by="ada", motion=motion, decision=consent["decision"])
    assert org.state.motions[motion].standing == "withdrawn"


def test_a_meetings_own_business_is_not_moved_beforehand_and_names_what_it_is_about() -> None:
    org = opened(called())
    assert "put at the meeting itself" in says(
        org.refused("motion.move", by="ada", body="assembly", matter="adjournment", text="Home")
    )
    assert "urgency is about a motion" in says(org.refused("poll.open", by="ada", **question("urgency")))
    assert "put by the chair" in says(org.refused("poll.open", by="fay", **question("adjournment")))
