"""A vote in the browser while processes are killed: 1,300 secret ballots within two minutes, none lost, none doubled.

    python -m bench.serve_ballots                              1,300 voters, a kill every three seconds
    python -m bench.serve_ballots --voters 300 --minutes 1 --kills-a-minute 0

The site is a process of its own, started as `isonomy serve` does it. Each voter opens the ballot, fills it in, checks it
and sends it, at a moment drawn within the time; where a connection breaks or the site says that it cannot answer, the
voter sends the same form again, as a person presses the button again. Meanwhile workers and the appender are killed with
SIGKILL, one after the other. At the end the poll is closed and the box is held against the receipts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from html import unescape
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.serve_pages import PORT, acts_of, family, sessions_of, spent
from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.folder import FOUNDER_KEY, found_folder, stores_of
from isonomy.adapters.key_files import read_key
from isonomy.adapters.system import SystemClock, SystemEntropy
from isonomy.chamber.answers import Answer
from isonomy.chamber.completing import completed
from isonomy.chamber.loading import load
from isonomy.record.base64_text import to_base64
from isonomy.record.tree import leaf_hash

RULEBOOK = """---
organisation: Voters of the bench
language: en
time zone: Europe/London
edition: 1
status: draft
---

## 1. Members
The clerk admits members, and keeps the roll, the minutes, the record and the polls for 9 years. The members elect and may
remove the clerk.

```rule members full
admitted by: clerk
```

```rule office clerk
filled by: election by assembly
term: 9 years
removable by: assembly
keeps: roll; minutes; record; polls
```

## 2. Assembly
All members are the assembly. It decides everything, by secret poll.

```rule body assembly, supreme
filled by: all members
decides: everything else
```

```rule decision questions
by: assembly
matters: everything else
taken: by poll
secrecy: secret
```
"""
FIELD = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
RECEIPT = re.compile(r'class="receipt-text"><code>([^<]+)</code>')


class Voter:
    """One member with a browser: a session, a ballot, and what was told of it."""

    def __init__(self, session: str, poll: str) -> None:
        self.session, self.path = session, f"/polls/{poll}/vote/"
        self.answer = random.choice(["for", "against", "abstain"])
        self.receipt, self.tries, self.seconds = "", 0, 0.0
        self._token = ""

    async def vote(self, wait: float) -> None:
        """Goes from the paper to the receipt, however often it has to be sent."""
        await asyncio.sleep(wait)
        began = time.perf_counter()
        page = await self._until_answered("GET", {})
        fields = dict(FIELD.findall(page))
        page = await self._until_answered("POST", fields | {"answer": self.answer, "step": "review"})
        form = page[page.index('class="act"') :]
        fields = {name: unescape(value) for name, value in FIELD.findall(form[: form.index("</form>")])}
        page = await self._until_answered("POST", fields)
        self.receipt = RECEIPT.findall(page)[0]
        self.seconds = time.perf_counter() - began

    async def _until_answered(self, method: str, fields: dict[str, str]) -> str:
        for _ in range(200):
            self.tries += 1
            try:
                status, text = await asyncio.wait_for(self._ask(method, fields), 60)
            except (TimeoutError, OSError, asyncio.IncompleteReadError):
                status, text = 0, ""
            if status == 200:
                return text
            if status in (400, 403, 404, 500):
                raise RuntimeError(f"{status}: {text[:2000]}")
            await asyncio.sleep(0.2 + random.random() * 0.4)
        raise RuntimeError("never answered")

    async def _ask(self, method: str, fields: dict[str, str]) -> tuple[int, str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        try:
            body = urlencode(fields).encode() if fields else b""
            cookies = f"sessionid={self.session}" + (f"; csrftoken={self._token}" if self._token else "")
            head = (
                f"{method} {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nCookie: {cookies}\r\nConnection: close\r\n"
            )
            if body:
                head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            writer.write(head.encode() + b"\r\n" + body)
            top = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = re.search(r"(?im)^content-length: (\d+)", top)
            text = (await reader.readexactly(int(length[1]))).decode() if length else ""
            token = re.search(r"(?im)^set-cookie:\s*csrftoken=([^;]+)", top)
            self._token = token[1] if token else self._token
            return int(top.split()[1]), text
        finally:
            writer.close()


async def kill_now_and_then(root: int, pause: float, killed: list[str]) -> None:
    """Kills a worker or the appender, in turn, until it is cancelled; what supervises them is left alone."""
    while True:
        await asyncio.sleep(pause)
        found = {process: Path(f"/proc/{process}/cmdline").read_bytes() for process in family(root)[1:]}
        appenders = [process for process, words in found.items() if b"\0appender\0" in words]
        others = [process for process, words in found.items() if process not in appenders and b"tracker" not in words]
        pick = appenders if len(killed) % 2 else others
        for process in random.sample(pick, min(1, len(pick))):
            os.kill(process, signal.SIGKILL)
            killed.append("appender" if process in appenders else "worker")


async def hold(root: int, sessions: list[str], poll: str, args: argparse.Namespace) -> tuple[list[Voter], list[str]]:
    """Lets everybody vote within the time."""
    voters, killed = [Voter(session, poll) for session in sessions], []
    killing = None
    if args.kills_a_minute:
        killing = asyncio.create_task(kill_now_and_then(root, 60 / args.kills_a_minute, killed))
    await asyncio.gather(*(voter.vote(random.random() * args.minutes * 55) for voter in voters))
    if killing is not None:
        killing.cancel()
    return voters, killed


def main() -> None:
    """Prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=1_300)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--kills-a-minute", type=float, default=20.0)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as holder:
        folder = Path(holder) / "voters"
        found_folder(folder, RULEBOOK, founder_name="Ada Example")
        key = read_key(folder / FOUNDER_KEY)
        persons = [f"p-v{place:05}" for place in range(args.voters)]
        sessions = sessions_of(folder, persons, f"http://127.0.0.1:{PORT}")
        command = [sys.executable, "-m", "isonomy", "serve", str(folder), "--port", str(PORT)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        site = subprocess.Popen([*command, "--workers", str(args.workers)], **quiet)
        client = AppenderClient(folder, 120)
        try:
            client.ping(60)
            acts: list[dict[str, object]] = [{"act": "member.admit", "person": person} for person in persons]
            acts.append(
                {"act": "poll.open", "body": "assembly", "question": "Shall there be a kettle?", "matter": "kettles"}
            )
            replies = client.submit(acts_of(key, acts), 600)
            assert all(isinstance(reply, Answer) and reply.is_accepted for reply in replies), replies[-1]
            poll = f"po-{len(persons) + 1}"
            began, before = time.perf_counter(), spent(site.pid)
            voters, killed = asyncio.run(hold(site.pid, sessions, poll, args))
            seconds = time.perf_counter() - began
            _told(voters, killed, seconds, spent(site.pid) - before)
            _compare(folder, client, key, poll, voters)
        finally:
            client.close()
            site.terminate()
            site.wait(30)


def _told(voters: list[Voter], killed: list[str], seconds: float, busy: float) -> None:
    took = sorted(voter.seconds for voter in voters)
    print(f"{len(voters):,} ballots in {seconds:.0f} s; three pages each took median {median(took):.2f} s, "
          f"p99 {quantiles(took, n=100)[98]:.2f} s, longest {took[-1]:.2f} s")  # fmt: skip
    print(f"killed: {killed.count('worker')} workers, {killed.count('appender')} appenders; "
          f"{sum(voter.tries - 3 for voter in voters):,} forms were sent again; "
          f"processors (those that lived to the end): {busy:.0f} s")  # fmt: skip


def _compare(folder: Path, client: AppenderClient, key: object, poll: str, voters: list[Voter]) -> None:
    stores = stores_of(folder, writing=False)
    state = load(stores.record.read(), None).state
    closing = completed(
        {"act": "poll.close", "by": key.person, "poll": poll},
        state,
        stores.boxes,
        SystemClock(),
        SystemEntropy(),  # type: ignore[attr-defined]
    )
    stores.close()
    (reply,) = client.submit(acts_of(key, [closing]), 60)  # type: ignore[arg-type]
    assert isinstance(reply, Answer), reply
    assert reply.is_accepted, reply.refusal
    stores = stores_of(folder, writing=False)
    lying = sorted(to_base64(leaf_hash(ballot.to_bytes())) for ballot in stores.boxes.ballots(poll))
    stores.close()
    receipts = sorted(voter.receipt for voter in voters)
    lost, strange = len(set(receipts) - set(lying)), len(set(lying) - set(receipts))
    print(f"in the box: {len(lying):,}; receipts whose ballot is missing: {lost}; ballots without a receipt: {strange}; "
          f"doubled: {len(lying) - len(set(lying))}")  # fmt: skip
    assert receipts == lying, "the box is not what was receipted"


if __name__ == "__main__":
    main()
