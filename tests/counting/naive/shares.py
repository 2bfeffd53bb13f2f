"""Proportional rules on approvals, budgets and apportionment straight from their texts, voter by voter."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from tests.counting.naive.hand import Hand


def seq_pav(papers, options, seats, hand: Hand):
    won = []
    while len(won) < min(seats, len(options)):

        def worth(c, won=tuple(won)):
            return sum((Fraction(1, 1 + len(set(won) & paper)) for paper in papers if c in paper), Fraction(0))

        left = [c for c in options if c not in won]
        top = max(worth(c) for c in left)
        tied = [c for c in left if worth(c) == top]
        won.append(hand.single_out("elected", tied, tied))
    return won


def best_committees(papers, options, seats):
    def worth(committee):
        return sum(
            (sum((Fraction(1, k) for k in range(1, len(paper & set(committee)) + 1)), Fraction(0)) for paper in papers),
            Fraction(0),
        )

    committees = list(combinations(options, min(seats, len(options))))
    top = max(worth(committee) for committee in committees)
    return [committee for committee in committees if worth(committee) == top]


def pav(papers, options, seats, hand: Hand):
    """Of several best committees the one with the first option, in a drawn order, on which they differ."""
    best = best_committees(papers, options, seats)
    if len(best) > 1:
        differ = [c for c in options if any(c in one for one in best) and not all(c in one for one in best)]
        for c in hand.order(differ, len(differ), "best committee"):
            best = [one for one in best if c in one] or best
    return list(best[0])


def phragmen(papers, options, seats, hand: Hand):
    """In continuous time: everybody earns money at speed 1, an option is bought as soon as its supporters hold 1
    together."""
    money, now, won = [Fraction(0)] * len(papers), Fraction(0), []
    while len(won) < seats:
        due = {}
        for c in options:
            supporters = [i for i, paper in enumerate(papers) if c in paper]
            if c not in won and supporters:
                due[c] = (1 - sum((money[i] for i in supporters), Fraction(0))) / len(supporters)
        if not due:
            return won, now
        wait = min(due.values())
        tied = [c for c in due if due[c] == wait]
        c = hand.single_out("elected", tied, tied)
        now += wait
        money = [m + wait for m in money]
        money = [Fraction(0) if c in paper else m for paper, m in zip(papers, money, strict=True)]
        won.append(c)
    return won, now


def equal_shares(utilities, cost, budget, increment, first_of):
    """`utilities` a voter: option to utility; `first_of` settles equal rates. The outcome of steps 1 to 3."""

    def once(share):
        money, chosen = [share] * len(utilities), []
        while True:
            rates = {}
            for c in cost:
                supporters = [i for i, u in enumerate(utilities) if u.get(c, 0) > 0]
                if c in chosen or not supporters or sum(money[i] for i in supporters) < cost[c]:
                    continue
                # The rate is one of those at which exactly the poorest k pay everything they hold.
                ratio = sorted(supporters, key=lambda i: money[i] / utilities[i][c])
                for k in range(len(ratio)):
                    rest = cost[c] - sum((money[i] for i in ratio[:k]), Fraction(0))
                    rate = rest / sum(utilities[i][c] for i in ratio[k:])
                    if all(money[i] >= rate * utilities[i][c] for i in ratio[k:]):
                        rates[c] = rate
                        break
            if not rates:
                return chosen
            low = min(rates.values())
            c = first_of([c for c in rates if rates[c] == low])
            for i, u in enumerate(utilities):
                if u.get(c, 0) > 0:
                    money[i] -= min(money[i], low * u[c])
            chosen.append(c)

    share = Fraction(budget, max(len(utilities), 1))
    chosen = once(share)
    wanted = {c for u in utilities for c in u if u[c] > 0}
    while increment and set(chosen) != wanted:
        share += increment
        more = once(share)
        if sum(cost[c] for c in more) > budget:
            break
        chosen = more
    return chosen


def by_votes_alone(utilities, cost, budget, already, first_of):
    """Steps 4 and 5: what is not chosen yet, most supporters first, as far as the money reaches."""
    votes = {c: sum(u.get(c, 0) > 0 for u in utilities) for c in cost}
    left, taken = [c for c in cost if votes[c] and c not in already], []
    while left:
        c = first_of([c for c in left if votes[c] == max(votes[c] for c in left)])
        left.remove(c)
        if sum(cost[c] for c in [*already, *taken, c]) <= budget:
            taken.append(c)
    return taken


def whole_equal_shares(utilities, cost, budget, increment, completion, comparison, hand: Hand):
    """Steps 1 to 5; equal projects: more supporters, the cheaper, the first in an order drawn once."""
    drawn: list[int] = []

    def first_of(tied):
        votes = {c: sum(u.get(c, 0) > 0 for u in utilities) for c in tied}
        tied = [c for c in tied if votes[c] == max(votes.values())]
        tied = [c for c in tied if cost[c] == min(cost[c] for c in tied)]
        if len(tied) > 1 and not drawn:
            drawn.extend(hand.order(cost, len(cost), "order of equal projects"))
        return tied[0] if len(tied) == 1 else next(c for c in drawn if c in tied)

    chosen = equal_shares(utilities, cost, budget, increment, first_of)
    if completion == "greedy":
        chosen = chosen + by_votes_alone(utilities, cost, budget, chosen, first_of)
    if comparison == "greedy":
        other = by_votes_alone(utilities, cost, budget, [], first_of)

        def worth(u, outcome):
            return sum(u.get(c, 0) for c in outcome)

        gain = sum(worth(u, other) > worth(u, chosen) for u in utilities)
        loss = sum(worth(u, other) < worth(u, chosen) for u in utilities)
        chosen = other if gain > loss else chosen
    return chosen


def highest_quotients(votes, seats, divisor):
    """All quotients at once: the multiset of the `seats` largest, as seats by claimant where no tie stands at the
    cut."""
    quotients = sorted(
        ((Fraction(v, divisor(k)), n) for n, v in votes.items() if v for k in range(seats)), key=lambda q: (-q[0], q[1])
    )
    taken = quotients[:seats]
    tie = len(quotients) > seats and bool(taken) and quotients[seats][0] == taken[-1][0]
    return {n: sum(m == n for _, m in taken) for n in votes}, tie
