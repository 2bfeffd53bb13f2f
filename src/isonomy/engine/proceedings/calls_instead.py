"""Calling in the place of whoever owes it: whether the author of a call is one whom the clause names for that, and in time.

Lives here: that question. Not here: calling (`calls`), finding who they are (`substitutes`), joining (`overdue`).

Invariant: the call of a substitute is taken from the day of the clause, and refused before it with that day; whoever calls in
their own right is not asked about it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from isonomy.engine.competence import CALLING
from isonomy.engine.conditions import holds_one_of, is_demanded
from isonomy.engine.facts import Group, NamedFacts
from isonomy.engine.judgement import Judgement
from isonomy.engine.proceedings.notices import asked_of, earliest_start, those_who_call
from isonomy.engine.proceedings.overdue import supporter_in
from isonomy.engine.state import day_of
from isonomy.engine.substitutes import Substitute, is_barred_by_a_call, joining_key, missed_on, substitutes_of
from isonomy.kernel.calendar import say_date
from isonomy.kernel.quantity import Answer, Span
from isonomy.rulebook.model import MEMBERS, Body

if TYPE_CHECKING:
    from isonomy.engine.proceedings.calls import Call


def stands_in(judgement: Judgement, call: Call, body: Body, call_by: date | None) -> bool:
    """Whether the question who calls is settled here: the author calls instead, or would before the day of the clause.

    `call_by` is the last day on which a demanded meeting was to be called; without one, the meeting by right that was missed
    counts.
    """
    if judgement.reported or not judgement.author:
        return False
    now = day_of(judgement.on)
    missed = call_by if call_by is not None else missed_on(judgement.state, call.body, now)
    if call_by is not None and call_by >= now:
        missed = None
    named = substitutes_of(judgement.state, judgement.edition, call.body, missed, now)
    mine = [one for one in named if _is_among(judgement, call, one)]
    if not mine or _calls_anyway(judgement, call, body):
        return False
    first = mine[0]
    clause = first.clause
    if first.from_on > now:
        judgement.refuse(
            clause, "those who call instead do so once their day has come",
            {"missed": first.missed_on.isoformat(), "from": first.from_on.isoformat(), "today": judgement.on},
            f"call it on {say_date(first.from_on)} or later, if nobody has by then",
        )  # fmt: skip
        return True
    asked = asked_of(judgement.rulebook, call.body, call.matters)
    if call_by is None and is_barred_by_a_call(
        judgement.state, call.body, max(now, earliest_start(body, asked, first.from_on)), call.starts, now
    ):
        judgement.refuse(
            clause, f"{judgement.title(call.body)} is called already; the first call stands",
            {"missed": first.missed_on.isoformat()}, "take part in it",
        )  # fmt: skip
        return True
    if call.decision is not None:
        judgement.is_granted(
            (judgement.state.decisions[call.decision].seat.partition("@")[0],), clause,
            f"{judgement.title(call.body)} is called instead by those the clause names",
            decision=call.decision, matter=CALLING + body.name, about=call.body,
            unit=judgement.state.decisions[call.decision].seat.partition("@")[2],
        )  # fmt: skip
    judgement.cite(clause)
    return True


def calls_anew(judgement: Judgement, call: Call, body: Body) -> bool:
    """Whether a substitute calls although a call stands that comes later than theirs could: a late call stalls nobody."""
    now = day_of(judgement.on)
    missed = missed_on(judgement.state, call.body, now)
    named = substitutes_of(judgement.state, judgement.edition, call.body, missed, now)
    asked = asked_of(judgement.rulebook, call.body, call.matters)
    return any(
        one.from_on <= now
        and _is_among(judgement, call, one)
        and not is_barred_by_a_call(
            judgement.state, call.body, max(now, earliest_start(body, asked, one.from_on)), call.starts, now
        )
        for one in named
    )


def _calls_anyway(judgement: Judgement, call: Call, body: Body) -> bool:
    """Whether the author calls in their own right: an office that the clause names, acting in it or in none."""
    seats = body.meets.on_call_of
    if call.by_right is not None or call.demand is not None or not seats:
        seats = (*seats, *those_who_call(judgement.rulebook, call.body, by_right=call.by_right is not None))
    wanted = judgement.standing(
        tuple(seat for seat in seats if seat in judgement.rulebook.offices), call.body.partition("@")[2]
    )
    if judgement.as_:
        wanted = tuple(seat for seat in wanted if seat == judgement.as_)
    return bool(wanted) and holds_one_of(judgement.facts, judgement.author, wanted).answer is Answer.YES


def _is_among(judgement: Judgement, call: Call, one: Substitute) -> bool:
    """Whether the author is one of those named, or carries out the decision of a body that is."""
    taken = judgement.state.decisions.get(call.decision or "")
    if call.decision is not None:
        if taken is None or one.quantity is not None:
            return False
        plain, _, unit = taken.seat.partition("@")
        if one.seat:
            return plain == one.seat
        known = judgement.state.units.get(unit)
        return known is not None and known.kind == one.of
    if one.quantity is not None:
        return _have_joined(judgement, call, one)
    if one.seat:
        if one.seat in judgement.rulebook.bodies:
            return False
        wanted = judgement.standing((one.seat,), call.body.partition("@")[2])
        if judgement.as_ and judgement.as_ not in wanted:
            return False
        return holds_one_of(judgement.facts, judgement.author, wanted).answer is Answer.YES
    return bool(supporter_in(judgement, one, call.body))


def _have_joined(judgement: Judgement, call: Call, one: Substitute) -> bool:
    """Whether so many as the clause asks have joined, and the author speaks for one of them."""
    joined = judgement.state.instructions.joined.get(joining_key(call.body, one.missed_on), [])
    if supporter_in(judgement, one, call.body) not in joined or one.quantity is None:
        return False
    state, unit = judgement.state, call.body.partition("@")[2]
    if one.of == MEMBERS:
        whole = Group("members", call.body if unit else MEMBERS)
        living = [each for each in joined if judgement.facts.holds(each, whole.of) is Answer.YES]
    else:
        whole = Group("units", one.of)
        living = [each for each in joined if each in state.units and state.units[each].kind == one.of]
    facts = NamedFacts(state, judgement.on, one.clause, {"supporters": Span.exactly(len(living))}, judgement.edition)
    return is_demanded(facts, one.quantity, Group("supporters", one.clause), whole).answer is Answer.YES
