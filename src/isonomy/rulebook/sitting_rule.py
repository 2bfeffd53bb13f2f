"""What a body says of its sittings: urgent matters, adjournment, resumption, a meeting without a quorum.

Lives here: the frozen shapes that the engine reads. Not here: their notation (`readings_of_meetings`), their sentences
(`render_of_meetings`), any judging.

Invariant: a value like the rest of an edition; what is None or empty is not written in the block, and
`docs/spec/rulebook.md` says what holds then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from isonomy.kernel.calendar import Duration

if TYPE_CHECKING:
    from isonomy.rulebook.model import Majority, Quorum

THOSE_PRESENT = "those present"


@dataclass(frozen=True, slots=True)
class Inquorate:
    """What becomes of a meeting that has no quorum so many minutes after its hour: it stands adjourned for so long."""

    minutes: int
    adjourned_for: Duration

    def __str__(self) -> str:
        return f"after {self.minutes} minutes, adjourned for {self.adjourned_for}"


@dataclass(frozen=True, slots=True)
class SittingRule:
    """What a `body` block says of its sittings.

    `urgent` carries a matter that was not on the notice. `by_meeting`: the meeting adjourns itself (`majority` None: its
    ordinary one); `by_offices` adjourn it, `without_quorum` only while it has none. A resumed meeting has the body's
    quorum, another (`quorum`), or `any_number`.
    """

    urgent: Majority | None = None
    by_meeting: bool = False
    majority: Majority | None = None
    by_offices: tuple[str, ...] = ()
    without_quorum: tuple[str, ...] = ()
    notice: Duration | None = None
    quorum: Quorum | None = None
    any_number: bool = False
    inquorate: Inquorate | None = None

    @property
    def may_be_adjourned(self) -> bool:
        """Whether anything lets a meeting of the body be adjourned."""
        return self.by_meeting or bool(self.by_offices or self.without_quorum) or self.inquorate is not None
