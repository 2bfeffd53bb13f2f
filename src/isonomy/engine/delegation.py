"""A delegation in the state: which matter a body handed to whom, until when, by which decision; and whether it is in force.

Lives here: the shape, and the questions that need only the record and a day. Not here: how it changes
(`proceedings.delegations`).

Invariant: a delegation ends without any act: with its last day, with the mandate of the person who held the office, with what it
was handed on from, and, where its clause says so, with the next meeting of the body. Source: docs/spec/acts-powers.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from isonomy.rulebook.model import Place
from isonomy.rulebook.provisions.delegation import NEXT_MEETING, DelegationRule, delegation_rules

if TYPE_CHECKING:
    from isonomy.engine.state import State

LODGED, GIVEN = "lodged", "given"


@dataclass(slots=True)
class Delegation:
    """A delegation: `body` hands over, or the seat that hands on what `source` handed to it; `holder` is the person who held the
    office when it was given ("" of a body). `uses` are the decisions taken under it."""

    id: str
    block: str
    edition: str
    clause: str
    body: str
    matter: str
    to: str
    until: str
    amount: int | None = None
    source: str = ""
    lodged_on: str = ""
    standing: str = LODGED
    given_on: str = ""
    decision: str = ""
    holder: str = ""
    revoked_on: str = ""
    revoked_by: str = ""
    reported_on: str = ""


def rule_of(state: State, delegation: Delegation) -> DelegationRule:
    """The block under which it was given, as it stood then."""
    return delegation_rules(state.rulebook(delegation.edition))[delegation.block]


def place_under(state: State, delegation: Delegation) -> Place:
    """Where the clause stands under which it was given."""
    return rule_of(state, delegation).place


def end_of(state: State, delegation: Delegation, day: str) -> tuple[str, str]:
    """The first day on which it is over, up to a day, and why; "" where it is in force on that day or was never given."""
    if delegation.standing != GIVEN or day < delegation.given_on:
        return "", ""
    found: list[tuple[str, str]] = []
    if delegation.revoked_on:
        found.append((delegation.revoked_on, "revoked"))
    if delegation.until < day:
        found.append((delegation.until, "its last day"))
    gone = _mandate_over(state, delegation, day)
    if gone:
        found.append((gone, "the mandate of its holder ended"))
    met = _next_meeting(state, delegation)
    if met and met <= day:
        found.append((met, "the body met"))
    source = state.delegations.get(delegation.source)
    if source is not None:
        ended, why = end_of(state, source, day)
        if ended:
            found.append((ended, f"{source.id} is over: {why}"))
    return min(found, default=("", ""))


def is_in_force(state: State, delegation: Delegation, day: str) -> bool:
    """Whether it is in force on a civil date."""
    return delegation.standing == GIVEN and delegation.given_on <= day and not end_of(state, delegation, day)[0]


def handed_to(state: State, seat: str, matter: str, day: str) -> Delegation | None:
    """The delegation by which a seat holds a matter on a civil date; None where it was handed nothing of it."""
    for delegation in state.delegations.values():
        if delegation.to == seat and delegation.matter == matter and is_in_force(state, delegation, day):
            return delegation
    return None


def held_by_vote(state: State, body: str, matter: str, day: str) -> tuple[Delegation | None, bool]:
    """The delegation under which a body votes on what is not its own; and whether what it was handed has ended since."""
    found = handed_to(state, body, matter, day)
    was = any(each.to == body and each.matter == matter for each in state.delegations.values())
    return found, found is None and was


def _mandate_over(state: State, delegation: Delegation, day: str) -> str:
    if not delegation.holder:
        return ""
    held = [state.mandates[id] for id in state.by_seat.get(delegation.to, ())]
    held = [mandate for mandate in held if mandate.person == delegation.holder and mandate.since <= delegation.given_on]
    if any(mandate.is_valid_on(day) for mandate in held):
        return ""
    ends = [
        min(end for end in (mandate.until, mandate.ended_on) if end)
        for mandate in held
        if mandate.until or mandate.ended_on
    ]
    return max((end for end in ends if end > delegation.given_on), default=delegation.given_on)


def _next_meeting(state: State, delegation: Delegation) -> str:
    if rule_of(state, delegation).ends != NEXT_MEETING:
        return ""
    opened = [
        meeting.opened_on
        for meeting in state.meetings.values()
        if meeting.body == delegation.body and meeting.is_held and meeting.opened_on > delegation.given_on
    ]
    return min(opened, default="")
