"""The page of money: each budget with what is left of its heads, payments that wait, accounts; and the page of one payment.

Lives here: what the pages show. Not here: the forms (`acting`), counting (`engine.money`).

Invariant: every figure leads to the payments and decisions it was counted from; what the rulebook does not have is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _now

from isonomy.engine.money import PROPOSED, Accounts, Budget, Payment
from isonomy.engine.state import State
from isonomy.rulebook.provisions.finance import finance_rule
from isonomy.web.asking import may, needs_no_other, tried
from isonomy.web.money.places import has_money
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing


@dataclass(frozen=True)
class Head:
    """A head of a budget: its figures as numbers and as people read them, and what they are counted from."""

    name: str
    decided: int
    spent: int
    waiting: int
    sources: tuple[str, ...]

    @property
    def used(self) -> int:
        """What is spent or proposed, for the bar."""
        return self.spent + self.waiting

    @property
    def figures(self) -> tuple[str, ...]:
        """Decided, spent, proposed, left."""
        return tuple(f"{each:,}" for each in (self.decided, self.spent, self.waiting, self.decided - self.used))


@dataclass(frozen=True)
class Year:
    """A budget with its heads, and the accounts of the year where they are laid."""

    budget: Budget
    heads: tuple[Head, ...]
    accounts: Accounts | None


def years(state: State, today: str) -> list[Year]:
    """The budgets, the latest year first."""
    money = state.money
    return [
        Year(budget, tuple(_head(state, budget, name, today) for name in budget.heads), money.accounts_of(budget.year))
        for budget in sorted(money.budgets.values(), key=lambda each: -each.year)
    ]


def _head(state: State, budget: Budget, name: str, today: str) -> Head:
    money, year = state.money, budget.year
    waiting = [
        each.id for each in money.payments.values()
        if (each.year, each.head) == (year, name) and each.standing_on(today) == PROPOSED
    ]  # fmt: skip
    paid = [each.id for each in money.paid_from(year, name)]
    charged = [each.decision for each in money.charged_to(year, name)]
    return Head(
        name, budget.heads[name], money.spent(year, name), money.waiting(year, name, today), (*paid, *charged, *waiting)
    )


def waiting_for_signatures(standing: Standing) -> list[Payment]:
    """The payments that wait."""
    found = standing.state.money.payments.values()
    return [each for each in found if each.standing_on(standing.today) == PROPOSED]


def money(request: HttpRequest) -> HttpResponse:
    """Budgets and payments."""
    standing = request.standing
    if not has_money(standing):
        raise NotHere(_now("The rulebook says nothing of a budget."), "", _now("see the rulebook"))
    rule = finance_rule(standing.rulebook)
    return render(request, "money/money.html", {
        "years": years(standing.state, standing.today), "waiting": waiting_for_signatures(standing),
        "may_propose": rule is not None and needs_no_other(
            tried(request.viewer, "payment.propose", head="any", amount=1, to="?", why="?")[0]
        ),
        "clause": rule.place.clause if rule is not None else "",
    })  # fmt: skip


def payment_of(request: HttpRequest, id: str) -> Payment:
    """The payment of an address; 404 where there is none."""
    found = request.standing.state.money.payments.get(id)
    if found is None:
        raise NotHere(_now("There is no such payment."), "", _now("see the payments under Money"))
    return found


def payment(request: HttpRequest, id: str) -> HttpResponse:
    """One payment: out of which head, to whom, who signed it, and what may be done."""
    found, viewer = payment_of(request, id), request.viewer
    return render(request, "money/payment.html", {
        "payment": found, "stands": found.standing_on(request.standing.today), "amount": f"{found.amount:,}",
        "may_sign": may(viewer, "payment.sign", payment=id), "may_refuse": may(viewer, "payment.refuse", payment=id, reason="?"),
    })  # fmt: skip
