"""Answering a criticism: the answer owed by whom it was addressed to, the critics' reply, and disagreement between bodies.

Lives here: `criticism.answer`, `criticism.rejoin`, `disagreement.record`. Not here: making and withdrawing (`criticisms`).

Invariant: each seat to which a criticism has come answers for itself, once, and no answer is judged: it stands beside the words
it answers. Source: docs/spec/acts-criticism.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.criticism import Criticism, CriticismAnswer, Disagreement, Rejoinder
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.owed_answers import rule_of
from isonomy.engine.proceedings.criticisms import check_decided, check_length, known_criticism
from isonomy.engine.shape import ProceedingId, SeatName, Text
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Body
from isonomy.rulebook.provisions.criticism import ANSWERING, BY_CHAIR, DISAGREEING, CriticismRule, criticism_rules


@dataclass(frozen=True, slots=True)
class Answer:
    """Answers a criticism for the seat to which it was addressed, or to which it has come."""

    criticism: ProceedingId
    text: Text
    seat: SeatName | None = None
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Rejoin:
    """Replies to the answer, as one of the critics, once."""

    criticism: ProceedingId
    text: Text
    seat: SeatName | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Records that a body disagrees with another body's view, with its reasons."""

    about: ProceedingId
    text: Text
    decision: ProceedingId | None = None


@effect("criticism.answered")
@dataclass(frozen=True, slots=True)
class CriticismAnswered:
    """A seat answered a criticism, so many days after its time (`late_days`, 0 in time)."""

    criticism: str
    seat: str
    by: str
    on: str
    text: str
    due_on: str = ""
    late_days: int = 0
    decision: str = ""
    rejoin_by: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the answer beside the criticism."""
        criticism = state.criticisms[self.criticism]
        answer = CriticismAnswer(self.seat, self.by, self.text, self.on, at.n, self.decision, self.rejoin_by)
        criticism.answers.append(answer)
        state.touched[self.criticism] = at.n


@effect("criticism.rejoined")
@dataclass(frozen=True, slots=True)
class CriticismRejoined:
    """A critic replied to the answer of a seat."""

    criticism: str
    seat: str
    by: str
    on: str
    text: str

    def apply(self, state: State, at: At) -> None:
        """Sets the reply beside the answer."""
        answer = state.criticisms[self.criticism].answer_of(self.seat)
        assert answer is not None, "a reply is to an answer"
        answer.rejoinders.append(Rejoinder(self.by, self.text, self.on, at.n))
        state.touched[self.criticism] = at.n


@effect("disagreement.recorded")
@dataclass(frozen=True, slots=True)
class DisagreementRecorded:
    """A body disagrees with the view that another body or office expressed in a decision, an answer or a report."""

    disagreement: str
    body: str
    about: str
    seat: str
    on: str
    text: str
    decision: str

    def apply(self, state: State, at: At) -> None:
        """Sets it beside the view."""
        state.disagreements[self.disagreement] = Disagreement(
            self.disagreement, self.body, self.about, self.seat, self.text, self.on, self.decision
        )
        state.touched[self.disagreement] = at.n


@judges("criticism.answer", Answer, reportable=False)
def judge_answer(judgement: Judgement, answer: Answer) -> None:
    """Judges an answer: by the seat that owes it or owed it before, in its own name, once."""
    criticism = known_criticism(judgement, answer.criticism)
    rule = rule_of(judgement.state, criticism)
    clause = rule.place.clause_of("answer within")
    if criticism.withdrawn_on:
        raise judgement.bar(
            "the criticism is withdrawn", {"on": criticism.withdrawn_on}, "nothing more is owed", clause
        )
    seats = [step.seat for step in criticism.reached(judgement.on)] or [criticism.addressee]
    seat = _answering_seat(judgement, criticism, answer, seats, clause)
    if criticism.answer_of(seat) is not None:
        raise judgement.bar(
            f"{judgement.title(seat)} has answered", {"on": criticism.answer_of(seat).on}, "nothing more is owed", clause  # type: ignore[union-attr]
        )  # fmt: skip
    if judgement.author in criticism.critics:
        judgement.refuse(
            clause, "nobody answers their own criticism", {"by": judgement.author},
            f"let another of {judgement.title(seat)} hand it in",
        )  # fmt: skip
    _check_answers_for(judgement, rule, criticism, answer, seat, clause)
    step = next((found for found in criticism.steps if found.seat == seat), None)
    late = max(0, (day_of(judgement.on) - day_of(step.due_on)).days) if step is not None else 0
    within = rule.rejoinder_within
    judgement.then(
        CriticismAnswered(
            criticism.id, seat, judgement.author, judgement.on, answer.text, step.due_on if step else "", late,
            answer.decision or "", within.after(day_of(judgement.on)).isoformat() if within else "",
        )
    )  # fmt: skip


def _answering_seat(judgement: Judgement, criticism: Criticism, answer: Answer, seats: list[str], clause: str) -> str:
    """The seat for which is answered; a ground where the criticism was neither sent to it nor has come to it."""
    decision = judgement.state.decisions.get(answer.decision or "")
    named = answer.seat or (decision.seat if decision is not None else "") or judgement.as_
    if not named:
        held = [seat for seat in seats if judgement.author in judgement.holders(seat)]
        named = (held or seats[-1:])[0]
    if named not in seats:
        coming = next((step for step in criticism.steps if step.seat == named), None)
        found = {"addressed to": criticism.addressee, "answered for": named}
        cure = f"let {judgement.title(seats[-1])} answer"
        if coming is not None:
            cure += f", or wait until {coming.since}"
        judgement.refuse(clause, "nobody answers for another", found, cure)
        return criticism.addressee
    return named


def _check_answers_for(
    judgement: Judgement, rule: CriticismRule, criticism: Criticism, answer: Answer, seat: str, clause: str
) -> None:
    plain, _, unit = seat.partition("@")
    says = f"{judgement.title(seat)} answers for itself"
    body = judgement.rulebook.bodies.get(plain)
    if not isinstance(body, Body):
        judgement.may_act((seat,), clause, says)
        return
    clause = rule.place.clause_of("answer of a body")
    if rule.answer_of_a_body == BY_CHAIR and body.chaired_by:
        # The chair speaks for the body here, whatever the criticism is addressed to.
        judgement.may_act((judgement.beside(body.chaired_by, unit),), clause, f"{says}, by its chair")
        return
    judgement.is_granted(
        (plain,), clause, says, decision=answer.decision, matter=ANSWERING, about=criticism.id, unit=unit
    )
    if answer.decision is not None:
        check_decided(judgement, clause, answer.decision, answer.text, criticism.id)


@judges("criticism.rejoin", Rejoin, reportable=False)
def judge_rejoin(judgement: Judgement, rejoin: Rejoin) -> None:
    """Judges a reply: one of the critics, or the keeper for one whom it alone knows, to an answer, once, in time."""
    criticism = known_criticism(judgement, rejoin.criticism)
    rule = rule_of(judgement.state, criticism)
    clause = rule.place.clause_of("rejoinder within")
    answer = criticism.answer_of(rejoin.seat) if rejoin.seat else next(iter(reversed(criticism.answers)), None)
    if answer is None:
        raise judgement.bar("there is no answer to reply to", {"of": rejoin.seat or "anybody"}, "wait for one", clause)
    if rule.rejoinder_within is None:
        judgement.refuse(clause, "no clause has a reply to an answer", {}, "make another criticism")
        return
    if criticism.author and judgement.as_ == criticism.keeper:
        judgement.may_act((criticism.keeper,), rule.place.clause_of("author"), "the keeper replies for whom it knows")
    elif judgement.author not in criticism.critics:
        judgement.refuse(
            clause, "a reply is the critics' own", {"by": judgement.author, "critics": list(criticism.critics)},
            "make a criticism of your own",
        )  # fmt: skip
    if any(found.by == judgement.author for found in answer.rejoinders):
        raise judgement.bar("you have replied to this answer", {}, "make another criticism", clause)
    if judgement.on > answer.rejoin_by:
        judgement.refuse(
            clause, f"a reply is made within {rule.rejoinder_within}", {"answered": answer.on, "until": answer.rejoin_by},
            "make another criticism",
        )  # fmt: skip
    check_length(judgement, rule, rejoin.text)
    judgement.cite(clause)
    judgement.then(CriticismRejoined(criticism.id, answer.seat, judgement.author, judgement.on, rejoin.text))


@judges("disagreement.record", Record)
def judge_record(judgement: Judgement, record: Record) -> None:
    """Judges a disagreement: a body's own by its decision, with the reasons it decided, on another's view."""
    rules = [rule for rule in criticism_rules(judgement.rulebook).values() if rule.disagreement_by]
    if not rules:
        raise judgement.bar("no clause lets a body record its disagreement", {}, "amend the rulebook first")
    clause = rules[0].place.clause_of("disagreement by")
    bodies = tuple(dict.fromkeys(body for rule in rules for body in rule.disagreement_by))
    seat = view_of(judgement, record.about)
    decision = judgement.state.decisions.get(record.decision or "")
    body = decision.seat if decision is not None else ""
    judgement.is_granted(
        bodies, clause, "a body disagrees by its decision", decision=record.decision, matter=DISAGREEING,
        about=record.about, unit=body.partition("@")[2],
    )  # fmt: skip
    if record.decision is not None:
        check_decided(judgement, clause, record.decision, record.text, record.about)
    if body == seat:
        judgement.refuse(
            clause, "a body disagrees with the view of another", {"view of": seat, "here": body},
            "decide otherwise, and say why",
        )  # fmt: skip
    judgement.then(
        DisagreementRecorded(
            proceeding_id("di", judgement.n), body, record.about, seat, judgement.on, record.text, record.decision or ""
        )
    )


def view_of(judgement: Judgement, about: str) -> str:
    """Whose view a thing is: a decision's body, who answered a criticism, whom a commission reports for; bars what is none."""
    state = judgement.state
    if about in state.decisions:
        return state.decisions[about].seat
    if about in state.criticisms and state.criticisms[about].answers:
        return state.criticisms[about].answers[-1].seat
    if about in state.commissions and state.commissions[about].reports:
        return f"commission of {state.commissions[about].seat}"
    if about in state.disagreements:
        return state.disagreements[about].body
    raise judgement.bar(
        f"no view stands under '{about}'", {}, "name a decision, an answered criticism, a commission that reported"
    )
