"""Appeals against the result of an election, and the second count of a scrutineer: until then a result is provisional.

Lives here: `count.attest`, `election.appeal`, and what a vote on an appeal brings. Not here: the motion and the vote on it
(`motions`, `declaring`).

Invariant: an appeal is decided by the body that the clause names, by a vote on a motion that names the appeal; an attestation
is of the very digest that was declared, by another person than the declarer. Source: docs/spec/elections.md, section 6.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import APPEAL
from isonomy.engine.effect import At, effect
from isonomy.engine.election import ANNULLED, Appeal
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.outcome import procedure_for
from isonomy.engine.shape import ProceedingId, Sha256, Text
from isonomy.engine.state import Decision, State
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Procedure

UPHELD, DISMISSED, UNDECIDED = "upheld", "dismissed", "undecided"


@dataclass(frozen=True, slots=True)
class Attest:
    """Attests, as a scrutineer who counted the box apart, the digest of one's own count."""

    poll: ProceedingId
    trace: Sha256


@dataclass(frozen=True, slots=True)
class LodgeAppeal:
    """Appeals against the result of an election."""

    decision: ProceedingId
    text: Text


@effect("count.attested")
@dataclass(frozen=True, slots=True)
class CountAttested:
    """A scrutineer counted the box and found this digest; `agrees` when it is the one declared."""

    poll: str
    person: str
    trace: str
    agrees: bool

    def apply(self, state: State, at: At) -> None:
        """Keeps the digest; where it agrees the decision waits no longer for it."""
        poll = state.polls[self.poll]
        poll.attested[self.person] = self.trace
        decision = state.decisions.get(poll.decision)
        if decision is not None and self.agrees:
            decision.unattested = False
            state.touched[decision.id] = at.n
        state.touched[self.poll] = at.n


@effect("appeal.lodged")
@dataclass(frozen=True, slots=True)
class AppealLodged:
    """Somebody appeals against the result of an election, before a body."""

    appeal: str
    decision: str
    body: str
    by: str
    on: str
    edition: str

    def apply(self, state: State, at: At) -> None:
        """Enters the appeal; its reasons stand in the act."""
        state.appeals[self.appeal] = Appeal(
            self.appeal, self.decision, self.body, self.by, str(at.act["text"]), self.on, self.edition
        )
        state.decisions[self.decision].appeals.append(self.appeal)
        state.touched[self.appeal] = state.touched[self.decision] = state.touched[self.body] = at.n


@effect("appeal.decided")
@dataclass(frozen=True, slots=True)
class AppealDecided:
    """An appeal is upheld, and the election annulled; or it is dismissed."""

    appeal: str
    upheld: bool
    by: str

    def apply(self, state: State, at: At) -> None:
        """Closes the appeal; an upheld one annuls the decision, and the other appeals against it fall away with it."""
        appeal = state.appeals[self.appeal]
        decision = state.decisions[appeal.decision]
        appeal.standing = UPHELD if self.upheld else DISMISSED
        decision.appeals = [] if self.upheld else [other for other in decision.appeals if other != self.appeal]
        if self.upheld:
            decision.standing = "annulled"
            for election in state.elections.values():
                if election.decision == decision.id:
                    election.standing = ANNULLED
        state.touched[self.appeal] = state.touched[decision.id] = at.n


@judges("count.attest", Attest, reportable=False)
def judge_attest(judgement: Judgement, attest: Attest) -> None:
    """Judges an attestation: by a scrutineer of the clause, other than who declared, of a declared count."""
    state = judgement.state
    poll = state.polls.get(attest.poll)
    if poll is None or poll.standing != "declared" or not poll.trace:
        raise judgement.bar(
            "there is no declared count to attest",
            {"poll": attest.poll},
            "wait for the declaration, which carries a digest",
        )
    procedure, clause = procedure_for(state, poll, poll.editions[0], poll.matter)
    seats = scrutineers(procedure)
    if procedure is None or not seats:
        raise judgement.bar("no clause has scrutineers here", {"poll": poll.id}, "lodge what you found as an appeal")
    if judgement.author in poll.attested:
        raise judgement.bar("you have attested already", {"poll": poll.id}, "another scrutineer may")
    judgement.may_act(
        seats,
        procedure.place.clause_of("scrutineers"),
        "a count is attested by a scrutineer",
        unit=poll.body.partition("@")[2],
    )
    if judgement.author in (poll.declared_by, *(option.person for option in poll.options)):
        judgement.refuse(
            clause, "nobody attests a count they declared, or in which they stand", {"person": judgement.author},
            "another scrutineer counts",
        )  # fmt: skip
    judgement.then(CountAttested(poll.id, judgement.author, attest.trace, attest.trace == poll.trace))


def scrutineers(procedure: Procedure | None) -> tuple[str, ...]:
    """The seats from which a scrutineer comes; none where the clause has none."""
    return procedure.election.scrutineers if procedure is not None and procedure.election is not None else ()


@judges("election.appeal", LodgeAppeal, reportable=False)
def judge_appeal(judgement: Judgement, lodged: LodgeAppeal) -> None:
    """Judges an appeal: in time, by somebody who could vote or stood, where the clause has appeals."""
    state = judgement.state
    decision = state.decisions.get(lodged.decision)
    if decision is None or not decision.appealable_until:
        raise judgement.bar(
            "no clause lets this be appealed",
            {"decision": lodged.decision},
            "name the decision of an election, such as de-42",
        )
    clause, body = _court(judgement, decision)
    if judgement.on > decision.appealable_until:
        judgement.refuse(
            clause, "an appeal is lodged in time", {"last day": decision.appealable_until, "today": judgement.on},
            "the result stands",
        )  # fmt: skip
    if decision.standing_on(judgement.on) != "provisional":
        judgement.refuse(
            clause, "an appeal is against a result that stands so far", {"standing": decision.standing_on(judgement.on)},
            "nothing more is needed",
        )  # fmt: skip
    if judgement.author not in _concerned(state, decision):
        judgement.refuse(
            clause, "an appeal is lodged by somebody who could vote or stood", {"person": judgement.author},
            "ask one who is on the roll",
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(
        AppealLodged(
            proceeding_id("ap", judgement.n), decision.id, body, judgement.author, judgement.on, judgement.edition
        )
    )


def _court(judgement: Judgement, decision: Decision) -> tuple[str, str]:
    """The clause of an appeal and the body that decides it, by the edition under which the election was held."""
    poll = judgement.state.polls.get(decision.poll)
    edition = poll.editions[0] if poll is not None else judgement.edition
    for election in judgement.state.elections.values():
        if election.decision == decision.id:
            edition = election.edition
    procedure = judgement.state.rulebook(edition).election_of(decision.matter.partition("election-of-")[2])
    rule = procedure.election if procedure is not None else None
    if procedure is None or rule is None or rule.appeal is None:
        raise judgement.bar("no clause has appeals here", {"decision": decision.id}, "the result stands")
    return procedure.place.clause_of("appeal"), judgement.beside(rule.appeal.to, decision.seat.partition("@")[2])


def _concerned(state: State, decision: Decision) -> set[str]:
    """Who may appeal: those on the roll of the poll and those who stood; uncontested, those nominated and the voters now."""
    poll = state.polls.get(decision.poll)
    found = {option.person for option in poll.options if option.person} if poll is not None else set()
    found |= set(poll.roll or ()) if poll is not None else set()
    for election in state.elections.values():
        if election.decision == decision.id:
            found |= set(election.candidates)
            found |= {candidate.nominated_by for candidate in election.candidates.values()}
    return found


def decide_appeal(judgement: Judgement, appeal: str, *, carried: bool, poll: str) -> None:
    """What the vote on a motion that names an appeal brings: upheld where it is carried, dismissed where it is not."""
    found = judgement.state.appeals.get(appeal)
    if found is not None and found.standing == UNDECIDED:
        judgement.then(AppealDecided(appeal, carried, poll))


def check_moved(judgement: Judgement, body: str, matter: str, appeal: str | None) -> None:
    """A motion on an appeal names the appeal, before the body that decides it; no other motion names one."""
    if matter.startswith(APPEAL) != (appeal is not None):
        raise judgement.bar(
            "a motion on an appeal names it, and no other motion does", {"matter": matter, "appeal": appeal or "none"},
            'give "appeal", such as ap-42' if appeal is None else f"write a matter that begins with {APPEAL}", FORM,
        )  # fmt: skip
    if appeal is None:
        return
    found = judgement.state.appeals.get(appeal)
    decision = judgement.state.decisions.get(found.decision) if found is not None else None
    if found is None or decision is None:
        raise judgement.bar(f"there is no appeal '{appeal}'", {}, "name one, such as ap-42")
    if found.body != body or decision.matter != "election-of-" + matter[len(APPEAL) :]:
        raise judgement.bar(
            "the appeal is another",
            {"before": found.body, "against": decision.matter},
            "move it before the body it was lodged with",
        )
    if found.standing != UNDECIDED:
        raise judgement.bar(f"the appeal is {found.standing} already", {"appeal": appeal}, "nothing more is needed")
