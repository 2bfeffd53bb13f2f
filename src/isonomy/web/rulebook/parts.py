"""A long text part by part: each further part of a proposed edition is an act of its own, signed one after the other.

Lives here: the page on which what is missing of a lodged text is handed in. Not here: the first part (`proposing`), what a text
must be (`engine.proceedings.editions`).

Invariant: a part is cut from a text whose digest is the one that was lodged, so that no part can belong to another text; whoever
was interrupted gives the text once more and goes on where it stopped.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.chamber.founding import parts_of
from isonomy.engine.state import Edition
from isonomy.kernel.canonical import Json
from isonomy.rulebook.source import BYTES_MAX
from isonomy.web.desk import PREPARE, REFUSED_STATUS, ActForm, ActPage
from isonomy.web.not_here import NotHere
from isonomy.web.passkeys import Proof
from isonomy.web.rulebook.forms import TextForm
from isonomy.web.traces import entry_of


class PartForm(ActForm):
    """One further part of a text; the whole text travels with it."""

    act_name = "rulebook.part"
    rulebook = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=BYTES_MAX)

    def __init__(self, data: Any = None, *, edition: Edition, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.edition = edition

    def clean_rulebook(self) -> str:
        """The text that was lodged, and no other."""
        text = str(self.cleaned_data["rulebook"]).replace("\r\n", "\n")
        if sha256(text.encode()).hexdigest() != self.edition.sha256:
            raise forms.ValidationError(_("This is not the text that was lodged: its digest differs."))
        return text

    def fields_of_act(self) -> dict[str, Json]:
        """The first part that is missing."""
        number = next_part(self.edition)
        return {"edition": self.edition.id, "part": number, "text": parts_of(self.cleaned_data["rulebook"])[number]}


def next_part(edition: Edition) -> int:
    """The number of the first part that is missing, from 0; that after the last where none is."""
    return next((number for number in range(edition.parts) if number not in edition.texts), edition.parts)


class Rest(ActPage):
    """What is missing of a text, part by part."""

    template_name = "rulebook/rest.html"
    title = _("Lodge the rest of the text")
    button = _("Lodge this part")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the edition; one that is whole has a page of its own."""
        found = request.standing.state.editions.get(kwargs["id"])
        if found is None:
            raise NotHere(f"there is no edition '{kwargs['id'][:40]}'", "edition", "choose one of the editions listed")
        self.edition = found
        if found.complete:
            return HttpResponseRedirect(reverse("edition", args=[found.id]))
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None, **initial: Any) -> ActForm:
        """The form of the next part."""
        return PartForm(data, viewer=self.request.viewer, edition=self.edition, initial=initial)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Asks for the text, which is nowhere kept but in its parts."""
        return self._ask(TextForm(), 200)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Takes the text, or a part; goes on with the next one until none is missing."""
        if "act_id" not in request.POST:
            given = TextForm(request.POST, request.FILES)
            text = given.cleaned_data["rulebook"] if given.is_valid() else ""
            if text and sha256(text.encode()).hexdigest() != self.edition.sha256:
                given.add_error("rulebook", _now("This is not the text that was lodged: its digest differs."))
            return self.going_on(text) if given.is_valid() else self._ask(given, REFUSED_STATUS)
        answer = super().post(request, **kwargs)
        if answer.status_code != 302 or PREPARE in request.headers:
            return answer
        self.edition = request.standing.state.editions[self.edition.id]
        return answer if self.edition.complete else self.going_on(request.POST["rulebook"].replace("\r\n", "\n"))

    def going_on(self, text: str) -> HttpResponse:
        """The form of the next part, with how far it is."""
        return self.show(self.make_form(rulebook=text))

    def _ask(self, form: TextForm, status: int) -> HttpResponse:
        return self.show(form, status=status)

    def context(self) -> dict[str, Any]:
        """How far it is, and who lodged the first part."""
        by, _seat = self.request.standing.state.author_of(entry_of(self.edition.id))
        return {
            "edition": self.edition, "number": next_part(self.edition) + 1, "done": len(self.edition.texts), "by": by,
            "action": reverse("rulebook-rest", args=[self.edition.id]), "cancel": reverse("editions"),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The edition, once it is whole."""
        return reverse("edition", args=[self.edition.id])


def go_on_signing(request: HttpRequest, edition: str, text: str) -> HttpResponse | None:
    """The page of the next part, after a first part that was signed; None where nothing is missing, or none was signed."""
    found = request.standing.state.editions.get(edition)
    if found is None or found.complete or Proof.of(request) is None:
        return None
    page = Rest()
    page.setup(request, id=edition)
    page.edition = found
    return page.going_on(text)
