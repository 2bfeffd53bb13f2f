"""The `finance` block: who decides the budget, who spends within its heads up to what, who signs, accounts.

Lives here: its shape, keys, reading, sentences, and what it may not say beside the rest. Not here: payments and accounts
(`engine.proceedings.payments`, `engine.proceedings.accounts`), the budget as a term of a motion (`engine.proceedings.budgeting`).

Invariant: amounts are whole numbers in the smallest unit of the rulebook's own money. Whoever spends does not examine. Source:
docs/spec/acts-finance.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from isonomy.kernel.calendar import Duration, YearlyDay
from isonomy.rulebook import names as of_names
from isonomy.rulebook import readings as read
from isonomy.rulebook.blocks import BlockReader
from isonomy.rulebook.model import Place, Rulebook
from isonomy.rulebook.names import Names
from isonomy.rulebook.passage import Passage
from isonomy.rulebook.provision import Gives, ProvisionKind, Speaking, provide
from isonomy.rulebook.readings import AMOUNT_MAX, Fact, form
from isonomy.rulebook.render import listed
from isonomy.rulebook.vocabulary import Kind

BUDGET, SHIFT, PAYMENT, ACQUITTAL = "yearly-budget", "move-between-heads", "payment", "discharge-of-accounts"
"""The matters: the budget of a year, moving money between its heads, a payment above what an office spends, the discharge."""
OVERDUE_ACCOUNTS = "each payment is decided by the body"
FIRST_OF_JANUARY = YearlyDay(1, day=1)


@dataclass(frozen=True, slots=True)
class Spending:
    """Seats with an amount: who spends up to it, or who signs above it; None: no amount is set."""

    seats: tuple[str, ...]
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class FinanceRule:
    """Who decides the budget of a year that begins on `year_begins`, who spends, who signs, who accounts, examines, discharges.

    `counts` are the matters on which a decision taken alone is spending, and counts against a head.
    """

    name: str
    place: Place
    budget_by: str = ""
    year_begins: YearlyDay = FIRST_OF_JANUARY
    spending_by: Spending = Spending(())
    above_by: str = ""
    two_signatures: Spending = Spending(())
    signed_within: Duration | None = None
    counts: tuple[str, ...] = ()
    accounts_by: tuple[str, ...] = ()
    accounts_to: str = ""
    accounts_within: Duration | None = None
    examined_by: tuple[str, ...] = ()
    examined_within: Duration | None = None
    or_else: str = ""

    def year_of(self, day: date) -> int:
        """The year of money in which a day lies, called after the calendar year in which it begins."""
        return day.year if day >= self.year_begins.in_year(day.year) else day.year - 1

    def begins(self, year: int) -> date:
        """Its first day."""
        return self.year_begins.in_year(year)

    def ends(self, year: int) -> date:
        """Its last day."""
        return self.year_begins.in_year(year + 1) - timedelta(days=1)

    def needs_two(self, amount: int) -> bool:
        """Whether a payment of that amount needs two signatures."""
        above = self.two_signatures.amount
        return bool(self.two_signatures.seats) and (above is None or amount > above)


def _spending(passage: Passage, names: Names, facts: list[Fact]) -> Spending:
    """`general-secretary or chair up to 500`."""
    found = re.fullmatch(r"(.+?)\s+up\s+to\s+([0-9]+)", passage.text)
    if found is None:
        return Spending(of_names.seats(passage, names, facts, "office"))
    amount = read.whole(passage.group(found, 2), facts, 1, AMOUNT_MAX)
    return Spending(of_names.seats(passage.group(found, 1), names, facts, "office"), amount)


def _signatures(passage: Passage, names: Names, facts: list[Fact]) -> Spending:
    """`above 200 by chair or general-secretary`."""
    found = re.fullmatch(r"above\s+([0-9]+)\s+by\s+(.+)", passage.text)
    if found is None:
        raise form(passage, "a rule on two signatures", "write it as above 200 by OFFICE or OFFICE")
    amount = read.whole(passage.group(found, 1), facts, 0, AMOUNT_MAX)
    return Spending(of_names.seats(passage.group(found, 2), names, facts, "office"), amount)


def _reads(b: BlockReader, name: str) -> FinanceRule:
    return FinanceRule(
        name,
        b.place,
        b.take_named("budget by", of_names.seat, "", "body"),
        b.take_stated("year begins", read.yearly_day, FIRST_OF_JANUARY),
        b.take_named("spending by", _spending, Spending(())),
        b.take_named("above by", of_names.seat, "", "body"),
        b.take_named("two signatures", _signatures, Spending(())),
        b.take_stated("signed within", read.duration, None),
        b.take_named("counts", of_names.matters, (), False),
        b.take_named("accounts by", of_names.seats, ()),
        b.take_named("accounts to", of_names.seat, "", "body"),
        b.take_stated("accounts within", read.duration, None),
        b.take_named("examined by", of_names.seats, ()),
        b.take_stated("examined within", read.duration, None),
        b.take("or else", read.one_of, "", (OVERDUE_ACCOUNTS,)),
    )


def _examine(rule: FinanceRule, b: BlockReader, book: Rulebook) -> None:
    signers = rule.two_signatures.seats
    alone = [seat for seat in signers if seat in book.offices]
    if len(signers) == 1 and alone:
        what = "one office is held by one person, and two different persons sign"
        b.contradiction("two signatures", what, "name two offices or more")
    spenders = {*rule.spending_by.seats, *signers}
    both = [seat for seat in rule.examined_by if seat in spenders]
    if both:
        what = f"whoever spends or signs does not examine: {listed(both)} would"
        b.contradiction("examined by", what, "name seats that hold no spending power")
    if rule.accounts_within is not None and not (rule.accounts_by and rule.accounts_to):
        what = "it is not said by whom the accounts are laid, and before which body"
        b.contradiction("accounts within", what, "add lines accounts by: SEAT and accounts to: BODY")
    if rule.or_else and not (rule.above_by and rule.accounts_within):
        what = "there is no body that decides each payment, or no day of the accounts"
        b.contradiction("or else", what, "add lines above by: BODY and accounts within: 3 months")


def _says(rule: FinanceRule, speaking: Speaking) -> Iterator[tuple[str, str]]:
    yield (
        "budget by",
        f"The budget of a year is decided, head by head, by {speaking.the(rule.budget_by)}; nothing is spent beyond a head.",
    )
    yield "year begins", f"The year begins on {rule.year_begins}."
    spending = rule.spending_by
    up_to = f", up to {spending.amount} a payment" if spending.amount is not None else ""
    yield "spending by", f"Within a head {speaking.either(spending.seats)} may spend{up_to}."
    yield "above by", f"What is beyond that is decided by {speaking.the(rule.above_by)}."
    signers = rule.two_signatures
    yield (
        "two signatures",
        f"A payment above {signers.amount} is signed in two of these offices, by two persons, never by whom it goes to: "
        f"{listed([speaking.the(seat) for seat in signers.seats])}.",
    )
    yield "signed within", f"A payment that is not signed within {rule.signed_within} lapses."
    yield (
        "counts",
        f"A decision taken alone on {listed([each.replace('-', ' ') for each in rule.counts])} counts against a head.",
    )
    yield "accounts by", f"The accounts of a year are laid by {speaking.either(rule.accounts_by)}."
    yield "accounts to", f"They are laid before {speaking.the(rule.accounts_to)}, which decides on the discharge."
    yield "accounts within", f"They are laid within {rule.accounts_within} of the end of the year."
    yield (
        "examined by",
        f"They are examined by {speaking.either(rule.examined_by)}, never by whoever could spend in that year.",
    )
    yield "examined within", f"They are examined within {rule.examined_within} of being laid."
    yield "or else", f"While accounts are overdue, {rule.or_else}."


def _gives(rule: FinanceRule, speaking: Speaking) -> Iterator[Gives]:
    del speaking
    yield Gives(rule.budget_by, "decides the budget", rule.name, "decides the budget", "budget by")
    spending, signers = rule.spending_by, rule.two_signatures
    for seat in spending.seats:
        amount = f"up to {spending.amount}" if spending.amount is not None else ""
        yield Gives(
            seat, "spends", rule.name, "spends within a head of the budget", "spending by", amount, spending.amount
        )
    if rule.above_by:
        yield Gives(rule.above_by, "decides payments", rule.name, "decides on payments beyond that", "above by")
    for seat in signers.seats:
        yield Gives(
            seat,
            "signs payments",
            rule.name,
            "signs payments",
            "two signatures",
            f"above {signers.amount}",
            signers.amount,
        )
    for key, label, seats in (
        ("accounts by", "accounts of a year", rule.accounts_by),
        ("accounts to", "discharges the accounts", (rule.accounts_to,) if rule.accounts_to else ()),
        ("examined by", "examines the accounts", rule.examined_by),
    ):
        for seat in seats:
            yield Gives(seat, label, rule.name, label, key, is_power=key != "accounts by")


def finance_rule(rulebook: Rulebook) -> FinanceRule | None:
    """The finance block of an edition; None where it has none."""
    found: FinanceRule | None = next(iter(rulebook.provisions.get("finance", {}).values()), None)
    return found


provide(
    ProvisionKind(
        Kind(
            "finance",
            ("budget by", "spending by"),
            (
                "year begins", "above by", "two signatures", "signed within", "counts", "accounts by", "accounts to",
                "accounts within", "examined by", "examined within", "or else",
            ),
        ),
        _reads, _says, _gives, _examine, matters=(BUDGET, SHIFT, PAYMENT, ACQUITTAL), single=True,
    )
)  # fmt: skip
