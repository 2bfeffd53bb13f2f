"""Who is there: opening, going on, counting again, and recording that no quorum came.

Lives here: the list on which those present are ticked, and the acts that carry it. Not here: whether they are a quorum (the
engine), guests (nobody counts them).

Invariant: those present are named one by one from the members of the body; the list can be searched and ticked in parts, and
nothing is handed in before the last button.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from isonomy.chamber.answers import Answer
from isonomy.engine.roll import members_of_body
from isonomy.kernel.canonical import Json
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.meetings.call import known_body
from isonomy.web.meetings.forms import SeatForm
from isonomy.web.meetings.listing import known_meeting, title_for
from isonomy.web.meetings.sitting import quorum_of, uncalled
from isonomy.web.viewer import Viewer

SHOWN_MAX = 400
IDS = r"^[a-z0-9\- ]*$"
ASKS_A_SEARCH = ("search", "more")


class PresenceForm(SeatForm):
    """Those present: who was ticked before (`so_far`), and the ticks on the part of the list that is `shown`."""

    so_far = forms.RegexField(IDS, required=False, widget=forms.HiddenInput)
    shown = forms.RegexField(IDS, required=False, widget=forms.HiddenInput)
    tick = forms.MultipleChoiceField(label=gettext_lazy("Those present"), required=False)

    def __init__(self, data: Any = None, *, members: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.members = members
        self.fields["tick"].choices = [(person, person) for person in members]

    def present(self) -> list[str]:
        """All who are ticked by now, each once."""
        if not self.is_bound:
            return list(self.initial.get("present", ()))
        data = self.data
        shown, ticked = set(data.get("shown", "").split()), set(data.getlist("tick"))
        before = set(data.get("so_far", "").split()) - shown
        whole = before | ticked
        return [person for person in self.members if person in whole] + sorted(whole - set(self.members))

    def fields_of_act(self) -> dict[str, Json]:
        """Those present."""
        return {"present": list(self.present())} if self.present() else {}


class Presence(ActPage):
    """A page on which those present are ticked and handed in with an act about the meeting."""

    template_name = "meetings/presence.html"
    act_name = ""
    ask = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the meeting, or the body that meets by right; raises `BadInput` for neither."""
        standing = request.standing
        if "seat" in kwargs:
            known_body(standing, kwargs["seat"])
            self.meeting, self.known = uncalled(standing, kwargs["seat"]), {"body": kwargs["seat"]}
        else:
            self.meeting = known_meeting(standing, kwargs["id"])
            self.known = {"meeting": self.meeting.id}
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> ActForm:
        """The list, with those ticked who were noted as present before."""
        viewer: Viewer = self.request.viewer
        standing = viewer.standing
        members = members_of_body(standing.state, self.meeting.edition, self.meeting.body, standing.today)
        kind = type("Present", (PresenceForm,), {"act_name": self.act_name})
        made: ActForm = kind(
            data, viewer=viewer, known=self.known, members=members, initial={"present": self.meeting.present}
        )
        return made

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Hands in, or shows another part of the list with the ticks kept."""
        if any(name in request.POST for name in ASKS_A_SEARCH):
            form = self.make_form(request.POST)
            form._errors = {}
            return self.show(form)
        return super().post(request, **kwargs)

    def context(self) -> dict[str, Any]:
        """The part of the list that is asked for."""
        return {
            "meeting": self.meeting, "heading": title_for(self.request.standing, self.meeting), "ask": self.ask,
            "quorum": quorum_of(self.request.standing, self.meeting), **self.part,
        }  # fmt: skip

    def show(self, form: ActForm, **kwargs: Any) -> HttpResponse:
        """The page: names in their order, at most so many at a time; a search narrows them."""
        assert isinstance(form, PresenceForm)
        viewer: Viewer = self.request.viewer
        wanted = self.request.POST.get("wanted", "").strip()
        present = form.present()
        people = [(viewer.name(person), person) for person in form.members]
        if wanted:
            people = [each for each in people if wanted.casefold() in each[0].casefold()]
        people.sort(key=lambda each: (each[0].casefold(), each[1]))
        shown = people[:SHOWN_MAX]
        self.part = {
            "people": [(name, person, person in set(present)) for name, person in shown], "found": len(people),
            "is_cut": len(people) > SHOWN_MAX, "wanted": wanted, "present": present, "so_far": " ".join(present),
            "shown": " ".join(person for _name, person in shown), "many": len(form.members) > 12,
        }  # fmt: skip
        return super().show(form, **kwargs)

    def next_url(self, answer: Answer) -> str:
        """The chair's page of the meeting."""
        entry = answer.entry
        id = self.meeting.id or f"mt-{entry['n']}"
        return reverse("meeting-chair", args=[id])


class Open(Presence):
    """Opening a meeting."""

    act_name, title = "meeting.open", gettext_lazy("Open the meeting")
    ask = gettext_lazy("Tick the members of the body who are there. Guests are not counted.")


class Resume(Presence):
    """Going on with an adjourned meeting."""

    act_name, title = "meeting.resume", gettext_lazy("Go on with the meeting")
    ask = gettext_lazy("Tick the members of the body who are there now.")


class CountAgain(Presence):
    """Counting those present again."""

    act_name, title = "quorum.count", gettext_lazy("Count those present again")
    ask = gettext_lazy("Tick who is there now, and untick who left.")


class Lapse(Presence):
    """Recording that no quorum came."""

    act_name, title = "meeting.lapse", gettext_lazy("Record that no quorum came")
    ask = gettext_lazy("Tick who was there; leave the list empty where nobody was.")


class Inquorate(Presence):
    """Recording that a meeting without a quorum stands adjourned."""

    act_name, title = "meeting.adjourn", gettext_lazy("Record that it stands adjourned")
    ask = gettext_lazy("Tick who was there. By its clause the meeting then goes on later, at the same hour.")
