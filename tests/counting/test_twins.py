"""Every rule counts as its naive twin does: a sample here, 100,000 elections a rule with `make twins`."""

from __future__ import annotations

import pytest

from isonomy.counting import Lots, Parameters, count, rules
from isonomy.counting.ballot import Ballot, Profile, in_order, options_named
from tests.counting.naive.hand import Hand
from tests.counting.twins.table import TWINS, Differs, agree

SAMPLE = 250


@pytest.mark.parametrize("rule", sorted(TWINS))
def test_a_count_agrees_with_its_naive_twin_on_random_elections(rule: str) -> None:
    tied = [agree(rule, str(seed)).ties for seed in range(SAMPLE)]
    assert any(tied), "the elections are rich in ties"


def test_every_rule_has_a_twin() -> None:
    assert set(TWINS) == {rule.name for rule in rules()}


def test_a_twin_sees_a_figure_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    from isonomy.counting import scottish_stv_2007

    monkeypatch.setattr(scottish_stv_2007, "droop_whole", lambda valid, seats: valid // (seats + 1) + 2)
    with pytest.raises(Differs):
        [agree("scottish-stv-2007", str(seed)) for seed in range(SAMPLE)]


def test_the_published_lot_is_the_one_that_anybody_can_repeat() -> None:
    profile = Profile(options_named(list("ABCD")), tuple(Ballot(in_order([n]), 1) for n in range(1, 5)))
    drawn = count(profile, "plurality", Parameters(seats=3), Lots(seed="the draw of 4 May"))
    assert list(drawn.winners) == Hand("the draw of 4 May").order([1, 2, 3, 4], 3, "elected")
