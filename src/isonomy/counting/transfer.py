"""Papers on their way: who holds which ballots, and where they go next.

Lives here: ranked ballots as preference orders with weights, dealt to candidates and split by next
preference. Not here: values and totals (`stage_count`), the same by arrays (`arrays_transfer`).

Invariant: a ballot is in one bundle at most; splitting moves a ballot
to its first preference for a candidate who is open to it, and its place on the ballot never goes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from isonomy.counting import compiled
from isonomy.counting.ballot import Ballot, Ranks, StrictBallots
from isonomy.counting.packed_ballots import PackedBallots
from isonomy.counting.parts import PartedBallots, first_places, first_preferences

Bundle = Any
"""A collection of ballots; what it is made of is known to the papers alone."""

NOBODY = 0
"""The number under which a split returns ballots that name no further candidate."""


class Papers(Protocol):
    """What a count by stages needs of its ballots."""

    valid: int

    def deal(self, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """Every ballot to its first preference among the candidates open to it; `open_to[n]` by number."""
        ...

    def split(self, bundle: Bundle, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """A bundle by next available preference; under `NOBODY` the ballots that have none."""
        ...

    def papers(self, bundle: Bundle) -> int:
        """How many papers the ballots of a bundle stand for."""
        ...

    def join(self, one: Bundle, other: Bundle) -> Bundle:
        """Two bundles as one."""
        ...


def preference_order(ranks: Ranks) -> tuple[int, ...]:
    """The preferences of a ballot up to the first rank that names several options: no preference can be told
    from there on."""
    order = []
    for rank in ranks:
        if len(rank) != 1:
            break
        order.append(rank[0])
    return tuple(order)


class PaperLists:
    """Papers as slips: `[weight, 0, last preference ... first preference]`, of which preferences are taken off the end.

    The 0 below the preferences stands for nobody, who is always open. A bundle is a list of slips. For any number of
    options, and for rules in which a paper passes a candidate who stays open.
    """

    def __init__(self, ballots: Iterable[Ballot]) -> None:
        rows = ballots.rows if isinstance(ballots, StrictBallots) else _rows(ballots)
        self.slips = [[row[0], NOBODY, *row[:0:-1]] for row in rows if len(row) > 1]
        self.valid = sum([slip[0] for slip in self.slips])

    def deal(self, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """Every ballot to its first preference among the candidates open to it."""
        return self.split(self.slips, open_to)

    def split(self, bundle: Bundle, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """A bundle by next available preference."""
        is_open = [True, *open_to[1:]]
        found: list[list[list[int]]] = [[] for _ in is_open]
        give = [group.append for group in found]
        for slip in bundle:
            target = slip.pop()
            while not is_open[target]:
                target = slip.pop()
            give[target](slip)
        return {target: group for target, group in enumerate(found) if group}

    def papers(self, bundle: Bundle) -> int:
        """How many papers the ballots of a bundle stand for."""
        return sum([slip[0] for slip in bundle])

    def join(self, one: Bundle, other: Bundle) -> Bundle:
        """Two bundles as one; the first is extended in place."""
        one.extend(other)
        return one


class PaperBytes:
    """Papers as (order, weight), an order one byte a candidate: what is closed is stripped off its front.

    A bundle is a list of them. For up to 255 options and rules in which who is once closed never opens again, so that
    nothing before the next open candidate is ever asked for.
    """

    def __init__(self, ballots: StrictBallots) -> None:
        self.held = [held for held in zip(ballots.orders, ballots.weights, strict=True) if held[0]]
        self.valid = sum([weight for _, weight in self.held])

    def deal(self, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """Every ballot to its first preference among the candidates open to it."""
        found: list[list[tuple[bytes, int]]] = [[] for _ in open_to]
        give = [group.append for group in found]
        for held in self.held:
            give[held[0][0]](held)
        dealt: dict[int, Bundle] = {}
        for target, group in enumerate(found):
            if group and not open_to[target]:
                for receiver, bundle in self.split(group, open_to).items():
                    dealt[receiver] = dealt.get(receiver, []) + bundle
            elif group:
                dealt[target] = dealt.get(target, []) + group
        return dealt

    def split(self, bundle: Bundle, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """A bundle by next available preference."""
        closed = bytes([number for number, is_open in enumerate(open_to) if number and not is_open])
        found: list[list[tuple[bytes, int]]] = [[] for _ in open_to]
        give = [group.append for group in found]
        nobody = give[NOBODY]
        for order, weight in bundle:
            rest = order.lstrip(closed)
            if rest:
                give[rest[0]]((rest, weight))
            else:
                nobody((rest, weight))
        return {target: group for target, group in enumerate(found) if group}

    def papers(self, bundle: Bundle) -> int:
        """How many papers the ballots of a bundle stand for."""
        return sum([weight for _, weight in bundle])

    def join(self, one: Bundle, other: Bundle) -> Bundle:
        """Two bundles as one; the first is extended in place."""
        one.extend(other)
        return one


class PaperPlaces:
    """Papers as (ballot, place in its order) in runs of bytes, which the compiled loops split.

    A bundle is a list of (papers, run). With `passes` a paper that is split leaves the candidate it is with, open or not.
    """

    def __init__(self, ballots: PackedBallots, *, passes: bool = False) -> None:
        self.held = ballots.weights_run, ballots.orders_run
        self.passes = passes
        self.valid, self.all = compiled.machine.all_papers(*self.held)

    def deal(self, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """Every ballot to its first preference among the candidates open to it."""
        return self._split(self.all, open_to, False)

    def split(self, bundle: Bundle, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """A bundle by next available preference."""
        return self._split(b"".join([run for _, run in bundle]), open_to, self.passes)

    def _split(self, run: bytes, open_to: Sequence[bool], passes: bool) -> dict[int, Bundle]:
        found = compiled.machine.split_papers(*self.held, run, bytes(open_to), passes)
        return {target: [(papers, part)] for target, papers, part in found}

    def papers(self, bundle: Bundle) -> int:
        """How many papers the ballots of a bundle stand for."""
        return sum([papers for papers, _ in bundle])

    def join(self, one: Bundle, other: Bundle) -> Bundle:
        """Two bundles as one; the first is extended in place."""
        one.extend(other)
        return one


class PartedPaperBytes(PaperBytes):
    """The same, the papers dealt by the workers of an executor."""

    def __init__(self, ballots: PartedBallots) -> None:
        whole = ballots.whole
        super().__init__(whole if isinstance(whole, StrictBallots) else StrictBallots(_rows(whole)))
        self.parted = ballots

    def deal(self, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """Every ballot to its first preference among the candidates open to it."""
        whole = StrictBallots.of_bytes([weight for _, weight in self.held], [order for order, _ in self.held])
        parted = type(self.parted)(whole, self.parted.executor, self.parted.parts)
        self.held = []
        dealt: dict[int, list[tuple[bytes, int]]] = {}
        for future in [parted.executor.submit(first_preferences, piece) for piece in parted.pieces()]:
            for target, group in future.result().items():
                dealt.setdefault(target, []).extend(group)
        self.held = [held for target, group in sorted(dealt.items()) if not open_to[target] for held in group]
        found: dict[int, Bundle] = {target: dealt[target] for target in sorted(dealt) if open_to[target]}
        for receiver, bundle in self.split(self.held, open_to).items():
            found[receiver] = found.get(receiver, []) + bundle
        return found


class PartedPaperPlaces:
    """Papers as places in packed ballots that were cut into pieces, dealt by the workers of an executor.

    A bundle is a list of (papers, piece, run).
    """

    def __init__(self, ballots: PartedBallots, option_count: int) -> None:
        pieces = [piece for piece in ballots.pieces() if isinstance(piece, PackedBallots)]
        self.held = [(piece.weights_run, piece.orders_run) for piece in pieces]
        work = [ballots.executor.submit(first_places, piece, option_count) for piece in pieces]
        # Where a worker has nothing compiled, the work is done here.
        found = [
            future.result() or first_places(piece, option_count) for future, piece in zip(work, pieces, strict=True)
        ]
        self.valid = sum(valid for valid, _ in filter(None, found))
        self.first: dict[int, list[tuple[int, int, bytes]]] = {}
        for number, (_, dealt) in enumerate(filter(None, found)):
            for target, papers, run in dealt:
                self.first.setdefault(target, []).append((papers, number, run))

    def deal(self, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """Every ballot to its first preference among the candidates open to it."""
        dealt = {target: list(group) for target, group in sorted(self.first.items()) if open_to[target]}
        closed = [part for target, group in self.first.items() if not open_to[target] for part in group]
        for target, group in self.split(closed, open_to).items():
            dealt.setdefault(target, []).extend(group)
        return dict(sorted(dealt.items()))

    def split(self, bundle: Bundle, open_to: Sequence[bool]) -> dict[int, Bundle]:
        """A bundle by next available preference."""
        found: dict[int, Bundle] = {}
        for number, held in enumerate(self.held):
            run = b"".join([run for _, piece, run in bundle if piece == number])
            for target, papers, part in compiled.machine.split_papers(*held, run, bytes(open_to), False):
                found.setdefault(target, []).append((papers, number, part))
        return dict(sorted(found.items()))

    def papers(self, bundle: Bundle) -> int:
        """How many papers the ballots of a bundle stand for."""
        return sum([papers for papers, _, _ in bundle])

    def join(self, one: Bundle, other: Bundle) -> Bundle:
        """Two bundles as one; the first is extended in place."""
        one.extend(other)
        return one


def papers_for(ballots: Sequence[Ballot], option_count: int) -> Papers:
    """The quickest form of the papers for rules that never open a closed candidate again."""
    if isinstance(ballots, PartedBallots):
        if isinstance(ballots.whole, PackedBallots) and compiled.machine:
            return PartedPaperPlaces(ballots, option_count)
        if option_count <= 255:
            return PartedPaperBytes(ballots)
        ballots = ballots.whole
    if isinstance(ballots, PackedBallots) and compiled.machine:
        return PaperPlaces(ballots)
    if option_count > 255:
        return PaperLists(ballots)
    return PaperBytes(ballots if isinstance(ballots, StrictBallots) else StrictBallots(_rows(ballots)))


def passing_papers_for(ballots: Sequence[Ballot]) -> Papers:
    """The quickest form of the papers for rules in which a paper passes a candidate who stays open."""
    if isinstance(ballots, PartedBallots):
        ballots = ballots.whole
    if isinstance(ballots, PackedBallots) and compiled.machine:
        return PaperPlaces(ballots, passes=True)
    return PaperLists(ballots)


def _rows(ballots: Iterable[Ballot]) -> list[list[int]]:
    merged: dict[tuple[int, ...], int] = {}
    for ranks, weight in ballots:
        order = preference_order(ranks)
        merged[order] = merged.get(order, 0) + weight
    return [[weight, *order] for order, weight in merged.items()]
