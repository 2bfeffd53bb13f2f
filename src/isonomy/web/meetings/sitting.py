"""A meeting as its page shows it: agenda, what is before it now, who is there, what it decided.

Lives here: choosing from the state. Not here: what may be done next (`steps`), any rule.

Invariant: everything stands in the state or is the engine's answer; the agenda keeps the order of the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from isonomy.engine.competence import OWN_BUSINESS, competence_in
from isonomy.engine.judgement import Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.motion import OPEN, Motion
from isonomy.engine.proceedings.notices import asked_of, meets_by_clause, served_from
from isonomy.engine.proceedings.presence import quorum_tested
from isonomy.engine.proceedings.question import HANDS
from isonomy.engine.roll import members_of_body
from isonomy.engine.ruling import Ruling
from isonomy.engine.state import Decision, Poll, day_of
from isonomy.kernel.quantity import Answer, Span
from isonomy.rulebook.model import Body
from isonomy.web.meetings.matters import waiting_motions
from isonomy.web.organisation import Standing

UNDER_WAY, COMING, PAST = "under way", "coming", "past"


@dataclass(frozen=True)
class Quorum:
    """How many must be there: so many (None: not even all are enough), of so many entitled, by a clause."""

    needed: int | None
    entitled: int
    clause: str


@dataclass(frozen=True)
class Item:
    """One matter of the agenda: its clause, its motions, the polls on it at this meeting, what was decided.

    `results` are the polls that were declared, each with what became of it: `carried` or `not carried`.
    """

    matter: str
    clause: str
    motions: tuple[Motion, ...]
    polls: tuple[Poll, ...]
    decisions: tuple[Decision, ...]
    is_called: bool
    is_finished: bool
    results: tuple[tuple[Poll, str], ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether something was decided on it, or declared, and nothing is left before the meeting."""
        done = self.is_finished or any(poll.standing == "declared" for poll in self.polls)
        return done and not any(poll.standing != "declared" for poll in self.polls) and not self.open_motions

    @property
    def open_motions(self) -> tuple[Motion, ...]:
        """The motions that wait to be put."""
        return tuple(motion for motion in self.motions if motion.standing == OPEN)


def judgement_of(standing: Standing, author: str = "") -> Judgement:
    """A judgement of no act, nobody's or a member's, to ask the engine's conditions of the state as it stands."""
    edition = standing.edition
    return Judgement(
        standing.state, None, None, standing.state.n, standing.at, standing.local, standing.today, standing.today,
        edition.id if edition is not None else "", author, "", {},
    )  # fmt: skip


def quorum_of(standing: Standing, meeting: Meeting) -> Quorum:
    """The quorum of a meeting: the least number present that the engine finds to be one."""
    judgement = judgement_of(standing)
    entitled = len(members_of_body(standing.state, meeting.edition, meeting.body, standing.today))

    def asked(present: int) -> Answer:
        return quorum_tested(judgement, meeting, Span.exactly(present))[0].answer

    clause = quorum_tested(judgement, meeting, Span.exactly(entitled))[1]
    if asked(entitled) is not Answer.YES:
        return Quorum(None, entitled, clause)
    low, high = 0, entitled
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if asked(middle) is Answer.YES else (middle + 1, high)
    return Quorum(low, entitled, clause)


def uncalled(standing: Standing, seat: str) -> Meeting:
    """A meeting by right today that nobody called, as it would be entered."""
    edition = standing.edition
    return Meeting("", seat, standing.today, "", "", edition.id if edition is not None else "", standing.today)


@dataclass(frozen=True)
class Sitting:
    """One meeting and what belongs to it."""

    standing: Standing
    meeting: Meeting

    @property
    def body(self) -> Body:
        """The body, by the edition under which it was called."""
        return self.standing.state.rulebook(self.meeting.edition).bodies[self.meeting.body.partition("@")[0]]

    @property
    def when(self) -> str:
        """The time that counts now: when it goes on, else when it starts."""
        return self.meeting.resumes if self.meeting.standing == "adjourned" else self.meeting.starts

    @property
    def phase(self) -> str:
        """Under way, coming, or past."""
        if self.meeting.standing == "open":
            return UNDER_WAY
        return COMING if self.meeting.standing in ("called", "adjourned") else PAST

    @property
    def present_count(self) -> int:
        """How many were there at the last count."""
        return len(self.meeting.present) or self.meeting.present_count or 0

    @cached_property
    def quorum(self) -> Quorum:
        """How many must be there."""
        return quorum_of(self.standing, self.meeting)

    @property
    def is_short(self) -> bool:
        """Whether the notice of the meeting itself, as sent or if it went out today, leaves less time than its clause asks."""
        meeting, body = self.meeting, self.body
        asked = asked_of(self.standing.state.rulebook(meeting.edition), meeting.body)
        if meeting.standing != "called" or not asked or meets_by_clause(meeting):
            return False
        sent = [day_of(served or on) for on, served in meeting.notices] or [served_from(body, self.standing.day)]
        return asked[0].notice.after(min(sent)) > day_of(meeting.starts)

    @cached_property
    def polls(self) -> tuple[Poll, ...]:
        """The questions put at this meeting, in order."""
        return tuple(poll for poll in self.standing.state.polls.values() if poll.meeting == self.meeting.id)

    @property
    def open_polls(self) -> tuple[Poll, ...]:
        """The questions that are not declared yet."""
        return tuple(poll for poll in self.polls if poll.standing != "declared")

    @property
    def by_hands(self) -> tuple[Poll, ...]:
        """The questions put to a show of hands that wait for their figures."""
        return tuple(poll for poll in self.open_polls if poll.secrecy == HANDS)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What it decided."""
        return tuple(found for found in self.standing.state.decisions.values() if found.meeting == self.meeting.id)

    @cached_property
    def rulings(self) -> tuple[Ruling, ...]:
        """The rulings made at it, the latest first; and those of other places that were appealed to this body."""
        found = [
            ruling
            for ruling in self.standing.state.rulings.values()
            if ruling.meeting == self.meeting.id
            or (ruling.appeal_to == self.meeting.body and ruling.standing == "appealed")
        ]
        return tuple(reversed(found))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The agenda: the matters of the call in its order, then what else is before the meeting."""
        meeting, state = self.meeting, self.standing.state
        matters = list(meeting.matters)
        if meeting.by_right_on or not meeting.called_on:
            matters += [
                motion.matter for motion in waiting_motions(state, meeting.body) if self._is_assigned(motion.matter)
            ]
        matters += [poll.matter for poll in self.polls]
        return tuple(self._item(matter) for matter in dict.fromkeys(matters))

    def _is_assigned(self, matter: str) -> bool:
        found = competence_in(self.standing.state.rulebook(self.meeting.edition), self.meeting.body, matter)
        return found is not None and not found.residual

    def _item(self, matter: str) -> Item:
        meeting, state = self.meeting, self.standing.state
        polls = tuple(poll for poll in self.polls if poll.matter == matter)
        put = {poll.motion for poll in polls} | {poll.about for poll in polls if matter in OWN_BUSINESS}
        motions = tuple(
            motion
            for motion in state.motions.values()
            if motion.body == meeting.body
            and (motion.id in put or (motion.matter == matter and motion.standing == OPEN))
            and (self.phase != PAST or motion.id in put)
        )
        competence = competence_in(state.rulebook(meeting.edition), meeting.body, matter)
        decisions = tuple(found for found in self.decisions if found.matter == matter)
        clause = competence.place.clause if competence is not None else ""
        results = tuple((poll, self._became(poll)) for poll in polls if poll.standing == "declared")
        return Item(
            matter, clause, motions, polls, decisions, matter in meeting.matters, matter in meeting.finished, results
        )

    def _became(self, poll: Poll) -> str:
        """What became of a poll: of an amendment what the record says of it, else whether it brought a decision."""
        amendment = self.standing.state.amendments.get(poll.amendment)
        if amendment is not None:
            return amendment.standing
        return "carried" if poll.decision else "not carried"
