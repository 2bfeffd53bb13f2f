"""Who must call: bodies that only meet when somebody likes (C08).

Lives here: that finding. Not here: calls that come too late (the search in time).

Invariant: a right to call is no duty to call; what obliges is a meeting by right, a demand, or a named substitute.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.checker.catalogue import HIGH, MEDIUM
from isonomy.checker.finding import Finding, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.properties import finds
from isonomy.checker.structure.ties import saying, seats_of
from isonomy.rulebook.model import EVERYTHING_ELSE, Body, Rulebook
from isonomy.rulebook.render import listed


@finds("C08")
def nobody_obliged(inquiry: Inquiry) -> Iterator[Finding]:
    """A body with a hold over others that neither meets by right nor can be demanded."""
    book, say = inquiry.rulebook, saying(inquiry.rulebook)
    for body in book.bodies.values():
        holds = list(_holds(book, body))
        if not holds or body.meets.by_right is not None or body.meets.on_demand or _decides_by_poll_alone(book, body):
            continue
        who = say.the(body.name)
        callers = body.meets.on_call_of
        how = f"It meets only when {say.either(callers)} calls it" if callers else "No clause says when it meets"
        key = "meets" if "meets" in body.place.lines else "filled by"
        yield finding(
            "C08",
            f"{who[:1].upper()}{who[1:]} {', '.join(holds[:3])}. {how}, and nobody is obliged to.",
            cited(body.place, key),
            severity=HIGH if body.supreme else MEDIUM,
            fix=f"let {who} meet by right, or on demand of a part of its members, with a day by which it is held",
        )


def _decides_by_poll_alone(book: Rulebook, body: Body) -> bool:
    """Whether everything the body does is done by polls, which need no meeting."""
    procedures = [found for found in book.procedures.values() if found.by == body.name]
    named = {matter for found in procedures for matter in found.matters}
    return bool(procedures) and all(found.taken == "poll" for found in procedures) and set(body.decides) <= named


def _holds(book: Rulebook, body: Body) -> Iterator[str]:
    """What hangs on the body's meeting: who it makes, removes, ratifies; what falls to it."""
    say = saying(book)
    if body.supreme:
        yield "is the supreme body"
    if EVERYTHING_ELSE in body.decides:
        yield "decides everything that is given to nobody else"
    named = [matter.replace("-", " ") for matter in body.decides if matter != EVERYTHING_ELSE]
    if named:
        yield f"decides on {listed(named)}"
    for seat in seats_of(book):
        if seat.filled is not None and seat.filled.by == body.name:
            yield f"{'elects' if seat.filled.way == 'election' else 'appoints'} {say.the(seat.name)}"
        if seat.removable is not None and seat.removable.by == body.name:
            yield f"removes {say.the(seat.name)}"
    for power in book.powers.values():
        if power.lapses is not None and power.lapses.unless_ratified_by == body.name:
            yield f"ratifies what {say.either(power.held_by)} decides alone"
    for procedure in book.procedures.values():
        if procedure.kind == "amend" and procedure.by == body.name:
            yield "amends the rulebook"
        if (
            procedure.election is not None
            and procedure.election.appeal is not None
            and procedure.election.appeal.to == body.name
        ):
            yield "hears appeals"
    for case in book.provisions.get("case", {}).values():
        if body.name in (case.panel, *(step.to for step in case.appeals)):
            yield "hears cases"
