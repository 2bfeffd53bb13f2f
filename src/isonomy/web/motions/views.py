"""Pages of motions: all of them, one of them, moving one.

Lives here: these views. Not here: what a motion is (`engine`).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.kernel.bad_input import BadInput
from isonomy.web.desk import ActPage
from isonomy.web.motions.forms import MoveForm


def motions(request: HttpRequest) -> HttpResponse:
    """All motions, the latest first."""
    found = list(reversed(request.standing.state.motions.values()))
    return render(request, "motions/motions.html", {"motions": found})


def motion(request: HttpRequest, id: str) -> HttpResponse:
    """One motion with its words."""
    found = request.standing.state.motions.get(id)
    if found is None:
        raise BadInput(f"there is no motion '{id[:40]}'", "motion", "look for it among all motions")
    return render(request, "motions/motion.html", {"motion": found})


class Move(ActPage):
    """Moving a motion."""

    form_class = MoveForm
    title = _("Move a motion")

    def next_url(self, answer: Answer) -> str:
        """The motion that was moved."""
        return reverse("motion", args=[f"mo-{answer.entry['n']}"])
