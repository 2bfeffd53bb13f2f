"""Every finding on every rulebook that ships is one that was looked at and is defended in a sentence; nothing else is found."""

from __future__ import annotations

import json
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import pytest

from isonomy.checker import check_rulebook
from isonomy.rulebook.reader import examine

RULEBOOKS = Path(__file__).parents[2] / "rulebooks"
EXPECTED = json.loads((Path(__file__).parent / "expected" / "findings.json").read_text("utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(RULEBOOKS).with_suffix("").as_posix()


EDITIONS = [path for path in sorted(RULEBOOKS.glob("**/[0-9]*.md")) if "trials" not in path.parts]


@pytest.mark.parametrize("path", EDITIONS, ids=name_of)
def test_what_is_found_is_what_was_reviewed(path: Path) -> None:
    rows = [row for name, found in EXPECTED.items() if fnmatch(name_of(path), name) for row in found]
    assert any(fnmatch(name_of(path), name) for name in EXPECTED), f"{name_of(path)} has no row in findings.json"
    examination = examine(path.read_bytes())
    assert examination.rulebook is not None
    report = check_rulebook(examination.rulebook, examination=examination)
    found = Counter((each.id, tuple(sorted({place.id for place in each.clauses}))) for each in report.findings)
    assert found == Counter((row["id"], tuple(sorted(row["clauses"]))) for row in rows)


def test_every_expected_finding_has_its_reason() -> None:
    assert all(len(row["why"].split()) >= 8 for found in EXPECTED.values() for row in found)
