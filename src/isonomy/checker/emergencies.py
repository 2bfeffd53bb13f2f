"""Emergencies that their holder can draw out, or use to change who decides (C16).

Lives here: renewal by those whom the declarer makes, declaring anew without a pause, elections and amendments inside. Not here:
emergencies without any end (`structure`).

Invariant: how long an emergency can last without the consent of anybody independent is reckoned in days over the horizon of the
search, as the block counts them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from isonomy.checker.catalogue import MEDIUM
from isonomy.checker.counts import days_of
from isonomy.checker.finding import Finding, Step, cited, finding
from isonomy.checker.inquiry import Inquiry
from isonomy.checker.model import Model, provisions_of
from isonomy.checker.moves import DECLARE, RENEW, Move
from isonomy.checker.properties import finds
from isonomy.checker.reach import reach_of
from isonomy.checker.telling import the

INSIDE = {"elections": "elections are held", "amendments": "the rules are amended"}


@finds("C16")
def emergencies(inquiry: Inquiry) -> Iterator[Finding]:
    """Emergencies drawn out by their holder; and those within which elections or amendments go on."""
    model = inquiry.model
    for rule in provisions_of(inquiry.rulebook, "emergency"):
        yield from _renewed(model, rule)
        yield from _declared_again(model, rule)
        yield from _inside(model, rule)


def _renewed(model: Model, rule: Any) -> Iterator[Finding]:
    if not rule.renewed_by:
        return
    for declarer in rule.declared_by:
        same = declarer == rule.renewed_by
        if declarer not in model.classes or not (same or reach_of(model, declarer).decides(rule.renewed_by)):
            continue
        place, by = cited(rule.place, "renewed by"), cited(rule.place, "declared by")
        lasts = days_of(rule.lapses)
        how = "the same" if same else "made by it, alone or through others"
        steps = (
            _step(model, DECLARE, declarer, rule, by.id, by.line, 0, "declares an emergency"),
            _step(
                model,
                RENEW,
                rule.renewed_by,
                rule,
                place.id,
                place.line,
                max(0, lasts - 1),
                "renews it before it lapses",
            ),
        )
        yield finding(
            "C16",
            f"{_cap(the(model, declarer))} declares an emergency, and {the(model, rule.renewed_by)} renews it: "
            f"{how}. It is extended "
            "before it expires, without the consent of anybody independent",
            place, by,
            fix=f"clause {place.id}, line {place.line}: let a body renew that {the(model, declarer)} has no part in making",
            trace=steps,
        )  # fmt: skip
        return


def _declared_again(model: Model, rule: Any) -> Iterator[Finding]:
    if rule.again is None:
        return
    lasts, pause = days_of(rule.lapses), days_of(rule.again)
    if pause >= lasts:
        return
    place = cited(rule.place, "again") if "again" in rule.place.lines else cited(rule.place)
    horizon = model.settings.rounds * model.settings.round_days
    cycle = lasts + pause
    inside = horizon // cycle * lasts + min(horizon % cycle, lasts)
    who = the(model, rule.declared_by[0]) if rule.declared_by else "whoever declares"
    yield finding(
        "C16",
        f"{_cap(who)} may declare an emergency anew {rule.again} after the last one lapsed: of {horizon} days "
        f"{inside} can lie within one",
        place,
        fix=f"clause {place.id}: let as long a time pass between two emergencies as one lasts, or let another body "
        "declare the next",
    )


def _inside(model: Model, rule: Any) -> Iterator[Finding]:
    missing = [what for what in INSIDE if what not in rule.bars]
    if not missing:
        return
    place = cited(rule.place, "bars") if "bars" in rule.place.lines else cited(rule.place)
    yield finding(
        "C16",
        f"While the emergency '{rule.name}' lasts {' and '.join(INSIDE[what] for what in missing)} under it: those "
        "who declared it can "
        "use it to change who decides",
        place,
        fix=f"clause {place.id}: `bars: {'; '.join([*rule.bars, *missing])}`",
        severity=MEDIUM,
    )


def _step(model: Model, kind: str, actor: str, rule: Any, clause: str, line: int, day: int, text: str) -> Step:
    move = Move(kind, actor, rule.name, clause, line, day // model.settings.round_days, day)
    return Step(kind, actor, clause, f"{_cap(the(model, actor))} {text} (clause {clause}).", move)


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
