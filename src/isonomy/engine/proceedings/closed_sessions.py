"""Closed sessions: who closed the doors by which majority, for which matters, who was there, what was decided behind them.

Lives here: `session.close`, `session.reopen`, and what may be decided behind closed doors. Not here: sealing what was laid there
(`sealing`), the minutes that tell of it (`documents.minutes`).

Invariant: a session is closed for matters that stood on the notice, and no member of the body is sent out; that there was one,
and what was decided in it, stands in the record. Source: docs/spec/acts-publication.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.publication import ClosedSession
from isonomy.engine.roll import members_of_body
from isonomy.engine.shape import Line, PersonId, ProceedingId, Slug
from isonomy.engine.state import State
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.provisions.publication import CLOSING_DOORS, SESSIONS, PublicationRule, rule_on


@dataclass(frozen=True, slots=True)
class CloseSession:
    """Closes the doors of an open meeting for some of its matters, on its decision."""

    meeting: ProceedingId
    decision: ProceedingId
    matters: tuple[Slug, ...]
    present: tuple[PersonId, ...]
    guests: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Reopen:
    """Opens the doors again."""

    session: ProceedingId


@effect("session.closed")
@dataclass(frozen=True, slots=True)
class SessionClosed:
    """A meeting goes on behind closed doors: for which matters, by which decision and votes, with whom."""

    session: str
    meeting: str
    body: str
    decision: str
    matters: tuple[str, ...]
    present: tuple[str, ...]
    on: str
    guests: tuple[str, ...] = ()
    votes: dict[str, int] = field(default_factory=dict)

    def apply(self, state: State, at: At) -> None:
        """Enters the session."""
        state.publications.sessions[self.session] = ClosedSession(
            self.session, self.meeting, self.body, self.decision, self.matters, self.present, self.guests, self.on, at.n,
            dict(self.votes),
        )  # fmt: skip
        state.touched[self.session] = state.touched[self.meeting] = at.n


@effect("session.reopened")
@dataclass(frozen=True, slots=True)
class SessionReopened:
    """The doors are open again; `decided` is what was decided behind them."""

    session: str
    meeting: str
    on: str
    decided: tuple[str, ...] = ()

    def apply(self, state: State, at: At) -> None:
        """Ends the session."""
        session = state.publications.sessions[self.session]
        session.until, session.decided = at.n, self.decided
        state.touched[self.session] = state.touched[self.meeting] = at.n


def rule_on_sessions(state: State, meeting: Meeting) -> PublicationRule | None:
    """The block by which a meeting may close its session: of the edition under which it was called."""
    return rule_on(state.rulebook(meeting.edition), SESSIONS, meeting.body, "closed by")


def decided_in(state: State, session: ClosedSession) -> tuple[str, ...]:
    """The decisions that were taken behind the doors, in order."""
    if session.until >= 0:
        return session.decided
    return tuple(
        decision.id
        for decision in state.decisions.values()
        if decision.meeting == session.meeting and int(decision.id.partition("-")[2].partition("-")[0]) > session.since
    )


@judges("session.close", CloseSession, reportable=False)
def judge_close_session(judgement: Judgement, close: CloseSession) -> None:
    """Judges the closing of the doors: a decision of this meeting, matters of its notice, and nobody of the body sent out."""
    meeting = judgement.state.meetings.get(close.meeting)
    if meeting is None or meeting.standing != "open":
        raise judgement.bar(
            "a session is closed while the meeting is open", {"meeting": close.meeting}, "open the meeting first"
        )
    rule = rule_on_sessions(judgement.state, meeting)
    if rule is None:
        judgement.refuse(
            FORM, f"no clause lets {judgement.title(meeting.body)} close a session", {"meeting": meeting.id},
            "go on with open doors, or amend the rulebook first",
        )  # fmt: skip
        return
    clause = rule.place.clause_of("closed by")
    if judgement.state.publications.session_of(meeting.id) is not None:
        raise judgement.bar("the session is closed already", {"meeting": meeting.id}, "open the doors first", clause)
    id = proceeding_id("cs", judgement.n)
    judgement.is_granted(
        (rule.closed_by,), clause, "a session is closed by a decision of those who meet", decision=close.decision,
        matter=CLOSING_DOORS, about=id, unit=meeting.body.partition("@")[2],
    )  # fmt: skip
    decision = judgement.state.decisions.get(close.decision)
    if decision is not None and decision.meeting != meeting.id:
        judgement.refuse(
            clause, "each meeting decides for itself to close its session",
            {"decided at": decision.meeting or "no meeting", "here": meeting.id}, f"put it to this meeting, on {CLOSING_DOORS}",
        )  # fmt: skip
    _check_matters(judgement, meeting, clause, close)
    _check_present(judgement, meeting, clause, close)
    poll = judgement.state.polls.get(decision.poll) if decision is not None else None
    tallies = poll.tallies if poll is not None and isinstance(poll.tallies, dict) else {}
    votes = {name: count for name, count in tallies.items() if type(count) is int}
    judgement.then(
        SessionClosed(
            id,
            meeting.id,
            meeting.body,
            close.decision,
            close.matters,
            close.present,
            judgement.on,
            close.guests,
            votes,
        )
    )


def _check_matters(judgement: Judgement, meeting: Meeting, clause: str, close: CloseSession) -> None:
    """What is treated behind closed doors stood on the notice."""
    if not close.matters:
        judgement.refuse(clause, "a session is closed for matters that are named", {"matters": "none"}, "name them")
    unannounced = [matter for matter in close.matters if matter not in meeting.matters]
    if unannounced:
        judgement.refuse(
            clause, "a session is closed for matters on the notice, and for no other",
            {"not on the notice": unannounced, "on the notice": list(meeting.matters)},
            f"treat {', '.join(unannounced)} with open doors, or call a meeting on it",
        )  # fmt: skip


def _check_present(judgement: Judgement, meeting: Meeting, clause: str, close: CloseSession) -> None:
    """Who of the body was at the meeting stays."""
    strangers = [person for person in close.present if person not in judgement.state.persons]
    if strangers:
        raise judgement.bar("these persons are not known here", {"persons": strangers}, 'name guests under "guests"')
    members = set(members_of_body(judgement.state, meeting.edition, meeting.body, judgement.on))
    sent_out = sorted((members & set(meeting.present)) - set(close.present))
    if sent_out:
        judgement.refuse(
            clause, f"no member of {judgement.title(meeting.body)} is sent out of its closed session",
            {"sent out": sent_out, "staying": len(close.present)}, f"let {', '.join(sent_out[:5])} stay",
        )  # fmt: skip


@judges("session.reopen", Reopen, reportable=False)
def judge_reopen(judgement: Judgement, reopen: Reopen) -> None:
    """Judges the opening of the doors: by those who preside or keep the minutes; what was decided is taken from the record."""
    session = judgement.state.publications.sessions.get(reopen.session)
    if session is None or session.until >= 0:
        raise judgement.bar("there is no such closed session", {"session": reopen.session}, "name one, such as cs-31")
    meeting = judgement.state.meetings[session.meeting]
    rule = rule_on_sessions(judgement.state, meeting)
    assert rule is not None
    block = judgement.state.rulebook(meeting.edition).bodies[meeting.body.partition("@")[0]]
    clause, unit = rule.place.clause_of("closed by"), meeting.body.partition("@")[2]
    if judgement.author != meeting.opened_by:
        seats = tuple(seat for seat in (block.chaired_by, block.minutes_by) if seat)
        judgement.may_act(seats, clause, "the doors are opened by who presides or keeps the minutes", unit=unit)
    judgement.cite(clause)
    judgement.then(SessionReopened(session.id, meeting.id, judgement.on, decided_in(judgement.state, session)))


def check_doors(judgement: Judgement, meeting: Meeting, matter: str) -> bool:
    """Whether a matter may be decided now, where the doors are closed: those for which they were, and no other."""
    session = judgement.state.publications.session_of(meeting.id)
    if session is None or matter in session.matters or judgement.reported:
        return True
    rule = rule_on_sessions(judgement.state, meeting)
    clause = rule.place.clause_of("closed by") if rule is not None else FORM
    judgement.refuse(
        clause, "behind closed doors a meeting decides what it closed them for, and nothing else",
        {"matter": matter, "closed for": list(session.matters)}, "open the doors with session.reopen, then put it",
    )  # fmt: skip
    return False
