"""Headers that keep foreign code out of the pages, and methods that no page has.

Lives here: the content security policy and what goes with it; which methods of HTTP are answered at all. Not here: who
may see what (`viewer`).

Invariant: every answer carries the policy; no page needs an inline script or style. Pages are read and forms are sent;
nothing else reaches a view, and nothing is sent to a page without a form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
View = TypeVar("View", bound=Callable[..., HttpResponse])
Respond = Callable[[HttpRequest], HttpResponse]


def takes_post(view: View) -> View:
    """Marks a function that shows a page with a form and takes what is sent from it."""
    view.takes_post = True  # type: ignore[attr-defined]
    return view


class ContentSecurityPolicy:
    """Middleware: sets the policy, bars features no page uses, and turns away what is sent to a page without a form."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._respond(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        response.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answers 405 where a page that is only read is sent something; a class says itself which methods it has."""
        if request.method != "POST" or hasattr(view, "view_class") or getattr(view, "takes_post", False):
            return None
        return HttpResponseNotAllowed(("GET", "HEAD"))
