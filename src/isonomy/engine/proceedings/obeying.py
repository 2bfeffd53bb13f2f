"""What is owed after an order from outside: telling all members, doing what it asks, reviewing, disagreeing.

Lives here: `outside.notify`, `outside.carry`, `outside.review`, `outside.disagree`. Not here: entering and
confirming (`outside`).

Invariant: that an organ disagrees changes nothing of what an order does. Source: docs/spec/acts-orders.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.outside import DISCLOSE, ERASE, OrderDisagreement, OutsideOrder
from isonomy.engine.proceedings.outside import order_named
from isonomy.engine.proceedings.units import says_word
from isonomy.engine.shape import Line, Natural, ProceedingId, Text
from isonomy.engine.state import State
from isonomy.rulebook.provisions.orders import DISAGREEING, REVIEWING, OrdersRule, orders_rule


@dataclass(frozen=True, slots=True)
class Notify:
    """Records that all members were notified of an order: how, and how many."""

    order: ProceedingId
    how: Line
    to_count: Natural


@dataclass(frozen=True, slots=True)
class Carry:
    """Records that what an order asks to be disclosed or erased was disclosed or erased, and how."""

    order: ProceedingId
    how: Text


@dataclass(frozen=True, slots=True)
class Review:
    """Reviews a thing that rested on what was annulled, by the decision of the body that the clause names."""

    order: ProceedingId
    thing: Line
    decision: ProceedingId | None = None


@dataclass(frozen=True, slots=True)
class Disagree:
    """Records that a body disagrees with an order, and before whom it appeals outside."""

    order: ProceedingId
    text: Text
    appeal: Line | None = None
    decision: ProceedingId | None = None


@effect("outside.notified")
@dataclass(frozen=True, slots=True)
class Notified:
    """All members were notified of an order."""

    order: str
    how: str
    to_count: int
    on: str

    def apply(self, state: State, at: At) -> None:
        """Notes the day."""
        order = state.orders[self.order]
        order.notified_on, order.notified_how = self.on, self.how
        state.touched[self.order] = at.n


@effect("outside.carried.out")
@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What an order asks was done."""

    order: str
    how: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Notes it."""
        order = state.orders[self.order]
        order.carried_on, order.carried_how = self.on, self.how
        state.touched[self.order] = at.n


@effect("outside.reviewed")
@dataclass(frozen=True, slots=True)
class Reviewed:
    """A thing that rested on what was annulled was reviewed, by a decision."""

    order: str
    thing: str
    decision: str
    on: str

    def apply(self, state: State, at: At) -> None:
        """Notes the decision."""
        state.orders[self.order].reviewed[self.thing] = self.decision
        state.touched[self.order] = at.n


@effect("outside.disagreed")
@dataclass(frozen=True, slots=True)
class Disagreed:
    """A body disagrees with an order; where it says so, it appeals outside."""

    order: str
    body: str
    decision: str
    on: str
    text: str
    appeal: str = ""

    def apply(self, state: State, at: At) -> None:
        """Sets the disagreement beside the order."""
        made = OrderDisagreement(self.body, self.decision, self.on, self.text, self.appeal)
        state.orders[self.order].disagreements.append(made)
        state.touched[self.order] = at.n


def _confirmed(judgement: Judgement, id: str) -> tuple[OutsideOrder, OrdersRule]:
    order = order_named(judgement, id)
    rule = orders_rule(judgement.rulebook) or orders_rule(judgement.state.rulebook(order.edition))
    if rule is None or not order.confirmed_on:
        raise judgement.bar(
            "nobody confirmed this order: it has no effect", {"standing": order.standing_on(judgement.on)},
            "wait until the other office has confirmed it",
        )  # fmt: skip
    return order, rule


@judges("outside.notify", Notify, reportable=False)
def judge_notify(judgement: Judgement, notify: Notify) -> None:
    """Judges the record of the notification: by one of the two offices, once."""
    order, rule = _confirmed(judgement, notify.order)
    clause = rule.place.clause_of("notified within")
    if order.notified_on:
        raise judgement.bar("all members were notified already", {"on": order.notified_on}, "nothing more is needed")
    judgement.may_act(rule.entered_by, clause, "the members are notified by an office that enters orders")
    judgement.then(Notified(order.id, notify.how, int(notify.to_count), judgement.on))


@judges("outside.carry", Carry, reportable=False)
def judge_carry(judgement: Judgement, carry: Carry) -> None:
    """Judges the record that something was disclosed or erased: by a keeper of the record, once it binds."""
    order, _rule = _confirmed(judgement, carry.order)
    if order.effect not in (DISCLOSE, ERASE) or order.carried_on:
        raise judgement.bar(
            "nothing is left to be disclosed or erased under this order",
            {"effect": order.effect, "done": order.carried_on or "no"}, "nothing more is needed",
        )  # fmt: skip
    record = judgement.rulebook.record
    clause = record.place.clause if record is not None else FORM
    judgement.may_act(judgement.keepers("record"), clause, "a keeper of the record discloses and erases")
    if judgement.on < order.from_on:
        judgement.refuse(
            order.clause, "nothing is disclosed before the order binds", {"binds from": order.from_on},
            f"wait for {judgement.day(order.from_on)}",
        )  # fmt: skip
    judgement.cite(order.clause)
    judgement.then(CarriedOut(order.id, carry.how, judgement.on))


@judges("outside.review", Review, reportable=False)
def judge_review(judgement: Judgement, review: Review) -> None:
    """Judges a review: of a thing that is to be reviewed, by the decision of the body that the clause names."""
    order, rule = _confirmed(judgement, review.order)
    clause = rule.place.clause_of("reviewed by") if rule.reviewed_by else order.clause
    if review.thing not in order.review or review.thing in order.reviewed:
        left = [thing for thing in order.review if thing not in order.reviewed]
        raise judgement.bar(
            f"'{review.thing}' is not to be reviewed under this order", {"to review": left[:20]}, "name one of these"
        )
    if judgement.is_granted(
        (rule.reviewed_by,) if rule.reviewed_by else (), clause, "what rested on what was annulled is reviewed by a body",
        decision=review.decision, matter=REVIEWING, about=review.thing,
    ):  # fmt: skip
        _check_named(judgement, review.decision or "", review.thing, clause)
    judgement.then(Reviewed(order.id, review.thing, review.decision or "", judgement.on))


@judges("outside.disagree", Disagree, reportable=False)
def judge_disagree(judgement: Judgement, disagree: Disagree) -> None:
    """Judges a disagreement: by the decision of a body that the clause names, on this order."""
    order, rule = _confirmed(judgement, disagree.order)
    clause = rule.place.clause_of("disagreed by") if rule.disagreed_by else order.clause
    if judgement.is_granted(
        rule.disagreed_by, clause, "a body disagrees with an order by its decision",
        decision=disagree.decision, matter=DISAGREEING, about=order.id,
    ):  # fmt: skip
        _check_named(judgement, disagree.decision or "", order.id, clause)
    decided = judgement.state.decisions.get(disagree.decision or "")
    judgement.then(
        Disagreed(
            order.id, decided.seat if decided is not None else "", disagree.decision or "", judgement.on, disagree.text,
            disagree.appeal or "",
        )
    )  # fmt: skip


def _check_named(judgement: Judgement, decision: str, thing: str, clause: str) -> None:
    """The decision names the thing: in its words, or its motion under 'ratifies'."""
    decided = judgement.state.decisions.get(decision)
    if decided is None:
        return
    motion = judgement.state.motions.get(decided.motion)
    if (motion is None or motion.ratifies != thing) and not says_word(decided.text, thing):
        judgement.refuse(
            clause, "the decision names what it is about", {"decided": decided.text[:80], "about": thing},
            f"decide on a motion whose words name {thing}",
        )  # fmt: skip
