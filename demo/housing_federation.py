"""A housing federation, invented, with two lived years up to today: founded from nothing and served in the browser.

Lives here: founding it with an opening balance, the last day, the visitors' doors. Not here: what its people do
(`demo.federation`), the pages (`isonomy serve`).

Everything in it is made by acts, each judged by the rulebook and entered by the appender; the same day and seed give the
same record. Its keys follow from the seed and protect nothing.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from demo.federation.accounts import give_accounts
from demo.federation.clerk import TIME_ZONE, Clerk, LateSigner, StoryClock
from demo.federation.meetings import AUDITOR, BOARD, CHAIR, CONGRESS, GENERAL, RETURNING, Federation
from demo.federation.people import BRANCHES, WHOLE, People, Person, Seeded, Size
from demo.federation.present import plan as plan_present
from demo.federation.present import visitors
from demo.federation.waiting import Waiting
from demo.federation.years import MONTHS, RULEBOOK, Years
from demo.stage import fresh
from isonomy.adapters.folder import found_folder, stores_of, writing
from isonomy.adapters.key_files import read_key
from isonomy.adapters.system import SystemClock, SystemZone
from isonomy.chamber.appender import Appender
from isonomy.chamber.founding import OpeningFounding
from isonomy.cli.serve import serve
from isonomy.kernel.calendar import add_months

HOST = "127.0.0.1"
SEED = "Lanternfield"
SOURCE = "members' list and minute book of the federation"
Progress = Callable[[int, str], None]
"""Hears how far the story is, in hundredths, and which day it has reached."""


def make(
    folder: Path,
    today: date,
    size: Size = WHOLE,
    *,
    hour: str = "09:00",
    seed: str = SEED,
    progress: Progress | None = None,
) -> Federation:
    """Founds the federation in a new folder and lets it live until the evening before `today`.

    At an hour of `today` a branch meets, for a visitor to hold that meeting.
    """
    begun_on, last = add_months(today, -MONTHS), today - timedelta(days=1)
    entropy, clock = Seeded(seed), StoryClock()
    people = People(size, random.Random(seed), entropy)
    names = dict(BRANCHES)
    listed = [{"unit": unit, "kind": "branch", "name": names[unit], "since": "1998-05-01"} for unit in people.units]
    clock.set(begun_on, "10:00")
    first = people.units[0]
    founder_name = people.names.pop()
    found_folder(
        folder, RULEBOOK.read_text("utf-8"), founder_name=founder_name, clock=clock, entropy=entropy,
        opening=OpeningFounding(SOURCE, tuple(listed), "2009-06-01", "full", first),
    )  # fmt: skip
    founder = people.newcomer(first, read_key(folder / "founder.key").person, founder_name)
    found = stores_of(folder, writing=True)
    stores = replace(found, signer=LateSigner(found.signer))
    try:
        clerk = Clerk(Appender(stores, clock, SystemZone()), stores.boxes, clock, entropy, last)
        here = Federation(clerk, people, people.draw, founder)
        enter_balance(here, begun_on)
        Years(here, begun_on).plan()
        plan_present(here, last, hour)
        days = (last - begun_on).days

        def told(day: date) -> None:
            if progress is not None:
                progress(100 * (day - begun_on).days // days, day.isoformat())

        clerk.live(told)
        doors = [{"person": one.person.id, "name": one.person.name, "about": one.about} for one in visitors(here)]
        (folder / "demo.json").write_text(json.dumps(doors, indent=1) + "\n", "utf-8")
    finally:
        stores.close()
    with writing(folder, clock):
        # Opening it signs the head of all that was entered.
        return here


def enter_balance(here: Federation, begun_on: date) -> None:
    """Enters the members, mandates, decisions and the open motion with which the federation comes into its record."""
    people, clerk, draw = here.people, here.clerk, here.draw
    count = people.size.members * 13 // 16 // len(people.units)
    officers: dict[str, list[Person]] = {}
    for unit in people.units:
        for _ in range(count + draw.randint(-3, 3) - len(people.of[unit])):
            people.newcomer(unit)
        mine = [one for one in people.of[unit] if one != here.founder]
        officers[f"branch-secretary@{unit}"] = [mine[0]]
        officers.setdefault(CONGRESS, []).extend(mine[1:3])
        officers.setdefault(BOARD, []).extend(mine[3:7])
        officers.setdefault("free", []).extend(mine[7:10])
    draw.shuffle(officers[BOARD])
    officers[BOARD] = officers[BOARD][:7]
    free = officers.pop("free")
    officers |= {CHAIR: [free[0]], RETURNING: [free[1]], AUDITOR: [free[2]], GENERAL: [here.founder]}
    public = {one.id for held in officers.values() for one in held}
    for unit in people.units:
        members = [
            {
                "person": one.id, "since": f"{draw.randint(1999, 2020)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
                "member_class": "full", "unit": unit, "codes": {"bank": one.bank},
                "name": {"value": one.name, "label": "name", "audience": "public" if one.id in public else "members"},
            }
            for one in people.of[unit] if one != here.founder
        ]  # fmt: skip
        clerk.do("opening.enter", here.founder, source=f"members' list of the branch {unit}", members=members)
    since = {CONGRESS: -12, BOARD: -9, CHAIR: -13, GENERAL: -13, RETURNING: -13, AUDITOR: -13}
    for seat, held in officers.items():
        day = add_months(begun_on, since.get(seat, -6)).isoformat()
        mandates = [{"person": one.id, "seat": seat, "since": day} for one in held]
        clerk.do("opening.enter", here.founder, source=f"minutes of {day}", mandates=mandates)
    taken_on = add_months(begun_on, -13).isoformat()
    inherited = {
        "seat": CONGRESS,
        "matter": "policy",
        "text": "No home stands empty for longer than a month.",
        "taken_on": taken_on,
    }
    clerk.do("opening.enter", here.founder, source=f"minutes of {taken_on}", decision=inherited)


def now_here() -> tuple[date, str]:
    """The machine's civil date, and the quarter of an hour that has begun, where the federation lives."""
    local = SystemZone().local(SystemClock().now(), TIME_ZONE)
    return date.fromisoformat(local[:10]), f"{local[11:13]}:{int(local[14:16]) // 15 * 15:02}"


def main(words: list[str] | None = None) -> int:
    """Founds the federation anew and serves it until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__.split("\n\n")[0])
    parser.add_argument("--port", type=int, default=8000, help="the port (8000)")
    parser.add_argument(
        "--folder", type=Path, default=None, help="where it is founded (demo/out/federation, made anew)"
    )
    args = parser.parse_args(words)
    folder = args.folder or fresh("federation")
    url = f"http://localhost:{args.port}"
    try:
        waiting = Waiting(HOST, args.port)
    except OSError:
        print(f"Port {args.port} is taken. Another one: make demo PORT={args.port + 1}", file=sys.stderr)
        return 1
    print(f"{url}/   (Ctrl-C ends it)", flush=True)
    is_shown = sys.stderr.isatty()

    def told(far: int, day: str) -> None:
        waiting.told(far, day)
        if is_shown:
            print(
                f"\r  twelve invented branches live two years: {day}, {far} of 100 ",
                end="",
                file=sys.stderr,
                flush=True,
            )

    try:
        today, hour = now_here()
        here = make(folder, today, hour=hour, progress=told)
        print(f"{'' if not is_shown else chr(10)}  {here.clerk.state.n:,} entries in {folder}", flush=True)
        give_accounts(folder, url, here.people.everybody())
        print("  Sign in with one click as one of five people, on the first page.", flush=True)
        print(f"  To come back to this record later: isonomy serve {folder} --demo", flush=True)
    except BaseException:
        waiting.stop()
        raise
    # A worker that were forked would keep the port of the page that waits open, and answer nobody there.
    multiprocessing.set_start_method("spawn", force=True)
    waiting.stop_when_relieved()
    return serve(folder, HOST, args.port, url=url, is_demo=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
