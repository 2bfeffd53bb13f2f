"""Papers: ballots cast on paper that come with the close of a poll, held against box, roll and counting rule.

Lives here: what a close with papers has to say, and why papers cannot go into the box. Not here: the drafts of tellers (`web`),
laying papers beside the box (adapters), who closes (`engine`). Source: docs/spec/paper-ballots.md.

Invariant: papers are added to what lies in the box and never take its place; nobody has a ballot in the box and on paper.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from isonomy.chamber.casting import CAST_ACT
from isonomy.chamber.claims import sealing_fields
from isonomy.chamber.ports import BoxStore, Papers
from isonomy.engine.decide import Submission, decide
from isonomy.engine.judgement import FORM
from isonomy.engine.refusal import Ground, Refused
from isonomy.engine.state import Poll, State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import to_base64
from isonomy.record.box import Ballot

ON_PAPER = "on_paper"
NAMED_MAX = 20
"""So many persons a refusal names."""


def sealing_with(poll: Poll, boxes: BoxStore, papers: Papers) -> dict[str, Any]:
    """The fields by which `poll.close` seals box and papers together."""
    marked = sorted({*(boxes.marked(poll.id) or ()), *papers.marked})
    return sealing_fields(poll, boxes.measure(poll.id, papers), marked) | {ON_PAPER: len(papers.ballots)}


def why_not_taken(state: State, poll: Poll, boxes: BoxStore, papers: Papers, closing: Submission) -> tuple[Ground, ...]:
    """Why papers cannot go into the box; nothing where they can."""
    double = sorted(set(boxes.marked(poll.id) or ()) & set(papers.marked))
    if double or len(set(papers.marked)) != len(papers.marked):
        facts = {"persons": double[:NAMED_MAX], "number": len(double)}
        cure = "take their papers out unopened, and their marks off the credentials list"
        return (Ground(FORM, "one member, one ballot: who was given a paper has a ballot in the box", facts, cure),)
    commitments = [ballot.commitment() for ballot in papers.ballots]
    if len(set(commitments)) != len(commitments) or any(ballot.nonce is None for ballot in papers.ballots):
        return (Ground(FORM, "each paper has a nonce of its own", {}, "draw 32 random bytes for each"),)
    for person, ballot in zip_longest(papers.marked, papers.ballots):
        verdict = decide(state, _as_cast(poll, str(person or papers.marked[0]), ballot, closing))
        if isinstance(verdict, Refused):
            return verdict.grounds
    return ()


def _as_cast(poll: Poll, person: str, ballot: Ballot | None, closing: Submission) -> Submission:
    """A paper as its voter would have cast it, on the last day at the latest."""
    paper = ballot if ballot is not None else Ballot(ranks=(), nonce=bytes(32))
    is_question = poll.counting == "yes-no" and len(poll.options) <= 1
    act: dict[str, Json] = {
        **{key: closing.act[key] for key in ("id", "log", "until")}, "act": CAST_ACT, "by": person, "poll": poll.id,
        "ballot": "abstain" if ballot is None and is_question else _written(paper),
        "nonce": to_base64(paper.nonce or bytes(32)),
    }  # fmt: skip
    local = closing.local
    if poll.closes_on and poll.closes_on < local[:10]:
        local = poll.closes_on + local[10:]
    return Submission(act, {"kind": "attested"}, closing.at, local)


def _written(ballot: Ballot) -> Json:
    """A ballot as the act `ballot.cast` writes it."""
    if ballot.answer is not None:
        return ballot.answer
    if ballot.scores is not None:
        return {"scores": list(ballot.scores)}
    if ballot.ranks is None or ballot.weight != 1 or ballot.receipt is not None:
        raise BadInput("a paper is one ballot", "box", "give each paper by itself")
    return [list(rank) for rank in ballot.ranks]
