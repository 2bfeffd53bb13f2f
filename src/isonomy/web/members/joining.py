"""One person under two ids: proposing it, objecting, joining or dropping, parting again.

Lives here: these forms and the list. Not here: who may (`engine`), the double entry on a roll, which the returning officer
enters as an act.

Invariant: the list shows every proposal and what became of it; where the rulebook does not say who joins, there is no page.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.identity import JOINED, OBJECTED, PROPOSED, Joining
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.identity import JOINING, PARTING, identity_rule
from isonomy.web.asking import SeatedForm, needs_no_other, tried
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.members.forms import decision_choices
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing
from isonomy.web.viewer import Viewer


def knows_joining(standing: Standing) -> bool:
    """Whether the rulebook says who joins two ids of one person, or some were joined."""
    knows = standing.edition is not None and identity_rule(standing.rulebook) is not None
    return knows or bool(standing.state.joinings)


def may_join(viewer: Viewer) -> bool:
    """Whether the viewer holds an office that joins."""
    rule = identity_rule(viewer.standing.rulebook) if viewer.standing.edition is not None else None
    return rule is not None and bool(set(rule.joined_by) & set(viewer.seats))


def _known(request: HttpRequest) -> Standing:
    standing: Standing = request.standing
    if not knows_joining(standing):
        raise NotHere(_now("the rulebook does not say who joins two ids of one person"), "", _now("see what it says"))
    return standing


def joinings(request: HttpRequest) -> HttpResponse:
    """Every proposal, the latest first, with what the viewer may do about it."""
    standing, viewer = _known(request), request.viewer
    found = []
    for one in reversed(standing.state.joinings.values()):
        waits = one.standing in (PROPOSED, OBJECTED)
        found.append(
            {
                "joining": one, "doubles": [poll for poll in one.doubles if poll not in one.reviewed],
                "may_object": one.standing == PROPOSED
                and needs_no_other(tried(viewer, "same_person.object", joining=one.id, text="-")[0])
                and viewer.person in (one.kept, one.joined),
                "may_settle": waits and may_join(viewer),
                "may_part": one.standing == JOINED and bool(decision_choices(viewer, PARTING)),
            }
        )  # fmt: skip
    return render(request, "members/joinings.html", {"found": found})


class SameForm(SeatedForm):
    """The other id, the evidence, how certain."""

    act_name = "same_person"
    other = forms.RegexField(
        r"^p-[a-z0-9]{4,32}$",
        label=_("The other id"),
        help_text=_("It stands on the page of that member, such as p-7q2k."),
    )
    evidence = forms.CharField(
        label=_("On what evidence"), widget=forms.Textarea, max_length=20_000,
        help_text=_("It stands in the record for ever: no addresses, no dates of birth."),
    )  # fmt: skip
    certainty = forms.ChoiceField(
        label=_("How certain"), choices=(("certain", _("certain")), ("probable", _("probable")))
    )

    def __init__(self, *args: Any, person: str, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_other(self) -> str:
        """An id of the roll."""
        other = str(self.cleaned_data["other"])
        if other not in self.viewer.standing.state.persons:
            raise forms.ValidationError(_now("Nobody on the roll has that id."))
        return other

    def fields_of_act(self) -> dict[str, Json]:
        """The id that was admitted first is kept."""
        found = super().fields_of_act()
        persons = self.viewer.standing.state.persons
        kept, joined = sorted((self.person, found.pop("other")), key=lambda id: persons[id].entry)
        return {"person": kept, "joined": joined} | found


class OfJoiningForm(SeatedForm):
    """A form about one joining, which the page names."""

    matter = ""

    def __init__(self, *args: Any, joining: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.joining = joining
        if self.matter:
            decisions = decision_choices(self.viewer, self.matter)
            self.fields["decision"].choices = decisions
            if not decisions:
                del self.fields["decision"]

    def fields_of_act(self) -> dict[str, Json]:
        """The joining, and what the form asks."""
        return {"joining": self.joining} | super().fields_of_act()


class ObjectForm(OfJoiningForm):
    """Why they are two."""

    act_name = "same_person.object"
    text = forms.CharField(label=_("Why these are two persons"), widget=forms.Textarea, max_length=20_000)


class SettleForm(OfJoiningForm):
    """Joins them, or drops it."""

    act_name = "same_person.settle"
    matter = JOINING
    drops = forms.BooleanField(label=_("Drop it: they stay two"), required=False)
    decision = forms.ChoiceField(label=_("The decision on the objection"), required=False)

    def fields_of_act(self) -> dict[str, Json]:
        """What is dropped needs to be said; what is not, not."""
        found = super().fields_of_act()
        return found if found.get("drops") else {key: value for key, value in found.items() if key != "drops"}


class PartForm(OfJoiningForm):
    """Parts them again."""

    act_name = "not_same"
    matter = PARTING
    evidence = forms.CharField(label=_("On what evidence"), widget=forms.Textarea, max_length=20_000)
    decision = forms.ChoiceField(label=_("The decision that parts them"), required=False)


class Page(ActPage):
    """A page about one joining; 404 where there is none."""

    template_name = "members/joining_act.html"

    def joining(self) -> Joining | None:
        """The joining of the address."""
        return _known(self.request).state.joinings.get(self.kwargs.get("joining", ""))

    def make_form(self, data: Any = None) -> ActForm:
        """The form about it."""
        found = self.joining()
        if found is None:
            raise NotHere(_now("There is no such joining."), "", _now("see the list"))
        return self.form_class(data, viewer=self.request.viewer, joining=found.id)

    def context(self) -> dict[str, Any]:
        """The joining, and where to go back to."""
        return {"joining": self.joining(), "cancel": reverse("joinings")}

    def next_url(self, answer: Answer) -> str:
        """The list."""
        return reverse("joinings")


class Same(Page):
    """Proposing that a member stands on the roll twice."""

    title = _("One person under two ids")
    button = _("Propose to join them")

    def joining(self) -> Joining | None:
        """None yet."""
        return None

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the member of the address."""
        standing, person = _known(self.request), self.kwargs["person"]
        if person not in standing.state.persons:
            raise NotHere(_now("There is no such member."), "member", _now("look for the member in the list"))
        return SameForm(data, viewer=self.request.viewer, person=person)


class Object(Page):
    """Objecting."""

    form_class = ObjectForm
    title = _("Object")


class Settle(Page):
    """Joining or dropping."""

    form_class = SettleForm
    title = _("Join the two entries")
    button = _("Enter it")


class Part(Page):
    """Parting."""

    form_class = PartForm
    title = _("Part them again")
    button = _("Part them")
