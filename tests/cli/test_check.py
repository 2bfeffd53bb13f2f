"""`isonomy check`: exit statuses, the stable JSON, what an amendment opens and closes, votes by weight."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isonomy.cli.main import BAD, DONE, REFUSED, main

FEDERATION = Path(__file__).parents[2] / "rulebooks" / "federation" / "1.md"
KEYS = {"rulebook", "edition", "verdict", "decided", "findings"}
OF_FINDING = {
    "id", "severity", "clauses", "title", "evidence", "trace", "persons", "rounds", "assumptions", "fix",
}  # fmt: skip


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """The model federation with one place changed."""
    text = FEDERATION.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / "changed.md"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


@pytest.fixture
def appointed(tmp_path: Path) -> Path:
    """The model federation with a returning officer whom the general secretary appoints."""
    old = "```rule office returning-officer\nfilled by: election by congress"
    return changed(tmp_path, old, "```rule office returning-officer\nfilled by: appointment by general-secretary")


def test_the_json_has_the_keys_that_scripts_rely_on(appointed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(appointed), "--json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert set(found) >= KEYS
    assert all(set(each) >= OF_FINDING for each in found["findings"])
    assert "C26" in {each["id"] for each in found["findings"]}
    assert {"id": "11"}.items() <= next(e for e in found["findings"] if e["id"] == "C26")["clauses"][0].items()


def test_findings_at_the_bar_give_status_two_and_below_it_none(
    appointed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(appointed), "--fail-on", "high"]) == REFUSED
    assert main(["check", str(appointed), "--fail-on", "error"]) == REFUSED
    assert "C26 high" in capsys.readouterr().out


def test_what_an_amendment_opens_is_told_against_the_edition_before(
    appointed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(appointed), "--against", str(FEDERATION), "--json"]) == DONE
    against = json.loads(capsys.readouterr().out)["against"]
    assert "C26" in {each["id"] for each in against["opens"]}
    assert main(["check", str(FEDERATION), "--against", str(appointed), "--json"]) == DONE
    against = json.loads(capsys.readouterr().out)["against"]
    assert "C26" in {each["id"] for each in against["closes"]}


def test_an_edition_against_itself_opens_and_closes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(FEDERATION), "--against", str(FEDERATION)]) == DONE
    out = capsys.readouterr().out
    assert "opens: nothing" in out
    assert "closes: nothing" in out


def test_nothing_is_called_safe(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(FEDERATION)])
    assert "safe" not in capsys.readouterr().out.lower()


@pytest.mark.parametrize(
    "words",
    [
        ["check", "no-such-file.md"],
        ["check", str(FEDERATION), "--fail-on", "dreadful"],
        ["check", str(FEDERATION), "--units", "none"],
        ["check", str(FEDERATION), "--loyalty", "nobody"],
        ["check", str(FEDERATION), "--weights", "no-such-file.csv"],
        ["check", "-", "--against", "-"],
    ],
)
def test_bad_input_is_told_with_its_cure(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FEDERATION.read_bytes())))
    assert main(words) == BAD
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_votes_by_weight_are_told_for_each_majority(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "branches.csv"
    file.write_text("unit,votes\nnorth,5\nsouth,3\neast,3\nwest,1\n", encoding="utf-8")
    assert main(["check", str(FEDERATION), "--weights", str(file), "--json"]) == DONE
    ordinary, amendment = json.loads(capsys.readouterr().out)["power"]
    assert (ordinary["quota"], amendment["quota"]) == (7, 8)
    assert [row["shapley"] for row in amendment["voters"]] == ["2/3", "1/6", "1/6", "0"]
    file.write_text("north,many\n", encoding="utf-8")
    assert main(["check", str(FEDERATION), "--weights", str(file)]) == BAD


CIRCLE = Path(__file__).parents[2] / "rulebooks" / "circle" / "1.md"


def test_a_counter_example_is_shown_with_what_the_engine_said_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(CIRCLE), "--json", "--fail-on", "high"]) == REFUSED
    found = json.loads(capsys.readouterr().out)
    capture = next(each for each in found["findings"] if each["id"] == "C01")
    assert (capture["persons"], capture["replay"]["problem"]) == (1, "")
    assert capture["replay"]["acts"] > 50


def test_the_acts_of_a_trace_are_written_as_act_takes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "acts.jsonl"
    assert main(["check", str(CIRCLE), "--trace", "C01", "--as-acts", str(out)]) == DONE
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["act"] == "found"
    assert all({"id", "log", "until", "act", "by"} <= set(line) for line in lines)
    assert main(["check", str(CIRCLE), "--trace", "C01"]) == DONE
    assert "p-core01 as general-secretary: mandate.begin" in capsys.readouterr().out
    assert main(["check", str(CIRCLE), "--trace", "C34"]) == BAD
    assert main(["check", str(CIRCLE), "--as-acts", str(out)]) == BAD
