"""The text is the law; the chair rules, the meeting can overturn, and the engine obeys, within a closed list of readings."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.engine.duties import duties
from isonomy.engine.explain import explain
from isonomy.engine.ruling import READINGS
from isonomy.engine.state import day_of
from tests.engine.order_rulebooks import assembled, line, moved, orderly, places
from tests.organisation import TestOrganisation


def put(org: TestOrganisation, meeting: str | None, matter: str, motion: str, **fields: Any) -> dict[str, Any]:
    """The act that puts a motion to a meeting."""
    hands = {"secrecy": "by show of hands"} if meeting else {}
    return {
        "by": "ada", "body": "assembly", "question": "Shall it be?", "matter": matter, "motion": motion, "meeting": meeting,
        **hands, **fields,
    }  # fmt: skip


def at_the_assembly() -> tuple[TestOrganisation, str, str]:
    """The assembly, called on the roof; a motion on paint, which the call did not name."""
    org = orderly()
    meeting = assembled(org, "assembly", ["roof"], 20)
    return org, meeting, moved(org, "paint")


def ruled(org: TestOrganisation, meeting: str, **fields: Any) -> str:
    """A ruling of the chair that paint lies within roof; its id."""
    where = line(org, places(org)["assembly"], "meets")
    org.accepted(
        "ruling.make", by="ada", meeting=meeting, words="Paint is roof.", reading="within-the-notice", matter="paint",
        within="roof", **where, **fields,
    )  # fmt: skip
    return f"ru-{org.state.n - 1}"


def declared(org: TestOrganisation, votes: tuple[int, int] = (4, 0)) -> str:
    """The last poll, declared; the poll's id."""
    poll = f"po-{org.state.n - 1}"
    tallies = {"for": votes[0], "against": votes[1], "abstain": 0}
    org.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies=tallies)
    return poll


# -- what a ruling does ------------------------------------------------------------------------------------


def test_a_ruling_lets_through_what_it_reads_and_the_entry_says_by_which() -> None:
    org, meeting, motion = at_the_assembly()
    act = put(org, meeting, "paint", motion)
    assert org.refused("poll.open", **act).grounds[0].clause == "2"
    ruling = ruled(org, meeting)
    accepted = org.accepted("poll.open", **act)
    assert "2" in accepted.clauses
    entry = org.state.rulings[ruling].entry
    said = explain(org.state, org.entries[-1], {})
    assert f"By the ruling in entry {entry} on clause 2" in said
    declared(org)
    assert org.state.decisions[f"de-{org.state.n - 1}"].standing_on(org.today) == "in force"
    assert org.replayed().digest() == org.state.digest()


def test_a_ruling_binds_its_own_case_only() -> None:
    org, meeting, _ = at_the_assembly()
    ruled(org, meeting)
    other = moved(org, "gutters")
    org.refused("poll.open", **put(org, meeting, "gutters", other))
    org.accepted("meeting.close", by="ada", meeting=meeting)
    org.days(1)
    org.accepted("meeting.call", by="ada", as_="chair", body="assembly", starts="2027-02-20T19:00", matters=["roof"])
    again = f"mt-{org.state.n - 1}"
    org.accepted("notice.send", by="ada", as_="chair", meeting=again, how="post", to_count=5)
    org.set_clock("2027-02-20T19:30:00Z")
    org.accepted("meeting.open", by="ada", meeting=again, present=[org.person(name) for name in ("ada", "ben", "cy")])
    motion = moved(org, "paint")
    org.refused("poll.open", **put(org, again, "paint", motion))


def test_a_motion_ruled_out_of_order_is_not_put_until_the_meeting_overturns_that() -> None:
    org = orderly()
    meeting = assembled(org, "assembly", ["roof"], 20)
    motion = moved(org, "roof")
    where = line(org, places(org)["dues"], "notice")
    org.accepted(
        "ruling.make", by="ada", meeting=meeting, words="It is dues.", reading="out-of-order", motion=motion, **where
    )
    ruling = f"ru-{org.state.n - 1}"
    ground = org.refused("poll.open", **put(org, meeting, "roof", motion)).grounds[0]
    assert ground.says == f"the motion is out of order, by the ruling in entry {ruling[3:]} on clause 3"
    assert ground.cure == f"appeal against {ruling} with ruling.appeal"
    org.accepted("ruling.appeal", by="cy", ruling=ruling)
    assert org.refused("poll.open", **put(org, meeting, "roof", motion)).grounds[0].cure == "wait for the appeal"
    org.accepted("ruling.decide", by="ben", ruling=ruling, meeting=meeting, sustain=1, overturn=3)
    org.accepted("poll.open", **put(org, meeting, "roof", motion))


def test_counting_both_days_makes_up_for_two_days_and_not_for_three() -> None:
    for days, passes in ((19, True), (18, False)):
        org = orderly()
        meeting = _short_notice(org, days)
        motion = moved(org, "dues")
        where = line(org, places(org)["dues"], "notice")
        org.accepted(
            "ruling.make",
            by="ada",
            meeting=meeting,
            words="Both count.",
            reading="days-counted",
            matter="dues",
            **where,
        )
        verdict = org.submit("poll.open", **put(org, meeting, "dues", motion))
        assert verdict.__class__.__name__ == ("Accepted" if passes else "Refused"), days


def _short_notice(org: TestOrganisation, days: int) -> str:
    """The assembly called on roof and dues in time, its notice sent so late that it lies so many days before."""
    org.accepted(
        "meeting.call", by="ada", as_="chair", body="assembly", starts="2027-01-29T19:00", matters=["roof", "dues"]
    )
    meeting = f"mt-{org.state.n - 1}"
    org.set_clock(f"2027-01-{29 - days:02}T09:00:00Z")
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=5)
    org.set_clock("2027-01-29T19:30:00Z")
    org.accepted(
        "meeting.open", by="ada", meeting=meeting, present=[org.person(name) for name in ("ada", "ben", "cy", "di")]
    )
    return meeting


def test_a_quorum_of_the_seats_may_be_read_as_of_the_filled_ones_and_falls_with_the_ruling() -> None:
    org = orderly()
    meeting = assembled(org, "board", ["budget"], 10, present=("ada", "ben", "cy"))
    org.accepted("quorum.challenge", by="cy", meeting=meeting)
    people = [org.person(name) for name in ("ada", "ben")]
    where = line(org, places(org)["board"], "quorum")
    org.accepted("ruling.make", by="ada", meeting=meeting, words="Filled ones.", reading="filled-seats", **where)
    ruling = f"ru-{org.state.n - 1}"
    org.accepted("quorum.count", by="ada", meeting=meeting, present=people)
    assert org.state.meetings[meeting].quorate == "yes"
    assert meeting in org.state.rulings[ruling].rests
    org.accepted("ruling.appeal", by="ben", ruling=ruling)
    org.accepted("ruling.decide", by="ben", ruling=ruling, meeting=meeting, sustain=0, overturn=2)
    assert org.state.meetings[meeting].quorate == "no"


# -- the appeal --------------------------------------------------------------------------------------------


def test_while_an_appeal_is_open_nothing_that_rests_on_the_ruling_goes_on() -> None:
    org, meeting, motion = at_the_assembly()
    ruling = ruled(org, meeting)
    org.accepted("poll.open", **put(org, meeting, "paint", motion))
    poll = f"po-{org.state.n - 1}"
    org.accepted("ruling.appeal", by="eli", ruling=ruling)
    tallies = {"for": 4, "against": 0, "abstain": 0}
    ground = org.refused("poll.declare", by="ada", poll=poll, rule="yes-no", tallies=tallies).grounds[0]
    assert ground.cure == "decide the appeal first, with ruling.decide"
    org.accepted("ruling.decide", by="ben", ruling=ruling, meeting=meeting, sustain=1, overturn=3)
    org.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies=tallies)
    assert not org.state.polls[poll].decision
    assert org.state.decisions == {}


def test_another_presides_over_the_appeal_and_a_tie_is_as_the_clause_says() -> None:
    org, meeting, _ = at_the_assembly()
    ruling = ruled(org, meeting)
    org.accepted("ruling.appeal", by="cy", ruling=ruling)
    ground = org.refused("ruling.decide", by="ada", ruling=ruling, meeting=meeting, sustain=3, overturn=0).grounds[0]
    assert ground.says == "another than who ruled presides over the appeal"
    assert ground.facts["may preside"] == ["p-ben000"]
    org.refused("ruling.decide", by="ben", ruling=ruling, meeting=meeting, sustain=5, overturn=2)
    org.accepted("ruling.decide", by="ben", ruling=ruling, meeting=meeting, sustain=2, overturn=2)
    assert org.state.rulings[ruling].standing == "overturned"


def test_a_quick_result_and_a_quick_closing_do_not_cut_an_appeal_off() -> None:
    org, meeting, motion = at_the_assembly()
    ruling = ruled(org, meeting)
    org.accepted("poll.open", **put(org, meeting, "paint", motion))
    declared(org)
    decision = f"de-{org.state.n - 1}"
    org.accepted("meeting.close", by="ada", meeting=meeting)
    assert org.submit("ruling.appeal", by="cy", ruling=ruling).__class__.__name__ == "Accepted"
    assert org.state.decisions[decision].standing_on(org.today) == "under appeal"


def test_an_appeal_on_another_day_comes_too_late() -> None:
    org, meeting, _ = at_the_assembly()
    ruling = ruled(org, meeting)
    org.days(1)
    ground = org.refused("ruling.appeal", by="cy", ruling=ruling).grounds[0]
    assert ground.says == "a ruling at a meeting is appealed at once: on that day"


def test_what_the_meeting_overturned_is_not_ruled_again() -> None:
    org, meeting, motion = at_the_assembly()
    ruling = ruled(org, meeting)
    org.accepted("ruling.appeal", by="cy", ruling=ruling)
    org.accepted("ruling.decide", by="ben", ruling=ruling, meeting=meeting, sustain=0, overturn=3)
    where = line(org, places(org)["assembly"], "meets")
    refused = org.refused(
        "ruling.make", by="ada", meeting=meeting, words="Again.", reading="within-the-notice", matter="paint", within="roof",
        **where,
    )  # fmt: skip
    assert refused.grounds[0].says == "this ruling was overturned, and is not made again in the same case"
    org.refused("poll.open", **put(org, meeting, "paint", motion))


def letters(org: TestOrganisation) -> tuple[str, str]:
    """A ruling between meetings that a letter was discussed enough, and the decision that rests on it."""
    motion = moved(org, "letters")
    where = line(org, places(org)["letters"], "discussion")
    ask = {"words": "Enough.", "reading": "discussed-enough", "motion": motion, **where}
    assert org.refused("ruling.make", by="ben", **ask).grounds[0].clause == "7"
    act = put(org, None, "letters", motion, closes_on="2027-01-06")
    assert org.refused("poll.open", **act).grounds[0].says == "7 days of discussion"
    org.accepted("ruling.make", by="ada", **ask)
    ruling = f"ru-{org.state.n - 1}"
    org.accepted("poll.open", **act)
    poll = f"po-{org.state.n - 1}"
    for voter in ("cy", "di", "eli"):
        org.accepted("ballot.cast", by=voter, poll=poll, ballot="for")
    org.days(3)
    org.accepted("poll.close", by="ada", poll=poll)
    org.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies={"for": 3, "against": 0, "abstain": 0})
    return ruling, f"de-{org.state.n - 1}"


def test_between_meetings_what_rests_on_a_ruling_is_provisional_until_the_time_to_appeal_has_run() -> None:
    org = orderly()
    ruling, decision = letters(org)
    assert org.state.rulings[ruling].appealable_until == "2027-01-18"
    assert org.state.decisions[decision].standing_on("2027-01-18") == "provisional"
    assert org.state.decisions[decision].standing_on("2027-01-19") == "in force"
    org.days(15)
    assert org.refused("ruling.appeal", by="cy", ruling=ruling).grounds[0].says == "an appeal is lodged in time"


@pytest.mark.parametrize("stands", [True, False])
def test_what_rested_on_an_overturned_ruling_is_reviewed(stands: bool) -> None:
    org = orderly()
    ruling, decision = letters(org)
    org.accepted("ruling.appeal", by="eli", ruling=ruling)
    assert org.state.decisions[decision].standing_on("2027-03-01") == "under appeal"
    assert f"decide {ruling}" in [duty.id for duty in duties(org.state, day_of(org.today))]
    meeting = assembled(org, "board", ["ruling"], 20, present=("ada", "ben", "cy", "di"))
    org.accepted("ruling.decide", by="ben", ruling=ruling, meeting=meeting, sustain=1, overturn=3)
    assert org.state.decisions[decision].standing_on("2027-03-01") == "under review"
    owed = next(duty for duty in duties(org.state, day_of(org.today)) if duty.id == f"review {decision}")
    assert owed.seats == ("board",)
    motion = moved(org, "ruling", body="board", ratifies=decision)
    org.accepted("poll.open", **put(org, meeting, "ruling", motion, body="board"))
    declared(org, (3, 1) if stands else (1, 3))
    assert org.state.decisions[decision].standing_on("2027-03-01") == ("in force" if stands else "annulled")
    assert f"review {decision}" not in [duty.id for duty in duties(org.state, day_of(org.today))]
    assert org.replayed().digest() == org.state.digest()


# -- for all cases -----------------------------------------------------------------------------------------


def general(org: TestOrganisation) -> str:
    """The board's ruling for all cases that both days count; its id."""
    meeting = assembled(org, "board", ["ruling"], 10, present=("ada", "ben", "cy", "di"))
    motion = moved(org, "ruling", body="board")
    org.accepted("poll.open", **put(org, meeting, "ruling", motion, body="board"))
    declared(org)
    where = line(org, places(org)["dues"], "notice")
    decision = f"de-{org.state.n - 1}"
    ground = org.refused(
        "ruling.make", by="ben", words="Other words.", reading="days-counted", decision=decision, **where
    ).grounds[0]
    assert ground.says == "a ruling for all cases has the words that were decided"
    org.accepted("ruling.make", by="ben", words="On ruling.", reading="days-counted", decision=decision, **where)
    org.accepted("meeting.close", by="ada", meeting=meeting)
    return f"ru-{org.state.n - 1 - 1}"


def test_a_ruling_for_all_cases_is_a_body_s_and_ends_with_the_next_supreme_meeting_unless_confirmed() -> None:
    for confirms in (False, True):
        org = orderly()
        ruling = general(org)
        for starts, last in (("2027-02-20", "2027-02-01"), ("2027-03-30", "2027-03-11")):
            org.set_clock("2027-01-20T09:00:00Z" if starts < "2027-03" else "2027-03-01T09:00:00Z")
            org.accepted(
                "meeting.call",
                by="ada",
                as_="chair",
                body="assembly",
                starts=f"{starts}T19:00",
                matters=["dues", "ruling"],
            )
            meeting = f"mt-{org.state.n - 1}"
            org.set_clock(f"{last}T09:00:00Z")
            org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=5)
            org.set_clock(f"{starts}T19:30:00Z")
            org.accepted(
                "meeting.open", by="ada", meeting=meeting, present=[org.person(name) for name in ("ada", "ben", "cy")]
            )
            motion = moved(org, "dues")
            verdict = org.submit("poll.open", **put(org, meeting, "dues", motion))
            lets = starts < "2027-03" or confirms
            assert verdict.__class__.__name__ == ("Accepted" if lets else "Refused"), (starts, confirms)
            if lets:
                declared(org, (2, 0))
            if confirms and starts < "2027-03":
                confirming = moved(org, "ruling", ratifies=ruling)
                org.accepted("poll.open", **put(org, meeting, "ruling", confirming))
                declared(org, (3, 0))
                assert org.state.rulings[ruling].confirmed
            org.accepted("meeting.close", by="ada", meeting=meeting)


# -- what is never ruled on --------------------------------------------------------------------------------


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(READINGS)), st.integers(1, 120), st.sampled_from(["1", "2", "3", "4", "5", "6", "7"]))
def test_no_ruling_reads_the_amendment_clause_or_the_rulers_own_mandate(reading: str, number: int, clause: str) -> None:
    """Whatever line and reading: nothing of clause 6, and nothing of the keys by which the chair holds the chair."""
    org, meeting, motion = at_the_assembly()
    fields: dict[str, Any] = {"motion": motion} if READINGS[reading].of == "motion" else {}
    fields |= {"matter": "paint"} if READINGS[reading].of == "matter" else {}
    fields |= {"within": "roof"} if reading == "within-the-notice" else {}
    for name in (reading, None):
        verdict = org.judge(
            "ruling.make", by="ada", meeting=meeting, words="So.", clause=clause, line=number, reading=name,
            **(fields if name else {}),
        )  # fmt: skip
        chair = org.state.rulebook("ed-0").offices["chair"].place
        if verdict.__class__.__name__ == "Accepted":
            assert clause != "6"
            assert number not in chair.lines.values()


def test_no_ruling_reaches_amendments_rulings_or_an_opening_balance_by_their_matter() -> None:
    org, meeting, _ = at_the_assembly()
    where = line(org, places(org)["assembly"], "meets")
    for matter in ("amendment", "ruling", "opening-balance"):
        for reading, more in (("within-the-notice", {"within": "roof"}), ("outside-the-notice", {})):
            org.refused(
                "ruling.make", by="ada", meeting=meeting, words="So.", reading=reading, matter=matter, **where, **more
            )


def test_no_ruling_reaches_the_rulers_own_case() -> None:
    org, meeting, _ = at_the_assembly()
    where = line(org, places(org)["assembly"], "meets")
    for matter in ("removal-from-chair", "election-of-chair", "election-of-board"):
        refused = org.refused(
            "ruling.make", by="ada", meeting=meeting, words="So.", reading="outside-the-notice", matter=matter, **where
        )
        assert refused.grounds[0].says == "nobody rules on their own mandate"
    motion = moved(org, "roof", person=org.person("ada"))
    refused = org.refused(
        "ruling.make", by="ada", meeting=meeting, words="So.", reading="out-of-order", motion=motion, **where
    )
    assert refused.grounds[0].says == "nobody rules on a motion about themselves"


def test_while_a_poll_runs_its_roll_secrecy_and_threshold_are_not_ruled_on() -> None:
    org = orderly()
    meeting = assembled(org, "board", ["budget"], 10, present=("ada", "ben", "cy"))
    motion = moved(org, "budget", body="board")
    where = line(org, places(org)["board"], "quorum")
    ask = {"by": "ada", "meeting": meeting, "words": "So.", "reading": "filled-seats", **where}
    assert org.judge("ruling.make", **ask).__class__.__name__ == "Accepted"
    org.accepted("poll.open", **put(org, meeting, "budget", motion, body="board"))
    assert org.refused("ruling.make", **ask).grounds[0].says == (
        "nobody rules on the roll, the secrecy or the threshold of a poll while it runs"
    )
    org.refused("ruling.make", **{**ask, "reading": None})


def test_a_matter_with_a_road_of_its_own_is_never_read_into_another() -> None:
    org, meeting, _ = at_the_assembly()
    where = line(org, places(org)["assembly"], "meets")
    for matter in ("ratification", "admission", "election-of-secretary", "removal-from-secretary"):
        org.refused(
            "ruling.make", by="ada", meeting=meeting, words="So.", reading="within-the-notice", matter=matter, within="roof",
            **where,
        )  # fmt: skip


@pytest.mark.parametrize("by", ["ben", "cy"])
def test_at_a_meeting_its_chair_rules(by: str) -> None:
    org, meeting, _ = at_the_assembly()
    where = line(org, places(org)["assembly"], "meets")
    refused = org.refused("ruling.make", by=by, meeting=meeting, words="So.", **where)
    assert refused.grounds[0].facts["may rule"] == ["p-ada000"]


def test_words_alone_bind_people_and_move_no_verdict() -> None:
    org, meeting, motion = at_the_assembly()
    where = line(org, places(org)["assembly"], "meets")
    org.accepted("ruling.make", by="ada", meeting=meeting, words="Paint is roof.", **where)
    org.refused("poll.open", **put(org, meeting, "paint", motion))


def test_a_late_amendment_is_taken_by_a_ruling_and_decides_nothing_once_that_is_overturned() -> None:
    org = orderly()
    meeting = assembled(org, "assembly", ["anthem"], 20)
    motion = moved(org, "anthem")
    late = {"by": "di", "motion": motion, "text": "Another anthem."}
    assert org.refused("motion.amend", **late).grounds[0].says == "an amendment stands 5 days before the meeting"
    where = line(org, places(org)["anthem"], "amendment deadline")
    org.accepted(
        "ruling.make", by="ada", meeting=meeting, words="Better late.", reading="late-amendment", motion=motion, **where
    )
    ruling = f"ru-{org.state.n - 1}"
    org.accepted("motion.amend", **late)
    amendment = f"am-{org.state.n - 1}"
    assert org.state.rulings[ruling].rests == [amendment]
    org.accepted("poll.open", **put(org, meeting, "anthem", motion, amendment=amendment))
    poll = f"po-{org.state.n - 1}"
    org.accepted("ruling.appeal", by="eli", ruling=ruling)
    tallies = {"for": 4, "against": 0, "abstain": 0}
    org.refused("poll.declare", by="ada", poll=poll, rule="yes-no", tallies=tallies)
    org.accepted("ruling.decide", by="ben", ruling=ruling, meeting=meeting, sustain=0, overturn=4)
    org.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies=tallies)
    assert org.state.motions[motion].text == "On anthem."
    assert org.replayed().digest() == org.state.digest()
