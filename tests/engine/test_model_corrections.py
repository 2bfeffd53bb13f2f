"""A correction mends a slip, by the power that made the entry, approved where it touches others; nothing is gained."""

from __future__ import annotations

from typing import Any

import pytest

from isonomy.engine.refusal import Refused
from isonomy.kernel.bad_input import BadInput
from tests.engine.test_deciding import assembled, put
from tests.engine.test_founding import club, says
from tests.organisation import TestOrganisation


def spent(org: TestOrganisation, text: str = "Oras", amount: int = 50) -> tuple[int, str]:
    """A decision of the chair: its entry and id."""
    taken = org.accepted("decision.take", by="ada", as_="chair", matter="spending", text=text, amount=amount)
    return org.state.n - 1, taken.effects[0]["decision"]


def approved(org: TestOrganisation, meeting: str, words: str, **about: str) -> str:
    """A decision of the congress that approves a correction."""
    moved = org.accepted("motion.move", by="cy", body="congress", matter="correction", text=words, **about)
    poll = org.accepted(
        "poll.open", by="ben", as_="secretary", body="congress", question="?", matter="correction",
        motion=moved.effects[0]["motion"], meeting=meeting,
    ).effects[0]["poll"]  # fmt: skip
    tallies = {"for": 3, "against": 0}
    effects = org.accepted("poll.declare", by="ben", as_="secretary", poll=poll, rule="yes-no", tallies=tallies).effects
    return str(effects[1]["decision"])


# -- whose entry, whose power ------------------------------------------------------------------------------


def test_an_entry_of_ones_own_opens_no_door_to_anothers_thing() -> None:
    """Whoever made some entry may not mend, under its number, what another entry made."""
    org = club()
    org.days(95)
    org.accepted("motion.move", by="cy", body="congress", matter="programme", text="Mine")
    own = org.state.n - 1
    _, decision = spent(org)
    refused = org.refused("correct", by="cy", entry=own, thing=decision, key="text", now="A yacht", why="a slip")
    assert "in the entry that made the thing" in says(refused)
    assert org.state.decisions[decision].text == "Oras"


def test_a_seat_in_which_an_entry_was_made_lends_its_power_to_no_fellow_member() -> None:
    org = club()
    org.days(95)
    org.accepted("motion.move", by="cy", as_="congress", body="congress", matter="programme", text="As cy means it")
    entry = org.state.n - 1
    refused = org.refused(
        "correct", by="ada", entry=entry, thing=f"mo-{entry}", key="text", now="As ada likes it", why="a slip"
    )
    assert "a motion's words are its mover's" in says(refused)
    by_clause = org.refused(
        "correct", by="ben", as_="secretary", entry=entry, thing=f"mo-{entry}", key="text", now="x", why="a slip"
    )
    assert "a motion's words are its mover's" in says(by_clause)


def test_whoever_left_an_office_mends_nothing_in_it() -> None:
    org = club()
    entry, decision = spent(org)
    org.accepted("mandate.end", by="ada", mandate="ma-0-0")
    refused = org.refused("correct", by="ada", entry=entry, thing=decision, key="text", now="Oars", why="a slip")
    assert "by those who have the power" in says(refused)


# -- what a correction does not give -----------------------------------------------------------------------


def test_a_correction_gives_no_amount_beyond_the_power() -> None:
    org = club()
    entry, decision = spent(org)
    refused = org.refused("correct", by="ada", entry=entry, thing=decision, key="amount", now=20_000, why="a slip")
    assert "the power reaches up to 200" in says(refused)
    org.accepted("correct", by="ada", entry=entry, thing=decision, key="amount", now=150, why="a slip")


def test_a_mandate_is_not_lengthened_by_a_correction() -> None:
    org, meeting = assembled(matters=("correction",))
    words = "The mandate of the chair runs until 2029-01-04"
    decision = approved(org, meeting, words, person=org.person("ada"))
    refused = org.refused(
        "correct", by="ada", entry=0, thing="ma-0-0", key="until", now="2029-01-04", why="a slip", decision=decision
    )
    assert "the term is 1 year" in says(refused)
    assert refused.grounds[0].cure == "until 2028-01-04 at the latest"


def test_the_end_of_ones_own_mandate_is_not_ones_own_to_set() -> None:
    org = club()
    refused = org.refused("correct", by="ada", entry=0, thing="ma-0-0", key="until", now="2027-12-01", why="a slip")
    assert "the congress approves corrections" in says(refused)


def test_no_office_gets_a_second_holder_by_a_correction() -> None:
    org, meeting = assembled(matters=("correction", "election-of-chair"))
    poll = org.accepted(
        "poll.open", by="ben", as_="secretary", body="congress", question="Who?", matter="election-of-chair",
        meeting=meeting, seat="chair", options=[{"name": "Cy", "person": org.person("cy")}],
    ).effects[0]["poll"]  # fmt: skip
    tallies = {"for": 3, "against": 0}
    chosen = org.accepted("poll.declare", by="ben", as_="secretary", poll=poll, rule="yes-no", tallies=tallies)
    begun = org.accepted(
        "mandate.begin", by="ben", as_="secretary", person=org.person("cy"), seat="chair", since="2028-01-04",
        decision=chosen.effects[1]["decision"],
    )  # fmt: skip
    entry = org.state.n - 1
    mandate = next(effect["mandate"] for effect in begun.effects if effect["effect"] == "mandate.begun")
    decision = approved(org, meeting, "cy since 2027-06-01", person=org.person("cy"))
    org.submit(
        "correct", by="ben", as_="secretary", entry=entry, thing=mandate, key="since", now="2027-06-01", why="a slip",
        decision=decision,
    )  # fmt: skip
    for day in ("2027-05-31", "2027-06-01", "2027-12-31", "2028-01-04"):
        assert len(org.state.mandates_of_seat("chair", day)) <= 1, day


def test_the_hour_of_a_meeting_is_not_mended_once_notice_is_sent() -> None:
    org = club()
    org.days(20)
    called = org.accepted(
        "meeting.call", by="ben", as_="secretary", body="congress", starts="2027-04-03T10:00", matters=["programme"]
    )
    entry, meeting = org.state.n - 1, called.effects[0]["meeting"]

    def corrected(now: str) -> Any:
        return org.submit(
            "correct", by="ben", as_="secretary", entry=entry, thing=meeting, key="starts", now=now, why="slip"
        )

    past = corrected("2027-01-05T10:00")
    assert isinstance(past, Refused)
    assert "still to come" in says(past)
    assert not isinstance(corrected("2027-04-03T11:00"), Refused)
    org.accepted("notice.send", by="ben", as_="secretary", meeting=meeting, how="post", to_count=3)
    late = corrected("2027-04-10T11:00")
    assert isinstance(late, Refused)
    assert "those who had notice" in says(late)


def test_a_motion_that_others_took_up_keeps_its_words() -> None:
    org = club()
    org.days(95)
    org.accepted("motion.move", by="cy", body="congress", matter="programme", text="A new roof")
    entry = org.state.n - 1
    org.accepted("correct", by="cy", entry=entry, thing=f"mo-{entry}", key="text", now="A new roof.", why="a full stop")
    org.accepted("motion.second", by="ada", motion=f"mo-{entry}")
    refused = org.refused(
        "correct", by="cy", entry=entry, thing=f"mo-{entry}", key="text", now="A palace", why="a slip"
    )
    assert "stand once others have taken them up" in says(refused)


def test_what_is_being_ratified_does_not_change_under_the_vote() -> None:
    org, meeting = assembled(matters=("ratification",))
    entry, decision = spent(org)
    poll = put(org, meeting, "ratification", ratifies=decision)
    refused = org.refused("correct", by="ada", entry=entry, thing=decision, key="text", now="A boat", why="a slip")
    assert poll in refused.grounds[0].facts["polls"]


def test_a_lapsed_decision_is_not_mended_back_to_life() -> None:
    org = club()
    entry, decision = spent(org)
    org.days(40)
    refused = org.refused("correct", by="ada", entry=entry, thing=decision, key="text", now="Oars", why="a slip")
    assert "has lapsed" in says(refused)


# -- approval ----------------------------------------------------------------------------------------------


def test_an_approval_is_for_one_correction_of_one_thing_as_its_words_say() -> None:
    org, meeting = assembled(matters=("correction",))
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("dora"), unit="north")
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("emil"), unit="north")
    entry = org.state.n - 2
    decision = approved(org, meeting, "dora belongs to south", person=org.person("dora"))

    def corrected(person: str, now: str, entry: int) -> Any:
        return org.submit(
            "correct", by="ben", as_="secretary", entry=entry, thing=org.person(person), key="unit", now=now,
            why="wrong branch noted", decision=decision,
        )  # fmt: skip

    other = corrected("emil", "south", entry + 1)
    assert isinstance(other, Refused)
    assert "each by itself" in says(other)
    assert not isinstance(corrected("dora", "south", entry), Refused)
    assert org.state.persons["p-dora000"].unit == "south"
    again = corrected("dora", "north", org.state.n - 1)
    assert isinstance(again, Refused)


def test_an_approval_without_a_motion_approves_nothing() -> None:
    org, meeting = assembled(matters=("correction",))
    refused = org.refused(
        "poll.open", by="ben", as_="secretary", body="congress", question="Correct things?", matter="correction",
        meeting=meeting,
    )  # fmt: skip
    assert "is moved before it is put" in says(refused)
    vague = org.refused("motion.move", by="cy", body="congress", matter="correction", text="Whatever")
    assert "names what it corrects" in says(vague)


def test_a_correction_is_not_told_of_but_made() -> None:
    org = club()
    with pytest.raises(BadInput, match="cannot be reported"):
        org.report(
            {"act": "correct", "entry": 0, "thing": "p-ada000", "key": "unit", "now": "south", "why": "x"},
            by="ben", as_="secretary", happened={"earliest": org.today, "latest": org.today}, source="minutes",
        )  # fmt: skip
