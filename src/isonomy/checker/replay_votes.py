"""Votes in a replay: a motion moved, put at a lawful meeting, and declared.

Lives here: decisions of a body, and the close of a poll. Not here: elections (`replay_elections`), which moves need a decision.

Invariant: the coalition's votes are for, everybody else's against; the engine derives from them whether it is carried.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from isonomy.checker.stage import NotLawful, Stage
from isonomy.counting.registry import rule_named
from isonomy.engine.competence import AMENDMENT
from isonomy.engine.recount import recount
from isonomy.engine.rehearsal import bytes32
from isonomy.record.box import Ballot
from isonomy.rulebook.model import Procedure


def decide_at_meeting(
    stage: Stage, body: str, matter: str, fields: dict[str, Any], *, meeting: str = "", agreed: bool = False
) -> str:
    """A motion of the coalition is moved, put at a lawful meeting or by poll, and declared: all others are against.

    `meeting` is one that is open already (none: the next that can be held). `agreed` is ordinary business that nobody is against,
    such as a call that a clause expects of the body. Returns the id of the decision; raises `NotLawful`.
    """
    motion = move_motion(stage, body, matter, fields)
    if not meeting and not _by_poll(stage, body, matter):
        meeting = stage.meeting(body, [matter])
    return put_motion(stage, body, matter, motion, meeting, agreed=agreed)


def move_motion(stage: Stage, body: str, matter: str, fields: dict[str, Any]) -> str:
    """A motion is moved, seconded as the clause asks, and discussed for as long as it asks; its id."""
    procedure = _procedure(stage, body, matter)
    text = {"body": body, "matter": matter, "text": f"The coalition's motion on {matter.replace('-', ' ')}."} | fields
    entry = stage.do("motion.move", text, members_of=body)
    motion = f"mo-{entry['n']}"
    for person in stage.holders(body)[: (procedure.seconders if procedure is not None else 0) + 1]:
        if procedure is not None and procedure.seconders and person != entry["act"]["by"]:
            stage.rehearsal.submit(person, "", "motion.second", {"motion": motion})
    if procedure is not None and procedure.discussion is not None:
        day = procedure.discussion.after(date.fromisoformat(stage.rehearsal.today)) + timedelta(days=1)
        stage.rehearsal.set_clock(day.isoformat())
    return motion


def put_motion(stage: Stage, body: str, matter: str, motion: str, meeting: str, *, agreed: bool = False) -> str:
    """A motion is put at an open meeting, or by poll where `meeting` is empty, and the result declared; the decision's id."""
    book = stage.model.rulebook
    rule = book.bodies[body.partition("@")[0]]
    unit = body.partition("@")[2]
    chairs = [
        f"{seat}@{unit}" if unit and _in_each(book, seat) else seat
        for seat in (rule.chaired_by, rule.minutes_by)
        if seat
    ]
    procedure = _procedure(stage, body, matter)
    question: dict[str, Any] = {"body": body, "question": "Shall it be?", "matter": matter, "motion": motion}
    if meeting:
        question["meeting"] = meeting
    if procedure is None or not procedure.secrecy:
        question["secrecy"] = "by show of hands"
    officers = [*chairs, *_keepers(book)]
    if procedure is not None and procedure.default_option:
        question["options"] = [
            {"name": "The motion", "motion": motion}, {"name": procedure.default_option, "default": True},
        ]  # fmt: skip
    if procedure is not None and procedure.taken == "poll" and procedure.polling is not None:
        question["closes_on"] = procedure.polling.after(date.fromisoformat(stage.rehearsal.today)).isoformat()
    put = stage.do("poll.open", question, *officers, members_of=body)
    return _declared(stage, f"po-{put['n']}", body, officers, agreed)


def _declared(stage: Stage, poll: str, body: str, chairs: list[str], agreed: bool) -> str:
    held = stage.rehearsal.state.polls[poll]
    there = stage.there(body)
    for_it = len(there) if agreed else sum(1 for person in there if person in stage.loyal)
    if held.counting == "yes-no":
        result: dict[str, Any] = {
            "poll": poll, "rule": "yes-no",
            "tallies": {"for": for_it, "against": len(there) - for_it, "abstain": 0},
        }  # fmt: skip
        close(stage, poll, len(there), result, chairs, body)
    else:
        result = counted(
            stage, poll, {person: [1] if person in stage.loyal or agreed else [2] for person in there}, chairs, body
        )
    entry = stage.do("poll.declare", result, *chairs, members_of=body)
    if not any(effect["effect"] == "decision.taken" for effect in entry["effects"]):
        raise NotLawful(f"{for_it} of {len(there)} votes do not carry it in {body}")
    return f"de-{entry['n']}"


def counted(
    stage: Stage,
    poll: str,
    orders: dict[str, list[int]],
    officers: list[str],
    body: str,
    told: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Ballots of persons, each the numbers of the options in the order preferred, are cast, the poll is closed, and they are
    counted by its rule, as the chamber counts a box; what `poll.declare` declares. `told` is the secret of a lot."""
    held = stage.rehearsal.state.polls[poll]
    reads = rule_named(held.counting).ballots
    ballots = [_ballot(order, reads, len(held.options)) for order in orders.values()]
    if held.secrecy == "named":
        for person, ballot in zip(orders, ballots, strict=True):
            cast: Any = (
                {"scores": list(ballot.scores)}
                if ballot.scores is not None
                else [list(rank) for rank in ballot.ranks or ()]
            )
            stage.do_as(person, "ballot.cast", {"poll": poll, "ballot": cast})
    result: dict[str, Any] = {}
    close(stage, poll, len(ballots), result, officers, body)
    held = stage.rehearsal.state.polls[poll]
    return recount(stage.rehearsal.state, held, ballots, told or {}).declaration(held) | result


def _ballot(order: list[int], reads: str, options: int) -> Ballot:
    if reads == "scores":
        return Ballot(scores=tuple(1 if number in order else -1 for number in range(1, max(1, options) + 1)))
    return Ballot(ranks=tuple((number,) for number in order))


def _procedure(stage: Stage, body: str, matter: str) -> Procedure | None:
    book = stage.model.rulebook
    if matter == AMENDMENT:
        return book.amendment()
    plain = body.partition("@")[0]
    return next((found for found in book.procedures.values() if found.by == plain and matter in found.matters), None)


def _by_poll(stage: Stage, body: str, matter: str) -> bool:
    procedure = _procedure(stage, body, matter)
    return procedure is not None and procedure.taken == "poll"


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
