"""Deciding in an office: what a power lets its holder decide alone, checked before it is handed in.

Lives here: the powers of an office as pages show them, the form, the page. Not here: whether it may be decided (`engine`).

Invariant: nothing is handed in before its author has read what will be recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.explain import explain
from isonomy.engine.refusal import Accepted
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.web.desk import REFUSED_STATUS, ActForm, ActPage, Grounds
from isonomy.web.money.places import heads_counted
from isonomy.web.viewer import Viewer

AMOUNT_MAX = 10**15
CHECKED = "yes"
"""What a form says whose author has read what will be recorded."""


@dataclass(frozen=True)
class Held:
    """A power as a page shows it: the seat that holds it, what it is about, how far it reaches, whether the viewer holds it."""

    name: str
    seat: str
    matters: tuple[str, ...]
    up_to: int | None
    lapses_after: str
    ratified_by: str
    clause: str
    is_mine: bool
    asks_grounds: bool = False
    asks_thing: bool = False


def powers_of(viewer: Viewer) -> list[Held]:
    """The powers that the rulebook gives to offices, those of the viewer first."""
    if viewer.standing.edition is None:
        return []
    rulebook = viewer.standing.rulebook
    found = []
    for power in rulebook.powers.values():
        for holder in power.held_by:
            if holder not in rulebook.offices:
                continue
            mine = [seat for seat in viewer.seats if seat.partition("@")[0] == holder]
            lapses = power.lapses
            for seat in mine or [holder]:
                found.append(
                    Held(
                        power.name, seat, power.matters, power.up_to, str(lapses.after) if lapses else "",
                        lapses.unless_ratified_by if lapses else "", power.place.clause, bool(mine),
                        bool(power.rule.grounds), bool(power.rule.again_by),
                    )
                )  # fmt: skip
    return sorted(found, key=lambda held: not held.is_mine)


class TakeForm(ActForm):
    """A decision alone: under which power, on which matter, its words, its amount."""

    act_name = "decision.take"
    what = forms.ChoiceField(label=_("What you decide on"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("The words of the decision"), widget=forms.Textarea, max_length=20_000,
        help_text=_("As they will stand in the register."),
    )  # fmt: skip
    amount = forms.IntegerField(
        label=_("Amount"), required=False, min_value=0, max_value=AMOUNT_MAX,
        help_text=_("In whole units of your money, where the power has a limit."),
    )  # fmt: skip

    grounds = forms.CharField(
        label=_("The grounds"), widget=forms.Textarea, required=False, max_length=20_000,
        help_text=_("Why it cannot wait for the body. They stand in the record with the decision."),
    )  # fmt: skip
    thing = forms.SlugField(
        label=_("What it is about, in one word"), required=False, max_length=64,
        help_text=_("Such as boat-shed: what lapsed or was not ratified is not decided alone again."),
    )  # fmt: skip
    head = forms.ChoiceField(
        label=_("Head of the budget"), required=False, help_text=_("Spending that is decided alone counts against it.")
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [held for held in powers_of(self.viewer) if held.is_mine]
        self.fields["what"].choices = [
            (f"{held.seat} {matter}", self._said(held, matter)) for held in mine for matter in held.matters
        ]
        if not any(held.up_to is not None for held in mine):
            del self.fields["amount"]
        if not any(held.asks_grounds for held in mine):
            del self.fields["grounds"]
        if not any(held.asks_thing for held in mine):
            del self.fields["thing"]
        heads = heads_counted(self.viewer.standing, {matter for held in mine for matter in held.matters})
        self.fields["head"].choices = [("", "-"), *((head, head.replace("-", " ")) for head in heads)]
        if not heads:
            del self.fields["head"]

    @staticmethod
    def _said(held: Held, matter: str) -> str:
        words = matter.replace("-", " ").capitalize()
        return words if held.up_to is None else _now("%(matter)s, up to %(limit)s") % {
            "matter": words, "limit": held.up_to,
        }  # fmt: skip

    def fields_of_act(self) -> dict[str, Json]:
        """The matter, the words, the amount, in the seat that holds the power."""
        data = self.cleaned_data
        seat, _space, matter = data["what"].partition(" ")
        found: dict[str, Json] = {"as": seat, "matter": matter, "text": data["text"]}
        said = {key: data[key] for key in ("grounds", "thing", "head") if data.get(key)}
        return found | said if data.get("amount") is None else found | said | {"amount": data["amount"]}


class Take(ActPage):
    """Deciding alone: filled in, checked, handed in."""

    form_class = TakeForm
    template_name = "decisions/take.html"
    title = _("Decide in your office")
    button = _("Check before deciding")
    foretold = ""

    def context(self) -> dict[str, Any]:
        """The powers, and how they are limited."""
        powers = powers_of(self.request.viewer)
        return {
            "powers": powers, "is_mine": any(held.is_mine for held in powers), "cancel": reverse("decisions"),
            "foretold": self.foretold,
        }  # fmt: skip

    def make_form(self, data: Any = None) -> ActForm:
        """The form; whoever holds no power gets none."""
        if data is not None and not any(held.is_mine for held in powers_of(self.request.viewer)):
            raise BadInput(
                _now("You hold no office that decides alone."), "", _now("bring it before the body as a motion")
            )
        return super().make_form(data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Shows what will be recorded first; hands it in when that was read."""
        if request.POST.get("checked") == CHECKED:
            return super().post(request, **kwargs)
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=REFUSED_STATUS)
        viewer: Viewer = request.viewer
        act = form.act()
        try:
            verdict = viewer.standing.judge(act)
        except BadInput as fault:
            return self.show(form, fault=fault, status=REFUSED_STATUS)
        if not isinstance(verdict, Accepted):
            return self.show(form, refusal=Grounds.of(verdict), status=REFUSED_STATUS)
        entry: dict[str, Any] = {
            "local": viewer.standing.local, "act": act, "effects": list(verdict.effects), "clauses": list(verdict.clauses)
        }  # fmt: skip
        self.foretold = explain(viewer.standing.state, entry, viewer.names([viewer.person]))
        self.template_name, self.button = "decisions/take_check.html", _("Decide this")
        read = self.make_form(request.POST.dict() | {"checked": CHECKED})
        for field in read.fields.values():
            field.widget = forms.HiddenInput()
        return self.show(read)

    def next_url(self, answer: Answer) -> str:
        """The decision that was taken."""
        return reverse("decision", args=[f"de-{answer.entry['n']}"])
