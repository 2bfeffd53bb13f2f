"""`isonomy count`: the contract of its options, exit status and JSON."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import pytest

from isonomy.cli import count as verb
from tests.cli.conftest import Isonomy

DATA = Path(__file__).parent.parent / "counting" / "data" / "debian"
SARGE = str(DATA / "2004_gr_sarge_tally.txt")
EDITORIAL = str(DATA / "2004_gr_editorial_tally.txt")


def isonomy(*words: str) -> int:
    parser = argparse.ArgumentParser()
    verb.register(parser.add_subparsers())
    args = parser.parse_args(["count", *words])
    status: int = args.run(args)
    return status


def test_a_debian_vote_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    ratios = [word for n in range(1, 6) for word in ("--majority", f"{n}=3")]
    assert isonomy(SARGE, "--rule", "debian-2003", "--quorum", "45.224440295044", *ratios, "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["file"] == SARGE
    assert facts["rule"] == "debian-2003"
    assert facts["seats"] == 1
    assert facts["valid"] == 396
    assert facts["winners"] == ["Choice 2: Postpone changes until Sarge releases  [needs 3:1]"]
    assert facts["options"][6] == "Choice 7: Further discussion"
    assert facts["matrix"][0] == [0, 45, 187, 200, 213, 289, 293]
    assert [entry["number"] for entry in facts["dropped"]] == [3, 4, 5, 6]
    assert {entry["why"] for entry in facts["dropped"]} == {"majority"}
    assert facts["parameters"]["quorum"] == "45.224440295044"
    assert facts["ties"] == []


def test_a_bad_file_among_many_gives_its_error_and_the_rest_go_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"Option 1--->: a\nOption 2--->: b\nV: 12\tx\nV: 9\ty\n")
    status = isonomy(EDITORIAL, str(bad), str(tmp_path / "none.txt"), SARGE, "--rule", "debian-2003", "--json")
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert [line["file"] for line in lines] == [EDITORIAL, str(bad), str(tmp_path / "none.txt"), SARGE]
    assert "winners" in lines[0]
    assert "line 4" in lines[1]["error"]
    assert "no such file" in lines[2]["error"]
    assert "winners" in lines[3]
    assert "line 4" in err


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Stdin:
        buffer = io.BytesIO(Path(EDITORIAL).read_bytes())

    monkeypatch.setattr("sys.stdin", Stdin)
    assert isonomy("-", "--rule", "debian-2003", "--json") == 0
    assert json.loads(capsys.readouterr().out)["file"] == "-"


def test_people_read_the_outcome_first_and_the_clause_of_every_step(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert isonomy(SARGE, "--rule", "debian-2003", "--majority", "6=3:1") == 0
    out = capsys.readouterr().out
    assert out.startswith("Choice 2: Postpone changes until Sarge releases  [needs 3:1] wins.")
    assert "(A.6.3)" in out
    assert "whole numbers" in out


def test_the_default_option_can_be_named_or_numbered_or_absent(capsys: pytest.CaptureFixture[str]) -> None:
    assert isonomy(EDITORIAL, "--rule", "debian-2003", "--default", "1", "--json") == 0
    assert json.loads(capsys.readouterr().out)["parameters"]["default"] == 1
    assert isonomy(EDITORIAL, "--rule", "debian-2003", "--default", "Choice 2: Further Discussion", "--json") == 0
    assert json.loads(capsys.readouterr().out)["parameters"]["default"] == 2
    assert isonomy(EDITORIAL, "--rule", "debian-2003", "--default", "none", "--json") == 0
    assert json.loads(capsys.readouterr().out)["dropped"] == []


def test_a_tie_is_decided_by_the_recorded_casting_vote(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    sheet = tmp_path / "tie.txt"
    sheet.write_text("Option 1--->: Ann\nOption 2--->: Bo\nOption 3--->: None\nV: 123\tx\nV: 213\ty\n")
    assert isonomy(str(sheet), "--rule", "debian-2003", "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["winners"] == ["Ann", "Bo"]
    assert facts["decided"] is False
    record = tmp_path / "ties.json"
    record.write_text(json.dumps([{"among": ["Ann", "Bo"], "chosen": ["Bo"]}]))
    assert isonomy(str(sheet), "--rule", "debian-2003", "--ties", str(record), "--json") == 0
    assert json.loads(capsys.readouterr().out)["winners"] == ["Bo"]


def test_a_lot_without_seed_is_marked_provisional(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    sheet = tmp_path / "tie.txt"
    sheet.write_text("Option 1--->: Ann\nOption 2--->: Bo\nV: 12\tx\nV: 21\ty\n")
    assert isonomy(str(sheet), "--rule", "plurality", "--json") == 0
    assert json.loads(capsys.readouterr().out)["ties"][0]["provisional"] is True
    assert isonomy(str(sheet), "--rule", "plurality", "--seed", "noon", "--json") == 0
    tie = json.loads(capsys.readouterr().out)["ties"][0]
    assert (tie["provisional"], tie["seed"], tie["among"]) == (False, "noon", ["Ann", "Bo"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([EDITORIAL], "no rule is named"),
        ([], "no ballot file"),
        ([EDITORIAL, "--rule", "debian"], "did you mean 'debian-"),
        ([EDITORIAL, "--rule", "debian-2003", "--majority", "3"], "names no option"),
        ([EDITORIAL, "--rule", "debian-2003", "--majority", "7=3"], "no option '7'"),
        ([EDITORIAL, "--rule", "debian-2003", "--majority", "1=three"], "is not a ratio"),
        ([EDITORIAL, "--rule", "debian-2003", "--quorum", "many"], "is not a quorum"),
        ([EDITORIAL, "--rule", "debian-2003", "--default", "9"], "no option '9'"),
        ([EDITORIAL, "--rule", "debian-2003", "--ties", "nowhere.json"], "no such file"),
        ([EDITORIAL, "--rule", "debian-2003", "--format", "runes"], "no ballot format"),
        ([EDITORIAL, "--rule", "debian-2003", "--set", "moon"], "has no value"),
        ([str(DATA), "--rule", "debian-2003"], "cannot be read"),
    ],
)
def test_bad_usage_ends_with_status_1_and_words(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert isonomy(*words) == 1
    assert says in capsys.readouterr().err


def test_the_rules_are_listed_with_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert isonomy("--rules") == 0
    out = capsys.readouterr().out
    assert "debian-2003" in out
    assert "Constitution for the Debian Project" in out
    assert isonomy("--rules", "--json") == 0
    assert all(json.loads(line)["source"] for line in capsys.readouterr().out.splitlines())


def test_names_of_others_give_the_terminal_no_orders(isonomy: Isonomy) -> None:
    names = '"Ann\x1b[31m"\n"[bold]Bo[/bold]"\n""\n"A \u202etitle"\n'
    Path("hostile.blt").write_text(f"3 2\n3 1 2 0\n2 2 3 0\n1 3 0\n0\n{names}", encoding="utf-8")
    for rule in ("scottish-stv-2007", "schulze-wv"):
        ran = isonomy("count", "hostile.blt", "--rule", rule, "--what-if", "plurality", "--margin")
        assert "\x1b" not in ran.out
        assert "[bold]Bo[/bold]" in ran.out
        assert "Candidate 3" in ran.out
    Path("hostile.csv").write_text("Ann\x1b[31m,Bo\nx\x1b[2J,1\n", encoding="utf-8")
    ran = isonomy("count", "hostile.csv", "--rule", "irv")
    assert ran.status == 1
    assert "\x1b" not in ran.err
