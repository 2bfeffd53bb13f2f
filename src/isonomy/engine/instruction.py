"""Instructions, conditions and targets in the state: what a decision asks of somebody by a day, beside its words.

Lives here: their shapes, the terms of a motion from which they come, and questions that only need looking up. Not here: how they
change (`proceedings.terms_decided`, `proceedings.instructions`, `proceedings.targets`), what follows when they are not done
(`following`).

Invariant: changed in place inside the fold alone. Each keeps the edition under which its motion was moved. What lapses by itself
is not written here; it follows from these days and the day that is asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

OPEN, ACCEPTED, NOT_ACCEPTED, EXTENDED, WITHDRAWN = "open", "accepted", "not accepted", "extended", "withdrawn"
DISCHARGES = (ACCEPTED, NOT_ACCEPTED, EXTENDED, WITHDRAWN)
MET, NOT_MET, KEPT_ON = "met", "not met", "kept on"
REVIEWS = (MET, NOT_MET, KEPT_ON)
KEPT, ENDED = "kept", "ended"


@dataclass(slots=True)
class Figure:
    """A number with its unit and day: promised, or reached as a report says."""

    name: str
    number: int
    unit: str
    on: str


@dataclass(slots=True)
class Account:
    """What a holder or owner reported: when, who, in which seat, the words, whether it is the final one, the figures reached."""

    on: str
    by: str
    seat: str
    text: str
    final: bool
    entry: int
    figures: tuple[Figure, ...] = ()
    says: str = ""


@dataclass(slots=True)
class Outcome:
    """What the body decided of it: when, by which decision, how, why, and the new day where it goes on."""

    on: str
    decision: str
    outcome: str
    reason: str = ""
    until: str = ""


@dataclass(slots=True)
class Instruction:
    """What a body charged a seat or person to do by a day, and by when a report on it is owed.

    `standing` is open, accepted, not accepted or withdrawn; `rule` the block of the `edition` under which it was moved.
    """

    id: str
    body: str
    decision: str
    does: str
    given_on: str
    due_on: str
    report_by: str
    edition: str
    rule: str
    clause: str
    to: str = ""
    person: str = ""
    interim_on: tuple[str, ...] = ()
    promises: tuple[Figure, ...] = ()
    accounts: list[Account] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    standing: str = OPEN

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, reported on, or decided on."""
        return self.standing == OPEN

    @property
    def final(self) -> Account | None:
        """The final report since it was given or last extended."""
        since = max((found.on for found in self.outcomes if found.outcome == EXTENDED), default="")
        return next((found for found in reversed(self.accounts) if found.final and found.on >= since), None)

    def standing_on(self, day: str) -> str:
        """`open`, `overdue`, `reported`, `accepted`, `not accepted` or `withdrawn`, as seen on a day."""
        if not self.is_open:
            return self.standing
        if self.final is not None:
            return "reported"
        return "overdue" if day > self.report_by else OPEN

    def reached(self, promise: Figure) -> Figure | None:
        """What the latest report says was reached of a promised number."""
        told = [each for found in self.accounts for each in found.figures if each.name == promise.name]
        return told[-1] if told else None


@dataclass(slots=True)
class Condition:
    """On what a decision was taken: that something hold, who owns it, by whom and when it is reviewed.

    `lapses_unreviewed` and `lapses_not_met` are what the clause said when the motion was moved.
    """

    id: str
    body: str
    decision: str
    that: str
    owner: str
    set_on: str
    review_on: str
    reviewer: str
    edition: str
    rule: str
    clause: str
    report_by: str = ""
    lapses_unreviewed: bool = False
    lapses_not_met: bool = False
    accounts: list[Account] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    standing: str = OPEN

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reviewed."""
        return self.standing == OPEN

    def standing_on(self, day: str) -> str:
        """`open`, `unreviewed`, `met` or `not met`, as seen on a day: what nobody reviewed never passes for met."""
        return "unreviewed" if self.is_open and day > self.review_on else self.standing


@dataclass(slots=True)
class Target:
    """A number of members to be reached by a day, of a unit or of the whole; the follow-up with the number that was found."""

    id: str
    body: str
    decision: str
    number: int
    set_on: str
    by_on: str
    edition: str
    clause: str
    counted_at_first: int
    unit: str = ""
    followed_on: str = ""
    found: int | None = None
    text: str = ""


@dataclass(slots=True)
class Terms:
    """What the mover put to a motion beside its words, decided with it: JSON objects as the act gave them, by kind."""

    motion: str
    edition: str
    on: str
    told: dict[str, Any]


@dataclass(slots=True)
class Instructions:
    """All of these, keyed by id. `terms` by motion; `joined` who joined in a substitute call, by body and missed day; `overdue`
    the consequences entered, by the thing; `ended` the bodies and relations recorded as ended, `kept` those that are kept."""

    terms: dict[str, Terms] = field(default_factory=dict)
    given: dict[str, Instruction] = field(default_factory=dict)
    conditions: dict[str, Condition] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    joined: dict[str, list[str]] = field(default_factory=dict)
    overdue: dict[str, str] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    def conditions_of(self, decision: str) -> list[Condition]:
        """The conditions on which a decision was taken."""
        return [found for found in self.conditions.values() if found.decision == decision]
