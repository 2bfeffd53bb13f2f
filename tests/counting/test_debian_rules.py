"""The rules of Debian's constitution: against naive twins straight from the text, in ties, and under every
turn of the ballots."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.counting import Ballot, Draw, Lots, Parameters, Profile, Quorum, Tie, count
from isonomy.counting.ballot import StrictBallots, in_order, options_named
from isonomy.counting.debian_2003 import decide_by_matrix
from isonomy.counting.pairwise import matrix_from_rows, pairwise_matrix
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import papers, profiles, renumbered, scaled, unmerged
from tests.counting.naive import debian as naive

EDITIONS = [("debian-2003", True), ("debian-2015", False)]


def poll(option_count: int, *ballots: tuple[int, list[int]]) -> Profile:
    names = [f"Option {n}" for n in range(1, option_count + 1)]
    return Profile(options_named(names), tuple(Ballot(in_order(order), weight) for weight, order in ballots))


@pytest.mark.parametrize(("rule", "strict"), EDITIONS)
@given(
    profile=profiles(),
    quorum=st.integers(0, 6),
    ratios=st.lists(st.sampled_from([1, 2, 3, Fraction(3, 2)]), max_size=4),
)
def test_a_count_agrees_with_the_text_applied_paper_by_paper(
    rule: str, strict: bool, profile: Profile, quorum: int, ratios: list[Fraction]
) -> None:
    default = len(profile.options)
    asked = {n: Fraction(r) for n, r in enumerate(ratios, start=1) if n < default}
    result = count(profile, rule, Parameters(quorum=Quorum(Fraction(quorum)), majorities=asked))
    expected = naive.clone_proof(papers(profile), range(1, default + 1), default, quorum, asked, strict)
    assert list(result.winners) == expected
    assert result.decided == (len(expected) == 1)


@given(profile=profiles())
def test_without_a_default_no_option_is_tested(profile: Profile) -> None:
    result = count(profile, "debian-2003", Parameters(default=0))
    assert result.to_json()["dropped"] == []
    assert list(result.winners) == naive.clone_proof(papers(profile), range(1, len(profile.options) + 1), 0)


@given(profile=profiles(options_max=4), data=st.data())
def test_concorde_agrees_with_the_text_applied_paper_by_paper(profile: Profile, data: st.DataObject) -> None:
    default = len(profile.options)
    quorum = data.draw(st.one_of(st.none(), st.integers(0, 6)))
    asked = {1: Fraction(data.draw(st.sampled_from([1, 2, 3])))}
    given_quorum = None if quorum is None else Quorum(Fraction(quorum))
    parameters = Parameters(quorum=given_quorum, majorities=asked)
    result = count(profile, "debian-1998", parameters)
    options = range(1, default + 1)
    assert list(result.winners) == naive.concorde(papers(profile), options, default, quorum, asked)
    chair = random.Random(data.draw(st.integers(0, 99)))
    decided = count(profile, "debian-1998", parameters, ScriptedChair(chair))
    casting = [tie.chosen[0] for tie in decided.ties]
    assert list(decided.winners) == naive.concorde(papers(profile), options, default, quorum, asked, casting)
    recount = count(profile, "debian-1998", parameters, Lots([Draw(t.among, t.chosen) for t in decided.ties]))
    assert recount.digest() == decided.digest()


class ScriptedChair(Lots):
    """A chair who casts a vote in every tie."""

    def __init__(self, chair: random.Random) -> None:
        super().__init__()
        self.chair = chair

    def fresh(self) -> Lots:
        return ScriptedChair(self.chair)

    def casting_vote(self, question: str, place: str, among: Sequence[int], at: str) -> int | None:
        chosen = self.chair.choice(sorted(among))
        tie = Tie(len(self.met) + 1, question, place, tuple(sorted(among)), at, "casting vote", (chosen,))
        self.met.append(tie)
        return chosen


@pytest.mark.parametrize("rule", ["debian-2003", "debian-2015", "debian-1998"])
@given(profile=profiles(), data=st.data())
def test_the_order_of_the_paper_and_of_the_ballots_does_not_matter(
    rule: str, profile: Profile, data: st.DataObject
) -> None:
    count_of = len(profile.options)
    order = data.draw(st.permutations(range(1, count_of + 1)))
    new = dict(zip(range(1, count_of + 1), order, strict=True))
    turned = renumbered(profile, new)
    ballots = list(turned.ballots)
    random.Random(data.draw(st.integers())).shuffle(ballots)
    turned = Profile(turned.options, tuple(ballots))
    one = count(profile, rule, Parameters(default=count_of))
    other = count(turned, rule, Parameters(default=new[count_of]))
    assert {new[n] for n in one.winners} == set(other.winners)
    assert one.decided == other.decided


@pytest.mark.parametrize("rule", ["debian-2003", "debian-2015", "debian-1998"])
@given(profile=profiles(), factor=st.integers(2, 5))
def test_merging_and_scaling_the_ballots_does_not_change_the_winner(rule: str, profile: Profile, factor: int) -> None:
    one = count(profile, rule)
    assert count(unmerged(profile), rule).digest() == one.digest()
    assert count(scaled(profile, factor), rule).winners == one.winners


@given(profile=profiles())
def test_an_option_that_beats_all_others_wins(profile: Profile) -> None:
    default = len(profile.options)
    one_paper = papers(profile)
    beats_all = [
        a
        for a in range(1, default + 1)
        if all(naive.v(one_paper, a, b) > naive.v(one_paper, b, a) for b in range(1, default + 1) if b != a)
    ]
    if beats_all:
        assert list(count(profile, "debian-2003").winners) == beats_all


def test_a_quorum_is_reached_by_exactly_as_many_votes() -> None:
    profile = poll(2, (45, [1, 2]))
    reached = count(profile, "debian-2003", Parameters(quorum=Quorum(Fraction(45))))
    missed = count(profile, "debian-2003", Parameters(quorum=Quorum(Fraction("45.0000000001"))))
    assert reached.winner_names == ["Option 1"]
    assert missed.winner_names == ["Option 2"]
    assert missed.to_json()["dropped"][0]["why"] == "quorum"


def test_a_ratio_reached_by_equality_is_enough_since_2015_and_not_before() -> None:
    profile = poll(2, (30, [1, 2]), (10, [2, 1]))
    asked = Parameters(majorities={1: Fraction(3)})
    assert count(profile, "debian-2003", asked).winner_names == ["Option 2"]
    assert count(profile, "debian-2015", asked).winner_names == ["Option 1"]


def test_equal_votes_never_defeat_the_default() -> None:
    profile = poll(2, (10, [1, 2]), (10, [2, 1]))
    for rule, _ in EDITIONS:
        assert count(profile, rule).winner_names == ["Option 2"]


def test_a_cycle_is_broken_at_its_weakest_defeat() -> None:
    # 1 beats 2 by 8:5, 2 beats 3 by 9:4, 3 beats 1 by 7:6; the defeat of 1 by 3 is the weakest.
    profile = poll(4, (4, [1, 2, 3, 4]), (2, [1, 2, 3]), (3, [2, 3, 1, 4]), (2, [3, 1, 2, 4]), (2, [3, 1, 2]))
    matrix = count(profile, "debian-2003").to_json()["matrix"]
    assert matrix[0][1] > matrix[1][0]
    assert matrix[1][2] > matrix[2][1]
    assert matrix[2][0] > matrix[0][2]
    assert count(profile, "debian-2003").winner_names == ["Option 1"]


def test_a_tie_waits_for_the_casting_vote_and_names_those_among_whom_it_chooses() -> None:
    profile = poll(3, (5, [1, 2, 3]), (5, [2, 1, 3]))
    open_result = count(profile, "debian-2003")
    assert open_result.winner_names == ["Option 1", "Option 2"]
    assert not open_result.decided
    assert open_result.ties[0].by == "casting vote"
    decided = count(profile, "debian-2003", lots=Lots([Draw((1, 2), (2,))]))
    assert decided.winner_names == ["Option 2"]
    assert decided.decided
    assert "casting vote" in decided.ties[0].sentence(decided.names)


def test_a_tally_alone_is_judged_like_its_ballots() -> None:
    rows = [[0, 30], [10, 0]]
    _, winners, decided = decide_by_matrix(matrix_from_rows(rows), (1, 2), default=2, quorum=Quorum(Fraction(20)))
    assert winners == (1,)
    assert decided


def test_a_withdrawn_option_takes_no_part() -> None:
    profile = poll(3, (9, [1, 2, 3]), (2, [2, 1, 3])).withdraw([1])
    for rule in ("debian-2003", "debian-2015", "debian-1998"):
        assert count(profile, rule).winner_names == ["Option 2"]


def test_concorde_drops_the_winner_that_misses_the_quorum() -> None:
    profile = poll(3, (4, [1, 2, 3]), (1, [3, 1, 2]))
    missed = count(profile, "debian-1998", Parameters(quorum=Quorum(Fraction(5))))
    assert missed.winner_names == ["Option 3"]


def test_concorde_reduces_the_votes_for_an_option_that_needs_a_supermajority() -> None:
    profile = poll(3, (25, [1, 2, 3]), (10, [2, 3, 1]))
    asked = Parameters(majorities={1: Fraction(3)})
    assert count(profile, "debian-1998").winner_names == ["Option 1"]
    assert count(profile, "debian-1998", asked).winner_names == ["Option 2"]


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        (Parameters(majorities={9: Fraction(2)}), "no option 9"),
        (Parameters(majorities={3: Fraction(2)}), "default"),
        (Parameters(seats=2), "does not take seats"),
        (Parameters(choices={"moon": "full"}), "does not take moon"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused(parameters: Parameters, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        count(poll(3, (1, [1])), "debian-2003", parameters)
    assert says in caught.value.sentence()


@given(profile=profiles(), apart=st.booleans(), strict=st.booleans())
def test_the_matrix_by_arrays_is_the_same(profile: Profile, apart: bool, strict: bool) -> None:
    pytest.importorskip("numpy")
    from isonomy.counting.arrays_pairwise import pairwise_counts

    ballots = profile.ballots
    if strict:
        ballots = StrictBallots([[weight, *(rank[0] for rank in ranks)] for ranks, weight in ballots])
    expected = pairwise_matrix(ballots, len(profile.options), apart=apart)
    assert tuple(map(tuple, pairwise_counts(ballots, len(profile.options), apart=apart))) == expected
