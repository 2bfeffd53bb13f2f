"""`isonomy new --opening`: an existing body enters with its balance, whole or not at all, and moves nothing yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Isonomy, write_acts

MEMBERS = "name;since\nAda Example;2019-05-02\nBen Example;2020-01-01\nCy Example;2020-01-01\n"
BALANCE: dict[str, Any] = {
    "source": "members' list of 2 January 2025",
    "members": "members.csv",
    "mandates": [{"person": "Ada Example", "seat": "chair", "since": "2024-03-02", "source": "minutes"}],
    "motions": [{"body": "members-meeting", "matter": "roof", "text": "A roof.", "mover": "Ben Example",
                 "moved_on": "2024-12-02", "seconders": ["Cy Example"], "amount": 300}],
    "decisions": [{"seat": "members-meeting", "matter": "hall-rent", "text": "20 a day.", "taken_on": "2024-05-02"}],
}  # fmt: skip


@pytest.fixture
def balance(tmp_path: Path) -> Path:
    """The file of a balance with its list of members beside it."""
    (tmp_path / "members.csv").write_text(MEMBERS, encoding="utf-8")
    file = tmp_path / "balance.json"
    file.write_text(json.dumps(BALANCE), encoding="utf-8")
    return file


def changed(balance: Path, **keys: Any) -> None:
    """Writes the balance anew with other keys."""
    balance.write_text(json.dumps(json.loads(balance.read_text(encoding="utf-8")) | keys), encoding="utf-8")


def test_an_existing_body_is_founded_with_its_balance(isonomy: Isonomy, balance: Path, tmp_path: Path) -> None:
    made = isonomy("new", "club", "--founder", "Ada Example", "--opening", "balance.json", "--json").json
    assert [(part["kind"], part["count"]) for part in made["parts"]] == [
        ("founders", 1), ("members", 2), ("mandates", 1), ("motion", 1), ("decision", 1),
    ]  # fmt: skip
    assert made["entries"] == 5
    assert "Ben Example" in isonomy("state", "club").out
    assert b"Ben Example" not in (tmp_path / "club" / "record.sqlite").read_bytes()
    assert isonomy("verify", "club").status == 0
    assert "Lay the opening balance before the members' meeting" in isonomy("due", "club").out


def test_until_it_is_approved_an_act_is_refused_with_the_way_out(
    isonomy: Isonomy, balance: Path, tmp_path: Path
) -> None:
    isonomy("new", "club", "--founder", "Ada Example", "--opening", "balance.json")
    act = {"act": "motion.move", "body": "members-meeting", "matter": "roof", "text": "Another roof."}
    told = isonomy("act", "club", write_acts(tmp_path / "acts.jsonl", act))
    assert told.status == 2
    assert "call the members' meeting on opening-balance" in told.out


def test_a_dry_run_tries_all_of_it_and_keeps_nothing(isonomy: Isonomy, balance: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    told = isonomy("new", "club", "--founder", "Ada Example", "--opening", "balance.json", "--dry-run")
    assert "would be founded; nothing was kept" in told.out
    assert sorted(tmp_path.iterdir()) == before


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"mandates": [{"person": "Fay Example", "seat": "chair", "since": "2024-05-02"}]}, "'Fay Example' is not in the list of members"),
    ({"mandates": [{"person": "Ada Example", "seat": "chair", "since": "2001-05-02"}]}, "a balance lists the mandates that are held"),
    ({"decisions": [{"seat": "members-meeting", "matter": "roof", "text": "x", "taken_on": "2999-01-01"}]}, "not what is to come"),
    ({"decisions": [{"seat": "members-meeting"}]}, "'matter' is missing"),
    ({"decisions": [{"mater": "roof"}]}, "'mater' is not known in decisions"),
    ({"members": "nowhere.csv"}, "nowhere.csv"),
    ({"members": [{"name": "Ben Example", "since": "2020-01-01"}]}, "the founder 'Ada Example' is not in the list of members"),
    ({"members": [{"name": name, "since": "2020-01-01"} for name in ("Ada Example", "Ben Example", "Ben Example")]},
     "'Ben Example' stands twice in the list of members"),
    ({"source": ""}, "it is not said from what the balance is taken"),
    ({"memebers": []}, "'memebers' is not known"),
    ({"motions": 5}, "'motions' is a list, or the name of a CSV file"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "says"), WRONG)
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_founded(
    isonomy: Isonomy, balance: Path, tmp_path: Path, keys: dict[str, Any], says: str
) -> None:
    changed(balance, **keys)
    told = isonomy("new", "club", "--founder", "Ada Example", "--opening", "balance.json")
    assert told.status == 1
    assert says in told.err
    assert not (tmp_path / "club").exists()
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_balance_needs_somebody_who_enters_it(isonomy: Isonomy, balance: Path) -> None:
    assert "--founder" in isonomy("new", "club", "--opening", "balance.json").err
    assert "--opening" in isonomy("new", "club", "--dry-run").err
