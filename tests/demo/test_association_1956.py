"""The demonstration of 1956: ten acts, each with its verdict, and the page that shows them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from demo import stage
from docs.demo_1956_page import PAGE, as_page


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(stage, "OUT", tmp_path)
    return as_page()


def test_the_page_shows_what_the_demonstration_prints(printed: str) -> None:
    assert printed == PAGE.read_text(encoding="utf-8"), "make docs writes it anew"


def test_ten_acts_each_with_a_clause_and_each_refusal_with_facts_or_cure(printed: str) -> None:
    acts = re.split(r"^Act \d+\. ", printed, flags=re.MULTILINE)[1:]
    assert len(acts) == 10
    for act in acts:
        assert "clause" in act, act[:60]
        assert "document" in act, act[:60]
    refusals = re.findall(r"Refused: (?:.|\n {14})+", printed)
    assert len(refusals) >= 10
    for words in refusals:
        assert re.search(r"clause \d", words), words


def test_what_ends_by_itself_ends_and_what_was_barred_is_done_by_the_right_body(printed: str) -> None:
    plain = " ".join(printed.split())
    for words in (
        "any branch after 30 days", "it is: lapsed", "em-15 is over", "The sealed words of the criticism ct-16 are open",
        "The mandate of person B as the secretary ended",
        "a meeting of the congress decides the matters it was called for",
    ):  # fmt: skip
        assert words in plain, words
