"""Ballots on paper: they come with the close, are added to the box, and take nobody's place in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from isonomy.adapters.memory import MemoryFolder
from isonomy.chamber.answers import Answer
from isonomy.chamber.completing import closing_fields
from isonomy.chamber.ports import NO_PAPERS, Papers
from isonomy.record.base64_text import from_base64
from isonomy.record.box import Ballot
from tests.chamber.house import House


def papers(house: House, *voters: tuple[str, str]) -> Papers:
    """Papers with the answers given, of the voters named."""
    ballots = tuple(Ballot(answer=answer, nonce=from_base64(house.nonce(f"paper {name}"))) for name, answer in voters)
    return Papers(ballots, tuple(house.org.person(name) for name, _ in voters))


def close(house: House, poll: str, brought: Papers, **fields: Any) -> Any:
    """The close of a poll by its chair, with papers."""
    told = closing_fields(house.appender.state, house.stores(writing=False).boxes, poll, brought)
    tellers = [house.org.person("cy"), house.org.person("dot")] if brought.ballots else []
    given = {"poll": poll, **told, **({"tellers": tellers} if tellers else {}), **fields}
    given = {key: value for key, value in given.items() if value is not None}
    act = house.act("poll.close", by="ada", **given)
    beside = {"box": brought.ballots, "marked": brought.marked} if brought != NO_PAPERS else {}
    (reply,) = house.send_all([house.sent(act, "ada", **beside)])
    return reply


def why_refused(reply: object) -> str:
    assert isinstance(reply, Answer), reply
    assert not reply.is_accepted
    return json.dumps(reply.refusal)


def entered(reply: object) -> dict[str, Any]:
    assert isinstance(reply, Answer), reply
    assert reply.is_accepted, reply.refusal
    return reply.entry


def test_papers_are_counted_with_the_ballots_that_lie_in_the_box(house: House) -> None:
    poll = house.open_poll()
    house.cast(poll, "ada", "for")
    brought = papers(house, ("ben", "for"), ("eve", "against"))
    entry = entered(close(house, poll, brought))
    (effect,) = entry["effects"]
    assert (effect["box_size"], effect["marked"], effect["on_paper"]) == (3, 3, 2)
    boxes = house.stores(writing=False).boxes
    assert set(brought.ballots) < set(boxes.ballots(poll))
    assert set(boxes.marked(poll) or ()) == {house.org.person(name) for name in ("ada", "ben", "eve")}


def test_a_box_tells_no_paper_from_another_ballot(house: House) -> None:
    poll = house.open_poll()
    house.cast(poll, "ada", "for")
    entered(close(house, poll, papers(house, ("ben", "for"))))
    first, second = house.stores(writing=False).boxes.ballots(poll)
    assert first.to_json().keys() == second.to_json().keys()


def test_who_has_a_ballot_in_the_box_has_none_on_paper(house: House) -> None:
    poll = house.open_poll()
    house.cast(poll, "ben", "for")
    brought = papers(house, ("ben", "against"))
    assert "no more ballots than marks on the roll" in why_refused(close(house, poll, brought))
    with_another = Papers(brought.ballots, (*brought.marked, house.org.person("eve")))
    told = why_refused(close(house, poll, with_another))
    assert "one member, one ballot" in told
    assert house.org.person("ben") in told
    assert not house.stores(writing=False).boxes.is_closed(poll)


def test_a_close_cannot_put_another_box_in_the_place_of_the_one_that_was_cast_into(house: House) -> None:
    poll = house.open_poll()
    house.cast(poll, "ben", "for")
    brought = papers(house, ("eve", "against"))
    alone = {"box_size": 1, "marked": 1}
    assert "the close commits to another box" in why_refused(close(house, poll, brought, **alone))


@pytest.mark.parametrize(
    ("tellers", "says"),
    [(["cy"], "two tellers"), (["cy", "cy"], "two tellers"), (["cy", "nobody"], "two tellers"), ([], "two tellers")],
)
def test_papers_are_entered_by_two_different_members(house: House, tellers: list[str], says: str) -> None:
    poll = house.open_poll()
    persons = [house.org.person(name) if name != "nobody" else "p-nobody00" for name in tellers]
    assert says in why_refused(close(house, poll, papers(house, ("ben", "for")), tellers=persons))


def test_a_close_that_names_papers_brings_them(house: House) -> None:
    poll = house.open_poll()
    house.cast(poll, "ben", "for")
    tellers = [house.org.person("cy"), house.org.person("dot")]
    assert "another box" in why_refused(close(house, poll, NO_PAPERS, on_paper=1, tellers=tellers))


def test_no_more_papers_than_were_given_out_and_none_to_strangers(house: House) -> None:
    poll = house.open_poll()
    brought = papers(house, ("ben", "for"), ("eve", "against"))
    assert "no more ballots than marks" in why_refused(close(house, poll, Papers(brought.ballots, brought.marked[:1])))
    assert "is not known here" in why_refused(close(house, poll, Papers(brought.ballots[:1], ("p-stranger",))))


def test_a_paper_is_one_that_the_rule_reads(house: House) -> None:
    poll = house.open_poll()
    wrong = Papers((Ballot(ranks=((1,),), nonce=bytes(32)),), (house.org.person("ben"),))
    assert "the answer is for, against or abstain" in why_refused(close(house, poll, wrong))


def test_papers_beside_a_box_whose_close_was_never_entered_have_no_effect() -> None:
    from isonomy.adapters.memory import MemoryBoxes

    boxes = MemoryBoxes(MemoryFolder())
    boxes.stage("po-1", Papers((Ballot(answer="for", nonce=bytes(32)),), ("p-ben0",)))
    boxes.stage("po-1", NO_PAPERS)
    boxes.close_box("po-1")
    assert boxes.measure("po-1").ballots == 0
