"""Random elections, small and rich in ties, and what properties need to turn them about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from isonomy.counting import Ballot, Profile
from isonomy.counting.ballot import Ranks, merge, options_named


@st.composite
def weak_orders(draw: st.DrawFn, option_count: int) -> Ranks:
    """A ballot with equal ranks and options left out."""
    places = draw(st.lists(st.integers(0, option_count), min_size=option_count, max_size=option_count))
    ranks: dict[int, list[int]] = {}
    for number, place in enumerate(places, start=1):
        if place:
            ranks.setdefault(place, []).append(number)
    return tuple(tuple(ranks[place]) for place in sorted(ranks))


@st.composite
def strict_orders(draw: st.DrawFn, option_count: int) -> Ranks:
    """A ballot without equal ranks, possibly short or blank."""
    order = draw(st.permutations(range(1, option_count + 1)))
    length = draw(st.integers(0, option_count))
    return tuple((number,) for number in order[:length])


@st.composite
def profiles(
    draw: st.DrawFn, *, strict: bool = False, options_min: int = 2, options_max: int = 5, ballots_max: int = 9
) -> Profile:
    """A small poll; weights are small too, so that ties are frequent."""
    count = draw(st.integers(options_min, options_max))
    orders = strict_orders(count) if strict else weak_orders(count)
    ballots = draw(st.lists(st.tuples(orders, st.integers(1, 3)), max_size=ballots_max))
    return Profile(options_named([f"Option {n}" for n in range(1, count + 1)]), merge(ballots))


def papers(profile: Profile) -> list[Ranks]:
    """Every paper by itself."""
    return [ranks for ranks, weight in profile.ballots for _ in range(weight)]


def renumbered(profile: Profile, new: Mapping[int, int]) -> Profile:
    """The same poll with the options in another order on the paper."""
    options = tuple(sorted((replace(o, number=new[o.number]) for o in profile.options), key=lambda o: o.number))
    ballots = merge(
        (tuple(tuple(sorted(new[n] for n in rank)) for rank in ranks), weight) for ranks, weight in profile.ballots
    )
    return replace(profile, options=options, ballots=ballots)


def scaled(profile: Profile, factor: int) -> Profile:
    """The same poll with every weight multiplied."""
    return replace(profile, ballots=tuple(Ballot(ranks, weight * factor) for ranks, weight in profile.ballots))


def unmerged(profile: Profile) -> Profile:
    """The same poll with a ballot for every paper."""
    return replace(profile, ballots=tuple(Ballot(ranks, 1) for ranks in papers(profile)))
