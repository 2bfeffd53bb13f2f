"""A writer that is killed at any moment has lost nothing it answered, and signs no second history.

A few rounds in every run; hundreds under the marker `scale`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from isonomy.adapters.folder import reading, stores_of
from isonomy.record.base64_text import to_base64
from isonomy.record.checkpoint import Checkpoint
from isonomy.record.tree import Tree, leaf_hash
from tests.chamber.house import House
from tests.repo.house import CHECKOUT


class Watched:
    """What was promised so far: answers by act, receipts, and every head that was seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries: dict[str, int] = {}
        self.receipts: set[str] = set()
        self.heads: list[Checkpoint] = []

    def kill_after(self, seconds: float, number: int, group: int) -> int:
        """Lets a writer work, kills it, and notes what it had answered; says how many answers there were."""
        command = [sys.executable, "-m", "tests.adapters.busy_writer", str(self.folder), f"{number:03}", str(group)]
        process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        # Read through the same buffer: what it took in with the first line is not in the pipe any more.
        assert process.stderr is not None
        rest, faults = process.stdout.read(), process.stderr.read()
        process.wait()
        process.stdout.close()
        process.stderr.close()
        assert process.returncode == -signal.SIGKILL, faults
        answers = [line.split() for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
        for act, kind, what in answers:
            if kind == "entry":
                self.entries[act] = int(what)
            else:
                self.receipts.add(what)
        return len(answers)

    def look(self) -> None:
        """Opens what the dead writer left, as the next writer would, and holds it against all that was promised."""
        house = House(None)
        house.path = self.folder
        house.org._drawn = 1_000 * (1 + len(self.heads))
        house.org.clock.move(minutes=1 + len(self.heads))
        with reading(self.folder) as reader:
            assert reader.contradiction is None
        state = house.appender.state
        stored = house.entry_bytes()
        for act, n in self.entries.items():
            assert json.loads(stored[n])["act"]["id"] == act, "an answered act is lost"
        assert house.replayed().digest() == state.digest()
        self._hold_boxes(house)
        self._hold_heads(stored)
        house.shut()

    def _hold_boxes(self, house: House) -> None:
        stores = house._stores
        assert stores is not None
        found: set[str] = set()
        for poll in house.appender.state.polls.values():
            assert stores.boxes.is_closed(poll.id) == (poll.standing != "open")
            if poll.standing == "open":
                continue
            found.update(to_base64(ballot.commitment()) for ballot in stores.boxes.ballots(poll.id))
            size = stores.boxes.measure(poll.id)
            assert (to_base64(size.root), size.ballots, size.marked) == (poll.box_root, poll.box_size, poll.marked)
        opened = [poll.id for poll in house.appender.state.polls.values() if poll.standing == "open"]
        for poll_id in opened:
            size = stores.boxes.measure(poll_id)
            assert size.ballots == size.marked
            house.must("poll.close", by="ada", **house.close_fields(poll_id))
            found.update(to_base64(ballot.commitment()) for ballot in stores.boxes.ballots(poll_id))
        assert self.receipts <= found, "an answered ballot is lost"

    def _hold_heads(self, stored: list[bytes]) -> None:
        stores = stores_of(self.folder, writing=False)
        last = stores.signer.last()
        stores.close()
        assert last is not None
        self.heads.append(last)
        tree = Tree()
        roots = {0: tree.root()}
        with reading(self.folder) as reader:
            for data in reader.stores.record.read():
                tree.append(leaf_hash(data))
                roots[tree.size] = tree.root()
        for head in self.heads:
            assert roots[head.size] == head.root, "the log signed two histories"


def rounds(tmp_path: Path, number: int, seed: int) -> None:
    chance = random.Random(seed)
    house = House(tmp_path / "club").found()
    house.shut()
    watched = Watched(tmp_path / "club")
    answers = 0
    for turn in range(1, number + 1):
        group = chance.choice([1, 3, 8, 50])
        answers += watched.kill_after(chance.uniform(0.0, 0.25), turn, group)
        watched.look()
    assert answers >= number
    assert watched.entries


def test_a_killed_writer_loses_nothing_it_answered_and_leaves_no_fork(tmp_path: Path) -> None:
    rounds(tmp_path, 4, seed=int(os.environ.get("ISONOMY_SEED", "1")))


@pytest.mark.scale
@pytest.mark.parametrize("seed", range(10))
def test_a_writer_killed_hundreds_of_times_loses_nothing(tmp_path: Path, seed: int) -> None:
    rounds(tmp_path, 40, seed)
