"""Condorcet orders and STAR straight from their texts, paper by paper."""

from __future__ import annotations

from itertools import pairwise, permutations

from tests.counting.naive.debian import v
from tests.counting.naive.hand import Hand


def compared(papers, options, apart):
    """V(a, b) for all pairs; where papers say "no opinion" an option not ranked is compared with none."""
    if not apart:
        return {(a, b): v(papers, a, b) for a in options for b in options if a != b}
    place = [{n: i for i, rank in enumerate(paper) for n in rank} for paper in papers]
    return {(a, b): sum(a in p and b in p and p[a] < p[b] for p in place) for a in options for b in options if a != b}


def schulze_before(won, options):
    """a before b when its strongest path to b is stronger, over every simple path there is."""
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


def ranked_pairs_before(won, options, hand: Hand):
    """Defeats locked one by one; where equal defeats close a circle, in a drawn order of the options concerned."""
    defeats = [(votes, won[b, a], a, b) for (a, b), votes in won.items() if votes > won[b, a]]
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
            concerned = {option for pair in group for option in pair}
            order = hand.order(concerned, len(concerned), "order of equal defeats")
            group.sort(key=lambda pair: (order.index(pair[0]), -order.index(pair[1])))
        for a, b in group:
            if not leads(b, a, locked):
                locked.add((a, b))
    return {(a, b) for a in options for b in options if a != b and leads(a, b, locked)}


def in_order(before, options, seats, hand: Hand):
    """Place by place, an option that no other one left comes before."""
    left, won = list(options), []
    while left and len(won) < seats:
        top = [a for a in left if not any((b, a) in before for b in left)]
        won.append(hand.single_out("elected", top, top))
        left.remove(won[-1])
    return won


def star(papers, options, seats, top, hand: Hand):
    """STAR seat by seat."""
    total = {a: sum(p[a - 1] or 0 for p in papers) for a in options}
    tops = {a: sum((p[a - 1] or 0) == top for p in papers) for a in options}

    def pref(a, b):
        return sum((p[a - 1] or 0) > (p[b - 1] or 0) for p in papers)

    def narrow(tied, places):
        if len(tied) <= places:
            return list(tied)
        losses = {a: sum(pref(b, a) > pref(a, b) for b in tied) for a in tied}
        for how, worth in (("head to head", lambda a: -losses[a]), ("top scores", lambda a: tops[a])):
            low = min(worth(a) for a in tied)
            good, bad = [a for a in tied if worth(a) > low], [a for a in tied if worth(a) == low]
            if good:
                hand.earlier("elected", tied, good, how)
                if len(good) >= places:
                    return narrow(good, places)
                return good + narrow(bad, places - len(good))
        return hand.order(tied, places, "elected")

    left, won = list(options), []
    while left and len(won) < seats:
        if len(left) == 1:
            won.append(left.pop())
            break
        second_best = sorted((total[a] for a in left), reverse=True)[1]
        above = [a for a in left if total[a] > second_best]
        level = sorted(a for a in left if total[a] == second_best)
        a, b = above + narrow(level, 2 - len(above))
        if pref(a, b) != pref(b, a):
            winner = a if pref(a, b) > pref(b, a) else b
        elif (total[a], tops[a]) != (total[b], tops[b]):
            how = "score" if total[a] != total[b] else "top scores"
            winner = max(a, b, key=lambda c: (total[c], tops[c]))
            hand.earlier("elected", [a, b], [winner], how)
        else:
            winner = hand.lot("elected", [a, b])
        won.append(winner)
        left.remove(winner)
    return won
