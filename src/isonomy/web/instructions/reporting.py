"""Reporting on an instruction or condition, following up a target; putting terms to a motion.

Lives here: these forms and pages. Not here: whether it may be done (`engine`), what is shown of it (`listing`).

Invariant: a number is asked for under the name under which it was promised; terms that stand are shown before they are replaced.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.instruction import DISCHARGES, ENDED, EXTENDED, KEPT, KEPT_ON, REVIEWS
from isonomy.engine.motion import Motion
from isonomy.engine.words import title_of
from isonomy.kernel.canonical import Json
from isonomy.rulebook.model import Body, Office
from isonomy.rulebook.provisions.condition import REVIEW, condition_rule_for
from isonomy.rulebook.provisions.dormancy import ENDING
from isonomy.rulebook.provisions.instruction import DISCHARGE, rule_for
from isonomy.rulebook.provisions.target import TARGET
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.viewer import Viewer

WORDS_MAX, NUMBER_MAX, LINE_MAX = 20_000, 2**53 - 1, 300
PROMISES = 3
"""So many promised numbers has the form; the act takes more."""
SAYS = (("met", _("It is met")), ("not met", _("It is not met")), ("cannot be told", _("It cannot be told")))


def _day(label: Any, required: bool = False, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class ReportForm(SeatedForm):
    """A report on one instruction, condition or target."""

    text = forms.CharField(label=_("The report"), widget=forms.Textarea, max_length=WORDS_MAX)

    def __init__(self, *args: Any, thing: str, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)
        given = self.viewer.standing.state.instructions
        self.promises = list(given.given[thing].promises) if thing in given.given else []
        if thing in given.given:
            self.act_name = "instruction.report"
            choices = [("final", _now("The final report")), ("interim", _now("A report in between"))]
            self.fields["kind"] = forms.ChoiceField(
                label=_now("Which report"), choices=choices, widget=forms.RadioSelect
            )
            for number, promise in enumerate(self.promises):
                said = _now("%(name)s: how many %(unit)s were reached") % {"name": promise.name, "unit": promise.unit}
                self.fields[f"reached_{number}"] = forms.IntegerField(
                    label=said, required=False, min_value=0, max_value=NUMBER_MAX,
                    help_text=_now("Promised: %(number)s %(unit)s.") % {"number": promise.number, "unit": promise.unit},
                )  # fmt: skip
        elif thing in given.conditions:
            self.act_name = "condition.report"
            self.fields["says"] = forms.ChoiceField(label=_now("Does it hold?"), choices=SAYS, widget=forms.RadioSelect)
        else:
            self.act_name = "target.follow"

    def fields_of_act(self) -> dict[str, Json]:
        """The thing, the words, and what was reached of each number."""
        data = self.cleaned_data
        key = {"instruction.report": "instruction", "condition.report": "condition"}.get(self.act_name, "target")
        found: dict[str, Json] = {key: self.thing, "text": data["text"]}
        if self.act_name == "condition.report":
            found["says"] = data["says"]
        if self.act_name == "instruction.report":
            found["kind"] = data["kind"]
            reached = [
                {"name": promise.name, "number": data[f"reached_{number}"]}
                for number, promise in enumerate(self.promises)
                if data.get(f"reached_{number}") is not None
            ]
            if reached:
                found["reached"] = reached
        return found


class Report(ActPage):
    """The page of a report."""

    form_class = ReportForm
    template_name = "instructions/act.html"
    title = _("Report on it")
    button = _("Hand in the report")

    @property
    def thing(self) -> str:
        """What is reported on."""
        found: str = self.kwargs["id"]
        given = self.request.viewer.standing.state.instructions
        if found not in given.given and found not in given.conditions and found not in given.targets:
            raise Http404
        return found

    def make_form(self, data: Any = None) -> ActForm:
        """The form for this thing."""
        return ReportForm(data, viewer=self.request.viewer, thing=self.thing, initial={"kind": "final"})

    def context(self) -> dict[str, Any]:
        """What was asked, above the form."""
        given = self.request.viewer.standing.state.instructions
        return {
            "instruction": given.given.get(self.thing), "condition": given.conditions.get(self.thing),
            "target": given.targets.get(self.thing), "cancel": reverse("instruction", args=[self.thing]),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The page of the thing."""
        return reverse("instruction", args=[self.thing])


class TermsForm(ActForm):
    """Terms of a motion: the fields that its matter and its body allow."""

    act_name = "motion.terms"

    def __init__(self, *args: Any, motion: Motion, **kwargs: Any) -> None:
        self.motion = motion
        super().__init__(*args, **kwargs)
        rulebook = self.viewer.standing.state.rulebook(motion.edition)
        about = {DISCHARGE: self._discharge, REVIEW: self._review, TARGET: self._target, ENDING: self._ending}
        if motion.matter in about:
            about[motion.matter]()
            return
        if rule_for(rulebook, motion.body) is not None:
            self._instruct()
        if condition_rule_for(rulebook, motion.body, motion.matter) is not None:
            self._condition()

    def _seats(self) -> list[tuple[str, str]]:
        standing = self.viewer.standing
        rulebook, units = standing.rulebook, standing.state.units
        found = []
        blocks: list[Body | Office] = [*rulebook.bodies.values(), *rulebook.offices.values()]
        for block in blocks:
            places = [unit.id for unit in units.values() if unit.kind == block.in_each and not unit.closed_on]
            names = [f"{block.name}@{unit}" for unit in places] if block.in_each else [block.name]
            found += [(name, title_of(rulebook, name, units)) for name in names]
        return found

    def _instruct(self) -> None:
        self.fields["does"] = forms.CharField(
            label=_now("What is to be done"), widget=forms.Textarea, required=False, max_length=WORDS_MAX,
            help_text=_now("Leave it empty where the motion instructs nobody."),
        )  # fmt: skip
        self.fields["to"] = forms.ChoiceField(
            label=_now("Who is to do it"), choices=[("", _now("nobody")), *self._seats()], required=False
        )
        self.fields["due_on"] = _day(_now("By when it is to be done"))
        self.fields["report_by"] = _day(_now("By when the report on it is owed"),
                                        help_text=_now("Left out: as the clause says."))  # fmt: skip
        for number in range(PROMISES):
            first = _now("For example: members, 500, persons.") if number == 0 else ""
            self.fields[f"name_{number}"] = forms.CharField(
                label=_now("Number %(number)s that is promised: of what") % {"number": number + 1}, required=False,
                max_length=LINE_MAX, help_text=first,
            )  # fmt: skip
            self.fields[f"number_{number}"] = forms.IntegerField(
                label=_now("How many"), required=False, min_value=0, max_value=NUMBER_MAX
            )
            self.fields[f"unit_{number}"] = forms.CharField(
                label=_now("In which unit"), required=False, max_length=LINE_MAX
            )

    def _condition(self) -> None:
        self.fields["that"] = forms.CharField(
            label=_now("On condition that"), widget=forms.Textarea, required=False, max_length=WORDS_MAX,
            help_text=_now("Leave it empty where the decision has no condition."),
        )  # fmt: skip
        self.fields["owner"] = forms.ChoiceField(
            label=_now("Who owns it and reports on it"), choices=[("", _now("nobody")), *self._seats()], required=False
        )
        self.fields["review_on"] = _day(_now("The day of its review"))

    def _discharge(self) -> None:
        given = self.viewer.standing.state.instructions.given.values()
        choices = [(one.id, one.does[:100]) for one in given if one.is_open and one.body == self.motion.body]
        self.fields["instruction"] = forms.ChoiceField(label=_now("Which instruction"), choices=choices)
        self._outcome(DISCHARGES, _now("Until when it goes on, where it is extended"))

    def _review(self) -> None:
        found = self.viewer.standing.state.instructions.conditions.values()
        choices = [(one.id, one.that[:100]) for one in found if one.is_open]
        self.fields["condition"] = forms.ChoiceField(label=_now("Which condition"), choices=choices)
        self._outcome(REVIEWS, _now("The next day of review, where it is kept on"))

    def _outcome(self, known: tuple[str, ...], until: str) -> None:
        choices = [(one, one.capitalize()) for one in known]
        self.fields["outcome"] = forms.ChoiceField(
            label=_now("What the body is to find"), choices=choices, widget=forms.RadioSelect
        )
        self.fields["reason"] = forms.CharField(
            label=_now("Why"), widget=forms.Textarea, required=False, max_length=WORDS_MAX
        )
        self.fields["goes_on"] = _day(until)

    def _target(self) -> None:
        units = [
            (unit.id, str(unit.name) if isinstance(unit.name, str) and unit.name else unit.id.capitalize())
            for unit in self.viewer.standing.state.units.values()
            if not unit.closed_on
        ]
        self.fields["number"] = forms.IntegerField(label=_now("How many members"), min_value=1, max_value=NUMBER_MAX)
        self.fields["by_on"] = _day(_now("By when"), required=True)
        if units:
            self.fields["unit"] = forms.ChoiceField(
                label=_now("Where"), choices=[("", _now("in the whole organisation")), *units], required=False
            )

    def _ending(self) -> None:
        named = [(name, name) for name in self.viewer.standing.rulebook.provisions.get("affiliation", {})]
        self.fields["thing"] = forms.ChoiceField(label=_now("Which body or relation"), choices=[*self._seats(), *named])
        choices = [(KEPT, _now("It is kept")), (ENDED, _now("It is ended"))]
        self.fields["outcome"] = forms.ChoiceField(
            label=_now("What becomes of it"), choices=choices, widget=forms.RadioSelect
        )

    def fields_of_act(self) -> dict[str, Json]:
        """The terms as the act takes them."""
        data = self.cleaned_data
        found: dict[str, Json] = {"motion": self.motion.id}
        plain = {
            key: value.isoformat() if hasattr(value, "isoformat") else value
            for key, value in data.items()
            if key not in ("act_id", "until", "expects") and value not in (None, "")
        }
        until = plain.pop("goes_on", "")
        if self.motion.matter in (DISCHARGE, REVIEW):
            goes_on = plain.get("outcome") in (EXTENDED, KEPT_ON)
            kind = "discharge" if self.motion.matter == DISCHARGE else "review"
            return found | {kind: plain | ({"until": until} if goes_on and until else {})}
        if self.motion.matter in (TARGET, ENDING):
            return found | {"target" if self.motion.matter == TARGET else "ending": plain}
        if plain.get("does"):
            keys = ("does", "to", "due_on", "report_by")
            promises = [
                {
                    "name": plain[f"name_{each}"],
                    "number": plain.get(f"number_{each}", 0),
                    "unit": plain.get(f"unit_{each}", "-"),
                }
                for each in range(PROMISES)
                if plain.get(f"name_{each}")
            ]
            asked: dict[str, Json] = {key: plain[key] for key in keys if key in plain}
            found["instruct"] = asked | ({"promises": promises} if promises else {})
        if plain.get("that"):
            found["condition"] = {key: plain[key] for key in ("that", "owner", "review_on") if key in plain}
        return found


class PutTerms(ActPage):
    """The page on which a mover puts terms to a motion."""

    form_class = TermsForm
    template_name = "instructions/act.html"
    title = _("Put terms to the motion")
    button = _("Put these terms")

    @property
    def motion(self) -> Motion:
        """The motion."""
        found = self.request.viewer.standing.state.motions.get(self.kwargs["id"])
        if found is None:
            raise Http404
        return found

    def make_form(self, data: Any = None) -> ActForm:
        """The fields that its matter and its body allow."""
        return TermsForm(data, viewer=self.request.viewer, motion=self.motion)

    def context(self) -> dict[str, Any]:
        """The motion and its words, above the form."""
        return {
            "motion": self.motion, "cancel": reverse("motion", args=[self.motion.id]),
            "terms": terms_of(self.request.viewer, self.motion),
        }  # fmt: skip

    def next_url(self, answer: Answer) -> str:
        """The page of the motion."""
        return reverse("motion", args=[self.motion.id])


def terms_of(viewer: Viewer, motion: Motion) -> list[tuple[str, list[tuple[str, str]]]]:
    """The terms that stand with a motion, each as its kind and its facts in words."""
    found = viewer.standing.state.instructions.terms.get(motion.id)
    if found is None:
        return []
    said = {
        "instruct": _now("Instructs"), "condition": _now("On condition"), "discharge": _now("Decides on the instruction"),
        "review": _now("Reviews the condition"), "target": _now("Sets a target"), "ending": _now("Decides what becomes of"),
    }  # fmt: skip
    return [(said[kind], [(key.replace("_", " "), _told(viewer, value)) for key, value in facts.items()])
            for kind, facts in found.told.items()]  # fmt: skip


def _told(viewer: Viewer, value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_told(viewer, each) for each in value)
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values())
    return viewer.name(str(value)) if str(value).startswith("p-") else str(value)
