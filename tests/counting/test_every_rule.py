"""What every rule of the registry has: its text in the docstring, worked examples, a naive twin, the properties of an
honest count, ties as its text says. A rule that lacks one is named."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from random import Random

import pytest

from isonomy.counting import Lots, Parameters, Profile, Result, count, read_draws, rule_named, rules
from isonomy.counting.ballot import Ballot, ScoredBallot
from isonomy.counting.tie import DRAWN
from tests.counting.golden import EXAMPLES, Example
from tests.counting.twins.drawn import Poll
from tests.counting.twins.table import TWINS, Chair

RULES = tuple(rule.name for rule in rules())
POLLS = 40
"""Random polls a rule and property; `make twins` has the many."""

TIED = 300
"""Random polls in which each way of settling a tie has to occur."""

NOT_SCALED = {
    "ers97": "the quota is raised to the next 0.01",
    "meek-prf": "the quota is cut to nine decimals, and a surplus is small below a fixed number",
    "scottish-stv-2007": "the quota is a whole number, one more than the share",
    "wigm": "the quota has 0.0001 added",
    "equal-shares": "the budget of a voter is raised by whole units of money",
}
"""Rules whose result may change when every paper is doubled, and why their text has it so."""

KINDS = {
    "public lot": {"lot"},
    "other stages": {"earlier stage"},
    "casting vote": {"casting vote"},
    "head to head, totals, top scores": {"head to head", "score", "top scores"},
}
"""What the words of a rule's `settles` promise among the ties of its counts."""


def polls(rule: str, number: int = POLLS) -> Iterator[Poll]:
    """Random polls for a rule, other ones than those of the twins."""
    for seed in range(number):
        yield TWINS[rule].draw(Random(f"every {rule} {seed}"))


def counted(poll: Poll, rule: str) -> Result:
    return count(poll.profile, rule, poll.parameters, Lots(seed=poll.seed))


def test_no_rule_lacks_a_source_an_example_or_a_twin() -> None:
    lacks = {
        "a worked example": [rule for rule in RULES if not EXAMPLES.get(rule)],
        "a naive twin": [rule for rule in RULES if rule not in TWINS],
        "a source": [rule.name for rule in rules() if len(rule.source) < 20],
        "a way to settle ties": [rule.name for rule in rules() if not _promised(rule.name)],
    }
    assert not any(lacks.values()), lacks


@pytest.mark.parametrize("rule", RULES)
def test_the_module_of_a_rule_names_its_text_and_the_readings_taken(rule: str) -> None:
    found = rule_named(rule)
    told = import_module(f"isonomy.counting.{found.code.partition(':')[0]}").__doc__ or ""
    years = re.findall(r"\b1[89]\d\d\b|\b20\d\d\b", found.source)
    if years:
        assert any(year in told for year in years), "the year of the text"
    else:
        assert re.search(r"Texts?:|Text\b|Reference\s\w+\sRule|section 8|Equal Vote|Hamilton", told)
    assert "Reading" in told
    assert "Invariant" in told


@pytest.mark.parametrize(
    ("rule", "example"), [(rule, example) for rule, found in EXAMPLES.items() for example in found]
)
def test_a_worked_example_comes_out_as_its_source_says(rule: str, example: Example) -> None:
    facts = count(example.profile, rule, example.parameters).to_json()
    for path, expected in example.expected.items():
        found = facts
        for part in re.findall(r"[a-z_]+|\d+", path):
            found = found[int(part)] if part.isdigit() else found[part]
        assert found == expected, f"{path}, {example.source}"


@pytest.mark.parametrize("rule", RULES)
def test_names_do_not_matter(rule: str) -> None:
    for poll in polls(rule):
        options = tuple(replace(o, name=f"Somebody else {o.number * 7}", party="A party") for o in poll.profile.options)
        other = count(replace(poll.profile, options=options), rule, poll.parameters, Lots(seed=poll.seed))
        assert other.digest() == counted(poll, rule).digest()


@pytest.mark.parametrize("rule", RULES)
def test_the_order_of_the_ballots_and_their_merging_do_not_matter(rule: str) -> None:
    for poll in polls(rule):
        rng, profile = Random(poll.seed), poll.profile
        ranked = [Ballot(ranks, 1) for ranks, weight in profile.ballots for _ in range(weight)]
        scored = [ScoredBallot(scores, 1) for scores, weight in profile.scored for _ in range(weight)]
        rng.shuffle(ranked)
        rng.shuffle(scored)
        loose = replace(profile, ballots=tuple(ranked), scored=tuple(scored))
        other = count(loose, rule, poll.parameters, Lots(seed=poll.seed))
        assert other.digest() == counted(poll, rule).digest()


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in NOT_SCALED])
def test_twice_the_papers_are_the_same_outcome(rule: str) -> None:
    for poll in polls(rule):
        # A quorum and a number of those entitled are numbers of papers: they would have to be doubled too.
        choices = {name: told for name, told in poll.parameters.choices.items() if name != "entitled"}
        if choices.get("of") in ("entitled", "seats"):
            continue
        given = replace(poll.parameters, quorum=None, choices=choices)
        ballots = tuple(Ballot(ranks, 2 * weight) for ranks, weight in poll.profile.ballots)
        scored = tuple(ScoredBallot(scores, 2 * weight) for scores, weight in poll.profile.scored)
        doubled = replace(poll.profile, ballots=ballots, scored=scored)
        one = count(poll.profile, rule, given, Lots(seed=poll.seed))
        other = count(doubled, rule, given, Lots(seed=poll.seed))
        assert (one.winners, one.decided) == (other.winners, other.decided)


@pytest.mark.parametrize("rule", sorted(NOT_SCALED))
def test_a_rule_is_excused_from_doubling_only_where_doubling_does_matter(rule: str) -> None:
    def differs(poll: Poll) -> bool:
        ballots = tuple(Ballot(ranks, 2 * weight) for ranks, weight in poll.profile.ballots)
        scored = tuple(ScoredBallot(scores, 2 * weight) for scores, weight in poll.profile.scored)
        doubled = replace(poll.profile, ballots=ballots, scored=scored)
        other = count(doubled, rule, poll.parameters, Lots(seed=poll.seed))
        one = counted(poll, rule)
        figures = [2 * share for share in _figures(one)] != _figures(other)
        return one.winners != other.winners or figures

    assert any(differs(poll) for poll in polls(rule, TIED))


def _figures(result: Result) -> list[Fraction]:
    stages = result.to_json().get("stages", [])
    return [Fraction(total) for stage in stages for total in stage["totals"].values()]


@pytest.mark.parametrize("rule", RULES)
def test_without_a_lot_the_places_on_the_paper_do_not_matter(rule: str) -> None:
    for poll in polls(rule):
        result = counted(poll, rule)
        if any(tie.by in DRAWN for tie in result.ties):
            continue
        numbers = [option.number for option in poll.profile.options]
        new = dict(zip(numbers, Random(poll.seed).sample(numbers, len(numbers)), strict=True))
        turned = count(_turned(poll.profile, new), rule, _with_numbers(rule, poll, new), Lots(seed=poll.seed))
        assert {new[winner] for winner in result.winners} == set(turned.winners)
        assert not any(tie.by in DRAWN for tie in turned.ties)


def _turned(profile: Profile, new: Mapping[int, int]) -> Profile:
    options = sorted((replace(o, number=new[o.number]) for o in profile.options), key=lambda o: o.number)
    ballots = tuple(
        Ballot(tuple(tuple(sorted(new[n] for n in rank)) for rank in ranks), weight)
        for ranks, weight in profile.ballots
    )
    old = {now: before for before, now in new.items()}
    scored = tuple(
        ScoredBallot(tuple(scores[old[n] - 1] for n in range(1, len(scores) + 1)), weight)
        for scores, weight in profile.scored
    )
    return replace(profile, options=tuple(options), ballots=ballots, scored=scored)


def _with_numbers(rule: str, poll: Poll, new: Mapping[int, int]) -> Parameters:
    given = poll.parameters
    default = given.default
    if default is None and "default" in rule_named(rule).takes:
        default = len(poll.profile.options)
    return replace(
        given,
        default=new[default] if default else default,
        majorities={new[n]: ratio for n, ratio in given.majorities.items()},
        guarded=tuple(sorted(new[n] for n in given.guarded)),
    )


@pytest.mark.parametrize("rule", RULES)
def test_a_recount_uses_the_recorded_draws_and_never_draws_again(rule: str) -> None:
    for poll in polls(rule):
        drawn = count(poll.profile, rule, poll.parameters, _lots(rule, poll))
        record = read_draws(json.loads(json.dumps(drawn.to_json())), poll.profile)
        again = count(poll.profile, rule, poll.parameters, Lots(record))
        assert again.winners == drawn.winners
        assert again.steps == drawn.steps
        assert not any(tie.by == "lot" or tie.provisional for tie in again.ties)
        assert [(tie.among, tie.chosen, tie.at, tie.place) for tie in again.ties] == [
            (tie.among, tie.chosen, tie.at, tie.place) for tie in drawn.ties
        ]


def _lots(rule: str, poll: Poll) -> Lots:
    return Chair(Random(str(poll))) if "casting vote" in rule_named(rule).settles else Lots(seed=poll.seed)


def _promised(rule: str) -> set[str]:
    return set().union(*(kinds for words, kinds in KINDS.items() if words in rule_named(rule).settles))


@pytest.mark.parametrize("rule", RULES)
def test_ties_are_settled_in_every_way_that_the_rule_names_and_in_no_other(rule: str) -> None:
    met: Counter[str] = Counter()
    for poll in polls(rule, TIED):
        for tie in count(poll.profile, rule, poll.parameters, _lots(rule, poll)).ties:
            met[tie.by] += 1
            assert tie.chosen
            assert set(tie.chosen) <= set(tie.among)
            assert len(tie.among) > 1
            assert tie.at
            assert tie.place
    assert set(met) == _promised(rule)
