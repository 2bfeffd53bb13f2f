"""Beginning and ending mandates: taking a seat, appointing, resigning, removing, filling a vacancy from the papers.

Lives here: these forms and pages. Not here: elections and motions (their own apps), who may (`decide`).

Invariant: whoever is chosen is entered on the decision that chose them; a page offers what the engine would accept.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.adapters.system import SystemClock, SystemEntropy
from isonomy.chamber.answers import Answer
from isonomy.chamber.completing import completed
from isonomy.engine.state import Mandate, day_of
from isonomy.engine.words import say_day
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.resignation import UNTIL_EFFECT, resignation_of
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.members.choosing import person_field
from isonomy.web.not_here import NotHere
from isonomy.web.seats.held import chosen, drawn
from isonomy.web.seats.views import named

OTHER = "other"


class BeginForm(SeatedForm):
    """Somebody takes a seat: chosen by a decision, or appointed by whoever fills this form in."""

    act_name = "mandate.begin"
    who = forms.ChoiceField(label=gettext_lazy("Who takes the seat"), widget=forms.RadioSelect)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Left empty: from today."),
    )  # fmt: skip

    def __init__(self, *args: Any, seat: str, **kwargs: Any) -> None:
        self.seat = seat
        super().__init__(*args, **kwargs)
        viewer = self.viewer
        block = named(viewer.standing, seat)
        pairs = chosen(viewer.standing.state, seat, viewer.standing.today)
        choices = [(f"{person} {decision.id}", _said(viewer.name(person), decision)) for decision, person in pairs]
        told = {
            lot.id: _("drawn by lot %(day)s") % {"day": say_day(lot.drawn_on)}
            for lot, _person in drawn(viewer.standing.state, seat)
        }
        choices += [
            (f"{person} {lot.id}", f"{viewer.name(person)}, {told[lot.id]}")
            for lot, person in drawn(viewer.standing.state, seat)
        ]
        if block is not None and block.filled is not None and block.filled.way == "appointment":
            choices.append((OTHER, _("Somebody else, whom I appoint")))
            person = person_field(viewer, _("Whom you appoint"))
            person.required = False
            self.fields["person"] = person
            self.order_fields(["who", "person", "since"])
        self.fields["who"].choices = choices
        if [value for value, _label in choices] == [OTHER]:
            self.fields["who"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Asks for the person where somebody is appointed by this act itself."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("who") == OTHER and not data.get("person"):
            self.add_error("person", _("Choose whom you appoint."))
        return data

    def fields_of_act(self) -> dict[str, Json]:
        """The person, the seat, the decision, the day."""
        data = self.cleaned_data
        found: dict[str, Json] = {"seat": self.seat}
        if data["who"] == OTHER:
            found["person"] = data["person"]
        else:
            found["person"], found["decision"] = data["who"].split()
        return found | ({"since": data["since"].isoformat()} if data.get("since") else {})


def _said(name: str, decision: Any) -> str:
    return _("%(name)s, chosen %(day)s") % {"name": name, "day": say_day(decision.taken_on)}


class Begin(ActPage):
    """Somebody takes a seat."""

    template_name = "seats/act.html"
    title = gettext_lazy("Enter who takes the seat")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the seat at this address."""
        name = self.kwargs["name"]
        if named(self.request.standing, name) is None:
            raise NotHere("the rulebook in force has no such seat", "seat", "choose one of the list")
        asked = {key: self.request.GET[key] for key in ("who",) if key in self.request.GET}
        form = BeginForm(data, viewer=self.request.viewer, seat=name, initial=asked)
        if "who" not in asked and form.fields["who"].choices:
            form.initial["who"] = form.fields["who"].choices[0][0]
        return form

    def context(self) -> dict[str, Any]:
        """The seat, and that nobody can be entered where nobody was chosen."""
        form = self.make_form()
        name = self.kwargs["name"]
        empty = "" if form.fields["who"].choices else _("Nobody was elected or appointed who has not taken the seat.")
        return {"seat_name": name, "cancel": reverse("seat", args=[name]), "empty": empty}

    def next_url(self, answer: Answer) -> str:
        """The seat."""
        return reverse("seat", args=[self.kwargs["name"]])


class EndForm(SeatedForm):
    """The end of a mandate before its term."""

    act_name = "mandate.end"
    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, required=False,
        help_text=gettext_lazy("It stands in the record. You owe nobody a reason here."),
    )  # fmt: skip

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        self.mandate = mandate
        super().__init__(*args, **kwargs)
        rule = resignation_of(self.viewer.standing.rulebook, mandate.seat)
        if mandate.person == self.viewer.person and rule is not None and rule.takes_effect.ahead is not None:
            self.fields["on"] = forms.DateField(
                label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
                help_text=_("Left empty: from today. At most %(ahead)s ahead.") % {"ahead": rule.takes_effect.ahead},
            )  # fmt: skip
        if mandate.person != self.viewer.person:
            choices = [
                (
                    found.id,
                    _("Decision of %(day)s: %(text)s") % {"day": say_day(found.taken_on), "text": found.text[:100]},
                )
                for found in self.viewer.standing.state.decisions.values()
                if found.matter == f"removal-from-{mandate.seat.partition('@')[0]}"
                and mandate.person in found.person.split()
            ]
            self.fields["decision"] = forms.ChoiceField(
                label=_("The decision that removes"), choices=[("", _("None")), *choices], required=False
            )
            self.fields["why"].help_text = _("It stands in the record.")

    def fields_of_act(self) -> dict[str, Json]:
        """The mandate, the decision, the reason."""
        data = super().fields_of_act()
        day = self.cleaned_data.get("on")
        return {"mandate": self.mandate.id, **data} | ({"on": day.isoformat()} if day else {})


class WithdrawForm(SeatedForm):
    """Taking back one's own resignation."""

    act_name = "resignation.withdraw"

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        self.mandate = mandate
        super().__init__(*args, **kwargs)

    def fields_of_act(self) -> dict[str, Json]:
        """The mandate."""
        return {"mandate": self.mandate.id}


class _OfMandate(ActPage):
    """A page about the mandate at its address."""

    template_name = "seats/act.html"

    @property
    def mandate(self) -> Mandate:
        """The mandate; raises `BadInput` where there is none."""
        found: Mandate | None = self.request.standing.state.mandates.get(self.kwargs["id"])
        if found is None:
            raise NotHere(
                f"there is no mandate '{self.kwargs['id'][:40]}'", "mandate", "choose one on the page of its seat"
            )
        return found

    def next_url(self, answer: Answer) -> str:
        """The seat."""
        return reverse("seat", args=[self.mandate.seat])


class End(_OfMandate):
    """Resigning, or carrying out a removal."""

    title = gettext_lazy("End a mandate before its term")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the mandate."""
        return EndForm(data, viewer=self.request.viewer, mandate=self.mandate)

    def context(self) -> dict[str, Any]:
        """Whose mandate ends, and that it ends at once."""
        mandate, viewer = self.mandate, self.request.viewer
        is_own = mandate.person == viewer.person
        return {
            "seat_name": mandate.seat, "mandate": mandate, "cancel": reverse("seat", args=[mandate.seat]),
            "title": _("Resign") if is_own else _("Enter a removal"), "button": _("Resign now") if is_own else _("Enter it"),
            "says": self._what_follows(mandate)
            if is_own
            else _("Whom the rulebook lets remove, decides first. Here the decision is carried out."),
        }  # fmt: skip

    def _what_follows(self, mandate: Mandate) -> str:
        """From when a resignation takes effect, and whether it can be taken back."""
        rule = resignation_of(self.request.standing.rulebook, mandate.seat)
        if rule is None or (rule.takes_effect.after is None and rule.takes_effect.ahead is None):
            return _("You give the seat back today. It cannot be taken back: you would have to be chosen anew.")
        when = _("It takes effect on the day you name, or today.")
        if rule.takes_effect.after is not None:
            day = rule.takes_effect.after.after(day_of(self.request.standing.today)).isoformat()
            when = _("It takes effect on %(day)s.") % {"day": say_day(day)}
        if rule.withdrawn != UNTIL_EFFECT:
            return _("%(when)s It cannot be taken back.") % {"when": when}
        return _("%(when)s Until then you may take it back.") % {"when": when}


class Withdraw(_OfMandate):
    """Taking back a resignation that has not taken effect."""

    title = gettext_lazy("Take back the resignation")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the mandate."""
        return WithdrawForm(data, viewer=self.request.viewer, mandate=self.mandate)

    def context(self) -> dict[str, Any]:
        """Whose mandate runs on."""
        return {
            "seat_name": self.mandate.seat,
            "mandate": self.mandate,
            "cancel": reverse("seat", args=[self.mandate.seat]),
        }


class FillForm(SeatedForm):
    """Filling a vacancy from the papers of the election."""

    act_name = "vacancy.fill"

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        self.mandate = mandate
        super().__init__(*args, **kwargs)

    def act(self) -> dict[str, Json]:
        """The act with the count of the papers as they lie in the box; raises `BadInput`."""
        standing, stores = self.viewer.standing, self.viewer.organisation.stores
        act: dict[str, Json] = {
            "id": self.cleaned_data["act_id"], "log": standing.state.origin, "until": self.cleaned_data["until"],
            "act": self.act_name, "by": self.viewer.person, "mandate": self.mandate.id,
        }  # fmt: skip
        return completed(act, standing.state, stores.boxes, SystemClock(), SystemEntropy(), standing.today)


class Fill(_OfMandate):
    """Calling whom the papers of the election put next."""

    title = gettext_lazy("Fill the vacancy from the papers of the election")
    button = gettext_lazy("Count again and call the next")

    def make_form(self, data: Any = None) -> ActForm:
        """The form about the mandate that ended early."""
        return FillForm(data, viewer=self.request.viewer, mandate=self.mandate)

    def context(self) -> dict[str, Any]:
        """What will be done."""
        return {
            "seat_name": self.mandate.seat, "mandate": self.mandate, "cancel": reverse("seat", args=[self.mandate.seat]),
            "says": _(
                "The papers of the election are counted once more, without whoever is not available. Nobody who sits loses the "
                "seat. Whoever is called then takes the seat for the rest of the term."
            ),
        }  # fmt: skip
