"""An address that names what is not there, or that does not say what its page is about.

Lives here: these two kinds of bad input. Not here: the pages that answer them (`answering`).

Invariant: neither says whether something was there once, and neither is answered before it is known that who asks may look.
"""

from __future__ import annotations

from isonomy.kernel.bad_input import BadInput


class NotHere(BadInput):
    """An address names a member, meeting, edition or other thing that this organisation does not have: answered with 404."""


class NothingNamed(BadInput):
    """An address leaves out what its page is about: answered with what is missing and a way to where one begins."""

    def __init__(self, what: str, cure: str, href: str, button: str) -> None:
        super().__init__(what, "", cure)
        self.href, self.button = href, button
