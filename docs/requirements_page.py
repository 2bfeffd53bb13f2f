"""Writes docs/reference/requirements.md from the list in the program.

Lives here: the way to the file. Not here: any text (`isonomy.documents.requirements`). A test compares the page with the program.
"""

from __future__ import annotations

from pathlib import Path

from isonomy.documents.requirements.page import as_page

PAGE = Path(__file__).parent / "reference" / "requirements.md"

if __name__ == "__main__":
    PAGE.write_text(as_page(), encoding="utf-8")
