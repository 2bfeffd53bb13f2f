"""Secret ballots: durable before the answer, no entry, one a member; close and result are what the box holds."""

from __future__ import annotations

import hashlib
import json

import pytest

from isonomy.chamber.answers import BOXED, Answer
from isonomy.chamber.submit import Sent
from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot, box_root
from isonomy.record.entry import at_console
from isonomy.record.roll import Roll
from tests.chamber.house import House


def accepted(reply: object) -> Answer:
    assert isinstance(reply, Answer)
    assert reply.is_accepted, reply.refusal
    return reply


def why_refused(reply: object) -> str:
    assert isinstance(reply, Answer)
    assert not reply.is_accepted
    return json.dumps(reply.refusal)


def test_a_ballot_lies_in_its_box_and_nowhere_in_the_record(house: House) -> None:
    poll = house.open_poll()
    size = len(house.entry_bytes())
    answer = accepted(house.cast(poll, "ben"))
    assert answer.what == BOXED
    assert answer.receipt == house.ballot("ben").commitment()
    assert answer.to_json()["receipt"] == to_base64(answer.receipt)
    assert len(house.entry_bytes()) == size
    stores = house.stores(writing=False)
    assert stores.boxes.marked(poll) == [house.org.person("ben")]
    assert house.org.person("ben") not in str(answer.to_json())
    stores.close()


def test_the_same_ballot_again_is_cast_already_and_another_is_refused(house: House) -> None:
    poll = house.open_poll()
    first = accepted(house.cast(poll, "ben"))
    again = accepted(house.cast(poll, "ben"))
    assert again.cast_before
    assert not first.cast_before
    assert again.receipt == first.receipt
    assert "one member, one ballot" in why_refused(house.cast(poll, "ben", "against"))
    assert "one member, one ballot" in why_refused(house.cast(poll, "ben", "for", house.nonce("other")))
    assert "nonce" in why_refused(house.cast(poll, "cy", "for", house.nonce("ben")))
    accepted(house.cast(poll, "cy"))


def test_ballots_of_one_group_are_told_apart(house: House) -> None:
    poll = house.open_poll()
    sent = []
    for name, paper in (("ben", "for"), ("cy", "against"), ("ben", "for"), ("ben", "against")):
        act = house.act("ballot.cast", by=name, poll=poll, ballot=paper, nonce=house.nonce(name))
        sent.append(house.sent(act, name))
    replies = house.send_all(sent)
    assert [accepted(reply).cast_before for reply in replies[:3]] == [False, False, True]
    assert "one member" in why_refused(replies[3])


def test_a_lost_answer_is_given_again_after_the_close(house: House) -> None:
    poll = house.open_poll()
    receipt = accepted(house.cast(poll, "ben")).receipt
    house.close(poll)
    again = accepted(house.cast(poll, "ben"))
    assert (again.receipt, again.cast_before) == (receipt, True)
    assert "poll is closed" in why_refused(house.cast(poll, "cy"))


@pytest.mark.parametrize("nonce", ["A" * 42 + "B=", "short", "", 7, None])
def test_a_nonce_not_in_form_is_bad_input_or_refused_and_nothing_is_cast(house: House, nonce: object) -> None:
    poll = house.open_poll()
    reply = house.send("ballot.cast", by="ben", poll=poll, ballot="for", nonce=nonce)
    assert isinstance(reply, BadInput) or not reply.is_accepted
    stores = house.stores(writing=False)
    assert stores.boxes.measure(poll).ballots == 0
    stores.close()


def test_who_is_not_on_the_roll_does_not_vote(house: House) -> None:
    poll = house.open_poll()
    house.must("member.admit", by="ada", person="p-fay000")
    house.must("key.enrol", by="ada", person="p-fay000", key=house.org.key("fay"))
    assert "roll" in why_refused(house.cast(poll, "p-fay000"))


def test_the_close_commits_to_the_box_and_the_marked_roll(house: House) -> None:
    poll = house.open_poll()
    house.cast(poll, "ben")
    house.cast(poll, "cy", "against")
    entry = house.close(poll).entry
    sealed = next(effect for effect in entry["effects"] if effect["effect"] == "poll.closed")
    ballots = [house.ballot("ben"), house.ballot("cy", "against")]
    roll = house.appender.state.polls[poll].roll
    assert roll is not None
    root = Roll.of_persons(poll, roll, [house.org.person("ben"), house.org.person("cy")]).root()
    assert root is not None
    assert sealed["box_root"] == to_base64(box_root(ballots))
    assert (sealed["box_size"], sealed["marked"], sealed["roll_root"]) == (2, 2, to_base64(root))


@pytest.mark.parametrize(
    "wrong",
    [
        {"box_size": 3},
        {"marked": 3},
        {"box_root": to_base64(b"r" * 32)},
        {"roll_root": to_base64(b"r" * 32)},
        {"roll_root": None},
    ],
)
def test_a_close_that_says_otherwise_than_the_box_is_refused(house: House, wrong: dict[str, object]) -> None:
    poll = house.open_poll()
    house.cast(poll, "ben")
    house.cast(poll, "cy")
    refusal = house.refused("poll.close", by="ada", **(house.close_fields(poll) | wrong))
    assert refusal["grounds"]
    assert house.appender.state.polls[poll].standing == "open"
    accepted(house.cast(poll, "dot"))
    house.close(poll)


def test_a_ballot_in_the_same_group_as_the_close_is_in_the_box_before_it(house: House) -> None:
    poll = house.open_poll()
    fields = house.close_fields(poll)
    vote = house.sent(house.act("ballot.cast", by="ben", poll=poll, ballot="for", nonce=house.nonce("ben")), "ben")
    close = house.sent(house.act("poll.close", by="ada", **fields), "ada")
    cast, closed = house.send_all([vote, close])
    accepted(cast)
    assert "commits to another box" in why_refused(closed)


def declared(house: House) -> tuple[str, dict[str, object]]:
    poll = house.open_poll()
    for name, paper in (("ada", "for"), ("ben", "for"), ("cy", "against"), ("dot", "abstain")):
        accepted(house.cast(poll, name, paper))
    house.close(poll)
    return poll, house.declare_fields(poll)


def test_a_result_is_declared_as_the_box_gives_it(house: House) -> None:
    poll, fields = declared(house)
    assert fields["tallies"] == {"for": 2, "against": 1, "abstain": 1}
    answer = house.must("poll.declare", by="ada", **fields)
    assert house.appender.state.polls[poll].standing == "declared"
    assert any(effect["effect"] == "decision.taken" for effect in answer.entry["effects"])


@pytest.mark.parametrize(
    ("wrong", "first"),
    [
        ({"tallies": {"for": 3, "against": 1, "abstain": 0}}, "tallies"),
        ({"tallies": {"for": 2, "against": 2, "abstain": 0}}, "tallies.against"),
        ({"tallies": {"for": 2, "against": 1, "abstain": 0, "blank": 1}}, "tallies.abstain"),
        ({"trace": hashlib.sha256(b"another count").hexdigest()}, "trace"),
    ],
)
def test_a_declaration_that_the_box_does_not_give_is_refused_with_the_first_difference(
    house: House, wrong: dict[str, object], first: str
) -> None:
    poll, fields = declared(house)
    refusal = house.refused("poll.declare", by="ada", **(fields | wrong))
    assert first in refusal["grounds"][0]["facts"]["first difference"]
    assert house.appender.state.polls[poll].standing == "closed"


def election(house: House) -> str:
    options = [{"name": name.title(), "person": house.org.person(name)} for name in ("ben", "cy")]
    answer = house.must(
        "poll.open",
        by="ada",
        body="members-meeting",
        question="Who is secretary?",
        matter="election-of-secretary",
        seat="secretary",
        options=options,
    )
    return f"po-{answer.entry['n']}"


def test_an_election_is_counted_from_the_box(house: House) -> None:
    poll = election(house)
    for name, paper in (("ada", [[1]]), ("ben", [[1]]), ("cy", [[2]])):
        accepted(house.cast(poll, name, paper))
    house.close(poll)
    fields = house.declare_fields(poll)
    assert fields["tallies"] == {"totals": {"1": 2, "2": 1}, "ballots": 3}
    assert fields["winners"] == [1]
    refusal = house.refused(
        "poll.declare", by="ada", **(fields | {"tallies": {"totals": {"1": 1, "2": 2}, "ballots": 3}})
    )
    assert refusal["grounds"]
    house.must("poll.declare", by="ada", **fields)


def test_a_tied_election_is_not_declared_by_an_unrecorded_lot(house: House) -> None:
    poll = election(house)
    for name, paper in (("ada", [[1]]), ("cy", [[2]])):
        accepted(house.cast(poll, name, paper))
    house.close(poll)
    fields = house.declare_fields(poll)
    refusal = house.refused("poll.declare", by="ada", **fields)
    assert "draws" in json.dumps(refusal)
    drawn = {"draws": [{"among": [1, 2], "chosen": [2], "by": "lot"}]}
    stores = house.stores(writing=False)
    from isonomy.chamber.completing import declaration_fields

    counted = declaration_fields(house.appender.state, stores.boxes, poll, drawn)
    stores.close()
    assert counted["winners"] == [2]
    house.must("poll.declare", by="ada", **(counted | drawn))


def test_what_a_crash_left_open_is_closed_at_the_next_opening(house: House) -> None:
    poll = house.open_poll()
    for name in ("ben", "cy", "dot"):
        house.cast(poll, name)
    fields = house.close_fields(poll)
    stores = house.stores(writing=False)
    was_closed = stores.boxes.is_closed(poll)
    stores.close()
    assert not was_closed
    appender = house.appender
    appender._settle_later = lambda group: None  # type: ignore[method-assign]  # the process ends right after the append
    house.must("poll.close", by="ada", **fields)
    house.shut()
    stores = house.stores(writing=False)
    assert not stores.boxes.is_closed(poll)
    stores.close()
    assert house.appender.state.polls[poll].standing == "closed"
    stores = house.stores(writing=False)
    assert stores.boxes.is_closed(poll)
    assert len(stores.boxes.ballots(poll)) == 3
    stores.close()
    assert house.reader().contradiction is None


def test_a_reported_poll_brings_its_box_and_a_false_root_is_refused() -> None:
    house = House(None)
    house.org._founding |= {"kind": "history", "founded_on": "2026-01-01"}
    del house.org._founding["mandates"]
    accepted(house.send_all([house.sent(act, "ada") for act in house.org.founding_acts()])[0])
    papers = tuple(Ballot(ranks=ranks) for ranks in (((1,),), ((1,),), ((2,),), ()))
    happened = {"earliest": "2027-01-04", "latest": "2027-01-04"}

    def report(what: dict[str, object], box: tuple[Ballot, ...] | None = None) -> object:
        act = house.act("report", by="ada", what=what, happened=happened, source="the minute book")
        return house.send_all([Sent(act, at_console(), box=box)])[0]

    opened = accepted(
        report(
            {
                "act": "poll.open",
                "body": "members-meeting",
                "question": "Who is secretary?",
                "matter": "election-of-secretary",
                "seat": "secretary",
                "secrecy": "secret",
                "options": [{"name": "One"}, {"name": "Two"}],
            }
        )
    )
    poll = f"po-{opened.entry['n']}"
    close = {"act": "poll.close", "poll": poll, "box_root": to_base64(box_root(papers)), "box_size": 4, "marked": 4}
    assert "another box" in why_refused(report(close | {"box_root": to_base64(b"r" * 32)}, papers))
    accepted(report(close, papers))
    wrong = {"act": "poll.declare", "poll": poll, "rule": "plurality", "box_root": close["box_root"], "winners": [1]}
    told = wrong | {"tallies": {"totals": {"1": 3, "2": 1}, "ballots": 4}}
    assert "does not give" in why_refused(report(told, None))
    right = wrong | {"tallies": {"totals": {"1": 2, "2": 1}, "ballots": 4}}
    accepted(report(right))
    assert house.stores(writing=False).boxes.measure(poll).ballots == 4
