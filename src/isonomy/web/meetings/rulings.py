"""Rulings at a meeting: making one, appealing against it, declaring what the meeting decided.

Lives here: these pages. Not here: what a ruling may read (`engine.ruling`), rulings between meetings (`between`).

Invariant: a ruling names clause and line, chosen from the lines themselves; whether the reading fits its case the engine says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.engine.competence import competence_in
from isonomy.engine.motion import Motion
from isonomy.engine.ruling import READINGS, WITHIN_THE_NOTICE, Reading, Ruling
from isonomy.kernel.canonical import Json
from isonomy.rulebook.model import Body, Place, Rulebook
from isonomy.web.meetings.chair import MeetingAct
from isonomy.web.meetings.forms import NAME_MAX, SLUGS, SeatForm
from isonomy.web.meetings.matters import waiting_motions
from isonomy.web.not_here import NotHere

READING_WORDS = {
    "": gettext_lazy("In words alone: it binds people, and lets nothing through by itself"),
    "within-the-notice": gettext_lazy("The matter lies within one that the call names"),
    "days-counted": gettext_lazy("The notice is kept if the day of notice and that of the meeting are counted"),
    "discussed-enough": gettext_lazy("The motion has been discussed enough"),
    "late-amendment": gettext_lazy("An amendment to the motion may still be moved"),
    "filled-seats": gettext_lazy("The quorum is of the seats that are filled"),
    "out-of-order": gettext_lazy("The motion is out of order here"),
    "outside-the-notice": gettext_lazy("The matter lies outside the call"),
}


class RulingForm(SeatForm):
    """Which line of which clause is read how, and about what."""

    act_name = "ruling.make"
    place = forms.ChoiceField(
        label=gettext_lazy("The line that is read"), required=False,
        help_text=gettext_lazy("Clause and line of the rulebook. A reading of the list knows its own line."),
    )  # fmt: skip
    reading = forms.ChoiceField(label=gettext_lazy("How it is read"), required=False, widget=forms.RadioSelect)
    motion = forms.ChoiceField(label=gettext_lazy("The motion it is about"), required=False)
    matter = forms.RegexField(SLUGS, label=gettext_lazy("The matter it is about"), required=False, max_length=NAME_MAX)
    within = forms.ChoiceField(label=gettext_lazy("It lies within"), required=False)
    words = forms.CharField(
        label=gettext_lazy("The ruling in your words, and why"), widget=forms.Textarea, max_length=20_000
    )

    def __init__(
        self,
        *args: Any,
        lines: list[tuple[str, list[tuple[str, str]]]],
        body: Body,
        rulebook: Rulebook,
        matters: Sequence[str],
        motions: Sequence[Motion],
        readings: Sequence[str] = tuple(READINGS),
        **kwargs: Any,
    ) -> None:
        self.body, self.rulebook = body, rulebook
        # In which seat one rules is asked with a ruling in words alone on the body's own line.
        place = self.body.place
        self.sample = {"clause": place.clause_of("meets"), "line": place.line_of("meets"), "words": "?"}
        super().__init__(*args, **kwargs)
        none = [("", _("none"))]
        self.fields["place"].choices = [("", _("the line that this reading reads")), *lines]
        self.fields["reading"].choices = [("", READING_WORDS[""]), *((name, READING_WORDS[name]) for name in readings)]
        self.fields["motion"].choices = none + [(found.id, found.text[:90]) for found in motions]
        self.fields["within"].choices = none + [(name, name.replace("-", " ")) for name in matters]
        self.fields["matter"].help_text = _("As the call or the rulebook names it, such as new-boathouse.")

    def fields_of_act(self) -> dict[str, Json]:
        """Clause and line apart, and the object that the reading has."""
        data = self.cleaned_data
        reading = READINGS.get(data["reading"])
        wanted = {"motion", "matter"} if reading is None else {reading.of}
        wanted |= {"within"} if data["reading"] == WITHIN_THE_NOTICE else set()
        rest: dict[str, Json] = {key: data[key] for key in wanted if data.get(key)}
        clause, _colon, line = str(data["place"]).rpartition(":")
        if not line:
            place, key = self.place_of(reading, data)
            clause, line = place.clause_of(key), str(place.line_of(key))
        rest |= {key: data[key] for key in ("reading", "words") if data[key]}
        return {"clause": clause, "line": int(line), **rest}

    def place_of(self, reading: Reading | None, data: dict[str, Any]) -> tuple[Place, str]:
        """The block and key whose line a reading reads: of the body, else of the procedure of its matter."""
        key = reading.key if reading is not None and reading.key else "meets"
        if key in ("meets", "quorum"):
            return self.body.place, key
        moved = self.viewer.standing.state.motions.get(data["motion"])
        matter = moved.matter if moved is not None else data["matter"]
        competence = competence_in(self.rulebook, self.body.name, matter)
        if competence is None or competence.procedure is None:
            return self.body.place, "meets"
        return competence.procedure.place, key


class Make(MeetingAct):
    """Ruling on a question of order."""

    title = gettext_lazy("Rule on a question of order")
    button = gettext_lazy("Rule so")
    template_name = "meetings/ruling_make.html"
    lead = gettext_lazy("It binds this case alone. Any member who is here may appeal to the meeting at once.")

    def make_form(self, data: Any = None) -> Any:
        """The lines of the rulebook, the motions and matters of the meeting."""
        motions = waiting_motions(self.request.standing.state, self.meeting.body)
        rulebook = self.request.standing.state.rulebook(self.meeting.edition)
        return RulingForm(
            data, viewer=self.request.viewer, known=self.known(), lines=lines_of(rulebook), body=self.sitting.body,
            rulebook=rulebook, matters=self.meeting.matters, motions=motions,
        )  # fmt: skip


def lines_of(rulebook: Rulebook) -> list[tuple[str, list[tuple[str, str]]]]:
    """The lines of each clause, words and blocks, with their numbers in the edition's text."""
    found = []
    for clause in rulebook.clauses.values():
        lines = [
            (f"{clause.id}:{number}", f"{number}: {text.strip()[:90]}")
            for number, text in enumerate(clause.source.splitlines(), start=clause.first_line)
            if text.strip() and not text.startswith("```") and number <= clause.last_line
        ]
        found.append((_("Clause %(id)s, %(title)s") % {"id": clause.id, "title": clause.title}, lines))
    return found


def known_ruling(request: HttpRequest, id: str) -> Ruling:
    """The ruling of that id; raises `NotHere` where there is none."""
    found: Ruling | None = request.standing.state.rulings.get(id)
    if found is None:
        raise NotHere(
            _("there is no ruling '%(id)s'") % {"id": id[:40]}, "ruling", _("look at the meeting at which it was made")
        )
    return found


class AppealForm(SeatForm):
    """Why one appeals."""

    act_name = "ruling.appeal"
    words = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea, required=False, max_length=20_000)


class Appeal(MeetingAct):
    """Appealing against a ruling."""

    form_class, back_to = AppealForm, "meeting"
    template_name = "meetings/ruling.html"
    title = gettext_lazy("Appeal against a ruling")
    button = gettext_lazy("Appeal")
    lead = gettext_lazy(
        "Until the meeting has decided, the ruling lets nothing more through. Another than the ruler presides."
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Knows the ruling."""
        self.ruling = known_ruling(request, kwargs["ruling"])
        return super().dispatch(request, *args, **kwargs)

    def known(self) -> dict[str, Json]:
        """The ruling."""
        return {"ruling": self.ruling.id}

    def context(self) -> dict[str, Any]:
        """The ruling in its words."""
        return super().context() | {"ruling": self.ruling}


class DecideForm(SeatForm):
    """The hands for and against the ruling."""

    act_name = "ruling.decide"
    sample: dict[str, Json] = {"sustain": 0, "overturn": 0}  # noqa: RUF012
    sustain = forms.IntegerField(label=gettext_lazy("For the ruling"), min_value=0, max_value=10_000_000)
    overturn = forms.IntegerField(label=gettext_lazy("Against it"), min_value=0, max_value=10_000_000)


class Decide(Appeal):
    """Declaring whether a ruling is sustained."""

    form_class, back_to = DecideForm, "meeting-chair"
    title = gettext_lazy("What the meeting decided on the appeal")
    button = gettext_lazy("Declare it")
    lead = gettext_lazy(
        "Ask who is for the ruling, then who is against it. A tie sustains unless the clause says otherwise."
    )

    def known(self) -> dict[str, Json]:
        """The ruling and the meeting that decides."""
        return {"ruling": self.ruling.id, "meeting": self.meeting.id}
