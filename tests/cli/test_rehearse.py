"""The acts of a trace, written to a file, are judged again from it: all accepted as they stand, refused when changed, never a record's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isonomy.cli.main import main

CIRCLE = Path(__file__).parents[2] / "rulebooks" / "circle" / "1.md"


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The acts of the capture of the circle."""
    out = tmp_path_factory.mktemp("acts") / "acts.jsonl"
    assert main(["check", str(CIRCLE), "--trace", "C01", "--as-acts", str(out)]) == 0
    return out


def test_what_was_written_is_accepted_line_by_line(acts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(CIRCLE), "--rehearse", str(acts)]) == 0
    assert " 0 refused; a rehearsal" in capsys.readouterr().out


def test_a_changed_line_is_refused_with_its_clause(
    acts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = acts.read_text("utf-8").splitlines()
    first = json.loads(lines[1])
    first["as"], first["by"] = "chair", "p-m001x001"
    lines[1] = json.dumps(first)
    changed = tmp_path / "changed.jsonl"
    changed.write_text("\n".join(lines[:2]) + "\n", "utf-8")
    assert main(["check", str(CIRCLE), "--rehearse", str(changed)]) == 2
    assert "1 accepted, 1 refused" in capsys.readouterr().out


def test_an_act_of_a_record_is_no_rehearsal(acts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(acts.read_text("utf-8").splitlines()[0])
    found["log"] = "branch-one.invalid"
    changed = tmp_path / "real.jsonl"
    changed.write_text(json.dumps(found) + "\n", "utf-8")
    assert main(["check", str(CIRCLE), "--rehearse", str(changed)]) == 1
    assert "no act of a rehearsal" in capsys.readouterr().err
