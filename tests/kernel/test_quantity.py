"""Thresholds are exact, and what is unknown is never called irregular."""

from fractions import Fraction
from math import isqrt

from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.quantity import UNKNOWN, Answer, Count, Ratio, Root, Share, Span

SMALL = st.integers(0, 400)
QUANTITIES = st.one_of(
    st.builds(Share, st.fractions(min_value=0, max_value=1, max_denominator=12)),
    st.builds(Root, st.fractions(min_value=0, max_value=4, max_denominator=6)),
    st.builds(Count, st.integers(0, 300)),
)


def test_half_means_more_than_half_and_two_thirds_means_at_least() -> None:
    half, two_thirds = Share(Fraction(1, 2)), Share(Fraction(2, 3))
    ten, nine = Span.exactly(10), Span.exactly(9)
    assert half.is_reached(Span.exactly(5), ten) is Answer.NO
    assert half.is_reached(Span.exactly(6), ten) is Answer.YES
    assert two_thirds.is_reached(Span.exactly(6), nine) is Answer.YES
    assert half.is_reached(Span.exactly(5), ten, more_than_half=False) is Answer.YES


def test_a_ratio_needs_its_multiple_and_more_for_than_against() -> None:
    three_to_one = Ratio(3)
    assert three_to_one.is_reached(Span.exactly(9), Span.exactly(3)) is Answer.YES
    assert three_to_one.is_reached(Span.exactly(8), Span.exactly(3)) is Answer.NO
    assert Ratio(1).is_reached(Span.exactly(4), Span.exactly(4)) is Answer.NO
    assert three_to_one.is_reached(Span.exactly(0), Span.exactly(0)) is Answer.NO


def test_the_quorum_of_debian_in_2003_is_compared_without_rounding() -> None:
    """928 developers: 1.5 times the square root is 45.69...; 46 reach it and 45 do not."""
    quorum = Root(Fraction(3, 2))
    assert quorum.is_reached(Span.exactly(45), Span.exactly(928)) is Answer.NO
    assert quorum.is_reached(Span.exactly(46), Span.exactly(928)) is Answer.YES
    assert quorum.least(928) == 46


def test_an_unknown_roll_leaves_the_quorum_untold() -> None:
    assert Root(Fraction(3, 2)).is_reached(Span.exactly(400), UNKNOWN) is Answer.UNTOLD
    assert Share(Fraction(1, 2)).is_reached(UNKNOWN, Span.exactly(10)) is Answer.UNTOLD
    assert Share(Fraction(0)).is_reached(Span.exactly(0), UNKNOWN) is Answer.UNTOLD


@given(QUANTITIES, SMALL, SMALL)
def test_the_least_count_is_the_least_that_reaches(quantity: Share | Root | Count, whole: int, part: int) -> None:
    reached = quantity.is_reached(Span.exactly(part), Span.exactly(whole)) is Answer.YES
    assert reached == (part >= quantity.least(whole))


@given(QUANTITIES, SMALL, SMALL, SMALL, SMALL)
def test_a_test_over_bounds_answers_only_what_every_value_within_them_answers(
    quantity: Share | Root | Count, a: int, b: int, c: int, d: int
) -> None:
    part, whole = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    answer = quantity.is_reached(part, whole)
    corners = {
        quantity.is_reached(Span.exactly(p), Span.exactly(w))
        for p in (part.lo, part.hi or 0)
        for w in (whole.lo, whole.hi or 0)
    }
    assert answer is (corners.pop() if len(corners) == 1 else Answer.UNTOLD)


@given(st.integers(0, 10**9))
def test_a_root_agrees_with_the_integer_square_root(whole: int) -> None:
    root = isqrt(whole)
    assert Root(Fraction(1)).least(whole) == (root if root * root == whole else root + 1)
