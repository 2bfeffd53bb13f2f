"""Counts random elections by every rule and by its naive twin: `python -m tests.counting.twins --elections 100000`.

Prints a line a rule: how many elections, how many with a tie, how many differ. A difference names the seed that repeats
it, and the status is 1.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from time import monotonic

from tests.counting.twins.table import TWINS, Differs, agree


def compare(rule: str, first: int, number: int) -> tuple[int, list[str]]:
    """So many elections from this seed on: how many met a tie, and what differed."""
    ties, differences = 0, []
    for seed in range(first, first + number):
        try:
            ties += bool(agree(rule, str(seed)).ties)
        except Differs as found:
            differences.append(f"{rule}, seed {seed}: {found}")
    return ties, differences


def main() -> int:
    """Runs the comparison and prints it."""
    parser = argparse.ArgumentParser(prog="python -m tests.counting.twins", description=__doc__)
    parser.add_argument("--elections", type=int, default=100_000, help="random elections for each rule")
    parser.add_argument("--rule", action="append", choices=sorted(TWINS), help="only this rule; repeatable")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    given = parser.parse_args()
    failed = 0
    with ProcessPoolExecutor(given.jobs) as pool:
        for rule in given.rule or sorted(TWINS):
            began, piece = monotonic(), max(1, min(1_000, given.elections // given.jobs))
            starts = range(given.first, given.first + given.elections, piece)
            end = given.first + given.elections
            work = [pool.submit(compare, rule, start, min(piece, end - start)) for start in starts]
            found = [future.result() for future in work]
            differences = [line for _, lines in found for line in lines]
            ties, took = sum(tied for tied, _ in found), monotonic() - began
            print(
                f"{rule:24}{given.elections:>9} elections {ties:>8} with a tie {len(differences):>5} differ {took:>7.0f} s",
                flush=True,
            )
            for line in differences[:5]:
                print(f"  {line}")
            failed += len(differences)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
