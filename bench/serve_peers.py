"""The pages beside OpenSlides 3.3, in one run on one machine: what is asked costs, how soon a change is seen, what a vote costs.

    python -m bench.serve_peers --peer peer/bin/python          (how the peer is installed: bench/peer_openslides.py)
    python -m bench.serve_peers --peer peer/bin/python --members 400 --clients 500

Both have as many members and motions. One after the other they are served and asked by this process, over this machine's
own network. They differ in kind: OpenSlides sends what changed over a web socket that each window keeps open, and its lists
are data that a program in the browser still draws; here each open page asks by its tag, and what is answered is the page.
Processor time is that of all processes of the site, as the system counts it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import peer_openslides as peer
from bench.serve_ballots import RULEBOOK, Voter
from bench.serve_pages import PORT, Client, acts_of, change_seen, resident, sessions_of, spent
from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.folder import FOUNDER_KEY, found_folder
from isonomy.adapters.key_files import MemberKey, read_key
from isonomy.chamber.answers import Answer

MOTIONS = 50
ASKED = 200
Told = dict[str, str]


async def cost_of(root: int, client: Client, *, with_tag: bool = False) -> float:
    """Processor milliseconds of one request, over many."""
    for _ in range(20):
        assert await client.ask(with_tag=with_tag) in (200, 304), client.path
    before = spent(root)
    for _ in range(ASKED):
        await client.ask(with_tag=with_tag)
    return (spent(root) - before) * 1000 / ASKED


def told_of(late: list[float]) -> str:
    """The times until a change was seen, in words."""
    return f"median {median(late):.2f} s, p99 {quantiles(late, n=100)[98]:.2f} s, last {max(late):.2f} s"


async def ours(
    root: int, client: AppenderClient, key: MemberKey, sessions: list[str], args: argparse.Namespace
) -> Told:
    """What is measured of the pages here."""
    told: Told = {}
    for what, path in (
        ("list of motions", "/motions/"),
        ("one motion", f"/motions/{args.motion}/"),
        ("list of members", "/members/"),
    ):
        costs = [await cost_of(root, Client(sessions[0], path), with_tag=is_known) for is_known in (False, True)]
        told[what] = f"{costs[0]:.1f} ms, unchanged {costs[1]:.1f} ms"
    before = spent(root)
    voters = [Voter(session, args.poll) for session in sessions[: args.votes]]
    for first in range(0, len(voters), 4):
        await asyncio.gather(*(voter.vote(0) for voter in voters[first : first + 4]))
    told["a vote"] = (
        f"{(spent(root) - before) * 1000 / len(voters):.1f} ms (paper, check and cast; secret, with receipt)"
    )
    clients = [Client(session, "/motions/") for session in sessions]
    before = spent(root)
    for each in clients:
        await each.ask()
    told["a window opened"] = f"{(spent(root) - before) * 1000 / len(clients):.1f} ms"
    places = iter(range(10**6))

    def hand_in() -> float:
        at = time.perf_counter()
        accepted(client, key, [motion_act(f"Change {next(places)}")])
        return at

    before, began = spent(root), time.perf_counter()
    late = await change_seen(clients, hand_in, args.seconds, args.rounds)
    told["processors while all watch"] = f"{(spent(root) - before) / (time.perf_counter() - began):.2f}"
    told["a change is seen"] = f"{told_of(late)} (asked every {args.seconds:g} s)"
    told["memory"] = ", ".join(f"{size} MiB {what}" for what, size in resident(root).items())
    return told


async def theirs(root: int, admin: str, sessions: list[str], motion: int, args: argparse.Namespace) -> Told:
    """The same of the peer."""
    told: Told = {}
    for what, path in (
        ("list of motions", "/rest/motions/motion/"), ("one motion", f"/rest/motions/motion/{motion}/"),
        ("list of members", "/rest/users/user/"),
    ):  # fmt: skip
        told[what] = f"{await cost_of(root, Client(sessions[0], path, peer.PORT, peer.COOKIE)):.1f} ms"
    poll = await asyncio.to_thread(peer.put, admin, motion)
    before = spent(root)
    for session in sessions[: args.votes]:
        vote = {"data": random.choice("YNA")}
        await asyncio.to_thread(peer.asked, session, f"/rest/motions/motion-poll/{poll}/vote/", vote)
    told["a vote"] = f"{(spent(root) - before) * 1000 / args.votes:.1f} ms (cast alone; without names, no receipt)"
    windows = [peer.Socket(session) for session in sessions]
    before = spent(root)
    for each in windows:
        await each.open()
    told["a window opened"] = f"{(spent(root) - before) * 1000 / len(windows):.1f} ms"
    watching = [asyncio.create_task(each.watch()) for each in windows]
    late: list[float] = []
    before, began = spent(root), time.perf_counter()
    for place in range(args.rounds):
        for each in windows:
            each.shown_at = 0.0
        at = time.perf_counter()
        await asyncio.to_thread(peer.moved, admin, f"Change {place}")
        while any(each.shown_at < at for each in windows):
            await asyncio.sleep(0.02)
            assert time.perf_counter() - at < 60, "some window was never told"
        late += [each.shown_at - at for each in windows]
        await asyncio.sleep(2 * args.seconds)
    told["processors while all watch"] = f"{(spent(root) - before) / (time.perf_counter() - began):.2f}"
    told["a change is seen"] = f"{told_of(late)} (sent when it happens)"
    told["memory"] = ", ".join(f"{size} MiB {what}" for what, size in resident(root).items())
    for task in watching:
        task.cancel()
    for each in windows:
        each.close()
    return told


def motion_act(text: str) -> dict[str, Any]:
    """A motion as an act."""
    return {"act": "motion.move", "body": "assembly", "matter": "kettles", "text": text}


def accepted(client: AppenderClient, key: MemberKey, acts: list[dict[str, Any]]) -> list[Answer]:
    """The answers to acts, all accepted."""
    replies = client.submit(acts_of(key, acts), 600)
    assert all(isinstance(reply, Answer) and reply.is_accepted for reply in replies), replies[-1]
    return replies  # type: ignore[return-value]


def measure_ours(folder: Path, args: argparse.Namespace) -> Told:
    """Founds, serves and measures the organisation here."""
    found_folder(folder, RULEBOOK, founder_name="Ada Example")
    key = read_key(folder / FOUNDER_KEY)
    persons = [f"p-v{place:05}" for place in range(max(args.members, args.clients))]
    sessions = sessions_of(folder, persons[: args.clients], f"http://127.0.0.1:{PORT}")
    command = [sys.executable, "-m", "isonomy", "serve", str(folder), "--port", str(PORT)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    site = subprocess.Popen(command, **quiet)  # type: ignore[call-overload]
    client = AppenderClient(folder, 120)
    try:
        client.ping(60)
        accepted(client, key, [{"act": "member.admit", "person": person} for person in persons])
        moved = accepted(client, key, [motion_act(f"Motion {place}") for place in range(MOTIONS)])
        args.motion = f"mo-{moved[0].entry['n']}"
        poll = {"act": "poll.open", "body": "assembly", "question": "Shall there be a kettle?", "matter": "kettles"}
        args.poll = f"po-{accepted(client, key, [poll])[0].entry['n']}"
        asyncio.run(_until_answered(sessions[0]))
        return asyncio.run(ours(site.pid, client, key, sessions, args))
    finally:
        client.close()
        site.terminate()
        site.wait(30)


async def _until_answered(session: str) -> None:
    for _ in range(100):
        try:
            if await Client(session, "/").ask() == 200:
                return
        except ConnectionError:
            await asyncio.sleep(0.3)
    raise ConnectionError("the site does not answer")


def measure_theirs(folder: Path, args: argparse.Namespace) -> Told:
    """Founds, serves and measures the peer."""
    admin, sessions = peer.found(args.peer, folder, max(args.members, args.clients))
    site = peer.served(args.peer, folder)
    try:
        motions = [peer.moved(admin, f"Motion {place}") for place in range(MOTIONS)]
        return asyncio.run(theirs(site.pid, admin, sessions[: args.clients], motions[0], args))
    finally:
        site.terminate()
        site.wait(30)


def main() -> None:
    """Prints both beside each other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", type=Path, help="the Python of an environment in which OpenSlides 3.3 is installed")
    parser.add_argument("--members", type=int, default=400)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--votes", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=2.0, help="how often a page asks here")
    parser.add_argument("--rounds", type=int, default=5, help="how many changes are watched")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    measured: list[tuple[str, Callable[[Path, argparse.Namespace], Told]]] = [("Isonomy", measure_ours)]
    if args.peer is None:
        print("no --peer: measured alone; bench/peer_openslides.py says how to install it", file=sys.stderr)
    else:
        measured.append(("OpenSlides 3.3", measure_theirs))
    found: dict[str, Told] = {}
    for name, measure in measured:
        with tempfile.TemporaryDirectory() as holder:
            found[name] = measure(Path(holder) / "place", args)
    if args.json:
        print(json.dumps(found, indent=1))
        return
    for what in next(iter(found.values())):
        print(what)
        for name, told in found.items():
            print(f"  {name:<16}{told[what]}")


if __name__ == "__main__":
    main()
