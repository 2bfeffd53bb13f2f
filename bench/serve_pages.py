"""How much a page costs, and how soon many open pages show what changed.

    python -m bench.serve_pages                            400 members, 500 clients
    python -m bench.serve_pages --members 100000 --clients 100

The site is a process of its own, started as `isonomy serve` does it; the clients are this process, over this machine's
own network. Each client has its own session and polls one page by its tag (ETag) as the browser does; then acts are
handed in, and for each client the time is taken until it is given the changed page. Processor time is that of all
processes of the site, as the system counts it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.folder import FOUNDER_KEY, found_folder
from isonomy.adapters.key_files import MemberKey, read_key
from isonomy.adapters.system import SystemClock, SystemEntropy
from isonomy.chamber.answers import Answer
from isonomy.chamber.founding import draw_act_id, hours_from
from isonomy.chamber.submit import Sent
from isonomy.cli.models import model_file

PORT = 8931
PAGES = ("/", "/motions/", "/meetings/", "/polls/", "/decisions/", "/members/", "/seats/", "/rulebook/", "/record/")
TICKS = os.sysconf("SC_CLK_TCK")


def acts_of(key: MemberKey, made: list[dict[str, object]]) -> list[Sent]:
    """Acts of the founder, signed."""
    until, entropy = hours_from(SystemClock().now(), 4), SystemEntropy()
    whole = [{"id": draw_act_id(entropy), "log": key.log, "until": until, "by": key.person} | act for act in made]
    return [Sent(act, key.auth(act)) for act in whole]


def sessions_of(folder: Path, persons: list[str], address: str) -> list[str]:
    """A session for each person, made in the site's own database."""
    code = (
        "import json, sys, django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0, interactive=False)\n"
        "from importlib import import_module\n"
        "from django.conf import settings\n"
        "from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY\n"
        "from django.db import transaction\n"
        "from isonomy.web.accounts.models import Account\n"
        "engine = import_module(settings.SESSION_ENGINE)\n"
        "found = []\n"
        "with transaction.atomic():\n"
        "    for person in json.load(sys.stdin):\n"
        "        account = Account.objects.create_user(person + '@example.invalid', person)\n"
        "        session = engine.SessionStore()\n"
        "        session[SESSION_KEY] = str(account.pk)\n"
        "        session[BACKEND_SESSION_KEY] = 'isonomy.web.accounts.backends.AccountBackend'\n"
        "        session[HASH_SESSION_KEY] = account.get_session_auth_hash()\n"
        "        session.create()\n"
        "        found.append(session.session_key)\n"
        "print(json.dumps(found))\n"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "isonomy.web.settings", "ISONOMY_FOLDER": str(folder), "ISONOMY_URL": address}
    made = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(persons), env={**os.environ, **settings}, text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    return list(json.loads(made.stdout))


def family(root: int) -> list[int]:
    """A process and all below it."""
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        # A process belongs to the thread that started it.
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            waiting += [int(child) for child in children.read_text().split()]
    return found


def spent(root: int) -> float:
    """Processor seconds of a process and all below it."""
    total = 0
    for process in family(root):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident(root: int) -> dict[str, int]:
    """MiB in memory, by what each process is."""
    found: dict[str, int] = {}
    for process in family(root):
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        what = "appender" if b"appender" in words else "pages"
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        found[what] = found.get(what, 0) + pages * os.sysconf("SC_PAGE_SIZE") // 2**20
    return found


class Client:
    """One open page: a connection that is kept, a session, the tag of what it shows."""

    def __init__(self, session: str, path: str, port: int = PORT, cookie: str = "sessionid") -> None:
        self.session, self.path, self.tag, self.shown_at = session, path, "", 0.0
        self._port, self._cookie = port, cookie
        self._pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, *, with_tag: bool = True) -> int:
        """Asks for the page; the status."""
        for _ in range(3):
            try:
                return await self._ask(with_tag)
            except (OSError, asyncio.IncompleteReadError):
                self._pipe = None
        raise ConnectionError("the site does not answer")

    async def _ask(self, with_tag: bool) -> int:
        if self._pipe is None:
            self._pipe = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._pipe
        tag = f"If-None-Match: {self.tag}\r\n" if self.tag and with_tag else ""
        known = f"Cookie: {self._cookie}={self.session}\r\nHX-Request: true\r\n{tag}"
        writer.write(f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{known}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        status = int(head[0].split()[1])
        if status != 304 and int(fields.get("content-length", "0")):
            await reader.readexactly(int(fields["content-length"]))
        self.tag = fields.get("etag", self.tag)
        return status

    async def watch(self, seconds: float, until: asyncio.Event) -> None:
        """Polls every so many seconds until told to end; notes when the page had changed."""
        await asyncio.sleep(random.random() * seconds)
        while not until.is_set():
            if await self.ask() == 200:
                self.shown_at = time.perf_counter()
            await asyncio.sleep(seconds)


async def change_seen(clients: list[Client], hand_in: object, seconds: float, rounds: int) -> list[float]:
    """For each client and act, the seconds from handing it in until the client had the changed page."""
    ended, late = asyncio.Event(), []
    for client in clients:
        await client.ask()
    watching = [asyncio.create_task(client.watch(seconds, ended)) for client in clients]
    await asyncio.sleep(2 * seconds)
    for _ in range(rounds):
        for client in clients:
            client.shown_at = 0.0
        at = await asyncio.to_thread(hand_in)  # type: ignore[arg-type]
        while any(client.shown_at < at for client in clients):
            await asyncio.sleep(0.02)
        late += [client.shown_at - at for client in clients]
        await asyncio.sleep(seconds)
    ended.set()
    await asyncio.gather(*watching)
    return late


def main() -> None:
    """Prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=400)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2.0, help="how often a page asks")
    parser.add_argument("--rounds", type=int, default=5, help="how many acts are watched")
    args = parser.parse_args()
    address = f"http://127.0.0.1:{PORT}"
    with tempfile.TemporaryDirectory() as holder:
        folder = Path(holder) / "club"
        found_folder(folder, model_file("association").read_text("utf-8"), founder_name="Ada Example")
        key = read_key(folder / FOUNDER_KEY)
        persons = [f"p-m{place:07}" for place in range(max(args.members - 1, args.clients))]
        sessions = sessions_of(folder, persons[: args.clients], address)
        command = [sys.executable, "-m", "isonomy", "serve", str(folder), "--port", str(PORT)]
        site = subprocess.Popen([*command, "--workers", str(args.workers)], stdout=subprocess.DEVNULL)
        client = AppenderClient(folder, 120)
        try:
            client.ping(60)
            print(f"{len(persons) + 1:,} members are admitted")
            for first in range(0, len(persons), 5_000):
                part = [{"act": "member.admit", "person": person} for person in persons[first : first + 5_000]]
                replies = client.submit(acts_of(key, part), 600)
                assert all(isinstance(reply, Answer) and reply.is_accepted for reply in replies), replies[0]
            asyncio.run(_measure(site.pid, client, key, sessions, args))
        finally:
            client.close()
            site.terminate()
            site.wait(30)


async def _measure(
    root: int, client: AppenderClient, key: MemberKey, sessions: list[str], args: argparse.Namespace
) -> None:
    first = Client(sessions[0], "/")
    for _ in range(100):
        try:
            if await first.ask() == 200:
                break
        except ConnectionError:
            await asyncio.sleep(0.3)
    print(f"{'page':<14}{'processor ms, whole':>22}{'unchanged (304)':>18}")
    for path in PAGES:
        one = Client(sessions[0], path)
        if await one.ask() != 200:
            continue
        costs = []
        for with_tag in (False, True):
            for _ in range(20):
                await one.ask(with_tag=with_tag)
            before = spent(root)
            for _ in range(300):
                await one.ask(with_tag=with_tag)
            costs.append((spent(root) - before) * 1000 / 300)
        print(f"{path:<14}{costs[0]:>22.2f}{costs[1]:>18.2f}")
    place = iter(range(10**6))

    def hand_in() -> float:
        act = {"act": "motion.move", "body": "members-meeting", "matter": "outings", "text": f"No. {next(place)}"}
        sent = acts_of(key, [act])
        at = time.perf_counter()
        (reply,) = client.submit(sent)
        assert isinstance(reply, Answer), reply
        assert reply.is_accepted, reply.refusal
        return at

    clients = [Client(session, "/motions/") for session in sessions]
    before, began = spent(root), time.perf_counter()
    late = await change_seen(clients, hand_in, args.seconds, args.rounds)
    busy = (spent(root) - before) / (time.perf_counter() - began)
    cuts = quantiles(late, n=100)
    print(
        f"{len(clients)} clients, each asking every {args.seconds:g} s, {args.rounds} acts: the change was seen after"
    )
    print(f"  median {median(late):.2f} s, p99 {cuts[98]:.2f} s, last {max(late):.2f} s; {busy:.2f} processors busy")
    print("memory, MiB: " + ", ".join(f"{what} {size}" for what, size in resident(root).items()))


if __name__ == "__main__":
    main()
