"""What a stranger's verification repeats, and what it finds when somebody with the log's own key rewrote the record."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.adapters.files import ExportFolder, write_export
from isonomy.chamber.rejudging import FALSE_CLAIM, JUDGED_OTHERWISE
from isonomy.chamber.verification import COUNTED_OTHERWISE, COUNTS, HASHES, VERDICTS, verify
from isonomy.kernel.canonical import canonical_bytes
from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot, box_root
from isonomy.record.checkpoint import Checkpoint, sign_checkpoint
from isonomy.record.discrepancy import FORKED, UNSIGNED
from isonomy.record.note import SignerKey
from isonomy.record.signature import sign_act
from tests.chamber.exports import Files, busy_club, files_of, rewritten, signed_anew, verified
from tests.chamber.house import House
from tests.repo.house import CHECKOUT


@pytest.fixture(scope="module")
def club() -> House:
    return busy_club()


@pytest.fixture(scope="module")
def files(club: House) -> Files:
    return files_of(club, "body")


def test_a_sound_record_agrees_in_full_and_says_what_that_shows(club: House, files: Files) -> None:
    report = verified(files)
    assert report.agrees, report.discrepancies
    assert report.level == "full"
    assert report.statement() == "consistent with itself; key and history not pinned"
    assert report.rejudged == report.size == len(club.memory.entries)
    assert (report.counted, report.uncounted) == (2, ())
    assert report.state is not None
    assert report.state.digest() == club.appender.state.digest()
    assert dict(report.authors) == {"signed": len(club.memory.entries) - 2, "console": 1, "attested": 1}


def test_an_act_is_no_more_assured_than_the_weakest_enrolment_behind_its_key() -> None:
    """ada founded with her own key; the keeper enrolled ben's, with which he adds one; fay enrols hers after a login."""
    house = House().found()
    members = len(house.members) - 1
    own = 1 + 2 * members
    assert dict(verified(files_of(house, "body")).enrolments) == {"signed": own}
    house.must("key.enrol", by="ben", person=house.org.person("ben"), key=house.org.key("ben again"))
    fay = house.org.person("fay")
    house.must("member.admit", by="ada", person=fay)
    house.must("key.enrol", by="fay", person=fay, key=house.org.key("fay"), assurance="attested")
    for name in ("ben", "fay", "ada"):
        house.must("member.leave", by=name)
    report = verified(files_of(house, "body"))
    assert report.agrees, report.discrepancies
    assert dict(report.authors) == {"signed": own + 5, "attested": 1}
    assert dict(report.enrolments) == {"signed": own + 2, "attested": 1, "console": 2}
    assert dict(report.assured) == {"signed": own + 2, "attested": 2, "console": 2}


def test_for_the_public_the_level_is_redacted_and_a_withheld_count_is_named(club: House) -> None:
    report = verified(files_of(club))
    assert report.agrees, report.discrepancies
    assert report.level == "redacted"
    assert report.counted == 1
    assert len(report.uncounted) == 1


def test_an_erasure_makes_the_level_redacted_and_breaks_nothing(club: House) -> None:
    house = busy_club()
    entry = next(n for n, data in enumerate(house.memory.entries) if b"p-named0" in data)
    commitment = json.loads(house.memory.entries[entry])["act"]["name"]["c"]
    house.must("erase", by="ada", entry=entry, commitment=commitment, ground="her wish")
    report = verified(files_of(house, "body"))
    assert report.agrees
    assert (report.erased, report.level) == (1, "redacted")


def test_with_the_key_and_an_older_head_given_history_is_pinned(club: House, files: Files) -> None:
    assert club.signer is not None
    key = club.org.log_key.verifier()
    report = verified(files, pinned=key, since=club.signer.heads[2])
    assert report.agrees
    assert "signed by the key that was given; continues the head of" in report.statement()
    other = SignerKey.make(club.org.log, b"o" * 32).verifier()
    report = verified(files, pinned=other)
    assert [item.kind for item in report.discrepancies][:1] == [UNSIGNED]


def test_hashes_signatures_and_counts_are_done_in_several_processes_with_the_same_result(
    files: Files, tmp_path: Path
) -> None:
    write_export(tmp_path / "out", files.items())
    folder = ExportFolder(tmp_path / "out")
    seen: list[tuple[str, int, int]] = []
    with ProcessPoolExecutor(2) as executor:
        report = verify(folder, folder.paths(), executor=executor, progress=lambda *done: seen.append(done))
    alone = verified(files)
    assert (report.agrees, report.rejudged, report.counted) == (True, alone.rejudged, alone.counted)
    assert {stage for stage, _, _ in seen} == {HASHES, VERDICTS, COUNTS}
    for stage in (HASHES, VERDICTS, COUNTS):
        last = [(done, whole) for name, done, whole in seen if name == stage][-1]
        assert last[0] == last[1]


# -- rewritten by whoever holds the log's key: every hash and head agrees, and what was changed is found all the same


def entry_of(entries: list[dict[str, Any]], act: str, place: int = 0) -> dict[str, Any]:
    return [entry for entry in entries if entry["act"]["act"] == act][place]


def give_more_effects(entries: list[dict[str, Any]]) -> None:
    entry_of(entries, "member.leave")["effects"].append(
        {"effect": "mandate.ended", "mandate": "ma-0-0", "on": "2027-01-04", "why": "removed"}
    )


def cite_another_clause(entries: list[dict[str, Any]]) -> None:
    entry_of(entries, "member.admit")["clauses"] = ["4"]


def hide_an_irregularity(entries: list[dict[str, Any]]) -> None:
    entry_of(entries, "member.admit")["irregularities"] = [{"clause": "1", "says": "x", "facts": {}}]


def forge_an_attested_admission(entries: list[dict[str, Any]]) -> None:
    entry = entry_of(entries, "member.leave")
    entry["act"] = {**entry["act"], "by": "p-nobody"}


def put_another_semantics(entries: list[dict[str, Any]]) -> None:
    entry_of(entries, "member.leave")["semantics"] = 9


def accept_a_tally_that_is_not_the_effects_one(entries: list[dict[str, Any]]) -> None:
    entry_of(entries, "poll.declare")["effects"][0]["outcome"]["winners"] = []


@pytest.mark.parametrize(
    "change",
    [
        give_more_effects,
        cite_another_clause,
        hide_an_irregularity,
        forge_an_attested_admission,
        put_another_semantics,
        accept_a_tally_that_is_not_the_effects_one,
    ],
)
def test_a_verdict_that_the_rules_do_not_give_is_found_although_all_is_signed_anew(
    change: Callable[[list[dict[str, Any]]], None],
) -> None:
    report = verified(rewritten(busy_club(), change))
    assert not report.agrees
    assert report.files.agrees
    assert report.discrepancies[0].kind == JUDGED_OTHERWISE, report.discrepancies
    assert report.discrepancies[0].place.startswith("entry ")


def test_a_signed_act_cannot_be_changed_even_with_the_log_s_key() -> None:
    def change(entries: list[dict[str, Any]]) -> None:
        entry = entry_of(entries, "member.admit")
        entry["act"]["person"] = "p-friend"
        entry["effects"][0]["person"] = "p-friend"

    report = verified(rewritten(busy_club(), change))
    assert report.discrepancies[0].kind == UNSIGNED
    assert "proof does not fit" in report.discrepancies[0].says


def test_an_act_signed_with_a_key_that_was_not_its_author_s_is_found() -> None:
    house = busy_club()

    def change(entries: list[dict[str, Any]]) -> None:
        entry = entry_of(entries, "member.admit")
        entry["act"]["by"] = house.org.person("ben")
        entry["auth"] = {"kind": "signed", "credential": 1, "proof": sign_act(house.org.seed("ben"), entry["act"])}

    report = verified(rewritten(house, change))
    assert {item.kind for item in report.discrepancies} >= {JUDGED_OTHERWISE}


def test_entries_left_out_are_found_by_an_older_head_and_by_the_acts_that_rest_on_them() -> None:
    house = busy_club()
    assert house.signer is not None
    head = house.signer.heads[-1]

    def drop_the_last_three(entries: list[dict[str, Any]]) -> None:
        del entries[-3:]

    report = verified(rewritten(house, drop_the_last_three), since=head)
    assert [item.kind for item in report.discrepancies] == [FORKED]
    house = busy_club()

    def drop_an_admission(entries: list[dict[str, Any]]) -> None:
        entries.remove(entry_of(entries, "member.admit"))
        for n, entry in enumerate(entries):
            entry["n"] = n

    report = verified(rewritten(house, drop_an_admission))
    assert any(item.kind == JUDGED_OTHERWISE for item in report.discrepancies)


def test_a_false_protest_put_in_by_the_operator_is_found() -> None:
    def change(entries: list[dict[str, Any]]) -> None:
        entry = entry_of(entries, "protest")
        entry["act"]["refusal"]["entries"] = 1
        entry["effects"][0]["refusal"] = "0" * 64

    house = busy_club()
    report = verified(rewritten(house, change))
    assert not report.agrees
    house = busy_club()

    def resigned(entries: list[dict[str, Any]]) -> None:
        entry = entry_of(entries, "protest")
        entry["act"]["signature"] = to_base64(b"s" * 64)
        entry["auth"]["proof"] = sign_act(house.org.seed("ben"), entry["act"])

    report = verified(rewritten(house, resigned))
    assert [item.kind for item in report.discrepancies] == [FALSE_CLAIM]


def declared_poll(house: House) -> str:
    return next(poll.id for poll in house.appender.state.polls.values() if poll.box_size == 4)


def test_ballots_exchanged_in_the_box_are_found_by_its_seal() -> None:
    house = busy_club()
    poll = declared_poll(house)
    box = house.memory.boxes[poll]
    ballot = Ballot(answer="for", nonce=b"n" * 32)
    box.ballots[0] = (ballot.commitment(), ballot)
    box.ballots.sort(key=lambda pair: pair[0])
    report = verified(signed_anew(house))
    assert not report.agrees
    assert any("root" in item.says for item in report.discrepancies)


def test_a_declaration_that_its_sealed_box_does_not_give_is_found() -> None:
    """Box, seal and declaration are all exchanged by somebody who holds every key there is."""
    house = busy_club()
    poll = declared_poll(house)
    box = house.memory.boxes[poll]
    ballots = [Ballot(answer="against", nonce=bytes([number]) * 32) for number in range(4)]
    box.ballots = sorted((ballot.commitment(), ballot) for ballot in ballots)
    root = to_base64(box_root(ballots))

    def change(entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            if entry["act"].get("poll") == poll and entry["act"]["act"] in ("poll.close", "poll.declare"):
                entry["act"]["box_root"] = root
                entry["act"].pop("trace", None)
                entry["auth"]["proof"] = sign_act(house.org.seed("ada"), entry["act"])
                for effect in entry["effects"]:
                    if "box_root" in effect:
                        effect["box_root"] = root
                    effect.pop("trace", None)

    report = verified(rewritten(house, change))
    assert [item.kind for item in report.discrepancies] == [COUNTED_OTHERWISE], report.discrepancies
    assert "tallies" in report.discrepancies[0].says


def test_a_head_of_more_entries_than_the_files_can_hold_is_answered_at_once(club: House, files: Files) -> None:
    head = sign_checkpoint(Checkpoint(club.org.log, 10**15, b"r" * 32), club.org.log_key)
    report = verified({**files, "checkpoint": head})
    assert not report.agrees
    assert any("cannot hold them" in item.says for item in report.discrepancies)


def test_from_an_altered_entry_on_nothing_is_judged(files: Files) -> None:
    path = next(path for path in files if path.startswith("tile/entries/"))
    altered = dict(files)
    altered[path] = files[path].replace(b"p-cy000", b"p-cx000", 1)
    report = verified(altered)
    assert not report.agrees
    assert 0 < report.rejudged < report.size
    assert not [item for item in report.discrepancies if item.kind == JUDGED_OTHERWISE]


@given(data=st.data())
def test_one_changed_byte_of_any_file_is_found_with_its_place(files: Files, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[path]) - 1))
    change = data.draw(st.integers(1, 255))
    altered = bytearray(files[path])
    altered[place] ^= change
    report = verified({**files, path: bytes(altered)})
    assert not report.agrees
    assert all(item.place and item.says for item in report.discrepancies)


@given(data=st.data())
def test_a_file_taken_out_or_put_in_is_found(files: Files, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(sorted(files)))
    report = verified({path: content for path, content in files.items() if path != gone})
    assert not report.agrees
    added = data.draw(
        st.sampled_from(["note.txt", "boxes/po-99/box.jsonl", "tile/0/001", "documents/x", "tile/entries/009"])
    )
    report = verified({**files, added: b"more"})
    assert not report.agrees


@given(st.binary(max_size=300), st.sampled_from(["checkpoint", "manifest", "log.vkey", "openings.jsonl", "boxes"]))
def test_no_bytes_make_the_verification_fail_otherwise_than_by_saying_so(files: Files, junk: bytes, name: str) -> None:
    path = next(path for path in sorted(files) if path.startswith(name))
    report = verified({**files, path: junk})
    assert not report.agrees


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["act", "effects", "effect", "n", "at", "auth", "kind", "x"]), inner, max_size=6
            )
        ),
        max_leaves=12,
    )
)
def test_no_entry_makes_the_judging_fail_otherwise_than_by_saying_so(entry: Any) -> None:
    from isonomy.chamber.rejudging import rejudge

    house = _sound()
    first = house.memory.entries[0]
    for found in rejudge([first, canonical_bytes(entry)], house.org.log_key.verifier()):
        last = found
    assert last.discrepancies


_KEPT: list[House] = []


def _sound() -> House:
    if not _KEPT:
        _KEPT.append(House(None).found())
    return _KEPT[0]


def test_verifying_a_folder_loads_no_database_no_framework_and_no_numbers_package(files: Files, tmp_path: Path) -> None:
    write_export(tmp_path / "out", files.items())
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from isonomy.adapters.files import ExportFolder\nfrom isonomy.chamber.verification import verify\n"
        "folder = ExportFolder(Path(sys.argv[1]))\nreport = verify(folder, folder.paths())\nassert report.agrees\n"
        "print(report.statement())\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "out")]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    statement, loaded = done.stdout.splitlines()
    assert statement == "consistent with itself; key and history not pinned"
    assert not {"sqlite3", "django", "psycopg", "numpy", "rich", "zoneinfo"} & set(loaded.split())
