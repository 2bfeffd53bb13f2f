"""`export`, `verify`, `receipt`, `recount`: what is published can be tried by anyone, and a changed byte is found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from isonomy.adapters.key_files import read_key
from isonomy.cli.main import main
from isonomy.record.receipt import read_receipt
from tests.cli.conftest import Isonomy, clock_stopped, motion, write_acts
from tests.cli.test_act import ELECTION, meeting_now


@pytest.fixture(scope="session")
def voted_once(branch_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The association after an election by secret ballot, made once."""
    folder = tmp_path_factory.mktemp("voted") / "branch"
    shutil.copytree(branch_once, folder)
    person = read_key(folder / "founder.key").person
    ending = [{"act": "poll.close", "poll": "po-7"}, {"act": "poll.declare", "poll": "po-7"}]
    acts = [*meeting_now(person, "election-of-committee"), *ELECTION, *ending]
    with clock_stopped():
        assert main(["act", str(folder), write_acts(folder.parent / "acts.jsonl", *acts)]) == 0
    return folder


@pytest.fixture
def voted(isonomy: Isonomy, voted_once: Path, tmp_path: Path) -> Path:
    """The association after an election by secret ballot (po-7), closed and declared (entries 8 and 9)."""
    shutil.copytree(voted_once, tmp_path / "branch")
    write_acts(tmp_path / "acts.jsonl", motion())
    return tmp_path / "branch"


def test_an_export_verifies_and_claims_no_more_than_it_shows(isonomy: Isonomy, voted: Path) -> None:
    told = isonomy("export", "branch", "public", "--json").json
    assert told["entries"] == 10
    assert (voted.parent / "public" / "calendar.ics").exists()
    report = isonomy("verify", "public", "--json").json
    assert report["agrees"] is True
    assert report["statement"] == "consistent with itself; key and history not pinned"
    assert report["key_pinned"] is False
    assert report["authors"] == {"signed": 10}
    assert report["shares"] == {"signed": "10/10"}
    assert (report["enrolments"], report["assured"]) == ({"signed": 10}, {"signed": "10/10"})
    assert "signed 10 with keys that their owners enrolled" in isonomy("verify", "public").out
    assert report["rejudged"] == 10
    assert "consistent with itself; key and history not pinned" in isonomy("verify", "public").out


def test_verify_and_log_say_which_keys_another_enrolled(isonomy: Isonomy, branch: Path) -> None:
    acts = isonomy("key", "branch", "ben.key", "--name", "Ben").lines
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts))
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", motion()), "--key", "ben.key")
    report = isonomy("verify", "branch", "--json").json
    assert (report["authors"], report["enrolments"]) == ({"signed": 4}, {"signed": 3, "console": 1})
    assert report["assured"] == {"signed": "3/4", "console": "1/4"}
    said = isonomy("verify", "branch").out
    assert "signed 3 with keys that their owners enrolled, 1 with keys enrolled by another or at the console" in said
    heads = [line for line in isonomy("log", "branch").out.splitlines() if "signed with key" in line]
    assert [", enrolled by another or at the console" in line for line in heads] == [False, False, False, True]


def test_a_pinned_key_and_an_older_head_are_said_to_be_so(isonomy: Isonomy, voted: Path) -> None:
    key = isonomy("export", "branch", "public", "--json").json["vkey"]
    shutil.copy(voted.parent / "public" / "checkpoint", voted.parent / "before")
    isonomy("act", "branch", write_acts(voted.parent / "acts.jsonl", motion()))
    isonomy("export", "branch", "public")
    report = isonomy("verify", "public", "--key", key, "--since", "before", "--json").json
    assert report["statement"] == "signed by the key that was given; continues the head of 10 entries that was given"
    assert isonomy("verify", "public", "--key", "public/log.vkey").status == 0


def test_another_key_does_not_verify(isonomy: Isonomy, voted: Path) -> None:
    isonomy("export", "branch", "public")
    other = isonomy("new", "other", "--json").json["vkey"]
    ran = isonomy("verify", "public", "--key", other, "--json")
    assert ran.status == 2
    assert ran.json["discrepancies"]


def test_a_rewritten_record_does_not_continue_the_head_that_was_kept(isonomy: Isonomy, voted: Path) -> None:
    isonomy("export", "branch", "public")
    shutil.copy(voted.parent / "public" / "checkpoint", voted.parent / "before")
    isonomy("new", "branch-again", "--origin", "x.example")
    isonomy("export", "branch-again", "again")
    ran = isonomy("verify", "again", "--since", "before", "--json")
    assert ran.status == 2


FILES = (
    "checkpoint", "log.vkey", "manifest", "calendar.ics", "popolo.json", "decisions.csv", "tile/0/000.p/10", "tile/entries/000.p/10",
    "rulebook/ed-0.md", "boxes/po-7/box.jsonl", "boxes/po-7/roll.json",
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_one_changed_file_is_found_with_its_place(isonomy: Isonomy, voted: Path, name: str, harm: str) -> None:
    isonomy("export", "branch", "body", "--for", "body")
    place = voted.parent / "body" / name
    data = bytearray(place.read_bytes())
    if harm == "flip":
        data[len(data) // 2] ^= 1
        place.write_bytes(data)
    elif harm == "cut":
        place.write_bytes(data[:-1])
    else:
        place.unlink()
    ran = isonomy("verify", "body", "--json")
    assert ran.status == 2
    report = ran.json
    assert report["agrees"] is False
    assert "does not verify" in report["statement"]
    assert name.partition(".p/")[0] in json.dumps(report["discrepancies"])


def test_a_file_put_in_is_found(isonomy: Isonomy, voted: Path) -> None:
    isonomy("export", "branch", "public")
    (voted.parent / "public" / "letter.txt").write_text("Dear all", encoding="utf-8")
    ran = isonomy("verify", "public", "--json")
    assert ran.status == 2
    assert ran.json["discrepancies"][0]["kind"] == "stray"


def test_the_ballots_of_a_small_box_are_withheld_from_the_public_and_the_level_says_so(
    isonomy: Isonomy, voted: Path
) -> None:
    told = isonomy("export", "branch", "public", "--json").json
    assert "boxes/po-7/box.jsonl" in told["withheld"]
    assert not (voted.parent / "public" / "boxes").exists()
    report = isonomy("verify", "public", "--json").json
    assert report["level"] == "redacted"
    assert report["attested_tallies"] == ["po-7"]
    isonomy("export", "branch", "body", "--for", "body")
    report = isonomy("verify", "body", "--json").json
    assert (report["level"], report["counted"]) == ("full", 1)


def test_a_name_is_in_the_export_for_its_audience_alone(isonomy: Isonomy, branch: Path) -> None:
    admit = {"act": "member.admit", "person": "p-ben00001", "name": {"value": "Ben Example", "audience": "members"}}
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", admit))
    for audience, there in (("public", False), ("members", True), ("body", True)):
        isonomy("export", "branch", audience, "--for", audience)
        data = b"".join(path.read_bytes() for path in (branch.parent / audience).rglob("*") if path.is_file())
        assert (b"Ben Example" in data) == there
        assert isonomy("verify", audience).status == 0


def test_the_organisations_own_folder_verifies(isonomy: Isonomy, voted: Path) -> None:
    report = isonomy("verify", "branch", "--json").json
    assert (report["agrees"], report["level"], report["counted"]) == (True, "full", 1)


def test_verifying_an_export_opens_no_database_and_no_framework(isonomy: Isonomy, voted: Path) -> None:
    isonomy("export", "branch", "public")
    code = (
        "import sys; from isonomy.cli.main import main; status = main(['verify', 'public', '--json'])\n"
        "import json; print(json.dumps([status, sorted(name.partition('.')[0] for name in sys.modules)]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=voted.parent)
    status, loaded = json.loads(done.stdout.splitlines()[-1])
    assert status == 0
    assert {"numpy", "django", "sqlite3", "psycopg", "rich"}.isdisjoint(loaded)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["verify", "nothing"], "there is nothing of that name"),
        (["verify", "."], "neither an export nor the folder"),
        (["verify", "acts.jsonl"], "not a receipt"),
        (["verify", "public", "--key", "no+key"], "--key"),
        (["verify", "public", "--key", "none"], "no such file"),
        (["verify", "public", "--since", "none"], "no such file"),
        (["export", "branch", "branch/inside"], "the organisation's own folder"),
        (["export", "branch", "acts.jsonl"], "something else already"),
        (["export", "branch", "full"], "something else already"),
        (["export", "branch", "out", "--for", "publik"], "did you mean 'public'?"),
        (["receipt", "branch", "10"], "entries run from 0 to 9"),
        (["receipt", "branch", "0" * 32], "no entry has an act of this id"),
        (["recount", "branch", "po-8"], "did you mean 'po-7'?"),
        (["recount", "public", "po-7"], "not in the export"),
    ],
)
def test_what_cannot_be_done_is_said_with_its_cure(isonomy: Isonomy, voted: Path, words: list[str], says: str) -> None:
    (voted.parent / "full").mkdir()
    (voted.parent / "full" / "letter.txt").write_text("Dear all", encoding="utf-8")
    isonomy("export", "branch", "public")
    ran = isonomy(*words)
    assert ran.status == 1
    assert ran.out == ""
    assert says in ran.err
    assert (voted.parent / "full" / "letter.txt").exists()


def test_a_receipt_proves_its_entry_with_the_logs_key_alone(isonomy: Isonomy, voted: Path) -> None:
    isonomy("export", "branch", "public")
    words = [sys.executable, "-m", "isonomy", "receipt", str(voted)]
    proof = subprocess.run([*words, "3"], capture_output=True, check=True).stdout
    (voted.parent / "3.tlog-proof").write_bytes(proof)
    shutil.rmtree(voted)
    found = isonomy("verify", "3.tlog-proof", "--key", "public/log.vkey", "--json").json
    assert (found["agrees"], found["index"], found["entry"]["n"]) == (True, 3, 3)
    assert "entry 3 stands in the record" in isonomy("verify", "3.tlog-proof", "--key", "public/log.vkey").out
    ran = isonomy("verify", "3.tlog-proof")
    assert ran.status == 1
    assert "--key log.vkey" in ran.err
    assert isonomy("verify", "public", "--since", "3.tlog-proof").status == 0


def test_receipts_by_number_and_by_act_hold_and_changed_ones_do_not(isonomy: Isonomy, voted: Path) -> None:
    isonomy("export", "branch", "public")
    entries = isonomy("log", "branch", "--json").lines
    words = [sys.executable, "-m", "isonomy", "receipt", str(voted)]
    for name in (str(entries[0]["n"]), entries[9]["act"]["id"]):
        proof = subprocess.run([*words, name], capture_output=True, check=True).stdout
        place = voted.parent / "one.tlog-proof"
        place.write_bytes(proof)
        assert isonomy("verify", "one.tlog-proof", "--key", "public/log.vkey").status == 0
        index = read_receipt(proof).index
        place.write_bytes(proof.replace(f"index {index}\n".encode(), f"index {index ^ 1}\n".encode()))
        assert isonomy("verify", "one.tlog-proof", "--key", "public/log.vkey").status == 2


def test_a_recount_repeats_what_was_declared(isonomy: Isonomy, voted: Path) -> None:
    found = isonomy("recount", "branch", "po-7", "--json").json
    assert (found["agrees"], found["difference"], found["declared_in"]) == (True, None, 9)
    assert found["tallies"] == {"ballots": 1, "totals": {"1": 1, "2": 0}}
    assert "It agrees with what entry 9 declared." in isonomy("recount", "branch", "po-7").out
    isonomy("export", "branch", "body", "--for", "body")
    assert isonomy("recount", "body", "po-7", "--json").json["agrees"] is True


def test_a_box_that_gives_another_result_is_found_with_the_first_figure(isonomy: Isonomy, voted: Path) -> None:
    isonomy("export", "branch", "body", "--for", "body")
    place = voted.parent / "body" / "boxes" / "po-7" / "box.jsonl"
    from isonomy.record.box import Ballot, read_box, write_box

    (ballot,), _ = read_box(place.read_bytes(), "box")
    place.write_bytes(write_box([Ballot(ranks=((2,),), nonce=ballot.nonce)]))
    ran = isonomy("recount", "body", "po-7", "--json")
    assert ran.status == 2
    figure = {"key": "tallies.totals.1", "place": "the figure of Ben", "declared": 1, "counted": 0}
    assert ran.json["difference"] == figure
    assert "It differs from what entry 9 declared" in isonomy("recount", "body", "po-7").out


def test_the_count_of_a_closed_box_is_printed_as_the_act_that_declares_it(isonomy: Isonomy, branch: Path) -> None:
    person = read_key(branch / "founder.key").person
    acts = [*meeting_now(person, "election-of-committee"), *ELECTION]
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts))
    ran = isonomy("recount", "branch", "po-7")
    assert ran.status == 1
    assert "the poll is open" in ran.err
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", {"act": "poll.close", "poll": "po-7"}))
    assert isonomy("recount", "branch", "po-7", "--json").json["agrees"] is None
    ran = isonomy("recount", "branch", "po-7", "--declare")
    (branch.parent / "declare.jsonl").write_text(ran.out, encoding="utf-8")
    assert isonomy("act", "branch", "declare.jsonl").status == 0
    assert isonomy("recount", "branch", "po-7", "--json").json["agrees"] is True


def test_a_declaration_that_the_box_does_not_give_is_refused(isonomy: Isonomy, branch: Path) -> None:
    person = read_key(branch / "founder.key").person
    acts = [*meeting_now(person, "election-of-committee"), *ELECTION, {"act": "poll.close", "poll": "po-7"}]
    isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts))
    told = isonomy("recount", "branch", "po-7", "--declare").json
    wrong = {**told, "tallies": {"ballots": 1, "totals": {"1": 0, "2": 1}}, "winners": [2]}
    assert main(["act", "branch", write_acts(branch.parent / "acts.jsonl", wrong)]) == 2
