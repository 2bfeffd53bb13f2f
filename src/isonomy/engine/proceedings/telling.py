"""Telling: an act that was done outside the record, before its judge, over the whole time in which it may have happened.

Lives here: judging what is told, its matter, and whose own act it is. Not here: who may report (`reports`), what gives a
report its effect (`reports`, `ratifying`).

Invariant: what is irregular on every day of the time told stands; what is irregular on some cannot be told. What follows
from a report is named after the report's own entry.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from isonomy.engine.act import ActKind, Told
from isonomy.engine.competence import (
    ADMISSION,
    AMENDMENT,
    APPOINTMENT,
    CLOSING,
    ELECTION,
    FOUNDING,
    REMOVAL,
    competence_in,
    competent_for,
)
from isonomy.engine.effect import effect_json
from isonomy.engine.judgement import Judgement
from isonomy.engine.refusal import Irregularity, Untold
from isonomy.engine.roll import class_of, votes_from
from isonomy.engine.shape import CivilDate, Line
from isonomy.engine.state import State

TIME_KEYS = (
    "edition", "editions", "clause", "on", "since", "until", "lapses_on", "latest", "starts", "by_right", "sent_on",
    "served_on", "short", "too_late_for", "call_by", "hold_by",
)  # fmt: skip
DAYS_MAX = 64
OWN_ACTS = (
    "decision.take", "member.leave", "motion.withdraw", "demand.support", "demand.withdraw", "meeting.demand",
    "notice.consent",
)  # fmt: skip
"""Acts by which somebody binds themselves alone: nobody else's word stands for them."""


@dataclass(frozen=True, slots=True)
class Happened:
    """When it happened: between two civil dates, both included; `known_from` says how that is known."""

    earliest: CivilDate
    latest: CivilDate
    known_from: Line | None = None


def judge_told(outer: Judgement, told: Told, kind: ActKind, fields: Any, happened: Happened, number: int) -> Judgement:
    """The reported act before its judge, on every day of the time told on which the answer could change.

    What is irregular on all of them stands; what is irregular on some cannot be told. `number` is the report's entry, after
    which everything is named that the act opens.
    """
    state = outer.state
    editions = state.editions_between(happened.earliest, happened.latest)
    if not editions or editions[0].in_force_from > happened.earliest:
        opening = min((found.in_force_from for found in state.editions.values() if found.in_force_from), default="")
        raise outer.bar(
            "no edition of the rulebook was in force then",
            {"earliest": happened.earliest, "first edition": opening},
            "correct the time told",
        )
    days = _days_of_change(outer, happened)
    found = [_judge_on(outer, told, kind, fields, happened, day, number) for day in _thinned(days)]
    first = found[0]
    if len(found) == 1:
        return first
    plain = [_without_time(judgement) for judgement in found]
    if any(other != plain[0] for other in plain[1:]):
        raise outer.bar(
            "the act has different effects on different days of the time told",
            {"editions": [edition.id for edition in editions]},
            "narrow the time told",
        )
    everywhere = [item for item in first.irregularities if all(_in(other.irregularities, item) for other in found)]
    if len(days) > DAYS_MAX:
        everywhere = []
    for item in (item for judgement in found for item in judgement.irregularities if not _in(everywhere, item)):
        if not any(item.says == known.says for known in first.untold):
            first.untold.append(Untold(item.clause, item.says, item.facts))
    first.irregularities = everywhere
    first.effects = [_with_editions(made, tuple(edition.id for edition in editions)) for made in first.effects]
    return first


def _days_of_change(outer: Judgement, happened: Happened) -> list[str]:
    """The ends of the time told, and the days within it on which something begins or ends that an answer may rest on."""
    state = outer.state
    days = {happened.earliest, happened.latest}
    if len(days) == 1:
        return sorted(days)
    marks = [edition.in_force_from for edition in state.editions.values()]
    for mandate in state.mandates.values():
        marks += (mandate.since, mandate.until, mandate.ended_on)
    for person in state.persons.values():
        start = votes_from(person, class_of(outer.rulebook, person.member_class))
        marks += (person.admitted_on, person.left_on, person.died_on, start.isoformat() if start else "")
    for unit in state.units.values():
        marks += (unit.founded_on, unit.closed_on)
    for decision in state.decisions.values():
        marks += (decision.taken_on, decision.lapses_on)
    return sorted(days | {day for day in marks if happened.earliest < day < happened.latest})


def _thinned(days: list[str]) -> list[str]:
    return days if len(days) <= DAYS_MAX else [*days[: DAYS_MAX // 2], *days[-DAYS_MAX // 2 :]]


def _in(items: list[Irregularity], item: Irregularity) -> bool:
    return any(item.says == other.says for other in items)


def _without_time(judgement: Judgement) -> list[Any]:
    return [
        {key: value for key, value in effect_json(made).items() if key not in TIME_KEYS} for made in judgement.effects
    ]


def _with_editions(made: Any, editions: tuple[str, ...]) -> Any:
    return replace(made, editions=editions) if hasattr(made, "editions") else made


def _judge_on(
    outer: Judgement, told: Told, kind: ActKind, fields: Any, happened: Happened, day: str, number: int
) -> Judgement:
    edition = outer.state.edition_on(day)
    assert edition is not None, "an edition governs from the earliest day on"
    inner = Judgement(
        outer.state, None, fields, number, outer.at, outer.local, day, happened.latest, edition.id,
        told.by or "", told.as_ or "", outer.auth, reported=True,
    )  # fmt: skip
    kind.judge(inner, fields)
    return inner


# -- what is told, and of whom -----------------------------------------------------------------------------


def is_own_act(state: State, told: Told, fields: Any) -> bool:
    """Whether what is told is a person's to do for themselves: nobody else can say that it was done."""
    if told.act == "mandate.end":
        return fields.decision is None
    if told.act == "member.move":
        return bool(told.by == fields.person)
    return told.act in OWN_ACTS


def matter_told(state: State, judgement: Judgement, told: Told, fields: Any) -> str:
    """The matter on which a body would decide what is told, were it to do it now; "" where it is no such thing."""
    if told.act in ("decision.take", "motion.move", "poll.open"):
        return str(fields.matter)
    if told.act == "poll.declare":
        poll = state.polls.get(fields.poll)
        return poll.matter if poll is not None else ""
    if told.act == "mandate.begin":
        seat = judgement.rulebook.seat(fields.seat)
        appointed = seat is not None and seat.filled is not None and seat.filled.way == "appointment"
        return f"{APPOINTMENT if appointed else ELECTION}{fields.seat.partition('@')[0]}"
    if told.act == "mandate.end":
        mandate = state.mandates.get(fields.mandate)
        return REMOVAL + mandate.seat.partition("@")[0] if mandate is not None else ""
    if told.act in ("unit.found", "unit.close"):
        unit = state.units.get(fields.unit)
        if told.act == "unit.found":
            return f"{FOUNDING}{fields.kind}"
        return f"{CLOSING}{unit.kind}" if unit is not None else ""
    return {"member.admit": ADMISSION, "rulebook.adopt": AMENDMENT}.get(told.act, "")


def ratifier_of(judgement: Judgement, told: Told, fields: Any) -> str:
    """The body that can give a bare report its effect, by doing now what is told; "" where none can so simply.

    It is competent for the matter, without a procedure of its own: what has one (an election, an amendment, a higher
    majority) is decided anew by that procedure. What is nobody's matter goes to the body it is about, else to the supreme
    one. A person's own act is ratified by nobody.
    """
    if is_own_act(judgement.state, told, fields) and told.act != "decision.take":
        return ""
    rulebook, matter = judgement.rulebook, matter_told(judgement.state, judgement, told, fields)
    about = _body_about(judgement, fields)
    if not matter:
        supreme = rulebook.supreme
        return about or (supreme.name if supreme else "")
    seat = rulebook.seat(matter[len(REMOVAL) :]) if matter.startswith(REMOVAL) else None
    if seat is not None and seat.removable is not None and seat.removable.majority is not None:
        return ""
    bodies = dict.fromkeys(found.seat for found in competent_for(rulebook, matter) if found.seat in rulebook.bodies)
    unit = (about or str(getattr(fields, "seat", "") or "")).partition("@")[2]
    for body in bodies:
        found = competence_in(rulebook, body, matter)
        if found is not None and found.procedure is None and found.power is None:
            return judgement.beside(body, unit)
    return _ratifier_of_power(judgement, fields, matter) if told.act == "decision.take" else ""


def _ratifier_of_power(judgement: Judgement, fields: Any, matter: str) -> str:
    """Who ratifies what an office decides under a power, where what is told is within it."""
    for power in judgement.rulebook.powers.values():
        within = power.up_to is None or (fields.amount is not None and fields.amount <= power.up_to)
        if matter in power.matters and power.lapses is not None and within:
            return power.lapses.unless_ratified_by
    return ""


def _body_about(judgement: Judgement, fields: Any) -> str:
    """The body that an act is about: named in it, or through its meeting, motion, poll or demand."""
    state = judgement.state
    things: tuple[tuple[str, Any], ...] = (
        ("meeting", state.meetings), ("motion", state.motions), ("poll", state.polls), ("demand", state.demands),
        ("amendment", state.amendments),
    )  # fmt: skip
    found = str(getattr(fields, "body", "") or "")
    for key, known in things:
        thing = known.get(getattr(fields, key, None) or "")
        found = found or (thing.body if thing is not None else "")
    return found if found.partition("@")[0] in judgement.rulebook.bodies else ""
