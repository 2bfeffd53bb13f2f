"""What the returning officer and the scrutineers of an election do: opening, closing nominations, attesting, countback.

Lives here: these pages. Not here: opening, closing and declaring the poll (`polls`).

Invariant: the secret of a lot is never part of an act before the declaration; at the close its opening is.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.elections.forms import AttestForm, CloseForm, FillForm, OpenForm
from isonomy.web.elections.reading import openable
from isonomy.web.elections.views import ElectionPage
from isonomy.web.not_here import NotHere, NothingNamed


class Open(ActPage):
    """Opening an election for nominations."""

    form_class = OpenForm
    template_name = "elections/open.html"
    title = _("Open an election")

    def _about(self) -> dict[str, str]:
        asked = self.request.GET
        about = {key: asked.get(key, "").strip()[:120] for key in ("seat", "body", "meeting")}
        if not about["seat"] or not about["body"]:
            raise NothingNamed(
                str(_("No seat is named to which somebody is to be elected.")),
                str(_("choose it on the page of elections")), reverse("elections"), str(_("To the elections")),
            )  # fmt: skip
        if not about["meeting"]:
            about["meeting"] = self._open_meeting(about["seat"], about["body"])
        return {key: value for key, value in about.items() if value}

    def _open_meeting(self, seat: str, body: str) -> str:
        """The open meeting of the body, where the clause has nominations taken there."""
        procedure = self.request.standing.rulebook.election_of(seat.partition("@")[0])
        rule = procedure.election if procedure is not None else None
        if rule is None or rule.nominations is None or rule.nominations.length is not None:
            return ""
        meetings = self.request.standing.state.meetings.values()
        return next((found.id for found in meetings if found.body == body and found.standing == "open"), "")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the seat that the address names."""
        return OpenForm(data, viewer=self.request.viewer, about=self._about())

    def context(self) -> dict[str, Any]:
        """The seat and the body."""
        about = self._about()
        clauses = [clause for seat, body, clause, _may in openable(self.request.viewer) if seat == about["seat"]]
        return {"about": about, "clause_of": clauses[0] if clauses else "", "cancel": reverse("elections")}

    def next_url(self, answer: Answer) -> str:
        """The election that was opened."""
        return reverse("election", args=[f"el-{answer.entry['n']}"])


class CloseNominations(ElectionPage):
    """Closing nominations: the paper is fixed, in the order of the lot where the clause says so."""

    form_class = CloseForm
    title = _("Close nominations")
    says = _("Who has not consented, or has too few seconders, is not on the paper. Its order is fixed now.")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, asking for the secret of the lot where its returning officer keeps it."""
        contest = self.contest
        kept = contest.kept_secret
        is_needed = contest.is_by_lot and not contest.election.opening
        return CloseForm(
            data, viewer=self.request.viewer, about=self.about(), kept=kept, asks_secret=is_needed and not kept
        )  # fmt: skip


class Attest(ElectionPage):
    """A scrutineer's own count."""

    form_class = AttestForm
    title = _("Attest your own count")
    says = _("Count the box apart: fetch it, count it on your own machine, and enter the digest that you found.")

    def about(self) -> dict[str, str]:
        """The poll of this election."""
        return {"poll": self.contest.election.poll}

    def context(self) -> dict[str, Any]:
        """The poll, whose files are counted."""
        return super().context() | {"poll": self.contest.poll}


class Fill(ActPage):
    """Filling a vacancy by countback."""

    form_class = FillForm
    template_name = "elections/fill.html"
    title = _("Fill the vacancy by countback")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Finds the mandate."""
        found = request.standing.state.mandates.get(kwargs["mandate"])
        if found is None:
            raise NotHere(str(_("there is no such mandate")), "mandate", str(_("begin from the election")))
        self.mandate = found
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> ActForm:
        """The form."""
        return FillForm(data, viewer=self.request.viewer, mandate=self.mandate.id)

    def context(self) -> dict[str, Any]:
        """The mandate that ended."""
        return {"mandate": self.mandate, "cancel": reverse("elections")}

    def next_url(self, answer: Answer) -> str:
        """The seat that was filled."""
        for found in self.request.standing.state.elections.values():
            if found.decision == self.mandate.ground:
                return reverse("election", args=[found.id])
        return reverse("elections")
