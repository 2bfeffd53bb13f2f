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
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.calendar import add_months

HOST, PORT = "127.0.0.1", 8000
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
    parser.add_argument("--port", type=int, default=PORT, help=f"the port ({PORT})")
    parser.add_argument("--folder", type=Path, help="a new folder to found it in (else demo/out/federation, made anew)")
    args = parser.parse_args(words)
    try:
        return found_and_serve(args.port, args.folder)
    except BadInput as fault:
        print(f"isonomy: {fault}", file=sys.stderr)
        return 1


def found_and_serve(port: int, folder: Path | None) -> int:
    """Answers at the address from the first moment, founds the federation, and serves it; raises `BadInput`."""
    if not 1 <= port <= 65_534:
        raise BadInput(f"{port} is not a port", "PORT", "name one from 1 to 65534")
    try:
        waiting = Waiting(HOST, port)
    except OSError as fault:
        raise BadInput(f"port {port} cannot be listened on: {fault}", "PORT", f"make demo PORT={port + 1}") from fault
    url = f"http://localhost:{port}"
    print(f"{url}/   (Ctrl-C ends it)", flush=True)
    is_made = False
    try:
        # Another port, another federation: two demonstrations do not take each other's folder away.
        folder = folder or fresh("federation" if port == PORT else f"federation-{port}")
        today, hour = now_here()
        here = make(folder, today, hour=hour, progress=told_on(waiting))
        give_accounts(folder, url, here.people.everybody())
        print(f"  {here.clerk.state.n:,} entries in {folder}", flush=True)
        print("  On the first page you sign in with one click, as one of five people.", flush=True)
        print(f"  To come back to this record later: isonomy serve {folder} --demo", flush=True)
        is_made = True
    finally:
        if not is_made:
            waiting.stop()
    # A forked worker would keep the port of the page that waits open, and answer nobody there.
    multiprocessing.set_start_method("spawn", force=True)
    waiting.stop_when_relieved()
    return serve(folder, HOST, port, url=url, is_demo=True)


def told_on(waiting: Waiting) -> Progress:
    """Tells the page that waits how far the story is, and on a terminal whoever waits there."""

    def told(far: int, day: str) -> None:
        waiting.told(far, day)
        if sys.stderr.isatty():
            end = "\n" if far == 100 else ""
            print(
                f"\r  twelve invented branches live two years: {day}, {far:3} of 100",
                end=end,
                file=sys.stderr,
                flush=True,
            )

    return told


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
