"""Acting in a removal or a petition: asking, standing behind it, the hearing, an answer, attesting secret supporters.

Lives here: these forms and pages, and which of them the viewer may use now. Not here: who may (`decide`), showing (`listing`).

Invariant: a page offers what the engine would accept; who is left out is told why by the engine's own refusal.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.state import day_of
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.petition import AGENDA, petitions
from isonomy.rulebook.provisions.recall import recall_of
from isonomy.rulebook.provisions.removal import removal_of
from isonomy.web.asking import SeatedForm, may
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.not_here import NotHere
from isonomy.web.viewer import Viewer

WORDS = forms.Textarea(attrs={"rows": 8})
FAR = "2999-01-01T18:00"
ONE = "A" * 43 + "="


class _WithId(SeatedForm):
    """A form about a thing that the address names, under a key of the act."""

    key = "removal"

    def __init__(self, *args: Any, thing: str, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)

    def fields_of_act(self) -> dict[str, Json]:
        """The thing, and what was filled in."""
        return {self.key: self.thing, **super().fields_of_act()}


class AskForm(_WithId):
    """Asking for a removal."""

    act_name, key = "removal.ask", "mandate"
    grounds = forms.CharField(
        label=gettext_lazy("Why"), widget=WORDS, max_length=20_000, required=False,
        help_text=gettext_lazy("In your own words. They stand in the record, and the person concerned is heard on them."),
    )  # fmt: skip


class RecallForm(_WithId):
    """Opening a petition for a recall."""

    act_name, key = "petition.open", "mandate"
    text = forms.CharField(label=gettext_lazy("The petition"), widget=WORDS, max_length=20_000)


class OpenForm(_WithId):
    """Opening a petition to a body."""

    act_name, key = "petition.open", "petition"
    matter = forms.SlugField(
        label=gettext_lazy("The matter for the agenda"), max_length=64,
        help_text=gettext_lazy("As the rulebook calls it, in small letters with hyphens."),
    )  # fmt: skip
    text = forms.CharField(label=gettext_lazy("The petition"), widget=WORDS, max_length=20_000)

    def __init__(self, *args: Any, viewer: Viewer, thing: str, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, thing=thing, **kwargs)
        if petitions(viewer.standing.rulebook)[thing].asks != AGENDA:
            del self.fields["matter"]


class PlainForm(_WithId):
    """A step with nothing to fill in."""


class OfferForm(_WithId):
    """Offering a hearing."""

    act_name = "hearing.offer"
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(label=gettext_lazy("Hour"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=gettext_lazy("Where"), max_length=300, required=False)

    def fields_of_act(self) -> dict[str, Json]:
        """The removal, the time, the place."""
        data = self.cleaned_data
        starts = f"{data['day'].isoformat()}T{data['hour']:%H:%M}"
        return {"removal": self.thing, "starts": starts} | ({"place": data["place"]} if data["place"] else {})


class AnswerForm(_WithId):
    """Answering a request for one's removal."""

    act_name = "removal.answer"
    text = forms.CharField(label=gettext_lazy("Your answer"), widget=WORDS, max_length=20_000)


def _commitments(text: str) -> None:
    for line in text.split():
        try:
            right = len(base64.b64decode(line, validate=True)) == 32
        except (binascii.Error, ValueError):
            right = False
        if not right:
            raise ValidationError(_("%(line)s is not a commitment: 32 bytes in base64.") % {"line": line[:60]})


class AttestForm(_WithId):
    """Attesting secret supporters."""

    act_name, key = "petition.attest", "petition"
    lines = forms.CharField(
        label=gettext_lazy("Commitments, one on each line"), widget=WORDS, validators=[_commitments],
        help_text=gettext_lazy("No names. Each supporter has the salt of their own and finds it here; nobody else can."),
    )  # fmt: skip

    def fields_of_act(self) -> dict[str, Json]:
        """The petition and the commitments."""
        return {"petition": self.thing, "commitments": list(self.cleaned_data["lines"].split())}


class _Form:
    """A step: the act, its form, its words, what is tried out to see whether it is the viewer's, what it always says."""

    def __init__(
        self, act: str, title: Any, form: type[_WithId] = PlainForm, fixed: Any = None, tried: Any = None
    ) -> None:
        self.act, self.title, self.form = act, title, form
        self.fixed: dict[str, Json] = fixed or {}
        self.tried: dict[str, Json] = tried or {}


STEPS = {
    "support": _Form("removal.support", gettext_lazy("Stand behind it")),
    "retract": _Form("removal.retract", gettext_lazy("Take my name back")),
    "answer": _Form("removal.answer", gettext_lazy("Answer in writing"), AnswerForm, tried={"text": "."}),
    "offer": _Form("hearing.offer", gettext_lazy("Offer the hearing"), OfferForm, tried={"starts": FAR}),
    "held": _Form("hearing.enter", gettext_lazy("Enter that the hearing was held"), fixed={"how": "held"}),
    "waived": _Form("hearing.enter", gettext_lazy("Waive the hearing"), fixed={"how": "waived"}),
    "not-used": _Form("hearing.enter", gettext_lazy("Enter that the hearing was not used"), fixed={"how": "not used"}),
}
PETITION_STEPS = {
    "support": _Form("petition.support", gettext_lazy("Support it")),
    "retract": _Form("petition.retract", gettext_lazy("Take my name back")),
    "attest": _Form("petition.attest", gettext_lazy("Attest supporters"), AttestForm, tried={"commitments": [ONE]}),
}


def _steps(id: str) -> tuple[str, dict[str, _Form]]:
    return ("removal", STEPS) if id.startswith("rv-") else ("petition", PETITION_STEPS)


def steps_of(viewer: Viewer, id: str) -> list[tuple[str, Any]]:
    """The steps that are the viewer's to take now, with their words."""
    key, steps = _steps(id)
    found = []
    for name, step in steps.items():
        tried = dict(step.tried)
        if name == "offer":
            removal = viewer.standing.state.removals.get(id)
            tried["starts"] = f"{removal.vote_by}T18:00" if removal is not None and removal.vote_by else FAR
        if may(viewer, step.act, **{key: id}, **step.fixed, **tried):
            found.append((name, step.title))
    return found


class Step(ActPage):
    """One step of a removal or a petition."""

    template_name = "removals/act.html"

    @property
    def step(self) -> _Form:
        """The step that the address names."""
        found = _steps(self.kwargs["id"])[1].get(self.kwargs["step"])
        state = self.request.standing.state
        if found is None or self.kwargs["id"] not in (*state.removals, *state.petitions):
            raise Http404
        return found

    def make_form(self, data: Any = None) -> ActForm:
        """The form of the step."""
        key, _all = _steps(self.kwargs["id"])
        step = self.step
        form = step.form(data, viewer=self.request.viewer, thing=self.kwargs["id"])
        form.act_name, form.key = step.act, key
        if step.fixed:
            form.fields_of_act = lambda: {key: self.kwargs["id"], **step.fixed}  # type: ignore[method-assign]
        return form

    def context(self) -> dict[str, Any]:
        """What it is about."""
        id = self.kwargs["id"]
        state = self.request.standing.state
        return {
            "title": self.step.title, "button": self.step.title, "cancel": reverse("removal", args=[id]),
            "removal": state.removals.get(id), "petition": state.petitions.get(id),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The removal or petition."""
        return reverse("removal", args=[self.kwargs["id"]])


class _OfMandate(ActPage):
    """Asking about the mandate at the address."""

    template_name = "removals/act.html"

    def _mandate(self) -> Any:
        found = self.request.standing.state.mandates.get(self.kwargs["id"])
        if found is None:
            raise NotHere("there is no such mandate", "mandate", "choose one on the page of its seat")
        return found

    def next_url(self, answer: Answer) -> str:
        """What was opened."""
        opened = next(
            effect[key] for effect in answer.entry["effects"] for key in ("removal", "petition") if key in effect
        )
        return reverse("removal", args=[opened])


class Ask(_OfMandate):
    """Asking for a removal, with the calendar of what follows."""

    title = gettext_lazy("Ask for removal")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the mandate."""
        mandate = self._mandate()
        if removal_of(self.request.standing.rulebook, mandate.seat) is None:
            raise Http404
        return AskForm(data, viewer=self.request.viewer, thing=mandate.id)

    def context(self) -> dict[str, Any]:
        """Whose mandate, by which clause, and the days as they would run from today."""
        from isonomy.web.removals.listing import calendar_ahead

        mandate, standing = self._mandate(), self.request.standing
        rule = removal_of(standing.rulebook, mandate.seat)
        assert rule is not None
        return {
            "mandate": mandate, "rule": rule, "days": calendar_ahead(rule, day_of(standing.today)),
            "cancel": reverse("seat", args=[mandate.seat]),
        }  # fmt: skip


class Recall(_OfMandate):
    """Opening a petition for a recall."""

    title = gettext_lazy("Petition for a recall")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the mandate."""
        mandate = self._mandate()
        if recall_of(self.request.standing.rulebook, mandate.seat) is None:
            raise Http404
        return RecallForm(data, viewer=self.request.viewer, thing=mandate.id)

    def context(self) -> dict[str, Any]:
        """Whose mandate, and by which clause."""
        mandate = self._mandate()
        rule = recall_of(self.request.standing.rulebook, mandate.seat)
        return {"mandate": mandate, "rule": rule, "cancel": reverse("seat", args=[mandate.seat])}


class Open(_OfMandate):
    """Opening a petition to a body."""

    title = gettext_lazy("Open a petition")

    def make_form(self, data: Any = None) -> ActForm:
        """The form of the block at the address."""
        if self.kwargs["block"] not in petitions(self.request.standing.rulebook):
            raise Http404
        return OpenForm(data, viewer=self.request.viewer, thing=self.kwargs["block"])

    def context(self) -> dict[str, Any]:
        """The block, and its clause."""
        rule = petitions(self.request.standing.rulebook)[self.kwargs["block"]]
        return {"rule": rule, "cancel": reverse("removals")}
