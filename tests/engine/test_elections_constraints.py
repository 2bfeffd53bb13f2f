"""Constraints in an election: groups frozen with the roll, numbers that cannot be met, and what a declaration may say."""

from __future__ import annotations

from typing import Any

import pytest

from isonomy.engine.group_numbers import GroupNumbers
from isonomy.engine.refusal import Refused
from tests.engine.election_rulebooks import closed, election, number_of, opened, ready, stood, weir
from tests.engine.test_elections_polling import cast, declaration, declared, ended
from tests.engine.test_founding import says
from tests.organisation import TestOrganisation

CODES = {"ann": "w", "bob": "m", "cat": "m", "dan": "w"}
NAMED = {"secrecy": "named", "seats": "2"}


def club(counting: str, constraint: str, **keys: str | None) -> TestOrganisation:
    return weir(codes=CODES, counting=counting, constraint=constraint, **NAMED, **keys)


def test_who_bears_a_code_is_frozen_when_the_poll_opens() -> None:
    org = club("scottish-stv-2007", "at least 1 of gender w; at most 1 of gender m")
    _, poll = ready(org, "ann", "bob", "cat")
    ann, bob, cat = (number_of(org, poll, name) for name in ("ann", "bob", "cat"))
    assert set(org.state.polls[poll].constraints) == {
        GroupNumbers("gender w", (ann,), 1, None),
        GroupNumbers("gender m", tuple(sorted((bob, cat))), 0, 1),
    }
    assert org.state.digest() == org.replayed().digest()


def test_a_poll_without_constraints_says_nothing_of_them() -> None:
    org = weir(secrecy="named")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    assert org.state.polls[poll].constraints == ()
    entry = next(entry for entry in org.entries if any(e["effect"] == "poll.opened" for e in entry["effects"]))
    assert "constraints" not in entry["effects"][0]


@pytest.mark.parametrize("counting", ["scottish-stv-2007", "wigm", "meek-prf", "ers97", "schulze-wv", "plurality"])
def test_those_elected_meet_the_constraint_and_the_decision_names_them(counting: str) -> None:
    org = club(counting, "at least 1 of gender w")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    bob, cat, dan = (number_of(org, poll, name) for name in ("bob", "cat", "dan"))
    voters = ("eve", "fay", "gus", "hal", "ada", "bob", "cat")
    cast(org, poll, {name: [[bob], [cat]] if place < 4 else [[cat], [bob]] for place, name in enumerate(voters)})
    cast(org, poll, {"dan": [[dan]]})
    ended(org, poll)
    honest = declaration(org, poll)
    assert honest["winners"] == [bob, dan]
    wrong = org.refused("poll.declare", by="ada", as_="secretary", **{**honest, "winners": [bob, cat]})
    assert "of those elected, at least 1 of gender w" in says(wrong)
    effects = declared(org, poll)
    assert effects["decision.taken"]["person"].split() == [org.person("bob"), org.person("dan")]
    assert effects["poll.declared"]["outcome"]["tests"][-1] == {
        "test": "constraints", "clause": "3", "result": "yes",
    }  # fmt: skip


def test_totals_and_constraints_give_the_winners_and_no_other_choice_that_meets_them() -> None:
    org = club("approval", "at least 1 of gender w")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    ann, bob, cat, dan = (number_of(org, poll, name) for name in ("ann", "bob", "cat", "dan"))
    cast(org, poll, {"eve": [[bob, cat]], "fay": [[bob, cat]], "gus": [[ann, bob]], "hal": [[ann, dan]]})
    ended(org, poll)
    honest = declaration(org, poll)
    assert honest["winners"] == [bob, ann]
    other = org.refused("poll.declare", by="ada", as_="secretary", **{**honest, "winners": [bob, dan]})
    assert "not those that rulebook and tallies give" in says(other)


@pytest.mark.parametrize(
    ("constraint", "names", "why"),
    [
        ("at least 2 of gender w", ("ann", "bob", "cat"), "at least 2 of gender w are to be elected, and 1 stand"),
        (
            "at most 1 of gender w",
            ("ann", "dan"),
            "at most 1 of gender w may be elected, and 0 others stand for 2 seats",
        ),
    ],
)
def test_an_election_whose_candidates_cannot_meet_the_constraints_fails_at_the_close(
    constraint: str, names: tuple[str, ...], why: str
) -> None:
    org = club("scottish-stv-2007", constraint)
    id = opened(org)
    stood(org, id, *names)
    effect = closed(org, id)["nominations.closed"]
    assert effect["result"] == "failed"
    assert effect["why"].startswith(why)


def test_without_nominations_a_question_that_nobody_could_answer_lawfully_is_not_put() -> None:
    org = club("scottish-stv-2007", "at least 1 of gender w", nominations=None)
    options = [{"name": name, "person": org.person(name)} for name in ("bob", "cat", "eve")]
    fields: dict[str, Any] = {
        "body": "assembly", "question": "Who?", "matter": "election-of-council", "seat": "council", "seats": 2,
        "options": options, "closes_on": "2027-03-01",
    }  # fmt: skip
    refused = org.refused("poll.open", by="ada", as_="secretary", **fields)
    assert "at least 1 of gender w are to be elected, and 0 stand" in says(refused)
    assert isinstance(refused, Refused)
    assert refused.grounds[0].clause == "3"
    options[2] = {"name": "ann", "person": org.person("ann")}
    org.accepted("poll.open", by="ada", as_="secretary", **fields)


def test_where_candidates_are_lost_while_the_poll_is_open_nobody_is_elected_and_another_may_be_opened() -> None:
    org = club("scottish-stv-2007", "at least 1 of gender w")
    id, poll = ready(org, "ann", "bob", "cat")
    bob, cat = (number_of(org, poll, name) for name in ("bob", "cat"))
    cast(org, poll, {"eve": [[bob]], "fay": [[cat]]})
    org.accepted("nomination.withdraw", by="ann", election=id)
    ended(org, poll)
    honest = declaration(org, poll)
    assert honest["winners"] == []
    wrong = org.refused("poll.declare", by="ada", as_="secretary", **{**honest, "winners": [bob, cat]})
    assert "nobody is elected where the constraints cannot be met" in says(wrong)
    effects = declared(org, poll)
    outcome = effects["poll.declared"]["outcome"]
    assert (outcome["winners"], outcome["decided"], outcome["tests"][-1]["result"]) == ([], False, "no")
    assert "decision.taken" not in effects
    assert election(org, id).standing == "declared"
    opened(org)


def test_the_option_to_reopen_nominations_is_of_no_group() -> None:
    org = club("approval", "at least 1 of gender w", reopen_nominations="yes")
    _, poll = ready(org, "ann", "bob", "cat")
    ann, bob = (number_of(org, poll, name) for name in ("ann", "bob"))
    cast(org, poll, {"eve": [[bob, 4]], "fay": [[4]], "gus": [[bob, 4]], "hal": [[ann]]})
    ended(org, poll)
    effects = declared(org, poll)
    assert effects["poll.declared"]["outcome"]["winners"] == [4, ann]
    assert "decision.taken" not in effects or not effects["decision.taken"]["person"]


def test_with_those_who_stay_only_what_is_missing_is_asked_for() -> None:
    keys = {"secrecy": "named", "uncontested": "elected", "counting": "scottish-stv-2007"}
    constraint = "at least 2 of gender w with those who stay; at most 1 of gender m with those who stay"
    org = weir(codes=CODES | {"eve": "w", "fay": "m"}, constraint=constraint, **keys)
    id = opened(org)
    stood(org, id, "ann", "bob", "dan")
    decision = closed(org, id)["decision.taken"]["decision"]
    mandates = {}
    for name in ("ann", "bob", "dan"):
        begun = org.accepted(
            "mandate.begin", by="ada", as_="secretary", person=org.person(name), seat="council", decision=decision
        )
        mandates[name] = next(effect["mandate"] for effect in begun.effects if effect["effect"] == "mandate.begun")
    org.accepted("mandate.end", by="ann", mandate=mandates["ann"])
    id, poll = ready(org, "cat", "eve")
    cat, eve = (number_of(org, poll, name) for name in ("cat", "eve"))
    assert org.state.polls[poll].constraints == (
        GroupNumbers("gender w beside 1 who stays", (eve,), 1, None),
        GroupNumbers("gender m beside 1 who stays", (cat,), 0, 0),
    )
    cast(org, poll, {"ada": [[cat]], "ben": [[cat]], "gus": [[eve]]})
    ended(org, poll)
    effects = declared(org, poll)
    assert effects["decision.taken"]["person"] == org.person("eve")
    assert org.state.digest() == org.replayed().digest()
