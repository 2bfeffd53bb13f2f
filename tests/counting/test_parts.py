"""A count by parts is the same count: with a pool of processes, and with Dask where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isonomy.counting import Profile, count, read_ballots, read_ballots_in_parts, write_ballots
from isonomy.kernel.bad_input import BadInput
from tests.counting.elections import profiles

WARDS = sorted((Path(__file__).parent / "data" / "scottish-2017" / "ballots").glob("*.csv"))[:2]
RULES = ("scottish-stv-2007", "wigm", "ers97", "irv", "meek-prf", "schulze-wv", "debian-2003", "plurality")


class Here(Executor):
    """Runs at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with ProcessPoolExecutor(2) as executor:
        yield executor


def _same(executor: Executor, data: bytes, parts: int) -> None:
    whole = read_ballots(data)
    parted = read_ballots_in_parts(data, executor, parts)
    assert parted == whole
    for rule in RULES:
        assert count(parted, rule, executor=executor, parts=parts) == count(whole, rule), rule


@pytest.mark.parametrize("ward", WARDS, ids=lambda ward: ward.stem)
def test_a_pool_of_processes_gives_the_same_count(pool: Executor, ward: Path) -> None:
    _same(pool, ward.read_bytes(), 3)
    _same(pool, write_ballots(read_ballots(ward.read_bytes()), "blt"), 2)


def test_dask_gives_the_same_count() -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        _same(client.get_executor(), WARDS[0].read_bytes(), 3)


@settings(deadline=None)
@given(profile=profiles(strict=True, ballots_max=20), parts=st.integers(1, 7))
def test_no_number_of_parts_changes_a_digit(profile: Profile, parts: int) -> None:
    _same(Here(), write_ballots(profile, "blt"), parts)


@settings(deadline=None)
@given(profile=profiles(), parts=st.integers(1, 7))
def test_equal_ranks_are_compared_by_parts_too(profile: Profile, parts: int) -> None:
    for rule in ("schulze-wv", "debian-2003", "scottish-stv-2007"):
        assert count(profile, rule, executor=Here(), parts=parts) == count(profile, rule)


def test_a_fault_in_a_part_is_told_with_the_line_of_the_file() -> None:
    data = b"2 1\n" + b"1 1 2 0\n" * 9 + b'1 3 0\n0\n"Ann"\n"Bob"\n"T"\n'
    with pytest.raises(BadInput, match="line 11"):
        read_ballots_in_parts(data, Here(), 4)


def test_no_parts_are_refused() -> None:
    with pytest.raises(BadInput, match="parts"):
        read_ballots_in_parts(WARDS[0].read_bytes(), Here(), 0)
