"""Each fault of power gives its finding, with the least number of persons; its twin, which differs in one thing, does not."""

from __future__ import annotations

from functools import lru_cache

import pytest

from isonomy.checker import Report, Settings, check_rulebook
from isonomy.rulebook.reader import read_rulebook
from tests.checker.faults_of_power import PAIRS, edited


@lru_cache(maxsize=256)
def report_of(text: bytes) -> Report:
    return check_rulebook(read_rulebook(text), Settings())


@pytest.mark.parametrize("name", PAIRS)
def test_a_fault_of_power_gives_its_finding(name: str) -> None:
    pair = PAIRS[name]
    found = report_of(edited(pair.base, pair.fault)).of(pair.id)
    assert found, name
    if pair.persons is not None:
        assert min(each.persons for each in found if each.persons is not None) == pair.persons


@pytest.mark.parametrize("name", PAIRS)
def test_the_twin_of_a_fault_has_nothing_of_its_id(name: str) -> None:
    pair = PAIRS[name]
    assert [each.evidence for each in report_of(edited(pair.base, pair.twin)).of(pair.id)] == []


@pytest.mark.parametrize("name", PAIRS)
def test_a_finding_names_lines_of_the_text_and_the_change_that_removes_it(name: str) -> None:
    pair = PAIRS[name]
    text = edited(pair.base, pair.fault)
    lines = text.decode().split("\n")
    for each in report_of(text).of(pair.id):
        assert each.clauses
        assert all(0 < place.line <= len(lines) and lines[place.line - 1].strip() for place in each.clauses)
        assert each.fix
