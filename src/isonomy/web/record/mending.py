"""Acts about entries: lodging a refusal as a protest, mending a slip, having a personal value erased.

Lives here: these forms and pages. Not here: who may (`engine`), what an entry says (`telling`).

Invariant: an entry is never changed by any of them: each is an entry of its own that names the old one.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.competence import CORRECTION
from isonomy.engine.proceedings.corrections import CORRECTABLE
from isonomy.engine.shape import Natural
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.record.telling import things_of, told_of

REFUSAL_SIZE_MAX = 60_000


# -- protest


class ProtestForm(ActForm):
    """Lodging a refusal that this record signed."""

    act_name = "protest"
    words = forms.CharField(
        label=gettext_lazy("In your own words"), widget=forms.Textarea, max_length=20_000, required=False,
        help_text=gettext_lazy("Why you think the rules allow what was refused. You may leave it empty."),
    )  # fmt: skip
    refusal = forms.CharField(
        label=gettext_lazy("The refusal, as you received it"), widget=forms.Textarea, max_length=REFUSAL_SIZE_MAX,
        help_text=gettext_lazy("With its signature. It is judged again by whoever verifies the record."),
    )  # fmt: skip

    def clean_refusal(self) -> dict[str, Json]:
        """The refusal as an object; says where it is none."""
        try:
            found = json.loads(self.cleaned_data["refusal"])
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or not isinstance(found.get("signature"), str):
            raise forms.ValidationError(_("This is no signed refusal. Copy all of it, from { to }."))
        return found

    def fields_of_act(self) -> dict[str, Json]:
        """The refusal, its signature, the author's words."""
        found = dict(self.cleaned_data["refusal"])
        signature = found.pop("signature")
        words = self.cleaned_data.get("words")
        return {"refusal": found, "signature": signature} | ({"words": words} if words else {})


class Protest(ActPage):
    """Putting a refusal on the record; nobody's can be kept out."""

    form_class = ProtestForm
    template_name = "record/protest.html"
    title = gettext_lazy("Lodge a protest")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A refusal brought from the page where it was given is first shown; then it is lodged."""
        if "act_id" not in request.POST:
            given = request.POST.get("refusal", "")[:REFUSAL_SIZE_MAX]
            return self.show(ProtestForm(viewer=request.viewer, initial={"refusal": given}))
        return super().post(request, **kwargs)

    def next_url(self, answer: Answer) -> str:
        """The protest's entry."""
        return reverse("entry", args=[answer.entry["n"]])


# -- correction


def slips_of(state: State, things: list[str]) -> list[tuple[str, str, Any]]:
    """What of some things may be mended: thing, key, what it says now."""
    found = []
    for thing in things:
        for kind, keys in CORRECTABLE.items():
            if thing in getattr(state, kind):
                found += [(thing, key, getattr(getattr(state, kind)[thing], key)) for key in keys]
    return found


class CorrectForm(SeatedForm):
    """Mending a slip: which fact of which thing, what it should say, why."""

    act_name = "correct"
    what = forms.ChoiceField(label=gettext_lazy("What is wrong"))
    now = forms.CharField(label=gettext_lazy("What it should say"), widget=forms.Textarea, max_length=20_000)
    why = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea, max_length=20_000)
    decision = forms.ChoiceField(
        label=gettext_lazy("The approval"), required=False,
        help_text=gettext_lazy("The roll, a mandate or a decision is mended with the approval of the body whose record it is."),
    )  # fmt: skip

    def __init__(self, *args: Any, number: int, things: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        state = self.viewer.standing.state
        self.fields["what"].choices = [
            (f"{thing} {key}", f"{self.viewer.name(thing)}: {key.replace('_', ' ')} ({str(was)[:60] or _('nothing')})")
            for thing, key, was in slips_of(state, things)
        ]
        approvals = [found for found in state.decisions.values() if found.matter == CORRECTION]
        self.fields["decision"].choices = [
            ("", _("none")), *((found.id, f"{found.id}: {found.text[:60]}") for found in reversed(approvals))
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What it should say, as a number where the fact is one."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        key = str(data.get("what", "")).partition(" ")[2]
        if any(keys.get(key) is Natural for keys in CORRECTABLE.values()) and "now" in data:
            if not (data["now"].isascii() and data["now"].isdecimal() and len(data["now"]) <= 15):
                self.add_error("now", _("Write a whole number, in the smallest unit of money."))
            else:
                data["now"] = int(data["now"])
        return data

    def fields_of_act(self) -> dict[str, Json]:
        """The slip and what it becomes."""
        data = self.cleaned_data
        thing, _space, key = data["what"].partition(" ")
        found: dict[str, Json] = {
            "entry": self.number, "thing": thing, "key": key, "now": data["now"], "why": data["why"],
        }  # fmt: skip
        return found | ({"decision": data["decision"]} if data.get("decision") else {})


class Correct(ActPage):
    """Mending a slip in what an entry opened; the entry itself stays as it is."""

    template_name = "record/about_entry.html"
    title = gettext_lazy("Mend a slip")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the entry of the address."""
        things = things_of(_raw(self.request, self.kwargs["number"]))
        if not slips_of(self.request.standing.state, things):
            cure = _("name an entry that opened a meeting, motion, decision, mandate or unit, or admitted a person")
            raise BadInput(_("nothing that can be mended was opened by this entry"), "entry", cure)
        return CorrectForm(data, viewer=self.request.viewer, number=self.kwargs["number"], things=things)

    def context(self) -> dict[str, Any]:
        """The entry in words."""
        return {
            "told": told_of(self.request.viewer, _raw(self.request, self.kwargs["number"])),
            "cancel": reverse("entry", args=[self.kwargs["number"]]),
        }

    def next_url(self, answer: Answer) -> str:
        """The entry, which now says what was mended."""
        return reverse("entry", args=[self.kwargs["number"]])


# -- erasure


class EraseForm(SeatedForm):
    """Erasing a personal value: which, and on which legal ground."""

    act_name = "erase"
    commitment = forms.ChoiceField(label=gettext_lazy("Which value"), widget=forms.RadioSelect)
    ground = forms.CharField(
        label=gettext_lazy("On which ground"), max_length=300,
        help_text=gettext_lazy("Such as: on request of the person, the membership having ended."),
    )  # fmt: skip

    def __init__(self, *args: Any, number: int, sealed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        self.fields["commitment"].choices = [
            (
                one,
                self.viewer.sees({"c": one})
                or _("a value that is not shown to you (%(start)s...)") % {"start": one[:8]},
            )
            for one in sealed
        ]

    def fields_of_act(self) -> dict[str, Json]:
        """The value and the ground."""
        return {"entry": self.number, **super().fields_of_act()}


class Erase(ActPage):
    """Erasing a personal value: value and salt are overwritten once the entry is durable; proofs stand."""

    template_name = "record/about_entry.html"
    title = gettext_lazy("Erase a personal value")
    button = gettext_lazy("Erase it for good")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the entry of the address."""
        from isonomy.web.record.views import commitments_in

        raw = _raw(self.request, self.kwargs["number"])
        sealed = [one for one in commitments_in(raw["act"]) if one not in self.request.standing.state.erased]
        if not sealed:
            raise BadInput(
                _("this entry holds no personal value"), "entry", _("name the entry that admitted the person")
            )
        return EraseForm(data, viewer=self.request.viewer, number=self.kwargs["number"], sealed=sealed)

    def context(self) -> dict[str, Any]:
        """The entry in words, and what erasing does not reach."""
        return {
            "told": told_of(self.request.viewer, _raw(self.request, self.kwargs["number"])),
            "warning": _(
                "It cannot be taken back. Copies of others and older backups are not reached: erase again after restoring."
            ),
            "cancel": reverse("entry", args=[self.kwargs["number"]]),
        }

    def next_url(self, answer: Answer) -> str:
        """The entry whose value is gone."""
        return reverse("entry", args=[self.kwargs["number"]])


def _raw(request: HttpRequest, number: int) -> dict[str, Json]:
    if number >= request.standing.size:
        raise Http404
    found: dict[str, Json] = request.organisation.entry(number)
    return found
