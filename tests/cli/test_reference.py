"""The reference pages of the command line tell every verb, every option, and every key of the JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from isonomy.cli.main import VERBS, main
from tests.cli.conftest import Isonomy, motion, write_acts

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "cli"
PARTS = {"rulebook": ("lint", "show", "compare")}


def page(verb: str) -> str:
    """The page of a verb."""
    return (PAGES / f"{verb}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_page_and_a_row_in_the_index(verb: str) -> None:
    assert page(verb).startswith(f"# isonomy {verb}")
    assert f"| [{verb}]({verb}.md) |" in (PAGES / "README.md").read_text(encoding="utf-8")


def test_there_is_no_page_of_a_verb_that_does_not_exist() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {*VERBS, "README"}


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_told_and_no_other(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = ""
    for part in PARTS.get(verb, ("",)):
        assert main([verb, *([part] if part else []), "--help"]) == 0
        shown += capsys.readouterr().out.partition("example:")[0]
    taken = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", shown)) - {"--help"}
    told = set(re.findall(r"(?<=\| `)--[a-z][a-z-]+", page(verb)))
    assert told == taken


def keys_of(value: object) -> set[str]:
    """The keys of the objects in a value, in lists too; not of mappings from ids to figures."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value)) if value else set()
    if isinstance(value, dict):
        return set(value).union(*(keys_of(item) for item in value.values() if isinstance(item, list)))
    return set()


def test_every_key_of_the_json_is_told(isonomy: Isonomy, branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spend = {"act": "decision.take", "as": "chair", "matter": "spending", "amount": 250, "text": "Four oars"}
    file = write_acts(branch.parent / "acts.jsonl", motion(), spend, {"act": "none"})
    (branch.parent / "members.csv").write_text("name\nBen\n", encoding="utf-8")
    made = {
        "act": isonomy("act", "branch", file, "--json").lines,
        "import": isonomy("import", "members", "branch", "members.csv", "--json").lines,
        "state": isonomy("state", "branch", "--json").lines,
        "due": isonomy("due", "branch", "--json").lines,
        "export": isonomy("export", "branch", "public", "--json").lines,
        "verify": isonomy("verify", "public", "--json").lines,
        "new": isonomy("new", "other", "--json").lines,
        "requirement": isonomy("requirement", "24", "--json").lines,
        "doctor": isonomy("doctor", "--json").lines,
    }
    effects = {"effect", "motion", "body", "matter", "mover", "text", "on", "edition"}
    for verb, lines in made.items():
        told = set(re.findall(r"`([a-z_0-9]+)`", page(verb)))
        assert keys_of(lines) - effects <= told | {"line"}, verb
