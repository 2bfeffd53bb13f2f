"""Meetings in the state: called or by right, noticed, opened, adjourned, closed; and demands for one.

Lives here: what a meeting and a demand consist of, as they stand. Not here: how they change (`proceedings.calls`,
`meetings`, `adjourning`, `demands` and their neighbours).

Invariant: a meeting is changed in place inside the fold alone; one that was adjourned is the same meeting when it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Meeting:
    """A meeting of a body: called or by right, noticed, opened, closed.

    `starts` has no hour where none was ever set. `called_on` is "" for a meeting that nobody called.
    `by_right_on` is the occasion it is held for, `counted_on` the day on which those present were last counted.
    `notices` are the days of dispatch and of service, service
    "" where a report leaves open whether it was in time. `standing` is called, open, adjourned, closed, lapsed (no
    quorum) or cancelled; `quorate` is yes, no or cannot be told, once it was opened. Of an adjourned one: `resumes` is
    when it goes on ("" without day), `resumption_notices` as `notices`, `finished` the matters it has dealt with;
    `resumed_on` is the day on which it last went on. `instead`: called by those who call in another's place.
    """

    id: str
    body: str
    starts: str
    called_on: str
    called_by: str
    edition: str
    by_right_on: str = ""
    demand: str = ""
    matters: tuple[str, ...] = ()
    place: str = ""
    notices: list[tuple[str, str]] = field(default_factory=list)
    consents: list[str] = field(default_factory=list)
    standing: str = "called"
    opened_on: str = ""
    opened_latest: str = ""
    opened_by: str = ""
    present: tuple[str, ...] = ()
    present_count: int | None = None
    quorate: str = ""
    counted_on: str = ""
    challenged_by: str = ""
    closed_on: str = ""
    adjourned_on: str = ""
    resumes: str = ""
    resumption_notices: list[tuple[str, str]] = field(default_factory=list)
    finished: tuple[str, ...] = ()
    resumed_on: str = ""
    instead: bool = False

    @property
    def is_held(self) -> bool:
        """Whether it was opened, and not without a quorum."""
        return self.standing in ("open", "adjourned", "closed") and bool(self.opened_on) and self.quorate != "no"

    @property
    def roll_on(self) -> str:
        """The day whose roll a meeting that goes on keeps: that for which it was called ("" where it was not adjourned)."""
        return self.starts[:10] if self.resumed_on else ""

    @property
    def opened_latest_on(self) -> str:
        """The last day on which it may have been opened: the day itself, save where a report leaves it
        open."""
        return self.opened_latest or self.opened_on


@dataclass(slots=True)
class MeetingDemand:
    """A demand for a meeting: who supports it, when the clause's number was reached, what follows.

    `of` is whose demand it is, as the clause says: `members`, a kind of unit, or a body; `supporters` are
    persons, or units where it is a kind of unit.
    """

    id: str
    body: str
    of: str
    matters: tuple[str, ...]
    opened_on: str
    edition: str
    supporters: list[str] = field(default_factory=list)
    reached_on: str = ""
    call_by: str = ""
    hold_by: str = ""
    meeting: str = ""
