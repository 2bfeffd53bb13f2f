"""An election by the command line alone: lines of acts, nothing filled in by hand, recounted and verified."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import NOW, Isonomy, write_acts

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "hold-an-election.md"
NAMES = ("ada", "ben", "cleo", "dora", "emil", "fay", "gwen")


def rulebook() -> str:
    """The rulebook of the page on holding an election."""
    text = PAGE.read_text("utf-8")
    block = text.partition("$ cat > rules.md <<'END'\n")[2].partition("> END\n")[0]
    return "".join(line[2:] + "\n" for line in block.splitlines())


class Club:
    """The lock keepers: their folder, keys, ids, and the acts they send."""

    def __init__(self, isonomy: Isonomy, folder: Path, counting: str = "scottish-stv-2007") -> None:
        self.isonomy, self.folder = isonomy, folder
        rules = rulebook().replace("counting: scottish-stv-2007", f"counting: {counting}")
        if counting in ("plurality", "yes-no"):
            rules = rules.replace("vacancy: countback\n", "")
        (folder / "rules.md").write_text(rules, encoding="utf-8")
        assert isonomy("new", "club", "--rulebook", "rules.md", "--founder", "Ada").status == 0
        (folder / "club" / "founder.key").rename(folder / "ada.key")
        lines = ""
        for name in NAMES[1:]:
            lines += isonomy("key", "club", f"{name}.key", "--name", name.title()).out
        (folder / "members.jsonl").write_text(lines, encoding="utf-8")
        assert isonomy("act", "club", "members.jsonl", "--key", "ada.key").status == 0
        self.ids = {name: json.loads((folder / f"{name}.key").read_text())["person"] for name in NAMES}

    def send(self, *acts: dict[str, Any], dry_run: bool = False) -> list[dict[str, Any]]:
        """The answers to some acts; `by` is a name."""
        made = [{**act, "by": self.ids[act.get("by", "ada")]} for act in acts]
        keys = [word for name in NAMES for word in ("--key", f"{name}.key")]
        more = ["--dry-run"] if dry_run else []
        return self.isonomy("act", "club", write_acts(self.folder / "x.jsonl", *made), *keys, "--json", *more).lines

    def accepted(self, *acts: dict[str, Any]) -> list[dict[str, Any]]:
        found = self.send(*acts)
        assert all(answer.get("verdict") == "accepted" for answer in found), found
        return found


@pytest.fixture
def club(isonomy: Isonomy, tmp_path: Path) -> Club:
    return Club(isonomy, tmp_path)


def meeting(club: Club) -> str:
    """A meeting of everybody that elects the committee."""
    called = club.accepted(
        {"act": "meeting.call", "body": "assembly", "starts": NOW[:16], "matters": ["election-of-committee"]}
    )[0]
    id = f"mt-{called['entry']}"
    present = list(club.ids.values())
    club.accepted(
        {"act": "mandate.end", "mandate": "ma-0-1"}, {"act": "meeting.open", "meeting": id, "present": present}
    )
    return id


def elected(club: Club) -> tuple[str, list[dict[str, Any]]]:
    """Three of four elected by Scottish STV in a secret ballot; the poll, the answers to close and declare."""
    held = meeting(club)
    opened = club.accepted({"act": "election.open", "body": "assembly", "seat": "committee", "meeting": held})[0]
    id = f"el-{opened['entry']}"
    stand = [
        {"act": "nomination.make", "election": id, "person": club.ids[name], "by": name}
        for name in ("ben", "cleo", "dora", "emil")
    ]
    second = [{"act": "nomination.second", "election": id, "person": act["person"], "by": "gwen"} for act in stand]
    club.accepted(*stand, *second, {"act": "nominations.close", "election": id})
    put = club.accepted({
        "act": "poll.open", "body": "assembly", "meeting": held, "matter": "election-of-committee", "election": id,
        "question": "Who sits on the committee?",
    })[0]  # fmt: skip
    poll = f"po-{put['entry']}"
    paper = [option["person"] for option in put["effects"][0]["options"]]
    number = {name: paper.index(club.ids[name]) + 1 for name in ("ben", "cleo", "dora", "emil")}
    votes = {
        "ada": ("ben", "cleo"), "ben": ("ben", "cleo"), "cleo": ("ben", "emil"), "dora": ("dora", "cleo"), "emil": ("dora",),
        "fay": ("cleo", "dora"), "gwen": ("emil", "cleo"),
    }  # fmt: skip
    cast = [
        {"act": "ballot.cast", "poll": poll, "by": voter, "ballot": [[number[name]] for name in names]}
        for voter, names in votes.items()
    ]
    assert all(answer["boxed"] and answer["nonce"] for answer in club.accepted(*cast))
    return poll, club.accepted({"act": "poll.close", "poll": poll}, {"act": "poll.declare", "poll": poll})


def test_an_election_from_nominations_to_a_verified_result_by_lines_of_acts(club: Club) -> None:
    poll, (_, declared) = elected(club)
    decision = next(effect for effect in declared["effects"] if effect["effect"] == "decision.taken")
    assert decision["person"].split() == [club.ids[name] for name in ("ben", "dora", "cleo")]
    counted = club.isonomy("recount", "club", poll, "--json").json
    assert counted["agrees"] is True
    assert counted["count"]["elected"] == ["Ben", "Dora", "Cleo"]
    assert club.isonomy("export", "club", "out", "--for", "body").status == 0
    report = club.isonomy("verify", "out").out
    assert re.search(r"counts +1 repeated", report)
    assert club.isonomy("recount", "out", poll).status == 0


def test_the_lot_its_opening_and_its_secret_come_from_the_key_of_the_returning_officer(club: Club) -> None:
    held = meeting(club)
    opened = club.accepted({"act": "election.open", "body": "assembly", "seat": "committee", "meeting": held})[0]
    id = f"el-{opened['entry']}"
    assert re.fullmatch("[0-9a-f]{64}", opened["effects"][0]["lot"])
    club.accepted({"act": "nomination.make", "election": id, "person": club.ids["ben"], "by": "ben"})
    club.accepted({"act": "nomination.second", "election": id, "person": club.ids["ben"], "by": "gwen"})
    club.accepted({"act": "nomination.make", "election": id, "person": club.ids["cleo"], "by": "cleo"})
    club.accepted({"act": "nomination.second", "election": id, "person": club.ids["cleo"], "by": "gwen"})
    made = write_acts(club.folder / "y.jsonl", {"act": "nominations.close", "election": id, "by": club.ids["ada"]})
    without = club.isonomy("act", "club", made, "--console", "--by", club.ids["ada"], "--json").lines
    assert "drawn from the lot" in without[0]["grounds"][0]["says"]
    club.accepted({"act": "nominations.close", "election": id})


def test_a_vacancy_is_counted_back_from_the_box(club: Club) -> None:
    poll, (_, declared) = elected(club)
    decision = next(effect["decision"] for effect in declared["effects"] if effect["effect"] == "decision.taken")
    begun = club.accepted(
        *(
            {"act": "mandate.begin", "person": club.ids[name], "seat": "committee", "decision": decision}
            for name in ("ben", "dora", "cleo")
        )
    )
    mandate = next(effect["mandate"] for effect in begun[1]["effects"] if effect["effect"] == "mandate.begun")
    club.accepted({"act": "mandate.end", "mandate": mandate, "by": "dora"})
    (dry,) = club.send({"act": "vacancy.fill", "mandate": mandate}, dry_run=True)
    (filled,) = club.accepted({"act": "vacancy.fill", "mandate": mandate})
    assert filled["effects"][0]["person"] == dry["effects"][0]["person"] == club.ids["emil"]
    assert club.isonomy("export", "club", "out", "--for", "body").status == 0
    assert re.search(r"counts +2 repeated", club.isonomy("verify", "out").out)
    assert poll
