"""Debian's first vote counting, "Concorde": constitution of the Debian Project, edition 1.0 (2 December
1998), A.6.1 to A.6.8.

Lives here: `debian-1998`, used until edition 1.1 of 21 June 2003. Not here: the present rule (`debian_2003`).

In brief: every option that another one dominates is discarded (A.6.3); an option that dominates all others
wins (A.6.4); if several are left, the one with the fewest first preferences is eliminated until one has more
than half (A.6.5); ties go to the casting vote (A.6.6); the ballots for an option that needs a supermajority
of F:A are multiplied by A/F before they are compared (A.6.7); the winner needs the quorum against the
default, or the default wins after all (A.6.8).

Readings, where the text is silent or cannot be followed:

- A.6.1: ranking several options equally is not provided for. Equal options are not preferred to each other;
  where a paper has several remaining options first, it counts for each of them in equal exact parts. Options
  not ranked are below all ranked ones.
- A.6.3 when every option is dominated by another (a cycle through all): the text would discard everything and
  leave no winner. Then nothing is discarded, and A.6.5 chooses among all options.
- A.6.3 is applied once, to all options together; among those left none dominates another.
- A.6.5: "more than half" is more than half of the ballots that still name a remaining option, after the
  factors of A.6.7.
- A.6.6: the casting vote decides which of the options with the fewest first preferences goes, and which of
  the last two equal ones wins. While it is not recorded the result is open among the options then remaining.
- A.6.7 speaks of the option Yes of a final ballot; here of every option for which a majority is given.
- A.6.8 uses the ballots as cast. Without a quorum the clause is idle.

Invariant: whole numbers and exact fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar

from isonomy.counting.ballot import Ballot, Profile
from isonomy.counting.debian_2003 import check_ratios, default_option
from isonomy.counting.pairwise import Matrix, pairwise_matrix
from isonomy.counting.pairwise_steps import Defeat, DefeatsListed, MatrixCounted, QuorumTested, WinnerFound
from isonomy.counting.parameters import Parameters
from isonomy.counting.tally import Figure, show_figure
from isonomy.counting.tie import Lots
from isonomy.counting.trace import Names, Result, Step, listed, name_of, plain
from isonomy.counting.values import value
from isonomy.counting.wording import in_words


@value
class Discarded(Step):
    """Options that another option dominates; empty when every option is dominated."""

    kind: ClassVar[str] = "discarded"
    options: tuple[int, ...]
    left: tuple[int, ...]

    def sentence(self, names: Names) -> str:
        if not self.options:
            return f"No option is discarded; {listed(names, self.left)} remain"
        told = "is" if len(self.options) == 1 else "are"
        remain = "remains" if len(self.left) == 1 else "remain"
        gone, left = listed(names, self.options), listed(names, self.left)
        return f"{gone} {told} dominated and discarded; {left} {remain}"


@value
class FirstPreferences(Step):
    """First preferences among the options that remain, and what is done."""

    kind: ClassVar[str] = "stage"
    number: int
    figures: tuple[tuple[int, Figure], ...]
    half: Figure
    eliminated: int
    winner: int

    def sentence(self, names: Names) -> str:
        told = ", ".join(f"{name_of(names, option)} {in_words(figure)}" for option, figure in self.figures)
        if self.winner:
            done = f"{name_of(names, self.winner)} has more than half ({in_words(self.half)})"
        elif self.eliminated:
            gone = name_of(names, self.eliminated)
            done = f"nobody has more than half ({in_words(self.half)}); {gone} is eliminated"
        else:
            done = "the casting vote is needed"
        return f"Round {self.number}: {told}; {done}"

    def add_facts(self, names: Names, facts: dict[str, Any]) -> None:
        totals = {name_of(names, option): plain(figure) for option, figure in self.figures}
        facts.setdefault("rounds", []).append({"number": self.number, "totals": totals})


def count(profile: Profile, parameters: Parameters, lots: Lots) -> Result:
    """Counts by Concorde Vote Counting; the winner is a single option."""
    default = default_option(profile, parameters)
    check_ratios(profile, parameters, default)
    matrix = pairwise_matrix(profile.ballots, len(profile.options))
    factors = {option: 1 / ratio for option, ratio in parameters.majorities.items()}
    steps: list[Step] = [MatrixCounted("A.6.2", matrix, profile.paper_count)]
    left = _undominated(matrix, profile.standing, factors, steps)
    winners: tuple[int, ...]
    if len(left) == 1:
        winners, decided = left, True
    else:
        winners, decided = _eliminate(profile.standing_ballots(), left, factors, steps, lots)
    how = "it dominates the others" if len(left) == 1 else "by first preferences"
    if decided and parameters.quorum is not None and default and winners != (default,):
        votes = matrix[winners[0]][default]
        reached = parameters.quorum.is_reached(votes)
        steps.append(QuorumTested("A.6.8", winners[0], default, votes, str(parameters.quorum), reached))
        if not reached:
            winners, how = (default,), "the winning option misses the quorum"
    steps.append(WinnerFound("A.6.4" if len(left) == 1 else "A.6.5", winners, decided, how))
    return Result(
        rule="debian-1998",
        options=profile.options,
        seats=1,
        valid=profile.paper_count,
        winners=winners,
        steps=tuple(steps),
        ties=tuple(lots.met),
        decided=decided,
        parameters=parameters.to_json(),
    )


def _undominated(
    matrix: Matrix, options: tuple[int, ...], factors: dict[int, Fraction], steps: list[Step]
) -> tuple[int, ...]:
    def dominates(a: int, b: int) -> bool:
        return matrix[a][b] * factors.get(a, 1) > matrix[b][a] * factors.get(b, 1)

    pairs = [(a, b) for a in options for b in options if a != b and dominates(a, b)]
    steps.append(DefeatsListed("A.6.2", options, tuple(Defeat(a, b, matrix[a][b], matrix[b][a]) for a, b in pairs)))
    dominated = {b for _, b in pairs}
    left = tuple(option for option in options if option not in dominated) or options
    steps.append(Discarded("A.6.3", tuple(option for option in options if option not in left), left))
    return left


def _eliminate(
    ballots: Sequence[Ballot],
    left: tuple[int, ...],
    factors: dict[int, Fraction],
    steps: list[Step],
    lots: Lots,
) -> tuple[tuple[int, ...], bool]:
    remaining, number = list(left), 0
    while True:
        number += 1
        figures = first_preferences(ballots, remaining, factors)
        half = Fraction(sum(figures.values())) / 2
        shown = tuple(figures.items())
        ahead = [option for option in remaining if figures[option] > half]
        if ahead or len(remaining) == 1:
            winner = (ahead or remaining)[0]
            steps.append(FirstPreferences("A.6.5", number, shown, half, 0, winner))
            return (winner,), True
        fewest = min(figures.values())
        lowest = [option for option in remaining if figures[option] == fewest]
        if len(lowest) > 1:
            final = len(remaining) == 2
            question = "winner" if final else "excluded"
            chosen = lots.casting_vote(question, f"round {number}, A.6.6", lowest, show_figure(fewest))
            if chosen is None:
                steps.append(FirstPreferences("A.6.5", number, shown, half, 0, 0))
                return tuple(remaining), False
            lowest = [option for option in lowest if option != chosen] if final else [chosen]
        steps.append(FirstPreferences("A.6.5", number, shown, half, lowest[0], 0))
        remaining.remove(lowest[0])


def first_preferences(
    ballots: Sequence[Ballot], remaining: list[int], factors: dict[int, Fraction]
) -> dict[int, Figure]:
    """First preferences among the remaining options; a paper with several of them first is shared equally."""
    figures = {option: Fraction(0) for option in remaining}
    for ranks, weight in ballots:
        for rank in ranks:
            first = [option for option in rank if option in figures]
            if first:
                for option in first:
                    figures[option] += Fraction(weight, len(first))
                break
    scaled = {option: figure * factors.get(option, 1) for option, figure in figures.items()}
    return {option: int(f) if f.denominator == 1 else f for option, f in scaled.items()}
