"""Constraints by group: guarded and doomed candidates against every choice written out, small counts worked by hand,
and what a count with constraints must never do."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import Lots, Parameters, Profile, Result, count, rules
from isonomy.counting.ballot import in_order, merge, merge_scores, options_named
from isonomy.counting.constraint import Constraint, Infeasible
from isonomy.counting.feasibility import Bounds, Feasibility
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import papers, profiles, unmerged
from tests.counting.naive import constraints as naive
from tests.counting.twins.constrained import agree

RULES = sorted(rule.name for rule in rules() if "constraints" in rule.takes)
STAGES = ("scottish-stv-2007", "wigm", "meek-prf", "ers97", "irv")
TALLIES = ("approval", "bloc", "plurality", "score")
SEED = Lots(seed="of the constraints")


@st.composite
def constrained(draw: st.DrawFn, option_count: int, seats_max: int = 4) -> tuple[int, tuple[Constraint, ...]]:
    """Seats and some overlapping groups with numbers, often such that they can be met."""
    seats = draw(st.integers(1, seats_max))
    made = []
    for number in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.integers(1, option_count), unique=True, max_size=option_count))
        least = draw(st.integers(0, 2))
        most = draw(st.one_of(st.integers(least, 3), st.none() if least else st.integers(0, 3)))
        made.append(Constraint(f"group {number}", tuple(members), least, most))
    return seats, tuple(made)


def numbers(constraints: tuple[Constraint, ...]) -> list[naive.Numbers]:
    return [(one.members, one.at_least, one.at_most) for one in constraints]


def counted(profile: Profile, rule: str, seats: int, constraints: tuple[Constraint, ...]) -> Result:
    if rule in ("score", "star"):
        scores = (
            (tuple((5 - i if (i := _place(r, n)) < 5 else None) for n in _numbers(profile)), w)
            for r, w in profile.ballots
        )
        profile = replace(profile, ballots=(), scored=merge_scores(scores))
    return count(profile, rule, Parameters(seats=None if rule == "irv" else seats, constraints=constraints), SEED)


def _numbers(profile: Profile) -> range:
    return range(1, len(profile.options) + 1)


def _place(ranks: Any, number: int) -> int:
    return next((place for place, rank in enumerate(ranks) if number in rank), 9)


# -- against every choice written out ----------------------------------------------------------------------


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_who_is_guarded_and_who_is_doomed_is_what_every_choice_says(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 8))
    seats, constraints = data.draw(constrained(size, 6))
    standing = list(range(1, size + 1))
    fates = data.draw(st.lists(st.sampled_from("eox"), min_size=size, max_size=size))
    elected = [n for n in standing if fates[n - 1] == "e"][:seats]
    open_to = [n for n in standing if fates[n - 1] == "o"]
    test = Feasibility([Bounds(frozenset(m), lo, hi) for m, lo, hi in numbers(constraints)], standing, min(seats, size))
    every = naive.choices(numbers(constraints), standing, seats)
    kept = naive.left(every, elected, set(standing) - set(elected) - set(open_to))
    found = test.prospects(elected, open_to)
    assert (found is not None) == bool(kept)
    while found is not None:
        assert found.doomed == naive.doomed(every, elected, open_to, set(standing))
        assert found.guarded == naive.guarded(every, elected, open_to, set(standing))
        # The same test goes on, as in a count: one who may be is excluded or elected.
        free = [n for n in open_to if n not in found.guarded]
        able = [n for n in open_to if n not in found.doomed] if len(elected) < min(seats, size) else []
        if not free and not able:
            break
        one = data.draw(st.sampled_from([*free, *able]))
        open_to.remove(one)
        if one not in free or (one in able and data.draw(st.booleans())):
            elected.append(one)
        found = test.prospects(elected, open_to)
        assert found is not None


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_count_ends_with_the_constraints_met_whenever_some_choice_meets_them(rule: str, data: st.DataObject) -> None:
    profile = data.draw(profiles(strict=True, options_max=6, ballots_max=12))
    seats, constraints = data.draw(constrained(len(profile.options)))
    seats = 1 if rule == "irv" else seats
    every = naive.choices(numbers(constraints), profile.standing, seats)
    if not every:
        with pytest.raises(Infeasible):
            counted(profile, rule, seats, constraints)
        return
    result = counted(profile, rule, seats, constraints)
    assert frozenset(result.winners) in every
    assert len(set(result.winners)) == len(result.winners)
    _agrees_step_by_step(result, every)


def _agrees_step_by_step(result: Result, every: list[frozenset[int]]) -> None:
    """Who is told to be doomed or guarded is so; all doomed are told; none of them is elected, no guarded excluded."""
    standing = {option.number for option in result.options}
    elected: list[int] = []
    gone: list[int] = []
    told: set[int] = set()
    before: list[Fraction] = []
    for step in (one.to_json() for one in result.steps):
        open_to = standing - set(elected) - set(gone)
        if step["step"] == "doomed":
            # Plain tallies elect without a step of their own: some of the first winners sat already.
            seated = [result.winners[:k] for k in range(len(result.winners))] if result.rule in TALLIES else [elected]
            assert any(
                set(step["options"]) <= naive.doomed(every, some, standing - set(some) - set(gone), standing)
                for some in seated
            )
            told |= set(step["options"])
            if result.rule not in STAGES:
                gone += step["options"]
        elif step["step"] == "guarded":
            assert set(step["options"]) <= naive.guarded(every, elected, open_to, standing)
            assert not set(step["excluded"]) & naive.guarded(every, elected, open_to, standing)
        elif step["step"] == "stage":
            if step.get("doomed"):
                assert set(step["excluded"]) == naive.doomed(every, elected, open_to, standing) <= told
            elif step["excluded"] and result.rule in ("scottish-stv-2007", "wigm", "irv"):
                able = open_to - naive.guarded(every, elected, open_to, standing)
                assert before[step["excluded"][0] - 1] == min(before[option - 1] for option in able)
            before = [Fraction(total) for total in step["totals"]]
            gone += step["excluded"]
            elected += step["elected"]
            assert naive.left(every, elected, gone)
        elif step["step"] in ("runoff", "place", "member"):
            elected.append(step.get("winner", step.get("option")))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_scottish_with_constraints_agrees_paper_by_paper(data: st.DataObject) -> None:
    profile = data.draw(profiles(strict=True, options_max=6, ballots_max=14))
    seats, constraints = data.draw(constrained(len(profile.options)))
    if not naive.choices(numbers(constraints), profile.standing, seats):
        return
    result = counted(profile, "scottish-stv-2007", seats, constraints)
    drawn = [tie for tie in result.ties if tie.by == "lot"]

    def lot(question: str, tied: list[int]) -> int:
        tie = drawn.pop(0)
        assert (tie.question, tie.among) == (question, tuple(sorted(tied)))
        return tie.chosen[0]

    orders = [[rank[0] for rank in paper] for paper in papers(profile)]
    elected, stages = naive.scottish(orders, list(profile.standing), seats, numbers(constraints), lot)
    assert drawn == []
    assert list(result.winners) == elected
    tables = [step for step in result.to_json(steps=True)["steps"] if step["step"] == "stage"]
    assert [[round(float(t) * 100_000) for t in table["totals"]] for table in tables] == [
        list(stage.values()) for stage in stages
    ]


@pytest.mark.parametrize("rule", RULES)
def test_random_elections_with_overlapping_categories_agree_with_every_choice_written_out(rule: str) -> None:
    assert sum(agree(rule, str(seed)) for seed in range(150)) > 30


# -- what does not matter ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_constraint_that_nobody_could_break_changes_nothing(rule: str, data: st.DataObject) -> None:
    profile = data.draw(profiles(strict=True, options_max=5))
    seats = 1 if rule == "irv" else data.draw(st.integers(1, 4))
    members = tuple(data.draw(st.lists(st.integers(1, len(profile.options)), unique=True)))
    free, bound = (
        counted(profile, rule, seats, ()),
        counted(profile, rule, seats, (Constraint("any", members, 0, seats),)),
    )
    assert bound.steps[1:-1] == free.steps
    assert (bound.winners, bound.ties) == (free.winners, free.ties)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_names_and_the_order_of_ballots_and_constraints_do_not_matter(rule: str, data: st.DataObject) -> None:
    profile = data.draw(profiles(strict=True, options_max=5))
    seats, constraints = data.draw(constrained(len(profile.options)))
    seats = 1 if rule == "irv" else seats
    if not naive.choices(numbers(constraints), profile.standing, seats):
        return
    first = counted(profile, rule, seats, constraints)
    turned = replace(
        unmerged(profile),
        ballots=tuple(reversed(unmerged(profile).ballots)),
        options=options_named([f"Somebody {n}" for n in _numbers(profile)]),
    )
    renamed = tuple(replace(one, group=f"other {n}", members=one.members[::-1]) for n, one in enumerate(constraints))
    assert counted(turned, rule, seats, tuple(reversed(renamed))).digest() == first.digest()


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_recount_with_the_recorded_draws_gives_the_same_steps(rule: str, data: st.DataObject) -> None:
    from isonomy.counting import read_draws

    profile = data.draw(profiles(strict=True, options_max=5, ballots_max=5))
    seats, constraints = data.draw(constrained(len(profile.options)))
    seats = 1 if rule == "irv" else seats
    if rule in ("score", "star") or not naive.choices(numbers(constraints), profile.standing, seats):
        return
    first = counted(profile, rule, seats, constraints)
    lots = Lots(recorded=read_draws(first.to_json(), profile))
    given = Parameters(seats=None if rule == "irv" else seats, constraints=constraints)
    again = count(profile, rule, given, lots)
    assert (again.steps, again.winners) == (first.steps, first.winners)


# -- worked by hand ----------------------------------------------------------------------------------------


def board(*ballots: tuple[str, int]) -> Profile:
    """Ann, Bob, Cid, Dan and Eve stand; a ballot is the initials in order of preference."""
    names = ["Ann", "Bob", "Cid", "Dan", "Eve"]
    initials = {name[0]: number for number, name in enumerate(names, start=1)}
    return Profile(options_named(names), merge((in_order(initials[c] for c in order), w) for order, w in ballots))


WOMEN = Constraint("women", (1, 5), 1)
MILL = Constraint("mill", (2, 3), 0, 1)


def said(result: Result, kind: str) -> list[str]:
    return [step.sentence(result.names) for step in result.steps if step.kind == kind]


def test_a_guarded_candidate_is_passed_over_and_the_next_above_is_excluded() -> None:
    # 15 papers, 2 seats, quota 6: A1 B5 C4 D3 E2. Ann goes; Eve (2) is the last woman, so Dan (3)
    # goes before her; his papers lift her to 5, and Cid (4) goes as without constraints.
    profile = board(("BA", 5), ("CD", 4), ("DE", 3), ("A", 1), ("EA", 2))
    result = count(profile, "scottish-stv-2007", Parameters(seats=2, constraints=(WOMEN,)))
    assert result.winner_names == ["Bob", "Eve"]
    assert said(result, "guarded") == [
        "Eve is guarded: without Eve fewer than 1 of women could be elected; so Dan, next above, is excluded",
    ]
    assert said(result, "constraints-met") == ["The constraints are met: 1 of women (at least 1): Eve"]


def test_when_the_most_number_is_reached_the_others_of_the_group_are_doomed_and_excluded_at_once() -> None:
    # 12 papers, 2 seats, quota 5: Bob 6 is elected, so Cid (4, of the mill too) goes with all papers: Dan has 1 + 4.
    profile = board(("B", 6), ("CD", 4), ("D", 1), ("A", 1))
    result = count(profile, "scottish-stv-2007", Parameters(seats=2, constraints=(MILL,)))
    assert result.winner_names == ["Bob", "Dan"]
    assert said(result, "doomed") == ["Cid is doomed: with Cid more than 1 of mill would be elected"]
    stages = result.to_json()["stages"]
    assert stages[1]["doomed"]
    assert stages[1]["excluded"] == ["Cid"]
    assert stages[1]["totals"]["Dan"] == "5.00000"
    assert "Stage 2: Cid, doomed by the constraints, is excluded; Dan is elected" in stages[1]["says"]


def test_of_two_who_reach_the_quota_at_once_the_higher_is_elected_and_the_other_doomed() -> None:
    profile = board(("B", 6), ("C", 5), ("D", 1))
    result = count(profile, "scottish-stv-2007", Parameters(seats=2, constraints=(MILL,)))
    assert result.winner_names == ["Bob", "Dan"]
    assert result.to_json()["stages"][0]["elected"] == ["Bob"]
    assert result.to_json()["stages"][1]["excluded"] == ["Cid"]


def test_when_the_last_seats_are_owed_to_a_group_everybody_else_is_doomed() -> None:
    result = count(board(("B", 6), ("C", 5), ("A", 1)), "plurality", Parameters(seats=2, constraints=(WOMEN,)))
    assert result.winner_names == ["Bob", "Ann"]
    assert said(result, "doomed") == ["Cid and Dan are doomed: with any of them fewer than 1 of women could be elected"]


def test_several_categories_together_doom_where_none_alone_does() -> None:
    # Two seats; one woman, one of the north. Ann is a woman of the south, Eve a woman of the north, the men of the south.
    # With Ann and a southerner the north is missing; so once Bob (south, a man) sits, only Eve fits.
    north = Constraint("north", (5,), 1)
    result = count(
        board(("B", 6), ("A", 3), ("C", 2), ("E", 1)), "plurality", Parameters(seats=2, constraints=(WOMEN, north))
    )
    assert result.winner_names == ["Bob", "Eve"]
    both = Constraint("women", (1, 4), 1), Constraint("north", (3, 4), 1), Constraint("elders", (2, 3), 1)
    told = count(board(("A", 6), ("D", 3), ("B", 2), ("C", 1)), "plurality", Parameters(seats=2, constraints=both))
    assert told.winner_names == ["Ann", "Cid"]
    assert any("no choice for the seats left meets these together" in one for one in said(told, "doomed"))


def test_equal_candidates_who_cannot_all_be_elected_are_put_in_an_order_by_lot() -> None:
    profile = board(("B", 3), ("C", 3), ("D", 1))
    result = count(profile, "plurality", Parameters(seats=2, constraints=(MILL,)), Lots(seed="x"))
    (tie,) = result.ties
    assert (tie.question, tie.among) == ("order of equal options", (2, 3))
    assert set(result.winner_names) in ({"Bob", "Dan"}, {"Cid", "Dan"})
    assert result.winners[0] == tie.chosen[0]


# -- refused before the count ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seats", "constraints", "says"),
    [
        (3, (Constraint("women", (1, 5), 3),), "at least 3 of women are to be elected, and 2 stand"),
        (1, (Constraint("women", (1, 5), 2),), "at least 2 of women are to be elected, and 1 seats are filled"),
        (5, (Constraint("mill", (2, 3), 0, 1),), "at most 1 of mill may be elected, and 3 others stand for 5 seats"),
        (
            2,
            (Constraint("women", (1, 5), 1), Constraint("north", (2,), 1), Constraint("youth", (3,), 1)),
            "no choice of 2 of the candidates who stand meets these together",
        ),
    ],
)
def test_constraints_that_cannot_be_met_are_refused_with_group_and_numbers(
    seats: int, constraints: tuple[Constraint, ...], says: str
) -> None:
    with pytest.raises(Infeasible, match=says):
        count(board(("ABC", 1)), "scottish-stv-2007", Parameters(seats=seats, constraints=constraints))


@pytest.mark.parametrize(
    ("constraint", "says"),
    [
        (Constraint("women", (1,), 2, 1), "at least 2 and at most 1 contradict"),
        (Constraint("women", (1,)), "neither a least nor a most"),
        (Constraint("women", (9,), 1), "option 9 is not on the paper"),
        (Constraint("women", (1, 1), 1), "named twice"),
        (Constraint("women", (1,), -1), "below 0"),
        (Constraint("", (1,), 1), "no name"),
    ],
)
def test_a_constraint_that_makes_no_sense_is_refused(constraint: Constraint, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        count(board(("ABC", 1)), "plurality", Parameters(constraints=(constraint,)))


@pytest.mark.parametrize("rule", sorted({rule.name for rule in rules()} - set(RULES)))
def test_a_rule_that_takes_no_constraints_says_so(rule: str) -> None:
    with pytest.raises(BadInput, match="does not take constraints"):
        count(board(("ABC", 1)), rule, Parameters(constraints=(WOMEN,)))


def test_groups_that_overlap_beyond_the_bound_are_refused_before_the_count() -> None:
    names = [f"Candidate {n}" for n in range(1, 61)]
    groups = tuple(
        Constraint(f"g{k}", tuple(n for n in range(1, 61) if (n >> k) % 2 or n % (k + 2) == 0), 1, 8) for k in range(6)
    )
    profile = Profile(options_named(names), merge([(in_order([1, 2]), 3)]))
    with pytest.raises(BadInput, match="overlap in too many ways"):
        count(profile, "scottish-stv-2007", Parameters(seats=20, constraints=groups))
