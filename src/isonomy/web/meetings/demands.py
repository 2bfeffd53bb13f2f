"""Demands that a body meet: opening one, supporting it, withdrawing one's support.

Lives here: these pages. Not here: how many are enough (`engine`), the call that follows (`call`).

Invariant: how many are still needed is found by asking the engine's own condition; nobody is counted who is not entitled.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.conditions import is_demanded
from isonomy.engine.facts import Group, NamedFacts
from isonomy.engine.meeting import MeetingDemand
from isonomy.engine.refusal import Accepted
from isonomy.engine.roll import members_of_body
from isonomy.kernel import quantity
from isonomy.kernel.canonical import Json
from isonomy.rulebook.model import MEMBERS
from isonomy.web.desk import ActPage
from isonomy.web.meetings.asking import judged
from isonomy.web.meetings.call import bodies_near, known_body
from isonomy.web.meetings.forms import NAME_MAX, SLUGS, MattersField, SeatForm
from isonomy.web.meetings.matters import in_words, matters_of
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing
from isonomy.web.viewer import Viewer


def known_demand(standing: Standing, id: str) -> MeetingDemand:
    """The demand of that id; raises `NotHere` where there is none."""
    found = standing.state.demands.get(id)
    if found is None:
        raise NotHere(_("there is no demand '%(id)s'") % {"id": id[:40]}, "demand", _("look among all meetings"))
    return found


def still_needed(standing: Standing, demand: MeetingDemand) -> tuple[int, int, int]:
    """How many who are entitled stand behind a demand, how many are needed, and how many are entitled, as the engine counts."""
    state = standing.state
    rulebook = state.rulebook(demand.edition)
    way = next(
        found for found in rulebook.bodies[demand.body.partition("@")[0]].meets.on_demand if found.of == demand.of
    )
    if demand.of in rulebook.units:
        entitled = {unit.id for unit in state.units.values() if unit.kind == demand.of and not unit.closed_on}
        whole = Group("units", demand.of)
    else:
        own = demand.of == demand.body.partition("@")[0] or (demand.of == MEMBERS and "@" in demand.body)
        seat = demand.body if own else demand.of
        entitled = set(members_of_body(state, demand.edition, seat, standing.today))
        whole = Group("members", seat)
    behind = sum(1 for found in demand.supporters if found in entitled)
    low, high = 0, len(entitled)
    while low < high:
        middle = (low + high) // 2
        facts = NamedFacts(
            state, standing.today, demand.id, {"supporters": quantity.Span.exactly(middle)}, demand.edition
        )
        enough = is_demanded(facts, way.quantity, Group("supporters", demand.id), whole).answer is quantity.Answer.YES
        low, high = (low, middle) if enough else (middle + 1, high)
    return behind, low, len(entitled)


def demand(request: HttpRequest, id: str) -> HttpResponse:
    """One demand: its matters, who stands behind it, how many are still needed, what follows."""
    viewer: Viewer = request.viewer
    found = known_demand(viewer.standing, id)
    behind, needed, entitled = still_needed(viewer.standing, found)
    support = judged(viewer, "demand.support", demand=id)
    withdraw = judged(viewer, "demand.withdraw", demand=id)
    rulebook = viewer.standing.state.rulebook(found.edition)
    shown = {
        "demand": found, "behind": behind, "needed": needed, "entitled": entitled, "missing": max(0, needed - behind),
        "may_support": isinstance(support, Accepted), "may_withdraw": isinstance(withdraw, Accepted),
        "clause_id": rulebook.bodies[found.body.partition("@")[0]].place.clause_of("meets"),
        "by_units": found.of in rulebook.units, "entry_number": int(id.partition("-")[2]),
    }  # fmt: skip
    return render(request, "meetings/demand.html", shown)


class DemandForm(SeatForm):
    """Which body shall meet, and about what."""

    act_name = "meeting.demand"
    matters = MattersField(label=gettext_lazy("What it shall meet about"), required=False)
    other = forms.RegexField(
        SLUGS, label=gettext_lazy("Another matter"), required=False, max_length=NAME_MAX,
        help_text=gettext_lazy("One that the rulebook does not name, in small letters with hyphens: new-boathouse."),
    )  # fmt: skip
    of = forms.ChoiceField(label=gettext_lazy("In whose name"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, ways: list[tuple[str, str]], offered: list[tuple[str, str]], **kwargs: Any) -> None:
        self.sample = {"matters": ["other-business"], **({"of": ways[0][0]} if ways else {})}
        super().__init__(*args, **kwargs)
        self.fields["matters"].choices = offered
        self.fields["of"].choices = ways
        if len(ways) < 2:
            del self.fields["of"]

    sample: dict[str, Json] = {"matters": ["other-business"]}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        """At least one matter."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data.get("matters") and not data.get("other"):
            self.add_error("matters", _("Say what the meeting shall be about."))
        return data

    def fields_of_act(self) -> dict[str, Json]:
        """Matters as one list."""
        data = self.cleaned_data
        found: dict[str, Json] = {"matters": [*data["matters"], *([data["other"]] if data["other"] else [])]}
        return found | ({"of": data["of"]} if data.get("of") else {})


def choose(request: HttpRequest) -> HttpResponse:
    """Which body is demanded to meet: those of which a clause lets anybody demand it."""
    viewer: Viewer = request.viewer
    standing, found = viewer.standing, []
    for seat in bodies_near(viewer):
        body = standing.rulebook.bodies[seat.partition("@")[0]]
        ways = [(way, way.quantity) for way in body.meets.on_demand]
        if ways:
            verdicts = [
                judged(viewer, "meeting.demand", body=seat, matters=["other-business"], of=way.of) for way, _q in ways
            ]
            found.append((seat, [way for way, _q in ways], any(isinstance(one, Accepted) for one in verdicts), body))
    return render(request, "meetings/demand_choose.html", {"choices": found})


class Open(ActPage):
    """Demanding that a body meet."""

    form_class = DemandForm
    title = gettext_lazy("Demand a meeting")
    button = gettext_lazy("Demand it")
    template_name = "meetings/demand_open.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the body; raises `NotHere` where there is none."""
        self.seat = kwargs["seat"]
        self.body = known_body(request.standing, self.seat)
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> Any:
        """The body's matters, and the names in which the clause lets it be demanded."""
        standing = self.request.standing
        offered = [(matter.name, matter.words) for matter in matters_of(standing, self.seat)]
        ways = [(way.of, way.of.replace("-", " ")) for way in self.body.meets.on_demand]
        return DemandForm(data, viewer=self.request.viewer, known={"body": self.seat}, ways=ways, offered=offered)

    def context(self) -> dict[str, Any]:
        """The body, and what its clause asks."""
        return {"seat_name": self.seat, "ways": self.body.meets.on_demand, "body": self.body}

    def next_url(self, answer: Answer) -> str:
        """The demand."""
        return reverse("demand", args=[f"ca-{answer.entry['n']}"])


class DemandAct(ActPage):
    """A page with a button about one demand."""

    act_name = ""
    template_name = "meetings/demand_act.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the demand."""
        self.demand = known_demand(request.standing, kwargs["id"])
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> Any:
        """A form without a field."""
        kind: Any = type("DemandButton", (SeatForm,), {"act_name": self.act_name})
        return kind(data, viewer=self.request.viewer, known={"demand": self.demand.id})

    def context(self) -> dict[str, Any]:
        """The demand in words."""
        words = [in_words(self.request.standing, matter) for matter in self.demand.matters]
        return {"demand": self.demand, "words": words, "cancel": reverse("demand", args=[self.demand.id])}

    def next_url(self, answer: Answer) -> str:
        """Back to the demand."""
        return reverse("demand", args=[self.demand.id])


class Support(DemandAct):
    """Supporting a demand."""

    act_name = "demand.support"
    title, button = gettext_lazy("Support this demand"), gettext_lazy("I support it")


class Withdraw(DemandAct):
    """Withdrawing one's support."""

    act_name = "demand.withdraw"
    title, button = gettext_lazy("Withdraw your support"), gettext_lazy("I withdraw it")
