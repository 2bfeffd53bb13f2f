"""The standing of a member who owes a subscription: how it stands, and entering, letting off, contesting, settling it.

Lives here: what the member's page shows of it, these forms and pages. Not here: who may (`engine`), what arrears take
(`engine.subscription`).

Invariant: how a member stands, beyond the code in the record, is shown to the member and to who acts on it; where the rulebook
has no subscription there is none of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.state import day_of
from isonomy.engine.subscription import ARREARS, GOOD, OVERTURNED, UPHELD, Contest, Standing
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.subscription import STANDING, WAIVER, SubscriptionRule, subscription_rule
from isonomy.web.asking import SeatedForm, may, needs_no_other, tried
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.members.forms import decision_choices
from isonomy.web.not_here import NotHere
from isonomy.web.viewer import Viewer


@dataclass(frozen=True)
class Stands:
    """How a member stands as the viewer may see it, the clause, and what the viewer may do about it."""

    rule: SubscriptionRule
    found: Standing | None
    contest: Contest | None
    contested_until: str
    may_set: bool
    may_waive: bool
    may_contest: bool
    may_settle: bool

    @property
    def says(self) -> str:
        """`good` or `in arrears`."""
        return self.found.standing if self.found is not None else GOOD


def rule_of(viewer: Viewer) -> SubscriptionRule | None:
    """The subscription clause in force; None where there is none."""
    standing = viewer.standing
    return subscription_rule(standing.rulebook) if standing.edition is not None else None


def open_contest(viewer: Viewer, person: str) -> Contest | None:
    """What the member contests and nobody has decided yet."""
    contests = viewer.standing.state.subscriptions.contests.values()
    return next((one for one in contests if one.person == person and not one.outcome), None)


def stands(viewer: Viewer, person: str) -> Stands | None:
    """How a member stands; None where the rulebook has no subscription, or it is not for the viewer to see."""
    rule, known = rule_of(viewer), viewer.standing.state.persons[person]
    if rule is None or not viewer.is_member or not known.is_member_on(viewer.standing.today):
        return None
    found = viewer.standing.state.subscriptions.standings.get(person)
    contest = open_contest(viewer, person)
    says = found.standing if found is not None else GOOD
    turned = GOOD if says == ARREARS else ARREARS
    seen = Stands(
        rule, found, contest,
        rule.contest_within.after(day_of(found.warned_on or found.on)).isoformat() if found is not None else "",
        may(viewer, "standing.set", person=person, standing=turned),
        bool(rule.waived_by) and person != viewer.person and needs_no_other(
            tried(viewer, "standing.waive", person=person, through=viewer.standing.today)[0]
        ),
        person == viewer.person and may(viewer, "standing.contest", text="?"),
        contest is not None and may_settle(viewer, contest),
    )  # fmt: skip
    acts = seen.may_set or seen.may_waive or seen.may_settle
    return seen if acts or person == viewer.person else None


def may_settle(viewer: Viewer, contest: Contest) -> bool:
    """Whether the viewer could enter a decision there is on a contest."""
    return any(
        may(viewer, "standing.settle", contest=contest.id, outcome=outcome, decision=id)
        for id, _words in decision_choices(viewer, STANDING)[1:]
        for outcome in (UPHELD, OVERTURNED)
    )


class OfMemberForm(SeatedForm):
    """A form about one member, whom the address names."""

    def __init__(self, *args: Any, person: str, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def fields_of_act(self) -> dict[str, Json]:
        """The member, and what was filled in."""
        return {"person": self.person} | super().fields_of_act()


class SetForm(OfMemberForm):
    """How the member stands."""

    act_name = "standing.set"
    standing = forms.ChoiceField(
        label=_("Standing"), widget=forms.RadioSelect,
        choices=[(GOOD, _("in good standing: what was owed is paid")), (ARREARS, _("in arrears"))],
    )  # fmt: skip


class WaiveForm(OfMemberForm):
    """Until when the member is let off."""

    act_name = "standing.waive"
    through = forms.DateField(label=_("Let off through"), widget=forms.DateInput(attrs={"type": "date"}))
    decision = forms.ChoiceField(label=_("The decision that lets them off"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = decision_choices(self.viewer, WAIVER)
        if choices:
            self.fields["decision"].choices = choices
        else:
            del self.fields["decision"]

    def fields_of_act(self) -> dict[str, Json]:
        """The member, the last day, the decision."""
        return super().fields_of_act() | {"through": self.cleaned_data["through"].isoformat()}


class ContestForm(SeatedForm):
    """Why the entry is wrong."""

    act_name = "standing.contest"
    text = forms.CharField(
        label=_("Why the entry is wrong"), widget=forms.Textarea, max_length=20_000,
        help_text=_("It stands in the record. From the moment it is handed in, the entry takes nothing until it is decided."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class SettleForm(SeatedForm):
    """What the body decided on the contest."""

    act_name = "standing.settle"
    outcome = forms.ChoiceField(
        label=_("What was decided"), widget=forms.RadioSelect,
        choices=[(UPHELD, _("upheld: the entry counts again from today")), (OVERTURNED, _("overturned"))],
    )  # fmt: skip
    decision = forms.ChoiceField(label=_("The decision"))

    def __init__(self, *args: Any, person: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = open_contest(self.viewer, person)
        self.fields["decision"].choices = decision_choices(self.viewer, STANDING)[1:]

    def fields_of_act(self) -> dict[str, Json]:
        """The contest, the outcome, the decision."""
        return {"contest": self.contest.id if self.contest is not None else ""} | super().fields_of_act()


class OfMember(ActPage):
    """A page about the standing of one member; 404 where there is no subscription or no such member."""

    template_name = "members/act.html"

    def make_form(self, data: Any = None) -> ActForm:
        """The form about this member."""
        viewer, person = self.request.viewer, self.kwargs["person"]
        if rule_of(viewer) is None or person not in viewer.standing.state.persons:
            raise NotHere(
                _now("There is nothing to enter here."), "", _now("see the rulebook, and the list of members")
            )
        return self.form_class(data, viewer=viewer, person=person)

    def context(self) -> dict[str, Any]:
        """The member, and where to go back to."""
        person = self.kwargs["person"]
        return {"about": person, "cancel": reverse("member", args=[person])}

    def next_url(self, answer: Answer) -> str:
        """The member's page."""
        return reverse("member", args=[self.kwargs["person"]])


class SetStanding(OfMember):
    """Entering how a member stands."""

    form_class, title = SetForm, _("Enter how a member stands")


class Waive(OfMember):
    """Letting a member off."""

    form_class, title = WaiveForm, _("Let a member off")


class ContestIt(OfMember):
    """Contesting one's own entry."""

    form_class, title = ContestForm, _("Contest the entry as in arrears")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, on one's own page alone."""
        if self.kwargs["person"] != self.request.viewer.person:
            raise NotHere(_now("An entry is contested by the member it is about."), "", _now("see your own page"))
        return super().make_form(data)


class Settle(OfMember):
    """Entering what was decided on a contest."""

    form_class, title = SettleForm, _("Enter what was decided on a contested entry")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, where a contest is open."""
        if open_contest(self.request.viewer, self.kwargs["person"]) is None:
            raise NotHere(_now("This member contests nothing."), "", _now("see the member's page"))
        return super().make_form(data)
