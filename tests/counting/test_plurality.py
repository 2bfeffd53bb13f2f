"""Plurality: first preferences, the largest fill the seats."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isonomy.counting import Parameters, Profile, count
from tests.counting.elections import papers, profiles, scaled, unmerged


@given(profile=profiles(), seats=st.integers(1, 4))
def test_the_seats_go_to_the_most_first_preferences(profile: Profile, seats: int) -> None:
    result = count(profile, "plurality", Parameters(seats=seats))
    first = {n: sum(bool(p) and p[0] == (n,) for p in papers(profile)) for n in range(1, len(profile.options) + 1)}
    assert result.to_json()["tallies"] == {f"Option {n}": votes for n, votes in first.items()}
    assert result.valid == sum(first.values())
    assert len(result.winners) == min(seats, len(first))
    losers = set(first) - set(result.winners)
    assert all(first[out] <= first[n] for out in losers for n in result.winners)
    if result.ties:
        assert len({first[n] for n in result.ties[0].among}) == 1


@given(profile=profiles(), factor=st.integers(2, 4))
def test_merging_and_scaling_do_not_change_who_is_elected(profile: Profile, factor: int) -> None:
    one = count(profile, "plurality")
    assert count(unmerged(profile), "plurality").digest() == one.digest()
    assert count(scaled(profile, factor), "plurality").winners == one.winners
