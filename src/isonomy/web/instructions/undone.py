"""What follows when something was not done: entering it, and joining in the call of a meeting that nobody called.

Lives here: these two pages. Not here: what follows (`engine.following`), calling (`meetings.call`).

Invariant: only what the engine finds is offered; entering it decides nothing.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.following import Following, following
from isonomy.engine.state import LIVING, day_of
from isonomy.engine.substitutes import joining_key, missed_on, substitutes_of
from isonomy.kernel.canonical import Json
from isonomy.rulebook.consequence import LAPSE_OF_MANDATE
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.instructions.places import has_instructions
from isonomy.web.viewer import Viewer


def to_be_entered(viewer: Viewer) -> list[Following]:
    """What follows today and is to be entered: mandates that lapse."""
    standing = viewer.standing
    if standing.edition is None:
        return []
    entered = standing.state.instructions.overdue
    found = following(standing.state, standing.edition.id, standing.today)
    return [each for each in found if each.consequence.kind == LAPSE_OF_MANDATE and each.thing not in entered]


class EnterForm(ActForm):
    """Which of them is entered."""

    act_name = "overdue.enter"
    thing = forms.ChoiceField(label=_("What was not done"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [
            (each.thing, f"{each.thing}: {each.consequence.said}") for each in to_be_entered(self.viewer)
        ]


class Enter(ActPage):
    """Entering what follows."""

    form_class = EnterForm
    template_name = "instructions/undone.html"
    title = _("Enter what follows")
    button = _("Enter it")

    def make_form(self, data: Any = None) -> ActForm:
        """The form; no such page where no clause names a consequence."""
        if not has_instructions(self.request.viewer):
            raise Http404
        return super().make_form(data)

    def context(self) -> dict[str, Any]:
        """What is to be entered."""
        return {"waiting": to_be_entered(self.request.viewer), "cancel": reverse("instructions")}

    def next_url(self, answer: Answer) -> str:
        """All of it."""
        return reverse("instructions")


class JoinForm(SeatedForm):
    """Nothing is filled in: the body is the page's."""

    act_name = "call.join"

    def __init__(self, *args: Any, body: str, **kwargs: Any) -> None:
        self.body = body
        super().__init__(*args, **kwargs)

    def fields_of_act(self) -> dict[str, Json]:
        """The body that is to be called."""
        return {"body": self.body}


class Join(ActPage):
    """Joining in the call of a body that nobody called."""

    template_name = "instructions/join.html"
    title = _("Join in calling it")
    button = _("Join")

    @property
    def body(self) -> str:
        """The body; 404 where no clause lets so many call it together."""
        viewer: Viewer = self.request.viewer
        seat: str = self.kwargs["seat"]
        standing = viewer.standing
        block = standing.rulebook.bodies.get(seat.partition("@")[0]) if standing.edition is not None else None
        unit = seat.partition("@")[2]
        is_there = (
            block is not None and bool(block.in_each) == bool(unit) and (not unit or unit in standing.state.units)
        )
        if block is None or not is_there or standing.state.kind != LIVING:
            raise Http404
        if not any(one.quantity is not None for one in block.else_called_by):
            raise Http404
        return seat

    def make_form(self, data: Any = None) -> ActForm:
        """The form of this body."""
        return JoinForm(data, viewer=self.request.viewer, body=self.body)

    def context(self) -> dict[str, Any]:
        """What was missed, who calls instead, and who has joined."""
        standing = self.request.viewer.standing
        now = day_of(standing.today)
        missed = missed_on(standing.state, self.body, now)
        joined = standing.state.instructions.joined.get(joining_key(self.body, missed), []) if missed else []
        return {
            "body": self.body, "missed": missed.isoformat() if missed else "", "joined": joined,
            "substitutes": substitutes_of(standing.state, standing.edition.id, self.body, missed, now),
            "cancel": reverse("seat", args=[self.body]), "again": _now("Whoever has joined may call it once there are enough."),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The page of the body."""
        return reverse("seat", args=[self.body])
