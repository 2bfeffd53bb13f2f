"""Transcripts: every ```console block of the documents is run, and what is printed is what stands there.

Lives here: finding the blocks, running them, comparing and writing back. Not here: any text.

A block holds commands (`$ isonomy due branch`, continued by lines that begin with `> `) and what they
print, both streams together, then `[exit 2]` when the status is not 0. The blocks of one page run in
order in one empty folder that holds a link to `rulebooks/`. Keys, digests, dates, instants and durations differ
from run to run: they are masked when compared. A line `...` stands for any lines.

Invariant: a page that disagrees with the program fails `make check`; `make docs` writes the pages anew.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY_LINES = "..."
COMMAND_SECONDS_MAX = 120

MASKS = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?"), "<instant>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d( \d\d:\d\d)?\b"), "<date>"),
    (re.compile(r"\b[A-Z][a-z]{2,5}day \d{1,2} [A-Z][a-z]{2,8} \d{4}\b"), "<date>"),
    (re.compile(r"(?<![\w/+])[A-Za-z0-9+/]{40,}={0,2}"), "<base64>"),
    (re.compile(r"\b[0-9a-f]{8,}\b"), "<hex>"),
    (re.compile(r"\b(?:[a-z]{1,3}-)[0-9a-z]{10,}\b"), "<id>"),
    (re.compile(r"\b\d+(\.\d+)? ?(ms|s|seconds?|MB|KiB|MiB)\b"), "<measured>"),
)


@dataclass(frozen=True)
class Step:
    """One command of a block with the lines that the page says it prints."""

    command: str
    typed: tuple[str, ...]
    printed: tuple[str, ...]


def steps_of(block: str) -> list[Step]:
    """The commands of one block, in order."""
    steps: list[Step] = []
    typed: list[str] = []
    printed: list[str] = []

    def close() -> None:
        if typed:
            command = "\n".join(line[2:] for line in typed)
            steps.append(Step(command, tuple(typed), tuple(printed)))

    for line in block.splitlines():
        if line.startswith("$ "):
            close()
            typed, printed = [line], []
        elif line.startswith("> ") and typed and not printed:
            typed.append(line)
        else:
            printed.append(line)
    close()
    return steps


def masked(line: str) -> str:
    """The line with everything that differs from run to run replaced by its kind."""
    for pattern, kind in MASKS:
        line = pattern.sub(kind, line)
    return re.sub(r" +", " ", line).rstrip()


def agree(said: tuple[str, ...], printed: list[str]) -> bool:
    """Whether what the page says is what was printed, masks and `...` apart."""
    parts = ["(?:.*\n)*?" if line == ANY_LINES else re.escape(masked(line)) + "\n" for line in said]
    text = "".join(masked(line) + "\n" for line in printed)
    return re.fullmatch("".join(parts), text) is not None


def run(command: str, folder: Path) -> list[str]:
    """Run one command as a reader would type it; what it printed, line by line."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=COMMAND_SECONDS_MAX,
        check=False,
    )
    lines = done.stdout.decode("utf-8", "replace").rstrip("\n").splitlines()
    return lines if done.returncode == 0 else [*lines, f"[exit {done.returncode}]"]


def page_anew(text: str, differences: list[str]) -> str:
    """The page with every block run again; what differed is named in `differences`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "rulebooks").symlink_to(CHECKOUT / "rulebooks")

        def again(block: re.Match[str]) -> str:
            lines: list[str] = []
            for step in steps_of(block.group(1)):
                printed = run(step.command, folder)
                lines.extend(step.typed)
                if agree(step.printed, printed):
                    lines.extend(step.printed)
                else:
                    differences.append(step.typed[0])
                    lines.extend(printed)
            return "```console\n" + "".join(line + "\n" for line in lines) + "```"

        return BLOCK.sub(again, text)


def pages() -> list[Path]:
    """The documents of the project, the front page first."""
    return [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]


def main() -> int:
    """Run all transcripts; with `--check` nothing is written and a difference gives status 1."""
    parser = argparse.ArgumentParser(description="Run the transcripts in the documents again.")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    check = parser.parse_args().check
    status = 0
    for page in pages():
        before = page.read_text(encoding="utf-8")
        if not BLOCK.search(before):
            continue
        differences: list[str] = []
        after = page_anew(before, differences)
        name = page.relative_to(CHECKOUT)
        if after == before:
            print(f"{name}: as printed")
        elif check:
            status = 1
            print(f"{name}: prints otherwise now:", *differences, sep="\n  ")
            print("  cure: make docs, and read what changed")
        else:
            page.write_text(after, encoding="utf-8")
            print(f"{name}: written anew:", *differences, sep="\n  ")
    return status


if __name__ == "__main__":
    raise SystemExit(main())
