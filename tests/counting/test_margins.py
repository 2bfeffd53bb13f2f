"""With fewer ballots changed than the margin says, the winners stay: tried on every change of one or two ballots; and so
many as it says suffice."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement, permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import Lots, Parameters, Profile, Quorum, count, read_ballots
from isonomy.counting.ballot import Ballot, Ranks, in_order, merge, options_named
from isonomy.counting.margin import margin
from isonomy.counting.margin_tried import TRIED_RULES
from tests.counting.elections import papers, profiles
from tests.counting.twins import drawn

RULES = ("plurality", "irv", "schulze-wv", "ranked-pairs-wv", "debian-2003", "debian-2015")
WARDS = Path(__file__).parent / "data" / "scottish-2017" / "ballots"


def _every_paper(profile: Profile, *, blank: bool) -> list[Ranks]:
    numbers = profile.standing
    lengths = range(0 if blank else 1, len(numbers) + 1)
    return [in_order(order) for length in lengths for order in permutations(numbers, length)]


def _with_one_ballot_changed(profile: Profile) -> list[Profile]:
    cast = papers(profile)
    changed = []
    for place in range(len(cast)):
        rest = cast[:place] + cast[place + 1 :]
        changed += [[*rest, order] for order in _every_paper(profile, blank=True)]
    return [replace(profile, ballots=merge((order, 1) for order in poll)) for poll in changed]


@pytest.mark.parametrize("rule", RULES)
@settings(deadline=None, max_examples=25)
@given(profile=profiles(strict=True, options_max=3, ballots_max=5))
def test_below_its_margin_no_outcome_changes(rule: str, profile: Profile) -> None:
    result = count(profile, rule)
    found = margin(profile, result)
    if found is not None and found.at_least > 1:
        for poll in _with_one_ballot_changed(profile):
            assert count(poll, rule).winners == result.winners


@settings(deadline=None, max_examples=40)
@given(
    profile=profiles(strict=True, options_min=3, options_max=3, ballots_max=6),
    quorum=st.integers(0, 4),
    ratio=st.sampled_from([1, 2, 3]),
    rule=st.sampled_from(["debian-2003", "debian-2015"]),
)
def test_quorum_and_majority_belong_to_the_margin(profile: Profile, quorum: int, ratio: int, rule: str) -> None:
    asked = Parameters(quorum=Quorum(quorum), majorities={1: Fraction(ratio)})
    result = count(profile, rule, asked)
    found = margin(profile, result, asked)
    if found is not None and found.at_least > 1:
        for poll in _with_one_ballot_changed(profile):
            assert count(poll, rule, asked).winners == result.winners


def _wide_apart(rng: Random) -> Profile:
    """Three candidates far enough apart that a few papers decide nothing."""
    orders = [in_order(order) for length in (1, 2, 3) for order in permutations((1, 2, 3), length)]
    ballots = [(rng.choice(orders), rng.choice((2, 5, 11))) for _ in range(5)]
    return Profile(options_named(["Ann", "Bo", "Cy"]), merge(ballots))


def test_a_proven_margin_of_transfers_holds_for_every_change_of_one_and_two_papers() -> None:
    rng, tried = Random("margins"), 0
    for _ in range(60):
        profile, seats = _wide_apart(rng), rng.randint(1, 2)
        asked = Parameters(seats=seats)
        result = count(profile, "scottish-stv-2007", asked)
        found = margin(profile, result, asked)
        assert found is not None
        # Papers are altered by kind; of equal papers it does not matter which.
        for changed in range(1, min(found.at_least, 3)):
            for taken in combinations_with_replacement(range(len(profile.ballots)), changed):
                if any(taken.count(place) > profile.ballots[place].weight for place in taken):
                    continue
                kept = [Ballot(b.ranks, b.weight - taken.count(n)) for n, b in enumerate(profile.ballots)]
                for added in combinations_with_replacement(_every_paper(profile, blank=False), changed):
                    cast = merge([*(b for b in kept if b.weight), *((order, 1) for order in added)])
                    other = count(replace(profile, ballots=cast), "scottish-stv-2007", asked)
                    assert set(other.winners) == set(result.winners)
                    tried += 1
    assert tried > 2_000


@pytest.mark.parametrize("rule", TRIED_RULES)
def test_what_is_said_to_suffice_was_counted_and_suffices(rule: str) -> None:
    found_some = 0
    for seed in range(30):
        profile = drawn.ranked(Random(f"{rule} {seed}"), fewest=3, papers=9)
        asked = Parameters() if "seats" not in _takes(rule) else Parameters(seats=1)
        result = count(profile, rule, asked)
        found = margin(profile, result, asked)
        if found is None or found.at_most is None:
            continue
        found_some += 1
        assert found.at_least <= found.at_most
        source, target = map(int, re.findall(r"Option (\d+)", found.how)[:: 1 if found.how.count("Option") == 2 else 2])
        left, altered = found.at_most, []
        for ranks in papers(profile.withdraw([])):
            standing = tuple(kept for rank in ranks if (kept := tuple(n for n in rank if n in profile.standing)))
            place = {n: number for number, rank in enumerate(standing) for n in rank}
            first = bool(standing) and standing[0] == (source,)
            prefers = source in place and place[source] < place.get(target, 99)
            if left and (first if "first, filled" in found.how else prefers):
                left -= 1
                rest = (tuple(n for n in rank if n not in (source, target)) for rank in standing)
                standing = ((target,), *(rank for rank in rest if rank))
            altered.append((standing, 1))
        assert left == 0
        other = count(replace(profile, ballots=merge(altered)), rule, asked, Lots(seed="margin"))
        assert set(other.winners) != set(result.winners)
    assert found_some > 10


def _takes(rule: str) -> tuple[str, ...]:
    from isonomy.counting import rule_named

    return rule_named(rule).takes


def test_the_margin_of_plurality_is_reached_by_so_many_ballots() -> None:
    names = options_named(["Ann", "Bob"])
    poll = Profile(names, merge([(in_order([1]), 9), (in_order([2]), 4)]))
    found = margin(poll, count(poll, "plurality"))
    assert found is not None
    assert (found.at_least, found.at_most, found.exact) == (3, 3, True)
    moved = Profile(names, merge([(in_order([1]), 9 - 3), (in_order([2]), 4 + 3)]))
    assert count(moved, "plurality").winners == (2,)


def test_a_figure_says_whether_it_is_proven_or_found_by_trying() -> None:
    poll = read_ballots((WARDS / "aberdeen_2017_ward10.csv").read_bytes(), "ward10.csv")
    found = margin(poll, count(poll, "scottish-stv-2007"))
    assert found is not None
    assert (found.at_least, found.at_most, found.exact) == (10, 14, False)
    assert "at least 10 ballots change (a lower bound, proven)" in found.sentence()
    assert "14 ballots changed would suffice: papers with" in found.sentence()
    assert "(found by trying, and recounted)" in found.sentence()


def test_a_lot_leaves_no_margin() -> None:
    poll = Profile(options_named(["Ann", "Bob"]), merge([(in_order([1]), 4), (in_order([2]), 4)]))
    found = margin(poll, count(poll, "scottish-stv-2007"))
    assert found is not None
    assert found.at_least == 0
    assert "without a changed ballot" in found.sentence()


def test_where_everybody_is_elected_there_is_no_margin() -> None:
    poll = Profile(options_named(["Ann", "Bob"]), merge([(in_order([1]), 4)]))
    assert margin(poll, count(poll, "wigm", Parameters(seats=2))) is None
    assert margin(poll, count(poll, "seq-pav")) is None
