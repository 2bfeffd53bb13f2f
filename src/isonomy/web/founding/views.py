"""Pages of the first days: the list of steps, and the opening balance.

Lives here: these views. Not here: how the steps stand (`steps`), what a balance is (`engine.opening`).

Invariant: a step links to the page where it is done; nothing is done here but objecting to a part of the balance.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.opening import approval_clause, approve_by, approving_body
from isonomy.web.asking import may
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.founding.steps import DONE, is_new, leads, steps
from isonomy.web.live import not_live
from isonomy.web.today.places import place_of_thing
from isonomy.web.viewer import Viewer


@not_live
def founding(request: HttpRequest) -> HttpResponse:
    """The first steps, each with how it stands."""
    viewer: Viewer = request.viewer
    found = steps(viewer)
    shown = {
        "steps": found, "done": sum(step.standing == DONE for step in found), "leads": leads(viewer), "is_new": is_new(viewer),
    }  # fmt: skip
    return render(request, "founding/founding.html", shown)


def opening(request: HttpRequest) -> HttpResponse:
    """The opening balance: its parts with their sources, objections, and until when it is decided."""
    viewer: Viewer = request.viewer
    standing = viewer.standing
    balance = standing.state.opening
    if balance is None:
        raise Http404
    rulebook = standing.state.rulebook(next(iter(standing.state.editions)))
    parts = [
        (
            part,
            [(thing, place_of_thing(standing.state, thing)) for thing in part.things[:40]],
            max(0, len(part.things) - 40),
        )
        for part in balance.parts.values()
    ]
    shown = {
        "balance": balance, "parts": parts, "approve_by": approve_by(balance, rulebook), "body": approving_body(rulebook),
        "clause_of_it": approval_clause(rulebook), "may_object": may(viewer, "opening.object", text="x"),
    }  # fmt: skip
    return render(request, "founding/opening.html", shown)


class ObjectForm(ActForm):
    """Objecting to the balance or a part of it."""

    act_name = "opening.object"
    part = forms.ChoiceField(label=_("To which part"), required=False)
    text = forms.CharField(label=_("What is wrong"), widget=forms.Textarea, max_length=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        balance = self.viewer.standing.state.opening
        parts = [(part.id, f"{part.id}: {part.kind}, {part.source}") for part in balance.open_parts] if balance else []
        self.fields["part"].choices = [("", _("the whole")), *parts]


class Object(ActPage):
    """Objecting to the opening balance: on the record, to be known by those who decide."""

    form_class = ObjectForm
    title = _("Object to the opening balance")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """There is a page only where there is a balance."""
        if request.standing.state.opening is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        """The part from which one came."""
        return {"part": self.request.GET.get("part", "")}

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {"cancel": reverse("opening")}

    def next_url(self, answer: Answer) -> str:
        """The balance, with the objection."""
        return reverse("opening")
