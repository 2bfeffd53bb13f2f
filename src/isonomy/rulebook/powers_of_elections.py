"""What an election gives to whom, and by what it binds: nominating, returning, scrutiny, appeal, seats, times.

Lives here: the holdings that follow from the keys of an `election` block alone. Not here: the others (`powers`).

Invariant: as in `powers`: each holding stands under its holder once, with the key it follows from; only what is written
in the block is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from isonomy.kernel.calendar import Duration
from isonomy.rulebook.election_rule import ElectionRule


@dataclass(frozen=True, slots=True)
class Given:
    """That a seat may do something, as `key` says."""

    holder: str
    power: str
    does: str
    key: str


@dataclass(frozen=True, slots=True)
class Bound:
    """By what an election is bound, as `key` says: in words, and as a duration or number where it has one."""

    key: str
    label: str
    says: str
    length: Duration | None = None
    number: Fraction | None = None


def given_by(rule: ElectionRule) -> Iterator[Given]:
    """What the keys of an election let seats do; `does` is completed by the title of the seat that is filled."""
    for seat in rule.nominated_by:
        yield Given(seat, "nominates", "nominates for", "nominated by")
    if rule.returning_officer:
        yield Given(rule.returning_officer, "returns", "is returning officer of", "returning officer")
    for seat in rule.scrutineers:
        yield Given(seat, "scrutinises", "counts the box apart in", "scrutineers")
    if rule.appeal is not None:
        yield Given(rule.appeal.to, "hears appeals", "hears appeals on", "appeal")


def bounds_of(rule: ElectionRule) -> Iterator[Bound]:
    """By what the keys of an election bind it."""
    if rule.nominations is not None:
        yield Bound("nominations", "time of nominations", str(rule.nominations), rule.nominations.length)
    if rule.appeal is not None:
        yield Bound("appeal", "time to appeal", str(rule.appeal.within), rule.appeal.within)
    if rule.seats is not None:
        yield Bound("seats", "seats filled at once", str(rule.seats), number=Fraction(rule.seats))
    yield Bound("electorate as of", "date of the roll", str(rule.roll_date))
    yield Bound("order on the paper", "order on the paper", rule.order)
    yield Bound("uncontested", "what follows when uncontested", rule.uncontested)
    yield Bound("reopen nominations", "option to re-open nominations", "yes" if rule.reopens else "no")
    yield Bound("vacancy", "how a vacancy is filled", rule.vacancy)
    yield Bound("constraint", "constraints", "; ".join(str(one) for one in rule.constraints))
    yield Bound("top score", "highest score", str(rule.top_score), number=Fraction(rule.top_score))
