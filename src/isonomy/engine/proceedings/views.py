"""Views: a commission invites them, units or members give them, and each gets the answer that is owed to it.

Lives here: `commission.invite`, `view.give`, `view.answer`. Not here: setting up and reporting (`commissions`).

Invariant: everybody invited may say one view, in their own words; every view is answered with a reason, whatever becomes of it.
Source: docs/spec/acts-commissions.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.commission import REPLIES, Commission, View
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.commissions import check_convener, convener_of, known_commission, rule_of_commission
from isonomy.engine.proceedings.demands import seats_that_speak_for
from isonomy.engine.shape import CivilDate, Line, ProceedingId, Text
from isonomy.engine.state import State, day_of
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.model import MEMBERS
from isonomy.rulebook.provisions.commission import INVITES, CommissionRule


@dataclass(frozen=True, slots=True)
class Invite:
    """Invites views for a commission, until a day."""

    commission: ProceedingId
    closes_on: CivilDate
    question: Text | None = None


@dataclass(frozen=True, slots=True)
class Give:
    """Gives one's view, or that of one's unit, to a commission that invited it."""

    commission: ProceedingId
    text: Text


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Answers a view: adopted, in part or not adopted, with the reason."""

    view: ProceedingId
    answer: Line
    reason: Text


@effect("views.invited")
@dataclass(frozen=True, slots=True)
class ViewsInvited:
    """A commission invites the views of units, or of the members, until a day; answers are owed by another."""

    commission: str
    invited: tuple[str, ...]
    on: str
    until: str
    answers_by: str = ""
    question: str = ""

    def apply(self, state: State, at: At) -> None:
        """Opens it for views."""
        commission = state.commissions[self.commission]
        commission.invited, commission.invited_on, commission.views_until = self.invited, self.on, self.until
        commission.answers_by, commission.question = self.answers_by, self.question
        state.touched[self.commission] = at.n


@effect("view.given")
@dataclass(frozen=True, slots=True)
class ViewGiven:
    """A unit or member said its view; an answer is owed by a day."""

    view: str
    commission: str
    of: str
    by: str
    on: str
    text: str
    answer_by: str = ""

    def apply(self, state: State, at: At) -> None:
        """Enters the view."""
        state.views[self.view] = View(self.view, self.commission, self.of, self.by, self.text, self.on, self.answer_by)
        state.commissions[self.commission].views.append(self.view)
        state.touched[self.view] = state.touched[self.commission] = at.n


@effect("view.answered")
@dataclass(frozen=True, slots=True)
class ViewAnswered:
    """A view was answered."""

    view: str
    answer: str
    reason: str
    by: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Sets the answer beside the view."""
        view = state.views[self.view]
        view.answer, view.reason, view.answered_by, view.answered_on = self.answer, self.reason, self.by, self.on
        state.touched[self.view] = state.touched[view.commission] = at.n


@judges("commission.invite", Invite, reportable=False)
def judge_invite(judgement: Judgement, invite: Invite) -> None:
    """Judges an invitation: the terms give that power, all are invited, the time is not shorter than the clause's."""
    commission = known_commission(judgement, invite.commission)
    rule = rule_of_commission(judgement.state, commission)
    clause = rule.place.clause_of("views of")
    if commission.invited_on:
        raise judgement.bar(
            "its views are invited already", {"until": commission.views_until}, "nothing more is needed", clause
        )
    check_convener(judgement, commission, clause)
    if INVITES not in commission.may:
        judgement.refuse(
            rule.place.clause_of("may"), "its terms do not let it invite views", {"it may": list(commission.may) or "nothing"},
            f"ask {judgement.title(commission.seat)} to set it up with that power",
        )  # fmt: skip
        return
    until = day_of(invite.closes_on)
    least = rule.views_open_for.after(day_of(judgement.on)).isoformat() if rule.views_open_for else judgement.on
    if invite.closes_on < least:
        judgement.refuse(
            rule.place.clause_of("views open for"), f"there are at least {rule.views_open_for or 'some hours'} for views",
            {"closes on": invite.closes_on, "at the earliest": least}, f"name {least} or later",
        )  # fmt: skip
    judgement.then(
        ViewsInvited(
            commission.id, _invited(judgement, rule), judgement.on, invite.closes_on,
            rule.views_answered_within.after(until).isoformat() if rule.views_answered_within else "",
            invite.question or "",
        )
    )  # fmt: skip


def _invited(judgement: Judgement, rule: CommissionRule) -> tuple[str, ...]:
    if rule.views_of == MEMBERS:
        return (MEMBERS,)
    units = judgement.state.units.values()
    return tuple(sorted(unit.id for unit in units if unit.kind == rule.views_of and not unit.closed_on))


@judges("view.give", Give, reportable=False)
def judge_give(judgement: Judgement, give: Give) -> None:
    """Judges a view: of a unit by the office that speaks for it, or of a member; invited, in time, one of each."""
    commission = known_commission(judgement, give.commission)
    rule = rule_of_commission(judgement.state, commission)
    clause = rule.place.clause_of("views of")
    if not commission.invited_on:
        judgement.refuse(clause, "its views are not invited", {"commission": commission.id}, "write to its convener")
        return
    of = judgement.author if commission.invited == (MEMBERS,) else _unit(judgement, rule, commission, clause)
    if judgement.on > commission.views_until:
        judgement.refuse(
            clause, "the time for views is over", {"until": commission.views_until, "today": judgement.on},
            "raise it when the report is discussed",
        )  # fmt: skip
    known = (judgement.state.views[id] for id in commission.views)
    earlier = next((view for view in known if view.of == of), None)
    if earlier is not None:
        raise judgement.bar(f"the view of {of} is given", {"view": earlier.id, "on": earlier.on}, "", clause)
    judgement.cite(clause)
    judgement.then(
        ViewGiven(
            proceeding_id("vi", judgement.n), commission.id, of, judgement.author, judgement.on, give.text,
            commission.answers_by,
        )
    )  # fmt: skip


def _unit(judgement: Judgement, rule: CommissionRule, commission: Commission, clause: str) -> str:
    """The unit for which the author speaks, one of those invited; a ground where there is none."""
    offices = seats_that_speak_for(judgement.rulebook, rule.views_of)
    unit = judgement.as_.partition("@")[2]
    if not unit:
        held = {
            found.seat.partition("@")[2]
            for found in judgement.state.mandates_of_person(judgement.author, judgement.on)
            if found.seat.partition("@")[0] in offices
        }
        unit = next(iter(sorted(held & set(commission.invited))), "")
    judgement.may_act(offices, clause, f"the view of a {rule.views_of} is given by who speaks for it", unit=unit)
    if unit and unit not in commission.invited:
        judgement.refuse(
            clause, f"{unit} was not invited", {"invited": list(commission.invited)[:20]}, "speak for one of these"
        )
    return unit or judgement.author


@judges("view.answer", AnswerView, reportable=False)
def judge_answer(judgement: Judgement, answer: AnswerView) -> None:
    """Judges an answer to a view: by the convener, or by the chair of the body to which it reports; once, with its reason."""
    view = judgement.state.views.get(answer.view)
    if view is None:
        raise judgement.bar(f"there is no view '{answer.view}'", {}, "name one, such as vi-31")
    commission = judgement.state.commissions[view.commission]
    rule = rule_of_commission(judgement.state, commission)
    clause = rule.place.clause_of("views answered within")
    if view.answer:
        raise judgement.bar("this view is answered", {"on": view.answered_on, "answer": view.answer}, "", clause)
    if answer.answer not in REPLIES:
        raise judgement.bar(
            f"'{answer.answer}' is no answer to a view", {"answers": list(REPLIES)}, "write one of these", clause
        )
    judgement.cite(clause)
    if judgement.author != convener_of(judgement.state, commission, judgement.on):
        body = judgement.rulebook.bodies.get(commission.to.partition("@")[0])
        chair = body.chaired_by if body is not None and body.chaired_by else commission.to
        seat = judgement.beside(chair, commission.to.partition("@")[2])
        judgement.may_act((seat,), clause, "a view is answered by the convener, or for the body to which it reports")
    judgement.then(ViewAnswered(view.id, answer.answer, answer.reason, judgement.author, judgement.on))
