"""How fast ballots are counted, as whole processes: from the file to the JSON of the result.

    python -m bench.count_ballots                     a million ballots of 100 candidates for 12 seats, wards, Meek,
    Condorcet python -m bench.count_ballots --ballots 5000000   more of them
    python -m bench.count_ballots --keep DIR          leaves the files in DIR, for other counters: run them on the same
    files

The election is synthetic: ballots are drawn from a pool an eighth as large, some far more often than others, as in real
polls. Files are made first and are not timed. Figures are of this machine; compare ratios in one run.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WARDS = Path(__file__).resolve().parent.parent / "tests" / "counting" / "data" / "scottish-2017" / "ballots"
CANDIDATES, SEATS = 100, 12
WARDS_IN_THE_BATCH = 1_070


def make_election(path: Path, ballots: int, candidates: int = CANDIDATES, mean_length: int = 7) -> None:
    """Writes a synthetic BLT file."""
    chance = random.Random(f"{ballots} ballots")
    liked = [1 / number for number in range(1, candidates + 1)]
    pool = []
    for _ in range(max(1_000, ballots // 8)):
        length = min(candidates, 1 + int(chance.expovariate(1 / mean_length)))
        order = list(dict.fromkeys(chance.choices(range(1, candidates + 1), liked, k=2 * length)))[:length]
        pool.append(f"1 {' '.join(map(str, order))} 0\n")
    often = [1 / place**0.8 for place in range(1, len(pool) + 1)]
    with path.open("w", encoding="ascii") as file:
        file.write(f"{candidates} {SEATS}\n")
        for start in range(0, ballots, 100_000):
            file.writelines(chance.choices(pool, often, k=min(100_000, ballots - start)))
        file.write("0\n")
        file.writelines(f'"Candidate {number}"\n' for number in range(1, candidates + 1))
        file.write('"A synthetic election"\n')


def measured(*words: str) -> str:
    """Runs `isonomy` in a process of its own; wall time, processor time and memory as text."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "isonomy", *words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if status:
        raise SystemExit(f"isonomy {' '.join(words[:3])} failed")
    return f"{wall:7.2f} s wall, {usage.ru_utime + usage.ru_stime:7.2f} s processor, {usage.ru_maxrss // 1024:5} MiB"


def main() -> None:
    """Makes the files, counts them, prints a line each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ballots", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        large, pairwise = folder / f"{given.ballots}.blt", folder / f"{given.ballots}_30_options.blt"
        make_election(large, given.ballots)
        make_election(pairwise, given.ballots, candidates=30, mean_length=12)
        wards = sorted(map(str, WARDS.glob("*.csv")))
        batch = [wards[place % len(wards)] for place in range(WARDS_IN_THE_BATCH)]
        for label, words in (
            ("the interpreter and --rules", ["count", "--rules"]),
            ("one ward", ["count", wards[0], "--rule", "scottish-stv-2007", "--json"]),
            (f"{len(batch)} wards in one process", ["count", *batch, "--rule", "scottish-stv-2007", "--json"]),
            (f"{given.ballots} ballots, Scottish STV", ["count", str(large), "--rule", "scottish-stv-2007", "--json"]),
            (f"{given.ballots} ballots, Meek", ["count", str(large), "--rule", "meek-prf", "--json"]),
            (
                f"{given.ballots} ballots, 30 options, Schulze",
                ["count", str(pairwise), "--rule", "schulze-wv", "--json"],
            ),
        ):
            print(f"{label:48} {measured(*words)}", flush=True)


if __name__ == "__main__":
    main()
