"""Capture: findings on the supreme body: captured by a few (C01), muted (C02), no way back (C03), called too late (C09).

Lives here: turning an outcome into findings. Not here: the searches (`outcome`), the words of a trace (`telling`), the changes
that close a door (`changes`).

Invariant: C09 is found only where a quicker call would have saved what is lost; C03 only where a capture was found.
"""

from __future__ import annotations

from collections.abc import Iterator

from isonomy.checker.catalogue import HIGH, LOW, MEDIUM
from isonomy.checker.changes import closing_sets, fix_of
from isonomy.checker.convening import ways_of_others
from isonomy.checker.finding import Cited, Finding, Step, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.least import RENEWS, Hold
from isonomy.checker.model import Model
from isonomy.checker.moves import DEMAND, NOT_CALL, Move
from isonomy.checker.outcome import Outcome
from isonomy.checker.properties import finds
from isonomy.checker.settings import LOYALTY_WORDS
from isonomy.checker.telling import said_seats, seating_of, the, trace_of

TIERS_LEAST = 4
"""By votes in tiers fewer than one in so many members carry the supreme body: then that is a finding of its own."""


def assumptions_of(model: Model) -> tuple[str, ...]:
    """What every result on the supreme body rests on: loyalty, ballots, sizes, the round."""
    settings = model.settings
    sizes = [f"{model.units_each(kind)} units of the kind {kind}" for kind in model.chains]
    people = f"{settings.members} members in each {model.home}" if model.home else f"{model.members} members"
    return (
        f"loyalty: {LOYALTY_WORDS[settings.loyalty]}",
        "ballots: an open vote on one slate counts as the slate-maker's choice; a secret ballot counts as honest",
        f"sizes: {', '.join([*sizes, people])}; a round is {settings.round_days} days",
        "one person may hold several seats unless clauses exclude it; persons are counted, not seats",
        "seats fall vacant when the coalition needs it: it chooses its moment",
        *model.assumed,
    )


@finds("C01", "C03", "C09")
def captures(inquiry: Inquiry) -> Iterator[Finding]:
    """C01 for the least coalition, C03 where nothing leads back, C09 where the call decides."""
    outcome = inquiry.outcome
    hold = outcome.hold
    if hold is None:
        yield from _tiers(outcome)
        return
    model = outcome.model
    trace = trace_of(hold)
    seating = seating_of(hold)
    closing = closing_sets(inquiry)
    resisted = outcome.vigilant is not None and outcome.vigilant.is_captured
    returned = outcome.recovery is not None and not outcome.recovery.is_captured
    yield finding(
        "C01", _evidence(outcome, hold, resisted, returned), *_clauses(trace), fix=fix_of(closing),
        severity=HIGH if resisted or not returned else MEDIUM, trace=trace, persons=hold.persons, rounds=hold.rounds,
        assumptions=assumptions_of(model), seating=seating, closing=closing,
    )  # fmt: skip
    if not returned:
        yield _no_return(outcome, hold, trace, closing)
    if resisted and outcome.hastened is not None and not outcome.hastened.is_captured:
        yield _too_late(outcome, hold, trace)


def _evidence(outcome: Outcome, hold: Hold, resisted: bool, returned: bool) -> str:
    model = outcome.model
    supreme = model.supreme
    assert supreme is not None
    who = "one person" if hold.persons == 1 else f"{hold.persons} persons"
    rounds = "at once" if hold.rounds == 0 else f"in {hold.rounds} round{'s' * (hold.rounds != 1)}"
    sits = said_seats(model, hold.seeds)
    ordinary = (
        f"by votes alone it takes {outcome.ordinary} of {model.members} members"
        if outcome.ordinary is not None
        else "by votes alone no number of members does"
    )
    keeps = (
        "every seat it needs is filled anew by seats that it holds"
        if hold.way == RENEWS
        else "it carries an amendment before its offices end"
    )
    others = "even though the others use every right that they have" if resisted else "while the others are passive"
    more = outcome.resisted
    if more is not None and not resisted:
        others += f" ({more[0]} persons even against others who use every right)"
    back = "; the others can still enforce a return" if returned else "; no lawful way leads back"
    return (
        f"{who.capitalize()} with {sits} come{'s' * (hold.persons == 1)} to carry {the(model, supreme.name)} {rounds}, {others}, "
        f"and {keeps}{back}; {ordinary}"
    )


def _clauses(trace: tuple[Step, ...]) -> list[Cited]:
    return [Cited(step.move.clause, step.move.line) for step in trace if step.move is not None and step.move.line]


def _no_return(outcome: Outcome, hold: Hold, trace: tuple[Step, ...], closing: tuple[tuple[str, ...], ...]) -> Finding:
    model = outcome.model
    supreme = model.supreme
    assert supreme is not None
    course = outcome.recovery
    replies = course.replies if course is not None else []
    tried = ", ".join(dict.fromkeys(the(model, reply.body) for reply in replies[:6]))
    what = "the others can convene no body that removes, elects or amends against the coalition"
    if tried:
        what = (
            f"the others still convene {tried}, but what they take back there is filled again by seats of the coalition"
        )
    rounds = course.rounds if course is not None else 0
    evidence = (
        f"Once {the(model, supreme.name)} is carried, {what}: after {rounds} rounds the coalition carries it still"
    )
    return finding(
        "C03", evidence, *_clauses(trace), fix=fix_of(closing), persons=hold.persons, rounds=hold.rounds,
        assumptions=assumptions_of(model), closing=closing,
    )  # fmt: skip


def _too_late(outcome: Outcome, hold: Hold, trace: tuple[Step, ...]) -> Finding:
    model = outcome.model
    supreme = model.supreme
    assert supreme is not None
    making = hold.growth.making
    start = hold.seeds
    ways = ways_of_others(making, supreme, 0, lambda name, scope: max(start.get((name, scope), 0), 0))
    place = cited(supreme.place, "meets")
    soonest = ways[0] if ways else None
    rounds = -(-soonest.days // model.settings.round_days) if soonest is not None else 0
    taken = hold.growth.first_round(supreme) or 0
    how = (
        f"{soonest.how}, {soonest.days} days after it is asked for: round {rounds}"
        if soonest is not None
        else "too late"
    )
    evidence = (
        f"The others can have {the(model, supreme.name)} meet {how}; by then the coalition carries it (from round {taken} on). "
        "Held within one round it would save what is lost"
    )
    text = f"The others ask that {the(model, supreme.name)} meet; it meets in round {rounds} (clause {place.id})."
    called = Step(DEMAND, "members", place.id, text)
    fix = (
        "let a demanded meeting be held within a month, with shorter notice"
        if soonest is not None
        else "give a demand a day"
    )
    return finding(
        "C09", evidence, place, *_clauses(trace), fix=f"clause {place.id}: {fix}", trace=(called, *trace), persons=hold.persons,
        rounds=rounds, assumptions=assumptions_of(model), seating=seating_of(hold),
    )  # fmt: skip


def _tiers(outcome: Outcome) -> Iterator[Finding]:
    """C01 of low weight: tiers of majorities let a small part of the members carry the supreme body by votes alone."""
    least, model = outcome.least, outcome.model
    if least is None or outcome.ordinary is None or not model.supreme:
        return
    if outcome.ordinary * TIERS_LEAST < model.members:
        evidence = (
            f"{outcome.ordinary} of {model.members} members carry {the(model, model.supreme.name)} by votes alone, because "
            "majorities of majorities elect it through several tiers"
        )
        trace = trace_of(least)
        fix = "let fewer tiers lie between members and the supreme body, or elect in proportion"
        yield finding(
            "C01", evidence, *_clauses(trace), fix=fix,
            severity=LOW, trace=trace, persons=outcome.ordinary, rounds=least.rounds, assumptions=assumptions_of(model),
            seating=seating_of(least),
        )  # fmt: skip


@finds("C02")
def mutings(inquiry: Inquiry) -> Iterator[Finding]:
    """C02: few persons keep the supreme body from meeting."""
    mute, model = inquiry.outcome.mute, inquiry.outcome.model
    supreme = model.supreme
    if mute is None or supreme is None:
        return
    place = cited(supreme.place, "meets")
    who = "One person" if mute.persons == 1 else f"{mute.persons} persons"
    holding = " and ".join(the(model, name) for name in mute.seats) or "their seats"
    evidence = f"{who} holding {holding} can keep {the(model, supreme.name)} from meeting: {mute.why}"
    text = (
        f"{holding[:1].upper()}{holding[1:]} does not call {the(model, supreme.name)}, and no other act brings it together "
        f"(clause {place.id})."
    )
    step = Step(
        NOT_CALL, mute.seats[0] if mute.seats else "", place.id, text,
        Move(NOT_CALL, mute.seats[0] if mute.seats else "", supreme.name, place.id, place.line, 0, 0, meeting=supreme.name),
    )  # fmt: skip
    fix = f"clause {place.id}: add to 'meets' a day by right (`by right every year on 1 May`) or a demand held within a time"
    yield finding(
        "C02", evidence, place, fix=fix, trace=(step,), persons=mute.persons, rounds=0, assumptions=assumptions_of(model),
        closing=(("add a meeting by right on a named day",), ("add a demand held within a time",)),
    )  # fmt: skip
