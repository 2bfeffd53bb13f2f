"""Steps of counts by stages: the quota, each stage with its totals, the seats filled at the end.

Lives here: the step types, their sentences and the stage table of the result. Not here: when a stage is taken
(the rules).

Invariant: figures are whole units of 10^-places; totals, exhausted and lost to rounding add up to the valid
vote at every stage.
"""

from __future__ import annotations

from typing import Any, ClassVar

from isonomy.counting.parameters import in_places
from isonomy.counting.trace import Names, Step, listed, name_of
from isonomy.counting.values import value


@value
class QuotaSet(Step):
    """The votes that are enough for a seat."""

    kind: ClassVar[str] = "quota"
    valid: int
    seats: int
    quota: str

    def sentence(self, names: Names) -> str:
        seats = "1 seat" if self.seats == 1 else f"{self.seats} seats"
        return f"{self.valid} valid ballots for {seats}: the quota is {self.quota}"


@value
class StageCounted(Step):
    """One stage: what was done, the totals after it, who is elected or excluded by it.

    `action` is `first preferences`, `surplus`, `exclusion` or `iteration`; `subjects` whose votes move;
    `totals` by option number from 1; `margin` how far the subject is from the next candidate (an exclusion)
    or above the quota (a surplus); `rival` that candidate. `doomed` says that constraints exclude the subjects.
    """

    kind: ClassVar[str] = "stage"
    number: int
    action: str
    subjects: tuple[int, ...]
    totals: tuple[int, ...]
    exhausted: int
    lost: int
    places: int
    elected: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    margin: int = 0
    rival: int = 0
    quota: int | None = None
    doomed: bool = False

    def heading(self, names: Names) -> str:
        """The action in a few words."""
        if not self.subjects:
            return self.action.capitalize()
        if self.action == "surplus":
            return f"Surplus of {listed(names, self.subjects)}"
        return f"{self.action.capitalize()} of {listed(names, self.subjects)}"

    def sentence(self, names: Names) -> str:
        who = listed(names, self.subjects)
        if self.action == "surplus":
            told = f"{who} is {self._votes(self.margin)} above the quota; the surplus is transferred"
        elif self.doomed:
            told = f"{who}, doomed by the constraints, {'is' if len(self.subjects) == 1 else 'are'} excluded"
        elif self.action == "exclusion" and len(self.subjects) > 1:
            told = f"{who} cannot reach the next candidate together and are excluded"
        elif self.action == "exclusion" and self.rival and self.margin:
            told = f"{who} is {self._votes(self.margin)} behind {name_of(names, self.rival)} and is excluded"
        elif self.action == "exclusion" and self.rival:
            told = f"{who} is excluded after a tie with {name_of(names, self.rival)}"
        elif self.action == "exclusion":
            told = f"{who} has the fewest votes and is excluded"
        elif self.action == "iteration":
            told = f"Votes are distributed again; the quota is {self._show(self.quota or 0)}"
        else:
            told = "First preferences are counted"
        elected = ""
        if self.elected:
            elected = f"; {listed(names, self.elected)} {'is' if len(self.elected) == 1 else 'are'} elected"
        return f"Stage {self.number}: {told}{elected}"

    def _show(self, units: int) -> str:
        return in_places(units, self.places)

    def _votes(self, units: int) -> str:
        unit = 10**self.places
        shown = _without_zeros(self._show(units))
        if units < unit:
            return f"{shown} of a vote"
        return f"{shown} {'vote' if units == unit else 'votes'}"

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "step": self.kind,
            "clause": self.clause,
            "number": self.number,
            "action": self.action,
            "subjects": list(self.subjects),
            "totals": [self._show(total) for total in self.totals],
            "exhausted": self._show(self.exhausted),
            "lost": self._show(self.lost),
            "elected": list(self.elected),
            "excluded": list(self.excluded),
        }
        if self.quota is not None:
            found["quota"] = self._show(self.quota)
        if self.doomed:
            found["doomed"] = True
        return found

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        stage: dict[str, Any] = {
            "number": self.number,
            "action": self.heading(names),
            "totals": dict(zip(unique_names(names), map(self._show, self.totals), strict=True)),
            "exhausted": self._show(self.exhausted),
            "lost_to_rounding": self._show(self.lost),
            "elected": [name_of(names, option) for option in self.elected],
            "excluded": [name_of(names, option) for option in self.excluded],
            "says": f"{self.sentence(names)} ({self.clause})",
        }
        if self.quota is not None:
            stage["quota"] = self._show(self.quota)
        if self.doomed:
            stage["doomed"] = True
        facts.setdefault("stages", []).append(stage)


@value
class LastSeatsFilled(Step):
    """The candidates left take the seats left."""

    kind: ClassVar[str] = "last-seats"
    elected: tuple[int, ...]

    def sentence(self, names: Names) -> str:
        who = listed(names, self.elected)
        if len(self.elected) == 1:
            return f"{who} is the only candidate left for the last seat and is elected"
        return f"{who} are the only candidates left for the last {len(self.elected)} seats and are elected"


def _without_zeros(shown: str) -> str:
    """A figure for a sentence: the zeros that end its decimals say nothing there; the table keeps them."""
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def unique_names(names: Names) -> list[str]:
    """Names as keys: a name that several candidates bear is followed by the number of the candidate."""
    if len(set(names)) == len(names):
        return list(names)
    return [name if names.count(name) == 1 else f"{name} ({n})" for n, name in enumerate(names, start=1)]


@value
class LastExcluded(Step):
    """The exclusion that completes the count: no paper moves any more."""

    kind: ClassVar[str] = "last-exclusion"
    option: int
    rival: int
    margin: int
    places: int

    def sentence(self, names: Names) -> str:
        behind = _without_zeros(in_places(self.margin, self.places))
        told = f"{name_of(names, self.option)} is {behind} behind {name_of(names, self.rival)} and is excluded"
        return f"{told}; the count is complete"
