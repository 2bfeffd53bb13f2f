"""Amendments: written as the text one wants, compared word by word, then moved; seconded, accepted, withdrawn.

Lives here: these pages. Not here: the comparison (`documents.word_comparison`), whether it may be done (`engine`).

Invariant: an amendment is moved only after its author was shown what it changes.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from isonomy.documents.word_comparison import compare_words
from isonomy.engine.motion import Amendment, Motion
from isonomy.engine.refusal import Accepted
from isonomy.kernel.bad_input import BadInput
from isonomy.web.asking import tried
from isonomy.web.desk import REFUSED_STATUS, ActForm, Grounds
from isonomy.web.motions.forms import AcceptForm, AmendForm, SecondAmendmentForm, WithdrawAmendmentForm
from isonomy.web.motions.listing import shown_amendment
from isonomy.web.motions.moving import AboutMotion
from isonomy.web.motions.rules import rules_for, sittings_of
from isonomy.web.viewer import Viewer

CHECKED = "yes"


class Amend(AboutMotion):
    """Moving an amendment: the text as it is wanted, the comparison, the act."""

    form_class = AmendForm
    template_name = "motions/amend.html"
    title = _("Move an amendment")
    button = _("Show what I changed")
    parts: tuple[Any, ...] = ()

    def make_form(self, data: Any = None) -> ActForm:
        """The form with the motion's words in it."""
        return AmendForm(data, viewer=self.request.viewer, motion=self.motion, initial={"text": self.motion.text})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Shows the comparison first; moves the amendment when that was read."""
        if request.POST.get("checked") == CHECKED:
            return super().post(request, **kwargs)
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=REFUSED_STATUS)
        try:
            verdict, _seat = tried(request.viewer, "motion.amend", **form.fields_of_act())
        except BadInput as fault:
            return self.show(form, fault=fault, status=REFUSED_STATUS)
        if not isinstance(verdict, Accepted):
            return self.show(form, refusal=Grounds.of(verdict), status=REFUSED_STATUS)
        self.parts = compare_words(self.motion.text, form.cleaned_data["text"])
        self.template_name, self.button = "motions/amend_check.html", _("Move this amendment")
        read = self.make_form(request.POST.dict() | {"checked": CHECKED})
        for field in read.fields.values():
            field.widget = forms.HiddenInput()
        return self.show(read)

    def context(self) -> dict[str, Any]:
        """The motion, what the clause asks, by when, and the comparison."""
        standing = self.request.viewer.standing
        rules = rules_for(standing, self.motion.body, self.motion.matter, self.motion.edition)
        return super().context() | {
            "rules": rules, "sittings": sittings_of(standing, self.motion), "parts": self.parts,
        }  # fmt: skip


class AboutAmendment(AboutMotion):
    """An act about one amendment, confirmed on a page that shows what it changes."""

    template_name = "motions/amendment_act.html"
    amendment: Amendment

    def found(self, viewer: Viewer, id: str) -> Motion:
        """The motion of the amendment; raises Http404 where there is none."""
        amendment = viewer.standing.state.amendments.get(id)
        if amendment is None:
            raise Http404
        self.amendment = amendment
        return super().found(viewer, amendment.motion)

    def initial(self) -> dict[str, Any]:
        """The amendment."""
        return {"thing": self.amendment.id}

    def context(self) -> dict[str, Any]:
        """What it changes."""
        return super().context() | {"shown": shown_amendment(self.request.viewer, self.motion, self.amendment)}


class SecondIt(AboutAmendment):
    """Seconding an amendment."""

    form_class = SecondAmendmentForm
    title = _("Second this amendment")


class AcceptIt(AboutAmendment):
    """Taking an amendment into one's motion without a vote."""

    form_class = AcceptForm
    title = _("Accept this amendment")


class WithdrawIt(AboutAmendment):
    """Withdrawing one's own amendment."""

    form_class = WithdrawAmendmentForm
    title = _("Withdraw this amendment")
