"""Limits: the constraints of one running count: who is guarded, who is doomed, and why.

Lives here: the refusal of constraints that cannot be met, the questions that a rule asks while it counts, and the
choice of the largest figures under constraints. Not here: the exact test (`feasibility`), when a rule asks.

A candidate is *doomed* when no choice for the seats left that meets every number contains them, *guarded* when
every such choice does. What is elected and excluded so far is never changed, so as long as a rule elects nobody who
is doomed and excludes nobody who is guarded, the count ends with the constraints met. Source: docs/spec/counting.md,
section 13.

Invariant: before the count some choice meets all constraints, else `Infeasible`; after it those elected meet them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from isonomy.counting.constraint import Constraint, Infeasible, in_one_order
from isonomy.counting.constraint_steps import (
    CandidatesDoomed,
    CandidatesGuarded,
    ConstraintsMet,
    ConstraintsSet,
    Reason,
)
from isonomy.counting.feasibility import STATES_MAX, Bounds, Feasibility, Prospects
from isonomy.counting.tally import Figure, show_figure
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Step
from isonomy.kernel.bad_input import BadInput

CLAUSE = "constraints"
WHERE = "constraints"


class Limits:
    """The constraints of one count. `sitting` are members who keep their seats in a countback."""

    def __init__(
        self, constraints: Sequence[Constraint], standing: Sequence[int], seats: int, sitting: Collection[int] = ()
    ) -> None:
        self.constraints = in_one_order(constraints)
        self.standing = tuple(standing)
        self.seats = min(seats, len(self.standing))
        self.sitting = frozenset(sitting)
        groups = [Bounds(frozenset(one.members), one.at_least, one.at_most) for one in self.constraints]
        self.test = Feasibility(groups, self.standing, self.seats)
        if self.test.states > STATES_MAX:
            raise BadInput(
                f"the groups overlap in too many ways to tell exactly who can be elected ({self.test.states} states)",
                WHERE,
                f"up to {STATES_MAX} are tried: take fewer groups of different categories, or smaller numbers",
            )
        self.binds = any(self._could_break(one) for one in self.constraints)
        self._last: tuple[object, Prospects] | None = None
        self._refuse_infeasible()

    def prospects(self, elected: Sequence[int], open_to: Sequence[int]) -> Prospects:
        """Who of the candidates still open is guarded, and who doomed."""
        key = (tuple(elected), tuple(open_to))
        if self._last is None or self._last[0] != key:
            found = self.test.prospects(*self._with_sitting(elected, open_to))
            assert found is not None, "a count never leaves the choices that meet its constraints"
            self._last = (key, found)
        return self._last[1]

    def may_elect(self, elected: Sequence[int], open_to: Sequence[int], together: Sequence[int]) -> bool:
        """Whether all of these can be elected together."""
        left = [option for option in open_to if option not in together]
        return self._can_fill([*elected, *together], left)

    def may_spare(self, elected: Sequence[int], open_to: Sequence[int], together: Sequence[int]) -> bool:
        """Whether all of these can be excluded together."""
        return self._can_fill(elected, [option for option in open_to if option not in together])

    def doomed_steps(self, elected: Sequence[int], open_to: Sequence[int]) -> tuple[tuple[int, ...], list[Step]]:
        """The doomed candidates, in order of number, and a step for each reason."""
        doomed = tuple(sorted(self.prospects(elected, open_to).doomed))
        if not doomed:
            return (), []
        by_reason: dict[Reason, list[int]] = {}
        for option in doomed:
            left = [other for other in open_to if other != option]
            by_reason.setdefault(self._reason([*elected, option], left, option), []).append(option)
        return doomed, [CandidatesDoomed(CLAUSE, tuple(who), reason) for reason, who in by_reason.items()]

    def guarded_steps(
        self, elected: Sequence[int], open_to: Sequence[int], spared: Sequence[int], excluded: Sequence[int]
    ) -> list[Step]:
        """A step for each reason for which these candidates are not excluded, and others are."""
        by_reason: dict[Reason, list[int]] = {}
        for option in spared:
            left = [other for other in open_to if other != option]
            by_reason.setdefault(self._reason(elected, left, option), []).append(option)
        gone = tuple(excluded)
        return [CandidatesGuarded(CLAUSE, tuple(who), reason, gone) for reason, who in by_reason.items()]

    def _can_fill(self, elected: Sequence[int], open_to: Sequence[int], only: Collection[int] | None = None) -> bool:
        return self.test.can_fill(*self._with_sitting(elected, open_to), only)

    def _with_sitting(self, elected: Sequence[int], open_to: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
        """Those who sit count as elected."""
        if not self.sitting:
            return elected, open_to
        taken = [*elected, *(option for option in sorted(self.sitting) if option not in elected)]
        return taken, [option for option in open_to if option not in self.sitting]

    def _reason(self, elected: Sequence[int], open_to: Sequence[int], option: int) -> Reason:
        """The fewest constraints found that alone cannot be met: one, else some of which none can be left out."""
        places = self._conflict(elected, open_to)
        found = tuple(self.constraints[place] for place in places)
        inside = len(found) == 1 and option in found[0].members
        return Reason(tuple(place + 1 for place in places), found, inside)

    def _conflict(self, elected: Sequence[int], open_to: Sequence[int]) -> list[int]:
        everything = list(range(len(self.constraints)))
        if not self._can_fill(elected, open_to, ()):
            return []
        for place in everything:
            if not self._can_fill(elected, open_to, (place,)):
                return [place]
        kept = everything
        for place in everything:
            fewer = [other for other in kept if other != place]
            if not self._can_fill(elected, open_to, fewer):
                kept = fewer
        return kept

    def _could_break(self, one: Constraint) -> bool:
        """Whether some choice of candidates for the seats would not meet a constraint, looked at alone."""
        bearing = sum(option in one.members for option in self.standing)
        fewest, most = max(0, self.seats - (len(self.standing) - bearing)), min(self.seats, bearing)
        return fewest < one.at_least or (one.at_most is not None and most > one.at_most)

    def _refuse_infeasible(self) -> None:
        if self._can_fill((), self.standing):
            return
        cure = "lower a number, or let more candidates stand"
        concerned = [self.constraints[place] for place in self._conflict((), self.standing)]
        if len(concerned) != 1:
            told = "; ".join(map(str, concerned))
            what = f"no choice of {self.seats} of the candidates who stand meets these together: {told}"
            raise Infeasible(what, WHERE, cure)
        one = concerned[0]
        bearing = sum(option in one.members for option in self.standing)
        if one.at_least > bearing:
            what = f"at least {one.at_least} of {one.group} are to be elected, and {bearing} stand"
        elif one.at_least > self.seats:
            what = f"at least {one.at_least} of {one.group} are to be elected, and {self.seats} seats are filled"
        else:
            others = len(self.standing) - bearing
            what = (
                f"at most {one.at_most} of {one.group} may be elected, and {others} others stand for {self.seats} seats"
            )
        raise Infeasible(what, WHERE, cure)


def limits_of(
    constraints: Sequence[Constraint], standing: Sequence[int], seats: int, sitting: Collection[int] = ()
) -> Limits | None:
    """The limits of a count; None when it has no constraints, or none that anybody could break.

    Raises `Infeasible` when they cannot be met.
    """
    found = Limits(constraints, standing, seats, sitting) if constraints else None
    return found if found is not None and found.binds else None


def with_constraints(
    constraints: Sequence[Constraint], steps: Sequence[Step], winners: Sequence[int], seats: int
) -> tuple[Step, ...]:
    """The steps of a finished count between the constraints and their being met."""
    ordered = in_one_order(constraints)
    elected = tuple(tuple(option for option in winners if option in one.members) for one in ordered)
    assert all(one.is_met(winners) for one in ordered), "a count with constraints ends with them met"
    return (ConstraintsSet(CLAUSE, seats, ordered), *steps, ConstraintsMet(CLAUSE, ordered, elected))


def allowed(limits: Limits | None, elected: Sequence[int], left: Sequence[int], steps: list[Step]) -> list[int]:
    """Of the options left those that are not doomed; why others are is added to the steps."""
    if limits is None:
        return list(left)
    doomed, told = limits.doomed_steps(elected, left)
    steps.extend(told)
    return [option for option in left if option not in doomed]


def largest_allowed(
    figures: Mapping[int, Figure], lots: Lots, limits: Limits, *, place: str
) -> tuple[tuple[int, ...], list[Step]]:
    """The options with the largest figures that the constraints let in, largest first, and who was doomed.

    Seats are filled from the largest figure down. Where equal options cannot all be elected, a lot decides: as many
    as are free are drawn where any of them would do, else it puts them into an order.
    """
    steps: list[Step] = []
    elected: list[int] = []
    left = sorted(figures, key=lambda option: (-figures[option], option))
    while len(elected) < limits.seats:
        left = allowed(limits, elected, left, steps)
        most = figures[left[0]]
        tied = [option for option in left if figures[option] == most]
        free = limits.seats - len(elected)
        if len(tied) <= free and limits.may_elect(elected, left, tied):
            elected.extend(tied)
        elif len(tied) > free and _any_would_do(limits, elected, tied, free):
            elected.extend(lots.draw_several("elected", place, tied, show_figure(most), free))
        else:
            order = lots.draw_several("order of equal options", place, tied, show_figure(most), len(tied))
            for option in order:
                if len(elected) < limits.seats and limits.may_elect(elected, left, [option]):
                    elected.append(option)
                    left.remove(option)
        left = [option for option in left if option not in elected]
    return tuple(elected), steps


def _any_would_do(limits: Limits, elected: Sequence[int], tied: Sequence[int], free: int) -> bool:
    """Whether the seats left can go to any so many of these: each group's fewest and most are looked at alone."""
    for one in limits.constraints:
        held = sum(option in one.members for option in elected)
        inside = sum(option in one.members for option in tied)
        fewest, most = held + max(0, free - (len(tied) - inside)), held + min(inside, free)
        if fewest < one.at_least or (one.at_most is not None and most > one.at_most):
            return False
    return True
