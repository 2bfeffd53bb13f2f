"""Forms about membership and units.

Lives here: what is filled in to admit, move, leave, record a death, found and close a unit. Not here: who may (`decide`), the
pages (`membership`).

Invariant: a name goes into the values kept beside the record, for the audience chosen; the record holds its commitment alone.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.adapters.system import SystemEntropy
from isonomy.chamber.founding import draw_person
from isonomy.chamber.ports import BODY, MEMBERS, PUBLIC
from isonomy.engine.transfer import Transfer
from isonomy.engine.words import say_day
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.kernel.ids import slug
from isonomy.web.asking import SeatedForm
from isonomy.web.members.codes import PREFIX, codes_in, fields_for
from isonomy.web.viewer import Viewer

NAME_LENGTH_MAX = 300
AUDIENCE_CHOICES = (
    (MEMBERS, gettext_lazy("the members")),
    (BODY, gettext_lazy("those who keep roll, minutes or record")),
    (PUBLIC, gettext_lazy("everybody")),
)


def unit_choices(viewer: Viewer, kind: str = "") -> list[tuple[str, str]]:
    """The open units, of a kind where one is named, by name."""
    found = [
        (unit.id, unit.name if isinstance(unit.name, str) else unit.id)
        for unit in viewer.standing.state.units.values()
        if not unit.closed_on and (not kind or unit.kind == kind)
    ]
    return sorted(found, key=lambda pair: str(pair[1]).casefold())


def decision_choices(viewer: Viewer, matter: str) -> list[tuple[str, str]]:
    """The decisions in force on a matter, the latest first, with none at the head."""
    today = viewer.standing.today
    found = [
        (one.id, _("%(day)s: %(text)s") % {"day": say_day(one.taken_on), "text": one.text[:100]})
        for one in reversed(viewer.standing.state.decisions.values())
        if one.matter == matter and one.standing_on(today) in ("in force", "ratified")
    ]
    return [("", _("None: I do it in my own office")), *found] if found else []


class AdmitForm(SeatedForm):
    """Admits a member."""

    act_name = "member.admit"
    person = forms.RegexField(r"^p-[a-z0-9]{4,32}$", widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LENGTH_MAX)
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see the name"), choices=AUDIENCE_CHOICES, initial=MEMBERS, widget=forms.RadioSelect
    )
    member_class = forms.ChoiceField(label=gettext_lazy("Class"))
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    decision = forms.ChoiceField(label=gettext_lazy("The decision that admits"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("Address to invite"), required=False,
        help_text=gettext_lazy("Not in the record. An invitation to sign in is sent there."),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        initial = {"person": draw_person(SystemEntropy()), "audience": MEMBERS} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, viewer=viewer, initial=initial, **kwargs)
        classes = list(viewer.standing.rulebook.member_classes)
        self.fields["member_class"].choices = [(name, name.replace("-", " ")) for name in classes]
        if len(classes) < 2:
            del self.fields["member_class"]
        units = unit_choices(viewer)
        if units:
            asked = all(one.belong_to for one in viewer.standing.rulebook.member_classes.values())
            self.fields["unit"].choices = [("", _("Choose") if asked else _("None")), *units]
        else:
            del self.fields["unit"]
        decisions = decision_choices(viewer, "admission")
        if decisions:
            self.fields["decision"].choices = decisions
        else:
            del self.fields["decision"]
        email = self.fields.pop("email")
        self.fields |= fields_for(viewer.standing.rulebook)
        if viewer.keeps("roll"):
            self.fields["email"] = email

    def clean_name(self) -> str:
        """A name on one line."""
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable():
            raise forms.ValidationError(_("Write the name in ordinary letters, on one line."))
        return name

    def fields_of_act(self) -> dict[str, Json]:
        """The admission; the name as a value to be sealed."""
        found = super().fields_of_act()
        found.pop("email", None)
        codes = codes_in(found)
        found = {key: value for key, value in found.items() if not key.startswith(PREFIX)}
        name = {"value": found.pop("name"), "label": "name", "audience": found.pop("audience")}
        return found | {"name": name} | ({"codes": codes} if codes else {})


class MoveForm(SeatedForm):
    """Moves a member to another unit."""

    act_name = "member.move"
    unit = forms.ChoiceField(label=gettext_lazy("To which unit"))

    def __init__(self, *args: Any, person: str, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        here = self.viewer.standing.state.persons[person].unit
        self.fields["unit"].choices = [pair for pair in unit_choices(self.viewer) if pair[0] != here]

    def fields_of_act(self) -> dict[str, Json]:
        """Who moves where."""
        return {"person": self.person, "unit": self.cleaned_data["unit"]}


class AskTransferForm(MoveForm):
    """Asks another unit to be taken in."""

    act_name = "transfer.ask"

    def fields_of_act(self) -> dict[str, Json]:
        """Where the member asks to go."""
        return {"unit": self.cleaned_data["unit"]}


class AnswerTransferForm(SeatedForm):
    """Answers for one of the two units that a transfer concerns."""

    act_name = "transfer.consent"
    unit = forms.ChoiceField(label=gettext_lazy("For which unit"))
    consents = forms.ChoiceField(
        label=gettext_lazy("The answer"), choices=(("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
    )
    why = forms.CharField(label=gettext_lazy("Why, where the answer is no"), required=False, max_length=300)

    def __init__(self, *args: Any, transfer: Transfer, **kwargs: Any) -> None:
        self.transfer = transfer
        super().__init__(*args, **kwargs)
        concerned = (transfer.new, transfer.old)
        self.fields["unit"].choices = [pair for pair in unit_choices(self.viewer) if pair[0] in concerned]

    def fields_of_act(self) -> dict[str, Json]:
        """What is answered."""
        found = self.cleaned_data
        made: dict[str, Json] = {
            "transfer": self.transfer.id,
            "unit": found["unit"],
            "consents": found["consents"] == "yes",
        }
        return made | ({"why": found["why"]} if found["why"] else {})


class LeaveForm(SeatedForm):
    """Leaves the organisation."""

    act_name = "member.leave"
    why = forms.CharField(
        label=gettext_lazy("Why"), required=False, max_length=300,
        help_text=gettext_lazy("You owe nobody a reason. What you write stands in the record."),
    )  # fmt: skip
    sure = forms.BooleanField(label=gettext_lazy("I want to leave"))

    def fields_of_act(self) -> dict[str, Json]:
        """The reason, where one is given."""
        return {"why": self.cleaned_data["why"]} if self.cleaned_data.get("why") else {}


class DieForm(SeatedForm):
    """Records the death of a member."""

    act_name = "member.die"
    on = forms.DateField(label=gettext_lazy("Died on"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, person: str, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def fields_of_act(self) -> dict[str, Json]:
        """Who died when."""
        return {"person": self.person, "on": self.cleaned_data["on"].isoformat()}


class FoundUnitForm(SeatedForm):
    """Founds a unit."""

    act_name = "unit.found"
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, help_text=gettext_lazy("It is public."))
    unit = forms.CharField(
        label=gettext_lazy("Short name"), max_length=64, required=False,
        help_text=gettext_lazy("As addresses and the record have it, such as north-valley. Left empty: made from the name."),
    )  # fmt: skip
    within = forms.ChoiceField(label=gettext_lazy("Within"), required=False)
    decision = forms.ChoiceField(label=gettext_lazy("The decision that founds it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.viewer.standing.rulebook.units
        self.fields["kind"].choices = [(name, name.replace("-", " ")) for name in kinds]
        if any(kind.within != "organisation" for kind in kinds.values()):
            self.fields["within"].choices = [("", _("The organisation itself")), *unit_choices(self.viewer)]
        else:
            del self.fields["within"]
        decisions = [pair for kind in kinds for pair in decision_choices(self.viewer, f"founding-of-{kind}") if pair[0]]
        if decisions:
            self.fields["decision"].choices = [("", _("None: I do it in my own office")), *decisions]
        else:
            del self.fields["decision"]

    def clean(self) -> dict[str, Any]:
        """The short name, made from the name where none is given."""
        data: dict[str, Any] = super().clean() or {}
        given = data.get("unit") or data.get("name") or ""
        if given:
            try:
                data["unit"] = slug(given)
            except BadInput as fault:
                self.add_error("unit", f"{fault.what}: {fault.cure}")
        return data


class CloseUnitForm(SeatedForm):
    """Closes a unit."""

    act_name = "unit.close"
    decision = forms.ChoiceField(label=gettext_lazy("The decision that closes it"), required=False)

    def __init__(self, *args: Any, unit: str, kind: str, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, **kwargs)
        decisions = decision_choices(self.viewer, f"closing-of-{kind}")
        if decisions:
            self.fields["decision"].choices = decisions
        else:
            del self.fields["decision"]

    def fields_of_act(self) -> dict[str, Json]:
        """The unit and the decision."""
        return {"unit": self.unit, **super().fields_of_act()}
