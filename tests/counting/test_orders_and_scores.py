"""Schulze, ranked pairs, approval, score and STAR: real elections and every turn of the ballots (`test_twins` holds
them against naive counts)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.counting import Ballot, Parameters, Profile, count, read_ballots
from isonomy.counting.ballot import ScoredBallot, in_order, merge_scores, options_named
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import papers, profiles, renumbered, scaled, unmerged

KUBERNETES = Path(__file__).parent / "data" / "kubernetes"


@pytest.mark.parametrize("rule", ["schulze-wv", "ranked-pairs-wv"])
@given(profile=profiles(), factor=st.integers(2, 4), data=st.data())
def test_order_of_the_paper_merging_and_scaling_do_not_matter(
    rule: str, profile: Profile, factor: int, data: st.DataObject
) -> None:
    result = count(profile, rule)
    assert count(unmerged(profile), rule).digest() == result.digest()
    assert count(scaled(profile, factor), rule).winners == result.winners
    if not result.ties:
        order = data.draw(st.permutations(range(1, len(profile.options) + 1)))
        new = dict(zip(range(1, len(profile.options) + 1), order, strict=True))
        assert count(renumbered(profile, new), rule).winners == tuple(new[w] for w in result.winners)


def test_schulzes_example_of_2011_gives_his_order() -> None:
    # 45 voters, five options A to E; section 3 of the paper: E, A, C, B, D.
    ballots = [
        (5, "ACBED"),
        (5, "ADECB"),
        (8, "BEDAC"),
        (3, "CABED"),
        (7, "CAEBD"),
        (2, "CBADE"),
        (7, "DCEBA"),
        (8, "EBADC"),
    ]
    profile = Profile(
        options_named(list("ABCDE")),
        tuple(Ballot(in_order("ABCDE".index(c) + 1 for c in order), n) for n, order in ballots),
    )
    result = count(profile, "schulze-wv", Parameters(seats=5))
    assert "".join(result.winner_names) == "EACBD"


@pytest.mark.parametrize(
    ("year", "elected"),
    [
        (2018, ["Aaron Crickenberger", "Timothy St. Clair", "Davanum Srinivas"]),
        (
            2019,
            [
                "Paris Pittman (@parispittman)",
                "Nikhita Raghunath (@nikhita)",
                "Christoph Blecker (@cblecker)",
                "Derek Carr (@derekwaynecarr)",
            ],
        ),
        (2020, ["Jordan Liggitt", "Bob Killen", "Davanum Srinivas"]),
        (2021, ["parispittman", "justaugustus", "cblecker", "tpepper"]),
        (2022, ["mrbobbytables", "bentheelder", "palnabarun", "cici37", "cpanato", "lavalamp", "deads2k", "qedrakmar"]),
    ],
)
def test_the_kubernetes_steering_committee_is_the_one_announced(year: int, elected: list[str]) -> None:
    profile = read_ballots((KUBERNETES / f"{year}_ballots.csv").read_bytes(), "ballots.csv")
    assert profile.unranked == "apart"
    assert count(profile, "schulze-wv", Parameters(seats=len(elected))).winner_names == elected


def test_in_2017_the_limit_on_one_company_passed_over_the_fourth() -> None:
    profile = read_ballots((KUBERNETES / "2017_ballots.csv").read_bytes(), "ballots.csv")
    passed_over = profile.withdraw([profile.number_of("Michael Rubin")])
    assert count(passed_over, "schulze-wv", Parameters(seats=6)).winner_names == [
        "Derek Carr",
        "Michelle Noorali",
        "Phillip Whitrock",
        "Timothy St. Clair",
        "Quinton Hoole",
        "Aaron Crickenberger",
    ]


SCORES = st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 5))] * 5), max_size=8)


def _scored(given_papers: list[tuple[int | None, ...]]) -> Profile:
    return Profile(options_named(list("ABCDE")), scored=merge_scores((paper, 1) for paper in given_papers))


@given(given_papers=SCORES, seats=st.integers(1, 4))
def test_score_and_approval_elect_the_largest_sums(given_papers: list[tuple[int | None, ...]], seats: int) -> None:
    profile = _scored(given_papers)
    for rule, worth in (("score", lambda s: s or 0), ("approval", lambda s: int(bool(s)))):
        result = count(profile, rule, Parameters(seats=seats))
        sums = {n: sum(worth(paper[n - 1]) for paper in given_papers) for n in range(1, 6)}
        assert result.to_json()["tallies"] == {"ABCDE"[n - 1]: sums[n] for n in sums}
        losers = set(sums) - set(result.winners)
        assert all(sums[out] <= sums[won] for out in losers for won in result.winners)


@given(profile=profiles(), seats=st.integers(1, 3))
def test_on_ranked_papers_every_rank_is_a_mark(profile: Profile, seats: int) -> None:
    for rule in ("approval", "bloc"):
        result = count(profile, rule, Parameters(seats=seats))
        marked = [[n for rank in paper for n in rank] for paper in papers(profile)]
        valid = [marks for marks in marked if marks and (rule == "approval" or len(marks) <= seats)]
        assert result.valid == len(valid)
        assert result.to_json()["tallies"] == {
            f"Option {n}": sum(n in marks for marks in valid) for n in profile.standing
        }


def test_a_score_beyond_the_top_is_refused_by_star() -> None:
    profile = Profile(options_named(["Ann", "Bo"]), scored=(ScoredBallot((6, 0), 1),))
    with pytest.raises(BadInput, match="score of 6"):
        count(profile, "star")
    assert count(profile, "star", Parameters(choices={"max": "9"})).winner_names == ["Ann"]
