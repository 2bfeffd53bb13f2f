"""The state of a count by stages: totals, parcels, who stands, and every stage so far.

Lives here: what the rules with stages share: crediting parcels, recording stages, ties by other stages. Not
here: when to transfer, exclude or elect (the rules), who gets which paper (`transfer`).

Invariant: totals + exhausted + lost = valid vote, in units of 10^-places, whenever a stage is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import in_places
from isonomy.counting.stage_steps import LastSeatsFilled, QuotaSet, StageCounted
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Result, Step
from isonomy.counting.transfer import NOBODY, Bundle, Papers, papers_for

if TYPE_CHECKING:
    from isonomy.counting.constraint import Constraint
    from isonomy.counting.limits import Limits

Parcels = dict[int, Bundle]
"""What a candidate holds: bundles by the value of their papers, in units."""


class StageCount:
    """One running count. Candidates are option numbers; index 0 of every list is unused."""

    def __init__(
        self,
        profile: Profile,
        seats: int,
        lots: Lots,
        places: int,
        papers: Papers | None = None,
        guarded: Sequence[int] = (),
        constraints: Sequence[Constraint] = (),
    ) -> None:
        self.profile = profile
        self.seats = seats
        self.lots = lots
        self.places = places
        self.guarded = frozenset(guarded)
        self.limits: Limits | None = None
        if constraints:
            from isonomy.counting.limits import limits_of

            self.limits = limits_of(constraints, profile.standing, seats, guarded)
        self.unit = 10**places
        size = len(profile.options) + 1
        self.standing = [False] * size
        for option in profile.standing:
            self.standing[option] = True
        self.papers: Papers = papers or papers_for(profile.standing_ballots(), len(profile.options))
        self.totals = [0] * size
        self.parcels: list[Parcels] = [{} for _ in range(size)]
        self.exhausted = 0
        self.lost = 0
        self.elected: list[int] = []
        self.history: list[tuple[int, ...]] = []
        self.steps: list[Step] = []
        self.ties_backwards = False

    @property
    def valid(self) -> int:
        """The number of valid papers."""
        return self.papers.valid

    @property
    def continuing(self) -> list[int]:
        """Candidates neither elected nor excluded, in order of number."""
        return [option for option in self.profile.standing if self.standing[option]]

    @property
    def excludable(self) -> list[int]:
        """Continuing candidates who may be excluded: those not guarded, or all when only guarded ones are left."""
        guarded = self.guarded
        if self.limits is not None:
            guarded = guarded | self.limits.prospects(self.elected, self.continuing).guarded
        return [option for option in self.continuing if option not in guarded] or self.continuing

    @property
    def is_called_back(self) -> bool:
        """Whether a countback has found whom it looked for: only those who sit continue, more of them than seats are
        open, and none of them may be excluded."""
        return bool(self.guarded) and len(self.continuing) > self.vacancies and self.guarded.issuperset(self.continuing)

    @property
    def electable(self) -> list[int]:
        """Continuing candidates who may be elected: those not doomed by constraints."""
        if self.limits is None:
            return self.continuing
        doomed = self.limits.prospects(self.elected, self.continuing).doomed
        return [option for option in self.continuing if option not in doomed]

    @property
    def vacancies(self) -> int:
        """Seats not yet filled."""
        return self.seats - len(self.elected)

    def deal_first(self) -> None:
        """Every paper to its first preference, at a value of one."""
        for option, bundle in self.papers.deal(self.standing).items():
            self.credit(option, bundle, self.unit)

    def credit(self, option: int, bundle: Bundle, value: int) -> int:
        """Adds a bundle of papers worth `value` each to a candidate, or to the exhausted; returns what was
        credited."""
        worth = self.papers.papers(bundle) * value
        if option == NOBODY:
            self.exhausted += worth
            return worth
        self.totals[option] += worth
        held = self.parcels[option]
        held[value] = self.papers.join(held[value], bundle) if value in held else bundle
        return worth

    def take(self, option: int) -> Parcels:
        """All parcels of a candidate, taken out."""
        parcels, self.parcels[option] = self.parcels[option], {}
        return parcels

    def elect(self, options: Sequence[int]) -> tuple[int, ...]:
        """Deems candidates elected, in this order."""
        for option in options:
            self.standing[option] = False
            self.elected.append(option)
        return tuple(options)

    def reaching(self, quota: int) -> list[int]:
        """Continuing candidates with at least the quota, most votes first; with constraints those of them who can be
        elected together, taken in that order."""
        found = sorted((o for o in self.continuing if self.totals[o] >= quota), key=lambda o: (-self.totals[o], o))
        return found if self.limits is None or not found else self._in_turn(found)

    def _in_turn(self, reaching: Sequence[int]) -> list[int]:
        """Of candidates with enough votes those whom the constraints let in, one after the other; equal ones by the
        rule's way with ties where not all of them can be elected."""
        assert self.limits is not None
        chosen: list[int] = []
        open_to, left = self.continuing, list(reaching)
        while True:
            doomed = self.limits.prospects([*self.elected, *chosen], open_to).doomed
            left = [option for option in left if option not in doomed]
            if not left:
                return chosen
            tied = [option for option in left if self.totals[option] == self.totals[left[0]]]
            taken = tied
            if len(tied) > 1 and not self.limits.may_elect([*self.elected, *chosen], open_to, tied):
                taken = [self._first_elected(tied)]
            chosen.extend(taken)
            left = [option for option in left if option not in taken]
            open_to = [option for option in open_to if option not in taken]

    def _first_elected(self, tied: Sequence[int]) -> int:
        place = f"stage {len(self.history) + 1}, constraints"
        if self.ties_backwards:
            return self.by_stages(tied, highest=True, newest_first=True, question="elected", place=place)
        return self.lots.draw("elected", place, tied, in_places(self.totals[tied[0]], self.places))

    def may_elect(self, together: Sequence[int]) -> bool:
        """Whether constraints let all of these be elected."""
        return self.limits is None or self.limits.may_elect(self.elected, self.continuing, together)

    def may_exclude(self, together: Sequence[int]) -> bool:
        """Whether constraints let all of these be excluded."""
        return self.limits is None or self.limits.may_spare(self.elected, self.continuing, together)

    def doomed(self) -> tuple[int, ...]:
        """The candidates whom constraints doom now, to be excluded at once; the trace says why."""
        if self.limits is None:
            return ()
        found, steps = self.limits.doomed_steps(self.elected, self.continuing)
        self.steps.extend(steps)
        return found

    def note_guarded(self, going: Sequence[int]) -> None:
        """Tells whom constraints guard who has no more votes than those about to be excluded."""
        if self.limits is None:
            return
        most = max(self.totals[option] for option in going)
        guarded = self.limits.prospects(self.elected, self.continuing).guarded - self.guarded
        spared = [option for option in sorted(guarded) if option not in going and self.totals[option] <= most]
        self.steps.extend(self.limits.guarded_steps(self.elected, self.continuing, spared, going))

    def record(
        self,
        clause: str,
        action: str,
        subjects: Sequence[int] = (),
        *,
        elected: Sequence[int] = (),
        excluded: Sequence[int] = (),
        margin: int = 0,
        rival: int = 0,
        quota: int | None = None,
        doomed: bool = False,
    ) -> None:
        """Records a stage with the totals as they stand."""
        self.history.append(tuple(self.totals))
        self.steps.append(
            StageCounted(
                clause,
                len(self.history),
                action,
                tuple(subjects),
                tuple(self.totals[1:]),
                self.exhausted,
                self.lost,
                self.places,
                tuple(elected),
                tuple(excluded),
                margin,
                rival,
                quota,
                doomed,
            )
        )

    def note_quota(self, clause: str, quota: str) -> None:
        """Records the quota."""
        self.steps.append(QuotaSet(clause, self.valid, self.seats, quota))

    def fill_last(self, clause: str) -> None:
        """Elects all continuing candidates, most votes first."""
        left = self.elect(sorted(self.continuing, key=lambda o: (-self.totals[o], o)))
        if left:
            self.steps.append(LastSeatsFilled(clause, left))

    def next_above(self, option: int) -> tuple[int, int]:
        """The continuing candidate with the fewest votes besides this one, and the distance; (0, 0) when
        there is none."""
        others = [o for o in self.excludable if o != option]
        if not others:
            return 0, 0
        rival = min(others, key=lambda o: (self.totals[o], o))
        return rival, self.totals[rival] - self.totals[option]

    def by_stages(
        self,
        tied: Sequence[int],
        *,
        highest: bool,
        newest_first: bool,
        question: str,
        place: str,
        draw: bool = True,
    ) -> int:
        """The one candidate among equals whom other stages single out, else a lot; 0 where no lot is allowed.

        At each stage, from the newest before this one backwards or from the first forwards, those who are not
        highest (or lowest) drop out.
        """
        at = in_places(self.totals[tied[0]], self.places)
        left = list(tied)
        stages = self.history[::-1] if newest_first else self.history
        for totals in stages:
            best = max(totals[o] for o in left) if highest else min(totals[o] for o in left)
            left = [o for o in left if totals[o] == best]
            if len(left) == 1:
                return self.lots.earlier(question, place, tied, at, left[0])
        return self.lots.draw(question, place, left, at) if draw else 0

    def result(self, rule: str, quota: str, parameters: dict[str, object]) -> Result:
        """The result of the finished count."""
        return Result(
            rule=rule,
            options=self.profile.options,
            seats=self.seats,
            valid=self.valid,
            winners=tuple(self.elected),
            steps=tuple(self.steps),
            ties=tuple(self.lots.met),
            quota=quota,
            elects=True,
            parameters=parameters,
        )
