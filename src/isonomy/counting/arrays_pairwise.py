"""The pairwise matrix by arrays: the same counts for a million ballots.

Lives here: the matrix from ranks held by option. Not here: the same without arrays (`pairwise`).

Invariant: whole numbers only. Weights are taken apart into binary planes, so that every count is a count of true bits
times a power of two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from isonomy.counting.ballot import Ballot, StrictBallots

BLOCK = 1 << 16


def pairwise_counts(ballots: Sequence[Ballot], option_count: int, *, apart: bool) -> list[list[int]]:
    """Rows and columns by option number, 0 unused: how many ballots prefer the option of the row."""
    import numpy as np

    counts = [[0] * (option_count + 1) for _ in range(option_count + 1)]
    lowest = option_count + 1
    kind = np.uint8 if lowest < 256 else np.uint16
    for weights, ballot_of, places, numbers in _blocks(np, ballots):
        # One row an option, one column a ballot: the place of the option, or below every place.
        ranks = np.full((option_count + 1, len(weights)), lowest, dtype=kind)
        ranks[numbers, ballot_of] = places
        # Every ballot counts once; those that stand for more than one paper count again for the rest.
        heavy = weights > 1
        parts = [(ranks, [(1, None)]), (ranks[:, heavy], _planes(np, weights[heavy] - 1))]
        for part, planes in parts:
            for a in range(1, option_count + 1):
                for b in range(1, option_count + 1):
                    if a == b or not planes:
                        continue
                    prefers = part[a] < part[b]
                    if apart:
                        prefers &= part[b] < lowest
                    row = counts[a]
                    for power, plane in planes:
                        row[b] += power * int(np.count_nonzero(prefers if plane is None else prefers & plane))
    return counts


def _planes(np: Any, weights: Any) -> list[tuple[int, Any]]:
    """(power of two, ballots whose weight has it)."""
    bits = int(weights.max()).bit_length() if len(weights) else 0
    planes = [(1 << bit, (weights >> bit) & 1 == 1) for bit in range(bits)]
    return [(power, plane) for power, plane in planes if plane.any()]


def _blocks(np: Any, ballots: Sequence[Ballot]) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Weights; and for each option ranked the ballot in the block, its place and its number."""
    for start in range(0, _size(ballots), BLOCK):
        if isinstance(ballots, StrictBallots):
            rows = ballots.rows[start : start + BLOCK]
            lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
            flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(lengths.sum()))
            heads = np.cumsum(lengths) - lengths
            place = np.arange(len(flat)) - np.repeat(heads, lengths)
            ranked = place > 0
            yield flat[heads], np.repeat(np.arange(len(rows)), lengths)[ranked], place[ranked], flat[ranked]
            continue
        block = ballots[start : start + BLOCK]
        found = np.array(
            [
                (ballot, place, number)
                for ballot, (ranks, _) in enumerate(block)
                for place, rank in enumerate(ranks)
                for number in rank
            ],
            dtype=np.int64,
        ).reshape(-1, 3)
        weights = np.array([weight for _, weight in block], dtype=np.int64)
        yield weights, found[:, 0], found[:, 1], found[:, 2]


def _size(ballots: Sequence[Ballot]) -> int:
    return len(ballots.rows) if isinstance(ballots, StrictBallots) else len(ballots)
