"""Every Debian vote at hand gives the matrix, the drops and the winner that Debian announced."""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest

from isonomy.counting import Parameters, Quorum, Result, count, read_ballots, read_quorum
from isonomy.counting.formats.debian_tally import read_debian_tally
from isonomy.kernel.quantity import Root

DATA = Path(__file__).parent / "data" / "debian"
ROWS = list(csv.DictReader((DATA / "official_results.csv").open(encoding="utf-8")))


def _pairs(text: str) -> dict[int, int]:
    return {int(option): int(ratio) for option, _, ratio in (part.partition(":") for part in text.split(";") if part)}


def _sheet(row: dict[str, str]) -> bytes:
    return (DATA / f"{row['vote']}_tally.txt").read_bytes()


def _count(row: dict[str, str], quorum: Quorum, rule: str = "debian-2003") -> Result:
    ratios = {option: Fraction(ratio) for option, ratio in _pairs(row["majority_tested(option:ratio)"]).items()}
    return count(read_ballots(_sheet(row)), rule, Parameters(quorum=quorum, majorities=ratios))


def _announced(row: dict[str, str]) -> str:
    return (DATA / f"{row['vote']}_results.txt").read_text(encoding="utf-8", errors="replace")


def _announced_matrix(text: str) -> list[list[int]]:
    lines = [line for line in text.splitlines() if re.match(r"Option \d+ +[\d ]+$", line)]
    rows = []
    for place, line in enumerate(lines):
        cells = [int(cell) for cell in line.split()[2:]]
        rows.append([*cells[:place], 0, *cells[place:]])
    return rows


def test_there_are_23_votes_with_official_results() -> None:
    assert len(ROWS) == 23


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["vote"])
def test_a_debian_vote_is_counted_as_it_was_announced(row: dict[str, str]) -> None:
    result = _count(row, read_quorum(row["quorum"]))
    facts = result.to_json()
    text = _announced(row)

    assert result.valid == int(row["ballots_in_tally"])
    assert facts["matrix"] == _announced_matrix(text)
    assert len(facts["options"]) == int(row["options_in_matrix"])

    dropped = {int(option) for option in re.findall(r"Dropping Option (\d+)", text)}
    assert {entry["number"] for entry in facts["dropped"]} == dropped
    assert dropped == {int(option) for option in row["options_dropped"].split(";") if option}
    for_quorum = {int(option) for option in re.findall(r"Dropping Option (\d+) because of Quorum", text)}
    assert {entry["number"] for entry in facts["dropped"] if entry["why"] == "quorum"} == for_quorum
    passed = {int(option) for option in re.findall(r"Option (\d+) passes Majority", text)}
    assert passed >= set(_pairs(row["majority_passed(option:ratio)"]))
    assert not passed & {entry["number"] for entry in facts["dropped"]}

    assert list(result.winners) == [int(option) for option in row["winner_options"].split(";")]
    assert result.decided
    winners = re.search(r"The winners? (?:are|is):\s+Option (\d+)", text)
    assert winners is not None
    assert int(winners[1]) == result.winners[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["vote"])
def test_the_defeats_among_undropped_options_are_those_announced(row: dict[str, str]) -> None:
    result = _count(row, read_quorum(row["quorum"]))
    facts = result.to_json()
    names = {name: number for number, name in enumerate(facts["options"], start=1)}
    found = {(names[d["winner"]], names[d["loser"]], d["for"] - d["against"]) for d in facts["defeats"]}
    dropped = {entry["number"] for entry in facts["dropped"]}
    announced = {
        (int(a), int(b), int(margin or votes))
        for a, b, margin, votes in re.findall(
            r"Option (\d+) defeats Option (\d+) by (?:\( *\d+ - +\d+\) = +(\d+) votes|(\d+))", _announced(row)
        )
    }
    assert found == {d for d in announced if not {d[0], d[1]} & dropped}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["vote"])
def test_the_quorum_as_a_root_drops_the_same_options_as_its_decimal(row: dict[str, str]) -> None:
    file = DATA / f"{row['vote']}_quorum.txt"
    if not file.exists():
        pytest.skip("the size of the roll was not published for this vote")
    found = re.search(r"Developer Count = (\d+)", file.read_text(encoding="utf-8"))
    assert found is not None
    by_root = _count(row, Quorum(root=Root(Fraction(3, 2)), whole=int(found[1])))
    by_decimal = _count(row, read_quorum(row["quorum"]))
    assert by_root.winners == by_decimal.winners
    assert [e["number"] for e in by_root.to_json()["dropped"]] == [e["number"] for e in by_decimal.to_json()["dropped"]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["vote"])
def test_no_announced_outcome_hung_on_whether_a_ratio_is_reached_by_equality(row: dict[str, str]) -> None:
    quorum = read_quorum(row["quorum"])
    assert _count(row, quorum, "debian-2015").winners == _count(row, quorum).winners


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["vote"])
def test_the_names_on_a_sheet_are_those_of_its_result(row: dict[str, str]) -> None:
    sheet = read_debian_tally(_sheet(row))
    named = re.findall(r'^Option \d+ "(.*)"$', _announced(row), re.MULTILINE)
    if not named:
        pytest.skip("this result names no options")
    plain = [re.sub(r"[^ -~]", "", name) for name in named]
    assert [re.sub(r"[^ -~]", "", name) for name in sheet.profile.names] == plain
    assert len(sheet.receipts) == sheet.profile.paper_count
