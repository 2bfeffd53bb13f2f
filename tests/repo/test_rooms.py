"""Doors open downwards only, and opening a pure room loads nothing heavy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.repo.house import CHECKOUT, SOURCE

HEAVY = ("numpy", "django", "sqlite3", "psycopg", "rich", "markdown_it")
LINTER = Path(sys.executable).with_name("lint-imports")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts over the package in `folder`/src."""
    return subprocess.run(
        [str(LINTER), "--no-logo", "--no-cache", "--config", str(CHECKOUT / "pyproject.toml")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def modules_loaded_by(*statements: str) -> set[str]:
    """The top packages that a fresh interpreter has loaded after these statements."""
    code = "\n".join([*statements, "import json, sys", "print(json.dumps(sorted(sys.modules)))"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def every_module_of(room: str) -> list[str]:
    """Statements that import the room and all its modules."""
    return [
        "import importlib, pkgutil",
        f"import isonomy.{room} as room",
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):",
        "    importlib.import_module(found.name)",
    ]


def test_the_contracts_hold() -> None:
    done = lint_imports(CHECKOUT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("kernel/ids.py", "from isonomy.engine import proceedings", "Doors open downwards only"),
        ("counting/__init__.py", "import isonomy.record", "Doors open downwards only"),
        ("engine/__init__.py", "import sqlite3", "Nothing below the chamber reads the world"),
        ("engine/__init__.py", "import cryptography", "The rules are judged without any binary package"),
        ("record/__init__.py", "import numpy", "The record needs cryptography and nothing else"),
    ],
)
def test_a_door_that_opens_upwards_is_seen(tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copytree(SOURCE, tmp_path / "src" / "isonomy", ignore=shutil.ignore_patterns("__pycache__"))
    wrong = tmp_path / "src" / "isonomy" / module
    wrong.write_text(wrong.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode != 0
    assert any(contract in row and "BROKEN" in row for row in done.stdout.splitlines()), done.stdout


def test_a_room_that_is_not_declared_is_seen(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "src" / "isonomy", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "src" / "isonomy" / "cellar").mkdir()
    (tmp_path / "src" / "isonomy" / "cellar" / "__init__.py").write_text('"""A cellar."""\n', encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode != 0
    assert "cellar" in done.stdout


def test_the_rooms_contract_is_exhaustive() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}
    assert contracts["rooms"]["exhaustive"] is True
    assert "exhaustive_ignores" not in contracts["rooms"]


@pytest.mark.parametrize("room", ["record", "engine", "kernel", "counting"])
def test_opening_a_pure_room_loads_nothing_heavy(room: str) -> None:
    loaded = modules_loaded_by(*every_module_of(room))
    assert loaded.isdisjoint(HEAVY), loaded.intersection(HEAVY)


@pytest.mark.parametrize("room", ["engine", "kernel", "counting", "rulebook"])
def test_judging_and_counting_load_no_cryptography(room: str) -> None:
    assert "cryptography" not in modules_loaded_by(*every_module_of(room))


def test_importing_the_package_loads_no_room() -> None:
    code = "import sys, isonomy; print([name for name in sys.modules if name.startswith('isonomy.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
