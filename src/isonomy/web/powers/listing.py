"""The page of powers: emergencies, what was handed over, and what each office decided alone, with how much of it is left.

Lives here: what the page shows. Not here: the forms (`acting`), counting (`engine.alone`), the sentence that stands on every
page while an emergency is in force (`places`).

Invariant: every figure leads to the decisions it was counted from; what the rulebook does not have is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from isonomy.engine.alone import counted, sum_of, taken_alone
from isonomy.engine.delegation import Delegation, end_of, is_in_force
from isonomy.engine.emergency import Emergency, free_from, in_force
from isonomy.engine.state import Decision
from isonomy.rulebook.model import Power
from isonomy.rulebook.provisions.delegation import delegation_rules
from isonomy.rulebook.provisions.emergency import emergency_rules
from isonomy.rulebook.render import plain_reading
from isonomy.web.asking import may, needs_no_other, tried
from isonomy.web.organisation import Standing
from isonomy.web.powers.deciding import what_bodies_decide
from isonomy.web.powers.handing import may_lodge, ways_of
from isonomy.web.powers.places import to_report
from isonomy.web.viewer import Viewer

SHOWN_MAX = 100
"""So many decisions taken alone stand on the page, the latest first; the register has them all."""


@dataclass(frozen=True)
class Used:
    """A limit of a power: what it says, the decisions that count against it today, their number and amount."""

    says: str
    clause: str
    decisions: tuple[Decision, ...]
    amount: int


@dataclass(frozen=True)
class Holder:
    """What one office decided alone under one power: each decision with how it stands, each limit with what counts against it."""

    seat: str
    power: str
    clause: str
    decisions: tuple[tuple[Decision, str], ...]
    amount: int
    used: tuple[Used, ...]


@dataclass(frozen=True)
class Handed:
    """A delegation as it stands today."""

    delegation: Delegation
    is_in_force: bool
    over_on: str
    why: str
    ways: dict[str, str] = field(default_factory=dict)


def holders_of(standing: Standing, seat: str = "") -> list[Holder]:
    """What offices decided alone, by office and power; of one office where it is named."""
    state, today = standing.state, standing.today
    found: dict[tuple[str, str], list[Decision]] = {}
    under: dict[str, Power] = {}
    for decision, power in taken_alone(state, today):
        if not seat or decision.seat == seat:
            found.setdefault((decision.seat, power.name), []).append(decision)
            under[power.name] = power
    made = []
    for (held, name), decisions in sorted(found.items()):
        power = under[name]
        limits = tuple(
            Used(str(limit), power.place.clause_of("limits"), tuple(count), sum_of(count))
            for limit in power.rule.limits
            for count in [counted(state, power, limit, held, "", today)]
        )
        latest = tuple((decision, decision.standing_on(today)) for decision in reversed(decisions[-SHOWN_MAX:]))
        made.append(Holder(held, name, power.place.clause, latest, sum_of(decisions), limits))
    return made


def handed(standing: Standing, seat: str = "") -> list[Handed]:
    """What was handed over, in force first; of or to one seat where it is named."""
    state, today = standing.state, standing.today
    made = [
        Handed(found, is_in_force(state, found, today), *end_of(state, found, today))
        for found in reversed(state.delegations.values())
        if not seat or seat in (found.to, found.body)
    ]
    return sorted(made, key=lambda one: not one.is_in_force)


PutOff = tuple[str, str, str]
"""A meeting by right that was put off: of which body, from which day, to which."""


def emergencies_of(standing: Standing) -> list[tuple[Emergency, bool, str, list[PutOff]]]:
    """The emergencies, the latest first: whether each is in force, from when another may be declared, what it put off."""
    state = standing.state
    return [
        (found, found.is_in_force_on(standing.today), free_from(state, found).isoformat(), _put_off(found))
        for found in reversed(state.emergencies.values())
    ]


def _put_off(found: Emergency) -> list[PutOff]:
    return [
        (seat, day, until) for occasion, until in found.postponed.items() for seat, day in [occasion.rsplit(" ", 1)]
    ]


def powers(request: HttpRequest) -> HttpResponse:
    """Emergencies, delegations, and what was decided alone."""
    standing, viewer = request.standing, request.viewer
    book = standing.rulebook
    kinds = ("emergency", "delegation", "power")
    shown: dict[str, Any] = {
        "reading": [read for read in plain_reading(book) if read.kind in kinds],
        "emergencies": emergencies_of(standing), "holders": holders_of(standing), "may_lodge": may_lodge(viewer),
        "handed": [replace(one, ways=ways_of(viewer, one.delegation)) for one in handed(standing)],
        "has_emergencies": bool(emergency_rules(book)) or bool(standing.state.emergencies),
        "has_delegations": bool(delegation_rules(book)) or bool(standing.state.delegations),
        **what_may_be_done(viewer), **what_bodies_decide(viewer),
    }  # fmt: skip
    return render(request, "powers/powers.html", shown)


def what_may_be_done(viewer: Viewer) -> dict[str, bool]:
    """Which of the forms are the viewer's to fill in now, as the engine says."""
    standing = viewer.standing
    rules = emergency_rules(standing.rulebook)
    running = in_force(standing.state, standing.today)
    over = to_report(standing)
    declare = running is None and any(
        needs_no_other(tried(viewer, "emergency.declare", emergency=rule.name, fact=rule.facts[0], words="?")[0])
        for rule in rules.values()
    )
    return {
        "may_declare": declare,
        "may_end": running is not None and may(viewer, "emergency.end", emergency=running.id),
        "may_report": over is not None and may(viewer, "emergency.report", emergency=over.id, text="?"),
    }
