"""Electing: the long road of an election, from its opening over nominations to the count apart, the appeal, the countback.

Lives here: the steps and the episode of elections with nominations. Not here: elections whose candidates whoever puts the
question names (`steps.elect`).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

from isonomy.engine.lots import lot_of_secret, opening_of
from isonomy.engine.state import Election, Poll
from tests.simulation.people import Step
from tests.simulation.steps import Steps

Episode = Iterator[dict[str, Any] | None]


def secret_of(name: str) -> str:
    """A secret of 32 bytes, the same for the same election."""
    return base64.b64encode(hashlib.sha256(name.encode()).digest()).decode()


def seats_with_nominations(steps: Steps) -> list[tuple[str, str, Any]]:
    """The elections of the rulebook that have nominations: electing body, seat, procedure."""
    rulebook = steps.draw.rulebook
    procedures = rulebook.procedures.values() if rulebook else ()
    return [(found.by, found.fills, found) for found in procedures if found.election and found.election.nominations]


def election(steps: Steps) -> Episode:
    """One election from end to end, as far as it comes."""
    found = steps.draw.pick(seats_with_nominations(steps))
    if found is None:
        yield steps.next()
        return
    body, seat, procedure = found
    officer = procedure.election.returning_officer
    by = (lambda: steps.holder(officer)) if officer else (lambda: steps.chair(body))
    secret = secret_of(f"{seat} {steps.state.n}")
    steps.secrets[lot_of_secret(secret)] = secret
    number = steps.state.n
    yield {"act": "election.open", "body": body, "seat": seat, "lot": lot_of_secret(secret), **by()}
    opened = steps.state.elections.get(f"el-{number}")
    if opened is None:
        return
    for _ in range(steps.draw.random.randrange(2, 7)):
        yield from _nomination(steps, opened)
    steps.arena.wait_until(f"{opened.nominations_until}T23:30")
    steps.arena.wait(minutes=60)
    yield {"act": "nominations.close", "election": opened.id, "opening": opening_of(secret), **by()}
    if opened.standing == "closed":
        yield from _poll(steps, opened, procedure, secret, by)
    yield from _after(steps, opened)


def _nomination(steps: Steps, opened: Election) -> Episode:
    person, nominator = steps.draw.person(), steps.draw.person()
    yield {"act": "nomination.make", "election": opened.id, "person": person, "by": nominator}
    if steps.draw.chance(0.8):
        yield {"act": "nomination.accept", "election": opened.id, "by": person}
    yield {"act": "nomination.second", "election": opened.id, "person": person, "by": steps.draw.person()}
    if steps.draw.chance(0.1):
        yield {"act": "nomination.withdraw", "election": opened.id, "by": person}


def _poll(steps: Steps, opened: Election, procedure: Any, secret: str, by: Any) -> Episode:
    number = steps.state.n
    made: Step = {"act": "poll.open", "body": opened.body, "question": "Who?", "matter": f"election-of-{procedure.fills}",
                  "election": opened.id}  # fmt: skip
    yield {**steps.with_moment(made, opened.body, made["matter"]), **by()}
    poll: Poll | None = steps.state.polls.get(f"po-{number}")
    if poll is None:
        return
    for _ in range(steps.draw.random.randrange(len(poll.roll or ()) + 1)):
        yield steps.cast(poll)
    closing = steps.close_poll(poll)
    yield closing and {**closing, **by()}
    declared = steps.declare(poll)
    if declared is None:
        return
    yield {**declared, **by()}
    scrutineers = procedure.election.scrutineers
    if scrutineers and poll.standing == "declared":
        yield {"act": "count.attest", "poll": poll.id, "trace": poll.trace, **steps.holder(*scrutineers)}


def _after(steps: Steps, opened: Election) -> Episode:
    """An appeal now and then; the seats are taken when the time to appeal is over; one falls vacant and is filled."""
    decision = steps.state.decisions.get(opened.decision)
    if decision is None:
        return
    if steps.draw.chance(0.3):
        yield {"act": "election.appeal", "decision": decision.id, "text": "It was not so", "by": steps.draw.person()}
    if decision.appealable_until:
        steps.arena.wait_until(f"{decision.appealable_until}T23:30")
        steps.arena.wait(minutes=60)
    for person in decision.person.split():
        yield {"act": "mandate.begin", "person": person, "seat": opened.seat, "decision": decision.id,
               **steps.holder(*steps.keepers("roll"), decision.seat)}  # fmt: skip
    held = [found for found in steps.state.mandates.values() if found.ground == decision.id]
    if held and steps.draw.chance(0.5):
        gone = steps.draw.pick(held)
        yield {"act": "mandate.end", "mandate": gone.id, "by": gone.person}
        poll = steps.state.polls.get(opened.poll)
        if poll is not None and poll.tallies:
            losers = [number for number, option in enumerate(poll.options, start=1)
                      if option.person and option.person not in decision.person.split()]  # fmt: skip
            yield {"act": "vacancy.fill", "mandate": gone.id, "tallies": poll.tallies, "winners": losers[:1],
                   **steps.holder("returner")}  # fmt: skip
