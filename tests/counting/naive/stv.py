"""Counts by stages straight from their texts, paper by paper, sharing no code with the counters under test.

Every counter takes the papers (each a list of candidates in order), the candidates, the seats and the hand that
settles ties and notes them. It gives (elected in order, list of (totals, exhausted, lost) after each stage). Those who
are `guarded` (a countback) are not excluded while anybody else is left.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from tests.counting.naive.hand import Hand

Paper = list[int]


def cut(value: Fraction, places: int) -> Fraction:
    return Fraction(floor(value * 10**places), 10**places)


def raise_to(value: Fraction, places: int) -> Fraction:
    return Fraction(ceil(value * 10**places), 10**places)


class Count:
    """Papers lying at candidates, each with its value."""

    def __init__(self, papers: list[Paper], candidates: list[int]) -> None:
        self.papers = [paper for paper in papers if paper]
        self.value = [Fraction(1)] * len(self.papers)
        self.at = [paper[0] for paper in self.papers]
        self.continuing = list(candidates)
        self.candidates = list(candidates)
        self.votes = dict.fromkeys(candidates, Fraction(0))
        for candidate in self.at:
            self.votes[candidate] += 1
        self.exhausted = Fraction(0)
        self.elected: list[int] = []
        self.stages: list[tuple[dict[int, Fraction], Fraction, Fraction]] = []

    def note(self) -> None:
        lost = len(self.papers) - sum(self.votes.values()) - self.exhausted
        self.stages.append((dict(self.votes), self.exhausted, lost))

    def lying_at(self, candidate: int) -> list[int]:
        return [i for i, at in enumerate(self.at) if at == candidate]

    def move(self, i: int) -> int:
        """To the next available preference; 0 when there is none."""
        paper = self.papers[i]
        later = paper[paper.index(self.at[i]) + 1 :]
        self.at[i] = next((c for c in later if c in self.continuing), 0)
        if self.at[i]:
            self.votes[self.at[i]] += self.value[i]
        else:
            self.exhausted += self.value[i]
        return self.at[i]

    def elect(self, quota: Fraction) -> None:
        reached = [c for c in self.continuing if self.votes[c] >= quota]
        for c in sorted(reached, key=lambda c: (-self.votes[c], c)):
            self.continuing.remove(c)
            self.elected.append(c)

    def may_go(self, guarded) -> list[int]:
        """Nobody who sits may be excluded; [] when only they are left, and the countback ends."""
        return [c for c in self.continuing if c not in guarded]

    def unequal_at(self, tied: list[int], stages, best) -> list[int]:
        for votes, _, _ in stages:
            top = best(votes[c] for c in tied)
            tied = [c for c in tied if votes[c] == top]
            if len(tied) == 1:
                break
        return tied


def scottish(papers: list[Paper], candidates: list[int], seats: int, hand: Hand, guarded=()):
    count = Count(papers, candidates)
    quota = Fraction(len(count.papers) // (seats + 1) + 1)
    count.elect(quota)
    count.note()
    while len(count.elected) < seats:
        if len(count.continuing) <= seats - len(count.elected):
            count.elect(Fraction(-1))
            break
        over = [c for c in count.elected if count.votes[c] > quota]
        if over:
            tied = [c for c in over if count.votes[c] == max(count.votes[c] for c in over)]
            mover = hand.single_out("transfer", tied, count.unequal_at(tied, reversed(count.stages), max))
            surplus, total = count.votes[mover] - quota, count.votes[mover]
            for i in count.lying_at(mover):
                count.value[i] = cut(surplus * count.value[i] / total, 5)
                count.move(i)
            count.votes[mover] = quota
        else:
            going = count.may_go(guarded)
            if not going:
                break
            tied = [c for c in going if count.votes[c] == min(count.votes[c] for c in going)]
            out = hand.single_out("excluded", tied, count.unequal_at(tied, reversed(count.stages), min))
            count.continuing.remove(out)
            for i in count.lying_at(out):
                count.move(i)
            count.votes[out] = Fraction(0)
        count.elect(quota)
        count.note()
    return count.elected, count.stages


def wigm(papers: list[Paper], candidates: list[int], seats: int, hand: Hand, guarded=()):
    count = Count(papers, candidates)
    quota = cut(Fraction(len(count.papers), seats + 1), 4) + Fraction(1, 10**4)
    pending: list[int] = []

    def complete() -> bool:
        return len(count.elected) == seats or len(count.elected) + len(count.continuing) <= seats

    def winners() -> None:
        before = len(count.elected)
        count.elect(quota)
        pending.extend(count.elected[before:])

    first = True
    while True:
        if not complete() or first:
            winners() if len(count.continuing) > seats - len(count.elected) else None
        if first:
            count.note()
            first = False
        if complete():
            break
        if pending:
            tied = [c for c in pending if count.votes[c] == max(count.votes[c] for c in pending)]
            mover = hand.single_out("transfer", tied, tied)
            surplus, total = count.votes[mover] - quota, count.votes[mover]
            for i in count.lying_at(mover):
                count.value[i] = cut(cut(count.value[i] * surplus, 4) / total, 4)
                if count.value[i] == 0:
                    count.at[i] = 0
                else:
                    count.move(i)
            count.votes[mover] = quota
            pending.remove(mover)
        else:
            going = count.may_go(guarded)
            if not going:
                return count.elected, count.stages
            tied = [c for c in going if count.votes[c] == min(count.votes[c] for c in going)]
            out = hand.single_out("excluded", tied, tied)
            count.continuing.remove(out)
            if complete():
                count.votes[out] = count.votes[out]
                break
            for i in count.lying_at(out):
                count.move(i)
            count.votes[out] = Fraction(0)
        if not complete():
            winners()
        count.note()
    if len(count.elected) < seats:
        count.elect(Fraction(-1))
    return count.elected, count.stages


def irv(papers: list[Paper], candidates: list[int], seats: int, hand: Hand, guarded=()):
    del seats, guarded
    count = Count(papers, candidates)
    count.note()
    while True:
        held = sum(count.votes[c] for c in count.continuing)
        ahead = [c for c in count.continuing if count.votes[c] * 2 > held]
        if ahead or len(count.continuing) <= 1:
            return ahead or count.continuing, count.stages
        low = min(count.votes[c] for c in count.continuing)
        tied = [c for c in count.continuing if count.votes[c] == low]
        out = hand.single_out("excluded", tied, count.unequal_at(tied, reversed(count.stages), min))
        count.continuing.remove(out)
        for i in count.lying_at(out):
            count.move(i)
        count.votes[out] = Fraction(0)
        count.note()


def meek(papers: list[Paper], candidates: list[int], seats: int, hand: Hand, guarded=()):
    papers = [paper for paper in papers if paper]
    hopeful, elected = list(candidates), []
    keep = dict.fromkeys(candidates, Fraction(1))
    stages = []
    while len(elected) < seats and len(hopeful) > seats - len(elected):
        before = None
        while True:
            votes = dict.fromkeys(candidates, Fraction(0))
            for paper in papers:
                weight = Fraction(1)
                for candidate in paper:
                    part = raise_to(weight * keep[candidate], 9)
                    votes[candidate] += part
                    weight -= part
                    if weight == 0:
                        break
            total = sum(votes.values())
            quota = cut(total / (seats + 1), 9) + Fraction(1, 10**9)
            new = sorted((c for c in hopeful if votes[c] >= quota), key=lambda c: (-votes[c], c))
            for c in new:
                hopeful.remove(c)
                elected.append(c)
            surplus = max(Fraction(0), sum((votes[c] - quota for c in elected), Fraction(0)))
            if new or surplus < Fraction(1, 10**6) or (before is not None and surplus >= before):
                break
            before = surplus
            for c in elected:
                keep[c] = raise_to(raise_to(keep[c] * quota, 9) / votes[c], 9)
        going = [c for c in hopeful if c not in guarded]
        if new or going:
            stages.append((votes, len(papers) - total, Fraction(0)))
        if new:
            continue
        if not going:
            if not stages:
                stages.append((votes, len(papers) - total, Fraction(0)))
            return elected, stages
        tied = [c for c in going if votes[c] <= min(votes[c] for c in going) + surplus]
        out = hand.single_out("excluded", tied, tied)
        hopeful.remove(out)
        keep[out] = Fraction(0)
    if len(elected) < seats:
        if not stages:
            votes = {c: Fraction(sum(paper[0] == c for paper in papers)) for c in candidates}
            stages.append((votes, Fraction(0), Fraction(0)))
        elected += sorted(hopeful, key=lambda c: (-votes[c], c))
    return elected, stages


class Ers97:
    """ERS97, section 5, with every paper carried about by itself."""

    def __init__(self, papers: list[Paper], candidates: list[int], seats: int, hand: Hand) -> None:
        self.papers = [paper for paper in papers if paper]
        self.seats, self.hand = seats, hand
        self.candidates = list(candidates)
        self.continuing = list(candidates)
        self.elected: list[int] = []
        self.value = [Fraction(1)] * len(self.papers)
        self.at = [paper[0] for paper in self.papers]
        self.received = [0] * len(self.papers)
        self.clock = 0
        self.votes = {c: Fraction(sum(at == c for at in self.at)) for c in candidates}
        self.non_transferable = Fraction(0)
        self.lost = Fraction(0)
        self.points: list[dict[int, Fraction]] = []
        self.stages: list[tuple[dict[int, Fraction], Fraction, Fraction]] = []
        self.quota = raise_to(Fraction(len(self.papers), seats + 1), 2)

    def awaiting(self) -> Fraction:
        return sum((max(Fraction(0), self.votes[c] - self.quota) for c in self.elected), Fraction(0))

    def active(self) -> Fraction:
        gone = [c for c in self.candidates if c not in self.continuing and c not in self.elected]
        waiting = self.awaiting() + sum((self.votes[c] for c in gone), Fraction(0))
        return sum((self.votes[c] for c in self.continuing), Fraction(0)) + waiting

    def earliest(self, tied: list[int], best) -> list[int]:
        for votes in self.points:
            top = best(votes[c] for c in tied)
            tied = [c for c in tied if votes[c] == top]
        return tied

    def deem(self) -> None:
        while len(self.elected) < self.seats and self.continuing:
            places = self.seats - len(self.elected)
            top = max(self.votes[c] for c in self.continuing)
            if not (top >= self.quota or top >= self.active() / (places + 1)):
                return
            tied = [c for c in self.continuing if self.votes[c] == top]
            if len(tied) > places:
                left = self.earliest(tied, max)
                if len(left) > 1:
                    return
                self.hand.earlier("elected", tied, left)
                tied = left
            self.continuing.remove(tied[0])
            self.elected.append(tied[0])

    def point(self) -> None:
        self.points.append(dict(self.votes))
        self.deem()

    def stage(self) -> None:
        self.stages.append((dict(self.votes), self.non_transferable, self.lost))

    def next_of(self, i: int) -> int:
        paper = self.papers[i]
        later = paper[paper.index(self.at[i]) + 1 :]
        return next((c for c in later if c in self.continuing), 0)

    def batch_size(self) -> int:
        """How many of the lowest may go together under 5.2.5, surpluses counted in."""
        order = sorted(self.votes[c] for c in self.continuing)
        sizes = [
            n
            for n in range(1, len(order))
            if len(order) - n >= self.seats - len(self.elected) and sum(order[:n]) + self.awaiting() <= order[n]
        ]
        return max(sizes, default=0)

    def count(self):
        self.point()
        self.stage()
        while len(self.elected) < self.seats:
            if len(self.continuing) <= self.seats - len(self.elected):
                self.rest()
                break
            over = [c for c in self.elected if self.votes[c] > self.quota]
            if over and not self.batch_size():
                tied = [c for c in over if self.votes[c] == max(self.votes[c] for c in over)]
                self.surplus(self.hand.single_out("transfer", tied, self.earliest(tied, max)))
                continue
            size = max(self.batch_size(), 1)
            going: list[int] = []
            while len(going) < size:
                left = [c for c in self.continuing if c not in going]
                low = min(self.votes[c] for c in left)
                tied = [c for c in left if self.votes[c] == low]
                if len(tied) > size - len(going) and len(tied) > 1:
                    tied = [self.hand.single_out("excluded", tied, self.earliest(tied, min))]
                going += tied
            if len(self.continuing) - len(going) <= self.seats - len(self.elected):
                self.continuing = [c for c in self.continuing if c not in going]
                self.rest()
                break
            self.exclude(going)
        return self.elected, self.stages

    def rest(self) -> None:
        self.elected += sorted(self.continuing, key=lambda c: (-self.votes[c], c))
        self.continuing = []

    def surplus(self, mover: int) -> None:
        surplus = self.votes[mover] - self.quota
        mine = [i for i, at in enumerate(self.at) if at == mover]
        last = max(self.received[i] for i in mine)
        mine = [i for i in mine if self.received[i] == last]
        movable = [i for i in mine if self.next_of(i)]
        worth = sum((self.value[i] for i in movable), Fraction(0))
        self.clock += 1
        moved = Fraction(0)
        for i in mine:
            target = self.next_of(i)
            if target:
                if worth > surplus:
                    self.value[i] = cut(surplus / len(movable), 2)
                self.votes[target] += self.value[i]
                moved += self.value[i]
                self.received[i] = self.clock
            self.at[i] = target
        if worth > surplus:
            self.lost += surplus - moved
        else:
            self.non_transferable += surplus - moved
        self.votes[mover] = self.quota
        self.point()
        self.stage()

    def exclude(self, going: list[int]) -> None:
        self.continuing = [c for c in self.continuing if c not in going]
        held = [i for i, at in enumerate(self.at) if at in going]
        for value in sorted({self.value[i] for i in held}, reverse=True):
            self.clock += 1
            for i in held:
                if self.value[i] != value:
                    continue
                self.votes[self.at[i]] -= value
                self.at[i] = self.next_of(i)
                self.received[i] = self.clock
                if self.at[i]:
                    self.votes[self.at[i]] += value
                else:
                    self.non_transferable += value
            if not self.elected:
                live = len(self.papers) - self.non_transferable - self.lost
                self.quota = raise_to(live / (self.seats + 1), 2)
            self.point()
            if len(self.elected) == self.seats:
                break
        self.stage()


def ers97(papers: list[Paper], candidates: list[int], seats: int, hand: Hand):
    return Ers97(papers, candidates, seats, hand).count()
