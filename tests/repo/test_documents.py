"""The documents hold together: links lead somewhere, every page is reachable, the front page is honest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.transcripts import agree, masked, steps_of
from isonomy.documents.requirements import THEMES, Met, requirements
from tests.repo.house import CHECKOUT, files, name_of

PAGES = [path for path in files(".md") if not name_of(path).startswith(("tests/", "src/"))]
LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(`{3,})[^\n]*\n.*?^\1`*\s*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


def prose(path: Path) -> str:
    """The page without its code blocks and inline code."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", path.read_text(encoding="utf-8")))


def anchors(path: Path) -> set[str]:
    """The anchors that a page's headings give, as code hosts make them."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for heading in HEADING.findall(text):
        plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        number = 0
        unique = slug
        while unique in found:
            number += 1
            unique = f"{slug}-{number}"
        found.add(unique)
    return found


def links(path: Path) -> list[str]:
    """The links of a page that stay inside the project."""
    return [target for target in LINK.findall(prose(path)) if not re.match(r"[a-z]+:", target)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in links(page):
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


def test_every_page_of_the_documents_is_reachable_from_their_index() -> None:
    index = CHECKOUT / "docs" / "README.md"
    seen: set[Path] = set()
    waiting = [index]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for target in links(page):
            there = (page.parent / target.partition("#")[0]).resolve()
            if there.suffix == ".md" and there.is_relative_to(CHECKOUT / "docs"):
                waiting.append(there)
    unreachable = [name_of(path) for path in files(".md") if name_of(path).startswith("docs/") and path not in seen]
    assert unreachable == []


def test_the_front_page_has_a_row_for_each_of_the_eight_themes() -> None:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \*\*([A-H])\. ([^*]+)\*\*[^|]*\|([^|]+)\|([^|]+)\|$", text, re.MULTILINE)
    assert [(letter, title) for letter, title, _, _ in rows] == [(theme.letter, theme.title) for theme in THEMES]
    for letter, _, does, tried in rows:
        assert does.strip(), letter
        assert tried.strip(), letter


def test_what_the_front_page_says_is_tried_is_tried_in_a_place_that_exists() -> None:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    for row in re.findall(r"^\| \*\*[A-H]\. .*\|$", text, re.MULTILINE):
        tried = row.rstrip("|").rpartition("|")[2]
        for place in re.findall(r"`([\w./-]+/[\w./-]*)`", tried):
            assert (CHECKOUT / place).exists(), place
        assert "planned" in tried or "`" in tried, row


@pytest.mark.parametrize(
    "said", ["necessary, not sufficient", "never certifies", "could do unseen", "make demo", "make test"]
)
def test_the_front_page_says_how_to_start_and_where_the_limits_are(said: str) -> None:
    assert said in (CHECKOUT / "README.md").read_text(encoding="utf-8")


def test_every_decision_record_has_its_four_parts() -> None:
    records = sorted((CHECKOUT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04d}" for number in range(1, len(records) + 1)]
    for path in records:
        headings = HEADING.findall(path.read_text(encoding="utf-8"))
        assert headings[1:] == ["Question", "Decision", "Why", "What follows"], path.name


def test_a_transcript_is_cut_into_commands_and_what_they_print() -> None:
    first, second = steps_of("$ cat <<'END'\n> a\n> END\na\n$ true\n")
    assert first.command == "cat <<'END'\na\nEND"
    assert first.printed == ("a",)
    assert second.printed == ()


def test_a_transcript_forgives_keys_and_times_and_nothing_else() -> None:
    assert masked("entry 4 at 2027-03-05T18:12:03Z") == masked("entry 4 at 2028-01-01T00:00:00Z")
    assert agree(("entry 4", "...", "done"), ["entry 4", "a", "b", "done"])
    assert not agree(("entry 4", "done"), ["entry 5", "done"])
    assert not agree(("refused",), ["accepted"])


TRIAL = re.compile(r"`(tests/[\w./-]+)`")
SAYS_WHAT_NAMED_TRIALS_SHOW = ("README.md", "docs/explanation/threat-model.md")


@pytest.mark.parametrize("page", SAYS_WHAT_NAMED_TRIALS_SHOW)
def test_a_trial_that_is_named_is_a_file_that_has_trials(page: str) -> None:
    named = TRIAL.findall((CHECKOUT / page).read_text(encoding="utf-8"))
    assert named
    for trial in named:
        file = CHECKOUT / trial
        assert file.name.startswith("test_"), trial
        assert file.suffix == ".py", trial
        assert re.search(r"^ *def test_|TestCase$", file.read_text(encoding="utf-8"), re.MULTILINE), trial


def test_what_the_threat_model_calls_prevented_or_detected_names_its_trial() -> None:
    text = (CHECKOUT / "docs" / "explanation" / "threat-model.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    claims = [(what, tried) for what, outcome, _, tried in rows if re.match(r"(partly )?(prevented|detected)", outcome)]
    assert len(claims) > 30
    untried = [what for what, tried in claims if not TRIAL.search(tried)]
    assert untried == ["withhold or delay the export itself"]


def test_the_front_page_says_how_many_of_the_requirements_are_met() -> None:
    met = [item.number for item in requirements() if item.met is not Met.PLANNED]
    said = re.search(r"Of the 95, (\d+) are met", (CHECKOUT / "README.md").read_text(encoding="utf-8"))
    assert said is not None
    assert int(said.group(1)) == len(met)
