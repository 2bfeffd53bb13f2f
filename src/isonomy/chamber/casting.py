"""Casting: the ballot of an act `ballot.cast` as it lies in the box.

Lives here: from the paper in the act to the ballot that is committed to and published. Not here: whether the
paper is filled in rightly (`engine.proceedings.polls`), keeping it (adapters).

Invariant: the same choices with the same nonce are the same ballot, however they were written down; of the
act nothing else enters the box.
"""

from __future__ import annotations

from dataclasses import replace

from isonomy.engine.state import Poll, State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import from_base64
from isonomy.record.box import ABSTAIN, AGAINST, FOR, NONCE_SIZE, Ballot

CAST_ACT, CLOSE_ACT, DECLARE_ACT, REPORT_ACT = "ballot.cast", "poll.close", "poll.declare", "report"
FILL_ACT = "vacancy.fill"
SECRET = "secret"


def paper_of(paper: Json, nonce: Json = None, where: str = "ballot") -> Ballot:
    """The ballot of a paper: an answer, scores, or ranks whose equal options are put in order; raises `BadInput`."""
    drawn = None
    if nonce is not None:
        if not isinstance(nonce, str):
            raise BadInput("a nonce is base64", f"{where}: nonce")
        drawn = from_base64(nonce, f"{where}: nonce", NONCE_SIZE)
    if paper in (FOR, AGAINST, ABSTAIN):
        return Ballot(answer=str(paper), nonce=drawn)
    if isinstance(paper, dict) and paper.keys() == {"scores"}:
        ballot = Ballot.from_json({"scores": paper["scores"]}, where)
        return replace(ballot, nonce=drawn)
    if not isinstance(paper, list) or not all(
        isinstance(rank, list) and rank and all(type(number) is int for number in rank) for rank in paper
    ):
        raise BadInput("a paper is an answer, scores, or a list of lists of option numbers", where, "write [[2],[1,3]]")
    ballot = Ballot(ranks=tuple(tuple(sorted(rank)) for rank in paper), nonce=drawn)
    ballot.to_bytes()
    return ballot


def secret_poll(state: State, act: dict[str, Json]) -> Poll | None:
    """The secret poll into whose box an act casts, None for every other act."""
    if act.get("act") != CAST_ACT or not isinstance(act.get("poll"), str):
        return None
    poll = state.polls.get(act["poll"])
    return poll if poll is not None and poll.secrecy == SECRET else None


def touches_boxes(act: Json) -> bool:
    """Whether an act closes or declares a poll, itself or as a report: what was cast before has to be in the box."""
    if not isinstance(act, dict):
        return False
    told = act.get("what") if act.get("act") == REPORT_ACT else act
    return isinstance(told, dict) and told.get("act") in (CLOSE_ACT, DECLARE_ACT, FILL_ACT)
