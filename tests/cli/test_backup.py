"""A backup is whole or not there, can be read by itself, and is continued only by a signer that signed nothing beyond it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.folder import reading
from isonomy.adapters.key_files import read_key
from isonomy.chamber.submit import Sent
from isonomy.record.base64_text import to_base64
from tests.cli.conftest import Isonomy, Ran, motion, write_acts
from tests.cli.test_act import ELECTION, meeting_now
from tests.cli.test_appender import appender

ENDING = [{"act": "poll.close", "poll": "po-7"}, {"act": "poll.declare", "poll": "po-7"}]


def act(isonomy: Isonomy, folder: Path, *acts: dict[str, Any], key: Path | None = None) -> Ran:
    words = ["--key", str(key)] if key is not None else []
    return isonomy("act", str(folder), write_acts(folder.parent / "acts.jsonl", *acts), *words)


@pytest.fixture
def held(isonomy: Isonomy, branch: Path) -> Path:
    """A branch with a personal value and a closed box."""
    person = read_key(branch / "founder.key").person
    named = {**ELECTION[0], "name": {"value": "Ben Example", "audience": "members"}}
    acts = [*meeting_now(person, "election-of-committee"), named, *ELECTION[1:], *ENDING]
    assert isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts)).status == 0
    return branch


def test_a_backup_is_restored_and_verified_without_its_signer(isonomy: Isonomy, held: Path) -> None:
    made = isonomy("backup", "branch", "safe/branch.tar", "--json").json
    assert (made["boxes"], made["values"], made["left_out"]) == (["po-7"], 1, [])
    put_back = isonomy("restore", "safe/branch.tar", "again", "--json").json
    assert put_back.pop("folder") == "again"
    assert made.pop("file") == "safe/branch.tar"
    assert put_back == made
    again = held.parent / "again"
    assert not (again / "signer").exists()
    assert isonomy("verify", "again").status == 0
    for verb in (["state"], ["log", "--json"], ["due"]):
        assert isonomy(verb[0], "again", *verb[1:]).out == isonomy(verb[0], "branch", *verb[1:]).out
    assert isonomy("recount", "again", "po-7").status == 0
    assert "Ben Example" in isonomy("state", "again").out
    stored = {path.relative_to(held).as_posix() for path in held.rglob("*.sqlite")}
    assert stored == {path.relative_to(again).as_posix() for path in again.rglob("*.sqlite")}


def test_a_backup_never_holds_a_private_key(isonomy: Isonomy, held: Path) -> None:
    isonomy("backup", "branch", "branch.tar")
    data = (held.parent / "branch.tar").read_bytes()
    key = (held / "signer" / "key").read_bytes().strip()
    for line in key.splitlines():
        assert line not in data
    with tarfile.open(held.parent / "branch.tar") as archive:
        assert not [name for name in archive.getnames() if "signer" in name or "key" in Path(name).stem]
    assert stat.S_IMODE((held.parent / "branch.tar").stat().st_mode) == 0o600


def test_nothing_is_written_to_a_restored_folder_before_its_signer_is_there(isonomy: Isonomy, held: Path) -> None:
    isonomy("backup", "branch", "branch.tar")
    isonomy("restore", "branch.tar", "again")
    key = held / "founder.key"
    refused = act(isonomy, held.parent / "again", motion(), key=key)
    assert refused.status == 1
    assert "the signer is not here" in refused.err
    assert "again/signer" in refused.err
    assert isonomy("appender", "again").status == 1
    assert "the folder can be read and verified" in isonomy("doctor", "again").out
    for audience in ("public", "body"):
        assert "the signer is not here" in isonomy("export", "again", "out", "--for", audience).err
    shutil.copytree(held / "signer", held.parent / "again" / "signer")
    assert act(isonomy, held.parent / "again", motion(), key=key).status == 0
    assert isonomy("verify", "again").status == 0


def test_a_backup_restored_under_a_signer_that_signed_newer_heads_is_never_forked(isonomy: Isonomy, held: Path) -> None:
    """The whole way by the command: an older backup, the newest signer; nothing is signed until the entries are back."""
    key = held / "founder.key"
    isonomy("backup", "branch", "monday.tar")
    assert act(isonomy, held, motion("Tuesday's")).status == 0
    head = (held / "signer" / "head").read_bytes()
    isonomy("backup", "branch", "tuesday.tar")
    isonomy("restore", "monday.tar", "again")
    again = held.parent / "again"
    shutil.copytree(held / "signer", again / "signer")
    for verb in (
        ["act", "again", write_acts(held.parent / "x.jsonl", motion("Another")), "--key", str(key)],
        ["appender", "again"],
    ):
        refused = isonomy(*verb)
        assert refused.status == 1
        assert "were signed: entries are missing" in refused.err
        assert "restore a newer" in refused.err
    assert (again / "signer" / "head").read_bytes() == head
    # The cure that it names: the newer backup, under the same signer.
    isonomy("restore", "tuesday.tar", "newer")
    (again / "signer").rename(held.parent / "newer" / "signer")
    assert act(isonomy, held.parent / "newer", motion("Another"), key=key).status == 0
    assert isonomy("verify", "newer").status == 0


def test_another_history_under_the_same_signer_is_refused_too(isonomy: Isonomy, held: Path) -> None:
    """Put back without the signer's newest head, continued, and then brought together with it: a fork is told."""
    isonomy("backup", "branch", "monday.tar")
    key = held / "founder.key"
    isonomy("restore", "monday.tar", "again")
    again = held.parent / "again"
    shutil.copytree(held / "signer", again / "signer")
    assert act(isonomy, again, motion("One history"), key=key).status == 0
    assert act(isonomy, held, motion("The other")).status == 0
    shutil.copy(held / "signer" / "head", again / "signer" / "head")
    refused = act(isonomy, again, motion("More"), key=key)
    assert refused.status == 1
    assert "forked" in refused.err


def test_the_box_of_an_open_poll_is_left_out_with_words(isonomy: Isonomy, branch: Path) -> None:
    person = read_key(branch / "founder.key").person
    acts = [*meeting_now(person, "election-of-committee"), *ELECTION]
    assert isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts)).status == 0
    made = isonomy("backup", "branch", "branch.tar")
    assert "the box of po-7, which is open" in made.out
    with tarfile.open(branch.parent / "branch.tar") as archive:
        assert not [name for name in archive.getnames() if "po-7" in name]
    assert "cast their ballots again" in isonomy("restore", "branch.tar", "again").out
    again = branch.parent / "again"
    shutil.copytree(branch / "signer", again / "signer")
    ran = isonomy(
        "act", "again", write_acts(branch.parent / "x.jsonl", ELECTION[-1], *ENDING), "--key", "branch/founder.key"
    )
    assert ran.status == 0, ran.out
    assert isonomy("verify", "again").status == 0


def test_backups_beside_a_running_appender_are_each_whole(isonomy: Isonomy, branch: Path) -> None:
    is_over = threading.Event()
    key = read_key(branch / "founder.key")
    client = AppenderClient(branch)

    def work() -> None:
        number = 0
        while not is_over.is_set():
            number += 1
            made = motion() | {
                "id": f"{number:032x}",
                "log": key.log,
                "until": "2025-01-06T10:00:00Z",
                "by": key.person,
            }
            client.submit([Sent(made, key.auth(made))])

    with appender(branch):
        thread = threading.Thread(target=work)
        thread.start()
        sizes = [isonomy("backup", "branch", f"{turn}.tar", "--json").json["entries"] for turn in range(8)]
        is_over.set()
        thread.join()
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]
    for turn in range(8):
        assert isonomy("restore", f"{turn}.tar", f"r{turn}").status == 0
        assert isonomy("verify", f"r{turn}").status == 0


def test_any_changed_byte_of_a_backup_is_found(isonomy: Isonomy, held: Path) -> None:
    isonomy("backup", "branch", "branch.tar")
    whole = (held.parent / "branch.tar").read_bytes()
    with tarfile.open(held.parent / "branch.tar") as archive:
        places = [(member.offset_data, member.size) for member in archive.getmembers()]
    for begins, size in places:
        for place in {begins, begins + size // 2, begins + size - 1}:
            bent = bytearray(whole)
            bent[place] ^= 1
            (held.parent / "bent.tar").write_bytes(bent)
            assert isonomy("restore", "bent.tar", "again").status == 1
            assert not (held.parent / "again").exists()


@pytest.mark.parametrize("part", [0, 1, 511, 512, 3_000, 30_000])
def test_a_backup_that_breaks_off_is_not_restored(isonomy: Isonomy, held: Path, part: int) -> None:
    isonomy("backup", "branch", "branch.tar")
    whole = (held.parent / "branch.tar").read_bytes()
    assert len(whole) > 30_000
    (held.parent / "cut.tar").write_bytes(whole[:part])
    ran = isonomy("restore", "cut.tar", "again")
    assert ran.status == 1
    assert not (held.parent / "again").exists()
    assert [path.name for path in held.parent.iterdir() if path.name.startswith(".")] == []


def test_an_archive_cannot_write_outside_the_new_folder(isonomy: Isonomy, held: Path) -> None:
    isonomy("backup", "branch", "branch.tar")
    (held.parent / "evil").write_text("x")
    for name in ("../evil2", "/tmp/evil3", "signer/key", "boxes/../../evil4"):
        shutil.copy(held.parent / "branch.tar", held.parent / "bent.tar")
        with tarfile.open(held.parent / "bent.tar", "a") as archive:
            archive.add(held.parent / "evil", arcname=name)
        ran = isonomy("restore", "bent.tar", "again")
        assert ran.status == 1
        assert "not listed" in ran.err
        assert not (held.parent / "again").exists()


def test_a_value_that_was_erased_is_in_no_later_backup(isonomy: Isonomy, held: Path) -> None:
    with reading(held) as reader:
        (kept,) = list(reader.stores.values.all())
        named = next(entry for entry in reader.entries() if "name" in entry["act"] and entry["act"]["act"] != "found")
    isonomy("backup", "branch", "before.tar")
    c = to_base64(kept.opening.commitment)
    assert act(isonomy, held, {"act": "erase", "entry": named["n"], "commitment": c, "ground": "by wish"}).status == 0
    isonomy("backup", "branch", "after.tar")
    secrets = (b"Ben Example", kept.opening.salt)
    assert all(secret in (held.parent / "before.tar").read_bytes() for secret in secrets)
    assert not any(secret in (held.parent / "after.tar").read_bytes() for secret in secrets)
    assert isonomy("restore", "after.tar", "again").status == 0
    assert isonomy("verify", "again").status == 0


def test_a_restored_folder_in_which_a_value_was_exchanged_does_not_verify(isonomy: Isonomy, held: Path) -> None:
    isonomy("backup", "branch", "branch.tar")
    isonomy("restore", "branch.tar", "again")
    with sqlite3.connect(held.parent / "again" / "values.sqlite") as connection:
        connection.execute("UPDATE kept SET audience = 'public'")
        connection.execute("UPDATE kept SET value = 'Another'")
    assert isonomy("verify", "again").status == 2


def test_a_backup_replaces_nothing_and_stays_out_of_the_folder(isonomy: Isonomy, branch: Path) -> None:
    (branch.parent / "there.tar").write_text("x")
    assert "something already" in isonomy("backup", "branch", "there.tar").err
    assert "own folder" in isonomy("backup", "branch", "branch/in.tar").err
    isonomy("backup", "branch", "good.tar")
    assert "something already" in isonomy("restore", "good.tar", "branch").err
    os.mkdir(branch.parent / "empty")
    assert isonomy("restore", "good.tar", "empty").status == 0
    assert "not a whole backup" in isonomy("restore", "there.tar", "new").err


def test_the_accounts_of_the_pages_come_along(isonomy: Isonomy, branch: Path) -> None:
    with sqlite3.connect(branch / "site.sqlite") as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE account (name TEXT)")
        connection.execute("INSERT INTO account VALUES ('ada')")
    assert isonomy("backup", "branch", "good.tar", "--json").json["site"] is True
    isonomy("restore", "good.tar", "again")
    with sqlite3.connect(branch.parent / "again" / "site.sqlite") as connection:
        assert connection.execute("SELECT name FROM account").fetchall() == [("ada",)]


def test_a_restored_record_is_what_its_log_signed(isonomy: Isonomy, held: Path) -> None:
    isonomy("backup", "branch", "branch.tar")
    isonomy("restore", "branch.tar", "again")
    with reading(held) as before, reading(held.parent / "again") as after:
        assert after.contradiction is None
        assert (after.size, after.root, after.state.digest()) == (before.size, before.root, before.state.digest())
