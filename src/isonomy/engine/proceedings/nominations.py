"""Nominations: made, seconded, consented to, withdrawn.

Lives here: `nomination.make`, `nomination.second`, `nomination.accept`, `nomination.withdraw`. Not here: opening and
closing them (`elections`).

Invariant: nobody becomes a candidate without an act of their own; that act's id is what the candidate contributes to the
lot. Whoever holds the lot's secret does not stand. Source: docs/spec/elections.md, sections 2 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.election import CLOSED, DECLARED, NOMINATING, POLLING, Candidate, Election
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.elections import election_of
from isonomy.engine.proceedings.standing import may_hold, rule_of
from isonomy.engine.shape import Line, PersonId, ProceedingId
from isonomy.engine.state import State

CANDIDATES_MAX = 490


@dataclass(frozen=True, slots=True)
class Nominate:
    """Nominates a person; who nominates oneself consents with it."""

    election: ProceedingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class SecondNomination:
    """Seconds the nomination of a person."""

    election: ProceedingId
    person: PersonId


@dataclass(frozen=True, slots=True)
class Accept:
    """Consents to one's own nomination."""

    election: ProceedingId


@dataclass(frozen=True, slots=True)
class WithdrawCandidate:
    """Stands no longer; after the declaration: is not available for a vacancy."""

    election: ProceedingId
    why: Line | None = None


@effect("candidate.nominated")
@dataclass(frozen=True, slots=True)
class CandidateNominated:
    """A person is nominated, by another or by themself."""

    election: str
    person: str
    by: str

    def apply(self, state: State, at: At) -> None:
        """Enters the candidate."""
        state.elections[self.election].candidates[self.person] = Candidate(self.person, self.by)
        state.touched[self.election] = at.n


@effect("candidate.seconded")
@dataclass(frozen=True, slots=True)
class CandidateSeconded:
    """A further person stands behind a nomination."""

    election: str
    person: str
    by: str

    def apply(self, state: State, at: At) -> None:
        """Adds the seconder."""
        state.elections[self.election].candidates[self.person].seconders.append(self.by)
        state.touched[self.election] = at.n


@effect("candidate.accepted")
@dataclass(frozen=True, slots=True)
class CandidateAccepted:
    """A nominee consents; the act's id goes into the lot."""

    election: str
    person: str

    def apply(self, state: State, at: At) -> None:
        """Notes the consent and what it contributes."""
        election = state.elections[self.election]
        election.candidates[self.person].accepted = True
        election.consents.append(str(at.act["id"]))
        state.touched[self.election] = at.n


@effect("candidate.withdrew")
@dataclass(frozen=True, slots=True)
class CandidateWithdrew:
    """A candidate stands no longer."""

    election: str
    person: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Notes the day."""
        state.elections[self.election].candidates[self.person].withdrawn_on = self.on
        state.touched[self.election] = at.n


def _nominating(judgement: Judgement, id: str) -> Election:
    """The election while nominations are open; bars the act otherwise."""
    election = election_of(judgement, id)
    standing = election.standing_on(judgement.on)
    meeting = judgement.state.meetings.get(election.meeting)
    is_over = meeting.standing != "open" if meeting is not None else judgement.on > election.nominations_until
    if standing != NOMINATING or is_over:
        procedure, _ = rule_of(judgement.state, election)
        raise judgement.bar(
            "nominations are closed", {"election": id, "last day": election.nominations_until, "standing": standing},
            "wait for the next election", procedure.place.clause_of("nominations"),
        )  # fmt: skip
    return election


def _candidate(judgement: Judgement, election: Election, person: str) -> Candidate:
    found = election.candidates.get(person)
    if found is None:
        raise judgement.bar(
            f"{person or 'nobody'} is not nominated", {"election": election.id}, "nominate with nomination.make"
        )
    return found


def _check_nominator(judgement: Judgement, election: Election, says: str) -> str:
    """Whether the author may nominate: as the clause says, else a member of the electing body; the clause."""
    procedure, rule = rule_of(judgement.state, election)
    clause = procedure.place.clause_of("nominated by")
    seats = rule.nominated_by or (election.body,)
    judgement.may_act(seats, clause, says, unit=election.body.partition("@")[2])
    return clause


@judges("nomination.make", Nominate, reportable=False)
def judge_nominate(judgement: Judgement, nominate: Nominate) -> None:
    """Judges a nomination: in time, by those the clause names, of a person who may hold the seat."""
    election = _nominating(judgement, nominate.election)
    clause = _check_nominator(judgement, election, "candidates are nominated by those the clause names")
    if nominate.person in election.candidates:
        raise judgement.bar(
            f"{nominate.person} is nominated already", {"election": election.id}, "second the nomination instead"
        )
    if len(election.candidates) >= CANDIDATES_MAX:
        raise judgement.bar(
            f"an election has at most {CANDIDATES_MAX} candidates", {"nominated": len(election.candidates)},
            "support one of them",
        )  # fmt: skip
    _check_eligible(judgement, election, nominate.person, clause)
    judgement.then(CandidateNominated(election.id, nominate.person, judgement.author))
    if nominate.person == judgement.author:
        judgement.then(CandidateAccepted(election.id, nominate.person))


def _check_eligible(judgement: Judgement, election: Election, person: str, clause: str) -> None:
    why = may_hold(judgement, person, election.seat, election.vacant_on)
    if why:
        judgement.refuse(
            clause, "a candidate is one who may hold the seat", {"person": person, "found": why}, "nominate another"
        )
    if person == election.opened_by:
        judgement.refuse(
            clause, "who holds the secret of the lot does not stand", {"person": person, "opened": election.id},
            "nominate another; at the next election let another open it",
        )  # fmt: skip


@judges("nomination.second", SecondNomination, reportable=False)
def judge_second(judgement: Judgement, second: SecondNomination) -> None:
    """Judges a seconding: in time, by another than nominee, nominator and those who seconded already."""
    election = _nominating(judgement, second.election)
    candidate = _candidate(judgement, election, second.person)
    clause = _check_nominator(judgement, election, "nominations are seconded by those who may nominate")
    if candidate.withdrawn_on:
        raise judgement.bar(f"{second.person} has withdrawn", {"on": candidate.withdrawn_on}, "support another")
    if judgement.author in (candidate.person, candidate.nominated_by, *candidate.seconders):
        judgement.refuse(
            clause, "nominee, nominator and seconders are different persons", {"person": judgement.author},
            "another member has to second",
        )  # fmt: skip
    judgement.then(CandidateSeconded(election.id, second.person, judgement.author))


@judges("nomination.accept", Accept, reportable=False)
def judge_accept(judgement: Judgement, accept: Accept) -> None:
    """Judges a consent: the nominee's own, in time."""
    election = _nominating(judgement, accept.election)
    candidate = _candidate(judgement, election, judgement.author)
    procedure, _ = rule_of(judgement.state, election)
    if candidate.withdrawn_on:
        raise judgement.bar(
            f"{candidate.person} has withdrawn",
            {"on": candidate.withdrawn_on},
            "who has withdrawn does not stand again",
        )
    if candidate.accepted:
        raise judgement.bar(f"{candidate.person} has consented already", {}, "nothing more is needed")
    clause = procedure.place.clause_of("nominations")
    _check_eligible(judgement, election, candidate.person, clause)
    judgement.cite(clause)
    judgement.then(CandidateAccepted(election.id, candidate.person))


@judges("nomination.withdraw", WithdrawCandidate, reportable=False)
def judge_withdraw(judgement: Judgement, withdraw: WithdrawCandidate) -> None:
    """Judges a withdrawal: the candidate's own, at any time but while the votes are being counted."""
    election = election_of(judgement, withdraw.election)
    candidate = _candidate(judgement, election, judgement.author)
    procedure, _ = rule_of(judgement.state, election)
    clause = procedure.place.clause_of("nominations")
    if candidate.withdrawn_on:
        raise judgement.bar(
            f"{candidate.person} has withdrawn already", {"on": candidate.withdrawn_on}, "nothing more is needed"
        )
    poll = judgement.state.polls.get(election.poll)
    if poll is not None and poll.standing == "closed":
        judgement.refuse(
            clause, "nobody withdraws between the close and the result", {"poll": poll.id},
            "wait for the declaration; a seat need not be taken",
        )  # fmt: skip
    elif election.standing not in (NOMINATING, CLOSED, POLLING, DECLARED):
        raise judgement.bar(f"the election is {election.standing}", {"election": election.id}, "nothing more is needed")
    judgement.cite(clause)
    judgement.then(CandidateWithdrew(election.id, candidate.person, judgement.on))
