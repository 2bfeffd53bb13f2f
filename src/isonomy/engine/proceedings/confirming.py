"""Confirming: another body or office is asked about somebody chosen for a seat, and answers.

Lives here: `confirmation.ask`, `confirmation.answer`. Not here: the taking of the seat (`mandates`, `coopting`), the vote by
which a body answers (`polls`).

Invariant: a refusal has reasons; silence does what the clause says when its time is over, and nothing where no time is set.
Source: docs/spec/acts-seating.md, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.competence import APPOINTMENT, ELECTION, Road, decided_by
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.seating import CONFIRMED, REFUSED, ToConfirm
from isonomy.engine.shape import PersonId, ProceedingId, SeatName, Text
from isonomy.engine.state import State, day_of
from isonomy.kernel.calendar import say_date
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import Competence, Rulebook
from isonomy.rulebook.provisions.confirmation import confirmation_of

CONFIRMING, REFUSING, COOPTING = "confirmation-of-", "refusal-of-", "co-option-to-"
WAYS = {ELECTION: "election", APPOINTMENT: "appointment", COOPTING: "co-option"}


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks for the confirmation of somebody who was chosen, by the decision that chose or by whoever appoints alone."""

    person: PersonId
    seat: SeatName
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """Confirms, or refuses with reasons; a body by its decision on the matter."""

    confirmation: ProceedingId
    confirms: bool
    decision: ProceedingId | None = None
    reasons: Text | None = None


@effect("confirmation.asked")
@dataclass(frozen=True, slots=True)
class ConfirmationAsked:
    """Another seat is asked to confirm somebody; by when, and what silence does."""

    confirmation: str
    person: str
    seat: str
    way: str
    ground: str
    by: str
    on: str
    clause: str
    answer_by: str = ""
    silence: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the question."""
        state.seating.confirmations[self.confirmation] = ToConfirm(
            self.confirmation, self.person, self.seat, self.way, self.ground, self.by, self.on, self.clause, self.answer_by,
            self.silence,
        )  # fmt: skip
        state.touched[self.confirmation] = state.touched[self.seat] = at.n


@effect("confirmation.answered")
@dataclass(frozen=True, slots=True)
class ConfirmationAnswered:
    """Somebody chosen for a seat is confirmed, or refused with reasons."""

    confirmation: str
    answer: str
    on: str
    decision: str = ""
    reasons: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the answer."""
        found = state.seating.confirmations[self.confirmation]
        found.answer, found.answered_on, found.decision, found.reasons = (
            self.answer,
            self.on,
            self.decision,
            self.reasons,
        )
        state.touched[self.confirmation] = state.touched[found.seat] = at.n


@decided_by(REFUSING)
@decided_by(CONFIRMING)
def _confirmers(rulebook: Rulebook, about: str) -> Road:
    """The seats that confirm whoever is chosen for a seat."""
    blocks = [found for found in rulebook.provisions.get("confirmation", {}).values() if found.seat == about]
    return tuple(Competence(block.by, block.place) for block in blocks if block.by in rulebook.bodies)


@judges("confirmation.ask", Ask, reportable=False)
def judge_ask(judgement: Judgement, ask: Ask) -> None:
    """Judges a question: the clause asks for confirmation, somebody was chosen, and it was not asked already."""
    block = judgement.seat(ask.seat)
    way, ground = _chosen(judgement, ask)
    rule = confirmation_of(judgement.rulebook, ask.seat, way)
    if rule is None:
        raise judgement.bar(
            f"no clause asks a confirmation of the {way} of {judgement.title(ask.seat)}", {"seat": ask.seat},
            "take the seat with mandate.begin", block.place.clause,
        )  # fmt: skip
    clause = rule.place.clause_of("by")
    _check_new(judgement, ask, way, ground, clause)
    person = judgement.state.persons.get(ask.person)
    if person is None or not person.is_member_on(judgement.on):
        raise judgement.bar(f"{ask.person} is not a member", {}, "choose a member")
    by = judgement.beside(rule.by, ask.seat.partition("@")[2])
    last = rule.within.after(day_of(judgement.on)).isoformat() if rule.within is not None else ""
    judgement.cite(clause)
    judgement.then(
        ConfirmationAsked(
            proceeding_id("cf", judgement.n), ask.person, ask.seat, way, ground, by, judgement.on, clause, last,
            rule.silence if last else "",
        )
    )  # fmt: skip


def _chosen(judgement: Judgement, ask: Ask) -> tuple[str, str]:
    """The way in which somebody was chosen, and the ground: the decision, or whoever appoints alone."""
    plain, _, unit = ask.seat.partition("@")
    block = judgement.seat(ask.seat)
    if ask.decision is None:
        filled = block.filled
        if filled is None or filled.way != "appointment" or filled.by not in judgement.rulebook.offices:
            raise judgement.bar(
                "it is not said by which decision the person was chosen", {"decision": "none named"}, "name it",
                block.place.clause,
            )  # fmt: skip
        judgement.may_act(
            (filled.by,),
            block.place.clause,
            f"{judgement.title(filled.by)} appoints {judgement.title(ask.seat)}",
            unit=unit,
        )
        return WAYS[APPOINTMENT], f"by {judgement.author}"
    decision = judgement.state.decisions.get(ask.decision)
    way = next((word for start, word in WAYS.items() if decision is not None and decision.matter == start + plain), "")
    if decision is None or not way or ask.person not in decision.person.split():
        raise judgement.bar(
            f"that decision chose nobody of that name for {judgement.title(ask.seat)}",
            {"decision": ask.decision, "person": ask.person}, "name the decision that did", block.place.clause,
        )  # fmt: skip
    if decision.standing_on(judgement.on) not in ("in force", "ratified"):
        judgement.refuse(
            block.place.clause, "the decision that chose is not in force", {"standing": decision.standing_on(judgement.on)},
            "wait until it is, or choose again",
        )  # fmt: skip
    # Whoever was chosen, or any member, may ask: nobody keeps a seat empty by not asking.
    return way, decision.id


def _check_new(judgement: Judgement, ask: Ask, way: str, ground: str, clause: str) -> None:
    for found in judgement.state.seating.confirmations.values():
        same = (found.person, found.seat, found.way, found.ground) == (ask.person, ask.seat, way, ground)
        is_used = f"{found.id} {ask.person}" in judgement.state.carried_out
        if same and not (is_used and ground.startswith("by ")):
            standing = found.standing_on(judgement.on)
            if ground.startswith("by ") and standing not in ("waiting", CONFIRMED, "stands by silence"):
                continue
            raise judgement.bar(
                "the confirmation was asked already", {"confirmation": found.id, "standing": standing},
                "nothing more is needed" if standing == "waiting" else "choose another", clause,
            )  # fmt: skip


@judges("confirmation.answer", Reply, reportable=False)
def judge_answer(judgement: Judgement, reply: Reply) -> None:
    """Judges an answer: of the seat the clause names, in time, a refusal with its reasons."""
    found = judgement.state.seating.confirmations.get(reply.confirmation)
    if found is None:
        raise judgement.bar(f"nothing is to be confirmed under '{reply.confirmation}'", {}, "name one, such as cf-12")
    standing = found.standing_on(judgement.on)
    if standing != "waiting":
        facts = {"standing": standing} | ({"answer was due": found.answer_by} if found.answer_by else {})
        raise judgement.bar("it is answered already", facts, "nothing more is needed", found.clause)
    plain, _, unit = found.seat.partition("@")
    about = found.person
    judgement.is_granted(
        (found.by,), found.clause, f"{judgement.title(found.by)} confirms {judgement.title(found.seat)}",
        decision=reply.decision, matter=(CONFIRMING if reply.confirms else REFUSING) + plain, about=about, unit=unit,
    )  # fmt: skip
    _check_decided(judgement, reply, found)
    if not reply.confirms and not reply.reasons:
        judgement.refuse(found.clause, "a confirmation is refused with reasons", {"reasons": "none"}, 'give "reasons"')
    judgement.then(
        ConfirmationAnswered(
            found.id, CONFIRMED if reply.confirms else REFUSED, judgement.on, reply.decision or "", reply.reasons or ""
        )
    )


def _check_decided(judgement: Judgement, reply: Reply, found: ToConfirm) -> None:
    """A body answers by a decision that it took since it was asked."""
    decision = judgement.state.decisions.get(reply.decision or "")
    if decision is None:
        return
    if decision.taken_on < found.asked_on:
        judgement.refuse(
            found.clause, "the decision was taken before it was asked",
            {"decided": decision.taken_on, "asked": say_date(day_of(found.asked_on))}, "decide now",
        )  # fmt: skip
