"""`python -m tests.simulation --seed N`: years of a federation from one seed, and what nobody tried.

Lives here: the command. Not here: the years (`years`).
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.simulation.years import live, never_reached


def main() -> int:
    """Runs the seeds one after the other; the first that fails is named, and its failure shown."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1, help="so many seeds, counted from --seed")
    parser.add_argument("--branches", type=int, default=50)
    parser.add_argument("--members", type=int, default=5000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--quiet", action="store_true", help="do not tell each month")
    asked = parser.parse_args()
    arenas = []
    for seed in range(asked.seed, asked.seed + asked.seeds):
        began = time.monotonic()
        failed = True
        try:
            arena = live(seed, asked.branches, asked.members, asked.years, loud=not asked.quiet)
            failed = False
        finally:
            if failed:
                size = f"--branches {asked.branches} --members {asked.members} --years {asked.years}"
                print(
                    f"\nseed {seed} fails; again with: python -m tests.simulation --seed {seed} {size}\n",
                    file=sys.stderr,
                )
        arenas.append(arena)
        accepted = sum(number for name, number in arena.counted.items() if name.startswith("accepted"))
        refused = sum(number for name, number in arena.counted.items() if name.startswith("refused"))
        print(
            f"seed {seed}: {arena.state.n} entries, {accepted} acts accepted, {refused} refused, {time.monotonic() - began:.0f} s"
        )
    for what, names in never_reached(arenas).items():
        print(f"{what} ({len(names)}): {', '.join(names) or 'none'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
