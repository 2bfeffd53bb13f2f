"""What an edition says: aloud, as JSON, as HTML fragments."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.kernel.canonical import canonical_bytes, parse_json
from isonomy.rulebook.model import Rulebook
from isonomy.rulebook.reader import read_rulebook
from isonomy.rulebook.render import as_markdown, plain_reading
from isonomy.rulebook.render_html import as_html, to_html, words_html
from isonomy.rulebook.render_json import to_json

RULEBOOKS = Path(__file__).parents[2] / "rulebooks"
EDITIONS = sorted([*RULEBOOKS.glob("*/[0-9]*.md"), *RULEBOOKS.glob("paraphrase/*/[0-9]*.md")])
FRONT = "---\norganisation: A\nlanguage: en\ntime zone: UTC\nedition: 1\nstatus: model\n---\n"


def model(name: str) -> Rulebook:
    return read_rulebook((RULEBOOKS / name / "1.md").read_bytes())


def sentences(name: str, block: str) -> list[str]:
    return [sentence for read in plain_reading(model(name)) if read.name == block for sentence in read.sentences]


def test_a_body_is_read_in_sentences() -> None:
    assert sentences("federation", "congress")[:9] == [
        "The congress is the supreme body.",
        "Each branch elects 2 delegates to it.",
        "A mandate lasts 2 years.",
        "It meets by right every 2 years on 1 May, whether or not it is called. It meets on the call of the committee. "
        "It meets on the demand of a third of the branches, and is called within 14 days and held within 30 days.",
        "Its meetings need 14 clear days of notice.",
        "Its quorum is at least half of the members.",
        "The chair presides.",
        "The general secretary keeps its minutes.",
        "It decides on programme and policy, and everything that no clause gives to another.",
    ]


def test_a_power_and_an_amendment_are_read_in_sentences() -> None:
    assert sentences("federation", "urgent-spending") == [
        "The general secretary may decide alone.",
        "The power is for spending.",
        "The greatest amount is 500.",
        "Such a decision lapses 30 days after it is taken, unless the committee ratifies it.",
        "Of such decisions one office, or one person, takes at most 3 in 3 months and together up to 2000 in 1 year.",
    ]
    assert sentences("federation", "rules")[-1] == "Clauses 6 and 13 need at least three quarters of the votes cast."


def test_the_words_of_the_clause_give_the_title() -> None:
    assert model("association").bodies["members-meeting"].title == "members' meeting"
    assert "The members' meeting is the supreme body." in as_markdown(model("association"))


def test_a_clause_without_a_block_says_so() -> None:
    rulebook = read_rulebook(f"{FRONT}## 1. Name\nThe club has a name.\n".encode())
    assert "Not machine-checked: this clause has no block." in as_markdown(rulebook)
    assert "Not machine-checked" in as_html(rulebook)
    assert not to_html(rulebook)[0].machine_checked


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_json_form_has_every_key_of_every_block_with_line_clause_and_text(path: Path) -> None:
    data = path.read_bytes()
    rulebook = read_rulebook(data)
    lines = data.decode().split("\n")
    value = to_json(rulebook)
    assert parse_json(canonical_bytes(value)) == value
    written = [match.group(1) for match in re.finditer(r"^```rule (\w+ \S+?)(?:,.*)?$", data.decode(), re.MULTILINE)]
    told = {f"{block['kind']} {block['name']}" for block in value["blocks"]}
    assert {name for name in written if not name.startswith(("record", "definitions"))} <= told
    assert len(value["blocks"]) == len(written)
    for block in value["blocks"]:
        assert lines[block["line"] - 1].startswith(f"```rule {block['kind']}")
        for fact in block["facts"]:
            key, _, rest = lines[fact["line"] - 1].partition(":")
            assert key == fact["key"]
            assert fact["text"].startswith(rest.partition(" says:")[0].strip())
            assert fact["clause"] in rulebook.clauses
            assert fact["value"] is not None
            assert fact["reads"]


def test_the_json_form_is_the_one_of_the_specification() -> None:
    spec = (Path(__file__).parents[2] / "docs" / "spec" / "rulebook.md").read_text("utf-8")
    shown = json.loads(spec.partition("```json\n")[2].partition("```")[0])
    value = to_json(model("association"))
    assert set(shown) == set(value)
    assert set(shown["edition"]) <= set(value["edition"])
    assert set(shown["clauses"][0]) == set(value["clauses"][0])
    committee = next(block for block in value["blocks"] if block["name"] == "committee" and block["kind"] == "body")
    assert set(shown["blocks"][0]) == set(committee)
    term = next(fact for fact in committee["facts"] if fact["key"] == "term")
    assert shown["blocks"][0]["facts"][0] == {**term, "line": shown["blocks"][0]["facts"][0]["line"]}


def test_exact_quantities_stay_exact_in_json() -> None:
    value = to_json(model("federation"))
    facts = {(block["name"], fact["key"]): fact["value"] for block in value["blocks"] for fact in block["facts"]}
    assert facts["rules", "majority"] == {"threshold": "2/3", "of": "cast"}
    assert facts["congress", "notice"] == {"number": 14, "unit": "day", "clear": True}
    assert facts["congress", "meets"]["by_right"] == {
        "interval": {"number": 2, "unit": "year", "clear": False},
        "on": "1 May",
    }
    assert facts["rules", "protected"] == {"clauses": ["6", "13"], "majority": {"threshold": "3/4", "of": "cast"}}


class Tags(HTMLParser):
    """Collects the tags and attributes of a fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}


def tags_of(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    return found


SAFE_TAGS = {
    "p", "em", "strong", "code", "pre", "ul", "ol", "li", "a", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr",
    "br", "article", "section",
}  # fmt: skip
SAFE_ATTRIBUTES = {
    "href",
    "title",
    "class",
    "id",
    "lang",
    "start",
    "data-kind",
    "data-name",
    "data-key",
    "data-line",
    "data-clause",
}


def no_markup_of_its_own(html: str) -> None:
    found = tags_of(html)
    assert found.tags <= SAFE_TAGS
    for name, value in found.attributes:
        assert name in SAFE_ATTRIBUTES
        if name == "href":
            assert not re.match(r"\s*(javascript|data|vbscript|file)\s*:", value, re.IGNORECASE)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/pixel.gif)",
        '<img src=x onerror="alert(1)">',
        "<p style='color:red'>red</p>",
        '[x](https://example.org "on\\"mouseover=alert(1)")',
    ],
)
def test_nothing_in_the_words_becomes_markup_of_its_own(words: str) -> None:
    html = as_html(read_rulebook(f"{FRONT}## 1. A <b>title</b>\n{words}\n".encode()))
    no_markup_of_its_own(html)
    assert "&lt;b&gt;title&lt;/b&gt;" in html


@given(st.text(alphabet="<>\"'&[]()!*_`#\n abcj:/1.", max_size=80))
def test_no_words_become_markup_of_their_own(words: str) -> None:
    no_markup_of_its_own(words_html(words, model("association")))


def test_a_reference_leads_to_the_clause_that_it_names() -> None:
    rulebook = read_rulebook(f"{FRONT}## 1. A\nAs [4.2] says, and `[4.2]`, [9].\n\n### 4.2 B\nWords.\n".encode())
    with_links = as_html(rulebook)
    assert '<a href="#clause-4.2">[4.2]</a>' in with_links
    assert with_links.count("<a ") == 1
    assert '<section class="clause" id="clause-4.2">' in with_links


def test_each_clause_is_a_fragment_with_anchor_words_and_reading() -> None:
    clause = next(found for found in to_html(model("association")) if found.id == "4")
    assert clause.anchor == "clause-4"
    assert clause.title == "Chair"
    assert clause.words.startswith("<p>The committee elects one of its members as chair")
    assert clause.machine_checked
    assert [read.kind for read in clause.reading] == ["office", "power"]
    assert 'data-key="up to" data-line="' in clause.reading[1].html
