"""What the guards of the house look at: the files that belong to the project, and no one else's.

Lives here: finding and parsing them. Not here: any rule.
"""

from __future__ import annotations

import ast
import functools
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "isonomy"
FOLDERS = ("src", "tests", "demo", "bench", "docs", "rulebooks", "conformance", ".ci", ".github")
NOT_OURS = {"__pycache__", ".hypothesis"}
PURE_ROOMS = ("kernel", "rulebook", "record", "counting", "engine")
BELOW_THE_CHAMBER = (*PURE_ROOMS, "checker", "audit", "documents")


def files(*suffixes: str) -> list[Path]:
    """Every file of the project with one of these suffixes (all when none is given), in order."""
    found = [path for path in CHECKOUT.iterdir() if path.is_file() and path.name != ".git"]
    for folder in FOLDERS:
        found.extend(
            path for path in (CHECKOUT / folder).rglob("*") if path.is_file() and not NOT_OURS.intersection(path.parts)
        )
    return sorted(path for path in found if not suffixes or path.suffix in suffixes)


def modules(*rooms: str) -> list[Path]:
    """Every module of these rooms that exist."""
    return sorted(path for room in rooms for path in (SOURCE / room).rglob("*.py"))


def name_of(path: Path) -> str:
    """The path as the project knows it, for messages."""
    return path.relative_to(CHECKOUT).as_posix()


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def text_of(path: Path) -> str | None:
    """The text of a file, or nothing when it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an attribute or name; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
        return ".".join(reversed(parts))
    return ""
