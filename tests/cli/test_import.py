"""`isonomy import`: each row is told its fate; a history is replayed by the same road as every act."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Isonomy
from tests.cli.test_act import kept_in

DEBIAN = Path(__file__).parents[2] / "data" / "debian"
LIST = "name,class,unit,person,key\nBen Example,full,,,\nCleo Example,,,,\n"


def test_members_of_a_list_are_admitted_with_their_names_beside_the_record(isonomy: Isonomy, branch: Path) -> None:
    (branch.parent / "members.csv").write_text(LIST, encoding="utf-8")
    rows = isonomy("import", "members", "branch", "members.csv", "--json").lines
    assert [(row["line"], row["fate"], row["entry"]) for row in rows] == [(2, "admitted", 1), (3, "admitted", 2)]
    assert "Cleo Example" in isonomy("state", "branch").out
    assert b"Cleo Example" not in (branch / "record.sqlite").read_bytes()


def test_a_dry_run_shows_each_rows_fate_and_keeps_nothing(isonomy: Isonomy, branch: Path) -> None:
    (branch.parent / "members.csv").write_text(LIST, encoding="utf-8")
    before = kept_in(branch)
    ran = isonomy("import", "members", "branch", "members.csv", "--dry-run")
    assert ran.status == 0
    assert ran.out.count("would be admitted") == 2
    assert kept_in(branch) == before


def test_a_list_can_be_imported_again(isonomy: Isonomy, branch: Path) -> None:
    (branch.parent / "members.csv").write_text(LIST, encoding="utf-8")
    isonomy("import", "members", "branch", "members.csv")
    (branch.parent / "members.csv").write_text(LIST + "Dora Example,,,,\n", encoding="utf-8")
    rows = isonomy("import", "members", "branch", "members.csv", "--json").lines
    assert [row["fate"] for row in rows] == ["skipped", "skipped", "admitted"]


def test_of_two_people_of_one_name_the_second_needs_an_id(isonomy: Isonomy, branch: Path) -> None:
    (branch.parent / "members.csv").write_text("name,person\nBen,\nBen,\nBen,p-other00001\n", encoding="utf-8")
    rows = isonomy("import", "members", "branch", "members.csv", "--json").lines
    assert [row["fate"] for row in rows] == ["admitted", "skipped", "admitted"]
    assert "id of its own" in rows[1]["cure"]


def test_bad_and_refused_rows_do_not_stop_the_others(isonomy: Isonomy, branch: Path) -> None:
    text = 'name;class;person\nBen;;x\nCleo;honorary;\n"Dora; the younger";;\nEmil\n\n;;\nFay;;\n'
    (branch.parent / "members.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    ran = isonomy("import", "members", "branch", "members.csv", "--json")
    assert ran.status == 1
    told = [(row["line"], row["name"], row["fate"]) for row in ran.lines]
    assert told == [
        (2, "Ben", "bad"),
        (3, "Cleo", "refused"),
        (4, "Dora; the younger", "admitted"),
        (5, "Emil", "bad"),
        (8, "Fay", "admitted"),
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the list is empty"),
        (b"name\n\xff\n", "members.csv:2: not UTF-8"),
        ("name\nBen\n".encode("utf-16"), "UTF-16"),
        (b"nam\nBen\n", "did you mean 'name'?"),
        (b"class\nfull\n", "no column 'name'"),
        (b"name,name\nBen,Ben\n", "stands twice"),
        (b'name\n"Ben\n', "not CSV"),
        (b"name\n" + b'"' + b"x" * 200_000 + b'"\n', "not CSV"),
        (b"\x00\x01\x02", "is not known"),
    ],
)
def test_a_file_that_is_no_list_is_told(isonomy: Isonomy, branch: Path, data: bytes, says: str) -> None:
    (branch.parent / "members.csv").write_bytes(data)
    ran = isonomy("import", "members", "branch", "members.csv")
    assert ran.status == 1
    assert says in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["import", "membrs", "branch", "members.csv"], "did you mean 'members'?"),
        (["import", "members", "nowhere", "members.csv"], "no such folder"),
        (["import", "members", "branch", "none.csv"], "no such file"),
        (["import", "debian", "history", "branch"], "index.csv"),
        (["import", "debian", "history", "nowhere"], "no such folder"),
        (["import", "debian", "history", str(DEBIAN), "--decision", "de-1"], "leave them out"),
        (["import", "debian", "branch", str(DEBIAN)], "not a history"),
    ],
)
def test_what_cannot_be_imported_is_told(isonomy: Isonomy, branch: Path, words: list[str], says: str) -> None:
    (branch.parent / "members.csv").write_text(LIST, encoding="utf-8")
    ran = isonomy(*words)
    assert ran.status == 1
    assert says in ran.err
    assert not (branch.parent / "history").exists()


def test_the_votes_of_debian_are_replayed_agree_and_verify(isonomy: Isonomy, tmp_path: Path) -> None:
    rows = isonomy("import", "debian", "history", str(DEBIAN), "--json").lines
    assert len(rows) == 27
    assert sum(row["agrees"] == "agrees" for row in rows) == 23
    assert sum(row["agrees"] == "no official count at hand" for row in rows) == 4
    assert all(row["clauses"] for row in rows)
    again = isonomy("import", "debian", "history", str(DEBIAN), "--json").lines
    assert again == rows
    isonomy("export", "history", "public")
    report = isonomy("verify", "public", "--json").json
    assert (report["agrees"], report["counted"], report["level"]) == (True, 27, "full")
    assert isonomy("recount", "public", rows[-1]["poll"], "--json").json["agrees"] is True


def test_a_dry_run_of_a_history_founds_nothing(isonomy: Isonomy, tmp_path: Path) -> None:
    ran = isonomy("import", "debian", "history", str(DEBIAN), "--dry-run")
    assert ran.status == 0
    assert "23 of 23 agree" in ran.out
    assert list(tmp_path.iterdir()) == []
