"""A vote in the browser while everything is killed: whoever had the ballot in hand casts it when the pages are back, once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error

from bench.serve_ballots import RULEBOOK
from bench.serve_pages import acts_of
from isonomy.adapters.appender_client import AppenderClient
from isonomy.adapters.folder import FOUNDER_KEY, found_folder, stores_of
from isonomy.adapters.key_files import read_key
from isonomy.adapters.system import SystemClock, SystemEntropy
from isonomy.chamber.answers import Answer
from isonomy.chamber.completing import completed
from isonomy.chamber.loading import load
from isonomy.cli.main import main
from isonomy.record.base64_text import to_base64
from isonomy.record.tree import leaf_hash
from tests.browser.window import Window
from tests.repo.house import CHECKOUT
from tests.web.served import Served

pytestmark = pytest.mark.browser


def accepted(folder: Path, acts: list[dict[str, Any]]) -> int:
    """Hands in acts of the founder; the number of the last entry."""
    client = AppenderClient(folder, 60)
    replies = client.submit(acts_of(read_key(folder / FOUNDER_KEY), acts))
    client.close()
    assert all(isinstance(reply, Answer) and reply.is_accepted for reply in replies), replies
    return int(replies[-1].entry["n"])  # type: ignore[union-attr]


def lying_in(folder: Path, poll: str) -> list[str]:
    """Closes a poll; the receipts of the ballots that lie in its box."""
    stores = stores_of(folder, writing=False)
    act = {"act": "poll.close", "by": read_key(folder / FOUNDER_KEY).person, "poll": poll}
    closing = completed(act, load(stores.record.read(), None).state, stores.boxes, SystemClock(), SystemEntropy())
    accepted(folder, [closing])
    stores.close()
    stores = stores_of(folder, writing=False)
    found = [to_base64(leaf_hash(ballot.to_bytes())) for ballot in stores.boxes.ballots(poll)]
    stores.close()
    return found


def invited(folder: Path, person: str, address: str) -> str:
    """The link of an invitation for a member, printed by a process of its own: it sets up a site of its own."""
    left_out = ("ISONOMY_", "DJANGO_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
    words = ["invite", str(folder), person, "fay@example.invalid", "--url", address, "--json"]
    command = [sys.executable, "-m", "isonomy", *words]
    told = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True)
    return str(json.loads(told.stdout)["link"])


def test_a_ballot_in_hand_when_everything_is_killed_is_cast_once_when_the_pages_are_back(
    tmp_path: Path, chromium: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "voters"
    found_folder(folder, RULEBOOK, founder_name="Ada Example")
    with Served(folder) as served:
        served.wait_until_answered()
        question = {"act": "poll.open", "body": "assembly", "question": "A kettle?", "matter": "kettles"}
        admitted = {"act": "member.admit", "person": "p-v00000"}
        poll = f"po-{accepted(folder, [admitted, question])}"
        window = Window(chromium, None, served.address, "", {})  # type: ignore[arg-type]
        page = window.page
        page.goto(invited(folder, "p-v00000", served.address))
        page.locator("main form button").first.click()
        page.wait_for_url(served.address + "/")
        page.goto(f"{served.address}/polls/{poll}/vote/")
        page.get_by_label("For", exact=True).check()
        page.locator("main form button").first.click()
        page.wait_for_selector("text=If you leave it like this")
        served.kill("everything")
        page.locator("main form.act button").first.click()
        page.wait_for_timeout(500)
        assert "Your ballot lies in the box" not in page.inner_text("body")
    with Served(folder, port=served.port) as again:
        again.wait_until_answered()
        for _ in range(20):
            try:
                page.reload()
            except Error:
                page.wait_for_timeout(300)
            if "Your ballot lies in the box" in page.inner_text("body"):
                break
        assert "Your ballot lies in the box" in page.inner_text("body"), page.inner_text("body")[:1000]
        receipt = page.inner_text(".receipt-text code")
        # Pressed once more, it is still one.
        page.reload()
        assert lying_in(folder, poll) == [receipt]
        page.goto("about:blank")
        window.context.close()
    assert main(["verify", str(folder)]) == 0, capsys.readouterr().out
