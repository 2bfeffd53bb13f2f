"""Sizes: bodies that fill themselves (C23), and bodies whose size is set by those who gain by it (C24).

Lives here: both findings. Not here: vacancies (`structure.holding`), packing as a step of a capture (`least`).

Invariant: numbers are compared by the engine's condition on majorities; units count as many delegates as their clause gives them.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.checker.catalogue import HIGH, MEDIUM
from isonomy.checker.counts import carries
from isonomy.checker.finding import Finding, Step, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.model import (
    BY_APPOINTMENT,
    BY_DELEGATION,
    BY_ELECTION,
    Model,
    SeatClass,
    provisions_of,
)
from isonomy.checker.moves import COOPT, FOUND, Move
from isonomy.checker.properties import finds
from isonomy.checker.reach import reach_of
from isonomy.checker.telling import the
from isonomy.rulebook.model import Body, UnitKind


@finds("C23")
def cooptions(inquiry: Inquiry) -> Iterator[Finding]:
    """Bodies that come to be made by themselves for the greater part."""
    model = inquiry.model
    for rule in provisions_of(inquiry.rulebook, "cooption"):
        body = inquiry.rulebook.bodies.get(rule.seat)
        if body is None or body.seats is None or not rule.votes:
            continue
        most = rule.most(body.seats)
        if 2 * most < body.seats:
            continue
        place = cited(rule.place, "up to")
        part = "a majority" if 2 * most > body.seats else "half"
        text = f"{_cap(the(model, body.name))} co-opts {most} of its own choosing to its {body.seats} seats (clause {place.id})."
        yield finding(
            "C23",
            f"{_cap(the(model, body.name))} has {body.seats} seats and co-opts up to {most}, who vote: those "
            f"co-opted can be {part} of it, "
            "against all who were elected",
            place, cited(rule.place, "vote"),
            fix=f"clause {place.id}, line {place.line}: `up to: {max(1, (body.seats - 1) // 3)}`, or give them no vote",
            severity=HIGH if 2 * most > body.seats else MEDIUM,
            trace=(Step(COOPT, body.name, place.id, text, Move(COOPT, body.name, body.name, place.id, place.line, count=most)),),
        )  # fmt: skip
    for body in inquiry.rulebook.bodies.values():
        filled = body.filled
        if filled is not None and filled.by == body.name and filled.way in (BY_ELECTION, BY_APPOINTMENT):
            place = cited(body.place, "filled by")
            yield finding(
                "C23",
                f"{_cap(the(model, body.name))} fills all its own seats: whoever has a majority of it once keeps it for ever",
                place,
                fix=f"clause {place.id}, line {place.line}: let the members or another body elect it",
            )


@finds("C24")
def sizes(inquiry: Inquiry) -> Iterator[Finding]:
    """Bodies without a number of seats that one seat fills; units that send delegates, founded by those who are elected."""
    model = inquiry.model
    for body in inquiry.rulebook.bodies.values():
        filled = body.filled
        if filled is not None and filled.way == BY_APPOINTMENT and body.seats is None and _decides(model, body):
            place = cited(body.place, "filled by")
            yield finding(
                "C24",
                f"{_cap(the(model, filled.by))} appoints to {the(model, body.name)}, and no clause says how many "
                "seats it has: who is "
                "outvoted there appoints more",
                place,
                fix=f"clause {body.place.clause}: add `seats: 7`, the number that the words give",
            )
        units = inquiry.rulebook.units
        sent = filled is not None and filled.way == BY_DELEGATION and not getattr(filled, "apportioned", None)
        if filled is not None and sent and filled.unit_kind in units:
            yield from _founded(model, body, units[filled.unit_kind])


def _founded(model: Model, body: Body, kind: UnitKind) -> Iterator[Finding]:
    """Units founded by a seat that the body they send delegates to fills: new units bring new votes for those who found them."""
    assert body.filled is not None
    each = body.filled.seats_each
    size = model.classes[body.name].size
    for founder in kind.founded_by:
        seat = model.classes.get(founder)
        if seat is None or founder == body.name or seat.block is None or seat.block.filled is None:
            continue
        choice = seat.choice
        by = choice.by if choice is not None else seat.block.filled.by
        if by != body.name and not (model.rulebook.seat(by) and reach_of(model, body.name).decides(founder)):
            continue
        units = next(
            number for number in range(1, size + 2) if carries(number * each, size + number * each, body.majority, None)
        )
        place, sends = cited(kind.place, "founded by"), cited(body.place, "filled by")
        text = (
            f"{_cap(the(model, founder))} founds {units} units of the kind {kind.name}, one member in each "
            f"(clause {place.id})."
        )
        yield finding(
            "C24",
            f"{_cap(the(model, founder))} is chosen by {the(model, body.name)} and may found a {kind.name}; each sends {each} to "
            f"{the(model, body.name)}, however few belong to it: {units} new ones with a member each outvote the "
            f"{size} delegates there are",
            place, sends,
            fix=f"clause {place.id}, line {place.line}: `founded by: {body.name}`; or let delegates follow the number of members",
            trace=(Step(FOUND, founder, place.id, text, Move(FOUND, founder, kind.name, place.id, place.line, count=units)),),
            persons=units,
        )  # fmt: skip


def _decides(model: Model, body: Body) -> bool:
    """Whether votes are taken in a body: it decides matters, elects or removes."""
    named = any(found.by == body.name for found in model.rulebook.procedures.values())
    judges = any(body.name == rule.panel for rule in provisions_of(model.rulebook, "case"))
    return bool(body.decides) or named or judges or any(body.name in _makers(seat) for seat in model.classes.values())


def _makers(seat: SeatClass) -> tuple[str, ...]:
    removal = seat.block.removable if seat.block is not None else None
    return (seat.filled.by if seat.filled is not None else "", removal.by if removal is not None else "")


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
