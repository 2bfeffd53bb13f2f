"""Every counter-example that the checker shows is replayed act by act by the engine, with named persons, over everything we have."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from isonomy.checker.finding import Finding, Report
from isonomy.checker.replay import replay
from isonomy.checker.settings import Settings
from isonomy.checker.shown import UNTRIED, check_text
from isonomy.counting.registry import rule_named, rules
from tests.checker import remedies
from tests.checker.faults_of_power import CIRCLE, PAIRS, edited
from tests.checker.structure.faults import FAULTS, with_fault
from tests.checker.test_circle import pyramid

ROOT = Path(__file__).parents[2]
EDITIONS = sorted(
    path
    for path in (ROOT / "rulebooks").rglob("*.md")
    if "trials" not in path.parts and path.read_text("utf-8").startswith("---\norganisation:")
)
SMALL = Settings(units=3, members=3, members_without_units=3)


def not_replayed(report: Report) -> list[tuple[str, str]]:
    """Traces with acts that did not replay to their end, or were not tried."""
    told = [found for found in report.findings if any(step.move is not None for step in found.trace)]
    return [
        (found.id, found.replayed.problem if found.replayed is not None else "not tried")
        for found in told
        if found.replayed is None or found.replayed.problem
    ]


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: str(path.relative_to(ROOT / "rulebooks")))
def test_what_is_found_in_a_rulebook_here_replays(path: Path) -> None:
    assert not_replayed(check_text(path.read_bytes())) == []


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("side", ["fault", "twin"])
def test_what_is_found_in_a_fault_of_power_and_in_its_twin_replays(name: str, side: str) -> None:
    pair = PAIRS[name]
    assert not_replayed(check_text(edited(pair.base, getattr(pair, side)))) == []


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_found_in_a_fault_of_structure_replays(name: str) -> None:
    assert not_replayed(check_text(with_fault(name))) == []


@pytest.mark.parametrize(
    "chosen", list(remedies.combinations_of()), ids=lambda told: "".join(one.letter for one in told)
)
def test_what_is_left_open_under_any_set_of_remedies_replays(chosen: tuple[remedies.Remedy, ...]) -> None:
    edits = tuple(edit for each in chosen for edit in each.edits)
    assert not_replayed(check_text(edited(CIRCLE, edits))) == []


@pytest.mark.parametrize("levels", [2, 3])
def test_a_pyramid_of_majorities_falls_in_named_persons_too(levels: int) -> None:
    assert not_replayed(check_text(pyramid(levels), settings=SMALL)) == []


SHARES_OUT = ("dhondt", "largest-remainder-hare", "sainte-lague")
"""Rules that share seats among lists and elect no persons."""


@pytest.mark.parametrize("rule", [rule.name for rule in rules() if rule.name not in SHARES_OUT])
def test_the_circle_closes_by_whatever_rule_is_counted(rule: str) -> None:
    told = CIRCLE.replace("by show of hands", "named")
    congress, committee = told.split("## 6. Committee")
    congress = congress.replace("counting: plurality", f"counting: {rule}")
    if "seats" in rule_named(rule).takes:
        committee = committee.replace("counting: plurality", f"counting: {rule}")
    else:
        congress = congress.replace("each branch, 2 seats", "each branch, 1 seat")
    report = check_text(f"{congress}## 6. Committee{committee}".encode())
    assert report.of("C01")
    assert not_replayed(report) == []


def test_a_silence_is_replayed_as_a_calendar_in_which_nobody_else_may_call() -> None:
    """The muted congress: three years pass and every call of others is refused; under a demand that
    binds somebody to a day the same trace fails."""
    pair = PAIRS["a demand that binds nobody to a day"]
    (muted,) = check_text(edited(pair.base, pair.fault)).of("C02")
    assert muted.replayed is not None
    assert muted.replayed.days > 1000
    text = edited(pair.base, pair.twin).decode()
    told = replay(text, muted)
    assert "may do it without the coalition" in told.problem


def test_expulsion_is_found_without_acts_and_says_so() -> None:
    pair = next(pair for pair in PAIRS.values() if pair.id == "C13")
    (found,) = check_text(edited(pair.base, pair.fault)).of("C13")
    assert found.trace == ()
    assert UNTRIED in found.assumptions


def test_every_kind_of_finding_with_acts_is_among_those_replayed() -> None:
    seen: Counter[str] = Counter()
    for pair in PAIRS.values():
        found: Finding
        for found in check_text(edited(pair.base, pair.fault)).of(pair.id):
            seen[found.id] += found.replayed is not None and not found.replayed.problem
    assert {each for each, number in seen.items() if number} >= {
        "C01",
        "C02",
        "C09",
        "C10",
        "C16",
        "C17",
        "C18",
        "C20",
        "C23",
        "C24",
    }
