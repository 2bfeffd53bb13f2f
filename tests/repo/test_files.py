"""The house is kept: files are short, named after what they hold, and speak of the project alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.repo.house import CHECKOUT, files, name_of, text_of, tree_of

LINES_MAX = 450
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}

# Written as patterns with escapes, so that this file does not hold what it forbids.
FOREIGN = {
    "a path of somebody's machine": r"(?<![\w.$}~/-])/(?:root|home|Users|work|workspace)/\w",
    "a host of a package index": r"\b(?:pypi|test\.pypi|pythonhosted|npmjs|crates)\.(?:org|io|com)\b",
    "a number of a task list": r"(?i)\bissues? #?\d+\b",
    "a folder beside the checkout": r"\.\./shared\b|\bshared/(?:design|sources|data|hooks)\b",
    "something left undone": r"\b(?:TO[D]O|FIX[M]E|XX[X])\b",
}


def kept(path: str) -> bool:
    """Whether a file is written by hand: locks, licences and data are not."""
    return path not in {"LICENSE", "requirements.lock"}


def is_edition(path: Path) -> bool:
    """Whether a file is an edition of a rulebook: as long as its law is, and never in two parts."""
    return name_of(path).startswith("rulebooks/") and path.parent.name != "trials"


@pytest.mark.parametrize("suffix", [".py", ".md", ".sh", ".toml"])
def test_no_file_is_longer_than_a_room(suffix: str) -> None:
    long = {}
    for path in files(suffix):
        text = text_of(path)
        assert text is not None, f"{name_of(path)} is not UTF-8"
        count = text.count("\n")
        if count > LINES_MAX and not is_edition(path):
            long[name_of(path)] = count
    assert long == {}


def test_no_file_name_says_nothing() -> None:
    assert [name_of(path) for path in files(".py") if path.stem in NAMES_THAT_SAY_NOTHING] == []


def is_generated(path: Path) -> bool:
    """Whether the framework writes a file: the steps by which the site's own tables change."""
    return "migrations" in path.parts


def test_every_module_says_what_lives_in_it() -> None:
    silent = [name_of(path) for path in files(".py") if not is_generated(path) and not ast.get_docstring(tree_of(path))]
    assert silent == []


def test_every_public_function_of_the_program_says_what_it_is() -> None:
    silent = []
    for path in files(".py"):
        if not name_of(path).startswith("src/") or is_generated(path):
            continue
        for node in tree_of(path).body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{name_of(path)}:{node.lineno} {node.name}")
    assert silent == []


def test_no_broad_except() -> None:
    broad = []
    for path in files(".py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler):
                named = node.type
                if named is None or (isinstance(named, ast.Name) and named.id in {"Exception", "BaseException"}):
                    broad.append(f"{name_of(path)}:{node.lineno}")
    assert broad == []


@pytest.mark.parametrize("what", FOREIGN)
def test_the_project_speaks_of_itself_alone(what: str) -> None:
    pattern = re.compile(FOREIGN[what])
    found = []
    for path in files():
        name = name_of(path)
        text = text_of(path) if kept(name) else None
        for number, line in enumerate((text or "").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name}:{number}: {line.strip()[:90]}")
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of somebody's machine", "see /" + "home/ann/checkout"),
        ("a host of a package index", "from https://files.pythonhosted" + ".org/x"),
        ("a number of a task list", "left for issue" + " 5"),
        ("a folder beside the checkout", "read .." + "/shared/x"),
        ("something left undone", "# TO" + "DO: later"),
    ],
)
def test_the_guard_sees_what_it_guards_against(what: str, line: str) -> None:
    assert re.search(FOREIGN[what], line)


def test_the_licence_is_apache_two() -> None:
    text = (CHECKOUT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
