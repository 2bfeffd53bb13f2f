"""Options and ballots: what a count is given.

Lives here: options, ranked and scored ballots, merging, and the profile that carries them into a count. Not
here: reading files (`formats`), the rules (one module each), arrays (`arrays*.py`).

Invariant: options are numbered 1..n in the order of the ballot paper and a number is their only identity;
equal ballots are merged into one with the sum of their weights; weights are positive integers; no ballot
names an option twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple, overload

from isonomy.counting.values import replace, value
from isonomy.kernel.bad_input import BadInput

Ranks = tuple[tuple[int, ...], ...]
"""Option numbers by rank, best first; options in one rank are equal; options not named come after all of
them."""

Scores = tuple[int | None, ...]
"""One whole number an option, in the order of the paper; None where the voter gave none."""


@value
class Option:
    """Something that can be voted for: a motion, a person, a project. `number` counts from 1 in the order of
    the paper."""

    number: int
    name: str
    party: str = ""
    withdrawn: bool = False
    cost: int = 0
    code: str = ""


class Ballot(NamedTuple):
    """A ranked ballot and how many papers say the same; `ranks` is empty on a blank paper."""

    ranks: Ranks
    weight: int = 1


class ScoredBallot(NamedTuple):
    """A ballot of scores, approvals (1) or answers (1 yes, -1 no, 0 abstain) and how many papers say the
    same."""

    scores: Scores
    weight: int = 1


class ManyBallots(Sequence[Ballot]):
    """How files of many ballots are held: in less room than `Ballot` takes, and possibly with repetitions.

    As a sequence it gives each ballot once, merged, in the order of first appearance.
    """

    __slots__ = ("_merged",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self) -> None:
        self._merged: tuple[Ballot, ...] | None = None

    @property
    def weights(self) -> list[int]:
        """The weights of the ballots as they are held."""
        raise NotImplementedError

    def each(self) -> Iterable[tuple[Ranks, int]]:
        """The ballots as they are held, with their weights."""
        raise NotImplementedError

    def without(self, gone: Set[int]) -> Sequence[Ballot]:
        """The ballots without these options."""
        return without(self, gone)

    @property
    def ballots(self) -> tuple[Ballot, ...]:
        """The merged ballots."""
        if self._merged is None:
            self._merged = merge(self.each())
        return self._merged

    @property
    def paper_count(self) -> int:
        """The sum of all weights."""
        return sum(self.weights)

    def __len__(self) -> int:
        return len(self.ballots)

    @overload
    def __getitem__(self, place: int) -> Ballot: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Ballot, ...]: ...

    def __getitem__(self, place: int | slice) -> Ballot | tuple[Ballot, ...]:
        return self.ballots[place]

    def __iter__(self) -> Iterator[Ballot]:
        return iter(self.ballots)

    def __bool__(self) -> bool:
        return bool(self.weights)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, ManyBallots):
            return self.ballots == other.ballots
        return self.ballots == other


class StrictBallots(ManyBallots):
    """Ballots without equal ranks.

    Either rows `[weight, first, second ...]`, or weights beside orders of one byte an option (`of_bytes`); each form is
    made from the other when it is asked for.
    """

    __slots__ = ("_orders", "_rows", "_weights")

    def __init__(self, rows: list[list[int]]) -> None:
        super().__init__()
        self._rows: list[list[int]] | None = rows
        self._orders: list[bytes] | None = None
        self._weights = [row[0] for row in rows]

    @classmethod
    def of_bytes(cls, weights: list[int], orders: list[bytes]) -> StrictBallots:
        """Ballots from their weights and orders; for at most 255 options."""
        made = cls([])
        made._rows, made._orders, made._weights = None, orders, weights
        return made

    @property
    def weights(self) -> list[int]:
        """The weights of the ballots as they are held."""
        return self._weights

    @property
    def rows(self) -> list[list[int]]:
        """The ballots as rows `[weight, first, second ...]`."""
        if self._rows is None:
            assert self._orders is not None
            self._rows = [[weight, *order] for weight, order in zip(self._weights, self._orders, strict=True)]
        return self._rows

    @property
    def orders(self) -> list[bytes]:
        """The ballots' orders, one byte an option; raises `ValueError` when a number is above 255."""
        if self._orders is None:
            self._orders = [bytes(row[1:]) for row in self.rows]
        return self._orders

    @property
    def fits_bytes(self) -> bool:
        """Whether every number fits one byte."""
        return self._orders is not None or all(max(row[1:], default=0) < 256 for row in self.rows)

    def each(self) -> Iterable[tuple[Ranks, int]]:
        """The ballots as they are held, with their weights."""
        orders = self._orders if self._orders is not None else (row[1:] for row in self.rows)
        return zip(map(in_order, orders), self._weights, strict=True)

    def without(self, gone: Set[int]) -> Sequence[Ballot]:
        """The ballots without these options."""
        if not self.fits_bytes:
            return without(self, gone)
        lost = bytes(number for number in gone if number < 256)
        return StrictBallots.of_bytes(self._weights, [order.translate(None, lost) for order in self.orders])

    def __repr__(self) -> str:
        return f"StrictBallots({self.rows!r})"


@value
class Profile:
    """The options and ballots of one poll.

    `ballots` for ranked papers, `scored` for scored ones (a profile has one kind). `seats` and `spoiled`
    where the file tells them; `budget` for participatory budgets. `unranked` says what a ranked paper thinks
    of the options it does not name: they are `below` all others, or `apart`, compared with none ("no
    opinion"). Raises `BadInput` when options are not numbered 1..n.
    """

    options: tuple[Option, ...]
    ballots: Sequence[Ballot] = ()
    scored: tuple[ScoredBallot, ...] = ()
    seats: int | None = None
    spoiled: int | None = None
    budget: int | None = None
    title: str = ""
    unranked: str = "below"

    def __post_init__(self) -> None:
        if [option.number for option in self.options] != list(range(1, len(self.options) + 1)):
            raise BadInput("the options are not numbered 1, 2, 3 ...", "", "number them in the order of the paper")

    @property
    def kind(self) -> str:
        """`scores` when the papers carry scores, else `ranks`."""
        return "scores" if self.scored else "ranks"

    @property
    def paper_count(self) -> int:
        """The sum of all weights, blank papers included."""
        if isinstance(self.ballots, ManyBallots):
            return self.ballots.paper_count
        return sum(b.weight for b in self.ballots) + sum(s.weight for s in self.scored)

    @property
    def standing(self) -> tuple[int, ...]:
        """Numbers of the options that are not withdrawn, in order."""
        return tuple(option.number for option in self.options if not option.withdrawn)

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the order of the paper."""
        return tuple(option.name for option in self.options)

    def number_of(self, given: str | int) -> int:
        """The number of an option given by number or exact name; raises `BadInput` when there is none."""
        text = str(given).strip()
        if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= len(self.options):
            return int(text)
        matches = [option.number for option in self.options if option.name == text]
        if len(matches) != 1:
            from isonomy.kernel.bad_input import did_you_mean

            cure = f"give its number, 1 to {len(self.options)}, or its exact name"
            hint = did_you_mean(text, list(self.names)) if not matches else ""
            raise BadInput(f"there is no option '{text}'", "", f"{cure}; {hint}" if hint else cure)
        return matches[0]

    def withdraw(self, numbers: Iterable[int]) -> Profile:
        """The same profile with further options withdrawn."""
        gone = set(numbers)
        options = tuple(replace(o, withdrawn=o.withdrawn or o.number in gone) for o in self.options)
        return replace(self, options=options)

    def standing_ballots(self) -> Sequence[Ballot]:
        """The ranked ballots without withdrawn options, merged again; the ballots themselves when none is
        withdrawn."""
        gone = {option.number for option in self.options if option.withdrawn}
        if not gone:
            return self.ballots
        return self.ballots.without(gone) if isinstance(self.ballots, ManyBallots) else without(self.ballots, gone)


def options_named(names: Sequence[str]) -> tuple[Option, ...]:
    """Options with these names, numbered in order."""
    return tuple(Option(number, name) for number, name in enumerate(names, start=1))


def merge(ballots: Iterable[tuple[Ranks, int]]) -> tuple[Ballot, ...]:
    """Equal ballots as one, in the order of their first appearance."""
    weights: dict[Ranks, int] = {}
    for ranks, weight in ballots:
        weights[ranks] = weights.get(ranks, 0) + weight
    return tuple(Ballot(ranks, weight) for ranks, weight in weights.items())


def merge_scores(ballots: Iterable[tuple[Scores, int]]) -> tuple[ScoredBallot, ...]:
    """Equal scored ballots as one, in the order of their first appearance."""
    weights: dict[Scores, int] = {}
    for scores, weight in ballots:
        weights[scores] = weights.get(scores, 0) + weight
    return tuple(ScoredBallot(scores, weight) for scores, weight in weights.items())


def without(ballots: Iterable[Ballot], gone: Set[int]) -> tuple[Ballot, ...]:
    """The ballots without these options, merged again."""
    return merge(
        (tuple(kept for rank in b.ranks if (kept := tuple(n for n in rank if n not in gone))), b.weight)
        for b in ballots
    )


@lru_cache(maxsize=4096)
def _alone(number: int) -> tuple[int, ...]:
    return (number,)


def in_order(numbers: Iterable[int]) -> Ranks:
    """The ranks of a ballot without equal ranks."""
    return tuple(_alone(number) for number in numbers)


def ranks_from_positions(positions: Mapping[int, int]) -> Ranks:
    """The ranks from the place each option was given; only the order of places counts, gaps do not."""
    places: dict[int, list[int]] = {}
    for number, place in positions.items():
        places.setdefault(place, []).append(number)
    return tuple(tuple(sorted(places[place])) for place in sorted(places))


def check_ballot(ranks: Ranks, option_count: int, where: str = "") -> None:
    """Raises `BadInput` when a ballot names an option twice or one that is not on the paper."""
    seen: set[int] = set()
    for number in (n for rank in ranks for n in rank):
        if not 1 <= number <= option_count:
            raise BadInput(f"option {number} is not on the paper", where, f"the options are 1 to {option_count}")
        if number in seen:
            raise BadInput(f"option {number} is named twice", where, "name each option once")
        seen.add(number)


def expand(ballots: Iterable[Ballot]) -> Iterator[Ranks]:
    """Each paper by itself: the inverse of merging, for small polls and tests."""
    for ballot in ballots:
        for _ in range(ballot.weight):
            yield ballot.ranks
