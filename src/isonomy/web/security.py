"""Headers that keep foreign code out of the pages, and methods that no page has.

Lives here: the content security policy and what goes with it; which methods of HTTP are answered at all. Not here: who
may see what (`viewer`).

Invariant: every answer carries the policy; no page needs an inline script or style. Pages are read and forms are sent;
nothing else reaches a view.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
Respond = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Middleware: sets the policy, and bars features no page uses."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._respond(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        response.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
