"""What a newcomer types works as it is written: targets, pins, and the check before a change is taken."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib

import pytest

from tests.repo.house import CHECKOUT

PROMISED = (
    "setup",
    "demo",
    "demo-1956",
    "demo-debian",
    "test",
    "check",
    "bench",
    "docs",
    "scale",
    "help",
    "lock",
    "clean",
)
MAKEFILE = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
LOCK = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))


def targets() -> dict[str, str]:
    """Every named target with its help line."""
    return dict(re.findall(r"^([a-z0-9-]+):[^=\n]*?(?:## (.*))?$", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("target", PROMISED)
def test_every_promised_target_is_there(target: str) -> None:
    assert target in targets()


def test_every_target_has_a_help_line() -> None:
    assert [target for target, line in targets().items() if not line] == []


def test_every_target_is_declared_phony() -> None:
    declared = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert declared
    assert set(declared.group(1).split()) == set(targets())


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_help_lists_every_target() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.findall(r"^  make ([a-z0-9-]+) ", done.stdout, re.MULTILINE) == list(targets())


def test_the_pins_have_hashes_and_name_no_index() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", LOCK, flags=re.MULTILINE).strip())
    assert entries
    for entry in entries:
        first = entry.splitlines()[0]
        assert re.match(r"[a-z0-9-]+==[^ ;]+( ; .*)? \\$", first), first
        assert "--hash=sha256:" in entry, first
    assert not re.search(r"^\s*(-i|--index-url|--extra-index-url|--find-links|-f)\b|://", LOCK, re.MULTILINE)


def test_everything_the_project_declares_is_pinned() -> None:
    declared = list(PROJECT["project"]["dependencies"])
    declared += PROJECT["dependency-groups"]["dev"]
    for extra, wanted in PROJECT["project"].get("optional-dependencies", {}).items():
        if extra not in {"cluster", "analyst"}:
            declared += wanted
    names = {re.split(r"[<>=\[ ;]", line)[0].lower().replace("_", "-") for line in declared}
    pinned = set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))
    assert names <= pinned


def test_the_check_before_a_change_is_taken_runs_tests_and_guards() -> None:
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in script
    assert re.search(r"^make test$", script, re.MULTILINE)
    assert re.search(r"^make check$", script, re.MULTILINE)
    assert os.access(CHECKOUT / ".ci" / "run", os.X_OK)


def test_the_command_is_declared() -> None:
    assert PROJECT["project"]["scripts"] == {"isonomy": "isonomy.cli.main:main"}
