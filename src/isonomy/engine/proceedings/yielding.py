"""Yielding: what an emergency in force lets through that the rules would otherwise refuse, and what it bars.

Lives here: shorter notice, a lower quorum, a wider power, and the bar on elections, removals, amendments and the like. Not here:
declaring and ending one (`emergencies`).

Invariant: nothing yields but what the block lists, on a day on which the emergency is in force, and never what a protected clause
says; each time something yields the act cites the clause and the emergency. Nothing that would make an emergency longer or
lasting (a renewal, an amendment) is decided by rules that yield.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from isonomy.engine.competence import AMENDMENT, CLOSING, ELECTION, REMOVAL
from isonomy.engine.conditions import Tested, is_noticed, is_quorate
from isonomy.engine.effect import At, effect
from isonomy.engine.emergency import Emergency, in_force, rule_of
from isonomy.engine.facts import Group, Moment, NamedFacts
from isonomy.engine.judgement import Judgement
from isonomy.engine.meeting import Meeting
from isonomy.engine.state import State, day_of
from isonomy.kernel.quantity import Answer, Span
from isonomy.rulebook.model import Body, Place, Power
from isonomy.rulebook.provisions.emergency import (
    AMENDMENTS,
    CLOSINGS,
    ELECTIONS,
    EXPULSIONS,
    REMOVALS,
    RENEWING,
    EmergencyRule,
)

NOTICE, QUORUM, POWER = "notice", "quorum", "power"
NEVER_BY_YIELDING = (AMENDMENT, RENEWING)
"""What would make an emergency longer or lasting is decided by the rules as they always are."""
BARRED_ACTS = {
    ELECTIONS: ("election.open",),
    REMOVALS: ("mandate.end", "mandate.suspend"),
    AMENDMENTS: ("rulebook.adopt",),
    CLOSINGS: ("unit.close",),
    EXPULSIONS: (),
}
BARRED_MATTERS = {
    ELECTIONS: ELECTION, REMOVALS: REMOVAL, AMENDMENTS: AMENDMENT, CLOSINGS: CLOSING, EXPULSIONS: "expulsion",
}  # fmt: skip
"""How the matters begin that are not put while they are barred."""


@effect("emergency.used")
@dataclass(frozen=True, slots=True)
class EmergencyUsed:
    """Something was let through by an emergency in force: which rule yielded, for what."""

    emergency: str
    rule: str
    thing: str

    def apply(self, state: State, at: At) -> None:
        """Notes it with the emergency."""
        state.emergencies[self.emergency].uses.append(f"{self.rule} {self.thing}")
        state.touched[self.emergency] = at.n


def _yielding(judgement: Judgement, place: Place, key: str) -> tuple[Emergency, EmergencyRule] | None:
    """The emergency in force with its block, where it may touch what a key says."""
    emergency = in_force(judgement.state, judgement.on)
    if emergency is None:
        return None
    rule = rule_of(judgement.state, emergency)
    if place.clause_of(key) in rule.protects or place.clause in rule.protects:
        return None
    return emergency, rule


def _use(judgement: Judgement, emergency: Emergency, rule: EmergencyRule, key: str, yields: str, thing: str) -> None:
    judgement.cite(rule.place.clause_of(key))
    judgement.then_at_last(EmergencyUsed(emergency.id, yields, thing))


def yields_notice(judgement: Judgement, body: Body, thing: str, served: date, start: date) -> bool:
    """Whether an emergency makes do with the notice that is left: enough by its block, for a meeting held while it lasts."""
    found = _yielding(judgement, body.place, "notice")
    if found is None or found[1].notice is None:
        return False
    emergency, rule = found
    since, until = Moment("day", served.isoformat()), Moment("day", start.isoformat())
    kept = is_noticed(judgement.facts, rule.notice, since, until).answer is Answer.YES  # type: ignore[arg-type]
    if not kept or start.isoformat() > emergency.until:
        return False
    _use(judgement, emergency, rule, "notice", NOTICE, thing)
    return True


def yields_notice_of(judgement: Judgement, meeting: Meeting, body: Body) -> bool:
    """Whether an emergency in force excuses the short notice with which a meeting that opens was called."""
    served = [served_on for _, served_on in meeting.notices if served_on]
    if not served:
        return False
    return yields_notice(judgement, body, meeting.id, day_of(min(served)), day_of(meeting.starts))


def yields_quorum(judgement: Judgement, meeting: Meeting, body: Body, present: Span) -> Tested | None:
    """The quorum of an emergency, where those present are that; None where it does not help."""
    found = _yielding(judgement, body.place, "quorum")
    if found is None or found[1].quorum is None or body.quorum is None:
        return None
    emergency, rule = found
    assert rule.quorum is not None
    facts = NamedFacts(judgement.state, judgement.on, meeting.id, {"present": present}, meeting.edition)
    whole = Group("seats" if rule.quorum.of == "seats" else "members", meeting.body)
    tested = is_quorate(facts, rule.quorum, Group("present", meeting.id), whole)
    if tested.answer is not Answer.YES:
        return None
    _use(judgement, emergency, rule, "quorum", QUORUM, meeting.id)
    return tested


def yields_power(judgement: Judgement, power: Power, amount: int | None, thing: str, named: str | None) -> str:
    """The emergency that widens a power so far, which the act names; "" where none does."""
    found = _yielding(judgement, power.place, "up to")
    if found is None or amount is None or named != found[0].id:
        return ""
    emergency, rule = found
    if not any(widened.power == power.name and amount <= widened.up_to for widened in rule.widens):
        return ""
    _use(judgement, emergency, rule, "widens", POWER, thing)
    return emergency.id


def check_yielded(judgement: Judgement, meeting: Meeting, matter: str) -> bool:
    """Grounds against deciding, at a meeting that rests on rules that yielded, what would make an emergency lasting."""
    if matter not in NEVER_BY_YIELDING:
        return True
    for emergency in judgement.state.emergencies.values():
        used = [use for use in emergency.uses if use in (f"{NOTICE} {meeting.id}", f"{QUORUM} {meeting.id}")]
        if used:
            says = "what would make an emergency longer or lasting is not decided by rules that yield to one"
            facts = {"emergency": emergency.id, "yielded": [use.partition(" ")[0] for use in used], "matter": matter}
            judgement.refuse(emergency.clause, says, facts, "call a meeting on it with its whole notice and quorum")
            return False
    return True


# -- what is barred ----------------------------------------------------------------------------------------


def check_barred(judgement: Judgement, name: str, fields: Any) -> None:
    """Grounds against what the block bars while the emergency is in force."""
    emergency = in_force(judgement.state, judgement.on)
    if emergency is None:
        return
    rule = rule_of(judgement.state, emergency)
    barred = next((what for what in rule.bars if _is(judgement, what, name, fields)), "")
    if barred:
        judgement.refuse(
            rule.place.clause_of("bars"), f"while an emergency is in force there are no {barred}",
            {"emergency": emergency.id, "until": emergency.until},
            f"wait until it is over on {emergency.over_on}, or have it ended",
        )  # fmt: skip


def _is(judgement: Judgement, what: str, name: str, fields: Any) -> bool:
    if name == "poll.open":
        return str(fields.matter).startswith(BARRED_MATTERS[what])
    if name == "mandate.end" and what == REMOVALS:
        mandate = judgement.state.mandates.get(fields.mandate)
        return mandate is not None and mandate.person != judgement.author
    return name in BARRED_ACTS[what]
