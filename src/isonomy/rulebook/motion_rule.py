"""What a procedure says of motions and amendments beyond its majority: who moves and seconds, by when, in which order.

Lives here: the frozen shape that the engine reads. Not here: its notation (`readings_of_meetings`), its sentences
(`render_of_meetings`), any judging.

Invariant: a value like the rest of an edition; what is None, 0 or empty is not written in the block, and
`docs/spec/rulebook.md` says what holds then.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.kernel.calendar import Duration

FURTHEST_FIRST, AS_RECEIVED = "furthest first", "in the order received"
ORDERS = (FURTHEST_FIRST, AS_RECEIVED)
"""The order in which amendments are put: as the chair lays down who goes furthest, or as they were moved."""
BY_MOVER, WITH_CONSENT = "by the mover", "by the mover, with the consent of the meeting"
WITHDRAWALS = (BY_MOVER, WITH_CONSENT)
NEVER, BEFORE_MEETING, ALWAYS = "no", "before the meeting", "yes"
ACCEPTANCES = (ALWAYS, BEFORE_MEETING, NEVER)
"""Whether the mover may take an amendment into the motion without a vote: at any time, before the meeting, never."""


@dataclass(frozen=True, slots=True)
class MotionRule:
    """What a `decision` or `amend` block says of motions.

    `by_decision` are bodies that move by their decision, `by_units` kinds of unit that do, `together` how many members
    move together (0: no such way). `deadline` and `amendment_deadline` are times before the meeting. `amendments` is the
    order in which they are put; "" where none are taken.
    """

    by_decision: tuple[str, ...] = ()
    by_units: tuple[str, ...] = ()
    together: int = 0
    seconded_by: tuple[str, ...] = ()
    deadline: Duration | None = None
    withdrawal: str = BY_MOVER
    amendments: str = ""
    amendments_by: tuple[str, ...] = ()
    amendment_seconders: int = 0
    amendment_deadline: Duration | None = None
    mover_accepts: str = NEVER

    @property
    def names_movers(self) -> bool:
        """Whether it says who moves, beside seats and members."""
        return bool(self.by_decision or self.by_units or self.together)
