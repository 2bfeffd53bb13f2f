"""Counts by stages: totals that conserve, ties, sentences, and every turn of the ballots (`test_twins` holds them
against naive counts)."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import Ballot, Draw, Lots, Parameters, Profile, Result, count, read_draws
from isonomy.counting.ballot import in_order, options_named
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import profiles, renumbered, unmerged

RULES = ("ers97", "irv", "meek-prf", "scottish-stv-2007", "wigm")


def _counted(profile: Profile, rule: str, seats: int) -> Result:
    return count(profile, rule, Parameters(seats=None if rule == "irv" else seats), Lots(seed="of the twins"))


@pytest.mark.parametrize("rule", RULES)
@settings(deadline=None)
@given(profile=profiles(strict=True, options_max=6, ballots_max=14), seats=st.integers(1, 4))
def test_the_seats_are_filled_and_totals_conserve_at_every_stage(rule: str, profile: Profile, seats: int) -> None:
    result = _counted(profile, rule, seats)
    wanted = 1 if rule == "irv" else seats
    assert len(result.winners) == min(wanted, len(profile.options))
    assert len(set(result.winners)) == len(result.winners)
    for table in result.to_json()["stages"]:
        held = sum(Fraction(total) for total in table["totals"].values())
        assert held + Fraction(table["exhausted"]) + Fraction(table["lost_to_rounding"]) == result.valid
        assert Fraction(table["lost_to_rounding"]) >= 0


@pytest.mark.parametrize("rule", RULES)
@settings(deadline=None)
@given(profile=profiles(strict=True, ballots_max=12), seats=st.integers(1, 3))
def test_a_recount_from_recorded_draws_is_the_same_count(rule: str, profile: Profile, seats: int) -> None:
    drawn = _counted(profile, rule, seats)
    record = read_draws(json.loads(json.dumps(drawn.to_json())), profile)
    parameters = Parameters(seats=None if rule == "irv" else seats)
    recount = count(profile, rule, parameters, Lots(record))
    assert recount.winners == drawn.winners
    assert recount.steps == drawn.steps


@pytest.mark.parametrize("rule", RULES)
@settings(deadline=None)
@given(profile=profiles(strict=True, ballots_max=12), seats=st.integers(1, 3), data=st.data())
def test_without_a_tie_the_order_of_the_paper_does_not_matter(
    rule: str, profile: Profile, seats: int, data: st.DataObject
) -> None:
    result = _counted(profile, rule, seats)
    order = data.draw(st.permutations(range(1, len(profile.options) + 1)))
    new = dict(zip(range(1, len(profile.options) + 1), order, strict=True))
    turned = _counted(renumbered(profile, new), rule, seats)
    if any(tie.by == "lot" for tie in result.ties):
        return
    assert {new[winner] for winner in result.winners} == set(turned.winners)
    assert _counted(unmerged(profile), rule, seats).digest() == result.digest()


@pytest.mark.parametrize("rule", RULES)
def test_a_withdrawn_candidate_takes_no_part_and_stays_in_the_table(rule: str) -> None:
    ballots = (Ballot(in_order([1, 2, 3]), 9), Ballot(in_order([2, 3]), 4), Ballot(in_order([3]), 5))
    profile = Profile(options_named(["Ann", "Bo", "Cy"]), ballots).withdraw([1])
    result = _counted(profile, rule, 1)
    assert result.winner_names == ["Bo"]
    assert all(Fraction(table["totals"]["Ann"]) == 0 for table in result.to_json()["stages"])


@pytest.mark.parametrize("rule", RULES)
def test_a_paper_is_read_up_to_its_first_equal_rank(rule: str) -> None:
    profile = Profile(
        options_named(["Ann", "Bo", "Cy"]),
        (Ballot(((1,), (2, 3)), 5), Ballot(((2,),), 3), Ballot(((1, 2),), 9), Ballot((), 2)),
    )
    assert _counted(profile, rule, 1).valid == 8


@pytest.mark.parametrize("rule", RULES)
def test_a_poll_without_papers_is_a_lot_among_equals(rule: str) -> None:
    profile = Profile(options_named(["Ann", "Bo", "Cy"]))
    result = _counted(profile, rule, 2)
    assert len(result.winners) == (1 if rule == "irv" else 2)


def test_an_exclusion_says_how_far_the_candidate_is_behind() -> None:
    ballots = (
        Ballot(in_order([1]), 50),
        Ballot(in_order([2]), 30),
        Ballot(in_order([3, 2]), 29),
        Ballot(in_order([4]), 5),
    )
    profile = Profile(options_named(["Ann", "Bo", "Cy", "Di"]), ballots)
    said = count(profile, "scottish-stv-2007").sentences()
    assert "Stage 2: Di is 24 votes behind Cy and is excluded (rules 47, 50)" in said
    assert "Stage 3: Cy is 1 vote behind Bo and is excluded; Bo is elected (rules 47, 50)" in said


def test_a_tie_for_exclusion_is_broken_by_the_newest_stage_at_which_votes_differed() -> None:
    # Di goes first; her papers make Bo and Cy equal, and at the stage before Cy had fewer.
    ballots = (
        Ballot(in_order([1]), 40),
        Ballot(in_order([2]), 20),
        Ballot(in_order([3]), 18),
        Ballot(in_order([4, 3]), 2),
        Ballot(in_order([5]), 30),
    )
    profile = Profile(options_named(["Ann", "Bo", "Cy", "Di", "Ed"]), ballots)
    result = count(profile, "scottish-stv-2007", Parameters(seats=2))
    assert [(tie.by, tie.among, tie.chosen) for tie in result.ties] == [("earlier stage", (2, 3), (3,))]


def test_a_recorded_draw_decides_a_tie_that_no_stage_decides() -> None:
    ballots = (Ballot(in_order([1]), 6), Ballot(in_order([2]), 5), Ballot(in_order([3]), 5))
    profile = Profile(options_named(["Ann", "Bo", "Cy"]), ballots)
    for falls_on in (2, 3):
        result = count(profile, "scottish-stv-2007", Parameters(seats=2), Lots([Draw((2, 3), (falls_on,))]))
        assert falls_on not in result.winners
    with pytest.raises(BadInput, match="no recorded draw"):
        count(profile, "scottish-stv-2007", Parameters(seats=2), Lots([]))


@settings(deadline=None)
@given(profile=profiles(strict=True, options_max=7, ballots_max=20), seats=st.integers(1, 4))
def test_meek_by_arrays_gives_the_same_digits(profile: Profile, seats: int) -> None:
    pytest.importorskip("numpy")
    from isonomy.counting import arrays_meek

    slow = count(profile, "meek-prf", Parameters(seats=seats))
    usual, arrays_meek.NODES_FROM = arrays_meek.NODES_FROM, 0
    try:
        fast = count(profile, "meek-prf", Parameters(seats=seats))
    finally:
        arrays_meek.NODES_FROM = usual
    assert fast.trace() == slow.trace()
