"""Approving minutes: a motion, in the body that decides on them, whose words name what was read.

Lives here: the form and the page that move it. Not here: the words (`documents.minutes_approval`), deciding (a motion like any
other).

Invariant: what is moved names the entries that the mover was shown, not those that came after.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.documents.minutes import Entry, Minutes
from isonomy.documents.minutes_approval import MINUTES, Approval, digest_of
from isonomy.engine.competence import competent_for
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.web.asking import SeatedForm, may
from isonomy.web.decisions.writing import written
from isonomy.web.desk import ActPage
from isonomy.web.viewer import Viewer


def approving_body(viewer: Viewer, meeting_of: str) -> str:
    """The body that approves the minutes of another, or of itself: its own where it is competent; "" where nobody is."""
    plain, _at, unit = meeting_of.partition("@")
    rulebook = viewer.standing.rulebook
    found = [each.seat for each in competent_for(rulebook, MINUTES) if each.seat in rulebook.bodies]
    if plain in found:
        return meeting_of
    body = found[0] if found else ""
    return f"{body}@{unit}" if body and unit and rulebook.bodies[body].in_each else body


def words_for(minutes: Minutes, acts: list[Entry], through: int, corrections: str = "") -> str:
    """The words of a motion that approves minutes as written through an entry."""
    return Approval(minutes.meeting, through, digest_of(acts, through), corrections).words()


def may_be_moved(viewer: Viewer, minutes: Minutes, acts: list[Entry]) -> bool:
    """Whether the viewer may move the approval now."""
    body = approving_body(viewer, minutes.body)
    words = words_for(minutes, acts, viewer.standing.state.n - 1)
    return bool(body) and minutes.is_over and may(viewer, "motion.move", body=body, matter=MINUTES, text=words)


class ApproveForm(SeatedForm):
    """Moving that minutes are approved, with the body's corrections."""

    act_name = "motion.move"
    through = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    corrections = forms.CharField(
        label=_("Corrections the body makes"), widget=forms.Textarea, required=False, max_length=10_000,
        help_text=_("They stand in the decision and are shown with the minutes. Leave it empty if nothing is to be corrected."),
    )  # fmt: skip

    minutes: Minutes
    acts: list[Entry]
    body: str

    def clean_through(self) -> int:
        """The last entry that was read: not one that is still to come."""
        through: int = self.cleaned_data["through"]
        last = max((entry["n"] for entry in self.acts), default=0)
        if not last <= through < self.viewer.standing.state.n:
            raise forms.ValidationError(
                _("The record has moved on: load the page again and read the minutes once more.")
            )
        return through

    def fields_of_act(self) -> dict[str, Json]:
        """Body, matter and the words."""
        data = self.cleaned_data
        words = words_for(self.minutes, self.acts, data["through"], data["corrections"].strip())
        return {"body": self.body, "matter": MINUTES, "text": words}


class Approve(ActPage):
    """Moving that the minutes of a meeting are approved."""

    form_class = ApproveForm
    template_name = "decisions/approve.html"
    title = _("Move that these minutes are approved")
    button = _("Move it")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Reads the minutes before anything else."""
        viewer: Viewer = request.viewer
        self.written = written(viewer, kwargs["meeting"])
        self.body = approving_body(viewer, self.written.minutes.body)
        if not self.written.minutes.is_over:
            raise BadInput("the meeting is not over", "meeting", "close it first; then its minutes can be approved")
        if not self.body:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> ApproveForm:
        """The form with the minutes it is about."""
        form = ApproveForm(
            data, viewer=self.request.viewer, initial={"through": self.request.viewer.standing.state.n - 1}
        )
        form.minutes, form.acts, form.body = self.written.minutes, self.written.acts, self.body
        return form

    def context(self) -> dict[str, Any]:
        """The minutes it is about, and their words."""
        found = self.written
        through = self.request.viewer.standing.state.n - 1
        return {
            "minutes": found.minutes, "body": self.body, "words": words_for(found.minutes, found.acts, through),
            "cancel": reverse("minutes", args=[found.minutes.meeting]),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The motion that was moved."""
        return reverse("motion", args=[f"mo-{answer.entry['n']}"])
