"""What bodies decide on an emergency, entered: renewing it, approving the report on it; and putting a meeting by right off.

Lives here: those three, and the decisions that a form on powers offers. Not here: declaring, ending, reporting (`acting`),
deciding (motions and polls).

Invariant: a form offers the decisions of the bodies that the clause names; whether one lets the act be done the engine says.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.engine.emergency import Emergency, in_force, rule_of
from isonomy.engine.occasions import meetings_by_right, outstanding
from isonomy.engine.state import day_of
from isonomy.engine.words import say_day, title_of
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.emergency import RENEWING, REPORTING
from isonomy.web.asking import may
from isonomy.web.organisation import Standing
from isonomy.web.powers.acting import OfEmergencyForm, Page
from isonomy.web.viewer import Viewer

Choices = list[tuple[str, str]]


def decisions_on(standing: Standing, matter: str, about: str = "") -> Choices:
    """The decisions in force on a matter that were not carried out, the latest first; `about` what their motion names."""
    state, today = standing.state, standing.today
    done = {key.partition(" ")[0] for key in state.carried_out}
    found = []
    for decision in reversed(state.decisions.values()):
        motion = state.motions.get(decision.motion)
        if about and (motion is None or motion.ratifies != about):
            continue
        if (
            decision.matter == matter
            and decision.id not in done
            and decision.standing_on(today) in ("in force", "ratified")
        ):
            words = " ".join(decision.text.split())[:80]
            who = title_of(standing.rulebook, decision.seat, state.units)
            found.append((decision.id, f"{say_day(decision.taken_on)}, {who}: {words}"))
    return found


def decision_field(choices: Choices, *, required: bool = True) -> forms.ChoiceField:
    """The field that asks by which decision; one that may be left out says what that means."""
    none = [] if required else [("", _now("None: I do it in my own office"))]
    return forms.ChoiceField(
        label=_now("By which decision"), choices=[*none, *choices], required=required, widget=forms.RadioSelect
    )


class _DecidedForm(OfEmergencyForm):
    """A form that enters what a body decided on an emergency."""

    matter = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"] = decision_field(decisions_on(self.viewer.standing, self.matter))


class RenewForm(_DecidedForm):
    """By which decision it is renewed."""

    act_name = "emergency.renew"
    matter = RENEWING


class ApproveForm(_DecidedForm):
    """By which decision the report is approved."""

    act_name = "emergency.approve"
    matter = REPORTING


class _Decided(Page):
    """A page that enters a decision, and says what to do where there is none."""

    matter = ""

    def body(self, found: Emergency) -> str:
        """The body that decides; "" where the clause names none."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """What it is, and whose decision is entered."""
        found = self.emergency()
        assert found is not None
        decider = self.body(found)
        lacks = not decisions_on(self.request.standing, self.matter)
        return super().context() | {"decider": decider, "lacks": lacks, "matter": self.matter}


class Renew(_Decided):
    """Renewing the emergency in force."""

    form_class = RenewForm
    matter = RENEWING
    title = _("Renew the emergency")

    def emergency(self) -> Emergency | None:
        """The one in force, where its clause knows a renewal."""
        standing = self.request.standing
        found = in_force(standing.state, standing.today)
        return found if found is not None and rule_of(standing.state, found).renewed_by else None

    def body(self, found: Emergency) -> str:
        """The body that renews."""
        return rule_of(self.request.standing.state, found).renewed_by


class Approve(_Decided):
    """Approving the report on an emergency that is over."""

    form_class = ApproveForm
    matter = REPORTING
    title = _("Approve the report on the emergency")

    def emergency(self) -> Emergency | None:
        """The first that is reported on and not approved."""
        return to_approve(self.request.standing)

    def body(self, found: Emergency) -> str:
        """The body that approves."""
        owed = rule_of(self.request.standing.state, found).report
        return owed.to if owed is not None else ""


def to_approve(standing: Standing) -> Emergency | None:
    """The first emergency whose report waits for its approval."""
    waiting = (found for found in standing.state.emergencies.values() if found.reported_on and not found.approved_by)
    return next(waiting, None)


class PostponeForm(OfEmergencyForm):
    """Which meeting by right, and to which day."""

    act_name = "emergency.postpone"
    which = forms.ChoiceField(label=_("Which meeting"), widget=forms.RadioSelect)
    to = forms.DateField(
        label=_("To which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("On that day it meets by right, as it would have met on its own."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.viewer.standing
        emergency = standing.state.emergencies[self.emergency]
        self.fields["which"].choices = [
            (f"{seat} {day}", f"{title_of(standing.rulebook, seat, standing.state.units)}, {say_day(day)}")
            for seat, day in postponable(standing, emergency)
        ]

    def fields_of_act(self) -> dict[str, Json]:
        """The emergency, the meeting and the day."""
        body, _space, day = self.cleaned_data["which"].partition(" ")
        to = self.cleaned_data["to"].isoformat()
        return {"emergency": self.emergency, "body": body, "by_right": day, "to": to}


class Postpone(Page):
    """Putting a meeting by right off while the emergency lasts."""

    form_class = PostponeForm
    title = _("Put off a meeting by right")

    def emergency(self) -> Emergency | None:
        """The one in force, where its clause lets meetings be put off."""
        standing = self.request.standing
        found = in_force(standing.state, standing.today)
        return found if found is not None and rule_of(standing.state, found).postpones is not None else None

    def context(self) -> dict[str, Any]:
        """Whether there is a meeting to put off at all."""
        found = self.emergency()
        assert found is not None
        return super().context() | {"no_meeting": not postponable(self.request.standing, found)}


def postponable(standing: Standing, emergency: Emergency) -> list[tuple[str, str]]:
    """The meetings by right that fall due while an emergency lasts and that its clause lets yield: body and day."""
    state, today = standing.state, day_of(standing.today)
    rule = rule_of(state, emergency)
    found = []
    for body in standing.rulebook.bodies.values():
        if body.meets.by_right is None or {body.place.clause, body.place.clause_of("meets")} & set(rule.protects):
            continue
        units = [unit.id for unit in state.units.values() if unit.kind == body.in_each and not unit.closed_on]
        for seat in [f"{body.name}@{unit}" for unit in units] if body.in_each else [body.name]:
            coming = meetings_by_right(state, seat, today, day_of(emergency.until))
            found += [
                (seat, one.on.isoformat())
                for one in outstanding(state, seat, coming)
                if one.names_a_day and one.on.isoformat() >= standing.today
            ]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def what_bodies_decide(viewer: Viewer) -> dict[str, bool]:
    """Which of these forms the viewer can fill in now: there is a decision to enter, or a meeting to put off."""
    standing = viewer.standing
    running, over = in_force(standing.state, standing.today), to_approve(standing)
    renewals = decisions_on(standing, RENEWING) if running is not None else []
    approvals = decisions_on(standing, REPORTING) if over is not None else []
    found = {"may_renew": False, "may_approve": False, "may_postpone": False}
    if running is not None:
        found["may_renew"] = any(
            may(viewer, "emergency.renew", emergency=running.id, decision=id) for id, _said in renewals
        )
        if rule_of(standing.state, running).postpones is not None:
            found["may_postpone"] = any(
                may(viewer, "emergency.postpone", emergency=running.id, body=seat, by_right=day, to=_day_after(day))
                for seat, day in postponable(standing, running)
            )
    if over is not None:
        found["may_approve"] = any(
            may(viewer, "emergency.approve", emergency=over.id, decision=id) for id, _said in approvals
        )
    return found


def _day_after(day: str) -> str:
    return day_of(day).fromordinal(day_of(day).toordinal() + 1).isoformat()
