"""The pairwise matrix: how many ballots prefer one option to another.

Lives here: the matrix from ranked ballots, and beatpaths over defeats. Not here: the rules that read it, the
same matrix by arrays (`arrays_pairwise`).

Invariant: `matrix[a][b]` counts the ballots that rank option a strictly above option b, option 0 unused; an
option not ranked is below every ranked one and equal to every other one not ranked; `matrix[a][b] +
matrix[b][a]` never exceeds the ballots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from isonomy.counting import compiled
from isonomy.counting.ballot import Ballot, StrictBallots
from isonomy.counting.packed_ballots import PackedBallots
from isonomy.counting.parts import PartedBallots, matrix_of_part

ARRAYS_FROM = 400_000
"""Ballots times options from which arrays are faster, their import included (measured)."""

Matrix = tuple[tuple[int, ...], ...]
"""Counts by option number; row and column 0 are unused and hold 0."""


def pairwise_matrix(ballots: Sequence[Ballot], option_count: int, *, apart: bool = False) -> Matrix:
    """The matrix of all ballots, each with its weight; with `apart` options not ranked are compared with
    none."""
    if isinstance(ballots, PartedBallots):
        work = [ballots.executor.submit(matrix_of_part, piece, option_count, apart) for piece in ballots.pieces()]
        total = [[0] * (option_count + 1) for _ in range(option_count + 1)]
        for future in work:
            total = [list(map(int.__add__, mine, row)) for mine, row in zip(total, future.result(), strict=True)]
        return tuple(map(tuple, total))
    if isinstance(ballots, PackedBallots) and compiled.machine:
        cells = compiled.machine.pairwise_counts(ballots.weights_run, ballots.orders_run, option_count, apart)
        side = option_count + 1
        return tuple(tuple(cells[start : start + side]) for start in range(0, side * side, side))
    size = len(ballots.weights) if isinstance(ballots, StrictBallots) else len(ballots)
    if size * option_count >= ARRAYS_FROM:
        try:
            from isonomy.counting.arrays_pairwise import pairwise_counts

            return tuple(map(tuple, pairwise_counts(ballots, option_count, apart=apart)))
        except ImportError:
            pass
    counts = [[0] * (option_count + 1) for _ in range(option_count + 1)]
    numbers = range(1, option_count + 1)
    for ranks, weight in ballots:
        below = {n for rank in ranks for n in rank} if apart else set(numbers)
        for rank in ranks:
            below.difference_update(rank)
            for winner in rank:
                row = counts[winner]
                for loser in below:
                    row[loser] += weight
    return tuple(tuple(row) for row in counts)


def matrix_from_rows(rows: Sequence[Sequence[int]]) -> Matrix:
    """A matrix from rows without the unused row and column, as tallies and JSON carry it."""
    return ((0,) * (len(rows) + 1), *((0, *row) for row in rows))


def rows_of(matrix: Matrix) -> list[list[int]]:
    """The matrix without its unused row and column."""
    return [list(row[1:]) for row in matrix[1:]]


def transitive(defeats: Iterable[tuple[int, int]], options: Sequence[int]) -> dict[int, set[int]]:
    """For each option those it defeats directly or through others."""
    reach: dict[int, set[int]] = {option: set() for option in options}
    for winner, loser in defeats:
        reach[winner].add(loser)
    for middle in options:
        through = reach[middle]
        for option in options:
            if middle in reach[option]:
                reach[option] |= through
    return reach


def schwartz_set(defeats: Iterable[tuple[int, int]], options: Sequence[int]) -> tuple[int, ...]:
    """The options that transitively defeat every option that transitively defeats them, in the order
    given."""
    reach = transitive(defeats, options)
    return tuple(
        option for option in options if all(other in reach[option] or option not in reach[other] for other in options)
    )
