"""The reference of counting: its examples run, it names everything public, and its tables agree with the registry."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import isonomy.counting
from isonomy.counting import rules
from isonomy.counting.formats.sniff import FORMATS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PYTHON = (REFERENCE / "counting.md").read_text(encoding="utf-8")
RULES = (REFERENCE / "counting-rules.md").read_text(encoding="utf-8")


def test_the_examples_print_what_stands_on_the_page() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", PYTHON, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 5
    # One session for the page: later blocks use the names of earlier ones.
    session = doctest.DocTestParser().get_doctest("".join(blocks), {}, "counting.md", None, 0)
    told: list[str] = []
    outcome = doctest.DocTestRunner(verbose=False).run(session, out=told.append)
    assert outcome.failed == 0, "".join(told)
    assert outcome.attempted > 30


def test_every_public_name_stands_on_the_page() -> None:
    assert [name for name in isonomy.counting.__all__ if not re.search(rf"\b{name}\b", PYTHON)] == []


def test_every_rule_stands_on_its_page_as_the_registry_has_it() -> None:
    rows = {row[0].strip("` "): row for line in RULES.splitlines() if (row := _cells(line))}
    for rule in rules():
        assert rule.name in rows, rule.name
        _, ballots, takes, arithmetic, settles, source = rows[rule.name][:6]
        assert ballots == rule.ballots
        assert takes == (", ".join(f"`{one}`" for one in rule.takes) or "nothing")
        assert (arithmetic, settles, source) == (rule.arithmetic, rule.settles, rule.source)


def test_every_format_stands_on_the_page_with_its_suffixes() -> None:
    for found in FORMATS:
        row = next((line for line in RULES.splitlines() if line.startswith(f"| `{found.name}` |")), "")
        assert row, found.name
        assert all(f"`{suffix}`" in row for suffix in found.suffixes)
        assert ("| yes |" in row) == found.writes


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("| `") else []
