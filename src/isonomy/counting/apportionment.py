"""Apportionment: whole seats in proportion to votes or members.

Lives here: `dhondt`, `sainte-lague`, `largest-remainder-hare`, for lists in an election and for delegates of
branches (`apportion`). Not here: who is on a list.

Texts: V. d'Hondt (1878): seats go one by one to the largest quotient votes / 1, 2, 3 ...; A. Sainte-Laguë
(1910): votes / 1, 3, 5 ...; T. Hare's quota with largest remainders (Hamilton): each gets the whole part of
votes x seats / all votes, the seats left go to the largest remainders.

Readings: of equal quotients or remainders at the last seats a lot decides. `least` gives every claimant that
many seats before the rest is shared out by the method: with divisors the seats already held count, with
remainders a claimant whose part is smaller is set aside with its least and the others share the rest.

Invariant: integers; exactly `seats` seats are given unless nobody has a vote.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters, read_exact
from isonomy.counting.tally import TallyCounted, largest
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Names, Result, Step, name_of
from isonomy.counting.values import value
from isonomy.kernel.bad_input import BadInput

METHODS = ("dhondt", "sainte-lague", "largest-remainder-hare")


@value
class SeatsApportioned(Step):
    """The seats of each claimant, as (option number, seats)."""

    kind: ClassVar[str] = "apportioned"
    seats: tuple[tuple[int, int], ...]

    def sentence(self, names: Names) -> str:
        return f"Seats: {', '.join(f'{name_of(names, option)} {held}' for option, held in self.seats)}"

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        facts["apportioned"] = {name_of(names, option): held for option, held in self.seats}


def apportion(
    votes: Mapping[int, int], seats: int, method: str, lots: Lots | None = None, least: int = 0
) -> dict[int, int]:
    """Seats by claimant (numbers to votes or members). Raises `BadInput` for an unknown method or a least
    that cannot be given."""
    lots = lots or Lots()
    if method not in METHODS:
        raise BadInput(f"'{method}' is no apportionment", "method", f"choose {', '.join(METHODS)}")
    if least * len(votes) > seats:
        raise BadInput(f"{len(votes)} claimants with {least} each need more than {seats} seats", "least", "lower it")
    if method == "largest-remainder-hare":
        return _remainders(votes, seats, lots, least)
    return _divisors(votes, seats, lots, least, 1 if method == "dhondt" else 2)


def _divisors(votes: Mapping[int, int], seats: int, lots: Lots, least: int, step: int) -> dict[int, int]:
    held = dict.fromkeys(votes, least)
    while sum(held.values()) < seats:
        quotients = {n: Fraction(v, 1 + step * held[n]) for n, v in votes.items() if v}
        if not quotients:
            break
        most = max(quotients.values())
        tied = [n for n, quotient in quotients.items() if quotient == most]
        free = seats - sum(held.values())
        if len(tied) > free:
            tied = list(lots.draw_several("elected", "the last seats", tied, str(most), free))
        for n in tied:
            held[n] += 1
    return held


def _remainders(votes: Mapping[int, int], seats: int, lots: Lots, least: int) -> dict[int, int]:
    held = dict.fromkeys(votes, 0)
    sharing = dict(votes)
    while True:
        total = sum(sharing.values())
        if not total:
            return {**held, **dict.fromkeys(sharing, least)}
        small = [n for n, v in sharing.items() if v * seats < least * total]
        if not small:
            break
        for n in small:
            held[n] = least
            seats -= least
            del sharing[n]
    for n, v in sharing.items():
        held[n] = v * seats // total
    free = seats - sum(held[n] for n in sharing)
    remainders = {n: v * seats % total for n, v in sharing.items()}
    for n in largest(remainders, free, lots, place="the last seats") if free else ():
        held[n] += 1
    return held


def count_dhondt(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Shares the seats by d'Hondt on first preferences."""
    return _count(profile, parameters, lots, "dhondt")


def count_sainte_lague(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Shares the seats by Sainte-Laguë on first preferences."""
    return _count(profile, parameters, lots, "sainte-lague")


def count_largest_remainder(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Shares the seats by Hare quota and largest remainders on first preferences."""
    return _count(profile, parameters, lots, "largest-remainder-hare")


def _count(profile: Profile, parameters: Parameters, lots: Lots, rule: str) -> Result:
    seats = parameters.seats or profile.seats or 1
    votes = dict.fromkeys(profile.standing, 0)
    for ranks, weight in profile.standing_ballots():
        if ranks and len(ranks[0]) == 1:
            votes[ranks[0][0]] += weight
    least = int(read_exact(parameters.choices.get("least", "0"), "least"))
    held = apportion(votes, seats, rule, lots, least)
    valid = sum(votes.values())
    return Result(
        rule=rule,
        options=profile.options,
        seats=seats,
        valid=valid,
        winners=tuple(sorted((n for n in held if held[n]), key=lambda n: (-held[n], n))),
        steps=(
            TallyCounted("first preferences", tuple(votes.items()), "first preferences", valid),
            SeatsApportioned("the method", tuple(held.items())),
        ),
        ties=tuple(lots.met),
        elects=True,
        parameters={**parameters.to_json(), "seats": seats},
    )
