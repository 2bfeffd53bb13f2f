"""A world of counts: how many of the coalition and how many others, seen through the engine's own five questions.

Lives here: the `Facts` of counts, and what a coalition of so many votes does in a body under the engine's conditions: carry,
block, be a quorum, demand, win seats. Not here: who has how many votes (`model`, `control`).

Invariant: no threshold is compared here. Every answer on majorities, quorums and demands comes from `engine.conditions`, so
that the checker and the engine share one meaning (invariant 8 of the architecture).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache

from isonomy.engine.conditions import is_carried, is_demanded, is_quorate
from isonomy.engine.facts import Group, Moment, share_by_count
from isonomy.kernel.calendar import Duration
from isonomy.kernel.quantity import UNKNOWN, Answer, Count, Root, Share, Span
from isonomy.rulebook.model import Majority, Quorum

POLL = "put"
PRESENT, MEMBERS, SUPPORTERS = Group("present", POLL), Group("members", POLL), Group("supporters", POLL)
MORE_THAN_HALF = Majority(Share(Fraction(1, 2)))
START = date(2027, 1, 1)
"""The day from which durations are measured: a year of 365 days follows."""
PROPORTIONAL = ("scottish-stv-2007", "wigm", "meek-prf", "ers97", "pav", "seq-pav", "equal-shares")
"""Counting rules that give a minority of the votes its share of the seats."""


@dataclass(slots=True)
class CountedFacts:
    """Facts over counts: groups by number, moments by day. Nobody has a name, so nobody holds or consents by name."""

    groups: Mapping[Group, int] = field(default_factory=dict)
    days: Mapping[Moment, date] = field(default_factory=dict)

    def count(self, group: Group) -> Span:
        """How many there are in a group; UNKNOWN where nobody counted it."""
        return Span.exactly(self.groups[group]) if group in self.groups else UNKNOWN

    def share(self, part: Group, whole: Group, least: Share | Count | Root, *, more_than_half: bool) -> Answer:
        """Whether `part` is at least that much of `whole`."""
        return share_by_count(self, part, whole, least, more_than_half=more_than_half)

    def elapsed(self, period: Duration, since: Moment, until: Moment) -> Answer:
        """Whether the period has run between two moments."""
        if since not in self.days or until not in self.days:
            return Answer.UNTOLD
        return Answer.of(period.after(self.days[since]) <= self.days[until])

    def holds(self, who: str, seat: str) -> Answer:
        """Never told: a count has no names."""
        del who, seat
        return Answer.UNTOLD

    def consents(self, seat: str, to: str) -> Answer:
        """Never told: a count has no names."""
        del seat, to
        return Answer.UNTOLD


@lru_cache(maxsize=100_000)
def is_carried_by(votes: int, against: int, present: int, seats: int, majority: Majority | None) -> bool:
    """Whether so many votes for carry a question against so many, of those present, in a body of so many seats."""
    groups = {
        Group("for", POLL): votes, Group("against", POLL): against, Group("cast", POLL): votes + against,
        Group("present", POLL): present, Group("entitled", POLL): seats, Group("seats", POLL): seats,
    }  # fmt: skip
    return is_carried(CountedFacts(groups), majority or MORE_THAN_HALF, POLL).answer is Answer.YES


@lru_cache(maxsize=100_000)
def is_quorum(present: int, members: int, quorum: Quorum | None) -> bool:
    """Whether so many present are a quorum of so many; any number is where the clause asks for none."""
    if quorum is None:
        return present > 0
    return is_quorate(CountedFacts({PRESENT: present, MEMBERS: members}), quorum, PRESENT, MEMBERS).answer is Answer.YES


def carries(votes: int, size: int, majority: Majority | None, quorum: Quorum | None) -> bool:
    """Whether so many of a body of that size carry a question though all the others come and vote against it."""
    return votes > 0 and is_quorum(size, size, quorum) and is_carried_by(votes, size - votes, size, size, majority)


def blocks(votes: int, size: int, majority: Majority | None, quorum: Quorum | None) -> bool:
    """Whether so many keep the others from carrying a question: by voting against it, or by staying away."""
    others = size - votes
    return not (carries(others, size, majority, quorum) and is_quorum(others, size, quorum))


def demands(supporters: int, whole: int, quantity: Share | Count) -> bool:
    """Whether so many supporters of so many are enough to demand a meeting."""
    facts = CountedFacts({SUPPORTERS: supporters, MEMBERS: whole})
    return is_demanded(facts, quantity, SUPPORTERS, MEMBERS).answer is Answer.YES


def least_to_carry(size: int, majority: Majority | None, quorum: Quorum | None) -> int | None:
    """The smallest number that carries a question against all others of a body; None where even all do not."""
    low, high = 1, size
    if size < 1 or not carries(size, size, majority, quorum):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if carries(middle, size, majority, quorum) else (middle + 1, high)
    return low


def seats_won(votes: int, size: int, seats: int, counting: str) -> int:
    """How many of so many seats a coalition of so many votes is sure of, against all other votes given as well as can be.

    A proportional rule gives each full quota of Droop a seat; every other rule gives all seats to more than half.
    """
    if votes <= 0 or size <= 0:
        return 0
    if counting in PROPORTIONAL and seats > 1:
        return min(seats, (votes * (seats + 1) - 1) // size)
    return seats if is_carried_by(votes, size - votes, size, size, None) else 0


def days_of(duration: Duration | None) -> int:
    """How many days a duration takes, counted from the first of January; clear days are one more."""
    return (duration.after(START) - START).days if duration is not None else 0
