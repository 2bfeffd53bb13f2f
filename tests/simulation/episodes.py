"""Episodes: what hangs together over days, from the call of a meeting to what its decisions bring.

Lives here: sittings, polls outside meetings, the filling of empty seats. Not here: the single steps (`steps`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from isonomy.engine.occasions import meetings_by_right
from isonomy.engine.state import Meeting, Motion, Poll, day_of
from tests.simulation.electing import election, seats_with_nominations
from tests.simulation.people import BY_HANDS
from tests.simulation.steps import Steps

Episode = Iterator[dict[str, Any] | None]


def endless(steps: Steps) -> Episode:
    """One episode after the other."""
    while True:
        seats = steps.draw.bodies()
        chance = steps.draw.random.random()
        if not seats:
            yield steps.next()
        elif chance < 0.12:
            yield from by_poll(steps)
        elif chance < 0.2:
            yield from appointments(steps)
        elif chance < 0.3:
            yield from on_demand(steps)
        elif chance < 0.65 and seats_with_nominations(steps):
            yield from election(steps)
        else:
            yield from sitting(steps, steps.draw.pick(seats))


def sitting(steps: Steps, seat: str) -> Episode:
    """A meeting of a body with all that belongs to it; given up where it does not come about."""
    meeting = _waiting(steps, seat)
    if meeting is None:
        yield steps.call(seat, steps.draw.pick((16, 31, 45)))
        meeting = _waiting(steps, seat)
    if meeting is None:
        yield from by_right(steps, seat)
        meeting = _waiting(steps, seat)
    if meeting is None:
        yield {"act": "meeting.open", "body": seat, "present": list(steps.members(seat)), **steps.chair(seat)}
        meeting = next(
            (found for found in steps.state.meetings.values() if found.body == seat and found.standing == "open"), None
        )
    else:
        yield steps.notice(meeting)
        if meeting.starts[:10] > steps.today:
            steps.arena.wait_until(meeting.starts)
        yield steps.opening(meeting, steps.draw.pick((0.2, 0.5, 0.9, 1, 1, 1)))
    if meeting is None or meeting.standing != "open":
        return
    elections, others = _business(steps, seat, meeting)
    for matter in elections:
        yield from _election(steps, seat, matter)
    for matter in others:
        yield from _motion(steps, seat, matter)
    yield steps.close_meeting(meeting)


def by_right(steps: Steps, seat: str) -> Episode:
    """The next day on which a body meets by right, where it names one: called for it, or at least waited for."""
    today = day_of(steps.today)
    coming = [found for found in meetings_by_right(steps.state, seat, today) if found.names_a_day and found.on > today]
    if not coming or (coming[0].on - today).days > 400:
        return
    day = coming[0].on.isoformat()
    matters = [matter for matter in steps.draw.matters() if steps.competent(seat, matter)]
    steps.draw.random.shuffle(matters)
    if steps.draw.chance(0.6) and (coming[0].on - today).days > 40:
        steps.arena.wait(days=(coming[0].on - today).days - 40)
    yield {"act": "meeting.call", "body": seat, "starts": f"{day}T10:00", "by_right": day, "matters": sorted(matters[:9]),
           **steps.chair(seat)}  # fmt: skip
    if _waiting(steps, seat) is None:
        steps.arena.wait_until(f"{day}T10:00")


def on_demand(steps: Steps) -> Episode:
    """Members demand a meeting until it is theirs."""
    yield steps.demand()
    for _ in range(5):
        yield steps.support()


def _waiting(steps: Steps, seat: str) -> Meeting | None:
    return next(
        (found for found in steps.state.meetings.values()
         if found.body == seat and found.standing == "called" and found.starts[:10] >= steps.today), None,
    )  # fmt: skip


def _business(steps: Steps, seat: str, meeting: Meeting) -> tuple[list[str], list[str]]:
    matters = [matter for matter in meeting.matters or steps.draw.matters() if steps.competent(seat, matter)]
    steps.draw.random.shuffle(matters)
    elections = [matter for matter in matters if matter.startswith("election-of-")]
    return elections[:3], [matter for matter in matters if matter not in elections][:4]


def _election(steps: Steps, seat: str, matter: str) -> Episode:
    number = steps.state.n
    yield steps.elect(matter, seat)
    yield from _vote(steps, number)


def _motion(steps: Steps, seat: str, matter: str) -> Episode:
    if matter == "amendment" and steps.draw.chance(0.8):
        yield steps.lodge()
    number = steps.state.n
    yield steps.move(matter, seat)
    motion: Motion | None = steps.state.motions.get(f"mo-{number}")
    if motion is None:
        return
    for _ in range(steps.draw.random.randrange(3)):
        yield steps.second(motion)
    number = steps.state.n
    yield steps.put(motion)
    yield from _vote(steps, number)


def _vote(steps: Steps, number: int) -> Episode:
    poll: Poll | None = steps.state.polls.get(f"po-{number}")
    if poll is None:
        return
    if poll.secrecy != BY_HANDS:
        for _ in range(steps.draw.random.randrange(len(poll.roll or ()) + 1)):
            yield steps.cast(poll)
        yield steps.close_poll(poll)
    number = steps.state.n
    yield steps.declare(poll)
    decision = steps.state.decisions.get(f"de-{number}")
    if decision is None:
        return
    for _ in decision.person.split() or ("",):
        yield steps.carry_out(decision)


def by_poll(steps: Steps) -> Episode:
    """A question that is answered outside a meeting, where a clause has it so."""
    rulebook = steps.draw.rulebook
    procedures = [found for found in rulebook.procedures.values() if found.taken == "poll"] if rulebook else []
    procedure = steps.draw.pick(procedures)
    if procedure is None or not procedure.matters or " " in procedure.matters[0]:
        yield steps.next()
        return
    yield from _motion(steps, procedure.by, procedure.matters[0])


def appointments(steps: Steps) -> Episode:
    """Seats that one appoints are filled."""
    for _ in range(2):
        yield steps.appoint()
