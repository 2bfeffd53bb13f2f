"""Forms about elections: opening, nominating, seconding, consenting, withdrawing, closing, attesting, appealing, filling.

Lives here: what is handed in. Not here: who may (`decide`), the pages (`views`, `officer`).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from isonomy.adapters.system import SystemClock, SystemEntropy
from isonomy.chamber.completing import completed
from isonomy.engine.lots import lot_of_secret, opening_of
from isonomy.kernel.canonical import Json
from isonomy.record.base64_text import to_base64
from isonomy.web.asking import SeatedForm, in_best_seat
from isonomy.web.desk import ActForm
from isonomy.web.polls.forms import SECRET_FORM
from isonomy.web.polls.lots import secret_for
from isonomy.web.polls.putting import member_named

SITE, SELF = "site", "self"


class AboutForm(SeatedForm):
    """An act about something that the address names: `about` are keys of the act."""

    def __init__(self, data: Any = None, *, about: dict[str, str], **kwargs: Any) -> None:
        self.about = about
        super().__init__(data, **kwargs)

    def fields_of_act(self) -> dict[str, Json]:
        """What the address names, and what was filled in."""
        return {**self.about, **super().fields_of_act()}


class OpenForm(AboutForm):
    """Opens an election for nominations, and publishes its lot."""

    act_name = "election.open"
    vacant_on = forms.DateField(
        label=_("On which day the seats are to be vacant"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left empty: today, where a seat is vacant, else the day on which the next term ends."),
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("How many seats"), required=False, min_value=1, max_value=1000,
        help_text=_("Only where the rulebook does not say it."),
    )  # fmt: skip
    keeper = forms.ChoiceField(
        label=_("Who keeps the secret of the lot"), initial=SITE, widget=forms.RadioSelect,
        choices=[(SITE, _("This site keeps it: nothing can be lost, but whoever runs the site could find it out")),
                 (SELF, _("I keep it: the number below, which I have written down; nobody else knows it before the close"))],
        help_text=_("The lot settles ties and the order on the paper. Who knows its secret does not stand."),
    )  # fmt: skip
    drawn = forms.RegexField(SECRET_FORM, label=_("The number to keep, drawn for you just now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drawn"].initial = to_base64(SystemEntropy().draw(32))
        self.fields["drawn"].widget.attrs |= {"readonly": True, "spellcheck": "false"}
        self.fields["drawn"].help_text = _(
            "Only if you keep it yourself. It is not stored here: lost, a tie stays open."
        )

    def fields_of_act(self) -> dict[str, Json]:
        """Seat and body, the day, the lot; the secret itself is never part of the act."""
        data = self.cleaned_data
        origin = self.viewer.standing.state.origin
        is_own = data["keeper"] == SELF and bool(data.get("drawn"))
        secret = data["drawn"] if is_own else secret_for(origin, data["act_id"])
        found: dict[str, Json] = {**self.about, "lot": lot_of_secret(secret)}
        if data.get("vacant_on"):
            found["vacant_on"] = data["vacant_on"].isoformat()
        if data.get("seats"):
            found["seats"] = data["seats"]
        return found


class NominateForm(AboutForm):
    """Nominates a member."""

    act_name = "nomination.make"
    person = forms.CharField(
        label=_("Who"),
        max_length=200,
        help_text=_("The name as the roll has it, or the member's id. They must consent."),
    )

    def clean_person(self) -> str:
        """The member who is named."""
        return member_named(self.viewer, " ".join(str(self.cleaned_data["person"]).split()))


class StandForm(AboutForm):
    """Nominates oneself: the consent is in it."""

    act_name = "nomination.make"


class SecondForm(AboutForm):
    """Seconds a nomination."""

    act_name = "nomination.second"


class AcceptForm(AboutForm):
    """Consents to one's nomination."""

    act_name = "nomination.accept"


class WithdrawForm(AboutForm):
    """Stands no longer."""

    act_name = "nomination.withdraw"
    why = forms.CharField(label=_("Why, if you wish to say it"), max_length=300, required=False)


class CloseForm(AboutForm):
    """Closes nominations and fixes the paper."""

    act_name = "nominations.close"

    def __init__(self, *args: Any, kept: str = "", asks_secret: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        if asks_secret:
            self.fields["secret"] = forms.RegexField(
                SECRET_FORM, label=_("The secret of the lot"),
                help_text=_("The 44 signs that you kept when you opened the election. They fix the order on the paper."),
            )  # fmt: skip

    def fields_of_act(self) -> dict[str, Json]:
        """The election, and the opening of the lot; never its secret, which opens ties."""
        secret = self.kept or self.cleaned_data.get("secret", "")
        return {**self.about} | ({"opening": opening_of(secret)} if secret else {})


class AttestForm(AboutForm):
    """Attests the digest of a scrutineer's own count."""

    act_name = "count.attest"
    trace = forms.RegexField(
        r"^[0-9a-f]{64}$", label=_("The digest of your own count"),
        help_text=_("64 signs, as your own counting gave them: isonomy recount, on your own machine."),
    )  # fmt: skip


class AppealForm(AboutForm):
    """Appeals against the result."""

    act_name = "election.appeal"
    text = forms.CharField(
        label=_("Your reasons"), widget=forms.Textarea, max_length=20_000,
        help_text=_("What was not as the clauses ask, and what follows. It stands in the record."),
    )  # fmt: skip


class FillForm(ActForm):
    """Fills a vacancy by countback."""

    act_name = "vacancy.fill"

    def __init__(self, data: Any = None, *, mandate: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.mandate = mandate

    def fields_of_act(self) -> dict[str, Json]:
        """The mandate."""
        return {"mandate": self.mandate}

    def act(self) -> dict[str, Json]:
        """The act with the countback as the papers give it, from the seat in which it may be done."""
        standing, boxes = self.viewer.standing, self.viewer.organisation.stores.boxes
        act = completed(super().act(), standing.state, boxes, SystemClock(), SystemEntropy(), standing.today)
        _verdict, seat = in_best_seat(self.viewer, act)
        return act | ({"as": seat} if seat else {})
