"""How fast acts are answered over the appender's socket, and how fast a follower is up to date.

    python -m bench.appender_socket                 1,000 motions by one client, 4,000 by 16 threads, 4,000 in bulk
    python -m bench.appender_socket --acts 20000

The appender is a process of its own, started as the pages start it, on a disk of this machine; every act is signed and on
the disk before its answer. Signing by the client is not timed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.appender_supervisor import SupervisedAppender
from isonomy.adapters.folder import FOUNDER_KEY, following, found_folder
from isonomy.adapters.key_files import MemberKey, read_key
from isonomy.adapters.system import SystemClock, SystemEntropy
from isonomy.chamber.answers import Answer
from isonomy.chamber.founding import draw_act_id, hours_from
from isonomy.chamber.submit import Sent
from isonomy.cli.models import model_file

THREADS = 16


def motions(key: MemberKey, number: int) -> list[Sent]:
    """So many motions of the founder, signed."""
    until = hours_from(SystemClock().now(), 4)
    entropy = SystemEntropy()
    made: list[Sent] = []
    for place in range(number):
        act: dict[str, Any] = {
            "act": "motion.move",
            "body": "members-meeting",
            "matter": "outings",
            "text": f"No. {place}",
        }
        act |= {"id": draw_act_id(entropy), "log": key.log, "until": until, "by": key.person}
        made.append(Sent(act, key.auth(act)))
    return made


def timed(client: AppenderClient, acts: list[Sent]) -> float:
    """The seconds until these acts are answered."""
    began = time.perf_counter()
    replies = client.submit(acts, 600)
    seconds = time.perf_counter() - began
    assert all(isinstance(reply, Answer) and reply.is_accepted for reply in replies), replies[0]
    return seconds


def main() -> None:
    """Prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--acts", type=int, default=4_000, help="acts by many threads, and in bulk")
    number = parser.parse_args().acts
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "club"
        found_folder(folder, model_file("association").read_text(encoding="utf-8"))
        acts = motions(read_key(folder / FOUNDER_KEY), 1_000 + 2 * number)
        client = AppenderClient(folder)
        with SupervisedAppender(folder, lambda line: None):
            single = sorted(timed(client, [act]) for act in acts[:1_000])
            cuts = quantiles(single, n=100)
            print(f"one client, one act at a time: {1_000 / sum(single):,.0f} acts a second")
            print(f"  answered after {median(single) * 1e3:.1f} ms in the middle, {cuts[98] * 1e3:.1f} ms at p99")
            began = time.perf_counter()
            with ThreadPoolExecutor(THREADS) as pool:
                waits = sorted(pool.map(lambda act: timed(client, [act]), acts[1_000 : 1_000 + number]))
            seconds = time.perf_counter() - began
            print(f"{THREADS} threads, one act at a time each: {number / seconds:,.0f} acts a second")
            print(
                f"  answered after {median(waits) * 1e3:.1f} ms in the middle, {quantiles(waits, n=100)[98] * 1e3:.1f} ms at p99"
            )
            print(f"in bulk: {number / timed(client, acts[1_000 + number :]):,.0f} acts a second")
        follower = following(folder)
        began = time.perf_counter()
        size = follower.catch_up().size
        print(f"a follower folds {size:,} entries in {time.perf_counter() - began:.2f} s")
        began = time.perf_counter()
        for _ in range(10_000):
            follower.catch_up()
        print(f"  and sees that nothing is new in {(time.perf_counter() - began) * 100:.0f} microseconds")


if __name__ == "__main__":
    main()
