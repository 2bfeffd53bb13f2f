"""Declaring: the result of a poll, derived by the rulebook from what was counted.

Lives here: `poll.declare` and what follows from it (the decision, the ratification). Not here: the count (`counting`, run
outside by the chamber and repeated by `verify`) and the derivation itself (`outcome`).

Invariant: the declarer gives tallies and the digest of the count; whether a quorum was reached, what is carried and who is
elected follows from them and the rulebook. A box declared must be the box closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from isonomy.engine.act import judges
from isonomy.engine.alone import Alone
from isonomy.engine.competence import AMENDMENT, ELECTION, RATIFICATION, competence_in
from isonomy.engine.conditions import is_carried, is_quorate
from isonomy.engine.delegation import held_by_vote
from isonomy.engine.effect import At, effect
from isonomy.engine.election import DECLARED
from isonomy.engine.facts import Group, NamedFacts, roll_span
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.amendments import decide_amendment
from isonomy.engine.proceedings.appeals import decide_appeal, scrutineers
from isonomy.engine.proceedings.decisions import DecisionTaken, lapse_of
from isonomy.engine.proceedings.draws import Drawn, read_draws
from isonomy.engine.proceedings.elected import check_winners, choose, elected
from isonomy.engine.proceedings.elections import appealable_until
from isonomy.engine.proceedings.joining import check_doubles
from isonomy.engine.proceedings.openings import decide_balance
from isonomy.engine.proceedings.outcome import (
    AGAINST_DEFAULT,
    Outcome,
    majority_of,
    outcome_by_matrix,
    parameters_of,
    procedure_for,
    quorum_of,
)
from isonomy.engine.proceedings.polls import officer_of, poll_of, standing_in
from isonomy.engine.proceedings.presiding import preside
from isonomy.engine.proceedings.question import HANDS
from isonomy.engine.proceedings.ratifying import ratify, refuse
from isonomy.engine.proceedings.readings import check_rest, overturned_under, rests_on
from isonomy.engine.proceedings.rulings import decide_ruling
from isonomy.engine.proceedings.settling import decide_on_holder
from isonomy.engine.proceedings.tallies import Counted, read_tallies
from isonomy.engine.proceedings.terms_decided import decide_terms
from isonomy.engine.refusal import Untold
from isonomy.engine.shape import Bytes32, Json, Line, Natural, ProceedingId, Sha256
from isonomy.engine.state import Poll, State
from isonomy.kernel.ids import proceeding_id
from isonomy.kernel.quantity import Answer, Span
from isonomy.rulebook.model import Majority, Procedure, Quorum


@dataclass(frozen=True, slots=True)
class Declare:
    """Declares the result of a poll: the box, the rule, the tallies, the winners as counted, ties as drawn.

    What `tallies` hold depends on the rule (elections.md, section 5). `secret` opens the lot that was published. `present`
    where a report tells it.
    """

    poll: ProceedingId
    rule: Line
    tallies: Json
    box_root: Bytes32 | None = None
    winners: tuple[Natural, ...] = ()
    draws: tuple[Drawn, ...] = ()
    trace: Sha256 | None = None
    present: Natural | None = None
    casting_vote: Line | None = None
    secret: Bytes32 | None = None


@effect("poll.declared")
@dataclass(frozen=True, slots=True)
class PollDeclared:
    """The result of a poll: tallies, outcome with its tests, and the digest of the count's trace."""

    poll: str
    rule: str
    on: str
    tallies: Json
    outcome: Json
    trace: str = ""
    secret: str = ""

    def apply(self, state: State, at: At) -> None:
        """Keeps the outcome; a motion that was not carried is closed."""
        poll = state.polls[self.poll]
        poll.standing, poll.rule, poll.outcome, poll.tallies = "declared", self.rule, self.outcome, self.tallies
        poll.trace, poll.secret, poll.declared_by = self.trace, self.secret, at.by
        motion = state.motions.get(poll.motion)
        if motion is not None and motion.standing == "open" and not poll.amendment:
            motion.standing = "voted on"
        if poll.election:
            state.elections[poll.election].standing = DECLARED
            state.touched[poll.election] = at.n
        state.touched[self.poll] = at.n


@judges("poll.declare", Declare)
def judge_declare(judgement: Judgement, declare: Declare) -> None:
    """Judges a declaration: the poll and box are the closed ones, the rule is the clause's, the outcome follows."""
    poll = _poll(judgement, declare)
    check_doubles(judgement, poll)
    outcomes = {edition: _outcome(judgement, poll, declare, edition) for edition in poll.editions}
    for edition, found in outcomes.items():
        _note_ruling(judgement, poll, found)
        _note_presence(judgement, poll, found, procedure_for(judgement.state, poll, edition, poll.matter)[1])
    first = next(iter(outcomes.values()))
    if any(found.to_json()["winners"] != first.to_json()["winners"] for found in outcomes.values()):
        raise judgement.bar(
            "the editions in force within the time told give different outcomes",
            {edition: found.to_json()["winners"] for edition, found in outcomes.items()}, "narrow the time told",
        )  # fmt: skip
    counted = tuple(int(number) for number in declare.winners)
    check_winners(judgement, poll, counted, first)
    _check_trace(judgement, poll, declare)
    judgement.then(
        PollDeclared(
            poll.id,
            declare.rule,
            judgement.on,
            declare.tallies,
            first.to_json(),
            declare.trace or "",
            declare.secret or "",
        )
    )
    _decide(judgement, poll, first)


def _poll(judgement: Judgement, declare: Declare) -> Poll:
    state = judgement.state
    found = state.polls.get(declare.poll)
    by_hands = found is not None and found.secrecy == HANDS and found.standing == "open"
    poll = found if found is not None and by_hands else poll_of(judgement, declare.poll, "closed")
    edition = poll.editions[0]
    _, clause = procedure_for(state, poll, edition, poll.matter)
    clause = clause or FORM
    preside(
        judgement, poll.body, poll.motion, clause, "a result is declared by the chair or a keeper of polls",
        concerned=standing_in(poll), meeting=poll.meeting, officer=officer_of(judgement, poll),
    )  # fmt: skip
    _check_challenge(judgement, poll, clause)
    check_rest(judgement, poll.id)
    check_rest(judgement, poll.amendment)
    if declare.rule != poll.counting:
        judgement.refuse(
            clause,
            f"the ballots are counted by {poll.counting}",
            {"rule": declare.rule},
            f"count them by {poll.counting}",
        )
    if poll.box_root and declare.box_root != poll.box_root:
        judgement.refuse(
            clause,
            "the box declared is the box that was closed",
            {"closed": poll.box_root, "declared": declare.box_root or "none"},
            "count the closed box",
        )
    return poll


def _check_trace(judgement: Judgement, poll: Poll, declare: Declare) -> None:
    """Where a scrutineer counts apart, there is a digest to hold against theirs."""
    procedure, clause = procedure_for(judgement.state, poll, poll.editions[0], poll.matter)
    if scrutineers(procedure) and declare.trace is None and poll.secrecy != HANDS and not judgement.reported:
        raise judgement.bar(
            "a result that is counted apart carries the digest of the count", {"trace": "none"},
            "declare what isonomy recount gives", clause,
        )  # fmt: skip


def _check_challenge(judgement: Judgement, poll: Poll, clause: str) -> None:
    """While the quorum of its meeting is challenged, no result is declared."""
    meeting = judgement.state.meetings.get(poll.meeting)
    if meeting is not None and meeting.standing == "open" and meeting.challenged_by:
        judgement.refuse(
            clause, "the quorum is challenged; nothing is decided until those present are counted",
            {"challenged by": meeting.challenged_by}, "count them with quorum.count",
        )  # fmt: skip


def _note_presence(judgement: Judgement, poll: Poll, outcome: Outcome, clause: str) -> None:
    """A meeting that has lost its quorum meanwhile decides nothing; what was counted is declared all the same."""
    meeting = judgement.state.meetings.get(poll.meeting)
    if meeting is not None and meeting.standing == "open" and meeting.quorate == Answer.NO.value:
        outcome.decided = False
        outcome.tests.append({"test": "quorum of the meeting", "clause": clause, "result": Answer.NO.value})


def _note_ruling(judgement: Judgement, poll: Poll, outcome: Outcome) -> None:
    """A question that was let through by a ruling decides nothing once the ruling is overturned."""
    ruling = overturned_under(judgement.state, poll.id, poll.amendment)
    if ruling is not None:
        outcome.decided, outcome.winners = False, ()
        test = {
            "test": "the ruling it rests on",
            "clause": ruling.clause,
            "result": Answer.NO.value,
            "ruling": ruling.id,
        }
        outcome.tests.append(test)
        outcome.says.append(f"The ruling in entry {ruling.entry} was overturned, so nothing is decided.")


def _outcome(judgement: Judgement, poll: Poll, declare: Declare, edition: str) -> Outcome:
    state = judgement.state
    counted = read_tallies(judgement, poll, declare.tallies)
    draws = read_draws(judgement, poll, declare.draws, declare.secret, edition)
    if poll.counting in AGAINST_DEFAULT:
        winners = tuple(int(number) for number in declare.winners)
        outcome = outcome_by_matrix(state, poll, edition, counted.matrix, counted.ballots, winners, draws)
        _cite_tests(judgement, poll, outcome, edition)
        return outcome
    outcome = Outcome()
    quorum, clause = quorum_of(state, poll, edition)
    facts = _facts(judgement, poll, counted, declare, edition)
    if quorum is not None:
        _require_quorum(judgement, poll, facts, quorum, clause, outcome)
    if declare.present is not None and poll.meeting:
        _challenge_quorum(judgement, poll, facts, edition, outcome)
    if counted.answers:
        _answer(judgement, poll, facts, declare, edition, outcome)
    else:
        choose(judgement, poll, counted, tuple(int(number) for number in declare.winners), draws, edition, outcome)
    return outcome


def _facts(judgement: Judgement, poll: Poll, counted: Counted, declare: Declare, edition: str) -> NamedFacts:
    answers = counted.answers
    spans = {kind: Span.exactly(count) for kind, count in answers.items()}
    spans["cast"] = Span.exactly(answers.get("for", 0) + answers.get("against", 0))
    spans["ballots"] = Span.exactly(counted.ballots)
    spans["entitled"] = spans["roll"] = roll_span(poll)
    facts = NamedFacts(judgement.state, judgement.on, poll.id, spans, edition)
    spans["present"] = _present(judgement, poll, counted, declare)
    spans["seats"] = facts.count(Group("seats", poll.body))
    return facts


def _present(judgement: Judgement, poll: Poll, counted: Counted, declare: Declare) -> Span:
    on_record = judgement.facts.count(Group("present", poll.meeting)) if poll.meeting else None
    if declare.present is not None:
        if on_record is not None and not judgement.reported and on_record.known != declare.present:
            judgement.refuse(
                FORM, "those present are counted by name, not declared",
                {"declared": declare.present, "on record": str(on_record)}, "leave it out, or count them with quorum.count",
            )  # fmt: skip
        on_record = Span.exactly(declare.present)
    if on_record is None:
        return Span.exactly(counted.ballots)
    if on_record.hi is not None and poll.secrecy == HANDS and on_record.hi < counted.ballots:
        judgement.refuse(
            FORM,
            "nobody votes who is not present",
            {"present": str(on_record), "votes": counted.ballots},
            "count again",
        )
    return on_record


def _require_quorum(
    judgement: Judgement, poll: Poll, facts: NamedFacts, quorum: Quorum, clause: str, outcome: Outcome
) -> None:
    tested = is_quorate(facts, quorum, Group("ballots", poll.id), Group("roll", poll.id))
    outcome.quorum = tested.answer
    outcome.tests.append({"test": "quorum", "clause": clause, "result": tested.answer.value, **tested.facts})
    if tested.answer is Answer.UNTOLD:
        judgement.untold.append(Untold(clause, "a quorum takes part", tested.facts))
    judgement.cite(clause)


def _challenge_quorum(judgement: Judgement, poll: Poll, facts: NamedFacts, edition: str, outcome: Outcome) -> None:
    """The quorum of a meeting at the decision itself, where those present were counted again."""
    body = judgement.state.rulebook(edition).bodies.get(poll.body.partition("@")[0])
    if body is None or body.quorum is None:
        return
    whole = Group("seats" if body.quorum.of == "seats" else "members", poll.body)
    tested = is_quorate(facts, body.quorum, Group("present", poll.id), whole)
    outcome.quorum = tested.answer
    outcome.tests.append({"test": "quorum", "clause": body.place.clause, "result": tested.answer.value, **tested.facts})
    judgement.cite(body.place.clause)


def _answer(
    judgement: Judgement, poll: Poll, facts: NamedFacts, declare: Declare, edition: str, outcome: Outcome
) -> None:
    """A question answered for or against: carried by its majority, a tie resolved only where the clause says so."""
    majority, clause = majority_of(judgement.state, poll, edition, poll.matter)
    tested = is_carried(facts, majority, poll.id)
    answer = tested.answer
    if declare.casting_vote is not None:
        answer = _cast_by_chair(judgement, poll, declare, edition, facts, majority, clause, answer)
    outcome.tests.append({"test": "majority", "clause": clause, "result": answer.value, **tested.facts})
    if outcome.quorum is Answer.NO:
        answer = Answer.NO
    if answer is Answer.UNTOLD:
        judgement.untold.append(Untold(clause, f"carried by {majority}", tested.facts))
        outcome.decided = False
    outcome.winners = (1,) if answer is Answer.YES else ()
    judgement.cite(clause)


def _cast_by_chair(
    judgement: Judgement,
    poll: Poll,
    declare: Declare,
    edition: str,
    facts: NamedFacts,
    majority: Majority,
    clause: str,
    answer: Answer,
) -> Answer:
    """A casting vote: where the clause gives one, at a tie, never in an election, a secret ballot or one's own case."""
    procedure, _ = procedure_for(judgement.state, poll, edition, poll.matter)
    tie = facts.count(Group("for", poll.id)) == facts.count(Group("against", poll.id))
    office = procedure.casting_vote if procedure else ""
    motion = judgement.state.motions.get(poll.motion)
    own_case = motion is not None and bool(motion.person) and motion.person == judgement.author
    why = (
        "no clause gives a casting vote here" if not office
        else "a casting vote resolves a tie" if not tie
        else "there is no casting vote in an election, a secret ballot or one's own case"
        if poll.seat or poll.matter.startswith(ELECTION) or poll.secrecy == "secret" or own_case
        else ""
    )  # fmt: skip
    if declare.casting_vote not in ("for", "against"):
        raise judgement.bar("a casting vote is for or against", {"casting_vote": declare.casting_vote})
    if why:
        judgement.refuse(
            clause,
            why,
            {"for": str(facts.count(Group("for", poll.id))), "against": str(facts.count(Group("against", poll.id)))},
            "leave it out",
        )
        return answer
    judgement.may_act(
        (judgement.beside(office, poll.body.partition("@")[2]),),
        clause,
        "the casting vote belongs to the office the clause names",
    )
    # One vote more for or against: it breaks the tie, and carries nothing that needs more than that.
    more = {
        kind: facts.count(Group(kind, poll.id)) for kind in ("for", "against", "cast", "present", "entitled", "seats")
    }
    more[declare.casting_vote] += Span.exactly(1)
    more["cast"] += Span.exactly(1)
    return is_carried(NamedFacts(judgement.state, judgement.on, poll.id, more, edition), majority, poll.id).answer


def _cite_tests(judgement: Judgement, poll: Poll, outcome: Outcome, edition: str) -> None:
    for test in outcome.tests:
        judgement.cite(test["clause"])
        if test.get("result") == Answer.UNTOLD.value:
            name = poll.options[test["option"] - 1].name
            judgement.untold.append(
                Untold(
                    test["clause"],
                    f"'{name}' reaches the quorum of {test['asked']}",
                    {"votes": test["votes"], "roll": test["roll"]},
                )
            )
    if outcome.quorum is Answer.UNTOLD and parameters_of(judgement.state, poll, edition).quorum is None:
        outcome.says.append(
            "The size of the roll is not known, so the quorum cannot be told; the count is shown without it."
        )


def _decide(judgement: Judgement, poll: Poll, outcome: Outcome) -> None:
    """What follows: a decision where something other than the default won, and the ratification it may carry."""
    options = elected(poll, outcome.winners) if poll.options else []
    motion = judgement.state.motions.get(poll.motion)
    inquorate = outcome.quorum is Answer.NO and poll.counting not in AGAINST_DEFAULT
    carried = bool(options if poll.options else outcome.winners)
    if poll.amendment:
        decide_amendment(judgement, poll.amendment, carried=carried and outcome.decided and not inquorate)
        return
    if motion is not None and motion.appeal and outcome.decided and not inquorate and not judgement.reported:
        decide_appeal(judgement, motion.appeal, carried=carried, poll=poll.id)
    if motion is not None and outcome.decided and not inquorate and not judgement.reported:
        decide_balance(judgement, motion, carried=carried, poll=poll.id)
        decide_ruling(judgement, motion, carried=carried, body=poll.body, poll=poll.id)
    if motion is not None and poll.matter == RATIFICATION and not carried and outcome.decided and not inquorate:
        refuse(judgement, motion.ratifies, poll.id)
    decision = proceeding_id("de", judgement.n)
    if motion is not None:
        decide_on_holder(
            judgement, motion, poll, carried=carried, decided=outcome.decided and not inquorate, decision=decision
        )
    if not carried or not outcome.decided or inquorate:
        return
    text = "; ".join(option.name for option in options) if options and motion is None else ""
    person = " ".join(option.person for option in options if option.person) or (motion.person if motion else "")
    procedure, clause = procedure_for(judgement.state, poll, poll.editions[0], poll.matter)
    matter = next((option.matter for option in options if option.matter), poll.matter)
    handed, lost = (None, False) if clause else held_by_vote(judgement.state, poll.body, poll.matter, judgement.on)
    if lost:
        return
    clause = handed.clause if handed is not None else clause
    lapses_on, ratify_by = _lapse(judgement, poll)
    judgement.then(
        DecisionTaken(
            decision, poll.body, matter, judgement.on, clause, text=text or (motion.text if motion else poll.question),
            poll=poll.id, meeting=poll.meeting, motion=poll.motion, amount=motion.amount if motion else None,
            lapses_on=lapses_on, ratify_by=ratify_by,
            draft=motion.draft if motion and poll.matter == AMENDMENT else "",
            person=person if poll.matter.startswith(ELECTION) or motion else "", reported=judgement.reported,
            amendments=tuple(motion.amended_by) if motion else (), about=poll.about,
            alone=Alone("", under=handed.id, handed_by=handed.decision) if handed is not None else None,
            **_provisional(judgement, poll, procedure, rests_on(judgement, poll.id, decision)),
        )
    )  # fmt: skip
    decide_terms(judgement, motion, decision)
    if motion is not None and poll.matter == RATIFICATION:
        ratify(judgement, poll.body, motion.ratifies, decision, clause)


def _provisional(judgement: Judgement, poll: Poll, procedure: Procedure | None, ruled_until: str) -> dict[str, Any]:
    """What keeps a result provisional: the time to appeal against the ruling it rests on; of an election, the time to
    appeal and a count apart that is still to come."""
    if not poll.matter.startswith(ELECTION) or judgement.reported:
        return {"election": poll.election, "appealable_until": ruled_until}
    rule = procedure.election if procedure is not None else None
    return {
        "election": poll.election,
        "appealable_until": max(ruled_until, appealable_until(rule, judgement.on)),
        "unattested": bool(scrutineers(procedure)) and poll.secrecy != HANDS,
    }


def _lapse(judgement: Judgement, poll: Poll) -> tuple[str, str]:
    """Where a body decides under a power that lapses unless ratified, its decisions do as an office's would."""
    competence = competence_in(judgement.state.rulebook(poll.editions[0]), poll.body, poll.matter)
    power = competence.power if competence is not None else None
    return lapse_of(judgement, power) if power is not None else ("", "")
