"""Sentences of terms, instructions, conditions, targets, and of what followed when something was not done.

Lives here: what those effects say. Not here: the others (`sentences`), from where the speaker comes.

Invariant: as in `sentences`.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import Speaker, quoted, says
from isonomy.engine.words import listed, number_of, say_day

TERMS_SAID = {
    "instruct": "an instruction", "condition": "a condition", "discharge": "whether an instruction is discharged",
    "review": "the review of a condition", "target": "a target of membership", "ending": "whether a body is kept or ended",
    "budget": "a budget", "shift": "moving money between heads", "acquit": "the discharge for accounts",
}  # fmt: skip


@says("motion.termed")
def _termed(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} put terms to the motion {e.motion}: {listed(TERMS_SAID.get(kind, kind) for kind in e.terms)}"]


@says("instruction.given")
def _given(to: Speaker, e: Any) -> list[str]:
    whom = to.person(e.person) if e.person else to.seat(e.to)
    found = [
        f"{to.seat(e.body)} instructed {whom}: {quoted(e.does)} ({e.instruction}), due on {say_day(e.due_on)}; "
        f"a report is owed by {say_day(e.report_by)}"
    ]
    if e.promises:
        told = listed(f"{each.name} {each.number} {each.unit} by {say_day(each.on)}" for each in e.promises)
        found.append(f"Promised: {told}")
    return found


@says("instruction.reported")
def _reported(to: Speaker, e: Any) -> list[str]:
    found = [f"{to.person(e.person)} gave the {e.kind} report on the instruction {e.instruction}"]
    if e.figures:
        told = listed(f"{each.name} {each.number} {each.unit} on {say_day(each.on)}" for each in e.figures)
        found.append(f"Reached, as reported: {told}")
    return found


@says("instruction.settled")
def _settled(to: Speaker, e: Any) -> list[str]:
    until = f" to {say_day(e.until)}" if e.until else ""
    why = f", because: {quoted(e.reason)}" if e.reason else ""
    said = {"accepted": "was discharged: accepted", "not accepted": "was not accepted"}.get(e.result, f"was {e.result}")
    return [f"The instruction {e.instruction} {said}{until} ({e.decision}){why}"]


@says("condition.set")
def _set(to: Speaker, e: Any) -> list[str]:
    found = [
        f"The decision {e.decision} was taken on condition that {quoted(e.that)} ({e.condition}); {to.seat(e.owner)} owns it, "
        f"and {to.seat(e.reviewer)} reviews it by {say_day(e.review_on)}"
    ]
    return [*found, "Unreviewed, the decision lapses after that day"] if e.lapses_unreviewed else found


@says("condition.reported")
def _condition_reported(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} reported on the condition {e.condition}: {e.says}"]


@says("condition.reviewed")
def _reviewed(to: Speaker, e: Any) -> list[str]:
    until = f" until {say_day(e.until)}" if e.until else ""
    return [f"The condition {e.condition} was reviewed: {e.result}{until} ({e.decision})"]


@says("target.set")
def _target(to: Speaker, e: Any) -> list[str]:
    where = f" in {e.unit}" if e.unit else ""
    return [
        f"{to.seat(e.body)} set a target of {number_of(e.number, 'member')}{where} by {say_day(e.by_on)} ({e.target}); "
        f"there were {e.counted}"
    ]


@says("target.followed")
def _followed(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} followed up the target {e.target}: the roll had {number_of(e.found, 'member')} on its day"]


@says("body.ended")
def _ended(to: Speaker, e: Any) -> list[str]:
    return [f"{to.seat(e.thing)} is recorded as ended from {say_day(e.on)} ({e.decision})"]


@says("body.kept")
def _kept(to: Speaker, e: Any) -> list[str]:
    return [f"{to.seat(e.thing)} is kept, decided on {say_day(e.on)} ({e.decision})"]


@says("overdue.entered")
def _overdue(to: Speaker, e: Any) -> list[str]:
    return [f"What was due on {say_day(e.due_on)} was not done ({e.thing}); what the clause names follows: {e.follows}"]


@says("call.joined")
def _joined(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.supporter)} joined in calling {to.seat(e.body)}, which was due on {say_day(e.due_on)}"]
