"""`isonomy rulebook lint|show|compare`: exit statuses, sentences and the stable JSON."""

from __future__ import annotations

import io
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from isonomy.cli.main import BAD, DONE, REFUSED, main

RULEBOOKS = Path(__file__).parents[2] / "rulebooks"
ASSOCIATION = RULEBOOKS / "association" / "1.md"
FEDERATION = RULEBOOKS / "federation" / "1.md"


@pytest.fixture
def misspelt(tmp_path: Path) -> Path:
    """The model association with one key misspelt and one number changed in the block alone."""
    text = ASSOCIATION.read_text("utf-8")
    file = tmp_path / "rules.md"
    file.write_text(
        text.replace("\nquorum: 1/2", "\nquorom: 1/2").replace("after 30 days unless", "after 90 days unless")
    )
    return file


def line_of(file: Path, start: str) -> int:
    return next(at for at, line in enumerate(file.read_text().split("\n"), 1) if line.startswith(start))


def test_a_clean_rulebook_is_status_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "lint", str(ASSOCIATION)]) == DONE
    assert capsys.readouterr().out == f"{ASSOCIATION}: no findings\n"


def test_errors_are_status_2_with_file_line_clause_and_cure(misspelt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "lint", str(misspelt)]) == REFUSED
    shown = capsys.readouterr()
    assert shown.err == ""
    lines = shown.out.splitlines()
    key, number = line_of(misspelt, "quorom"), line_of(misspelt, "lapses")
    assert lines[0] == (
        f"error: {misspelt}:{key}, clause 2: 'quorom' is not known in a body block; did you mean 'quorum'?"
    )
    assert lines[1].startswith(
        f"error: {misspelt}:{number}, clause 4: the block says 90 ('lapses'), the text of the clause does not; "
    )
    assert lines[2] == f"{misspelt}: 2 errors"


def test_findings_as_json_are_one_line_a_file(misspelt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "lint", "--json", str(ASSOCIATION), str(misspelt)]) == REFUSED
    clean, found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert clean == {"file": str(ASSOCIATION), "readable": True, "errors": 0, "findings": []}
    assert found["readable"] is False
    assert found["findings"][0] == {
        "id": "unknown-key", "severity": "error", "line": line_of(misspelt, "quorom"), "column": 1, "clause": "2",
        "says": "'quorom' is not known in a body block", "cure": "did you mean 'quorum'?",
    }  # fmt: skip


def test_words_and_blocks_that_differ_can_still_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rules.md"
    file.write_text(ASSOCIATION.read_text("utf-8").replace("seats: 5", "seats: 6"))
    assert main(["rulebook", "lint", "--json", str(file)]) == REFUSED
    assert json.loads(capsys.readouterr().out)["readable"] is True
    assert main(["rulebook", "show", str(file)]) == DONE


def test_clauses_without_a_block_are_listed_and_do_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rules.md"
    file.write_text(ASSOCIATION.read_text("utf-8") + "\n## 7. Seal\nThere is no seal.\n\n## 8. Colours\nBlue.\n")
    assert main(["rulebook", "lint", str(file)]) == DONE
    out = capsys.readouterr().out
    assert "not machine-checked, because no block stands there: 7 (line " in out
    assert out.endswith(f"{file}: 2 notes\n")


def test_one_file_that_cannot_be_read_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "lint", "nowhere.md", str(ASSOCIATION)]) == BAD
    shown = capsys.readouterr()
    assert shown.out == f"{ASSOCIATION}: no findings\n"
    assert shown.err.startswith("isonomy: nowhere.md: there is no such file\n")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x00" * 100, b"---\n---\n", b"# A\n```rule\n", b"\n" * 5000])
def test_any_file_gives_findings_and_no_traceback(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "any.md"
    file.write_bytes(data)
    assert main(["rulebook", "lint", str(file)]) == REFUSED
    assert f"error: {file}:" in capsys.readouterr().out
    for words in (["show", str(file)], ["compare", str(file), str(ASSOCIATION)]):
        assert main(["rulebook", *words]) == BAD
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.startswith(f"isonomy: {file}:")
        assert len(shown.err.splitlines()) <= 2


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(ASSOCIATION.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert main(["rulebook", "lint", "-"]) == DONE
    assert capsys.readouterr().out == "standard input: no findings\n"
    assert main(["rulebook", "compare", "-", "-"]) == BAD


def test_show_reads_the_blocks_aloud(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "show", str(FEDERATION)]) == DONE
    out = capsys.readouterr().out
    assert out.startswith("# Model Federation, edition 1\n\nStatus: model.\n")
    assert "- Each branch elects 2 delegates to it.\n" in out


def test_show_as_json_is_the_whole_model_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "show", str(FEDERATION), "--json"]) == DONE
    (line,) = capsys.readouterr().out.splitlines()
    value = json.loads(line)
    assert [clause["id"] for clause in value["clauses"]] == re.findall(
        r"(?m)^## ([0-9]+)\. ", FEDERATION.read_text("utf-8")
    )
    assert len(value["blocks"]) == FEDERATION.read_text("utf-8").count("```rule ")


def test_show_as_html_closes_what_it_opens(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "show", str(FEDERATION), "--html"]) == DONE
    out = capsys.readouterr().out

    class Open(HTMLParser):
        stack: list[str] = []  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.stack.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.stack.pop() == tag

    parser = Open()
    parser.feed(out)
    assert parser.stack == []
    assert out.count("<section ") == FEDERATION.read_text("utf-8").count("\n## ")


def test_compare_tells_powers_first_and_then_the_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "next.md"
    file.write_text(ASSOCIATION.read_text("utf-8").replace("200", "500"))
    assert main(["rulebook", "compare", str(ASSOCIATION), str(file)]) == DONE
    assert capsys.readouterr().out.splitlines() == [
        "Powers",
        "  The chair: decides alone on spending: higher, up to 500 instead of up to 200 (clause 4).",
        "",
        "Clauses",
        "  4 Chair: changed (words and block)",
        "    The committee elects one of ... chair may spend up to [-200-] {+500+} "
        "at a time. Such a ... unless the committee ratifies it.",
    ]


def test_compare_as_json_has_both_lines_and_clauses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "next.md"
    file.write_text(ASSOCIATION.read_text("utf-8").replace("200", "500"))
    assert main(["rulebook", "compare", str(ASSOCIATION), str(file), "--json"]) == DONE
    value = json.loads(capsys.readouterr().out)
    assert set(value) == {"before", "after", "clauses", "powers"}
    (power,) = value["powers"]
    assert (power["change"], power["holder"], power["direction"]) == ("changed", "chair", "higher")
    assert (power["clause_before"], power["clause_after"]) == ("4", "4")
    assert power["line_before"] == power["line_after"] > 0


def test_two_editions_that_are_the_same_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "compare", str(ASSOCIATION), str(ASSOCIATION)]) == DONE
    assert capsys.readouterr().out == "The two editions say the same.\n"


@pytest.mark.parametrize(
    "words", [[], ["lnt"], ["lint"], ["show"], ["compare", "a"], ["show", "a", "--json", "--html"]]
)
def test_wrong_usage_is_status_1(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", *words]) == BAD
    assert capsys.readouterr().out == ""
