"""Whether an organisation has these pages at all.

Lives here: that question, which the menu asks on every page, and which seats have a proceeding. Not here: the pages.

Invariant: what neither the rulebook nor the record has does not appear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isonomy.rulebook.provisions.recall import recall_of
from isonomy.rulebook.provisions.removal import removal_of

if TYPE_CHECKING:
    from isonomy.web.viewer import Viewer

KINDS = ("removal", "recall", "petition")


def has_removals(viewer: Viewer) -> bool:
    """Whether the rulebook in force has one of the blocks, or the record one of the things."""
    if viewer.standing.edition is None:
        return False
    state, provisions = viewer.standing.state, viewer.standing.rulebook.provisions
    return bool(state.removals or state.petitions or any(provisions.get(kind) for kind in KINDS))


def may_be_asked(viewer: Viewer, seat: str) -> dict[str, bool]:
    """Whether the rulebook in force lets the removal from a seat, or its recall, be asked for."""
    book = viewer.standing.rulebook
    return {"removal": removal_of(book, seat) is not None, "recall": recall_of(book, seat) is not None}
