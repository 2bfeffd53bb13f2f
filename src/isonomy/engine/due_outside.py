"""What is due because of orders from outside, of two ids of one person, and of units that were split.

Lives here: those duties. Not here: the acts that discharge them (`proceedings.outside`, `obeying`, `joining`, `membership`).

Invariant: each follows from an entry that waits for another one, and says what follows where nobody acts. Source:
docs/spec/duties.md.
"""

from __future__ import annotations

from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.identity import JOINED, OBJECTED, PROPOSED, Joining
from isonomy.engine.outside import AWAITING, DISCLOSE, ERASE, OutsideOrder
from isonomy.engine.state import day_of
from isonomy.engine.words import number_of, say_day
from isonomy.kernel.calendar import say_date
from isonomy.rulebook.provisions.identity import IdentityRule, identity_rule
from isonomy.rulebook.provisions.orders import OrdersRule, orders_rule


def due_outside(outlook: Outlook) -> list[Duty]:
    """The duties that follow from orders, joinings and splittings."""
    found: list[Duty] = []
    rule = orders_rule(outlook.rulebook)
    for order in outlook.state.orders.values() if rule is not None else ():
        found += _of_order(outlook, rule, order) if rule is not None else []
    identity = identity_rule(outlook.rulebook)
    for joining in outlook.state.joinings.values():
        found += _of_joining(outlook, identity, joining) if identity is not None else []
    found += _to_assign(outlook)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _of_order(outlook: Outlook, rule: OrdersRule, order: OutsideOrder) -> list[Duty]:
    if order.standing_on(outlook.today) == AWAITING:
        others = tuple(seat for seat in rule.entered_by if seat != order.entered_in)
        return [
            outlook.owed(
                f"confirm {order.id}", f"Compare the order of {order.authority} with its document, and confirm it or not",
                others, day_of(order.confirm_by), rule.place.clause_of("confirmed within"),
                f"It was entered on {say_day(order.entered_on)}. Or else: it has no effect.", order.id,
            )
        ]  # fmt: skip
    if not order.confirmed_on:
        return []
    found = []
    if not order.notified_on:
        due = rule.notified_within.after(day_of(order.confirmed_on))
        found.append(
            outlook.owed(
                f"notify {order.id}", f"Notify all members of the order of {order.authority} ({order.id})", rule.entered_by, due,
                rule.place.clause_of("notified within"),
                f"It was confirmed on {say_day(order.confirmed_on)}; notice is owed within {rule.notified_within}. "
                "Or else: it stands on this list, before everybody, until they are.", order.id,
            )
        )  # fmt: skip
    if order.effect in (DISCLOSE, ERASE) and not order.carried_on:
        record = outlook.rulebook.record
        does = "Disclose" if order.effect == DISCLOSE else "Erase"
        found.append(
            outlook.owed(
                f"carry {order.id}", f"{does} what the order of {order.authority} names: {order.concerns}",
                record.kept_by if record is not None else rule.entered_by, day_of(order.from_on), order.clause,
                f"The order binds from {say_day(order.from_on)}.", order.id,
            )
        )  # fmt: skip
    found += [_review(outlook, rule, order, thing) for thing in order.review if thing not in order.reviewed]
    return found


def _review(outlook: Outlook, rule: OrdersRule, order: OutsideOrder, thing: str) -> Duty:
    supreme = outlook.rulebook.supreme
    by = rule.reviewed_by or (supreme.name if supreme is not None else "")
    due = day_of(order.from_on) if rule.reviewed_within is None else rule.reviewed_within.after(day_of(order.from_on))
    return outlook.owed(
        f"review {thing} {order.id}", f"Review {thing}, which rested on what the order {order.id} annulled", (by,), due,
        rule.place.clause_of("reviewed within") if rule.reviewed_within is not None else order.clause,
        f"It was annulled from {say_day(order.from_on)}. Or else: it stands, and on this list.", thing,
    )  # fmt: skip


def _of_joining(outlook: Outlook, rule: IdentityRule, joining: Joining) -> list[Duty]:
    if joining.standing == PROPOSED:
        due = day_of(joining.object_until)
        why = f"The time to object runs through {say_day(joining.object_until)}. Or else: they stay two ids with two votes."
        what = f"Join {joining.joined} and {joining.kept} once nobody objects, or drop it ({joining.id})"
        clause = rule.place.clause_of("joined by")
        return [outlook.owed(f"settle {joining.id}", what, rule.joined_by, due, clause, why, joining.id)]
    if joining.standing == OBJECTED:
        return [
            outlook.owed(
                f"decide {joining.id}", f"Decide on the objection to joining {joining.joined} and {joining.kept}",
                (rule.decided_by,), day_of(joining.objected_on), rule.place.clause_of("decided by"),
                f"The objection was made on {say_day(joining.objected_on)}. Or else: nothing is joined.", joining.id,
            )
        ]  # fmt: skip
    if joining.standing != JOINED:
        return []
    keepers = tuple(
        office.name for office in outlook.rulebook.offices.values() if "polls" in office.keeps and not office.in_each
    )
    return [
        outlook.owed(
            f"review {poll} {joining.id}", f"Review the roll of {poll}, on which one person stood twice",
            keepers or rule.joined_by, day_of(joining.settled_on), rule.place.clause_of("joined by"),
            f"They were joined on {say_day(joining.settled_on)}. Or else: the result is not declared.", poll,
        )
        for poll in joining.doubles
        if poll not in joining.reviewed
    ]  # fmt: skip


def _to_assign(outlook: Outlook) -> list[Duty]:
    waiting: dict[tuple[str, str], int] = {}
    for person, found in outlook.state.to_assign.items():
        if outlook.state.persons[person].is_member_on(outlook.today):
            key = (found.unit, found.choose_until or found.since)
            waiting[key] = waiting.get(key, 0) + 1
    keepers = tuple(
        office.name for office in outlook.rulebook.offices.values() if "roll" in office.keeps and not office.in_each
    )
    made = []
    for (unit, until), count in waiting.items():
        kind = outlook.rulebook.units.get(outlook.state.units[unit].kind)
        clause = (
            kind.place.clause_of("assigned within") if kind is not None and kind.assigned_within is not None else ""
        )
        made.append(
            outlook.owed(
                f"assign {unit}", f"Assign {number_of(count, 'member')} of {unit}, which was split, who did not choose", keepers,
                day_of(until), clause or (kind.place.clause if kind is not None else ""),
                f"They choose themselves through {say_date(day_of(until))}. Or else: they stay to be assigned, and count in the "
                "unit above.", unit,
            )
        )  # fmt: skip
    return made
