"""The pure rooms stay pure: no float, clock, chance or door to the world; NumPy only where it may be."""

from __future__ import annotations

import ast
import fnmatch
from collections.abc import Callable

import pytest

from tests.repo.house import BELOW_THE_CHAMBER, PURE_ROOMS, SOURCE, modules, name_of, tree_of
from tests.repo.purity import Found, clocks_and_chance, doors, floats, imports_of

NUMPY_MODULES = ("counting/arrays*.py", "audit/arrays*.py")


def everything_found(search: Callable[[ast.Module], Found], *rooms: str) -> list[str]:
    return [f"{name_of(path)}:{line}: {what}" for path in modules(*rooms) for line, what in search(tree_of(path))]


def test_no_float_in_the_pure_rooms() -> None:
    assert everything_found(floats, *PURE_ROOMS) == []


def test_nothing_below_the_chamber_asks_the_time_or_draws_at_random() -> None:
    assert everything_found(clocks_and_chance, *BELOW_THE_CHAMBER) == []


def test_nothing_below_the_chamber_opens_prints_or_runs() -> None:
    assert everything_found(doors, *BELOW_THE_CHAMBER) == []


def test_numpy_is_imported_only_inside_functions_of_the_array_modules() -> None:
    wrong = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        at_home = any(fnmatch.fnmatch(name, pattern) for pattern in NUMPY_MODULES)
        wrong += [
            f"{name_of(path)}:{line}" for line, inside in imports_of(tree_of(path), "numpy") if not (at_home and inside)
        ]
    assert wrong == []


@pytest.mark.parametrize(
    ("search", "code"),
    [
        (floats, "share = 0.5"),
        (floats, "share = float('1')"),
        (floats, "import math\nroot = math.sqrt(9)"),
        (clocks_and_chance, "from datetime import datetime\nnow = datetime.now()"),
        (clocks_and_chance, "import random\nlot = random.choice([1, 2])"),
        (clocks_and_chance, "from secrets import token_bytes"),
        (doors, "text = open('rules.md').read()"),
        (doors, "print('done')"),
        (doors, "path.write_text('x')"),
    ],
)
def test_the_guards_see_what_they_guard_against(search: Callable[[ast.Module], Found], code: str) -> None:
    assert search(ast.parse(code))


def test_a_numpy_import_is_told_inside_from_outside() -> None:
    assert imports_of(ast.parse("import numpy as np"), "numpy") == [(1, False)]
    assert imports_of(ast.parse("def f():\n    from numpy import array"), "numpy") == [(2, True)]
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy"
    assert imports_of(ast.parse(typed), "numpy") == []
