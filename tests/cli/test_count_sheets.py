"""`isonomy count` with sheets, a what-if and a comparison: what is written where, and with which status it ends."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.cli.conftest import Isonomy
from tests.documents.count_cases import ASSEN, DEBIAN, HOSTILE, KUBERNETES, WARD
from tests.documents.strict_html import check, every, read_page, words

COUNTS = {
    "ward": (WARD, "scottish-stv-2007"),
    "debian": (DEBIAN, "debian-2003"),
    "kubernetes": (KUBERNETES, "schulze-wv"),
    "town budget": (ASSEN, "equal-shares"),
}


@pytest.mark.parametrize("case", COUNTS)
def test_a_sheet_of_each_kind_goes_to_standard_output(isonomy: Isonomy, case: str) -> None:
    path, rule = COUNTS[case]
    page = isonomy("count", str(path), "--rule", rule, "--sheet", "html")
    assert page.status == 0
    read_page(page.out)
    check(ET.fromstring(isonomy("count", str(path), "--rule", rule, "--sheet", "svg").out))
    rows = list(csv.reader(io.StringIO(isonomy("count", str(path), "--rule", rule, "--sheet", "csv").out)))
    assert len({len(row) for row in rows}) == 1


def test_a_sheet_goes_to_the_file_that_is_named(isonomy: Isonomy) -> None:
    ran = isonomy("count", str(WARD), "--rule", "scottish-stv-2007", "--sheet", "html", "--out", "ward.html")
    assert ran.out == "Written: ward.html\n"
    read_page(Path("ward.html").read_text(encoding="utf-8"))


def test_sheets_of_several_files_go_into_a_folder(isonomy: Isonomy) -> None:
    Path("copy.csv").write_bytes(WARD.read_bytes())
    rest = ("--rule", "irv", "--seats", "1", "--sheet", "csv", "--out", "sheets")
    assert isonomy("count", str(WARD), "copy.csv", *rest).status == 0
    assert {path.name for path in Path("sheets").iterdir()} == {"aberdeen_2017_ward10.csv", "copy.csv"}


def test_a_bad_file_among_many_leaves_the_other_sheets_standing(isonomy: Isonomy) -> None:
    rest = ("--rule", "scottish-stv-2007", "--sheet", "svg", "--out", "sheets")
    ran = isonomy("count", "none.csv", str(WARD), *rest)
    assert ran.status == 1
    assert "no such file" in ran.err
    assert [path.name for path in Path("sheets").iterdir()] == ["aberdeen_2017_ward10.svg"]


@pytest.mark.parametrize(
    ("words_given", "said"),
    [
        (("--out", "x"), "no sheet to put there"),
        (("--sheet", "html", "--json"), "at once"),
        (("--sheet", "html", "--compare", "x"), "does not stand on a sheet"),
        (("--sheet", "csv", "--what-if", "irv"), "one count only"),
        (("--what-if", "irvv"), "no counting rule 'irvv'"),
        (("--compare", "none.json"), "no such file"),
        (("sub/copy.csv", "--sheet", "html"), "need a folder"),
        (("--sheet", "html", "--out", "copy.csv"), "take the place of the ballots"),
        (("sub/copy.csv", "--sheet", "html", "--out", "sheets"), "one sheet"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(
    isonomy: Isonomy, words_given: tuple[str, ...], said: str
) -> None:
    Path("copy.csv").write_bytes(WARD.read_bytes())
    Path("sub").mkdir()
    Path("sub/copy.csv").write_bytes(WARD.read_bytes())
    files = [word for word in words_given[:1] if word.endswith(".csv")]
    rest = words_given[len(files) :]
    ran = isonomy("count", "copy.csv", *files, "--rule", "scottish-stv-2007", *rest)
    assert ran.status == 1
    assert said in ran.err
    assert ran.out == ""
    assert {path.name for path in Path().iterdir()} == {"copy.csv", "sub"}
    assert Path("copy.csv").read_bytes() == WARD.read_bytes()


def test_a_place_that_cannot_be_written_is_told(isonomy: Isonomy) -> None:
    Path("file").write_text("", encoding="utf-8")
    ran = isonomy("count", str(WARD), "--rule", "irv", "--seats", "1", "--sheet", "svg", "--out", "file/sheet.svg")
    assert ran.status == 1
    assert "cannot be written" in ran.err


def test_what_if_is_labelled_in_print_in_json_and_on_the_page(isonomy: Isonomy) -> None:
    given = ("count", str(WARD), "--rule", "scottish-stv-2007", "--what-if", "meek-prf")
    shown = isonomy(*given).out
    assert "What if, not the result: the same papers by meek-prf" in shown
    assert "What if, not the result: Jennifer Stewart, Martin Greig, Claire Imrie and Steve Robertson" in shown
    facts = isonomy(*given, "--json").json
    assert facts["elected"][3] == "John Cooke"
    assert facts["what_if"]["label"] == "What if, not the result"
    assert facts["what_if"]["differences"] == {
        "both": ["Jennifer Stewart", "Martin Greig", "Claire Imrie"],
        "only": ["John Cooke"],
        "instead": ["Steve Robertson"],
    }
    page = read_page(isonomy(*given, "--sheet", "html").out)
    assert "What if, not the result" in words(every(page, "section")[0])


def test_a_what_if_takes_no_parameter_that_its_rule_does_not_have(isonomy: Isonomy) -> None:
    ran = isonomy("count", str(DEBIAN), "--rule", "debian-2003", "--quorum", "46", "--what-if", "irv", "--json")
    assert ran.status == 0
    assert ran.json["what_if"]["rule"] == "irv"


def test_comparison_ends_with_0_for_the_same_count_and_with_2_for_another(isonomy: Isonomy) -> None:
    given = ("count", str(WARD), "--rule", "scottish-stv-2007")
    recorded = isonomy(*given, "--json").json
    Path("same.json").write_text(json.dumps(recorded, indent=1), encoding="utf-8")
    same = isonomy(*given, "--compare", "same.json")
    assert same.status == 0
    assert same.out.endswith("The recorded count is the same.\n")
    recorded["stages"][1]["lost_to_rounding"] = "0.00926"
    Path("other.json").write_text(json.dumps(recorded), encoding="utf-8")
    other = isonomy(*given, "--compare", "other.json", "--json")
    assert other.status == 2
    assert other.json["compared"] == {
        "same": False,
        "differs": {"place": "stage 2, lost to rounding", "here": "0.00925", "recorded": "0.00926"},
    }


def test_of_several_recorded_counts_the_one_of_the_file_is_taken(isonomy: Isonomy) -> None:
    Path("copy.csv").write_bytes(WARD.read_bytes())
    given = ("count", str(WARD), "copy.csv", "--rule", "irv", "--seats", "1")
    Path("both.json").write_text(isonomy(*given, "--json").out, encoding="utf-8")
    assert isonomy(*given, "--compare", "both.json").status == 0
    Path("third.csv").write_bytes(WARD.read_bytes())
    ran = isonomy("count", "third.csv", "--rule", "irv", "--seats", "1", "--compare", "both.json")
    assert ran.status == 1
    assert "2 recorded counts" in ran.err


@pytest.mark.parametrize("text", ["", "[1]", "{", '{"rule": 1}', '{"a": 1.5}'])
def test_a_record_that_is_no_count_is_bad_input(isonomy: Isonomy, text: str) -> None:
    Path("other.json").write_text(text, encoding="utf-8")
    ran = isonomy("count", str(WARD), "--rule", "scottish-stv-2007", "--compare", "other.json")
    assert ran.status == 1


def test_a_hostile_name_in_a_ballot_file_stays_a_name_on_every_sheet(isonomy: Isonomy) -> None:
    rows = "3 1\n4 1 2 0\n3 2 0\n2 3 1 0\n0\n"
    name = HOSTILE[0]
    Path("hostile.blt").write_text(f'{rows}"{name}"\n"=1+1"\n"Cy Example"\n"{name}"\n', encoding="utf-8")
    given = ("count", "hostile.blt", "--rule", "scottish-stv-2007", "--sheet")
    page = read_page(isonomy(*given, "html").out)
    assert not every(page, "script")
    assert name in words(page)
    check(ET.fromstring(isonomy(*given, "svg").out))
    rows_read = list(csv.reader(io.StringIO(isonomy(*given, "csv").out)))
    assert rows_read[2][0] == "'=1+1"


def test_the_margin_is_told_in_print_in_json_and_on_the_page(isonomy: Isonomy) -> None:
    words = ("count", str(WARD), "--rule", "scottish-stv-2007", "--margin")
    printed = isonomy(*words).out
    found = isonomy(*words, "--json").json["margin"]
    assert 0 < found["at_least"] <= found["at_most"]
    assert f"Margin: {found['says']}" in printed
    assert "<dt>Margin</dt>" in isonomy(*words, "--sheet", "html").out
    refused = isonomy(*words, "--sheet", "csv")
    assert refused.status == 1
    assert "a margin does not stand on a csv" in refused.err


def test_a_rule_without_a_margin_says_so(isonomy: Isonomy) -> None:
    ran = isonomy("count", str(ASSEN), "--rule", "equal-shares", "--margin")
    assert "Margin: none is known" in ran.out
    assert isonomy("count", str(ASSEN), "--rule", "equal-shares", "--margin", "--json").json["margin"] is None
