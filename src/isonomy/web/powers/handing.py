"""Handing a matter over: lodging the terms, giving, taking back, reporting: the forms.

Lives here: those four, and who may do which of them on the page of powers. Not here: what stands there of each (`listing`),
deciding (motions and polls).

Invariant: nothing is handed over by its terms alone; a body gives and takes back by its decision on a motion that names them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.delegation import LODGED, Delegation, is_in_force
from isonomy.engine.words import say_day, title_of
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.delegation import HANDING, REVOKING, DelegationRule, delegation_rules
from isonomy.web.asking import SeatedForm, may
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.not_here import NotHere
from isonomy.web.organisation import Standing
from isonomy.web.powers.deciding import Choices, decision_field, decisions_on
from isonomy.web.viewer import Viewer

AMOUNT_MAX = 2**53 - 1
REPORT_MAX = 20_000


def _seats(standing: Standing, plain: str) -> Choices:
    """A seat of the rulebook in each unit where it stands in units, with its title."""
    block, units = standing.rulebook.seat(plain), standing.state.units
    kind = block.in_each if block is not None else ""
    names = [f"{plain}@{unit.id}" for unit in units.values() if unit.kind == kind] if kind else [plain]
    return [(name, title_of(standing.rulebook, name, units)) for name in names]


class LodgeForm(SeatedForm):
    """The terms: which matter, whose, to whom, until when, up to how much."""

    act_name = "delegation.lodge"
    matter = forms.ChoiceField(label=_("Which matter"), widget=forms.RadioSelect)
    body = forms.ChoiceField(label=_("Who hands it over"))
    to = forms.ChoiceField(label=_("To whom"))
    ends = forms.DateField(
        label=_("Until which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount = forms.IntegerField(
        label=_("Up to which amount"), required=False, min_value=0, max_value=AMOUNT_MAX,
        help_text=_("Where it is about money."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.viewer.standing
        self.rules = delegation_rules(standing.rulebook)
        rules = list(self.rules.values())
        today = standing.today
        self.handed_on = [
            found for found in standing.state.delegations.values()
            if is_in_force(standing.state, found, today) and found.block in self.rules
            and self.rules[found.block].further and not found.source
        ]  # fmt: skip
        self.fields["matter"].choices = [
            *((f"{rule.name} {matter}", matter.replace("-", " ").capitalize()) for rule in rules for matter in rule.matters),
            *(
                (f"{found.block} {found.matter} {found.id}", self._further(standing, found))
                for found in self.handed_on
            ),
        ]  # fmt: skip
        bodies = [rule.by for rule in rules] + [found.to.partition("@")[0] for found in self.handed_on]
        takers = [plain for rule in rules for plain in (*rule.to, *rule.further)]
        self.fields["body"].choices = [seat for plain in dict.fromkeys(bodies) for seat in _seats(standing, plain)]
        self.fields["to"].choices = [seat for plain in dict.fromkeys(takers) for seat in _seats(standing, plain)]
        if all(rule.up_to is None for rule in rules):
            del self.fields["amount"]

    def _further(self, standing: Standing, found: Delegation) -> str:
        told = {
            "matter": found.matter.replace("-", " ").capitalize(), "until": say_day(found.until),
            "who": title_of(standing.rulebook, found.to, standing.state.units),
        }  # fmt: skip
        return _now("%(matter)s, which was handed to %(who)s until %(until)s and is handed on") % told

    def fields_of_act(self) -> dict[str, Json]:
        """The block and its matter; what is handed on names where it comes from."""
        found = super().fields_of_act()
        block, matter, *source = str(found["matter"]).split(" ")
        ends = self.cleaned_data["ends"].isoformat()
        return found | {"delegation": block, "matter": matter, "ends": ends} | ({"source": source[0]} if source else {})


class Lodge(ActPage):
    """Lodging the terms of a delegation."""

    form_class = LodgeForm
    template_name = "powers/handing.html"
    title = _("Lodge the terms of a delegation")
    button = _("Lodge them")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, where the rulebook lets anything be handed over."""
        standing = self.request.standing
        if standing.edition is None or not delegation_rules(standing.rulebook):
            raise NotHere(_now("The rulebook lets nothing be handed over."), "", _now("see what it says of powers"))
        return LodgeForm(data, viewer=self.request.viewer)

    def context(self) -> dict[str, Any]:
        """How long at most, and where to go back to."""
        return {"rules": list(delegation_rules(self.request.standing.rulebook).values()), "cancel": reverse("powers")}

    def next_url(self, answer: Answer) -> str:
        """The page of powers, at these terms."""
        return f"{reverse('powers')}#dl-{answer.entry['n']}"


class OfDelegationForm(SeatedForm):
    """A form about one delegation; where a body acts, by which of its decisions."""

    matter = ""

    def __init__(self, *args: Any, delegation: Delegation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegation = delegation
        standing = self.viewer.standing
        if self.matter and delegation.body.partition("@")[0] in standing.rulebook.bodies:
            self.fields["decision"] = decision_field(decisions_on(standing, self.matter, delegation.id))

    def fields_of_act(self) -> dict[str, Json]:
        """The delegation, and what the form asks."""
        return {"delegation": self.delegation.id} | super().fields_of_act()


class GiveForm(OfDelegationForm):
    """By which decision it is handed over."""

    act_name = "delegation.give"
    matter = HANDING


class RevokeForm(OfDelegationForm):
    """By which decision it is taken back."""

    act_name = "delegation.revoke"
    matter = REVOKING


class ReportForm(OfDelegationForm):
    """The report on one that is over."""

    act_name = "delegation.report"
    text = forms.CharField(label=_("The report"), widget=forms.Textarea, max_length=REPORT_MAX)


class _OfDelegation(ActPage):
    """A page about the delegation at its address."""

    template_name = "powers/handing.html"
    form_class: type[OfDelegationForm]

    @property
    def delegation(self) -> Delegation:
        """The delegation; raises `NotHere` where there is none."""
        found: Delegation | None = self.request.standing.state.delegations.get(self.kwargs["id"])
        if found is None:
            raise NotHere(_now("There is no such delegation."), "", _now("see what was handed over"))
        return found

    def make_form(self, data: Any = None) -> ActForm:
        """The form about it."""
        return self.form_class(data, viewer=self.request.viewer, delegation=self.delegation)

    def context(self) -> dict[str, Any]:
        """The terms, and whether a decision of the body is still to be made."""
        found, matter = self.delegation, self.form_class.matter
        by_body = bool(matter) and found.body.partition("@")[0] in self.request.standing.rulebook.bodies
        return {
            "delegation": found, "cancel": reverse("powers"), "matter": matter,
            "lacks": by_body and not decisions_on(self.request.standing, matter, found.id),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The page of powers, at this delegation."""
        return f"{reverse('powers')}#{self.delegation.id}"


class Give(_OfDelegation):
    """Handing the matter over."""

    form_class = GiveForm
    title = _("Hand the matter over")


class Revoke(_OfDelegation):
    """Taking it back."""

    form_class = RevokeForm
    title = _("Take the matter back")


class Report(_OfDelegation):
    """Reporting on it."""

    form_class = ReportForm
    title = _("Report on the delegation")


def may_lodge(viewer: Viewer) -> bool:
    """Whether the viewer belongs to who hands something over, so that the terms are theirs to lodge."""
    standing = viewer.standing
    return viewer.is_member and any(
        _lodges(viewer, rule, seat)
        for rule in delegation_rules(standing.rulebook).values()
        for seat, _said in _seats(standing, rule.by)
    )


def _lodges(viewer: Viewer, rule: DelegationRule, seat: str) -> bool:
    to = next((name for plain in rule.to for name, _said in _seats(viewer.standing, plain)), "")
    if not to:
        return False
    terms = {"delegation": rule.name, "body": seat, "matter": rule.matters[0], "to": to, "ends": viewer.standing.today}
    amount: dict[str, Json] = {"amount": rule.up_to} if rule.up_to is not None else {}
    return may(viewer, "delegation.lodge", **terms, **amount)


def ways_of(viewer: Viewer, found: Delegation) -> dict[str, str]:
    """What the viewer can do now about a delegation: each way with its address, in the words of its button."""
    standing = viewer.standing
    ways: dict[str, str] = {}
    if not viewer.is_member:
        return ways
    steps = (
        [("delegation.give", HANDING, "delegation-give", _now("Hand it over, as was decided"))]
        if found.standing == LODGED
        else [("delegation.revoke", REVOKING, "delegation-revoke", _now("Take it back"))]
    )
    for act, matter, page, says in steps:
        decided = [id for id, _said in decisions_on(standing, matter, found.id)]
        if any(may(viewer, act, delegation=found.id, decision=id) for id in (decided or [""])):
            ways[says] = reverse(page, args=[found.id])
    if found.standing != LODGED and may(viewer, "delegation.report", delegation=found.id, text="?"):
        ways[_now("Report on it")] = reverse("delegation-report", args=[found.id])
    for matter, says, fits in (
        (HANDING, _now("Move that it be handed over"), found.standing == LODGED),
        (REVOKING, _now("Move that it be taken back"), is_in_force(standing.state, found, standing.today)),
    ):
        about = {"body": found.body, "matter": matter, "ratifies": found.id}
        if fits and not ways and may(viewer, "motion.move", text="?", **about):
            ways[says] = f"{reverse('motion-move')}?body={found.body}&matter={matter}&ratifies={found.id}"
    return ways
