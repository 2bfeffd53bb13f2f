"""The shapes of the checker: catalogue, JSON of the contract, severities by either name."""

from __future__ import annotations

from pathlib import Path

import pytest

from isonomy.checker import CATALOGUE, Settings, check_rulebook
from isonomy.checker.catalogue import is_at_least, severity_named
from isonomy.checker.finding import VERDICTS, Cited, finding
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.reader import read_rulebook

ASSOCIATION = Path(__file__).parents[2] / "rulebooks" / "association" / "1.md"


def test_the_catalogue_has_thirty_four_rows_in_order() -> None:
    assert list(CATALOGUE) == [f"C{number:02}" for number in range(1, 35)]


def test_a_report_has_the_keys_of_the_contract() -> None:
    report = check_rulebook(read_rulebook(ASSOCIATION.read_bytes()))
    told = report.to_json()
    assert {"rulebook", "edition", "verdict", "decided", "findings"} <= set(told)
    assert told["verdict"] in VERDICTS


def test_a_finding_has_the_keys_of_the_contract() -> None:
    told = finding("C08", "nobody calls it", Cited("3", 12), fix="say who calls it").to_json()
    keys = {"id", "severity", "clauses", "title", "evidence", "trace", "persons", "rounds", "assumptions", "fix"}
    assert keys <= set(told)
    assert told["clauses"] == [{"id": "3", "line": 12}]


@pytest.mark.parametrize(
    ("word", "meant"), [("error", "high"), ("warning", "medium"), ("note", "low"), ("High", "high")]
)
def test_a_severity_has_two_names(word: str, meant: str) -> None:
    assert severity_named(word) == meant


def test_an_unknown_severity_is_answered_with_the_near_one() -> None:
    with pytest.raises(BadInput, match="hihg"):
        severity_named("hihg")


def test_high_reaches_every_bar_and_low_only_its_own() -> None:
    assert is_at_least("high", "low")
    assert not is_at_least("low", "medium")


def test_a_size_of_nothing_is_bad_input() -> None:
    with pytest.raises(BadInput):
        Settings(units=0)
