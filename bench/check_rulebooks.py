"""How long a check takes, and how much memory, at 10, 50, 200 and 1,000 bodies: `python -m bench.check_rulebooks [--json]`.

Three shapes of rulebook, all findings included: `units` (one circle through so many interchangeable branches), `blocks` (so many
bodies written out, each elected by the congress), `chain` (bodies that elect one another, one after the other), `circle` (one
person appoints so many offices, whose boards make the congress, which elects that person). Each is run in a
process of its own, so that memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

SIZES = (10, 50, 200, 1000)
SHAPES = ("units", "blocks", "chain", "circle")
CIRCLE = Path(__file__).parents[1] / "rulebooks" / "circle" / "1.md"
FRONT = "---\norganisation: Bench\nlanguage: en\ntime zone: UTC\nedition: 1\nstatus: draft\n---\n"
TOP = """
## 1. Congress
The members are the congress, the highest body. It decides everything else. It meets every year on 1 May.

```rule body congress, supreme
filled by: all members
meets: by right every year on 1 May; on demand of 1/5 of the members, held within 30 days
quorum: 1/4 of the members
notice: 14 days
decides: everything else
```
"""


def circle_of(bodies: int) -> bytes:
    """A circle written out: the head appoints offices, whose holders sit on boards of up to 40; each board elects a delegate,
    the delegates are the congress, and the congress elects the head."""
    boards = max(1, min(24, bodies // 10))
    each = max(1, (min(bodies, 990) - 2 * boards - 2) // boards)
    delegates = "; ".join(f"delegate-{board}" for board in range(1, boards + 1))
    text = [
        f"{FRONT}\n## 1. Congress\nThe delegates are the congress.\n\n```rule body congress, supreme\n"
        f"filled by: holders of {delegates}\n"
        "meets: by right every year on 1 May\ndecides: everything else\n```\n\n## 2. Head\nThe congress elects the head.\n\n"
        "```rule office head\nfilled by: election by congress\nterm: 1 year\nremovable by: congress\n```\n"
    ]
    for board in range(1, boards + 1):
        names = [f"office-{board}-{number}" for number in range(1, each + 1)]
        text.append(
            f"\n## {board + 2}. Board {board}\nThe head appoints the offices of the board.\n\n"
            f"```rule body board-{board}\nfilled by: holders of {'; '.join(names)}\nmeets: by right every month\n```\n"
            f"\n```rule office delegate-{board}\nfilled by: election by board-{board}\nterm: 1 year\n```\n"
        )
        text += [
            f"\n```rule office {name}\nfilled by: appointment by head\nterm: 1 year\nremovable by: head\n```\n"
            for name in names
        ]
    return "".join(text).encode()


def rulebook(shape: str, bodies: int) -> bytes:
    """A rulebook of a shape with so many bodies or, as `units`, for so many branches."""
    if shape == "units":
        return CIRCLE.read_bytes()
    if shape == "circle":
        return circle_of(bodies)
    text = [FRONT, TOP]
    for number in range(1, min(bodies, 995) + 1):
        by = "congress" if shape == "blocks" or number == 1 else f"body-{number - 1}"
        text.append(
            f"\n## {number + 1}. Body {number}\nThe {by} elects body-{number} of 5 for 1 year and may remove it.\n\n"
            f"```rule body body-{number}\nfilled by: election by {by}\nseats: 5\nterm: 1 year\nremovable by: {by}\n"
            f"meets: by right every 3 months\nnotice: 7 days\nquorum: 1/2 of the seats\ndecides: matter-{number}\n```\n"
        )
    return "".join(text).encode()


def measure(shape: str, bodies: int) -> dict[str, object]:
    """One check in this process: seconds of the check alone, and the peak of memory of the process."""
    from isonomy.checker import Settings, check_rulebook
    from isonomy.rulebook.reader import read_rulebook

    book = read_rulebook(rulebook(shape, bodies))
    settings = Settings(units=bodies) if shape == "units" else Settings()
    begun = time.perf_counter()
    report = check_rulebook(book, settings)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "shape": shape, "bodies": bodies, "seconds": round(seconds, 3), "peak MiB": peak, "verdict": report.verdict,
        "decided": report.decided, "findings": len(report.findings),
    }  # fmt: skip


def main() -> None:
    """Runs every shape and size, or the one named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--one", nargs=2, metavar=("SHAPE", "BODIES"), help="only this, in this process")
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.one[0], int(args.one[1]))))
        return
    for shape in SHAPES:
        for bodies in SIZES:
            command = [sys.executable, "-m", "bench.check_rulebooks", "--one", shape, str(bodies)]
            line = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
            found = json.loads(line)
            said = (
                f"{shape:<8}{bodies:>6} bodies {found['seconds']:>8} s {found['peak MiB']:>6} MiB  {found['verdict']}"
            )
            print(line if args.json else said, flush=True)


if __name__ == "__main__":
    main()
