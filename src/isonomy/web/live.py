"""Live pages: a page knows when it changed, and asks cheaply.

Lives here: the tag of a page (ETag) made from what it was rendered from, and the answer 304 without rendering. Not
here: the asking, which the browser does (`live.js`) every few seconds.

Invariant: two requests with one tag would get the same page: the tag covers the entries of the record, the civil date,
the account, its waiting notices, the address, the language, the program, and what a view adds (`live_by`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

from isonomy import __version__
from isonomy.kernel.bad_input import BadInput
from isonomy.web.organisation import here

WAITING = "_messages"
REMEMBERED_SECONDS = 20
REMEMBERED_MAX = 20_000


def live_by(extra: Callable[..., object]) -> Callable[[Any], Any]:
    """Marks a view whose page depends on more than the record: `extra(request, **kwargs)` says on what, None on nothing."""

    def mark(view: Any) -> Any:
        view.live_extra = extra
        return view

    return mark


def not_live(view: Any) -> Any:
    """Marks a view that is rendered anew for every request: forms with fresh ids, downloads."""
    view.is_not_live = True
    return view


class Unchanged:
    """Middleware before all others: answers an open page that asks whether something changed, without knowing who asks.

    It remembers for a few seconds which tag it gave to which session's page; whoever sends that tag has the page, so that
    "as it was" tells nobody anything. Whatever a session hands in makes its pages be asked for anew.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond
        self._given: dict[tuple[str, ...], tuple[str, int, str, float]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if request.method not in ("GET", "HEAD") or "HX-Request" not in request.headers or not session:
            if request.method == "POST":
                self._given = {key: found for key, found in self._given.items() if key[0] != session}
            return self._respond(request)
        key = (session, request.get_full_path(), request.headers.get("Accept-Language", ""))
        given = self._given.get(key)
        if given is not None and given[0] == request.headers.get("If-None-Match") and given[3] > time.monotonic():
            # Where the record cannot be reached the page says so, not this.
            with suppress(BadInput), here().turn() as standing:
                if (standing.size, standing.today) == given[1:3]:
                    answer = HttpResponseNotModified()
                    answer["ETag"] = given[0]
                    return answer
        response = self._respond(request)
        if getattr(request, "is_live_by_record", False) and response.status_code in (200, 304):
            if len(self._given) >= REMEMBERED_MAX:
                self._given.clear()
            seen = request.standing
            self._given[key] = (request.live_tag, seen.size, seen.today, time.monotonic() + REMEMBERED_SECONDS)
        return response


class ChangeTags:
    """Middleware: answers 304 where the browser has the page as it is."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._respond(request)
        tag = getattr(request, "live_tag", "")
        if tag and response.status_code == 200 and not response.has_header("ETag"):
            response["ETag"] = tag
        response.setdefault("Cache-Control", "private, no-cache")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The answer 304, where nothing has changed since."""
        shown = getattr(view, "view_class", view)
        if request.method not in ("GET", "HEAD") or not hasattr(request, "standing"):
            return None
        if getattr(shown, "is_not_live", False) or getattr(view, "is_not_live", False):
            return None
        if view.__module__.startswith("allauth."):
            return None
        extra = getattr(shown, "live_extra", None) or getattr(view, "live_extra", None)
        more = extra(request, **kwargs) if extra else None
        request.live_tag = tag_of(request, "" if more is None else more)
        request.is_live_by_record = more is None and not request.session.get(WAITING)
        if request.headers.get("If-None-Match") == request.live_tag:
            answer = HttpResponseNotModified()
            answer["ETag"] = request.live_tag
            return answer
        return None


def tag_of(request: HttpRequest, extra: object) -> str:
    """The tag of the page at this address for this account, as it would be rendered now."""
    standing, session = request.standing, request.session
    account = request.user.pk
    parts = (
        __version__, standing.size, standing.today, account, session.session_key, bool(session.get(WAITING)),
        request.get_full_path(), get_language(), extra,
    )  # fmt: skip
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'
