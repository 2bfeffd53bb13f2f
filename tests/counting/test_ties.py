"""Ties: public lots, recorded draws, and a recount that never draws again."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.counting import Ballot, Draw, Lots, Parameters, Profile, count, read_draws
from isonomy.counting.ballot import in_order, options_named
from isonomy.counting.tie import lot_order
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import profiles

EQUAL = Profile(options_named(["Ann", "Bo", "Cy"]), tuple(Ballot(in_order([n]), 4) for n in (1, 2, 3)))


def test_the_published_lot_can_be_repeated_with_a_pocket_tool() -> None:
    digests = {n: hashlib.sha256(b"isonomy lot v1\nmoonrise\n1\n%d" % n).hexdigest() for n in (1, 2, 3)}
    assert list(lot_order([1, 2, 3], "moonrise", 1)) == sorted(digests, key=lambda n: digests[n])


@given(numbers=st.sets(st.integers(1, 50), min_size=1), seed=st.text(max_size=9), tie=st.integers(1, 9))
def test_a_lot_does_not_depend_on_the_order_in_which_options_are_named(numbers: set[int], seed: str, tie: int) -> None:
    assert lot_order(sorted(numbers), seed, tie) == lot_order(sorted(numbers, reverse=True), seed, tie)
    assert set(lot_order(numbers, seed, tie)) == numbers


def test_a_lot_falls_on_every_option_alike() -> None:
    drawn = [lot_order([1, 2, 3], str(seed), 1)[0] for seed in range(3000)]
    assert all(900 < drawn.count(option) < 1100 for option in (1, 2, 3))


def test_without_a_seed_a_lot_is_provisional_and_with_one_it_stands() -> None:
    assert count(EQUAL, "plurality").ties[0].provisional
    drawn = count(EQUAL, "plurality", lots=Lots(seed="minutes of 3 March"))
    assert not drawn.ties[0].provisional
    assert drawn.winners == (lot_order([1, 2, 3], "minutes of 3 March", 1)[0],)
    assert "the lot falls on" in drawn.ties[0].sentence(drawn.names)


@given(profile=profiles(strict=True), seats=st.integers(1, 4), seed=st.text(max_size=5))
def test_a_recount_uses_the_recorded_draws_and_elects_the_same(profile: Profile, seats: int, seed: str) -> None:
    drawn = count(profile, "plurality", Parameters(seats=seats), Lots(seed=seed))
    record = json.loads(json.dumps(drawn.to_json()))
    recount = count(profile, "plurality", Parameters(seats=seats), Lots(read_draws(record, profile)))
    assert recount.winners == drawn.winners
    assert all(tie.by == "recorded draw" and tie.seed is None for tie in recount.ties)


def test_a_recount_never_draws_what_was_not_recorded() -> None:
    with pytest.raises(BadInput, match="has no recorded draw"):
        count(EQUAL, "plurality", lots=Lots([], seed="a seed beside it"))


def test_a_recorded_draw_among_others_is_refused() -> None:
    with pytest.raises(BadInput, match="stands among options 1, 2"):
        count(EQUAL, "plurality", lots=Lots([Draw((1, 2), (1,))]))


def test_a_recorded_draw_that_fell_on_a_stranger_is_refused() -> None:
    with pytest.raises(BadInput, match="has to name 1 of the options"):
        count(EQUAL, "plurality", lots=Lots([Draw((1, 2, 3), (4,))]))


def test_draws_are_recorded_by_number_or_by_name() -> None:
    by_name = read_draws([{"among": ["Ann", "Bo", "Cy"], "chosen": "Cy"}], EQUAL)
    by_number = read_draws([{"among": [1, 2, 3], "chosen": [3]}], EQUAL)
    assert by_name == by_number == (Draw((1, 2, 3), (3,)),)


@pytest.mark.parametrize(
    "record",
    [
        7,
        {"draws": []},
        ["Ann"],
        [{"among": ["Ann"]}],
        [{"among": [True], "chosen": [1]}],
        [{"among": ["Dee"], "chosen": []}],
    ],
)
def test_a_record_that_is_none_is_refused_with_its_place(record: object) -> None:
    with pytest.raises(BadInput) as caught:
        read_draws(record, EQUAL)
    assert caught.value.where.startswith("ties")
    assert caught.value.cure
