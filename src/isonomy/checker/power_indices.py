"""Power indices: how often a vote of so much weight decides, exactly (Banzhaf, Shapley-Shubik, Coleman).

Lives here: the indices of a body in which blocks vote by weight: a unit with the delegates it sends, a member with its shares.
Not here: which blocks vote together (the checker's coalitions), apportionment (`counting`).

Invariant: whole numbers and exact fractions only; two players of one weight have one power. Every index follows from two counts:
in how many coalitions a player's leaving turns a decision round, by the size of the coalition.

Sources: L. S. Penrose, "The Elementary Statistics of Majority Voting" (1946) and J. F. Banzhaf III, "Weighted Voting Doesn't
Work" (1965); L. S. Shapley and M. Shubik, "A Method for Evaluating the Distribution of Power in a Committee System" (1954);
J. S. Coleman, "Control of Collectivities and the Power of a Collectivity to Act" (1971). The counting is by generating functions:
coalitions by weight, and for each weight by size, the sizes packed into one whole number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from isonomy.kernel.bad_input import BadInput

PLAYERS_MAX = 1_000
WEIGHT_MAX = 200_000
"""The sum of all weights that is still counted: time and memory grow with it."""


@dataclass(frozen=True, slots=True)
class Power:
    """What one weight is worth under a quota.

    `swings` of `coalitions` (those of the other players) are turned from losing to winning by joining; `banzhaf` is their share
    (the probability of deciding when every other votes by a coin), `normalised` the share among all players; `shapley` the share
    of orders in which the player decides; `prevent` and `initiate` are Coleman's: the share of winning coalitions that fail
    without the player, and of losing ones that win with it.
    """

    weight: int
    swings: int
    banzhaf: Fraction
    normalised: Fraction
    shapley: Fraction
    prevent: Fraction
    initiate: Fraction


@dataclass(frozen=True, slots=True)
class Indices:
    """The powers of all players in their order, and the body's own power to act: the share of coalitions that win."""

    quota: int
    powers: tuple[Power, ...]
    to_act: Fraction

    @property
    def dummies(self) -> tuple[int, ...]:
        """Places of players who never decide, whatever the others do."""
        return tuple(place for place, power in enumerate(self.powers) if power.swings == 0)

    @property
    def dictator(self) -> int | None:
        """The place of a player who wins alone and without whom nothing is won; None where there is none."""
        return next((place for place, power in enumerate(self.powers) if power.prevent == power.initiate == 1), None)

    @property
    def vetoes(self) -> tuple[int, ...]:
        """Places of players without whom nothing is carried."""
        return tuple(place for place, power in enumerate(self.powers) if power.prevent == 1)


def power_indices(weights: Sequence[int], quota: int) -> Indices:
    """The exact indices of players with whole weights, where a coalition wins that has at least `quota`.

    Raises `BadInput` for no player, a negative weight, a quota outside 1 to the sum of weights, or more players or weight than is
    counted.
    """
    total, players = sum(weights), len(weights)
    if not players or min(weights) < 0:
        raise BadInput("weights are whole numbers from 0, at least one", "weights", "name each player with its votes")
    if players > PLAYERS_MAX or total > WEIGHT_MAX:
        raise BadInput(
            f"{players} players with {total} votes in all are more than is counted", "weights",
            f"at most {PLAYERS_MAX} players and {WEIGHT_MAX} votes; divide all weights by a common divisor",
        )  # fmt: skip
    if not 1 <= quota <= total:
        raise BadInput(f"a quota of {quota} is never met or always", "quota", f"name a quota from 1 to {total}")
    bits = players + 1
    everybody = _coalitions(weights, total, bits)
    winning = sum(_sizes_in_all(sizes, bits) for sizes in everybody[quota:])
    by_weight = {weight: _swings(everybody, weight, quota, bits) for weight in dict.fromkeys(weights)}
    orders = factorial(players)
    chances = [factorial(size) * factorial(players - 1 - size) for size in range(players)]
    counted = {weight: sum(by_size) for weight, by_size in by_weight.items()}
    all_swings = sum(counted[weight] for weight in weights)
    losing = 2**players - winning
    powers = tuple(
        Power(
            weight,
            counted[weight],
            Fraction(counted[weight], 2 ** (players - 1)),
            Fraction(counted[weight], all_swings),
            Fraction(sum(chance * count for chance, count in zip(chances, by_weight[weight], strict=True)), orders),
            Fraction(counted[weight], winning),
            Fraction(counted[weight], losing),
        )
        for weight in weights
    )
    return Indices(quota, powers, Fraction(winning, 2**players))


def _coalitions(weights: Sequence[int], total: int, bits: int) -> list[int]:
    """For each weight from 0 to the total how many coalitions have it: one number that holds the count of each size in turn, in
    fields of so many bits (no count exceeds two to the number of players, so that fields never run over)."""
    found = [0] * (total + 1)
    found[0] = 1
    reached = 0
    for weight in weights:
        for at in range(reached, -1, -1):
            if found[at]:
                found[at + weight] += found[at] << bits
        reached += weight
    return found


def _swings(everybody: list[int], weight: int, quota: int, bits: int) -> list[int]:
    """By size, in how many coalitions of the others a player of this weight turns the decision.

    The coalitions of the others are those of everybody, divided by the player's own factor.
    """
    players = bits - 1
    if weight == 0:
        return [0] * players
    others: list[int] = []
    for at in range(quota):
        others.append(everybody[at] - (others[at - weight] << bits if at >= weight else 0))
    turned = sum(others[max(0, quota - weight) :])
    field = (1 << bits) - 1
    return [turned >> (bits * size) & field for size in range(players)]


def _sizes_in_all(sizes: int, bits: int) -> int:
    """The counts of all sizes together."""
    field, found = (1 << bits) - 1, 0
    while sizes:
        found += sizes & field
        sizes >>= bits
    return found
