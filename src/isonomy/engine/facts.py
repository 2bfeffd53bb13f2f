"""Facts: the small interface through which every condition sees the world.

Lives here: the interface (count, share, elapsed, holds, consents), the names of groups and moments, and its
implementation over named persons, used by run, audit and verify. Not here: the conditions (`conditions`), nor the
implementation over counts of coalition and others, which is the checker's.

Invariant: a condition asks nothing of the world but these five questions, so the engine and the checker share one meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from isonomy.engine.meeting import Meeting
from isonomy.engine.roll import entitled_in, is_entitled_in, members_of_body, roll_of
from isonomy.engine.state import HISTORY, Poll, State, day_of
from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import UNKNOWN, Answer, Count, Root, Share, Span


@dataclass(frozen=True, slots=True)
class Group:
    """A countable group: a kind (`members`, `present`, `for` ...) of a thing (a body, a meeting, a poll)."""

    kind: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment: a kind (`now`, `notice`, `start`, `demand` ...) of a thing."""

    kind: str
    of: str = ""


class Facts(Protocol):
    """What a condition may ask."""

    def count(self, group: Group) -> Span:
        """How many there are in a group, within bounds."""

    def share(self, part: Group, whole: Group, least: Share | Count | Root, *, more_than_half: bool) -> Answer:
        """Whether `part` is at least that much of `whole`."""

    def elapsed(self, period: Duration, since: Moment, until: Moment) -> Answer:
        """Whether the whole period lies between two moments."""

    def holds(self, who: str, seat: str) -> Answer:
        """Whether a person holds a seat, or is a member where the seat is `members`."""

    def consents(self, seat: str, to: str) -> Answer:
        """Whether a seat has decided in favour of a thing."""


def share_by_count(
    facts: Facts, part: Group, whole: Group, least: Share | Count | Root, *, more_than_half: bool
) -> Answer:
    """`share` for implementations that count: the exact comparison of two spans."""
    counted, of = facts.count(part), facts.count(whole)
    if isinstance(least, Share):
        return least.is_reached(counted, of, more_than_half=more_than_half)
    return least.is_reached(counted, of)


@dataclass(slots=True)
class NamedFacts:
    """The facts of named persons, read from the state as of a civil date.

    `tallies` are what a declared poll counted, by group kind (`for`, `against`, `abstain`, `cast`), for the poll `poll`.
    """

    state: State
    on: str
    poll: str = ""
    tallies: dict[str, Span] | None = None
    rulebook_edition: str = ""

    def count(self, group: Group) -> Span:
        """How many there are in a group; UNKNOWN where the record does not tell."""
        kind, of = group.kind, group.of
        if self.tallies is not None and of == self.poll and kind in self.tallies:
            return self.tallies[kind]
        if kind in ("roll", "entitled") and of in self.state.polls:
            return roll_span(self.state.polls[of])
        if kind == "present" and of in self.state.meetings:
            return present_span(self.state.meetings[of])
        if kind == "consenting" and of in self.state.meetings:
            consents = self.state.meetings[of].consents
            members = set(members_of_body(self.state, self._edition(), self.state.meetings[of].body, self.on))
            return Span.exactly(sum(1 for person in consents if person in members))
        if kind == "supporters" and of in self.state.demands:
            return Span.exactly(len(self.state.demands[of].supporters))
        if kind == "members":
            return self._on_record(len(members_of_body(self.state, self._edition(), of, self.on)))
        if kind == "seats":
            body = self.state.rulebook(self._edition()).bodies.get(of.partition("@")[0])
            if body is not None and body.seats is not None:
                return Span.exactly(body.seats)
            return self.count(Group("members", of))
        if kind == "units":
            live = (unit for unit in self.state.units.values() if unit.kind == of)
            return self._on_record(sum(1 for unit in live if not unit.closed_on or unit.closed_on > self.on))
        if kind == "voters":
            return self._on_record(len(roll_of(self.state, self._edition(), self.on)))
        return UNKNOWN

    def _on_record(self, count: int) -> Span:
        """As many as the record names: exactly so many where it runs, at least so many where it tells of the
        past.
        """
        return Span(count, None) if self.state.kind == HISTORY else Span.exactly(count)

    def share(self, part: Group, whole: Group, least: Share | Count | Root, *, more_than_half: bool) -> Answer:
        """Whether `part` is at least that much of `whole`, compared exactly."""
        return share_by_count(self, part, whole, least, more_than_half=more_than_half)

    def elapsed(self, period: Duration, since: Moment, until: Moment) -> Answer:
        """Whether the period has run between two moments; UNTOLD where one of them is not known."""
        begun, ended = self.date_of(since), self.date_of(until)
        if begun is None or ended is None:
            return Answer.UNTOLD
        return Answer.of(period.after(begun) <= ended)

    def date_of(self, moment: Moment) -> date | None:
        """The civil date of a moment, where it is known."""
        kind, of = moment.kind, moment.of
        if kind == "now":
            return day_of(self.on)
        if kind == "day":
            return day_of(of)
        meeting = self.state.meetings.get(of)
        if meeting is not None and kind == "start":
            return day_of(meeting.starts)
        if meeting is not None and kind == "notice":
            served = [day_of(served_on) for _, served_on in meeting.notices if served_on]
            return min(served) if served else None
        if of in self.state.motions and kind == "moved":
            return day_of(self.state.motions[of].moved_on)
        if of in self.state.demands and kind == "demand":
            reached = self.state.demands[of].reached_on
            return day_of(reached) if reached else None
        return None

    def holds(self, who: str, seat: str) -> Answer:
        """Whether the person holds the seat on the date; a body's seat is held by each of its members.

        Where a history names nobody in the seat, it cannot be told.
        """
        is_holder = is_entitled_in(self.state, self._edition(), seat, self.on, who)
        if not is_holder and self.state.kind == HISTORY:
            is_office = seat.partition("@")[0] in self.state.rulebook(self._edition()).offices
            return Answer.NO if is_office and entitled_in(self.state, self._edition(), seat, self.on) else Answer.UNTOLD
        return Answer.of(is_holder)

    def consents(self, seat: str, to: str) -> Answer:
        """Whether a decision of the seat in force has that thing (a draft, a decision, a person) as its object."""
        plain = {seat} if "@" in seat else {seat, seat.partition("@")[0]}
        for decision in self.state.decisions.values():
            concerns = decision.seat in plain and to in (decision.id, decision.draft, decision.person)
            if concerns and decision.standing_on(self.on) in ("in force", "ratified"):
                return Answer.YES
        return Answer.NO

    def _edition(self) -> str:
        if self.rulebook_edition:
            return self.rulebook_edition
        edition = self.state.edition_on(self.on)
        if edition is None:
            raise LookupError(f"no edition governs on {self.on}")
        return edition.id


def roll_span(poll: Poll) -> Span:
    """How many are entitled in a poll: the frozen roll less the struck, or the bounds that a report gives.

    Who was struck after casting a secret ballot has voted all the same: they are no fewer than the marks on the roll.
    """
    if poll.roll is not None:
        return Span.exactly(max(len(poll.roll) - len(poll.struck), poll.marked or 0))
    return Span(poll.roll_lo, poll.roll_hi)


def present_span(meeting: Meeting) -> Span:
    """How many were present at a meeting, by name or by number, or UNKNOWN."""
    if meeting.present:
        return Span.exactly(len(meeting.present))
    return UNKNOWN if meeting.present_count is None else Span.exactly(meeting.present_count)
