"""Somebody who uses the pages by HTTP alone: over the network, with a session and the tokens of the forms.

Lives here: reading a page's forms and sending one filled in. Not here: what is tried with it.
"""

from __future__ import annotations

import re
from html import unescape
from http.cookiejar import Cookie, CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from django.conf import settings

from tests.web.fuzz import Form, Forms


class Caller:
    """One person with a session; remembers the page that was answered last."""

    def __init__(self, address: str, session: str) -> None:
        self.address, self.url, self.status, self.text = address, address, 0, ""
        jar = CookieJar()
        host = urlsplit(address).hostname or ""
        jar.set_cookie(
            Cookie(0, settings.SESSION_COOKIE_NAME, session, None, False, f"{host}.local", False, False, "/", True,
                   False, None, True, None, None, {})
        )  # fmt: skip
        self._opener = build_opener(HTTPCookieProcessor(jar))

    def ask(self, path: str, sent: dict[str, Any] | None = None) -> str:
        """The page at a path; with fields, what a form is answered."""
        data = urlencode(sent, doseq=True).encode() if sent is not None else None
        self.url = urljoin(self.url, path)
        try:
            answer = self._opener.open(Request(self.url, data))
        except HTTPError as refused:
            answer = refused
        with answer:
            self.status, self.url, self.text = answer.status, answer.url, answer.read().decode()
        return self.words()

    def send(self, step: str = "", **filled: Any) -> str:
        """Sends the form of the page that asks for these fields, as it stands but for them; `step` presses a button."""
        page = Forms()
        page.feed(self.text)
        fit = [found for found in page.forms if filled.keys() <= found.fields.keys() and _is_act(found)]
        assert fit, f"no form asks for {sorted(filled)}: {self.words()[:2000]}"
        form = fit[0]
        fields = {
            name: field.offered[0] if field.offered else ""
            for name, field in form.fields.items()
            if field.kind not in ("radio", "checkbox", "button")
        }
        return self.ask(form.action or self.url, fields | filled | ({"step": step} if step else {}))

    def words(self) -> str:
        """What is read on the page."""
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", self.text)))


def _is_act(form: Form) -> bool:
    return form.method == "POST" and not form.action.startswith("/sign-out")
