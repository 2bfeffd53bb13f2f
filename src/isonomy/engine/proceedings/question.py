"""A question as it is put: its options, its poll, and the roll that is frozen with it.

Lives here: the shape of `poll.open` and its effect. Not here: judging it (`putting`), casting and closing (`polls`).

Invariant: the effect holds all that the fold needs: options in the order of the paper, the edition, the date of the roll.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.effect import At, effect
from isonomy.engine.election import POLLING
from isonomy.engine.group_numbers import GroupNumbers
from isonomy.engine.roll import roll_as_of, without
from isonomy.engine.shape import (
    ONE,
    CivilDate,
    CivilTime,
    Line,
    Natural,
    PersonId,
    ProceedingId,
    SeatName,
    Sha256,
    Slug,
)
from isonomy.engine.state import Option, Poll, State

SECRET, NAMED, HANDS = "secret", "named", "by show of hands"
SECRECY = (SECRET, NAMED, HANDS)
OPTIONS_MAX = 500


@dataclass(frozen=True, slots=True)
class OptionPut:
    """An option as it is put: its words, and the matter, motion or person it stands for; `reopen`: new nominations."""

    name: Line
    matter: Slug | None = None
    motion: ProceedingId | None = None
    person: PersonId | None = None
    default: bool = False
    reopen: bool = False


@dataclass(frozen=True, slots=True)
class RollTold:
    """The size of a roll that a report gives: at least, and at most where that is known."""

    lo: Natural
    hi: Natural | None = None


@dataclass(frozen=True, slots=True)
class OpenPoll:
    """Puts a question to a body: a motion, a choice between options, or an election to a seat.

    With `election` options, seat and seats follow from its nominations. `lot` is SHA-256 of SHA-256 of a secret. `roll` has
    its place inside a report alone, where only a size is known. `amendment` is put with its motion, before it; on a meeting's
    own business `motion` is the one it is about, `resumes` the time to which it shall adjourn.
    """

    body: SeatName
    question: Line
    matter: Slug
    motion: ProceedingId | None = None
    meeting: ProceedingId | None = None
    options: tuple[OptionPut, ...] = ()
    seat: SeatName | None = None
    seats: Natural = ONE
    secrecy: Line | None = None
    closes_on: CivilDate | None = None
    roll: RollTold | None = None
    election: ProceedingId | None = None
    lot: Sha256 | None = None
    amendment: ProceedingId | None = None
    resumes: CivilTime | None = None


@effect("poll.opened")
@dataclass(frozen=True, slots=True)
class PollOpened:
    """A question is put to a frozen roll under the editions named."""

    poll: str
    body: str
    question: str
    matter: str
    options: tuple[OptionPut, ...]
    procedure: str
    editions: tuple[str, ...]
    on: str
    counting: str
    secrecy: str
    roll_count: int | None = None
    roll_digest: str = ""
    roll_lo: int = 0
    roll_hi: int | None = None
    meeting: str = ""
    motion: str = ""
    seat: str = ""
    seats: int = 1
    closes_on: str = ""
    election: str = ""
    roll_on: str = ""
    lot: str = ""
    amendment: str = ""
    about: str = ""
    resumes: str = ""
    constraints: tuple[GroupNumbers, ...] = ()
    barred: tuple[str, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Enters the poll and takes the roll as it stands."""
        options = tuple(
            Option(put.name, put.matter or self.matter, put.motion or "", put.person or "", put.default, put.reopen)
            for put in self.options
        )
        roll = None
        if self.roll_count is not None:
            roll = roll_as_of(state, self.editions[0], self.body, self.roll_on or self.on, self.on)
            roll = without(roll, self.barred)
        state.polls[self.poll] = Poll(
            self.poll, self.body, self.question, self.procedure, self.editions, options, self.on, self.counting,
            self.secrecy, self.meeting, self.motion, self.seat, self.seats, self.closes_on, roll, self.roll_lo, self.roll_hi,
        )  # fmt: skip
        poll = state.polls[self.poll]
        poll.matter, poll.election, poll.lot = self.matter, self.election, self.lot
        poll.amendment, poll.about, poll.constraints = self.amendment, self.about, self.constraints
        poll.resumes = self.resumes
        if self.election:
            election = state.elections[self.election]
            election.poll, election.standing = self.poll, POLLING
            state.touched[self.election] = at.n
        state.touched[self.poll] = state.touched[self.body] = at.n
        for thing in (self.motion, self.amendment, self.about):
            if thing:
                state.touched[thing] = at.n
