"""An appender killed at any moment, with several clients at work: what they were answered stands, once, in one history.

A few kills in every run; a thousand under the marker `scale`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from isonomy.adapters.folder import reading, stores_of
from isonomy.record.base64_text import to_base64
from isonomy.record.checkpoint import Checkpoint
from isonomy.record.tree import Tree, leaf_hash
from tests.adapters.appenders import NOW
from tests.chamber.house import House
from tests.repo.house import CHECKOUT

CLIENTS, VOTERS = 3, 120


def club_with_a_poll(folder: Path) -> str:
    """Founds a club of many voters in a folder and opens a secret poll; its id."""
    house = House(folder, members=[f"voter{n}" for n in range(VOTERS)]).found()
    poll = house.open_poll()
    house.shut()
    return poll


class Trial:
    """One folder, its clients, and every head that the signer was seen to have signed."""

    def __init__(self, folder: Path, poll: str, seed: int) -> None:
        self.folder, self.poll, self.random = folder, poll, random.Random(seed)
        self.signed: list[Checkpoint] = []
        self.answers: list[list[str]] = []

    @contextmanager
    def clients(self) -> Iterator[None]:
        """Several clients at work, who are told to end afterwards and then have an answer for everything."""
        share = VOTERS // CLIENTS
        command = [sys.executable, "-m", "tests.adapters.busy_client", str(self.folder)]
        running = []
        for number in range(CLIENTS):
            words = [f"c{number}", self.poll, str(number * share), str((number + 1) * share)]
            running.append(
                subprocess.Popen([*command, *words], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )  # fmt: skip
        yield
        last = self.appender()
        said = [process.communicate(timeout=300)[0] for process in running]
        last.send_signal(signal.SIGTERM)
        assert last.wait(timeout=60) == 0
        assert [process.returncode for process in running] == [0] * CLIENTS
        self.answers = [line.split() for text in said for line in text.splitlines()]

    def appender(self) -> subprocess.Popen[bytes]:
        """An appender of its own process; it may not be listening yet."""
        command = [sys.executable, "-m", "tests.adapters.command_at", NOW, "appender", str(self.folder)]
        return subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        """Lets an appender work for a moment, kills it, and notes the head that is signed then."""
        process = self.appender()
        if self.random.random() < 0.85:
            self._until_it_listens(process)
        time.sleep(self.random.uniform(0.0, 0.3))
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        stores = stores_of(self.folder, writing=False)
        last = stores.signer.last()
        stores.close()
        assert last is not None
        self.signed.append(last)

    def _until_it_listens(self, process: subprocess.Popen[bytes]) -> None:
        # A socket of the one before may lie there still: it is the lock's holder that counts.
        lock, way_in = self.folder / "writer.lock", self.folder / "appender.sock"
        while lock.read_text().strip() != str(process.pid) or not way_in.exists():
            assert process.poll() is None
            time.sleep(0.005)

    def look(self) -> int:
        """Holds what is left against all that was answered; says how many answers there were."""
        with reading(self.folder) as reader:
            assert reader.contradiction is None
            stored = list(reader.stores.record.read())
        ids = Counter(json.loads(data)["act"]["id"] for data in stored)
        assert max(ids.values()) == 1, "an act was entered twice"
        receipts = set()
        tree = Tree()
        roots = {0: tree.root()}
        for data in stored:
            tree.append(leaf_hash(data))
            roots[tree.size] = tree.root()
        for id, what, said in self.answers:
            if id == "head":
                assert to_base64(roots[int(what)]) == said, "the appender told of another history"
            elif what == "entry":
                assert json.loads(stored[int(said)])["act"]["id"] == id, "an answered act is lost"
            else:
                receipts.add(said)
        for head in self.signed:
            assert roots[head.size] == head.root, "the log signed two histories"
        self._hold_box(receipts)
        return len(self.answers)

    def _hold_box(self, receipts: set[str]) -> None:
        """Every receipt is in the box, each ballot has its mark, and nobody voted twice."""
        house = House(None)
        house.path = self.folder
        house.org._drawn = 100_000
        house.org.clock.set(NOW)
        assert house.replayed().digest() == house.appender.state.digest()
        assert house._stores is not None
        house.close(self.poll)
        boxes = house._stores.boxes
        found = [to_base64(ballot.commitment()) for ballot in boxes.ballots(self.poll)]
        assert receipts <= set(found), "an answered ballot is lost"
        assert len(found) == len(set(found)) == len(boxes.marked(self.poll) or [])
        house.shut()


def kill_many(tmp_path: Path, kills: int, seed: int) -> None:
    folder = tmp_path / "club"
    trial = Trial(folder, club_with_a_poll(folder), seed)
    with trial.clients():
        for _ in range(kills):
            trial.kill()
    assert trial.look() > CLIENTS


def test_an_appender_killed_under_load_loses_and_doubles_nothing(tmp_path: Path) -> None:
    kill_many(tmp_path, 4, seed=int(os.environ.get("ISONOMY_SEED", "1")))


@pytest.mark.scale
@pytest.mark.parametrize("seed", range(10))
def test_an_appender_killed_a_thousand_times_loses_and_doubles_nothing(tmp_path: Path, seed: int) -> None:
    kill_many(tmp_path, 100, seed)
