"""What one side of the socket writes the other reads as the same values, or it is bad input with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.chamber.answers import AGAIN, BOXED, ENTERED, REFUSED, Answer
from isonomy.chamber.ports import AUDIENCES, ForkRefused, Kept, StoreFault
from isonomy.chamber.stamping import ClockAhead, ClockFault
from isonomy.chamber.submit import Sent
from isonomy.chamber.wire import (
    FRAME_SIZE_MAX,
    LENGTH_SIZE,
    SUBMIT,
    Head,
    NotAnswered,
    asking,
    framed,
    length_of,
    read_reply,
    read_request,
    reply_json,
    sent_json,
    submitting,
)
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes, parse_canonical
from isonomy.record.box import Ballot
from isonomy.record.commitment import Opening

texts = st.text(st.characters(codec="utf-8"), max_size=12)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(texts, json_values, max_size=4)
hashes = st.binary(min_size=32, max_size=32)
openings = st.builds(Opening, hashes, texts, hashes, texts) | st.builds(
    Opening, hashes, texts, hashes, st.none(), texts
)
ballots = st.builds(Ballot, answer=st.sampled_from(["for", "against", "abstain"]), nonce=hashes)
sents = st.builds(
    Sent,
    act=json_values,
    auth=objects,
    kept=st.lists(st.builds(Kept, openings, st.sampled_from(AUDIENCES)), max_size=2).map(tuple),
    documents=st.dictionaries(hashes, st.binary(max_size=20), max_size=2),
    box=st.none() | st.lists(ballots, max_size=2).map(tuple),
    marked=st.none() | st.lists(texts, max_size=2).map(tuple),
    clock_is_right=st.booleans(),
)
faults = st.builds(
    lambda kind, *words: kind(*words),
    st.sampled_from([BadInput, StoreFault, ForkRefused, ClockFault, ClockAhead, NotAnswered]),
    texts,
    texts,
    texts,
)
answers = st.one_of(
    st.builds(Answer, texts, st.sampled_from([ENTERED, AGAIN]), entry=objects),
    st.builds(Answer, texts, st.just(REFUSED), refusal=objects),
    st.builds(Answer, texts, st.just(BOXED), receipt=hashes, cast_before=st.booleans()),
)


@given(st.lists(sents, min_size=1, max_size=3), st.integers(0, 2**40))
def test_what_is_sent_arrives_as_it_was(acts: list[Sent], number: int) -> None:
    frame = framed(submitting(number, [sent_json(sent) for sent in acts]))
    assert length_of(frame[:LENGTH_SIZE]) == len(frame) - LENGTH_SIZE
    request = read_request(frame[LENGTH_SIZE:])
    assert (request.number, request.ask, request.sent) == (number, SUBMIT, tuple(acts))


@given(answers | faults)
def test_an_answer_arrives_as_it_was_given(reply: Answer | BadInput) -> None:
    raw = parse_canonical(canonical_bytes(reply_json(7, 3, reply)))
    place, found = read_reply(raw)
    assert place == 3
    if isinstance(reply, BadInput):
        assert type(found) is type(reply)
        assert found.sentence() == reply.sentence()
    else:
        assert found == reply


@given(st.binary(max_size=60) | objects.map(canonical_bytes))
def test_any_bytes_are_a_request_or_bad_input(data: bytes) -> None:
    try:
        read_request(data)
    except BadInput as fault:
        assert fault.what


@given(sents, st.data())
def test_one_act_that_is_bent_is_bad_alone(sent: Sent, data: st.DataObject) -> None:
    """Whatever is put in the place of one key, the other acts of the request are read."""
    bent = sent_json(sent)
    key = data.draw(st.sampled_from(sorted(bent)))
    bent[key] = data.draw(json_values)
    good = sent_json(Sent({"act": "x"}, {"kind": "console"}))
    request = read_request(canonical_bytes(submitting(1, [good, bent, good])))
    assert request.sent[0] == request.sent[2] == Sent({"act": "x"}, {"kind": "console"})
    assert isinstance(request.sent[1], Sent | BadInput)


@pytest.mark.parametrize(
    "raw",
    [
        asking(1, "head") | {"v": 2},
        asking(1, "all"),
        asking(1, "submit"),
        asking(1, "head") | {"sent": []},
        submitting(1, []),
        submitting(1, [{"act": {}, "auth": {}}] * 1_001),
        {"ask": "head", "n": "1", "v": 1},
        [],
    ],
)
def test_a_request_out_of_form_says_what_is_wrong(raw: Any) -> None:
    with pytest.raises(BadInput) as caught:
        read_request(canonical_bytes(raw))
    assert caught.value.where


def test_a_length_of_nothing_or_too_much_is_not_taken() -> None:
    for length in (0, FRAME_SIZE_MAX + 1, 2**32 - 1):
        with pytest.raises(BadInput):
            length_of(length.to_bytes(LENGTH_SIZE, "big"))


@given(texts, st.integers(0, 2**53 - 1), hashes, st.integers(0, 2**31))
def test_a_head_arrives_as_it_was(log: str, size: int, root: bytes, process: int) -> None:
    head = Head(log, size, root, "2027-03-05T18:12:03Z", process)
    assert Head.from_json(parse_canonical(canonical_bytes(head.to_json()))) == head
