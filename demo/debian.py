"""Debian 2002 to 2010: every vote replayed, ballot by ballot, decided by the rulebook; then verified by a stranger.

Lives here: the order in which the commands are given. Not here: the replay (`adapters.importers`), the rules
(`rulebooks/paraphrase/debian`), anything that a reader could not type.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from demo.stage import fresh, heading, scene
from isonomy.cli.main import main as isonomy

SOURCE = Path(__file__).parent.parent / "data" / "debian"
NOT_VERIFIED = 2


def given(*words: str | Path) -> int:
    """Shows a command as a reader would type it, gives it, and returns its exit status."""
    here = Path.cwd()
    shown = [
        str(word.relative_to(here)) if isinstance(word, Path) and word.is_relative_to(here) else str(word)
        for word in words
    ]
    print(f"\n$ isonomy {' '.join(shown)}\n", flush=True)
    return isonomy(shown)


def flip_one_bit(folder: Path) -> Path:
    """Flips one bit in the middle of the first box of an export; the file."""
    box = sorted(folder.glob("boxes/*/box.jsonl"))[0]
    data = bytearray(box.read_bytes())
    data[len(data) // 2] ^= 1
    box.write_bytes(bytes(data))
    return box


def main() -> int:
    """Replays, exports, verifies, and finds a flipped bit."""
    heading("Debian 2002 to 2010: 27 votes, decided again by the rulebook")
    folder, out, spoiled = fresh("debian"), fresh("debian-export"), fresh("debian-spoiled")
    scene("The votes as Debian published them, ballot by ballot, under eight editions of its constitution in our words")
    done = given("import", "debian", folder, SOURCE)
    scene("The record as static files, and a stranger who has nothing else")
    done = done or given("export", folder, out) or given("verify", out)
    if done:
        return done
    scene("One flipped bit")
    shutil.copytree(out, spoiled)
    print(f"  in {flip_one_bit(spoiled).relative_to(spoiled)} of a copy of the export")
    if given("verify", spoiled) != NOT_VERIFIED:
        print("the flipped bit was not found: this is a fault of the program")
        return 1
    print(f"\n  The record is in {folder}, the export in {out}, its spoiled copy in {spoiled}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
