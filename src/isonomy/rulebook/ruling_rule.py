"""What a `ruling` block says: who rules between meetings, who hears appeals, who rules for all cases, what a tie comes to.

Lives here: the frozen shape that the engine reads. Not here: its sentences (`render_of_rulings`), which readings a ruling may
have and what they do (`engine.ruling`, docs/spec/acts-rulings.md).

Invariant: at a meeting its chair rules whether or not there is such a block; everything else of rulings is given by it or not
at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from isonomy.rulebook.election_rule import AppealRule

if TYPE_CHECKING:
    from isonomy.rulebook.model import Place

SUSTAINED, OVERTURNED = "sustained", "overturned"
TIE_OF_APPEAL = (SUSTAINED, OVERTURNED)


@dataclass(frozen=True, slots=True)
class RulingRule:
    """Who rules between meetings, to which body and how long that is appealed; who presides during an appeal at a meeting; the
    body whose ruling binds until the next meeting of the supreme one; what a tie on an appeal comes to."""

    place: Place
    between: tuple[str, ...] = ()
    appeal: AppealRule | None = None
    presides: str = ""
    general_by: str = ""
    tie: str = SUSTAINED
