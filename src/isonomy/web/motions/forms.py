"""Forms about motions and amendments.

Lives here: what a member fills in, and how it becomes the act. Not here: who may (`decide`), the pages (`moving`, `amending`,
`listing`).

Invariant: a form asks for what its matter needs and for nothing else; a body that is left open is the one that the rulebook makes
competent.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.documents.word_comparison import narrowest
from isonomy.engine.competence import (
    ADMISSION,
    AMENDMENT,
    APPEAL,
    APPOINTMENT,
    CORRECTION,
    OPENING,
    PROPOSING,
    RATIFICATION,
    REMOVAL,
    RULING,
    has_road,
)  # fmt: skip
from isonomy.engine.delegation import LODGED, Delegation, is_in_force
from isonomy.engine.proceedings.appeals import UNDECIDED
from isonomy.engine.proceedings.movers import TO_COME
from isonomy.engine.words import say_day, say_time, title_of
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.criticism import ANSWERING, DISAGREEING, PROTECTING
from isonomy.rulebook.provisions.delegation import HANDING, REVOKING
from isonomy.web.asking import SeatedForm
from isonomy.web.design.templatetags.telling import words_of
from isonomy.web.meetings.matters import in_words
from isonomy.web.motions.rules import all_bodies, deciding_bodies, seat_said
from isonomy.web.viewer import Viewer

TEXT_MAX = 20_000
AMOUNT_MAX = 10**15
Choices = list[tuple[str, str]]
ABOUT_SOMETHING = (RATIFICATION, CORRECTION, OPENING, ANSWERING, DISAGREEING, HANDING, REVOKING, RULING)
"""The matters whose motion names a thing of the record."""


def units_of(viewer: Viewer) -> tuple[str, ...]:
    """The unit of the viewer and those it lies within."""
    state = viewer.standing.state
    person = state.persons.get(viewer.person)
    found: list[str] = []
    unit = person.unit if person is not None else ""
    while unit in state.units and unit not in found:
        found.append(unit)
        unit = state.units[unit].within
    return tuple(found)


def plain_lines(text: str) -> str:
    """A text from a browser with line feeds alone at the end of its lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class MoveForm(SeatedForm):
    """Moving a motion: what it is about, its words, and what its matter needs beside them."""

    act_name = "motion.move"
    matter = forms.SlugField(
        label=_("The matter"), max_length=128, widget=forms.TextInput(attrs={"list": "matters", "autocomplete": "off"}),
        help_text=_("As the rulebook names it, such as budget."),
    )  # fmt: skip
    body = forms.ChoiceField(
        label=_("Which body decides"), required=False,
        help_text=_("Leave it open, and it goes to the body that the rulebook makes competent."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("The words to be decided"), widget=forms.Textarea, max_length=TEXT_MAX,
        help_text=_("As they will stand in the minutes."),
    )  # fmt: skip
    person = forms.CharField(
        label=_("The person it is about"), max_length=200, required=False, help_text=_("By name, or by id."),
        widget=forms.TextInput(attrs={"list": "persons", "autocomplete": "off"}),
    )  # fmt: skip
    edition = forms.ChoiceField(label=_("The text of the rulebook that is moved"), required=False)
    ratifies = forms.ChoiceField(label=_("What it is about"), required=False)
    appeal = forms.ChoiceField(label=_("The appeal it decides"), required=False)
    amount = forms.IntegerField(
        label=_("Amount"), required=False, min_value=0, max_value=AMOUNT_MAX, help_text=_("Where it is about money.")
    )
    decision = forms.ChoiceField(label=_("The decision of a body to move this"), required=False)
    meeting = forms.ChoiceField(
        label=_("For which meeting"), required=False,
        help_text=_("Leave it open, and it waits for the first meeting for which it is in time."),
    )  # fmt: skip
    draft = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        matter = str(self.data.get("matter") if self.is_bound else self.initial.get("matter") or "")
        self._choose_bodies()
        self._ask_for(matter)

    def _choose_bodies(self) -> None:
        standing = self.viewer.standing
        bodies = all_bodies(standing, units_of(self.viewer))
        names = [(seat, seat_said(standing, seat)) for seat in bodies]
        self.fields["body"].choices = [("", _now("whoever decides on the matter")), *names]
        mine = [
            meeting
            for meeting in standing.state.meetings.values()
            if meeting.standing in TO_COME and meeting.body in bodies
        ]
        mine.sort(key=lambda meeting: meeting.starts)
        self.fields["meeting"].choices = [("", _now("the first for which it is in time"))] + [
            (found.id, f"{seat_said(standing, found.body)}, {say_time(found.starts)}") for found in mine[:50]
        ]
        if not mine:
            del self.fields["meeting"]

    def _ask_for(self, matter: str) -> None:
        """Leaves in the form what a motion on this matter needs."""
        needs = {
            "person": matter in (ADMISSION, CORRECTION, PROTECTING)
            or matter.startswith((REMOVAL, APPOINTMENT))
            or has_road(matter),
            "edition": matter == AMENDMENT,
            "ratifies": matter in ABOUT_SOMETHING,
            "appeal": matter.startswith(APPEAL),
            "amount": self._has_limit(matter),
            "decision": bool(self._own_decisions()),
        }
        if needs["edition"]:
            self.fields["edition"].choices = [("", _now("none")), *self._editions()]
        if needs["ratifies"]:
            self.fields["ratifies"].choices = [("", _now("nothing")), *self._to_ratify(matter)]
        if needs["appeal"]:
            self.fields["appeal"].choices = [
                ("", _now("none")),
                *(
                    (found.id, f"{words_of(found.id)}: {' '.join(found.text.split())[:60]}")
                    for found in self.viewer.standing.state.appeals.values()
                    if found.standing == UNDECIDED
                ),
            ]
        if needs["decision"]:
            self.fields["decision"].choices = [("", _now("none: I move it myself")), *self._own_decisions()]
        for name, is_needed in needs.items():
            if not is_needed:
                del self.fields[name]

    def _has_limit(self, matter: str) -> bool:
        powers = self.viewer.standing.rulebook.powers.values()
        return any(power.up_to is not None and matter in power.matters for power in powers)

    def _editions(self) -> Choices:
        editions = self.viewer.standing.state.editions.values()
        return [(found.id, words_of(found.id)) for found in editions if found.complete and not found.in_force_from]

    def _to_ratify(self, matter: str) -> Choices:
        state, today = self.viewer.standing.state, self.viewer.standing.today
        if matter == OPENING:
            return (
                [(part.id, words_of(part.id)) for part in state.opening.parts.values()]
                if state.opening is not None
                else []
            )
        if matter == ANSWERING:
            return [
                (each.id, f"{words_of(each.id)}: {' '.join((each.subject or each.text).split())[:80]}")
                for each in state.criticisms.values()
                if not each.withdrawn_on
            ]
        if matter == RULING:
            return [
                (each.id, f"{words_of(each.id)}: {_now('for all cases')}, {_now('clause')} {each.clause}")
                for each in state.rulings.values()
                if each.general and not each.confirmed
            ]
        if matter in (HANDING, REVOKING):
            return [
                (each.id, self._terms(each))
                for each in state.delegations.values()
                if (each.standing == LODGED if matter == HANDING else is_in_force(state, each, today))
            ]
        waiting = [
            found for found in state.decisions.values()
            if matter in (CORRECTION, DISAGREEING) or found.standing_on(today) == "awaiting ratification"
        ]  # fmt: skip
        found = [(each.id, f"{words_of(each.id)}: {' '.join(each.text.split())[:80]}") for each in reversed(waiting)]
        reports = [note for note in state.reports.values() if note.standing == "awaiting ratification"]
        return found[:200] + [
            (note.id, f"{words_of(note.id)}: {note.act}") for note in reports if matter == RATIFICATION
        ]

    def _terms(self, found: Delegation) -> str:
        """The terms of a delegation, in words."""
        standing = self.viewer.standing
        book, units = standing.rulebook, standing.state.units
        told = {
            "matter": found.matter.replace("-", " "), "from": title_of(book, found.body, units),
            "to": title_of(book, found.to, units), "until": say_day(found.until),
        }  # fmt: skip
        return _now("%(matter)s, from %(from)s to %(to)s, until %(until)s") % told

    def _own_decisions(self) -> Choices:
        """Decisions of the viewer's bodies to move something elsewhere, not carried out yet."""
        standing = self.viewer.standing
        done = {key.partition(" ")[0] for key in standing.state.carried_out}
        return [
            (found.id, f"{words_of(found.id)}: {' '.join(found.text.split())[:80]}")
            for found in standing.state.decisions.values()
            if found.matter.startswith(PROPOSING) and found.id not in done
            and found.standing_on(standing.today) in ("in force", "ratified")
        ]  # fmt: skip

    def clean_text(self) -> str:
        """The words with line feeds alone, as the record writes them."""
        return plain_lines(self.cleaned_data["text"])

    def clean_person(self) -> str:
        """The person's id; of a name the one member who bears it."""
        given = str(self.cleaned_data.get("person", "")).strip()
        persons = self.viewer.standing.state.persons
        if not given or given in persons:
            return given
        wanted = given.casefold()
        found = [id for id in persons if self.viewer.name(id).casefold() == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_now("Several members have this name: give the id from the member's page."))
        raise forms.ValidationError(_now("No member of this name is known to you. Check how it is written."))

    def fields_of_act(self) -> dict[str, Json]:
        """The act's keys; a body that was left open is the one that the rulebook makes competent."""
        found = super().fields_of_act()
        found.pop("draft", None)
        found["body"] = self.cleaned_data["body"] or self.body_for(str(found.get("matter", "")))
        return found

    def body_for(self, matter: str) -> str:
        """The body that decides a matter; where nobody does, any, so that the engine says so."""
        standing = self.viewer.standing
        deciding = deciding_bodies(standing, matter, units_of(self.viewer))
        mine = [body for body in deciding if body in self.viewer.seats]
        supreme = standing.rulebook.supreme
        fallback = supreme.name if supreme is not None else next(iter(standing.rulebook.bodies), "")
        return next(iter([*mine, *deciding]), fallback)


class AmendForm(SeatedForm):
    """Moving an amendment: another whole text, or a passage and what it becomes."""

    act_name = "motion.amend"
    text = forms.CharField(
        label=_("The motion as you want it"), widget=forms.Textarea, max_length=TEXT_MAX,
        help_text=_("Change the words here. What you changed is shown before you move it."),
    )  # fmt: skip
    edition = forms.ChoiceField(label=_("The text of the rulebook in its place"), required=False)
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, motion: Any, **kwargs: Any) -> None:
        self.motion = motion
        super().__init__(*args, **kwargs)
        editions = [
            (found.id, found.id) for found in self.viewer.standing.state.editions.values()
            if found.complete and not found.in_force_from and found.id != motion.draft
        ]  # fmt: skip
        if motion.matter == AMENDMENT:
            self.fields["edition"].choices = [("", _now("none")), *editions]
        else:
            del self.fields["edition"]

    def clean_text(self) -> str:
        """The words with line feeds alone, as the record writes them."""
        return plain_lines(self.cleaned_data["text"])

    def fields_of_act(self) -> dict[str, Json]:
        """The amendment as narrow as it can be: the one passage that changes, else the whole text."""
        data = self.cleaned_data
        found: dict[str, Json] = {"motion": self.motion.id}
        if data.get("edition"):
            return found | {"text": data["text"], "edition": data["edition"]}
        passage, becomes = narrowest(self.motion.text, data["text"])
        if not passage:
            return found | {"text": data["text"]}
        return found | {"passage": passage} | ({"becomes": becomes} if becomes else {})


class WithdrawForm(SeatedForm):
    """Withdrawing one's own motion, with the reason, and the meeting's consent where it is asked."""

    act_name = "motion.withdraw"
    why = forms.CharField(label=_("Why"), required=False, max_length=500)
    decision = forms.ChoiceField(
        label=_("The decision that lets it be withdrawn"), required=False,
        help_text=_("Needed where a body moved it, or once the meeting has it before it."),
    )  # fmt: skip

    def __init__(self, *args: Any, motion: Any, **kwargs: Any) -> None:
        self.motion = motion
        super().__init__(*args, **kwargs)
        decisions = self.viewer.standing.state.decisions.values()
        moved_by = self.viewer.standing.state.decisions.get(motion.decision)
        found = [
            (each.id, f"{each.id}: {' '.join(each.text.split())[:80] or in_words(self.viewer.standing, each.matter)}")
            for each in decisions
            if each.about == motion.id or (moved_by is not None and each.id != moved_by.id and each.seat == moved_by.seat
                                           and each.matter == moved_by.matter)
        ]  # fmt: skip
        if found:
            self.fields["decision"].choices = [("", _now("none")), *found]
        else:
            del self.fields["decision"]

    def fields_of_act(self) -> dict[str, Json]:
        """The motion with what was filled in."""
        return {"motion": self.motion.id} | super().fields_of_act()


class OneButtonForm(SeatedForm):
    """An act about one motion or amendment that asks nothing more than a button."""

    thing = forms.RegexField(r"^(mo|am)-\d{1,15}$", widget=forms.HiddenInput)
    key = "motion"

    def fields_of_act(self) -> dict[str, Json]:
        """The thing under its key."""
        return {self.key: self.cleaned_data["thing"]}


class SecondForm(OneButtonForm):
    """Seconding a motion."""

    act_name = "motion.second"


class SecondAmendmentForm(OneButtonForm):
    """Seconding an amendment."""

    act_name, key = "amendment.second", "amendment"


class AcceptForm(OneButtonForm):
    """Taking an amendment into one's own motion."""

    act_name, key = "amendment.accept", "amendment"


class WithdrawAmendmentForm(OneButtonForm):
    """Withdrawing one's own amendment."""

    act_name, key = "amendment.withdraw", "amendment"
