"""Declaring an emergency, ending the one in force, reporting on the last: the forms.

Lives here: those three. Not here: who may (`engine`), renewing and approving, which enter decisions of bodies (`deciding`).

Invariant: a form is shown where the rulebook has emergencies and there is one to end or report on; the engine answers it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.emergency import Emergency, in_force
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.emergency import emergency_rules
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.not_here import NotHere
from isonomy.web.powers.places import to_report


class DeclareForm(SeatedForm):
    """Which emergency, on which of its facts, and what happened."""

    act_name = "emergency.declare"
    fact = forms.ChoiceField(
        label=_("On which fact"),
        widget=forms.RadioSelect,
        help_text=_("The clause lists the facts; there are no others."),
    )
    words = forms.CharField(label=_("What happened"), widget=forms.Textarea, max_length=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = emergency_rules(self.viewer.standing.rulebook)
        self.fields["fact"].choices = [
            (f"{rule.name} {fact}", f"{fact} ({rule.name.replace('-', ' ')})")
            for rule in rules.values()
            for fact in rule.facts
        ]

    def fields_of_act(self) -> dict[str, Json]:
        """The block, the fact, the words."""
        block, _space, fact = self.cleaned_data["fact"].partition(" ")
        return {"emergency": block, "fact": fact, "words": self.cleaned_data["words"]}


class OfEmergencyForm(SeatedForm):
    """A form about one emergency, which the page names."""

    def __init__(self, *args: Any, emergency: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.emergency = emergency

    def fields_of_act(self) -> dict[str, Json]:
        """The emergency, and what the form asks."""
        return {"emergency": self.emergency} | super().fields_of_act()


class EndForm(OfEmergencyForm):
    """Nothing is asked: it ends."""

    act_name = "emergency.end"


class ReportForm(OfEmergencyForm):
    """The report."""

    act_name = "emergency.report"
    text = forms.CharField(label=_("The report"), widget=forms.Textarea, max_length=20_000)


class Page(ActPage):
    """A page about an emergency; 404 where there is none to act on."""

    template_name = "powers/act.html"

    def emergency(self) -> Emergency | None:
        """The emergency that the page is about; None where it is about none yet."""
        raise NotImplementedError

    def make_form(self, data: Any = None) -> ActForm:
        """The form, with the emergency it is about."""
        found = self.emergency()
        if found is None:
            raise NotHere(_now("There is no such emergency."), "", _now("see what is in force"))
        return self.form_class(data, viewer=self.request.viewer, emergency=found.id)

    def context(self) -> dict[str, Any]:
        """The emergency, and where to go back to."""
        return {"emergency": self.emergency(), "cancel": reverse("powers")}

    def next_url(self, answer: Answer) -> str:
        """The page of powers."""
        return reverse("powers")


class Declare(Page):
    """Declaring an emergency."""

    form_class = DeclareForm
    title = _("Declare an emergency")

    def emergency(self) -> Emergency | None:
        """None is in force yet."""
        return None

    def make_form(self, data: Any = None) -> ActForm:
        """The form, where the rulebook knows emergencies."""
        standing = self.request.standing
        if standing.edition is None or not emergency_rules(standing.rulebook):
            raise NotHere(_now("The rulebook knows no emergency."), "", _now("see what it says of powers"))
        return DeclareForm(data, viewer=self.request.viewer)


class End(Page):
    """Ending the emergency in force."""

    form_class = EndForm
    title = _("End the emergency")

    def emergency(self) -> Emergency | None:
        """The one in force."""
        standing = self.request.standing
        return in_force(standing.state, standing.today)


class Report(Page):
    """Reporting on an emergency that is over."""

    form_class = ReportForm
    title = _("Report on the emergency")

    def emergency(self) -> Emergency | None:
        """The first that is over and not approved."""
        return to_report(self.request.standing)
