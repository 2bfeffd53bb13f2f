"""Pages of elections: all of them, one of them, and what its candidates and electors do.

Lives here: these views. Not here: what the returning officer and scrutineers do (`officer`), polls (`polls`).
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.kernel.bad_input import BadInput
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.elections.forms import (
    AboutForm,
    AcceptForm,
    AppealForm,
    NominateForm,
    SecondForm,
    StandForm,
    WithdrawForm,
)
from isonomy.web.elections.reading import Contest, election_named, openable

PAGE = 50


def elections(request: HttpRequest) -> HttpResponse:
    """All elections by nomination, the latest first, and those that may be opened."""
    viewer = request.viewer
    page = Paginator(list(reversed(request.standing.state.elections.values())), PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "contests": [Contest(viewer, found) for found in page],
        "openable": openable(viewer),
        "q": "",
    }
    return render(request, "elections/elections.html", shown)


def election(request: HttpRequest, id: str) -> HttpResponse:
    """One election: where it stands, who stands, what the viewer may do."""
    contest = Contest(request.viewer, election_named(request.viewer, id))
    return render(request, "elections/election.html", {"contest": contest, "election": contest.election})


class ElectionPage(ActPage):
    """An act in an election."""

    form_class: type[AboutForm]
    template_name = "elections/act.html"
    says = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Finds the election."""
        self.contest = Contest(request.viewer, election_named(request.viewer, kwargs["id"]))
        return super().dispatch(request, *args, **kwargs)

    def about(self) -> dict[str, str]:
        """What the address names, as keys of the act."""
        return {"election": self.contest.election.id}

    def make_form(self, data: Any = None) -> ActForm:
        """The form about this election."""
        return self.form_class(data, viewer=self.request.viewer, about=self.about(), initial=self.initial())

    def context(self) -> dict[str, Any]:
        """The election and what the page says of the act."""
        found = self.contest.election
        return {
            "contest": self.contest, "election": found, "says": self.says, "cancel": reverse("election", args=[found.id])
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The election."""
        return reverse("election", args=[self.contest.election.id])


class Stand(ElectionPage):
    """Standing for election."""

    form_class = StandForm
    title = _("Stand for election")
    says = _("You nominate yourself and consent. This act's number goes into the lot. You may withdraw later.")

    def about(self) -> dict[str, str]:
        """The viewer in this election."""
        return super().about() | {"person": self.request.viewer.person}


class Nominate(ElectionPage):
    """Nominating a member."""

    form_class = NominateForm
    title = _("Nominate a member")
    says = _("Whoever you nominate must consent before nominations close.")


class OfPerson(ElectionPage):
    """An act about one candidate, whom the address names."""

    def about(self) -> dict[str, str]:
        """The candidate in this election."""
        return super().about() | {"person": self.kwargs["person"]}

    def context(self) -> dict[str, Any]:
        """The candidate too."""
        return super().context() | {"who": self.kwargs["person"]}


class Second(OfPerson):
    """Seconding a nomination."""

    form_class = SecondForm
    title = _("Second the nomination")
    says = _("You support that this member stands. It binds you to no vote.")


class Accept(ElectionPage):
    """Consenting to one's nomination."""

    form_class = AcceptForm
    title = _("Consent to stand")
    says = _("You are nominated, and stand only if you consent. This act's number goes into the lot.")


class Withdraw(ElectionPage):
    """Withdrawing from an election."""

    form_class = WithdrawForm
    title = _("Withdraw from the election")
    says = _("You stand no longer. Who has withdrawn does not stand again in this election.")


class Appeal(ElectionPage):
    """Appealing against the result."""

    form_class = AppealForm
    title = _("Appeal against the result")
    says = _(
        "The result stays provisional until the body that the clause names has decided on a motion about your appeal."
    )

    def about(self) -> dict[str, str]:
        """The decision on this election."""
        if not self.contest.election.decision:
            raise BadInput(str(_("this election has no result yet")), "election", str(_("wait for the declaration")))
        return {"decision": self.contest.election.decision}
