"""A window of the browser: signed in as a member, watched for faults, looked at with axe.

Lives here: opening pages and judging how they are made. Not here: what happens on them.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.web.site import Site

PHONE = {"viewport": {"width": 320, "height": 640}}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

TOO_WIDE = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll("body *")]
  .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 4).map((part) => part.outerHTML.slice(0, 140))"""
TOO_SMALL = """() => [...document.querySelectorAll("button, select, input, summary, nav a, a.button")]
  .filter((part) => part.checkVisibility() && part.type !== "hidden")
  .filter((part) => {
    const box = (["checkbox", "radio"].includes(part.type) && part.labels[0] || part).getBoundingClientRect();
    return box.width < 24 || box.height < 24;
  }).map((part) => part.outerHTML.slice(0, 140))"""
WITHOUT_EDGE = """() => [...document.querySelectorAll("button, a.button, select, textarea, input")]
  .filter((part) => part.checkVisibility() && !["hidden", "checkbox", "radio", "file"].includes(part.type))
  .filter((part) => !part.classList.contains("plain"))
  .filter((part) => { const is = getComputedStyle(part); return is.borderBottomStyle === "none" || is.borderBottomWidth === "0px"; })
  .map((part) => part.outerHTML.slice(0, 140))"""
KEYBOARD = """() => {
  const pressed = [...document.querySelectorAll("a[href], button, select, textarea, input, summary")]
    .filter((part) => part.checkVisibility() && part.type !== "hidden" && !part.disabled);
  const faults = pressed.filter((part) => part.tabIndex !== 0).map((part) => "not in the order: " + part.outerHTML.slice(0, 120));
  for (const part of pressed) {
    part.focus({ focusVisible: true });
    const is = getComputedStyle(part), around = getComputedStyle(part.closest(".choice") || part);
    const shows = [is, around].some((found) => found.outlineStyle !== "none" && found.outlineWidth !== "0px" || found.boxShadow !== "none");
    if (document.activeElement === part && !shows) faults.push("does not show: " + part.outerHTML.slice(0, 120));
  }
  return faults.slice(0, 6);
}"""


class Window:
    """One browser context with one page; `faults` are messages of the console and errors of scripts."""

    def __init__(self, browser: Any, site: Site, address: str, name: str, options: dict[str, Any]) -> None:
        self.site, self.address = site, address
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(30_000)
        self.faults: list[str] = []
        if name:
            session = site.browser(name).cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}
            self.context.add_cookies([cookie])
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        expected = "the server responded with a status of 4" in message.text
        if message.type == "error" and not expected:
            self.faults.append(message.text)

    def go(self, path: str) -> Any:
        """Opens a page of the site."""
        self.page.goto(self.address + path)
        return self.page

    def text(self) -> str:
        """What is read on the page."""
        return str(self.page.inner_text("main"))

    def axe(self, rule: str = "") -> list[str]:
        """What axe finds wrong, a line each; by one rule, or by all."""
        options = {"runOnly": [rule]} if rule else RULES
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"]]

    def is_too_wide(self) -> bool:
        """Whether the page scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))

    def too_wide(self) -> list[str]:
        """What makes the page scroll sideways: the first few parts that stick out on the right."""
        return list(self.page.evaluate(TOO_WIDE))

    def too_small(self) -> list[str]:
        """What is pressed and neither 24 pixels high and wide nor within a line of text."""
        return list(self.page.evaluate(TOO_SMALL))

    def without_edge(self) -> list[str]:
        """Buttons and fields that only their ground told apart."""
        return list(self.page.evaluate(WITHOUT_EDGE))

    def keyboard_faults(self) -> list[str]:
        """What the tabulator misses, jumps to, or does not show."""
        return list(self.page.evaluate(KEYBOARD))

    def with_authenticator(self) -> Window:
        """Gives the window a device that makes passkeys."""
        devtools = self.context.new_cdp_session(self.page)
        devtools.send("WebAuthn.enable")
        device = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        return self

    def close(self) -> None:
        """Closes it; what scripts complained of is a failure."""
        self.context.close()
        assert self.faults == [], self.faults
