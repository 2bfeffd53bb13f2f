"""Quorums and meetings that cannot be: a quorum out of reach or met by the caller's own people (C10), no lawful next act (C30).

Lives here: both findings on bodies. Not here: muting by a coalition (`capture`), duties to call (`structure.calling`).

Invariant: quorums are compared by the engine's condition. C30 speaks only of bodies on which others wait: they elect, remove,
amend, or are the supreme body.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.checker.catalogue import MEDIUM
from isonomy.checker.counts import demands, is_carried_by, is_quorum
from isonomy.checker.finding import Finding, Step, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.model import ALL_MEMBERS, EX_OFFICIO, Model, SeatClass
from isonomy.checker.moves import CALL, CARRY, Move
from isonomy.checker.properties import finds
from isonomy.checker.reach import reach_of
from isonomy.checker.telling import the
from isonomy.kernel.quantity import Count
from isonomy.rulebook.model import Body, Office, Rulebook


def _is_size_known(seat: SeatClass, body: Body) -> bool:
    return body.seats is not None or seat.way == EX_OFFICIO


@finds("C10")
def quorums(inquiry: Inquiry) -> Iterator[Finding]:
    """Quorums that nobody reaches, and those that a caller reaches with the people it has made, without telling the others."""
    model = inquiry.model
    for body in inquiry.rulebook.bodies.values():
        seat = model.classes[body.name]
        yield from _out_of_reach(model, seat, body)
        yield from _own_people(model, seat, body)


def _out_of_reach(model: Model, seat: SeatClass, body: Body) -> Iterator[Finding]:
    if body.quorum is None or not _is_size_known(seat, body):
        return
    if not is_quorum(seat.size, seat.size, body.quorum):
        place = cited(body.place, "quorum")
        yield finding(
            "C10",
            f"{_cap(the(model, body.name))} has {seat.size} seats and needs {body.quorum} present: no meeting of it has a quorum",
            place,
            fix=f"clause {place.id}, line {place.line}: `quorum: 1/2 of the seats`",
        )


def _own_people(model: Model, seat: SeatClass, body: Body) -> Iterator[Finding]:
    """A caller whose own people are a quorum and carry, where nobody else need be told."""
    for caller in body.meets.on_call_of:
        source = model.classes.get(caller)
        if source is None or source.is_body or source.chain not in ((), seat.chain):
            continue
        own = min(seat.size, max(1, reach_of(model, caller).seats_in(body.name) if seat.way != ALL_MEMBERS else 1))
        if own * 2 > seat.size:
            continue  # it carries the body anyway: that is making, not quorum
        if body.quorum is None or not is_quorum(own, seat.size, body.quorum):
            continue
        if not is_carried_by(own, 0, own, seat.size, body.majority):
            continue
        short = body.short_notice is not None and demands(own, seat.size, body.short_notice)
        told = body.notice is not None and not short
        if told and own * 2 == seat.size:
            continue  # half is the quorum that is advised, and the other half was told and can come
        why = "no notice is asked" if body.notice is None else f"the consent of {body.short_notice} cures short notice"
        if told:
            why = "whoever stays away is not missed"
        quorum = f"a quorum is {body.quorum}"
        people = "alone" if own == 1 else f"with {own - 1} of its own people"
        place = cited(body.place, "quorum")
        calls = cited(body.place, "meets")
        steps = (
            Step(CALL, caller, calls.id, f"{_cap(the(model, caller))} calls {the(model, body.name)}; "
            f"{why} (clause {calls.id}).",
                 Move(CALL, caller, body.name, calls.id, calls.line, meeting=body.name)),
            Step(CARRY, body.name, place.id, f"{_cap(the(model, caller))} {people} is a quorum and carries what it "
            f"wants (clause {place.id}).",
                 Move(CARRY, body.name, body.name, place.id, place.line, votes=(own, 0, own), meeting=body.name)),
        )  # fmt: skip
        yield finding(
            "C10",
            f"{_cap(the(model, caller))} calls {the(model, body.name)} and {people} is enough to decide: {quorum}, and {why}",
            place, calls,
            fix=f"clause {place.id}: `quorum: 1/2 of the {'members' if body.seats is None else 'seats'}` and `notice: 7 days`",
            severity=MEDIUM if told else "", trace=steps, persons=1, rounds=0,
        )  # fmt: skip
        return


def _others_wait_on(rulebook: Rulebook, body: Body) -> str:
    """What others wait for from a body's meeting; "" where nothing."""
    if body.supreme:
        return "it is the supreme body"
    amendment = rulebook.amendment()
    if amendment is not None and amendment.by == body.name and amendment.taken == "meeting":
        return "it amends these rules"
    seats: tuple[Body | Office, ...] = (*rulebook.bodies.values(), *rulebook.offices.values())
    for seat in seats:
        procedure = rulebook.election_of(seat.name)
        by = procedure.by if procedure is not None else seat.filled.by if seat.filled is not None else ""
        in_poll = procedure is not None and procedure.taken == "poll"
        elects = seat.filled is not None and seat.filled.way in ("election", "delegation")
        if elects and by == body.name and not in_poll and seat.term is not None:
            return f"it elects {seat.title or seat.name} when the term is over"
    return ""


@finds("C30")
def deadlocks(inquiry: Inquiry) -> Iterator[Finding]:
    """Bodies on which others wait and which no lawful act brings together."""
    model = inquiry.model
    for body in inquiry.rulebook.bodies.values():
        seat = model.classes[body.name]
        waits = _others_wait_on(inquiry.rulebook, body)
        by_poll = any(found.by == body.name and found.taken == "poll" for found in inquiry.rulebook.procedures.values())
        if not waits or by_poll or body.meets.by_right is not None or body.meets.on_call_of:
            continue
        own = [
            demand for demand in body.meets.on_demand if demand.of == body.name and isinstance(demand.quantity, Count)
        ]
        possible = [
            demand
            for demand in body.meets.on_demand
            if demand not in own or demands(seat.size, seat.size, demand.quantity)
        ]
        if possible:
            continue
        place = cited(body.place, "meets") if body.meets.on_demand else cited(body.place)
        what = "no clause lets anybody call it"
        if body.meets.on_demand:
            what = f"it meets only on demand of {own[0].quantity} of its members, and it has {seat.size}"
        yield finding(
            "C30",
            f"{_cap(the(model, body.name))} cannot meet: {what}; and {waits}. When the present terms have run out "
            "no lawful act is left",
            place,
            fix=f"clause {body.place.clause}: add `meets: by right every year on 1 May`, or say on whose call it meets",
            severity="" if body.supreme else MEDIUM,
        )


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
