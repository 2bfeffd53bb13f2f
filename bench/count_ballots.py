"""How fast ballots are counted, as whole processes: from the file to the JSON of the result.

    python -m bench.count_ballots                     a million ballots of 100 candidates for 12 seats, wards, Meek, Condorcet
    python -m bench.count_ballots --ballots 5000000   more of them
    python -m bench.count_ballots --wards DIR         the Scottish profiles of a folder instead of those of the tests
    python -m bench.count_ballots --pure              by Python alone, as without a compiler
    python -m bench.count_ballots --keep DIR          leaves the files in DIR, to run other counters on

Two kinds of synthetic elections: `alike` draws ballots from a pool an eighth as large, some far more often than others, as in
real polls; in `different` hardly two are the same, the hardest case for a counter that merges. Files are made first and are
not timed. Each line is the best of `--repeat` runs by processor time, which depends least on what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

WARDS = Path(__file__).resolve().parent.parent / "tests" / "counting" / "data" / "scottish-2017" / "ballots"
CANDIDATES, SEATS = 100, 12
WARDS_IN_THE_BATCH = 1_070
Orders = Iterator[list[int]]


def alike(chance: random.Random, ballots: int, candidates: int, mean_length: int) -> Orders:
    """Ballots from a pool, some far more often than others."""
    liked = [1 / number for number in range(1, candidates + 1)]
    pool = []
    for _ in range(max(1_000, ballots // 8)):
        length = min(candidates, 1 + int(chance.expovariate(1 / mean_length)))
        pool.append(list(dict.fromkeys(chance.choices(range(1, candidates + 1), liked, k=2 * length)))[:length])
    often = [1 / place**0.8 for place in range(1, len(pool) + 1)]
    for start in range(0, ballots, 100_000):
        yield from chance.choices(pool, often, k=min(100_000, ballots - start))


def different(chance: random.Random, ballots: int, candidates: int, mean_length: int) -> Orders:
    """Ballots at random."""
    numbers = range(1, candidates + 1)
    for _ in range(ballots):
        yield chance.sample(numbers, chance.randint(1, min(candidates, 2 * mean_length)))


def make_election(
    path: Path,
    ballots: int,
    candidates: int = CANDIDATES,
    mean_length: int = 7,
    kind: Callable[[random.Random, int, int, int], Orders] = alike,
) -> None:
    """Writes a synthetic BLT file."""
    chance = random.Random(f"{ballots} ballots")
    with path.open("w", encoding="ascii") as file:
        file.write(f"{candidates} {SEATS}\n")
        for order in kind(chance, ballots, candidates, mean_length):
            file.write(f"1 {' '.join(map(str, order))} 0\n")
        file.write("0\n")
        file.writelines(f'"Candidate {number}"\n' for number in range(1, candidates + 1))
        file.write('"A synthetic election"\n')


def measured(words: list[str], repeat: int) -> str:
    """Runs a command in a process of its own; processor time, wall time and memory of the best run as text."""
    found = []
    for _ in range(repeat):
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        if status:
            raise SystemExit(f"{' '.join(words[:5])} failed")
        found.append((usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss // 1024))
    processor, wall, memory = min(found)
    return f"{processor:7.3f} s processor, {wall:7.3f} s wall, {memory:5} MiB"


def main() -> None:
    """Makes the files, counts them, prints a line each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ballots", type=int, default=1_000_000)
    parser.add_argument("--wards", type=Path, default=WARDS)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--pure", action="store_true")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    if given.pure:
        os.environ["ISONOMY_PURE"] = "1"
    wards = sorted(map(str, given.wards.glob("*.csv")))
    batch = [wards[place % len(wards)] for place in range(WARDS_IN_THE_BATCH)]
    count = ["-m", "isonomy", "count"]
    scottish = ["--rule", "scottish-stv-2007", "--json"]
    # The files are made elsewhere: the memory of a process is counted with that of the one it was started from.
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(1) as maker:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        jobs: list[tuple[str, list[str], int]] = [
            ("the interpreter alone", ["-c", "pass"], 5 * given.repeat),
            ("one ward", [*count, wards[0], *scottish], 5 * given.repeat),
            (f"{len(batch)} wards in one process", [*count, *batch, *scottish], given.repeat),
        ]
        for kind in (alike, different):
            large = folder / f"{given.ballots}_{kind.__name__}.blt"
            pairwise = folder / f"{given.ballots}_30_options_{kind.__name__}.blt"
            maker.submit(make_election, large, given.ballots, kind=kind).result()
            maker.submit(make_election, pairwise, given.ballots, candidates=30, mean_length=12, kind=kind).result()
            told = f"{given.ballots} {kind.__name__}, {large.stat().st_size / 1e6:.0f} MB"
            jobs += [
                (f"{told}: Scottish STV", [*count, str(large), *scottish], given.repeat),
                (f"{told}: Meek", [*count, str(large), "--rule", "meek-prf", "--json"], 1),
                (
                    f"{told[: told.index(',')]}, 30 options: Schulze",
                    [*count, str(pairwise), "--rule", "schulze-wv", "--json"],
                    given.repeat,
                ),
            ]
        for label, words, repeat in jobs:
            print(f"{label:48} {measured(words, repeat)}", flush=True)


if __name__ == "__main__":
    main()
