"""Majorities: exact at every boundary, over the whole that the clause names."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.counting import Parameters, Profile, count
from isonomy.counting.ballot import ScoredBallot, merge_scores, options_named
from isonomy.counting.yes_no import Answers, is_carried, read_majority
from isonomy.kernel.bad_input import BadInput


def test_half_means_more_than_half_and_a_tie_is_not_carried() -> None:
    assert is_carried(Answers(51, 50))
    assert not is_carried(Answers(50, 50))
    assert not is_carried(Answers(0, 0))


def test_two_thirds_is_reached_by_exactly_two_thirds() -> None:
    assert is_carried(Answers(2, 1), read_majority("2/3"))
    assert not is_carried(Answers(199, 100), read_majority("2/3"))


def test_a_ratio_is_reached_by_equality_and_needs_more_for_than_against() -> None:
    assert is_carried(Answers(3, 1), read_majority("3:1"))
    assert not is_carried(Answers(2, 1), read_majority("3:1"))
    assert not is_carried(Answers(1, 1), read_majority("1:1"))


def test_abstentions_count_among_the_present_and_not_among_the_cast() -> None:
    answers = Answers(5, 4, abstain=3)
    assert is_carried(answers, read_majority("1/2", "cast"))
    assert not is_carried(answers, read_majority("1/2", "present"))


def test_vacant_seats_count_where_the_majority_is_of_seats() -> None:
    assert is_carried(Answers(5, 0), read_majority("1/2", "seats"), 9)
    assert not is_carried(Answers(5, 0), read_majority("1/2", "seats"), 10)


def test_a_majority_of_the_entitled_needs_their_number() -> None:
    with pytest.raises(BadInput, match="entitled"):
        is_carried(Answers(5, 0), read_majority("1/2", "entitled"))
    with pytest.raises(BadInput, match="cast by 3"):
        is_carried(Answers(5, 0), read_majority("1/2", "entitled"), 3)


@pytest.mark.parametrize("text", ["0", "3/2", "half", "1/0", "0.5.5", ""])
def test_a_majority_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_majority(text)


@given(
    answers=st.builds(Answers, st.integers(0, 40), st.integers(0, 40), st.integers(0, 9), st.integers(0, 9)),
    share=st.fractions(Fraction(1, 100), 1, max_denominator=100),
    of=st.sampled_from(["cast", "present"]),
)
def test_a_share_agrees_with_the_fraction_taken_by_hand(answers: Answers, share: Fraction, of: str) -> None:
    whole = answers.cast if of == "cast" else answers.papers
    expected = answers.in_favour > 0 and (
        Fraction(answers.in_favour) > whole * share if share == Fraction(1, 2) else answers.in_favour >= whole * share
    )
    assert is_carried(answers, read_majority(f"{share.numerator}/{share.denominator}", of)) == expected


@given(
    papers=st.lists(st.tuples(*[st.sampled_from([1, 0, -1, None])] * 4), min_size=1, max_size=12),
    seats=st.integers(1, 4),
)
def test_seats_go_to_those_carried_with_the_most_yes(papers: list[tuple[int | None, ...]], seats: int) -> None:
    profile = Profile(options_named(["Ann", "Bo", "Cy", "Di"]), scored=merge_scores((p, 1) for p in papers))
    result = count(profile, "yes-no", Parameters(seats=seats))
    yes = {n: sum(p[n - 1] == 1 for p in papers) for n in range(1, 5)}
    no = {n: sum(p[n - 1] == -1 for p in papers) for n in range(1, 5)}
    carried = [n for n in yes if yes[n] > no[n]]
    assert set(result.winners) <= set(carried)
    assert len(result.winners) == min(seats, len(carried))
    assert all(yes[out] <= yes[n] for out in set(carried) - set(result.winners) for n in result.winners)


def test_a_motion_without_seats_is_carried_by_itself() -> None:
    profile = Profile(options_named(["Motion 4"]), scored=(ScoredBallot((1,), 7), ScoredBallot((-1,), 3)))
    result = count(profile, "yes-no", Parameters(choices={"majority": "2/3"}))
    assert result.winner_names == ["Motion 4"]
    assert "7 for, 3 against" in result.sentences()[0]
    assert result.sentences()[-1].startswith("Motion 4 is carried")
    assert "seat" not in " ".join(result.sentences())
