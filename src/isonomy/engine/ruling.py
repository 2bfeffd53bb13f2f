"""A ruling in the state: how somebody entitled read a line of the rulebook in one case, and what became of it.

Lives here: the shape, the closed list of readings that the engine executes, and the questions that need only a ruling and a
day. Not here: making, appealing and deciding (`proceedings.rulings`), obeying (`proceedings.readings`).

Invariant: a reading does what this list says and nothing else; a ruling without a reading binds people and moves no verdict.
Source: docs/spec/rulings.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MADE, APPEALED, SUSTAINED, OVERTURNED = "made", "appealed", "sustained", "overturned"


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading: the key of a block whose line it reads ("" any line), which object it needs, whether it bars."""

    name: str
    key: str
    of: str
    bars: bool = False
    general: bool = False


WITHIN_THE_NOTICE, DAYS_COUNTED, DISCUSSED = "within-the-notice", "days-counted", "discussed-enough"
FILLED_SEATS, OUT_OF_ORDER, OUTSIDE_THE_NOTICE = "filled-seats", "out-of-order", "outside-the-notice"
LATE_AMENDMENT = "late-amendment"
READINGS = {
    reading.name: reading
    for reading in (
        Reading(WITHIN_THE_NOTICE, "meets", "matter"),
        Reading(DAYS_COUNTED, "notice", "matter", general=True),
        Reading(DISCUSSED, "discussion", "motion"),
        Reading(LATE_AMENDMENT, "amendment deadline", "motion"),
        Reading(FILLED_SEATS, "quorum", "", general=True),
        Reading(OUT_OF_ORDER, "", "motion", bars=True),
        Reading(OUTSIDE_THE_NOTICE, "meets", "matter", bars=True),
    )
}


@dataclass(slots=True)
class Ruling:
    """A ruling: clause, line, reading and words; the meeting it binds, or the motion between meetings, or "" for a general one.

    `rests` are the polls, meetings and decisions that were let through by it; `review` those of them that are to be reviewed
    since it was overturned. `appealable_until` is "" for a ruling at a meeting, which is appealed there and then.
    """

    id: str
    entry: int
    by: str
    seat: str
    body: str
    clause: str
    line: int
    reading: str
    words: str
    on: str
    edition: str
    meeting: str = ""
    motion: str = ""
    matter: str = ""
    within: str = ""
    general: bool = False
    confirmed: str = ""
    standing: str = MADE
    appealed_by: str = ""
    appealed_on: str = ""
    decided_on: str = ""
    appeal_to: str = ""
    appealable_until: str = ""
    rests: list[str] = field(default_factory=list)
    review: list[str] = field(default_factory=list)

    @property
    def is_obeyed(self) -> bool:
        """Whether the engine follows it: made or sustained; while an appeal is open it lets nothing through."""
        return self.standing in (MADE, SUSTAINED)
