"""Conditions: the questions a clause asks, written once against the small interface of `facts`.

Lives here: is it quorate, is it noticed, is it carried, is it demanded, may this person act. Not here: who asks them of
which act (`proceedings`) and how the world answers (`facts`, the checker's counts).

Invariant: a condition uses nothing of the world but count, share, elapsed, holds and consents. Each gives a `Tested`: the
answer, the facts it found and the shortfall in words, so that every verdict can show its working.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from isonomy.engine.facts import Facts, Group, Moment
from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import Answer, Count, Ratio, Root, Share
from isonomy.rulebook.model import Majority, Quorum


@dataclass(frozen=True, slots=True)
class Tested:
    """What a condition found: the answer and the facts it rests on."""

    answer: Answer
    facts: dict[str, Any] = field(default_factory=dict)


def is_quorate(facts: Facts, quorum: Quorum, present: Group, whole: Group) -> Tested:
    """Whether enough take part: quorum is at least, so half of ten is five."""
    answer = facts.share(present, whole, quorum.quantity, more_than_half=False)
    found: dict[str, Any] = {
        present.kind: str(facts.count(present)),
        whole.kind: str(facts.count(whole)),
        "quorum": str(quorum),
    }
    known = facts.count(whole).known
    if known is not None and not isinstance(quorum.quantity, Count):
        found["needed"] = _least(quorum.quantity, known)
    return Tested(answer, found)


def _least(quantity: Share | Count | Root, whole: int) -> int:
    return quantity.least(whole, more_than_half=False) if isinstance(quantity, Share) else quantity.least(whole)


def is_carried(facts: Facts, majority: Majority, poll: str) -> Tested:
    """Whether a question is carried: for against cast, present, entitled or seats, or for against against."""
    yes, no = Group("for", poll), Group("against", poll)
    found: dict[str, Any] = {"for": str(facts.count(yes)), "against": str(facts.count(no)), "majority": str(majority)}
    if isinstance(majority.threshold, Ratio):
        return Tested(majority.threshold.is_reached(facts.count(yes), facts.count(no)), found)
    whole = Group(majority.of, poll)
    if majority.of != "cast":
        found[majority.of] = str(facts.count(whole))
    answer = facts.share(yes, whole, majority.threshold, more_than_half=True)
    # No vote for is no decision for, whatever the share: nothing cast carries nothing.
    return Tested(answer & facts.share(yes, whole, Count(1), more_than_half=True), found)


def is_noticed(facts: Facts, notice: Duration, since: Moment, start: Moment) -> Tested:
    """Whether the whole notice lies between its service and the meeting."""
    return Tested(facts.elapsed(notice, since, start), {"asked": str(notice)})


def is_shortened(facts: Facts, consent: Share | Count, consenting: Group, whole: Group) -> Tested:
    """Whether enough of those entitled consent to short notice: at least the clause's share or number."""
    answer = facts.share(consenting, whole, consent, more_than_half=False)
    found: dict[str, Any] = {
        "consent to short notice": str(facts.count(consenting)),
        "of": str(facts.count(whole)),
        "asked": str(consent),
    }
    return Tested(answer, found)


def has_elapsed(facts: Facts, period: Duration, since: Moment, until: Moment) -> Tested:
    """Whether a period has run in full."""
    return Tested(facts.elapsed(period, since, until), {"asked": str(period)})


def is_demanded(facts: Facts, quantity: Share | Count, supporters: Group, whole: Group) -> Tested:
    """Whether enough demand a meeting: at least the clause's share or number."""
    answer = facts.share(supporters, whole, quantity, more_than_half=False)
    found: dict[str, Any] = {
        "support it": str(facts.count(supporters)),
        "of": str(facts.count(whole)),
        "asked": str(quantity),
    }
    known = facts.count(whole).known
    if known is not None:
        found["needed"] = _least(quantity, known)
    return Tested(answer, found)


def holds_one_of(facts: Facts, who: str, seats: tuple[str, ...]) -> Tested:
    """Whether a person holds one of the seats that the clause names."""
    answer = Answer.NO
    for seat in seats:
        answer = answer | facts.holds(who, seat)
    return Tested(answer, {"person": who, "asked": " or ".join(seats)})


def has_consented(facts: Facts, seat: str, to: str) -> Tested:
    """Whether a body or office has decided in favour of a thing."""
    return Tested(facts.consents(seat, to), {"consent of": seat, "to": to})
