"""Steps of a meeting that need little more than a button: consent, challenge, adjourn, reconvene, close, cancel.

Lives here: these pages. Not here: who is there (`presence`), questions (`questions`), rulings (`rulings`).

Invariant: before the button stands what will be recorded, as the engine foretells it, or why it is not possible.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.competence import ADJOURNMENT
from isonomy.engine.refusal import Accepted
from isonomy.kernel.canonical import Json
from isonomy.web.asking import in_best_seat, reasons
from isonomy.web.desk import ActForm, ActPage, Grounds
from isonomy.web.meetings.asking import candidate
from isonomy.web.meetings.call import foretold
from isonomy.web.meetings.forms import SeatForm, seat_form
from isonomy.web.meetings.listing import known_meeting, title_for
from isonomy.web.meetings.sitting import Sitting
from isonomy.web.viewer import Viewer


class MeetingAct(ActPage):
    """A page about one meeting, with a form that becomes an act."""

    template_name = "meetings/act.html"
    back_to = "meeting-chair"
    lead: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the meeting; raises `BadInput` where there is none."""
        self.meeting = known_meeting(request.standing, kwargs["id"])
        self.sitting = Sitting(request.standing, self.meeting)
        return super().dispatch(request, *args, **kwargs)

    def known(self) -> dict[str, Json]:
        """The keys of the act that the page itself gives."""
        return {"meeting": self.meeting.id}

    def make_form(self, data: Any = None) -> ActForm:
        """The form, empty or as sent."""
        viewer: Viewer = self.request.viewer
        kind: Any = self.form_class
        made: ActForm = kind(data, viewer=viewer, known=self.known(), initial=self.initial())
        return made

    def context(self) -> dict[str, Any]:
        """The meeting it is about."""
        return {
            "meeting": self.meeting, "sitting": self.sitting, "heading": title_for(self.request.standing, self.meeting),
            "lead": self.lead, "cancel": reverse(self.back_to, args=[self.meeting.id]), "back": self.back_to,
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """Back to the meeting."""
        return reverse(self.back_to, args=[self.meeting.id])


class Button(MeetingAct):
    """A page with one button: what will be recorded stands before it."""

    act_name = ""

    def make_form(self, data: Any = None) -> ActForm:
        """A form without a field."""
        self.form_class = seat_form(self.act_name)
        return super().make_form(data)

    def context(self) -> dict[str, Any]:
        """What the engine says of it now."""
        viewer: Viewer = self.request.viewer
        act = candidate(viewer, self.act_name, **self.known())
        verdict, seat = in_best_seat(viewer, act)
        told = foretold(viewer, act | ({"as": seat} if seat else {}), verdict)
        return super().context() | {
            "foretold": told, "barred": None if isinstance(verdict, Accepted) else Grounds(reasons(verdict))
        }  # fmt: skip


class Consent(Button):
    """Consenting to short notice."""

    act_name, back_to = "notice.consent", "meeting"
    title, button = _("Consent to short notice"), _("I consent")


class Challenge(Button):
    """Challenging the quorum."""

    act_name, back_to = "quorum.challenge", "meeting"
    title = _("Challenge the quorum")
    lead = _("Nothing is decided then until those present are counted again.")


class Close(Button):
    """Closing the meeting."""

    act_name = "meeting.close"
    title = _("Close the meeting")


class CancelForm(SeatForm):
    """Why a call is cancelled."""

    act_name = "meeting.cancel"
    sample: dict[str, Json] = {"why": "?"}  # noqa: RUF012
    why = forms.CharField(label=_("Why"), max_length=300, help_text=_("It stands in the record with the cancellation."))


class Cancel(MeetingAct):
    """Cancelling a call."""

    form_class = CancelForm
    title = _("Cancel the call")


class TimeForm(SeatForm):
    """When a meeting goes on, and where."""

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=_("Hour"), required=False, input_formats=["%H:%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip
    place = forms.CharField(label=_("Place"), required=False, max_length=300, help_text=_("Where it is another one."))

    def clean(self) -> dict[str, Any]:
        """A day has an hour, and an hour a day."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("day")) != bool(data.get("time")):
            self.add_error("time" if data.get("day") else "day", str(_("Give both the day and the hour.")))
        return data

    def fields_of_act(self) -> dict[str, Json]:
        """The time as the record writes it."""
        data = self.cleaned_data
        resumes = f"{data['day'].isoformat()}T{data['time']:%H:%M}" if data.get("day") else ""
        return {key: value for key, value in (("resumes", resumes), ("place", data["place"].strip())) if value}


class AdjournForm(TimeForm):
    """To when a meeting is adjourned; without a day it is adjourned without day."""

    act_name = "meeting.adjourn"
    decision = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def fields_of_act(self) -> dict[str, Json]:
        """The time, and the meeting's own decision where it took one."""
        decision = self.cleaned_data["decision"]
        return super().fields_of_act() | ({"decision": decision} if decision else {})


class ReconveneForm(TimeForm):
    """When a meeting that was adjourned without day goes on."""

    act_name = "meeting.reconvene"
    sample: dict[str, Json] = {"resumes": "2999-01-01T19:00"}  # noqa: RUF012


class Adjourn(MeetingAct):
    """Adjourning an open meeting."""

    form_class = AdjournForm
    title = _("Adjourn the meeting")
    lead = _("It is the same meeting when it goes on. Leave day and hour empty to adjourn it without day.")

    def initial(self) -> dict[str, Any]:
        """The meeting's decision to adjourn, where it took one that was not carried out."""
        carried = self.request.standing.state.carried_out
        decided = [
            found.id
            for found in self.sitting.decisions
            if found.matter == ADJOURNMENT and f"{found.id} {self.meeting.id}" not in carried
        ]
        return {"decision": decided[0] if decided else ""}


class Reconvene(MeetingAct):
    """Naming the time of a meeting that was adjourned without day."""

    form_class = ReconveneForm
    title = _("Name the time at which it goes on")
