"""`state`, `due`, `log`: what stands in the record is shown, nothing is changed, and a wrong record says so."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from isonomy.adapters.key_files import read_key
from tests.cli.conftest import DEMAND, Isonomy, motion, write_acts
from tests.cli.test_act import kept_in

MEMBER = {"act": "member.admit", "person": "p-ben00001", "name": {"value": "Ben Example", "audience": "members"}}


def test_the_state_holds_members_seats_and_what_is_under_way(isonomy: Isonomy, branch: Path) -> None:
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", MEMBER, DEMAND, motion()))
    found = isonomy("state", "branch", "--json").json
    assert found["organisation"] == "Riverside Rowing Club"
    assert found["entries"] == 4
    assert found["members"]["count"] == 2
    assert [person["name"] for person in found["members"]["persons"]] == ["", "Ben Example"]
    seats = {seat["seat"]: seat for seat in found["seats"]}
    assert seats["members-meeting"]["members"] == 2
    assert seats["committee"]["seats"] == 5
    assert seats["chair"]["holders"][0]["person"] == read_key(branch / "founder.key").person
    assert [item["id"] for item in found["open"]] == ["ca-2", "mo-3"]


def test_the_state_of_an_earlier_instant_is_that_of_the_entries_until_then(isonomy: Isonomy, branch: Path) -> None:
    first = isonomy("state", "branch", "--json").json
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", MEMBER))
    (entry,) = isonomy("log", "branch", "--first", "0", "--after", "1", "--json").lines
    later = isonomy("state", "branch", "--at", first["last_entry_at"], "--json").json
    assert later["last_entry_at"] == entry["at"]
    assert isonomy("state", "branch", "--at", entry["local"][:10], "--json").json["members"]["count"] == 2


@pytest.mark.parametrize(
    "at", ["yesterday", "2027-13-01", "2027-02-30", "2027-03-05T18:12:03", "", "2027-03-05T25:00:00Z"]
)
def test_what_is_no_instant_is_bad_input(isonomy: Isonomy, branch: Path, at: str) -> None:
    for verb in ("state", "due"):
        ran = isonomy(verb, "branch", "--at", at)
        assert ran.status == 1
        assert "--at" in ran.err


def test_before_the_founding_there_is_nothing_to_see(isonomy: Isonomy, branch: Path) -> None:
    for verb in ("state", "due"):
        ran = isonomy(verb, "branch", "--at", "1999-01-01")
        assert ran.status == 1
        assert "nothing was founded here yet" in ran.err


def test_a_long_list_of_members_is_counted_and_not_listed(isonomy: Isonomy, branch: Path) -> None:
    admissions = [{"act": "member.admit", "person": f"p-member{number:03}"} for number in range(40)]
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *admissions))
    shown = isonomy("state", "branch").out
    assert "Members: 41" in shown
    assert "p-member007" not in shown


def test_what_is_due_has_day_person_clause_and_derivation(isonomy: Isonomy, branch: Path) -> None:
    found = isonomy("due", "branch", "--json").json
    assert {"duty", "who", "due_on", "overdue_days", "clause", "derivation"} <= set(found[0])
    assert [duty["due_on"] for duty in found] == sorted(duty["due_on"] for duty in found)
    shown = isonomy("due", "branch").out
    assert "the first Saturday of March" in shown
    assert "clause 3" in shown


def test_what_was_not_done_is_overdue_and_says_by_how_much(isonomy: Isonomy, branch: Path) -> None:
    (founded,) = isonomy("log", "branch", "--json").lines
    late = date.fromisoformat(founded["local"][:10]) + timedelta(days=500)
    found = isonomy("due", "branch", "--at", late.isoformat(), "--json").json
    overdue = [duty for duty in found if duty["overdue_days"]]
    assert overdue
    for duty in overdue:
        assert date.fromisoformat(duty["due_on"]) + timedelta(days=duty["overdue_days"]) == late
    assert "overdue by" in isonomy("due", "branch", "--at", late.isoformat()).out


def test_names_stand_in_place_of_ids_where_they_are_kept(isonomy: Isonomy, branch: Path) -> None:
    seat = {"act": "mandate.begin", "person": "p-ben00001", "seat": "secretary"}
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", MEMBER, seat))
    assert "Ben Example" in isonomy("state", "branch").out


def test_the_calendar_has_the_line_ends_that_its_standard_asks_for(branch: Path) -> None:
    words = [sys.executable, "-m", "isonomy", "due", str(branch), "--ics"]
    data = subprocess.run(words, capture_output=True, check=True).stdout
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_the_log_shows_every_entry_with_its_author(isonomy: Isonomy, branch: Path) -> None:
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", MEMBER, motion()))
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", motion()), "--console")
    shown = isonomy("log", "branch").out
    assert shown.count("signed with key 0") == 3
    assert shown.count("entered at the console") == 1
    entries = isonomy("log", "branch", "--json").lines
    assert [entry["n"] for entry in entries] == [0, 1, 2, 3]
    part = isonomy("log", "branch", "--first", "1", "--after", "3", "--json").lines
    assert part == entries[1:3]


@pytest.mark.parametrize("number", ["-1", "x", "1.5", "９", "9" * 40])
def test_what_is_no_number_of_an_entry_is_bad_input(isonomy: Isonomy, branch: Path, number: str) -> None:
    assert isonomy("log", "branch", f"--first={number}").status == 1
    assert isonomy("receipt", "branch", "--", number).status == 1


@pytest.mark.parametrize("verb", ["state", "due", "log", "export", "receipt", "recount"])
@pytest.mark.parametrize("folder", ["nowhere", "a file", ".", ""])
def test_where_there_is_no_organisation_it_is_said(isonomy: Isonomy, tmp_path: Path, verb: str, folder: str) -> None:
    (tmp_path / "a file").write_text("x", encoding="utf-8")
    more = {"export": ["out"], "receipt": ["0"], "recount": ["po-1"]}.get(verb, [])
    ran = isonomy(verb, folder, *more)
    assert ran.status == 1
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("verb", ["state", "due", "log"])
def test_looking_changes_nothing(isonomy: Isonomy, branch: Path, verb: str) -> None:
    before = kept_in(branch)
    assert isonomy(verb, "branch").status == 0
    assert kept_in(branch) == before


def test_looking_goes_on_beside_the_writer(isonomy: Isonomy, branch: Path) -> None:
    from isonomy.adapters.folder import writing

    with writing(branch):
        for verb in ("state", "due", "log"):
            assert isonomy(verb, "branch").status == 0


def test_a_record_that_is_not_what_its_log_signed_says_so_wherever_it_is_shown(
    isonomy: Isonomy, branch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from isonomy.cli.main import main

    shutil.copy(branch / "record.sqlite", tmp_path / "backup")
    isonomy("act", "branch", write_acts(tmp_path / "acts.jsonl", motion()))
    for path in branch.glob("record.sqlite*"):
        path.unlink()
    shutil.copy(tmp_path / "backup", branch / "record.sqlite")
    capsys.readouterr()
    for verb in ("state", "due", "log"):
        assert main([verb, "branch"]) == 2
        assert "isonomy: record: " in capsys.readouterr().err
    assert main(["act", "branch", str(tmp_path / "acts.jsonl")]) == 1
    assert main(["verify", "branch"]) == 2


def test_a_file_of_another_kind_is_not_taken_for_a_record(isonomy: Isonomy, tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "record.sqlite").write_bytes(b"not a database at all, only some words" * 100)
    for verb in ("state", "due", "log"):
        assert isonomy(verb, "odd").status == 1
    (tmp_path / "odd" / "record.sqlite").unlink()
    sqlite3.connect(tmp_path / "odd" / "record.sqlite").execute("CREATE TABLE other (x)").close()
    for verb in ("state", "due", "log"):
        assert isonomy(verb, "odd").status == 1


def test_json_has_one_value_a_line(isonomy: Isonomy, branch: Path) -> None:
    for words in (["state", "branch"], ["due", "branch"], ["doctor"], ["requirement", "1"]):
        out = isonomy(*words, "--json").out
        assert out.count("\n") == 1
        json.loads(out)
