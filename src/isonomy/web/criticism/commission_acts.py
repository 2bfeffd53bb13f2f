"""Setting a commission up, inviting views, giving and answering them, reporting, publishing.

Lives here: these forms and pages. Not here: whether it may be done (`engine`), what is shown of it (`commissions`).

Invariant: the terms are the words that the body decided; the pages let nobody write others.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.commission import REPLIES, REPORT, Commission, View
from isonomy.engine.proceedings.commissions import rule_of_commission
from isonomy.engine.words import title_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import to_base64
from isonomy.web.asking import SeatedForm
from isonomy.web.criticism.commissions import commission_rules_of, known_here, waiting_decisions
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.motions.forms import plain_lines

TEXT_MAX = 20_000
_PERSON = re.compile(r"\bp-[a-z0-9]{4,32}\b")


def _date(label: Any, required: bool = True, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=hint, widget=forms.DateInput(attrs={"type": "date"})
    )


class BeginForm(SeatedForm):
    """Setting one up: the decision, its title, its members among those whom the decision names."""

    act_name = "commission.begin"
    decision = forms.ChoiceField(label=_("The decision that sets it up"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("What it is called"), max_length=300)
    members = forms.MultipleChoiceField(
        label=_("Its members, as the decision names them"), widget=forms.CheckboxSelectMultiple,
        help_text=_("The first one convenes it."),
    )  # fmt: skip
    examines = forms.MultipleChoiceField(
        label=_("Whom it examines"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Who holds one of these seats does not sit in it."),
    )  # fmt: skip
    may = forms.MultipleChoiceField(
        label=_("What its terms let it do"), required=False, widget=forms.CheckboxSelectMultiple
    )
    report_by = _date(_("Its report is due on"), False, _("Left empty: the last day that the clause allows."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing, viewer = self.viewer.standing, self.viewer
        waiting = waiting_decisions(viewer)
        self.fields["decision"].choices = [
            (found.id, " ".join(_PERSON.sub(lambda who: viewer.name(who.group()), found.text).split())[:200])
            for found in waiting
        ]
        named = dict.fromkeys(person for found in waiting for person in _PERSON.findall(found.text))
        self.fields["members"].choices = [(person, viewer.name(person)) for person in named]
        bodies = [body.name for body in standing.rulebook.bodies.values() if not body.in_each]
        offices = [office.name for office in standing.rulebook.offices.values() if not office.in_each]
        self.fields["examines"].choices = [(name, title_of(standing.rulebook, name)) for name in bodies + offices]
        powers = dict.fromkeys(power for rule in commission_rules_of(standing).values() for power in rule.may)
        self.fields["may"].choices = [(power, power) for power in powers]

    def fields_of_act(self) -> dict[str, Json]:
        """The act's keys, the day as the record writes it."""
        found = super().fields_of_act()
        if self.cleaned_data.get("report_by"):
            found["report_by"] = self.cleaned_data["report_by"].isoformat()
        return found


class Begin(ActPage):
    """Setting up a commission on a decision that was taken."""

    form_class = BeginForm
    template_name = "criticism/commission_begin.html"
    title = _("Set up a commission")

    def context(self) -> dict[str, Any]:
        """The decisions that wait to be carried out."""
        return {"waiting": waiting_decisions(self.request.viewer), "cancel": reverse("commissions")}

    def make_form(self, data: Any = None) -> ActForm:
        """The form; where the rulebook has no commissions there is none."""
        commission_rules_of(self.request.standing)
        return super().make_form(data)

    def next_url(self, answer: Answer) -> str:
        """The commission."""
        return reverse("commission", args=[f"co-{answer.entry['n']}"])


class OfCommissionForm(SeatedForm):
    """A form about one commission."""

    thing: Commission

    def fields_of_act(self) -> dict[str, Json]:
        """The commission, and what was filled in."""
        return {"commission": self.thing.id} | super().fields_of_act()


class TextForm(OfCommissionForm):
    """A form with words."""

    text = forms.CharField(label=_("Your words"), widget=forms.Textarea, max_length=TEXT_MAX)

    def clean_text(self) -> str:
        """The words with line feeds alone."""
        return plain_lines(self.cleaned_data["text"])


class InviteForm(OfCommissionForm):
    """Inviting views."""

    act_name = "commission.invite"
    closes_on = _date(_("Views are taken until"))
    question = forms.CharField(label=_("On what"), widget=forms.Textarea, max_length=TEXT_MAX, required=False)

    def fields_of_act(self) -> dict[str, Json]:
        """The day as the record writes it."""
        return super().fields_of_act() | {"closes_on": self.cleaned_data["closes_on"].isoformat()}


class ViewForm(TextForm):
    """Giving a view."""

    act_name = "view.give"


class ReportForm(TextForm):
    """Reporting, in the interim or for good, openly or sealed."""

    act_name = "commission.report"
    interim = forms.BooleanField(label=_("An interim report: the commission goes on"), required=False)
    sealed = forms.BooleanField(
        label=_("Sealed for now, to be published in time"), required=False,
        help_text=_("Members can read it here meanwhile; it is published in the record by the day of the clause."),
    )  # fmt: skip

    def fields_of_act(self) -> dict[str, Json]:
        """The words, open or sealed."""
        data = self.cleaned_data
        found: dict[str, Json] = {"commission": self.thing.id}
        if data.get("interim"):
            found["interim"] = True
        if data.get("sealed"):
            return found | {"sealed": {"value": data["text"], "label": REPORT, "audience": "members"}}
        return found | {"text": data["text"]}


class PublishForm(OfCommissionForm):
    """Publishing the report as it is kept."""

    act_name = "commission.publish"

    def fields_of_act(self) -> dict[str, Json]:
        """The words and their salt, from where they are kept beside the record."""
        waiting = next((found for found in self.thing.reports if found.sealed and not found.published_on), None)
        kept = self.viewer.organisation.kept({"c": waiting.sealed}) if waiting is not None else None
        if kept is None or kept.opening.value is None:
            raise BadInput(_now("No sealed report is kept here."), "", _now("ask the convener for its words"))
        return {"commission": self.thing.id, "text": kept.opening.value, "salt": to_base64(kept.opening.salt)}


class OfCommission(ActPage):
    """A page with a form about the commission at this address."""

    template_name = "criticism/commission_act.html"

    @property
    def commission(self) -> Commission:
        """The commission at this address, or 404."""
        commission_rules_of(self.request.standing)
        return known_here(self.request.standing.state, self.kwargs["id"])

    def make_form(self, data: Any = None) -> ActForm:
        """The form about it."""
        found = self.commission
        form = self.form_class(data, viewer=self.request.viewer, initial=self.initial())
        form.thing = found
        return form

    def context(self) -> dict[str, Any]:
        """The commission."""
        found = self.commission
        rule = rule_of_commission(self.request.standing.state, found)
        return {"commission": found, "rule": rule, "cancel": reverse("commission", args=[found.id])}

    def next_url(self, answer: Answer) -> str:
        """The commission."""
        return reverse("commission", args=[self.kwargs["id"]])


class Invite(OfCommission):
    """Inviting the views of all."""

    form_class = InviteForm
    title = _("Invite views")


class GiveView(OfCommission):
    """Giving one's view, or that of one's unit."""

    form_class = ViewForm
    title = _("Give your view")


class Report(OfCommission):
    """Reporting."""

    form_class = ReportForm
    title = _("Report")


class Publish(OfCommission):
    """Publishing a sealed report."""

    form_class = PublishForm
    title = _("Publish the sealed report")


class AnswerViewForm(SeatedForm):
    """The answer to a view: what became of it, and why."""

    act_name = "view.answer"
    answer = forms.ChoiceField(
        label=_("What becomes of it"), choices=[(reply, reply) for reply in REPLIES], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea, max_length=TEXT_MAX)
    thing: View

    def clean_reason(self) -> str:
        """The words with line feeds alone."""
        return plain_lines(self.cleaned_data["reason"])

    def fields_of_act(self) -> dict[str, Json]:
        """The view, and what was filled in."""
        return {"view": self.thing.id} | super().fields_of_act()


class AnswerView(ActPage):
    """Answering a view."""

    form_class = AnswerViewForm
    template_name = "criticism/view_answer.html"
    title = _("Answer a view")

    @property
    def view(self) -> View:
        """The view at this address, or 404."""
        found = self.request.standing.state.views.get(self.kwargs["id"])
        if found is None:
            raise Http404
        return found

    def make_form(self, data: Any = None) -> ActForm:
        """The form about it."""
        found = self.view
        form = self.form_class(data, viewer=self.request.viewer, initial=self.initial())
        form.thing = found
        return form

    def context(self) -> dict[str, Any]:
        """The view and its commission."""
        found = self.view
        commission = self.request.standing.state.commissions[found.commission]
        return {"view": found, "commission": commission, "cancel": reverse("commission", args=[commission.id])}

    def next_url(self, answer: Answer) -> str:
        """The commission."""
        return reverse("commission", args=[self.view.commission])
