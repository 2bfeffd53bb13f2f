"""Whether an organisation has the page of money at all.

Lives here: that question, which the menu asks on every page. Not here: the page (`listing`).

Invariant: what neither the rulebook nor the record has does not appear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isonomy.rulebook.provisions.finance import finance_rule

if TYPE_CHECKING:
    from isonomy.web.organisation import Standing


def has_money(standing: Standing) -> bool:
    """Whether the rulebook in force has a finance block, or the record a budget."""
    if standing.edition is None:
        return False
    return finance_rule(standing.rulebook) is not None or bool(standing.state.money.budgets)
