"""Publication in the state: sealed texts, what was published, papers for meetings, closed sessions.

Lives here: the shapes, and what follows from one of them and a day. Not here: how they change (`proceedings.sealing`,
`papers_laid`, `closed_sessions`), what is owed (`due_publication`).

Invariant: a seal has an opening date from the first; that it was not opened is told from the record and a day, never entered.
Source: docs/spec/acts-publication.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SEALED, NOT_OPENED, OPENED, OPENED_LATE = "sealed", "not opened", "opened", "opened late"
WORDS = "words"
"""The label under which a sealed text is committed."""


@dataclass(slots=True)
class SealedText:
    """A text under seal by a body's decision, to be opened on `opens_on` to the audience `to`.

    `sealed` is the commitment; `text` the words once they are open. `kept_by` owes the opening, `others` may open it from
    that day.
    """

    id: str
    rule: str
    edition: str
    what: str
    title: str
    seat: str
    decision: str
    sealed: str
    sealed_on: str
    opens_on: str
    to: str
    kept_by: str
    others: tuple[str, ...] = ()
    about: str = ""
    text: str = ""
    opened_on: str = ""
    opened_by: str = ""

    def standing_on(self, day: str) -> str:
        """`sealed`, `not opened` (its day has passed), `opened`, or `opened late`."""
        if self.opened_on:
            return OPENED_LATE if self.opened_on > self.opens_on else OPENED
        return NOT_OPENED if day > self.opens_on else SEALED


@dataclass(frozen=True, slots=True)
class Published:
    """What was published about a meeting or decision: to whom, when, how late."""

    id: str
    what: str
    about: str
    seat: str
    to: str
    on: str
    by: str
    text: str = ""
    due_on: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper laid before a meeting on a matter; `due_on` was the last day on which it was in time."""

    id: str
    meeting: str
    matter: str
    title: str
    on: str
    by: str
    due_on: str = ""
    text: str = ""
    sealed: str = ""

    @property
    def is_in_time(self) -> bool:
        """Whether it was laid by its last day."""
        return not self.due_on or self.on <= self.due_on


@dataclass(slots=True)
class ClosedSession:
    """A closed session of a meeting: by which decision and votes, for which matters, who was there, what was decided in it.

    `since` is the entry that closed it, `until` the one that opened the doors again (-1 while they are closed).
    """

    id: str
    meeting: str
    body: str
    decision: str
    matters: tuple[str, ...]
    present: tuple[str, ...]
    guests: tuple[str, ...]
    on: str
    since: int
    votes: dict[str, int] = field(default_factory=dict)
    until: int = -1
    decided: tuple[str, ...] = ()


@dataclass(slots=True)
class Publications:
    """Everything of publication in the state, by id."""

    sealed: dict[str, SealedText] = field(default_factory=dict)
    published: dict[str, Published] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    sessions: dict[str, ClosedSession] = field(default_factory=dict)

    def session_of(self, meeting: str) -> ClosedSession | None:
        """The session of a meeting that is closed now."""
        return next((each for each in self.sessions.values() if each.meeting == meeting and each.until < 0), None)

    def publication_of(self, what: str, about: str) -> Published | None:
        """What was published of that sort about a thing."""
        return next((each for each in self.published.values() if (each.what, each.about) == (what, about)), None)


def say_votes(votes: dict[str, int]) -> str:
    """The votes by which a session was closed, in the order in which people say them: `5 for, 1 against`."""
    order = ("for", "against", "abstain")
    known = [name for name in order if name in votes] + sorted(set(votes) - set(order))
    return ", ".join(f"{votes[name]} {name}" for name in known)
