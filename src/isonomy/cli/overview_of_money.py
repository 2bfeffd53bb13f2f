"""What stands of money on a day, as data: heads with what is left of them, payments that wait, accounts.

Lives here: choosing and naming. Not here: the rest of the overview (`overview`), counting (`engine.money`), printing (`state`).

Invariant: as in `overview`: nothing is judged here, and every figure names the payments and decisions it was counted from.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from isonomy.engine.money import Budget
from isonomy.engine.state import State


def budgets(state: State, day: str) -> list[dict[str, Any]]:
    """Every budget, the latest year first: its heads with what was decided, spent, proposed, and is left."""
    found = sorted(state.money.budgets.values(), key=lambda each: -each.year)
    return [
        {
            "year": each.year, "body": each.body, "decisions": list(each.decisions), "clause": each.clause,
            "heads": [_head(state, each, head, day) for head in each.heads],
            "accounts": accounts.standing if (accounts := state.money.accounts_of(each.year)) is not None else "not laid",
        }
        for each in found
    ]  # fmt: skip


def _head(state: State, budget: Budget, head: str, day: str) -> dict[str, Any]:
    money, year = state.money, budget.year
    spent, waiting, decided = money.spent(year, head), money.waiting(year, head, day), budget.heads[head]
    return {
        "head": head, "decided": decided, "spent": spent, "proposed": waiting, "left": decided - spent - waiting,
        "payments": [each.id for each in money.paid_from(year, head)],
        "decisions": [each.decision for each in money.charged_to(year, head)],
    }  # fmt: skip


def payments_waiting(state: State, day: str) -> list[dict[str, Any]]:
    """The payments that wait for signatures: as items of what is under way."""
    return [
        {
            "id": each.id, "kind": "payment", "seat": each.seat,
            "stands": f"{len(each.signatures)} of {each.needed} signatures, lapses after {each.lapses_on or 'no day'}",
            "about": f"{each.amount:,} to {each.to} out of {each.head}",
        }
        for each in state.money.payments.values()
        if each.standing_on(day) == "proposed"
    ]  # fmt: skip


def by_standing(state: State, members: list[str]) -> dict[str, int]:
    """How many members were entered how; nothing where nobody was."""
    entered = state.subscriptions.standings
    found = Counter(entered[person].standing if person in entered else "good" for person in members)
    return dict(sorted(found.items())) if entered else {}
