"""The Method of Equal Shares, for budgets and committees: every voter holds the same share and pays only for
what the voter supports.

Lives here: `equal-shares` with its parameters. Not here: reading Pabulib files (`formats.pabulib`).

Text: D. Peters, G. Pierczynski, P. Skowron, "Proportional Participatory Budgeting with Additive Utilities"
(2021); as towns use it, with a budget raised step by step (`equalshares/add1` of Pabulib).

1. Every voter holds budget / voters. A project is affordable at rate r when its supporters, each paying the
  smaller of what the voter still holds and r x the voter's utility, pay its cost.
2. The project affordable at the smallest rate is chosen and paid; again, until none is affordable.
3. `increment` I above 0: the whole is repeated with I more for every voter, until the projects chosen would
  cost more than the true budget, or all projects with support are chosen; the last outcome
   within the budget stands.
4. `completion` greedy: the projects left are then taken by votes, most first, as far as the budget reaches.
5. `comparison` greedy: the outcome is compared with that of taking projects by votes alone; it yields when
  more voters get more utility from the latter.

Parameters: `utility` cost (a project's cost, the default), count (1), or score (the points given);
`increment` (1 for budgets, 0 for committees); `completion` none or greedy; `comparison` none or greedy.
Without costs it elects a committee: every option costs 1 and the budget is the number of seats.

Readings: of projects at the same rate the one with more supporters, then the cheaper one, then the first in
an order drawn by lot once for the whole count.

Invariant: exact fractions; nobody pays more than the voter holds; the cost of what is chosen never exceeds
the budget.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any, ClassVar

from isonomy.counting.ballot import Profile
from isonomy.counting.parameters import Parameters, read_exact
from isonomy.counting.tally import TallyCounted
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Names, Result, Step, listed, name_of
from isonomy.counting.values import value
from isonomy.counting.wording import in_words
from isonomy.kernel.bad_input import BadInput

RAISES_MAX = 100_000
_WORDS = {"utility": ("cost", "count", "score"), "completion": ("none", "greedy"), "comparison": ("none", "greedy")}


@value
class ProjectBought(Step):
    """A project, its cost, and the rate its supporters pay for a unit of `utility` (cost, count or score)."""

    kind: ClassVar[str] = "bought"
    option: int
    cost: int
    rate: Fraction
    voters: int
    utility: str

    def sentence(self, names: Names) -> str:
        each = self.rate * self.cost if self.utility == "cost" else self.rate
        who = "one supporter pays" if self.voters == 1 else f"{self.voters} supporters pay"
        per = " for each point" if self.utility == "score" else "" if self.voters == 1 else " each"
        spent = "" if self.voters == 1 else ", or all that is left of a share"
        return f"{name_of(names, self.option)} costs {self.cost}; its {who} {in_words(each)}{per}{spent}"


@value
class BudgetRaised(Step):
    """How far every voter's share was raised for the outcome that stands."""

    kind: ClassVar[str] = "raised"
    share: Fraction
    raises: int
    increment: int

    def sentence(self, names: Names) -> str:
        if not self.raises:
            return f"Every voter holds {in_words(self.share)}"
        return f"Every voter holds {in_words(self.share)}, raised {self.raises} times by {self.increment}"


@value
class BudgetSpent(Step):
    """What is chosen beside equal shares, and the sum of all costs."""

    kind: ClassVar[str] = "spent"
    completed: tuple[int, ...]
    replaced: bool
    cost: int
    budget: int

    def sentence(self, names: Names) -> str:
        added = f"{listed(names, self.completed)} by votes; " if self.completed else ""
        replaced = "more voters prefer the outcome by votes alone, which stands; " if self.replaced else ""
        return f"{added}{replaced}{self.cost} of {self.budget} are spent"

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        facts["budget"] = self.budget
        facts["cost"] = self.cost


@value
class _Voters:
    """Voters with equal papers: utility by project, and how many they are."""

    utility: dict[int, int]
    weight: int


class _Budget:
    def __init__(self, profile: Profile, parameters: Parameters, lots: Lots) -> None:
        choices = {name: parameters.choices.get(name, words[0]) for name, words in _WORDS.items()}
        for name, words in _WORDS.items():
            if choices[name] not in words:
                raise BadInput(f"'{choices[name]}' is not a choice", name, f"choose {' or '.join(words)}")
        self.choices, self.lots = choices, lots
        committee = profile.budget is None
        if committee and any(option.cost for option in profile.options):
            raise BadInput("the costs stand without a budget", "budget", "give the budget in the file")
        self.seats = parameters.seats or profile.seats or 1
        self.budget: int = self.seats if profile.budget is None else profile.budget
        self.cost = {o.number: 1 if committee else o.cost for o in profile.options if not o.withdrawn}
        self.increment = int(read_exact(parameters.choices.get("increment", "0" if committee else "1"), "increment"))
        self.voters = [found for ballot in _papers(profile) if (found := self._worth(*ballot)).utility]
        self.valid = sum(weight for _, weight in _papers(profile))
        self.supporters = {n: [i for i, v in enumerate(self.voters) if n in v.utility] for n in self.cost}
        self.weights = {n: [self.voters[i].weight for i in found] for n, found in self.supporters.items()}
        self.utilities = {n: [self.voters[i].utility[n] for i in found] for n, found in self.supporters.items()}
        self.same_utility = {n: len(set(found)) == 1 for n, found in self.utilities.items()}
        self.support = {n: sum(found) for n, found in self.weights.items()}
        self._order: dict[int, int] | None = None

    def _worth(self, scores: dict[int, int], weight: int) -> _Voters:
        kind = self.choices["utility"]
        worth = {
            n: {"cost": self.cost[n], "count": 1, "score": score}[kind] for n, score in scores.items() if n in self.cost
        }
        return _Voters({n: u for n, u in worth.items() if u > 0}, weight)

    def place(self, option: int) -> int:
        """The option's place in the order drawn for equal projects, drawn when it is first needed."""
        if self._order is None:
            options = sorted(self.cost)
            drawn = self.lots.draw_several(
                "order of equal projects", "the whole count", options, "equal rate", len(options)
            )
            self._order = {option: number for number, option in enumerate(drawn)}
        return self._order[option]

    def preferred(self, tied: list[int]) -> int:
        """Of equal projects: more supporters, then the cheaper, then the lot."""
        most = max(self.support[n] for n in tied)
        tied = [n for n in tied if self.support[n] == most]
        least = min(self.cost[n] for n in tied)
        tied = [n for n in tied if self.cost[n] == least]
        return tied[0] if len(tied) == 1 else min(tied, key=self.place)

    def share_out(self, share: Fraction) -> list[tuple[int, Fraction]]:
        """The projects chosen with this share a voter, each with its rate, in order."""
        # Money is held in whole units of 1/unit, so that sums and comparisons are of integers.
        unit = share.denominator
        held = [share.numerator] * len(self.voters)
        # A rate never falls while money is spent, so the last rate found is a lower bound.
        bound = {n: Fraction(0) for n in self.cost if self.supporters[n]}
        chosen: list[tuple[int, Fraction]] = []
        while bound:
            best: Fraction | None = None
            tied: list[int] = []
            for n in sorted(bound, key=lambda n: bound[n]):
                if best is not None and bound[n] > best:
                    break
                rate = self._rate(n, held, unit)
                if rate is None:
                    del bound[n]
                    continue
                bound[n] = rate
                if best is None or rate < best:
                    best, tied = rate, [n]
                elif rate == best:
                    tied.append(n)
            if best is None:
                break
            n = tied[0] if len(tied) == 1 else self.preferred(tied)
            finer = lcm(unit, best.denominator) // unit
            if finer > 1:
                unit *= finer
                held = [money * finer for money in held]
            price = best.numerator * unit // best.denominator
            for i in self.supporters[n]:
                held[i] -= min(held[i], price * self.voters[i].utility[n])
            chosen.append((n, best))
            del bound[n]
        return chosen

    def _rate(self, n: int, held: list[int], unit: int) -> Fraction | None:
        """The smallest rate at which the supporters can pay, in money for a unit of utility; None when they cannot."""
        supporters, weights, utilities = self.supporters[n], self.weights[n], self.utilities[n]
        cost = self.cost[n] * unit
        if sum([held[i] * weight for i, weight in zip(supporters, weights, strict=True)]) < cost:
            return None
        if self.same_utility[n]:
            order = sorted(zip([held[i] for i in supporters], utilities, weights, strict=True))
        else:
            scale = lcm(*utilities)
            by_ratio = sorted(
                (held[i] * (scale // u), held[i], u, w) for i, u, w in zip(supporters, utilities, weights, strict=True)
            )
            order = [(money, u, w) for _, money, u, w in by_ratio]
        utility = sum([u * w for _, u, w in order])
        for money, u, w in order:
            if cost * u <= money * utility:
                return Fraction(cost, utility * unit)
            cost -= money * w
            utility -= u * w
        return None

    def by_votes(self, chosen: list[int]) -> list[int]:
        """Projects not chosen, by votes, as far as the budget reaches."""
        left = self.budget - sum(self.cost[n] for n in chosen)
        taken: list[int] = []
        waiting = [n for n in self.cost if n not in chosen and self.support[n]]
        while waiting:
            most = max(self.support[n] for n in waiting)
            n = self.preferred([n for n in waiting if self.support[n] == most])
            waiting.remove(n)
            if self.cost[n] <= left:
                taken.append(n)
                left -= self.cost[n]
        return taken


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by equal shares; `winners` in the order in which they are bought."""
    state = _Budget(profile, parameters, lots)
    share = Fraction(state.budget, max(state.valid, 1))
    chosen, raises = state.share_out(share), 0
    supported = sum(1 for votes in state.support.values() if votes)
    while state.increment > 0 and len(chosen) < supported and raises < RAISES_MAX:
        raised = state.share_out(share + state.increment)
        if sum(state.cost[n] for n, _ in raised) > state.budget:
            break
        chosen, raises, share = raised, raises + 1, share + state.increment
    steps: list[Step] = [
        TallyCounted("votes", tuple(state.support.items()), "supporters", state.valid),
        BudgetRaised("step 3", share, raises, state.increment),
        *(
            ProjectBought("step 2", n, state.cost[n], rate, state.support[n], state.choices["utility"])
            for n, rate in chosen
        ),
    ]
    winners = [n for n, _ in chosen]
    completed = state.by_votes(winners) if state.choices["completion"] == "greedy" else []
    winners += completed
    replaced = False
    if state.choices["comparison"] == "greedy":
        alone = state.by_votes([])
        replaced = _voters_for(state, alone, winners) > _voters_for(state, winners, alone)
        winners = alone if replaced else winners
    spent = sum(state.cost[n] for n in winners)
    steps.append(BudgetSpent("steps 4, 5", tuple(completed), replaced, spent, state.budget))
    return Result(
        rule="equal-shares",
        options=profile.options,
        seats=state.seats if profile.budget is None else len(winners),
        valid=state.valid,
        winners=tuple(winners),
        steps=tuple(steps),
        ties=tuple(lots.met),
        elects=profile.budget is None,
        parameters=parameters.to_json(),
    )


def _voters_for(state: _Budget, one: list[int], other: list[int]) -> int:
    """How many voters get more utility from one outcome than from the other."""
    return sum(
        v.weight
        for v in state.voters
        if sum(v.utility.get(n, 0) for n in one) > sum(v.utility.get(n, 0) for n in other)
    )


def _papers(profile: Profile) -> list[tuple[dict[int, int], int]]:
    scored = [
        ({n: score for n, score in enumerate(scores, start=1) if score is not None and score > 0}, weight)
        for scores, weight in profile.scored
    ]
    ranked = [({n: 1 for rank in ranks for n in rank}, weight) for ranks, weight in profile.ballots]
    return scored + ranked
