"""A closed box says what was cast, and nothing of when or by whom."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot, BoxSeal, box_path, box_root, differences, read_box, write_box
from isonomy.record.roll import Roll, read_roll
from isonomy.record.tree import EMPTY_ROOT, leaf_hash
from tests.record.attempt import attempt

ROOT = "A" * 43 + "="
NONCES = st.binary(min_size=32, max_size=32)
ORDERS = st.lists(st.integers(1, 9), unique=True, max_size=6)
SCORES = st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=1, max_size=5)
PREFERENCES = st.one_of(
    st.fixed_dictionaries({"ranks": ORDERS.map(lambda order: tuple((number,) for number in order))}),
    st.fixed_dictionaries({"scores": SCORES.map(tuple)}),
    st.fixed_dictionaries({"answer": st.sampled_from(["for", "against", "abstain"])}),
)  # fmt: skip
ORIGINS = st.one_of(
    st.fixed_dictionaries({"nonce": NONCES}),
    st.fixed_dictionaries({"receipt": st.text("abcdef0123456789", min_size=1, max_size=32)}),
    st.just({}),
)
BALLOTS = st.builds(lambda a, b, w: Ballot(**a, **b, weight=w), PREFERENCES, ORIGINS, st.integers(1, 3))
BOXES = st.lists(BALLOTS, max_size=12, unique_by=lambda ballot: ballot.nonce or object())


@given(BOXES, st.randoms())
def test_a_box_is_read_back_and_keeps_nothing_of_the_order_of_casting(
    cast: list[Ballot], chance: random.Random
) -> None:
    data = write_box(cast)
    read, root = read_box(data)
    assert sorted(map(repr, read)) == sorted(map(repr, cast))
    assert root == box_root(cast)
    chance.shuffle(cast)
    assert write_box(cast) == data
    seal = BoxSeal("po-1", len(cast), root)
    assert differences(read, root, seal) == []


@given(BALLOTS)
def test_the_voters_receipt_is_the_leaf_hash_of_the_ballot(ballot: Ballot) -> None:
    assert ballot.commitment() == leaf_hash(canonical_bytes(ballot.to_json()))
    assert Ballot.from_json(ballot.to_json()) == ballot
    assert to_base64(ballot.commitment()).encode() in write_box([ballot])


@given(BOXES.filter(bool), st.data())
def test_a_changed_byte_of_a_box_is_refused_or_gives_another_root(cast: list[Ballot], data: st.DataObject) -> None:
    text = bytearray(write_box(cast))
    at = data.draw(st.integers(0, len(text) - 1))
    text[at] ^= 1 << data.draw(st.integers(0, 7))
    read, fault = attempt(read_box, bytes(text))
    if fault is None:
        assert read[1] != box_root(cast)
    else:
        assert fault.where.startswith("box.jsonl")


@given(st.binary(max_size=60))
def test_any_bytes_are_a_box_a_roll_or_bad_input(data: bytes) -> None:
    for read in (read_box, read_roll):
        for text in (data, data + b"\n", b'{"ballot":{"ranks":' + data + b'},"c":""}\n'):
            attempt(read, text)


def test_a_ballot_cast_here_stands_once_and_imported_ones_may_say_the_same() -> None:
    cast = Ballot(answer="for", nonce=bytes(32))
    with pytest.raises(BadInput, match="twice"):
        write_box([cast, cast])
    line = write_box([cast])
    with pytest.raises(BadInput, match="once"):
        read_box(line + line)
    imported = Ballot(answer="for")
    assert read_box(write_box([imported, imported]))[0] == [imported, imported]


def test_files_that_break_off_are_refused() -> None:
    with pytest.raises(BadInput, match="breaks off"):
        read_box(write_box([Ballot(answer="for")])[:-1])
    with pytest.raises(BadInput, match="breaks off"):
        read_roll(Roll.of_persons("po-1", ("p-a",), ()).to_bytes()[:-1])


def test_a_box_differs_from_another_seal_in_what_is_named() -> None:
    read, root = read_box(write_box([Ballot(answer="for")]))
    assert "1 ballots, but the closing entry counts 2" in differences(read, root, BoxSeal("po-1", 2, root))[0]
    assert "do not have the root" in differences(read, root, BoxSeal("po-1", 1, EMPTY_ROOT))[0]


def test_lines_out_of_order_are_refused() -> None:
    lines = write_box([Ballot(answer="for", nonce=bytes([n]) * 32) for n in range(3)]).splitlines(keepends=True)
    assert len(read_box(b"".join(lines))[0]) == 3
    for order in ((1, 0, 2), (0, 2, 1), (2, 1, 0)):
        with pytest.raises(BadInput, match="not sorted"):
            read_box(b"".join(lines[at] for at in order))


@pytest.mark.parametrize(
    "line",
    [b"[]", b'"x"', b"{}", b'{"ballot":{"ranks":[]},"c":7}', b'{"ballot":{"ranks":[]},"c":"x","d":1}', b"", b"x"],
)
def test_another_form_of_line_is_refused_with_its_number(line: bytes) -> None:
    with pytest.raises(BadInput, match=r"box\.jsonl:2"):
        read_box(write_box([Ballot(answer="for")]) + line + b"\n")


def test_an_empty_box_has_the_empty_root() -> None:
    assert read_box(b"") == ([], EMPTY_ROOT)
    assert box_root(()) == EMPTY_ROOT


WRONG: list[Any] = [
    [], {}, "x", None, {"ranks": 5}, {"ranks": {}}, {"ranks": [[1, 1]]}, {"scores": {}}, {"scores": 5},
    {"ranks": [], "scores": [1]}, {"ranks": [[]]}, {"ranks": [[1], [1]]}, {"ranks": [[2, 1]]}, {"ranks": [[0]]},
    {"ranks": [[True]]}, {"ranks": [1]}, {"ranks": "1"}, {"ranks": [[10_001]]}, {"scores": []}, {"scores": [True]},
    {"scores": ["1"]}, {"answer": "yes"}, {"answer": None}, {"answer": ["for"]}, {"ranks": [], "nonce": "x"},
    {"ranks": [], "nonce": 7}, {"ranks": [], "receipt": ""}, {"ranks": [], "receipt": "x" * 201},
    {"ranks": [], "weight": 1},
    {"ranks": [], "weight": 0}, {"ranks": [], "weight": "2"}, {"ranks": [], "receipt": 7},
    {"ranks": [], "weight": True}, {"ranks": [], "voter": "p-7q2k"},
    {"ranks": [], "nonce": "A" * 43 + "=", "receipt": "x"},
]  # fmt: skip


@pytest.mark.parametrize("raw", WRONG)
def test_another_form_of_ballot_is_refused(raw: Any) -> None:
    with pytest.raises(BadInput):
        Ballot.from_json(raw)


def test_a_ballot_that_would_not_be_read_back_is_never_made() -> None:
    for wrong in (Ballot(), Ballot(ranks=((1,), (1,))), Ballot(ranks=(), weight=0), Ballot(answer="maybe")):
        with pytest.raises(BadInput):
            wrong.to_bytes()
    with pytest.raises(BadInput, match="at most 65535"):
        Ballot(scores=(2**50,) * 9_999).to_bytes()


@pytest.mark.parametrize(
    "effect",
    [
        {}, {"poll": "po-1"}, {"poll": 7, "box_root": ROOT, "box_size": 1},
        {"poll": "po-1", "box_root": "x", "box_size": 1},
        {"poll": "../x", "box_root": ROOT, "box_size": 1}, {"poll": "po-1", "box_root": ROOT, "box_size": -1},
        {"poll": "po-1", "box_root": 7, "box_size": 1}, {"poll": "po-1", "box_root": ROOT},
        {"poll": "po-1", "box_root": ROOT, "box_size": 1, "marked": "1"},
        {"poll": "po-1", "box_root": ROOT, "box_size": 1, "roll_root": None},
    ],
)  # fmt: skip
def test_another_form_of_seal_is_refused(effect: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        BoxSeal.of_effect(effect)


@given(st.sets(st.text("abc", min_size=1, max_size=4)), st.data())
def test_a_roll_is_read_back_with_its_counts(persons: set[str], data: st.DataObject) -> None:
    marked = data.draw(st.sets(st.sampled_from(sorted(persons)))) if persons else set()
    roll = Roll.of_persons("po-1", persons, marked)
    assert read_roll(roll.to_bytes()) == roll
    assert (roll.entitled, roll.marked) == (len(persons), len(marked))
    unmarked = Roll.of_persons("po-1", persons, ())
    assert unmarked.digest() == roll.digest()
    assert (unmarked.root() == roll.root()) == (not marked)


def test_a_roll_may_be_a_size_alone_and_its_counts_are_those_of_its_lines() -> None:
    told = Roll("po-1", 900, None, None)
    assert read_roll(told.to_bytes()) == told
    assert (told.root(), told.digest()) == (None, None)
    raw = json.loads(Roll.of_persons("po-1", ("p-a", "p-b"), ("p-a",)).to_bytes())
    changes: list[dict[str, Any]] = [
        {"marked": 2}, {"entitled": 3}, {"entitled": None}, {"entitled": -1}, {"poll": "/"}, {"lines": 7},
        {"lines": [{}]}, {"lines": [{"marked": 1, "person": "p-a"}]}, {"lines": raw["lines"][::-1]},
        {"lines": raw["lines"][:1] * 2}, {"more": 1}, {"lines": [{"marked": None, "person": "p-a"}, raw["lines"][1]]},
        {"lines": [{"marked": True, "person": 7}, raw["lines"][1]]}, {"lines": ["p-a"]}, {"lines": {}}, {"marked": "1"},
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(BadInput, match=r"roll\.json"):
            read_roll(canonical_bytes({**raw, **change}) + b"\n")
    for whole in (b"[]\n", b"7\n", b"{}\n", b"\n"):
        with pytest.raises(BadInput, match=r"roll\.json"):
            read_roll(whole)


def test_a_polls_id_never_leads_out_of_its_folder() -> None:
    for poll in ("..", "a/b", "", "PO-1", "a" * 65, ".po", "po 1"):
        with pytest.raises(BadInput):
            box_path(poll)
