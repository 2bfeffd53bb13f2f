"""Traces become acts of named persons, and the engine accepts each; what is not lawful stops them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from isonomy.checker.finding import Finding
from isonomy.checker.inquiry import check_rulebook
from isonomy.checker.replay import replay
from isonomy.engine.act import read_act
from isonomy.rulebook.reader import read_rulebook

ROOT = Path(__file__).parents[2] / "rulebooks"
CIRCLE = (ROOT / "circle" / "1.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def capture() -> Finding:
    """The capture that the checker finds in the model of the circle."""
    (found,) = check_rulebook(read_rulebook(CIRCLE.encode())).of("C01")
    return found


def test_the_circle_closes_act_by_act_with_named_persons(capture: Finding) -> None:
    told = replay(CIRCLE, capture)
    assert told.is_whole, told.problem
    names = [act["act"] for _, _, act in told.acts]
    assert names[0] == "found"
    assert names.count("mandate.begin") >= 5 + 10 + 7 + 1
    assert [at for _, at, _ in told.acts] == sorted(at for _, at, _ in told.acts)
    assert {step for step, _, _ in told.acts} >= {0, 1, len(capture.trace)}


def test_every_act_of_a_replay_is_one_that_can_be_handed_in(capture: Finding) -> None:
    for line in replay(CIRCLE, capture).as_lines().splitlines():
        read_act(json.loads(line))


def test_a_trace_that_the_rulebook_does_not_allow_does_not_replay(capture: Finding) -> None:
    """The same moves, where the branch elects its secretary: the appointment is refused, and nothing after it is done."""
    text = CIRCLE.replace(
        "filled by: appointment by general-secretary\nterm: 1 year\nremovable by: general-secretary",
        "filled by: election by branch-meeting\nterm: 1 year\nremovable by: branch-meeting",
    )
    assert text != CIRCLE
    told = replay(text, capture)
    assert not told.is_whole
    assert told.problem.startswith("step 1: mandate.begin")
    assert "clause 4" in told.problem


def test_without_the_persons_it_needs_a_trace_does_not_replay(capture: Finding) -> None:
    assert capture.seating is not None
    nobody = replace(capture, seating=replace(capture.seating, held=()))
    assert not replay(CIRCLE, nobody).is_whole


def test_a_replay_is_the_same_every_time(capture: Finding) -> None:
    assert replay(CIRCLE, capture) == replay(CIRCLE, capture)
