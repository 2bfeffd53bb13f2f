"""Removing: the remover who is removed first (C20), and expulsion that changes who votes on it (C13).

Lives here: both findings. Not here: seats without any removal (`structure.holding`), sanctions before the appeal
(`structure.judging`).

Invariant: C20 compares rounds: who can take the remover's seats before the remover can meet. C13 is found where whoever is
expelled loses the vote before the last body that hears of it has decided.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.checker.classes import kinds_of
from isonomy.checker.convening import round_of, ways_of_others
from isonomy.checker.finding import Finding, Step, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.making import Making
from isonomy.checker.model import ALL_MEMBERS, BY_DELEGATION, Model, provisions_of
from isonomy.checker.moves import EXPEL, REMOVE, Move
from isonomy.checker.properties import finds
from isonomy.checker.reach import Reach, may_reach, reach_of
from isonomy.checker.spread import Spread
from isonomy.checker.telling import seating_of_votes, the
from isonomy.rulebook.model import Body, Office

EXPULSIONS = ("expulsion", "expulsions", "expelling", "exclusion", "expulsion-of-members", "expulsion-of-a-member")


@finds("C20")
def removers(inquiry: Inquiry) -> Iterator[Finding]:
    """Seats whose holders can remove those who could remove them, before these meet."""
    model = inquiry.model
    book = inquiry.rulebook
    seats: tuple[Body | Office, ...] = (*book.bodies.values(), *book.offices.values())
    kinds = kinds_of(model)
    seen: set[tuple[int, int]] = set()
    for seat in seats:
        remover = book.seat(seat.removable.by) if seat.removable is not None else None
        if remover is None or remover.name == seat.name or remover.removable is None:
            continue
        if model.classes[remover.name].way == ALL_MEMBERS:
            continue
        alike = (kinds[seat.name], kinds[remover.name])
        if alike in seen:
            continue  # the same of seats that differ in nothing but the name
        seen.add(alike)
        if not may_reach(model, seat.name, remover.removable.by):
            continue
        reach = reach_of(model, seat.name)
        first = reach.round_of(remover.removable.by)
        if first is None:
            continue
        acts = first + (0 if isinstance(book.seat(remover.removable.by), Office) else 1)
        meets = _meets(model, reach, remover)
        if meets is not None and meets <= acts:
            continue
        when = "never without it" if meets is None else f"in round {meets} at the earliest"
        place, other = cited(remover.place, "removable by"), cited(seat.place, "removable by")
        by = remover.removable.by
        how = "" if by == seat.name else f", through {the(model, by)}"
        text = f"{_cap(the(model, seat.name))}{how} removes {the(model, remover.name)} (clause {place.id})."
        yield finding(
            "C20",
            f"{_cap(the(model, remover.name))} may remove {the(model, seat.name)}, and meets {when}; but "
            f"{the(model, seat.name)}{how} may "
            f"remove {the(model, remover.name)} in round {acts}",
            other, place,
            fix=f"clause {place.id}, line {place.line}: let another than {the(model, by)} remove {the(model, remover.name)}",
            trace=(Step(REMOVE, by, place.id, text, Move(REMOVE, by, remover.name, place.id, place.line, acts,
                                                         acts * model.settings.round_days)),),
            rounds=acts,
            seating=None if seat.in_each or by != seat.name else seating_of_votes(model, by, model.classes[by].size),
        )  # fmt: skip


def _meets(model: Model, reach: Reach, remover: Body | Office) -> int | None:
    """In which round the remover can act against a holder who does not want it; an office at once."""
    if isinstance(remover, Office):
        return 0 if not reach.growth.at(remover.name, 0, 0) else None
    making = Making(model, Spread(0))
    seat = model.classes[remover.name]
    ways = ways_of_others(making, seat, 0, lambda name, scope: reach.growth.at(name, scope, 0))
    return round_of(model, ways[0].days) if ways else None


@finds("C13")
def expulsions(inquiry: Inquiry) -> Iterator[Finding]:
    """Expulsion that takes the vote of those expelled before the last body that decides on it has decided."""
    model = inquiry.model
    book = inquiry.rulebook
    covered = False
    for rule in provisions_of(book, "case"):
        if not any(sanction in EXPULSIONS or "expel" in sanction for sanction in rule.sanctions):
            continue
        covered = True
        if rule.effect == "after the appeal":
            continue
        if _is_of_members(model, rule.panel):
            place = cited(rule.place, "effect") if "effect" in rule.place.lines else cited(rule.place)
            text = (
                f"{_cap(the(model, rule.panel))} expels one of those who vote in it; the sanction takes effect "
                "before any appeal is "
                f"decided (clause {place.id})."
            )
            yield finding(
                "C13",
                f"{_cap(the(model, rule.panel))} expels those who vote in it, and whoever is expelled has no vote "
                "from then on: a "
                "majority that expels one by one votes alone in the end",
                place, cited(rule.place, "panel"),
                fix=f"clause {place.id}: `effect: after the appeal`, so that the vote is kept until the last body has decided",
                trace=(Step(EXPEL, rule.panel, place.id, text, Move(EXPEL, rule.panel, "members", place.id, place.line)),),
            )  # fmt: skip
    if covered:
        return
    for body in book.bodies.values():
        matters = {matter for matter in body.decides if matter in EXPULSIONS}
        procedures = [found for found in book.procedures.values() if found.by == body.name]
        matters |= {matter for found in procedures for matter in found.matters if matter in EXPULSIONS}
        if matters:
            at = next((found.place for found in procedures if matters & set(found.matters)), body.place)
            place = cited(at, "matters") if "matters" in at.lines else cited(at, "decides")
            yield finding(
                "C13",
                f"{_cap(the(model, body.name))} decides on expulsions, at once and with no appeal: whoever is "
                "expelled votes on nothing any "
                "more, not on the next expulsion either",
                place,
                fix=f"clause {place.id}: add a block `case` with an appeal and `effect: after the appeal`",
            )


def _is_of_members(model: Model, name: str) -> bool:
    """Whether those expelled vote in a body that also decides other things: everybody's, one of delegates, one with matters."""
    seat = model.classes.get(name)
    if seat is None:
        return False
    governs = isinstance(seat.block, Body) and bool(seat.block.decides)
    return seat.way in (ALL_MEMBERS, BY_DELEGATION) or governs


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
