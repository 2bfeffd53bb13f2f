"""Whether an organisation has the page of money at all.

Lives here: that question, which the menu asks on every page. Not here: the page (`listing`).

Invariant: what neither the rulebook nor the record has does not appear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isonomy.engine.state import day_of
from isonomy.rulebook.provisions.finance import finance_rule

if TYPE_CHECKING:
    from isonomy.web.organisation import Standing


def has_money(standing: Standing) -> bool:
    """Whether the rulebook in force has a finance block, or the record a budget."""
    if standing.edition is None:
        return False
    return finance_rule(standing.rulebook) is not None or bool(standing.state.money.budgets)


def heads_counted(standing: Standing, matters: set[str]) -> list[str]:
    """The heads of this year's budget, where a decision taken alone on one of the matters counts against them."""
    rule = finance_rule(standing.rulebook)
    budget = standing.state.money.budget_of(rule.year_of(day_of(standing.today))) if rule is not None else None
    return sorted(budget.heads) if rule is not None and budget is not None and matters & set(rule.counts) else []
