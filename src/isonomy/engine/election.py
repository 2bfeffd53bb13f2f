"""Elections in the state: candidates, the paper, the lot, appeals.

Lives here: what an election consists of, as it stands. Not here: how it changes (`proceedings.elections` and its
neighbours), the poll itself and the decision (`state`).

Invariant: an election is changed in place inside the fold alone; candidates stand in the order of their nomination, and a
number on the paper never changes once the poll is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

NOMINATING, CLOSED, POLLING, DECLARED, FAILED, ANNULLED, LAPSED = (
    "nominating", "closed", "polling", "declared", "failed", "annulled", "lapsed",
)  # fmt: skip
OPEN_DAYS = timedelta(days=60)
"""An election whose poll was not opened so long after the last day of nominations has lapsed (elections.md, 2)."""


@dataclass(slots=True)
class Candidate:
    """A person who was nominated: by whom, who seconded, whether they consented, and when they withdrew ("" not)."""

    person: str
    nominated_by: str
    seconders: list[str] = field(default_factory=list)
    accepted: bool = False
    withdrawn_on: str = ""


@dataclass(slots=True)
class Election:
    """An election by nominations, from its opening to its result.

    `meeting` is the one that takes the nominations, where the clause says so. `opened_by` is the returning
    officer who published the `lot`, with the act `opened_with`. `consents` are the acts by
    which candidates consented, in order: what they contribute to the lot. `paper` are the persons as they stand on the
    paper. `standing` is nominating, closed, polling, declared, failed or annulled; that it has lapsed follows from the day.
    """

    id: str
    seat: str
    body: str
    seats: int
    procedure: str
    edition: str
    vacant_on: str
    opened_on: str
    opened_by: str
    opened_with: str
    nominations_until: str
    order: str
    lot: str = ""
    meeting: str = ""
    opening: str = ""
    candidates: dict[str, Candidate] = field(default_factory=dict)
    consents: list[str] = field(default_factory=list)
    paper: list[str] = field(default_factory=list)
    standing: str = NOMINATING
    closed_on: str = ""
    poll: str = ""
    decision: str = ""

    def standing_on(self, day: str) -> str:
        """Where it stands on a civil date: as the record says, or lapsed."""
        if self.standing in (NOMINATING, CLOSED) and day > self.poll_opens_by:
            return LAPSED
        return self.standing

    @property
    def poll_opens_by(self) -> str:
        """The last day on which its poll can be opened."""
        return (date.fromisoformat(self.nominations_until) + OPEN_DAYS).isoformat()

    def is_open_on(self, day: str) -> bool:
        """Whether it is still on its way to a result."""
        return self.standing_on(day) in (NOMINATING, CLOSED, POLLING)


@dataclass(slots=True)
class Appeal:
    """An appeal against the result of an election: who lodged it, before which body, and what became of it."""

    id: str
    decision: str
    body: str
    by: str
    text: str
    lodged_on: str
    edition: str
    standing: str = "undecided"
