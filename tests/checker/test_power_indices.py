"""Power indices: published figures, brute force over all coalitions and orders, and what must hold of any body."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.checker.power_indices import power_indices
from isonomy.kernel.bad_input import BadInput

bodies = (
    st.lists(st.integers(0, 9), min_size=1, max_size=6)
    .filter(any)
    .flatmap(lambda weights: st.tuples(st.just(weights), st.integers(1, sum(weights))))
)


def test_the_smallest_member_of_the_first_council_of_the_six_never_decided() -> None:
    """Weights 4, 4, 4, 2, 2, 1 and 12 of 17 votes: the Council of the European Economic Community from 1958."""
    found = power_indices([4, 4, 4, 2, 2, 1], 12)
    assert [power.swings for power in found.powers] == [10, 10, 10, 6, 6, 0]
    assert [power.shapley for power in found.powers] == [Fraction(14, 60)] * 3 + [Fraction(9, 60)] * 2 + [0]
    assert found.dummies == (5,)


def test_a_permanent_seat_in_the_security_council_has_nearly_a_hundred_times_the_power_of_another() -> None:
    """Nine of fifteen votes with all five permanent members: weights 7 and 1, quota 39."""
    found = power_indices([7] * 5 + [1] * 10, 39)
    assert found.powers[0].shapley == Fraction(421, 2145)
    assert found.powers[-1].shapley == Fraction(4, 2145)
    assert found.vetoes == (0, 1, 2, 3, 4)


def test_one_who_has_the_quota_alone_and_without_whom_it_is_not_met_decides_everything() -> None:
    assert power_indices([5, 2, 2], 5).dictator == 0
    assert power_indices([5, 2, 2], 5).dummies == (1, 2)
    assert power_indices([3, 2, 2], 4).dictator is None


@given(bodies)
def test_the_counts_are_those_of_all_coalitions_and_orders(body: tuple[list[int], int]) -> None:
    weights, quota = body
    found = power_indices(weights, quota)
    players = range(len(weights))
    wins = [chosen for chosen in product((0, 1), repeat=len(weights)) if _weight(chosen, weights) >= quota]
    assert found.to_act == Fraction(len(wins), 2 ** len(weights))
    for place in players:
        swings = sum(chosen[place] and _weight(chosen, weights) - weights[place] < quota for chosen in wins)
        assert found.powers[place].swings == swings
        assert found.powers[place].prevent == Fraction(swings, len(wins))
    pivots = [0] * len(weights)
    for order in permutations(players):
        held = 0
        for place in order:
            held += weights[place]
            if held >= quota:
                pivots[place] += 1
                break
    assert [power.shapley for power in found.powers] == [Fraction(count, sum(pivots)) for count in pivots]


def _weight(chosen: tuple[int, ...], weights: list[int]) -> int:
    return sum(weight for taken, weight in zip(chosen, weights, strict=True) if taken)


@given(bodies)
def test_shares_are_whole_and_more_votes_never_give_less_power(body: tuple[list[int], int]) -> None:
    weights, quota = body
    found = power_indices(weights, quota)
    assert sum(power.shapley for power in found.powers) == 1
    assert sum(power.normalised for power in found.powers) == 1
    ordered = sorted(found.powers, key=lambda power: power.weight)
    assert all(less.shapley <= more.shapley and less.swings <= more.swings for less, more in pairwise(ordered))


def test_hundreds_of_units_are_counted_exactly() -> None:
    weights = [1 + place % 9 for place in range(300)]
    found = power_indices(weights, sum(weights) // 2 + 1)
    assert sum(power.shapley for power in found.powers) == 1
    assert found.dummies == ()


@pytest.mark.parametrize(
    ("weights", "quota"), [([], 1), ([1, -1], 1), ([2, 2], 0), ([2, 2], 5), ([1] * 1001, 5), ([300_000], 1)]
)
def test_what_cannot_be_counted_is_said(weights: list[int], quota: int) -> None:
    with pytest.raises(BadInput):
        power_indices(weights, quota)
