"""Claims: what an act says of things that lie beside the record, held against them.

Lives here: the log's key in a founding, the log's signature in a protest, the key in an enrolment, the box in a
closing, the count in a declaration, the values behind commitments. Not here: what the act may do (`engine`), the
author's signature (`authors`).

Invariant: an entry never claims of a box, a count or a key what was not so when it was made; `verification`
holds every entry against the same things again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from isonomy.chamber.casting import DECLARE_ACT, SECRET, paper_of
from isonomy.chamber.ports import BoxSize
from isonomy.engine.decide import FOUNDING
from isonomy.engine.judgement import FORM
from isonomy.engine.recount import Differs, countback_task, difference, recount
from isonomy.engine.refusal import Ground
from isonomy.engine.state import Poll, State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import from_base64, to_base64
from isonomy.record.box import Ballot
from isonomy.record.commitment import Opening, is_sealed, opens
from isonomy.record.note import VerifierKey
from isonomy.record.passkey import read_author_key
from isonomy.record.roll import Roll
from isonomy.record.signature import is_signed, refusal_challenge

PROTEST = "protest"
CLOSED_EFFECT, DECLARED_EFFECT, OPENED_EFFECT = "poll.closed", "poll.declared", "poll.opened"
FILLED_EFFECT, ENROLLED_EFFECT = "vacancy.filled", "key.enrolled"


class Boxes(Protocol):
    """What claims are held against: the boxes as they are at this moment."""

    def seal(self, poll: Poll) -> dict[str, Any] | None:
        """What a close has to say of the poll's box (see `sealing_fields`); None where there is no box to look at."""

    def ballots(self, poll: str) -> Sequence[Ballot] | None:
        """The ballots of a closed box; None where there are none to look at (withheld, not known)."""


def sealing_fields(poll: Poll, size: BoxSize, marked: Sequence[str] | None) -> dict[str, Any]:
    """The fields by which `poll.close` seals a box: `box_root`, `box_size`, and `marked`, `roll_root` where known."""
    fields: dict[str, Any] = {"box_root": to_base64(size.root), "box_size": size.ballots}
    if marked is not None:
        fields["marked"] = len(marked)
        if poll.roll is not None:
            root = Roll.of_persons(poll.id, poll.roll, marked).root()
            assert root is not None, "a roll of persons has a root"
            fields["roll_root"] = to_base64(root)
    return fields


@dataclass(frozen=True, slots=True)
class Claimed:
    """An accepted act with the effects that make claims."""

    act: dict[str, Json]
    effects: Sequence[Mapping[str, Any]]

    @property
    def told(self) -> dict[str, Json]:
        """The act itself, or the one inside a report."""
        told = self.act.get("what")
        return told if isinstance(told, dict) and self.act.get("act") == "report" else self.act


def false_claim(state: State, claimed: Claimed, key: VerifierKey, boxes: Boxes) -> Ground | None:
    """Why an accepted act cannot stand although the rules allow it; None when all it claims is so.

    `state` is the state before the act. Raises `BadInput` where ballots cannot be counted at all.
    """
    name = claimed.act.get("act")
    if name == FOUNDING and claimed.act.get("vkey") != key.text():
        facts = {"named": claimed.act.get("vkey"), "this log": key.text()}
        return Ground(FORM, "the founding names another log's key", facts, "name the key of this log")
    if name == PROTEST:
        return _false_protest(claimed.act, key)
    for effect in claimed.effects:
        ground = None
        if effect.get("effect") == CLOSED_EFFECT:
            ground = _false_closing(state, claimed, effect, boxes)
        elif effect.get("effect") in (DECLARED_EFFECT, FILLED_EFFECT):
            ground = _false_declaration(state, claimed, effect, boxes)
        elif effect.get("effect") == ENROLLED_EFFECT:
            ground = _false_key(effect)
        if ground is not None:
            return ground
    return None


def _false_protest(act: dict[str, Json], key: VerifierKey) -> Ground | None:
    try:
        signature = from_base64(str(act.get("signature")), "signature")
        signed = is_signed(key.public, refusal_challenge(act.get("refusal")), signature)
    except BadInput:
        signed = False
    if signed:
        return None
    cure = 'give the refusal as it was received, without its "signature", and the signature beside it'
    return Ground(FORM, "this record did not sign the refusal", {"log": key.name}, cure)


def _false_key(effect: Mapping[str, Any]) -> Ground | None:
    """Why an enrolled key could hold nobody to what they sign; None for a key that binds its owner."""
    try:
        read_author_key(str(effect.get("key")), str(effect.get("algorithm", "")), str(effect.get("rp", "")))
    except BadInput as fault:
        return Ground(FORM, fault.what, {"key": effect.get("key"), "person": effect.get("person")}, fault.cure)
    return None


def _poll_of(state: State, effect: Mapping[str, Any]) -> Poll | None:
    return state.polls.get(str(effect.get("poll")))


def _false_closing(state: State, claimed: Claimed, effect: Mapping[str, Any], boxes: Boxes) -> Ground | None:
    poll = _poll_of(state, effect)
    if poll is None or (poll.secrecy != SECRET and claimed.told is claimed.act):
        return None
    found = boxes.seal(poll)
    told = {key: effect.get(key, 0 if key == "on_paper" else None) for key in found or ()}
    if found is None or found == told:
        return None
    return Ground(
        FORM, "the close commits to another box", {"given": told, "as it is": found}, "close it with these figures"
    )


def _false_declaration(state: State, claimed: Claimed, effect: Mapping[str, Any], boxes: Boxes) -> Ground | None:
    poll = _poll_of(state, effect)
    if poll is None:
        return None
    ballots: Sequence[Ballot] | None = None
    if poll.named:
        ballots = [paper_of(paper) for paper in poll.named.values()]
    elif poll.box_root:
        ballots = boxes.ballots(poll.id)
    if ballots is None:
        return None
    if effect.get("effect") == FILLED_EFFECT:
        task, _ = countback_task(state, str(effect["mandate"]), str(effect["on"]), claimed.told)
        found = difference(claimed.told, task.count(ballots), poll)
    else:
        found = declared_difference(state, poll, claimed.told, ballots)
    if found is None:
        return None
    facts = {"first difference": found.key, "declared": found.declared, "counted": found.counted}
    return Ground(
        FORM, "the box does not give what is declared", facts, "declare what the count gives: isonomy recount"
    )


def declared_difference(
    state: State, poll: Poll, declared: Mapping[str, Any], ballots: Sequence[Ballot]
) -> Differs | None:
    """The first figure at which a declaration differs from a count of these ballots; None when they agree."""
    return difference(declared, recount(state, poll, ballots, declared), poll)


def declares(act: Json) -> bool:
    """Whether an act, or the one it reports, declares a result."""
    return isinstance(act, dict) and Claimed(act, ()).told.get("act") == DECLARE_ACT


def check_openings(act: Json, openings: Iterable[Opening], documents: Mapping[bytes, bytes]) -> None:
    """Raises `BadInput` for a value or document that belongs to no commitment of the act, or does not open it."""
    sealed = set(commitments_of(act))
    for number, opening in enumerate(openings):
        place = f"openings[{number}]"
        if opening.commitment not in sealed:
            raise BadInput(
                "this value belongs to no commitment of the act", place, "send it with the act that holds it"
            )
        value = opening.value if opening.path is None else documents.get(opening.commitment)
        if value is None:
            raise BadInput("the document is missing", place, "send the document with its opening")
        if not opens(opening.commitment, opening.salt, opening.label, value):
            raise BadInput("this value does not open its commitment", place, "seal the value again")


def commitments_of(value: Json) -> list[bytes]:
    """Every commitment in an act, in the order in which they stand."""
    if is_sealed(value):
        try:
            return [from_base64(value["c"], size=32)]
        except BadInput:
            return []
    if isinstance(value, dict):
        return [found for item in value.values() for found in commitments_of(item)]
    if isinstance(value, list):
        return [found for item in value for found in commitments_of(item)]
    return []
