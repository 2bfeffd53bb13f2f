"""Countback: a vacancy is filled from the papers of the election, and nobody who sits loses the seat."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import Ballot, Lots, Parameters, Profile, count
from isonomy.counting.ballot import in_order, options_named
from isonomy.counting.countback import countback
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import profiles

RULES = ["scottish-stv-2007", "wigm", "meek-prf"]


@pytest.mark.parametrize("rule", RULES)
@settings(deadline=None)
@given(
    profile=profiles(strict=True, options_min=4, options_max=6, ballots_max=12), seats=st.integers(2, 3), data=st.data()
)
def test_somebody_new_fills_the_vacancy_and_those_who_sit_are_never_excluded(
    rule: str, profile: Profile, seats: int, data: st.DataObject
) -> None:
    elected = count(profile, rule, Parameters(seats=seats), Lots(seed="a"))
    leaving = data.draw(st.sampled_from(elected.winners))
    sitting = [option for option in elected.winners if option != leaving]
    found = countback(profile, rule, sitting, [leaving], Parameters(seats=seats), Lots(seed="b"))
    assert found.filled_by not in (*elected.winners, 0)
    excluded = {option for step in found.recount.steps for option in getattr(step, "excluded", ())}
    assert not excluded & set(sitting)


def test_the_next_preference_of_those_who_elected_the_one_who_left_decides() -> None:
    ballots = (
        Ballot(in_order([1, 3]), 40),
        Ballot(in_order([2, 4]), 38),
        Ballot(in_order([3]), 2),
        Ballot(in_order([4]), 10),
    )
    profile = Profile(options_named(["Ann", "Bo", "Cy", "Di"]), ballots, seats=2)
    assert set(count(profile, "scottish-stv-2007").winner_names) == {"Ann", "Bo"}
    assert countback(profile, "scottish-stv-2007", [2], [1]).filled_by == 3
    assert countback(profile, "scottish-stv-2007", [1], [2]).filled_by == 4


def test_a_recount_ends_before_it_would_exclude_somebody_who_sits() -> None:
    # Without Ann two who do not sit reach the quota of 5 first; of Bo and Cy, who sit, one would have to go.
    papers = [([4], 6), ([5], 6), ([2], 3), ([3], 2), ([1, 2], 1)]
    ballots = tuple(Ballot(in_order(order), weight) for order, weight in papers)
    profile = Profile(options_named(["Ann", "Bo", "Cy", "Di", "Ed"]), ballots, seats=3)
    for rule in RULES:
        found = countback(profile, rule, [2, 3], [1])
        assert found.filled_by == 4
        excluded = {option for step in found.recount.steps for option in getattr(step, "excluded", ())}
        assert not excluded & {2, 3}


def test_when_nobody_is_left_the_vacancy_stays() -> None:
    profile = Profile(options_named(["Ann", "Bo"]), (Ballot(in_order([1, 2]), 3), Ballot(in_order([2]), 2)), seats=2)
    assert countback(profile, "wigm", [1], [2]).filled_by == 0


def test_a_rule_without_countback_and_a_member_on_both_sides_are_refused() -> None:
    profile = Profile(options_named(["Ann", "Bo"]), (Ballot(in_order([1]), 3),))
    with pytest.raises(BadInput, match="no countback"):
        countback(profile, "plurality", [1], [2])
    with pytest.raises(BadInput, match="both sits and leaves"):
        countback(profile, "wigm", [1], [1])
