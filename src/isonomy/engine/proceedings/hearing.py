"""The hearing of the person concerned: offered, held, waived or not used, before the vote on a removal.

Lives here: `hearing.offer`, `hearing.enter`, `removal.answer`. Not here: asking (`removing`), the vote (`settling`).

Invariant: no vote opens before the hearing was offered with its time and is done with; only the person concerned waives it; when
those who owe the offer let their day pass, those who asked make it: nobody stops the vote by not offering it.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.conditions import has_elapsed
from isonomy.engine.effect import At, effect
from isonomy.engine.facts import Moment
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.proceedings.on_holders import rule_of
from isonomy.engine.proceedings.presence import officers_of
from isonomy.engine.proceedings.removing import open_removal
from isonomy.engine.removal import HELD, NOT_USED, OFFERED, STANDS, WAIVED, Removal
from isonomy.engine.shape import CivilTime, Line, ProceedingId, Text
from isonomy.engine.state import State, day_of

HOW = (HELD, WAIVED, NOT_USED)


@dataclass(frozen=True, slots=True)
class Offer:
    """Offers the person concerned a hearing: when it begins, and where."""

    removal: ProceedingId
    starts: CivilTime
    place: Line | None = None


@dataclass(frozen=True, slots=True)
class Enter:
    """Enters what became of a hearing that was offered: `held`, `waived` (by the person concerned) or `not used`."""

    removal: ProceedingId
    how: Line


@dataclass(frozen=True, slots=True)
class AnswerRemoval:
    """The person concerned answers in writing; the words stand in the record with the request."""

    removal: ProceedingId
    text: Text


@effect("hearing.offered")
@dataclass(frozen=True, slots=True)
class HearingOffered:
    """The person concerned is offered a hearing."""

    removal: str
    person: str
    starts: str
    on: str
    place: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the hearing."""
        removal = state.removals[self.removal]
        removal.heard, removal.hearing_at, removal.hearing_place = OFFERED, self.starts, self.place
        removal.offered_on, removal.offered_by = self.on, at.by
        state.touched[self.removal] = at.n


@effect("hearing.entered")
@dataclass(frozen=True, slots=True)
class HearingEntered:
    """The hearing was held, waived or not used: the vote may open."""

    removal: str
    person: str
    how: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Closes the hearing."""
        removal = state.removals[self.removal]
        removal.heard, removal.heard_on, removal.heard_by = self.how, self.on, at.by
        state.touched[self.removal] = at.n


@effect("removal.answered")
@dataclass(frozen=True, slots=True)
class RemovalAnswered:
    """The person concerned has answered in writing."""

    removal: str
    person: str
    text: str

    def apply(self, state: State, at: At) -> None:
        """Keeps the words; the latest stand."""
        state.removals[self.removal].statement = self.text
        state.touched[self.removal] = at.n


def _check_officer(judgement: Judgement, removal: Removal, clause: str, *, over: bool, says: str) -> None:
    """The officers of the body, save the person concerned; those who asked where no other is left, or the day is `over`."""
    officers = officers_of(judgement, removal.body)
    free = any(holder != removal.person for seat in officers for holder in judgement.holders(seat))
    if judgement.author == removal.person:
        judgement.refuse(
            clause, "the person concerned does not see to the hearing", {"person": judgement.author},
            "let another officer do it; you may waive it, or answer with removal.answer",
        )  # fmt: skip
        return
    if judgement.author in (removal.asked_by, *removal.supporters) and (over or not free):
        judgement.cite(clause)
        return
    judgement.may_act(officers or (removal.body,), clause, says)


@judges("hearing.offer", Offer, reportable=False)
def judge_offer(judgement: Judgement, offer: Offer) -> None:
    """Judges an offer: the removal stands, the time of the clause is left, the author owes it or may take its place."""
    removal = open_removal(judgement, offer.removal, STANDS)
    rule = rule_of(judgement, removal)
    clause = rule.place.clause_of("hearing notice" if rule.hearing_notice else "hearing offered within")
    if not rule.hears:
        raise judgement.bar("no clause asks for a hearing here", {}, "the vote waits for none", rule.place.clause)
    if removal.heard:
        raise judgement.bar(
            "a hearing is offered once", {"offered for": removal.hearing_at, "standing": removal.heard},
            "enter what became of it with hearing.enter",
        )  # fmt: skip
    over = bool(removal.offer_by) and judgement.on > removal.offer_by
    _check_officer(
        judgement, removal, clause, over=over,
        says="a hearing is offered by the officers of the body; once their day is over, by those who asked",
    )  # fmt: skip
    first = day_of(judgement.on)
    if rule.hearing_notice is not None:
        first = rule.hearing_notice.after(first)
        moments = Moment("day", judgement.on), Moment("day", offer.starts[:10])
        judgement.require(
            has_elapsed(judgement.facts, rule.hearing_notice, *moments), clause,
            f"the hearing is {rule.hearing_notice} after its offer or later", f"offer it for {first.isoformat()} or later",
            {"offered": judgement.on, "hearing": offer.starts[:10]},
        )  # fmt: skip
    elif offer.starts < judgement.local[:16]:
        judgement.refuse(FORM, "a hearing is offered for a time that is still to come", {"starts": offer.starts}, "")
    last = max(removal.vote_by, first.isoformat())
    if removal.vote_by and offer.starts[:10] > last:
        judgement.refuse(
            rule.place.clause_of("vote within"), "a hearing does not put off the vote",
            {"hearing": offer.starts[:10], "vote by": removal.vote_by}, f"offer it for a day up to {last}",
        )  # fmt: skip
    judgement.then(HearingOffered(removal.id, removal.person, offer.starts, judgement.on, offer.place or ""))


@judges("hearing.enter", Enter, reportable=False)
def judge_enter(judgement: Judgement, entered: Enter) -> None:
    """Judges what became of a hearing: it was offered, its hour has come, and only the person concerned waives it."""
    removal = open_removal(judgement, entered.removal, STANDS)
    rule = rule_of(judgement, removal)
    clause = rule.place.clause_of("hearing notice" if rule.hearing_notice else "hearing offered within")
    if entered.how not in HOW:
        raise judgement.bar("a hearing is held, waived or not used", {"how": entered.how}, "write one of the three")
    if removal.heard != OFFERED:
        raise judgement.bar(
            f"the hearing is entered already: {removal.heard}" if removal.heard else "no hearing was offered yet",
            {"removal": removal.id}, "nothing more is needed" if removal.heard else "offer it with hearing.offer", clause,
        )  # fmt: skip
    if entered.how == WAIVED:
        if judgement.author != removal.person:
            judgement.refuse(
                clause, "a hearing is waived by the person concerned alone",
                {"person": removal.person, "by": judgement.author}, "hold it, or enter that it was not used after its hour",
            )  # fmt: skip
    elif judgement.local[:16] < removal.hearing_at:
        judgement.refuse(
            clause, "a hearing is entered when its hour has come",
            {"hearing": removal.hearing_at, "now": judgement.local[:16]}, f"wait until {removal.hearing_at}",
        )  # fmt: skip
    elif not (entered.how == HELD and judgement.author == removal.person):
        _check_officer(
            judgement, removal, clause, over=True,
            says="what became of a hearing is entered by the officers of the body or by those who asked",
        )  # fmt: skip
    judgement.cite(clause)
    judgement.then(HearingEntered(removal.id, removal.person, entered.how, judgement.on))


@judges("removal.answer", AnswerRemoval, reportable=False)
def judge_answer(judgement: Judgement, answer: AnswerRemoval) -> None:
    """Judges an answer in writing: of the person concerned, until it is decided."""
    removal = open_removal(judgement, answer.removal, "gathering", STANDS)
    if judgement.author != removal.person:
        judgement.refuse(
            rule_of(judgement, removal).place.clause, "the person concerned answers",
            {"person": removal.person, "by": judgement.author}, "move a motion, or speak at the meeting",
        )  # fmt: skip
    judgement.cite(rule_of(judgement, removal).place.clause)
    judgement.then(RemovalAnswered(removal.id, removal.person, answer.text))
