"""What the checker prints, the engine does: each trace of each fault of power is replayed act by act with named persons."""

from __future__ import annotations

import pytest

from isonomy.checker import check_rulebook
from isonomy.checker.replay import replay
from isonomy.rulebook.reader import read_rulebook
from tests.checker.faults_of_power import PAIRS, edited

TOLD_ALONE = ("refuse",)
"""Moves that no act of the engine stands for yet in a replay; a trace with one says so."""


@pytest.mark.parametrize("name", PAIRS)
def test_every_trace_with_its_persons_replays(name: str) -> None:
    pair = PAIRS[name]
    text = edited(pair.base, pair.fault)
    for found in check_rulebook(read_rulebook(text)).of(pair.id):
        if found.seating is None or not found.trace or any(step.act in TOLD_ALONE for step in found.trace):
            continue
        played = replay(text.decode(), found)
        assert played.is_whole, (found.id, played.problem, played.unknown)


def test_most_captures_are_replayed_and_not_passed_over() -> None:
    pairs = [pair for pair in PAIRS.values() if pair.id in ("C01", "C03", "C09", "C17", "C18")]
    replayed = 0
    for pair in pairs:
        text = edited(pair.base, pair.fault)
        found = check_rulebook(read_rulebook(text)).of(pair.id)
        replayed += any(each.seating is not None and replay(text.decode(), each).is_whole for each in found)
    assert replayed >= 7
