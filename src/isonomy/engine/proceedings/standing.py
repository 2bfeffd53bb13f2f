"""Standing for election: who may hold a seat, and who may not preside because they stand.

Lives here: the questions that several acts of an election ask. Not here: the acts (`elections`, `nominations`, `putting`).

Invariant: a person who could not take the seat is no candidate; nobody presides over an election in which they stand, and
who holds the secret of its lot does not stand in it.
"""

from __future__ import annotations

from isonomy.engine.election import Election
from isonomy.engine.eligibility import why_barred
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.presiding import preside
from isonomy.engine.roll import is_voter, unit_lies_in
from isonomy.engine.state import State
from isonomy.rulebook.election_rule import ElectionRule
from isonomy.rulebook.model import Procedure


def rule_of(state: State, election: Election) -> tuple[Procedure, ElectionRule]:
    """The procedure under which an election was opened, and what it says of elections."""
    procedure = state.rulebook(election.edition).procedures[election.procedure]
    return procedure, procedure.election or ElectionRule()


def may_hold(judgement: Judgement, person: str, seat: str, since: str = "") -> str:
    """Why a person could not hold a seat from a day on (today); "" where nothing stands against it, or they may choose."""
    known = judgement.state.persons.get(person)
    if known is None or not known.is_member_on(judgement.on):
        return "is not a member"
    if not is_voter(known, judgement.rulebook, judgement.on):
        return "has no vote"
    unit = seat.partition("@")[2]
    if unit and not unit_lies_in(judgement.state, known.unit, unit):
        return f"does not belong to {unit}"
    return why_barred(judgement.state, judgement.rulebook, person, seat, max(since, judgement.on))


def check_returning(
    judgement: Judgement,
    body: str,
    procedure: Procedure | None,
    clause: str,
    says: str,
    *,
    standing: tuple[str, ...] = (),
) -> None:
    """Whether the author is returning officer of an election: the office of the clause, else whoever presides in the body.

    Nobody does it who is among those `standing`.
    """
    officer = returning_officer(judgement, body, procedure)
    preside(judgement, body, "", clause, says, concerned=standing, officer=officer)


def returning_officer(judgement: Judgement, body: str, procedure: Procedure | None) -> str:
    """The office that the clause makes returning officer, as it stands beside the body; "" where it names none."""
    rule = procedure.election if procedure is not None else None
    return judgement.beside(rule.returning_officer, body.partition("@")[2]) if rule and rule.returning_officer else ""
