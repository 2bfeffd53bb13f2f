"""Pages as PDF, by WeasyPrint: the extra `pdf`.

Lives here: one function. Not here: the pages (`documents`).

Invariant: a page is printed from itself alone; nothing is fetched, neither from the network nor from the machine's files.
"""

from __future__ import annotations

import logging
from typing import Any

from isonomy.kernel.bad_input import BadInput


def pdf_of(page: str) -> bytes:
    """The HTML page as PDF; raises `BadInput` where WeasyPrint or its libraries are not installed."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as fault:
        raise BadInput("no PDF can be made here: WeasyPrint is missing", "pdf", CURE) from fault
    # It speaks of every style it does not print; a page's reader has no use for that.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return bytes(HTML(string=page, url_fetcher=_nothing).write_pdf())


CURE = "install the extra: pip install 'isonomy[pdf]'; or print the HTML page from a browser"


def _nothing(url: str, *more: Any, **others: Any) -> Any:
    raise ValueError(f"nothing is fetched for a page: {url[:100]}")
