"""What is under way of transfers between units, as data: who asked, and which unit has still to answer.

Lives here: choosing and naming. Not here: the rest of the overview (`overview`), printing (`state`).

Invariant: as in `overview`: nothing is judged here.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.state import State
from isonomy.engine.transfer import OPEN, Transfer


def transfers_under_way(state: State, day: str) -> list[dict[str, Any]]:
    """The transfers that are asked for or consented to and not yet done: as items of what is under way."""
    return [
        {
            "id": each.id, "kind": "transfer", "seat": each.new, "stands": _stands(each, day),
            "about": f"{each.person} from {each.old or 'no unit'} to {each.new}",
        }
        for each in state.seating.transfers.values()
        if each.standing in OPEN
    ]  # fmt: skip


def _stands(transfer: Transfer, day: str) -> str:
    answer = "consented" if transfer.answered_on else f"answer by {transfer.answer_by}"
    return f"{answer}, " + (
        "let go" if transfer.is_let_go_on(day) else f"let go at the latest after {transfer.let_go_by}"
    )
