"""The models that come with the program: they lint clean, read well, and no quantity in them can drift unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from isonomy.rulebook.findings import NOTE
from isonomy.rulebook.reader import examine, read_rulebook
from isonomy.rulebook.render import plain_reading

RULEBOOKS = Path(__file__).parents[2] / "rulebooks"
MODELS = sorted(path for path in RULEBOOKS.glob("*/[0-9]*.md") if path.parent.name != "history")
QUANTITY = re.compile(r"[0-9]+/[0-9]+|[0-9]+")


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", MODELS, ids=name_of)
def test_a_model_lints_without_a_finding(path: Path) -> None:
    examination = examine(path.read_bytes(), name_of(path))
    weighing = [found.what for found in examination.findings if found.id != "not-executed" and found.severity != NOTE]
    assert weighing == []
    assert examination.rulebook is not None


@pytest.mark.parametrize("path", MODELS, ids=name_of)
def test_a_model_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert read_rulebook(path.read_bytes()).front.status == "model"
    assert "not legal advice" in " ".join(text.split())


@pytest.mark.parametrize("path", sorted(RULEBOOKS.glob("paraphrase/*/[0-9]*.md")), ids=name_of)
def test_a_paraphrase_can_be_read_and_its_words_and_blocks_agree(path: Path) -> None:
    examination = examine(path.read_bytes(), name_of(path))
    assert [found for found in examination.findings if found.severity != NOTE] == []
    assert examination.rulebook is not None
    assert examination.rulebook.front.is_paraphrase


def changed_quantities() -> Iterator[tuple[Path, int, str, bytes]]:
    """Every model with one number or share of one block changed: the file, the line, the line as changed, the bytes."""
    for path in MODELS:
        lines = path.read_text("utf-8").split("\n")
        inside = False
        for at, line in enumerate(lines):
            if line.startswith("```"):
                inside = line.startswith("```rule")
                continue
            if not inside or line.startswith(("protected", "protects")):
                continue
            for found in QUANTITY.finditer(line.partition(" says: ")[0]):
                other = "7/9" if "/" in found.group() else str(int(found.group()) + 17)
                changed = line[: found.start()] + other + line[found.end() :]
                data = "\n".join([*lines[:at], changed, *lines[at + 1 :]]).encode()
                yield path, at + 1, changed, data


CHANGED = list(changed_quantities())


@pytest.mark.parametrize(
    ("path", "line", "changed", "data"),
    CHANGED,
    ids=[f"{name_of(path)}:{line}:{new}" for path, line, new, _ in CHANGED],
)
def test_no_quantity_of_a_model_can_change_in_the_block_alone(path: Path, line: int, changed: str, data: bytes) -> None:
    errors = examine(data).errors
    assert any(found.line == line for found in errors), changed


def test_the_models_have_quantities_to_change() -> None:
    assert len(CHANGED) > 50


SEAT_LINES = [
    (path, at + 1, line)
    for path in MODELS
    for at, line in enumerate(path.read_text("utf-8").split("\n"))
    if re.match(r"(removable by|chaired by|owed by|filled by: (election|appointment) by)", line) and "says:" not in line
]


@pytest.mark.parametrize(("path", "line", "text"), SEAT_LINES, ids=[f"{name_of(p)}:{n}" for p, n, _ in SEAT_LINES])
def test_a_seat_that_no_words_name_is_found(path: Path, line: int, text: str) -> None:
    """A body and an office that only the blocks know, put in place of the one that the words name."""
    strangers = (
        "\n## 99. Strangers\nThe ombuds panel is elected by all members; all elect the quaestor.\n\n"
        "```rule body ombuds-panel\nfilled by: election by members\n```\n\n"
        "```rule office quaestor\nfilled by: election by members\n```\n"
    )
    other = "quaestor" if text.startswith(("chaired by", "owed by")) else "ombuds-panel"
    lines = path.read_text("utf-8").split("\n")
    lines[line - 1] = re.sub(r"[a-z-]+$", other, text.partition(",")[0])
    errors = examine(("\n".join(lines) + strangers).encode()).errors
    assert any(found.line == line for found in errors), lines[line - 1]


def test_the_plain_reading_of_the_federation_says_every_written_fact_once() -> None:
    rulebook = read_rulebook((RULEBOOKS / "federation" / "1.md").read_bytes())
    for block in plain_reading(rulebook):
        assert [fact.key for fact in block.facts] == sorted(block.place.lines, key=block.place.line_of)
        for sentence in block.sentences:
            assert sentence[0].isupper() or sentence.startswith("'")
            assert sentence.endswith(".")
