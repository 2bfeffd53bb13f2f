"""Casting: the paper, the review of what is counted, and the answer with its receipt.

Lives here: these three steps of one address. Not here: papers (`papers`), judging and the box (`engine`, `chamber`).

Invariant: of a secret ballot nothing is stored but in its box: no notice, no session, no address holds ballot, nonce or
receipt; the receipt stands in the answer to the form and nowhere else, and no answer here is kept by a browser. The same
form sent again is answered "already cast".
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from isonomy.chamber.answers import BOXED, Answer
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import to_base64
from isonomy.web.desk import PREPARE, REFUSED_STATUS, ActForm, ActPage, Grounds, hand_in, notify
from isonomy.web.passkeys import Proof
from isonomy.web.polls.forms import CastForm, draw_nonce
from isonomy.web.polls.papers import BLANK, QUESTION, PaperForm, counted_as, instruction
from isonomy.web.polls.reading import Asked, poll_named

REVIEW, CHANGE, CAST, LEAVE_BLANK = "review", "change", "cast", "blank"


class Cast(ActPage):
    """A voter's way from the paper to the receipt."""

    form_class = CastForm
    title = _("Vote")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Finds the poll; whatever is answered is not kept by browsers."""
        self.asked = Asked(request.viewer, poll_named(request.viewer, kwargs["id"]))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The paper, or why there is none for the viewer."""
        if not self.asked.may_cast:
            return self.closed_to_you()
        return self.paper(self._paper_form(None), draw_nonce())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """One step on: from the paper to its review, back again, or into the box."""
        step = request.POST.get("step", CAST)
        nonce = request.POST.get("nonce", "") or draw_nonce()
        if step == CHANGE:
            return self.paper(self._paper_form(request.POST), nonce)
        if step == LEAVE_BLANK:
            return self.review("abstain" if self.asked.kind == QUESTION else BLANK, nonce, [])
        if step == REVIEW:
            form = self._paper_form(request.POST)
            if not form.is_valid():
                return self.paper(form, nonce, status=REFUSED_STATUS)
            return self.review(form.ballot(), nonce, form.filled())
        return self.cast(request)

    def cast(self, request: HttpRequest) -> HttpResponse:
        """Hands the ballot in; the answer to a secret one holds its receipt, and is the only place that does."""
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self._stopped(form)
        if PREPARE in request.headers:
            return self.prepared(form)
        try:
            reply = hand_in(request, form.act(), proof=Proof.of(request))
        except BadInput as fault:
            reply = fault
        if isinstance(reply, BadInput):
            return self._stopped(form, fault=reply)
        if not reply.is_accepted:
            return self._stopped(form, refusal=Grounds(reply.refusal["grounds"]))
        if reply.what == BOXED:
            return self.receipt(form, reply)
        notify(request, reply)
        return HttpResponseRedirect(self.next_url(reply))

    def make_form(self, data: Any = None) -> ActForm:
        """The ballot on its way."""
        return CastForm(
            data,
            viewer=self.request.viewer,
            poll=self.asked.poll.id,
            is_secret=self.asked.is_secret,
            initial=self.initial(),
        )

    def paper(self, form: PaperForm, nonce: str, status: int = 200) -> HttpResponse:
        """The paper as it is filled in."""
        return self._page("polls/paper.html", {"form": form, "nonce": nonce}, status)

    def review(self, ballot: Json, nonce: str, filled: list[tuple[str, str]]) -> HttpResponse:
        """What is counted if it is left like this."""
        initial = {"ballot": json.dumps(ballot, separators=(",", ":")), "nonce": nonce}
        form = CastForm(
            None, viewer=self.request.viewer, poll=self.asked.poll.id, is_secret=self.asked.is_secret, initial=initial
        )
        return self._page("polls/review.html", self._reviewed(form, ballot, nonce, filled))

    def receipt(self, form: ActForm, answer: Answer) -> HttpResponse:
        """The receipt: shown here and kept nowhere."""
        shown = {
            "receipt": to_base64(answer.receipt), "nonce": form.cleaned_data["nonce"], "cast_before": answer.cast_before,
            "counted": counted_as(self.asked.poll, form.cleaned_data["ballot"], self.asked.names),
        }  # fmt: skip
        return self._page("polls/receipt.html", shown)

    def closed_to_you(self) -> HttpResponse:
        """Why the viewer has no paper here."""
        asked = self.asked
        grounds = Grounds(asked.why_not) if asked.why_not and not (asked.is_secret and asked.has_cast) else None
        return self._page("polls/no_paper.html", {"refusal": grounds, "is_tried": True})

    def next_url(self, answer: Answer) -> str:
        """The poll."""
        return reverse("poll", args=[self.asked.poll.id])

    def _stopped(self, form: ActForm, *, refusal: Grounds | None = None, fault: BadInput | None = None) -> HttpResponse:
        ballot = form.cleaned_data.get("ballot") if hasattr(form, "cleaned_data") else None
        nonce = str(form.data.get("nonce", ""))
        shown = self._reviewed(form, ballot, nonce, []) | {"refusal": refusal, "fault": fault}
        return self._page("polls/review.html", shown, REFUSED_STATUS)

    def _reviewed(self, form: ActForm, ballot: Json, nonce: str, filled: list[tuple[str, str]]) -> dict[str, Any]:
        try:
            counted = [] if ballot is None else counted_as(self.asked.poll, ballot, self.asked.names)
        except (TypeError, ValueError, IndexError, KeyError):
            counted = []
        return {
            "form": form, "counted": counted, "is_blank": ballot == BLANK, "nonce": nonce, "filled": filled,
            "button": _("Put it into the box") if self.asked.is_secret else _("Vote"),
        }  # fmt: skip

    def _paper_form(self, data: Any) -> PaperForm:
        return PaperForm(data, self.asked.poll, self.asked.names, self.request.viewer.standing.state)

    def _page(self, template: str, shown: dict[str, Any], status: int = 200) -> HttpResponse:
        asked = self.asked
        how = instruction(asked.poll, self.request.viewer.standing.state)
        shown = {"asked": asked, "poll": asked.poll, "instruction": how, "title": self.title} | shown
        return render(self.request, template, shown, status=status)
