"""With fewer ballots changed than the margin says, the winners stay: tried on every change of one ballot."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings

from isonomy.counting import Profile, count
from isonomy.counting.ballot import in_order, merge, options_named
from isonomy.counting.margin import margin
from tests.counting.elections import papers, profiles

RULES = ("plurality", "irv", "schulze-wv", "ranked-pairs-wv")


def _polls_with_one_ballot_changed(profile: Profile) -> list[Profile]:
    cast = papers(profile)
    numbers = range(1, len(profile.options) + 1)
    orders = [in_order(order) for length in range(len(numbers) + 1) for order in permutations(numbers, length)]
    changed = [[*cast, order] for order in orders]
    for place in range(len(cast)):
        rest = cast[:place] + cast[place + 1 :]
        changed += [rest, *([*rest, order] for order in orders)]
    return [replace(profile, ballots=merge((order, 1) for order in poll)) for poll in changed]


@pytest.mark.parametrize("rule", RULES)
@settings(deadline=None, max_examples=25)
@given(profile=profiles(strict=True, options_max=3, ballots_max=5))
def test_below_its_margin_no_outcome_changes(rule: str, profile: Profile) -> None:
    result = count(profile, rule)
    found = margin(profile, result)
    if found is not None and found.ballots > 1:
        for poll in _polls_with_one_ballot_changed(profile):
            assert count(poll, rule).winners == result.winners


def test_the_margin_of_plurality_is_reached_by_so_many_ballots() -> None:
    names = options_named(["Ann", "Bob"])
    poll = Profile(names, merge([(in_order([1]), 9), (in_order([2]), 4)]))
    found = margin(poll, count(poll, "plurality"))
    assert found is not None
    assert (found.ballots, found.exact) == (3, True)
    moved = Profile(names, merge([(in_order([1]), 9 - 3), (in_order([2]), 4 + 3)]))
    assert count(moved, "plurality").winners == (2,)


def test_a_bound_says_that_it_is_one() -> None:
    poll = Profile(options_named(["Ann", "Bob"]), merge([(in_order([1]), 9), (in_order([2]), 4)]))
    found = margin(poll, count(poll, "irv"))
    assert found is not None
    assert "lower bound" in found.sentence()
    assert margin(poll, count(poll, "scottish-stv-2007")) is None
