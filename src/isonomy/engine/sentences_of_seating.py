"""Sentences of seats held otherwise than by an election, and of what bounds their holding.

Lives here: what the effects of `proceedings.holding`, `coopting`, `confirming`, `substituting`, `credentials`, `apportioning` and
`sortition` say. Not here: the others (`sentences`), from where the speaker comes.

Invariant: as in `sentences`.
"""

from __future__ import annotations

from typing import Any

from isonomy.engine.sentences import ABOUT_SEATS, Speaker, quoted, says
from isonomy.engine.words import listed, number_of, say_day

ABOUT_SEATS |= {
    "co-option-to-": "a co-option to", "confirmation-of-": "the confirmation of", "refusal-of-": "the refusal of",
    "interim-in-": "an interim in", "substitutes-in-": "substitutes in", "refusal-in-": "the refusal of a delegate to",
    "credentials-of-": "the letting in of a delegate to",
}  # fmt: skip
ALL_DELEGATES = 12
"""Of more mandates than so many only their number is told."""


def _seat_of(to: Speaker, mandate: str) -> str:
    found = to.state.mandates.get(mandate)
    return to.seat(found.seat) if found is not None else mandate


def _holder_of(to: Speaker, mandate: str) -> str:
    found = to.state.mandates.get(mandate)
    return to.person(found.person) if found is not None else mandate


@says("seat.held")
def _held(to: Speaker, e: Any) -> list[str]:
    vote = "" if e.votes else ", without a vote"
    ends = ", until the seat is filled in its own way" if e.until_election else ""
    return [f"The mandate {e.mandate} is held {e.how}{vote}{ends}"]


@says("choice.owed")
def _choice(to: Speaker, e: Any) -> list[str]:
    falls = listed(f"the seat in {_seat_of(to, id)}" for id in e.falling) or "the earlier seat"
    return [f"{to.person(e.person)} chooses through {say_day(e.until)} (clause {e.clause}); else {falls} falls"]


@says("choice.made")
def _chosen(to: Speaker, e: Any) -> list[str]:
    return [f"{to.who} chose to keep {_seat_of(to, e.keeps)}"]


@says("confirmation.asked")
def _asked(to: Speaker, e: Any) -> list[str]:
    found = [f"{to.seat(e.by)} is asked to confirm {to.person(e.person)} for {to.seat(e.seat)} ({e.confirmation})"]
    if e.answer_by:
        found.append(f"The answer is due by {say_day(e.answer_by)}; with silence the {e.way} {e.silence}")
    return found


@says("confirmation.answered")
def _answered(to: Speaker, e: Any) -> list[str]:
    asked = to.state.seating.confirmations.get(e.confirmation)
    whom = f"{to.person(asked.person)} for {to.seat(asked.seat)}" if asked is not None else e.confirmation
    reasons = f": {quoted(e.reasons)}" if e.reasons else ""
    return [f"{whom} was {e.answer}{reasons}"]


@says("substitute.named")
def _named(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} is a substitute of {_holder_of(to, e.mandate)} in {_seat_of(to, e.mandate)}"]


@says("substitute.withdrawn")
def _withdrawn(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} is no substitute of {_holder_of(to, e.mandate)} any more"]


@says("substitute.stepped.in")
def _stepped(to: Speaker, e: Any) -> list[str]:
    at = to.meeting(e.meeting) if e.meeting else f"the meeting on {say_day(e.on)}"
    return [
        f"{to.who} attested that {to.person(e.person)} sits for {_holder_of(to, e.mandate)} in {to.seat(e.seat)}, at {at}"
    ]


@says("delegates.accepted")
def _accepted(to: Speaker, e: Any) -> list[str]:
    if len(e.mandates) > ALL_DELEGATES:
        return [f"{to.who} found the mandates of {number_of(len(e.mandates), 'delegate')} in order"]
    who = listed(_holder_of(to, id) for id in e.mandates)
    return [f"{to.who} found in order the {'mandate' if len(e.mandates) == 1 else 'mandates'} of {who}"]


@says("delegate.refused")
def _refused(to: Speaker, e: Any) -> list[str]:
    found = [
        f"The mandate of {_holder_of(to, e.mandate)} to {_seat_of(to, e.mandate)} was refused, because: "
        f"{e.ground.replace('-', ' ')} ({quoted(e.text)})"
    ]
    if e.voting_after != e.voting_before:
        found.append(f"{e.voting_after} delegates vote instead of {e.voting_before}")
    if e.quorum_after != e.quorum_before:
        found.append(f"With that the quorum falls from {e.quorum_before} to {e.quorum_after}")
    before, after = e.voting_before // 2 + 1, e.voting_after // 2 + 1
    if before != after:
        found.append(f"More than half of all votes falls from {before} to {after}")
    if e.appeal_until:
        found.append(f"An appeal is possible through {say_day(e.appeal_until)}")
    return found


@says("refusal.appealed")
def _appealed(to: Speaker, e: Any) -> list[str]:
    return [f"{_holder_of(to, e.mandate)} appealed against the refusal of the mandate {e.mandate}"]


@says("refusal.decided")
def _decided(to: Speaker, e: Any) -> list[str]:
    what = "overturned, and the delegate is let in" if e.finding == "overturned" else "upheld"
    return [f"The refusal of {_holder_of(to, e.mandate)} was {what}, by {to.seat(e.by)}"]


@says("delegates.apportioned")
def _apportioned(to: Speaker, e: Any) -> list[str]:
    shares = listed(f"{unit} {number} (of {e.members[unit]} members)" for unit, number in e.given.items())
    found = [
        f"The {e.seats} seats of {to.seat(e.body)} are shared out as of {say_day(e.as_of)} by {e.method}: {shares}"
    ]
    return [*found, "A tie at the last seats went to the lot"] if e.tied else found


@says("lot.announced")
def _announced(to: Speaker, e: Any) -> list[str]:
    return [
        f"{to.who} announced a lot for {number_of(e.seats, 'seat')} in {to.seat(e.seat)} among {e.pool_count} persons, "
        f"to be drawn from {say_day(e.draw_from)} ({e.lot})"
    ]


@says("lot.joined")
def _joined(to: Speaker, e: Any) -> list[str]:
    return [f"{to.person(e.person)} added to the lot {e.lot}"]


@says("lot.drawn")
def _drawn(to: Speaker, e: Any) -> list[str]:
    found = [f"The lot {e.lot} fell on {to.people(e.drawn) or 'nobody'}"]
    return [*found, f"Passed over, since they could not hold the seat: {to.people(e.passed)}"] if e.passed else found
