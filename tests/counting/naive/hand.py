"""The hand that settles ties in a naive count: the published lot from the specification's own words, and a list of what
was met. It shares no code with the counters under test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256


class Hand:
    """Draws lots from a public seed and notes every tie as (question, among, by, chosen)."""

    def __init__(self, seed: str = "") -> None:
        self.seed = seed
        self.ties: list[tuple[str, tuple[int, ...], str, tuple[int, ...]]] = []

    def order(self, tied: Iterable[int], wanted: int, question: str) -> list[int]:
        """Specification, section 5: the smallest digest of prefix, seed, number of the tie and option is drawn first."""
        number = len(self.ties) + 1
        ticket = {
            n: sha256("\n".join(["isonomy lot v1", self.seed, str(number), str(n)]).encode()).digest() for n in tied
        }
        drawn = sorted(ticket, key=lambda n: ticket[n])[:wanted]
        self.ties.append((question, tuple(sorted(ticket)), "lot", tuple(drawn)))
        return drawn

    def lot(self, question: str, tied: Iterable[int]) -> int:
        return self.order(tied, 1, question)[0]

    def earlier(self, question: str, tied: Iterable[int], chosen: Iterable[int], by: str = "earlier stage") -> None:
        self.ties.append((question, tuple(sorted(tied)), by, tuple(chosen)))

    def single_out(self, question: str, tied: list[int], left: list[int]) -> int:
        """One of those tied: the one that other stages leave, else a lot among those left."""
        if len(tied) == 1:
            return tied[0]
        if len(left) == 1:
            self.earlier(question, tied, left)
            return left[0]
        return self.lot(question, left)


def most(figures: dict[int, object], seats: int, hand: Hand) -> list[int]:
    """The largest figures, equal ones in the order of the paper; a lot where the last seats are contested."""
    left, won = dict(figures), []
    while left and len(won) < seats:
        top = max(left.values())
        level = sorted(n for n in left if left[n] == top)
        free = seats - len(won)
        won += level if len(level) <= free else hand.order(level, free, "elected")
        left = {n: figure for n, figure in left.items() if figure != top}
    return won


Lot = Callable[[str, list[int]], int]
