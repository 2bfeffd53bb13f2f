"""Answers to what went wrong: bad input, a page that is not there, a form that is out of date.

Lives here: turning `BadInput` and its kin into pages with what happened, where, and what to do. Not here: refusals,
which are the engine's and stand beside the form (`desk`).

Invariant: bad input never gives a 500; an answer never shows a traceback, a path of the machine or a stranger's data.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from isonomy.chamber.ports import StoreFault
from isonomy.kernel.bad_input import BadInput
from isonomy.web.not_here import NotHere, NothingNamed
from isonomy.web.viewer import public


class BadInputAnswers:
    """Middleware: bad input becomes a page; what is not there, a 404; a store that does not answer, a 503."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._respond(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answers bad input that a view met."""
        return answer_to(request, fault) if isinstance(fault, BadInput) else None


def answer_to(request: HttpRequest, fault: BadInput) -> HttpResponse:
    """The page that says what was wrong and what to do."""
    title, status = _("This could not be understood"), 400
    if isinstance(fault, StoreFault):
        title, status = _("The record cannot be reached just now"), 503
    elif isinstance(fault, NotHere):
        title, status = _("Not here"), 404
    elif isinstance(fault, NothingNamed):
        title, status = _("Something is not said yet"), 404
    response = render(request, "design/answer.html", {"title": title, "fault": fault}, status=status)
    if status == 503:
        response["Retry-After"] = "5"
    return response


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What is said when a form's token is missing or old."""
    what = _("This form is out of date: it was opened before you signed in, or cookies are switched off.")
    fault = BadInput(what, "", _("go back, load the page again, and send the form once more"))
    return render(request, "design/answer.html", {"title": _("Nothing was sent"), "fault": fault}, status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is said when there is no such page."""
    fault = BadInput(_("There is no page at this address."), "", _("follow a link of the menu"))
    return render(request, "design/answer.html", {"title": _("Not here"), "fault": fault}, status=404)


@public
def defect(request: HttpRequest) -> HttpResponse:
    """What is said when the program itself has a defect: nothing of the act was kept unless its entry is shown."""
    return render(request, "design/defect.html", status=500)
