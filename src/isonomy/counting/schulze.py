"""Schulze and ranked pairs by winning votes: Condorcet rules that put all options in an order.

Lives here: `schulze-wv` and `ranked-pairs-wv`. Not here: Debian's rule (`debian_2003`), which tests options
against a default first.

Texts: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method" (2011): the strength of a path is that of its weakest defeat, a defeat's
strength the ballots for it (winning votes); a comes before b when its strongest path to b is stronger than
that from b. N. Tideman, "Independence of clones as a criterion for voting rules" (1987), with winning votes:
defeats are locked from the strongest on, leaving out those that would close a circle.

Readings:

- Several seats: the first place goes to an option that no other comes before, the next to such an option
  among the rest, and so on. Among several a lot decides.
- Ranked pairs: of two defeats with equal votes for them, the one with fewer votes against is stronger. Equal
  defeats are locked together; where they close a circle among themselves, a lot puts the options concerned in
  an order, and the defeat of the winner first in that order, then that of the loser last in it, is locked
  first.
- An option not ranked is below every ranked one and equal to the others not ranked; where the ballot file
  says "no opinion" it is compared with none.

Invariant: whole numbers; the order depends on the matrix and the lots alone.
"""

from __future__ import annotations

from typing import Any, ClassVar

from isonomy.counting.ballot import Profile
from isonomy.counting.limits import allowed, limits_of
from isonomy.counting.pairwise import Matrix, pairwise_matrix, transitive
from isonomy.counting.pairwise_steps import Defeat, DefeatsListed, MatrixCounted
from isonomy.counting.parameters import Parameters
from isonomy.counting.tally import SeatsFilled
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Names, Result, Step, listed, name_of
from isonomy.counting.values import value


@value
class PathsFound(Step):
    """The strength of the strongest path from each option to each other one (0: none)."""

    kind: ClassVar[str] = "paths"
    strengths: tuple[tuple[int, ...], ...]

    def sentence(self, names: Names) -> str:
        return "The strongest paths of defeats are found between all options"

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        facts["paths"] = [list(row) for row in self.strengths]


@value
class DefeatsLocked(Step):
    """Equal defeats: those that are locked and those left out because they would close a circle."""

    kind: ClassVar[str] = "locked"
    votes: int
    against: int
    locked: tuple[tuple[int, int], ...]
    left_out: tuple[tuple[int, int], ...]

    def sentence(self, names: Names) -> str:
        told = "; ".join(f"{name_of(names, a)} over {name_of(names, b)}" for a, b in self.locked) or "none"
        out = "; ".join(f"{name_of(names, a)} over {name_of(names, b)}" for a, b in self.left_out)
        circle = f"; left out, since they would close a circle: {out}" if out else ""
        return f"Defeats by {self.votes} to {self.against} are locked: {told}{circle}"


@value
class PlaceTaken(Step):
    """One place in the order, and the options that no other one left comes before."""

    kind: ClassVar[str] = "place"
    number: int
    option: int
    among: tuple[int, ...]

    def sentence(self, names: Names) -> str:
        if len(self.among) == 1:
            return f"Place {self.number}: {name_of(names, self.option)}, whom no other one left comes before"
        return f"Place {self.number}: {name_of(names, self.option)}, by lot among {listed(names, self.among)}"


def count_schulze(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Orders the options by Schulze's method, winning votes; the first `seats` are elected."""
    matrix = pairwise_matrix(profile.ballots, len(profile.options), apart=profile.unranked == "apart")
    paths = strongest_paths(matrix, profile.standing)
    before = {(a, b) for a in profile.standing for b in profile.standing if paths[a][b] > paths[b][a]}
    shown = tuple(tuple(row[1:]) for row in paths[1:])
    return _ordered(profile, parameters, lots, "schulze-wv", matrix, [PathsFound("strongest paths", shown)], before)


def strongest_paths(matrix: Matrix, options: tuple[int, ...]) -> list[list[int]]:
    """The strength of the strongest path between options, by winning votes; 0 where there is none."""
    size = len(matrix)
    paths = [[0] * size for _ in range(size)]
    for a in options:
        for b in options:
            if matrix[a][b] > matrix[b][a]:
                paths[a][b] = matrix[a][b]
    for middle in options:
        for a in options:
            reach = paths[a][middle]
            if reach:
                row, onward = paths[a], paths[middle]
                for b in options:
                    through = min(reach, onward[b])
                    if through > row[b] and a != b:
                        row[b] = through
    return paths


def count_ranked_pairs(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Orders the options by ranked pairs, winning votes; the first `seats` are elected."""
    matrix = pairwise_matrix(profile.ballots, len(profile.options), apart=profile.unranked == "apart")
    steps: list[Step] = []
    locked = _lock(matrix, profile.standing, lots, steps)
    reach = transitive(locked, profile.standing)
    before = {(a, b) for a in profile.standing for b in reach[a]}
    return _ordered(profile, parameters, lots, "ranked-pairs-wv", matrix, steps, before)


def _lock(matrix: Matrix, options: tuple[int, ...], lots: Lots, steps: list[Step]) -> list[tuple[int, int]]:
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for a in options:
        for b in options:
            if matrix[a][b] > matrix[b][a]:
                groups.setdefault((-matrix[a][b], matrix[b][a]), []).append((a, b))
    locked: list[tuple[int, int]] = []
    for (votes, against), group in sorted(groups.items()):
        reach = transitive(locked, options)
        fitting = [(a, b) for a, b in group if a not in reach[b]]
        together = transitive([*locked, *fitting], options)
        taken = fitting
        if any(a in together[a] for a in options):
            taken = _one_by_one(locked, fitting, options, lots, f"{-votes} to {against}")
        locked.extend(taken)
        left_out = tuple(pair for pair in group if pair not in taken)
        steps.append(DefeatsLocked("locking", -votes, against, tuple(taken), left_out))
    return locked


def _one_by_one(
    locked: list[tuple[int, int]], pairs: list[tuple[int, int]], options: tuple[int, ...], lots: Lots, at: str
) -> list[tuple[int, int]]:
    concerned = sorted({option for pair in pairs for option in pair})
    order = lots.draw_several("order of equal defeats", f"defeats by {at}", concerned, at, len(concerned))
    place = {option: number for number, option in enumerate(order)}
    taken: list[tuple[int, int]] = []
    for a, b in sorted(pairs, key=lambda pair: (place[pair[0]], -place[pair[1]])):
        if a not in transitive([*locked, *taken], options)[b]:
            taken.append((a, b))
    return taken


def _ordered(
    profile: Profile,
    parameters: Parameters,
    lots: Lots,
    rule: str,
    matrix: Matrix,
    steps: list[Step],
    before: set[tuple[int, int]],
) -> Result:
    seats = parameters.seats or profile.seats or 1
    options = profile.standing
    defeats = tuple(
        Defeat(a, b, matrix[a][b], matrix[b][a]) for a in options for b in options if matrix[a][b] > matrix[b][a]
    )
    first: list[Step] = [
        MatrixCounted("pairwise comparison", matrix, profile.paper_count),
        DefeatsListed("defeats", options, defeats),
    ]
    limits = limits_of(parameters.constraints, options, seats)
    left = list(options)
    winners: list[int] = []
    while left and len(winners) < seats:
        left = allowed(limits, winners, left, steps)
        top = tuple(a for a in left if not any((b, a) in before for b in left))
        place = len(winners) + 1
        option = top[0] if len(top) == 1 else lots.draw("elected", f"place {place}", top, "no option before another")
        steps.append(PlaceTaken("the order", place, option, top))
        winners.append(option)
        left.remove(option)
    steps.append(SeatsFilled("the first places", tuple(winners), seats))
    return Result(
        rule=rule,
        options=profile.options,
        seats=seats,
        valid=profile.paper_count,
        winners=tuple(winners),
        steps=(*first, *steps),
        ties=tuple(lots.met),
        elects=True,
        parameters={**parameters.to_json(), "seats": seats},
    )
