"""Plain reading of what a block says of motions, amendments and sittings, in sentences that can be read aloud.

Lives here: one sentence for each of those keys, and their values as JSON. Not here: the other keys (`render`).

Invariant: as in `render`: every fact that is written has one sentence, and nothing is read that is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from isonomy.rulebook.model import MEMBERS, Majority, Quorum
from isonomy.rulebook.motion_rule import ALWAYS, BEFORE_MEETING, FURTHEST_FIRST, WITH_CONSENT, MotionRule
from isonomy.rulebook.sitting_rule import THOSE_PRESENT, SittingRule

The = Callable[[str], str]
MOTION_KEYS = {
    "seconded by": "seconded_by", "motion deadline": "deadline", "withdrawal": "withdrawal", "amendments": "amendments",
    "amendments by": "amendments_by", "amendment seconders": "amendment_seconders",
    "amendment deadline": "amendment_deadline", "mover accepts": "mover_accepts",
}  # fmt: skip
"""The keys of motions, with the attributes of `MotionRule`."""
SITTING_KEYS = ("urgent matters", "adjourned by", "resumption notice", "resumption quorum", "inquorate")


def movers_of(seats: tuple[str, ...], rule: MotionRule) -> tuple[str, ...]:
    """Who may move, as the block writes it: seats, decisions of bodies, units, so many members."""
    decisions = tuple(f"decision of {body}" for body in rule.by_decision)
    units = tuple(f"each {kind}" for kind in rule.by_units)
    together = (f"{rule.together} members",) if rule.together else ()
    return (*seats, *decisions, *units, *together)


def say_movers(seats: tuple[str, ...], rule: MotionRule, the: The) -> list[str]:
    """Who may move, in words."""
    return [
        *("any member" if one == MEMBERS else the(one) for one in seats),
        *(f"{the(body)} by its decision" for body in rule.by_decision),
        *(f"each {kind.replace('-', ' ')} by a decision of its members" for kind in rule.by_units),
        *((f"{rule.together} members together",) if rule.together else ()),
    ]


def motion_facts(rule: MotionRule, the: The) -> Iterator[tuple[str, str]]:
    """Key and sentence of everything that a procedure may say of motions; `the` gives a seat its title."""
    yield "seconded by", _sentence(f"{_either(rule.seconded_by, the)} may second.")
    yield "motion deadline", f"A motion stands, seconded where that is asked, {rule.deadline} before the meeting."
    consent = ", once the meeting is open with its consent" if rule.withdrawal == WITH_CONSENT else " until it is put"
    yield "withdrawal", f"The mover may withdraw a motion{consent}."
    order = "those that go furthest first" if rule.amendments == FURTHEST_FIRST else "in the order received"
    yield "amendments", f"Amendments are taken, and put before the motion, {order}."
    yield "amendments by", _sentence(f"{_either(rule.amendments_by, the)} may move an amendment.")
    others = "1 other seconds" if rule.amendment_seconders == 1 else f"{rule.amendment_seconders} others second"
    yield "amendment seconders", f"An amendment stands when {others} it."
    yield "amendment deadline", f"An amendment stands {rule.amendment_deadline} before the meeting."
    accepts = {
        ALWAYS: "The mover may accept an amendment, which then is part of the motion.",
        BEFORE_MEETING: "Before the meeting the mover may accept an amendment, which then is part of the motion.",
    }
    yield "mover accepts", accepts.get(rule.mover_accepts, "The mover accepts no amendment: each is put.")


def sitting_facts(
    rule: SittingRule, the: The, say_majority: Callable[[Majority], str], say_quorum: Callable[[Quorum], str]
) -> Iterator[tuple[str, str]]:
    """Key and sentence of everything that a body may say of its sittings."""
    if rule.urgent is not None:
        yield "urgent matters", f"A matter that was not on the notice is taken by {say_majority(rule.urgent)}."
    by = f", by {say_majority(rule.majority)}," if rule.majority is not None else ""
    who = [f"the meeting itself{by}"] if rule.by_meeting else []
    who += [the(office) for office in rule.by_offices]
    who += [f"{the(office)} while there is no quorum" for office in rule.without_quorum]
    yield "adjourned by", _sentence(f"{_joined(who)} may adjourn it.")
    yield "resumption notice", f"An adjourned meeting goes on with {rule.notice} of notice."
    quorum = "those present, whatever their number"
    if rule.quorum is not None:
        quorum = say_quorum(rule.quorum)
    yield "resumption quorum", f"The quorum of an adjourned meeting is {quorum}."
    if rule.inquorate is not None:
        wait, long = rule.inquorate.minutes, rule.inquorate.adjourned_for
        yield "inquorate", f"Without a quorum {wait} minutes after its hour a meeting stands adjourned for {long}."


def sitting_value(rule: SittingRule, key: str, value: Callable[[object], object]) -> object:
    """The value of a key of sittings as JSON; `value` gives the JSON of a value of the model."""
    if key == "adjourned by":
        return {
            "meeting": rule.by_meeting,
            "majority": value(rule.majority),
            "offices": list(rule.by_offices),
            "without_quorum": list(rule.without_quorum),
        }
    if key == "resumption quorum":
        return THOSE_PRESENT if rule.any_number else value(rule.quorum)
    return value({"urgent matters": rule.urgent, "resumption notice": rule.notice, "inquorate": rule.inquorate}[key])


def _either(seats: tuple[str, ...], the: The) -> str:
    return _joined(["any member" if one == MEMBERS else the(one) for one in seats])


def _joined(said: list[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}" if said else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
