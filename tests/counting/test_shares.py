"""Proportional approval voting, Phragmén, equal shares, apportionment and sortition: real decisions and worked
examples (`test_twins` holds them against naive counts)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import Parameters, Profile, count, read_ballots
from isonomy.counting.apportionment import apportion
from isonomy.counting.ballot import Option, ScoredBallot, merge_scores, options_named
from isonomy.counting.sortition import key_string, select
from isonomy.kernel.bad_input import BadInput
from tests.counting.naive import shares as naive

DATA = Path(__file__).parent / "data"
APPROVALS = st.lists(st.frozensets(st.integers(1, 5)), max_size=8)


def _approved(papers: list[frozenset[int]]) -> Profile:
    return Profile(
        options_named(list("ABCDE")),
        scored=merge_scores((tuple(1 if n in p else None for n in range(1, 6)), 1) for p in papers),
    )


@settings(deadline=None)
@given(papers=APPROVALS, seats=st.integers(1, 5))
def test_pav_finds_a_best_committee_and_says_when_several_are_best(papers: list[frozenset[int]], seats: int) -> None:
    result = count(_approved(papers), "pav", Parameters(seats=seats))
    best = naive.best_committees([p for p in papers if p], [1, 2, 3, 4, 5], seats)
    assert tuple(sorted(result.winners)) in best
    assert bool(result.ties) == (len(best) > 1)


def test_pav_refuses_more_committees_than_it_can_try() -> None:
    options = options_named([f"Option {n}" for n in range(1, 41)])
    profile = Profile(options, scored=(ScoredBallot(tuple([1] * 40), 3),))
    with pytest.raises(BadInput, match="137846528820 committees"):
        count(profile, "pav", Parameters(seats=20))


def test_phragmens_own_example_elects_a_q_b() -> None:
    # 1034 papers for A, B, C; 519 for P, Q, R; 90 for A, B, Q; 47 for A, P, Q (Janson 2016, example 13.1).
    names = list("ABCPQR")
    papers = [(1034, "ABC"), (519, "PQR"), (90, "ABQ"), (47, "APQ")]
    scored = tuple(ScoredBallot(tuple(1 if n in marked else None for n in names), weight) for weight, marked in papers)
    profile = Profile(options_named(names), scored=scored)
    assert count(profile, "phragmen", Parameters(seats=3)).winner_names == ["A", "Q", "B"]


@pytest.mark.parametrize("file", ["Netherlands_Assen_2024.pb", "Poland_Swiecie_2023.pb"])
def test_a_town_bought_what_equal_shares_say(file: str) -> None:
    data = (DATA / "pabulib" / file).read_bytes()
    lines = data.decode().splitlines()
    projects = lines[lines.index("PROJECTS") + 1 : lines.index("VOTES")]
    selected = {row["project_id"] for row in csv.DictReader(projects, delimiter=";") if row["selected"] == "1"}
    profile = read_ballots(data, file)
    result = count(profile, "equal-shares")
    assert {profile.options[n - 1].code for n in result.winners} == selected
    assert result.to_json()["cost"] <= profile.budget


def test_completion_spends_more_and_the_comparison_asks_the_voters() -> None:
    options = tuple(Option(n, f"Project {n}", cost=cost) for n, cost in enumerate((6, 5, 4), start=1))
    scored = (ScoredBallot((1, None, None), 6), ScoredBallot((None, 1, 1), 4))
    profile = Profile(options, scored=scored, budget=10)
    bare = count(profile, "equal-shares", Parameters(choices={"increment": "0"}))
    more = count(profile, "equal-shares", Parameters(choices={"increment": "0", "completion": "greedy"}))
    assert set(bare.winners) <= set(more.winners)
    assert more.to_json()["cost"] <= 10
    assert count(profile, "equal-shares", Parameters(choices={"comparison": "greedy"})).to_json()["cost"] <= 10
    with pytest.raises(BadInput, match="not a choice"):
        count(profile, "equal-shares", Parameters(choices={"utility": "joy"}))


def test_a_committee_by_equal_shares_gives_each_group_its_part() -> None:
    scored = (ScoredBallot((1, 1, 1, None), 6), ScoredBallot((None, None, None, 1), 3))
    profile = Profile(options_named(list("ABCD")), scored=scored)
    result = count(profile, "equal-shares", Parameters(seats=3))
    assert sorted(result.winner_names)[-1] == "D"
    assert len(result.winners) == 3


VOTES = st.dictionaries(st.integers(1, 6), st.integers(0, 60), min_size=1)


@given(votes=VOTES, seats=st.integers(1, 15), method=st.sampled_from(["dhondt", "sainte-lague"]))
def test_divisors_give_the_seats_to_the_largest_quotients(votes: dict[int, int], seats: int, method: str) -> None:
    held = apportion(votes, seats, method)
    divisor = (lambda k: k + 1) if method == "dhondt" else (lambda k: 2 * k + 1)
    expected, tie = naive.highest_quotients(votes, seats, divisor)
    if not tie:
        assert held == expected
    assert sum(held.values()) == (seats if any(votes.values()) else 0)


@given(votes=VOTES, seats=st.integers(1, 15))
def test_largest_remainders_keep_quota(votes: dict[int, int], seats: int) -> None:
    held = apportion(votes, seats, "largest-remainder-hare")
    total = sum(votes.values())
    if total:
        assert sum(held.values()) == seats
        for n, v in votes.items():
            assert v * seats // total <= held[n] <= -(-v * seats // total)


@given(
    votes=VOTES,
    extra=st.integers(0, 12),
    least=st.integers(0, 2),
    method=st.sampled_from(["dhondt", "sainte-lague", "largest-remainder-hare"]),
)
def test_every_branch_gets_its_least(votes: dict[int, int], extra: int, least: int, method: str) -> None:
    seats = least * len(votes) + extra
    held = apportion(votes, seats, method, least=least)
    assert all(held[n] >= least for n in votes)
    assert sum(held.values()) <= max(seats, 0)
    if any(votes.values()):
        assert sum(held.values()) == seats


def test_a_least_that_cannot_be_given_is_refused() -> None:
    with pytest.raises(BadInput, match="need more than 3 seats"):
        apportion({1: 5, 2: 5}, 3, "dhondt", least=2)


def test_lists_share_the_seats_of_an_election() -> None:
    profile = read_ballots(b'3 5\n53 1 0\n24 2 0\n23 3 0\n0\n"Red"\n"Blue"\n"Green"\n')
    assert count(profile, "dhondt").to_json()["apportioned"] == {"Red": 3, "Blue": 1, "Green": 1}


def test_the_worked_example_of_rfc_3797_is_repeated_digest_by_digest() -> None:
    example = json.loads((DATA / "rfc3797" / "example_section6.json").read_text(encoding="utf-8"))
    key = key_string(example["key_sources"])
    assert key == example["key_string"]
    chosen = select(key, example["pool"], example["select"])
    assert [found.chosen for found in chosen] == example["expected_selected"]
    assert [found.digest for found in chosen] == example["expected_digests"][: len(chosen)]


def test_a_selection_takes_nobody_twice_and_refuses_too_small_a_pool() -> None:
    pool = ["Ann", "Bo", "Cy"]
    assert sorted(found.chosen for found in select("7./", pool, 3)) == pool
    with pytest.raises(BadInput, match="4 cannot be selected from 3"):
        select("7./", pool, 4)
