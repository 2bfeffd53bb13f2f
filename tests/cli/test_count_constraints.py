"""`isonomy count --constraints`: the file, the outcome, the sheet, and what is refused before the count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isonomy.cli.main import main

# Quota 5 of 12 papers: Bob is elected, Cid is of the mill too.
BALLOTS = '4 2\n6 2 0\n4 3 4 0\n1 4 0\n1 1 0\n0\n"Ann"\n"Bob"\n"Cid"\n"Dan"\n"Board"\n'
MILL = "group,at least,at most,candidates\n# one employer\n\nmill,,1,Bob,3\n"
RULE = ("--rule", "scottish-stv-2007")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    ballots, constraints = tmp_path / "board.blt", tmp_path / "mill.csv"
    ballots.write_text(BALLOTS)
    constraints.write_text(MILL)
    return str(ballots), str(constraints)


def test_a_file_of_constraints_is_kept_and_explained(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    ballots, constraints = files
    assert main(["count", ballots, *RULE, "--constraints", constraints, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["elected"] == ["Bob", "Dan"]
    assert facts["stages"][1]["doomed"]
    assert facts["constraints"] == [
        {"group": "mill", "members": ["Bob", "Cid"], "at_least": 0, "at_most": 1, "elected": ["Bob"]}
    ]
    assert main(["count", ballots, *RULE, "--constraints", constraints]) == 0
    shown = capsys.readouterr().out
    assert "Cid is doomed: with Cid more than 1 of mill would be elected" in shown


def test_the_sheet_tells_who_was_doomed(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    ballots, constraints = files
    assert main(["count", ballots, *RULE, "--constraints", constraints, "--sheet", "html"]) == 0
    page = capsys.readouterr().out
    assert "Cid is doomed: with Cid more than 1 of mill would be elected" in page
    assert "doomed, excluded, stage 2" in page


def test_a_what_if_keeps_the_constraints(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    ballots, constraints = files
    given = ["count", ballots, *RULE, "--constraints", constraints, "--seats", "2", "--what-if", "plurality", "--json"]
    assert main(given) == 0
    facts = json.loads(capsys.readouterr().out)["what_if"]
    assert facts["constraints"][0]["elected"] == ["Bob"]


def test_without_constraints_nothing_of_them_is_said(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["count", files[0], *RULE, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert "constraints" not in told
    assert "constraints" not in told["parameters"]
    assert not any("doomed" in stage for stage in told["stages"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mill,,1,Bob\n", "line 1: the first line is not the header"),
        ("group,at least,at most\n", "the file has no constraint"),
        ("group,at least,at most\nmill,,1,Zoe\n", "line 2: there is no option 'Zoe'"),
        ("group,at least,at most\nmill,two,,Bob\n", "line 2: 'two' is not a number"),
        ("group,at least,at most\nmill,,,Bob\n", "neither a least nor a most number"),
        ("group,at least,at most\nmill,1,,Bob\nmill,,1,Cid\n", "the group 'mill' stands twice"),
        ("group,at least,at most\nmill\n", "line 2: a constraint has a group and two numbers"),
        ('group,at least,at most\nmill,1,,"Bob\n', "line 2: the line cannot be read"),
        ("group,at least,at most\nmill,3,,Bob,Cid\n", "at least 3 of mill are to be elected, and 2 stand"),
    ],
)
def test_what_cannot_be_read_or_met_is_refused_with_its_line(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    ballots, constraints = files
    Path(constraints).write_text(text)
    assert main(["count", ballots, *RULE, "--constraints", constraints]) == 1
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_text_is_refused(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    ballots, constraints = files
    Path(constraints).write_bytes(b"\xff\xfe")
    assert main(["count", ballots, *RULE, "--constraints", constraints]) == 1
    assert "is not UTF-8 text" in capsys.readouterr().err


def test_a_rule_that_takes_none_says_so(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    ballots, constraints = files
    assert main(["count", ballots, "--rule", "debian-2015", "--constraints", constraints]) == 1
    assert "debian-2015 does not take constraints" in capsys.readouterr().err
