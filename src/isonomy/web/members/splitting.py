"""Splitting a unit and merging several: the forms.

Lives here: both. Not here: what becomes of what was open (`engine`), founding and closing (`units`).

Invariant: a form is there where the rulebook says who splits or merges; members are named by id or by their whole name.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.state import Unit
from isonomy.kernel.canonical import Json
from isonomy.kernel.ids import is_person_id, is_slug
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.members.forms import decision_choices, unit_choices
from isonomy.web.members.units import named_unit
from isonomy.web.not_here import NotHere


class _Decided(SeatedForm):
    """A form that carries out a decision."""

    decision = forms.ChoiceField(label=_("The decision"), required=False)

    def offer(self, matter: str) -> None:
        """Offers the decisions on a matter; none where there is none."""
        decisions = decision_choices(self.viewer, matter)
        if decisions:
            self.fields["decision"].choices = decisions
        else:
            del self.fields["decision"]


class SplitForm(_Decided):
    """Into which new units, who goes where, and where things go on."""

    act_name = "unit.split"
    into = forms.CharField(
        label=_("The new units"), widget=forms.Textarea, max_length=100_000,
        help_text=_(
            "One on each line: its short name, and after a colon the members assigned to it, by name or id, with commas. "
            "Such as: hill: Ada Example, Ben Example. Whoever is on no list chooses."
        ),
    )  # fmt: skip
    goes_on_in = forms.CharField(
        label=_("What is open goes on in"), max_length=64, help_text=_("The short name of one of them.")
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, **kwargs)
        self.offer(f"splitting-of-{unit.kind}")

    def clean_into(self) -> list[dict[str, Json]]:
        """The successors as the act has them."""
        known: dict[str, list[str]] = {}
        for person in self.viewer.standing.state.persons.values():
            if person.unit == self.unit.id:
                known.setdefault(self.viewer.name(person.id).casefold(), []).append(person.id)
        found: list[dict[str, Json]] = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["into"].splitlines())):
            name, _colon, listed = (part.strip() for part in line.partition(":"))
            if not is_slug(name):
                raise forms.ValidationError(
                    _now("Write a short name such as north-valley before the colon: %s") % name[:60]
                )
            members = [_person(known, one.strip()) for one in listed.split(",") if one.strip()]
            found.append({"unit": name} | ({"members": members} if members else {}))
        return found

    def fields_of_act(self) -> dict[str, Json]:
        """The unit and the rest."""
        return {"unit": self.unit.id} | super().fields_of_act()


def _person(known: dict[str, list[str]], said: str) -> str:
    if is_person_id(said):
        return said
    found = known.get(said.casefold(), [])
    if len(found) != 1:
        why = (
            _now("there are several of that name; write the id")
            if found
            else _now("nobody of that name is in the unit")
        )
        raise forms.ValidationError(f"{said[:60]}: {why}")
    return found[0]


class MergeForm(_Decided):
    """Which units, into which new one."""

    act_name = "unit.merge"
    units = forms.MultipleChoiceField(label=_("Which units"), widget=forms.CheckboxSelectMultiple)
    into = forms.CharField(label=_("Short name of the new unit"), max_length=64)
    name = forms.CharField(label=_("Its name"), max_length=200, required=False, help_text=_("It is public."))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = unit_choices(self.viewer, kind)
        self.offer(f"merging-of-{kind}")


class _OfUnit(ActPage):
    """A page about the unit of the address."""

    template_name = "members/act.html"

    def found(self, key: str) -> Unit:
        """The unit, open and of a kind for which the clause says who does it."""
        standing = self.request.standing
        unit = named_unit(standing.state, self.kwargs["id"])
        kind = standing.rulebook.units.get(unit.kind) if standing.edition is not None else None
        if kind is None or not getattr(kind, key) or unit.closed_on:
            raise NotHere(_now("the rulebook does not have it"), "unit", _now("see what it says of units"))
        return unit

    def context(self) -> dict[str, Any]:
        """Where to go back to."""
        return {"cancel": reverse("unit", args=[self.kwargs["id"]])}

    def next_url(self, answer: Answer) -> str:
        """The unit, which now names its successors."""
        return reverse("unit", args=[self.kwargs["id"]])


class SplitUnit(_OfUnit):
    """Splitting a unit."""

    title = _("Split the unit")
    button = _("Split it")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the unit."""
        return SplitForm(data, viewer=self.request.viewer, unit=self.found("split_by"))


class MergeUnits(_OfUnit):
    """Merging a unit with others of its kind."""

    title = _("Merge units")
    button = _("Merge them")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, the unit of the address being one of them."""
        unit = self.found("merged_by")
        return MergeForm(data, viewer=self.request.viewer, kind=unit.kind, initial={"units": [unit.id]})
