"""Whether an organisation has these pages at all.

Lives here: that question, which the menu asks on every page. Not here: the pages.

Invariant: what neither the rulebook nor the record has does not appear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isonomy.engine.state import LIVING
from isonomy.rulebook.consequence import WORDS

if TYPE_CHECKING:
    from isonomy.web.viewer import Viewer

KINDS = ("instruction", "condition", "target", "dormancy")


def has_instructions(viewer: Viewer) -> bool:
    """Whether the rulebook in force has one of the blocks, or the record one of the things."""
    if viewer.standing.edition is None or viewer.standing.state.kind != LIVING:
        return False
    state, rulebook = viewer.standing.state, viewer.standing.rulebook
    given = state.instructions
    follows = any(each.kind != WORDS for duty in rulebook.duties.values() for each in duty.follows)
    blocks = any(rulebook.provisions.get(kind) for kind in KINDS)
    return bool(blocks or follows or given.given or given.conditions or given.targets)
