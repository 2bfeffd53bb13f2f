"""Debian's two rules straight from the text, paper by paper, sharing no code with the counters under test."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

Paper = tuple[tuple[int, ...], ...]


def prefers(paper: Paper, a: int, b: int) -> bool:
    """A.6.1: ranked options are preferred to all unranked ones; unranked ones are equal."""
    place = {n: i for i, rank in enumerate(paper) for n in rank}
    if a not in place:
        return False
    return b not in place or place[a] < place[b]


def v(papers: list[Paper], a: int, b: int) -> int:
    return sum(prefers(paper, a, b) for paper in papers)


def clone_proof(papers, options, default, quorum=None, ratios=None, strict=True):
    """A.6.2 to A.6.7: the set from which the winner is chosen."""
    ratios = ratios or {}
    kept = []
    for a in options:
        if default and a != default:
            if quorum is not None and v(papers, a, default) < quorum:
                continue
            n = ratios.get(a, 1)
            pro, con = v(papers, a, default), v(papers, default, a)
            if strict and not pro > n * con:
                continue
            if not strict and not (pro >= n * con and pro > con):
                continue
        kept.append(a)
    defeats = {(a, b) for a, b in product(kept, kept) if a != b and v(papers, a, b) > v(papers, b, a)}
    while True:

        def beats_through(a, c, seen=(), defeats=frozenset(defeats)):
            if (a, c) in defeats:
                return True
            return any((a, b) in defeats and b not in seen and beats_through(b, c, (*seen, b)) for b in kept if b != a)

        schwartz = [a for a in kept if all(beats_through(a, b) or not beats_through(b, a) for b in kept if b != a)]
        inside = [(a, b) for a, b in defeats if a in schwartz and b in schwartz]
        if not inside:
            return schwartz

        def weaker(one, other):
            (a, x), (b, y) = one, other
            if v(papers, a, x) < v(papers, b, y):
                return True
            return v(papers, a, x) == v(papers, b, y) and v(papers, x, a) > v(papers, y, b)

        defeats -= {one for one in inside if not any(weaker(other, one) for other in inside)}


def concorde(papers, options, default, quorum=None, ratios=None, casting=()):
    """Edition 1.0, A.6.2 to A.6.8; `casting` the casting votes in order. The set of winners, several while
    open."""
    factor = {a: Fraction(1) / (ratios or {}).get(a, 1) for a in options}
    casting = list(casting)

    def dominates(a, b):
        return v(papers, a, b) * factor[a] > v(papers, b, a) * factor[b]

    left = [a for a in options if not any(dominates(b, a) for b in options if b != a)]
    if not left:
        left = list(options)
    while len(left) > 1:
        first = dict.fromkeys(left, Fraction(0))
        for paper in papers:
            for rank in paper:
                here = [a for a in rank if a in left]
                if here:
                    for a in here:
                        first[a] += Fraction(1, len(here))
                    break
        first = {a: first[a] * factor[a] for a in left}
        if winner := [a for a in left if first[a] * 2 > sum(first.values())]:
            left = winner
            break
        last = [a for a in left if first[a] == min(first.values())]
        if len(last) > 1:
            if not casting:
                return left
            vote = casting.pop(0)
            last = [vote] if len(left) > 2 else [a for a in left if a != vote]
        left.remove(last[0])
    if quorum is not None and default and left[0] != default and v(papers, left[0], default) < quorum:
        return [default]
    return left
