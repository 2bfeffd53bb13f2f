"""Powers in a replay: co-option, refused mandates, emergencies, a call that leaves others out, and a body that nobody calls.

Lives here: the acts that these moves become. Not here: appointments, removals and amendments (`replay`), elections
(`replay_elections`), decisions at meetings (`replay_votes`).

Invariant: a move that consists in nothing being done is replayed too: through its time everybody outside the coalition tries what
would end it, and every such act is refused. One that is accepted shows that the trace is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from isonomy.checker.counts import days_of
from isonomy.checker.model import provisions_of
from isonomy.checker.moves import CALL, COOPT, DECLARE, NOT_CALL, REFUSE, RENEW, Move
from isonomy.checker.replay_votes import decide_at_meeting, move_motion, put_motion
from isonomy.checker.stage import EVENING, NotLawful, Stage
from isonomy.engine.occasions import meetings_by_right
from isonomy.engine.refusal import Accepted
from isonomy.rulebook.provisions.credentials import Credentials
from isonomy.rulebook.provisions.emergency import DECLARING, RENEWING, EmergencyRule

CO_OPTION, REFUSAL_IN = "co-option-to-", "refusal-in-"
SILENCE_DAYS = 3 * 366
"""How long a body that nobody calls is watched: longer than the recurrences that rulebooks usually have."""


def play(stage: Stage, move: Move) -> bool:
    """Does a move of one of these kinds; False where it is of another. Raises `NotLawful` at the first act that is refused."""
    played: dict[str, Callable[[Stage, Move], None]] = {
        COOPT: _coopt, REFUSE: _refuse, DECLARE: _declare, RENEW: _renew, CALL: _call, NOT_CALL: _nobody_calls,
    }  # fmt: skip
    if move.kind not in played:
        return False
    played[move.kind](stage, move)
    return True


def _coopt(stage: Stage, move: Move) -> None:
    """Persons of the coalition are co-opted to the free seats, each by a decision, all at one meeting."""
    body, matter = move.actor, f"{CO_OPTION}{move.on}"
    persons = stage.recruits("", move.count, set(stage.holders(move.on)))
    motions = [move_motion(stage, body, matter, {"person": person}) for person in persons]
    meeting = stage.meeting(body, [matter])
    decisions = [put_motion(stage, body, matter, motion, meeting) for motion in motions]
    for person, decision in zip(persons, decisions, strict=True):
        stage.do("seat.coopt", {"person": person, "seat": move.on, "decision": decision}, members_of=body)


def _refuse(stage: Stage, move: Move) -> None:
    """The panel refuses mandates of delegates who are not the coalition's, at one meeting of its own."""
    rule: Credentials = next(
        found for found in provisions_of(stage.model.rulebook, "credentials") if found.seat == move.on
    )
    panel, matter = move.actor, f"{REFUSAL_IN}{move.on}"
    state, today = stage.rehearsal.state, stage.rehearsal.today
    against = [found for found in state.mandates_of_seat(move.on, today) if found.person not in stage.loyal]
    mandates = against[: move.count]
    motions = [move_motion(stage, panel, matter, {"person": mandate.person}) for mandate in mandates]
    if rule.opens is not None:
        stage.wait_for_meeting(move.on, days_of(rule.opens))
    meeting = stage.meeting(panel, [matter])
    for mandate, motion in zip(mandates, motions, strict=True):
        decision = put_motion(stage, panel, matter, motion, meeting)
        fields = {
            "mandate": mandate.id, "ground": rule.grounds[0], "text": "As the coalition finds.", "decision": decision,
        }  # fmt: skip
        stage.do("credentials.refuse", fields, members_of=panel)


def _declare(stage: Stage, move: Move) -> None:
    """An emergency is declared on the first fact of the clause; whether it is so is nobody's question here."""
    rule = _emergency(stage, move)
    fields: dict[str, Any] = {
        "emergency": rule.name, "fact": rule.facts[0] if rule.facts else "", "words": "As the coalition tells it.",
    }  # fmt: skip
    if move.actor in stage.model.rulebook.bodies:
        fields["decision"] = decide_at_meeting(stage, move.actor, DECLARING, {})
        stage.do("emergency.declare", fields, members_of=move.actor)
        return
    stage.do("emergency.declare", fields, move.actor)


def _renew(stage: Stage, move: Move) -> None:
    """It is renewed before its last day is over, by a decision of whoever renews."""
    if move.on not in {found.name for found in provisions_of(stage.model.rulebook, "emergency")}:
        raise NotLawful(f"no clause knows an emergency '{move.on}'")
    held = next(iter(reversed(list(stage.rehearsal.state.emergencies.values()))), None)
    if held is None:
        raise NotLawful("no emergency is in force that could be renewed")
    decision = decide_at_meeting(stage, move.actor, RENEWING, {})
    stage.do("emergency.renew", {"emergency": held.id, "decision": decision}, members_of=move.actor)


def _emergency(stage: Stage, move: Move) -> EmergencyRule:
    found: EmergencyRule
    for found in provisions_of(stage.model.rulebook, "emergency"):
        if found.name == move.on:
            return found
    raise NotLawful(f"no clause knows an emergency '{move.on}'")


def _call(stage: Stage, move: Move) -> None:
    """The coalition calls a body so that nobody else comes: at its next meeting the coalition sits alone."""
    stage.alone.add(move.on)


def _nobody_calls(stage: Stage, move: Move) -> None:
    """Time passes, and whatever others do to bring a body together is refused."""
    start = date.fromisoformat(stage.rehearsal.today)
    body = move.on
    matter = "what-is-overdue"
    demands: list[str] = []
    days = [start + timedelta(days=ahead) for ahead in range(0, SILENCE_DAYS, stage.model.settings.round_days)]
    days += [found.on for found in meetings_by_right(stage.rehearsal.state, body, start, days[-1]) if found.on > start]
    for day in sorted(days):
        stage.rehearsal.set_clock(day.isoformat(), EVENING)
        demands = demands or _demanded(stage, body, matter)
        for person, seat in _others(stage):
            _tried(stage, person, seat, "meeting.open", {"body": body, "present": [person]})
            for ahead in (1, 40):
                starts = f"{(day + timedelta(days=ahead)).isoformat()}T{EVENING}"
                call: dict[str, Any] = {"body": body, "starts": starts, "matters": [matter]}
                _tried(stage, person, seat, "meeting.call", call)
                for demand in demands:
                    _tried(stage, person, seat, "meeting.call", call | {"demand": demand})


def _others(stage: Stage) -> list[tuple[str, str]]:
    """Everybody outside the coalition as the holder of each seat, and a few who hold none."""
    today = stage.rehearsal.today
    found = [
        (mandate.person, mandate.seat)
        for mandate in stage.rehearsal.state.mandates.values()
        if mandate.is_valid_on(today) and mandate.person not in stage.loyal
    ]
    return found + [(person, "") for person in stage.people if person not in stage.loyal][:10]


def _tried(stage: Stage, person: str, seat: str, act: str, fields: dict[str, Any]) -> None:
    if isinstance(stage.rehearsal.judge(person, seat, act, fields), Accepted):
        raise NotLawful(
            f"{act} on {stage.rehearsal.today}: {person} as {seat or 'a member'} may do it without the coalition"
        )


def _demanded(stage: Stage, body: str, matter: str) -> list[str]:
    """Demands that the others make where a clause lets them, supported by all who can; their ids."""
    fields = {"body": body, "matters": [matter]}
    found = ""
    for person, seat in [*_others(stage), *((person, "") for person in stage.people if person not in stage.loyal)]:
        if not found and isinstance(stage.rehearsal.submit(person, seat, "meeting.demand", fields), Accepted):
            found = next(
                told["demand"] for told in stage.rehearsal.entry["effects"] if told["effect"] == "demand.opened"
            )
        elif found:
            stage.rehearsal.submit(person, seat, "demand.support", {"demand": found})
    return [found] if found else []
