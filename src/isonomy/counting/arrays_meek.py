"""Meek's distribution by arrays: the same digits, level by level of the tree of ways.

Lives here: one distribution over a large tree. Not here: the tree, the rounds, the same without arrays (`meek_prf`).

Invariant: whole numbers of 64 bits; `fits` says whether no figure of a count can be larger.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NODES_FROM = 3_000
"""Nodes from which arrays are faster than a loop (measured, the import apart)."""


def fits(valid: int, unit: int) -> bool:
    """Whether every product and sum of a distribution stays below 2^62."""
    return max(valid, unit) * unit < 2**62


class Levels:
    """A tree of ways as arrays: the nodes of each level with their parents, candidates and papers."""

    def __init__(
        self, parents: Sequence[int], options: Sequence[int], passing: Sequence[int], stopping: Sequence[int]
    ) -> None:
        import numpy as np

        self.np: Any = np
        depth = [0] * len(parents)
        for node in range(1, len(parents)):
            depth[node] = depth[parents[node]] + 1
        of_depth = np.array(depth)
        parent, option = np.array(parents), np.array(options)
        passing_by = np.array(passing, dtype=np.int64)
        self.stopping = np.array(stopping, dtype=np.int64)
        self.levels = []
        for level in range(1, int(of_depth.max()) + 1):
            nodes = np.flatnonzero(of_depth == level)
            self.levels.append((nodes, parent[nodes], option[nodes], passing_by[nodes]))

    def distribute(self, keep: Sequence[int], unit: int) -> tuple[list[int], int]:
        """The votes of each candidate and the exhausted, in units; `keep[0]` is 0."""
        np = self.np
        kept_by = np.array(keep, dtype=np.int64)
        left = np.zeros(len(self.stopping), dtype=np.int64)
        left[0] = unit
        totals = np.zeros(len(keep), dtype=np.int64)
        for nodes, parents, options, passing in self.levels:
            arriving = left[parents]
            kept = -(-(arriving * kept_by[options]) // unit)
            np.add.at(totals, options, kept * passing)
            left[nodes] = arriving - kept
        return totals.tolist(), int((left * self.stopping).sum())
