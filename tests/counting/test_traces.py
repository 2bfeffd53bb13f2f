"""Traces and the registry: a digest names a count; a difference is found at its first figure."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from isonomy.counting import Ballot, Profile, count, first_difference, rule_named, rules
from isonomy.counting.ballot import Option, in_order, options_named
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import canonical_bytes
from tests.counting.elections import profiles


@given(profile=profiles())
def test_the_digest_does_not_depend_on_names(profile: Profile) -> None:
    renamed = replace(profile, options=tuple(Option(o.number, f"other {o.number}") for o in profile.options))
    assert count(renamed, "debian-2003").digest() == count(profile, "debian-2003").digest()


@given(profile=profiles())
def test_a_trace_is_canonical_json_and_every_step_has_a_sentence_and_a_clause(profile: Profile) -> None:
    for name in ("debian-2003", "debian-1998", "plurality"):
        result = count(profile, name)
        canonical_bytes(result.trace())
        json.dumps(result.to_json())
        assert all(step.clause and step.kind for step in result.steps)
        assert len(result.sentences()) == len(result.steps)
        assert result.headline().endswith(".")


def test_two_counts_that_differ_part_at_their_first_figure() -> None:
    options = options_named(["Ann", "Bo"])
    one = count(Profile(options, (Ballot(in_order([1, 2]), 5), Ballot(in_order([2]), 3))), "debian-2003")
    other = count(Profile(options, (Ballot(in_order([1, 2]), 5), Ballot(in_order([2]), 4))), "debian-2003")
    found = first_difference(one.trace(), other.trace())
    assert found is not None
    assert (found.step, found.path, found.one, found.other) == (1, "matrix[1][0]", 3, 4)
    assert first_difference(one.trace(), one.trace()) is None
    assert one.digest() != other.digest()


def test_every_rule_says_where_it_comes_from_and_its_code_is_there() -> None:
    for rule in rules():
        assert rule.source
        assert rule.arithmetic
        assert rule.ballots in ("ranks", "scores", "approvals")
        assert callable(rule.count)


def test_an_unknown_rule_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(BadInput, match="did you mean 'debian-2003'"):
        rule_named("debian2003")


def test_ballots_of_the_wrong_kind_are_refused() -> None:
    profile = Profile(options_named(["Ann", "Bo"]), (Ballot(in_order([1]), 1),))
    with pytest.raises(BadInput, match="yes-no counts scores"):
        count(profile, "yes-no")
