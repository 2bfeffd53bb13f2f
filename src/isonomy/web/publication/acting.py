"""Sealing, opening, publishing, laying a paper, closing a session and opening the doors again.

Lives here: these forms and pages. Not here: whether it may be done (`engine`), what is shown (`listing`).

Invariant: the words of a sealed text go to where values are kept, and to the record as a commitment alone.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.publication import WORDS
from isonomy.engine.roll import members_of_body
from isonomy.engine.words import meeting_of, say_day, title_of
from isonomy.kernel.bad_input import BadInput
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import to_base64
from isonomy.rulebook.provisions.publication import CLOSING_DOORS, DECISIONS, MINUTES, PAPERS, REPORTS, SEALING
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.meetings.matters import in_words
from isonomy.web.motions.forms import plain_lines
from isonomy.web.publication.listing import check_has
from isonomy.web.viewer import Viewer

TEXT_MAX, TITLE_MAX = 40_000, 300


def _decisions_on(viewer: Viewer, matter: str) -> list[tuple[str, str]]:
    """The decisions on a matter that are in force and were not carried out yet."""
    state = viewer.standing.state
    done = {each.partition(" ")[0] for each in state.carried_out}
    return [
        (found.id, f"{found.id}: {found.text[:120]}")
        for found in reversed(state.decisions.values())
        if found.matter == matter and found.id not in done and found.standing_on(viewer.standing.today) == "in force"
    ]


def _meetings(viewer: Viewer, *standings: str) -> list[tuple[str, str]]:
    """Meetings that stand so, as members call them."""
    standing = viewer.standing
    return [
        (
            found.id,
            f"{meeting_of(title_of(standing.rulebook, found.body, standing.state.units))}, {say_day(found.starts)}",
        )
        for found in reversed(standing.state.meetings.values())
        if found.standing in standings
    ]


class SealForm(SeatedForm):
    """Sealing a text: the decision, its title, its words, the day."""

    act_name = "text.seal"
    decision = forms.ChoiceField(label=_("The decision that seals it"))
    what = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            (PAPERS, _("a paper")),
            (REPORTS, _("a report")),
            (MINUTES, _("minutes")),
            (DECISIONS, _("a decision")),
        ],
    )
    title = forms.CharField(
        label=_("Its title"), max_length=TITLE_MAX, help_text=_("Everybody sees it from the first.")
    )
    text = forms.CharField(
        label=_("Its words"), widget=forms.Textarea, max_length=TEXT_MAX,
        help_text=_("The record gets a digest of them, which only these words fit. They are kept beside it until their day."),
    )  # fmt: skip
    opens_on = forms.DateField(
        label=_("The day on which it opens"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The day that the decision names. It cannot be put off."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = _decisions_on(self.viewer, SEALING)

    def fields_of_act(self) -> dict[str, Json]:
        """The act's keys; the words are sealed, and kept for nobody but who keeps the organisation's values."""
        data = self.cleaned_data
        value: dict[str, Json] = {"value": plain_lines(data["text"]), "label": WORDS, "audience": "body"}
        found: dict[str, Json] = {key: data[key] for key in ("decision", "what", "title")}
        return found | {"opens_on": data["opens_on"].isoformat(), "sealed": value}


class LayForm(SeatedForm):
    """Laying a paper before a meeting."""

    act_name = "paper.lay"
    meeting = forms.ChoiceField(label=_("Before which meeting"))
    matter = forms.ChoiceField(label=_("On what"))
    title = forms.CharField(label=_("Its title"), max_length=TITLE_MAX)
    text = forms.CharField(label=_("Its words"), widget=forms.Textarea, max_length=TEXT_MAX)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = _meetings(self.viewer, "called", "open", "adjourned")
        state = self.viewer.standing.state
        matters = dict.fromkeys(matter for id, _said in meetings for matter in state.meetings[id].matters)
        self.fields["meeting"].choices = meetings
        self.fields["matter"].choices = [(matter, in_words(self.viewer.standing, matter)) for matter in matters]

    def clean_text(self) -> str:
        """The words with line feeds alone, as the record writes them."""
        return plain_lines(self.cleaned_data["text"])


class CloseForm(SeatedForm):
    """Closing the session of an open meeting: everybody of the body who is there stays."""

    act_name = "session.close"
    meeting = forms.ChoiceField(label=_("Which meeting"))
    decision = forms.ChoiceField(label=_("Its decision to close the session"))
    matters = forms.MultipleChoiceField(
        label=_("For which matters"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of the notice, and no others."),
    )
    guests = forms.CharField(
        label=_("Who else stays"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One in each line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.viewer.standing
        meetings = _meetings(self.viewer, "open")
        matters = dict.fromkeys(matter for id, _said in meetings for matter in standing.state.meetings[id].matters)
        self.fields["meeting"].choices = meetings
        self.fields["decision"].choices = _decisions_on(self.viewer, CLOSING_DOORS)
        self.fields["matters"].choices = [(matter, in_words(standing, matter)) for matter in matters]

    def fields_of_act(self) -> dict[str, Json]:
        """The act's keys, with those of the body who are there."""
        data, standing = self.cleaned_data, self.viewer.standing
        meeting = standing.state.meetings[data["meeting"]]
        members = members_of_body(standing.state, meeting.edition, meeting.body, standing.today)
        there = set(meeting.present)
        guests = [line.strip()[:TITLE_MAX] for line in plain_lines(data["guests"]).split("\n") if line.strip()]
        found: dict[str, Json] = {
            "meeting": meeting.id, "decision": data["decision"], "matters": list(data["matters"]),
            "present": [person for person in members if person in there],
        }  # fmt: skip
        return found | ({"guests": list(guests)} if guests else {})


class ThingForm(SeatedForm):
    """A form about the thing at its address."""

    thing = ""


class OpenForm(ThingForm):
    """Opening a sealed text: as it is kept."""

    act_name = "text.open"

    def fields_of_act(self) -> dict[str, Json]:
        """The words and their salt, from where they are kept beside the record."""
        sealed = self.viewer.standing.state.publications.sealed[self.thing]
        kept = self.viewer.organisation.kept({"c": sealed.sealed})
        if kept is None or kept.opening.value is None:
            raise BadInput(_now("The words are not kept here."), "", _now("ask who else holds them"))
        return {"sealed": self.thing, "text": kept.opening.value, "salt": to_base64(kept.opening.salt)}


class PublishForm(ThingForm):
    """Publishing minutes or a decision as the record has them."""

    act_name = "text.publish"

    def fields_of_act(self) -> dict[str, Json]:
        """What is published."""
        return {"what": MINUTES if self.thing.startswith("mt-") else DECISIONS, "about": self.thing}


class ReopenForm(ThingForm):
    """Opening the doors."""

    act_name = "session.reopen"

    def fields_of_act(self) -> dict[str, Json]:
        """The session."""
        return {"session": self.thing}


class OfPublication(ActPage):
    """A page with a form of publication."""

    template_name = "publication/act.html"

    def make_form(self, data: Any = None) -> ActForm:
        """The form; 404 where the organisation has nothing of it, or not the thing at this address."""
        check_has(self.request.standing)
        form = super().make_form(data)
        if isinstance(form, ThingForm):
            form.thing = self.kwargs["id"]
            state = self.request.standing.state
            known: tuple[Any, ...] = {
                "text.open": (state.publications.sealed,),
                "session.reopen": (state.publications.sessions,),
            }.get(form.act_name, (state.meetings, state.decisions))
            if not any(form.thing in table for table in known):
                raise Http404
        return form

    def context(self) -> dict[str, Any]:
        """Where one goes who does not want to."""
        return {"cancel": reverse("publication"), "id": self.kwargs.get("id", "")}

    def next_url(self, answer: Answer) -> str:
        """The page of publication."""
        return reverse("publication")


class Seal(OfPublication):
    """Sealing a text."""

    form_class = SealForm
    title = _("Seal a text")


class Lay(OfPublication):
    """Laying a paper before a meeting."""

    form_class = LayForm
    title = _("Lay a paper before a meeting")


class CloseSession(OfPublication):
    """Closing a session."""

    form_class = CloseForm
    title = _("Close the session")


class OpenIt(OfPublication):
    """Opening a sealed text."""

    form_class = OpenForm
    title = _("Open the sealed text")


class Publish(OfPublication):
    """Publishing minutes or a decision."""

    form_class = PublishForm
    title = _("Publish")


class Reopen(OfPublication):
    """Opening the doors of a closed session."""

    form_class = ReopenForm
    title = _("Open the doors")
