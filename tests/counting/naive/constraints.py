"""Constraints the slow way: every choice of winners written out, and a count by single papers that asks them.

Straight from docs/spec/counting.md, section 13: who is in no choice left that meets all numbers is doomed, who is in every
one is guarded. Shares no code with the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

Numbers = tuple[tuple[int, ...], int, int | None]
"""Members of a group, at least, at most."""


def choices(numbers: Iterable[Numbers], standing: Sequence[int], seats: int) -> list[frozenset[int]]:
    """Every choice of candidates for all seats in which each group has its numbers."""
    groups = list(numbers)
    found = []
    for chosen in combinations(standing, min(seats, len(standing))):
        counts = [sum(one in chosen for one in members) for members, _, _ in groups]
        if all(
            least <= n and (most is None or n <= most)
            for n, (_, least, most) in zip(counts, groups, strict=True)
        ):  # fmt: skip
            found.append(frozenset(chosen))
    return found


def left(every: Iterable[frozenset[int]], elected: Iterable[int], excluded: Iterable[int]) -> list[frozenset[int]]:
    """The choices that hold all elected and none excluded."""
    inside, outside = set(elected), set(excluded)
    return [chosen for chosen in every if inside <= chosen and not outside & chosen]


def doomed(every: list[frozenset[int]], elected: Iterable[int], open_to: Iterable[int], standing: set[int]) -> set[int]:
    """Who is open and in no choice left."""
    still, inside = set(open_to), set(elected)
    kept = left(every, inside, standing - still - inside)
    return {one for one in still if not any(one in chosen for chosen in kept)}


def guarded(
    every: list[frozenset[int]], elected: Iterable[int], open_to: Iterable[int], standing: set[int]
) -> set[int]:
    """Who is open and in every choice left."""
    still, inside = set(open_to), set(elected)
    kept = left(every, inside, standing - still - inside)
    return {one for one in still if all(one in chosen for chosen in kept)}


def scottish(
    papers: list[list[int]], standing: list[int], seats: int, numbers: list[Numbers],
    lot: Callable[[str, list[int]], int],
) -> tuple[list[int], list[dict[int, int]]]:  # fmt: skip
    """Rules 45 to 52 of 2007 with constraints, paper by paper in units of 0.00001: who is elected, totals by stage."""
    unit, all_of = 100_000, set(standing)
    every = choices(numbers, standing, seats)
    pile: dict[int, list[tuple[list[int], int]]] = {one: [] for one in standing}
    kept_quota: dict[int, int] = {}
    open_to, elected, stages = list(standing), [], []
    valid = sum(bool(paper) for paper in papers)
    quota = (valid // (seats + 1) + 1) * unit

    def total(one: int) -> int:
        return kept_quota.get(one, sum(value for _, value in pile[one]))

    def give(paper: list[int], value: int) -> None:
        for one in paper:
            if one in open_to:
                pile[one].append((paper, value))
                return

    def single(tied: list[int], highest: bool, question: str) -> int:
        rest = list(tied)
        for table in reversed(stages):
            best = (max if highest else min)(table[one] for one in rest)
            rest = [one for one in rest if table[one] == best]
            if len(rest) == 1:
                return rest[0]
        return lot(question, rest)

    def elect() -> None:
        while True:
            barred = doomed(every, elected, open_to, all_of)
            able = [one for one in open_to if one not in barred and total(one) >= quota]
            if not able:
                return
            most = max(map(total, able))
            tied = [one for one in able if total(one) == most]
            together = any(set(tied) <= chosen for chosen in left(every, elected, all_of - set(open_to) - set(elected)))
            if not together:
                tied = [single(tied, True, "elected")]
            for one in tied:
                elected.append(one)
                open_to.remove(one)

    def finish_stage() -> None:
        elect()
        stages.append({one: total(one) for one in standing})

    def drop(going: list[int]) -> None:
        moved = []
        for one in going:
            open_to.remove(one)
            moved += pile[one]
            pile[one] = []
        for paper, value in moved:
            give(paper, value)
        finish_stage()

    for paper in papers:
        give(paper, unit)
    finish_stage()
    while len(elected) < seats:
        if len(open_to) <= seats - len(elected):
            elected += sorted(open_to, key=lambda one: (-total(one), one))
            break
        if barred := sorted(doomed(every, elected, open_to, all_of)):
            drop(barred)
            continue
        over = [one for one in elected if total(one) > quota]
        if over:
            most = max(map(total, over))
            tied = [one for one in over if total(one) == most]
            one = tied[0] if len(tied) == 1 else single(tied, True, "transfer")
            whole, surplus = total(one), total(one) - quota
            moved, pile[one], kept_quota[one] = pile[one], [], quota
            for paper, value in moved:
                give(paper, surplus * value // whole)
            finish_stage()
            continue
        safe = guarded(every, elected, open_to, all_of)
        able = [one for one in open_to if one not in safe] or open_to
        fewest = min(map(total, able))
        tied = [one for one in able if total(one) == fewest]
        drop([tied[0] if len(tied) == 1 else single(tied, False, "excluded")])
    return elected, stages
