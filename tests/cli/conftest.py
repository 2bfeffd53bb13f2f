"""The command run in this process, and an association founded in an empty folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from isonomy.adapters.system import SystemClock
from isonomy.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Each line of standard output as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        (only,) = self.lines
        return only


Isonomy = Callable[..., Ran]

NOW = "2025-01-06T09:00:00Z"
"""The instant at which every command run in this process believes to be; a Monday without any occasion."""


@contextmanager
def clock_stopped() -> Iterator[None]:
    """The machine's clock, as this process sees it, stands at `NOW`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SystemClock, "now", lambda self: NOW)
        yield


@pytest.fixture
def isonomy(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Isonomy:
    """Runs the command in an empty folder; whatever happens there is no traceback and the status is 0, 1 or 2."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(SystemClock, "now", lambda self: NOW)

    def run(*words: str) -> Ran:
        capsys.readouterr()
        status = main(list(words))
        shown = capsys.readouterr()
        assert status in (0, 1, 2)
        assert (status == 1) == bool(shown.err), shown.err
        return Ran(status, shown.out, shown.err)

    return run


@pytest.fixture(scope="session")
def branch_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An association with one founder, made once; tests get a copy (`branch`)."""
    folder = tmp_path_factory.mktemp("founded") / "branch"
    with clock_stopped():
        assert main(["new", str(folder), "--name", "Riverside Rowing Club"]) == 0
    return folder


@pytest.fixture
def branch(isonomy: Isonomy, branch_once: Path, tmp_path: Path) -> Path:
    """The folder of an association with one founder, who is chair, secretary and on the committee."""
    shutil.copytree(branch_once, tmp_path / "branch")
    return tmp_path / "branch"


def write_acts(path: Path, *acts: dict[str, Any]) -> str:
    """A file of acts, one a line; its name."""
    path.write_text("".join(json.dumps(act) + "\n" for act in acts), encoding="utf-8")
    return str(path)


DEMAND = {"act": "meeting.demand", "body": "members-meeting", "matters": ["outings"]}
"""An act that the only member of an association may do at any time, as often as one likes."""


def motion(text: str = "An outing in June") -> dict[str, Any]:
    """A motion that any member may move at any time."""
    return {"act": "motion.move", "body": "members-meeting", "matter": "outings", "text": text}
