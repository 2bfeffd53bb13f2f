"""Forms about meetings: acts in a seat, and the plan of a call.

Lives here: what these pages have filled in. Not here: who may (`decide`), the pages.

Invariant: the seat an act is done in, and the last entry its author saw, are fixed when the form is shown: sent twice it is
one act, and what moved on meanwhile is noticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isonomy.kernel.canonical import Json
from isonomy.web.desk import ActForm
from isonomy.web.meetings.asking import candidate, seat_to_act_in, seen
from isonomy.web.meetings.matters import Matter
from isonomy.web.viewer import Viewer

SLUGS = r"^[a-z0-9]+(-[a-z0-9]+)*(@[a-z0-9]+(-[a-z0-9]+)*)?$"
PROCEEDING = r"^[a-z]{2}-[0-9]+$"
NAME_MAX = 100


class SeatForm(ActForm):
    """A form that becomes an act in the seat in which its author may do it."""

    sample: dict[str, Json] = {}  # noqa: RUF012  (a form may have its own)
    """What stands for the fields still empty when it is asked in which seat the act may be done."""
    acting_as = forms.RegexField(SLUGS, required=False, max_length=NAME_MAX, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, viewer: Viewer, known: dict[str, Json] | None = None, **kwargs: Any
    ) -> None:
        self.known = known or {}
        if data is None:
            start = {"acting_as": self._seat(viewer), "expects": seen(viewer.standing.state)}
            kwargs["initial"] = start | (kwargs.get("initial") or {})
        super().__init__(data, viewer=viewer, **kwargs)

    def _seat(self, viewer: Viewer) -> str:
        return seat_to_act_in(viewer, candidate(viewer, self.act_name, **{**self.sample, **self.known}))

    def act(self) -> dict[str, Json]:
        """The act, with what the page itself is about, in its seat."""
        found = super().act()
        found.pop("acting_as", None)
        seat = self.cleaned_data.get("acting_as", "")
        return found | {key: value for key, value in self.known.items() if value not in (None, "", [])} | (
            {"as": seat} if seat else {}
        )  # fmt: skip


def seat_form(name: str) -> type[SeatForm]:
    """A form of an act that asks nothing more of its author than a button."""
    return type("ButtonForm", (SeatForm,), {"act_name": name})


class MattersField(forms.MultipleChoiceField):
    """Matters of a call, ticked; those that the rulebook does not name can be written."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        """Whether it is written as a matter is: the engine says whether it is one of the body's."""
        return True


class PlanForm(forms.Form):
    """What a call is about, when and where."""

    matters = MattersField(label=_("What the meeting is about"), required=False)
    other = forms.RegexField(
        SLUGS, label=_("Another matter"), required=False, max_length=NAME_MAX,
        help_text=_("One that the rulebook does not name, in small letters with hyphens: new-boathouse."),
    )  # fmt: skip
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(
        label=_("Hour"), input_formats=["%H:%M"], widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=300)
    by_right = forms.DateField(required=False, widget=forms.HiddenInput)
    demand = forms.RegexField(PROCEEDING, required=False, max_length=NAME_MAX, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, matters: Sequence[Matter], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["matters"].choices = [(matter.name, matter.words) for matter in matters]

    def chosen(self) -> list[str]:
        """The matters ticked and written, in the order of the list; also while the rest is not filled in yet."""
        found = getattr(self, "cleaned_data", {})
        return [*found.get("matters", []), *([found["other"]] if found.get("other") else [])]

    def call(self) -> dict[str, Json]:
        """The keys of the call from a form that is filled in."""
        data = self.cleaned_data
        return {
            "starts": f"{data['day'].isoformat()}T{data['time']:%H:%M}", "matters": self.chosen(), "place": data["place"].strip(),
            "by_right": data["by_right"].isoformat() if data["by_right"] else "", "demand": data["demand"],
        }  # fmt: skip


class CallForm(SeatForm):
    """A call as it was checked: every key stands, hidden, as the page showed it."""

    act_name = "meeting.call"
    starts = forms.RegexField(r"^\d{4}-\d\d-\d\dT\d\d:\d\d$", widget=forms.HiddenInput)
    matters = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)
    place = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)
    by_right = forms.RegexField(r"^\d{4}-\d\d-\d\d$", required=False, widget=forms.HiddenInput)
    demand = forms.RegexField(PROCEEDING, required=False, max_length=NAME_MAX, widget=forms.HiddenInput)
    decision = forms.RegexField(PROCEEDING, required=False, max_length=NAME_MAX, widget=forms.HiddenInput)

    def fields_of_act(self) -> dict[str, Json]:
        """The call's keys; the matters as a list."""
        found = super().fields_of_act()
        if "matters" in found:
            found["matters"] = str(found["matters"]).split()
        return found
