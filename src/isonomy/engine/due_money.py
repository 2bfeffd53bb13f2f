"""What is due of money: a budget before the year begins, signatures before a payment lapses, accounts, examination, discharge.

Lives here: those duties. Not here: the acts that discharge them (`proceedings.payments`, `proceedings.accounts`).

Invariant: each says what follows when it is not done. Source: docs/spec/acts-finance.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from isonomy.engine.duty import Duty, Outlook
from isonomy.engine.money import NOT_DISCHARGED, PROPOSED, Accounts
from isonomy.engine.proceedings.payments import signers_left
from isonomy.engine.state import day_of
from isonomy.engine.words import say_day
from isonomy.rulebook.provisions.finance import FinanceRule, finance_rule


def due_money(outlook: Outlook) -> list[Duty]:
    """The duties that follow from the finance block."""
    rule = finance_rule(outlook.rulebook)
    if rule is None:
        return []
    found = [*_budget(outlook, rule), *_signatures(outlook, rule), *_accounts(outlook, rule)]
    return [duty for duty in found if outlook.sees(day_of(duty.due_on))]


def _budget(outlook: Outlook, rule: FinanceRule) -> Iterator[Duty]:
    """The budget of the next year, and of the one that runs where it began under a founded organisation without one."""
    running = rule.year_of(outlook.now)
    clause = rule.place.clause_of("budget by")
    for year in (running, running + 1):
        first = rule.begins(year)
        if outlook.state.money.budget_of(year) is None and first.isoformat() > outlook.state.founded_on:
            yield outlook.owed(
                f"budget {year}", f"Decide the budget of {year}", (rule.budget_by,), first - timedelta(days=1), clause,
                f"The year {year} begins on {say_day(first.isoformat())}. Or else: nothing is spent until it has a budget.", "",
            )  # fmt: skip


def _signatures(outlook: Outlook, rule: FinanceRule) -> Iterator[Duty]:
    held = {seat: outlook.holders(seat) for seat in rule.two_signatures.seats}
    clause = rule.place.clause_of("two signatures")
    for payment in outlook.state.money.payments.values():
        if payment.standing_on(outlook.today) != PROPOSED:
            continue
        by = day_of(payment.lapses_on) if payment.lapses_on else outlook.now
        or_else = " Or else: it lapses." if payment.lapses_on else ""
        for seat in signers_left(held, payment):
            yield outlook.owed(
                f"sign {payment.id} {seat}",
                f"Sign or refuse the payment of {payment.amount:,} to {payment.to} out of '{payment.head}' ({payment.id})",
                (seat,), by, clause,
                f"Proposed on {say_day(payment.on)}; {len(payment.signatures)} of {payment.needed} have signed.{or_else}",
                payment.id,
            )  # fmt: skip


def _accounts(outlook: Outlook, rule: FinanceRule) -> Iterator[Duty]:
    if rule.accounts_within is None:
        return
    for budget in outlook.state.money.budgets.values():
        found = outlook.state.money.accounts_of(budget.year)
        if found is None or found.outcome == NOT_DISCHARGED:
            last = rule.ends(budget.year)
            follows = f" Or else: {rule.or_else}." if rule.or_else else ""
            yield outlook.owed(
                f"accounts {budget.year}", f"Lay the accounts of {budget.year} before {outlook.title(rule.accounts_to)}",
                rule.accounts_by, rule.accounts_within.after(last), rule.place.clause_of("accounts within"),
                f"The year ends on {say_day(last.isoformat())}; they are laid within {rule.accounts_within} of that.{follows}",
                found.id if found is not None else "",
            )  # fmt: skip
        elif not found.outcome:
            yield from _after(outlook, rule, found)


def _after(outlook: Outlook, rule: FinanceRule, found: Accounts) -> Iterator[Duty]:
    """Laid: they are examined, and then decided on."""
    if rule.examined_by and not found.examined:
        within = rule.examined_within
        due = within.after(day_of(found.on)) if within is not None else day_of(found.on)
        yield outlook.owed(
            f"examine {found.id}", f"Examine the accounts of {found.year} ({found.id})", rule.examined_by, due,
            rule.place.clause_of("examined by"),
            f"They were laid on {say_day(found.on)}. Or else: nobody is discharged on them.", found.id,
        )  # fmt: skip
    elif rule.accounts_to:
        yield outlook.owed(
            f"acquit {found.id}", f"Decide on the discharge for the accounts of {found.year} ({found.id})", (rule.accounts_to,),
            day_of(max([found.on, *(each.on for each in found.examined)])), rule.place.clause_of("accounts to"),
            f"They were laid on {say_day(found.on)}"
            + (f" and found {found.examined[-1].finding} on {say_day(found.examined[-1].on)}." if found.examined else "."),
            found.id,
        )  # fmt: skip
