"""The same count by parts: ballots read, merged, dealt and compared by workers of an executor that the caller gives.

Lives here: cutting a ballot file and a profile into parts, and putting what the workers found together. Not here: any
executor, process or network: `concurrent.futures`, Dask and others bring their own.

    with ProcessPoolExecutor(2) as executor:
        profile = read_ballots_in_parts(data, executor, parts=2)
        result = count(profile, "schulze-wv", executor=executor, parts=2)

Invariant: the number of parts changes no digit and no order: parts are put together in the order of the file. What
cannot be cut (formats other than BLT and Scottish, equal ranks in a file) is read whole; a fault in a part is told by
reading the whole again, so that its line is the file's own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, overload

from isonomy.counting import compiled
from isonomy.counting.ballot import Ballot, ManyBallots, Profile, StrictBallots
from isonomy.counting.formats.sniff import format_of, read_ballots
from isonomy.counting.packed_ballots import PackedBallots
from isonomy.counting.values import replace
from isonomy.kernel.bad_input import BadInput

if TYPE_CHECKING:
    from concurrent.futures import Executor

PARTS_MAX = 10_000


def read_ballots_in_parts(
    data: bytes, executor: Executor, parts: int, name: str = "", format: str | None = None
) -> Profile:
    """The options and merged ballots of a ballot file, its ballots read in so many parts by the executor's workers.

    Gives what `read_ballots` gives; raises `BadInput` as it does, and when `parts` is not from 1 to 10,000.
    """
    _check_parts(parts)
    kind = format or format_of(data, name).name
    found = _ballot_lines(data, kind)
    if found is not None:
        start, end = found
        cuts = _cuts(data, start, end, parts)
        head, tail = data[:start], data[end:]
        work = [executor.submit(read_part, head + data[left:right] + tail, kind) for left, right in pairwise(cuts)]
        read = [future.result() for future in work]
        if work and all(part is not None for part in read):
            named = read_ballots(head + data[start : cuts[1]] + tail, name, kind)
            return replace(named, ballots=_joined([part for part in read if part is not None]))
    return read_ballots(data, name, format)


Places = tuple[int, list[tuple[int, int, bytes]]]
"""Valid papers, and for each option its number, its papers, and where they stand."""

Packed = tuple[bytes, bytes]
"""Weights of eight bytes each, and the orders with a byte 0 between them: what travels between workers."""


def read_part(data: bytes, format: str) -> Packed | None:
    """What a worker does: the merged ballots of a file; None when it is not plain enough or holds a fault."""
    try:
        profile = read_ballots(data, format=format)
    except BadInput:
        return None
    if isinstance(profile.ballots, PackedBallots) and profile.ballots.strict:
        return profile.ballots.weights_run, profile.ballots.orders_run
    if not isinstance(profile.ballots, StrictBallots) or len(profile.options) > 255:
        return None
    weights: dict[bytes, int] = {}
    for order, weight in zip(profile.ballots.orders, profile.ballots.weights, strict=True):
        weights[order] = weights.get(order, 0) + weight
    return struct.pack(f"<{len(weights)}Q", *weights.values()), b"\0".join(weights)


def _joined(parts: Sequence[Packed]) -> ManyBallots:
    parts = [part for part in parts if part[0]]
    runs = b"".join([weights for weights, _ in parts]), b"\0".join([orders for _, orders in parts])
    # The byte 255 stands for an option only where nothing is compiled.
    merged = compiled.machine.merge_ballots(*runs) if compiled.machine and b"\xff" not in runs[1] else None
    if merged is not None:
        return PackedBallots(*merged[:2])
    totals: dict[bytes, int] = {}
    if parts:
        for (weight,), order in zip(struct.iter_unpack("<Q", runs[0]), runs[1].split(b"\0"), strict=True):
            totals[order] = totals.get(order, 0) + weight
    return StrictBallots.of_bytes(list(totals.values()), list(totals))


def _ballot_lines(data: bytes, format: str) -> tuple[int, int] | None:
    """Where the ballots begin and end."""
    start = data.find(b"\n") + 1
    if format == "blt":
        end = data.find(b"\n0\n", max(start - 1, 0)) + 1
    elif format == "scottish":
        end = data.find(b'\n"', max(start - 1, 0)) + 1
    else:
        return None
    return (start, end) if 0 < start < end else None


def _cuts(data: bytes, start: int, end: int, parts: int) -> list[int]:
    """Places between lines that cut the ballots into at most so many parts of about one size."""
    found = [start]
    for part in range(1, parts):
        place = data.find(b"\n", start + (end - start) * part // parts, end) + 1
        if found[-1] < place < end:
            found.append(place)
    return [*found, end]


class PartedBallots(Sequence[Ballot]):
    """Ballots with the executor whose workers share the work on them."""

    __slots__ = ("executor", "parts", "whole")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, whole: Sequence[Ballot], executor: Executor, parts: int) -> None:
        _check_parts(parts)
        self.whole = whole
        self.executor = executor
        self.parts = parts

    def pieces(self) -> list[Sequence[Ballot]]:
        """The ballots in parts, in their order, each fit to travel."""
        whole = self.whole
        if isinstance(whole, PackedBallots):
            return list(whole.pieces(self.parts)) if whole else []
        size = len(whole.weights) if isinstance(whole, StrictBallots) else len(whole)
        cuts = [size * part // self.parts for part in range(self.parts + 1)]
        spans = [(left, right) for left, right in pairwise(cuts) if left < right]
        if isinstance(whole, StrictBallots) and whole.fits_bytes:
            return [
                StrictBallots.of_bytes(whole.weights[left:right], whole.orders[left:right]) for left, right in spans
            ]
        if isinstance(whole, StrictBallots):
            return [StrictBallots(whole.rows[left:right]) for left, right in spans]
        return [whole[left:right] for left, right in spans]

    @overload
    def __getitem__(self, place: int) -> Ballot: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Ballot]: ...

    def __getitem__(self, place: int | slice) -> Ballot | Sequence[Ballot]:
        return self.whole[place]

    def __len__(self) -> int:
        return len(self.whole)

    def __iter__(self) -> Iterator[Ballot]:
        return iter(self.whole)


def matrix_of_part(ballots: Sequence[Ballot], option_count: int, apart: bool) -> tuple[tuple[int, ...], ...]:
    """What a worker does: the pairwise matrix of a part."""
    from isonomy.counting.pairwise import pairwise_matrix

    return pairwise_matrix(ballots, option_count, apart=apart)


def first_preferences(ballots: Sequence[Ballot]) -> dict[int, list[tuple[bytes, int]]]:
    """What a worker does: the papers of a part by first preference, in their order."""
    assert isinstance(ballots, StrictBallots)
    found: dict[int, list[tuple[bytes, int]]] = {}
    for order, weight in zip(ballots.orders, ballots.weights, strict=True):
        if order:
            found.setdefault(order[0], []).append((order, weight))
    return found


def first_places(ballots: PackedBallots, option_count: int) -> Places | None:
    """What a worker does: the valid papers of a part, and who gets which by first preference; None where nothing is
    compiled."""
    if compiled.machine is None:
        return None
    held = ballots.weights_run, ballots.orders_run
    valid, run = compiled.machine.all_papers(*held)
    return valid, compiled.machine.split_papers(*held, run, b"\0" + b"\1" * option_count, False)


def _check_parts(parts: int) -> None:
    if not 1 <= parts <= PARTS_MAX:
        raise BadInput(f"{parts} parts", "parts", f"give a number from 1 to {PARTS_MAX}")
