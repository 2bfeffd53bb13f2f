"""`isonomy act`: every line gets its answer, in order; what is left out is filled in; the record stays whole."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isonomy.adapters.folder import reading
from isonomy.adapters.key_files import MemberKey, read_key, write_key
from isonomy.adapters.system import SystemClock
from isonomy.cli.act_lines import LINE_SIZE_MAX
from isonomy.cli.main import main
from isonomy.record.base64_text import from_base64
from isonomy.record.box import Ballot
from tests.cli.conftest import DEMAND, NOW, Isonomy, motion, write_acts


def entries(folder: Path) -> list[dict[str, Any]]:
    """The entries of an organisation, read from the disk."""
    with reading(folder) as reader:
        assert reader.contradiction is None
        return list(reader.entries())


def test_what_a_line_leaves_out_is_filled_in_and_signed(isonomy: Isonomy, branch: Path) -> None:
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", motion()), "--json")
    assert ran.status == 0
    assert ran.json["verdict"] == "accepted"
    entry = entries(branch)[1]
    founder = read_key(branch / "founder.key")
    assert entry["act"]["by"] == founder.person
    assert entry["act"]["log"] == founder.log
    assert len(entry["act"]["id"]) == 32
    assert entry["act"]["until"] > entry["at"]
    assert entry["auth"]["kind"] == "signed"


def test_what_a_line_says_is_not_changed(isonomy: Isonomy, branch: Path) -> None:
    given_act = {**motion(), "id": "0" * 32, "until": "2999-01-01T00:00:00Z"}
    assert isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", given_act)).status == 0
    act = entries(branch)[1]["act"]
    assert {key: act[key] for key in given_act} == given_act


def test_an_act_sent_again_under_its_id_is_answered_again_and_entered_once(isonomy: Isonomy, branch: Path) -> None:
    file = write_acts(branch.parent / "acts.jsonl", {**motion(), "id": "1" * 32, "until": "2999-01-01T00:00:00Z"})
    first = isonomy("act", "branch", file, "--json").json
    again = isonomy("act", "branch", file, "--json")
    assert again.status == 0
    assert again.json["again"] is True
    assert again.json["entry"] == first["entry"]
    assert len(entries(branch)) == 2


def test_another_act_under_the_same_id_is_refused(isonomy: Isonomy, branch: Path) -> None:
    file = write_acts(branch.parent / "acts.jsonl", {**motion("a"), "id": "1" * 32}, {**motion("b"), "id": "1" * 32})
    ran = isonomy("act", "branch", file, "--json")
    assert ran.status == 2
    assert [line["verdict"] for line in ran.lines] == ["accepted", "refused"]
    assert "belongs to another act" in ran.lines[1]["grounds"][0]["says"]


def test_a_refusal_names_clause_facts_and_cure_and_the_next_line_goes_on(isonomy: Isonomy, branch: Path) -> None:
    spend = {"act": "decision.take", "as": "chair", "matter": "spending", "amount": 250, "text": "Four oars"}
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", spend, motion()))
    assert ran.status == 2
    assert "clause 4" in ran.out
    assert "250" in ran.out
    assert "what you can do: " in ran.out
    assert ran.out.splitlines()[-1] == "1 accepted, 1 refused"
    assert len(entries(branch)) == 2


def test_a_refusal_is_signed_and_can_be_lodged_as_a_protest(isonomy: Isonomy, branch: Path) -> None:
    spend = {"act": "decision.take", "as": "chair", "matter": "spending", "amount": 250, "text": "Four oars"}
    refusal = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", spend), "--json").json
    del refusal["line"]
    protest = {"act": "protest", "signature": refusal.pop("signature"), "refusal": refusal}
    assert isonomy("act", "branch", write_acts(branch.parent / "protest.jsonl", protest)).status == 0
    forged = {**protest, "refusal": {**refusal, "entries": 7}}
    assert isonomy("act", "branch", write_acts(branch.parent / "protest.jsonl", forged)).status == 2


def test_bad_lines_are_named_with_their_number_and_outweigh_refusals(isonomy: Isonomy, branch: Path) -> None:
    file = branch.parent / "acts.jsonl"
    good = json.dumps(motion()).encode()
    lines = [good, b"", b"not json", b"[1]", b'"act"', b"{}", b'{"act":"motion.mvoe"}', b"\xff\xfe", b"7", good]
    file.write_bytes(b"\n".join(lines) + b"\n")
    ran = isonomy("act", "branch", str(file), "--json")
    assert ran.status == 1
    told = {line["line"]: line for line in ran.lines}
    assert list(told) == [1, 3, 4, 5, 6, 7, 8, 9, 10]
    assert [number for number, line in told.items() if "verdict" in line] == [1, 10]
    assert "did you mean 'motion.move'?" in told[7]["error"]
    for number, line in told.items():
        if "error" in line:
            assert f"acts.jsonl:{number}: " in line["error"]
    assert len(entries(branch)) == 3


def test_a_half_written_last_line_is_told_and_the_others_stand(isonomy: Isonomy, branch: Path) -> None:
    file = branch.parent / "acts.jsonl"
    good = json.dumps(motion())
    file.write_text(f"{good}\n{good[:40]}", encoding="utf-8")
    ran = isonomy("act", "branch", str(file))
    assert ran.status == 1
    assert "acts.jsonl:2: the last line breaks off" in ran.err
    assert len(entries(branch)) == 2


def test_a_last_line_without_its_end_of_line_is_a_line(isonomy: Isonomy, branch: Path) -> None:
    (branch.parent / "acts.jsonl").write_text(json.dumps(motion()), encoding="utf-8")
    assert isonomy("act", "branch", "acts.jsonl").status == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (json.dumps(motion()).encode("utf-16"), "UTF-16"),
        (json.dumps([motion()]).encode(), "JSON list"),
        (json.dumps(motion("x" * LINE_SIZE_MAX)).encode() + b"\n", "more than 2,000,000 bytes"),
        (json.dumps(motion("x" * 20_001)).encode(), "20,001 characters"),
        (json.dumps(motion("x" * 300_000)).encode(), "at most 250,000"),
        (b'{"act":' * 5_000, "nested too deeply"),
        (b'{"act":"motion.move","act":"motion.move"}', "stands twice"),
        (b'{"act":"decision.take","amount":1.5}', "1.5 is not a whole number"),
        (b'{"act":"decision.take","amount":' + b"9" * 5_000 + b"}", "beyond 2^53"),
        (b'{"act":"motion.move","text":"\\ud800"}', "lone surrogate"),
        (b"\x00\x00\x00", "not JSON"),
    ],
)  # fmt: skip
def test_bytes_of_every_kind_give_words_and_leave_the_record_whole(
    isonomy: Isonomy, branch: Path, data: bytes, says: str
) -> None:
    (branch.parent / "acts.jsonl").write_bytes(data)
    ran = isonomy("act", "branch", "acts.jsonl")
    assert ran.status == 1
    assert says in ran.err
    assert len(entries(branch)) == 1


def test_a_line_too_long_does_not_hide_the_next(isonomy: Isonomy, branch: Path) -> None:
    file = write_acts(branch.parent / "acts.jsonl", motion("x" * LINE_SIZE_MAX), motion())
    assert isonomy("act", "branch", file, "--json").lines[1]["line"] == 2
    assert len(entries(branch)) == 2


@given(
    data=st.binary(max_size=300)
    | st.lists(
        st.sampled_from([b'{"act":"', b'"}', b"\n", b"{", b"motion.move", b"\xff", b'"by":', b"null", b","])
    ).map(b"".join)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_answered_without_a_traceback(branch: Path, data: bytes) -> None:
    (branch.parent / "acts.jsonl").write_bytes(data)
    assert main(["act", "branch", "acts.jsonl", "--dry-run", "--json"]) in (0, 1, 2)
    assert len(entries(branch)) == 1


def test_a_dry_run_keeps_nothing(isonomy: Isonomy, branch: Path) -> None:
    before = kept_in(branch)
    file = write_acts(
        branch.parent / "acts.jsonl", DEMAND, {"act": "meeting.call", "body": "x", "starts": "2027-01-01T19:00"}
    )
    ran = isonomy("act", "branch", file, "--dry-run", "--json")
    assert ran.status == 2
    assert all(line["dry_run"] for line in ran.lines)
    assert ran.lines[0]["entry"] == 1
    assert "signature" not in ran.lines[1]
    assert kept_in(branch) == before


def kept_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder; what SQLite keeps beside a file while it is open apart."""
    return {
        path.name: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_a_dry_run_judges_each_act_after_the_ones_before_it(isonomy: Isonomy, branch: Path) -> None:
    second = {"act": "motion.withdraw", "motion": "mo-1"}
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", motion(), second), "--dry-run")
    assert ran.status == 0


def test_a_personal_value_becomes_a_commitment_and_is_kept_beside_the_record(isonomy: Isonomy, branch: Path) -> None:
    admit = {"act": "member.admit", "person": "p-ben00001", "name": {"value": "Ben Example", "audience": "members"}}
    assert isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", admit)).status == 0
    assert b"Ben Example" not in (branch / "record.sqlite").read_bytes()
    assert "Ben Example" in isonomy("state", "branch").out
    with reading(branch) as reader:
        (kept,) = list(reader.stores.values.all())
    assert (kept.opening.label, kept.opening.value, kept.audience) == ("name", "Ben Example", "members")


def test_a_refused_act_leaves_no_personal_value(isonomy: Isonomy, branch: Path) -> None:
    admit = {"act": "member.admit", "person": "p-ben00001"}
    named = {**admit, "name": {"value": "Ben Example"}}
    assert isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", admit, named)).status == 2
    assert b"Ben Example" not in b"".join(path.read_bytes() for path in branch.rglob("*") if path.is_file())


def meeting_now(person: str, matter: str) -> list[dict[str, Any]]:
    """Entries 1 to 4: the only member demands a meeting, calls it for now, consents, and opens it (mt-2)."""
    now = NOW[:16]  # in winter the civil time of London is UTC
    return [
        {"act": "meeting.demand", "body": "members-meeting", "matters": [matter]},
        {"act": "meeting.call", "body": "members-meeting", "starts": now, "matters": [matter], "demand": "ca-1"},
        {"act": "notice.consent", "meeting": "mt-2"},
        {"act": "meeting.open", "meeting": "mt-2", "present": [person]},
    ]


ELECTION: list[dict[str, Any]] = [
    {"act": "member.admit", "person": "p-ben00001"},
    {"act": "member.admit", "person": "p-cleo0001"},
    {
        "act": "poll.open", "body": "members-meeting", "matter": "election-of-committee", "meeting": "mt-2",
        "question": "Who?", "seat": "committee", "seats": 1,
        "options": [{"name": "Ben", "person": "p-ben00001"}, {"name": "Cleo", "person": "p-cleo0001"}],
    },
    {"act": "ballot.cast", "poll": "po-7", "ballot": [[1]]},
]  # fmt: skip
"""Entry 5 and on: two members are admitted, the meeting mt-2 chooses between them by secret ballot, one votes."""


def test_a_secret_ballot_goes_to_the_box_and_its_voter_gets_nonce_and_receipt(isonomy: Isonomy, branch: Path) -> None:
    person = read_key(branch / "founder.key").person
    acts = [*meeting_now(person, "election-of-committee"), *ELECTION]
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts), "--json")
    assert ran.status == 0
    cast = ran.lines[-1]
    assert cast["boxed"] is True
    ballot = Ballot(ranks=((1,),), nonce=from_base64(cast["nonce"]))
    assert from_base64(cast["receipt"]) == ballot.commitment()
    assert len(entries(branch)) == 8


def test_close_and_declaration_are_filled_in_from_the_box(isonomy: Isonomy, branch: Path) -> None:
    person = read_key(branch / "founder.key").person
    ending = [{"act": "poll.close", "poll": "po-7"}, {"act": "poll.declare", "poll": "po-7"}]
    acts = [*meeting_now(person, "election-of-committee"), *ELECTION, *ending]
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts))
    assert ran.status == 0
    closed, declared = entries(branch)[-2:]
    assert (closed["act"]["box_size"], closed["act"]["marked"]) == (1, 1)
    assert declared["act"]["tallies"] == {"ballots": 1, "totals": {"1": 1, "2": 0}}
    assert declared["act"]["box_root"] == closed["act"]["box_root"]


def test_a_close_that_names_another_box_is_refused(isonomy: Isonomy, branch: Path) -> None:
    person = read_key(branch / "founder.key").person
    close = {"act": "poll.close", "poll": "po-7", "box_root": "A" * 43 + "=", "box_size": 1, "marked": 1}
    acts = [*meeting_now(person, "election-of-committee"), *ELECTION, close]
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts))
    assert ran.status == 2
    assert "the close commits to another box" in ran.out


def test_the_key_named_signs_and_another_members_acts_are_not_at_hand(isonomy: Isonomy, branch: Path) -> None:
    founder = read_key(branch / "founder.key")
    stranger = MemberKey("p-stranger1", founder.log, b"\x07" * 32)
    write_key(branch.parent / "stranger.key", stranger)
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", motion()), "--key", "stranger.key")
    assert ran.status == 2
    assert "p-stranger1 is not known here" in ran.out
    by_founder = write_acts(branch.parent / "acts.jsonl", {**motion(), "by": founder.person})
    ran = isonomy("act", "branch", by_founder, "--key", "stranger.key")
    assert ran.status == 1
    assert f"the key of {founder.person} is not at hand" in ran.err


def test_a_forged_signature_is_refused(isonomy: Isonomy, branch: Path) -> None:
    founder = read_key(branch / "founder.key")
    write_key(branch.parent / "forged.key", MemberKey(founder.person, founder.log, b"\x07" * 32))
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", motion()), "--key", "forged.key")
    assert ran.status == 2
    assert "the signature does not fit" in ran.out


def test_a_whole_act_with_its_auth_is_sent_as_it_is(isonomy: Isonomy, branch: Path) -> None:
    founder = read_key(branch / "founder.key")
    act = {**motion(), "by": founder.person, "id": "2" * 32, "log": founder.log, "until": "2999-01-01T00:00:00Z"}
    whole = {"act": act, "auth": founder.auth(act)}
    (branch / "founder.key").rename(branch.parent / "elsewhere.key")
    assert isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", whole)).status == 0
    assert entries(branch)[1]["act"] == act
    wrong = write_acts(branch.parent / "acts.jsonl", {**whole, "aut": 1}, {"act": act}, {**whole, "openings": {}})
    ran = isonomy("act", "branch", wrong)
    assert ran.status == 1
    assert "did you mean 'auth'?" in ran.err


def test_a_keeper_of_minutes_enters_at_the_console_and_it_is_shown_as_such(isonomy: Isonomy, branch: Path) -> None:
    file = write_acts(branch.parent / "acts.jsonl", motion())
    assert isonomy("act", "branch", file, "--console").status == 0
    assert entries(branch)[1]["auth"] == {"kind": "console"}
    assert "entered at the console" in isonomy("log", "branch").out


def test_an_act_meant_for_another_record_is_refused(isonomy: Isonomy, branch: Path) -> None:
    file = write_acts(branch.parent / "acts.jsonl", {**motion(), "log": "another.example.org"})
    ran = isonomy("act", "branch", file)
    assert ran.status == 2
    assert "meant for another record" in ran.out


def test_an_act_after_its_own_time_is_refused(isonomy: Isonomy, branch: Path) -> None:
    file = write_acts(branch.parent / "acts.jsonl", {**motion(), "until": "2000-01-01T00:00:00Z"})
    assert isonomy("act", "branch", file).status == 2


def test_no_key_and_no_author_are_bad_input(isonomy: Isonomy, branch: Path) -> None:
    (branch / "founder.key").unlink()
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", motion()))
    assert ran.status == 1
    assert "it is not said who acts" in ran.err


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff" * 100, b'{"isonomy":"member key v1"}', b"x" * 100_000])
def test_a_file_that_is_no_key_is_told_and_not_quoted(isonomy: Isonomy, branch: Path, content: bytes) -> None:
    (branch.parent / "bad.key").write_bytes(content)
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", motion()), "--key", "bad.key")
    assert ran.status == 1
    assert "bad.key" in ran.err
    assert len(ran.err) < 300


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["act", "nowhere", "acts.jsonl"], "there is no such folder"),
        (["act", "acts.jsonl", "acts.jsonl"], "this is a file, not the folder"),
        (["act", ".", "acts.jsonl"], "there is no organisation in this folder"),
        (["act", "branch", "none.jsonl"], "there is no such file"),
        (["act", "branch", "branch"], "this is a folder, not a file"),
        (["act", "branch", "acts.jsonl", "--key", "none.key"], "none.key"),
        (["act", "branch"], "required: FILE"),
    ],
)
def test_what_is_not_there_is_told(isonomy: Isonomy, branch: Path, words: list[str], says: str) -> None:
    write_acts(branch.parent / "acts.jsonl", motion())
    ran = isonomy(*words)
    assert ran.status == 1
    assert ran.out == ""
    assert says in ran.err
    assert len(ran.err.splitlines()) == 2


def test_a_key_is_made_for_another_member_and_never_written_over(isonomy: Isonomy, branch: Path) -> None:
    ran = isonomy("key", "branch", "ben.key", "--name", "Ben")
    admit, enrol = ran.lines
    key = read_key(branch.parent / "ben.key")
    assert stat.S_IMODE((branch.parent / "ben.key").stat().st_mode) == 0o600
    assert admit == {"act": "member.admit", "person": key.person, "name": {"value": "Ben", "audience": "members"}}
    assert enrol == {"act": "key.enrol", "person": key.person, "key": key.public}
    before = (branch.parent / "ben.key").read_bytes()
    ran = isonomy("key", "branch", "ben.key")
    assert ran.status == 1
    assert (branch.parent / "ben.key").read_bytes() == before


def test_a_further_key_is_made_for_a_member_and_enrolled_with_the_first(isonomy: Isonomy, branch: Path) -> None:
    founder = read_key(branch / "founder.key")
    ran = isonomy("key", "branch", "second.key", "--person", founder.person)
    (branch.parent / "enrol.jsonl").write_text(ran.out, encoding="utf-8")
    assert isonomy("act", "branch", "enrol.jsonl").status == 0
    file = write_acts(branch.parent / "acts.jsonl", motion())
    assert isonomy("act", "branch", file, "--key", "second.key").status == 0
    assert entries(branch)[-1]["auth"]["credential"] == 1


def test_a_clock_behind_the_record_stops_the_acts_and_keeps_nothing(
    isonomy: Isonomy, branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_acts(branch.parent / "acts.jsonl", motion(), motion())
    monkeypatch.setattr(SystemClock, "now", lambda self: "2001-01-01T00:00:00Z")
    ran = isonomy("act", "branch", file, "--json")
    assert ran.status == 1
    assert "the clock says 2001-01-01T00:00:00Z" in ran.err
    assert len(ran.lines) == 1
    assert len(entries(branch)) == 1


def test_a_clock_far_ahead_needs_a_persons_word(
    isonomy: Isonomy, branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_acts(branch.parent / "acts.jsonl", motion())
    monkeypatch.setattr(SystemClock, "now", lambda self: "2099-01-01T00:00:00Z")
    ran = isonomy("act", "branch", file)
    assert ran.status == 1
    assert "more than 30 days after the last entry" in ran.err
    assert isonomy("act", "branch", file, "--clock-is-right").status == 0
    assert len(entries(branch)) == 2


def test_an_act_of_founding_is_refused_where_something_is_founded(isonomy: Isonomy, branch: Path) -> None:
    found = {**entries(branch)[0]["act"]}
    for key in ("id", "until"):
        del found[key]
    ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", found))
    assert ran.status == 2
    assert "founded already" in ran.out
