"""OpenSlides 3.3 as a peer: founded in a folder, served, and asked as its own browser program asks it.

Lives here: its members and sessions, its web socket, its requests. Not here: what is measured (`serve_peers`).

It is installed apart, since it needs an older Python and Django than this project:

    python3.8 -m venv peer
    peer/bin/pip install "setuptools<58" wheel openslides==3.3
    peer/bin/pip install "typing-extensions>=4"        (a later Twisted needs it; OpenSlides asks for an older one)

It runs as installed: SQLite, its caches in memory, one process of daphne.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

PORT = 8941
COOKIE, TOKEN_COOKIE = "OpenSlidesSessionID", "OpenSlidesCsrfToken"
TOKEN = "a" * 64
DELEGATES = 3
"""The group that may see everything and vote, as OpenSlides founds it."""
FOUND = """
import json, os, sys
from openslides.utils.main import setup_django_settings_module, write_settings
folder, count = sys.argv[1], int(sys.argv[2])
path = write_settings(folder, openslides_user_data_dir=repr(os.path.join(folder, "var")))
with open(path, "a") as settings_file:
    settings_file.write("\\nENABLE_ELECTRONIC_VOTING = True\\nLOGGING = {'version': 1}\\n")
setup_django_settings_module(path)
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import transaction
from openslides.users.models import User
engine, word = import_module(settings.SESSION_ENGINE), make_password("x")
def session_of(user):
    session = engine.SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key
found = []
with transaction.atomic():
    for place in range(count):
        user = User(username=f"m{place:07}", last_name=f"Member {place}", password=word, is_present=True)
        user.save(skip_autoupdate=True)
        user.groups.add(3)
        found.append(session_of(user))
print(json.dumps({"admin": session_of(User.objects.get(username="admin")), "members": found}))
"""


def found(python: Path, folder: Path, members: int) -> tuple[str, list[str]]:
    """Founds an assembly of so many; the sessions of its administrator and of its members."""
    made = subprocess.run([python, "-c", FOUND, str(folder), str(members)], text=True, capture_output=True, check=True)
    told = json.loads(made.stdout)
    return str(told["admin"]), list(told["members"])


def served(python: Path, folder: Path) -> subprocess.Popen[bytes]:
    """The running server; comes back when it answers."""
    settings = {"PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "settings"}
    command = [str(python.parent / "daphne"), "-b", "127.0.0.1", "-p", str(PORT), "openslides.asgi:application"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    site = subprocess.Popen(command, env={**os.environ, **settings}, **quiet)  # type: ignore[call-overload]
    for _ in range(300):
        try:
            asked("", "/apps/users/whoami/")
        except OSError:
            time.sleep(0.1)
        else:
            return site  # type: ignore[no-any-return]
    raise ConnectionError("OpenSlides does not answer")


def asked(session: str, path: str, sent: Any = None) -> Any:
    """What is answered to a request; with something sent, to a POST of it."""
    cookies = f"{COOKIE}={session}; {TOKEN_COOKIE}={TOKEN}"
    headers = {"Cookie": cookies, "X-CSRFToken": TOKEN, "Content-Type": "application/json"}
    data = json.dumps(sent).encode() if sent is not None else None
    try:
        with urlopen(Request(f"http://127.0.0.1:{PORT}{path}", data, headers), timeout=60) as answer:
            return json.loads(answer.read() or b"null")
    except HTTPError as fault:
        raise RuntimeError(f"{fault.code} {path}: {fault.read()[:500]!r}") from fault


def moved(admin: str, text: str) -> int:
    """Moves a motion; its number."""
    motion = {"title": text, "text": f"<p>{text}</p>", "workflow_id": 1, "agenda_type": 1}
    return int(asked(admin, "/rest/motions/motion/", motion)["data"]["id"])


def put(admin: str, motion: int) -> int:
    """Puts a motion to an electronic vote without names; the number of the poll."""
    poll = {
        "motion_id": motion, "title": "Vote", "type": "pseudoanonymous", "pollmethod": "YNA", "groups_id": [DELEGATES],
        "onehundred_percent_base": "YNA", "majority_method": "simple",
    }  # fmt: skip
    number = int(asked(admin, "/rest/motions/motion-poll/", poll)["data"]["id"])
    asked(admin, f"/rest/motions/motion-poll/{number}/start/", {})
    return number


class Socket:
    """One open window: a web socket over which everything comes, first what there is and then what changes."""

    def __init__(self, session: str) -> None:
        self._session, self.shown_at = session, 0.0

    async def open(self) -> None:
        """Connects, and has been sent all there is."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", PORT)
        key = base64.b64encode(os.urandom(16)).decode()
        self._writer.write(
            f"GET /ws/?change_id=0 HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nCookie: {COOKIE}={self._session}\r\n\r\n".encode()
        )
        head = await self._reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head
        await self._frame()

    async def watch(self) -> None:
        """Notes when something came, until it is cancelled."""
        while True:
            await self._frame()
            self.shown_at = time.perf_counter()

    async def _frame(self) -> int:
        """The kind of the next message."""
        first, second = await self._reader.readexactly(2)
        size = second & 127
        if size >= 126:
            size = int.from_bytes(await self._reader.readexactly(2 if size == 126 else 8), "big")
        data = await self._reader.readexactly(size)
        kind = first & 15
        if kind == 9:
            self._writer.write(bytes([0x8A, 0x80 | len(data), 0, 0, 0, 0]) + data)
            return await self._frame()
        assert kind in (1, 2), (kind, data[:200])
        return kind

    def close(self) -> None:
        """Ends the connection."""
        self._writer.close()
