"""`isonomy recount` of elections: the first stage and cell that differ are named in words, whatever the rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from isonomy.record.box import Ballot, read_box, write_box
from tests.cli.conftest import Isonomy
from tests.cli.test_elections import Club, meeting

CANDIDATES = ("ben", "cleo", "dora", "emil")
Paper = Callable[[dict[str, int]], Any]


class Held:
    """An election held under a rule: the poll, and its export for scrutineers."""

    def __init__(self, isonomy: Isonomy, folder: Path, rule: str, votes: dict[str, Paper]) -> None:
        self.isonomy, self.folder = isonomy, folder
        self.club = club = Club(isonomy, folder, counting=rule)
        held = meeting(club)
        opened = club.accepted({"act": "election.open", "body": "assembly", "seat": "committee", "meeting": held})[0]
        id = f"el-{opened['entry']}"
        stand = [
            {"act": "nomination.make", "election": id, "person": club.ids[name], "by": name} for name in CANDIDATES
        ]
        second = [{"act": "nomination.second", "election": id, "person": act["person"], "by": "gwen"} for act in stand]
        club.accepted(*stand, *second, {"act": "nominations.close", "election": id})
        put = club.accepted({
            "act": "poll.open", "body": "assembly", "meeting": held, "matter": "election-of-committee", "election": id,
            "question": "Who sits on the committee?",
        })[0]  # fmt: skip
        self.poll = f"po-{put['entry']}"
        paper = [option["person"] for option in put["effects"][0]["options"]]
        self.number = {name: paper.index(club.ids[name]) + 1 for name in CANDIDATES}
        club.accepted(
            *(
                {"act": "ballot.cast", "poll": self.poll, "by": voter, "ballot": fill(self.number)}
                for voter, fill in votes.items()
            )
        )
        close = {"act": "poll.close", "poll": self.poll}
        self.declared = club.accepted(close, {"act": "poll.declare", "poll": self.poll})[1]
        assert isonomy("export", "club", "out", "--for", "body").status == 0

    @property
    def box(self) -> Path:
        return self.folder / "out" / "boxes" / self.poll / "box.jsonl"

    def alter(self, change: Callable[[Ballot], Ballot]) -> None:
        """Every ballot of the exported box as it is changed."""
        ballots, _ = read_box(self.box.read_bytes(), "box")
        self.box.write_bytes(write_box([change(ballot) for ballot in ballots]))


def ranked(*names: str) -> Paper:
    return lambda number: [[number[name]] for name in names]


def answered(**answers: int) -> Paper:
    return lambda number: {"scores": [answers.get(name) for name in sorted(number, key=lambda one: number[one])]}


STV = {
    "ada": ranked("ben", "cleo"), "ben": ranked("ben", "cleo"), "cleo": ranked("ben", "emil"),
    "dora": ranked("dora", "cleo"), "emil": ranked("dora"), "fay": ranked("cleo", "dora"), "gwen": ranked("emil", "cleo"),
}  # fmt: skip
ANSWERS = {
    "ada": answered(ben=1, cleo=1, dora=-1, emil=1), "ben": answered(ben=1, cleo=1, dora=1, emil=-1),
    "cleo": answered(ben=1, cleo=-1, dora=1), "dora": answered(ben=-1, dora=1, emil=-1), "fay": answered(cleo=1),
}  # fmt: skip


@pytest.fixture
def held(isonomy: Isonomy, tmp_path: Path) -> Callable[[str, dict[str, Paper]], Held]:
    return lambda rule, votes: Held(isonomy, tmp_path, rule, votes)


def test_a_stage_and_a_candidate_are_named_where_a_box_gives_other_totals(
    isonomy: Isonomy, held: Callable[..., Held]
) -> None:
    election = held("scottish-stv-2007", STV)
    assert isonomy("recount", "out", election.poll).status == 0
    ben, cleo, emil = (election.number[name] for name in ("ben", "cleo", "emil"))
    _second_preference_becomes(election, ben, emil, cleo)
    ran = isonomy("recount", "out", election.poll, "--json")
    assert ran.status == 2
    assert ran.json["difference"]["key"] == f"tallies.last.{cleo}"
    # An export for scrutineers carries no names of persons: the paper has their ids.
    place = f"stage 3, the votes of {election.club.ids['cleo']}"
    assert ran.json["difference"]["place"] == place
    assert f"first at {place}:" in isonomy("recount", "out", election.poll).out


def _second_preference_becomes(election: Held, first: int, second: int, other: int | None) -> None:
    def change(ballot: Ballot) -> Ballot:
        if ballot.ranks != ((first,), (second,)):
            return ballot
        return Ballot(ranks=((first,), (other,)) if other else ((first,),), nonce=ballot.nonce)

    election.alter(change)


def test_where_only_a_stage_between_differs_the_digest_says_so(isonomy: Isonomy, held: Callable[..., Held]) -> None:
    election = held("scottish-stv-2007", STV)
    _second_preference_becomes(election, election.number["ben"], election.number["emil"], None)
    ran = isonomy("recount", "out", election.poll)
    assert ran.status == 2
    assert "first at the digest of the count, while all declared figures agree:" in ran.out


def test_a_stage_between_is_found_by_the_count_of_another(
    isonomy: Isonomy, held: Callable[..., Held], tmp_path: Path
) -> None:
    election = held("scottish-stv-2007", STV)
    theirs = isonomy("recount", "out", election.poll, "--json").json
    (tmp_path / "theirs.json").write_text(json.dumps(theirs), encoding="utf-8")
    ran = isonomy("recount", "out", election.poll, "--compare", "theirs.json")
    assert ran.status == 0
    assert "The count that was given is the same." in ran.out
    stage = theirs["count"]["stages"][1]
    name = next(name for name, total in stage["totals"].items() if total.startswith("1.6"))
    stage["totals"][name] = "1.70000"
    (tmp_path / "theirs.json").write_text(json.dumps(theirs), encoding="utf-8")
    ran = isonomy("recount", "out", election.poll, "--compare", "theirs.json")
    assert ran.status == 2
    assert f"The counts differ first at stage 2, the votes of {name}: 1.66666 here, 1.70000" in ran.out
    found = isonomy("recount", "out", election.poll, "--compare", "theirs.json", "--json").json["compared"]
    assert (found["same"], found["differs"]["here"]) == (False, "1.66666")


def test_answers_to_several_persons_are_counted_again_one_by_one(isonomy: Isonomy, held: Callable[..., Held]) -> None:
    election = held("yes-no", ANSWERS)
    found = isonomy("recount", "club", election.poll, "--json").json
    assert found["agrees"] is True
    # Ben 3 to 1, Cleo 3 to 1 (of Fay too), Dora 3 to 1, Emil 1 to 2: three are carried and take the seats.
    answers = found["tallies"]["answers"]
    assert answers[str(election.number["emil"])] == {"for": 1, "against": 2, "abstain": 2}
    assert set(found["winner_numbers"]) == {election.number[name] for name in ("ben", "cleo", "dora")}
    cleo = election.number["cleo"]

    def against_cleo(ballot: Ballot) -> Ballot:
        scores = list(ballot.scores or ())
        scores[cleo - 1] = -1 if scores[cleo - 1] else None
        return Ballot(scores=tuple(scores), nonce=ballot.nonce)

    election.alter(against_cleo)
    ran = isonomy("recount", "out", election.poll, "--json")
    assert ran.status == 2
    assert ran.json["difference"]["place"].startswith("the votes against on ")
    assert (ran.json["difference"]["declared"], ran.json["difference"]["counted"]) == (1, 4)


def test_a_count_in_a_file_that_is_none_is_refused(isonomy: Isonomy, held: Callable[..., Held], tmp_path: Path) -> None:
    election = held("plurality", {name: ranked("ben") for name in ("ada", "ben")})
    (tmp_path / "theirs.json").write_text("{}", encoding="utf-8")
    ran = isonomy("recount", "out", election.poll, "--compare", "theirs.json")
    assert ran.status == 1
    assert "theirs.json: this is not a recorded count" in ran.err


def test_the_polls_of_a_record_are_listed_with_the_place_of_their_ballots(
    isonomy: Isonomy, held: Callable[..., Held]
) -> None:
    election = held("scottish-stv-2007", STV)
    (listed,) = isonomy("recount", "out", "--json").json
    assert listed == {
        "poll": election.poll, "question": "Who sits on the committee?", "rule": "scottish-stv-2007", "ballots": "here",
    }  # fmt: skip
    election.box.unlink()
    assert isonomy("recount", "out", "--json").json[0]["ballots"] == "withheld: for scrutineers"
    assert election.poll in isonomy("recount", "club").out
    ran = isonomy("recount", "out", "--declare")
    assert ran.status == 1
    assert "no poll is named" in ran.err


@pytest.mark.parametrize("suffix", [".blt", ".csv", ".soi", ".abif", ".ballots"])
def test_the_ballots_go_to_another_counter_and_give_the_same_count(
    isonomy: Isonomy, held: Callable[..., Held], suffix: str
) -> None:
    election = held("scottish-stv-2007", STV)
    recounted = isonomy("recount", "out", election.poll, "--ballots", f"papers{suffix}", "--json").json["count"]
    counted = isonomy("count", f"papers{suffix}", "--rule", "scottish-stv-2007", "--seats", "3", "--json").json
    assert counted["stages"] == recounted["stages"]
    assert counted["digest"] == recounted["digest"]
    again = isonomy("recount", "out", election.poll, "--ballots", f"papers{suffix}")
    assert again.status == 1
    assert "this file is there already" in again.err


def test_ballots_go_only_into_a_format_that_is_known(isonomy: Isonomy, held: Callable[..., Held]) -> None:
    election = held("scottish-stv-2007", STV)
    ran = isonomy("recount", "out", election.poll, "--ballots", "papers.xyz")
    assert ran.status == 1
    assert "end the name with one of .blt" in ran.err
