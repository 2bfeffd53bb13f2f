"""Completing: what an act needs beside its author's will, filled in before it is signed.

Lives here: the fields of closing and declaring that follow from the box, id and time limit, and the sealing
of personal values. Not here: signing (`record.signature`), judging.

Invariant: nothing that the author wrote is changed; the same act completed twice under one id gives the same
bytes, so that it can be sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from isonomy.chamber.casting import CLOSE_ACT, DECLARE_ACT, FILL_ACT, SECRET, paper_of
from isonomy.chamber.claims import sealing_fields
from isonomy.chamber.founding import draw_act_id, hours_from
from isonomy.chamber.paper import sealing_with
from isonomy.chamber.ports import AUDIENCES, MEMBERS, NO_PAPERS, BoxStore, Clock, Entropy, Kept, Papers
from isonomy.engine.recount import countback_task, recount
from isonomy.engine.state import Poll, State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import to_base64
from isonomy.record.commitment import Opening, commitment

VALUE, LABEL, AUDIENCE = "value", "label", "audience"
GOOD_FOR_HOURS = 1

SaltOf = Callable[[bytes], bytes]
"""32 bytes for the value at a place of an act; drawn at random, so that once erased nobody can come by them again."""


def _poll(state: State, poll: Json) -> Poll:
    found = state.polls.get(poll) if isinstance(poll, str) else None
    if found is None:
        raise BadInput(f"there is no poll '{str(poll)[:60]}'", "poll", "name one, such as po-31")
    return found


def closing_fields(state: State, boxes: BoxStore, poll: str, papers: Papers = NO_PAPERS) -> dict[str, Any]:
    """What `poll.close` says of the box of a secret poll as it is now, with `papers` that come with the close.

    Nothing for other polls; raises `BadInput`.
    """
    found = _poll(state, poll)
    if found.secrecy != SECRET or found.roll is None:
        return {}
    if papers == NO_PAPERS:
        return sealing_fields(found, boxes.measure(poll), boxes.marked(poll))
    return sealing_with(found, boxes, papers)


def declaration_fields(state: State, boxes: BoxStore, poll: str, told: dict[str, Any] | None = None) -> dict[str, Any]:
    """What `poll.declare` says of a closed poll: the count of its ballots, with the draws told; raises `BadInput`."""
    found = _poll(state, poll)
    ballots = [paper_of(paper) for paper in found.named.values()] if found.named else boxes.ballots(poll)
    return recount(state, found, ballots, told).declaration(found)


def vacancy_fields(state: State, boxes: BoxStore, mandate: str, day: str) -> dict[str, Any]:
    """What `vacancy.fill` says of a countback on a civil date: who is called, tallies, draws; raises `BadInput`."""
    task, poll = countback_task(state, mandate, day)
    ballots = [paper_of(paper) for paper in poll.named.values()] if poll.named else boxes.ballots(poll.id)
    counted = task.count(ballots)
    found = {"tallies": counted.tallies, "winners": list(counted.winners), "trace": counted.trace}
    return found | ({"draws": counted.draws} if counted.draws else {})


def completed(
    act: dict[str, Any], state: State, boxes: BoxStore, clock: Clock, entropy: Entropy, day: str = ""
) -> dict[str, Any]:
    """An act with what its author left out: `id`, `log`, `until`; the box of a close; the count of a declaration.

    `day` is the civil date on which a countback is made.

    Raises `BadInput` for a poll that is not there. What is written stays as it is, right or wrong.
    """
    found = {"id": draw_act_id(entropy), "log": state.origin, "until": hours_from(clock.now(), GOOD_FOR_HOURS)} | act
    if found.get("act") == CLOSE_ACT and "box_root" not in found:
        return found | closing_fields(state, boxes, found.get("poll", ""))
    if found.get("act") == DECLARE_ACT and "tallies" not in found:
        return declaration_fields(state, boxes, found.get("poll", ""), found) | found
    if found.get("act") == FILL_ACT and "tallies" not in found:
        return vacancy_fields(state, boxes, str(found.get("mandate", "")), day) | found
    return found


def sealed(act: dict[str, Any], salt_of: SaltOf) -> tuple[dict[str, Any], tuple[Kept, ...]]:
    """An act in which every `{"value": ...}` has become a commitment, and the values with their salts.

    Beside `value` may stand `label` (else the key it stands under) and `audience` (else `members`). The salt
    follows from the act's id and the place of the value. Raises `BadInput` for a value that is no text.
    """
    kept: list[Kept] = []

    def walk(value: Json, path: str, key: str) -> Json:
        if isinstance(value, dict) and VALUE in value and value.keys() <= {VALUE, LABEL, AUDIENCE}:
            return _seal(value, path, key)
        if isinstance(value, dict):
            return {name: walk(item, f"{path}.{name}", name) for name, item in value.items()}
        if isinstance(value, list):
            return [walk(item, f"{path}[{place}]", key) for place, item in enumerate(value)]
        return value

    def _seal(value: dict[str, Any], path: str, key: str) -> Json:
        text, label, audience = value[VALUE], value.get(LABEL, key), value.get(AUDIENCE, MEMBERS)
        if not isinstance(text, str) or not isinstance(label, str) or audience not in AUDIENCES:
            raise BadInput("a value to be sealed is a text", path, 'write {"value": "...", "audience": "members"}')
        salt = salt_of(f"isonomy salt v1\n{act.get('id')}\n{path}".encode())
        opening = Opening(commitment(salt, label, text), label, salt, text)
        kept.append(Kept(opening, audience))
        return {"c": to_base64(opening.commitment)}

    return {name: walk(item, name, name) for name, item in act.items()}, tuple(kept)
