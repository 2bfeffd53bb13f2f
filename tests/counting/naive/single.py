"""Condorcet orders, approval, score and STAR straight from their texts, paper by paper."""

from __future__ import annotations

from itertools import pairwise, permutations

from tests.counting.naive.debian import v


def schulze_before(papers, options):
    """a before b when its strongest path to b is stronger, over every simple path there is."""
    won = {(a, b): v(papers, a, b) for a in options for b in options if a != b}
    strength = {pair: votes for pair, votes in won.items() if votes > won[pair[::-1]]}

    def strongest(a, b):
        others = [c for c in options if c not in (a, b)]
        best = 0
        for length in range(len(others) + 1):
            for middle in permutations(others, length):
                steps = list(pairwise((a, *middle, b)))
                if all(step in strength for step in steps):
                    best = max(best, min(strength[step] for step in steps))
        return best

    return {(a, b) for a in options for b in options if a != b and strongest(a, b) > strongest(b, a)}


def ranked_pairs_before(papers, options, order_of):
    """Defeats locked one by one; `order_of(votes, against, options)` gives the drawn order where equal
    defeats close a circle."""
    defeats = [
        (v(papers, a, b), v(papers, b, a), a, b)
        for a in options
        for b in options
        if a != b and v(papers, a, b) > v(papers, b, a)
    ]
    locked: set[tuple[int, int]] = set()

    def leads(a, b, edges):
        seen, waiting = set(), [a]
        while waiting:
            here = waiting.pop()
            for c, d in edges:
                if c == here and d not in seen:
                    seen.add(d)
                    waiting.append(d)
        return b in seen

    for strength in sorted({(pro, con) for pro, con, _, _ in defeats}, key=lambda s: (-s[0], s[1])):
        group = [(a, b) for pro, con, a, b in defeats if (pro, con) == strength and not leads(b, a, locked)]
        if any(leads(a, a, locked | set(group)) for a in options):
            order = order_of(sorted({option for pair in group for option in pair}))
            group.sort(key=lambda pair: (order.index(pair[0]), -order.index(pair[1])))
        for a, b in group:
            if not leads(b, a, locked):
                locked.add((a, b))
    return {(a, b) for a in options for b in options if a != b and leads(a, b, locked)}


def star(papers, options, seats, top, lot):
    """STAR seat by seat; `lot(options, wanted)` gives what was drawn."""
    total = {a: sum(p[a - 1] or 0 for p in papers) for a in options}
    tops = {a: sum((p[a - 1] or 0) == top for p in papers) for a in options}

    def pref(a, b):
        return sum((p[a - 1] or 0) > (p[b - 1] or 0) for p in papers)

    def narrow(tied, places):
        if len(tied) <= places:
            return list(tied)
        losses = {a: sum(pref(b, a) > pref(a, b) for b in tied) for a in tied}
        for worth in (lambda a: -losses[a], lambda a: tops[a]):
            low = min(worth(a) for a in tied)
            good, bad = [a for a in tied if worth(a) > low], [a for a in tied if worth(a) == low]
            if good:
                if len(good) >= places:
                    return narrow(good, places)
                return good + narrow(bad, places - len(good))
        return lot(tied, places)

    left, won = list(options), []
    while left and len(won) < seats:
        if len(left) == 1:
            won.append(left.pop())
            break
        second_best = sorted((total[a] for a in left), reverse=True)[1]
        above = [a for a in left if total[a] > second_best]
        finalists = above + narrow([a for a in left if total[a] == second_best], 2 - len(above))
        a, b = finalists
        if pref(a, b) != pref(b, a):
            winner = a if pref(a, b) > pref(b, a) else b
        elif total[a] != total[b]:
            winner = a if total[a] > total[b] else b
        elif tops[a] != tops[b]:
            winner = a if tops[a] > tops[b] else b
        else:
            winner = lot(finalists, 1)[0]
        won.append(winner)
        left.remove(winner)
    return won
