"""What is due by decisions: to report on an instruction and decide on its discharge, to review a condition, to follow up a
target, to decide on a body that has ceased to act, to enter what follows when something was not done.

Lives here: those duties. Not here: the acts that discharge them (`proceedings`), what follows by itself (`following`).

Invariant: what was given to a seat is owed by whoever holds it on the day, so that a successor takes it over. Source:
docs/spec/acts-instructions.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from isonomy.engine.dormant import dormant_things
from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.following import following
from isonomy.engine.instruction import Condition, Instruction, Target
from isonomy.engine.state import day_of
from isonomy.engine.words import capital, number_of, say_day
from isonomy.rulebook.consequence import LAPSE_OF_MANDATE, Consequence, say_consequences
from isonomy.rulebook.provisions.condition import condition_rules
from isonomy.rulebook.provisions.instruction import InstructionRule, rules_of
from isonomy.rulebook.provisions.target import target_rules

WORDS_SHOWN = 80


def due_instructions(outlook: Outlook) -> list[Duty]:
    """The duties that follow from instructions, conditions, targets, dormant bodies and what was not done."""
    all_of = outlook.state.instructions
    found: list[Duty] = []
    for instruction in all_of.given.values():
        found += _instruction(outlook, instruction)
    for condition in all_of.conditions.values():
        found += _condition(outlook, condition)
    for target in all_of.targets.values():
        found += _target(outlook, target)
    found += _dormant(outlook)
    found += _to_enter(outlook)
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WORDS_SHOWN else f"{line[:WORDS_SHOWN]} ..."


def _or_else(found: tuple[Consequence, ...]) -> str:
    return f" Or else: {say_consequences(found)}." if found else ""


def _given(outlook: Outlook, one: Instruction) -> str:
    return f"{capital(outlook.title(one.body))} gave it on {say_day(one.given_on)} ({one.decision})"


def _instruction(outlook: Outlook, one: Instruction) -> list[Duty]:
    if not one.is_open:
        return []
    rule = rules_of(outlook.state.rulebook(one.edition)).get(one.rule)
    if one.final is not None:
        return [_to_discharge(outlook, one, rule)]
    if one.person:
        known = outlook.state.persons.get(one.person)
        if known is None or not known.is_member_on(outlook.today):
            return [_to_give_anew(outlook, one)]
    found = [_to_report(outlook, one, rule)]
    return [*_interim(outlook, one), *found]


def _of(outlook: Outlook, one: Instruction, duty: Duty) -> Duty:
    """The duty of the person who was instructed by name, where it was no seat."""
    if not one.person:
        return duty
    return replace(duty, who=one.person, seats=(), holders=(one.person,))


def _to_report(outlook: Outlook, one: Instruction, rule: InstructionRule | None) -> Duty:
    why = f"{_given(outlook, one)}, due on {say_day(one.due_on)}; the report is owed by {say_day(one.report_by)}"
    if one.promises:
        told = ", ".join(f"{each.name} {each.number} {each.unit} by {say_day(each.on)}" for each in one.promises)
        why += f". Promised: {told}"
    duty = outlook.owed(
        f"report {one.id}", f'Do what was instructed and report on it: "{_short(one.does)}" ({one.id})',
        (one.to,), day_of(one.report_by), one.clause, f"{why}.{_or_else(rule.or_else if rule else ())}", one.id,
    )  # fmt: skip
    return _of(outlook, one, duty)


def _interim(outlook: Outlook, one: Instruction) -> list[Duty]:
    found, before = [], one.given_on
    told = [account.on for account in one.accounts]
    for day in one.interim_on:
        is_told = any(on > before or (before == one.given_on and on == before) for on in told)
        if not is_told and day < one.report_by:
            duty = outlook.owed(
                f"interim {one.id} {day}", f'Report in between on the instruction "{_short(one.does)}" ({one.id})',
                (one.to,), day_of(day), one.clause, f"{_given(outlook, one)}, with a report by {say_day(day)}.", one.id,
            )  # fmt: skip
            found.append(_of(outlook, one, duty))
        before = day
    return found


def _to_discharge(outlook: Outlook, one: Instruction, rule: InstructionRule | None) -> Duty:
    told = one.final.on if one.final is not None else one.report_by
    within = rule.discharge_within if rule is not None else None
    due = within.after(day_of(told)) if within is not None else day_of(told)
    in_time = f"within {within} of that" if within is not None else "at once: the clause sets no time"
    return outlook.owed(
        f"discharge {one.id}", f'Decide whether the instruction "{_short(one.does)}" ({one.id}) is discharged', (one.body,), due,
        one.clause, f"The final report was given on {say_day(told)}; it is decided on {in_time}.", one.id,
    )  # fmt: skip


def _to_give_anew(outlook: Outlook, one: Instruction) -> Duty:
    known = outlook.state.persons.get(one.person)
    gone = (known.died_on or known.left_on) if known is not None else one.given_on
    return outlook.owed(
        f"give anew {one.id}", f'Withdraw the instruction "{_short(one.does)}" ({one.id}), and give it to another', (one.body,),
        day_of(gone), one.clause, f"It was given to {one.person}, who is no member since {say_day(gone)}.", one.id,
    )  # fmt: skip


def _condition(outlook: Outlook, one: Condition) -> list[Duty]:
    decision = outlook.state.decisions.get(one.decision)
    if not one.is_open or (decision is not None and decision.standing_on(outlook.today) == "lapsed"):
        return []
    rule = condition_rules(outlook.state.rulebook(one.edition)).get(one.rule)
    taken = (
        f'{capital(outlook.title(one.body))} decided on {say_day(one.set_on)} on condition that "{_short(one.that)}"'
    )
    follows = _or_else(rule.unreviewed) if rule else ""
    follows = follows or " Unreviewed, the decision stands and is shown as unreviewed."
    found = [
        outlook.owed(
            f"review {one.id}", f'Review the condition "{_short(one.that)}" ({one.id})', (one.reviewer,), day_of(one.review_on),
            one.clause, f"{taken} ({one.decision}), to be reviewed by {say_day(one.review_on)}.{follows}", one.id,
        )
    ]  # fmt: skip
    since = max((each.on for each in one.outcomes), default=one.set_on)
    if one.report_by and not any(account.on >= since for account in one.accounts):
        found.insert(0, outlook.owed(
            f"report {one.id}", f'Report whether the condition "{_short(one.that)}" ({one.id}) holds', (one.owner,),
            day_of(max(one.report_by, since)), one.clause,
            f"{taken} ({one.decision}); its owner reports by {say_day(one.report_by)}.", one.id,
        ))  # fmt: skip
    return found


def _target(outlook: Outlook, one: Target) -> list[Duty]:
    rules = target_rules(outlook.rulebook) or target_rules(outlook.state.rulebook(one.edition))
    rule = next(iter(rules.values()), None)
    if one.followed_on or rule is None:
        return []
    due = rule.within.after(day_of(one.by_on)) if rule.within else day_of(one.by_on)
    where = f" in {one.unit}" if one.unit else ""
    to = f" to {outlook.title(rule.to)}" if rule.to else ""
    return [
        outlook.owed(
            f"follow {one.id}", f"Follow up the target of {number_of(one.number, 'member')}{where} ({one.id}){to}",
            (rule.followed_up_by,), due, one.clause,
            f"{capital(outlook.title(one.body))} set it on {say_day(one.set_on)} for {say_day(one.by_on)} ({one.decision}).",
            one.id,
        )
    ]  # fmt: skip


def _dormant(outlook: Outlook) -> Iterable[Duty]:
    for thing, rule, last, due in dormant_things(outlook):
        yield outlook.owed(
            f"dormant {thing}", f"Decide whether {outlook.title(thing)} is kept or ended", (rule.decided_by,), due,
            rule.place.clause, f"It has done nothing since {say_day(last)}; after {rule.after} a decision is due.", thing,
        )  # fmt: skip


def _to_enter(outlook: Outlook) -> Iterable[Duty]:
    seen = set()
    for each in following(outlook.state, outlook.edition, outlook.today):
        if (
            each.consequence.kind != LAPSE_OF_MANDATE
            or each.thing in outlook.state.instructions.overdue
            or each.thing in seen
        ):
            continue
        unit = each.seat.partition("@")[2]
        seat = outlook.beside(each.consequence.seat, unit)
        held = outlook.state.mandates_of_seat(seat, outlook.today)
        if not any(mandate.is_valid_on(each.missed_on) for mandate in held):
            continue
        seen.add(each.thing)
        due: date = day_of(each.missed_on)
        yield outlook.owed(
            f"enter {each.thing}", f"Enter what follows from {each.thing}: {each.consequence.said}", _keepers(outlook), due,
            each.clause, f"It was due on {say_day(each.missed_on)} and was not done. Any member may enter it (overdue.enter).",
            each.thing,
        )  # fmt: skip


def _keepers(outlook: Outlook) -> tuple[str, ...]:
    named = [
        office.name for office in outlook.rulebook.offices.values() if "roll" in office.keeps and not office.in_each
    ]
    if outlook.rulebook.record is not None:
        named += outlook.rulebook.record.kept_by
    return tuple(dict.fromkeys(named))
