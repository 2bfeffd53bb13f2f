"""What it costs to read and count by parts, and what a packed ballot file saves, in one run.

    python -m bench.count_parts                       a million ballots, 1 to 4 parts by a pool of two processes
    python -m bench.count_parts --ballots 200000      fewer
    python -m bench.count_parts --different           ballots of which hardly two are the same
    python -m bench.count_parts --dask                the same through Dask's executor, where it is installed

Every parted result is compared with the whole one. Figures are of this machine; compare ratios in one run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from bench.count_ballots import alike, different, make_election
from isonomy.counting import count, read_ballots, read_ballots_in_parts, write_ballots

RULES = ("scottish-stv-2007", "schulze-wv")


def timed(work: Callable[[], Any]) -> tuple[Any, str]:
    """What the work gives; wall time, and processor time of this process, of the best of three."""
    best, found = (1e9, 0.0), None
    for _ in range(3):
        wall, processor = time.perf_counter(), time.process_time()
        found = work()
        best = min(best, (time.perf_counter() - wall, time.process_time() - processor))
    return found, f"{best[0]:8.4f} s wall, {best[1]:8.4f} s processor here"


def compare(executor: Executor, data: bytes, label: str) -> None:
    """Prints a line for each number of parts."""
    for parts in (1, 2, 4):
        parted, cost = timed(partial(read_ballots_in_parts, data, executor, parts))
        print(f"{label}, read in {parts} parts{'':14} {cost}", flush=True)
        for rule in RULES:
            result, cost = timed(partial(count, parted, rule, executor=executor, parts=parts))
            assert result == count(parted, rule)
            print(f"{label}, {rule} in {parts} parts{'':4} {cost}", flush=True)


def main() -> None:
    """Makes the election, reads it as text, packed and by parts, and counts it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ballots", type=int, default=1_000_000)
    parser.add_argument("--different", action="store_true")
    parser.add_argument("--dask", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "election.blt"
        make_election(path, given.ballots, candidates=30, kind=different if given.different else alike)
        data = path.read_bytes()
    whole, cost = timed(lambda: read_ballots(data))
    print(f"text of {len(data) / 1e6:.1f} MB, read whole{'':10} {cost}", flush=True)
    packed = write_ballots(whole, "packed")
    again, cost = timed(lambda: read_ballots(packed))
    print(f"packed, {len(packed) / 1e6:.1f} MB, read{'':18} {cost}", flush=True)
    assert again == whole
    for rule in RULES:
        print(f"{rule} on the whole{'':16} {timed(partial(count, whole, rule))[1]}", flush=True)
    with ProcessPoolExecutor(2) as executor:
        compare(executor, data, "two processes")
    if given.dask:
        from distributed import Client

        with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
            compare(client.get_executor(), data, "Dask")


if __name__ == "__main__":
    main()
