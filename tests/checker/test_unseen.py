"""Rulebooks written from the specification alone, without a look at the checker: each fault is found, its twin has nothing of it, and
sound ones are let pass.

Lives here: what is expected of `unseen/*.md`. `cases.csv` names the finding of each faulty text, and persons where they follow by
thought; `NAME.clean.md` differs from `NAME.md` in one place. Clubs, co-operatives, parties, guilds, a corps: names decide nothing.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import pytest

from isonomy.checker import Report, Settings, check_rulebook
from isonomy.checker.catalogue import HIGH
from isonomy.checker.replay import replay
from isonomy.rulebook.reader import examine

HERE = Path(__file__).parent / "unseen"
CASES = {row["case"]: row for row in csv.DictReader((HERE / "cases.csv").read_text(encoding="utf-8").splitlines())}
SOUND = sorted(path.stem for path in HERE.glob("sound-*.md"))

NOT_REPLAYED = {
    "c01-secretaries": "the replay waits so long for meetings by right that the term of the one who calls is over",
    "c01-tiers": "the engine lets no cell elect to a council that stands in each ward",
    "c07-lodges": "refusals of mandates are told, not replayed",
}
"""Traces that do not replay yet, and why."""


@lru_cache(maxsize=4)
def report_of(name: str, units: int, members: int) -> Report:
    examination = examine((HERE / f"{name}.md").read_bytes())
    assert examination.rulebook is not None, examination.findings
    return check_rulebook(examination.rulebook, Settings(units=units, members=members), examination=examination)


def told(name: str, row: dict[str, str]) -> Report:
    return report_of(name, int(row["units"] or 5), int(row["members"] or 9))


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_found_at_its_lines_with_its_number_of_persons(name: str) -> None:
    row = CASES[name]
    report = told(name, row)
    found = report.of(row["finding"])
    assert found, [each.id for each in report.findings]
    lines = (HERE / f"{name}.md").read_text(encoding="utf-8").split("\n")
    assert all(
        0 < place.line <= len(lines) and lines[place.line - 1].strip() for each in found for place in each.clauses
    )
    assert all(each.fix for each in found)
    if row["severity"]:
        assert found[0].severity == row["severity"]
    if row["persons"]:
        assert min(each.persons for each in found if each.persons is not None) == int(row["persons"])


@pytest.mark.parametrize("name", CASES)
def test_its_clean_twin_has_nothing_of_it(name: str) -> None:
    row = CASES[name]
    assert [each.evidence for each in told(f"{name}.clean", row).of(row["finding"])] == []


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_rulebook_is_repelled_without_a_finding_that_weighs_high(name: str) -> None:
    report = report_of(name, 5, 9)
    assert report.verdict == "repelled"
    assert [each.evidence for each in report.findings if each.severity == HIGH] == []


@pytest.mark.parametrize("name", [name for name in CASES if name not in NOT_REPLAYED])
def test_every_trace_with_its_persons_replays(name: str) -> None:
    text = (HERE / f"{name}.md").read_text(encoding="utf-8")
    for each in told(name, CASES[name]).findings:
        if each.trace and each.seating is not None:
            played = replay(text, each)
            assert played.is_whole, (each.id, played.problem, played.unknown)
