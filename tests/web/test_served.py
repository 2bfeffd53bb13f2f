"""The pages go on when their processes are killed."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from isonomy.cli import serve
from isonomy.cli.serve import YOUNG_MAX, Restarts
from tests.chamber.house import House
from tests.web.served import Served


def _answers(served: Served) -> bool:
    try:
        with urlopen(f"{served.address}/", timeout=20) as answer:
            return bool(answer.status == 200)
    except HTTPError:
        raise
    except OSError:
        return False


def test_pages_whose_processes_are_killed_again_and_again_answer_all_along(tmp_path: Path) -> None:
    """One of two is killed six times within seconds; whoever asks again is answered, and the one beside it serves on."""
    House(tmp_path / "club").found().shut()
    with Served(tmp_path / "club", workers=2) as served:
        served.wait_until_answered()
        waits = []
        for _ in range(6):
            time.sleep(serve.YOUNG_SECONDS)
            served.kill("worker")
            began = time.monotonic()
            while not _answers(served):
                time.sleep(0.05)
            waits.append(time.monotonic() - began)
            while len(served.parts()["worker"]) < 2:
                time.sleep(0.05)
    assert not any("started again" in line for line in served.said), served.said
    assert max(waits) < 10, waits


def test_processes_that_die_as_they_start_end_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker killed after a second of work is no reason to end; several in a row that died at once are."""
    now = 1_000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    starts = Restarts()
    for _ in range(10):
        starts.clear()
        starts[0] = now
        now += serve.YOUNG_SECONDS
        assert starts.get(0, 0) == 0
    for turn in range(YOUNG_MAX):
        starts[0] = now
        assert (starts.get(0, 0) == now) is (turn == YOUNG_MAX - 1)


def test_nothing_of_a_server_goes_on_when_it_is_killed(tmp_path: Path) -> None:
    """Its pages and its appender end with it; the port and the folder are free for the next one."""
    folder = tmp_path / "club"
    House(folder).found().shut()
    with Served(folder) as served:
        served.wait_until_answered()
        assert _answers(served)
        served.kill("server")
    with Served(folder, port=served.port) as again:
        again.wait_until_answered()
        assert _answers(again)
