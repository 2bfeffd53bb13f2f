"""Years of a federation from one seed: what must always be so is so, and what could break the laws would be seen."""

from __future__ import annotations

import dataclasses

import pytest

from isonomy.engine.act import ACTS
from tests.simulation.arena import Arena
from tests.simulation.laws import broken
from tests.simulation.years import live, never_reached


@pytest.fixture(scope="module")
def arena() -> Arena:
    """Three years of a small federation, watched all the way and replayed at the end."""
    return live(1, branches=8, members=160, years=3)


def test_three_years_of_a_federation_keep_every_law_and_are_replayed(arena: Arena) -> None:
    assert arena.state.n > 900
    assert list(broken(arena.state, arena.today)) == []


def test_the_years_reach_most_acts_that_there_are(arena: Arena) -> None:
    assert len(never_reached([arena])["never accepted"]) < len(ACTS) / 2


def test_the_same_seed_gives_the_same_years() -> None:
    assert (
        live(5, branches=3, members=40, years=1).state.digest()
        == live(5, branches=3, members=40, years=1).state.digest()
    )


def test_a_decision_in_force_after_its_lapse_would_be_seen(arena: Arena) -> None:
    state = arena.replayed()
    lapsed = next(found for found in state.decisions.values() if found.lapses_on and not found.ratified_by)
    lapsed.ratified_by = next(found.id for found in state.decisions.values() if found.taken_on > lapsed.lapses_on)
    assert any(lapsed.id in found for found in broken(state, arena.today))


def test_a_criticism_withdrawn_while_critics_stand_behind_it_would_be_seen(arena: Arena) -> None:
    state = arena.replayed()
    criticism = next(found for found in state.criticisms.values() if found.critics and not found.withdrawn_on)
    criticism.withdrawn_on = criticism.on
    assert any(criticism.id in found for found in broken(state, arena.today))


def test_two_posts_that_do_not_go_together_would_be_seen(arena: Arena) -> None:
    state = arena.replayed()
    held = next(
        found for found in state.mandates.values() if found.is_valid_on(arena.today) and found.since != state.founded_on
    )
    for place, seat in enumerate(("chair", "general-secretary")):
        state.mandates[f"ma-9999-{place}"] = dataclasses.replace(held, id=f"ma-9999-{place}", seat=seat)
    assert any(held.person in found for found in broken(state, arena.today))


@pytest.mark.scale
@pytest.mark.parametrize("seed", range(2, 12))
def test_ten_years_of_a_federation_keep_every_law(seed: int) -> None:
    live(seed, branches=12, members=400, years=10)


@pytest.mark.scale
def test_ten_years_of_fifty_branches_and_five_thousand_members_keep_every_law() -> None:
    live(1, branches=50, members=5000, years=10)
