"""Laws of the checker that need no known answer: names mean nothing, more power needs no more persons, one order is every order."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from isonomy.checker import Settings, check_rulebook
from isonomy.checker.control import everything, grow, kept
from isonomy.checker.counts import carries, is_carried_by, least_to_carry, seats_won
from isonomy.checker.least import least_number, try_hold
from isonomy.checker.making import Making
from isonomy.checker.model import model_of
from isonomy.checker.spread import Spread
from isonomy.kernel.quantity import Count, Ratio, Share
from isonomy.rulebook.model import Majority, Quorum
from isonomy.rulebook.reader import read_rulebook
from tests.checker.faults_of_power import CIRCLE, SOUND
from tests.checker.small_rulebooks import MEMBERS, Drawn, Seat, drawn

seeds = st.integers(0, 100_000)
SMALL = Settings(members_without_units=MEMBERS)
majorities = st.builds(
    Majority,
    st.fractions(min_value="1/10", max_value=1, max_denominator=10).map(Share) | st.builds(Ratio, st.integers(1, 4)),
    st.sampled_from(["cast", "present", "entitled", "seats"]),
)


def least(book: Drawn) -> int:
    """The least number of persons, with one more than all members for none."""
    model = model_of(read_rulebook(book.text()), SMALL)
    return least_number(model, MEMBERS, lambda spread: try_hold(model, spread) is not None) or MEMBERS + 1


@settings(max_examples=60, deadline=None)
@given(seeds, st.permutations(range(8)))
def test_renaming_seats_changes_nothing(seed: int, order: list[int]) -> None:
    book = drawn(seed)
    names = {seat.name: f"seat-{'hgfedcba'[order[number]]}" for number, seat in enumerate(book.seats)}
    renamed = Drawn(
        [
            replace(
                seat, name=names[seat.name], by=tuple(names[by] for by in seat.by), nominator=names.get(seat.nominator, "")
            )
            for seat in book.seats
        ]
    )  # fmt: skip
    assert least(renamed) == least(book)


@settings(max_examples=60, deadline=None)
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_clauses_changes_nothing(seed: int, chance: object) -> None:
    book = drawn(seed)
    rest = book.seats[1:]
    chance.shuffle(rest)  # type: ignore[attr-defined]
    assert least(Drawn([book.seats[0], *rest])) == least(book)


def least_under(book: Drawn, loyalty: str) -> int:
    model = model_of(read_rulebook(book.text()), replace(SMALL, loyalty=loyalty))
    return least_number(model, MEMBERS, lambda spread: try_hold(model, spread) is not None) or MEMBERS + 1


@settings(max_examples=80, deadline=None)
@given(seeds, st.integers(0, 7), st.integers(0, 7))
def test_a_power_to_remove_never_raises_the_least_number(seed: int, which: int, whose: int) -> None:
    """Where whoever can be unseated counts as loyal, one more power to remove gives the coalition more and never less."""
    book = drawn(seed)
    changed = next(
        (
            seat
            for seat in book.seats[which % len(book.seats) :] + book.seats
            if seat.way in ("appointment", "election")
        ),
        book.seats[0],
    )
    assume(changed.way in ("appointment", "election"))
    others = [seat.name for seat in book.seats if seat is not changed]
    assume(bool(others))
    remover = others[whose % len(others)]
    given_to = [replace(seat, remover=remover) if seat is changed else seat for seat in book.seats]
    assert least_under(Drawn(given_to), "can unseat") <= least_under(book, "can unseat")


@settings(max_examples=80, deadline=None)
@given(seeds)
def test_wider_loyalty_never_raises_the_least_number(seed: int) -> None:
    book = drawn(seed)
    core, seated, unseated = (least_under(book, loyalty) for loyalty in ("core", "seated alone", "can unseat"))
    assert core >= seated >= unseated


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_an_open_vote_never_raises_the_least_number(seed: int) -> None:
    """What secrecy buys: an election on one slate that was secret and is open now is no harder to take."""
    book = drawn(seed)
    opened = [replace(seat, is_open=True) for seat in book.seats]
    assert least(Drawn(opened)) <= least(book)


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(1, MEMBERS))
def test_what_is_kept_is_held_and_keeping_again_keeps_the_same(seed: int, persons: int) -> None:
    model = model_of(read_rulebook(drawn(seed).text()), SMALL)
    making = Making(model, Spread(persons))
    growth = grow(making, everything(making))
    keeps = kept(making, growth.held)
    assert all(number <= growth.held[key] for key, number in keeps.items())
    assert kept(making, keeps) == keeps


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(1, MEMBERS - 1))
def test_one_person_more_reaches_no_less(seed: int, persons: int) -> None:
    model = model_of(read_rulebook(drawn(seed).text()), SMALL)
    fewer, more = Making(model, Spread(persons)), Making(model, Spread(persons + 1))
    held, further = grow(fewer, everything(fewer)).held, grow(more, everything(more)).held
    assert all(number <= further.get(key, 0) for key, number in held.items())


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_growing_round_by_round_ends_where_growing_all_at_once_does(seed: int) -> None:
    """The queue of rounds against the plain definition: apply the step to everything until nothing changes."""
    model = model_of(read_rulebook(drawn(seed).text()), SMALL)
    making = Making(model, Spread(2))
    start = everything(making)
    plain = dict(start)
    for name, seat in model.classes.items():
        plain[(name, 0)] = max(plain.get((name, 0), 0), making.base(seat, 0))
    while True:
        step = {
            (name, 0): max(
                plain.get((name, 0), 0), making.make(seat, 0, lambda other, at, now=plain: now.get((other, at), 0))[0]
            )  # type: ignore[misc]
            for name, seat in model.classes.items()
        }
        if step == plain:
            break
        plain = step
    assert {key: number for key, number in plain.items() if number} == grow(making, start).held


@given(st.integers(1, 60), majorities)
def test_the_least_to_carry_carries_and_one_less_does_not(size: int, majority: Majority) -> None:
    needed = least_to_carry(size, majority, None)
    if needed is None:
        assert not carries(size, size, majority, None)
        return
    assert carries(needed, size, majority, None)
    assert not carries(needed - 1, size, majority, None)


@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.integers(1, 9),
    st.sampled_from(["plurality", "meek-prf", "scottish-stv-2007"]),
)
def test_no_two_sides_are_both_sure_of_more_seats_than_there_are(
    one: int, other: int, seats: int, counting: str
) -> None:
    size = one + other
    assert seats_won(one, size, seats, counting) + seats_won(other, size, seats, counting) <= seats


@given(st.integers(1, 30), st.integers(0, 30))
def test_a_carried_vote_is_not_carried_by_the_other_side(votes: int, against: int) -> None:
    size = votes + against
    assert not (
        is_carried_by(votes, against, size, size, None) and against and is_carried_by(against, votes, size, size, None)
    )


@settings(max_examples=12, deadline=None)
@given(st.sampled_from([CIRCLE, SOUND]), st.integers(2, 12))
def test_the_outcome_of_the_models_does_not_hang_on_how_many_branches_there_are(text: str, units: int) -> None:
    book = read_rulebook(text.encode())
    assert check_rulebook(book, Settings(units=units)).verdict == check_rulebook(book).verdict


def test_the_names_of_bodies_mean_nothing_to_the_whole_check() -> None:
    renamed = re.sub(r"\bcommittee\b", "council", re.sub(r"\bcommittee's\b", "council's", CIRCLE))
    before, after = check_rulebook(read_rulebook(CIRCLE.encode())), check_rulebook(read_rulebook(renamed.encode()))
    assert [(each.id, each.persons, each.rounds, each.severity) for each in before.findings] == [
        (each.id, each.persons, each.rounds, each.severity) for each in after.findings
    ]


def test_the_quorum_of_a_body_is_judged_by_the_engines_own_condition() -> None:
    assert carries(3, 5, None, Quorum(Count(5)))
    assert not carries(3, 5, None, Quorum(Count(6)))


def test_seats_are_drawn_whole() -> None:
    assert all(isinstance(seat, Seat) for seat in drawn(7).seats)
