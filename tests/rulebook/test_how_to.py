"""The how-to page: every rulebook on it lints without an error or a warning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from isonomy.rulebook.findings import NOTE
from isonomy.rulebook.reader import examine

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "write-a-rulebook.md").read_text("utf-8")
EXAMPLES = re.findall(r"^````markdown\n(.*?)^````$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == PAGE.count("````markdown") >= 3


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: re.search(r"edition: (\S+)", text)[1])
def test_an_example_lints_clean(example: str) -> None:
    examination = examine(example.encode(), "example.md")
    assert [found.sentence("example.md") for found in examination.findings if found.severity != NOTE] == []
    assert examination.rulebook is not None


def test_the_specification_shows_a_rulebook_that_can_be_read() -> None:
    spec = (Path(__file__).parents[2] / "docs" / "spec" / "rulebook.md").read_text("utf-8")
    shown = spec.partition("````\n")[2].partition("````")[0]
    findings = examine(shown.encode(), "spec.md").findings
    assert [found.id for found in findings if found.severity == "error"] == ["unknown-seat"]
