"""What the machine does to a command: full disk, second writer, killed process; the record stays whole."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from isonomy.adapters.folder import reading, writing
from tests.cli.conftest import Isonomy, motion, write_acts

ISONOMY = (sys.executable, "-m", "isonomy")
SINCE = ("--clock-is-right",)
"""A process of its own sees the machine's clock, long after the association was founded."""


def limited(size: int) -> Callable[[], None]:
    """Makes a process that may write no file beyond so many bytes: what a full disk is to it."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def run(folder: Path, *words: str, size: int | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    return subprocess.run(
        [*ISONOMY, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited(size) if size is not None else None,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def whole(folder: Path) -> int:
    """The number of entries of a folder whose record is what its log signed."""
    with reading(folder) as reader:
        assert reader.contradiction is None
        assert [entry["n"] for entry in reader.entries()] == list(range(reader.size))
        return reader.size


@pytest.mark.parametrize("size", [0, 200, 5_000, 20_000])
def test_a_full_disk_at_the_founding_leaves_nothing_behind(tmp_path: Path, size: int) -> None:
    done = run(tmp_path, "new", "branch", size=size)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_stops_the_acts_with_words_and_what_was_answered_stands(branch: Path, tmp_path: Path) -> None:
    size = (branch / "record.sqlite").stat().st_size + 200_000
    file = write_acts(tmp_path / "acts.jsonl", *(motion("x" * 10_000) for _ in range(3_000)))
    done = run(tmp_path, "act", "branch", *SINCE, file, "--json", size=size)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "not stored" in done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    entered = [answer["entry"] for answer in answers if answer.get("verdict") == "accepted"]
    assert whole(branch) >= len(entered) + 1
    assert run(tmp_path, "act", "branch", *SINCE, write_acts(tmp_path / "acts.jsonl", motion())).returncode == 0


def test_a_full_disk_leaves_no_half_export(branch: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    done = run(tmp_path, "export", "branch", "public", size=1_000)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def bound() -> list[str]:
    """What a command is begun with so that it may not write where its user may not; a superuser may anywhere."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("a superuser may write anywhere, and setpriv is not here to say otherwise")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"]


def run_bound(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, with no more rights than the owner of a file has."""
    return subprocess.run([*bound(), *ISONOMY, *words], cwd=folder, capture_output=True, text=True, check=False)


def test_a_folder_that_may_not_be_written_takes_no_acts_and_can_be_looked_at(branch: Path, tmp_path: Path) -> None:
    write_acts(tmp_path / "acts.jsonl", motion())
    for path in (branch, *branch.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    done = run_bound(tmp_path, "act", "branch", "acts.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert "may not be written" in done.stderr
    for words in (["state", "branch"], ["log", "branch"], ["export", "branch", "public"], ["verify", "public"]):
        done = run_bound(tmp_path, *words)
        assert (done.returncode, done.stderr) == (0, ""), words


def test_where_nothing_may_be_written_nothing_is_founded_or_exported(branch: Path, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    for words in (["new", "shut/branch"], ["export", "branch", "shut/public"], ["key", "branch", "shut/ben.key"]):
        done = run_bound(tmp_path, *words)
        assert (done.returncode, done.stdout) == (1, ""), words
        assert "may not be written" in done.stderr
        assert len(done.stderr.splitlines()) == 2
    assert list((tmp_path / "shut").iterdir()) == []


def test_a_second_writer_is_turned_away_with_the_first_ones_number(isonomy: Isonomy, branch: Path) -> None:
    file = write_acts(branch.parent / "acts.jsonl", motion())
    with writing(branch):
        ran = isonomy("act", "branch", file)
        assert ran.status == 1
        assert f"process {os.getpid()} is writing" in ran.err
        assert isonomy("act", "branch", file, "--dry-run").status == 0
    assert whole(branch) == 1
    assert isonomy("act", "branch", file).status == 0


def test_of_two_commands_at_once_each_act_is_entered_once_or_told_not_to_be(branch: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_acts(tmp_path / f"{name}.jsonl", *(motion(f"{name} {number}") for number in range(50)))
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": tmp_path}
    both = [subprocess.Popen([*ISONOMY, "act", "branch", *SINCE, f"{name}.jsonl"], **pipes) for name in ("a", "b")]
    statuses = []
    for process in both:
        _, err = process.communicate()
        statuses.append(process.returncode)
        assert b"Traceback" not in err
        assert process.returncode == 0 or b"is writing to this organisation" in err
    assert whole(branch) == 1 + 50 * statuses.count(0)


def test_a_killed_command_loses_no_answered_act(branch: Path, tmp_path: Path) -> None:
    file = write_acts(tmp_path / "acts.jsonl", *(motion(str(number)) for number in range(20_000)))
    process = subprocess.Popen(
        [*ISONOMY, "act", "branch", *SINCE, file, "--json"], cwd=tmp_path, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    answered = [json.loads(process.stdout.readline())["entry"] for _ in range(1_500)]
    process.kill()
    # Read through the same buffer: what it took in ahead is not in the pipe any more.
    rest = process.stdout.read()
    process.stdout.close()
    process.wait()
    answered += [json.loads(line)["entry"] for line in rest.splitlines(keepends=True) if line.endswith(b"}\n")]
    assert whole(branch) > max(answered)
    assert run(tmp_path, "act", "branch", *SINCE, write_acts(tmp_path / "acts.jsonl", motion())).returncode == 0


def test_an_interrupted_command_says_so_in_one_line_and_the_record_is_whole(branch: Path, tmp_path: Path) -> None:
    file = write_acts(tmp_path / "acts.jsonl", *(motion(str(number)) for number in range(20_000)))
    process = subprocess.Popen(
        [*ISONOMY, "act", "branch", *SINCE, file], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert b"Traceback" not in err
    assert process.returncode in (0, 130)
    assert whole(branch) > 1


def test_acts_can_be_piped_in_line_by_line(branch: Path, tmp_path: Path) -> None:
    lines = "".join(json.dumps(motion(str(number))) + "\n" for number in range(3))
    done = subprocess.run(
        [*ISONOMY, "act", "branch", *SINCE, "-"], cwd=tmp_path, input=lines, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "3 accepted, 0 refused"


@pytest.mark.scale
def test_seventy_thousand_acts_from_one_file(branch: Path, tmp_path: Path) -> None:
    file = write_acts(tmp_path / "acts.jsonl", *(motion(str(number)) for number in range(70_000)))
    begun = time.perf_counter()
    done = run(tmp_path, "act", "branch", *SINCE, file)
    print(f"70,000 acts in {time.perf_counter() - begun:.1f} s")
    assert done.stdout.splitlines()[-1] == "70000 accepted, 0 refused"
    assert whole(branch) == 70_001
