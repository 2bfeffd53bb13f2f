"""The fixpoint and an answer-set solver, written from the specification apart from each other, give the same least coalition."""

from __future__ import annotations

import pytest

from isonomy.checker.least import least_number, try_hold
from isonomy.checker.model import model_of
from isonomy.checker.settings import Settings
from isonomy.rulebook.reader import read_rulebook
from tests.checker.small_rulebooks import MEMBERS, drawn

pytest.importorskip("clingo", reason="the solver is a test dependency; `make setup` installs it")


def by_fixpoint(seed: int) -> int | None:
    model = model_of(read_rulebook(drawn(seed).text()), Settings(members_without_units=MEMBERS))
    return least_number(model, MEMBERS, lambda spread: try_hold(model, spread) is not None)


def differences(seeds: range) -> list[tuple[int, int | None, int | None]]:
    from tests.checker.second_opinion import least_coalition

    answers = ((seed, by_fixpoint(seed), least_coalition(drawn(seed))) for seed in seeds)
    return [answer for answer in answers if answer[1] != answer[2]]


def test_a_sample_of_small_rulebooks_has_the_same_least_coalition_for_both() -> None:
    assert differences(range(80)) == []


def test_the_sample_holds_least_coalitions_of_several_sizes() -> None:
    assert {1, 2, 3} <= {by_fixpoint(seed) for seed in range(80)}


@pytest.mark.scale
def test_two_thousand_small_rulebooks_have_the_same_least_coalition_for_both() -> None:
    assert differences(range(80, 2_080)) == []
