"""What a pure room may not hold, found in a parsed module.

Lives here: one search a rule, each giving `(line, what was found)`. Not here: which files are searched.
"""

from __future__ import annotations

import ast

from tests.repo.house import dotted

CLOCKS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "time.time",
    "time.monotonic",
    "time.perf_counter",
    "time.localtime",
    "time.gmtime",
}
CHANCE = {"random", "secrets", "uuid"}
DOORS = {"open", "input", "print", "exec", "eval", "breakpoint", "__import__"}
FILE_METHODS = {"read_bytes", "write_bytes", "write_text", "unlink", "mkdir", "rmdir"}
Found = list[tuple[int, str]]


def floats(tree: ast.Module) -> Found:
    """Float literals, calls of `float` and of `math` functions that answer with one."""
    found: Found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            found.append((node.lineno, repr(node.value)))
        elif isinstance(node, ast.Call):
            name = dotted(node.func)
            if name == "float" or name in {"math.sqrt", "math.log", "math.pow", "math.exp"}:
                found.append((node.lineno, f"{name}(...)"))
    return found


def clocks_and_chance(tree: ast.Module) -> Found:
    """Asking the time, drawing at random."""
    found: Found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            name = dotted(node)
            if name in CLOCKS or name.partition(".")[0] in CHANCE or name == "os.urandom":
                found.append((node.lineno, name))
        elif isinstance(node, ast.ImportFrom) and node.module in CHANCE | {"time"}:
            found.append((node.lineno, f"from {node.module} import ..."))
    return found


def doors(tree: ast.Module) -> Found:
    """Opening, printing, running: what only the chamber and the rooms above it do."""
    found: Found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in DOORS:
            found.append((node.lineno, f"{node.func.id}(...)"))
        elif isinstance(node.func, ast.Attribute) and node.func.attr in FILE_METHODS:
            found.append((node.lineno, f".{node.func.attr}(...)"))
    return found


def imports_of(tree: ast.Module, package: str) -> list[tuple[int, bool]]:
    """Lines that import the package, and whether they stand inside a function."""
    found: list[tuple[int, bool]] = []

    def visit(node: ast.AST, inside: bool) -> None:
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
        if any(name.split(".")[0] == package for name in names):
            found.append((node.lineno, inside))  # type: ignore[attr-defined]
        if isinstance(node, ast.If) and dotted(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}:
            return
        inner = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.iter_child_nodes(node):
            visit(child, inner)

    visit(tree, False)
    return found
