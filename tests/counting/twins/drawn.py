"""Elections drawn at random, small and rich in ties, by Python's own generator: hundreds of thousands in minutes, each
repeatable from its seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from isonomy.counting import Parameters, Profile
from isonomy.counting.ballot import Option, Ranks, merge, merge_scores


@dataclass(frozen=True)
class Poll:
    """What one random count is given, and the seed of its lots."""

    profile: Profile
    parameters: Parameters
    seed: str


def _options(rng: Random, fewest: int, most: int, *, costs: bool = False) -> tuple[Option, ...]:
    number = rng.randint(fewest, most)
    gone = rng.randint(1, number) if number > fewest and rng.random() < 0.1 else 0
    return tuple(
        Option(n, f"Option {n}", withdrawn=n == gone, cost=rng.randint(1, 12) if costs else 0)
        for n in range(1, number + 1)
    )


def _order(rng: Random, number: int, equal: float) -> Ranks:
    """A paper: shuffled, cut short, and with the chance `equal` some neighbours on one rank."""
    order = rng.sample(range(1, number + 1), rng.choice((0, number, rng.randint(0, number), rng.randint(0, number))))
    ranks: list[tuple[int, ...]] = []
    for n in order:
        if ranks and rng.random() < equal:
            ranks[-1] = tuple(sorted((*ranks[-1], n)))
        else:
            ranks.append((n,))
    return tuple(ranks)


def _turned(ranks: Ranks, number: int, by: int) -> Ranks:
    return tuple(tuple(sorted((n - 1 + by) % number + 1 for n in rank)) for rank in ranks)


def ranked(rng: Random, *, fewest: int = 2, most: int = 6, equal: float = 0.0, papers: int = 12) -> Profile:
    """Ranked papers with small weights; a third of the polls mirror their papers around, so that much is level."""
    options = _options(rng, fewest, most)
    number = len(options)
    ballots = [(_order(rng, number, equal), rng.randint(1, 3)) for _ in range(rng.randint(0, papers))]
    if rng.random() < 0.35:
        turn = rng.randint(1, number)
        ballots += [(_turned(ranks, number, turn), weight) for ranks, weight in ballots if rng.random() < 0.8]
    return Profile(options, merge(ballots))


def scored(
    rng: Random, low: int, high: int, *, most: int = 5, papers: int = 9, costs: bool = False, blank: float = 0.2
) -> Profile:
    """Papers with a whole number or nothing for each option; few different numbers, so that much is level."""
    options = _options(rng, 2, most, costs=costs)
    number = len(options)

    def paper() -> tuple[int | None, ...]:
        return tuple(None if rng.random() < blank else rng.randint(low, high) for _ in range(number))

    ballots = [(paper(), rng.randint(1, 2)) for _ in range(rng.randint(1, papers))]
    if rng.random() < 0.35:
        turn = rng.randint(1, number)
        ballots += [(scores[turn:] + scores[:turn], weight) for scores, weight in ballots]
    budget = rng.randint(1, 25) if costs else None
    return Profile(options, scored=merge_scores(ballots), budget=budget)


def marked(rng: Random, *, most: int = 5, papers: int = 8) -> Profile:
    """Approvals: marks on a scored paper, or on a ranked one, where every rank is a mark."""
    if rng.random() < 0.2:
        return ranked(rng, most=most, equal=0.5, papers=papers)
    return scored(rng, 0, 1, most=most, papers=papers)


def rank_papers(profile: Profile) -> list[Ranks]:
    """Every ranked paper by itself, without what is withdrawn."""
    standing = set(profile.standing)
    return [
        tuple(kept for rank in ranks if (kept := tuple(n for n in rank if n in standing)))
        for ranks, weight in profile.ballots
        for _ in range(weight)
    ]


def orders(profile: Profile) -> list[list[int]]:
    """Every paper as the list of preferences that can be told: up to the first rank with several names."""
    found = []
    for ranks in rank_papers(profile):
        order: list[int] = []
        for rank in ranks:
            if len(rank) > 1:
                break
            order.append(rank[0])
        found.append(order)
    return found


def score_papers(profile: Profile) -> list[tuple[int | None, ...]]:
    """Every scored paper by itself."""
    return [scores for scores, weight in profile.scored for _ in range(weight)]


def mark_papers(profile: Profile) -> list[frozenset[int]]:
    """What each paper marks, of those who stand; papers without a mark left out."""
    standing = set(profile.standing)
    found = [frozenset(n for rank in ranks for n in rank) for ranks in rank_papers(profile)]
    found += [
        frozenset(n for n, score in enumerate(scores, start=1) if score is not None and score > 0 and n in standing)
        for scores in score_papers(profile)
    ]
    return [paper for paper in found if paper]
