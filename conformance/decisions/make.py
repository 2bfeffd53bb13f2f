"""Writes the vectors of decisions: `python -m conformance.decisions.make [--anew WHY]`.

Lives here: writing each scene to the file of its number of semantics. Not here: the scenes (`scenes_of_*.py`, each with a
table `SCENES` of names), checking (`tests/engine/test_conformance.py`).

Invariant: a vector is not changed under its number. Whoever alters a verdict raises the number, and the vectors are written
to a new folder; the old ones stay. `--anew WHY` is for the time before the first release alone, and the reason is kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from conformance.decisions.scene import Scene
from isonomy.engine.decide import SEMANTICS

FOLDER = Path(__file__).parent
REASONS = "written-anew.md"


def scenes() -> dict[str, Callable[[], Scene]]:
    """Every scene by its name; raises `ValueError` where two have one name."""
    found: dict[str, Callable[[], Scene]] = {}
    for path in sorted(FOLDER.glob("scenes_of_*.py")):
        for name, scene in import_module(f"conformance.decisions.{path.stem}").SCENES.items():
            if name in found:
                raise ValueError(f"two scenes are called {name}")
            found[name] = scene
    return found


def vectors(folder: Path = FOLDER) -> dict[Path, bytes]:
    """The vectors as the code at hand gives them, by file."""
    return {folder / str(SEMANTICS) / f"{name}.jsonl": scene().to_bytes() for name, scene in scenes().items()}


def written(made: dict[Path, bytes], why: str = "") -> list[Path]:
    """Writes what is not there yet, and with a reason also what has changed; the files that were left as they are."""
    kept = []
    for path, data in made.items():
        before = path.read_bytes() if path.exists() else None
        if before == data:
            continue
        if before is not None and not why:
            kept.append(path)
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        if before is not None:
            with (path.parent.parent / REASONS).open("a", encoding="utf-8") as reasons:
                reasons.write(f"- `{path.parent.name}/{path.name}`: {why}\n")
    return kept


def told_of(path: Path, data: bytes) -> str:
    """What would change in a vector, and what may be done about it."""
    if path.read_bytes().splitlines()[:-1] == data.splitlines()[:-1]:
        return (
            "would change at its end alone: every verdict and entry is as recorded, the state that they leave is kept or folded "
            'otherwise. Where that is meant: --anew "why"'
        )
    return (
        f"would change: other verdicts, effects or submissions are recorded under the number {SEMANTICS}. Raise SEMANTICS in "
        "engine/decide.py and keep the old meaning runnable; before the first release, or for a scene that is only lengthened: "
        '--anew "why"'
    )


def main(arguments: list[str]) -> int:
    """Writes the vectors; 1 where one would change under its number."""
    parser = argparse.ArgumentParser(prog="python -m conformance.decisions.make", description=__doc__.split("\n")[0])
    parser.add_argument("--anew", metavar="WHY", default="", help="write over vectors that differ, for this reason")
    made = vectors()
    kept = written(made, parser.parse_args(arguments).anew.strip())
    for path in kept:
        print(f"{path.parent.name}/{path.name} {told_of(path, made[path])}", file=sys.stderr)
    return 1 if kept else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
