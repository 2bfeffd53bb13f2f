"""Rules that add up, straight from the specification's words, paper by paper: plurality, approval, bloc, score, answers
and the apportionments. Shares no code with the counters under test."""

from __future__ import annotations

from fractions import Fraction

from tests.counting.naive.hand import Hand, most


def first_preferences(papers, options):
    """One vote for whoever stands alone in the first rank that still names somebody."""
    votes = dict.fromkeys(options, 0)
    for paper in papers:
        named = [[n for n in rank if n in votes] for rank in paper]
        named = [rank for rank in named if rank]
        if named and len(named[0]) == 1:
            votes[named[0][0]] += 1
    return votes


def plurality(papers, options, seats, hand: Hand):
    votes = first_preferences(papers, options)
    return votes, most(votes, seats, hand)


def marks(papers, options, seats, hand: Hand, *, at_most=None):
    """Approval; with `at_most` bloc. A paper is the set of what it marks."""
    votes = dict.fromkeys(options, 0)
    for paper in papers:
        marked = [n for n in paper if n in votes]
        if at_most is None or len(marked) <= at_most:
            for n in marked:
                votes[n] += 1
    return votes, most(votes, seats, hand)


def score(papers, options, seats, hand: Hand):
    votes = {n: sum(paper[n - 1] or 0 for paper in papers) for n in options}
    return votes, most(votes, seats, hand)


def yes_no(papers, options, seats, majority, of, entitled, hand: Hand):
    """Those carried, the most yes first where seats are to be filled."""
    carried = {}
    for n in options:
        answers = [paper[n - 1] for paper in papers]
        yes, no = answers.count(1), answers.count(-1)
        if ":" in majority:
            one, other = map(int, majority.split(":"))
            passes = yes > no and yes * other >= no * one
        else:
            whole = {"cast": yes + no, "present": len(papers)}.get(of, entitled)
            needed = Fraction(majority) * whole
            passes = yes > needed if Fraction(majority) == Fraction(1, 2) else yes >= needed
        if passes and yes:
            carried[n] = yes
    return sorted(carried) if seats is None else most(carried, seats, hand)


def divisors(votes, seats, least, divisor, hand: Hand):
    """Seat by seat to the largest quotient; `divisor(k)` is for a claimant that holds k seats."""
    held = dict.fromkeys(votes, least)
    chosen: list[int] = []
    while sum(held.values()) < seats and any(votes.values()):
        if not chosen:
            worth = {n: Fraction(v, divisor(held[n])) for n, v in votes.items() if v}
            level = [n for n in worth if worth[n] == max(worth.values())]
            free = seats - sum(held.values())
            chosen = level if len(level) <= free else hand.order(level, free, "elected")
        held[chosen[0]] += 1
        chosen = chosen[1:]
    return held


def largest_remainders(votes, seats, least, hand: Hand):
    """Hare quota: whoever would get less than the least is set aside with it, the others share what is left."""
    aside: dict[int, int] = {}
    while True:
        sharing = {n: v for n, v in votes.items() if n not in aside}
        rest, total = seats - least * len(aside), sum(sharing.values())
        if total == 0:
            return dict.fromkeys(votes, least)
        short = [n for n, v in sharing.items() if Fraction(v * rest, total) < least]
        if not short:
            break
        aside.update(dict.fromkeys(short, least))
    part = {n: Fraction(v * rest, total) for n, v in sharing.items()}
    whole = {n: int(p) for n, p in part.items()}
    free = rest - sum(whole.values())
    more = most({n: part[n] - whole[n] for n in part}, free, hand) if free else []
    return {n: aside[n] if n in aside else whole[n] + (n in more) for n in votes}
