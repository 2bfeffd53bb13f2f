"""An organisation lived in the browser: its windows, a step at a time, and many who use the pages over the network.

Lives here: opening pages as somebody, pressing, reading; each kind of page is looked at once. Not here: the stories.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from tests.browser.caller import Caller
from tests.browser.window import Window
from tests.web.site import Site

Visit = Callable[..., Window]
PHONE = {"width": 320, "height": 640}


class Story:
    """The organisation, its windows, and the callers."""

    def __init__(self, site: Site, visit: Visit, options: dict[str, Any]) -> None:
        self.site, self._visit, self._options = site, visit, options
        self.windows: dict[str, Window] = {}
        self._looked_at: set[str] = set()

    def at(self, name: str, path: str) -> Any:
        """The page at a path in the window of a person."""
        if name not in self.windows:
            self.windows[name] = self._visit("" if name == "nobody" else name, **self._options)
        page = self.windows[name].go(path)
        self.look(name)
        return page

    def look(self, name: str) -> None:
        """Looks at the page of a person as it stands, once for each kind of page: for axe, the keyboard, and a phone's width."""
        window = self.windows[name]
        path = urlsplit(window.page.url).path
        try:
            shown = f"{resolve(path).view_name}: {window.page.inner_text('h1')}"
        except Resolver404:
            shown = path
        if shown in self._looked_at:
            return
        self._looked_at.add(shown)
        # axe is a script itself.
        faults = [] if self._options else window.axe() + window.keyboard_faults()
        before = window.page.viewport_size
        window.page.set_viewport_size(PHONE)
        faults += window.too_wide()
        window.page.set_viewport_size(before)
        assert faults == [], f"{shown} ({path}): {faults}"

    def says(self, name: str, words: str) -> None:
        """What that person reads, once the page is there."""
        window = self.windows[name]
        for _ in range(100):
            if words.casefold() in " ".join(window.text().split()).casefold():
                self.look(name)
                return
            window.page.wait_for_timeout(100)
        raise AssertionError(f"{name} is to read '{words}', and reads: {window.text()[:1500]}")

    def does(self, name: str, path: str) -> None:
        """Opens a page and presses its button; the act is an entry."""
        button = self.at(name, path).locator("main form.act button").first
        if not button.count():
            self.says(name, "a button to press")
        button.click()
        self.says(name, "Recorded as")

    def caller(self, name: str) -> Caller:
        """The same person over the network."""
        session = self.site.browser(name).cookies[settings.SESSION_COOKIE_NAME].value
        return Caller(next(iter(self.windows.values())).address, session)

    def everybody(self, do: Callable[[Caller], str], names: list[str]) -> list[str]:
        """What several are answered who do something at the same time; without scripts a dozen stand for all."""
        names = names[:12] if self._options else names
        callers = [self.caller(name) for name in names]
        with ThreadPoolExecutor(8) as crowd:
            return list(crowd.map(do, callers))


def press(page: Any, words: str) -> None:
    """Presses what bears these words within the page's text."""
    button = page.locator("main").get_by_role("button", name=words, exact=True)
    (button if button.count() else page.locator("main").get_by_role("link", name=words, exact=True)).first.click()
