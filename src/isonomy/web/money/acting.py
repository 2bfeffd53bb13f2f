"""Proposing a payment, signing it, refusing it: the forms.

Lives here: those three. Not here: who may (`engine`), the budget itself, which is decided on a motion.

Invariant: a form is shown where there is a payment to act on, or heads to spend from; the engine answers it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from isonomy.chamber.answers import Answer
from isonomy.engine.state import day_of
from isonomy.kernel.canonical import Json
from isonomy.rulebook.provisions.finance import finance_rule
from isonomy.web.asking import SeatedForm
from isonomy.web.desk import ActForm, ActPage
from isonomy.web.members.choosing import person_field
from isonomy.web.money.listing import payment_of
from isonomy.web.not_here import NotHere

A_MEMBER = "a member"
"""To whom a payment goes whose payee is named by id alone: the words stand in the record for good, and name nobody."""


class ProposeForm(SeatedForm):
    """Out of which head, how much, to whom, for what."""

    act_name = "payment.propose"
    head = forms.ChoiceField(label=_("Head of the budget"))
    amount = forms.IntegerField(
        label=_("Amount"), min_value=1, help_text=_("In the smallest unit of money, in whole numbers.")
    )
    to = forms.CharField(
        label=_("To whom, in words"), max_length=300, required=False,
        help_text=_("A firm or body outside, in words; no name of a private person. Of a member, what they are paid for."),
    )  # fmt: skip
    why = forms.CharField(label=_("For what"), max_length=300)
    decision = forms.CharField(
        label=_("Decision"), required=False, max_length=40,
        help_text=_("Where a body decided on this payment, or it was decided alone: de-42. Else leave it empty."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.viewer.standing
        rule = finance_rule(standing.rulebook)
        budget = standing.state.money.budget_of(rule.year_of(day_of(standing.today))) if rule is not None else None
        heads = sorted(budget.heads) if budget is not None else []
        self.fields["head"].choices = [(head, head.replace("-", " ")) for head in heads]
        payee = person_field(
            self.viewer, _now("To which member"),
            hint=_now("Whoever it goes to neither proposes nor signs it. Somebody outside is named in words below."),
        )  # fmt: skip
        payee.required = False
        if isinstance(payee, forms.ChoiceField):
            payee.choices = [("", _now("No member: somebody outside")), *list(payee.choices)[1:]]
        self.fields["payee"] = payee
        self.order_fields(["head", "amount", "payee", "to", "why", "decision"])

    def clean_to(self) -> str:
        """Words for somebody outside; a member is named as a member, so that the rule on the payee reaches them."""
        told = " ".join(str(self.cleaned_data["to"]).split())
        viewer = self.viewer
        for person in viewer.standing.state.persons.values():
            if person.is_member_on(viewer.standing.today) and told.casefold() in (
                person.id, viewer.name(person.id).casefold(),
            ):  # fmt: skip
                raise forms.ValidationError(_now("This is a member: choose the member in the field above."))
        return told

    def clean(self) -> dict[str, Any]:
        """One of the two is needed: the member, or words."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("payee") and not data.get("to") and "to" not in self.errors and "payee" not in self.errors:
            self.add_error("to", _now("Say to whom it goes: choose a member, or name somebody outside in words."))
        return data

    def fields_of_act(self) -> dict[str, Json]:
        """The act's keys; a payment to a member says so in words that name nobody."""
        found = super().fields_of_act()
        return found if found.get("to") else found | {"to": A_MEMBER}


class OfPaymentForm(SeatedForm):
    """A form about one payment, which the page names."""

    def __init__(self, *args: Any, payment: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payment = payment

    def fields_of_act(self) -> dict[str, Json]:
        """The payment, and what the form asks."""
        return {"payment": self.payment} | super().fields_of_act()


class SignForm(OfPaymentForm):
    """Nothing is asked: it is signed."""

    act_name = "payment.sign"


class RefuseForm(OfPaymentForm):
    """Why it is refused."""

    act_name = "payment.refuse"
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea, max_length=20_000)


class Propose(ActPage):
    """Proposing a payment."""

    form_class = ProposeForm
    title = _("Propose a payment")

    def make_form(self, data: Any = None) -> ActForm:
        """The form, where the rulebook has a budget."""
        standing = self.request.standing
        if standing.edition is None or finance_rule(standing.rulebook) is None:
            raise NotHere(_now("The rulebook says nothing of a budget."), "", _now("see the rulebook"))
        return ProposeForm(data, viewer=self.request.viewer)

    def context(self) -> dict[str, Any]:
        """Where to go back to."""
        return {"cancel": reverse("money")}

    def next_url(self, answer: Answer) -> str:
        """The page of money."""
        return reverse("money")


class OfPayment(ActPage):
    """A page about one payment; 404 where there is none."""

    template_name = "money/act.html"

    def make_form(self, data: Any = None) -> ActForm:
        """The form, with the payment it is about."""
        found = payment_of(self.request, self.kwargs["id"])
        return self.form_class(data, viewer=self.request.viewer, payment=found.id)

    def context(self) -> dict[str, Any]:
        """The payment, and where to go back to."""
        found = payment_of(self.request, self.kwargs["id"])
        return {"payment": found, "amount": f"{found.amount:,}", "cancel": reverse("payment", args=[found.id])}

    def next_url(self, answer: Answer) -> str:
        """The payment."""
        return reverse("payment", args=[self.kwargs["id"]])


class Sign(OfPayment):
    """Signing a payment."""

    form_class = SignForm
    title = _("Sign the payment")


class Refuse(OfPayment):
    """Refusing a payment."""

    form_class = RefuseForm
    title = _("Refuse the payment")
