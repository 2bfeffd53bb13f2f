"""A supervised appender is started again when it dies, and does not outlive its supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.appender_supervisor import SupervisedAppender
from isonomy.adapters.folder import writing
from isonomy.adapters.local_socket import NAME
from isonomy.adapters.writer_lock import WriterLock
from isonomy.chamber.ports import StoreFault
from tests.chamber.house import House
from tests.repo.house import CHECKOUT


@pytest.fixture
def club(tmp_path: Path) -> Path:
    House(tmp_path / "club").found().shut()
    return tmp_path / "club"


def wait_until_free(folder: Path) -> None:
    """Comes back when nobody writes to a folder any more."""
    for _ in range(400):
        try:
            WriterLock(folder).release()
        except StoreFault:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the appender goes on")


def test_a_killed_appender_is_started_again_and_the_log_says_so(club: Path) -> None:
    said: list[str] = []
    client = AppenderClient(club)
    with SupervisedAppender(club, said.append) as supervised:
        seen = {client.head().process}
        for _ in range(3):
            assert supervised.process is not None
            os.kill(supervised.process, signal.SIGKILL)
            while client.head().process in seen:
                time.sleep(0.02)
            seen.add(client.head().process)
        assert supervised.restarts >= 3
    assert sum("killed by signal 9" in line for line in said) >= 3
    assert "ended" in said[-1]
    assert not (club / NAME).exists()
    with writing(club):
        pass


def _pauses_of_three_kills(club: Path, lived: float) -> list[str]:
    """After which pause an appender was started again that was killed three times, having lived so many seconds."""
    said: list[str] = []
    with SupervisedAppender(club, said.append) as supervised:
        client = AppenderClient(club)
        for turn in range(3):
            process = client.head().process
            time.sleep(lived)
            os.kill(process, signal.SIGKILL)
            while supervised.restarts == turn:
                time.sleep(0.02)
    return [line.rpartition(" in ")[2] for line in said if "is started again in" in line]


def test_an_appender_that_had_been_at_work_is_back_at_once_however_often_it_is_killed(
    club: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("isonomy.adapters.appender_supervisor._STEADY_SECONDS", 0.2)
    assert _pauses_of_three_kills(club, 0.3) == ["0.1 s"] * 3


def test_an_appender_that_dies_as_it_starts_is_started_after_longer_and_longer_pauses(
    club: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("isonomy.adapters.appender_supervisor._STEADY_SECONDS", 1_000.0)
    assert _pauses_of_three_kills(club, 0.0) == ["0.1 s", "0.2 s", "0.4 s"]


def test_an_appender_that_cannot_start_says_why(club: Path) -> None:
    with writing(club):
        supervised = SupervisedAppender(club, lambda line: None)
        with pytest.raises(StoreFault) as caught:
            supervised.start()
    assert f"process {os.getpid()} is writing" in caught.value.what
    assert supervised.process is None
    supervised.start()
    supervised.stop()
    supervised.stop()


def test_an_appender_that_somebody_else_started_is_not_taken_for_ones_own(club: Path) -> None:
    with SupervisedAppender(club, lambda line: None):
        second = SupervisedAppender(club, lambda line: None)
        with pytest.raises(StoreFault):
            second.start()


def test_no_appender_outlives_a_supervisor_that_is_killed(club: Path) -> None:
    command = [sys.executable, "-m", "tests.adapters.supervised", str(club)]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    appender = int(process.stdout.readline())
    os.kill(appender, 0)
    process.kill()
    process.communicate()
    wait_until_free(club)


def test_stopping_ends_an_appender_that_is_just_being_started(club: Path) -> None:
    supervised = SupervisedAppender(club, lambda line: None)
    supervised.start()
    assert supervised.process is not None
    os.kill(supervised.process, signal.SIGKILL)
    supervised.stop()
    wait_until_free(club)
    assert supervised.process is None
