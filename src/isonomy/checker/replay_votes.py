"""Votes in a replay: a motion moved, put at a lawful meeting, and declared.

Lives here: decisions of a body, and the close of a poll. Not here: elections (`replay_elections`), which moves need a decision.

Invariant: the coalition's votes are for, everybody else's against; the engine derives from them whether it is carried.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from isonomy.checker.stage import NotLawful, Stage
from isonomy.engine.rehearsal import bytes32


def decide_at_meeting(
    stage: Stage, body: str, matter: str, fields: dict[str, Any], *, meeting: str = "", **poll: Any
) -> str:
    """A motion of the coalition is moved, put at a lawful meeting, and declared: for are the coalition's, against all others.

    `meeting` is one that is open already (none: the next that can be held).
    """
    book = stage.model.rulebook
    rule = book.bodies[body.partition("@")[0]]
    unit = body.partition("@")[2]
    chairs = [
        f"{seat}@{unit}" if unit and _in_each(book, seat) else seat
        for seat in (rule.chaired_by, rule.minutes_by)
        if seat
    ]
    procedure = next(
        (found for found in book.procedures.values() if found.by == rule.name and matter in found.matters), None
    )
    if matter == "amendment":
        procedure = book.amendment()
    text = {"body": body, "matter": matter, "text": f"The coalition's motion on {matter.replace('-', ' ')}."} | fields
    entry = stage.do("motion.move", text, members_of=body)
    motion = f"mo-{entry['n']}"
    for person in stage.holders(body)[: (procedure.seconders if procedure is not None else 0) + 1]:
        if procedure is not None and procedure.seconders and person != entry["act"]["by"]:
            stage.rehearsal.submit(person, "", "motion.second", {"motion": motion})
    if procedure is not None and procedure.discussion is not None:
        day = procedure.discussion.after(date.fromisoformat(stage.rehearsal.today)) + timedelta(days=1)
        stage.rehearsal.set_clock(day.isoformat())
    meeting = meeting or stage.meeting(body, [matter])
    question: dict[str, Any] = {
        "body": body,
        "question": "Shall it be?",
        "matter": matter,
        "motion": motion,
        "meeting": meeting,
    }
    if procedure is None or not procedure.secrecy:
        question["secrecy"] = "by show of hands"
    keepers = _keepers(book)
    put = stage.do("poll.open", question | poll, *chairs, *keepers, members_of=body)
    return _declared(stage, f"po-{put['n']}", body, chairs + keepers)


def _declared(stage: Stage, poll: str, body: str, chairs: list[str]) -> str:
    there = stage.holders(body)
    for_it = sum(1 for person in there if person in stage.loyal)
    result: dict[str, Any] = {
        "poll": poll, "rule": "yes-no",
        "tallies": {"for": for_it, "against": len(there) - for_it, "abstain": 0},
    }  # fmt: skip
    close(stage, poll, len(there), result, chairs, body)
    entry = stage.do("poll.declare", result, *chairs, members_of=body)
    if not any(effect["effect"] == "decision.taken" for effect in entry["effects"]):
        raise NotLawful(f"{for_it} of {len(there)} votes do not carry it in {body}")
    return f"de-{entry['n']}"


def close(stage: Stage, poll: str, cast: int, result: dict[str, Any], chairs: list[str], body: str) -> None:
    """Closes a secret or named poll, and says in the result which box it was."""
    held = stage.rehearsal.state.polls[poll]
    if held.secrecy == "named" and not held.named:
        for person in stage.holders(body):
            stage.rehearsal.submit(
                person, "", "ballot.cast", {"poll": poll, "ballot": "for" if person in stage.loyal else "against"}
            )
    if held.secrecy == "by show of hands":
        return
    fields: dict[str, Any] = {"poll": poll}
    if held.secrecy == "secret":
        result["box_root"] = fields["box_root"] = bytes32(f"box of {poll}")
        fields |= {"box_size": cast, "marked": cast}
    if held.closes_on and held.closes_on >= stage.rehearsal.today:
        stage.rehearsal.set_clock((date.fromisoformat(held.closes_on) + timedelta(days=1)).isoformat())
    stage.do("poll.close", fields, *chairs, members_of=body)


def _in_each(book: Any, seat: str) -> bool:
    found = book.seat(seat)
    return bool(found is not None and found.in_each)


def _keepers(book: Any) -> list[str]:
    return [office.name for office in book.offices.values() if "polls" in office.keeps]
