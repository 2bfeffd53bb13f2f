"""What stands of powers on a day, as data: emergencies, delegations, and what each office decided alone.

Lives here: choosing and naming. Not here: the rest of the overview (`overview`), counting (`engine.alone`), printing (`state`).

Invariant: as in `overview`: nothing is judged here, and every figure names the decisions it was counted from.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.alone import counted, sum_of, taken_alone
from isonomy.engine.delegation import end_of, is_in_force
from isonomy.engine.state import Decision, State
from isonomy.rulebook.model import Power


def decided_alone(state: State, day: str) -> list[dict[str, Any]]:
    """By office and power: how many decisions, how much together, and what counts against each limit."""
    found: dict[tuple[str, str], list[Decision]] = {}
    powers: dict[str, Power] = {}
    for decision, power in taken_alone(state, day):
        found.setdefault((decision.seat, power.name), []).append(decision)
        powers[power.name] = power
    return [
        {
            "seat": seat, "power": name, "clause": powers[name].place.clause, "count": len(decisions),
            "amount": sum_of(decisions), "decisions": [decision.id for decision in decisions],
            "limits": [_limit(state, powers[name], number, seat, day) for number in range(len(powers[name].rule.limits))],
        }
        for (seat, name), decisions in sorted(found.items())
    ]  # fmt: skip


def _limit(state: State, power: Power, number: int, seat: str, day: str) -> dict[str, Any]:
    limit = power.rule.limits[number]
    count = counted(state, power, limit, seat, "", day)
    return {
        "limit": str(limit),
        "count": len(count),
        "amount": sum_of(count),
        "decisions": [decision.id for decision in count],
    }


def emergencies(state: State, day: str) -> list[dict[str, Any]]:
    """Every emergency: on which fact, until when, whether it is in force, and whether its report is approved."""
    return [
        {
            "emergency": found.id, "fact": found.fact, "declared_by": found.seat, "since": found.on, "until": found.until,
            "in_force": found.is_in_force_on(day), "over_on": found.over_on, "renewals": list(found.renewals),
            "uses": list(found.uses), "reported_on": found.reported_on, "approved_by": found.approved_by,
            "clause": found.clause,
        }
        for found in state.emergencies.values()
    ]  # fmt: skip


def delegations(state: State, day: str) -> list[dict[str, Any]]:
    """Every delegation: which matter, from whom to whom, until when, and whether it is in force."""
    made = []
    for found in state.delegations.values():
        over, why = end_of(state, found, day)
        made.append(
            {
                "delegation": found.id, "matter": found.matter, "by": found.body, "to": found.to, "until": found.until,
                "in_force": is_in_force(state, found, day), "over_on": over, "why": why, "decision": found.decision,
                "clause": found.clause,
            }
        )  # fmt: skip
    return made
