"""Writes docs/explanation/1956.md from what the demonstration prints.

Lives here: running the demonstration and the few words around it. Not here: the story (`demo`). A test compares the page with it.
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

PAGE = Path(__file__).parent / "explanation" / "1956.md"
BEFORE = """# 1956 in ten acts

What `make demo-1956` prints, tried on a plainly fictional league of four branches ([its rules](../../demo/league.md)). The
documents name each of these failures; here each meets a clause. Every verdict is the engine's, with clause, facts and cure.
What the rules do not prevent stands in [limits](limits.md).

```text
"""
END = "  The record is in "


def as_page() -> str:
    """The page as the demonstration prints it now."""
    from demo.association_1956 import main

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main()
    story = printed.getvalue().partition(END)[0].strip("\n")
    return f"{BEFORE}{story}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(as_page(), encoding="utf-8")
