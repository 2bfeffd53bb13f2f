"""Forms of committees at work: choosing, co-opting, confirming, substituting, examining, sharing out.

Lives here: these forms. Not here: their pages (`seating_pages`), who may (`decide`).

Invariant: a form lists what there is to choose from in the record; whether it may be done the engine says.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isonomy.engine.seating import REFUSED, WAITING
from isonomy.engine.state import Decision
from isonomy.engine.words import say_day
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.credentials import credentials_of
from isonomy.web.asking import SeatedForm
from isonomy.web.members.choosing import person_field
from isonomy.web.seats.committees import open_choices, panel_beside
from isonomy.web.viewer import Viewer

YES, NO = "yes", "no"
LONG = 20_000


class OfSeat(SeatedForm):
    """A form about a body or office, or about one of its mandates."""

    def __init__(self, *args: Any, seat: str, mandate: str = "", **kwargs: Any) -> None:
        self.seat, self.mandate = seat, mandate
        super().__init__(*args, **kwargs)
        self.build()

    def build(self) -> None:
        """Adds the fields that depend on the record."""

    @property
    def plain(self) -> str:
        """The body or office without its unit."""
        return self.seat.partition("@")[0]


def decisions_on(viewer: Viewer, *starts: str) -> list[tuple[str, str, Decision]]:
    """The decisions in force on matters, with the person each is on, that were not carried out on that person."""
    standing = viewer.standing
    found = []
    for decision in standing.state.decisions.values():
        if decision.matter not in starts or decision.standing_on(standing.today) not in ("in force", "ratified"):
            continue
        for person in decision.person.split():
            if f"{decision.id} {person}" not in standing.state.carried_out:
                said = _("%(name)s, decided %(day)s") % {"name": viewer.name(person), "day": say_day(decision.taken_on)}
                found.append((f"{person} {decision.id}", said, decision))
    return found


def pairs(viewer: Viewer, *starts: str) -> list[tuple[str, str]]:
    """The same as choices of a field."""
    return [(value, said) for value, said, _decision in decisions_on(viewer, *starts)]


class _ByDecision(OfSeat):
    """A form about a person whom a decision names."""

    who = forms.ChoiceField(label=gettext_lazy("Whom the decision names"), widget=forms.RadioSelect)
    starts: tuple[str, ...] = ()

    def build(self) -> None:
        """The decisions that wait to be carried out."""
        self.fields["who"].choices = pairs(self.viewer, *(start + self.plain for start in self.starts))

    def fields_of_act(self) -> dict[str, Json]:
        """Person, seat, decision."""
        person, decision = self.cleaned_data["who"].split()
        return {"person": person, "seat": self.seat, "decision": decision}


class CooptForm(_ByDecision):
    """Enters whom the body co-opted."""

    act_name = "seat.coopt"
    starts = ("co-option-to-",)


class InterimForm(OfSeat):
    """Appoints somebody for the time being."""

    act_name = "seat.interim"

    def build(self) -> None:
        """The person, and the decision where a body appoints."""
        self.fields["person"] = person_field(self.viewer, _("Who is appointed"))
        choices = [(value.split()[1], said) for value, said in pairs(self.viewer, "interim-in-" + self.plain)]
        self.fields["decision"] = forms.ChoiceField(
            label=_("By which decision"), choices=[("", _("None: I appoint in my office")), *choices], required=False
        )

    def fields_of_act(self) -> dict[str, Json]:
        """Person, seat, decision."""
        return {"seat": self.seat, **super().fields_of_act()}


class AskForm(_ByDecision):
    """Asks for the confirmation of whoever was chosen."""

    act_name = "confirmation.ask"
    starts = ("election-of-", "appointment-to-", "co-option-to-")

    def build(self) -> None:
        """Those chosen by a decision; an office that appoints alone names the person."""
        super().build()
        block = self.viewer.standing.rulebook.seat(self.plain)
        if block is not None and block.filled is not None and block.filled.way == "appointment":
            self.fields["who"].required = False
            self.fields["person"] = person_field(self.viewer, _("Whom I want to appoint"))
            self.fields["person"].required = False

    def clean(self) -> dict[str, Any]:
        """Asks for a person."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("who") and not data.get("person"):
            self.add_error(None, _("Choose who is to be confirmed."))
        return data

    def fields_of_act(self) -> dict[str, Json]:
        """Person, seat, and the decision where there is one."""
        if self.cleaned_data.get("who"):
            return super().fields_of_act()
        return {"person": self.cleaned_data["person"], "seat": self.seat}


class AnswerForm(OfSeat):
    """Confirms or refuses."""

    act_name = "confirmation.answer"
    confirmation = forms.ChoiceField(label=gettext_lazy("Who was chosen"), widget=forms.RadioSelect)
    confirms = forms.ChoiceField(
        label=gettext_lazy("The answer"), widget=forms.RadioSelect,
        choices=[(YES, gettext_lazy("Confirmed")), (NO, gettext_lazy("Refused"))],
    )  # fmt: skip
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"), required=False, max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed to refuse."),
    )  # fmt: skip

    def build(self) -> None:
        """What waits for an answer, and the decisions by which a body answers."""
        standing = self.viewer.standing
        asked = standing.state.seating.confirmations.values()
        waiting = [one for one in asked if one.seat == self.seat and one.standing_on(standing.today) == WAITING]
        self.fields["confirmation"].choices = [(one.id, self.viewer.name(one.person)) for one in waiting]
        found = pairs(self.viewer, "confirmation-of-" + self.plain, "refusal-of-" + self.plain)
        choices = [(value.split()[1], said) for value, said in found]
        self.fields["decision"] = forms.ChoiceField(
            label=_("By which decision"), choices=[("", _("None: I answer in my office")), *choices], required=False
        )

    def fields_of_act(self) -> dict[str, Json]:
        """The answer as yes or no."""
        return super().fields_of_act() | {"confirms": self.cleaned_data["confirms"] == YES}


class ChooseForm(OfSeat):
    """Keeps one of the seats that do not go together."""

    act_name = "mandate.choose"
    keep = forms.ChoiceField(label=gettext_lazy("Which seat you keep"), widget=forms.RadioSelect)

    def build(self) -> None:
        """The mandates of the choice that is owed."""
        standing = self.viewer.standing
        found = next((one for one in open_choices(standing) if self.mandate in (one.mandate, *one.falling)), None)
        ids = (found.mandate, *found.falling) if found is not None else ()
        titles = ((id, standing.state.mandates[id].seat.replace("-", " ")) for id in ids)
        self.fields["keep"].choices = list(titles)


class SubstituteForm(OfSeat):
    """Names a substitute."""

    act_name = "substitute.name"

    def build(self) -> None:
        """The person, and the decision where a body names."""
        self.fields["person"] = person_field(self.viewer, _("Who steps in"))
        found = pairs(self.viewer, "substitutes-in-" + self.plain)
        if found:
            choices = [(value.split()[1], said) for value, said in found]
            self.fields["decision"] = forms.ChoiceField(
                label=_("By which decision"), choices=[("", _("None: I name my own")), *choices], required=False
            )

    def fields_of_act(self) -> dict[str, Json]:
        """Mandate, person, decision."""
        return {"mandate": self.mandate, **super().fields_of_act()}


class _OfSubstitute(OfSeat):
    """A form about one of the substitutes of a holder."""

    person = forms.ChoiceField(label=gettext_lazy("Which substitute"), widget=forms.RadioSelect)

    def build(self) -> None:
        """The substitutes in their order."""
        listed = self.viewer.standing.state.seating.substitutes.get(self.mandate, [])
        self.fields["person"].choices = [(one, self.viewer.name(one)) for one in listed]

    def fields_of_act(self) -> dict[str, Json]:
        """Mandate and person."""
        return {"mandate": self.mandate, **super().fields_of_act()}


class WithdrawForm(_OfSubstitute):
    """Takes a substitute off the list."""

    act_name = "substitute.withdraw"


class StepInForm(_OfSubstitute):
    """Attests that a substitute steps in."""

    act_name = "substitute.attest"

    def build(self) -> None:
        """The substitutes, the meeting of today, and who of them is away."""
        super().build()
        standing = self.viewer.standing
        meetings = [
            (one.id, say_day(standing.today))
            for one in standing.state.meetings.values()
            if one.body == self.seat
            and one.standing in ("called", "adjourned")
            and standing.today in (one.starts[:10], one.resumes[:10])
        ]
        self.fields["meeting"] = forms.ChoiceField(
            label=_("At which meeting"), choices=[*meetings, ("", _("One that nobody called, today"))], required=False
        )
        self.fields["away"] = forms.MultipleChoiceField(
            label=_("Named before, and away too"), choices=self.fields["person"].choices, required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip


class SucceedForm(OfSeat):
    """Lets the first substitute take the seat."""

    act_name = "substitute.succeed"

    def fields_of_act(self) -> dict[str, Json]:
        """The mandate that ended."""
        return {"mandate": self.mandate}


class ShareOutForm(OfSeat):
    """Shares out the seats of delegates."""

    act_name = "delegates.apportion"

    def fields_of_act(self) -> dict[str, Json]:
        """The body."""
        return {"body": self.seat}


class AcceptForm(OfSeat):
    """Accepts mandates of delegates."""

    act_name = "credentials.accept"
    mandates = forms.MultipleChoiceField(label=gettext_lazy("Mandates in order"), widget=forms.CheckboxSelectMultiple)

    def build(self) -> None:
        """The delegates who were not examined."""
        state, today = self.viewer.standing.state, self.viewer.standing.today
        left = [one for one in state.mandates_of_seat(self.seat, today) if one.id not in state.seating.examined]
        self.fields["mandates"].choices = [(one.id, self.viewer.name(one.person)) for one in left]


class RefuseForm(OfSeat):
    """Refuses the mandate of a delegate, by the panel's decision."""

    act_name = "credentials.refuse"
    who = forms.ChoiceField(label=gettext_lazy("Whom the panel refused"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("What was found"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 4})
    )

    def build(self) -> None:
        """The panel's decisions, and the grounds of the clause."""
        standing = self.viewer.standing
        rule = credentials_of(standing.rulebook, self.seat)
        panel = panel_beside(rule, self.seat) if rule is not None else ""
        held = {one.person: one.id for one in standing.state.mandates_of_seat(self.seat, standing.today)}
        self.fields["who"].choices = [
            (f"{held[value.split()[0]]} {value.split()[1]}", said)
            for value, said, decision in decisions_on(self.viewer, "refusal-in-" + self.plain)
            if value.split()[0] in held and decision.seat == panel
        ]
        self.fields["ground"].choices = (
            [(one, one.replace("-", " ")) for one in rule.grounds] if rule is not None else []
        )

    def fields_of_act(self) -> dict[str, Json]:
        """Mandate, ground, words, decision."""
        data = self.cleaned_data
        mandate, decision = data["who"].split()
        return {"mandate": mandate, "decision": decision, "ground": data["ground"], "text": data["text"]}


class AppealForm(OfSeat):
    """Appeals against the refusal of one's own mandate."""

    act_name = "credentials.appeal"
    text = forms.CharField(label=gettext_lazy("Why"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 6}))

    def fields_of_act(self) -> dict[str, Json]:
        """Mandate and words."""
        return {"mandate": self.mandate, "text": self.cleaned_data["text"]}


class DecideForm(OfSeat):
    """Enters what a body decided on a refusal."""

    act_name = "credentials.decide"
    decision = forms.ChoiceField(label=gettext_lazy("By which decision"), widget=forms.RadioSelect)

    def build(self) -> None:
        """The decisions that let this delegate in, or uphold."""
        person = self.viewer.standing.state.mandates[self.mandate].person
        found = decisions_on(self.viewer, "credentials-of-" + self.plain, "refusal-in-" + self.plain)
        self.fields["decision"].choices = [
            (one.id, f"{said}: {_('let in') if one.matter.startswith('credentials-of-') else _(REFUSED)}")
            for value, said, one in found
            if value.split()[0] == person
        ]

    def fields_of_act(self) -> dict[str, Json]:
        """Mandate, decision, and what it says."""
        decision = self.viewer.standing.state.decisions[self.cleaned_data["decision"]]
        lets_in = decision.matter.startswith("credentials-of-")
        return {"mandate": self.mandate, "decision": decision.id, "lets_in": lets_in}
