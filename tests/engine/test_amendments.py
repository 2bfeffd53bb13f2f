"""Amendments are moved in time, put before their motion in the order of the clause, and change its words when carried."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.engine.explain import explain
from isonomy.engine.motion import Amendment
from tests.engine.meeting_rulebooks import says
from tests.engine.motion_rulebooks import PARLIAMENT, amended, called, made, moved, opened, question, voted
from tests.engine.test_reported_meetings import told
from tests.organisation import TestOrganisation

WORDS = "Buy seeds for 40 and one rake"


def before_the_assembly() -> tuple[TestOrganisation, str]:
    """A motion on seeds that stands, two months before the assembly."""
    org = called("seeds", "tools", "amendment")
    return org, moved(org, "ada", "seeds", WORDS, "fay")


def on_tools() -> tuple[TestOrganisation, str]:
    """The assembly is open; a motion on tools is before it."""
    org = opened(called("seeds", "tools", "amendment"))
    return org, moved(org, "cleo", "tools", WORDS)


def test_an_amendment_that_is_carried_changes_the_words_and_the_decision_names_it() -> None:
    org, motion = on_tools()
    dearer = amended(org, "dora", motion, passage="40", becomes="50")
    first = org.refused("poll.open", by="ada", **question("tools", motion)).grounds[0]
    assert (first.clause, first.says, first.cure) == (
        "5",
        "amendments are put before the motion",
        f"put {dearer} first",
    )
    carried = voted(org, "tools", motion, dearer, tally=(3, 2))
    assert made(carried, "amendment.taken.in")["text"] == "Buy seeds for 50 and one rake"
    assert made(carried, "poll.declared")["outcome"]["tests"][0]["majority"] == "1/2 of cast"
    assert org.state.motions[motion].standing == "open"
    assert "decision.taken" not in {found["effect"] for found in carried.effects}
    decision = made(voted(org, "tools", motion, tally=(4, 2)), "decision.taken")
    assert (decision["text"], decision["amendments"], decision["motion"]) == (
        "Buy seeds for 50 and one rake", [dearer], motion,
    )  # fmt: skip
    found = org.state.motions[motion]
    assert (found.moved_text, found.amended_by) == (WORDS, [dearer])
    assert org.replayed().digest() == org.state.digest()
    for entry in org.entries:
        assert "None" not in explain(org.state, entry)


def test_an_amendment_that_is_not_carried_leaves_the_words_as_they_were() -> None:
    org, motion = on_tools()
    dearer = amended(org, "dora", motion, passage="40", becomes="50")
    voted(org, "tools", motion, dearer, tally=(3, 3))
    assert org.state.amendments[dearer].standing == "not carried"
    assert made(voted(org, "tools", motion, tally=(6, 0)), "decision.taken")["text"] == WORDS


def test_a_passage_is_found_once_and_something_changes_and_is_left() -> None:
    org, motion = on_tools()
    for fields, why in (
        ({"passage": "beans"}, "the passage stands in the motion exactly once"),
        ({"passage": "e", "becomes": "a"}, "quote more of it"),
        ({"text": WORDS}, "an amendment changes the words of the motion"),
        ({"passage": WORDS}, "an amendment leaves something to decide"),
        ({"passage": "rake", "becomes": "x" * 19_990}, "at most 20,000 characters"),
        ({}, "another whole text, or a passage"),
        ({"text": "A", "passage": "rake"}, "another whole text, or a passage"),
        ({"text": "A", "becomes": "B"}, "stands with a passage"),
        ({"text": "A", "edition": "ed-0"}, "only a motion to amend the rulebook has an edition"),
    ):
        assert why in says(org.refused("motion.amend", by="dora", motion=motion, **fields)), fields
    one = amended(org, "dora", motion, passage="one rake", becomes="2 rakes")
    again = says(org.refused("motion.amend", by="emil", motion=motion, passage="one rake", becomes="2 rakes"))
    assert f"second {one}" in again


def test_where_no_clause_takes_amendments_there_are_none_and_none_to_amendments() -> None:
    org = opened(called("paths"))
    motion = moved(org, "cleo", "paths", "Gravel")
    refused = org.refused("motion.amend", by="dora", motion=motion, text="Sand").grounds[0]
    assert refused.says == "no clause takes amendments to a motion on paths"
    org, motion = on_tools()
    one = amended(org, "dora", motion, text="Nothing but a rake")
    assert "there is no motion" in says(org.refused("motion.amend", by="emil", motion=one, text="Two"))


def test_in_the_order_received_each_waits_for_the_one_before_and_what_lost_its_place_falls() -> None:
    org, motion = on_tools()
    first = amended(org, "dora", motion, passage="one rake", becomes="2 rakes")
    second = amended(org, "emil", motion, passage="and one rake")
    third = amended(org, "fay", motion, passage="40", becomes="30")
    refused = org.refused("poll.open", by="ada", **question("tools", motion, second)).grounds[0]
    assert refused.cure == f"put {first} first"
    assert "amendments are put in the order received" in says(
        org.refused("amendment.order", by="ada", motion=motion, amendments=[third, first, second])
    )
    carried = voted(org, "tools", motion, first, tally=(4, 2))
    assert made(carried, "amendment.closed") == {"effect": "amendment.closed", "amendment": second, "how": "fallen"}
    voted(org, "tools", motion, third, tally=(4, 2))
    decision = made(voted(org, "tools", motion, tally=(4, 2)), "decision.taken")
    assert (decision["text"], decision["amendments"]) == ("Buy seeds for 30 and 2 rakes", [first, third])


def test_of_two_whole_texts_one_is_carried_and_the_other_falls() -> None:
    org, motion = on_tools()
    one = amended(org, "dora", motion, text="Buy a plough")
    other = amended(org, "emil", motion, text="Buy nothing")
    voted(org, "tools", motion, one, tally=(4, 2))
    assert org.state.amendments[other].standing == "fallen"


def test_who_goes_furthest_is_laid_down_by_the_chair_and_holds() -> None:
    org, motion = before_the_assembly()
    near = amended(org, "dora", motion, "emil", passage="40", becomes="45")
    far = amended(org, "emil", motion, "dora", passage="40", becomes="400")
    amended(org, "cleo", motion, passage="rake", becomes="hoe")
    opened(org)
    refused = org.refused("poll.open", by="ada", **question("seeds", motion, near)).grounds[0]
    assert refused.cure == "lay down the order with amendment.order"
    assert "by the chair" in says(org.refused("amendment.order", by="dora", motion=motion, amendments=[near, far]))
    half = org.refused("amendment.order", by="ada", motion=motion, amendments=[far])
    assert "the order names every amendment that stands" in says(half)
    org.accepted("amendment.order", by="ada", motion=motion, amendments=[far, near])
    assert f"put {far} first" in says(org.refused("poll.open", by="ada", **question("seeds", motion, near)))
    voted(org, "seeds", motion, far, tally=(1, 5))
    voted(org, "seeds", motion, near, tally=(5, 1))
    # The third was not seconded: it does not stand, and keeps the motion from nothing.
    assert made(voted(org, "seeds", motion, tally=(6, 0)), "decision.taken")["amendments"] == [near]


def test_an_amendment_past_its_deadline_is_not_moved_and_one_seconded_too_late_not_put() -> None:
    org, motion = before_the_assembly()
    late = amended(org, "dora", motion, passage="40", becomes="45")
    org.set_clock("2027-02-26")
    refused = org.refused("motion.amend", by="emil", motion=motion, text="Buy nothing").grounds[0]
    assert (refused.clause, refused.says) == ("4", "an amendment stands 4 days before the meeting")
    assert refused.facts["last day"] == "2027-02-25"
    org.accepted("amendment.second", by="emil", amendment=late)
    opened(org)
    refused = org.refused("poll.open", by="ada", **question("seeds", motion, late)).grounds[0]
    assert refused.facts["stood"] == "2027-02-26"
    voted(org, "seeds", motion, tally=(6, 0))


def test_seconders_are_others_and_unseconded_amendments_are_not_put() -> None:
    org, motion = before_the_assembly()
    one = amended(org, "dora", motion, passage="40", becomes="45")
    assert "different persons" in says(org.refused("amendment.second", by="dora", amendment=one))
    opened(org)
    assert "1 other must second" in says(org.refused("poll.open", by="ada", **question("seeds", motion, one)))


def test_the_mover_accepts_before_the_meeting_where_the_clause_says_so() -> None:
    org, motion = before_the_assembly()
    one = amended(org, "dora", motion, "emil", passage="40", becomes="45")
    two = amended(org, "dora", motion, "emil", passage="rake", becomes="hoe")
    unseconded = amended(org, "dora", motion, passage="one", becomes="no")
    assert "accepted by the mover" in says(org.refused("amendment.accept", by="fay", amendment=one))
    assert "1 other must second" in says(org.refused("amendment.accept", by="ada", amendment=unseconded))
    accepted = made(org.accepted("amendment.accept", by="ada", amendment=one), "amendment.taken.in")
    assert (accepted["how"], accepted["text"]) == ("accepted", "Buy seeds for 45 and one rake")
    assert "the amendment is accepted" in says(org.refused("amendment.withdraw", by="dora", amendment=one))
    opened(org)
    assert "the motion is the meeting's" in says(org.refused("amendment.accept", by="ada", amendment=two))
    org.accepted("amendment.withdraw", by="dora", amendment=two)
    assert org.state.amendments[two].standing == "withdrawn"
    voted(org, "seeds", motion, tally=(6, 0))


def test_while_something_is_voted_on_it_is_neither_amended_nor_withdrawn() -> None:
    org, motion = on_tools()
    one = amended(org, "dora", motion, passage="40", becomes="45")
    put = org.accepted("poll.open", by="ada", **question("tools", motion, one))
    assert "being voted on" in says(org.refused("amendment.withdraw", by="dora", amendment=one))
    assert "being voted on" in says(org.refused("motion.withdraw", by="cleo", motion=motion))
    assert "being voted on" in says(org.refused("poll.open", by="ada", **question("tools", motion, one)))
    poll = made(put, "poll.opened")["poll"]
    org.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies={"for": 0, "against": 3})
    org.accepted("poll.open", by="ada", **question("tools", motion))
    assert "being voted on" in says(org.refused("motion.amend", by="dora", motion=motion, text="Late"))


def test_a_motion_to_amend_the_rulebook_is_amended_by_another_lodged_text() -> None:
    org = opened(called("amendment"))
    first, second = (PARLIAMENT.replace("14 days", days) for days in ("15 days", "16 days"))
    editions = [
        made(
            org.accepted("rulebook.lodge", by="cleo", rulebook=text, sha256=hashlib.sha256(text.encode()).hexdigest()),
            "edition.lodged",
        )["edition"]
        for text in (first, second)
    ]
    motion = moved(org, "cleo", "amendment", "15 days", edition=editions[0])
    assert "another lodged text" in says(org.refused("motion.amend", by="dora", motion=motion, text="16 days"))
    amendment = amended(org, "dora", motion, text="16 days", edition=editions[1])
    voted(org, "amendment", motion, amendment, tally=(4, 2))
    decision = made(voted(org, "amendment", motion, tally=(4, 2)), "decision.taken")
    assert (decision["draft"], decision["text"]) == (editions[1], "16 days")


@pytest.mark.parametrize("tally", [(2, 2), (1, 3)])
def test_the_motion_itself_keeps_its_own_majority(tally: tuple[int, int]) -> None:
    org, motion = on_tools()
    assert [found["effect"] for found in voted(org, "tools", motion, tally=tally).effects] == ["poll.declared"]


@given(st.text("ab ", min_size=1, max_size=8), st.text("ab ", min_size=1, max_size=3), st.text("abc", max_size=3))
def test_an_amendment_changes_its_passage_and_nothing_else(text: str, passage: str, becomes: str) -> None:
    found = Amendment("am-1", "mo-1", "assembly", "p-ada000", "2027-01-04", passage=passage, becomes=becomes).of(text)
    places = [start for start in range(len(text)) if text.startswith(passage, start)]
    if text.count(passage) != 1:
        assert found is None
    else:
        before, after = text[: places[0]], text[places[0] + len(passage) :]
        assert found == before + becomes + after


def test_an_amendment_told_of_the_past_changes_the_words_of_the_motion_told() -> None:
    org = TestOrganisation(
        PARLIAMENT, ("clio",), kind="history", founded_on="1901-01-01", name="Parliament of Fictional Gardens", units={}
    )
    told(org, "motion.move", "1901-05-01", body="assembly", matter="tools", text=WORDS)
    told(org, "motion.amend", "1901-05-02", motion="mo-1", passage="one rake", becomes="2 rakes")
    told(
        org,
        "poll.open",
        "1901-05-03",
        body="assembly",
        question="2 rakes?",
        matter="tools",
        motion="mo-1",
        amendment="am-2",
    )
    told(org, "poll.declare", "1901-05-03", poll="po-3", rule="yes-no", tallies={"for": 40, "against": 2})
    told(org, "poll.open", "1901-05-03", body="assembly", question="As amended?", matter="tools", motion="mo-1")
    told(org, "poll.declare", "1901-05-03", poll="po-5", rule="yes-no", tallies={"for": 40, "against": 2})
    (decision,) = org.state.decisions.values()
    assert (decision.text, decision.amendments) == ("Buy seeds for 40 and 2 rakes", ("am-2",))
    assert org.replayed().digest() == org.state.digest()
