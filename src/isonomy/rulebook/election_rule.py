"""What an `election` block says beyond a procedure: nominations, paper, roll, seats, constraints, vacancies, appeal.

Lives here: the frozen shapes that the engine reads. Not here: their notation (`readings_of_elections`), their sentences
(`render_of_elections`), any judging.

Invariant: an election is a value like the rest of an edition; what is None or empty is not written in the block, and
`docs/spec/elections.md` says what holds then.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.kernel.calendar import Duration

OPENING, CLOSE, POLL = "opening of nominations", "close of nominations", "opening of the poll"
MOMENTS = (OPENING, CLOSE, POLL)
"""The moments of an election from which the date of its roll is reckoned."""
AT_MEETING = "open at the meeting"
BY_LOT, AS_NOMINATED = "by lot", "order of nomination"
ELECTED, POLL_HELD = "elected", "poll held"
WITH_STAYERS = "with those who stay"
"""Behind a constraint: those who keep a seat are counted with those elected."""
COUNTBACK, BY_ELECTION, LEFT_VACANT = "countback", "by-election", "left vacant"
TOP_SCORE = 5
"""The highest score on a paper where the clause names none."""


@dataclass(frozen=True, slots=True)
class RollDate:
    """As of when the roll is taken: a moment of the election, or so long before it."""

    moment: str = POLL
    before: Duration | None = None

    def __str__(self) -> str:
        return f"{self.before} before the {self.moment}" if self.before else f"the {self.moment}"


@dataclass(frozen=True, slots=True)
class NominationTime:
    """How long nominations are open (None: as long as the meeting takes them), and how long before the vacancy they are
    opened (None: when it is opened)."""

    length: Duration | None
    before: Duration | None = None

    def __str__(self) -> str:
        if self.length is None:
            return AT_MEETING
        when = f" {self.before} before the vacancy" if self.before else ""
        return f"open{when} for {self.length}"


@dataclass(frozen=True, slots=True)
class Constraint:
    """How many of those elected bear an attested code, at least or at most: `at least 2 of gender w`.

    `with_stayers`: those who keep a seat of the body are counted with them.
    """

    is_least: bool
    number: int
    kind: str
    code: str
    with_stayers: bool = False

    def __str__(self) -> str:
        told = f"{'at least' if self.is_least else 'at most'} {self.number} of {self.kind} {self.code}"
        return f"{told} {WITH_STAYERS}" if self.with_stayers else told


@dataclass(frozen=True, slots=True)
class AppealRule:
    """To which body, and within which time, the result is appealed."""

    to: str
    within: Duration

    def __str__(self) -> str:
        return f"to {self.to} within {self.within}"


@dataclass(frozen=True, slots=True)
class ElectionRule:
    """What an `election` block says beyond the procedure.

    `order` is how the candidates stand on the paper, `uncontested` what follows when there are no more candidates than
    seats, `vacancy` how a seat is filled that falls vacant before its term. `reopens` puts the option to re-open
    nominations on the paper. `seats` None: all that are vacant.
    """

    nominations: NominationTime | None = None
    nominated_by: tuple[str, ...] = ()
    roll_date: RollDate = RollDate()
    returning_officer: str = ""
    scrutineers: tuple[str, ...] = ()
    seats: int | None = None
    order: str = BY_LOT
    uncontested: str = POLL_HELD
    reopens: bool = False
    vacancy: str = BY_ELECTION
    constraints: tuple[Constraint, ...] = ()
    appeal: AppealRule | None = None
    top_score: int = TOP_SCORE
