"""Proportional approval voting: a committee is worth, for each voter, 1 + 1/2 + 1/3 ... for as many of its
members as the voter approves.

Lives here: `seq-pav`, which adds the best member one at a time, and `pav`, which finds the best committee of
all, inside a stated bound. Not here: `phragmen`, `equal-shares`.

Text: T. Thiele, "Om Flerfoldsvalg" (1895); M. Lackner, P. Skowron, "Multi-Winner Voting with Approval
Preferences" (2023), rules 1 and 3.

Readings: of equally good additions a lot decides (`seq-pav`). Of several best committees the one that is
first in an order drawn by lot (`pav`): the committee with the first option on which they differ. `pav`
refuses more than 200,000 committees instead of guessing.

Invariant: exact fractions.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb, lcm
from typing import ClassVar

from isonomy.counting.approval import approvals
from isonomy.counting.ballot import Profile
from isonomy.counting.limits import allowed, limits_of
from isonomy.counting.parameters import Parameters
from isonomy.counting.tally import SeatsFilled, TallyCounted, show_figure
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Names, Result, Step, listed, name_of
from isonomy.counting.values import value
from isonomy.counting.wording import in_words
from isonomy.kernel.bad_input import BadInput

COMMITTEES_MAX = 200_000


@value
class MemberAdded(Step):
    """The option whose addition is worth most, and what each would have added."""

    kind: ClassVar[str] = "member"
    seat: int
    option: int
    worth: tuple[tuple[int, Fraction], ...]

    def sentence(self, names: Names) -> str:
        gain = dict(self.worth)[self.option]
        return f"Seat {self.seat}: {name_of(names, self.option)} adds most, {in_words(gain)}"


@value
class BestCommittee(Step):
    """The best worth of all committees, and the committees that reach it."""

    kind: ClassVar[str] = "committee"
    worth: Fraction
    tried: int
    best: tuple[tuple[int, ...], ...]

    def sentence(self, names: Names) -> str:
        told = f"Of {self.tried} committees the best is worth {in_words(self.worth)}: {listed(names, self.best[0])}"
        return told if len(self.best) == 1 else f"{told}, and {len(self.best) - 1} more are equal"


def count_sequential(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by sequential proportional approval voting."""
    seats = parameters.seats or profile.seats or 1
    papers = list(approvals(profile))
    steps: list[Step] = [_approvals(profile, papers)]
    limits = limits_of(parameters.constraints, profile.standing, seats)
    left = list(profile.standing)
    winners: list[int] = []
    while len(winners) < min(seats, len(profile.standing)):
        left = allowed(limits, winners, left, steps)
        worth = {option: Fraction(0) for option in left}
        for marked, weight in papers:
            share = Fraction(weight, 1 + sum(option in winners for option in marked))
            for option in marked:
                if option in worth:
                    worth[option] += share
        most = max(worth.values())
        tied = [option for option in worth if worth[option] == most]
        place = f"seat {len(winners) + 1}"
        option = tied[0] if len(tied) == 1 else lots.draw("elected", place, tied, show_figure(most))
        steps.append(MemberAdded("the largest addition", len(winners) + 1, option, tuple(worth.items())))
        winners.append(option)
        left.remove(option)
    return _result("seq-pav", profile, parameters, lots, seats, winners, steps)


def count_best(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Finds the committee with the largest worth; raises `BadInput` beyond `COMMITTEES_MAX` committees."""
    seats = min(parameters.seats or profile.seats or 1, len(profile.standing))
    committees = comb(len(profile.standing), seats)
    if committees > COMMITTEES_MAX:
        raise BadInput(
            f"{len(profile.standing)} options for {seats} seats make {committees} committees",
            "pav",
            f"at most {COMMITTEES_MAX} are tried; count by seq-pav",
        )
    limits_of(parameters.constraints, profile.standing, seats)
    papers = list(approvals(profile))
    scale = lcm(*range(1, seats + 1))
    harmonic = [sum(scale // k for k in range(1, size + 1)) for size in range(seats + 1)]
    sets = [(frozenset(marked), weight) for marked, weight in papers]
    best: list[tuple[int, ...]] = []
    most = -1
    tried = 0
    for committee in combinations(profile.standing, seats):
        if parameters.constraints and not all(one.is_met(committee) for one in parameters.constraints):
            continue
        tried += 1
        worth = sum(weight * harmonic[sum(option in marked for option in committee)] for marked, weight in sets)
        if worth > most:
            most, best = worth, [committee]
        elif worth == most:
            best.append(committee)
    steps: list[Step] = [_approvals(profile, papers)]
    steps.append(BestCommittee("the best committee", Fraction(most, scale), tried, tuple(best)))
    return _result("pav", profile, parameters, lots, seats, list(_one_of(best, lots)), steps)


def _one_of(best: list[tuple[int, ...]], lots: Lots) -> tuple[int, ...]:
    if len(best) == 1:
        return best[0]
    everywhere = set.intersection(*map(set, best))
    concerned = sorted({option for committee in best for option in committee} - everywhere)
    order = lots.draw_several(
        "best committee", f"{len(best)} equal committees", concerned, "equal worth", len(concerned)
    )
    place = {option: number for number, option in enumerate(order)}
    return min(best, key=lambda committee: sorted(place[option] for option in committee if option in place))


def _approvals(profile: Profile, papers: list[tuple[tuple[int, ...], int]]) -> TallyCounted:
    figures = dict.fromkeys(profile.standing, 0)
    for marked, weight in papers:
        for option in marked:
            figures[option] += weight
    return TallyCounted("approvals", tuple(figures.items()), "approvals", sum(weight for _, weight in papers))


def _result(
    rule: str, profile: Profile, parameters: Parameters, lots: Lots, seats: int, winners: list[int], steps: list[Step]
) -> Result:
    counted = steps[0]
    assert isinstance(counted, TallyCounted)
    steps.append(SeatsFilled("the committee", tuple(winners), seats))
    return Result(
        rule=rule,
        options=profile.options,
        seats=seats,
        valid=counted.valid,
        winners=tuple(winners),
        steps=tuple(steps),
        ties=tuple(lots.met),
        elects=True,
        parameters={**parameters.to_json(), "seats": seats},
    )
