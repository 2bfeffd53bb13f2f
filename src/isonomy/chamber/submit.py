"""Submitting: one act before the chamber, from what was sent to what is to become of it.

Lives here: the order in which an act is tried (docs/spec/chamber.md, section 4), on a state that is held in
memory. Not here: making the outcome durable and answering (`appender`), the rules (`engine`).

Invariant: an act is judged on the state that all acts before it have left, appended or about to be; what is
wrong in form is `BadInput` and leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from isonomy.chamber.answers import refusal_json
from isonomy.chamber.authors import Unsigned, known_author
from isonomy.chamber.casting import REPORT_ACT, paper_of, secret_poll
from isonomy.chamber.claims import CLOSED_EFFECT, Claimed, check_openings, false_claim, sealing_fields
from isonomy.chamber.entering import entry_of
from isonomy.chamber.paper import ON_PAPER, sealing_with, why_not_taken
from isonomy.chamber.ports import ALREADY_CAST, BoxSize, BoxStore, Clock, Drop, Kept, Papers, Zone
from isonomy.chamber.stamping import stamp
from isonomy.engine.apply import apply
from isonomy.engine.decide import SEMANTICS, Submission, decide
from isonomy.engine.judgement import FORM
from isonomy.engine.refusal import Accepted, Ground, Refused
from isonomy.engine.state import Poll, State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json, canonical_bytes
from isonomy.record.box import Ballot, box_root
from isonomy.record.note import VerifierKey

ACT_SIZE_MAX = 250_000


@dataclass(frozen=True, slots=True)
class Sent:
    """An act as it was sent: its JSON, how its author is known, and what lies beside it.

    `kept` are the openings of commitments in the act; `documents` the documents among them, by commitment;
    `box` the ballots and `marked` the voters of a poll held elsewhere whose close is reported.
    `clock_is_right` is a person's word at the console.
    """

    act: Json
    auth: Mapping[str, Any]
    kept: tuple[Kept, ...] = ()
    documents: Mapping[bytes, bytes] = field(default_factory=dict)
    box: tuple[Ballot, ...] | None = None
    marked: tuple[str, ...] | None = None
    clock_is_right: bool = False


@dataclass(frozen=True, slots=True)
class Entering:
    """The act becomes this entry; its effects are folded already."""

    entry: dict[str, Json]
    data: bytes
    sent: Sent


@dataclass(frozen=True, slots=True)
class Repeated:
    """The act is this entry already."""

    n: int


@dataclass(frozen=True, slots=True)
class Turned:
    """The act is refused."""

    refusal: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Dropping:
    """The act drops this ballot into the box of a poll; `cast_before` when it lies there already."""

    poll: str
    drop: Drop
    act: dict[str, Json]
    at: str
    cast_before: bool = False


Outcome = Entering | Repeated | Turned | Dropping


class Sitting:
    """The chamber at work on one state: acts come in one after the other and are judged serially."""

    def __init__(self, state: State, key: VerifierKey, boxes: BoxStore, clock: Clock, zone: Zone) -> None:
        self.state = state
        self._key, self._boxes, self._clock, self._zone = key, boxes, clock, zone
        self._brought: dict[str, tuple[tuple[Ballot, ...], tuple[str, ...] | None]] = {}
        self._papers: dict[str, Papers] = {}

    def judge(self, sent: Sent) -> Outcome:
        """What is to become of an act; an accepted one is folded into the state at once.

        Raises `BadInput` for what is no act, and `ClockFault`.
        """
        act, data = _act_of(sent)
        entry = self._entry_of(act, data)
        if entry is not None:
            return Repeated(entry)
        if sent.kept:
            check_openings(act, (kept.opening for kept in sent.kept), sent.documents)
        at, local = stamp(self.state, act, self._clock, self._zone, clock_is_right=sent.clock_is_right)
        try:
            auth = known_author(self.state, act, data, sent.auth)
        except Unsigned as fault:
            return self._turned(act, at, fault.ground)
        drop = self._drop_of(act)
        if drop is not None and self._boxes.find(str(act["poll"]), drop) == ALREADY_CAST:
            # It lies in its box with its voter's mark, however late it is sent again.
            return Dropping(str(act["poll"]), drop, act, at, cast_before=True)
        submission = Submission(act, auth, at, local)
        verdict = decide(self.state, submission)
        if isinstance(verdict, Refused):
            return self._turned(act, at, *verdict.grounds)
        if verdict.boxed:
            # Stricter than the engine in base64 alone; then this says so.
            drop = drop or Drop.of(str(act["by"]), paper_of(act["ballot"], act["nonce"]))
            return Dropping(str(act["poll"]), drop, act, at)
        return self._enter(sent, submission, verdict)

    def _enter(self, sent: Sent, submission: Submission, verdict: Accepted) -> Outcome:
        act, at = submission.act, submission.at
        self._bring(sent, submission, verdict)
        for poll, papers in self._papers.items():
            grounds = why_not_taken(self.state, self.state.polls[poll], self._boxes, papers, submission)
            if grounds:
                self.forget_brought()
                return self._turned(act, at, *grounds)
        ground = false_claim(self.state, Claimed(act, verdict.effects), self._key, self)
        if ground is not None:
            self.forget_brought()
            return self._turned(act, at, ground)
        entry = entry_of(self.state.n, submission, verdict, SEMANTICS)
        try:
            data = entry.to_bytes()
        except BadInput as fault:
            return self._turned(act, at, Ground(FORM, fault.what, {"where": fault.where}, fault.cure))
        raw = entry.to_json()
        apply(self.state, raw)
        return Entering(raw, data, sent)

    def _entry_of(self, act: dict[str, Json], data: bytes) -> int | None:
        """The entry that has the same id and the same bytes; other bytes under one id are for the engine to refuse."""
        act_id = act.get("id")
        if not isinstance(act_id, str):
            return None
        entry = self.state.acts.get(act_id)
        if entry is not None and self.state.act_digests[entry] == sha256(data).digest():
            return entry
        return None

    def _drop_of(self, act: dict[str, Json]) -> Drop | None:
        """The mark and ballot of an act that casts into a secret poll's box; None for every other act."""
        if secret_poll(self.state, act) is None:
            return None
        try:
            return Drop.of(str(act.get("by")), paper_of(act.get("ballot"), act.get("nonce")))
        except BadInput:
            # The engine says what is wrong with the paper.
            return None

    def _turned(self, act: dict[str, Json], at: str, *grounds: Ground) -> Turned:
        refused = Refused(tuple(grounds))
        return Turned(refusal_json(act, refused, at=at, log=self._key.name, entries=self.state.n))

    # -- boxes, as claims are held against them

    def _bring(self, sent: Sent, submission: Submission, verdict: Accepted) -> None:
        if sent.box is None:
            return
        for effect in verdict.effects:
            if effect["effect"] == CLOSED_EFFECT:
                if submission.act.get("act") == REPORT_ACT:
                    self._brought[effect["poll"]] = (sent.box, sent.marked)
                else:
                    self._papers[effect["poll"]] = Papers(sent.box, sent.marked or ())
                return
        raise BadInput(
            "ballots were sent with an act that closes no poll", "box", "send them with the report of the close"
        )

    def forget_brought(self) -> None:
        """Lets go of ballots that were sent with a report: they lie in their box now, or the report was refused."""
        self._brought.clear()
        self._papers.clear()

    def seal(self, poll: Poll) -> dict[str, Any] | None:
        """The box as it is; for a reported close, the ballots that were sent with it (None where none were)."""
        if poll.id in self._brought:
            ballots, marked = self._brought[poll.id]
            return sealing_fields(poll, BoxSize(len(ballots), box_root(ballots), None), marked)
        if poll.roll is None:
            return None
        if poll.id in self._papers:
            return sealing_with(poll, self._boxes, self._papers[poll.id])
        return sealing_fields(poll, self._boxes.measure(poll.id), self._boxes.marked(poll.id)) | {ON_PAPER: 0}

    def ballots(self, poll: str) -> Sequence[Ballot] | None:
        """The ballots of a closed box; None where this is a dry run and the box is open still, or was never brought."""
        if poll in self._brought:
            return self._brought[poll][0]
        return self._boxes.ballots(poll) if self._boxes.is_closed(poll) else None


def _act_of(sent: Sent) -> tuple[dict[str, Json], bytes]:
    if not isinstance(sent.act, dict):
        raise BadInput("an act is a JSON object", "act", 'write {"id": ..., "act": ...}')
    data = canonical_bytes(sent.act)
    if len(data) > ACT_SIZE_MAX:
        cure = "put long texts beside the record, or lodge a rulebook in parts"
        raise BadInput(f"the act has {len(data):,} bytes, at most {ACT_SIZE_MAX:,} are taken", "act", cure)
    return sent.act, data
