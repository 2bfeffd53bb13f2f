"""The report for delegates: three sentences, a drawing that is told by its table as well, acts with clauses, no markup from a rulebook."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from isonomy.checker.drawing import drawing_of
from isonomy.checker.report_html import as_document, sentences
from isonomy.checker.shown import check_text
from isonomy.rulebook.reader import read_rulebook

ROOT = Path(__file__).parents[2] / "rulebooks"
CIRCLE = (ROOT / "circle" / "1.md").read_bytes()
FEDERATION = (ROOT / "federation" / "1.md").read_bytes()
VOID = {"meta", "link", "br", "path", "circle", "rect"}


class Strict(HTMLParser):
    """Complains about tags that are not closed in their order, scripts, and events."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "script"
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_the_verdict_is_three_sentences_and_never_says_safe_of_a_rulebook() -> None:
    for text in (CIRCLE, FEDERATION):
        told = sentences(check_text(text))
        assert len(told) == 3
        assert all(one.endswith(".") for one in told)
        assert told[2].endswith("that is not the same as safe.")


def test_the_document_is_well_formed_and_has_every_act_with_the_words_of_its_clause() -> None:
    report = check_text(CIRCLE)
    html = as_document(report, read_rulebook(CIRCLE))
    parser = Strict()
    parser.feed(html)
    assert parser.open == []
    (capture,) = report.of("C01")
    for step in capture.trace:
        assert escape(step.text) in html
    assert "Clause 4 Branch secretary." in html
    assert escape(capture.fix) in html


def test_every_arrow_of_the_drawing_is_a_row_of_the_table_and_the_circle_is_numbered() -> None:
    drawing = drawing_of(read_rulebook(CIRCLE))
    numbered = [row for row in drawing.rows if row[0]]
    assert [row[0] for row in numbered] == ["1", "2", "3", "4"]
    assert {row[1] for row in numbered} == {f"The {row[3].removeprefix('the ')}" for row in numbered}
    assert drawing.svg.count("marker-end") == len(drawing.rows)
    assert drawing.svg.count('stroke-width="4"') == 4


def test_where_there_is_no_circle_nothing_is_marked() -> None:
    drawing = drawing_of(read_rulebook(FEDERATION))
    assert drawing.rows
    assert not [row for row in drawing.rows if row[0]]
    assert 'stroke-width="4"' not in drawing.svg


def test_colour_says_nothing() -> None:
    svg = drawing_of(read_rulebook(CIRCLE)).svg
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) == {"currentColor", "none", "Canvas"}


def test_what_a_rulebook_says_is_never_markup() -> None:
    text = CIRCLE.decode().replace("organisation: Model of the Circle", "organisation: <script>alert(1)</script>")
    assert "<script>" not in as_document(check_text(text.encode()), read_rulebook(text.encode()))
