"""Commands beside a running appender send their acts to it; without one they are the writer themselves."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from isonomy.adapters.appender_server import AppenderServer
from isonomy.adapters.folder import writing
from isonomy.adapters.key_files import read_key
from isonomy.adapters.system import SystemClock
from tests.cli.conftest import Isonomy, motion, write_acts
from tests.cli.test_act import ELECTION, meeting_now

SPEND = {"act": "decision.take", "as": "chair", "matter": "spending", "amount": 250, "text": "Four oars"}
"""More than the chair may spend: refused."""


@contextmanager
def appender(folder: Path) -> Iterator[AppenderServer]:
    """The folder's appender, in a thread of this process."""
    with writing(folder) as writer:
        server = AppenderServer(folder, writer, SystemClock(), lambda line: None)
        thread = threading.Thread(target=server.serve)
        thread.start()
        try:
            yield server
        finally:
            server.stop()
            thread.join()


def test_acts_are_sent_to_a_running_appender(isonomy: Isonomy, branch: Path) -> None:
    file = write_acts(branch.parent / "acts.jsonl", motion("One"), SPEND, motion("Two"))
    with appender(branch) as server:
        before = server.head.size
        ran = isonomy("act", "branch", file, "--json")
        assert [line["verdict"] for line in ran.lines] == ["accepted", "refused", "accepted"]
        assert [line["entry"] for line in (ran.lines[0], ran.lines[2])] == [before, before + 1]
    assert isonomy("verify", "branch").status == 0


def test_what_is_printed_is_the_same_with_and_without_an_appender(isonomy: Isonomy, branch: Path) -> None:
    acts = [motion() | {"id": f"{n:032x}", "until": "2025-01-06T10:00:00Z"} for n in range(3)]
    file = write_acts(branch.parent / "acts.jsonl", *acts, {"act": "member.leave", "person": "nobody"}, {"x": 1.5})
    first = isonomy("act", "branch", file, "--dry-run")
    with appender(branch):
        sent = isonomy("act", "branch", file)
    assert sent.status == first.status
    assert sent.err == first.err
    alone = isonomy("act", "branch", file)
    with appender(branch):
        again = isonomy("act", "branch", file)
    assert (again.out, again.err) == (alone.out, alone.err)


def test_a_secret_poll_in_one_file_is_filled_in_beside_a_running_appender(isonomy: Isonomy, branch: Path) -> None:
    """The nonce, the close and the count of a poll follow from the lines before them in the same file."""
    person = read_key(branch / "founder.key").person
    ending = [{"act": "poll.close", "poll": "po-7"}, {"act": "poll.declare", "poll": "po-7"}]
    acts = [*meeting_now(person, "election-of-committee"), *ELECTION, *ending]
    with appender(branch):
        ran = isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", *acts), "--json")
    assert ran.status == 0
    assert [line["verdict"] for line in ran.lines] == ["accepted"] * len(acts)
    assert ran.lines[-3]["boxed"] is True
    assert ran.lines[-3]["nonce"]
    declared = isonomy("log", "branch", "--json").lines[-1]
    assert declared["act"]["tallies"] == {"ballots": 1, "totals": {"1": 1, "2": 0}}
    assert isonomy("verify", "branch").status == 0


def test_members_are_imported_through_a_running_appender(isonomy: Isonomy, branch: Path) -> None:
    (branch.parent / "members.csv").write_text("name\nBen\nCy\nDot\n", encoding="utf-8")
    with appender(branch):
        assert isonomy("import", "members", "branch", "members.csv").status == 0
    assert isonomy("state", "branch", "--json").json["members"]["count"] == 4


def test_an_appender_beside_another_writer_is_turned_away(isonomy: Isonomy, branch: Path) -> None:
    with writing(branch):
        ran = isonomy("appender", "branch")
    assert ran.status == 1
    assert f"process {os.getpid()}" in ran.err


def test_a_folder_without_an_organisation_has_no_appender(isonomy: Isonomy, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert isonomy("appender", "empty").status == 1


@pytest.mark.parametrize("left", [b"", b"x"])
def test_a_dead_appenders_socket_does_not_hinder_a_command(isonomy: Isonomy, branch: Path, left: bytes) -> None:
    (branch / "appender.sock").write_bytes(left)
    assert isonomy("act", "branch", write_acts(branch.parent / "acts.jsonl", motion())).status == 0
