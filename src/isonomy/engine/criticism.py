"""A criticism in the state: its words, its critics, its answers, and where it stands on a day; a body's disagreement with
another's view.

Lives here: the shapes, and everything that follows from a criticism and a day: by whom an answer is owed and until when, whether
it was late, when a silence is published. Not here: drawing up its days (`owed_answers`), the acts (`proceedings.criticisms`),
protection of critics (`protection`).

Invariant: words and answers are added and never altered. Going on to the next body and the publication of a silence are no acts:
they follow from the day. A criticism is over by an answer, by the withdrawal of all its critics, or by a published silence, and
in no other way. Source: docs/spec/acts-criticism.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

OPEN, ESCALATED, ANSWERED, ANSWERED_LATE, WITHDRAWN, SILENT = (
    "awaiting an answer", "escalated", "answered", "answered late", "withdrawn", "silence published",
)  # fmt: skip
OVERDUE = "overdue"
"""No answer came in time, and no clause sends it on or publishes the silence (yet)."""
CRITIC, WORDS = "critic", "words"
"""The labels under which a critic's id and sealed words are committed."""


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody who owes an answer: from which day, until which."""

    seat: str
    since: str
    due_on: str


@dataclass(frozen=True, slots=True)
class Rejoinder:
    """What a critic replied to an answer."""

    by: str
    text: str
    on: str
    entry: int


@dataclass(slots=True)
class CriticismAnswer:
    """An answer by a seat, and what its critics replied to it until `rejoin_by` ("" where the clause has no reply)."""

    seat: str
    by: str
    text: str
    on: str
    entry: int
    decision: str = ""
    rejoin_by: str = ""
    rejoinders: list[Rejoinder] = field(default_factory=list)


@dataclass(slots=True)
class Criticism:
    """A criticism of a seat under the block `rule` of an edition.

    `critics` are those who stand behind it, each with the day they came to it, its maker first; `gone` those who withdrew, with
    the day they had come. A maker known to the keeper alone is `author`, a commitment, until they say who they are. `text` is ""
    while the words lie sealed under the commitment `sealed`, to be opened on `opens_on`. `body` is that which made it by a
    decision. `criticised` are the persons in the seat when it was made. `steps` say who owes an answer one after the other;
    on `silent_on` the silence is published to `silent_to`.
    """

    id: str
    rule: str
    edition: str
    addressee: str
    on: str
    entry: int
    text: str = ""
    subject: str = ""
    sealed: str = ""
    opens_on: str = ""
    opened_on: str = ""
    author: str = ""
    keeper: str = ""
    body: str = ""
    critics: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    criticised: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    silent_on: str = ""
    silent_to: str = ""
    answers: list[CriticismAnswer] = field(default_factory=list)
    withdrawn_on: str = ""

    def answer_of(self, seat: str) -> CriticismAnswer | None:
        """The answer that a seat gave."""
        return next((found for found in self.answers if found.seat == seat), None)

    def stood_behind(self, person: str) -> str:
        """The day on which a person came to stand behind it, whether they still do or not; "" where they never did."""
        return self.critics.get(person) or self.gone.get(person, "")

    @property
    def over_on(self) -> str:
        """The day of the first answer or of the withdrawal; "" while neither has come."""
        return self.answers[0].on if self.answers else self.withdrawn_on

    def reached(self, day: str) -> tuple[Step, ...]:
        """The steps that have come by a day; none comes after an answer or a withdrawal."""
        last = min(day, self.over_on) if self.over_on else day
        return tuple(step for step in self.steps if step.since <= last)

    def owing_on(self, day: str) -> Step | None:
        """Who owes the answer on a day; None where it is over, or no answer is owed."""
        found = self.reached(day) if not self.over_on else ()
        return found[-1] if found else None

    @property
    def is_late(self) -> bool:
        """Whether the first answer came after the addressee's own time, by whomever it was given."""
        return bool(self.steps and self.answers) and self.answers[0].on > self.steps[0].due_on

    def silence_on(self, day: str) -> str:
        """The day on which the silence was published, whatever was answered afterwards; "" where none was by that day."""
        silent, over = self.silent_on, self.over_on
        return silent if silent and silent <= day and not (over and over < silent) else ""

    def standing_on(self, day: str) -> str:
        """Where it stands on a civil date, in the words above."""
        if self.answers:
            return ANSWERED_LATE if self.is_late else ANSWERED
        if self.withdrawn_on:
            return WITHDRAWN
        if self.silence_on(day):
            return SILENT
        step = self.owing_on(day)
        if step is None or day <= step.due_on:
            return OPEN if step is None or step.seat == self.addressee else ESCALATED
        return OVERDUE

    def is_over(self, day: str) -> bool:
        """Whether it stands closed: answered, withdrawn, or its silence published."""
        return self.standing_on(day) in (ANSWERED, ANSWERED_LATE, WITHDRAWN, SILENT)


@dataclass(slots=True)
class Disagreement:
    """A body's disagreement with the view of `seat`, which stands in a decision, an answer or a report, with its reasons."""

    id: str
    body: str
    about: str
    seat: str
    text: str
    on: str
    decision: str
