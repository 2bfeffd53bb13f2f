"""Founding in the browser, with the program as it is run: from an empty folder to a notice that lies in members' mail."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from isonomy.cli.main import main
from tests.browser.window import Window
from tests.web.lived import MORE, rules
from tests.web.served import Served

pytestmark = pytest.mark.browser
PEOPLE = ("Ben", "Cleo", "Dora", "Emil", "Fay")
LIST = "name,address\n" + "".join(f"{name} Example,{name.lower()}@example.invalid\n" for name in PEOPLE)
RULES = rules().removesuffix(MORE)
NAMELESS = ",nobody@example.invalid\n"


def letters(folder: Path, to: str) -> list[str]:
    """The texts of the mails to an address, the oldest first."""
    found = []
    for file in sorted((folder / "outbox").glob("*"), key=lambda file: file.stat().st_mtime_ns):
        for raw in file.read_bytes().split(b"-" * 79 + b"\n"):
            letter = message_from_bytes(raw.strip() + b"\n", policy=default)
            if letter["To"] == to:
                found.append(letter.get_body(("plain",)).get_content())  # type: ignore[union-attr, attr-defined]
    return found


class Founder:
    """Somebody at a window who reads, fills in and presses; every page that is read is looked at with axe, once."""

    def __init__(self, window: Window, looked_at: set[str] | None) -> None:
        self.window, self.page, self._looked_at = window, window.page, looked_at

    def reads(self, words: str, seconds: float = 15) -> None:
        """Waits until the page says so."""
        until = time.monotonic() + seconds
        while words.casefold() not in " ".join(self.page.inner_text("body").split()).casefold():
            assert time.monotonic() < until, f"'{words}' is to be read; there is: {self.page.inner_text('body')[:1500]}"
            self.page.wait_for_timeout(100)
        shown = f"{re.sub(r'[^/]*[0-9][^/]*', '*', self.page.url.partition('//')[2])} {self.page.inner_text('h1')}"
        if self._looked_at is not None and shown not in self._looked_at:
            self._looked_at.add(shown)
            assert self.window.axe() == [], shown
            assert self.window.keyboard_faults() == [], shown

    def goes(self, *links: str) -> None:
        """Follows links by their words."""
        for words in links:
            self.page.get_by_role("link", name=words, exact=True).first.click()

    def presses(self, words: str) -> None:
        """Presses a button by its words."""
        self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    return bool(request.param)


@pytest.fixture
def open_window(chromium: Any, has_scripts: bool) -> Iterator[Callable[[str], Window]]:
    """Windows of nobody in particular."""
    windows: list[Window] = []

    def window(address: str) -> Window:
        windows.append(Window(chromium, None, address, "", {} if has_scripts else {"java_script_enabled": False}))  # type: ignore[arg-type]
        return windows[-1]

    yield window
    for each in windows:
        each.close()


def test_an_empty_folder_becomes_an_organisation_that_meets(
    tmp_path: Path, open_window: Callable[[str], Window], has_scripts: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    # What looks at pages is a script itself.
    folder, looked_at = tmp_path / "club", set[str]() if has_scripts else None
    with Served(folder) as served:
        ada = Founder(open_window(served.address), looked_at)
        ada.page.goto(served.link("/found/"))
        it_is_founded(ada)
        link = served.link("/invitation/")
        served.wait_until_answered()
        ada.page.goto(link)
        ada.reads("You are invited to Riverside Rowing Club")
        ada.page.fill("[name=email]", "ada@example.invalid")
        ada.presses("Accept and sign in")
        ada.reads("The first days")
        ada.goes("Go on with the first steps")
        if has_scripts:
            she_makes_a_key(ada)
        a_list_is_read_over_and_admitted(ada, has_scripts)
        the_first_seats_are_filled(ada)
        ben = Founder(open_window(served.address), looked_at)
        he_comes_in_by_his_invitation_and_by_a_code(ben, folder)
        a_meeting_is_called_and_its_notice_sent(ada, folder)
        for founder in (ada, ben):
            founder.page.goto("about:blank")
    assert main(["verify", str(folder)]) == 0, capsys.readouterr().out


def it_is_founded(ada: Founder) -> None:
    """A rulebook that cannot stand is told with its line, and what was filled in is still there; then it stands."""
    ada.reads("Found an organisation")
    ada.page.get_by_label("The name of the organisation").fill("Riverside Rowing Club")
    ada.page.get_by_label("Your name").fill("Ada Example")
    ada.page.get_by_label("a rulebook of our own, pasted below").check()
    ada.page.get_by_label("A rulebook of your own").fill(RULES.replace("seats: 5", "seats: a few"))
    ada.page.click("text=Found it")
    ada.reads("a few")
    assert ada.page.get_by_label("Your name").input_value() == "Ada Example"
    ada.page.get_by_label("A rulebook of your own").fill(RULES)
    ada.page.click("text=Found it")
    ada.reads("Riverside Rowing Club is founded")


def she_makes_a_key(ada: Founder) -> None:
    """The printed address is one at which browsers make passkeys."""
    ada.window.with_authenticator()
    ada.goes("Your keys", "Add a passkey")
    ada.presses("Make the passkey")
    ada.page.wait_for_url("**/keys/")
    ada.reads("passkey for localhost")
    ada.page.goto(ada.window.address + "/first-days/")


def a_list_is_read_over_and_admitted(ada: Founder, has_scripts: bool) -> None:
    """Nothing is kept by the dry run; the row without a name is told, not admitted; everybody admitted is invited by mail."""
    ada.reads("1 member stands on the roll")
    ada.goes("Import a list, after a dry run")
    ada.page.fill("textarea", LIST + NAMELESS)
    ada.presses("Look it over")
    ada.reads(f"Would be admitted {len(PEOPLE)}")
    ada.page.goto(ada.window.address + "/first-days/")
    ada.reads("1 member stands on the roll")
    ada.goes("Import a list, after a dry run")
    ada.page.fill("textarea", LIST)
    ada.presses("Look it over")
    ada.presses(f"Admit {len(PEOPLE)} members")
    for _ in range(50):
        if "The list is through" in ada.page.inner_text("main"):
            break
        if not has_scripts:
            ada.presses("Go on")
        ada.page.wait_for_timeout(100)
    ada.reads("The list is through")


def the_first_seats_are_filled(ada: Founder) -> None:
    """The founder holds the offices, and one seat of five; whom the rules let her appoint she appoints. A seat that is
    taken is refused with its clause."""
    for name in ("Ben", "Cleo", "Dora", "Emil"):
        ada.page.goto(f"{ada.window.address}/seats/committee/begin/")
        ada.page.select_option("#id_person", label=f"{name} Example")
        ada.page.locator("main form.act button").first.click()
        ada.reads("Recorded as")
    ada.page.goto(f"{ada.window.address}/seats/chair/begin/")
    ada.page.select_option("#id_person", label="Ben Example")
    ada.page.locator("main form.act button").first.click()
    ada.reads("Not possible")


def he_comes_in_by_his_invitation_and_by_a_code(ben: Founder, folder: Path) -> None:
    """The link in the letter signs in once; afterwards a code by mail does."""
    (letter,) = letters(folder, "ben@example.invalid")
    (link,) = set(re.findall(r"http://\S+/invitation/[\w-]+/", letter))
    ben.page.goto(link)
    ben.presses("Accept and sign in")
    ben.reads("Due of you")
    ben.page.click("text=Sign out")
    ben.page.goto(ben.window.address + "/sign-in/")
    ben.page.fill("[name=email]", "ben@example.invalid")
    ben.page.locator("main form button").first.click()
    ben.reads("code")
    code = re.findall(r"(?m)^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?)\s*$", letters(folder, "ben@example.invalid")[-1])[0]
    ben.page.fill("[name=code]", code)
    ben.page.locator("main form button").first.click()
    ben.reads("Due of you")


def a_meeting_is_called_and_its_notice_sent(ada: Founder, folder: Path) -> None:
    """The first lawful day stands on the page; the committee's three days are kept; each of its members gets a letter."""
    ada.goes("Meetings")
    ada.page.goto(ada.window.address + "/meetings/call/committee/")
    ada.reads("3 days")
    ada.page.get_by_label("Budget").first.check()
    ada.page.fill("#id_time", "19:00")
    ada.presses("Check this call")
    ada.presses("Call this meeting")
    ada.reads("Recorded as")
    ada.goes("Preside: the next steps")
    ada.page.click("main a[href$='/notice/']")
    ada.presses("Send it and record it")
    ada.reads("Recorded as")
    assert "Budget" in letters(folder, "ben@example.invalid")[-1]
