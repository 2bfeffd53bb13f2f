"""Entering a body's disagreement beside the view it is about.

Lives here: this form and page. Not here: the vote on it (motions and polls), where it is shown (the pages of the view).

Invariant: the words are those that the body decided, and about what its motion named; nobody writes others here.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.state import Decision
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.criticism import DISAGREEING
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.today.places import place_of_thing


class RecordForm(SeatedForm):
    """What a body decided, entered as it decided it."""

    act_name = "disagreement.record"
    decision: Decision

    def about(self) -> str:
        """The view that its motion named."""
        motion = self.viewer.standing.state.motions.get(self.decision.motion)
        return motion.ratifies if motion is not None else ""

    def fields_of_act(self) -> dict[str, Json]:
        """The view, the body's own words, its decision."""
        return {"about": self.about(), "text": self.decision.text, "decision": self.decision.id}


class Record(ActPage):
    """Entering a disagreement that was decided."""

    form_class = RecordForm
    template_name = "criticism/disagree.html"
    title = _("Enter this disagreement")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the decision at this address, where it is one to disagree, on something."""
        form = RecordForm(data, viewer=self.request.viewer)
        form.decision = self._decision()
        if not form.about():
            raise Http404
        return form

    def _decision(self) -> Decision:
        found = self.request.standing.state.decisions.get(self.kwargs["id"])
        if found is None or found.matter != DISAGREEING:
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        """The decision."""
        return {"decision": self._decision(), "cancel": reverse("decision", args=[self.kwargs["id"]])}

    def next_url(self, answer: Answer) -> str:
        """The view beside which it stands now."""
        about = str(answer.entry["act"]["about"])
        return place_of_thing(self.request.standing.state, about) or reverse("decision", args=[self.kwargs["id"]])
