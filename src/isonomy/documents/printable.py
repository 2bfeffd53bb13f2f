"""Names and texts of others made safe to print: in HTML, in SVG and in CSV.

Lives here: escaping. Not here: pages, pictures, tables.

Invariant: whatever a ballot file calls a candidate, the result is text and never markup, a formula, a direction of
writing for what stands beside it, or a character that XML cannot hold.
"""

from __future__ import annotations

import re
from html import escape

# Characters that XML 1.0 cannot hold, halves of characters, and marks that turn the direction of writing.
_UNPRINTABLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]"
)
_FORMULA = re.compile(r"\s*[=+@\-\t\r]")


def plain_text(text: str) -> str:
    """The text on one line, what cannot be printed shown as the replacement character."""
    return re.sub(r"\s+", " ", _UNPRINTABLE.sub("\ufffd", text)).strip()


def visible(text: str) -> str:
    """The text for a terminal: on one line, its blanks kept, nothing in it that a terminal would obey."""
    return re.sub(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]", " ", _UNPRINTABLE.sub("\ufffd", text))


def markup(text: str) -> str:
    """The text escaped for HTML and XML, in content and in quoted attributes."""
    return escape(plain_text(text), quote=True)


def shortened(text: str, length_max: int) -> str:
    """The printable text in at most so many characters, with an ellipsis where it is cut."""
    found = plain_text(text)
    return found if len(found) <= length_max else f"{found[: length_max - 1].rstrip()}\u2026"


def csv_text(text: str) -> str:
    """The printable text for a cell; an apostrophe goes before what a spreadsheet would take for a formula."""
    found = plain_text(text)
    return f"'{found}" if _FORMULA.match(found) else found
