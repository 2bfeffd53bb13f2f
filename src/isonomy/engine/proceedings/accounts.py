"""Accounts: of a year that is over, laid by its day, examined by somebody who could not spend.

Lives here: `accounts.lay`, `accounts.examine`, and who held spending power in a year. Not here: the discharge, which is a term of
a motion (`budgeting`), what falls due (`due_money`).

Invariant: the figures of the heads are the record's own; whoever lays the accounts adds words, and alters none. Source:
docs/spec/acts-finance.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from isonomy.engine.act import judges
from isonomy.engine.effect import At, effect
from isonomy.engine.judgement import FORM, Judgement
from isonomy.engine.money import FINDINGS, NOT_DISCHARGED, Accounts, Examination
from isonomy.engine.proceedings.payments import seat_held
from isonomy.engine.shape import Line, Natural, ProceedingId, Text
from isonomy.engine.state import Mandate, State
from isonomy.kernel.calendar import say_date
from isonomy.kernel.ids import proceeding_id
from isonomy.rulebook.provisions.finance import FinanceRule, finance_rule


@dataclass(frozen=True, slots=True)
class Lay:
    """Lays the accounts of a year; the record adds what each head had and what of it was allowed."""

    year: Natural
    text: Text


@dataclass(frozen=True, slots=True)
class Examine:
    """Says what an auditor found: `in order` or `not in order`."""

    accounts: ProceedingId
    finding: Line
    text: Text


@dataclass(frozen=True, slots=True)
class HeadFigure:
    """A head at the end of the year: what it had, what was allowed of it."""

    head: str
    decided: int
    spent: int


@effect("accounts.laid")
@dataclass(frozen=True, slots=True)
class AccountsLaid:
    """The accounts of a year lie before the body."""

    accounts: str
    year: int
    on: str
    by: str
    seat: str
    text: str
    edition: str
    clause: str
    heads: tuple[HeadFigure, ...]

    def apply(self, state: State, at: At) -> None:
        """Enters them."""
        state.money.accounts[self.accounts] = Accounts(
            self.accounts, self.year, self.on, self.by, self.seat, self.text, self.edition, self.clause,
            {each.head: each.decided for each in self.heads}, {each.head: each.spent for each in self.heads},
        )  # fmt: skip
        state.touched[self.accounts] = at.n


@effect("accounts.examined")
@dataclass(frozen=True, slots=True)
class AccountsExamined:
    """An auditor examined them."""

    accounts: str
    on: str
    by: str
    seat: str
    finding: str
    text: str

    def apply(self, state: State, at: At) -> None:
        """Adds what was found."""
        found = state.money.accounts[self.accounts]
        found.examined.append(Examination(self.on, self.by, self.seat, self.finding, self.text))
        state.touched[self.accounts] = at.n


def spending_power_in(state: State, rule: FinanceRule, person: str, year: int) -> list[Mandate]:
    """The mandates by which a person could spend, sign, or decide alone on spending, on some day of a year."""
    first, last = rule.begins(year).isoformat(), rule.ends(year).isoformat()
    found = []
    for edition in state.editions_between(first, last):
        book = state.rulebook(edition.id)
        own = finance_rule(book) or rule
        seats = {*own.spending_by.seats, *own.two_signatures.seats}
        for power in book.powers.values():
            if set(power.matters) & set(own.counts):
                seats |= set(power.held_by)
        found += [
            mandate
            for mandate in state.mandates.values()
            if mandate.person == person
            and mandate.seat.partition("@")[0] in seats
            and mandate.since <= last
            and mandate.is_valid_on(max(mandate.since, first))
        ]
    return list({mandate.id: mandate for mandate in found}.values())


@judges("accounts.lay", Lay)
def judge_lay(judgement: Judgement, lay: Lay) -> None:
    """Judges accounts: of a year with a budget that is over, by those who owe them, once."""
    rule, year = finance_rule(judgement.rulebook), int(lay.year)
    if rule is None or not rule.accounts_by:
        judgement.refuse(FORM, "the rulebook asks no accounts of anybody", {}, "amend the rulebook first")
        return
    clause = rule.place.clause_of("accounts by")
    money = judgement.state.money
    budget = money.budget_of(year)
    if budget is None:
        known = sorted(each.year for each in money.budgets.values())
        raise judgement.bar(
            f"{year} had no budget", {"budgets of": known or "none"}, "name a year that had one", clause
        )
    last = rule.ends(year)
    if last.isoformat() >= judgement.latest:
        judgement.refuse(
            clause, "accounts are laid of a year that is over",
            {"year": year, "ends": last.isoformat(), "today": judgement.latest},
            f"wait until {say_date(last)} is past",
        )  # fmt: skip
    before = money.accounts_of(year)
    if before is not None and before.outcome != NOT_DISCHARGED:
        raise judgement.bar(
            f"the accounts of {year} are laid already",
            {"accounts": before.id, "on": before.on},
            "nothing more is needed",
            clause,
        )
    judgement.may_act(rule.accounts_by, clause, "accounts are laid by those the clause names")
    figures = tuple(HeadFigure(head, amount, money.spent(year, head)) for head, amount in sorted(budget.heads.items()))
    judgement.then(
        AccountsLaid(
            proceeding_id("ac", judgement.n), year, judgement.on, judgement.author,
            judgement.as_ or seat_held(judgement, rule.accounts_by), lay.text, judgement.edition, clause, figures,
        )
    )  # fmt: skip


@judges("accounts.examine", Examine, reportable=False)
def judge_examine(judgement: Judgement, examine: Examine) -> None:
    """Judges an examination: in an office that the clause names, by a person who could not spend in that year."""
    rule = finance_rule(judgement.rulebook)
    found = judgement.state.money.accounts.get(examine.accounts)
    if found is None:
        raise judgement.bar(f"there are no accounts '{examine.accounts}'", {}, "name them, such as ac-42")
    if rule is None or not rule.examined_by:
        judgement.refuse(FORM, "the rulebook names nobody who examines accounts", {}, "amend the rulebook first")
        return
    if examine.finding not in FINDINGS:
        raise judgement.bar(
            f"'{examine.finding[:40]}' is not a finding", {"known": list(FINDINGS)}, "write one of these"
        )
    clause = rule.place.clause_of("examined by")
    judgement.may_act(rule.examined_by, clause, "accounts are examined by those the clause names")
    held = spending_power_in(judgement.state, rule, judgement.author, found.year)
    if held:
        judgement.refuse(
            clause, f"whoever could spend in {found.year} does not examine its accounts",
            {"held": [mandate.seat for mandate in held], "since": held[0].since}, "let another of those examine them",
        )  # fmt: skip
    if any(each.by == judgement.author for each in found.examined):
        raise judgement.bar(
            "you examined these accounts already", {"accounts": found.id}, "nothing more is needed", clause
        )
    if found.outcome:
        raise judgement.bar(
            f"these accounts are {found.outcome} already", {"decision": found.decision}, "nothing more is needed"
        )
    judgement.then(
        AccountsExamined(
            found.id, judgement.on, judgement.author, judgement.as_ or seat_held(judgement, rule.examined_by),
            examine.finding, examine.text,
        )
    )  # fmt: skip
