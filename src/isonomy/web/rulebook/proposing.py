"""Proposing a change of the rulebook: the text examined, looked over, lodged; later put into force.

Lives here: these pages. Not here: the motion to adopt it (motions), what the text must be (`rulebook`, `editions`).

Invariant: a text is lodged only after its findings and what it gives and takes were shown to whoever lodges it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.chamber.founding import parts_of
from isonomy.engine.state import Edition
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.compare import compare
from isonomy.rulebook.findings import NOTE
from isonomy.rulebook.reader import examine
from isonomy.web.asking import may, reasons, tried
from isonomy.web.desk import REFUSED_STATUS, ActForm, ActPage, Grounds, hand_in
from isonomy.web.passkeys import Proof
from isonomy.web.rulebook.forms import AdoptForm, LodgeForm, TextForm, decisions_on
from isonomy.web.rulebook.parts import go_on_signing
from isonomy.web.rulebook.reading import edition_named, source_of
from isonomy.web.traces import entry_of
from isonomy.web.viewer import Viewer

NAME = "text"


def may_propose(viewer: Viewer) -> dict[str, Any] | None:
    """Whether the viewer may lodge a text, and else why not; None where nobody is asked or nothing is said of amending."""
    standing = viewer.standing
    if not viewer.is_member or standing.edition is None or standing.rulebook.amendment() is None:
        return None
    edition = standing.edition
    text = source_of(edition)[:1000]
    verdict, seat = tried(viewer, "rulebook.lodge", sha256=edition.sha256, rulebook=text, parts=2)
    return {"may": not reasons(verdict), "reasons": reasons(verdict), "seat": seat}


def may_adopt(viewer: Viewer, edition: Edition) -> bool:
    """Whether the viewer may put an edition into force now."""
    decisions = decisions_on(viewer.standing.state, edition.id)
    return any(may(viewer, "rulebook.adopt", edition=edition.id, decision=found.id) for found in decisions)


class Lodge(ActPage):
    """Lodging the text of a proposed edition: written, examined, looked over, lodged."""

    form_class = LodgeForm
    template_name = "rulebook/review.html"
    title = gettext_lazy("Look over the proposed text")
    button = gettext_lazy("Lodge this text")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The text to begin from: that in force, or that of another edition."""
        standing = request.standing
        if standing.edition is None:
            raise BadInput("no edition of the rulebook is in force yet", "", "lodge the rest of its text")
        asked = request.GET.get("from", "")
        begin = edition_named(standing.state, asked) if asked else standing.edition
        form = TextForm(initial={"rulebook": source_of(begin)})
        return self._write(form, status=200)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Shows what was found and what would change; lodges a text that was looked over."""
        if "reviewed" in request.POST:
            answer = super().post(request, **kwargs)
            return self._next_to_sign(request) or answer if answer.status_code == 302 else answer
        form = TextForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._write(form, status=REFUSED_STATUS)
        return self.show(LodgeForm(viewer=request.viewer, initial=self._reviewed(form.cleaned_data["rulebook"])))

    def _next_to_sign(self, request: HttpRequest) -> HttpResponse | None:
        """Of a long text whose first part was signed, the page that signs the next part; None where nothing is missing."""
        lodged = request.standing.state.acts.get(request.POST["act_id"])
        text = request.POST["rulebook"].replace("\r\n", "\n")
        return go_on_signing(request, f"ed-{lodged}", text) if lodged is not None else None

    def _reviewed(self, text: str) -> dict[str, str]:
        return {"rulebook": text, "reviewed": "1"}

    def _write(self, form: TextForm, status: int) -> HttpResponse:
        shown = {
            "form": form,
            "title": _("Propose a change of the rulebook"),
            "propose": may_propose(self.request.viewer),
        }
        return render(self.request, "rulebook/write.html", shown, status=status)

    def show(
        self, form: ActForm, *, refusal: Grounds | None = None, fault: BadInput | None = None, status: int = 200
    ) -> HttpResponse:
        """The findings, what would change, and the button that lodges."""
        text = form["rulebook"].value() or ""
        text = text.replace("\r\n", "\n")
        standing = self.request.standing
        examination = examine(text.encode(), NAME)
        book = examination.rulebook
        shown = {
            "form": form, "refusal": refusal, "fault": fault, "title": self.title, "button": self.button,
            "findings": [found for found in examination.findings if found.severity != NOTE],
            "notes": [found for found in examination.findings if found.severity == NOTE],
            "errors": examination.errors, "readable": book is not None, "cancel": reverse("rulebook"),
            "comparison": compare(standing.rulebook, book) if book is not None else None,
            "propose": may_propose(self.request.viewer), "again": TextForm(initial={"rulebook": text}),
            "parts": _parts_in(text),
            "same": book is not None and book.sha256 == standing.rulebook.sha256,
        }  # fmt: skip
        return render(self.request, self.template_name, shown, status=status)

    def next_url(self, answer: Answer) -> str:
        """The edition as lodged; further parts of a long text are handed in on the way, unless the author signs each."""
        edition = f"ed-{answer.entry['n']}"
        form = self.make_form(self.request.POST)
        if Proof.of(self.request) is None and form.is_valid() and isinstance(form, LodgeForm):
            for act in form.further_parts(edition):
                reply = hand_in(self.request, act)
                if isinstance(reply, BadInput):
                    raise reply
        return reverse("edition", args=[edition])


def _parts_in(text: str) -> int:
    try:
        return len(parts_of(text))
    except BadInput:
        return 1


class Adopt(ActPage):
    """Putting a decided edition into force."""

    template_name = "rulebook/adopt.html"
    title = gettext_lazy("Put the edition into force")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the edition at this address."""
        found = edition_named(self.request.standing.state, self.kwargs["id"])
        decisions = decisions_on(self.request.standing.state, found.id)
        initial = {"decision": decisions[-1].id if decisions else ""}
        return AdoptForm(data, viewer=self.request.viewer, initial=initial, edition=found.id)

    def context(self) -> dict[str, Any]:
        """The edition."""
        state = self.request.standing.state
        found = state.editions[self.kwargs["id"]]
        return {
            "edition": found, "front": state.rulebook(found.id).front, "decisions": decisions_on(state, found.id),
            "cancel": reverse("edition", args=[found.id]), "entry_of_text": entry_of(found.id),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The edition, now with the day from which it governs."""
        return reverse("edition", args=[self.kwargs["id"]])
