"""Ballots as they lie in a packed file: what the compiled loops read, merge and walk through.

Lives here: the two runs of bytes as a sequence of ballots. Not here: the file around them (`formats.packed`), the loops
(`machine/*.c`), ballots where nothing is compiled (`ballot.StrictBallots`).

Invariant: the compiled loops have read or looked through every one; weights of eight bytes each, least byte first; orders
of one byte an option, a byte 0 between ballots, 255 between options of one rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from isonomy.counting.ballot import Ballot, ManyBallots, Ranks, in_order, without

_EQUAL = 255


class PackedBallots(ManyBallots):
    """Ballots of at most 254 options in two runs of bytes."""

    __slots__ = ("orders_run", "strict", "weights_run")

    def __init__(self, weights_run: bytes, orders_run: bytes) -> None:
        super().__init__()
        self.weights_run = weights_run
        self.orders_run = orders_run
        self.strict = _EQUAL not in orders_run

    @property
    def weights(self) -> list[int]:
        """The weights of the ballots as they are held."""
        return memoryview(self.weights_run).cast("Q").tolist()

    @property
    def paper_count(self) -> int:
        """The sum of all weights."""
        return sum(memoryview(self.weights_run).cast("Q"))

    @property
    def orders(self) -> list[bytes]:
        """The ballots' orders as they are held."""
        return self.orders_run.split(b"\0") if self.weights_run else []

    def each(self) -> Iterable[tuple[Ranks, int]]:
        """The ballots as they are held, with their weights."""
        return zip(map(in_order if self.strict else _ranks, self.orders), self.weights, strict=True)

    def without(self, gone: Set[int]) -> Sequence[Ballot]:
        """The ballots without these options."""
        if not self.strict:
            return without(self, gone)
        lost = bytes(number for number in gone if 0 < number < _EQUAL)
        return PackedBallots(self.weights_run, self.orders_run.translate(None, lost))

    def pieces(self, parts: int) -> list[PackedBallots]:
        """The ballots cut into at most so many parts of about one size, in their order."""
        run, ballot, place, found = self.orders_run, 0, 0, []
        for part in range(1, parts):
            stop = run.find(b"\0", max(place, len(run) * part // parts))
            if stop < 0:
                break
            after = ballot + run.count(b"\0", place, stop + 1)
            found.append(PackedBallots(self.weights_run[8 * ballot : 8 * after], run[place:stop]))
            ballot, place = after, stop + 1
        return [*found, PackedBallots(self.weights_run[8 * ballot :], run[place:])]

    def __bool__(self) -> bool:
        return bool(self.weights_run)

    def __repr__(self) -> str:
        return f"PackedBallots({self.weights_run!r}, {self.orders_run!r})"


def _ranks(order: bytes) -> Ranks:
    ranks: list[tuple[int, ...]] = []
    joins = False
    for number in order:
        if number == _EQUAL:
            joins = True
        elif joins:
            ranks[-1] = (*ranks[-1], number)
            joins = False
        else:
            ranks.append((number,))
    return tuple(ranks)
